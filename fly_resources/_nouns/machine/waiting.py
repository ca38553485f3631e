"""Wait for a machine: until it reaches a state, or until it is no longer in transition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

import attrs
from fly_machines import models

from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._nouns.machine import leases, polling, running
from fly_resources._nouns.machine.unsettled import STUCK_AFTER_S, not_running, timed_out
from fly_resources._nouns.run import Run, report_stage, time_left
from fly_resources._nouns.world import PASSING
from fly_resources._sdk import reading, requests
from fly_resources._wire.new_apps import UNSEEN_S
from fly_resources.errors import (
    BadRequestError,
    ConflictError,
    DecodeError,
    LeaseHeldError,
    MachineNameConflictError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    RequestTimedOutError,
    UpdateRevertedError,
    VolumeInUseError,
)
from fly_resources.resources import App, Machine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from fly_resources._nouns.world import AppState
    from fly_resources.report import Planned

T = TypeVar("T")
_Spelling: TypeAlias = Literal["version", "instance_id"] | None

#: Seconds per wait request: the proxy cuts off longer waits (WA-10).
WAIT_POLL_S: Final = 25
#: Seconds of the first wait after an update, which the platform may undo: only a read shows that (LC-37).
FIRST_POLL_S: Final = 10
#: How long the wait endpoint may not know a machine that was just created, in seconds (MA-34).
UNKNOWN_S: Final = 30.0
#: Seconds to retry while a machine is busy; a replacement or stop takes some seconds (LC-4, LC-6).
BUSY_S: Final = 60.0
#: Reads may show the version before an update for some seconds (LC-43). An update counts as undone only this
#: long after it, and if that version was seen settled for this long without a break.
UNDONE_AFTER_S: Final = 6.0
UNDONE_FOR_S: Final = 3.0
#: The same limit if no event after the write proves that the read is not older than the write (OR-3).
UNPROVEN_S: Final = 30.0
#: An accepted start may be dropped (LC-35): the number of attempts, and the seconds until each must show.
STARTS: Final = 3
START_SHOWS_S: Final = 6.0
#: Transient states, including those of a version that reads may show for a moment (LC-43).
_UNSETTLED: Final = PASSING.union(STUCK_AFTER_S)
#: Answers to a wait that is not over yet; during a transition, 412 means what 409 means (ER-8, LC-35, WA-8).
_PENDING: Final = (RequestTimedOutError, ConflictError, PreconditionFailedError, NotFoundError, DecodeError)


@attrs.frozen
class Write:
    """The write whose effect is waited for.

    Attributes:
        before: The machine before it.
        answer: The machine in the answer to its update; None if no update was sent.
        start: Starts the machine.
        runs: Whether to start it if it was left stopped.
        arms: Whether to start it even if it may sleep, to arm its schedule (LC-36).
    """

    before: models.Machine
    answer: models.Machine | None
    start: Callable[[], Flow[None]]
    runs: bool
    arms: bool = False

    @property
    def newest(self) -> running.Mark | None:
        """The newest event known when the update was answered; None if there was none."""
        return (self.answer and running.newest_mark(self.answer)) or running.newest_mark(self.before)

    @property
    def has_to_come_up(self) -> bool:
        """Return whether the machine was updated, or did not run well before."""
        return bool(self.answer) or self.before.state != "started" or running.is_unhealthy(self.before)


@attrs.define
class _Watch:
    """One wait: its goal and what was seen so far."""

    planned: Planned[Any]
    run: Run
    state: str
    checks: bool
    write: Write | None
    began: float
    model: models.Machine
    config: Mapping[str, Any]
    undone_since: float | None = None
    #: When the machine was last read by its id.
    read_at: float = float("-inf")
    starts: int = 0
    started_at: float = float("-inf")
    started_after: running.Mark | None = None
    reached: bool = False
    looks: int = 0
    #: How the service accepts the version to wait for: the first spelling that it does not refuse (WA-5).
    spellings: list[_Spelling] = attrs.field(factory=lambda: ["version", "instance_id", None])

    @property
    def app(self) -> str:
        """The app of the machine."""
        return self.planned.resource.app_name

    @property
    def has_checks(self) -> bool:
        """Return whether checks are part of the goal."""
        return self.state == "started" and running.declares_checks(self.config)

    @property
    def earlier(self) -> str | None:
        """The version before the update; None if no update was sent."""
        return reading.version_of(self.write.before) if self.write and self.write.answer else None

    @property
    def may_rest(self) -> bool:
        """Return whether the machine may be stopped because the proxy or its schedule starts it."""
        arms = self.write is not None and self.write.arms and not self.starts
        return running.may_sleep(self.config) and not arms

    @property
    def asked_state(self) -> str:
        """Return the state that the service is asked to wait for.

        The service does not start a machine that was not started (LC-34), and a scheduled machine may have
        exited (LC-32).
        """
        left = self.write is not None and self.write.before.state in running.IDLE and not self.starts
        rests = left or self.config.get("schedule")
        return "settled" if self.state == "started" and rests else self.state

    @property
    def poll_s(self) -> int:
        """Return how long the service is asked to wait, in seconds."""
        first = self.looks == 0 or self.starts
        return FIRST_POLL_S if first and self.write else WAIT_POLL_S

    def is_earlier(self, seen: models.Machine) -> bool:
        """Return whether `seen` is an earlier version than the one that is waited for."""
        version, wanted = reading.version_of(seen), reading.version_of(self.model)
        if version is None or wanted is None or version == wanted:
            return False
        if self.earlier is None and self.state not in {"started", "settled"}:
            return False
        return version == self.earlier or version < wanted


def until_allowed(attempt: Callable[[], Flow[T]], run: Run) -> Flow[T]:
    """Retry while the machine is busy with another transition (LC-6, LC-19, WA-8)."""
    began = yield from now()
    end = began + min(BUSY_S, (yield from time_left(run, began)))
    while True:
        try:
            return (yield from attempt())
        except (LeaseHeldError, MachineNameConflictError, VolumeInUseError):
            raise  # these last longer
        except (ConflictError, PreconditionFailedError) as busy:
            moment = yield from now()
            if moment + 1.0 > end:
                waited = f"It was tried for {moment - began:.0f} s: "
                busy.advice = busy.advice or waited + "see the machine's state and events, and run it again."
                raise
        yield from sleep(1.0)


def wait_until_settled(
    planned: Planned[Any], seen: models.Machine, run: Run, also: Collection[str] = ()
) -> Flow[models.Machine]:
    """Wait while the machine is in transition, and return it in its stable state (rule 10).

    `also` names further states whose end is waited for.

    Raises:
        WaitTimeoutError: It is still in transition after the step's limit; StuckMachineError beyond the
            documented time.
    """
    app = planned.resource.app_name
    began = yield from now()
    more_s = allowance_s(planned, seen)
    pause = 1.0
    with polling.waiting(app, run):
        while seen.state in _UNSETTLED or seen.state in also:
            left = yield from time_left(run, began, more_s)
            if left < 1.0:
                raise timed_out(planned, seen, "settled", (yield from now()) - began, more_s)
            yield from report_stage(planned, "progress", str(seen.state))
            yield from sleep(min(pause, left))
            pause = min(pause + 1.0, 5.0)
            yield from leases.refresh(app, seen.id, run)
            shared = polling.is_shared(app, run)
            listed = (yield from polling.look_in_list(seen, app, run, began)) if shared else None
            seen = listed or (yield from call(requests.get_machine(app, seen.id)))
    return seen


def allowance_s(planned: Planned[Any], *seen: models.Machine | None) -> float:
    """Return the seconds that the machine may take to stop and to pass its checks (rule 6)."""
    configs = list(_configs(planned, *seen, planned.observed))
    stop = max(map(running.stop_timeout_s, configs), default=0.0)
    return stop + max(map(running.grace_period_s, configs), default=0.0)


def _configs(planned: Planned[Any], *seen: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # any model
    """Yield the configs of what was seen, as far as the answers have them (MA-45), and the declared one."""
    for each in seen:
        if isinstance(each, models.Machine) and reading.has_config(each):
            yield reading.config_of(each)
    if isinstance(planned.resource, Machine):
        yield reading.as_mapping(planned.resource.config)


def last_of(resource: Machine, state: AppState) -> models.Machine:
    """Return the live machine, the one being destroyed or, if it is gone, a placeholder with its name."""
    found = state.machine(resource.name)
    goes = filter(reading.is_leaving, state.machines.named(resource.name))
    blank = dict.fromkeys(("created_at", "id", "instance_id", "private_ip", "region"), "")
    gone = models.Machine.from_dict({**blank, "name": resource.name, "state": "destroyed"})
    return found or next(goes, gone)


def wait_for_state(
    planned: Planned[Any],
    model: models.Machine,
    state: str,
    run: Run,
    *,
    checks: bool = True,
    write: Write | None = None,
) -> Flow[models.Machine]:
    """Wait until the machine's newest version is in `state` and, if started, passes its `checks`.

    The state "settled" means any stable state. With a `write`, only the version that it created counts; if
    that version should run and was left stopped, it is started.

    Raises:
        WaitTimeoutError: It is not in `state` after the step's limit; StuckMachineError if it is stuck.
        UpdateRevertedError: The platform has gone back to the version before the write.
        MachineNotRunningError: It failed, or stopped by itself although it should run.
    """
    began = yield from now()
    more_s = allowance_s(planned, model)
    config = next(_configs(planned, model), {})
    watch = _Watch(planned, run, state, checks, write, began, model, config)
    with polling.waiting(watch.app, run):
        if write and write.runs and watch.earlier is None and model.state in running.IDLE:
            yield from _start(watch, write, model)
        while True:
            left = yield from time_left(run, began, more_s)
            if left < 1.0:
                raise timed_out(planned, watch.model, state, (yield from now()) - began, more_s)
            seen = yield from _look_once(watch, left)
            watch.looks += 1
            if (yield from _has_arrived(watch, seen)):
                return seen
            doing = "checks do not pass yet" if seen.state == state else str(seen.state)
            yield from report_stage(planned, "progress", doing)
            yield from leases.refresh(watch.app, watch.model.id, run)


def _has_arrived(watch: _Watch, seen: models.Machine) -> Flow[bool]:
    """Return whether the goal is reached; start a machine that was left stopped."""
    if watch.is_earlier(seen):
        yield from _check_undone(watch, seen)
        return False
    if reading.is_gone(seen) and watch.state != "destroyed":
        raise _vanished(watch, "it is destroyed.")
    watch.undone_since = None
    watch.model = seen
    if reading.has_config(seen):
        watch.config = reading.config_of(seen)
    # A machine whose launch failed can only be destroyed (LC-2).
    if seen.state == {"settled": "failed", "started": "launch_failed"}.get(watch.state):
        raise not_running(watch.planned, seen)
    if watch.state == "settled":
        return seen.state in running.SETTLED
    if seen.state == watch.state:
        return not (watch.checks and watch.has_checks and running.fails_checks(seen))
    if watch.state != "started" or seen.state not in running.IDLE:
        return False
    return (yield from _is_at_rest(watch, seen))


def _is_at_rest(watch: _Watch, seen: models.Machine) -> Flow[bool]:
    """Return whether a machine that should run may be idle; otherwise start it."""
    if seen.state != "failed" and watch.may_rest and not running.ended_badly(seen):
        # Stopped again by the proxy or its schedule, which is fine (rule 6).
        return True
    yield from _start_again(watch, seen)
    return False


def _check_undone(watch: _Watch, seen: models.Machine) -> Flow[None]:
    """Raise if the machine has settled on the version before the update (LC-37).

    A read may be older than the update (OR-3). Only a read that shows an event after the update proves early
    that it is not.
    """
    moment = yield from now()
    if watch.earlier is None or seen.state not in running.SETTLED:
        watch.undone_since = None
        return
    if watch.undone_since is None:
        watch.undone_since = moment
    if moment < max(watch.undone_since + UNDONE_FOR_S, watch.began + UNDONE_AFTER_S):
        return
    fresh = yield from _read(watch, seen)  # a list alone is not reliable enough (rule 9)
    if not watch.is_earlier(fresh) or fresh.state not in running.SETTLED:
        watch.undone_since = None
        return
    proven = running.has_newer_event(fresh, watch.write.newest if watch.write else None)
    if proven or moment >= watch.began + UNPROVEN_S:
        raise _undone(watch, fresh, moment, proven=proven)


def _undone(watch: _Watch, fresh: models.Machine, moment: float, *, proven: bool) -> UpdateRevertedError:
    """Build the error for an undone update; without proof, it states only what was answered and read."""
    wanted, running_one = reading.version_of(watch.model) or "", reading.version_of(fresh) or ""
    events = running.describe_events(fresh)
    listed = f"Its newest events: {events}. " if events else "See its events (machines_list_events). "
    told = (
        f"its update was accepted as version {wanted}, but {moment - watch.began:.0f} s later it is read as "
        f"{fresh.state} with the earlier version {running_one}: either Fly.io undid the update, or these "
        f"reads are older than it. {listed}Run it again to compare."
    )
    if proven:
        told = (
            f"Fly.io undid its update: version {wanted} was created, but the machine is {fresh.state} with "
            f"the earlier version {running_one}. {listed}Usually the image cannot be pulled or its host is "
            "full. Fix that and run it again."
        )
    return UpdateRevertedError(
        f"{watch.planned.resource}: {told}", wanted_version=wanted, running_version=running_one
    )


def _start_again(watch: _Watch, seen: models.Machine) -> Flow[None]:
    """Start a machine that should run but was left stopped or dropped a start (LC-34, LC-35).

    Raises:
        MachineNotRunningError: It exited by itself, or starting it does not help.
    """
    write = watch.write
    failed = seen.state == "failed" and not (write and write.before.state == "failed" and watch.starts <= 1)
    if write is None or not write.runs or failed or running.has_run(seen, watch.started_after):
        raise not_running(watch.planned, seen)
    if (yield from now()) < watch.started_at + START_SHOWS_S:
        # The read may be older than the start.
        yield from sleep(1.0)
    elif watch.starts >= STARTS:
        raise not_running(watch.planned, seen)
    else:
        yield from _start(watch, write, seen)


def _start(watch: _Watch, write: Write, seen: models.Machine) -> Flow[None]:
    watch.starts += 1
    watch.started_after = running.newest_mark(seen)
    yield from write.start()
    watch.started_at = yield from now()
    watch.reached = False
    watch.model = reading.with_state(seen, "starting")


def _look_once(watch: _Watch, left: float) -> Flow[models.Machine]:
    """Check once: with a wait request or, if the app has other waits, with their shared list."""
    app, model, run = watch.app, watch.model, watch.run
    if polling.is_shared(app, run):
        return (yield from _look_in_list(watch))
    stops = watch.state == "started" and model.state in {"stopping", "suspending"}
    if model.state == watch.state or stops or watch.reached or watch.undone_since is not None:
        # Reached but checks do not pass yet, or reached and left again: only a read shows the end.
        yield from sleep(1.0)
        return (yield from _read(watch, model))
    try:
        answer = yield from _wait(watch, int(min(watch.poll_s, left)))
    except _PENDING as pending:
        # If the answer is unreadable, read the machine instead.
        if not isinstance(pending, RequestTimedOutError):
            # The service could not wait yet: the machine is new, or another version is taking over (WA-8).
            yield from sleep((yield from _pause_s(watch)))
        seen = yield from _read(watch, model)
        # A destroyed machine soon becomes unknown (WA-7).
        gone = seen is model and watch.state == "destroyed"
        return reading.with_state(model, watch.state) if gone else seen
    yield from polling.list_for_others(app, run)
    return (yield from _confirm(watch, answer))


def _look_in_list(watch: _Watch) -> Flow[models.Machine]:
    """Look the machine up in the app's shared list; if the list lacks it, read it by its id."""
    listed = yield from polling.look_in_list(watch.model, watch.app, watch.run, watch.began)
    if listed is None:
        yield from sleep((yield from _pause_s(watch)) - 1.0)  # the list itself took a second
        return (yield from _read(watch, watch.model))
    if listed is not watch.model:
        watch.read_at = yield from now()
    return listed


