from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "add_size_gb",
    "add_size_percent",
    "encrypted",
    "extend_threshold_percent",
    "min_add_size_gb",
    "name",
    "path",
    "size_gb",
    "size_gb_limit",
    "volume",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineMount")


@_attrs_define(repr=False)
class MachineMount(Model[Any]):
    """A volume mounted into a Machine."""

    add_size_gb: int | None | Unset = UNSET
    """ GB to extend it by. """
    add_size_percent: int | None | Unset = UNSET
    """ Percent of its size to extend it by. """
    encrypted: bool | None | Unset = UNSET
    """ Whether the volume is encrypted; filled in by the service. """
    extend_threshold_percent: int | None | Unset = UNSET
    """ Extend it by itself once it is this full, in percent. """
    min_add_size_gb: int | None | Unset = UNSET
    """ GB to extend it by at least. """
    name: None | str | Unset = UNSET
    """ Name of the volume; filled in by the service. """
    path: None | str | Unset = UNSET
    """ Folder to mount it at, as in `/data`. """
    size_gb: int | None | Unset = UNSET
    """ Size of the volume in GB; filled in by the service. """
    size_gb_limit: int | None | Unset = UNSET
    """ GB that it may grow to by itself. """
    volume: None | str | Unset = UNSET
    """ Id of the volume, or a name: then any free volume of that name in the region. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (add_size_gb := self.add_size_gb) is not UNSET:
            d["add_size_gb"] = add_size_gb
        if (add_size_percent := self.add_size_percent) is not UNSET:
            d["add_size_percent"] = add_size_percent
        if (encrypted := self.encrypted) is not UNSET:
            d["encrypted"] = encrypted
        if (extend_threshold_percent := self.extend_threshold_percent) is not UNSET:
            d["extend_threshold_percent"] = extend_threshold_percent
        if (min_add_size_gb := self.min_add_size_gb) is not UNSET:
            d["min_add_size_gb"] = min_add_size_gb
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (path := self.path) is not UNSET:
            d["path"] = path
        if (size_gb := self.size_gb) is not UNSET:
            d["size_gb"] = size_gb
        if (size_gb_limit := self.size_gb_limit) is not UNSET:
            d["size_gb_limit"] = size_gb_limit
        if (volume := self.volume) is not UNSET:
            d["volume"] = volume
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.add_size_gb,
            self.add_size_percent,
            self.encrypted,
            self.extend_threshold_percent,
            self.min_add_size_gb,
            self.name,
            self.path,
            self.size_gb,
            self.size_gb_limit,
            self.volume,
        ) = _values(d)
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
