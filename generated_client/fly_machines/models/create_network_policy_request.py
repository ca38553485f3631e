from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_needed, new, others

_NAMES = (
    "name",
    "rules",
    "selector",
    "id",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[3:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateNetworkPolicyRequest")


@_attrs_define(repr=False)
class CreateNetworkPolicyRequest(Model[Any]):
    """A network policy, new or changed."""

    name: str
    """ Name. """
    rules: list[models.NetworkPolicyRule]
    """ What is allowed. Once a direction has a rule, everything else in that direction is refused. """
    selector: models.NetworkPolicySelector
    """ Machines; those that meet everything that is said. """
    id: str | Unset = UNSET
    """ Id of the policy to replace. Default: a new one. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        rules = self.rules
        d["rules"] = (
            [each.to_dict() if type(each) is models.NetworkPolicyRule else as_json(each) for each in rules]
            if type(rules) is list
            else as_json(rules)
        )
        selector = self.selector
        d["selector"] = selector.to_dict() if type(selector) is models.NetworkPolicySelector else as_json(selector)
        if (id := self.id) is not UNSET:
            d["id"] = id
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, rules, selector, self.id) = _values(d)
        self.rules = (
            [models.NetworkPolicyRule.from_dict(each) if isinstance(each, dict) else each for each in rules]
            if isinstance(rules, list)
            else rules
        )
        self.selector = as_needed(selector, models.NetworkPolicySelector)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
