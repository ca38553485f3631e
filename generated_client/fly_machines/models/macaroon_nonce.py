from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MacaroonNonce")


@_attrs_define
class MacaroonNonce:
    kid: None | str | Unset = UNSET
    proof: bool | None | Unset = UNSET
    rnd: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        kid: None | str | Unset
        if isinstance(self.kid, Unset):
            kid = UNSET
        else:
            kid = self.kid

        proof: bool | None | Unset
        if isinstance(self.proof, Unset):
            proof = UNSET
        else:
            proof = self.proof

        rnd: None | str | Unset
        if isinstance(self.rnd, Unset):
            rnd = UNSET
        else:
            rnd = self.rnd

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if kid is not UNSET:
            field_dict["kid"] = kid
        if proof is not UNSET:
            field_dict["proof"] = proof
        if rnd is not UNSET:
            field_dict["rnd"] = rnd

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_kid(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        kid = _parse_kid(d.pop("kid", UNSET))

        def _parse_proof(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        proof = _parse_proof(d.pop("proof", UNSET))

        def _parse_rnd(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        rnd = _parse_rnd(d.pop("rnd", UNSET))

        macaroon_nonce = cls(
            kid=kid,
            proof=proof,
            rnd=rnd,
        )

        macaroon_nonce.additional_properties = d
        return macaroon_nonce

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
