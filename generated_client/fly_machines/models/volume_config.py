from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "image",
    "name",
    "temp_dir",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="VolumeConfig")


@_attrs_define(repr=False)
class VolumeConfig(Model[Any]):
    """A volume that belongs to one Machine: a temporary folder, or the files of an image."""

    image: None | str | Unset = UNSET
    """ Image whose files it holds. """
    name: None | str | Unset = UNSET
    """ Name, by which containers mount it. """
    temp_dir: None | models.TempDirVolume | Unset = UNSET
    """ A temporary folder. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (image := self.image) is not UNSET:
            d["image"] = image
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (temp_dir := self.temp_dir) is not UNSET:
            d["temp_dir"] = temp_dir.to_dict() if type(temp_dir) is models.TempDirVolume else as_json(temp_dir)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.image, self.name, temp_dir) = _values(d)
        self.temp_dir = models.TempDirVolume.from_dict(temp_dir) if isinstance(temp_dir, dict) else temp_dir
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
