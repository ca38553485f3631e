from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "created_at",
    "digest",
    "name",
    "updated_at",
    "value",
    "version",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="SetAppSecretResponse")


@_attrs_define(repr=False)
class SetAppSecretResponse(Model[Any]):
    created_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was first set. """
    digest: None | str | Unset = UNSET
    """ Short opaque hash of the value. """
    name: None | str | Unset = UNSET
    """ Name of the environment variable. """
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When it was last set. """
    value: None | str | Unset = UNSET
    """ The value, if it may be read. """
    version: int | None | Unset = UNSET
    """ Version of the app's secrets, for `min_secrets_version`. """

    _secrets: ClassVar[tuple[str, ...]] = ("value",)

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (created_at := self.created_at) is not UNSET:
            d["created_at"] = created_at.isoformat() if type(created_at) is datetime.datetime else as_json(created_at)
        if (digest := self.digest) is not UNSET:
            d["digest"] = digest
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (updated_at := self.updated_at) is not UNSET:
            d["updated_at"] = updated_at.isoformat() if type(updated_at) is datetime.datetime else as_json(updated_at)
        if (value := self.value) is not UNSET:
            d["value"] = value
        if (version := self.version) is not UNSET:
            d["version"] = version
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (created_at, self.digest, self.name, updated_at, self.value, self.version) = _values(d)
        self.created_at = as_time(created_at) if isinstance(created_at, str) else created_at
        self.updated_at = as_time(updated_at) if isinstance(updated_at, str) else updated_at
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
