from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.network_policy_action import NetworkPolicyAction
from ..models.network_policy_direction import NetworkPolicyDirection
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_NetworkPolicyAction = members(NetworkPolicyAction)
_NetworkPolicyDirection = members(NetworkPolicyDirection)
_NAMES = (
    "action",
    "direction",
    "ports",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="NetworkPolicyRule")


@_attrs_define(repr=False)
class NetworkPolicyRule(Model[Any]):
    """Ports that are open in one direction, to and from any address."""

    action: NetworkPolicyAction | None | str | Unset = UNSET
    """ allow; there is no other. """
    direction: NetworkPolicyDirection | None | str | Unset = UNSET
    """ egress or ingress. """
    ports: list[models.NetworkPolicyPort] | None | Unset = UNSET
    """ Ports that are allowed. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (action := self.action) is not UNSET:
            d["action"] = action._value_ if type(action) is NetworkPolicyAction else as_json(action)
        if (direction := self.direction) is not UNSET:
            d["direction"] = direction._value_ if type(direction) is NetworkPolicyDirection else as_json(direction)
        if (ports := self.ports) is not UNSET:
            d["ports"] = (
                [each.to_dict() if type(each) is models.NetworkPolicyPort else as_json(each) for each in ports]
                if type(ports) is list
                else as_json(ports)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (action, direction, ports) = _values(d)
        self.action = _NetworkPolicyAction(action, action) if isinstance(action, str) else action
        self.direction = _NetworkPolicyDirection(direction, direction) if isinstance(direction, str) else direction
        self.ports = (
            [models.NetworkPolicyPort.from_dict(each) if isinstance(each, dict) else each for each in ports]
            if isinstance(ports, list)
            else ports
        )
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
