from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "source",
    "status",
    "timestamp",
    "type",
    "id",
    "request",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[4:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineEvent")


@_attrs_define(repr=False)
class MachineEvent(Model[Any]):
    """Something that happened to a Machine."""

    source: str
    """ Who caused it: user (the API), proxy (autostart) or flyd (the host). """
    status: str
    """ State that the Machine went to. """
    timestamp: int
    """ Milliseconds since 1970. """
    type_: str
    """ What happened, as in `start`, `exit`. """
    id: None | str | Unset = UNSET
    """ Id, in order of time; may be absent inside a Machine. """
    request: models.MachineEventRequest | None | Unset = UNSET
    """ More about it. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["source"] = self.source
        d["status"] = self.status
        d["timestamp"] = self.timestamp
        d["type"] = self.type_
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (request := self.request) is not UNSET:
            d["request"] = request.to_dict() if type(request) is models.MachineEventRequest else as_json(request)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.source, self.status, self.timestamp, self.type_, self.id, request) = _values(d)
        self.request = models.MachineEventRequest.from_dict(request) if isinstance(request, dict) else request
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
