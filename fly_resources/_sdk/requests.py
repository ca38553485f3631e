"""The SDK calls of the flows: the only module that imports `fly_machines.api`.

Each function describes one request as an effect; nothing is sent here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
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
from fly_machines.api.ip_assignments import ip_assignments_create, ip_assignments_delete, ip_assignments_list
from fly_machines.api.leases import leases_acquire, leases_release
from fly_machines.api.logs import logs_list_app, logs_list_machine
from fly_machines.api.machines import (
    machines_create,
    machines_delete,
    machines_exec,
    machines_get,
    machines_list,
    machines_list_versions,
    machines_restart,
    machines_start,
    machines_stop,
    machines_update,
    machines_wait,
)
from fly_machines.api.metadata import metadata_patch
from fly_machines.api.organizations import organizations_list_machines
from fly_machines.api.platform import platform_find_placements
from fly_machines.api.secrets import secrets_get, secrets_list, secrets_update
from fly_machines.api.snapshots import snapshots_list
from fly_machines.api.tokens import tokens_get_current
from fly_machines.api.volumes import (
    volumes_create,
    volumes_delete,
    volumes_extend,
    volumes_get,
    volumes_list,
    volumes_update,
)
from fly_machines.types import UNSET

from fly_resources._sdk.asking import ask, converted, maybe, read_shared, sent_once, stated, whole, with_parts
from fly_resources._sdk.paging import Listing, Page, by_header, limit_at
from fly_resources._sdk.reading import given, log_lines
from fly_resources.errors import OutcomeUnknownError
from fly_resources.resources import DEFAULT_SIZE_GB, Volume

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_resources._engine.effects import Call, Request
    from fly_resources.report import LogLine

#: Seconds for reading the log of a failed machine: its error waits no longer than that.
_LAST_LOGS_S: Final = 3.0
#: Seconds that the response to a command may take in addition to the command itself.
_BESIDE_EXEC_S: Final = 15
#: Timeout for extending a lease: while the lease lasts, the extension can be requested again.
_EXTENDED_S: Final = 10
#: Certificates per page: the maximum (CE-1).
_CERTIFICATES: Final = 500


def get_app(name: str) -> Call[models.App]:
    """Apps_show."""
    return read_shared(apps_get, name)


def create_app(name: str, org: str, network: str | None, key: str) -> Call[models.App | None]:
    """Apps_create, requesting the app in the response (AP-2): None if it is not there.

    `key` identifies repeats of a request.
    """
    body = models.CreateAppRequest(name=name, org_slug=org, network=maybe(network), idempotency_key=key)
    created = ask(apps_create, body=body, wait=True)
    return converted(created, lambda answer: answer if isinstance(answer, models.App) else None)


def delete_app(name: str) -> Call[None]:
    """Apps_delete; `force` stops machines that are still running (AP-18)."""
    return ask(apps_delete, name, force=True)


def list_machines(app: str, *, ever: bool = False) -> Request[list[models.Machine]]:
    """Machines_list, all pages (MA-46); with `ever`, including the known destroyed machines (MA-33)."""
    deleted = True if ever else UNSET
    return Listing(
        lambda cursor: by_header(
            read_shared(machines_list, app, include_deleted=deleted, cursor=cursor, limit=limit_at(cursor))
        ),
    )


def list_org_machines(org: str) -> Request[list[models.OrgMachine]]:
    """Machines_org_list, all pages (OR-1)."""

    def read(answer: models.ListOrgMachinesResponse) -> Page[models.OrgMachine]:
        rows = given(answer.machines) or []
        return Page({given(row.id) or "": row for row in rows}, given(answer.next_cursor) or "")

    return Listing(
        lambda cursor: converted(read_shared(organizations_list_machines, org, cursor=cursor), read),
    )


def get_token_orgs() -> Call[list[str]]:
    """CurrentToken_show: the slugs of the organisations that the token is for (AU-12)."""

    def read(answer: models.CurrentTokenResponse) -> list[str]:
        slugs = (given(each.org_slug) for each in given(answer.tokens) or [])
        return list(dict.fromkeys(slug for slug in slugs if slug))

    return converted(read_shared(tokens_get_current), read)


def exec_machine(
    app: str, machine_id: str, command: Sequence[str], *, timeout_s: int, stdin: str | None, nonce: str | None
) -> Call[models.ExecMachineResponse]:
    """Machines_exec: never retried once it may have run. The response may take as long as the command."""
    body = stated(models.ExecMachineRequest, command=list(command), timeout=timeout_s, stdin=stdin)
    request = ask(machines_exec, app, machine_id, body=body, fly_machine_lease_nonce=maybe(nonce))
    return with_parts(request, timeout=timeout_s + _BESIDE_EXEC_S)


def read_logs(app: str, machine_id: str | None) -> Call[list[LogLine]]:
    """App_Logs_list, or Machines_list_logs: the latest lines, one JSON object per line."""
    text = ask(logs_list_app, app) if machine_id is None else ask(logs_list_machine, app, machine_id)
    return converted(text, log_lines)


def read_last_logs(app: str, machine_id: str) -> Call[list[LogLine]]:
    """Machines_list_logs, for an error that must not be delayed: one attempt, at most 3 s."""
    once = {"fly_retry": False, "fly_refusals": 0}
    return with_parts(read_logs(app, machine_id), timeout=_LAST_LOGS_S, extensions=once)


def get_machine(app: str, machine_id: str, version: str | None = None) -> Call[models.Machine]:
    """Machines_show: the current machine, or the machine in another version (MA-47)."""
    return read_shared(machines_get, app, machine_id, version=maybe(version))


def list_versions(app: str, machine_id: str) -> Call[list[models.MachineVersion]]:
    """Machines_list_versions (LC-30)."""
    return whole(read_shared(machines_list_versions, app, machine_id))


def create_machine(
    app: str,
    name: str,
    config: Mapping[str, Any],
    *,
    region: str | None,
    skip_launch: bool = False,
    min_secrets_version: int | None = None,
) -> Call[models.Machine]:
    """Machines_create."""
    body = stated(
        models.CreateMachineRequest,
        name=name,
        region=region,
        config=config,
        min_secrets_version=min_secrets_version,
        skip_launch=skip_launch or None,
    )
    return ask(machines_create, app, body=body)


def create_machine_once(
    app: str, name: str, config: Mapping[str, Any], *, region: str | None
) -> Call[models.Machine]:
    """Machines_create; a 429 is returned to the flow, and a cancellation waits for the response."""
    return attrs.evolve(sent_once(create_machine(app, name, config, region=region)), keep=True)


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
    """Machines_update: replaces the whole config, if the version is still the compared one (LC-18)."""
    body = stated(
        models.UpdateMachineRequest,
        config=config,
        current_version=current_version,
        min_secrets_version=min_secrets_version,
        skip_launch=skip_launch or None,
    )
    return ask(machines_update, app, machine_id, body=body, fly_machine_lease_nonce=nonce)


def delete_machine(app: str, machine_id: str, nonce: str | None, *, force: bool) -> Call[object]:
    """Machines_delete; without a nonce if no lease can be acquired (HS-1)."""
    forced = True if force else UNSET
    return ask(machines_delete, app, machine_id, force=forced, fly_machine_lease_nonce=maybe(nonce))


def start_machine(app: str, machine_id: str, nonce: str | None) -> Call[object]:
    """Machines_start."""
    return ask(machines_start, app, machine_id, fly_machine_lease_nonce=maybe(nonce))


def restart_machine(app: str, machine_id: str, nonce: str | None) -> Call[object]:
    """Machines_restart."""
    return ask(machines_restart, app, machine_id, fly_machine_lease_nonce=maybe(nonce))


def stop_machine(app: str, machine_id: str, nonce: str | None) -> Call[object]:
    """Machines_stop, with the signal and timeout of the machine's own stop_config."""
    return ask(machines_stop, app, machine_id, fly_machine_lease_nonce=maybe(nonce))


