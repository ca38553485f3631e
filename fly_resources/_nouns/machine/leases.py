"""Machine leases: held during a change, refreshed if it takes long, and always released."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from typing import Final, TypeVar

from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._nouns.run import HeldLease, Options, Run, time_left
from fly_resources._sdk import requests
from fly_resources.errors import FlyError, LeaseHeldError

T = TypeVar("T")

#: Lease duration in seconds: after a crash of this program, others wait at most this long.
LEASE_S: Final = 60
#: How many times a request is sent again after a lost answer.
_RESENDS: Final = 2


def under_lease(
    app: str, machine_id: str, run: Run, work: Callable[[], Flow[T]], *, keep: bool = False
) -> Flow[T]:
    """Run `work` while holding the machine's lease, and release the lease in any case.

    With `keep`, release it only on failure: for work that is followed by more under the same lease, or that
    ends the lease itself.
    """
    if (app, machine_id) not in run.leases:
        yield from acquire(app, machine_id, run)
    try:
        done = yield from work()
    except Exception:
        yield from release(app, machine_id, run)
        raise
    if not keep:
        yield from release(app, machine_id, run)
    return done


def acquire(app: str, machine_id: str, run: Run, ttl_s: int = LEASE_S) -> Flow[None]:
    """Acquire the lease; while somebody else holds it, wait, up to the step's limit (LE-3).

    The lease is requested for at most `LEASE_S` seconds, even if `ttl_s` is longer, because the program may
    end without releasing it.

    If the answer that granted a lease is lost, nobody holds its nonce: the lease is waited for like anyone
    else's, and expires within `LEASE_S` seconds.
    """
    take = functools.partial(_take, app, machine_id, run, min(ttl_s, LEASE_S))
    yield from until_free(take, run, resends=_RESENDS)
    yield from refresh(app, machine_id, run)  # the answer may take as long as the lease lasts


def _take(app: str, machine_id: str, run: Run | Options, ttl_s: int, nonce: str | None = None) -> Flow[None]:
    """Acquire the lease, or extend that with the `nonce`, once."""
    # Read the clock first: nothing may come between the answer and the record of the lease.
    moment = yield from now()
    nonce = yield from call(requests.acquire_lease(app, machine_id, ttl_s, nonce))
    run.leases[app, machine_id] = HeldLease(nonce, moment)


def until_free(attempt: Callable[[], Flow[T]], run: Run, *, resends: int = 0) -> Flow[T]:
    """Retry while somebody else holds the machine's lease, up to the step's limit (LE-3).

    After a lost answer, the request is sent again up to `resends` times.
    """
    began = yield from now()
    pause, lost = 1.0, 0
    while True:
        try:
            return (yield from attempt())
        except FlyError as error:
            lost += error.maybe_applied
            is_held = isinstance(error, LeaseHeldError)
            again = is_held or (error.maybe_applied and lost <= resends)
            if not again or (yield from time_left(run, began)) < pause:
                if lost and is_held:
                    error.add_note("The lease may be this program's own, from a lost response.")
                raise
        yield from sleep(pause)
        pause = min(pause * 2, 8.0)


def refresh(app: str, machine_id: str, run: Run) -> Flow[None]:
    """Extend the lease if we hold it and half of its duration has passed (LE-6)."""
    held = run.leases.get((app, machine_id))
    if held is None or (yield from now()) - held.taken_at < LEASE_S / 2:
        return
    try:
        yield from _take(app, machine_id, run, LEASE_S, held.nonce)
    except FlyError as error:
        # After a lost answer, the old lease is still in force, and the next poll tries again.
        if not error.maybe_applied:
            raise


def extend(run: Run | Options, until: float) -> Flow[bool]:
    """Extend the one lease of a call, not beyond the time `until`; return whether to do so again later.

    A refusal may be a mistake, so the request is repeated while the lease is in force. A lease that
    has expired or is held by somebody else is given up: the next write with it is refused.
    """
    lease = next(iter(list(run.leases.items())), None)
    moment = yield from now()
    ttl_s = min(LEASE_S, int(until - moment))
    if lease is None or ttl_s < 1:
        return False
    (app, machine_id), held = lease
    try:
        yield from _take(app, machine_id, run, ttl_s, held.nonce)
    except FlyError as error:
        return error.maybe_applied or moment < held.taken_at + LEASE_S
    return moment + ttl_s < until


def release(app: str, machine_id: str, run: Run | Options) -> Flow[None]:
    """Release the lease. It is not an error if the lease has expired or its machine is gone (LE-4)."""
    held = run.leases.get((app, machine_id))
    if held is None:
        return
    # The lease expires after LEASE_S anyway, and the outcome of the work matters more than a failure here.
    with contextlib.suppress(FlyError):
        yield from call(requests.release_lease(app, machine_id, held.nonce))
    # Forget the lease only now: if interrupted earlier, it must still be released.
    run.leases.pop((app, machine_id), None)


def release_all(run: Run | Options) -> Flow[None]:
    """Release all leases of an interrupted call."""
    for app, machine_id in list(run.leases):
        yield from release(app, machine_id, run)
