from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..models.app_status import AppStatus
from ..types import UNSET, Unset
from . import as_json, as_known, as_model, as_pairs, as_text

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

    __repr__ = as_text
    __rich_repr__ = as_pairs

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = dict(self.additional_properties)
        field_dict["name"] = self.name
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.internal_numeric_id is not UNSET:
            field_dict["internal_numeric_id"] = self.internal_numeric_id
        if self.machine_count is not UNSET:
            field_dict["machine_count"] = self.machine_count
        if self.network is not UNSET:
            field_dict["network"] = self.network
        if self.network_cidr is not UNSET:
            field_dict["network_cidr"] = self.network_cidr
        if self.organization is not UNSET:
            field_dict["organization"] = as_json(self.organization)
        if self.status is not UNSET:
            field_dict["status"] = as_json(self.status)
        if self.volume_count is not UNSET:
            field_dict["volume_count"] = self.volume_count
        if self.cname_target is not UNSET:
            field_dict["cname_target"] = self.cname_target
        if self.app_role is not UNSET:
            field_dict["app_role"] = self.app_role
        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app = cls(
            name=d.pop("name"),
            id=d.pop("id", UNSET),
            internal_numeric_id=d.pop("internal_numeric_id", UNSET),
            machine_count=d.pop("machine_count", UNSET),
            network=d.pop("network", UNSET),
            network_cidr=d.pop("network_cidr", UNSET),
            organization=as_model(d.pop("organization", UNSET), models.AppOrganization),
            status=as_known(d.pop("status", UNSET), AppStatus),
            volume_count=d.pop("volume_count", UNSET),
            cname_target=d.pop("cname_target", UNSET),
            app_role=d.pop("app_role", UNSET),
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
