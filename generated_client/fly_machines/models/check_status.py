from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.check_result import CheckResult
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text, as_time

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
    updated_at: datetime.datetime | None | str | Unset = UNSET
    """ When the result came. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        field_dict["status"] = as_json(self.status)
        if self.output is not UNSET:
            field_dict["output"] = self.output
        if self.updated_at is not UNSET:
            field_dict["updated_at"] = as_json(self.updated_at)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        check_status = cls(
            name=d.pop("name"),
            status=as_known(d.pop("status"), CheckResult),
            output=d.pop("output", UNSET),
            updated_at=as_time(d.pop("updated_at", UNSET)),
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
