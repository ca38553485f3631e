from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="VolumeSnapshot")


@_attrs_define
class VolumeSnapshot:
    """A backup of a volume."""

    created_at: str
    """ When it was taken. """
    id: str
    """ Id, `vs_...`, for `snapshot_id` of a new volume. """
    digest: None | str | Unset = UNSET
    """ Hash of what is stored. """
    retention_days: int | None | Unset = UNSET
    """ Days that it is kept. """
    size: int | None | Unset = UNSET
    """ Bytes stored. """
    status: None | str | Unset = UNSET
    """ How far it is. """
    volume_size: int | None | Unset = UNSET
    """ Bytes of the volume when it was taken. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at

        id = self.id

        digest: None | str | Unset
        if isinstance(self.digest, Unset):
            digest = UNSET
        else:
            digest = self.digest

        retention_days: int | None | Unset
        if isinstance(self.retention_days, Unset):
            retention_days = UNSET
        else:
            retention_days = self.retention_days

        size: int | None | Unset
        if isinstance(self.size, Unset):
            size = UNSET
        else:
            size = self.size

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        volume_size: int | None | Unset
        if isinstance(self.volume_size, Unset):
            volume_size = UNSET
        else:
            volume_size = self.volume_size

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "id": id,
            }
        )
        if digest is not UNSET:
            field_dict["digest"] = digest
        if retention_days is not UNSET:
            field_dict["retention_days"] = retention_days
        if size is not UNSET:
            field_dict["size"] = size
        if status is not UNSET:
            field_dict["status"] = status
        if volume_size is not UNSET:
            field_dict["volume_size"] = volume_size

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        created_at = d.pop("created_at")

        id = d.pop("id")

        def _parse_digest(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        digest = _parse_digest(d.pop("digest", UNSET))

        def _parse_retention_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        retention_days = _parse_retention_days(d.pop("retention_days", UNSET))

        def _parse_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        size = _parse_size(d.pop("size", UNSET))

        def _parse_status(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_volume_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        volume_size = _parse_volume_size(d.pop("volume_size", UNSET))

        volume_snapshot = cls(
            created_at=created_at,
            id=id,
            digest=digest,
            retention_days=retention_days,
            size=size,
            status=status,
            volume_size=volume_size,
        )

        volume_snapshot.additional_properties = d
        return volume_snapshot

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
