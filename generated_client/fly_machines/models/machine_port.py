from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.port_handler import PortHandler
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.end_port is not UNSET:
            field_dict["end_port"] = self.end_port
        if self.force_https is not UNSET:
            field_dict["force_https"] = self.force_https
        if self.handlers is not UNSET:
            field_dict["handlers"] = as_json(self.handlers)
        if self.http_options is not UNSET:
            field_dict["http_options"] = as_json(self.http_options)
        if self.port is not UNSET:
            field_dict["port"] = self.port
        if self.proxy_proto_options is not UNSET:
            field_dict["proxy_proto_options"] = as_json(self.proxy_proto_options)
        if self.start_port is not UNSET:
            field_dict["start_port"] = self.start_port
        if self.tls_options is not UNSET:
            field_dict["tls_options"] = as_json(self.tls_options)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_port = cls(
            end_port=d.pop("end_port", UNSET),
            force_https=d.pop("force_https", UNSET),
            handlers=as_list(d.pop("handlers", UNSET), lambda item: as_known(item, PortHandler)),
            http_options=as_model(d.pop("http_options", UNSET), models.HttpOptions),
            port=d.pop("port", UNSET),
            proxy_proto_options=as_model(d.pop("proxy_proto_options", UNSET), models.ProxyProtoOptions),
            start_port=d.pop("start_port", UNSET),
            tls_options=as_model(d.pop("tls_options", UNSET), models.TlsOptions),
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
