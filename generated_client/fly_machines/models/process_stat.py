from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.listen_socket import ListenSocket


T = TypeVar("T", bound="ProcessStat")


@_attrs_define
class ProcessStat:
    """A process on a Machine."""

    command: None | str | Unset = UNSET
    """ Program and arguments. """
    cpu: int | None | Unset = UNSET
    """ Use of CPU. """
    directory: None | str | Unset = UNSET
    """ Its working directory. """
    listen_sockets: list[ListenSocket] | None | Unset = UNSET
    """ Ports that it listens on. """
    pid: int | None | Unset = UNSET
    """ Id of the process. """
    rss: int | None | Unset = UNSET
    """ Bytes of memory in use. """
    rtime: int | None | Unset = UNSET
    stime: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        command: None | str | Unset
        if isinstance(self.command, Unset):
            command = UNSET
        else:
            command = self.command

        cpu: int | None | Unset
        if isinstance(self.cpu, Unset):
            cpu = UNSET
        else:
            cpu = self.cpu

        directory: None | str | Unset
        if isinstance(self.directory, Unset):
            directory = UNSET
        else:
            directory = self.directory

        listen_sockets: list[dict[str, Any]] | None | Unset
        if isinstance(self.listen_sockets, Unset):
            listen_sockets = UNSET
        elif isinstance(self.listen_sockets, list):
            listen_sockets = []
            for listen_sockets_type_0_item_data in self.listen_sockets:
                listen_sockets_type_0_item = listen_sockets_type_0_item_data.to_dict()
                listen_sockets.append(listen_sockets_type_0_item)

        else:
            listen_sockets = self.listen_sockets

        pid: int | None | Unset
        if isinstance(self.pid, Unset):
            pid = UNSET
        else:
            pid = self.pid

        rss: int | None | Unset
        if isinstance(self.rss, Unset):
            rss = UNSET
        else:
            rss = self.rss

        rtime: int | None | Unset
        if isinstance(self.rtime, Unset):
            rtime = UNSET
        else:
            rtime = self.rtime

        stime: int | None | Unset
        if isinstance(self.stime, Unset):
            stime = UNSET
        else:
            stime = self.stime

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if command is not UNSET:
            field_dict["command"] = command
        if cpu is not UNSET:
            field_dict["cpu"] = cpu
        if directory is not UNSET:
            field_dict["directory"] = directory
        if listen_sockets is not UNSET:
            field_dict["listen_sockets"] = listen_sockets
        if pid is not UNSET:
            field_dict["pid"] = pid
        if rss is not UNSET:
            field_dict["rss"] = rss
        if rtime is not UNSET:
            field_dict["rtime"] = rtime
        if stime is not UNSET:
            field_dict["stime"] = stime

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.listen_socket import ListenSocket  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_command(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        command = _parse_command(d.pop("command", UNSET))

        def _parse_cpu(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        cpu = _parse_cpu(d.pop("cpu", UNSET))

        def _parse_directory(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        directory = _parse_directory(d.pop("directory", UNSET))

        def _parse_listen_sockets(data: object) -> list[ListenSocket] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                listen_sockets_type_0 = []
                _listen_sockets_type_0 = data
                for listen_sockets_type_0_item_data in _listen_sockets_type_0:
                    listen_sockets_type_0_item = ListenSocket.from_dict(listen_sockets_type_0_item_data)

                    listen_sockets_type_0.append(listen_sockets_type_0_item)

                return listen_sockets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[ListenSocket] | None | Unset", data)

        listen_sockets = _parse_listen_sockets(d.pop("listen_sockets", UNSET))

        def _parse_pid(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        pid = _parse_pid(d.pop("pid", UNSET))

        def _parse_rss(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        rss = _parse_rss(d.pop("rss", UNSET))

        def _parse_rtime(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        rtime = _parse_rtime(d.pop("rtime", UNSET))

        def _parse_stime(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        stime = _parse_stime(d.pop("stime", UNSET))

        process_stat = cls(
            command=command,
            cpu=cpu,
            directory=directory,
            listen_sockets=listen_sockets,
            pid=pid,
            rss=rss,
            rtime=rtime,
            stime=stime,
        )

        process_stat.additional_properties = d
        return process_stat

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
