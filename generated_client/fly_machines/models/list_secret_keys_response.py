from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.secret_key import SecretKey


T = TypeVar("T", bound="ListSecretKeysResponse")


@_attrs_define
class ListSecretKeysResponse:
    secret_keys: list[SecretKey] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        secret_keys: list[dict[str, Any]] | None | Unset
        if isinstance(self.secret_keys, Unset):
            secret_keys = UNSET
        elif isinstance(self.secret_keys, list):
            secret_keys = []
            for secret_keys_type_0_item_data in self.secret_keys:
                secret_keys_type_0_item = secret_keys_type_0_item_data.to_dict()
                secret_keys.append(secret_keys_type_0_item)

        else:
            secret_keys = self.secret_keys

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if secret_keys is not UNSET:
            field_dict["secret_keys"] = secret_keys

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.secret_key import SecretKey  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_secret_keys(data: object) -> list[SecretKey] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                secret_keys_type_0 = []
                _secret_keys_type_0 = data
                for secret_keys_type_0_item_data in _secret_keys_type_0:
                    secret_keys_type_0_item = SecretKey.from_dict(secret_keys_type_0_item_data)

                    secret_keys_type_0.append(secret_keys_type_0_item)

                return secret_keys_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[SecretKey] | None | Unset", data)

        secret_keys = _parse_secret_keys(d.pop("secret_keys", UNSET))

        list_secret_keys_response = cls(
            secret_keys=secret_keys,
        )

        list_secret_keys_response.additional_properties = d
        return list_secret_keys_response

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
