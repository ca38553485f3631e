"""Leases: held while a machine is changed, refreshed while that takes long, always given back."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from fly_resources import _ops
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.run import HeldLease, Run, time_left
from fly_resources.errors import FlyError, LeaseHeldError

if TYPE_CHECKING:
    from collections.abc import Callable

#: After a crash of ours, others wait at most so long.
LEASE_S: Final = 60
#: Asked for so often again after a lost answer.
_RESENDS: Final = 2


def under_lease(app: str, machine_id: str, run: Run, work: Callable[[], Flow[None]]) -> Flow[None]:
    """Do `work` while holding the machine's lease; give it back whatever happens."""
    yield from acquire(app, machine_id, run)
    try:
        yield from work()
    except Exception:
        yield from release(app, machine_id, run)
        raise
    yield from release(app, machine_id, run)


def acquire(app: str, machine_id: str, run: Run, ttl_s: int = LEASE_S) -> Flow[None]:
    """Take the lease; while another holds it, wait, up to the step's limit (LE-3).

    It is taken for `LEASE_S` at most, whoever wants it for longer: nobody may be there to give it back.

    One that was granted in a lost answer is held by nobody: its nonce is not known, so it is waited for like
    another's. It ends after `ttl_s`.
    """
    began = yield from now()
    pause, lost = 1.0, 0
    while True:
        # Looked at before: after the answer, nothing may come between the lease and our note of it.
        moment = yield from now()
        try:
            nonce = yield from call(_ops.acquire_lease(app, machine_id, min(ttl_s, LEASE_S)))
        except FlyError as error:
            lost += error.maybe_applied
            again = isinstance(error, LeaseHeldError) or (error.maybe_applied and lost <= _RESENDS)
            if not again or (yield from time_left(run, began)) < pause:
                if lost and isinstance(error, LeaseHeldError):
                    error.add_note("It may be this program's own, from an answer that was lost.")
                raise
        else:
            run.leases[app, machine_id] = HeldLease(nonce, moment)
            return
        yield from sleep(pause)
        pause = min(pause * 2, 8.0)


def until_free(attempt: Callable[[], Flow[None]], run: Run) -> Flow[None]:
    """Try again while another holds the machine's lease, up to the step's limit (LE-3)."""
    began = yield from now()
    pause = 1.0
    while True:
        try:
            return (yield from attempt())
        except LeaseHeldError:
            if (yield from time_left(run, began)) < pause:
                raise
        yield from sleep(pause)
        pause = min(pause * 2, 8.0)


def refresh(app: str, machine_id: str, run: Run) -> Flow[None]:
    """Extend the lease, if we hold it and half of it has passed (LE-6)."""
    held = run.leases.get((app, machine_id))
    moment = yield from now()
    if held is None or moment - held.taken_at < LEASE_S / 2:
        return
    try:
        nonce = yield from call(_ops.acquire_lease(app, machine_id, LEASE_S, held.nonce))
    except FlyError as error:
        if not error.maybe_applied:
            raise
        # The old one is still in force, and the next look asks again.
        return
    run.leases[app, machine_id] = HeldLease(nonce, moment)


def extend(run: Run, until: float) -> Flow[bool]:
    """Extend the run's lease for a while, but not beyond `until`; return whether there is more to do later.

    One that has ended, or that somebody else holds by now, is given up: the next write with it is refused.
    """
    for (app, machine_id), held in list(run.leases.items()):
        moment = yield from now()
        ttl_s = min(LEASE_S, int(until - moment))
        if ttl_s < 1:
            return False
        try:
            nonce = yield from call(_ops.acquire_lease(app, machine_id, ttl_s, held.nonce))
        except FlyError as error:
            return error.maybe_applied
        run.leases[app, machine_id] = HeldLease(nonce, moment)
        return moment + ttl_s < until
    return False


def release(app: str, machine_id: str, run: Run) -> Flow[None]:
    """Give the lease back; one that has ended, or went with its machine, is fine (LE-4)."""
    held = run.leases.get((app, machine_id))
    if held is None:
        return
    # It ends by itself after LEASE_S; what happened before matters more than a failure here.
    with contextlib.suppress(FlyError):
        yield from call(_ops.release_lease(app, machine_id, held.nonce))
    # Only now: interrupted before, it is still to be given back.
    run.leases.pop((app, machine_id), None)


def release_all(run: Run) -> Flow[None]:
    """Give all leases of an interrupted run back."""
    for app, machine_id in list(run.leases):
        yield from release(app, machine_id, run)
