from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "env_var",
    "name",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineSecret")


@_attrs_define(repr=False)
class MachineSecret(Model[Any]):
    """A secret as an environment variable."""

    env_var: None | str | Unset = UNSET
    """ Name of the environment variable. """
    name: None | str | Unset = UNSET
    """ Name of the secret. Default: the variable's. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (env_var := self.env_var) is not UNSET:
            d["env_var"] = env_var
        if (name := self.name) is not UNSET:
            d["name"] = name
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.env_var, self.name) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
