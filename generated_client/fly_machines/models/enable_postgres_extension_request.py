from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "name",
    "create_schema",
    "schema",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="EnablePostgresExtensionRequest")


@_attrs_define(repr=False)
class EnablePostgresExtensionRequest(Model[Any]):
    name: str
    """ Name of the extension. """
    create_schema: bool | Unset = UNSET
    """ Create that schema if it is missing. Default: false. """
    schema: str | Unset = UNSET
    """ Schema to install it into. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        if (create_schema := self.create_schema) is not UNSET:
            d["create_schema"] = create_schema
        if (schema := self.schema) is not UNSET:
            d["schema"] = schema
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, self.create_schema, self.schema) = _values(d)
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
