from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.check_result import CheckResult
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_CheckResult = members(CheckResult)
_NAMES = (
    "name",
    "status",
    "output",
    "updated_at",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CheckStatus")


@_attrs_define(repr=False)
class CheckStatus(Model[Any]):
    """The latest result of a check."""

    name: str
    """ Name; a service's is like `servicecheck-00-tcp-8080`. """
    status: CheckResult | str
    """ passing, warning or critical. """
    output: None | str | Unset = UNSET
    """ What the check said. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the result came. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        status = self.status
        d["status"] = status._value_ if type(status) is CheckResult else as_json(status)
        if (output := self.output) is not UNSET:
            d["output"] = output
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, status, self.output, updated_at) = _values(d)
        self.status = _CheckResult(status, status) if isinstance(status, str) else status
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
