from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.command is not UNSET:
            field_dict["command"] = self.command
        if self.cpu is not UNSET:
            field_dict["cpu"] = self.cpu
        if self.directory is not UNSET:
            field_dict["directory"] = self.directory
        if self.listen_sockets is not UNSET:
            field_dict["listen_sockets"] = as_json(self.listen_sockets)
        if self.pid is not UNSET:
            field_dict["pid"] = self.pid
        if self.rss is not UNSET:
            field_dict["rss"] = self.rss
        if self.rtime is not UNSET:
            field_dict["rtime"] = self.rtime
        if self.stime is not UNSET:
            field_dict["stime"] = self.stime
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        process_stat = cls(
            command=d.pop("command", UNSET),
            cpu=d.pop("cpu", UNSET),
            directory=d.pop("directory", UNSET),
            listen_sockets=as_list(d.pop("listen_sockets", UNSET), lambda item: as_model(item, models.ListenSocket)),
            pid=d.pop("pid", UNSET),
            rss=d.pop("rss", UNSET),
            rtime=d.pop("rtime", UNSET),
            stime=d.pop("stime", UNSET),
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
