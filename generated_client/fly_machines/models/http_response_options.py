from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "headers",
    "pristine",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="HttpResponseOptions")


@_attrs_define(repr=False)
class HttpResponseOptions(Model[Any]):
    headers: Any | Unset = UNSET
    """ Headers to set on answers, by name: a text, several, or false to remove it. """
    pristine: bool | None | Unset = UNSET
    """ Add none of the proxy's own headers. Default: false. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (headers := self.headers) is not UNSET:
            d["headers"] = headers
        if (pristine := self.pristine) is not UNSET:
            d["pristine"] = pristine
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.headers, self.pristine) = _values(d)
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
