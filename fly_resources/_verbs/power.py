"""Start, stop, restart and exec: operations on one existing machine that keep its config."""

from __future__ import annotations

import functools
import itertools
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from fly_resources._checks import fields
from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.existence import look_until
from fly_resources._nouns.machine import leases, running
from fly_resources._nouns.machine.update import restart, switch
from fly_resources._nouns.machine.waiting import START_SHOWS_S, until_allowed, wait_for_state
from fly_resources._nouns.run import Context, start_run
from fly_resources._sdk import reading, requests
from fly_resources._verbs.targets import Target, described, find_id, find_model
from fly_resources.errors import ConfigurationError, MachineNotRunningError, PreconditionFailedError
from fly_resources.report import ExecResult, Planned

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources._nouns.run import Options, Run

Power: TypeAlias = Literal["start", "stop", "restart"]
#: The longest timeout that a command may have: one day.
_LONGEST_S: Final = 86_400


def change_power(wanted: Target, power: Power, options: Options, nonce: str | None) -> Flow[models.Machine]:
    """Start, stop or restart a machine, wait until it is done, and return the machine as it is then."""
    app, seen = yield from find_model(wanted)
    run = yield from start_run(Context((), {}, options))

    def work() -> Flow[None]:
        if power == "restart":
            return restart(app, seen, nonce)
        return switch(app, seen.id, nonce, stops=power == "stop")

    yield from leases.until_free(lambda: until_allowed(work, run), run)
    if not options.wait:
        return (yield from call(requests.get_machine(app, seen.id)))
    planned = Planned(described(app, seen), "update", observed=seen)
    if power == "stop":
        ends = reading.has_config(seen) and reading.config_of(seen).get("auto_destroy")
        return (yield from _await("destroyed" if ends else "stopped", planned, seen, run))

    def is_shown(model: models.Machine) -> bool:
        # The model that was read may be older than the restart.
        return power == "start" or running.has_run(model, running.newest_mark(seen)) is not False

    every, wait = itertools.repeat(1.0), functools.partial(_await_started, planned, seen, run)
    return (yield from look_until(wait, is_shown, every, within_s=START_SHOWS_S))


def _await_started(planned: Planned[Any], seen: models.Machine, run: Run) -> Flow[models.Machine]:
    """Wait until it runs, or has run since and exited successfully: the machine may be a job."""
    try:
        return (yield from _await("started", planned, seen, run))
    except MachineNotRunningError:
        fresh = yield from call(requests.get_machine(planned.resource.app_name, seen.id))
        if not running.has_run(fresh, running.newest_mark(seen)) or running.ended_badly(fresh):
            raise
        return fresh


def _await(state: str, planned: Planned[Any], seen: models.Machine, run: Run) -> Flow[models.Machine]:
    """Wait for the state, and until a read by id shows it or something newer: reads may be behind."""
    yield from wait_for_state(planned, reading.with_state(seen, "starting"), state, run)

    def is_fresh(model: models.Machine) -> bool:
        return model.state == state or running.has_newer_event(model, running.newest_mark(seen))

    request = requests.get_machine(planned.resource.app_name, seen.id)
    every = itertools.repeat(1.0)
    return (yield from look_until(lambda: call(request), is_fresh, every, within_s=START_SHOWS_S))


def execute(
    wanted: Target, command: Sequence[str] | str, *, timeout_s: int, stdin: str | None, nonce: str | None
) -> Flow[ExecResult]:
    """Run a command on a running machine; it is sent once, even if the response is lost."""
    words = as_words(command)
    fields.check_range("exec", "timeout_s", timeout_s, 1, _LONGEST_S)
    app, machine_id = yield from find_id(wanted)
    request = requests.exec_machine(app, machine_id, words, timeout_s=timeout_s, stdin=stdin, nonce=nonce)
    try:
        return reading.exec_result((yield from call(request)))
    except PreconditionFailedError as refused:
        refused.advice = refused.advice or "A command needs a machine that is started: fly.start(...) first."
        raise


def as_words(command: object) -> list[str]:
    """Return a program and its arguments; a string is split like a shell does, but no shell runs it.

    Raises:
        ConfigurationError: The command is empty, or neither a string nor a list of strings.
    """
    words: list[object] = []
    if isinstance(command, str):
        try:
            words += shlex.split(command)
        except ValueError as open_quote:
            raise ConfigurationError(f"The command cannot be split: {open_quote}; use a list.") from None
    elif isinstance(command, Sequence) and not isinstance(command, bytes | bytearray):
        words += command
    texts = [word for word in words if isinstance(word, str)]
    if not texts or len(texts) != len(words):
        raise ConfigurationError(
            'The command must be a string such as "ls -l /data", or a list of a program and its arguments.'
        )
    return texts
