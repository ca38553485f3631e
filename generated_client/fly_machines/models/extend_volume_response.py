from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.volume import Volume


T = TypeVar("T", bound="ExtendVolumeResponse")


@_attrs_define
class ExtendVolumeResponse:
    needs_restart: bool
    """ Whether the Machine sees the new size only after a restart. """
    volume: None | Volume
    """ The volume, with its new size. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.volume import Volume  # noqa: PLC0415

        needs_restart = self.needs_restart

        volume: dict[str, Any] | None
        if isinstance(self.volume, Volume):
            volume = self.volume.to_dict()
        else:
            volume = self.volume

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "needs_restart": needs_restart,
                "volume": volume,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.volume import Volume  # noqa: PLC0415

        d = dict(src_dict)
        needs_restart = d.pop("needs_restart")

        def _parse_volume(data: object) -> None | Volume:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                volume_type_1 = Volume.from_dict(data)

                return volume_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | Volume", data)

        volume = _parse_volume(d.pop("volume"))

        extend_volume_response = cls(
            needs_restart=needs_restart,
            volume=volume,
        )

        extend_volume_response.additional_properties = d
        return extend_volume_response

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
