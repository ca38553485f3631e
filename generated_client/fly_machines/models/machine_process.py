from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

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

        ignore_app_secrets: bool | None | Unset
        if isinstance(self.ignore_app_secrets, Unset):
            ignore_app_secrets = UNSET
        else:
            ignore_app_secrets = self.ignore_app_secrets

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
        if entrypoint is not UNSET:
            field_dict["entrypoint"] = entrypoint
        if env is not UNSET:
            field_dict["env"] = env
        if env_from is not UNSET:
            field_dict["env_from"] = env_from
        if exec_ is not UNSET:
            field_dict["exec"] = exec_
        if ignore_app_secrets is not UNSET:
            field_dict["ignore_app_secrets"] = ignore_app_secrets
        if secrets is not UNSET:
            field_dict["secrets"] = secrets
        if user is not UNSET:
            field_dict["user"] = user

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.env_from import EnvFrom  # noqa: PLC0415
        from ..models.machine_secret import MachineSecret  # noqa: PLC0415

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

        def _parse_ignore_app_secrets(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        ignore_app_secrets = _parse_ignore_app_secrets(d.pop("ignore_app_secrets", UNSET))

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

        def _parse_user(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        user = _parse_user(d.pop("user", UNSET))

        machine_process = cls(
            cmd=cmd,
            entrypoint=entrypoint,
            env=env,
            env_from=env_from,
            exec_=exec_,
            ignore_app_secrets=ignore_app_secrets,
            secrets=secrets,
            user=user,
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
