"""Determine whether a machine runs, sleeps, crashed or never started: by state, config and events."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._config.compare import parse_duration
from fly_resources._sdk import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fly_machines import models

NAME: Final = "fly_resources.name"
#: Marks a machine that somebody had stopped and that an update of ours left stopped.
LEFT: Final = "fly_resources.left"
#: States in which a machine does not run and is not expected to.
ASLEEP: Final = frozenset({"stopped", "stopping", "suspended", "suspending"})
#: States in which a machine has settled and does not run.
IDLE: Final = frozenset({"stopped", "suspended", "failed"})
SETTLED: Final = IDLE | {"started"}
#: States after a launch or start, before the machine runs; `created` may last for hours (LC-42).
COMING_UP: Final = frozenset({"created", "starting"})
#: Events that begin a new version.
_BIRTHS: Final = frozenset({"launch", "update"})
#: Events by which a user, a program or the proxy ends a machine on purpose.
_HALTS: Final = frozenset({"stop", "suspend"})
_NS_PER_S: Final = 1e9

#: Identifies an event; older servers omit the id (MA-15).
Mark: TypeAlias = tuple[str | None, str, str, int]


def may_sleep(config: Mapping[str, Any]) -> bool:
    """Return whether the proxy, a schedule or its standby role starts and stops the machine (rule 5)."""
    stops = (service.get("autostop") for service in config.get("services") or [])
    return any(stop not in {None, False, "", "off"} for stop in stops) or bool(
        config.get("schedule") or config.get("standbys")
    )


def is_sleeper(machine: models.Machine) -> bool:
    """Return whether something starts and stops this machine; False if its config is unknown."""
    return reading.has_config(machine) and may_sleep(reading.config_of(machine))


def last_exit(machine: models.Machine) -> dict[str, Any] | None:
    """Return what the newest exit event reports, or None if the answer contains no exit."""
    return next(_exits(_events(machine)), None)


def needs_arming(machine: models.Machine, config: Mapping[str, Any]) -> bool:
    """Return whether `config` adds a schedule to a machine that is not started and had none.

    If created or updated with `skip_launch`, its schedule would run only after a start (LC-36).
    """
    had = reading.has_config(machine) and reading.config_of(machine).get("schedule")
    return machine.state in IDLE and bool(config.get("schedule")) and not had


def is_asleep(machine: models.Machine) -> bool:
    """Return whether the machine is idle on purpose, so that an update must not start it (rule 5)."""
    return machine.state in ASLEEP and not has_crashed(machine) and not was_left_stopped(machine)


def has_crashed(machine: models.Machine) -> bool:
    """Return whether the machine exited by itself with an error and will not be restarted automatically."""
    known = reading.has_config(machine)
    return machine.state == "stopped" and ended_badly(machine) and known and not is_sleeper(machine)


def ended_badly(machine: models.Machine) -> bool:
    """Return whether the newest event is an exit by itself, with an error (LC-29)."""
    newest = next(_events(machine), None)
    return newest is not None and _is_bad_exit(newest)


def ended_by_itself(machine: models.Machine) -> bool:
    """Return whether the newest exit was not requested, or the answer contains no exit."""
    ended = last_exit(machine)
    return ended is None or not ended.get("requested_stop")


def was_left_stopped(machine: models.Machine) -> bool:
    """Return whether the newest version was never started although nothing lets the machine sleep (rule 5).

    An update leaves a machine that was not started as it was (LC-34). If an update of ours left a machine
    stopped that somebody had stopped, our metadata says so. If events are missing, the answer is unknown.
    """
    may_rest = not reading.has_config(machine) or is_sleeper(machine)
    if machine.state not in {"stopped", "suspended"} or may_rest:
        return False
    born = False
    for event in _events(machine):
        if event.type_ in _BIRTHS:
            born = True
        elif born and (_is_bad_exit(event) or _is_halt(event, "proxy")):
            return True
        elif _is_by_someone(event):
            break
    return born and not _is_marked(machine)


def _is_by_someone(event: models.MachineEvent) -> bool:
    """Return whether the event shows that the machine ran, or that a user or program stopped it."""
    return _is_start(event) or _is_unasked_exit(event) or (_is_halt(event) and not _is_halt(event, "flyd"))


def _is_halt(event: models.MachineEvent, source: str | None = None) -> bool:
    """Return whether the event stops or suspends the machine, by `source` if one is given."""
    return event.type_ in _HALTS and (source is None or event.source == source)


def _is_marked(machine: models.Machine) -> bool:
    """Return whether our mark says that it was found and left stopped; a clone has another's mark."""
    metadata = reading.metadata_of(machine)
    return metadata.get(LEFT) == "stopped" and metadata.get(NAME) == machine.name


