from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.ip_assignment_network import IpAssignmentNetwork


T = TypeVar("T", bound="IpAssignment")


@_attrs_define
class IpAssignment:
    """An address of an app."""

    ip: str
    """ The address; `fdaa:` ones are private. """
    created_at: None | str | Unset = UNSET
    """ When it was assigned; may be null or empty. """
    egress: bool | None | Unset = UNSET
    """ Whether it is for outgoing connections. """
    network: IpAssignmentNetwork | None | Unset = UNSET
    """ Private network that it is reachable from. """
    region: None | str | Unset = UNSET
    """ Region, where the address has one. """
    service_name: None | str | Unset = UNSET
    """ Service that it is for, if any. """
    shared: bool | None | Unset = UNSET
    """ Whether other apps have it too. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.ip_assignment_network import IpAssignmentNetwork  # noqa: PLC0415

        ip = self.ip

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
        field_dict.update(
            {
                "ip": ip,
            }
        )
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if egress is not UNSET:
            field_dict["egress"] = egress
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

        d = dict(src_dict)
        ip = d.pop("ip")

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

        ip_assignment = cls(
            ip=ip,
            created_at=created_at,
            egress=egress,
            network=network,
            region=region,
            service_name=service_name,
            shared=shared,
        )

        ip_assignment.additional_properties = d
        return ip_assignment

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
