from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_guest import MachineGuest


T = TypeVar("T", bound="MachineOverviewConfig")


@_attrs_define
class MachineOverviewConfig:
    """The part of a config that the organization's list holds."""

    guest: MachineGuest | None | Unset = UNSET
    image: None | str | Unset = UNSET
    metadata: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_guest import MachineGuest  # noqa: PLC0415

        guest: dict[str, Any] | None | Unset
        if isinstance(self.guest, Unset):
            guest = UNSET
        elif isinstance(self.guest, MachineGuest):
            guest = self.guest.to_dict()
        else:
            guest = self.guest

        image: None | str | Unset
        if isinstance(self.image, Unset):
            image = UNSET
        else:
            image = self.image

        metadata = self.metadata

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if guest is not UNSET:
            field_dict["guest"] = guest
        if image is not UNSET:
            field_dict["image"] = image
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_guest import MachineGuest  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_guest(data: object) -> MachineGuest | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                guest_type_1 = MachineGuest.from_dict(data)

                return guest_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineGuest | None | Unset", data)

        guest = _parse_guest(d.pop("guest", UNSET))

        def _parse_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        image = _parse_image(d.pop("image", UNSET))

        metadata = d.pop("metadata", UNSET)

        machine_overview_config = cls(
            guest=guest,
            image=image,
            metadata=metadata,
        )

        machine_overview_config.additional_properties = d
        return machine_overview_config

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
