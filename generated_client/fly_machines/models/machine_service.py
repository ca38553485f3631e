from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.autostop import Autostop
from ..models.service_protocol import ServiceProtocol
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_Autostop = members(Autostop)
_ServiceProtocol = members(ServiceProtocol)
_NAMES = (
    "autostart",
    "autostop",
    "checks",
    "concurrency",
    "force_instance_description",
    "force_instance_key",
    "internal_port",
    "min_machines_running",
    "ports",
    "protocol",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineService")


@_attrs_define(repr=False)
class MachineService(Model[Any]):
    """A port of the Machine that the proxy serves to the world."""

    autostart: bool | None | Unset = UNSET
    """ Start the Machine when a request comes. A boolean only. """
    autostop: Autostop | bool | None | str | Unset = UNSET
    """ Stop or suspend it when there are no requests: off, stop or suspend. Answers have false for off and true for
    stop. """
    checks: list[models.MachineServiceCheck] | None | Unset = UNSET
    """ Checks that decide whether the proxy sends requests. """
    concurrency: models.MachineServiceConcurrency | None | Unset = UNSET
    """ How many requests a Machine takes. """
    force_instance_description: None | str | Unset = UNSET
    """ Reserved for Fly.io's own tools. """
    force_instance_key: None | str | Unset = UNSET
    """ Reserved for Fly.io's own tools. """
    internal_port: int | None | Unset = UNSET
    """ Port that the process listens on, on all addresses. """
    min_machines_running: int | None | Unset = UNSET
    """ Machines in the primary region that are not stopped this way. Default: 0. """
    ports: list[models.MachinePort] | None | Unset = UNSET
    """ Ports that the world sees, and what the proxy does there. """
    protocol: None | ServiceProtocol | str | Unset = UNSET
    """ tcp or udp. Whether it may be left out is contested: give it. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (autostart := self.autostart) is not UNSET:
            d["autostart"] = autostart
        if (autostop := self.autostop) is not UNSET:
            d["autostop"] = autostop._value_ if type(autostop) is Autostop else as_json(autostop)
        if (checks := self.checks) is not UNSET:
            d["checks"] = (
                [each.to_dict() if type(each) is models.MachineServiceCheck else as_json(each) for each in checks]
                if type(checks) is list
                else as_json(checks)
            )
        if (concurrency := self.concurrency) is not UNSET:
            d["concurrency"] = (
                concurrency.to_dict() if type(concurrency) is models.MachineServiceConcurrency else as_json(concurrency)
            )
        if (force_instance_description := self.force_instance_description) is not UNSET:
            d["force_instance_description"] = force_instance_description
        if (force_instance_key := self.force_instance_key) is not UNSET:
            d["force_instance_key"] = force_instance_key
        if (internal_port := self.internal_port) is not UNSET:
            d["internal_port"] = internal_port
        if (min_machines_running := self.min_machines_running) is not UNSET:
            d["min_machines_running"] = min_machines_running
        if (ports := self.ports) is not UNSET:
            d["ports"] = (
                [each.to_dict() if type(each) is models.MachinePort else as_json(each) for each in ports]
                if type(ports) is list
                else as_json(ports)
            )
        if (protocol := self.protocol) is not UNSET:
            d["protocol"] = protocol._value_ if type(protocol) is ServiceProtocol else as_json(protocol)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.autostart,
            autostop,
            checks,
            concurrency,
            self.force_instance_description,
            self.force_instance_key,
            self.internal_port,
            self.min_machines_running,
            ports,
            protocol,
        ) = _values(d)
        self.autostop = _Autostop(autostop, autostop) if isinstance(autostop, str) else autostop
        self.checks = (
            [models.MachineServiceCheck.from_dict(each) if isinstance(each, dict) else each for each in checks]
            if isinstance(checks, list)
            else checks
        )
        self.concurrency = (
            models.MachineServiceConcurrency.from_dict(concurrency) if isinstance(concurrency, dict) else concurrency
        )
        self.ports = (
            [models.MachinePort.from_dict(each) if isinstance(each, dict) else each for each in ports]
            if isinstance(ports, list)
            else ports
        )
        self.protocol = _ServiceProtocol(protocol, protocol) if isinstance(protocol, str) else protocol
        self._others = None if len(d) == 10 else others(d, _NAMES)
        return self
