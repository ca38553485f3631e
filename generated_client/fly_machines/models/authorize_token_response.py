from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.authorized_access import AuthorizedAccess
    from ..models.verified_token import VerifiedToken


T = TypeVar("T", bound="AuthorizeTokenResponse")


@_attrs_define
class AuthorizeTokenResponse:
    access: AuthorizedAccess | None | Unset = UNSET
    verified_token: None | Unset | VerifiedToken = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.authorized_access import AuthorizedAccess  # noqa: PLC0415
        from ..models.verified_token import VerifiedToken  # noqa: PLC0415

        access: dict[str, Any] | None | Unset
        if isinstance(self.access, Unset):
            access = UNSET
        elif isinstance(self.access, AuthorizedAccess):
            access = self.access.to_dict()
        else:
            access = self.access

        verified_token: dict[str, Any] | None | Unset
        if isinstance(self.verified_token, Unset):
            verified_token = UNSET
        elif isinstance(self.verified_token, VerifiedToken):
            verified_token = self.verified_token.to_dict()
        else:
            verified_token = self.verified_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if access is not UNSET:
            field_dict["access"] = access
        if verified_token is not UNSET:
            field_dict["verified_token"] = verified_token

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.authorized_access import AuthorizedAccess  # noqa: PLC0415
        from ..models.verified_token import VerifiedToken  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_access(data: object) -> AuthorizedAccess | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                access_type_1 = AuthorizedAccess.from_dict(data)

                return access_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("AuthorizedAccess | None | Unset", data)

        access = _parse_access(d.pop("access", UNSET))

        def _parse_verified_token(data: object) -> None | Unset | VerifiedToken:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                verified_token_type_1 = VerifiedToken.from_dict(data)

                return verified_token_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | Unset | VerifiedToken", data)

        verified_token = _parse_verified_token(d.pop("verified_token", UNSET))

        authorize_token_response = cls(
            access=access,
            verified_token=verified_token,
        )

        authorize_token_response.additional_properties = d
        return authorize_token_response

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
