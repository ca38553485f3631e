from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "exit_code",
    "exit_signal",
    "stderr",
    "stdout",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ExecMachineResponse")


@_attrs_define(repr=False)
class ExecMachineResponse(Model[Any]):
    """What a command did."""

    exit_code: int | None | Unset = UNSET
    """ Exit code. """
    exit_signal: int | None | Unset = UNSET
    """ Signal that ended it, if any. """
    stderr: None | str | Unset = UNSET
    """ Error output. """
    stdout: None | str | Unset = UNSET
    """ Output. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (exit_code := self.exit_code) is not UNSET:
            d["exit_code"] = exit_code
        if (exit_signal := self.exit_signal) is not UNSET:
            d["exit_signal"] = exit_signal
        if (stderr := self.stderr) is not UNSET:
            d["stderr"] = stderr
        if (stdout := self.stdout) is not UNSET:
            d["stdout"] = stdout
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.exit_code, self.exit_signal, self.stderr, self.stdout) = _values(d)
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
