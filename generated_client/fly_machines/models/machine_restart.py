from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.restart_policy import RestartPolicy
from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineRestart")


@_attrs_define
class MachineRestart:
    """What to do when the process ends."""

    max_retries: int | None | Unset = UNSET
    """ Restarts in a row before it stays stopped, for on-failure. Default: 10. """
    policy: None | RestartPolicy | str | Unset = UNSET
    """ no, on-failure or always. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        max_retries: int | None | Unset
        if isinstance(self.max_retries, Unset):
            max_retries = UNSET
        else:
            max_retries = self.max_retries

        policy: None | str | Unset
        if isinstance(self.policy, Unset):
            policy = UNSET
        elif isinstance(self.policy, RestartPolicy):
            policy = self.policy.value
        else:
            policy = self.policy

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if max_retries is not UNSET:
            field_dict["max_retries"] = max_retries
        if policy is not UNSET:
            field_dict["policy"] = policy

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_max_retries(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        max_retries = _parse_max_retries(d.pop("max_retries", UNSET))

        def _parse_policy(data: object) -> None | RestartPolicy | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                policy_type_0 = RestartPolicy(data)

                return policy_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | RestartPolicy | str | Unset", data)

        policy = _parse_policy(d.pop("policy", UNSET))

        machine_restart = cls(
            max_retries=max_retries,
            policy=policy,
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
