from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="ExecMachineResponse")


@_attrs_define
class ExecMachineResponse:
    """What a command did."""

    exit_code: int | None | Unset = UNSET
    """ Exit code. """
    exit_signal: int | None | Unset = UNSET
    """ Signal that ended it, if any. """
    stderr: None | str | Unset = UNSET
    """ Error output. """
    stdout: None | str | Unset = UNSET
    """ Output. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.exit_code is not UNSET:
            field_dict["exit_code"] = self.exit_code
        if self.exit_signal is not UNSET:
            field_dict["exit_signal"] = self.exit_signal
        if self.stderr is not UNSET:
            field_dict["stderr"] = self.stderr
        if self.stdout is not UNSET:
            field_dict["stdout"] = self.stdout
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        exec_machine_response = cls(
            exit_code=d.pop("exit_code", UNSET),
            exit_signal=d.pop("exit_signal", UNSET),
            stderr=d.pop("stderr", UNSET),
            stdout=d.pop("stdout", UNSET),
        )
        exec_machine_response.additional_properties = d
        return exec_machine_response

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
