from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.env_from import EnvFrom
    from ..models.machine_secret import MachineSecret


T = TypeVar("T", bound="MachineProcess")


@_attrs_define
class MachineProcess:
    """One of several processes of a Machine."""

    cmd: list[str] | None | Unset = UNSET
    """ In place of the image's command. """
    entrypoint: list[str] | None | Unset = UNSET
    """ In place of the image's entrypoint. """
    env: Any | Unset = UNSET
    """ Environment variables of this process: a map of text to text. """
    env_from: list[EnvFrom] | None | Unset = UNSET
    """ Environment variables with facts about the Machine. """
    exec_: list[str] | None | Unset = UNSET
    """ Program and arguments in place of the image's entrypoint and command. """
    ignore_app_secrets: bool | None | Unset = UNSET
    """ Give it only the secrets named here. Default: false. """
    secrets: list[MachineSecret] | None | Unset = UNSET
    """ Secrets that it gets. """
    user: None | str | Unset = UNSET
    """ User to run as. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.cmd is not UNSET:
            field_dict["cmd"] = self.cmd
        if self.entrypoint is not UNSET:
            field_dict["entrypoint"] = self.entrypoint
        if self.env is not UNSET:
            field_dict["env"] = self.env
        if self.env_from is not UNSET:
            field_dict["env_from"] = as_json(self.env_from)
        if self.exec_ is not UNSET:
            field_dict["exec"] = self.exec_
        if self.ignore_app_secrets is not UNSET:
            field_dict["ignore_app_secrets"] = self.ignore_app_secrets
        if self.secrets is not UNSET:
            field_dict["secrets"] = as_json(self.secrets)
        if self.user is not UNSET:
            field_dict["user"] = self.user
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_process = cls(
            cmd=d.pop("cmd", UNSET),
            entrypoint=d.pop("entrypoint", UNSET),
            env=d.pop("env", UNSET),
            env_from=as_list(d.pop("env_from", UNSET), lambda item: as_model(item, models.EnvFrom)),
            exec_=d.pop("exec", UNSET),
            ignore_app_secrets=d.pop("ignore_app_secrets", UNSET),
            secrets=as_list(d.pop("secrets", UNSET), lambda item: as_model(item, models.MachineSecret)),
            user=d.pop("user", UNSET),
        )
        machine_process.additional_properties = d
        return machine_process

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