def has_run(machine: models.Machine, since: Mark | None = None) -> bool | None:
    """Return whether the newest version has been started, after `since` if given; None if that is unknown."""
    for event in _events(machine):
        if since is not None and mark_of(event) == since:
            return False
        if _is_start(event):
            return True
        if event.type_ in _BIRTHS:
            return False
    return None


def started_ms(machine: models.Machine) -> int | None:
    """Return when the machine was last started, in milliseconds since 1970; None if no event shows it."""
    return next((event.timestamp for event in _events(machine) if _is_start(event)), None)


def was_restarted(machine: models.Machine, since: Mark | None) -> bool:
    """Return whether the machine is starting, or was restarted or started after the event `since`."""
    if machine.state in {"restarting", "starting"}:
        return True
    events = itertools.takewhile(lambda event: mark_of(event) != since, _events(machine))
    return since is not None and any(event.type_ in {"restart", "start"} for event in events)


def newest_mark(machine: models.Machine) -> Mark | None:
    """Return the identity of the newest event, or None if the answer contains no events."""
    newest = next(_events(machine), None)
    return None if newest is None else mark_of(newest)


def has_newer_event(machine: models.Machine, mark: Mark | None) -> bool:
    """Return whether the newest event came after the one with this mark; False if either is unknown."""
    marks = [mark_of(event) for event in _events(machine)]
    if mark is None or not marks or marks[0] == mark:
        return False
    return mark in marks or marks[0][3] > mark[3]


def mark_of(event: models.MachineEvent) -> Mark:
    """Return the values that identify the event."""
    return (reading.given(event.id), event.type_, event.status, event.timestamp)


def exited_since_start(machine: models.Machine) -> bool:
    """Return whether a process of the newest version has exited since its first start, restarted or not.

    For a machine that is started and stopped automatically, only exits with an error count, because a job is
    expected to end.
    """
    ends = _is_bad_exit if is_sleeper(machine) else _is_unasked_exit
    events = list(_of_newest_version(machine))
    starts = [index for index, event in enumerate(events) if _is_start(event)]
    if starts:
        events = events[: starts[-1]]
    elif any(event.type_ in _BIRTHS for event in _events(machine)):
        return False
    # The answer may omit older events: an exit without a start before it must have followed an earlier start.
    return any(map(ends, events))


def why_down(machine: models.Machine) -> str | None:
    """Return why a machine that should run will not start without help; None if nothing shows that."""
    if machine.state == "failed":
        return "has failed to start" + describe_exit(machine)
    if has_crashed(machine):
        return "has crashed" + describe_exit(machine)
    return None


def describe_exit(machine: models.Machine) -> str:
    """Describe the newest exit of the newest version: exit code, signal, and whether it ran out of memory."""
    ended = next(_exits(_of_newest_version(machine)), None)
    if ended is None:
        return ""
    oom = ", out of memory" if ended.get("oom_killed") else ""
    number = max(int(ended.get(key) or 0) for key in ("signal", "guest_signal"))  # -1: none (LC-29)
    signal = f", signal {number}" if number > 0 else ""
    return f" (exit code {ended.get('exit_code') or 0}{signal}{oom})"


def describe_events(machine: models.Machine, count: int = 4) -> str:
    """List the newest `count` events, newest first, with their reasons."""
    texts = []
    for event in list(_events(machine))[:count]:
        request = reading.given(event.request)
        reasons = request.to_dict() if request else {}
        reason = reasons.get("reason") or reasons.get("error") or reasons.get("message")
        ended = reading.exit_of(event)
        if ended is not None:
            reason = f"exit code {ended.get('exit_code') or 0}"
        texts.append(f"{event.type_} {event.status}" + (f" ({reason})" if reason else ""))
    return ", ".join(texts)


