from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.host_status import HostStatus
from ..models.machine_state import MachineState
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text, as_time

if TYPE_CHECKING:
    from ..models.check_status import CheckStatus
    from ..models.image_ref import ImageRef
    from ..models.lease_summary import LeaseSummary
    from ..models.machine_config import MachineConfig
    from ..models.machine_event import MachineEvent


T = TypeVar("T", bound="Machine")


@_attrs_define
class Machine:
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
    checks: list[CheckStatus] | None | Unset = UNSET
    """ Its checks and their latest results. """
    config: MachineConfig | None | Unset = UNSET
    """ Its config, durations and booleans normalised. Missing while its host cannot be reached. """
    cordoned: bool | None | Unset = UNSET
    """ Whether the proxy leaves it out. """
    events: list[MachineEvent] | None | Unset = UNSET
    """ Its latest events, newest first. """
    host_features: list[str] | None | Unset = UNSET
    """ Features of its host. """
    host_status: HostStatus | None | str | Unset = UNSET
    """ Whether its host can be reached; if not `ok`, the rest may be out of date. """
    image_ref: ImageRef | None | Unset = UNSET
    """ The image that it runs, resolved. """
    incomplete_config: MachineConfig | None | Unset = UNSET
    """ What is known of the config while its host cannot be reached. """
    instance_id: None | str | Unset = UNSET
    """ Older name of `version`. An answer may have only one of the two. """
    lease: LeaseSummary | None | Unset = UNSET
    """ Who holds a lease on it, if asked for. """
    nonce: None | str | Unset = UNSET
    """ Nonce of the lease that was taken with the same request. A secret. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it last changed; `0001-01-01T00:00:00Z` if never. """
    version: None | str | Unset = UNSET
    """ Version: a new one with each update. """
    containers: Any | Unset = UNSET
    """ Its containers, if it runs several. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("nonce",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["created_at"] = as_json(self.created_at)
        field_dict["id"] = self.id
        field_dict["name"] = self.name
        field_dict["private_ip"] = self.private_ip
        field_dict["region"] = self.region
        field_dict["state"] = as_json(self.state)
        if self.checks is not UNSET:
            field_dict["checks"] = as_json(self.checks)
        if self.config is not UNSET:
            field_dict["config"] = as_json(self.config)
        if self.cordoned is not UNSET:
            field_dict["cordoned"] = self.cordoned
        if self.events is not UNSET:
            field_dict["events"] = as_json(self.events)
        if self.host_features is not UNSET:
            field_dict["host_features"] = self.host_features
        if self.host_status is not UNSET:
            field_dict["host_status"] = as_json(self.host_status)
        if self.image_ref is not UNSET:
            field_dict["image_ref"] = as_json(self.image_ref)
        if self.incomplete_config is not UNSET:
            field_dict["incomplete_config"] = as_json(self.incomplete_config)
        if self.instance_id is not UNSET:
            field_dict["instance_id"] = self.instance_id
        if self.lease is not UNSET:
            field_dict["lease"] = as_json(self.lease)
        if self.nonce is not UNSET:
            field_dict["nonce"] = self.nonce
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        if self.version is not UNSET:
            field_dict["version"] = self.version
        if self.containers is not UNSET:
            field_dict["containers"] = self.containers
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine = cls(
            created_at=as_time(d.pop("created_at")),
            id=d.pop("id"),
            name=d.pop("name"),
            private_ip=d.pop("private_ip"),
            region=d.pop("region"),
            state=as_known(d.pop("state"), MachineState),
            checks=as_list(d.pop("checks", UNSET), lambda item: as_model(item, models.CheckStatus)),
            config=as_model(d.pop("config", UNSET), models.MachineConfig),
            cordoned=d.pop("cordoned", UNSET),
            events=as_list(d.pop("events", UNSET), lambda item: as_model(item, models.MachineEvent)),
            host_features=d.pop("host_features", UNSET),
            host_status=as_known(d.pop("host_status", UNSET), HostStatus),
            image_ref=as_model(d.pop("image_ref", UNSET), models.ImageRef),
            incomplete_config=as_model(d.pop("incomplete_config", UNSET), models.MachineConfig),
            instance_id=d.pop("instance_id", UNSET),
            lease=as_model(d.pop("lease", UNSET), models.LeaseSummary),
            nonce=d.pop("nonce", UNSET),
            updated_at=as_time(d.pop("updated_at", UNSET)),
            version=d.pop("version", UNSET),
            containers=d.pop("containers", UNSET),
        )
        machine.additional_properties = d
        return machine

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
