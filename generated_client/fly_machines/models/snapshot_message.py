from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("backup",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="SnapshotMessage")


@_attrs_define(repr=False)
class SnapshotMessage(Model[Any]):
    backup: None | models.SnapshotBackup | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (backup := self.backup) is not UNSET:
            d["backup"] = backup.to_dict() if type(backup) is models.SnapshotBackup else as_json(backup)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        backup = d[_NAMES[0]]
        self.backup = models.SnapshotBackup.from_dict(backup) if isinstance(backup, dict) else backup
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
