from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.error_status import ErrorStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="ErrorResponse")


@_attrs_define
class ErrorResponse:
    """Why a request failed. Which of the texts is there depends on the part of the service that refused."""

    details: Any | Unset = UNSET
    """ More about it, of any shape. """
    error: str | Unset = UNSET
    """ What is wrong, from Machines, volumes, secrets and apps. """
    status: ErrorStatus | str | Unset = UNSET
    """ Code to act on; new ones appear, and a lease conflict just says `error`. """
    message: str | Unset = UNSET
    """ What is wrong, from certificates, addresses and leases. """
    code: str | Unset = UNSET
    """ Kind of a lease conflict. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.details is not UNSET:
            field_dict["details"] = self.details
        if self.error is not UNSET:
            field_dict["error"] = self.error
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        if self.message is not UNSET:
            field_dict["message"] = self.message
        if self.code is not UNSET:
            field_dict["code"] = self.code
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        error_response = cls(
            details=d.pop("details", UNSET),
            error=d.pop("error", UNSET),
            status=as_known(d.pop("status", UNSET), ErrorStatus),
            message=d.pop("message", UNSET),
            code=d.pop("code", UNSET),
        )
        error_response.additional_properties = d
        return error_response

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
