from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = ("Msg",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="CreateSnapshotResponse")


@_attrs_define(repr=False)
class CreateSnapshotResponse(Model[Any]):
    """The scheduled backup, as the service wraps it."""

    msg: None | models.SnapshotMessage | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (msg := self.msg) is not UNSET:
            d["Msg"] = msg.to_dict() if type(msg) is models.SnapshotMessage else as_json(msg)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        msg = d[_NAMES[0]]
        self.msg = models.SnapshotMessage.from_dict(msg) if isinstance(msg, dict) else msg
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
