from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "error_regions",
    "last_machine_id",
    "last_updated_at",
    "machines",
    "next_cursor",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ListOrgMachinesResponse")


@_attrs_define(repr=False)
class ListOrgMachinesResponse(Model[Any]):
    error_regions: list[str] | None | Unset = UNSET
    """ Regions that could not be asked: what they have is missing here. """
    last_machine_id: None | str | Unset = UNSET
    """ Id of the last Machine on the page. """
    last_updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the last Machine on the page changed. """
    machines: list[models.OrgMachine] | None | Unset = UNSET
    """ One page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (error_regions := self.error_regions) is not UNSET:
            d["error_regions"] = error_regions
        if (last_machine_id := self.last_machine_id) is not UNSET:
            d["last_machine_id"] = last_machine_id
        if (last_updated_at := self.last_updated_at) is not UNSET:
            d["last_updated_at"] = (
                last_updated_at.isoformat() if type(last_updated_at) is datetime.datetime else as_json(last_updated_at)
            )
        if (machines := self.machines) is not UNSET:
            d["machines"] = (
                [each.to_dict() if type(each) is models.OrgMachine else as_json(each) for each in machines]
                if type(machines) is list
                else as_json(machines)
            )
        if (next_cursor := self.next_cursor) is not UNSET:
            d["next_cursor"] = next_cursor
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.error_regions, self.last_machine_id, last_updated_at, machines, self.next_cursor) = _values(d)
        self.last_updated_at = as_time(last_updated_at) if isinstance(last_updated_at, str) else last_updated_at
        self.machines = (
            [models.OrgMachine.from_dict(each) if isinstance(each, dict) else each for each in machines]
            if isinstance(machines, list)
            else machines
        )
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
