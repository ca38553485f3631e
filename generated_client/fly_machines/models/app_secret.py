from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "name",
    "created_at",
    "digest",
    "updated_at",
    "value",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AppSecret")


@_attrs_define(repr=False)
class AppSecret(Model[Any]):
    """A secret, mostly without its value."""

    name: str
    """ Name of the environment variable. """
    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was first set. """
    digest: None | str | Unset = UNSET
    """ Short opaque hash: equal values have equal digests. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was last set. """
    value: None | str | Unset = UNSET
    """ The value, if it was asked for and may be read. """

    _secrets: ClassVar[tuple[str, ...]] = ("value",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (digest := self.digest) is not UNSET:
            d["digest"] = digest
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (value := self.value) is not UNSET:
            d["value"] = value
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, created_at, self.digest, updated_at, self.value) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
