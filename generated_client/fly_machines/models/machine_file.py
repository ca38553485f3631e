from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "guest_path",
    "image_config",
    "mode",
    "raw_value",
    "secret_name",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineFile")


@_attrs_define(repr=False)
class MachineFile(Model[Any]):
    """A file to write before the process starts; one of the three contents."""

    guest_path: None | str | Unset = UNSET
    """ Where to write it; absolute. """
    image_config: None | str | Unset = UNSET
    """ Image whose config is the contents. """
    mode: int | None | Unset = UNSET
    """ Permissions, as a number: 420 is 0o644. """
    raw_value: None | str | Unset = UNSET
    """ Contents, base64. """
    secret_name: None | str | Unset = UNSET
    """ Secret that holds the contents, base64. """

    _secrets: ClassVar[tuple[str, ...]] = ("raw_value",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (guest_path := self.guest_path) is not UNSET:
            d["guest_path"] = guest_path
        if (image_config := self.image_config) is not UNSET:
            d["image_config"] = image_config
        if (mode := self.mode) is not UNSET:
            d["mode"] = mode
        if (raw_value := self.raw_value) is not UNSET:
            d["raw_value"] = raw_value
        if (secret_name := self.secret_name) is not UNSET:
            d["secret_name"] = secret_name
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.guest_path, self.image_config, self.mode, self.raw_value, self.secret_name) = _values(d)
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
