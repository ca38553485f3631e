from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.network_policy_action import NetworkPolicyAction
from ..models.network_policy_direction import NetworkPolicyDirection
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.network_policy_port import NetworkPolicyPort


T = TypeVar("T", bound="NetworkPolicyRule")


@_attrs_define
class NetworkPolicyRule:
    """Ports that are open in one direction, to and from any address."""

    action: NetworkPolicyAction | None | str | Unset = UNSET
    """ allow; there is no other. """
    direction: NetworkPolicyDirection | None | str | Unset = UNSET
    """ egress or ingress. """
    ports: list[NetworkPolicyPort] | None | Unset = UNSET
    """ Ports that are allowed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.action is not UNSET:
            field_dict["action"] = as_json(self.action)
        if self.direction is not UNSET:
            field_dict["direction"] = as_json(self.direction)
        if self.ports is not UNSET:
            field_dict["ports"] = as_json(self.ports)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        network_policy_rule = cls(
            action=as_known(d.pop("action", UNSET), NetworkPolicyAction),
            direction=as_known(d.pop("direction", UNSET), NetworkPolicyDirection),
            ports=as_list(d.pop("ports", UNSET), lambda item: as_model(item, models.NetworkPolicyPort)),
        )
        network_policy_rule.additional_properties = d
        return network_policy_rule

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
