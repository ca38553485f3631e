from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_config import MachineConfig


T = TypeVar("T", bound="MachineVersion")


@_attrs_define
class MachineVersion:
    """A config that a Machine has had."""

    user_config: MachineConfig | None | Unset = UNSET
    """ The config. """
    version: None | str | Unset = UNSET
    """ The version (`instance_id`). """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_config import MachineConfig  # noqa: PLC0415

        user_config: dict[str, Any] | None | Unset
        if isinstance(self.user_config, Unset):
            user_config = UNSET
        elif isinstance(self.user_config, MachineConfig):
            user_config = self.user_config.to_dict()
        else:
            user_config = self.user_config

        version: None | str | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        else:
            version = self.version

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if user_config is not UNSET:
            field_dict["user_config"] = user_config
        if version is not UNSET:
            field_dict["version"] = version

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_config import MachineConfig  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_user_config(data: object) -> MachineConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                user_config_type_1 = MachineConfig.from_dict(data)

                return user_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineConfig | None | Unset", data)

        user_config = _parse_user_config(d.pop("user_config", UNSET))

        def _parse_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        version = _parse_version(d.pop("version", UNSET))

        machine_version = cls(
            user_config=user_config,
            version=version,
        )

        machine_version.additional_properties = d
        return machine_version

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
