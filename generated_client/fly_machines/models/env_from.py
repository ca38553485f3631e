from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.env_field_ref import EnvFieldRef
from ..types import UNSET, Unset
from . import as_json, as_known, as_pairs, as_text

T = TypeVar("T", bound="EnvFrom")


@_attrs_define
class EnvFrom:
    """A fact about the Machine as an environment variable."""

    env_var: None | str | Unset = UNSET
    """ Name of the environment variable. """
    field_ref: EnvFieldRef | None | str | Unset = UNSET
    """ The fact: id, version, app_name, private_ip, region or image. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        if self.env_var is not UNSET:
            field_dict["env_var"] = self.env_var
        if self.field_ref is not UNSET:
            field_dict["field_ref"] = as_json(self.field_ref)
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        env_from = cls(
            env_var=d.pop("env_var", UNSET),
            field_ref=as_known(d.pop("field_ref", UNSET), EnvFieldRef),
        )
        env_from.additional_properties = d
        return env_from

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
