from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.macaroon_caveats import MacaroonCaveats
    from ..models.macaroon_nonce import MacaroonNonce


T = TypeVar("T", bound="VerifiedToken")


@_attrs_define
class VerifiedToken:
    caveats: MacaroonCaveats | None | Unset = UNSET

    header: None | str | Unset = UNSET

    nonce: MacaroonNonce | None | Unset = UNSET

    permission_token: None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = (
        "header",
        "permission_token",
    )

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.caveats is not UNSET:
            field_dict["caveats"] = as_json(self.caveats)
        if self.header is not UNSET:
            field_dict["header"] = self.header
        if self.nonce is not UNSET:
            field_dict["nonce"] = as_json(self.nonce)
        if self.permission_token is not UNSET:
            field_dict["permission_token"] = self.permission_token
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        verified_token = cls(
            caveats=as_model(d.pop("caveats", UNSET), models.MacaroonCaveats),
            header=d.pop("header", UNSET),
            nonce=as_model(d.pop("nonce", UNSET), models.MacaroonNonce),
            permission_token=d.pop("permission_token", UNSET),
        )
        verified_token.additional_properties = d
        return verified_token

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
