from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.check_type import CheckType
from ..models.machine_check_kind import MachineCheckKind
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_CheckType = members(CheckType)
_MachineCheckKind = members(MachineCheckKind)
_NAMES = (
    "grace_period",
    "headers",
    "interval",
    "kind",
    "method",
    "path",
    "port",
    "protocol",
    "timeout",
    "tls_server_name",
    "tls_skip_verify",
    "type",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineCheck")


@_attrs_define(repr=False)
class MachineCheck(Model[Any]):
    """A check of the Machine itself."""

    grace_period: int | None | str | Unset = UNSET
    """ Time after a start before checks count: a Go duration (`1s`) or nanoseconds. """
    headers: list[models.MachineHttpHeader] | None | Unset = UNSET
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (grace_period := self.grace_period) is not UNSET:
            d["grace_period"] = grace_period
        if (headers := self.headers) is not UNSET:
            d["headers"] = (
                [each.to_dict() if type(each) is models.MachineHttpHeader else as_json(each) for each in headers]
                if type(headers) is list
                else as_json(headers)
            )
        if (interval := self.interval) is not UNSET:
            d["interval"] = interval
        if (kind := self.kind) is not UNSET:
            d["kind"] = kind._value_ if type(kind) is MachineCheckKind else as_json(kind)
        if (method := self.method) is not UNSET:
            d["method"] = method
        if (path := self.path) is not UNSET:
            d["path"] = path
        if (port := self.port) is not UNSET:
            d["port"] = port
        if (protocol := self.protocol) is not UNSET:
            d["protocol"] = protocol
        if (timeout := self.timeout) is not UNSET:
            d["timeout"] = timeout
        if (tls_server_name := self.tls_server_name) is not UNSET:
            d["tls_server_name"] = tls_server_name
        if (tls_skip_verify := self.tls_skip_verify) is not UNSET:
            d["tls_skip_verify"] = tls_skip_verify
        if (type_ := self.type_) is not UNSET:
            d["type"] = type_._value_ if type(type_) is CheckType else as_json(type_)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.grace_period,
            headers,
            self.interval,
            kind,
            self.method,
            self.path,
            self.port,
            self.protocol,
            self.timeout,
            self.tls_server_name,
            self.tls_skip_verify,
            type_,
        ) = _values(d)
        self.headers = (
            [models.MachineHttpHeader.from_dict(each) if isinstance(each, dict) else each for each in headers]
            if isinstance(headers, list)
            else headers
        )
        self.kind = _MachineCheckKind(kind, kind) if isinstance(kind, str) else kind
        self.type_ = _CheckType(type_, type_) if isinstance(type_, str) else type_
        self._others = None if len(d) == 12 else others(d, _NAMES)
        return self
