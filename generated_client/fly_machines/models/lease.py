from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from . import as_pairs, as_text

T = TypeVar("T", bound="Lease")


@_attrs_define
class Lease:
    """The right to change a Machine until a point in time."""

    expires_at: int
    """ Seconds since 1970. """
    nonce: str
    """ What proves that you hold it. Treat it as a secret. """
    owner: str
    """ Account, or token, that holds it. """
    description: None | str | Unset = UNSET
    """ What its holder is doing. """
    version: None | str | Unset = UNSET
    """ The Machine's version when it was taken. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    _secrets: ClassVar[tuple[str, ...]] = ("nonce",)

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["expires_at"] = self.expires_at
        field_dict["nonce"] = self.nonce
        field_dict["owner"] = self.owner
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.version is not UNSET:
            field_dict["version"] = self.version
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        lease = cls(
            expires_at=d.pop("expires_at"),
            nonce=d.pop("nonce"),
            owner=d.pop("owner"),
            description=d.pop("description", UNSET),
            version=d.pop("version", UNSET),
        )
        lease.additional_properties = d
        return lease

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
