from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        cmd: list[str] | None | Unset
        if isinstance(self.cmd, Unset):
            cmd = UNSET
        elif isinstance(self.cmd, list):
            cmd = self.cmd

        else:
            cmd = self.cmd

        entrypoint: list[str] | None | Unset
        if isinstance(self.entrypoint, Unset):
            entrypoint = UNSET
        elif isinstance(self.entrypoint, list):
            entrypoint = self.entrypoint

        else:
            entrypoint = self.entrypoint

        exec_: list[str] | None | Unset
        if isinstance(self.exec_, Unset):
            exec_ = UNSET
        elif isinstance(self.exec_, list):
            exec_ = self.exec_

        else:
            exec_ = self.exec_

        kernel_args: list[str] | None | Unset
        if isinstance(self.kernel_args, Unset):
            kernel_args = UNSET
        elif isinstance(self.kernel_args, list):
            kernel_args = self.kernel_args

        else:
            kernel_args = self.kernel_args

        swap_size_mb: int | None | Unset
        if isinstance(self.swap_size_mb, Unset):
            swap_size_mb = UNSET
        else:
            swap_size_mb = self.swap_size_mb

        tty: bool | None | Unset
        if isinstance(self.tty, Unset):
            tty = UNSET
        else:
            tty = self.tty

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if cmd is not UNSET:
            field_dict["cmd"] = cmd
        if entrypoint is not UNSET:
            field_dict["entrypoint"] = entrypoint
        if exec_ is not UNSET:
            field_dict["exec"] = exec_
        if kernel_args is not UNSET:
            field_dict["kernel_args"] = kernel_args
        if swap_size_mb is not UNSET:
            field_dict["swap_size_mb"] = swap_size_mb
        if tty is not UNSET:
            field_dict["tty"] = tty

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_cmd(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                cmd_type_0 = cast("list[str]", data)

                return cmd_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        cmd = _parse_cmd(d.pop("cmd", UNSET))

        def _parse_entrypoint(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                entrypoint_type_0 = cast("list[str]", data)

                return entrypoint_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        entrypoint = _parse_entrypoint(d.pop("entrypoint", UNSET))

        def _parse_exec_(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                exec_type_0 = cast("list[str]", data)

                return exec_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        exec_ = _parse_exec_(d.pop("exec", UNSET))

        def _parse_kernel_args(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                kernel_args_type_0 = cast("list[str]", data)

                return kernel_args_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        kernel_args = _parse_kernel_args(d.pop("kernel_args", UNSET))

        def _parse_swap_size_mb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        swap_size_mb = _parse_swap_size_mb(d.pop("swap_size_mb", UNSET))

        def _parse_tty(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        tty = _parse_tty(d.pop("tty", UNSET))

        machine_init = cls(
            cmd=cmd,
            entrypoint=entrypoint,
            exec_=exec_,
            kernel_args=kernel_args,
            swap_size_mb=swap_size_mb,
            tty=tty,
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
