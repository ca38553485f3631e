from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.network_policy_rule import NetworkPolicyRule
    from ..models.network_policy_selector import NetworkPolicySelector


T = TypeVar("T", bound="NetworkPolicy")


@_attrs_define
class NetworkPolicy:
    """Which traffic some of an app's Machines may have."""

    id: None | str | Unset = UNSET
    """ Id. """
    name: None | str | Unset = UNSET
    """ Name; may not be unique. """
    rules: list[NetworkPolicyRule] | None | Unset = UNSET
    """ What is allowed. """
    selector: NetworkPolicySelector | None | Unset = UNSET
    """ Machines that it is for. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.rules is not UNSET:
            field_dict["rules"] = as_json(self.rules)
        if self.selector is not UNSET:
            field_dict["selector"] = as_json(self.selector)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        network_policy = cls(
            id=d.pop("id", UNSET),
            name=d.pop("name", UNSET),
            rules=as_list(d.pop("rules", UNSET), lambda item: as_model(item, models.NetworkPolicyRule)),
            selector=as_model(d.pop("selector", UNSET), models.NetworkPolicySelector),
        )
        network_policy.additional_properties = d
        return network_policy

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
