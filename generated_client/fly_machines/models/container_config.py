from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.container_dependency import ContainerDependency
    from ..models.container_healthcheck import ContainerHealthcheck
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_restart import MachineRestart  # noqa: PLC0415
        from ..models.stop_config import StopConfig  # noqa: PLC0415

        cmd: list[str] | None | Unset
        if isinstance(self.cmd, Unset):
            cmd = UNSET
        elif isinstance(self.cmd, list):
            cmd = self.cmd

        else:
            cmd = self.cmd

        depends_on: list[dict[str, Any]] | None | Unset
        if isinstance(self.depends_on, Unset):
            depends_on = UNSET
        elif isinstance(self.depends_on, list):
            depends_on = []
            for depends_on_type_0_item_data in self.depends_on:
                depends_on_type_0_item = depends_on_type_0_item_data.to_dict()
                depends_on.append(depends_on_type_0_item)

        else:
            depends_on = self.depends_on

        entrypoint: list[str] | None | Unset
        if isinstance(self.entrypoint, Unset):
            entrypoint = UNSET
        elif isinstance(self.entrypoint, list):
            entrypoint = self.entrypoint

        else:
            entrypoint = self.entrypoint

        env = self.env

        env_from: list[dict[str, Any]] | None | Unset
        if isinstance(self.env_from, Unset):
            env_from = UNSET
        elif isinstance(self.env_from, list):
            env_from = []
            for env_from_type_0_item_data in self.env_from:
                env_from_type_0_item = env_from_type_0_item_data.to_dict()
                env_from.append(env_from_type_0_item)

        else:
            env_from = self.env_from

        exec_: list[str] | None | Unset
        if isinstance(self.exec_, Unset):
            exec_ = UNSET
        elif isinstance(self.exec_, list):
            exec_ = self.exec_

        else:
            exec_ = self.exec_

        files: list[dict[str, Any]] | None | Unset
        if isinstance(self.files, Unset):
            files = UNSET
        elif isinstance(self.files, list):
            files = []
            for files_type_0_item_data in self.files:
                files_type_0_item = files_type_0_item_data.to_dict()
                files.append(files_type_0_item)

        else:
            files = self.files

        healthchecks: list[dict[str, Any]] | None | Unset
        if isinstance(self.healthchecks, Unset):
            healthchecks = UNSET
        elif isinstance(self.healthchecks, list):
            healthchecks = []
            for healthchecks_type_0_item_data in self.healthchecks:
                healthchecks_type_0_item = healthchecks_type_0_item_data.to_dict()
                healthchecks.append(healthchecks_type_0_item)

        else:
            healthchecks = self.healthchecks

        image: None | str | Unset
        if isinstance(self.image, Unset):
            image = UNSET
        else:
            image = self.image

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        restart: dict[str, Any] | None | Unset
        if isinstance(self.restart, Unset):
            restart = UNSET
        elif isinstance(self.restart, MachineRestart):
            restart = self.restart.to_dict()
        else:
            restart = self.restart

        secrets: list[dict[str, Any]] | None | Unset
        if isinstance(self.secrets, Unset):
            secrets = UNSET
        elif isinstance(self.secrets, list):
            secrets = []
            for secrets_type_0_item_data in self.secrets:
                secrets_type_0_item = secrets_type_0_item_data.to_dict()
                secrets.append(secrets_type_0_item)

        else:
            secrets = self.secrets

        stop: dict[str, Any] | None | Unset
        if isinstance(self.stop, Unset):
            stop = UNSET
        elif isinstance(self.stop, StopConfig):
            stop = self.stop.to_dict()
        else:
            stop = self.stop

        user: None | str | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        else:
            user = self.user

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if cmd is not UNSET:
            field_dict["cmd"] = cmd
        if depends_on is not UNSET:
            field_dict["depends_on"] = depends_on
        if entrypoint is not UNSET:
            field_dict["entrypoint"] = entrypoint
        if env is not UNSET:
            field_dict["env"] = env
        if env_from is not UNSET:
            field_dict["env_from"] = env_from
        if exec_ is not UNSET:
            field_dict["exec"] = exec_
        if files is not UNSET:
            field_dict["files"] = files
        if healthchecks is not UNSET:
            field_dict["healthchecks"] = healthchecks
        if image is not UNSET:
            field_dict["image"] = image
        if name is not UNSET:
            field_dict["name"] = name
        if restart is not UNSET:
            field_dict["restart"] = restart
        if secrets is not UNSET:
            field_dict["secrets"] = secrets
        if stop is not UNSET:
            field_dict["stop"] = stop
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.container_dependency import ContainerDependency  # noqa: PLC0415
        from ..models.container_healthcheck import ContainerHealthcheck  # noqa: PLC0415
        from ..models.env_from import EnvFrom  # noqa: PLC0415
        from ..models.machine_file import MachineFile  # noqa: PLC0415
        from ..models.machine_restart import MachineRestart  # noqa: PLC0415
        from ..models.machine_secret import MachineSecret  # noqa: PLC0415
        from ..models.stop_config import StopConfig  # noqa: PLC0415

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

        def _parse_depends_on(data: object) -> list[ContainerDependency] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                depends_on_type_0 = []
                _depends_on_type_0 = data
                for depends_on_type_0_item_data in _depends_on_type_0:
                    depends_on_type_0_item = ContainerDependency.from_dict(depends_on_type_0_item_data)

                    depends_on_type_0.append(depends_on_type_0_item)

                return depends_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[ContainerDependency] | None | Unset", data)

        depends_on = _parse_depends_on(d.pop("depends_on", UNSET))

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

        env = d.pop("env", UNSET)

        def _parse_env_from(data: object) -> list[EnvFrom] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                env_from_type_0 = []
                _env_from_type_0 = data
                for env_from_type_0_item_data in _env_from_type_0:
                    env_from_type_0_item = EnvFrom.from_dict(env_from_type_0_item_data)

                    env_from_type_0.append(env_from_type_0_item)

                return env_from_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[EnvFrom] | None | Unset", data)

        env_from = _parse_env_from(d.pop("env_from", UNSET))

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

        def _parse_files(data: object) -> list[MachineFile] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                files_type_0 = []
                _files_type_0 = data
                for files_type_0_item_data in _files_type_0:
                    files_type_0_item = MachineFile.from_dict(files_type_0_item_data)

                    files_type_0.append(files_type_0_item)

                return files_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineFile] | None | Unset", data)

        files = _parse_files(d.pop("files", UNSET))

        def _parse_healthchecks(data: object) -> list[ContainerHealthcheck] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                healthchecks_type_0 = []
                _healthchecks_type_0 = data
                for healthchecks_type_0_item_data in _healthchecks_type_0:
                    healthchecks_type_0_item = ContainerHealthcheck.from_dict(healthchecks_type_0_item_data)

                    healthchecks_type_0.append(healthchecks_type_0_item)

                return healthchecks_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[ContainerHealthcheck] | None | Unset", data)

        healthchecks = _parse_healthchecks(d.pop("healthchecks", UNSET))

        def _parse_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        image = _parse_image(d.pop("image", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_restart(data: object) -> MachineRestart | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                restart_type_1 = MachineRestart.from_dict(data)

                return restart_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineRestart | None | Unset", data)

        restart = _parse_restart(d.pop("restart", UNSET))

        def _parse_secrets(data: object) -> list[MachineSecret] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                secrets_type_0 = []
                _secrets_type_0 = data
                for secrets_type_0_item_data in _secrets_type_0:
                    secrets_type_0_item = MachineSecret.from_dict(secrets_type_0_item_data)

                    secrets_type_0.append(secrets_type_0_item)

                return secrets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineSecret] | None | Unset", data)

        secrets = _parse_secrets(d.pop("secrets", UNSET))

        def _parse_stop(data: object) -> None | StopConfig | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                stop_type_1 = StopConfig.from_dict(data)

                return stop_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | StopConfig | Unset", data)

        stop = _parse_stop(d.pop("stop", UNSET))

        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        user = _parse_user(d.pop("user", UNSET))

        container_config = cls(
            cmd=cmd,
            depends_on=depends_on,
            entrypoint=entrypoint,
            env=env,
            env_from=env_from,
            exec_=exec_,
            files=files,
            healthchecks=healthchecks,
            image=image,
            name=name,
            restart=restart,
            secrets=secrets,
            stop=stop,
            user=user,
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
