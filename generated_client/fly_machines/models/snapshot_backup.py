from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="SnapshotBackup")


@_attrs_define
class SnapshotBackup:
    """A backup that was scheduled."""

    app_id: int | None | str | Unset = UNSET

    graph_id: None | str | Unset = UNSET
    """ Id that the snapshot will have, `vs_...`. """
    id: int | None | str | Unset = UNSET
    """ Id of the backup job. """
    state: None | str | Unset = UNSET
    """ How far the job is. """
    type_: None | str | Unset = UNSET
    """ Why it is taken. """
    volume_id: int | None | str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.app_id is not UNSET:
            field_dict["app_id"] = self.app_id
        if self.graph_id is not UNSET:
            field_dict["graph_id"] = self.graph_id
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.state is not UNSET:
            field_dict["state"] = self.state
        if self.type_ is not UNSET:
            field_dict["type"] = self.type_
        if self.volume_id is not UNSET:
            field_dict["volume_id"] = self.volume_id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        snapshot_backup = cls(
            app_id=d.pop("app_id", UNSET),
            graph_id=d.pop("graph_id", UNSET),
            id=d.pop("id", UNSET),
            state=d.pop("state", UNSET),
            type_=d.pop("type", UNSET),
            volume_id=d.pop("volume_id", UNSET),
        )
        snapshot_backup.additional_properties = d
        return snapshot_backup

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
