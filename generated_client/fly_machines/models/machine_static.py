from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "guest_path",
    "index_document",
    "tigris_bucket",
    "url_prefix",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineStatic")


@_attrs_define(repr=False)
class MachineStatic(Model[Any]):
    """A folder that the proxy serves itself."""

    guest_path: None | str | Unset = UNSET
    """ Folder in the image, or prefix in the bucket. """
    index_document: None | str | Unset = UNSET
    """ File to serve for a folder, as in `index.html`. """
    tigris_bucket: None | str | Unset = UNSET
    """ Bucket to serve from, instead of the image. """
    url_prefix: None | str | Unset = UNSET
    """ Paths that it is served at. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (guest_path := self.guest_path) is not UNSET:
            d["guest_path"] = guest_path
        if (index_document := self.index_document) is not UNSET:
            d["index_document"] = index_document
        if (tigris_bucket := self.tigris_bucket) is not UNSET:
            d["tigris_bucket"] = tigris_bucket
        if (url_prefix := self.url_prefix) is not UNSET:
            d["url_prefix"] = url_prefix
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.guest_path, self.index_document, self.tigris_bucket, self.url_prefix) = _values(d)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
