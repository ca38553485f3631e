from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, as_needed, new, others

_NAMES = (
    "config",
    "lease_ttl",
    "min_secrets_version",
    "name",
    "region",
    "skip_launch",
    "skip_secrets",
    "skip_service_registration",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateMachineRequest")


@_attrs_define(repr=False)
class CreateMachineRequest(Model[Any]):
    """A new Machine."""

    config: models.MachineConfig
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

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        config = self.config
        d["config"] = config.to_dict() if type(config) is models.MachineConfig else as_json(config)
        if (lease_ttl := self.lease_ttl) is not UNSET:
            d["lease_ttl"] = lease_ttl
        if (min_secrets_version := self.min_secrets_version) is not UNSET:
            d["min_secrets_version"] = min_secrets_version
        if (name := self.name) is not UNSET:
            d["name"] = name
        if (region := self.region) is not UNSET:
            d["region"] = region
        if (skip_launch := self.skip_launch) is not UNSET:
            d["skip_launch"] = skip_launch
        if (skip_secrets := self.skip_secrets) is not UNSET:
            d["skip_secrets"] = skip_secrets
        if (skip_service_registration := self.skip_service_registration) is not UNSET:
            d["skip_service_registration"] = skip_service_registration
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            config,
            self.lease_ttl,
            self.min_secrets_version,
            self.name,
            self.region,
            self.skip_launch,
            self.skip_secrets,
            self.skip_service_registration,
        ) = _values(d)
        self.config = as_needed(config, models.MachineConfig)
        self._others = None if len(d) == 8 else others(d, _NAMES)
        return self
