from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "id",
    "name",
    "rules",
    "selector",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="NetworkPolicy")


@_attrs_define(repr=False)
class NetworkPolicy(Model[Any]):
    """Which traffic some of an app's Machines may have."""

    id: None | str | Unset = UNSET
    """ Id. """
    name: None | str | Unset = UNSET
    """ Name; may not be unique. """
    rules: list[models.NetworkPolicyRule] | None | Unset = UNSET
    """ What is allowed. """
    selector: models.NetworkPolicySelector | None | Unset = UNSET
    """ Machines that it is for. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (rules := self.rules) is not UNSET:
            d["rules"] = (
                [each.to_dict() if type(each) is models.NetworkPolicyRule else as_json(each) for each in rules]
                if type(rules) is list
                else as_json(rules)
            )
        if (selector := self.selector) is not UNSET:
            d["selector"] = selector.to_dict() if type(selector) is models.NetworkPolicySelector else as_json(selector)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.id, self.name, rules, selector) = _values(d)
        self.rules = (
            [models.NetworkPolicyRule.from_dict(each) if isinstance(each, dict) else each for each in rules]
            if isinstance(rules, list)
            else rules
        )
        self.selector = models.NetworkPolicySelector.from_dict(selector) if isinstance(selector, dict) else selector
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
