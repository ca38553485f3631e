from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "backup_id",
    "name",
    "pitr_time",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="RestorePostgresClusterRequest")


@_attrs_define(repr=False)
class RestorePostgresClusterRequest(Model[Any]):
    backup_id: str | Unset = UNSET
    """ Backup to restore; this or `pitr_time`. """
    name: str | Unset = UNSET
    """ Name of the new cluster; generated if absent. """
    pitr_time: str | Unset = UNSET
    """ Point in time to restore, RFC 3339; this or `backup_id`. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (backup_id := self.backup_id) is not UNSET:
            d["backup_id"] = backup_id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (pitr_time := self.pitr_time) is not UNSET:
            d["pitr_time"] = pitr_time
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.backup_id, self.name, self.pitr_time) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
