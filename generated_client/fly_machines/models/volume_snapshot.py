from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_json, as_pairs, as_text, as_time

T = TypeVar("T", bound="VolumeSnapshot")


@_attrs_define
class VolumeSnapshot:
    """A backup of a volume."""

    created_at: datetime.datetime | str
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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["created_at"] = as_json(self.created_at)
        field_dict["id"] = self.id
        if self.digest is not UNSET:
            field_dict["digest"] = self.digest
        if self.retention_days is not UNSET:
            field_dict["retention_days"] = self.retention_days
        if self.size is not UNSET:
            field_dict["size"] = self.size
        if self.status is not UNSET:
            field_dict["status"] = self.status
        if self.volume_size is not UNSET:
            field_dict["volume_size"] = self.volume_size
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        volume_snapshot = cls(
            created_at=as_time(d.pop("created_at")),
            id=d.pop("id"),
            digest=d.pop("digest", UNSET),
            retention_days=d.pop("retention_days", UNSET),
            size=d.pop("size", UNSET),
            status=d.pop("status", UNSET),
            volume_size=d.pop("volume_size", UNSET),
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
