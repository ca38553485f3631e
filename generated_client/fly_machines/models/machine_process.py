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
    "entrypoint",
    "env",
    "env_from",
    "exec",
    "ignore_app_secrets",
    "secrets",
    "user",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="MachineProcess")


@_attrs_define(repr=False)
class MachineProcess(Model[Any]):
    """One of several processes of a Machine."""

    cmd: list[str] | None | Unset = UNSET
    """ In place of the image's command. """
    entrypoint: list[str] | None | Unset = UNSET
    """ In place of the image's entrypoint. """
    env: Any | Unset = UNSET
    """ Environment variables of this process: a map of text to text. """
    env_from: list[models.EnvFrom] | None | Unset = UNSET
    """ Environment variables with facts about the Machine. """
    exec_: list[str] | None | Unset = UNSET
    """ Program and arguments in place of the image's entrypoint and command. """
    ignore_app_secrets: bool | None | Unset = UNSET
    """ Give it only the secrets named here. Default: false. """
    secrets: list[models.MachineSecret] | None | Unset = UNSET
    """ Secrets that it gets. """
    user: None | str | Unset = UNSET
    """ User to run as. """

    _secrets: ClassVar[tuple[str, ...]] = ("env",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (cmd := self.cmd) is not UNSET:
            d["cmd"] = cmd
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
        if (ignore_app_secrets := self.ignore_app_secrets) is not UNSET:
            d["ignore_app_secrets"] = ignore_app_secrets
        if (secrets := self.secrets) is not UNSET:
            d["secrets"] = (
                [each.to_dict() if type(each) is models.MachineSecret else as_json(each) for each in secrets]
                if type(secrets) is list
                else as_json(secrets)
            )
        if (user := self.user) is not UNSET:
            d["user"] = user
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.cmd, self.entrypoint, self.env, env_from, self.exec_, self.ignore_app_secrets, secrets, self.user) = (
            _values(d)
        )
        self.env_from = (
            [models.EnvFrom.from_dict(each) if isinstance(each, dict) else each for each in env_from]
            if isinstance(env_from, list)
            else env_from
        )
        self.secrets = (
            [models.MachineSecret.from_dict(each) if isinstance(each, dict) else each for each in secrets]
            if isinstance(secrets, list)
            else secrets
        )
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
