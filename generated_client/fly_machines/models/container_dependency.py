from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.container_dependency_condition import ContainerDependencyCondition
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ContainerDependencyCondition = members(ContainerDependencyCondition)
_NAMES = (
    "condition",
    "name",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ContainerDependency")


@_attrs_define(repr=False)
class ContainerDependency(Model[Any]):
    """What another container has to have reached."""

    condition: ContainerDependencyCondition | None | str | Unset = UNSET
    """ started, healthy or exited_successfully. """
    name: None | str | Unset = UNSET
    """ Name of the other container. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (condition := self.condition) is not UNSET:
            d["condition"] = (
                condition._value_ if type(condition) is ContainerDependencyCondition else as_json(condition)
            )
        if (name := self.name) is not UNSET:
            d["name"] = name
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (condition, self.name) = _values(d)
        self.condition = (
            _ContainerDependencyCondition(condition, condition) if isinstance(condition, str) else condition
        )
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
