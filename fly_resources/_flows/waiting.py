"""Waiting for a machine: until it is in a state, or until it is no longer busy with something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

import attrs
from fly_machines import models

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows import leases, polling, running
from fly_resources._flows.run import Run, report_stage, time_left
from fly_resources._flows.world import PASSING
from fly_resources._new_apps import UNSEEN_S
from fly_resources.errors import (
    BadRequestError,
    ConflictError,
    DecodeError,
    FlyError,
    LeaseHeldError,
    MachineNameConflictError,
    MachineNotRunningError,
    NotFoundError,
    PreconditionFailedError,
    ReconcileError,
    RequestTimedOutError,
    StuckMachineError,
    UpdateRevertedError,
    VolumeInUseError,
    WaitTimeoutError,
)
from fly_resources.resources import App, Machine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from fly_resources._flows.world import AppState
    from fly_resources.report import Planned

T = TypeVar("T")
_Spelling: TypeAlias = Literal["version", "instance_id"] | None

#: The proxy cuts longer waits off (WA-10).
WAIT_POLL_S: Final = 25
#: The first wait after an update, which the platform may undo: only a read tells that (LC-37).
FIRST_POLL_S: Final = 10
#: A machine that was just made may be unknown to the wait endpoint for so long (MA-34).
UNKNOWN_S: Final = 30.0
#: Being replaced or stopped keeps a machine busy for some seconds (LC-4, LC-6).
BUSY_S: Final = 60.0
#: Reads may show the version before an update for some seconds (LC-43): so long after the update, and for so
#: long without a break, it has to be seen settled before the update counts as undone.
UNDONE_AFTER_S: Final = 6.0
UNDONE_FOR_S: Final = 3.0
#: The same where no event after the write proves that what is read is not older than it (OR-3).
UNPROVEN_S: Final = 30.0
#: An accepted start may be dropped (LC-35): so often it is sent, and so long it is given to show.
STARTS: Final = 3
START_SHOWS_S: Final = 6.0
#: Seconds in a transient state after which a machine counts as stuck (LC-3).
STUCK_AFTER_S: Final = {
    "starting": 300.0,
    "stopping": 300.0,
    "restarting": 300.0,
    "destroying": 300.0,
    "updating": 600.0,
    "replacing": 600.0,
}
#: Besides these, the states of a version that reads may show for a moment (LC-43).
_UNSETTLED: Final = PASSING.union(STUCK_AFTER_S)


@attrs.frozen
class Write:
    """The write that is waited for.

    Attributes:
        earlier: The version before the update; None if none was sent.
        newest: The newest event that was known when the update was answered; None if none was.
        launches: Whether the service starts the machine by itself, as after the update of one that ran.
        failed: Whether the machine was in state `failed` before.
        start: Starts the machine if it is left as it was; None where it need not run.
        arms: Whether it is started also if it may sleep, to arm its schedule (LC-36).
    """

    earlier: str | None = None
    newest: running.Mark | None = None
    launches: bool = True
    failed: bool = False
    start: Callable[[], Flow[None]] | None = None
    arms: bool = False


@attrs.define
class _Watch:
    """One wait: what is waited for, and what was seen so far."""

    planned: Planned[Any]
    run: Run
    state: str
    checks: bool
    write: Write
    began: float
    model: models.Machine
    config: Mapping[str, Any]
    undone_since: float | None = None
    starts: int = 0
    started_at: float = float("-inf")
    started_after: running.Mark | None = None
    reached: bool = False
    looks: int = 0
    #: How the service takes the version to wait for, the first that it does not refuse (WA-5).
    spellings: list[_Spelling] = attrs.field(factory=lambda: ["version", "instance_id", None])

    @property
    def app(self) -> str:
        """The app of the machine."""
        return self.planned.noun.app_name

    @property
    def has_checks(self) -> bool:
        """Return whether checks decide about what is waited for."""
        return self.state == "started" and running.declares_checks(self.config)

    @property
    def may_rest(self) -> bool:
        """Return whether being stopped is fine: the proxy or its schedule starts it."""
        return running.may_sleep(self.config) and not (self.write.arms and not self.starts)

    @property
    def asked_state(self) -> str:
        """Return what to ask the service to wait for: it will not start what was not started (LC-34)."""
        left = not self.write.launches and not self.starts
        return "settled" if self.state == "started" and left else self.state

    @property
    def unknown_s(self) -> float:
        """Return for how long a machine may be unknown although it is there (MA-34, AP-12)."""
        made = self.run.outcomes.get(App(self.app))
        return UNSEEN_S if made is not None and made.changed else UNKNOWN_S

    @property
    def poll_s(self) -> int:
        """Return for how long to ask the service to wait."""
        first = self.looks == 0 or self.starts
        return FIRST_POLL_S if first and self.write != Write() else WAIT_POLL_S

    def is_earlier(self, seen: models.Machine) -> bool:
        """Return whether what was seen is a version before the one that is waited for."""
        version, wanted = _readings.version_of(seen), _readings.version_of(self.model)
        if version is None or wanted is None or version == wanted:
            return False
        if self.write.earlier is None and self.state not in {"started", "settled"}:
            return False
        return version == self.write.earlier or version < wanted


def until_allowed(attempt: Callable[[], Flow[T]], run: Run) -> Flow[T]:
    """Try again while the machine is busy with another transition (LC-6, LC-19, WA-8)."""
    began = yield from now()
    end = began + min(BUSY_S, (yield from time_left(run, began)))
    while True:
        try:
            return (yield from attempt())
        except (ConflictError, PreconditionFailedError) as busy:
            lasting = isinstance(busy, LeaseHeldError | MachineNameConflictError | VolumeInUseError)
            moment = yield from now()
            if lasting or moment + 1.0 > end:
                if not (lasting or busy.advice):
                    waited = f"It was asked for {moment - began:.0f} s and stays so: "
                    busy.advice = waited + "see the machine's state and events, and run it again."
                raise
        yield from sleep(1.0)


def wait_until_settled(
    planned: Planned[Any], seen: models.Machine, run: Run, also: Collection[str] = ()
) -> Flow[models.Machine]:
    """Wait while the machine goes from one state to another, and return what it has become (rule 10).

    `also`: further states to wait for the end of.

    Raises:
        WaitTimeoutError: It still does after the step's limit; StuckMachineError if that is documented.
    """
    app = planned.noun.app_name
    began = yield from now()
    more_s = allowance_s(planned, seen)
    pause = 1.0
    with polling.waiting(app, run):
        while seen.state in _UNSETTLED or seen.state in also:
            left = yield from time_left(run, began, more_s)
            if left < 1.0:
                raise _timed_out(planned, seen, "settled", (yield from now()) - began, more_s)
            yield from report_stage(planned, "progress", str(seen.state))
            yield from sleep(min(pause, left))
            pause = min(pause + 1.0, 5.0)
            yield from leases.refresh(app, seen.id, run)
            if polling.is_shared(app, run):
                seen = yield from polling.look_in_list(seen, app, run, began)
            else:
                seen = yield from call(_ops.get_machine(app, seen.id))
    return seen


def _last_config(planned: Planned[Any], model: models.Machine) -> Mapping[str, Any]:
    """Return the machine's config, or where the answer leaves it out, what is declared of it (MA-45)."""
    if _readings.has_config(model):
        return _readings.config_of(model)
    return _readings.as_mapping(planned.noun.config) if isinstance(planned.noun, Machine) else {}


