from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.env_field_ref import EnvFieldRef
from ..types import UNSET, Unset

T = TypeVar("T", bound="EnvFrom")


@_attrs_define
class EnvFrom:
    """A fact about the Machine as an environment variable."""

    env_var: None | str | Unset = UNSET
    """ Name of the environment variable. """
    field_ref: EnvFieldRef | None | str | Unset = UNSET
    """ The fact: id, version, app_name, private_ip, region or image. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        env_var: None | str | Unset
        if isinstance(self.env_var, Unset):
            env_var = UNSET
        else:
            env_var = self.env_var

        field_ref: None | str | Unset
        if isinstance(self.field_ref, Unset):
            field_ref = UNSET
        elif isinstance(self.field_ref, EnvFieldRef):
            field_ref = self.field_ref.value
        else:
            field_ref = self.field_ref

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if env_var is not UNSET:
            field_dict["env_var"] = env_var
        if field_ref is not UNSET:
            field_dict["field_ref"] = field_ref

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_env_var(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        env_var = _parse_env_var(d.pop("env_var", UNSET))

        def _parse_field_ref(data: object) -> EnvFieldRef | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                field_ref_type_0 = EnvFieldRef(data)

                return field_ref_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("EnvFieldRef | None | str | Unset", data)

        field_ref = _parse_field_ref(d.pop("field_ref", UNSET))

        env_from = cls(
            env_var=env_var,
            field_ref=field_ref,
        )

        env_from.additional_properties = d
        return env_from

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
