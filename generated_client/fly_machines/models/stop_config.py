from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.stop_signal import StopSignal
from ..types import UNSET, Unset

T = TypeVar("T", bound="StopConfig")


@_attrs_define
class StopConfig:
    """How a Machine or container is stopped."""

    signal: None | StopSignal | str | Unset = UNSET
    """ Signal that asks the process to end. Default: SIGINT. """
    timeout: int | None | str | Unset = UNSET
    """ Time until it is killed: a Go duration (`10s`) or nanoseconds. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        signal: None | str | Unset
        if isinstance(self.signal, Unset):
            signal = UNSET
        elif isinstance(self.signal, StopSignal):
            signal = self.signal.value
        else:
            signal = self.signal

        timeout: int | None | str | Unset
        if isinstance(self.timeout, Unset):
            timeout = UNSET
        else:
            timeout = self.timeout

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if signal is not UNSET:
            field_dict["signal"] = signal
        if timeout is not UNSET:
            field_dict["timeout"] = timeout

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_signal(data: object) -> None | StopSignal | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                signal_type_0 = StopSignal(data)

                return signal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | StopSignal | str | Unset", data)

        signal = _parse_signal(d.pop("signal", UNSET))

        def _parse_timeout(data: object) -> int | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | str | Unset", data)

        timeout = _parse_timeout(d.pop("timeout", UNSET))

        stop_config = cls(
            signal=signal,
            timeout=timeout,
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
