from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.check_type import CheckType
from ..models.machine_check_kind import MachineCheckKind
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_http_header import MachineHttpHeader


T = TypeVar("T", bound="MachineCheck")


@_attrs_define
class MachineCheck:
    """A check of the Machine itself."""

    grace_period: int | None | str | Unset = UNSET
    """ Time after a start before checks count: a Go duration (`1s`) or nanoseconds. """
    headers: list[MachineHttpHeader] | None | Unset = UNSET
    """ Headers of an http check. """
    interval: int | None | str | Unset = UNSET
    """ Time between checks: a Go duration (`15s`) or nanoseconds. """
    kind: MachineCheckKind | None | str | Unset = UNSET
    """ readiness (deploys and services wait for it) or informational. """
    method: None | str | Unset = UNSET
    """ Method of an http check. Default: GET. """
    path: None | str | Unset = UNSET
    """ Path of an http check. """
    port: int | None | Unset = UNSET
    """ Port to check. """
    protocol: None | str | Unset = UNSET
    """ http or https, of an http check. """
    timeout: int | None | str | Unset = UNSET
    """ Time until a check has failed: a Go duration (`2s`) or nanoseconds. """
    tls_server_name: None | str | Unset = UNSET
    """ Name that the certificate has to have, of an https check. """
    tls_skip_verify: bool | None | Unset = UNSET
    """ Accept any certificate. Default: false. """
    type_: CheckType | None | str | Unset = UNSET
    """ http or tcp. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        grace_period: int | None | str | Unset
        if isinstance(self.grace_period, Unset):
            grace_period = UNSET
        else:
            grace_period = self.grace_period

        headers: list[dict[str, Any]] | None | Unset
        if isinstance(self.headers, Unset):
            headers = UNSET
        elif isinstance(self.headers, list):
            headers = []
            for headers_type_0_item_data in self.headers:
                headers_type_0_item = headers_type_0_item_data.to_dict()
                headers.append(headers_type_0_item)

        else:
            headers = self.headers

        interval: int | None | str | Unset
        if isinstance(self.interval, Unset):
            interval = UNSET
        else:
            interval = self.interval

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, MachineCheckKind):
            kind = self.kind.value
        else:
            kind = self.kind

        method: None | str | Unset
        if isinstance(self.method, Unset):
            method = UNSET
        else:
            method = self.method

        path: None | str | Unset
        if isinstance(self.path, Unset):
            path = UNSET
        else:
            path = self.path

        port: int | None | Unset
        if isinstance(self.port, Unset):
            port = UNSET
        else:
            port = self.port

        protocol: None | str | Unset
        if isinstance(self.protocol, Unset):
            protocol = UNSET
        else:
            protocol = self.protocol

        timeout: int | None | str | Unset
        if isinstance(self.timeout, Unset):
            timeout = UNSET
        else:
            timeout = self.timeout

        tls_server_name: None | str | Unset
        if isinstance(self.tls_server_name, Unset):
            tls_server_name = UNSET
        else:
            tls_server_name = self.tls_server_name

        tls_skip_verify: bool | None | Unset
        if isinstance(self.tls_skip_verify, Unset):
            tls_skip_verify = UNSET
        else:
            tls_skip_verify = self.tls_skip_verify

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, CheckType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if grace_period is not UNSET:
            field_dict["grace_period"] = grace_period
        if headers is not UNSET:
            field_dict["headers"] = headers
        if interval is not UNSET:
            field_dict["interval"] = interval
        if kind is not UNSET:
            field_dict["kind"] = kind
        if method is not UNSET:
            field_dict["method"] = method
        if path is not UNSET:
            field_dict["path"] = path
        if port is not UNSET:
            field_dict["port"] = port
        if protocol is not UNSET:
            field_dict["protocol"] = protocol
        if timeout is not UNSET:
            field_dict["timeout"] = timeout
        if tls_server_name is not UNSET:
            field_dict["tls_server_name"] = tls_server_name
        if tls_skip_verify is not UNSET:
            field_dict["tls_skip_verify"] = tls_skip_verify
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_http_header import MachineHttpHeader  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_grace_period(data: object) -> int | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | str | Unset", data)

        grace_period = _parse_grace_period(d.pop("grace_period", UNSET))

        def _parse_headers(data: object) -> list[MachineHttpHeader] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                headers_type_0 = []
                _headers_type_0 = data
                for headers_type_0_item_data in _headers_type_0:
                    headers_type_0_item = MachineHttpHeader.from_dict(headers_type_0_item_data)

                    headers_type_0.append(headers_type_0_item)

                return headers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineHttpHeader] | None | Unset", data)

        headers = _parse_headers(d.pop("headers", UNSET))

        def _parse_interval(data: object) -> int | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | str | Unset", data)

        interval = _parse_interval(d.pop("interval", UNSET))

        def _parse_kind(data: object) -> MachineCheckKind | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_0 = MachineCheckKind(data)

                return kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineCheckKind | None | str | Unset", data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_method(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        method = _parse_method(d.pop("method", UNSET))

        def _parse_path(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        path = _parse_path(d.pop("path", UNSET))

        def _parse_port(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        port = _parse_port(d.pop("port", UNSET))

        def _parse_protocol(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        protocol = _parse_protocol(d.pop("protocol", UNSET))

        def _parse_timeout(data: object) -> int | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | str | Unset", data)

        timeout = _parse_timeout(d.pop("timeout", UNSET))

        def _parse_tls_server_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        tls_server_name = _parse_tls_server_name(d.pop("tls_server_name", UNSET))

        def _parse_tls_skip_verify(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        tls_skip_verify = _parse_tls_skip_verify(d.pop("tls_skip_verify", UNSET))

        def _parse_type_(data: object) -> CheckType | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = CheckType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CheckType | None | str | Unset", data)

        type_ = _parse_type_(d.pop("type", UNSET))

        machine_check = cls(
            grace_period=grace_period,
            headers=headers,
            interval=interval,
            kind=kind,
            method=method,
            path=path,
            port=port,
            protocol=protocol,
            timeout=timeout,
            tls_server_name=tls_server_name,
            tls_skip_verify=tls_skip_verify,
            type_=type_,
        )

        machine_check.additional_properties = d
        return machine_check

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
