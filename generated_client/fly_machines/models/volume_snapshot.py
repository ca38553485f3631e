from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "created_at",
    "id",
    "digest",
    "retention_days",
    "size",
    "status",
    "volume_size",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="VolumeSnapshot")


@_attrs_define(repr=False)
class VolumeSnapshot(Model[Any]):
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        created_at = self.created_at
        d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        d["id"] = self.id
        if (digest := self.digest) is not UNSET:
            d["digest"] = digest
        if (retention_days := self.retention_days) is not UNSET:
            d["retention_days"] = retention_days
        if (size := self.size) is not UNSET:
            d["size"] = size
        if (status := self.status) is not UNSET:
            d["status"] = status
        if (volume_size := self.volume_size) is not UNSET:
            d["volume_size"] = volume_size
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, self.id, self.digest, self.retention_days, self.size, self.status, self.volume_size) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
