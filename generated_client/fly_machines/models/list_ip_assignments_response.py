from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_models, new, others

_NAMES = ("ips",)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)

T = TypeVar("T", bound="ListIpAssignmentsResponse")


@_attrs_define(repr=False)
class ListIpAssignmentsResponse(Model[Any]):
    ips: list[models.IpAssignment] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (ips := self.ips) is not UNSET:
            d["ips"] = (
                [each.to_dict() if type(each) is models.IpAssignment else as_json(each) for each in ips]
                if type(ips) is list
                else as_json(ips)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        ips = d[_NAMES[0]]
        self.ips = as_models(ips, models.IpAssignment) if isinstance(ips, list) else ips
        self._others = None if len(d) == 1 else others(d, _NAMES)
        return self
