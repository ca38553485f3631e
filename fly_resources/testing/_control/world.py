"""The world as shown to the page and other programs: plain data with ids, without secret values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from fly_resources.testing import _certificates as certificates
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing.cassettes import Scrubber

if TYPE_CHECKING:
    from fly_resources.testing._exchange import Service
    from fly_resources.testing._request_log import RecordedRequest
    from fly_resources.testing._state import App, Machine

#: The number of latest requests on the page.
_LATEST = 50
#: Maximum characters of a request body that `requests` shows.
_BODY = 4096


def state(service: Service) -> dict[str, Any]:
    """Return the whole world. Called with the service's lock held."""
    now, platform = service.clock.now(), service.platform
    return {
        "now_s": now,
        "time": platform.wall.millis(now),
        "apps": [_app(service, app, now) for _, app in sorted(service.world.apps.items())],
        "orgs": dict(platform.orgs),
        "full_regions": sorted(platform.full_regions),
        "faults": faults(service),
        "requests": [request_of(each) for each in service.requests[: -_LATEST - 1 : -1]],
        "requests_total": len(service.requests) + service.requests.dropped,
    }


def faults(service: Service) -> list[dict[str, Any]]:
    """Return the faults that are still waiting for a request."""
    return [
        {
            **attrs.asdict(armed.fault),
            "headers": dict(armed.fault.headers),
            "left": armed.fault.times - armed.fired,
        }
        for armed in service.faults.waiting()
    ]


def request_of(record: RecordedRequest) -> dict[str, Any]:
    """Return one request without its body."""
    return {
        "method": record.method,
        "path": record.path,
        "operation": record.operation,
        "status": record.status,
        "at_s": record.at,
        "took_s": None if record.ended_at is None else record.ended_at - record.at,
        "asked_by": record.asked_by,
    }


def whole_request(record: RecordedRequest, number: int) -> dict[str, Any]:
    """Return one request with its number, query and body; secrets in them are scrubbed."""
    query, body = Scrubber().plain(record.path, record.query, record.body)
    return {"number": number, **request_of(record), "query": query, "body": body[:_BODY]}


def _app(service: Service, app: App, now: float) -> dict[str, Any]:
    for machine in app.machines.values():
        lifecycle.advance(machine, now)
    names = {machine.id: machine.name for machine in app.machines.values()}
    platform = service.platform
    return {
        "name": app.name,
        "org": app.org,
        "network": app.network,
        "machines": [
            _machine(machine, now) for machine in app.machines.values() if machine.state != "destroyed"
        ],
        "volumes": [
            {
                "id": volume.id,
                "name": volume.name,
                "region": volume.region,
                "size_gb": volume.size_gb,
                "encrypted": volume.encrypted,
                "host_status": volume.host_status,
                "attached_machine_id": (holder := volume.held_by(now)),
                "attached_machine": names.get(holder or ""),
                "deleted": volume.deleted_at is not None,
            }
            for volume in app.volumes.values()
        ],
        "addresses": [
            {"address": ip.address, "type": ip.type, "region": ip.region, "network": ip.network}
            for ip in app.ips.values()
        ],
        "certificates": [
            {
                "hostname": each.hostname,
                "acme": each.acme_requested,
                "custom": each.custom,
                "active": certificates.active(platform, app, each),
            }
            for each in app.certificates.values()
        ],
        "secrets": sorted(app.secrets),
    }


def _machine(machine: Machine, now: float) -> dict[str, Any]:
    lease = machine.lease if machine.lease is not None and machine.lease.expires_at > now else None
    return {
        "id": machine.id,
        "name": machine.name,
        "state": machine.state,
        "version": machine.instance_id,
        "region": machine.region,
        "host_status": machine.host_status,
        "image": machine.config.get("image"),
        "cordoned": machine.cordoned,
        "leased_by": None if lease is None else lease.owner,
    }
