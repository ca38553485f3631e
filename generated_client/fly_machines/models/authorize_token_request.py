from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "access",
    "header",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AuthorizeTokenRequest")


@_attrs_define(repr=False)
class AuthorizeTokenRequest(Model[Any]):
    """A token, and what its bearer wants to do."""

    access: models.TokenAccess | Unset = UNSET
    """ An action, and what it is done to. """
    header: str | Unset = UNSET
    """ The authorization header that you were sent. A secret. """

    _secrets: ClassVar[tuple[str, ...]] = ("header",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (access := self.access) is not UNSET:
            d["access"] = access.to_dict() if type(access) is models.TokenAccess else as_json(access)
        if (header := self.header) is not UNSET:
            d["header"] = header
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (access, self.header) = _values(d)
        self.access = models.TokenAccess.from_dict(access) if isinstance(access, dict) else access
        self._others = None if len(d) == 2 else others(d, _NAMES)
        return self
