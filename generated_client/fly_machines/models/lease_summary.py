from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "description",
    "expires_at",
    "owner",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="LeaseSummary")


@_attrs_define(repr=False)
class LeaseSummary(Model[Any]):
    """A lease without its nonce, as Machines list it."""

    description: None | str | Unset = UNSET
    """ What its holder is doing. """
    expires_at: int | None | Unset = UNSET
    """ Seconds since 1970. """
    owner: None | str | Unset = UNSET
    """ Account, or token, that holds it. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (description := self.description) is not UNSET:
            d["description"] = description
        if (expires_at := self.expires_at) is not UNSET:
            d["expires_at"] = expires_at
        if (owner := self.owner) is not UNSET:
            d["owner"] = owner
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.description, self.expires_at, self.owner) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
