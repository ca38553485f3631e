from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.port_handler import PortHandler
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.http_options import HttpOptions
    from ..models.proxy_proto_options import ProxyProtoOptions
    from ..models.tls_options import TlsOptions


T = TypeVar("T", bound="MachinePort")


@_attrs_define
class MachinePort:
    """A port, or a range, that the world sees."""

    end_port: int | None | Unset = UNSET
    """ Last port of a range. """
    force_https: bool | None | Unset = UNSET
    """ Redirect plain HTTP to HTTPS. Default: false. """
    handlers: list[PortHandler | str] | None | Unset = UNSET
    """ What the proxy does, outermost first: tls, http, pg_tls, proxy_proto. None: it passes bytes on. """
    http_options: HttpOptions | None | Unset = UNSET
    """ Details of the http handler. """
    port: int | None | Unset = UNSET
    """ One port. """
    proxy_proto_options: None | ProxyProtoOptions | Unset = UNSET
    """ Details of the proxy_proto handler. """
    start_port: int | None | Unset = UNSET
    """ First port of a range. """
    tls_options: None | TlsOptions | Unset = UNSET
    """ Details of the tls handler. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.http_options import HttpOptions  # noqa: PLC0415
        from ..models.proxy_proto_options import ProxyProtoOptions  # noqa: PLC0415
        from ..models.tls_options import TlsOptions  # noqa: PLC0415

        end_port: int | None | Unset
        if isinstance(self.end_port, Unset):
            end_port = UNSET
        else:
            end_port = self.end_port

        force_https: bool | None | Unset
        if isinstance(self.force_https, Unset):
            force_https = UNSET
        else:
            force_https = self.force_https

        handlers: list[str] | None | Unset
        if isinstance(self.handlers, Unset):
            handlers = UNSET
        elif isinstance(self.handlers, list):
            handlers = []
            for handlers_type_0_item_data in self.handlers:
                handlers_type_0_item: str
                if isinstance(handlers_type_0_item_data, PortHandler):
                    handlers_type_0_item = handlers_type_0_item_data.value
                else:
                    handlers_type_0_item = handlers_type_0_item_data
                handlers.append(handlers_type_0_item)

        else:
            handlers = self.handlers

        http_options: dict[str, Any] | None | Unset
        if isinstance(self.http_options, Unset):
            http_options = UNSET
        elif isinstance(self.http_options, HttpOptions):
            http_options = self.http_options.to_dict()
        else:
            http_options = self.http_options

        port: int | None | Unset
        if isinstance(self.port, Unset):
            port = UNSET
        else:
            port = self.port

        proxy_proto_options: dict[str, Any] | None | Unset
        if isinstance(self.proxy_proto_options, Unset):
            proxy_proto_options = UNSET
        elif isinstance(self.proxy_proto_options, ProxyProtoOptions):
            proxy_proto_options = self.proxy_proto_options.to_dict()
        else:
            proxy_proto_options = self.proxy_proto_options

        start_port: int | None | Unset
        if isinstance(self.start_port, Unset):
            start_port = UNSET
        else:
            start_port = self.start_port

        tls_options: dict[str, Any] | None | Unset
        if isinstance(self.tls_options, Unset):
            tls_options = UNSET
        elif isinstance(self.tls_options, TlsOptions):
            tls_options = self.tls_options.to_dict()
        else:
            tls_options = self.tls_options

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if end_port is not UNSET:
            field_dict["end_port"] = end_port
        if force_https is not UNSET:
            field_dict["force_https"] = force_https
        if handlers is not UNSET:
            field_dict["handlers"] = handlers
        if http_options is not UNSET:
            field_dict["http_options"] = http_options
        if port is not UNSET:
            field_dict["port"] = port
        if proxy_proto_options is not UNSET:
            field_dict["proxy_proto_options"] = proxy_proto_options
        if start_port is not UNSET:
            field_dict["start_port"] = start_port
        if tls_options is not UNSET:
            field_dict["tls_options"] = tls_options

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.http_options import HttpOptions  # noqa: PLC0415
        from ..models.proxy_proto_options import ProxyProtoOptions  # noqa: PLC0415
        from ..models.tls_options import TlsOptions  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_end_port(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        end_port = _parse_end_port(d.pop("end_port", UNSET))

        def _parse_force_https(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        force_https = _parse_force_https(d.pop("force_https", UNSET))

        def _parse_handlers(data: object) -> list[PortHandler | str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                handlers_type_0 = []
                _handlers_type_0 = data
                for handlers_type_0_item_data in _handlers_type_0:

                    def _parse_handlers_type_0_item(data: object) -> PortHandler | str:
                        try:
                            if not isinstance(data, str):
                                raise TypeError()
                            handlers_type_0_item_type_0 = PortHandler(data)

                            return handlers_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast("PortHandler | str", data)

                    handlers_type_0_item = _parse_handlers_type_0_item(handlers_type_0_item_data)

                    handlers_type_0.append(handlers_type_0_item)

                return handlers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[PortHandler | str] | None | Unset", data)

        handlers = _parse_handlers(d.pop("handlers", UNSET))

        def _parse_http_options(data: object) -> HttpOptions | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                http_options_type_1 = HttpOptions.from_dict(data)

                return http_options_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("HttpOptions | None | Unset", data)

        http_options = _parse_http_options(d.pop("http_options", UNSET))

        def _parse_port(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        port = _parse_port(d.pop("port", UNSET))

        def _parse_proxy_proto_options(data: object) -> None | ProxyProtoOptions | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                proxy_proto_options_type_1 = ProxyProtoOptions.from_dict(data)

                return proxy_proto_options_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | ProxyProtoOptions | Unset", data)

        proxy_proto_options = _parse_proxy_proto_options(d.pop("proxy_proto_options", UNSET))

        def _parse_start_port(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        start_port = _parse_start_port(d.pop("start_port", UNSET))

        def _parse_tls_options(data: object) -> None | TlsOptions | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tls_options_type_1 = TlsOptions.from_dict(data)

                return tls_options_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | TlsOptions | Unset", data)

        tls_options = _parse_tls_options(d.pop("tls_options", UNSET))

        machine_port = cls(
            end_port=end_port,
            force_https=force_https,
            handlers=handlers,
            http_options=http_options,
            port=port,
            proxy_proto_options=proxy_proto_options,
            start_port=start_port,
            tls_options=tls_options,
        )

        machine_port.additional_properties = d
        return machine_port

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
