from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.network_policy_machine import NetworkPolicyMachine


T = TypeVar("T", bound="NetworkPolicySelector")


@_attrs_define
class NetworkPolicySelector:
    """Machines; those that meet everything that is said."""

    all_: bool | None | Unset = UNSET
    """ Every Machine of the app. """
    machines: list[NetworkPolicyMachine] | None | Unset = UNSET
    """ These Machines. """
    metadata: Any | Unset = UNSET
    """ Machines whose metadata have these values. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.all_ is not UNSET:
            field_dict["all"] = self.all_
        if self.machines is not UNSET:
            field_dict["machines"] = as_json(self.machines)
        if self.metadata is not UNSET:
            field_dict["metadata"] = self.metadata
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        network_policy_selector = cls(
            all_=d.pop("all", UNSET),
            machines=as_list(d.pop("machines", UNSET), lambda item: as_model(item, models.NetworkPolicyMachine)),
            metadata=d.pop("metadata", UNSET),
        )
        network_policy_selector.additional_properties = d
        return network_policy_selector

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
