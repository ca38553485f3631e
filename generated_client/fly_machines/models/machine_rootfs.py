from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="MachineRootfs")


@_attrs_define
class MachineRootfs:
    """How the root file system is kept."""

    persist: None | PersistRootfs | str | Unset = UNSET
    """ When changes survive: never, restart or always. Default: never. """
    size_gb: int | None | Unset = UNSET
    """ Size in GB. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.persist is not UNSET:
            field_dict["persist"] = as_json(self.persist)
        if self.size_gb is not UNSET:
            field_dict["size_gb"] = self.size_gb
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_rootfs = cls(
            persist=as_known(d.pop("persist", UNSET), PersistRootfs),
            size_gb=d.pop("size_gb", UNSET),
        )
        machine_rootfs.additional_properties = d
        return machine_rootfs

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
