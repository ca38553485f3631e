from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..models.container_healthcheck_kind import ContainerHealthcheckKind
from ..models.unhealthy_policy import UnhealthyPolicy
from ..types import UNSET, Unset
from . import Model, as_json, members, new, others

_ContainerHealthcheckKind = members(ContainerHealthcheckKind)
_UnhealthyPolicy = members(UnhealthyPolicy)
_NAMES = (
    "exec",
    "failure_threshold",
    "grace_period",
    "http",
    "interval",
    "kind",
    "name",
    "success_threshold",
    "tcp",
    "timeout",
    "unhealthy",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ContainerHealthcheck")


@_attrs_define(repr=False)
class ContainerHealthcheck(Model[Any]):
    """A check of a container, by one of exec, http and tcp. Times are seconds here."""

    exec_: models.ExecHealthcheck | None | Unset = UNSET
    """ Check by running a command. """
    failure_threshold: int | None | Unset = UNSET
    """ Failures in a row that make it unhealthy. """
    grace_period: int | None | Unset = UNSET
    """ Seconds after a start before checks count. """
    http: models.HttpHealthcheck | None | Unset = UNSET
    """ Check by an HTTP request. """
    interval: int | None | Unset = UNSET
    """ Seconds between checks. """
    kind: ContainerHealthcheckKind | None | str | Unset = UNSET
    """ readiness or liveness. """
    name: None | str | Unset = UNSET
    """ Name, unique in the container. """
    success_threshold: int | None | Unset = UNSET
    """ Successes in a row that make it healthy. """
    tcp: None | models.TcpHealthcheck | Unset = UNSET
    """ Check by connecting. """
    timeout: int | None | Unset = UNSET
    """ Seconds until a check has failed. """
    unhealthy: None | str | UnhealthyPolicy | Unset = UNSET
    """ What to do when it is unhealthy: stop. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (exec_ := self.exec_) is not UNSET:
            d["exec"] = exec_.to_dict() if type(exec_) is models.ExecHealthcheck else as_json(exec_)
        if (failure_threshold := self.failure_threshold) is not UNSET:
            d["failure_threshold"] = failure_threshold
        if (grace_period := self.grace_period) is not UNSET:
            d["grace_period"] = grace_period
        if (http := self.http) is not UNSET:
            d["http"] = http.to_dict() if type(http) is models.HttpHealthcheck else as_json(http)
        if (interval := self.interval) is not UNSET:
            d["interval"] = interval
        if (kind := self.kind) is not UNSET:
            d["kind"] = kind._value_ if type(kind) is ContainerHealthcheckKind else as_json(kind)
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (success_threshold := self.success_threshold) is not UNSET:
            d["success_threshold"] = success_threshold
        if (tcp := self.tcp) is not UNSET:
            d["tcp"] = tcp.to_dict() if type(tcp) is models.TcpHealthcheck else as_json(tcp)
        if (timeout := self.timeout) is not UNSET:
            d["timeout"] = timeout
        if (unhealthy := self.unhealthy) is not UNSET:
            d["unhealthy"] = unhealthy._value_ if type(unhealthy) is UnhealthyPolicy else as_json(unhealthy)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            exec_,
            self.failure_threshold,
            self.grace_period,
            http,
            self.interval,
            kind,
            self.name,
            self.success_threshold,
            tcp,
            self.timeout,
            unhealthy,
        ) = _values(d)
        self.exec_ = models.ExecHealthcheck.from_dict(exec_) if isinstance(exec_, dict) else exec_
        self.http = models.HttpHealthcheck.from_dict(http) if isinstance(http, dict) else http
        self.kind = _ContainerHealthcheckKind(kind, kind) if isinstance(kind, str) else kind
        self.tcp = models.TcpHealthcheck.from_dict(tcp) if isinstance(tcp, dict) else tcp
        self.unhealthy = _UnhealthyPolicy(unhealthy, unhealthy) if isinstance(unhealthy, str) else unhealthy
        self._others = None if len(d) == 11 else others(d, _NAMES)
        return self
