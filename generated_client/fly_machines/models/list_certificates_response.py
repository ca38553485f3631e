from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from attrs import define as _attrs_define

from .. import models
from ..types import UNSET, Unset
from . import Model, as_json, new, others

_NAMES = (
    "certificates",
    "next_cursor",
    "total_count",
)
_ABSENT: dict[str, Any] = dict.fromkeys(_NAMES[1:], UNSET)
_values = itemgetter(*_NAMES)

T = TypeVar("T", bound="ListCertificatesResponse")


@_attrs_define(repr=False)
class ListCertificatesResponse(Model[Any]):
    certificates: list[models.CertificateSummary] | None
    """ One page. """
    next_cursor: None | str | Unset = UNSET
    """ Where the next page begins; absent or empty on the last. """
    total_count: int | None | Unset = UNSET
    """ Host names in all. """

    def to_dict(self) -> dict[str, Any]:
        d: dict[str, Any] = {**self._others} if self._others else {}
        certificates = self.certificates
        d["certificates"] = (
            [each.to_dict() if type(each) is models.CertificateSummary else as_json(each) for each in certificates]
            if type(certificates) is list
            else as_json(certificates)
        )
        if (next_cursor := self.next_cursor) is not UNSET:
            d["next_cursor"] = next_cursor
        if (total_count := self.total_count) is not UNSET:
            d["total_count"] = total_count
        return d

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = {**_ABSENT, **src_dict}
        self = new(cls)
        (certificates, self.next_cursor, self.total_count) = _values(d)
        self.certificates = (
            [models.CertificateSummary.from_dict(each) if isinstance(each, dict) else each for each in certificates]
            if isinstance(certificates, list)
            else certificates
        )
        self._others = None if len(d) == 3 else others(d, _NAMES)
        return self
