from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "all",
    "machines",
    "metadata",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="NetworkPolicySelector")


@_attrs_define(repr=False)
class NetworkPolicySelector(Model[Any]):
    """Machines; those that meet everything that is said."""

    all_: bool | None | Unset = UNSET
    """ Every Machine of the app. """
    machines: list[models.NetworkPolicyMachine] | None | Unset = UNSET
    """ These Machines. """
    metadata: Any | Unset = UNSET
    """ Machines whose metadata have these values. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (all_ := self.all_) is not UNSET:
            d["all"] = all_
        if (machines := self.machines) is not UNSET:
            d["machines"] = (
                [each.to_dict() if type(each) is models.NetworkPolicyMachine else as_json(each) for each in machines]
                if type(machines) is list
                else as_json(machines)
            )
        if (metadata := self.metadata) is not UNSET:
            d["metadata"] = metadata
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.all_, machines, self.metadata) = _values(d)
        self.machines = (
            [models.NetworkPolicyMachine.from_dict(each) if isinstance(each, dict) else each for each in machines]
            if isinstance(machines, list)
            else machines
        )
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
