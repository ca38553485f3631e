from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "digest",
    "labels",
    "registry",
    "repository",
    "tag",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ImageRef")


@_attrs_define(repr=False)
class ImageRef(Model[Any]):
    """An image, resolved."""

    digest: None | str | Unset = UNSET
    """ Digest of what runs. """
    labels: Any | Unset = UNSET
    """ Labels of the image: a map of text to text, or null. """
    registry: None | str | Unset = UNSET
    """ Host name of the registry. """
    repository: None | str | Unset = UNSET
    """ Repository; official images of Docker Hub begin with `library/`. """
    tag: None | str | Unset = UNSET
    """ Tag; absent if the image was named by digest. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (digest := self.digest) is not UNSET:
            d["digest"] = digest
        if (labels := self.labels) is not UNSET:
            d["labels"] = labels
        if (registry := self.registry) is not UNSET:
            d["registry"] = registry
        if (repository := self.repository) is not UNSET:
            d["repository"] = repository
        if (tag := self.tag) is not UNSET:
            d["tag"] = tag
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.digest, self.labels, self.registry, self.repository, self.tag) = _values(d)
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
