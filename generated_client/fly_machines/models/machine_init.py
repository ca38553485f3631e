from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "cmd",
    "entrypoint",
    "exec",
    "kernel_args",
    "swap_size_mb",
    "tty",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineInit")


@_attrs_define(repr=False)
class MachineInit(Model[Any]):
    """What to run instead of what the image says."""

    cmd: list[str] | None | Unset = UNSET
    """ In place of the image's command. """
    entrypoint: list[str] | None | Unset = UNSET
    """ In place of the image's entrypoint. """
    exec_: list[str] | None | Unset = UNSET
    """ Program and arguments in place of the image's entrypoint and command. """
    kernel_args: list[str] | None | Unset = UNSET
    """ Arguments for the kernel. """
    swap_size_mb: int | None | Unset = UNSET
    """ MiB of swap. Default: 0. """
    tty: bool | None | Unset = UNSET
    """ Give the process a terminal. Default: false. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (cmd := self.cmd) is not UNSET:
            d["cmd"] = cmd
        if (entrypoint := self.entrypoint) is not UNSET:
            d["entrypoint"] = entrypoint
        if (exec_ := self.exec_) is not UNSET:
            d["exec"] = exec_
        if (kernel_args := self.kernel_args) is not UNSET:
            d["kernel_args"] = kernel_args
        if (swap_size_mb := self.swap_size_mb) is not UNSET:
            d["swap_size_mb"] = swap_size_mb
        if (tty := self.tty) is not UNSET:
            d["tty"] = tty
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.cmd, self.entrypoint, self.exec_, self.kernel_args, self.swap_size_mb, self.tty) = _values(d)
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