def allowance_s(planned: Planned[Any], *seen: models.Machine | None) -> float:
    """Return the seconds that the machine itself may take to stop and to pass its checks (rule 6)."""
    known = [each for each in (*seen, planned.observed) if isinstance(each, models.Machine)]
    configs = [_readings.config_of(each) for each in known if _readings.has_config(each)]
    if isinstance(planned.noun, Machine):
        configs.append(dict(_readings.as_mapping(planned.noun.config)))
    stop = max(map(running.stop_timeout_s, configs), default=0.0)
    return stop + max(map(running.grace_period_s, configs), default=0.0)


def last_of(noun: Machine, state: AppState) -> models.Machine:
    """Return the machine, or the one that goes; of one that is gone, no more than its name is known."""
    found = state.machine(noun.name)
    goes = (each for each in state.machines if each.name == noun.name and _readings.is_leaving(each))
    gone = models.Machine(
        created_at="",
        id="",
        instance_id="",
        name=noun.name,
        private_ip="",
        region="",
        state=models.MachineState.DESTROYED,
    )
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
    """Wait until the machine's newest version is in `state`, and if started, passes its `checks`.

    "settled": until it is in any state that lasts. With a `write`, the version that it made counts, and
    where that should run and was left stopped, it is started.

    Raises:
        WaitTimeoutError: It is not, after the step's limit; StuckMachineError if it stays in transition.
        UpdateRevertedError: The platform has gone back to the version before the write.
        MachineNotRunningError: It failed, or stopped by itself where it should run.
    """
    began = yield from now()
    more_s = allowance_s(planned, model)
    config = _last_config(planned, model)
    watch = _Watch(planned, run, state, checks, write or Write(), began, model, config)
    with polling.waiting(watch.app, run):
        if watch.write.start is not None and watch.write.earlier is None and model.state in running.IDLE:
            yield from _start(watch, model)
        while True:
            left = yield from time_left(run, began, more_s)
            if left < 1.0:
                raise _timed_out(planned, watch.model, state, (yield from now()) - began, more_s)
            seen = yield from _look_once(watch, left)
            watch.looks += 1
            if (yield from _has_arrived(watch, seen)):
                return seen
            yield from report_stage(planned, "progress", _progress(seen, state))
            yield from leases.refresh(watch.app, watch.model.id, run)


