"""The SDK calls that flows make: the only importer of `fly_machines.api`.

Each function describes one request as an effect; nothing is sent here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from fly_machines import models
from fly_machines.api.apps import apps_create, apps_delete, apps_get
from fly_machines.api.certificates import (
    certificates_check,
    certificates_create_acme,
    certificates_create_custom,
    certificates_delete,
    certificates_get,
    certificates_list,
)
from fly_machines.api.ip_assignments import (
    ip_assignments_create,
    ip_assignments_delete,
    ip_assignments_list,
)
from fly_machines.api.leases import leases_acquire, leases_release
from fly_machines.api.machines import (
    machines_create,
    machines_delete,
    machines_get,
    machines_list,
    machines_restart,
    machines_start,
    machines_stop,
    machines_update,
    machines_wait,
)
from fly_machines.api.metadata import metadata_patch
from fly_machines.api.platform import platform_find_placements
from fly_machines.api.secrets import secrets_list, secrets_update
from fly_machines.api.snapshots import snapshots_list
from fly_machines.api.volumes import (
    volumes_create,
    volumes_delete,
    volumes_extend,
    volumes_get,
    volumes_list,
    volumes_update,
)
from fly_machines.types import UNSET, Unset

from fly_resources._effects import Call
from fly_resources._paging import Page, by_header, limit_at, paged, whole
from fly_resources._readings import given
from fly_resources._refusals import refusals_come_back
from fly_resources.resources import DEFAULT_SIZE_GB, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines import Client


T = TypeVar("T")

#: Certificates a page: the most there may be (CE-1).
_CERTIFICATES: Final = 500


def get_app(name: str) -> Call[models.App]:
    """Apps_show."""
    return Call(lambda sdk: apps_get.sync(name, client=sdk), lambda sdk: apps_get.asyncio(name, client=sdk))


def create_app(
    name: str, org: str, network: str | None, key: str
) -> Call[models.App | models.CreateAppResponse]:
    """Apps_create, asking for the whole app in the answer (AP-2). `key` marks repeats of one request."""
    body = models.CreateAppRequest(name=name, org_slug=org, network=_maybe(network), idempotency_key=key)
    return Call(
        lambda sdk: apps_create.sync(client=sdk, body=body, wait=True),
        lambda sdk: apps_create.asyncio(client=sdk, body=body, wait=True),
    )


def delete_app(name: str) -> Call[None]:
    """Apps_delete; `force` stops what still runs (AP-18)."""
    return Call(
        lambda sdk: apps_delete.sync(name, client=sdk, force=True),
        lambda sdk: apps_delete.asyncio(name, client=sdk, force=True),
    )


def list_machines(app: str) -> Call[list[models.Machine]]:
    """Machines_list, all pages of it (MA-46)."""
    return paged(
        f"GET /v1/apps/{app}/machines",
        lambda sdk, at: machines_list.sync_detailed(app, client=sdk, cursor=at, limit=limit_at(at)),
        lambda sdk, at: machines_list.asyncio_detailed(app, client=sdk, cursor=at, limit=limit_at(at)),
        by_header,
    )


def get_machine(app: str, machine_id: str) -> Call[models.Machine]:
    """Machines_show."""
    return Call(
        lambda sdk: machines_get.sync(app, machine_id, client=sdk),
        lambda sdk: machines_get.asyncio(app, machine_id, client=sdk),
    )


def create_machine(
    app: str,
    name: str,
    config: Mapping[str, Any],
    *,
    region: str | None,
    skip_launch: bool,
    min_secrets_version: int | None,
) -> Call[models.Machine]:
    """Machines_create."""
    fields = {"name": name, "region": region, "config": config, "min_secrets_version": min_secrets_version}
    body = models.CreateMachineRequest.from_dict(
        _stated(fields) | ({"skip_launch": True} if skip_launch else {})
    )
    return Call(
        lambda sdk: machines_create.sync(app, client=sdk, body=body),
        lambda sdk: machines_create.asyncio(app, client=sdk, body=body),
    )


def update_machine(
    app: str,
    machine_id: str,
    config: Mapping[str, Any],
    *,
    nonce: str,
    current_version: str | None,
    skip_launch: bool,
    min_secrets_version: int | None,
) -> Call[models.Machine]:
    """Machines_update: the config is replaced whole, if the version is still the one we compared (LC-18)."""
    fields = {
        "config": config,
        "current_version": current_version,
        "min_secrets_version": min_secrets_version,
    }
    body = models.UpdateMachineRequest.from_dict(
        _stated(fields) | ({"skip_launch": True} if skip_launch else {})
    )
    return Call(
        lambda sdk: machines_update.sync(
            app, machine_id, client=sdk, body=body, fly_machine_lease_nonce=nonce
        ),
        lambda sdk: machines_update.asyncio(
            app, machine_id, client=sdk, body=body, fly_machine_lease_nonce=nonce
        ),
    )


def delete_machine(app: str, machine_id: str, nonce: str | None, *, force: bool) -> Call[object]:
    """Machines_delete; without a nonce where no lease can be had (HS-1)."""
    forced = True if force else UNSET
    held = _maybe(nonce)
    return Call(
        lambda sdk: machines_delete.sync(
            app, machine_id, client=sdk, force=forced, fly_machine_lease_nonce=held
        ),
        lambda sdk: machines_delete.asyncio(
            app, machine_id, client=sdk, force=forced, fly_machine_lease_nonce=held
        ),
    )


def start_machine(app: str, machine_id: str, nonce: str) -> Call[object]:
    """Machines_start."""
    return Call(
        lambda sdk: machines_start.sync(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
        lambda sdk: machines_start.asyncio(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
    )


def restart_machine(app: str, machine_id: str, nonce: str) -> Call[object]:
    """Machines_restart."""
    return Call(
        lambda sdk: machines_restart.sync(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
        lambda sdk: machines_restart.asyncio(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
    )


def stop_machine(app: str, machine_id: str, nonce: str) -> Call[object]:
    """Machines_stop, with the signal and timeout of the machine's own stop_config."""
    return Call(
        lambda sdk: machines_stop.sync(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
        lambda sdk: machines_stop.asyncio(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
    )


def wait_machine(
    app: str, machine_id: str, state: str, *, timeout_s: int, version: str | None, as_instance: bool = False
) -> Call[models.WaitMachineResponse]:
    """Machines_wait for one version; older servers want it as `instance_id` for stopped (WA-5).

    With `as_instance`, it is given as nothing else.
    """
    stated = UNSET if as_instance else _maybe(version)
    instance = _maybe(version) if as_instance or state == "stopped" else UNSET
    wanted: list[models.WaitState | str] = [state]
    return Call(
        lambda sdk: machines_wait.sync(
            app,
            machine_id,
            client=sdk,
            state=wanted,
            timeout=timeout_s,
            version=stated,
            instance_id=instance,
        ),
        lambda sdk: machines_wait.asyncio(
            app,
            machine_id,
            client=sdk,
            state=wanted,
            timeout=timeout_s,
            version=stated,
            instance_id=instance,
        ),
    )


def acquire_lease(app: str, machine_id: str, ttl_s: int, nonce: str | None = None) -> Call[str]:
    """Machines_create_lease: take it, or with its `nonce` extend it (LE-6). Answers the nonce."""
    body = models.AcquireLeaseRequest(description="fly-resources", ttl=ttl_s)
    held = _maybe(nonce)

    def sync(sdk: Client) -> str:
        answer = leases_acquire.sync(app, machine_id, client=sdk, body=body, fly_machine_lease_nonce=held)
        return answer.data.nonce

    async def aio(sdk: Client) -> str:
        answer = await leases_acquire.asyncio(
            app, machine_id, client=sdk, body=body, fly_machine_lease_nonce=held
        )
        return answer.data.nonce

    return Call(sync, aio, keep=True)


def release_lease(app: str, machine_id: str, nonce: str) -> Call[object]:
    """Machines_release_lease."""
    return Call(
        lambda sdk: leases_release.sync(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
        lambda sdk: leases_release.asyncio(app, machine_id, client=sdk, fly_machine_lease_nonce=nonce),
    )


def find_placements(org: str, region: str, guest: Mapping[str, Any] | None) -> Call[list[str]]:
    """Platform_placements_post: the regions among `region` that have room for one such machine (PL-7)."""
    body = models.FindPlacementsRequest.from_dict(
        _stated({"org_slug": org, "region": region, "count": 1, "compute": guest})
    )

    def read(answer: models.FindPlacementsResponse) -> list[str]:
        rooms = given(answer.regions) or []
        return [given(room.region) or "" for room in rooms if (given(room.count) or 0) > 0]

    def sync(sdk: Client) -> list[str]:
        return read(platform_find_placements.sync(client=sdk, body=body))

    async def aio(sdk: Client) -> list[str]:
        return read(await platform_find_placements.asyncio(client=sdk, body=body))

    return Call(sync, aio)


def patch_metadata(app: str, machine_id: str, metadata: Mapping[str, str]) -> Call[None]:
    """Machines_patch_metadata: adds and overwrites keys, restarts nothing (ME-3, ME-4)."""
    body = models.UpdateMetadataRequest.from_dict({"metadata": dict(metadata)})
    return Call(
        lambda sdk: metadata_patch.sync(app, machine_id, client=sdk, body=body),
        lambda sdk: metadata_patch.asyncio(app, machine_id, client=sdk, body=body),
    )


def list_volumes(app: str) -> Call[list[models.Volume]]:
    """Volumes_list, all pages of it (VO-23), dying ones included (VO-13)."""
    return paged(
        f"GET /v1/apps/{app}/volumes",
        lambda sdk, at: volumes_list.sync_detailed(app, client=sdk, cursor=at, limit=limit_at(at)),
        lambda sdk, at: volumes_list.asyncio_detailed(app, client=sdk, cursor=at, limit=limit_at(at)),
        by_header,
    )


def get_volume(app: str, volume_id: str) -> Call[models.Volume]:
    """Volumes_get_by_id."""
    return Call(
        lambda sdk: volumes_get.sync(app, volume_id, client=sdk),
        lambda sdk: volumes_get.asyncio(app, volume_id, client=sdk),
    )


def create_volume(noun: Volume, compute: Mapping[str, Any] | None) -> Call[models.Volume]:
    """Volumes_create; a 429 comes back.

    A fork has its source's size and encryption, and may leave the region to it (VO-5). A restore has its
    snapshot's size unless another than the default is given, which may be too small for it (VO-24).
    """
    forked = noun.source_volume_id is not None
    as_its_source = forked or (noun.snapshot_id is not None and noun.size_gb == DEFAULT_SIZE_GB)
    fields = {
        "name": noun.name,
        "size_gb": None if as_its_source else noun.size_gb,
        "region": noun.where,
        "encrypted": None if forked else noun.encrypted,
        "snapshot_id": noun.snapshot_id,
        "source_volume_id": noun.source_volume_id,
        "snapshot_retention": noun.snapshot_retention,
        "auto_backup_enabled": noun.auto_backup_enabled,
        "compute": compute,
    }
    body = models.CreateVolumeRequest.from_dict(_stated(fields))
    return _unrepeated(
        Call(
            lambda sdk: volumes_create.sync(noun.app_name, client=sdk, body=body),
            lambda sdk: volumes_create.asyncio(noun.app_name, client=sdk, body=body),
        )
    )


def extend_volume(app: str, volume_id: str, size_gb: int) -> Call[models.ExtendVolumeResponse]:
    """Volumes_extend."""
    body = models.ExtendVolumeRequest(size_gb=size_gb)
    return Call(
        lambda sdk: volumes_extend.sync(app, volume_id, client=sdk, body=body),
        lambda sdk: volumes_extend.asyncio(app, volume_id, client=sdk, body=body),
    )


def update_volume(app: str, volume_id: str, fields: Mapping[str, Any]) -> Call[models.Volume]:
    """Volumes_update."""
    body = models.UpdateVolumeRequest.from_dict(dict(fields))
    return Call(
        lambda sdk: volumes_update.sync(app, volume_id, client=sdk, body=body),
        lambda sdk: volumes_update.asyncio(app, volume_id, client=sdk, body=body),
    )


def delete_volume(app: str, volume_id: str) -> Call[models.Volume]:
    """Volume_delete."""
    return Call(
        lambda sdk: volumes_delete.sync(app, volume_id, client=sdk),
        lambda sdk: volumes_delete.asyncio(app, volume_id, client=sdk),
    )


def list_snapshots(app: str, volume_id: str) -> Call[list[models.VolumeSnapshot]]:
    """Volumes_list_snapshots, of a deleted volume too (SN-3)."""
    route = f"GET /v1/apps/{app}/volumes/{volume_id}/snapshots"

    def sync(sdk: Client) -> list[models.VolumeSnapshot]:
        return whole(route, snapshots_list.sync_detailed(app, volume_id, client=sdk))

    async def aio(sdk: Client) -> list[models.VolumeSnapshot]:
        return whole(route, await snapshots_list.asyncio_detailed(app, volume_id, client=sdk))

    return Call(sync, aio)


def list_secrets(app: str) -> Call[list[models.AppSecret]]:
    """Secrets_list, without values."""
    route = f"GET /v1/apps/{app}/secrets"

    def sync(sdk: Client) -> list[models.AppSecret]:
        return given(whole(route, secrets_list.sync_detailed(app, client=sdk)).secrets) or []

    async def aio(sdk: Client) -> list[models.AppSecret]:
        return given(whole(route, await secrets_list.asyncio_detailed(app, client=sdk)).secrets) or []

    return Call(sync, aio)


def set_secrets(app: str, values: Mapping[str, str | None]) -> Call[models.UpdateAppSecretsResponse]:
    """Secrets_update: sets all at once, None removes (SE-3)."""
    body = models.UpdateAppSecretsRequest.from_dict({"values": dict(values)})
    return Call(
        lambda sdk: secrets_update.sync(app, client=sdk, body=body),
        lambda sdk: secrets_update.asyncio(app, client=sdk, body=body),
    )


def list_certificates(app: str) -> Call[list[models.CertificateSummary]]:
    """App_Certificates_list, all pages of it (CE-1)."""

    def read(answer: models.ListCertificatesResponse) -> Page[models.CertificateSummary]:
        rows = answer.certificates or []
        return Page({given(row.hostname) or "": row for row in rows}, given(answer.next_cursor) or "")

    return paged(
        f"GET /v1/apps/{app}/certificates",
        lambda sdk, at: certificates_list.sync(app, client=sdk, cursor=at, limit=_CERTIFICATES),
        lambda sdk, at: certificates_list.asyncio(app, client=sdk, cursor=at, limit=_CERTIFICATES),
        read,
    )


def get_certificate(app: str, hostname: str) -> Call[models.CertificateDetail]:
    """App_Certificates_show."""
    return Call(
        lambda sdk: certificates_get.sync(app, hostname, client=sdk),
        lambda sdk: certificates_get.asyncio(app, hostname, client=sdk),
    )


def request_certificate(app: str, hostname: str) -> Call[models.CertificateDetail]:
    """App_Certificates_acme_create."""
    body = models.CreateAcmeCertificateRequest(hostname=hostname)
    return Call(
        lambda sdk: certificates_create_acme.sync(app, client=sdk, body=body),
        lambda sdk: certificates_create_acme.asyncio(app, client=sdk, body=body),
    )


def import_certificate(
    app: str, hostname: str, fullchain: str, private_key: str
) -> Call[models.CertificateDetail]:
    """App_Certificates_custom_create: importing again replaces (CE-2)."""
    body = models.CreateCustomCertificateRequest(
        hostname=hostname, fullchain=fullchain, private_key=private_key
    )
    return Call(
        lambda sdk: certificates_create_custom.sync(app, client=sdk, body=body),
        lambda sdk: certificates_create_custom.asyncio(app, client=sdk, body=body),
    )


def check_certificate(app: str, hostname: str) -> Call[models.CheckCertificateResponse]:
    """App_Certificates_check: the service looks the DNS records up now (CE-5)."""
    return Call(
        lambda sdk: certificates_check.sync(app, hostname, client=sdk),
        lambda sdk: certificates_check.asyncio(app, hostname, client=sdk),
    )


def delete_certificate(app: str, hostname: str) -> Call[None]:
    """App_Certificates_delete."""
    return Call(
        lambda sdk: certificates_delete.sync(app, hostname, client=sdk),
        lambda sdk: certificates_delete.asyncio(app, hostname, client=sdk),
    )


def list_addresses(app: str) -> Call[list[models.IpAssignment]]:
    """App_IPAssignments_list."""
    route = f"GET /v1/apps/{app}/ip_assignments"

    def sync(sdk: Client) -> list[models.IpAssignment]:
        return given(whole(route, ip_assignments_list.sync_detailed(app, client=sdk)).ips) or []

    async def aio(sdk: Client) -> list[models.IpAssignment]:
        return given(whole(route, await ip_assignments_list.asyncio_detailed(app, client=sdk)).ips) or []

    return Call(sync, aio)


def create_address(
    app: str,
    kind: str,
    *,
    region: str | None,
    network: str | None,
    org: str | None,
    service_name: str | None,
) -> Call[list[models.IpAssignment]]:
    """App_IPAssignments_create; a 429 comes back. A pair answers two addresses, the IPv4 one first.

    `org` goes with a private_v6 alone (IP-13).
    """
    fields = {
        "type": kind,
        "region": region,
        "network": network,
        "org_slug": org,
        "service_name": service_name,
    }
    body = models.CreateIpAssignmentRequest.from_dict(_stated(fields))

    def read(answer: models.CreateIpAssignmentResponse) -> list[models.IpAssignment]:
        data = answer.to_dict()
        pair = data.pop("ip_pair", None) or {}
        ips = [pair[half] for half in ("v4", "v6") if pair.get(half)] or [data.get("ip")]
        return [models.IpAssignment.from_dict({**data, "ip": ip}) for ip in ips]

    def sync(sdk: Client) -> list[models.IpAssignment]:
        return read(ip_assignments_create.sync(app, client=sdk, body=body))

    async def aio(sdk: Client) -> list[models.IpAssignment]:
        return read(await ip_assignments_create.asyncio(app, client=sdk, body=body))

    return _unrepeated(Call(sync, aio))


def delete_address(app: str, ip: str) -> Call[None]:
    """App_IPAssignments_delete."""
    return Call(
        lambda sdk: ip_assignments_delete.sync(app, ip, client=sdk),
        lambda sdk: ip_assignments_delete.asyncio(app, ip, client=sdk),
    )


def _unrepeated(request: Call[T]) -> Call[T]:
    """Leave a refusal by the rate limit to the flow, which looks before it sends again."""

    def sync(sdk: Client) -> T:
        with refusals_come_back():
            return request.sync(sdk)

    async def aio(sdk: Client) -> T:
        with refusals_come_back():
            return await request.aio(sdk)

    return Call(sync, aio)


def _maybe(value: T | None) -> T | Unset:
    return UNSET if value is None else value


def _stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
