from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_needed, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.network_policy_rule import NetworkPolicyRule
    from ..models.network_policy_selector import NetworkPolicySelector


T = TypeVar("T", bound="CreateNetworkPolicyRequest")


@_attrs_define
class CreateNetworkPolicyRequest:
    """A network policy, new or changed."""

    name: str
    """ Name. """
    rules: list[NetworkPolicyRule]
    """ What is allowed. Once a direction has a rule, everything else in that direction is refused. """
    selector: NetworkPolicySelector
    """ Machines; those that meet everything that is said. """
    id: str | Unset = UNSET
    """ Id of the policy to replace. Default: a new one. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        field_dict["rules"] = as_json(self.rules)
        field_dict["selector"] = as_json(self.selector)
        if self.id is not UNSET:
            field_dict["id"] = self.id
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_network_policy_request = cls(
            name=d.pop("name"),
            rules=as_list(d.pop("rules"), lambda item: as_model(item, models.NetworkPolicyRule)),
            selector=as_needed(d.pop("selector"), models.NetworkPolicySelector),
            id=d.pop("id", UNSET),
        )
        create_network_policy_request.additional_properties = d
        return create_network_policy_request

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