def _has_arrived(watch: _Watch, seen: models.Machine) -> Flow[bool]:
    """Judge what was seen: whether it is what is waited for; start what was left stopped."""
    if watch.is_earlier(seen):
        yield from _check_undone(watch, seen)
        return False
    watch.undone_since = None
    watch.model = seen
    if _readings.has_config(seen):
        watch.config = _readings.config_of(seen)
    if watch.state == "settled":
        if seen.state == "failed":
            raise _not_running(watch.planned, seen)
        return seen.state in running.SETTLED
    if seen.state == watch.state:
        return not (watch.checks and watch.has_checks and running.fails_checks(seen))
    if watch.state == "started" and seen.state == "launch_failed":
        raise _not_running(watch.planned, seen)  # it can only be destroyed (LC-2)
    if watch.state != "started" or seen.state not in running.IDLE:
        return False
    if seen.state != "failed" and watch.may_rest and not running.ended_badly(seen):
        # Stopped by the proxy again, or by its schedule: that is fine (rule 6).
        return True
    yield from _start_again(watch, seen)
    return False


def _check_undone(watch: _Watch, seen: models.Machine) -> Flow[None]:
    """Raise if the machine has settled on the version before the update (LC-37).

    A read may be older than the update (OR-3): only one that shows an event after it proves that soon.
    """
    moment = yield from now()
    if watch.write.earlier is None or seen.state not in running.SETTLED:
        watch.undone_since = None
        return
    if watch.undone_since is None:
        watch.undone_since = moment
    if moment < max(watch.undone_since + UNDONE_FOR_S, watch.began + UNDONE_AFTER_S):
        return
    fresh = yield from _read(watch.app, seen)  # a list alone is no witness (rule 9)
    if not watch.is_earlier(fresh) or fresh.state not in running.SETTLED:
        watch.undone_since = None
        return
    proven = running.has_newer_event(fresh, watch.write.newest)
    if proven or moment >= watch.began + UNPROVEN_S:
        raise _undone(watch, fresh, moment, proven=proven)


