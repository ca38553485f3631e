"""A one-off machine: it is created, runs one command, and is destroyed.

The machine destroys itself when it ends, so a caller that dies leaves none behind. A lost response never
leads to a second machine: the name is unique, and the machine is looked up instead of created again.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs
from fly_machines import models

from fly_resources._config.compare import plain
from fly_resources._engine.effects import Flow, call, gathered, now, sleep, together
from fly_resources._nouns.existence import delete_surely, is_machine_there, look_until, or_none
from fly_resources._nouns.lost_answers import create_once
from fly_resources._nouns.machine import leases, running
from fly_resources._nouns.machine.images import when_pushed
from fly_resources._nouns.machine.waiting import UNKNOWN_S, WAIT_POLL_S
from fly_resources._nouns.machine.wanted import resolve
from fly_resources._nouns.run import Context, Options, Run, report_stage, start_run
from fly_resources._sdk import reading, requests
from fly_resources._verbs.power import as_words
from fly_resources._verbs.targets import named_app
from fly_resources.errors import (
    BadRequestError,
    ConfigurationError,
    ConflictError,
    DecodeError,
    FlyError,
    MachineNotRunningError,
    NotFoundError,
    OutcomeUnknownError,
    RequestTimedOutError,
    WaitTimeoutError,
)
from fly_resources.report import Planned, RunResult
from fly_resources.resources import App, Machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.report import LogLine

#: States in which the run is over, whether or not the machine is gone yet.
_ENDED: Final = frozenset({"stopped", "destroying", "destroyed"})
_NEVER_RAN: Final = frozenset({"failed", "launch_failed"})
#: Seconds between the looks for a machine after an interrupt, if the response to its creation was lost.
_INTERRUPTED_PAUSES_S: Final = (1.0,) * 9
#: Seconds after its time limit when a machine counts as left behind by a caller that died.
_OVERDUE_S: Final = 300.0
#: Config keys that a one-off machine cannot have.
_NOT_ONCE: Final = ("schedule", "standbys")


@attrs.define
class Work:
    """A one-off machine with a unique name, and what is known of it, for the code that cleans it up.

    `sent`: the machine may exist. `gone`: it does not exist, or is being destroyed.
    """

    app: str
    name: str
    planned: Planned[models.Machine]
    config: Mapping[str, Any] = attrs.field(repr=False)
    region: str | None
    timeout_s: float | None
    sent: bool = False
    gone: bool = False
    machine: models.Machine | None = None


def describe(
    app: App | str,
    name: str,
    config: models.MachineConfig | MachineConfigDict | str,
    command: Sequence[str] | str | None,
    *,
    timeout_s: float | None,
    region: str | None,
    extra: Mapping[str, Any] | None,
) -> Work:
    """Return the machine to create; nothing is sent.

    Raises:
        ConfigurationError: The config is not valid for a one-off machine, or `Machine` rejects it.
    """
    app = app if isinstance(app, App) else named_app(app)
    given: Any = {"image": config} if isinstance(config, str) else config
    if isinstance(given, Mapping | models.MachineConfig):
        given = _once(dict(reading.as_mapping(given)), command)
    resource = Machine(app, name, given, region=region, extra=extra)
    wanted = resolve(resource, Options())
    sent: dict[str, Any] = plain(wanted.config)
    metadata = {**sent.get("metadata", {}), reading.RUN: name}
    if timeout_s is not None:
        metadata[reading.RUN_LIMIT] = f"{timeout_s:g}"
    sent |= {"auto_destroy": True, "restart": {"policy": "no"}, "metadata": metadata}
    if wanted.mounts:
        [(path, volume)] = wanted.mounts
        growth = sent.get("mounts") or [{}]
        sent["mounts"] = [{**growth[0], "path": path, "volume": volume}]
    return Work(resource.app_name, name, Planned(resource, "create"), sent, wanted.region, timeout_s)


def _once(config: dict[str, Any], command: Sequence[str] | str | None) -> dict[str, Any]:
    """Return the config without redundant keys and with the command."""
    if config.pop("auto_destroy", None) not in (None, True):
        raise ConfigurationError(
            "run: the machine is destroyed when it ends; leave auto_destroy out, or use ensure."
        )
    if config.pop("restart", None) not in (None, {}, {"policy": None}, {"policy": "no"}):
        raise ConfigurationError("run: the machine runs once; leave restart out.")
    for key in _NOT_ONCE:
        if config.get(key):
            raise ConfigurationError(f"run: the machine runs once, now; leave {key} out, or use ensure.")
    init = config.get("init") or {}
    if command is None or not isinstance(init, Mapping):
        return config  # if it is not a mapping, the check of the config reports that
    if init.get("cmd") or init.get("exec"):
        raise ConfigurationError("run: give the command, or config['init']['cmd'] or ['exec'], not both.")
    return {**config, "init": {**init, "cmd": as_words(command)}}


def run(work: Work, options: Options) -> Flow[RunResult]:
    """Create the machine, wait until it has ended, and return the result.

    Raises:
        OutcomeUnknownError: The response to the creation was lost, and the machine has not appeared.
        WaitTimeoutError: The machine did not end in time; the error's `log` holds its output.
        MachineNotRunningError: The machine never ran.
    """
    began = yield from now()
    tracked = yield from start_run(Context((work.planned.resource,), {}, options))
    yield from report_stage(work.planned, "started")
    work.sent = True
    # on a thread of its own, so that an interrupt waits for the response
    [made] = yield from gathered([functools.partial(_make, work, tracked)])
    end = began + (float("inf") if work.timeout_s is None else work.timeout_s)
    ended, _ = yield from together(
        [functools.partial(_await_end, work, made, began, end), functools.partial(_end_overdue, work, made)]
    )
    if ended.error is not None:
        if isinstance(ended.error, WaitTimeoutError):
            ended.error.log = yield from _read_log(work, made.id)
        raise ended.error
    yield from finish(work, "done")
    return _result(work.machine or made, (yield from _read_log(work, made.id)))


def _result(machine: models.Machine, log: tuple[LogLine, ...]) -> RunResult:
    report = running.last_exit(machine)
    shown = report or {}
    return RunResult(
        None if report is None else int(shown.get("exit_code") or 0),
        oom_killed=bool(shown.get("oom_killed")),
        log=log,
        machine=machine,
        requested_stop=bool(shown.get("requested_stop")),
    )


def _make(work: Work, tracked: Run) -> Flow[models.Machine]:
    """Create the machine, and return it. After a lost response, look it up, also among destroyed machines."""
    request = requests.create_machine_once(work.app, work.name, work.config, region=work.region)

    def send() -> Flow[models.Machine]:
        work.machine = yield from call(request)
        return work.machine

    try:
        made = yield from create_once(
            lambda: when_pushed(send, work.config, tracked),
            lambda: _find(work),
            str(work.planned.resource),
            lambda machine: machine.id,
        )
    except OutcomeUnknownError as unknown:
        work.sent = False  # the lookup has taken long enough
        raise OutcomeUnknownError(
            f"{work.planned.resource} may have been created: the response was lost. It would run once and "
            "destroy itself: see the app's logs before you run it again.",
            method=unknown.method,
            route=unknown.route,
        ) from unknown.__cause__
    except FlyError as refused:
        work.sent = refused.maybe_applied
        raise
    work.machine = made.thing
    return made.thing


def _find(work: Work) -> Flow[list[models.Machine]]:
    listed = yield from call(requests.list_machines(work.app, ever=True))
    return [each for each in listed if each.name == work.name]


def _await_end(work: Work, known: models.Machine, began: float, end: float) -> Flow[None]:
    while True:
        left = end - (yield from now())
        if left < 1.0:
            raise WaitTimeoutError(
                f"{work.planned.resource} had not ended within {work.timeout_s:g} s (it was {known.state}): "
                "it is destroyed. See what it wrote in this error's log; give timeout_s= for longer work.",
                last_state=str(known.state),
                waited_s=(yield from now()) - began,
            )
        work.machine = known = yield from _look(work, known, began, int(min(WAIT_POLL_S, left)))
        if known.state in _NEVER_RAN:
            raise MachineNotRunningError(
                f"{work.planned.resource} never ran: it is {known.state}. Its newest events: "
                f"{running.describe_events(known) or 'none are shown'}."
            )
        if known.state in _ENDED:
            return
        yield from report_stage(work.planned, "progress", str(known.state))


def _look(work: Work, known: models.Machine, began: float, seconds: int) -> Flow[models.Machine]:
    """Wait on the service for the end, then return the machine, or its last entry in the list."""
    request = requests.wait_machine(
        work.app, known.id, "stopped", "destroyed", timeout_s=seconds, version=reading.version_of(known)
    )
    try:
        yield from call(request)
    except RequestTimedOutError:
        pass
    except (BadRequestError, ConflictError, DecodeError, NotFoundError):
        yield from sleep(1.0)  # the machine is new, or gone (MA-34, WA-7); a read decides
    seen = yield from or_none(requests.get_machine(work.app, known.id))
    found = [seen] if seen else (yield from _find(work))
    if found:
        return found[0]
    unseen = (yield from now()) < began + UNKNOWN_S
    return known if unseen else reading.with_state(known, "destroyed")


def finish(work: Work, stage: Literal["done", "failed"] = "failed") -> Flow[None]:
    """Ensure that the machine is gone or is being destroyed, and report it; a missing machine is fine."""
    if work.gone or not work.sent:
        return
    found = [work.machine] if work.machine else []
    if not found:
        # The response to its creation was lost because of an interrupt.
        found = yield from look_until(lambda: _find(work), bool, _INTERRUPTED_PAUSES_S)
    if found and reading.is_live(found[0]):
        tracked = yield from start_run(Context((), {}, Options()))
        machine_id = found[0].id
        request = requests.delete_machine(work.app, machine_id, None, force=True)
        yield from leases.until_free(
            lambda: delete_surely(
                str(work.planned.resource),
                lambda: call(request),
                lambda: is_machine_there(work.app, machine_id),
            ),
            tracked,
        )
    work.gone = True
    yield from report_stage(work.planned, stage)


def describe_left(work: Work, why: FlyError) -> str:
    """Say that the machine may still run, and why it was not destroyed."""
    known = work.machine.id if work.machine else work.name
    return f"{work.planned.resource} ({known}) was not destroyed, so it may still run: {why}"


def _end_overdue(work: Work, made: models.Machine) -> Flow[None]:
    """Destroy machines in this app that dead callers left running long past their time limit."""
    present = reading.moment(made.created_at)
    for each in (yield from call(requests.list_machines(work.app))):
        if each.id == made.id or not reading.is_live(each) or not reading.is_one_off(each):
            continue
        limit = reading.run_limit_s(each)
        age = (present - reading.moment(each.created_at)).total_seconds()
        if limit is not None and age > limit + _OVERDUE_S:
            with contextlib.suppress(FlyError):  # the next run tries again
                yield from call(requests.delete_machine(work.app, each.id, None, force=True))


def _read_log(work: Work, machine_id: str) -> Flow[tuple[LogLine, ...]]:
    """Return the machine's output; if the machine is gone, the app's log may still have it."""
    for of_machine in (machine_id, None):
        with contextlib.suppress(FlyError):
            lines = yield from call(requests.read_logs(work.app, of_machine))
            return reading.lines_of(machine_id, lines)
    return ()
