from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "name",
    "values",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineHttpHeader")


@_attrs_define(repr=False)
class MachineHttpHeader(Model[Any]):
    """A header of a check's request."""

    name: None | str | Unset = UNSET
    """ Name of the header. """
    values: list[str] | None | Unset = UNSET
    """ Its values. """

    _secrets: ClassVar[tuple[str, ...]] = ("values",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (values := self.values) is not UNSET:
            d["values"] = values
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, self.values) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
