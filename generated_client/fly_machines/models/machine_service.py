from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.autostop import Autostop
from ..models.service_protocol import ServiceProtocol
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_port import MachinePort
    from ..models.machine_service_check import MachineServiceCheck
    from ..models.machine_service_concurrency import MachineServiceConcurrency


T = TypeVar("T", bound="MachineService")


@_attrs_define
class MachineService:
    """A port of the Machine that the proxy serves to the world."""

    autostart: bool | None | Unset = UNSET
    """ Start the Machine when a request comes. A boolean only. """
    autostop: Autostop | bool | None | str | Unset = UNSET
    """ Stop or suspend it when there are no requests: off, stop or suspend. Answers have false for off and true for
    stop. """
    checks: list[MachineServiceCheck] | None | Unset = UNSET
    """ Checks that decide whether the proxy sends requests. """
    concurrency: MachineServiceConcurrency | None | Unset = UNSET
    """ How many requests a Machine takes. """
    force_instance_description: None | str | Unset = UNSET
    """ Reserved for Fly.io's own tools. """
    force_instance_key: None | str | Unset = UNSET
    """ Reserved for Fly.io's own tools. """
    internal_port: int | None | Unset = UNSET
    """ Port that the process listens on, on all addresses. """
    min_machines_running: int | None | Unset = UNSET
    """ Machines in the primary region that are not stopped this way. Default: 0. """
    ports: list[MachinePort] | None | Unset = UNSET
    """ Ports that the world sees, and what the proxy does there. """
    protocol: None | ServiceProtocol | str | Unset = UNSET
    """ tcp or udp. Whether it may be left out is contested: give it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.autostart is not UNSET:
            field_dict["autostart"] = self.autostart
        if self.autostop is not UNSET:
            field_dict["autostop"] = as_json(self.autostop)
        if self.checks is not UNSET:
            field_dict["checks"] = as_json(self.checks)
        if self.concurrency is not UNSET:
            field_dict["concurrency"] = as_json(self.concurrency)
        if self.force_instance_description is not UNSET:
            field_dict["force_instance_description"] = self.force_instance_description
        if self.force_instance_key is not UNSET:
            field_dict["force_instance_key"] = self.force_instance_key
        if self.internal_port is not UNSET:
            field_dict["internal_port"] = self.internal_port
        if self.min_machines_running is not UNSET:
            field_dict["min_machines_running"] = self.min_machines_running
        if self.ports is not UNSET:
            field_dict["ports"] = as_json(self.ports)
        if self.protocol is not UNSET:
            field_dict["protocol"] = as_json(self.protocol)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_service = cls(
            autostart=d.pop("autostart", UNSET),
            autostop=as_known(d.pop("autostop", UNSET), Autostop),
            checks=as_list(d.pop("checks", UNSET), lambda item: as_model(item, models.MachineServiceCheck)),
            concurrency=as_model(d.pop("concurrency", UNSET), models.MachineServiceConcurrency),
            force_instance_description=d.pop("force_instance_description", UNSET),
            force_instance_key=d.pop("force_instance_key", UNSET),
            internal_port=d.pop("internal_port", UNSET),
            min_machines_running=d.pop("min_machines_running", UNSET),
            ports=as_list(d.pop("ports", UNSET), lambda item: as_model(item, models.MachinePort)),
            protocol=as_known(d.pop("protocol", UNSET), ServiceProtocol),
        )
        machine_service.additional_properties = d
        return machine_service

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
