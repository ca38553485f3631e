from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.container_healthcheck_scheme import ContainerHealthcheckScheme
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ContainerHealthcheckScheme = members(ContainerHealthcheckScheme)
_NAMES = (
    "headers",
    "method",
    "path",
    "port",
    "scheme",
    "tls_server_name",
    "tls_skip_verify",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="HttpHealthcheck")


@_attrs_define(repr=False)
class HttpHealthcheck(Model[Any]):
    headers: list[models.MachineHttpHeader] | None | Unset = UNSET
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (headers := self.headers) is not UNSET:
            d["headers"] = (
                [each.to_dict() if type(each) is models.MachineHttpHeader else as_json(each) for each in headers]
                if type(headers) is list
                else as_json(headers)
            )
        if (method := self.method) is not UNSET:
            d["method"] = method
        if (path := self.path) is not UNSET:
            d["path"] = path
        if (port := self.port) is not UNSET:
            d["port"] = port
        if (scheme := self.scheme) is not UNSET:
            d["scheme"] = scheme._value_ if type(scheme) is ContainerHealthcheckScheme else as_json(scheme)
        if (tls_server_name := self.tls_server_name) is not UNSET:
            d["tls_server_name"] = tls_server_name
        if (tls_skip_verify := self.tls_skip_verify) is not UNSET:
            d["tls_skip_verify"] = tls_skip_verify
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (headers, self.method, self.path, self.port, scheme, self.tls_server_name, self.tls_skip_verify) = _values(d)
        self.headers = (
            [models.MachineHttpHeader.from_dict(each) if isinstance(each, dict) else each for each in headers]
            if isinstance(headers, list)
            else headers
        )
        self.scheme = _ContainerHealthcheckScheme(scheme, scheme) if isinstance(scheme, str) else scheme
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
