from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.stop_signal import StopSignal
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="StopConfig")


@_attrs_define
class StopConfig:
    """How a Machine or container is stopped."""

    signal: None | StopSignal | str | Unset = UNSET
    """ Signal that asks the process to end. Default: SIGINT. """
    timeout: int | None | str | Unset = UNSET
    """ Time until it is killed: a Go duration (`10s`) or nanoseconds. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.signal is not UNSET:
            field_dict["signal"] = as_json(self.signal)
        if self.timeout is not UNSET:
            field_dict["timeout"] = self.timeout
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        stop_config = cls(
            signal=as_known(d.pop("signal", UNSET), StopSignal),
            timeout=d.pop("timeout", UNSET),
        )
        stop_config.additional_properties = d
        return stop_config

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
