from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "expires_at",
    "nonce",
    "owner",
    "description",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[3:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="Lease")


@_attrs_define(repr=False)
class Lease(Model[Any]):
    """The right to change a Machine until a point in time."""

    expires_at: int
    """ Seconds since 1970. """
    nonce: str
    """ What proves that you hold it. Treat it as a secret. """
    owner: str
    """ Account, or token, that holds it. """
    description: None | str | Unset = UNSET
    """ What its holder is doing. """
    version: None | str | Unset = UNSET
    """ The Machine's version when it was taken. """

    _secrets: ClassVar[tuple[str, ...]] = ("nonce",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["expires_at"] = self.expires_at
        d["nonce"] = self.nonce
        d["owner"] = self.owner
        if (description := self.description) is not UNSET:
            d["description"] = description
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.expires_at, self.nonce, self.owner, self.description, self.version) = _values(d)
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
