from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_guest import MachineGuest
    from ..models.placement_weights import PlacementWeights


T = TypeVar("T", bound="FindPlacementsRequest")


@_attrs_define
class FindPlacementsRequest:
    """What would have to fit."""

    org_slug: str
    """ Slug of the organization whose limits count. """
    compute: MachineGuest | Unset = UNSET
    """ CPUs and memory of a Machine. """
    count: int | Unset = UNSET
    """ How many Machines. Default: 0, for the most that the organization may have in each region. """
    region: str | Unset = UNSET
    """ Regions and aliases in order of preference (`lhr,eu`). Default: the nearest, then any. """
    volume_name: str | Unset = UNSET
    """ A volume of this name has to fit with each Machine. """
    volume_size_bytes: int | Unset = UNSET
    """ Size of that volume in bytes. """
    weights: PlacementWeights | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["org_slug"] = self.org_slug
        if self.compute is not UNSET:
            field_dict["compute"] = as_json(self.compute)
        if self.count is not UNSET:
            field_dict["count"] = self.count
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.volume_name is not UNSET:
            field_dict["volume_name"] = self.volume_name
        if self.volume_size_bytes is not UNSET:
            field_dict["volume_size_bytes"] = self.volume_size_bytes
        if self.weights is not UNSET:
            field_dict["weights"] = as_json(self.weights)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        find_placements_request = cls(
            org_slug=d.pop("org_slug"),
            compute=as_model(d.pop("compute", UNSET), models.MachineGuest),
            count=d.pop("count", UNSET),
            region=d.pop("region", UNSET),
            volume_name=d.pop("volume_name", UNSET),
            volume_size_bytes=d.pop("volume_size_bytes", UNSET),
            weights=as_model(d.pop("weights", UNSET), models.PlacementWeights),
        )
        find_placements_request.additional_properties = d
        return find_placements_request

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
