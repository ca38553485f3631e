from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ip_assignment_network import IpAssignmentNetwork
    from ..models.ip_pair import IpPair


T = TypeVar("T", bound="CreateIpAssignmentResponse")


@_attrs_define
class CreateIpAssignmentResponse:
    created_at: None | str | Unset = UNSET
    egress: bool | None | Unset = UNSET
    ip: None | str | Unset = UNSET
    ip_pair: IpPair | None | Unset = UNSET
    network: IpAssignmentNetwork | None | Unset = UNSET
    region: None | str | Unset = UNSET
    service_name: None | str | Unset = UNSET
    shared: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.ip_assignment_network import IpAssignmentNetwork  # noqa: PLC0415
        from ..models.ip_pair import IpPair  # noqa: PLC0415

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        egress: bool | None | Unset
        if isinstance(self.egress, Unset):
            egress = UNSET
        else:
            egress = self.egress

        ip: None | str | Unset
        if isinstance(self.ip, Unset):
            ip = UNSET
        else:
            ip = self.ip

        ip_pair: dict[str, Any] | None | Unset
        if isinstance(self.ip_pair, Unset):
            ip_pair = UNSET
        elif isinstance(self.ip_pair, IpPair):
            ip_pair = self.ip_pair.to_dict()
        else:
            ip_pair = self.ip_pair

        network: dict[str, Any] | None | Unset
        if isinstance(self.network, Unset):
            network = UNSET
        elif isinstance(self.network, IpAssignmentNetwork):
            network = self.network.to_dict()
        else:
            network = self.network

        region: None | str | Unset
        if isinstance(self.region, Unset):
            region = UNSET
        else:
            region = self.region

        service_name: None | str | Unset
        if isinstance(self.service_name, Unset):
            service_name = UNSET
        else:
            service_name = self.service_name

        shared: bool | None | Unset
        if isinstance(self.shared, Unset):
            shared = UNSET
        else:
            shared = self.shared

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if egress is not UNSET:
            field_dict["egress"] = egress
        if ip is not UNSET:
            field_dict["ip"] = ip
        if ip_pair is not UNSET:
            field_dict["ip_pair"] = ip_pair
        if network is not UNSET:
            field_dict["network"] = network
        if region is not UNSET:
            field_dict["region"] = region
        if service_name is not UNSET:
            field_dict["service_name"] = service_name
        if shared is not UNSET:
            field_dict["shared"] = shared

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.ip_assignment_network import IpAssignmentNetwork  # noqa: PLC0415
        from ..models.ip_pair import IpPair  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_egress(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        egress = _parse_egress(d.pop("egress", UNSET))

        def _parse_ip(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        ip = _parse_ip(d.pop("ip", UNSET))

        def _parse_ip_pair(data: object) -> IpPair | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                ip_pair_type_1 = IpPair.from_dict(data)

                return ip_pair_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("IpPair | None | Unset", data)

        ip_pair = _parse_ip_pair(d.pop("ip_pair", UNSET))

        def _parse_network(data: object) -> IpAssignmentNetwork | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                network_type_1 = IpAssignmentNetwork.from_dict(data)

                return network_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("IpAssignmentNetwork | None | Unset", data)

        network = _parse_network(d.pop("network", UNSET))

        def _parse_region(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        region = _parse_region(d.pop("region", UNSET))

        def _parse_service_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        service_name = _parse_service_name(d.pop("service_name", UNSET))

        def _parse_shared(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        shared = _parse_shared(d.pop("shared", UNSET))

        create_ip_assignment_response = cls(
            created_at=created_at,
            egress=egress,
            ip=ip,
            ip_pair=ip_pair,
            network=network,
            region=region,
            service_name=service_name,
            shared=shared,
        )

        create_ip_assignment_response.additional_properties = d
        return create_ip_assignment_response

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
