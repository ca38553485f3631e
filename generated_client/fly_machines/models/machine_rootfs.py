from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_PersistRootfs = members(PersistRootfs)
_NAMES = (
    "persist",
    "size_gb",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineRootfs")


@_attrs_define(repr=False)
class MachineRootfs(Model[Any]):
    """How the root file system is kept."""

    persist: None | PersistRootfs | str | Unset = UNSET
    """ When changes survive: never, restart or always. Default: never. """
    size_gb: int | None | Unset = UNSET
    """ Size in GB. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (persist := self.persist) is not UNSET:
            d["persist"] = persist._value_ if type(persist) is PersistRootfs else as_json(persist)
        if (size_gb := self.size_gb) is not UNSET:
            d["size_gb"] = size_gb
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (persist, self.size_gb) = _values(d)
        self.persist = _PersistRootfs(persist, persist) if isinstance(persist, str) else persist
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
