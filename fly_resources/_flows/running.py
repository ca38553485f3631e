"""What a machine does: it runs, sleeps, crashed or never started, by its state, config and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources import _readings
from fly_resources._compare import parse_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fly_machines import models

NAME: Final = "fly_resources.name"
#: Says of a machine that an update of ours found it stopped by somebody, and left it so.
LEFT: Final = "fly_resources.left"
#: It does not run, and nobody waits for it to.
ASLEEP: Final = frozenset({"stopped", "stopping", "suspended", "suspending"})
#: It has settled, and does not run.
IDLE: Final = frozenset({"stopped", "suspended", "failed"})
SETTLED: Final = IDLE | {"started"}
#: It has been launched or started, and is not there yet; `created` may last for hours (LC-42).
COMING_UP: Final = frozenset({"created", "starting"})
#: With these, a version begins.
_BIRTHS: Final = frozenset({"launch", "update"})
#: With these, somebody or the proxy ends it on purpose.
_HALTS: Final = frozenset({"stop", "suspend"})
_NS_PER_S: Final = 1e9

#: What tells one event from another; older servers leave the id out (MA-15).
Mark: TypeAlias = tuple[str | None, str, str, int]


def may_sleep(config: Mapping[str, Any]) -> bool:
    """Return whether the proxy, a schedule or its standby role starts and stops it (rule 5)."""
    stops = (service.get("autostop") for service in config.get("services") or [])
    return any(stop not in {None, False, "", "off"} for stop in stops) or bool(
        config.get("schedule") or config.get("standbys")
    )


def sleeper(machine: models.Machine) -> bool:
    """Return whether something starts and stops this machine; False also where its config is not known."""
    return _readings.has_config(machine) and may_sleep(_readings.config_of(machine))


def needs_arming(machine: models.Machine, config: Mapping[str, Any]) -> bool:
    """Return whether `config` gives a machine that is not started a schedule that it did not have.

    Made or updated with `skip_launch`, its schedule would run only once it was started (LC-36).
    """
    had = _readings.has_config(machine) and _readings.config_of(machine).get("schedule")
    return machine.state in IDLE and bool(config.get("schedule")) and not had


def is_asleep(machine: models.Machine) -> bool:
    """Return whether it does not run and is meant not to: an update must not wake it up (rule 5)."""
    return machine.state in ASLEEP and not has_crashed(machine) and not was_left_stopped(machine)


def has_crashed(machine: models.Machine) -> bool:
    """Return whether it stopped by itself with an error, and will not be restarted automatically."""
    known = _readings.has_config(machine)
    return machine.state == "stopped" and ended_badly(machine) and known and not sleeper(machine)


def ended_badly(machine: models.Machine) -> bool:
    """Return whether the last that happened to it is that it ended by itself, with an error (LC-29)."""
    newest = next(_events(machine), None)
    return newest is not None and _is_bad_exit(newest)


def ended_by_itself(machine: models.Machine) -> bool:
    """Return whether its newest exit was asked for by nobody, or the answer shows no exit."""
    newest = next((event for event in _events(machine) if _readings.exit_of(event) is not None), None)
    return newest is None or _is_unasked_exit(newest)


def was_left_stopped(machine: models.Machine) -> bool:
    """Return whether its newest version was never started although nothing lets it sleep (rule 5).

    An update leaves what was not started as it was (LC-34). Where one of ours left stopped what a person had
    stopped, our mark says so. Where events are missing, nobody knows.
    """
    if machine.state not in {"stopped", "suspended"} or not _readings.has_config(machine) or sleeper(machine):
        return False
    born = False
    for event in _events(machine):
        halted = event.type_ in _HALTS
        if event.type_ in _BIRTHS:
            born = True
        elif born and (_is_bad_exit(event) or (halted and event.source == "proxy")):
            return True
        elif _is_start(event) or _is_unasked_exit(event) or (halted and event.source != "flyd"):
            break
    return born and not _is_marked(machine)


def _is_marked(machine: models.Machine) -> bool:
    """Return whether our mark says that it was found stopped, and left so; a clone carries another's."""
    metadata = _readings.config_of(machine).get("metadata") or {}
    return metadata.get(LEFT) == "stopped" and metadata.get(NAME) == machine.name


def has_run(machine: models.Machine, since: Mark | None = None) -> bool | None:
    """Return whether the newest version has been started, after `since` if given; None if nothing tells."""
    for event in _events(machine):
        if since is not None and mark_of(event) == since:
            return False
        if _is_start(event):
            return True
        if event.type_ in _BIRTHS:
            return False
    return None


def newest_mark(machine: models.Machine) -> Mark | None:
    """Return what identifies the newest event; None if the answer holds none."""
    newest = next(_events(machine), None)
    return None if newest is None else mark_of(newest)


def has_newer_event(machine: models.Machine, mark: Mark | None) -> bool:
    """Return whether its newest event came after the one with this mark; False if either is not known."""
    marks = [mark_of(event) for event in _events(machine)]
    if mark is None or not marks or marks[0] == mark:
        return False
    return mark in marks or marks[0][3] > mark[3]


def mark_of(event: models.MachineEvent) -> Mark:
    """Return what tells this event from others."""
    return (_readings.given(event.id), event.type_, event.status, event.timestamp)


