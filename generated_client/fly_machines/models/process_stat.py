from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "command",
    "cpu",
    "directory",
    "listen_sockets",
    "pid",
    "rss",
    "rtime",
    "stime",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ProcessStat")


@_attrs_define(repr=False)
class ProcessStat(Model[Any]):
    """A process on a Machine."""

    command: None | str | Unset = UNSET
    """ Program and arguments. """
    cpu: int | None | Unset = UNSET
    """ Use of CPU. """
    directory: None | str | Unset = UNSET
    """ Its working directory. """
    listen_sockets: list[models.ListenSocket] | None | Unset = UNSET
    """ Ports that it listens on. """
    pid: int | None | Unset = UNSET
    """ Id of the process. """
    rss: int | None | Unset = UNSET
    """ Bytes of memory in use. """
    rtime: int | None | Unset = UNSET

    stime: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (command := self.command) is not UNSET:
            d["command"] = command
        if (cpu := self.cpu) is not UNSET:
            d["cpu"] = cpu
        if (directory := self.directory) is not UNSET:
            d["directory"] = directory
        if (listen_sockets := self.listen_sockets) is not UNSET:
            d["listen_sockets"] = (
                [each.to_dict() if type(each) is models.ListenSocket else as_json(each) for each in listen_sockets]
                if type(listen_sockets) is list
                else as_json(listen_sockets)
            )
        if (pid := self.pid) is not UNSET:
            d["pid"] = pid
        if (rss := self.rss) is not UNSET:
            d["rss"] = rss
        if (rtime := self.rtime) is not UNSET:
            d["rtime"] = rtime
        if (stime := self.stime) is not UNSET:
            d["stime"] = stime
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.command, self.cpu, self.directory, listen_sockets, self.pid, self.rss, self.rtime, self.stime) = _values(
            d
        )
        self.listen_sockets = (
            [models.ListenSocket.from_dict(each) if isinstance(each, dict) else each for each in listen_sockets]
            if isinstance(listen_sockets, list)
            else listen_sockets
        )
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
