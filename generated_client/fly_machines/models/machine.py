from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.host_status import HostStatus
from ..models.machine_state import MachineState
from ..types import UNSET, Unset
from . import Model, as_json, as_models, as_time, members, new, others

_HostStatus = members(HostStatus)
_MachineState = members(MachineState)
_NAMES = (
    "created_at",
    "id",
    "name",
    "private_ip",
    "region",
    "state",
    "checks",
    "config",
    "cordoned",
    "events",
    "host_features",
    "host_status",
    "image_ref",
    "incomplete_config",
    "instance_id",
    "lease",
    "nonce",
    "updated_at",
    "version",
    "containers",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[6:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="Machine")


@_attrs_define(repr=False)
class Machine(Model[Any]):
    """A virtual machine of an app."""

    created_at: datetime.datetime | str
    """ When it was created. """
    id: str
    """ Id, 14 hexadecimal digits. """
    name: str
    """ Name; unique in the app among Machines that are not destroyed. """
    private_ip: str
    """ Its IPv6 address in the private network; stays over updates. """
    region: str
    """ Region that it is in; fixed at creation. """
    state: MachineState | str
    """ State; `created`, `started`, `stopped`, `suspended` and `failed` last. """
    checks: list[models.CheckStatus] | None | Unset = UNSET
    """ Its checks and their latest results. """
    config: models.MachineConfig | None | Unset = UNSET
    """ Its config, durations and booleans normalised. Missing while its host cannot be reached. """
    cordoned: bool | None | Unset = UNSET
    """ Whether the proxy leaves it out. """
    events: list[models.MachineEvent] | None | Unset = UNSET
    """ Its latest events, newest first. """
    host_features: list[str] | None | Unset = UNSET
    """ Features of its host. """
    host_status: HostStatus | None | str | Unset = UNSET
    """ Whether its host can be reached; if not `ok`, the rest may be out of date. """
    image_ref: models.ImageRef | None | Unset = UNSET
    """ The image that it runs, resolved. """
    incomplete_config: models.MachineConfig | None | Unset = UNSET
    """ What is known of the config while its host cannot be reached. """
    instance_id: None | str | Unset = UNSET
    """ Older name of `version`. An answer may have only one of the two. """
    lease: models.LeaseSummary | None | Unset = UNSET
    """ Who holds a lease on it, if asked for. """
    nonce: None | str | Unset = UNSET
    """ Nonce of the lease that was taken with the same request. A secret. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it last changed; `0001-01-01T00:00:00Z` if never. """
    version: None | str | Unset = UNSET
    """ Version: a new one with each update. """
    containers: Any | Unset = UNSET
    """ Its containers, if it runs several. """

    _secrets: ClassVar[tuple[str, ...]] = ("nonce",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        created_at = self.created_at
        d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        d["id"] = self.id
        d["name"] = self.name
        d["private_ip"] = self.private_ip
        d["region"] = self.region
        state = self.state
        d["state"] = state._value_ if type(state) is MachineState else as_json(state)
        if (checks := self.checks) is not UNSET:
            d["checks"] = (
                [each.to_dict() if type(each) is models.CheckStatus else as_json(each) for each in checks]
                if type(checks) is list
                else as_json(checks)
            )
        if (config := self.config) is not UNSET:
            d["config"] = config.to_dict() if type(config) is models.MachineConfig else as_json(config)
        if (cordoned := self.cordoned) is not UNSET:
            d["cordoned"] = cordoned
        if (events := self.events) is not UNSET:
            d["events"] = (
                [each.to_dict() if type(each) is models.MachineEvent else as_json(each) for each in events]
                if type(events) is list
                else as_json(events)
            )
        if (host_features := self.host_features) is not UNSET:
            d["host_features"] = host_features
        if (host_status := self.host_status) is not UNSET:
            d["host_status"] = host_status._value_ if type(host_status) is HostStatus else as_json(host_status)
        if (image_ref := self.image_ref) is not UNSET:
            d["image_ref"] = image_ref.to_dict() if type(image_ref) is models.ImageRef else as_json(image_ref)
        if (incomplete_config := self.incomplete_config) is not UNSET:
            d["incomplete_config"] = (
                incomplete_config.to_dict()
                if type(incomplete_config) is models.MachineConfig
                else as_json(incomplete_config)
            )
        if (instance_id := self.instance_id) is not UNSET:
            d["instance_id"] = instance_id
        if (lease := self.lease) is not UNSET:
            d["lease"] = lease.to_dict() if type(lease) is models.LeaseSummary else as_json(lease)
        if (nonce := self.nonce) is not UNSET:
            d["nonce"] = nonce
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (version := self.version) is not UNSET:
            d["version"] = version
        if (containers := self.containers) is not UNSET:
            d["containers"] = containers
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            created_at,
            self.id,
            self.name,
            self.private_ip,
            self.region,
            state,
            checks,
            config,
            self.cordoned,
            events,
            self.host_features,
            host_status,
            image_ref,
            incomplete_config,
            self.instance_id,
            lease,
            self.nonce,
            updated_at,
            self.version,
            self.containers,
        ) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.state = _MachineState(state, state) if isinstance(state, str) else state
        self.checks = as_models(checks, models.CheckStatus) if isinstance(checks, list) else checks
        self.config = models.MachineConfig.from_dict(config) if isinstance(config, dict) else config
        self.events = (
            [models.MachineEvent.from_dict(each) if isinstance(each, dict) else each for each in events]
            if isinstance(events, list)
            else events
        )
        self.host_status = _HostStatus(host_status, host_status) if isinstance(host_status, str) else host_status
        self.image_ref = models.ImageRef.from_dict(image_ref) if isinstance(image_ref, dict) else image_ref
        self.incomplete_config = (
            models.MachineConfig.from_dict(incomplete_config)
            if isinstance(incomplete_config, dict)
            else incomplete_config
        )
        self.lease = models.LeaseSummary.from_dict(lease) if isinstance(lease, dict) else lease
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 20 else others(d, _NAMES)
        return self
