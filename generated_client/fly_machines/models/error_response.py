from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.error_status import ErrorStatus
from ..types import UNSET, Unset

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

    def to_dict(self) -> dict[str, Any]:
        details = self.details

        error = self.error

        status: str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, ErrorStatus):
            status = self.status.value
        else:
            status = self.status

        message = self.message

        code = self.code

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if details is not UNSET:
            field_dict["details"] = details
        if error is not UNSET:
            field_dict["error"] = error
        if status is not UNSET:
            field_dict["status"] = status
        if message is not UNSET:
            field_dict["message"] = message
        if code is not UNSET:
            field_dict["code"] = code

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        details = d.pop("details", UNSET)

        error = d.pop("error", UNSET)

        def _parse_status(data: object) -> ErrorStatus | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = ErrorStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ErrorStatus | str | Unset", data)

        status = _parse_status(d.pop("status", UNSET))

        message = d.pop("message", UNSET)

        code = d.pop("code", UNSET)

        error_response = cls(
            details=details,
            error=error,
            status=status,
            message=message,
            code=code,
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
