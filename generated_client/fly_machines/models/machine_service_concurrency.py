from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.concurrency_type import ConcurrencyType
from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineServiceConcurrency")


@_attrs_define
class MachineServiceConcurrency:
    """How many requests a Machine takes."""

    hard_limit: int | None | Unset = UNSET
    """ From here on, it gets no more. """
    soft_limit: int | None | Unset = UNSET
    """ From here on, other Machines are preferred. """
    type_: ConcurrencyType | None | str | Unset = UNSET
    """ What is counted: connections or requests. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        hard_limit: int | None | Unset
        if isinstance(self.hard_limit, Unset):
            hard_limit = UNSET
        else:
            hard_limit = self.hard_limit

        soft_limit: int | None | Unset
        if isinstance(self.soft_limit, Unset):
            soft_limit = UNSET
        else:
            soft_limit = self.soft_limit

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, ConcurrencyType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if hard_limit is not UNSET:
            field_dict["hard_limit"] = hard_limit
        if soft_limit is not UNSET:
            field_dict["soft_limit"] = soft_limit
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_hard_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        hard_limit = _parse_hard_limit(d.pop("hard_limit", UNSET))

        def _parse_soft_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        soft_limit = _parse_soft_limit(d.pop("soft_limit", UNSET))

        def _parse_type_(data: object) -> ConcurrencyType | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = ConcurrencyType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ConcurrencyType | None | str | Unset", data)

        type_ = _parse_type_(d.pop("type", UNSET))

        machine_service_concurrency = cls(
            hard_limit=hard_limit,
            soft_limit=soft_limit,
            type_=type_,
        )

        machine_service_concurrency.additional_properties = d
        return machine_service_concurrency

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
