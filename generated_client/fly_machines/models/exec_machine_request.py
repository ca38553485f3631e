from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="ExecMachineRequest")


@_attrs_define
class ExecMachineRequest:
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("stdin",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.cmd is not UNSET:
            field_dict["cmd"] = self.cmd
        if self.command is not UNSET:
            field_dict["command"] = self.command
        if self.container is not UNSET:
            field_dict["container"] = self.container
        if self.machine is not UNSET:
            field_dict["machine"] = self.machine
        if self.stdin is not UNSET:
            field_dict["stdin"] = self.stdin
        if self.timeout is not UNSET:
            field_dict["timeout"] = self.timeout
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        exec_machine_request = cls(
            cmd=d.pop("cmd", UNSET),
            command=d.pop("command", UNSET),
            container=d.pop("container", UNSET),
            machine=d.pop("machine", UNSET),
            stdin=d.pop("stdin", UNSET),
            timeout=d.pop("timeout", UNSET),
        )
        exec_machine_request.additional_properties = d
        return exec_machine_request

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