def has_checks(machine: models.Machine) -> bool:
    """Return whether the machine's config declares health checks."""
    return reading.has_config(machine) and declares_checks(reading.config_of(machine))


def declares_checks(config: Mapping[str, Any]) -> bool:
    """Return whether a config declares health checks."""
    return bool(config.get("checks")) or any(
        service.get("checks") for service in config.get("services") or []
    )


def is_unhealthy(machine: models.Machine) -> bool:
    """Return whether the machine is started and one of its declared checks fails or has no result yet."""
    return machine.state == "started" and fails_checks(machine) and has_checks(machine)


def fails_checks(machine: models.Machine) -> bool:
    """Return whether a check does not pass, or none has a result yet."""
    results = reading.given(machine.checks) or []
    return not results or any(result.status != "passing" for result in results)


def failing_checks(machine: models.Machine) -> str | None:
    """Return the worst check status of a started machine; None if all pass or no result is shown."""
    standing = {str(result.status) for result in reading.given(machine.checks) or []} - {"passing"}
    worst = "critical" if "critical" in standing else min(standing, default=None)
    return worst if is_unhealthy(machine) else None


def is_down(machine: models.Machine) -> bool:
    """Return whether a machine that is awake serves no traffic: it does not run, or its checks fail."""
    return machine.state != "started" or is_unhealthy(machine)


def stop_timeout_s(config: Mapping[str, Any]) -> float:
    """Return the config's stop timeout in seconds, or 0 if it sets none."""
    return _seconds((config.get("stop_config") or {}).get("timeout"))


def grace_period_s(config: Mapping[str, Any]) -> float:
    """Return the longest grace period of the config's checks, in seconds."""
    checks = [*(config.get("checks") or {}).values()]
    for service in config.get("services") or []:
        checks += service.get("checks") or []
    return max((_seconds(check.get("grace_period")) for check in checks), default=0.0)


def kept_notes(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """Return notes on undeclared keys that an update keeps and that defeat what is declared."""
    notes = []
    if merged.get("standbys") and "standbys" not in declared and declared.get("services"):
        names = ", ".join(map(str, merged["standbys"]))
        notes.append(f"stays a standby of {names} and serves nothing; give 'standbys': [] to change that")
    if merged.get("schedule") and "schedule" not in declared:
        notes.append(f"keeps the schedule {merged['schedule']!r}, which is not declared")
    if merged.get("auto_destroy") and "auto_destroy" not in declared:
        notes.append("keeps auto_destroy, which is not declared: it is destroyed when it exits")
    return tuple(notes)


def _seconds(duration: object) -> float:
    parsed = parse_duration(duration) if isinstance(duration, str | int) else None
    return max(0.0, (parsed or 0) / _NS_PER_S)


def _events(machine: models.Machine) -> Iterator[models.MachineEvent]:
    """Iterate over the events in the answer, newest first (MA-15)."""
    return iter(reading.given(machine.events) or [])


def _of_newest_version(machine: models.Machine) -> Iterator[models.MachineEvent]:
    """Iterate over the events since the one that began the newest version."""
    return itertools.takewhile(lambda event: event.type_ not in _BIRTHS, _events(machine))


def _exits(events: Iterable[models.MachineEvent]) -> Iterator[dict[str, Any]]:
    """Yield what exit events report."""
    return (ended for event in events if (ended := reading.exit_of(event)) is not None)


def _is_start(event: models.MachineEvent) -> bool:
    """Return whether the event shows a completed start; the start request is a separate event (LC-26)."""
    return event.type_ == "start" and event.status != "starting"


def _is_unasked_exit(event: models.MachineEvent) -> bool:
    ended = reading.exit_of(event)
    # An embedded event omits values that are zero or false (MA-15).
    return ended is not None and not ended.get("requested_stop")


def _is_bad_exit(event: models.MachineEvent) -> bool:
    ended = reading.exit_of(event) or {}
    return _is_unasked_exit(event) and bool(ended.get("exit_code") or ended.get("oom_killed"))
