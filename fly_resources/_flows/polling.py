"""One list for all the waits of an app: two or more look at it, at most once a second (rule 6)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.run import Poll, Run
from fly_resources._flows.world import clarified, is_unclear
from fly_resources.errors import FlyError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Generator

    from fly_machines import models

#: How late a wait notices that another has listed: a share of how long it has taken already, in bounds.
NOTICE_SHARE: Final = 0.02
NOTICE_MIN_S: Final = 0.02
NOTICE_MAX_S: Final = 0.25
#: The same of how often to look at lists that leave configs out, at least once in so many seconds.
BARE_SHARE: Final = 0.1
BARE_MAX_S: Final = 5.0
#: From so many waits in one app on, they share a list.
_SEVERAL: Final = 2


@contextlib.contextmanager
def waiting(app: str, run: Run) -> Generator[None]:
    """Count a wait: two or more in one app look at one list."""
    run.waits[app] = run.waits.get(app, 0) + 1
    try:
        yield
    finally:
        run.waits[app] -= 1


def is_shared(app: str, run: Run) -> bool:
    """Return whether so many wait in the app that they share a list."""
    return run.waits[app] >= _SEVERAL


def look_in_list(model: models.Machine, app: str, run: Run, began: float) -> Flow[models.Machine]:
    """Return the machine as the app's shared list has it; what the list lacks is read by its id (rule 9)."""
    listed = yield from _shared_list(app, run, began)
    if listed is None:
        return model
    found = next((each for each in listed if each.id == model.id), None)
    if found is not None:
        return found
    with contextlib.suppress(NotFoundError):
        return (yield from call(_ops.get_machine(app, model.id)))
    return model


def look_again(app: str, model: models.Machine, run: Run) -> Flow[models.Machine]:
    """Read a machine that is watched; beside other waits of the app, in the list that they share."""
    with waiting(app, run):
        if is_shared(app, run):
            seen = yield from look_in_list(model, app, run, (yield from now()))
            if seen is not model:
                return seen
        return (yield from call(_ops.get_machine(app, model.id)))


def _shared_list(app: str, run: Run, began: float) -> Flow[list[models.Machine] | None]:
    """List the app's machines at most once a second, whoever asks (RL-1); None if nobody else waits any more.

    Only what was asked for after the caller's own write tells what became of that.
    """
    asked = yield from now()
    poll = run.polls.setdefault(app, Poll())
    # What has ended is older than the question, also where no time has passed since.
    ended_at = float("-inf") if poll.busy else poll.at
    while True:
        moment = yield from now()
        if not poll.busy and poll.at >= asked and poll.at > ended_at:
            return poll.machines
        if not is_shared(app, run):
            return None  # the others have ended: the service can tell the very moment again
        due = poll.at + _every_s(poll, moment - began)
        if not poll.busy and moment >= due:
            yield from _list(app, poll, moment)
            return poll.machines
        # Another may list in between: noticed late by so little that it hardly counts in the whole wait.
        pause = min(NOTICE_MAX_S, max(NOTICE_MIN_S, NOTICE_SHARE * (moment - began)))
        yield from sleep(pause if poll.busy else min(pause, due - moment))


def _every_s(poll: Poll, waited_s: float) -> float:
    """Return how often to list: what costs a read of each machine too, less often the longer it takes."""
    return min(BARE_MAX_S, max(1.0, BARE_SHARE * waited_s)) if poll.bare else 1.0


def list_for_others(app: str, run: Run) -> Flow[None]:
    """List at once: what was begun beside the one that the service has waited for is probably there too."""
    poll = run.polls.get(app)
    if poll is None or poll.busy or not is_shared(app, run):
        return
    # Its failure is for those to meet who depend on it: the caller has its answer.
    with contextlib.suppress(FlyError):
        yield from _list(app, poll, (yield from now()))


def _list(app: str, poll: Poll, moment: float) -> Flow[None]:
    poll.busy = True
    try:
        listed = yield from call(_ops.list_machines(app))
        poll.bare = any(is_unclear(each) and not _readings.has_config(each) for each in listed)
        poll.machines = yield from clarified(app, listed)
        poll.at = moment
    finally:
        poll.busy = False
