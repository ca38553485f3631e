from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.temp_dir_storage import TempDirStorage
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_TempDirStorage = members(TempDirStorage)
_NAMES = (
    "size_mb",
    "storage_type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="TempDirVolume")


@_attrs_define(repr=False)
class TempDirVolume(Model[Any]):
    """A temporary folder."""

    size_mb: int | None | Unset = UNSET
    """ Size in MiB. """
    storage_type: None | str | TempDirStorage | Unset = UNSET
    """ disk or memory. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (size_mb := self.size_mb) is not UNSET:
            d["size_mb"] = size_mb
        if (storage_type := self.storage_type) is not UNSET:
            d["storage_type"] = storage_type._value_ if type(storage_type) is TempDirStorage else as_json(storage_type)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.size_mb, storage_type) = _values(d)
        self.storage_type = (
            _TempDirStorage(storage_type, storage_type) if isinstance(storage_type, str) else storage_type
        )
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
