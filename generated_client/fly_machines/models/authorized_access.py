from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "action",
    "app_feature",
    "appid",
    "cluster",
    "command",
    "feature",
    "machine",
    "machine_feature",
    "mutation",
    "orgid",
    "sourceApp",
    "sourceMachine",
    "sourceOrganization",
    "storage_object",
    "volume",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="AuthorizedAccess")


@_attrs_define(repr=False)
class AuthorizedAccess(Model[Any]):
    action: int | None | Unset = UNSET

    app_feature: None | str | Unset = UNSET

    appid: int | None | Unset = UNSET

    cluster: None | str | Unset = UNSET

    command: list[str] | None | Unset = UNSET

    feature: None | str | Unset = UNSET

    machine: None | str | Unset = UNSET

    machine_feature: None | str | Unset = UNSET

    mutation: None | str | Unset = UNSET

    orgid: int | None | Unset = UNSET

    source_app: None | str | Unset = UNSET

    source_machine: None | str | Unset = UNSET

    source_organization: None | str | Unset = UNSET

    storage_object: None | str | Unset = UNSET

    volume: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (action := self.action) is not UNSET:
            d["action"] = action
        if (app_feature := self.app_feature) is not UNSET:
            d["app_feature"] = app_feature
        if (appid := self.appid) is not UNSET:
            d["appid"] = appid
        if (cluster := self.cluster) is not UNSET:
            d["cluster"] = cluster
        if (command := self.command) is not UNSET:
            d["command"] = command
        if (feature := self.feature) is not UNSET:
            d["feature"] = feature
        if (machine := self.machine) is not UNSET:
            d["machine"] = machine
        if (machine_feature := self.machine_feature) is not UNSET:
            d["machine_feature"] = machine_feature
        if (mutation := self.mutation) is not UNSET:
            d["mutation"] = mutation
        if (orgid := self.orgid) is not UNSET:
            d["orgid"] = orgid
        if (source_app := self.source_app) is not UNSET:
            d["sourceApp"] = source_app
        if (source_machine := self.source_machine) is not UNSET:
            d["sourceMachine"] = source_machine
        if (source_organization := self.source_organization) is not UNSET:
            d["sourceOrganization"] = source_organization
        if (storage_object := self.storage_object) is not UNSET:
            d["storage_object"] = storage_object
        if (volume := self.volume) is not UNSET:
            d["volume"] = volume
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.action,
            self.app_feature,
            self.appid,
            self.cluster,
            self.command,
            self.feature,
            self.machine,
            self.machine_feature,
            self.mutation,
            self.orgid,
            self.source_app,
            self.source_machine,
            self.source_organization,
            self.storage_object,
            self.volume,
        ) = _values(d)
        self._others = None if len(d) == 15 else others(d, _NAMES)
        return self
