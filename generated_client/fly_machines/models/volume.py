from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.host_status import HostStatus
from ..models.volume_state import VolumeState
from ..models.volume_type import VolumeType
from ..types import UNSET, Unset

T = TypeVar("T", bound="Volume")


@_attrs_define
class Volume:
    """A disk on one host."""

    created_at: str
    """ When it was created. """
    encrypted: bool
    """ Whether it is encrypted at rest; fixed at creation. """
    id: str
    """ Id, `vol_...`. """
    name: str
    """ Name; not unique. Machines may mount any free volume of a name. """
    region: str
    """ Region, fixed at creation. """
    size_gb: int
    """ Size in GB. """
    state: str | VolumeState
    """ `created` is usable; the destroying ones still appear in lists. """
    zone: str
    """ Hardware zone within the region. """
    attached_alloc_id: None | str | Unset = UNSET
    """ Allocation that mounts it, on the older platform; null on this one. """
    attached_machine_id: None | str | Unset = UNSET
    """ Machine that mounts it, or null. """
    auto_backup_enabled: bool | None | Unset = UNSET
    """ Whether snapshots are taken daily. """
    block_size: int | None | Unset = UNSET
    """ Bytes a block; 0 before the first mount. """
    blocks: int | None | Unset = UNSET
    """ Blocks in all; 0 before the first mount. """
    blocks_avail: int | None | Unset = UNSET
    """ Blocks that are free to unprivileged users. """
    blocks_free: int | None | Unset = UNSET
    """ Blocks that are free. """
    bytes_total: int | None | Unset = UNSET
    """ Bytes in all. """
    bytes_used: int | None | Unset = UNSET
    """ Bytes that are used. """
    fstype: None | str | Unset = UNSET
    """ File system; empty before the first mount. """
    host_features: list[str] | None | Unset = UNSET
    """ Features of its host. """
    host_status: HostStatus | None | str | Unset = UNSET
    """ Whether its host is reachable. """
    required_host_features: list[str] | None | Unset = UNSET
    """ Features that its host was asked to have. """
    snapshot_retention: int | None | Unset = UNSET
    """ Days that snapshots are kept. """
    type_: None | str | Unset | VolumeType = UNSET
    """ Kind of storage. """
    host_dedication_key: None | str | Unset = UNSET
    """ Dedicated host group that it is on, or empty. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at

        encrypted = self.encrypted

        id = self.id

        name = self.name

        region = self.region

        size_gb = self.size_gb

        state: str
        if isinstance(self.state, VolumeState):
            state = self.state.value
        else:
            state = self.state

        zone = self.zone

        attached_alloc_id: None | str | Unset
        if isinstance(self.attached_alloc_id, Unset):
            attached_alloc_id = UNSET
        else:
            attached_alloc_id = self.attached_alloc_id

        attached_machine_id: None | str | Unset
        if isinstance(self.attached_machine_id, Unset):
            attached_machine_id = UNSET
        else:
            attached_machine_id = self.attached_machine_id

        auto_backup_enabled: bool | None | Unset
        if isinstance(self.auto_backup_enabled, Unset):
            auto_backup_enabled = UNSET
        else:
            auto_backup_enabled = self.auto_backup_enabled

        block_size: int | None | Unset
        if isinstance(self.block_size, Unset):
            block_size = UNSET
        else:
            block_size = self.block_size

        blocks: int | None | Unset
        if isinstance(self.blocks, Unset):
            blocks = UNSET
        else:
            blocks = self.blocks

        blocks_avail: int | None | Unset
        if isinstance(self.blocks_avail, Unset):
            blocks_avail = UNSET
        else:
            blocks_avail = self.blocks_avail

        blocks_free: int | None | Unset
        if isinstance(self.blocks_free, Unset):
            blocks_free = UNSET
        else:
            blocks_free = self.blocks_free

        bytes_total: int | None | Unset
        if isinstance(self.bytes_total, Unset):
            bytes_total = UNSET
        else:
            bytes_total = self.bytes_total

        bytes_used: int | None | Unset
        if isinstance(self.bytes_used, Unset):
            bytes_used = UNSET
        else:
            bytes_used = self.bytes_used

        fstype: None | str | Unset
        if isinstance(self.fstype, Unset):
            fstype = UNSET
        else:
            fstype = self.fstype

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

        required_host_features: list[str] | None | Unset
        if isinstance(self.required_host_features, Unset):
            required_host_features = UNSET
        elif isinstance(self.required_host_features, list):
            required_host_features = self.required_host_features

        else:
            required_host_features = self.required_host_features

        snapshot_retention: int | None | Unset
        if isinstance(self.snapshot_retention, Unset):
            snapshot_retention = UNSET
        else:
            snapshot_retention = self.snapshot_retention

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, VolumeType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        host_dedication_key: None | str | Unset
        if isinstance(self.host_dedication_key, Unset):
            host_dedication_key = UNSET
        else:
            host_dedication_key = self.host_dedication_key

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "encrypted": encrypted,
                "id": id,
                "name": name,
                "region": region,
                "size_gb": size_gb,
                "state": state,
                "zone": zone,
            }
        )
        if attached_alloc_id is not UNSET:
            field_dict["attached_alloc_id"] = attached_alloc_id
        if attached_machine_id is not UNSET:
            field_dict["attached_machine_id"] = attached_machine_id
        if auto_backup_enabled is not UNSET:
            field_dict["auto_backup_enabled"] = auto_backup_enabled
        if block_size is not UNSET:
            field_dict["block_size"] = block_size
        if blocks is not UNSET:
            field_dict["blocks"] = blocks
        if blocks_avail is not UNSET:
            field_dict["blocks_avail"] = blocks_avail
        if blocks_free is not UNSET:
            field_dict["blocks_free"] = blocks_free
        if bytes_total is not UNSET:
            field_dict["bytes_total"] = bytes_total
        if bytes_used is not UNSET:
            field_dict["bytes_used"] = bytes_used
        if fstype is not UNSET:
            field_dict["fstype"] = fstype
        if host_features is not UNSET:
            field_dict["host_features"] = host_features
        if host_status is not UNSET:
            field_dict["host_status"] = host_status
        if required_host_features is not UNSET:
            field_dict["required_host_features"] = required_host_features
        if snapshot_retention is not UNSET:
            field_dict["snapshot_retention"] = snapshot_retention
        if type_ is not UNSET:
            field_dict["type"] = type_
        if host_dedication_key is not UNSET:
            field_dict["host_dedication_key"] = host_dedication_key

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        created_at = d.pop("created_at")

        encrypted = d.pop("encrypted")

        id = d.pop("id")

        name = d.pop("name")

        region = d.pop("region")

        size_gb = d.pop("size_gb")

        def _parse_state(data: object) -> str | VolumeState:
            try:
                if not isinstance(data, str):
                    raise TypeError()
                state_type_0 = VolumeState(data)

                return state_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("str | VolumeState", data)

        state = _parse_state(d.pop("state"))

        zone = d.pop("zone")

        def _parse_attached_alloc_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        attached_alloc_id = _parse_attached_alloc_id(d.pop("attached_alloc_id", UNSET))

        def _parse_attached_machine_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        attached_machine_id = _parse_attached_machine_id(d.pop("attached_machine_id", UNSET))

        def _parse_auto_backup_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("bool | None | Unset", data)

        auto_backup_enabled = _parse_auto_backup_enabled(d.pop("auto_backup_enabled", UNSET))

        def _parse_block_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        block_size = _parse_block_size(d.pop("block_size", UNSET))

        def _parse_blocks(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        blocks = _parse_blocks(d.pop("blocks", UNSET))

        def _parse_blocks_avail(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        blocks_avail = _parse_blocks_avail(d.pop("blocks_avail", UNSET))

        def _parse_blocks_free(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        blocks_free = _parse_blocks_free(d.pop("blocks_free", UNSET))

        def _parse_bytes_total(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        bytes_total = _parse_bytes_total(d.pop("bytes_total", UNSET))

        def _parse_bytes_used(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        bytes_used = _parse_bytes_used(d.pop("bytes_used", UNSET))

        def _parse_fstype(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        fstype = _parse_fstype(d.pop("fstype", UNSET))

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

        def _parse_required_host_features(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                required_host_features_type_0 = cast("list[str]", data)

                return required_host_features_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("list[str] | None | Unset", data)

        required_host_features = _parse_required_host_features(d.pop("required_host_features", UNSET))

        def _parse_snapshot_retention(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("int | None | Unset", data)

        snapshot_retention = _parse_snapshot_retention(d.pop("snapshot_retention", UNSET))

        def _parse_type_(data: object) -> None | str | Unset | VolumeType:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = VolumeType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast("None | str | Unset | VolumeType", data)

        type_ = _parse_type_(d.pop("type", UNSET))

        def _parse_host_dedication_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast("None | str | Unset", data)

        host_dedication_key = _parse_host_dedication_key(d.pop("host_dedication_key", UNSET))

        volume = cls(
            created_at=created_at,
            encrypted=encrypted,
            id=id,
            name=name,
            region=region,
            size_gb=size_gb,
            state=state,
            zone=zone,
            attached_alloc_id=attached_alloc_id,
            attached_machine_id=attached_machine_id,
            auto_backup_enabled=auto_backup_enabled,
            block_size=block_size,
            blocks=blocks,
            blocks_avail=blocks_avail,
            blocks_free=blocks_free,
            bytes_total=bytes_total,
            bytes_used=bytes_used,
            fstype=fstype,
            host_features=host_features,
            host_status=host_status,
            required_host_features=required_host_features,
            snapshot_retention=snapshot_retention,
            type_=type_,
            host_dedication_key=host_dedication_key,
        )

        volume.additional_properties = d
        return volume

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