def _undone(watch: _Watch, fresh: models.Machine, moment: float, *, proven: bool) -> UpdateRevertedError:
    """Say that the update was undone; without a proof, only what was answered and what is read."""
    wanted, running_one = _readings.version_of(watch.model) or "", _readings.version_of(fresh) or ""
    events = running.describe_events(fresh)
    listed = f"Its newest events: {events}. " if events else "See its events (machines_list_events). "
    told = (
        f"its update was accepted as version {wanted}, and {moment - watch.began:.0f} s later it is read as "
        f"{fresh.state} with the earlier version {running_one}: either Fly.io undid the update, or these "
        f"reads are older than it. {listed}Run it again: it compares anew."
    )
    if proven:
        told = (
            f"Fly.io undid its update: version {wanted} was made, and the machine is {fresh.state} with the "
            f"earlier version {running_one}. {listed}Usually the image cannot be pulled, or its host has no "
            "room. Remove the cause and run it again."
        )
    return UpdateRevertedError(
        f"{watch.planned.noun}: {told}", wanted_version=wanted, running_version=running_one
    )


def _start_again(watch: _Watch, seen: models.Machine) -> Flow[None]:
    """Start a machine that should run and was left stopped, or has dropped a start (LC-34, LC-35).

    Raises:
        MachineNotRunningError: It has ended by itself, or starting it does not help.
    """
    failed = seen.state == "failed" and not (watch.write.failed and watch.starts <= 1)
    if watch.write.start is None or failed or running.has_run(seen, watch.started_after):
        raise _not_running(watch.planned, seen)
    if (yield from now()) < watch.started_at + START_SHOWS_S:
        # What was read may be older than the start.
        yield from sleep(1.0)
    elif watch.starts >= STARTS:
        raise _not_running(watch.planned, seen)
    else:
        yield from _start(watch, seen)


def _start(watch: _Watch, seen: models.Machine) -> Flow[None]:
    if watch.write.start is None:
        raise AssertionError("only what may be started is started")
    watch.starts += 1
    watch.started_after = running.newest_mark(seen)
    yield from watch.write.start()
    watch.started_at = yield from now()
    watch.reached = False
    watch.model = _readings.with_state(seen, "starting")


def _look_once(watch: _Watch, left: float) -> Flow[models.Machine]:
    """Ask once: a wait by the service, or beside other waits of the app a look at one shared list."""
    app, model, run = watch.app, watch.model, watch.run
    if polling.is_shared(app, run):
        return (yield from polling.look_in_list(model, app, run, watch.began))
    stops = watch.state == "started" and model.state in {"stopping", "suspending"}
    if model.state == watch.state or stops or watch.reached or watch.undone_since is not None:
        # It is there and its checks do not pass yet, or it was and goes again: only a read tells the end.
        yield from sleep(1.0)
        return (yield from _read(app, model))
    asked = watch.asked_state
    timeout_s = int(min(watch.poll_s, left))
    try:
        answer = yield from _wait(watch, asked, timeout_s)
    except (RequestTimedOutError, ConflictError, NotFoundError, DecodeError) as pending:
        # What cannot be read of the answer, a read tells.
        unknown = isinstance(pending, NotFoundError) and watch.state != "destroyed"
        if unknown and (yield from now()) > watch.began + watch.unknown_s:
            raise _vanished(watch, pending) from pending
        if not isinstance(pending, RequestTimedOutError):
            # It could not begin to wait yet: the machine is new, or another version takes over (WA-8).
            yield from sleep(1.0)
        seen = yield from _read(app, model)
        # What is destroyed is soon unknown (WA-7).
        gone = seen is model and watch.state == "destroyed"
        return _readings.with_state(model, watch.state) if gone else seen
    yield from polling.list_for_others(app, run)
    return (yield from _confirm(watch, answer))


