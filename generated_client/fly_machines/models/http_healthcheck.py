from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.container_healthcheck_scheme import ContainerHealthcheckScheme
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.headers is not UNSET:
            field_dict["headers"] = as_json(self.headers)
        if self.method is not UNSET:
            field_dict["method"] = self.method
        if self.path is not UNSET:
            field_dict["path"] = self.path
        if self.port is not UNSET:
            field_dict["port"] = self.port
        if self.scheme is not UNSET:
            field_dict["scheme"] = as_json(self.scheme)
        if self.tls_server_name is not UNSET:
            field_dict["tls_server_name"] = self.tls_server_name
        if self.tls_skip_verify is not UNSET:
            field_dict["tls_skip_verify"] = self.tls_skip_verify
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        http_healthcheck = cls(
            headers=as_list(d.pop("headers", UNSET), lambda item: as_model(item, models.MachineHttpHeader)),
            method=d.pop("method", UNSET),
            path=d.pop("path", UNSET),
            port=d.pop("port", UNSET),
            scheme=as_known(d.pop("scheme", UNSET), ContainerHealthcheckScheme),
            tls_server_name=d.pop("tls_server_name", UNSET),
            tls_skip_verify=d.pop("tls_skip_verify", UNSET),
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
