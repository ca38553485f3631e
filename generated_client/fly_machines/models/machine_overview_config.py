from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "guest",
    "image",
    "metadata",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineOverviewConfig")


@_attrs_define(repr=False)
class MachineOverviewConfig(Model[Any]):
    """The part of a config that the organization's list holds."""

    guest: models.MachineGuest | None | Unset = UNSET

    image: None | str | Unset = UNSET

    metadata: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (guest := self.guest) is not UNSET:
            d["guest"] = guest.to_dict() if type(guest) is models.MachineGuest else as_json(guest)
        if (image := self.image) is not UNSET:
            d["image"] = image
        if (metadata := self.metadata) is not UNSET:
            d["metadata"] = metadata
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (guest, self.image, self.metadata) = _values(d)
        self.guest = models.MachineGuest.from_dict(guest) if isinstance(guest, dict) else guest
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
