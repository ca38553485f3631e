from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..types import UNSET, Unset
from . import as_json, as_needed, as_pairs, as_text

if TYPE_CHECKING:
    from ..models.machine_config import MachineConfig


T = TypeVar("T", bound="CreateMachineRequest")


@_attrs_define
class CreateMachineRequest:
    """A new Machine."""

    config: MachineConfig
    """ What a Machine runs, and how. The service echoes it with defaults filled in and durations normalised. """
    lease_ttl: int | Unset = UNSET
    """ Take a lease of this many seconds in the same step; its nonce is in the answer. """
    min_secrets_version: int | Unset = UNSET
    """ Use secrets at least as new as this version, which a write of secrets returned. """
    name: str | Unset = UNSET
    """ Name, unique in the app. Default: a generated one. """
    region: str | Unset = UNSET
    """ Region, or several and aliases in order of preference (`iad,ewr`, `eu`). Default: near the caller. The
    volume's, if it mounts one. """
    skip_launch: bool | Unset = UNSET
    """ Prepare it but leave it stopped; one with a schedule is then not started by it, until it was started once by
    hand. Default: false. """
    skip_secrets: bool | Unset = UNSET
    """ Start it without the app's secrets. Default: false. """
    skip_service_registration: bool | Unset = UNSET
    """ Leave it out of the proxy until uncordoned. Default: false. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["config"] = as_json(self.config)
        if self.lease_ttl is not UNSET:
            field_dict["lease_ttl"] = self.lease_ttl
        if self.min_secrets_version is not UNSET:
            field_dict["min_secrets_version"] = self.min_secrets_version
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.region is not UNSET:
            field_dict["region"] = self.region
        if self.skip_launch is not UNSET:
            field_dict["skip_launch"] = self.skip_launch
        if self.skip_secrets is not UNSET:
            field_dict["skip_secrets"] = self.skip_secrets
        if self.skip_service_registration is not UNSET:
            field_dict["skip_service_registration"] = self.skip_service_registration
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        create_machine_request = cls(
            config=as_needed(d.pop("config"), models.MachineConfig),
            lease_ttl=d.pop("lease_ttl", UNSET),
            min_secrets_version=d.pop("min_secrets_version", UNSET),
            name=d.pop("name", UNSET),
            region=d.pop("region", UNSET),
            skip_launch=d.pop("skip_launch", UNSET),
            skip_secrets=d.pop("skip_secrets", UNSET),
            skip_service_registration=d.pop("skip_service_registration", UNSET),
        )
        create_machine_request.additional_properties = d
        return create_machine_request

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
