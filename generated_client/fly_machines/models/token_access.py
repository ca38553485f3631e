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
    "app_name",
    "command",
    "machine_feature",
    "machine_id",
    "mutation",
    "org_feature",
    "org_slug",
    "source_machine",
    "storage_object",
    "volume_id",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="TokenAccess")


@_attrs_define(repr=False)
class TokenAccess(Model[Any]):
    """An action, and what it is done to."""

    action: int | str | Unset = UNSET
    """ Letters or the sum of their bits: r 1, w 2, c 4, d 8, C (control) 16. """
    app_feature: str | Unset = UNSET
    """ Feature of the app, as in `images`. """
    app_name: str | Unset = UNSET
    """ Name of the app. """
    command: list[str] | Unset = UNSET
    """ Command run on the Machine, an entry a word. """
    machine_feature: str | Unset = UNSET
    """ Feature of the Machine, as in `oidc`. """
    machine_id: str | Unset = UNSET
    """ Id of the Machine. """
    mutation: str | Unset = UNSET
    """ Name of a GraphQL mutation. """
    org_feature: str | Unset = UNSET
    """ Feature of the organization, as in `builder`. """
    org_slug: str | Unset = UNSET
    """ Slug of the organization. """
    source_machine: str | Unset = UNSET
    """ Id of the Machine that asks. """
    storage_object: str | Unset = UNSET
    """ Object in a storage bucket. """
    volume_id: str | Unset = UNSET
    """ Id of the volume. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (action := self.action) is not UNSET:
            d["action"] = action
        if (app_feature := self.app_feature) is not UNSET:
            d["app_feature"] = app_feature
        if (app_name := self.app_name) is not UNSET:
            d["app_name"] = app_name
        if (command := self.command) is not UNSET:
            d["command"] = command
        if (machine_feature := self.machine_feature) is not UNSET:
            d["machine_feature"] = machine_feature
        if (machine_id := self.machine_id) is not UNSET:
            d["machine_id"] = machine_id
        if (mutation := self.mutation) is not UNSET:
            d["mutation"] = mutation
        if (org_feature := self.org_feature) is not UNSET:
            d["org_feature"] = org_feature
        if (org_slug := self.org_slug) is not UNSET:
            d["org_slug"] = org_slug
        if (source_machine := self.source_machine) is not UNSET:
            d["source_machine"] = source_machine
        if (storage_object := self.storage_object) is not UNSET:
            d["storage_object"] = storage_object
        if (volume_id := self.volume_id) is not UNSET:
            d["volume_id"] = volume_id
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.action,
            self.app_feature,
            self.app_name,
            self.command,
            self.machine_feature,
            self.machine_id,
            self.mutation,
            self.org_feature,
            self.org_slug,
            self.source_machine,
            self.storage_object,
            self.volume_id,
        ) = _values(d)
        self._others = None if len(d) == 12 else others(d, _NAMES)
        return self
