from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "name",
    "org_slug",
    "enable_subdomains",
    "idempotency_key",
    "network",
    "app_role_id",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[2:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="CreateAppRequest")


@_attrs_define(repr=False)
class CreateAppRequest(Model[Any]):
    """A new app."""

    name: str
    """ Name: at most 62 lowercase letters, digits and dashes, unique in all of Fly.io. """
    org_slug: str
    """ Slug of the organization; `personal` is your own. """
    enable_subdomains: bool | Unset = UNSET
    """ Serve subdomains of the app's own host name. Default: false. """
    idempotency_key: str | Unset = UNSET
    """ Key that marks repeats of one request: a second one with the same key, and the same name or none, answers
    the app of the first; with another name it is refused. """
    network: str | Unset = UNSET
    """ Name of a private network of its own. Default: the organization's. Cannot be changed. """
    app_role_id: str | Unset = UNSET
    """ Role to create the app in. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        d["name"] = self.name
        d["org_slug"] = self.org_slug
        if (enable_subdomains := self.enable_subdomains) is not UNSET:
            d["enable_subdomains"] = enable_subdomains
        if (idempotency_key := self.idempotency_key) is not UNSET:
            d["idempotency_key"] = idempotency_key
        if (network := self.network) is not UNSET:
            d["network"] = network
        if (app_role_id := self.app_role_id) is not UNSET:
            d["app_role_id"] = app_role_id
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.name, self.org_slug, self.enable_subdomains, self.idempotency_key, self.network, self.app_role_id) = (
            _values(d)
        )
        self._others = None if len(d) == 6 else others(d, _NAMES)
        return self
