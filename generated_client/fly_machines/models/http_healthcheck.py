from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.container_healthcheck_scheme import ContainerHealthcheckScheme
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_http_header import MachineHttpHeader


T = TypeVar("T", bound="HttpHealthcheck")


@_attrs_define
class HttpHealthcheck:
    headers: list[MachineHttpHeader] | None | Unset = UNSET
    """ Headers of the request. """
    method: None | str | Unset = UNSET
    """ Method. Default: GET. """
    path: None | str | Unset = UNSET
    """ Path to ask for. """
    port: int | None | Unset = UNSET
    """ Port to ask. """
    scheme: ContainerHealthcheckScheme | None | str | Unset = UNSET
    """ http or https. """
    tls_server_name: None | str | Unset = UNSET
    """ Name that the certificate has to have. """
    tls_skip_verify: bool | None | Unset = UNSET
    """ Accept any certificate. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
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

        scheme: None | str | Unset
        if isinstance(self.scheme, Unset):
            scheme = UNSET
        elif isinstance(self.scheme, ContainerHealthcheckScheme):
            scheme = self.scheme.value
        else:
            scheme = self.scheme

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if headers is not UNSET:
            field_dict["headers"] = headers
        if method is not UNSET:
            field_dict["method"] = method
        if path is not UNSET:
            field_dict["path"] = path
        if port is not UNSET:
            field_dict["port"] = port
        if scheme is not UNSET:
            field_dict["scheme"] = scheme
        if tls_server_name is not UNSET:
            field_dict["tls_server_name"] = tls_server_name
        if tls_skip_verify is not UNSET:
            field_dict["tls_skip_verify"] = tls_skip_verify

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_http_header import MachineHttpHeader  # noqa: PLC0415

        d = dict(src_dict)

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

        def _parse_scheme(data: object) -> ContainerHealthcheckScheme | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                scheme_type_0 = ContainerHealthcheckScheme(data)

                return scheme_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ContainerHealthcheckScheme | None | str | Unset", data)

        scheme = _parse_scheme(d.pop("scheme", UNSET))

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

        http_healthcheck = cls(
            headers=headers,
            method=method,
            path=path,
            port=port,
            scheme=scheme,
            tls_server_name=tls_server_name,
            tls_skip_verify=tls_skip_verify,
        )

        http_healthcheck.additional_properties = d
        return http_healthcheck

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
