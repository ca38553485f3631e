from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "org_slug",
    "compute",
    "count",
    "region",
    "volume_name",
    "volume_size_bytes",
    "weights",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="FindPlacementsRequest")


@_attrs_define(repr=False)
class FindPlacementsRequest(Model[Any]):
    """What would have to fit."""

    org_slug: str
    """ Slug of the organization whose limits count. """
    compute: models.MachineGuest | Unset = UNSET
    """ CPUs and memory of a Machine. """
    count: int | Unset = UNSET
    """ How many Machines. Default: 0, for the most that the organization may have in each region. """
    region: str | Unset = UNSET
    """ Regions and aliases in order of preference (`lhr,eu`). Default: the nearest, then any. """
    volume_name: str | Unset = UNSET
    """ A volume of this name has to fit with each Machine. """
    volume_size_bytes: int | Unset = UNSET
    """ Size of that volume in bytes. """
    weights: models.PlacementWeights | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["org_slug"] = self.org_slug
        if (compute := self.compute) is not UNSET:
            d["compute"] = compute.to_dict() if type(compute) is models.MachineGuest else as_json(compute)
        if (count := self.count) is not UNSET:
            d["count"] = count
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (volume_name := self.volume_name) is not UNSET:
            d["volume_name"] = volume_name
        if (volume_size_bytes := self.volume_size_bytes) is not UNSET:
            d["volume_size_bytes"] = volume_size_bytes
        if (weights := self.weights) is not UNSET:
            d["weights"] = weights.to_dict() if type(weights) is models.PlacementWeights else as_json(weights)
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.org_slug, compute, self.count, self.region, self.volume_name, self.volume_size_bytes, weights) = _values(
            d
        )
        self.compute = models.MachineGuest.from_dict(compute) if isinstance(compute, dict) else compute
        self.weights = models.PlacementWeights.from_dict(weights) if isinstance(weights, dict) else weights
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
