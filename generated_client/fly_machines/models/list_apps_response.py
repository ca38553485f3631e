from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.app import App


T = TypeVar("T", bound="ListAppsResponse")


@_attrs_define
class ListAppsResponse:
    apps: list[App] | None
    """ All apps of the organization. """
    total_apps: int
    """ How many there are. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        apps: list[dict[str, Any]] | None
        if isinstance(self.apps, list):
            apps = []
            for apps_type_0_item_data in self.apps:
                apps_type_0_item = apps_type_0_item_data.to_dict()
                apps.append(apps_type_0_item)

        else:
            apps = self.apps

        total_apps = self.total_apps

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "apps": apps,
                "total_apps": total_apps,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.app import App  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_apps(data: object) -> list[App] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                apps_type_0 = []
                _apps_type_0 = data
                for apps_type_0_item_data in _apps_type_0:
                    apps_type_0_item = App.from_dict(apps_type_0_item_data)

                    apps_type_0.append(apps_type_0_item)

                return apps_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[App] | None", data)

        apps = _parse_apps(d.pop("apps"))

        total_apps = d.pop("total_apps")

        list_apps_response = cls(
            apps=apps,
            total_apps=total_apps,
        )

        list_apps_response.additional_properties = d
        return list_apps_response

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
