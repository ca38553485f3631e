"""One machine list for all waits of an app: two or more share it, read at most once a second (rule 6)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._nouns.listings import Machines
from fly_resources._nouns.run import NEVER
from fly_resources._nouns.world import clarified, is_unclear
from fly_resources._sdk import reading, requests
from fly_resources.errors import FlyError

if TYPE_CHECKING:
    from collections.abc import Generator

    from fly_machines import models

    from fly_resources._nouns.run import Poll, Run

#: How late a wait notices a list made by another: a share of the time waited so far, within bounds.
NOTICE_SHARE: Final = 0.02
NOTICE_MIN_S: Final = 0.02
NOTICE_MAX_S: Final = 0.25
#: How often to read lists without configs: a share of the time waited so far, up to the given seconds.
BARE_SHARE: Final = 0.1
BARE_MAX_S: Final = 5.0
#: The number of waits in one app from which on they share a list.
_SEVERAL: Final = 2


@contextlib.contextmanager
def waiting(app: str, run: Run) -> Generator[None]:
    """Count a wait; two or more waits in one app share a list."""
    run.poll(app).waits += 1
    try:
        yield
    finally:
        run.poll(app).waits -= 1


def is_shared(app: str, run: Run) -> bool:
    """Return whether enough waits are active in the app to share a list."""
    return run.poll(app).waits >= _SEVERAL


def look_in_list(model: models.Machine, app: str, run: Run, began: float) -> Flow[models.Machine | None]:
    """Return the machine from the app's shared list, or None if the list lacks it: read it by id (rule 9).

    The app's machines are listed at most once a second for all waits (RL-1). Only a list that was requested
    after the caller's own write shows the result of that write. Return `model` unchanged if nobody else waits
    any more.
    """
    asked = yield from now()
    poll = run.poll(app)
    # A list that has ended is older than this request, even if no time has passed since.
    ended_at = NEVER if poll.busy else poll.at
    while True:
        moment = yield from now()
        if not poll.busy and poll.at >= asked and poll.at > ended_at:
            return poll.machines.by_id.get(model.id)
        if not is_shared(app, run):
            return model  # the other waits have ended, so the service's own wait can be used again
        # A list that also needs a read per machine becomes rarer over time.
        bare_s = min(BARE_MAX_S, max(1.0, BARE_SHARE * (moment - began)))
        due = poll.at + (bare_s if poll.bare else 1.0)
        if not poll.busy and moment >= due:
            yield from _list(app, poll, moment)
            return poll.machines.by_id.get(model.id)
        # The end of a list is noticed so little late that it hardly counts in the whole wait. A list made
        # before it is due (`list_for_others`) may be noticed a little later: each check costs all waits.
        pause = min(NOTICE_MAX_S, max(NOTICE_MIN_S, NOTICE_SHARE * (moment - began)))
        yield from sleep(pause if poll.busy else min(NOTICE_MAX_S, due - moment))


def look_again(app: str, model: models.Machine, run: Run) -> Flow[models.Machine]:
    """Read a machine that is being waited for, from the shared list if the app has other waits."""
    with waiting(app, run):
        if is_shared(app, run):
            seen = yield from look_in_list(model, app, run, (yield from now()))
            if seen is not None and seen is not model:
                return seen
        return (yield from call(requests.get_machine(app, model.id)))


def list_for_others(app: str, run: Run) -> Flow[None]:
    """List the app's machines now: one that was started together with the caller's is probably ready too."""
    poll = run.poll(app)
    if poll.at == NEVER or poll.busy or not is_shared(app, run):
        return
    # A failure concerns the waits that depend on the list; the caller already has its answer.
    with contextlib.suppress(FlyError):
        yield from _list(app, poll, (yield from now()))


def _list(app: str, poll: Poll, moment: float) -> Flow[None]:
    poll.busy = True
    try:
        listed = yield from call(requests.list_machines(app))
        poll.bare = any(is_unclear(each) and not reading.has_config(each) for each in listed)
        poll.machines = Machines((yield from clarified(app, listed)))
        poll.at = moment
    finally:
        poll.busy = False