def _pause_s(watch: _Watch) -> Flow[float]:
    """Return the seconds to the next read of an unknown machine, growing the longer it is unknown."""
    unread_s = (yield from now()) - max(watch.began, watch.read_at)
    return min(max(1.0, unread_s / 2), 8.0)


def _wait(watch: _Watch, timeout_s: int) -> Flow[models.WaitMachineResponse]:
    """Send a wait request; if the service does not know `version`, use the older parameters (WA-5)."""
    known = reading.version_of(watch.model)
    while True:
        spelling = watch.spellings[0]
        request = requests.wait_machine(
            watch.app,
            watch.model.id,
            watch.asked_state,
            timeout_s=timeout_s,
            version=known if spelling else None,
            as_instance=spelling == "instance_id",
        )
        try:
            return (yield from call(request))
        except BadRequestError:
            if known is None or spelling is None:
                raise
            watch.spellings.pop(0)


def _confirm(watch: _Watch, answer: models.WaitMachineResponse) -> Flow[models.Machine]:
    """Return the machine in the state that the service reports; read it if the report is not sufficient."""
    answered, wanted = reading.given(answer.version), reading.version_of(watch.model)
    if answered and wanted and answered != wanted:
        # The answer says nothing about the version that is waited for.
        yield from sleep(1.0)
        return (yield from _read(watch, watch.model))
    reached = reading.with_state(watch.model, reading.given(answer.state) or watch.asked_state)
    arrived = reached.state == watch.state or (watch.state == "settled" and reached.state in running.SETTLED)
    # Older servers do not say which version they report; after an update, the version matters.
    vague = not answered and watch.earlier is not None
    if arrived and not watch.has_checks and not vague:
        return reached
    watch.reached = True
    return (yield from _read(watch, reached))


def _read(watch: _Watch, model: models.Machine) -> Flow[models.Machine]:
    """Read the machine. If the service does not know it yet, or not for the moment, return it unchanged."""
    try:
        seen = yield from call(requests.get_machine(watch.app, model.id))
    except NotFoundError as denied:
        made = watch.run.outcomes.get(App(watch.app))
        unknown_s = UNSEEN_S if made is not None and made.changed else UNKNOWN_S  # (MA-34, AP-12)
        known_at = max(watch.began, watch.read_at)
        if watch.state != "destroyed" and (yield from now()) > known_at + unknown_s:
            raise _vanished(watch, denied) from denied
        return model
    watch.read_at = yield from now()
    return seen


def _vanished(watch: _Watch, seen: object) -> ReconcileError:
    return ReconcileError(
        f"{watch.planned.resource} disappeared while this run waited for it: {seen} Something else has "
        "destroyed it, or its app is too new to be known everywhere. Run it again."
    )
