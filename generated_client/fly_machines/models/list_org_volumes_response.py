from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_time, new, others

_NAMES = (
    "last_updated_at",
    "last_volume_id",
    "next_cursor",
    "volumes",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ListOrgVolumesResponse")


@_attrs_define(repr=False)
class ListOrgVolumesResponse(Model[Any]):
    last_updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the last volume on the page changed. """
    last_volume_id: None | str | Unset = UNSET
    """ Id of the last volume on the page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """
    volumes: list[models.OrgVolume] | None | Unset = UNSET
    """ One page. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (last_updated_at := self.last_updated_at) is not UNSET:
            d["last_updated_at"] = (
                last_updated_at.isoformat() if type(last_updated_at) is datetime.datetime else as_json(last_updated_at)
            )
        if (last_volume_id := self.last_volume_id) is not UNSET:
            d["last_volume_id"] = last_volume_id
        if (next_cursor := self.next_cursor) is not UNSET:
            d["next_cursor"] = next_cursor
        if (volumes := self.volumes) is not UNSET:
            d["volumes"] = (
                [each.to_dict() if type(each) is models.OrgVolume else as_json(each) for each in volumes]
                if type(volumes) is list
                else as_json(volumes)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (last_updated_at, self.last_volume_id, self.next_cursor, volumes) = _values(d)
        self.last_updated_at = as_time(last_updated_at) if isinstance(last_updated_at, str) else last_updated_at
        self.volumes = (
            [models.OrgVolume.from_dict(each) if isinstance(each, dict) else each for each in volumes]
            if isinstance(volumes, list)
            else volumes
        )
        self._others = None if len(d) == 4 else others(d, _NAMES)
        return self
