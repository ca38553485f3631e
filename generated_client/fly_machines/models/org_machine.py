from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.machine_state import MachineState
from ..types import UNSET, Unset
from . import Model, as_json, as_time, members, new, others

_MachineState = members(MachineState)
_NAMES = (
    "app_name",
    "config",
    "created_at",
    "id",
    "name",
    "private_ip",
    "region",
    "state",
    "updated_at",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="OrgMachine")


@_attrs_define(repr=False)
class OrgMachine(Model[Any]):
    """A Machine as the organization's list has it."""

    app_name: None | str | Unset = UNSET
    """ App that it belongs to. """
    config: models.MachineOverviewConfig | None | Unset = UNSET
    """ The part of its config that lists hold. """
    created_at: datetime.datetime | None | str | Unset = UNSET

    id: None | str | Unset = UNSET

    name: None | str | Unset = UNSET

    private_ip: None | str | Unset = UNSET

    region: None | str | Unset = UNSET

    state: MachineState | None | str | Unset = UNSET

    updated_at: datetime.datetime | None | str | Unset = UNSET

    version: None | str | Unset = UNSET
    """ Version: a new one with each update. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (app_name := self.app_name) is not UNSET:
            d["app_name"] = app_name
        if (config := self.config) is not UNSET:
            d["config"] = config.to_dict() if type(config) is models.MachineOverviewConfig else as_json(config)
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (id := self.id) is not UNSET:
            d["id"] = id
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (private_ip := self.private_ip) is not UNSET:
            d["private_ip"] = private_ip
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (state := self.state) is not UNSET:
            d["state"] = state._value_ if type(state) is MachineState else as_json(state)
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.app_name,
            config,
            created_at,
            self.id,
            self.name,
            self.private_ip,
            self.region,
            state,
            updated_at,
            self.version,
        ) = _values(d)
        self.config = models.MachineOverviewConfig.from_dict(config) if isinstance(config, dict) else config
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.state = _MachineState(state, state) if isinstance(state, str) else state
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
