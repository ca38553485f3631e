from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.app_status import AppStatus
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.app_organization import AppOrganization


T = TypeVar("T", bound="App")


@_attrs_define
class App:
    """An app. Lists hold only id, name, network and counts."""

    name: str
    """ Name, unique in all of Fly.io. """
    id: None | str | Unset = UNSET
    """ Opaque id; paths take the name. """
    internal_numeric_id: int | None | Unset = UNSET
    """ Number used by Fly.io's own tools. """
    machine_count: int | None | Unset = UNSET
    """ Machines that are not destroyed. """
    network: None | str | Unset = UNSET
    """ Private network that its Machines are in; fixed at creation. """
    network_cidr: None | str | Unset = UNSET
    """ Address range of the private network. """
    organization: AppOrganization | None | Unset = UNSET
    """ The organization that it belongs to. """
    status: AppStatus | None | str | Unset = UNSET
    """ `pending` until it has a Machine, then `deployed` or `suspended`. """
    volume_count: int | None | Unset = UNSET
    """ Volumes that are not destroyed. """
    cname_target: None | str | Unset = UNSET
    """ Host name that a CNAME record for this app points to. """
    app_role: Any | Unset = UNSET
    """ What the app is for, on platforms that build on Fly.io. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.app_organization import AppOrganization  # noqa: PLC0415

        name = self.name

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        internal_numeric_id: int | None | Unset
        if isinstance(self.internal_numeric_id, Unset):
            internal_numeric_id = UNSET
        else:
            internal_numeric_id = self.internal_numeric_id

        machine_count: int | None | Unset
        if isinstance(self.machine_count, Unset):
            machine_count = UNSET
        else:
            machine_count = self.machine_count

        network: None | str | Unset
        if isinstance(self.network, Unset):
            network = UNSET
        else:
            network = self.network

        network_cidr: None | str | Unset
        if isinstance(self.network_cidr, Unset):
            network_cidr = UNSET
        else:
            network_cidr = self.network_cidr

        organization: dict[str, Any] | None | Unset
        if isinstance(self.organization, Unset):
            organization = UNSET
        elif isinstance(self.organization, AppOrganization):
            organization = self.organization.to_dict()
        else:
            organization = self.organization

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, AppStatus):
            status = self.status.value
        else:
            status = self.status

        volume_count: int | None | Unset
        if isinstance(self.volume_count, Unset):
            volume_count = UNSET
        else:
            volume_count = self.volume_count

        cname_target: None | str | Unset
        if isinstance(self.cname_target, Unset):
            cname_target = UNSET
        else:
            cname_target = self.cname_target

        app_role = self.app_role

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if internal_numeric_id is not UNSET:
            field_dict["internal_numeric_id"] = internal_numeric_id
        if machine_count is not UNSET:
            field_dict["machine_count"] = machine_count
        if network is not UNSET:
            field_dict["network"] = network
        if network_cidr is not UNSET:
            field_dict["network_cidr"] = network_cidr
        if organization is not UNSET:
            field_dict["organization"] = organization
        if status is not UNSET:
            field_dict["status"] = status
        if volume_count is not UNSET:
            field_dict["volume_count"] = volume_count
        if cname_target is not UNSET:
            field_dict["cname_target"] = cname_target
        if app_role is not UNSET:
            field_dict["app_role"] = app_role

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.app_organization import AppOrganization  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        def _parse_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        id = _parse_id(d.pop("id", UNSET))

        def _parse_internal_numeric_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        internal_numeric_id = _parse_internal_numeric_id(d.pop("internal_numeric_id", UNSET))

        def _parse_machine_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        machine_count = _parse_machine_count(d.pop("machine_count", UNSET))

        def _parse_network(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        network = _parse_network(d.pop("network", UNSET))

        def _parse_network_cidr(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        network_cidr = _parse_network_cidr(d.pop("network_cidr", UNSET))

        def _parse_organization(data: object) -> AppOrganization | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                organization_type_1 = AppOrganization.from_dict(data)

                return organization_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("AppOrganization | None | Unset", data)

        organization = _parse_organization(d.pop("organization", UNSET))

        def _parse_status(data: object) -> AppStatus | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                status_type_0 = AppStatus(data)

                return status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("AppStatus | None | str | Unset", data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_volume_count(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        volume_count = _parse_volume_count(d.pop("volume_count", UNSET))

        def _parse_cname_target(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        cname_target = _parse_cname_target(d.pop("cname_target", UNSET))

        app_role = d.pop("app_role", UNSET)

        app = cls(
            name=name,
            id=id,
            internal_numeric_id=internal_numeric_id,
            machine_count=machine_count,
            network=network,
            network_cidr=network_cidr,
            organization=organization,
            status=status,
            volume_count=volume_count,
            cname_target=cname_target,
            app_role=app_role,
        )

        app.additional_properties = d
        return app

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
