from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "machine_version",
    "metadata",
    "updated_at",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="UpdateMetadataRequest")


@_attrs_define(repr=False)
class UpdateMetadataRequest(Model[Any]):
    """Several keys at once."""

    machine_version: str | Unset = UNSET
    """ Write only if this is still the Machine's version. """
    metadata: Any | Unset = UNSET
    """ Key to value; null or an empty text removes the key. """
    updated_at: datetime.datetime | str | Unset = UNSET
    """ Time of the write, RFC 3339. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (machine_version := self.machine_version) is not UNSET:
            d["machine_version"] = machine_version
        if (metadata := self.metadata) is not UNSET:
            d["metadata"] = metadata
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.machine_version, self.metadata, updated_at) = _values(d)
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
