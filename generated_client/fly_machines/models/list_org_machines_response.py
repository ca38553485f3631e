from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.org_machine import OrgMachine


T = TypeVar("T", bound="ListOrgMachinesResponse")


@_attrs_define
class ListOrgMachinesResponse:
    error_regions: list[str] | None | Unset = UNSET
    """ Regions that could not be asked: what they have is missing here. """
    last_machine_id: None | str | Unset = UNSET
    """ Id of the last Machine on the page. """
    last_updated_at: None | str | Unset = UNSET
    """ When the last Machine on the page changed. """
    machines: list[OrgMachine] | None | Unset = UNSET
    """ One page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; empty on the last. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        error_regions: list[str] | None | Unset
        if isinstance(self.error_regions, Unset):
            error_regions = UNSET
        elif isinstance(self.error_regions, list):
            error_regions = self.error_regions

        else:
            error_regions = self.error_regions

        last_machine_id: None | str | Unset
        if isinstance(self.last_machine_id, Unset):
            last_machine_id = UNSET
        else:
            last_machine_id = self.last_machine_id

        last_updated_at: None | str | Unset
        if isinstance(self.last_updated_at, Unset):
            last_updated_at = UNSET
        else:
            last_updated_at = self.last_updated_at

        machines: list[dict[str, Any]] | None | Unset
        if isinstance(self.machines, Unset):
            machines = UNSET
        elif isinstance(self.machines, list):
            machines = []
            for machines_type_0_item_data in self.machines:
                machines_type_0_item = machines_type_0_item_data.to_dict()
                machines.append(machines_type_0_item)

        else:
            machines = self.machines

        next_cursor: None | str | Unset
        if isinstance(self.next_cursor, Unset):
            next_cursor = UNSET
        else:
            next_cursor = self.next_cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if error_regions is not UNSET:
            field_dict["error_regions"] = error_regions
        if last_machine_id is not UNSET:
            field_dict["last_machine_id"] = last_machine_id
        if last_updated_at is not UNSET:
            field_dict["last_updated_at"] = last_updated_at
        if machines is not UNSET:
            field_dict["machines"] = machines
        if next_cursor is not UNSET:
            field_dict["next_cursor"] = next_cursor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.org_machine import OrgMachine  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_error_regions(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                error_regions_type_0 = cast("list[str]", data)

                return error_regions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        error_regions = _parse_error_regions(d.pop("error_regions", UNSET))

        def _parse_last_machine_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        last_machine_id = _parse_last_machine_id(d.pop("last_machine_id", UNSET))

        def _parse_last_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        last_updated_at = _parse_last_updated_at(d.pop("last_updated_at", UNSET))

        def _parse_machines(data: object) -> list[OrgMachine] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                machines_type_0 = []
                _machines_type_0 = data
                for machines_type_0_item_data in _machines_type_0:
                    machines_type_0_item = OrgMachine.from_dict(machines_type_0_item_data)

                    machines_type_0.append(machines_type_0_item)

                return machines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[OrgMachine] | None | Unset", data)

        machines = _parse_machines(d.pop("machines", UNSET))

        def _parse_next_cursor(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        next_cursor = _parse_next_cursor(d.pop("next_cursor", UNSET))

        list_org_machines_response = cls(
            error_regions=error_regions,
            last_machine_id=last_machine_id,
            last_updated_at=last_updated_at,
            machines=machines,
            next_cursor=next_cursor,
        )

        list_org_machines_response.additional_properties = d
        return list_org_machines_response

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
