from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.acme_challenge import AcmeChallenge
    from ..models.ownership_verification import OwnershipVerification


T = TypeVar("T", bound="DnsRequirements")


@_attrs_define
class DnsRequirements:
    """DNS records that the host name needs."""

    a: list[str] | None | Unset = UNSET
    """ IPv4 addresses of the A records. """
    aaaa: list[str] | None | Unset = UNSET
    """ IPv6 addresses of the AAAA records. """
    acme_challenge: AcmeChallenge | None | Unset = UNSET
    """ Record that lets Fly.io obtain certificates, also before traffic moves. """
    cname: None | str | Unset = UNSET
    """ Target of a CNAME record, instead of addresses. """
    ownership: None | OwnershipVerification | Unset = UNSET
    """ Record that proves whose the host name is. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.acme_challenge import AcmeChallenge  # noqa: PLC0415
        from ..models.ownership_verification import OwnershipVerification  # noqa: PLC0415

        a: list[str] | None | Unset
        if isinstance(self.a, Unset):
            a = UNSET
        elif isinstance(self.a, list):
            a = self.a

        else:
            a = self.a

        aaaa: list[str] | None | Unset
        if isinstance(self.aaaa, Unset):
            aaaa = UNSET
        elif isinstance(self.aaaa, list):
            aaaa = self.aaaa

        else:
            aaaa = self.aaaa

        acme_challenge: dict[str, Any] | None | Unset
        if isinstance(self.acme_challenge, Unset):
            acme_challenge = UNSET
        elif isinstance(self.acme_challenge, AcmeChallenge):
            acme_challenge = self.acme_challenge.to_dict()
        else:
            acme_challenge = self.acme_challenge

        cname: None | str | Unset
        if isinstance(self.cname, Unset):
            cname = UNSET
        else:
            cname = self.cname

        ownership: dict[str, Any] | None | Unset
        if isinstance(self.ownership, Unset):
            ownership = UNSET
        elif isinstance(self.ownership, OwnershipVerification):
            ownership = self.ownership.to_dict()
        else:
            ownership = self.ownership

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if a is not UNSET:
            field_dict["a"] = a
        if aaaa is not UNSET:
            field_dict["aaaa"] = aaaa
        if acme_challenge is not UNSET:
            field_dict["acme_challenge"] = acme_challenge
        if cname is not UNSET:
            field_dict["cname"] = cname
        if ownership is not UNSET:
            field_dict["ownership"] = ownership

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.acme_challenge import AcmeChallenge  # noqa: PLC0415
        from ..models.ownership_verification import OwnershipVerification  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_a(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                a_type_0 = cast("list[str]", data)

                return a_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        a = _parse_a(d.pop("a", UNSET))

        def _parse_aaaa(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                aaaa_type_0 = cast("list[str]", data)

                return aaaa_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        aaaa = _parse_aaaa(d.pop("aaaa", UNSET))

        def _parse_acme_challenge(data: object) -> AcmeChallenge | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                acme_challenge_type_1 = AcmeChallenge.from_dict(data)

                return acme_challenge_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("AcmeChallenge | None | Unset", data)

        acme_challenge = _parse_acme_challenge(d.pop("acme_challenge", UNSET))

        def _parse_cname(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        cname = _parse_cname(d.pop("cname", UNSET))

        def _parse_ownership(data: object) -> None | OwnershipVerification | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                ownership_type_1 = OwnershipVerification.from_dict(data)

                return ownership_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | OwnershipVerification | Unset", data)

        ownership = _parse_ownership(d.pop("ownership", UNSET))

        dns_requirements = cls(
            a=a,
            aaaa=aaaa,
            acme_challenge=acme_challenge,
            cname=cname,
            ownership=ownership,
        )

        dns_requirements.additional_properties = d
        return dns_requirements

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
