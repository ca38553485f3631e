from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET
from . import Model, as_json, as_needed, new, others

_NAMES = (
    "needs_restart",
    "volume",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ExtendVolumeResponse")


@_attrs_define(repr=False)
class ExtendVolumeResponse(Model[Any]):
    needs_restart: bool
    """ Whether the Machine sees the new size only after a restart. """
    volume: models.Volume
    """ A disk on one host. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["needs_restart"] = self.needs_restart
        volume = self.volume
        d["volume"] = volume.to_dict() if type(volume) is models.Volume else as_json(volume)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.needs_restart, volume) = _values(d)
        self.volume = as_needed(volume, models.Volume)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
