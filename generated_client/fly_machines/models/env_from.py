from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.env_field_ref import EnvFieldRef
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_EnvFieldRef = members(EnvFieldRef)
_NAMES = (
    "env_var",
    "field_ref",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="EnvFrom")


@_attrs_define(repr=False)
class EnvFrom(Model[Any]):
    """A fact about the Machine as an environment variable."""

    env_var: None | str | Unset = UNSET
    """ Name of the environment variable. """
    field_ref: EnvFieldRef | None | str | Unset = UNSET
    """ The fact: id, version, app_name, private_ip, region or image. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (env_var := self.env_var) is not UNSET:
            d["env_var"] = env_var
        if (field_ref := self.field_ref) is not UNSET:
            d["field_ref"] = field_ref._value_ if type(field_ref) is EnvFieldRef else as_json(field_ref)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.env_var, field_ref) = _values(d)
        self.field_ref = _EnvFieldRef(field_ref, field_ref) if isinstance(field_ref, str) else field_ref
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
