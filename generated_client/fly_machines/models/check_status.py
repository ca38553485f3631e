from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.check_result import CheckResult
from ..types import UNSET, Unset

T = TypeVar("T", bound="CheckStatus")


@_attrs_define
class CheckStatus:
    """The latest result of a check."""

    name: str
    """ Name; a service's is like `servicecheck-00-tcp-8080`. """
    status: CheckResult | str
    """ passing, warning or critical. """
    output: None | str | Unset = UNSET
    """ What the check said. """
    updated_at: None | str | Unset = UNSET
    """ When the result came. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        status: str
        if isinstance(self.status, CheckResult):
            status = self.status.value
        else:
            status = self.status

        output: None | str | Unset
        if isinstance(self.output, Unset):
            output = UNSET
        else:
            output = self.output

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "status": status,
            }
        )
        if output is not UNSET:
            field_dict["output"] = output
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        def _parse_status(data: object) -> CheckResult | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = CheckResult(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("CheckResult | str", data)

        status = _parse_status(d.pop("status"))

        def _parse_output(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        output = _parse_output(d.pop("output", UNSET))

        def _parse_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        updated_at = _parse_updated_at(d.pop("updated_at", UNSET))

        check_status = cls(
            name=name,
            status=status,
            output=output,
            updated_at=updated_at,
        )

        check_status.additional_properties = d
        return check_status

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
