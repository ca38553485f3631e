from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.container_dependency import ContainerDependency
    from ..models.container_healthcheck import ContainerHealthcheck
    from ..models.container_mount import ContainerMount
    from ..models.env_from import EnvFrom
    from ..models.machine_file import MachineFile
    from ..models.machine_restart import MachineRestart
    from ..models.machine_secret import MachineSecret
    from ..models.stop_config import StopConfig


T = TypeVar("T", bound="ContainerConfig")


@_attrs_define
class ContainerConfig:
    """One of several containers of a Machine."""

    cmd: list[str] | None | Unset = UNSET
    """ In place of the image's command. """
    depends_on: list[ContainerDependency] | None | Unset = UNSET
    """ Containers that have to be so far before it starts. """
    entrypoint: list[str] | None | Unset = UNSET
    """ In place of the image's entrypoint. """
    env: Any | Unset = UNSET
    """ Environment variables of this container: a map of text to text. """
    env_from: list[EnvFrom] | None | Unset = UNSET
    """ Environment variables with facts about the Machine. """
    exec_: list[str] | None | Unset = UNSET
    """ Program and arguments in place of the image's entrypoint and command. """
    files: list[MachineFile] | None | Unset = UNSET
    """ Files to write before it starts. """
    healthchecks: list[ContainerHealthcheck] | None | Unset = UNSET
    """ Checks of this container. """
    image: None | str | Unset = UNSET
    """ Image to run. """
    name: None | str | Unset = UNSET
    """ Name, unique in the Machine. """
    restart: MachineRestart | None | Unset = UNSET
    """ What to do when its process ends. """
    secrets: list[MachineSecret] | None | Unset = UNSET
    """ Secrets that it gets. Default: the Machine's. """
    stop: None | StopConfig | Unset = UNSET
    """ How it is stopped. """
    user: None | str | Unset = UNSET
    """ User to run as. """
    mounts: list[ContainerMount] | None | Unset = UNSET
    """ Volumes of the config that it mounts. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.cmd is not UNSET:
            field_dict["cmd"] = self.cmd
        if self.depends_on is not UNSET:
            field_dict["depends_on"] = as_json(self.depends_on)
        if self.entrypoint is not UNSET:
            field_dict["entrypoint"] = self.entrypoint
        if self.env is not UNSET:
            field_dict["env"] = self.env
        if self.env_from is not UNSET:
            field_dict["env_from"] = as_json(self.env_from)
        if self.exec_ is not UNSET:
            field_dict["exec"] = self.exec_
        if self.files is not UNSET:
            field_dict["files"] = as_json(self.files)
        if self.healthchecks is not UNSET:
            field_dict["healthchecks"] = as_json(self.healthchecks)
        if self.image is not UNSET:
            field_dict["image"] = self.image
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.restart is not UNSET:
            field_dict["restart"] = as_json(self.restart)
        if self.secrets is not UNSET:
            field_dict["secrets"] = as_json(self.secrets)
        if self.stop is not UNSET:
            field_dict["stop"] = as_json(self.stop)
        if self.user is not UNSET:
            field_dict["user"] = self.user
        if self.mounts is not UNSET:
            field_dict["mounts"] = as_json(self.mounts)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        container_config = cls(
            cmd=d.pop("cmd", UNSET),
            depends_on=as_list(d.pop("depends_on", UNSET), lambda item: as_model(item, models.ContainerDependency)),
            entrypoint=d.pop("entrypoint", UNSET),
            env=d.pop("env", UNSET),
            env_from=as_list(d.pop("env_from", UNSET), lambda item: as_model(item, models.EnvFrom)),
            exec_=d.pop("exec", UNSET),
            files=as_list(d.pop("files", UNSET), lambda item: as_model(item, models.MachineFile)),
            healthchecks=as_list(
                d.pop("healthchecks", UNSET), lambda item: as_model(item, models.ContainerHealthcheck)
            ),
            image=d.pop("image", UNSET),
            name=d.pop("name", UNSET),
            restart=as_model(d.pop("restart", UNSET), models.MachineRestart),
            secrets=as_list(d.pop("secrets", UNSET), lambda item: as_model(item, models.MachineSecret)),
            stop=as_model(d.pop("stop", UNSET), models.StopConfig),
            user=d.pop("user", UNSET),
            mounts=as_list(d.pop("mounts", UNSET), lambda item: as_model(item, models.ContainerMount)),
        )
        container_config.additional_properties = d
        return container_config

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
