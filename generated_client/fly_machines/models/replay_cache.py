from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.replay_cache_type import ReplayCacheType
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ReplayCacheType = members(ReplayCacheType)
_NAMES = (
    "allow_bypass",
    "name",
    "path_prefix",
    "ttl_seconds",
    "type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ReplayCache")


@_attrs_define(repr=False)
class ReplayCache(Model[Any]):
    """Requests that go where an earlier one of theirs was replayed to."""

    allow_bypass: bool | None | Unset = UNSET
    """ Let requests ask not to be sent there. Default: false. """
    name: None | str | Unset = UNSET
    """ Name of that cookie or header. """
    path_prefix: None | str | Unset = UNSET
    """ Paths that this is for. """
    ttl_seconds: int | None | Unset = UNSET
    """ Seconds to remember. """
    type_: None | ReplayCacheType | str | Unset = UNSET
    """ What tells requests apart: cookie or header. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (allow_bypass := self.allow_bypass) is not UNSET:
            d["allow_bypass"] = allow_bypass
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (path_prefix := self.path_prefix) is not UNSET:
            d["path_prefix"] = path_prefix
        if (ttl_seconds := self.ttl_seconds) is not UNSET:
            d["ttl_seconds"] = ttl_seconds
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is ReplayCacheType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.allow_bypass, self.name, self.path_prefix, self.ttl_seconds, type_) = _values(d)
        self.type_ = _ReplayCacheType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
