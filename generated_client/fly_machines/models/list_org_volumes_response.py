from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.org_volume import OrgVolume


T = TypeVar("T", bound="ListOrgVolumesResponse")


@_attrs_define
class ListOrgVolumesResponse:
    last_updated_at: None | str | Unset = UNSET
    """ When the last volume on the page changed. """
    last_volume_id: None | str | Unset = UNSET
    """ Id of the last volume on the page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """
    volumes: list[OrgVolume] | None | Unset = UNSET
    """ One page. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        last_updated_at: None | str | Unset
        if isinstance(self.last_updated_at, Unset):
            last_updated_at = UNSET
        else:
            last_updated_at = self.last_updated_at

        last_volume_id: None | str | Unset
        if isinstance(self.last_volume_id, Unset):
            last_volume_id = UNSET
        else:
            last_volume_id = self.last_volume_id

        next_cursor: None | str | Unset
        if isinstance(self.next_cursor, Unset):
            next_cursor = UNSET
        else:
            next_cursor = self.next_cursor

        volumes: list[dict[str, Any]] | None | Unset
        if isinstance(self.volumes, Unset):
            volumes = UNSET
        elif isinstance(self.volumes, list):
            volumes = []
            for volumes_type_0_item_data in self.volumes:
                volumes_type_0_item = volumes_type_0_item_data.to_dict()
                volumes.append(volumes_type_0_item)

        else:
            volumes = self.volumes

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if last_updated_at is not UNSET:
            field_dict["last_updated_at"] = last_updated_at
        if last_volume_id is not UNSET:
            field_dict["last_volume_id"] = last_volume_id
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor
        if volumes is not UNSET:
            field_dict["volumes"] = volumes

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.org_volume import OrgVolume  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_last_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        last_updated_at = _parse_last_updated_at(d.pop("last_updated_at", UNSET))

        def _parse_last_volume_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        last_volume_id = _parse_last_volume_id(d.pop("last_volume_id", UNSET))

        def _parse_next_cursor(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        next_cursor = _parse_next_cursor(d.pop("next_cursor", UNSET))

        def _parse_volumes(data: object) -> list[OrgVolume] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                volumes_type_0 = []
                _volumes_type_0 = data
                for volumes_type_0_item_data in _volumes_type_0:
                    volumes_type_0_item = OrgVolume.from_dict(volumes_type_0_item_data)

                    volumes_type_0.append(volumes_type_0_item)

                return volumes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[OrgVolume] | None | Unset", data)

        volumes = _parse_volumes(d.pop("volumes", UNSET))

        list_org_volumes_response = cls(
            last_updated_at=last_updated_at,
            last_volume_id=last_volume_id,
            next_cursor=next_cursor,
            volumes=volumes,
        )

        list_org_volumes_response.additional_properties = d
        return list_org_volumes_response

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
