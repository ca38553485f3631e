from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.autostop import Autostop
from ..models.service_protocol import ServiceProtocol
from ..types import UNSET, Unset

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
    """ tcp or udp. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_service_concurrency import MachineServiceConcurrency  # noqa: PLC0415

        autostart: bool | None | Unset
        if isinstance(self.autostart, Unset):
            autostart = UNSET
        else:
            autostart = self.autostart

        autostop: bool | None | str | Unset
        if isinstance(self.autostop, Unset):
            autostop = UNSET
        elif isinstance(self.autostop, Autostop):
            autostop = self.autostop.value
        else:
            autostop = self.autostop

        checks: list[dict[str, Any]] | None | Unset
        if isinstance(self.checks, Unset):
            checks = UNSET
        elif isinstance(self.checks, list):
            checks = []
            for checks_type_0_item_data in self.checks:
                checks_type_0_item = checks_type_0_item_data.to_dict()
                checks.append(checks_type_0_item)

        else:
            checks = self.checks

        concurrency: dict[str, Any] | None | Unset
        if isinstance(self.concurrency, Unset):
            concurrency = UNSET
        elif isinstance(self.concurrency, MachineServiceConcurrency):
            concurrency = self.concurrency.to_dict()
        else:
            concurrency = self.concurrency

        force_instance_description: None | str | Unset
        if isinstance(self.force_instance_description, Unset):
            force_instance_description = UNSET
        else:
            force_instance_description = self.force_instance_description

        force_instance_key: None | str | Unset
        if isinstance(self.force_instance_key, Unset):
            force_instance_key = UNSET
        else:
            force_instance_key = self.force_instance_key

        internal_port: int | None | Unset
        if isinstance(self.internal_port, Unset):
            internal_port = UNSET
        else:
            internal_port = self.internal_port

        min_machines_running: int | None | Unset
        if isinstance(self.min_machines_running, Unset):
            min_machines_running = UNSET
        else:
            min_machines_running = self.min_machines_running

        ports: list[dict[str, Any]] | None | Unset
        if isinstance(self.ports, Unset):
            ports = UNSET
        elif isinstance(self.ports, list):
            ports = []
            for ports_type_0_item_data in self.ports:
                ports_type_0_item = ports_type_0_item_data.to_dict()
                ports.append(ports_type_0_item)

        else:
            ports = self.ports

        protocol: None | str | Unset
        if isinstance(self.protocol, Unset):
            protocol = UNSET
        elif isinstance(self.protocol, ServiceProtocol):
            protocol = self.protocol.value
        else:
            protocol = self.protocol

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if autostart is not UNSET:
            field_dict["autostart"] = autostart
        if autostop is not UNSET:
            field_dict["autostop"] = autostop
        if checks is not UNSET:
            field_dict["checks"] = checks
        if concurrency is not UNSET:
            field_dict["concurrency"] = concurrency
        if force_instance_description is not UNSET:
            field_dict["force_instance_description"] = force_instance_description
        if force_instance_key is not UNSET:
            field_dict["force_instance_key"] = force_instance_key
        if internal_port is not UNSET:
            field_dict["internal_port"] = internal_port
        if min_machines_running is not UNSET:
            field_dict["min_machines_running"] = min_machines_running
        if ports is not UNSET:
            field_dict["ports"] = ports
        if protocol is not UNSET:
            field_dict["protocol"] = protocol

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_port import MachinePort  # noqa: PLC0415
        from ..models.machine_service_check import MachineServiceCheck  # noqa: PLC0415
        from ..models.machine_service_concurrency import MachineServiceConcurrency  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_autostart(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        autostart = _parse_autostart(d.pop("autostart", UNSET))

        def _parse_autostop(data: object) -> Autostop | bool | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                autostop_type_1 = Autostop(data)

                return autostop_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("Autostop | bool | None | str | Unset", data)

        autostop = _parse_autostop(d.pop("autostop", UNSET))

        def _parse_checks(data: object) -> list[MachineServiceCheck] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                checks_type_0 = []
                _checks_type_0 = data
                for checks_type_0_item_data in _checks_type_0:
                    checks_type_0_item = MachineServiceCheck.from_dict(checks_type_0_item_data)

                    checks_type_0.append(checks_type_0_item)

                return checks_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineServiceCheck] | None | Unset", data)

        checks = _parse_checks(d.pop("checks", UNSET))

        def _parse_concurrency(data: object) -> MachineServiceConcurrency | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                concurrency_type_1 = MachineServiceConcurrency.from_dict(data)

                return concurrency_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineServiceConcurrency | None | Unset", data)

        concurrency = _parse_concurrency(d.pop("concurrency", UNSET))

        def _parse_force_instance_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        force_instance_description = _parse_force_instance_description(d.pop("force_instance_description", UNSET))

        def _parse_force_instance_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        force_instance_key = _parse_force_instance_key(d.pop("force_instance_key", UNSET))

        def _parse_internal_port(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        internal_port = _parse_internal_port(d.pop("internal_port", UNSET))

        def _parse_min_machines_running(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        min_machines_running = _parse_min_machines_running(d.pop("min_machines_running", UNSET))

        def _parse_ports(data: object) -> list[MachinePort] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                ports_type_0 = []
                _ports_type_0 = data
                for ports_type_0_item_data in _ports_type_0:
                    ports_type_0_item = MachinePort.from_dict(ports_type_0_item_data)

                    ports_type_0.append(ports_type_0_item)

                return ports_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachinePort] | None | Unset", data)

        ports = _parse_ports(d.pop("ports", UNSET))

        def _parse_protocol(data: object) -> None | ServiceProtocol | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                protocol_type_0 = ServiceProtocol(data)

                return protocol_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | ServiceProtocol | str | Unset", data)

        protocol = _parse_protocol(d.pop("protocol", UNSET))

        machine_service = cls(
            autostart=autostart,
            autostop=autostop,
            checks=checks,
            concurrency=concurrency,
            force_instance_description=force_instance_description,
            force_instance_key=force_instance_key,
            internal_port=internal_port,
            min_machines_running=min_machines_running,
            ports=ports,
            protocol=protocol,
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
