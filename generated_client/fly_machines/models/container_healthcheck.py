from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.container_healthcheck_kind import ContainerHealthcheckKind
from ..models.unhealthy_policy import UnhealthyPolicy
from ..types import UNSET, Unset
from . import as_json, as_known, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.exec_healthcheck import ExecHealthcheck
    from ..models.http_healthcheck import HttpHealthcheck
    from ..models.tcp_healthcheck import TcpHealthcheck


T = TypeVar("T", bound="ContainerHealthcheck")


@_attrs_define
class ContainerHealthcheck:
    """A check of a container, by one of exec, http and tcp. Times are seconds here."""

    exec_: ExecHealthcheck | None | Unset = UNSET
    """ Check by running a command. """
    failure_threshold: int | None | Unset = UNSET
    """ Failures in a row that make it unhealthy. """
    grace_period: int | None | Unset = UNSET
    """ Seconds after a start before checks count. """
    http: HttpHealthcheck | None | Unset = UNSET
    """ Check by an HTTP request. """
    interval: int | None | Unset = UNSET
    """ Seconds between checks. """
    kind: ContainerHealthcheckKind | None | str | Unset = UNSET
    """ readiness or liveness. """
    name: None | str | Unset = UNSET
    """ Name, unique in the container. """
    success_threshold: int | None | Unset = UNSET
    """ Successes in a row that make it healthy. """
    tcp: None | TcpHealthcheck | Unset = UNSET
    """ Check by connecting. """
    timeout: int | None | Unset = UNSET
    """ Seconds until a check has failed. """
    unhealthy: None | str | UnhealthyPolicy | Unset = UNSET
    """ What to do when it is unhealthy: stop. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.exec_ is not UNSET:
            field_dict["exec"] = as_json(self.exec_)
        if self.failure_threshold is not UNSET:
            field_dict["failure_threshold"] = self.failure_threshold
        if self.grace_period is not UNSET:
            field_dict["grace_period"] = self.grace_period
        if self.http is not UNSET:
            field_dict["http"] = as_json(self.http)
        if self.interval is not UNSET:
            field_dict["interval"] = self.interval
        if self.kind is not UNSET:
            field_dict["kind"] = as_json(self.kind)
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.success_threshold is not UNSET:
            field_dict["success_threshold"] = self.success_threshold
        if self.tcp is not UNSET:
            field_dict["tcp"] = as_json(self.tcp)
        if self.timeout is not UNSET:
            field_dict["timeout"] = self.timeout
        if self.unhealthy is not UNSET:
            field_dict["unhealthy"] = as_json(self.unhealthy)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        container_healthcheck = cls(
            exec_=as_model(d.pop("exec", UNSET), models.ExecHealthcheck),
            failure_threshold=d.pop("failure_threshold", UNSET),
            grace_period=d.pop("grace_period", UNSET),
            http=as_model(d.pop("http", UNSET), models.HttpHealthcheck),
            interval=d.pop("interval", UNSET),
            kind=as_known(d.pop("kind", UNSET), ContainerHealthcheckKind),
            name=d.pop("name", UNSET),
            success_threshold=d.pop("success_threshold", UNSET),
            tcp=as_model(d.pop("tcp", UNSET), models.TcpHealthcheck),
            timeout=d.pop("timeout", UNSET),
            unhealthy=as_known(d.pop("unhealthy", UNSET), UnhealthyPolicy),
        )
        container_healthcheck.additional_properties = d
        return container_healthcheck

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
