from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "user_config",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineVersion")


@_attrs_define(repr=False)
class MachineVersion(Model[Any]):
    """A config that a Machine has had."""

    user_config: models.MachineConfig | None | Unset = UNSET
    """ The config. """
    version: None | str | Unset = UNSET
    """ The version. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (user_config := self.user_config) is not UNSET:
            d["user_config"] = (
                user_config.to_dict() if type(user_config) is models.MachineConfig else as_json(user_config)
            )
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (user_config, self.version) = _values(d)
        self.user_config = models.MachineConfig.from_dict(user_config) if isinstance(user_config, dict) else user_config
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
