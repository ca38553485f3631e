from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset
from . import Model, new, others

_NAMES = (
    "apps",
    "org_slug",
    "organization",
    "restricted_to_machine",
    "source_machine_id",
    "token_id",
    "user",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="TokenInfo")


@_attrs_define(repr=False)
class TokenInfo(Model[Any]):
    apps: list[str] | None | Unset = UNSET
    """ Apps that it is limited to. """
    org_slug: None | str | Unset = UNSET
    """ Slug of the organization that it is for. """
    organization: None | str | Unset = UNSET
    """ Id of the organization that it is for. """
    restricted_to_machine: None | str | Unset = UNSET
    """ Machine that it can only be used from. """
    source_machine_id: None | str | Unset = UNSET
    """ Machine that this request came from. """
    token_id: None | str | Unset = UNSET
    """ Id of the token. """
    user: None | str | Unset = UNSET
    """ Account, if it is a person's. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (apps := self.apps) is not UNSET:
            d["apps"] = apps
        if (org_slug := self.org_slug) is not UNSET:
            d["org_slug"] = org_slug
        if (organization := self.organization) is not UNSET:
            d["organization"] = organization
        if (restricted_to_machine := self.restricted_to_machine) is not UNSET:
            d["restricted_to_machine"] = restricted_to_machine
        if (source_machine_id := self.source_machine_id) is not UNSET:
            d["source_machine_id"] = source_machine_id
        if (token_id := self.token_id) is not UNSET:
            d["token_id"] = token_id
        if (user := self.user) is not UNSET:
            d["user"] = user
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (
            self.apps,
            self.org_slug,
            self.organization,
            self.restricted_to_machine,
            self.source_machine_id,
            self.token_id,
            self.user,
        ) = _values(d)
        self._others = None if len(d) == 7 else others(d, _NAMES)
        return self
