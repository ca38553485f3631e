from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_list, as_model, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.region import Region


T = TypeVar("T", bound="ListRegionsResponse")


@_attrs_define
class ListRegionsResponse:
    nearest: None | str | Unset = UNSET
    """ Code of the region nearest to the caller. """
    regions: list[Region] | None | Unset = UNSET
    """ All regions. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.nearest is not UNSET:
            field_dict["Nearest"] = self.nearest
        if self.regions is not UNSET:
            field_dict["Regions"] = as_json(self.regions)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        list_regions_response = cls(
            nearest=d.pop("Nearest", UNSET),
            regions=as_list(d.pop("Regions", UNSET), lambda item: as_model(item, models.Region)),
        )
        list_regions_response.additional_properties = d
        return list_regions_response

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
