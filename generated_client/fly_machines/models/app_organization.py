from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "internal_numeric_id",
    "name",
    "slug",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AppOrganization")


@_attrs_define(repr=False)
class AppOrganization(Model[Any]):
    """The organization that an app belongs to."""

    internal_numeric_id: int | None | Unset = UNSET
    """ Number used by Fly.io's own tools. """
    name: None | str | Unset = UNSET
    """ Display name. """
    slug: None | str | Unset = UNSET
    """ Name used in requests. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (internal_numeric_id := self.internal_numeric_id) is not UNSET:
            d["internal_numeric_id"] = internal_numeric_id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (slug := self.slug) is not UNSET:
            d["slug"] = slug
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.internal_numeric_id, self.name, self.slug) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
