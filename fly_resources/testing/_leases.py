"""Leases on machines (LE-1 to LE-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from fly_resources.testing import _errors as errors
from fly_resources.testing._call import as_int, as_text
from fly_resources.testing._state import Lease, Machine
from fly_resources.testing._wire import Answer, json_answer

if TYPE_CHECKING:
    from fly_resources.testing._call import Call
    from fly_resources.testing._wire import JsonObject

_DEFAULT_TTL_S = 60  # not recorded
_OWNER = "simulator@tokens.fly.io"


def current(machine: Machine, now: float) -> Lease | None:
    """Return the lease that is in force, or None."""
    lease = machine.lease
    return lease if lease is not None and lease.expires_at > now else None


def grant(call: Call, machine: Machine, ttl_s: int, description: str) -> Lease:
    """Grant a lease, or extend the one whose nonce the request has (LE-6)."""
    until = call.now + ttl_s
    held = current(machine, call.now)
    if held is not None:  # the nonce was checked before
        lease = attrs.evolve(held, expires_at=until, description=description or held.description)
    else:
        lease = Lease(call.platform.ids.hex(12), _OWNER, description, until, machine.instance_id)
    machine.lease = lease
    return lease


def show(call: Call) -> Answer:
    """Machines_show_lease (LE-4)."""
    lease = current(call.machine(), call.now)
    if lease is None:
        raise errors.lease_not_found()
    return json_answer(_envelope(call, lease))


def create(call: Call) -> Answer:
    """Machines_create_lease: 201 and an envelope (LE-1, `Behaviour`); `ttl` is in the body or the query."""
    machine = call.machine_to_change()
    body = call.body("main.createLeaseRequest", needed=False)
    ttl = as_int(body.get("ttl"), "int") or call.number("ttl", _DEFAULT_TTL_S)
    if ttl <= 0:
        raise errors.daemon("invalid_argument", "ttl must be positive")
    lease = grant(call, machine, ttl, as_text(body.get("description"), "string"))
    call.save(machine)
    return json_answer(_envelope(call, lease), call.platform.behaviour.lease_create_status)


def release(call: Call) -> Answer:
    """Machines_release_lease: requires the nonce; 404 if there is no lease (LE-4, LE-5)."""
    machine = call.machine()
    lease = current(machine, call.now)
    if lease is None:
        raise errors.lease_not_found()
    if lease.nonce != call.request.lease_nonce:  # the body is not recorded
        raise errors.refusal(400, "invalid lease nonce")
    machine = machine.fork()
    machine.lease = None
    call.save(machine)
    return json_answer({"status": "success", "data": {"ok": True}})


def stripped(call: Call, machine: Machine) -> JsonObject | None:
    """Return the lease without its nonce, as `include_leases` returns it."""
    lease = current(machine, call.now)
    if lease is None:
        return None
    return {
        "owner": lease.owner,
        "description": lease.description,
        "expires_at": int(call.platform.wall.unix(lease.expires_at)),
    }


def _envelope(call: Call, lease: Lease) -> JsonObject:
    data: JsonObject = {
        "nonce": lease.nonce,
        "expires_at": int(call.platform.wall.unix(lease.expires_at)),
        "owner": lease.owner,
        "description": lease.description,
        "version": lease.version,
    }
    return {"status": "success", "data": data} if call.platform.behaviour.lease_envelope else data
