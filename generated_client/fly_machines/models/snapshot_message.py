from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.snapshot_backup import SnapshotBackup


T = TypeVar("T", bound="SnapshotMessage")


@_attrs_define
class SnapshotMessage:
    backup: None | SnapshotBackup | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.snapshot_backup import SnapshotBackup  # noqa: PLC0415

        backup: dict[str, Any] | None | Unset
        if isinstance(self.backup, Unset):
            backup = UNSET
        elif isinstance(self.backup, SnapshotBackup):
            backup = self.backup.to_dict()
        else:
            backup = self.backup

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if backup is not UNSET:
            field_dict["backup"] = backup

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.snapshot_backup import SnapshotBackup  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_backup(data: object) -> None | SnapshotBackup | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                backup_type_1 = SnapshotBackup.from_dict(data)

                return backup_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | SnapshotBackup | Unset", data)

        backup = _parse_backup(d.pop("backup", UNSET))

        snapshot_message = cls(
            backup=backup,
        )

        snapshot_message.additional_properties = d
        return snapshot_message

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
