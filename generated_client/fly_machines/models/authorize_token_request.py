from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.token_access import TokenAccess


T = TypeVar("T", bound="AuthorizeTokenRequest")


@_attrs_define
class AuthorizeTokenRequest:
    """A token, and what its bearer wants to do."""

    access: TokenAccess | Unset = UNSET
    """ An action, and what it is done to. """
    header: str | Unset = UNSET
    """ The authorization header that you were sent. A secret. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("header",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.access is not UNSET:
            field_dict["access"] = as_json(self.access)
        if self.header is not UNSET:
            field_dict["header"] = self.header
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        authorize_token_request = cls(
            access=as_model(d.pop("access", UNSET), models.TokenAccess),
            header=d.pop("header", UNSET),
        )
        authorize_token_request.additional_properties = d
        return authorize_token_request

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
