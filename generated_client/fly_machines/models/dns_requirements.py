from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "a",
    "aaaa",
    "acme_challenge",
    "cname",
    "ownership",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="DnsRequirements")


@_attrs_define(repr=False)
class DnsRequirements(Model[Any]):
    """DNS records that the host name needs."""

    a: list[str] | None | Unset = UNSET
    """ IPv4 addresses of the A records. """
    aaaa: list[str] | None | Unset = UNSET
    """ IPv6 addresses of the AAAA records. """
    acme_challenge: models.AcmeChallenge | None | Unset = UNSET
    """ Record that lets Fly.io obtain certificates, also before traffic moves. """
    cname: None | str | Unset = UNSET
    """ Target of a CNAME record, instead of addresses. """
    ownership: None | models.OwnershipVerification | Unset = UNSET
    """ Record that proves whose the host name is. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        if (a := self.a) is not UNSET:
            d["a"] = a
        if (aaaa := self.aaaa) is not UNSET:
            d["aaaa"] = aaaa
        if (acme_challenge := self.acme_challenge) is not UNSET:
            d["acme_challenge"] = (
                acme_challenge.to_dict() if type(acme_challenge) is models.AcmeChallenge else as_json(acme_challenge)
            )
        if (cname := self.cname) is not UNSET:
            d["cname"] = cname
        if (ownership := self.ownership) is not UNSET:
            d["ownership"] = (
                ownership.to_dict() if type(ownership) is models.OwnershipVerification else as_json(ownership)
            )
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (self.a, self.aaaa, acme_challenge, self.cname, ownership) = _values(d)
        self.acme_challenge = (
            models.AcmeChallenge.from_dict(acme_challenge) if isinstance(acme_challenge, dict) else acme_challenge
        )
        self.ownership = models.OwnershipVerification.from_dict(ownership) if isinstance(ownership, dict) else ownership
        self._others = None if len(d) == 5 else others(d, _NAMES)
        return self
