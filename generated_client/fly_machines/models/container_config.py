from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "cmd",
    "depends_on",
    "entrypoint",
    "env",
    "env_from",
    "exec",
    "files",
    "healthchecks",
    "image",
    "name",
    "restart",
    "secrets",
    "stop",
    "user",
    "mounts",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ContainerConfig")


@_attrs_define(repr=False)
class ContainerConfig(Model[Any]):
    """One of several containers of a Machine."""

    cmd: list[str] | None | Unset = UNSET
    """ In place of the image's command. """
    depends_on: list[models.ContainerDependency] | None | Unset = UNSET
    """ Containers that have to be so far before it starts. """
    entrypoint: list[str] | None | Unset = UNSET
    """ In place of the image's entrypoint. """
    env: Any | Unset = UNSET
    """ Environment variables of this container: a map of text to text. """
    env_from: list[models.EnvFrom] | None | Unset = UNSET
    """ Environment variables with facts about the Machine. """
    exec_: list[str] | None | Unset = UNSET
    """ Program and arguments in place of the image's entrypoint and command. """
    files: list[models.MachineFile] | None | Unset = UNSET
    """ Files to write before it starts. """
    healthchecks: list[models.ContainerHealthcheck] | None | Unset = UNSET
    """ Checks of this container. """
    image: None | str | Unset = UNSET
    """ Image to run. """
    name: None | str | Unset = UNSET
    """ Name, unique in the Machine. """
    restart: models.MachineRestart | None | Unset = UNSET
    """ What to do when its process ends. """
    secrets: list[models.MachineSecret] | None | Unset = UNSET
    """ Secrets that it gets. Default: the Machine's. """
    stop: None | models.StopConfig | Unset = UNSET
    """ How it is stopped. """
    user: None | str | Unset = UNSET
    """ User to run as. """
    mounts: list[models.ContainerMount] | None | Unset = UNSET
    """ Volumes of the config that it mounts. """

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (cmd := self.cmd) is not UNSET:
            d["cmd"] = cmd
        if (depends_on := self.depends_on) is not UNSET:
            d["depends_on"] = (
                [each.to_dict() if type(each) is models.ContainerDependency else as_json(each) for each in depends_on]
                if type(depends_on) is list
                else as_json(depends_on)
            )
        if (entrypoint := self.entrypoint) is not UNSET:
            d["entrypoint"] = entrypoint
        if (env := self.env) is not UNSET:
            d["env"] = env
        if (env_from := self.env_from) is not UNSET:
            d["env_from"] = (
                [each.to_dict() if type(each) is models.EnvFrom else as_json(each) for each in env_from]
                if type(env_from) is list
                else as_json(env_from)
            )
        if (exec_ := self.exec_) is not UNSET:
            d["exec"] = exec_
        if (files := self.files) is not UNSET:
            d["files"] = (
                [each.to_dict() if type(each) is models.MachineFile else as_json(each) for each in files]
                if type(files) is list
                else as_json(files)
            )
        if (healthchecks := self.healthchecks) is not UNSET:
            d["healthchecks"] = (
                [
                    each.to_dict() if type(each) is models.ContainerHealthcheck else as_json(each)
                    for each in healthchecks
                ]
                if type(healthchecks) is list
                else as_json(healthchecks)
            )
        if (image := self.image) is not UNSET:
            d["image"] = image
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (restart := self.restart) is not UNSET:
            d["restart"] = restart.to_dict() if type(restart) is models.MachineRestart else as_json(restart)
        if (secrets := self.secrets) is not UNSET:
            d["secrets"] = (
                [each.to_dict() if type(each) is models.MachineSecret else as_json(each) for each in secrets]
                if type(secrets) is list
                else as_json(secrets)
            )
        if (stop := self.stop) is not UNSET:
            d["stop"] = stop.to_dict() if type(stop) is models.StopConfig else as_json(stop)
        if (user := self.user) is not UNSET:
            d["user"] = user
        if (mounts := self.mounts) is not UNSET:
            d["mounts"] = (
                [each.to_dict() if type(each) is models.ContainerMount else as_json(each) for each in mounts]
                if type(mounts) is list
                else as_json(mounts)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.cmd,
            depends_on,
            self.entrypoint,
            self.env,
            env_from,
            self.exec_,
            files,
            healthchecks,
            self.image,
            self.name,
            restart,
            secrets,
            stop,
            self.user,
            mounts,
        ) = _values(d)
        self.depends_on = (
            [models.ContainerDependency.from_dict(each) if isinstance(each, dict) else each for each in depends_on]
            if isinstance(depends_on, list)
            else depends_on
        )
        self.env_from = (
            [models.EnvFrom.from_dict(each) if isinstance(each, dict) else each for each in env_from]
            if isinstance(env_from, list)
            else env_from
        )
        self.files = (
            [models.MachineFile.from_dict(each) if isinstance(each, dict) else each for each in files]
            if isinstance(files, list)
            else files
        )
        self.healthchecks = (
            [models.ContainerHealthcheck.from_dict(each) if isinstance(each, dict) else each for each in healthchecks]
            if isinstance(healthchecks, list)
            else healthchecks
        )
        self.restart = models.MachineRestart.from_dict(restart) if isinstance(restart, dict) else restart
        self.secrets = (
            [models.MachineSecret.from_dict(each) if isinstance(each, dict) else each for each in secrets]
            if isinstance(secrets, list)
            else secrets
        )
        self.stop = models.StopConfig.from_dict(stop) if isinstance(stop, dict) else stop
        self.mounts = (
            [models.ContainerMount.from_dict(each) if isinstance(each, dict) else each for each in mounts]
            if isinstance(mounts, list)
            else mounts
        )
        self._others = None if len(d) == 15 else others(d, _NAMES)
        return self
