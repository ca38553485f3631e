from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.persist_rootfs import PersistRootfs
from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineRootfs")


@_attrs_define
class MachineRootfs:
    """How the root file system is kept."""

    persist: None | PersistRootfs | str | Unset = UNSET
    """ When changes survive: never, restart or always. Default: never. """
    size_gb: int | None | Unset = UNSET
    """ Size in GB. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        persist: None | str | Unset
        if isinstance(self.persist, Unset):
            persist = UNSET
        elif isinstance(self.persist, PersistRootfs):
            persist = self.persist.value
        else:
            persist = self.persist

        size_gb: int | None | Unset
        if isinstance(self.size_gb, Unset):
            size_gb = UNSET
        else:
            size_gb = self.size_gb

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if persist is not UNSET:
            field_dict["persist"] = persist
        if size_gb is not UNSET:
            field_dict["size_gb"] = size_gb

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_persist(data: object) -> None | PersistRootfs | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                persist_type_0 = PersistRootfs(data)

                return persist_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | PersistRootfs | str | Unset", data)

        persist = _parse_persist(d.pop("persist", UNSET))

        def _parse_size_gb(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        size_gb = _parse_size_gb(d.pop("size_gb", UNSET))

        machine_rootfs = cls(
            persist=persist,
            size_gb=size_gb,
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
