from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "cmd",
    "command",
    "container",
    "machine",
    "stdin",
    "timeout",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ExecMachineRequest")


@_attrs_define(repr=False)
class ExecMachineRequest(Model[Any]):
    """A command to run; `command` is needed."""

    cmd: str | Unset = UNSET
    """ One text in place of `command`. """
    command: list[str] | Unset = UNSET
    """ Program and arguments; no shell is involved. """
    container: str | Unset = UNSET
    """ Container to run it in, where there are several. """
    machine: bool | Unset = UNSET
    """ Run it on the Machine itself, where there are containers. """
    stdin: str | Unset = UNSET
    """ Text to give it as input. """
    timeout: int | Unset = UNSET
    """ Seconds until it is killed. """

    _secrets: ClassVar[tuple[str, ...]] = ("stdin",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (cmd := self.cmd) is not UNSET:
            d["cmd"] = cmd
        if (command := self.command) is not UNSET:
            d["command"] = command
        if (container := self.container) is not UNSET:
            d["container"] = container
        if (machine := self.machine) is not UNSET:
            d["machine"] = machine
        if (stdin := self.stdin) is not UNSET:
            d["stdin"] = stdin
        if (timeout := self.timeout) is not UNSET:
            d["timeout"] = timeout
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.cmd, self.command, self.container, self.machine, self.stdin, self.timeout) = _values(d)
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