def wait_machine(
    app: str,
    machine_id: str,
    state: str,
    *more: str,
    timeout_s: int,
    version: str | None,
    as_instance: bool = False,
) -> Call[models.WaitMachineResponse]:
    """Machines_wait for one version; older servers require it as `instance_id` for stopped (WA-5).

    With `as_instance`, only `instance_id` is sent.
    """
    return ask(
        machines_wait,
        app,
        machine_id,
        state=[state, *more],
        timeout=timeout_s,
        version=UNSET if as_instance else maybe(version),
        instance_id=maybe(version) if as_instance or state == "stopped" else UNSET,
    )


def acquire_lease(app: str, machine_id: str, ttl_s: int, nonce: str | None = None) -> Call[str]:
    """Machines_create_lease: acquire it, or with its `nonce` extend it (LE-6). Returns the nonce."""
    body = models.AcquireLeaseRequest(description="fly-resources", ttl=ttl_s)
    request = ask(leases_acquire, app, machine_id, body=body, fly_machine_lease_nonce=maybe(nonce))
    if nonce is not None:
        request = with_parts(request, timeout=_EXTENDED_S)
    return attrs.evolve(converted(request, lambda answer: answer.data.nonce), keep=True)


def release_lease(app: str, machine_id: str, nonce: str) -> Call[object]:
    """Machines_release_lease."""
    return ask(leases_release, app, machine_id, fly_machine_lease_nonce=nonce)


