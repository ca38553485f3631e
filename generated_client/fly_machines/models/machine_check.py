from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.check_type import CheckType
from ..models.machine_check_kind import MachineCheckKind
from ..types import UNSET, Unset
from . import as_json, as_known, as_list, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.grace_period is not UNSET:
            field_dict["grace_period"] = self.grace_period
        if self.headers is not UNSET:
            field_dict["headers"] = as_json(self.headers)
        if self.interval is not UNSET:
            field_dict["interval"] = self.interval
        if self.kind is not UNSET:
            field_dict["kind"] = as_json(self.kind)
        if self.method is not UNSET:
            field_dict["method"] = self.method
        if self.path is not UNSET:
            field_dict["path"] = self.path
        if self.port is not UNSET:
            field_dict["port"] = self.port
        if self.protocol is not UNSET:
            field_dict["protocol"] = self.protocol
        if self.timeout is not UNSET:
            field_dict["timeout"] = self.timeout
        if self.tls_server_name is not UNSET:
            field_dict["tls_server_name"] = self.tls_server_name
        if self.tls_skip_verify is not UNSET:
            field_dict["tls_skip_verify"] = self.tls_skip_verify
        if self.type_ is not UNSET:
            field_dict["type"] = as_json(self.type_)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_check = cls(
            grace_period=d.pop("grace_period", UNSET),
            headers=as_list(d.pop("headers", UNSET), lambda item: as_model(item, models.MachineHttpHeader)),
            interval=d.pop("interval", UNSET),
            kind=as_known(d.pop("kind", UNSET), MachineCheckKind),
            method=d.pop("method", UNSET),
            path=d.pop("path", UNSET),
            port=d.pop("port", UNSET),
            protocol=d.pop("protocol", UNSET),
            timeout=d.pop("timeout", UNSET),
            tls_server_name=d.pop("tls_server_name", UNSET),
            tls_skip_verify=d.pop("tls_skip_verify", UNSET),
            type_=as_known(d.pop("type", UNSET), CheckType),
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
