from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.error_status import ErrorStatus
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ErrorStatus = members(ErrorStatus)
_NAMES = (
    "details",
    "error",
    "status",
    "message",
    "code",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ErrorResponse")


@_attrs_define(repr=False)
class ErrorResponse(Model[Any]):
    """Why a request failed. Which of the texts is there depends on the part of the service that refused."""

    details: Any | Unset = UNSET
    """ More about it, of any shape. """
    error: str | Unset = UNSET
    """ What is wrong, from Machines, volumes, secrets and apps. """
    status: ErrorStatus | str | Unset = UNSET
    """ Code to act on; new ones appear, and a lease conflict just says `error`. """
    message: str | Unset = UNSET
    """ What is wrong, from certificates, addresses and leases. """
    code: str | Unset = UNSET
    """ Kind of a lease conflict. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (details := self.details) is not UNSET:
            d["details"] = details
        if (error := self.error) is not UNSET:
            d["error"] = error
        if (status := self.status) is not UNSET:
            d["status"] = status._value_ if type(status) is ErrorStatus else as_json(status)
        if (message := self.message) is not UNSET:
            d["message"] = message
        if (code := self.code) is not UNSET:
            d["code"] = code
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.details, self.error, status, self.message, self.code) = _values(d)
        self.status = _ErrorStatus(status, status) if isinstance(status, str) else status
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