def find_placements(org: str, region: str, guest: Mapping[str, Any] | None) -> Call[list[str]]:
    """Platform_placements_post: the regions in `region` with capacity for one such machine (PL-7)."""
    body = stated(models.FindPlacementsRequest, org_slug=org, region=region, count=1, compute=guest)

    def read(answer: models.FindPlacementsResponse) -> list[str]:
        rooms = given(answer.regions) or []
        return [given(room.region) or "" for room in rooms if (given(room.count) or 0) > 0]

    return converted(ask(platform_find_placements, body=body), read)


def patch_metadata(app: str, machine_id: str, metadata: Mapping[str, str]) -> Call[None]:
    """Machines_patch_metadata: adds and overwrites keys without a restart (ME-3, ME-4)."""
    body = models.UpdateMetadataRequest.from_dict({"metadata": dict(metadata)})
    return ask(metadata_patch, app, machine_id, body=body)


def list_volumes(app: str) -> Request[list[models.Volume]]:
    """Volumes_list, all pages (VO-23), including dying volumes (VO-13)."""
    return Listing(
        lambda cursor: by_header(read_shared(volumes_list, app, cursor=cursor, limit=limit_at(cursor))),
    )


def get_volume(app: str, volume_id: str) -> Call[models.Volume]:
    """Volumes_get_by_id."""
    return read_shared(volumes_get, app, volume_id)


def create_volume(resource: Volume, compute: Mapping[str, Any] | None) -> Call[models.Volume]:
    """Volumes_create; a 429 is returned to the flow.

    A fork has its source's size and encryption, and may omit the region (VO-5). A restore has its snapshot's
    size unless a size other than the default is given, which may be too small (VO-24).
    """
    forked = resource.source_volume_id is not None
    as_its_source = forked or (resource.snapshot_id is not None and resource.size_gb == DEFAULT_SIZE_GB)
    body = stated(
        models.CreateVolumeRequest,
        name=resource.name,
        size_gb=None if as_its_source else resource.size_gb,
        region=resource.where,
        encrypted=None if forked else resource.encrypted,
        snapshot_id=resource.snapshot_id,
        source_volume_id=resource.source_volume_id,
        snapshot_retention=resource.snapshot_retention,
        auto_backup_enabled=resource.auto_backup_enabled,
        compute=compute,
    )
    return sent_once(ask(volumes_create, resource.app_name, body=body))


def extend_volume(app: str, volume_id: str, size_gb: int) -> Call[models.ExtendVolumeResponse]:
    """Volumes_extend."""
    return ask(volumes_extend, app, volume_id, body=models.ExtendVolumeRequest(size_gb=size_gb))


def update_volume(app: str, volume_id: str, fields: Mapping[str, Any]) -> Call[models.Volume]:
    """Volumes_update."""
    return ask(volumes_update, app, volume_id, body=models.UpdateVolumeRequest.from_dict(dict(fields)))


def delete_volume(app: str, volume_id: str) -> Call[models.Volume]:
    """Volume_delete."""
    return ask(volumes_delete, app, volume_id)


