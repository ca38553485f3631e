from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="MachineStatic")


@_attrs_define
class MachineStatic:
    """A folder that the proxy serves itself."""

    guest_path: None | str | Unset = UNSET
    """ Folder in the image, or prefix in the bucket. """
    index_document: None | str | Unset = UNSET
    """ File to serve for a folder, as in `index.html`. """
    tigris_bucket: None | str | Unset = UNSET
    """ Bucket to serve from, instead of the image. """
    url_prefix: None | str | Unset = UNSET
    """ Paths that it is served at. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.guest_path is not UNSET:
            field_dict["guest_path"] = self.guest_path
        if self.index_document is not UNSET:
            field_dict["index_document"] = self.index_document
        if self.tigris_bucket is not UNSET:
            field_dict["tigris_bucket"] = self.tigris_bucket
        if self.url_prefix is not UNSET:
            field_dict["url_prefix"] = self.url_prefix
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_static = cls(
            guest_path=d.pop("guest_path", UNSET),
            index_document=d.pop("index_document", UNSET),
            tigris_bucket=d.pop("tigris_bucket", UNSET),
            url_prefix=d.pop("url_prefix", UNSET),
        )
        machine_static.additional_properties = d
        return machine_static

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
