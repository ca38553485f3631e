from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "app_id",
    "graph_id",
    "id",
    "state",
    "type",
    "volume_id",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="SnapshotBackup")


@_attrs_define(repr=False)
class SnapshotBackup(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (app_id := self.app_id) is not UNSET:
            d["app_id"] = app_id
        if (graph_id := self.graph_id) is not UNSET:
            d["graph_id"] = graph_id
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (state := self.state) is not UNSET:
            d["state"] = state
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_
        if (volume_id := self.volume_id) is not UNSET:
            d["volume_id"] = volume_id
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.app_id, self.graph_id, self.id, self.state, self.type_, self.volume_id) = _values(d)
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
