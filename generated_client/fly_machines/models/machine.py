from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.host_status import HostStatus
from ..models.machine_state import MachineState
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.check_status import CheckStatus
    from ..models.image_ref import ImageRef
    from ..models.lease_summary import LeaseSummary
    from ..models.machine_config import MachineConfig
    from ..models.machine_event import MachineEvent


T = TypeVar("T", bound="Machine")


@_attrs_define
class Machine:
    """A virtual machine of an app."""

    created_at: str
    """ When it was created. """
    id: str
    """ Id, 14 hexadecimal digits. """
    instance_id: str
    """ Version: a new one with each update. """
    name: str
    """ Name; unique in the app among Machines that are not destroyed. """
    private_ip: str
    """ Its IPv6 address in the private network; stays over updates. """
    region: str
    """ Region that it is in; fixed at creation. """
    state: MachineState | str
    """ State; `created`, `started`, `stopped`, `suspended` and `failed` last. """
    checks: list[CheckStatus] | None | Unset = UNSET
    """ Its checks and their latest results. """
    config: MachineConfig | None | Unset = UNSET
    """ Its config, durations and booleans normalised. Missing while its host cannot be reached. """
    cordoned: bool | None | Unset = UNSET
    """ Whether the proxy leaves it out. """
    events: list[MachineEvent] | None | Unset = UNSET
    """ Its latest events, newest first. """
    host_features: list[str] | None | Unset = UNSET
    """ Features of its host. """
    host_status: HostStatus | None | str | Unset = UNSET
    """ Whether its host can be reached; if not `ok`, the rest may be out of date. """
    image_ref: ImageRef | None | Unset = UNSET
    """ The image that it runs, resolved. """
    incomplete_config: MachineConfig | None | Unset = UNSET
    """ What is known of the config while its host cannot be reached. """
    lease: LeaseSummary | None | Unset = UNSET
    """ Who holds a lease on it, if asked for. """
    nonce: None | str | Unset = UNSET
    """ Nonce of the lease that was taken with the same request. A secret. """
    updated_at: None | str | Unset = UNSET
    """ When it last changed; `0001-01-01T00:00:00Z` if never. """
    version: None | str | Unset = UNSET
    """ Version of the Machine, in newer answers. """
    containers: Any | Unset = UNSET
    """ Its containers, if it runs several. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.image_ref import ImageRef  # noqa: PLC0415
        from ..models.lease_summary import LeaseSummary  # noqa: PLC0415
        from ..models.machine_config import MachineConfig  # noqa: PLC0415

        created_at = self.created_at

        id = self.id

        instance_id = self.instance_id

        name = self.name

        private_ip = self.private_ip

        region = self.region

        state: str
        if isinstance(self.state, MachineState):
            state = self.state.value
        else:
            state = self.state

        checks: list[dict[str, Any]] | None | Unset
        if isinstance(self.checks, Unset):
            checks = UNSET
        elif isinstance(self.checks, list):
            checks = []
            for checks_type_0_item_data in self.checks:
                checks_type_0_item = checks_type_0_item_data.to_dict()
                checks.append(checks_type_0_item)

        else:
            checks = self.checks

        config: dict[str, Any] | None | Unset
        if isinstance(self.config, Unset):
            config = UNSET
        elif isinstance(self.config, MachineConfig):
            config = self.config.to_dict()
        else:
            config = self.config

        cordoned: bool | None | Unset
        if isinstance(self.cordoned, Unset):
            cordoned = UNSET
        else:
            cordoned = self.cordoned

        events: list[dict[str, Any]] | None | Unset
        if isinstance(self.events, Unset):
            events = UNSET
        elif isinstance(self.events, list):
            events = []
            for events_type_0_item_data in self.events:
                events_type_0_item = events_type_0_item_data.to_dict()
                events.append(events_type_0_item)

        else:
            events = self.events

        host_features: list[str] | None | Unset
        if isinstance(self.host_features, Unset):
            host_features = UNSET
        elif isinstance(self.host_features, list):
            host_features = self.host_features

        else:
            host_features = self.host_features

        host_status: None | str | Unset
        if isinstance(self.host_status, Unset):
            host_status = UNSET
        elif isinstance(self.host_status, HostStatus):
            host_status = self.host_status.value
        else:
            host_status = self.host_status

        image_ref: dict[str, Any] | None | Unset
        if isinstance(self.image_ref, Unset):
            image_ref = UNSET
        elif isinstance(self.image_ref, ImageRef):
            image_ref = self.image_ref.to_dict()
        else:
            image_ref = self.image_ref

        incomplete_config: dict[str, Any] | None | Unset
        if isinstance(self.incomplete_config, Unset):
            incomplete_config = UNSET
        elif isinstance(self.incomplete_config, MachineConfig):
            incomplete_config = self.incomplete_config.to_dict()
        else:
            incomplete_config = self.incomplete_config

        lease: dict[str, Any] | None | Unset
        if isinstance(self.lease, Unset):
            lease = UNSET
        elif isinstance(self.lease, LeaseSummary):
            lease = self.lease.to_dict()
        else:
            lease = self.lease

        nonce: None | str | Unset
        if isinstance(self.nonce, Unset):
            nonce = UNSET
        else:
            nonce = self.nonce

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        version: None | str | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        else:
            version = self.version

        containers = self.containers

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "id": id,
                "instance_id": instance_id,
                "name": name,
                "private_ip": private_ip,
                "region": region,
                "state": state,
            }
        )
        if checks is not UNSET:
            field_dict["checks"] = checks
        if config is not UNSET:
            field_dict["config"] = config
        if cordoned is not UNSET:
            field_dict["cordoned"] = cordoned
        if events is not UNSET:
            field_dict["events"] = events
        if host_features is not UNSET:
            field_dict["host_features"] = host_features
        if host_status is not UNSET:
            field_dict["host_status"] = host_status
        if image_ref is not UNSET:
            field_dict["image_ref"] = image_ref
        if incomplete_config is not UNSET:
            field_dict["incomplete_config"] = incomplete_config
        if lease is not UNSET:
            field_dict["lease"] = lease
        if nonce is not UNSET:
            field_dict["nonce"] = nonce
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if version is not UNSET:
            field_dict["version"] = version
        if containers is not UNSET:
            field_dict["containers"] = containers

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.check_status import CheckStatus  # noqa: PLC0415
        from ..models.image_ref import ImageRef  # noqa: PLC0415
        from ..models.lease_summary import LeaseSummary  # noqa: PLC0415
        from ..models.machine_config import MachineConfig  # noqa: PLC0415
        from ..models.machine_event import MachineEvent  # noqa: PLC0415

        d = dict(src_dict)
        created_at = d.pop("created_at")

        id = d.pop("id")

        instance_id = d.pop("instance_id")

        name = d.pop("name")

        private_ip = d.pop("private_ip")

        region = d.pop("region")

        def _parse_state(data: object) -> MachineState | str:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                state_type_0 = MachineState(data)

                return state_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineState | str", data)

        state = _parse_state(d.pop("state"))

        def _parse_checks(data: object) -> list[CheckStatus] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                checks_type_0 = []
                _checks_type_0 = data
                for checks_type_0_item_data in _checks_type_0:
                    checks_type_0_item = CheckStatus.from_dict(checks_type_0_item_data)

                    checks_type_0.append(checks_type_0_item)

                return checks_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[CheckStatus] | None | Unset", data)

        checks = _parse_checks(d.pop("checks", UNSET))

        def _parse_config(data: object) -> MachineConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                config_type_1 = MachineConfig.from_dict(data)

                return config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineConfig | None | Unset", data)

        config = _parse_config(d.pop("config", UNSET))

        def _parse_cordoned(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        cordoned = _parse_cordoned(d.pop("cordoned", UNSET))

        def _parse_events(data: object) -> list[MachineEvent] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                events_type_0 = []
                _events_type_0 = data
                for events_type_0_item_data in _events_type_0:
                    events_type_0_item = MachineEvent.from_dict(events_type_0_item_data)

                    events_type_0.append(events_type_0_item)

                return events_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[MachineEvent] | None | Unset", data)

        events = _parse_events(d.pop("events", UNSET))

        def _parse_host_features(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                host_features_type_0 = cast("list[str]", data)

                return host_features_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        host_features = _parse_host_features(d.pop("host_features", UNSET))

        def _parse_host_status(data: object) -> HostStatus | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                host_status_type_0 = HostStatus(data)

                return host_status_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("HostStatus | None | str | Unset", data)

        host_status = _parse_host_status(d.pop("host_status", UNSET))

        def _parse_image_ref(data: object) -> ImageRef | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                image_ref_type_1 = ImageRef.from_dict(data)

                return image_ref_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("ImageRef | None | Unset", data)

        image_ref = _parse_image_ref(d.pop("image_ref", UNSET))

        def _parse_incomplete_config(data: object) -> MachineConfig | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                incomplete_config_type_1 = MachineConfig.from_dict(data)

                return incomplete_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("MachineConfig | None | Unset", data)

        incomplete_config = _parse_incomplete_config(d.pop("incomplete_config", UNSET))

        def _parse_lease(data: object) -> LeaseSummary | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                lease_type_1 = LeaseSummary.from_dict(data)

                return lease_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("LeaseSummary | None | Unset", data)

        lease = _parse_lease(d.pop("lease", UNSET))

        def _parse_nonce(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        nonce = _parse_nonce(d.pop("nonce", UNSET))

        def _parse_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        updated_at = _parse_updated_at(d.pop("updated_at", UNSET))

        def _parse_version(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        version = _parse_version(d.pop("version", UNSET))

        containers = d.pop("containers", UNSET)

        machine = cls(
            created_at=created_at,
            id=id,
            instance_id=instance_id,
            name=name,
            private_ip=private_ip,
            region=region,
            state=state,
            checks=checks,
            config=config,
            cordoned=cordoned,
            events=events,
            host_features=host_features,
            host_status=host_status,
            image_ref=image_ref,
            incomplete_config=incomplete_config,
            lease=lease,
            nonce=nonce,
            updated_at=updated_at,
            version=version,
            containers=containers,
        )

        machine.additional_properties = d
        return machine

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