def list_snapshots(app: str, volume_id: str) -> Call[list[models.VolumeSnapshot]]:
    """Volumes_list_snapshots, also of a deleted volume (SN-3)."""
    return whole(read_shared(snapshots_list, app, volume_id))


def list_secrets(app: str) -> Call[list[models.AppSecret]]:
    """Secrets_list, without values."""
    return converted(whole(read_shared(secrets_list, app)), lambda answer: given(answer.secrets) or [])


def get_secret(app: str, name: str) -> Call[models.AppSecret]:
    """Secret_get, without the value."""
    return read_shared(secrets_get, app, name)


def set_secrets(app: str, values: Mapping[str, str | None]) -> Call[models.UpdateAppSecretsResponse]:
    """Secrets_update: sets all at once; None removes a secret (SE-3)."""
    return ask(secrets_update, app, body=models.UpdateAppSecretsRequest.from_dict({"values": dict(values)}))


def list_certificates(app: str) -> Request[list[models.CertificateSummary]]:
    """App_Certificates_list, all pages (CE-1)."""

    def read(answer: models.ListCertificatesResponse) -> Page[models.CertificateSummary]:
        rows = answer.certificates or []
        return Page({given(row.hostname) or "": row for row in rows}, given(answer.next_cursor) or "")

    return Listing(
        lambda cursor: converted(
            read_shared(certificates_list, app, cursor=cursor, limit=_CERTIFICATES), read
        ),
    )


def get_certificate(app: str, hostname: str) -> Call[models.CertificateDetail]:
    """App_Certificates_show."""
    return read_shared(certificates_get, app, hostname)


def request_certificate(app: str, hostname: str) -> Call[models.CertificateDetail]:
    """App_Certificates_acme_create."""
    return ask(certificates_create_acme, app, body=models.CreateAcmeCertificateRequest(hostname=hostname))


def import_certificate(
    app: str, hostname: str, fullchain: str, private_key: str
) -> Call[models.CertificateDetail]:
    """App_Certificates_custom_create: importing again replaces the certificate (CE-2)."""
    body = models.CreateCustomCertificateRequest(
        hostname=hostname, fullchain=fullchain, private_key=private_key
    )
    return ask(certificates_create_custom, app, body=body)


def check_certificate(app: str, hostname: str) -> Call[models.CheckCertificateResponse]:
    """App_Certificates_check: the service looks up the DNS records now (CE-5)."""
    return ask(certificates_check, app, hostname)


def delete_certificate(app: str, hostname: str) -> Call[None]:
    """App_Certificates_delete."""
    return ask(certificates_delete, app, hostname)


def list_addresses(app: str) -> Call[list[models.IpAssignment]]:
    """App_IPAssignments_list; null counts as an empty list."""
    return converted(list_addresses_if_told(app), lambda ips: ips or [])


def list_addresses_if_told(app: str) -> Call[list[models.IpAssignment] | None]:
    """App_IPAssignments_list; None if the service answers null, which says nothing."""
    return converted(whole(read_shared(ip_assignments_list, app)), lambda answer: given(answer.ips))


def create_address(
    app: str,
    kind: str,
    *,
    region: str | None,
    network: str | None,
    org: str | None,
    service_name: str | None,
) -> Call[list[models.IpAssignment]]:
    """App_IPAssignments_create; a 429 is returned to the flow. A pair returns two addresses, IPv4 first.

    `org` is sent only for a private_v6 (IP-13).
    """
    place = {"region": region, "network": network, "org_slug": org, "service_name": service_name}
    body = stated(models.CreateIpAssignmentRequest, type=kind, **place)

    def read(answer: models.CreateIpAssignmentResponse) -> list[models.IpAssignment]:
        data = answer.to_dict()
        pair = data.pop("ip_pair", None) or {}
        ips = [pair.get("v4"), pair.get("v6"), None if pair else data.get("ip")]
        if not any(ips):
            raise OutcomeUnknownError("The answer names no address.", method="POST", route="")
        return [models.IpAssignment.from_dict({**data, "ip": ip}) for ip in ips if ip]

    return sent_once(converted(ask(ip_assignments_create, app, body=body), read))


def delete_address(app: str, ip: str) -> Call[None]:
    """App_IPAssignments_delete."""
    return ask(ip_assignments_delete, app, ip)
