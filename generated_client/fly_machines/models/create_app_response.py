from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "id",
    "created_at",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateAppResponse")


@_attrs_define(repr=False)
class CreateAppResponse(Model[Any]):
    """What is known of an app the moment it was created."""

    id: str
    """ Opaque id; paths take the name. """
    created_at: int | None | Unset = UNSET
    """ Milliseconds since 1970. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["id"] = self.id
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.id, self.created_at) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
