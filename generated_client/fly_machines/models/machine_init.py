from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="MachineInit")


@_attrs_define
class MachineInit:
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.cmd is not UNSET:
            field_dict["cmd"] = self.cmd
        if self.entrypoint is not UNSET:
            field_dict["entrypoint"] = self.entrypoint
        if self.exec_ is not UNSET:
            field_dict["exec"] = self.exec_
        if self.kernel_args is not UNSET:
            field_dict["kernel_args"] = self.kernel_args
        if self.swap_size_mb is not UNSET:
            field_dict["swap_size_mb"] = self.swap_size_mb
        if self.tty is not UNSET:
            field_dict["tty"] = self.tty
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_init = cls(
            cmd=d.pop("cmd", UNSET),
            entrypoint=d.pop("entrypoint", UNSET),
            exec_=d.pop("exec", UNSET),
            kernel_args=d.pop("kernel_args", UNSET),
            swap_size_mb=d.pop("swap_size_mb", UNSET),
            tty=d.pop("tty", UNSET),
        )
        machine_init.additional_properties = d
        return machine_init

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
