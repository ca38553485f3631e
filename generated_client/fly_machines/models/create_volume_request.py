from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "name",
    "auto_backup_enabled",
    "compute",
    "compute_image",
    "encrypted",
    "fstype",
    "region",
    "require_unique_zone",
    "size_gb",
    "snapshot_id",
    "snapshot_retention",
    "source_volume_id",
    "unique_zone_app_wide",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateVolumeRequest")


@_attrs_define(repr=False)
class CreateVolumeRequest(Model[Any]):
    """A new volume, or with `snapshot_id` or `source_volume_id` a copy."""

    name: str
    """ Name; need not be unique. """
    auto_backup_enabled: bool | Unset = UNSET
    """ Take daily snapshots. Default: true. """
    compute: models.MachineGuest | Unset = UNSET
    """ CPUs and memory of a Machine. """
    compute_image: str | Unset = UNSET
    """ Image that will run on it, as a hint for placement. """
    encrypted: bool | Unset = UNSET
    """ Encrypt at rest. Default: true. """
    fstype: str | Unset = UNSET
    """ File system. Default: ext4. """
    region: str | Unset = UNSET
    """ Region, or several and aliases in order of preference (`iad,ewr`, `eu`). Default: near the caller. """
    require_unique_zone: bool | Unset = UNSET
    """ Keep volumes of one name on different hosts. Default: true, which fails once hosts run out. """
    size_gb: int | Unset = UNSET
    """ Size in GB. Default: 3. """
    snapshot_id: str | Unset = UNSET
    """ Restore this snapshot into the new volume. """
    snapshot_retention: int | Unset = UNSET
    """ Days to keep snapshots, 1 to 60. Default: 5. """
    source_volume_id: str | Unset = UNSET
    """ Fork this volume into the new one. """
    unique_zone_app_wide: bool | Unset = UNSET
    """ Keep all volumes of the app on different hosts, whatever their name. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        if (auto_backup_enabled := self.auto_backup_enabled) is not UNSET:
            d["auto_backup_enabled"] = auto_backup_enabled
        if (compute := self.compute) is not UNSET:
            d["compute"] = compute.to_dict() if type(compute) is models.MachineGuest else as_json(compute)
        if (compute_image := self.compute_image) is not UNSET:
            d["compute_image"] = compute_image
        if (encrypted := self.encrypted) is not UNSET:
            d["encrypted"] = encrypted
        if (fstype := self.fstype) is not UNSET:
            d["fstype"] = fstype
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (require_unique_zone := self.require_unique_zone) is not UNSET:
            d["require_unique_zone"] = require_unique_zone
        if (size_gb := self.size_gb) is not UNSET:
            d["size_gb"] = size_gb
        if (snapshot_id := self.snapshot_id) is not UNSET:
            d["snapshot_id"] = snapshot_id
        if (snapshot_retention := self.snapshot_retention) is not UNSET:
            d["snapshot_retention"] = snapshot_retention
        if (source_volume_id := self.source_volume_id) is not UNSET:
            d["source_volume_id"] = source_volume_id
        if (unique_zone_app_wide := self.unique_zone_app_wide) is not UNSET:
            d["unique_zone_app_wide"] = unique_zone_app_wide
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.name,
            self.auto_backup_enabled,
            compute,
            self.compute_image,
            self.encrypted,
            self.fstype,
            self.region,
            self.require_unique_zone,
            self.size_gb,
            self.snapshot_id,
            self.snapshot_retention,
            self.source_volume_id,
            self.unique_zone_app_wide,
        ) = _values(d)
        self.compute = models.MachineGuest.from_dict(compute) if isinstance(compute, dict) else compute
        self._others = None if len(d) == 13 else others(d, _NAMES)
        return self
