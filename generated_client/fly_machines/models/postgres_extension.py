from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "default_version",
    "description",
    "installed",
    "name",
    "system",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="PostgresExtension")


@_attrs_define(repr=False)
class PostgresExtension(Model[Any]):
    default_version: None | str | Unset = UNSET

    description: None | str | Unset = UNSET

    installed: None | models.PostgresInstalledExtension | Unset = UNSET

    name: None | str | Unset = UNSET

    system: bool | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (default_version := self.default_version) is not UNSET:
            d["default_version"] = default_version
        if (description := self.description) is not UNSET:
            d["description"] = description
        if (installed := self.installed) is not UNSET:
            d["installed"] = (
                installed.to_dict() if type(installed) is models.PostgresInstalledExtension else as_json(installed)
            )
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (system := self.system) is not UNSET:
            d["system"] = system
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.default_version, self.description, installed, self.name, self.system) = _values(d)
        self.installed = (
            models.PostgresInstalledExtension.from_dict(installed) if isinstance(installed, dict) else installed
        )
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
