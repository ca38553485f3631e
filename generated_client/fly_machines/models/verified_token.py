from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.macaroon_caveats import MacaroonCaveats  # noqa: PLC0415
        from ..models.macaroon_nonce import MacaroonNonce  # noqa: PLC0415

        caveats: dict[str, Any] | None | Unset
        if isinstance(self.caveats, Unset):
            caveats = UNSET
        elif isinstance(self.caveats, MacaroonCaveats):
            caveats = self.caveats.to_dict()
        else:
            caveats = self.caveats

        header: None | str | Unset
        if isinstance(self.header, Unset):
            header = UNSET
        else:
            header = self.header

        nonce: dict[str, Any] | None | Unset
        if isinstance(self.nonce, Unset):
            nonce = UNSET
        elif isinstance(self.nonce, MacaroonNonce):
            nonce = self.nonce.to_dict()
        else:
            nonce = self.nonce

        permission_token: None | str | Unset
        if isinstance(self.permission_token, Unset):
            permission_token = UNSET
        else:
            permission_token = self.permission_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if caveats is not UNSET:
            field_dict["caveats"] = caveats
        if header is not UNSET:
            field_dict["header"] = header
        if nonce is not UNSET:
            field_dict["nonce"] = nonce
        if permission_token is not UNSET:
            field_dict["permission_token"] = permission_token

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.macaroon_caveats import MacaroonCaveats  # noqa: PLC0415
        from ..models.macaroon_nonce import MacaroonNonce  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_caveats(data: object) -> MacaroonCaveats | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                caveats_type_1 = MacaroonCaveats.from_dict(data)

                return caveats_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MacaroonCaveats | None | Unset", data)

        caveats = _parse_caveats(d.pop("caveats", UNSET))

        def _parse_header(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        header = _parse_header(d.pop("header", UNSET))

        def _parse_nonce(data: object) -> MacaroonNonce | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                nonce_type_1 = MacaroonNonce.from_dict(data)

                return nonce_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MacaroonNonce | None | Unset", data)

        nonce = _parse_nonce(d.pop("nonce", UNSET))

        def _parse_permission_token(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        permission_token = _parse_permission_token(d.pop("permission_token", UNSET))

        verified_token = cls(
            caveats=caveats,
            header=header,
            nonce=nonce,
            permission_token=permission_token,
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
