from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.container_dependency_condition import ContainerDependencyCondition
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="ContainerDependency")


@_attrs_define
class ContainerDependency:
    """What another container has to have reached."""

    condition: ContainerDependencyCondition | None | str | Unset = UNSET
    """ started, healthy or exited_successfully. """
    name: None | str | Unset = UNSET
    """ Name of the other container. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.condition is not UNSET:
            field_dict["condition"] = as_json(self.condition)
        if self.name is not UNSET:
            field_dict["name"] = self.name
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        container_dependency = cls(
            condition=as_known(d.pop("condition", UNSET), ContainerDependencyCondition),
            name=d.pop("name", UNSET),
        )
        container_dependency.additional_properties = d
        return container_dependency

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