def exited_since_start(machine: models.Machine) -> bool:
    """Return whether a process of the newest version has ended since its first start, restarted or not.

    Of a machine that something starts and stops, only ends with an error count: a job ends.
    """
    ends = _is_bad_exit if sleeper(machine) else _is_unasked_exit
    ended = False
    seen_start = False
    for event in _events(machine):
        if event.type_ in _BIRTHS:
            break
        if _is_start(event):
            seen_start = True
            if ended:
                return True
        elif ends(event):
            ended = True
    # Older events may be left out of the answer: an exit that no start follows was after one.
    return ended and not seen_start and not _has_birth(machine)


def why_down(machine: models.Machine) -> str | None:
    """Say why the machine, which should run, will not without help; None if nothing shows that."""
    if machine.state == "failed":
        return "has failed to start" + describe_exit(machine)
    if has_crashed(machine):
        return "has crashed" + describe_exit(machine)
    return None


def describe_exit(machine: models.Machine) -> str:
    """Name the exit code of the newest exit among its newest events, and whether it ran out of memory."""
    for event in _events(machine):
        ended = _readings.exit_of(event)
        if ended is not None:
            oom = ", out of memory" if ended.get("oom_killed") else ""
            return f" (exit code {ended.get('exit_code') or 0}{oom})"
        if event.type_ in _BIRTHS:
            break
    return ""


def describe_events(machine: models.Machine, count: int = 4) -> str:
    """Name its newest events, newest first, with the reasons that they give."""
    texts = []
    for event in list(_events(machine))[:count]:
        request = _readings.given(event.request)
        reasons = request.to_dict() if request else {}
        reason = reasons.get("reason") or reasons.get("error") or reasons.get("message")
        ended = _readings.exit_of(event)
        if ended is not None:
            reason = f"exit code {ended.get('exit_code') or 0}"
        texts.append(f"{event.type_} {event.status}" + (f" ({reason})" if reason else ""))
    return ", ".join(texts)


def has_checks(machine: models.Machine) -> bool:
    """Return whether its config declares health checks."""
    return _readings.has_config(machine) and declares_checks(_readings.config_of(machine))


def declares_checks(config: Mapping[str, Any]) -> bool:
    """Return whether a config declares health checks."""
    return bool(config.get("checks")) or any(
        service.get("checks") for service in config.get("services") or []
    )


def is_unhealthy(machine: models.Machine) -> bool:
    """Return whether it is started and a check that it declares does not pass, or has no result yet."""
    return machine.state == "started" and has_checks(machine) and fails_checks(machine)


def fails_checks(machine: models.Machine) -> bool:
    """Return whether a check does not pass, or none has a result yet."""
    results = _readings.given(machine.checks) or []
    return not results or any(result.status != "passing" for result in results)


def failing_checks(machine: models.Machine) -> str | None:
    """Return how the worst check of a started machine stands; None if all pass or no result is shown."""
    if not is_unhealthy(machine):
        return None
    standing = {str(result.status) for result in _readings.given(machine.checks) or []} - {"passing"}
    return "critical" if "critical" in standing else next(iter(sorted(standing)), None)


def is_down(machine: models.Machine | None) -> bool:
    """Return whether a machine that is not asleep serves nobody: it does not run, or its checks fail."""
    if machine is None:
        return False
    return not is_asleep(machine) and (machine.state != "started" or is_unhealthy(machine))


def stop_timeout_s(config: Mapping[str, Any]) -> float:
    """Return how long a machine with this config may take to stop, in seconds; 0 if it does not say."""
    return _seconds((config.get("stop_config") or {}).get("timeout"))


def grace_period_s(config: Mapping[str, Any]) -> float:
    """Return the longest time that a check of this config is given to pass for the first time, in seconds."""
    checks = [*(config.get("checks") or {}).values()]
    for service in config.get("services") or []:
        checks += service.get("checks") or []
    return max((_seconds(check.get("grace_period")) for check in checks), default=0.0)


def kept_notes(declared: Mapping[str, Any], merged: Mapping[str, Any]) -> tuple[str, ...]:
    """Say which keys that something else has set, and an update keeps, void what is declared."""
    notes = []
    if merged.get("standbys") and "standbys" not in declared and declared.get("services"):
        names = ", ".join(map(str, merged["standbys"]))
        notes.append(f"stays a standby of {names}, serves nothing; give 'standbys': [] to end that")
    if merged.get("schedule") and "schedule" not in declared:
        notes.append(f"keeps the schedule {merged['schedule']!r}, which is not declared")
    if merged.get("auto_destroy") and "auto_destroy" not in declared:
        notes.append("keeps auto_destroy, which is not declared: it vanishes when it exits")
    return tuple(notes)


def _seconds(duration: object) -> float:
    parsed = parse_duration(duration) if isinstance(duration, str | int) else None
    return max(0.0, (parsed or 0) / _NS_PER_S)


def _events(machine: models.Machine) -> Iterator[models.MachineEvent]:
    """Go through the events that the answer holds, newest first (MA-15)."""
    return iter(_readings.given(machine.events) or [])


def _is_start(event: models.MachineEvent) -> bool:
    """Return whether the machine has started; that it was told to is another event (LC-26)."""
    return event.type_ == "start" and event.status != "starting"


def _has_birth(machine: models.Machine) -> bool:
    return any(event.type_ in _BIRTHS for event in _events(machine))


def _is_unasked_exit(event: models.MachineEvent) -> bool:
    ended = _readings.exit_of(event)
    # An embedded event leaves out what is zero or false (MA-15).
    return ended is not None and not ended.get("requested_stop")


def _is_bad_exit(event: models.MachineEvent) -> bool:
    ended = _readings.exit_of(event) or {}
    return _is_unasked_exit(event) and bool(ended.get("exit_code") or ended.get("oom_killed"))
