from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.snapshot_message import SnapshotMessage


T = TypeVar("T", bound="CreateSnapshotResponse")


@_attrs_define
class CreateSnapshotResponse:
    """The scheduled backup, as the service wraps it."""

    msg: None | SnapshotMessage | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.snapshot_message import SnapshotMessage  # noqa: PLC0415

        msg: dict[str, Any] | None | Unset
        if isinstance(self.msg, Unset):
            msg = UNSET
        elif isinstance(self.msg, SnapshotMessage):
            msg = self.msg.to_dict()
        else:
            msg = self.msg

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if msg is not UNSET:
            field_dict["Msg"] = msg

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.snapshot_message import SnapshotMessage  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_msg(data: object) -> None | SnapshotMessage | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                msg_type_1 = SnapshotMessage.from_dict(data)

                return msg_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | SnapshotMessage | Unset", data)

        msg = _parse_msg(d.pop("Msg", UNSET))

        create_snapshot_response = cls(
            msg=msg,
        )

        create_snapshot_response.additional_properties = d
        return create_snapshot_response

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
