from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_models, new, others

_NAMES = (
    "apps",
    "total_apps",
    "next_cursor",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ListAppsResponse")


@_attrs_define(repr=False)
class ListAppsResponse(Model[Any]):
    apps: list[models.App] | None
    """ All apps of the organization, or one page of them. """
    total_apps: int
    """ How many there are on all pages, counted when the first one was read. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; absent on the last. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        apps = self.apps
        d["apps"] = (
            [each.to_dict() if type(each) is models.App else as_json(each) for each in apps]
            if type(apps) is list
            else as_json(apps)
        )
        d["total_apps"] = self.total_apps
        if (next_cursor := self.next_cursor) is not UNSET:
            d["next_cursor"] = next_cursor
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (apps, self.total_apps, self.next_cursor) = _values(d)
        self.apps = as_models(apps, models.App) if isinstance(apps, list) else apps
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
