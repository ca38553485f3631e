from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.restart_policy import RestartPolicy
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="MachineRestart")


@_attrs_define
class MachineRestart:
    """What to do when the process ends."""

    max_retries: int | None | Unset = UNSET
    """ Restarts within 5 minutes before it stays stopped, for on-failure. Default: 10. """
    policy: None | RestartPolicy | str | Unset = UNSET
    """ no, on-failure or always. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.max_retries is not UNSET:
            field_dict["max_retries"] = self.max_retries
        if self.policy is not UNSET:
            field_dict["policy"] = as_json(self.policy)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_restart = cls(
            max_retries=d.pop("max_retries", UNSET),
            policy=as_known(d.pop("policy", UNSET), RestartPolicy),
        )
        machine_restart.additional_properties = d
        return machine_restart

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
