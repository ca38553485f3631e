from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.container_healthcheck_kind import ContainerHealthcheckKind
from ..models.unhealthy_policy import UnhealthyPolicy
from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        from ..models.exec_healthcheck import ExecHealthcheck  # noqa: PLC0415
        from ..models.http_healthcheck import HttpHealthcheck  # noqa: PLC0415
        from ..models.tcp_healthcheck import TcpHealthcheck  # noqa: PLC0415

        exec_: dict[str, Any] | None | Unset
        if isinstance(self.exec_, Unset):
            exec_ = UNSET
        elif isinstance(self.exec_, ExecHealthcheck):
            exec_ = self.exec_.to_dict()
        else:
            exec_ = self.exec_

        failure_threshold: int | None | Unset
        if isinstance(self.failure_threshold, Unset):
            failure_threshold = UNSET
        else:
            failure_threshold = self.failure_threshold

        grace_period: int | None | Unset
        if isinstance(self.grace_period, Unset):
            grace_period = UNSET
        else:
            grace_period = self.grace_period

        http: dict[str, Any] | None | Unset
        if isinstance(self.http, Unset):
            http = UNSET
        elif isinstance(self.http, HttpHealthcheck):
            http = self.http.to_dict()
        else:
            http = self.http

        interval: int | None | Unset
        if isinstance(self.interval, Unset):
            interval = UNSET
        else:
            interval = self.interval

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        elif isinstance(self.kind, ContainerHealthcheckKind):
            kind = self.kind.value
        else:
            kind = self.kind

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        success_threshold: int | None | Unset
        if isinstance(self.success_threshold, Unset):
            success_threshold = UNSET
        else:
            success_threshold = self.success_threshold

        tcp: dict[str, Any] | None | Unset
        if isinstance(self.tcp, Unset):
            tcp = UNSET
        elif isinstance(self.tcp, TcpHealthcheck):
            tcp = self.tcp.to_dict()
        else:
            tcp = self.tcp

        timeout: int | None | Unset
        if isinstance(self.timeout, Unset):
            timeout = UNSET
        else:
            timeout = self.timeout

        unhealthy: None | str | Unset
        if isinstance(self.unhealthy, Unset):
            unhealthy = UNSET
        elif isinstance(self.unhealthy, UnhealthyPolicy):
            unhealthy = self.unhealthy.value
        else:
            unhealthy = self.unhealthy

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if exec_ is not UNSET:
            field_dict["exec"] = exec_
        if failure_threshold is not UNSET:
            field_dict["failure_threshold"] = failure_threshold
        if grace_period is not UNSET:
            field_dict["grace_period"] = grace_period
        if http is not UNSET:
            field_dict["http"] = http
        if interval is not UNSET:
            field_dict["interval"] = interval
        if kind is not UNSET:
            field_dict["kind"] = kind
        if name is not UNSET:
            field_dict["name"] = name
        if success_threshold is not UNSET:
            field_dict["success_threshold"] = success_threshold
        if tcp is not UNSET:
            field_dict["tcp"] = tcp
        if timeout is not UNSET:
            field_dict["timeout"] = timeout
        if unhealthy is not UNSET:
            field_dict["unhealthy"] = unhealthy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.exec_healthcheck import ExecHealthcheck  # noqa: PLC0415
        from ..models.http_healthcheck import HttpHealthcheck  # noqa: PLC0415
        from ..models.tcp_healthcheck import TcpHealthcheck  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_exec_(data: object) -> ExecHealthcheck | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                exec_type_1 = ExecHealthcheck.from_dict(data)

                return exec_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ExecHealthcheck | None | Unset", data)

        exec_ = _parse_exec_(d.pop("exec", UNSET))

        def _parse_failure_threshold(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        failure_threshold = _parse_failure_threshold(d.pop("failure_threshold", UNSET))

        def _parse_grace_period(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        grace_period = _parse_grace_period(d.pop("grace_period", UNSET))

        def _parse_http(data: object) -> HttpHealthcheck | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                http_type_1 = HttpHealthcheck.from_dict(data)

                return http_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("HttpHealthcheck | None | Unset", data)

        http = _parse_http(d.pop("http", UNSET))

        def _parse_interval(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        interval = _parse_interval(d.pop("interval", UNSET))

        def _parse_kind(data: object) -> ContainerHealthcheckKind | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                kind_type_0 = ContainerHealthcheckKind(data)

                return kind_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ContainerHealthcheckKind | None | str | Unset", data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_success_threshold(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        success_threshold = _parse_success_threshold(d.pop("success_threshold", UNSET))

        def _parse_tcp(data: object) -> None | TcpHealthcheck | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                tcp_type_1 = TcpHealthcheck.from_dict(data)

                return tcp_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | TcpHealthcheck | Unset", data)

        tcp = _parse_tcp(d.pop("tcp", UNSET))

        def _parse_timeout(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        timeout = _parse_timeout(d.pop("timeout", UNSET))

        def _parse_unhealthy(data: object) -> None | str | UnhealthyPolicy | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                unhealthy_type_0 = UnhealthyPolicy(data)

                return unhealthy_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | str | UnhealthyPolicy | Unset", data)

        unhealthy = _parse_unhealthy(d.pop("unhealthy", UNSET))

        container_healthcheck = cls(
            exec_=exec_,
            failure_threshold=failure_threshold,
            grace_period=grace_period,
            http=http,
            interval=interval,
            kind=kind,
            name=name,
            success_threshold=success_threshold,
            tcp=tcp,
            timeout=timeout,
            unhealthy=unhealthy,
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