def _wait(watch: _Watch, asked: str, timeout_s: int) -> Flow[models.WaitMachineResponse]:
    """Let the service wait; one that does not know `version` is asked in the ways of older ones (WA-5)."""
    known = _readings.version_of(watch.model)
    while True:
        spelling = watch.spellings[0]
        request = _ops.wait_machine(
            watch.app,
            watch.model.id,
            asked,
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
    """Return the machine as the service says that it is now; read it where that does not tell enough."""
    answered, wanted = _readings.given(answer.version), _readings.version_of(watch.model)
    if answered and wanted and answered != wanted:
        # That says nothing about the version that is waited for.
        yield from sleep(1.0)
        return (yield from _read(watch.app, watch.model))
    reached = _readings.with_state(watch.model, _readings.given(answer.state) or watch.asked_state)
    arrived = reached.state == watch.state or (watch.state == "settled" and reached.state in running.SETTLED)
    # Older servers do not say of which version they speak; after an update that decides.
    vague = not answered and watch.write.earlier is not None
    if arrived and not watch.has_checks and not vague:
        return reached
    watch.reached = True
    return (yield from _read(watch.app, reached))


def _read(app: str, model: models.Machine) -> Flow[models.Machine]:
    try:
        return (yield from call(_ops.get_machine(app, model.id)))
    except NotFoundError:
        return model


def _vanished(watch: _Watch, denied: FlyError) -> ReconcileError:
    return ReconcileError(
        f"{watch.planned.noun} was there, and is unknown while it is waited for: {denied} Something else has "
        "destroyed it, or its app is new and not known everywhere. Run it again to see what is there."
    )


def _progress(seen: models.Machine, state: str) -> str:
    return "checks do not pass yet" if seen.state == state else str(seen.state)


def _timed_out(
    planned: Planned[Any], model: models.Machine, state: str, waited: float, more_s: float
) -> WaitTimeoutError:
    """Say what was seen last; a machine in transition for longer than documented is stuck (LC-3)."""
    limit = STUCK_AFTER_S.get(str(model.state))
    kind = StuckMachineError if limit is not None and waited >= limit + more_s - 1.0 else WaitTimeoutError
    seen = "started, but its checks do not pass" if model.state == state else str(model.state)
    further = "run it again to go on"
    if model.state == "created":
        further += "; a machine may stay in created for hours while its host makes it ready"
    if state == "stopped" and _restarts_always(model):
        further += "; its restart policy is always, which starts it whenever it stops: give another one"
    if planned.action == "destroy":
        further += ", or with force=True, which deletes it without stopping it first"
    return kind(
        f"{planned.noun} was not {state} after {waited:.0f} s; it was last {seen}. "
        f"See its events (machines_list_events) and logs; {further}.",
        last_state=str(model.state),
        waited_s=waited,
    )


def _restarts_always(machine: models.Machine) -> bool:
    config = _readings.config_of(machine) if _readings.has_config(machine) else {}
    return (config.get("restart") or {}).get("policy") == "always"


def _not_running(planned: Planned[Any], seen: models.Machine) -> MachineNotRunningError:
    """Say how the machine ended up where it will not come up by itself."""
    exited = running.describe_exit(seen)
    look = "See its events (machines_list_events) and logs"
    if seen.state in {"failed", "launch_failed"}:
        events = running.describe_events(seen)
        listed = f" Its newest events: {events}." if events else ""
        return MachineNotRunningError(f"{planned.noun} failed to start{exited}.{listed} {look}.")
    if running.has_run(seen) is False:
        return MachineNotRunningError(
            f"{planned.noun} is {seen.state}: its newest version was never started. {look}; "
            "run it again to start it."
        )
    if not running.ended_by_itself(seen):
        return MachineNotRunningError(
            f"{planned.noun} is {seen.state}, and nothing starts it. Its newest events: "
            f"{running.describe_events(seen) or 'none are shown'}. {look}; give state='started' to start it."
        )
    return MachineNotRunningError(
        f"{planned.noun} started and stopped by itself{exited}. {look}; "
        "a machine that is meant to end is not one to keep in existence."
    )
