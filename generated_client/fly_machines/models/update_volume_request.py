from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "auto_backup_enabled",
    "snapshot_retention",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="UpdateVolumeRequest")


@_attrs_define(repr=False)
class UpdateVolumeRequest(Model[Any]):
    """What to change; what is left out stays."""

    auto_backup_enabled: bool | Unset = UNSET
    """ Take daily snapshots. """
    snapshot_retention: int | Unset = UNSET
    """ Days to keep snapshots, 1 to 60. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (auto_backup_enabled := self.auto_backup_enabled) is not UNSET:
            d["auto_backup_enabled"] = auto_backup_enabled
        if (snapshot_retention := self.snapshot_retention) is not UNSET:
            d["snapshot_retention"] = snapshot_retention
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.auto_backup_enabled, self.snapshot_retention) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
