from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.port_handler import PortHandler
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_PortHandler = members(PortHandler)
_NAMES = (
    "end_port",
    "force_https",
    "handlers",
    "http_options",
    "port",
    "proxy_proto_options",
    "start_port",
    "tls_options",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachinePort")


@_attrs_define(repr=False)
class MachinePort(Model[Any]):
    """A port, or a range, that the world sees."""

    end_port: int | None | Unset = UNSET
    """ Last port of a range. """
    force_https: bool | None | Unset = UNSET
    """ Redirect plain HTTP to HTTPS. Default: false. """
    handlers: list[PortHandler | str] | None | Unset = UNSET
    """ What the proxy does, outermost first: tls, http, pg_tls, proxy_proto. None: it passes bytes on. """
    http_options: models.HttpOptions | None | Unset = UNSET
    """ Details of the http handler. """
    port: int | None | Unset = UNSET
    """ One port. """
    proxy_proto_options: None | models.ProxyProtoOptions | Unset = UNSET
    """ Details of the proxy_proto handler. """
    start_port: int | None | Unset = UNSET
    """ First port of a range. """
    tls_options: None | models.TlsOptions | Unset = UNSET
    """ Details of the tls handler. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (end_port := self.end_port) is not UNSET:
            d["end_port"] = end_port
        if (force_https := self.force_https) is not UNSET:
            d["force_https"] = force_https
        if (handlers := self.handlers) is not UNSET:
            d["handlers"] = (
                [each._value_ if type(each) is PortHandler else as_json(each) for each in handlers]
                if type(handlers) is list
                else as_json(handlers)
            )
        if (http_options := self.http_options) is not UNSET:
            d["http_options"] = (
                http_options.to_dict() if type(http_options) is models.HttpOptions else as_json(http_options)
            )
        if (port := self.port) is not UNSET:
            d["port"] = port
        if (proxy_proto_options := self.proxy_proto_options) is not UNSET:
            d["proxy_proto_options"] = (
                proxy_proto_options.to_dict()
                if type(proxy_proto_options) is models.ProxyProtoOptions
                else as_json(proxy_proto_options)
            )
        if (start_port := self.start_port) is not UNSET:
            d["start_port"] = start_port
        if (tls_options := self.tls_options) is not UNSET:
            d["tls_options"] = tls_options.to_dict() if type(tls_options) is models.TlsOptions else as_json(tls_options)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.end_port,
            self.force_https,
            handlers,
            http_options,
            self.port,
            proxy_proto_options,
            self.start_port,
            tls_options,
        ) = _values(d)
        self.handlers = (
            [_PortHandler(each, each) if isinstance(each, str) else each for each in handlers]
            if isinstance(handlers, list)
            else handlers
        )
        self.http_options = (
            models.HttpOptions.from_dict(http_options) if isinstance(http_options, dict) else http_options
        )
        self.proxy_proto_options = (
            models.ProxyProtoOptions.from_dict(proxy_proto_options)
            if isinstance(proxy_proto_options, dict)
            else proxy_proto_options
        )
        self.tls_options = models.TlsOptions.from_dict(tls_options) if isinstance(tls_options, dict) else tls_options
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
