"""The states of a machine and the transitions between them (LC-1, LC-2).

Nothing runs in the background: a transition is added to the machine's schedule when it is requested, and is
applied at the first access after it is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing._state import Line, Step

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
    from fly_resources.testing._programs import Program
    from fly_resources.testing._state import Machine
    from fly_resources.testing._wire import Json, JsonObject

TRANSIENT = frozenset(
    {
        "creating",
        "starting",
        "stopping",
        "restarting",
        "suspending",
        "destroying",
        "launch_failed",
        "updating",
        "replacing",
    }
)
"""States that a machine does not stay in: not `settled` (LC-1, WA-12)."""

#: States that an update treats as running, so that it starts the machine again (LC-34).
_RUNNING = frozenset({"started", "starting", "restarting"})
_EXIT_CODES = {"SIGTERM": 143, "SIGKILL": 137}  # LC-29; SIGINT, the default, was seen to exit with 0 (RR#98)
_EMBEDDED_EVENTS = 20
#: Maximum log lines kept per app, and per machine for its programs.
LINES = 1000


def event(
    platform: Platform, at: float, type: str, *, status: str, source: str, request: JsonObject | None = None
) -> JsonObject:
    """Return one event in the service's list format (MA-15, LC-27)."""
    stamp = platform.wall.unix_ms(at)
    return {
        "id": platform.ids.ulid(stamp),
        "type": type,
        "status": status,
        "request": {} if request is None else request,
        "source": source,
        "timestamp": stamp,
    }


def advance(machine: Machine, now: float) -> None:
    """Apply all transitions that are due by `now`."""
    schedule = machine.schedule
    while schedule and schedule[0].at <= now:
        step = schedule.pop(0)
        if step.line is not None:
            machine.lines.append(Line(step.at, step.line))
            del machine.lines[:-LINES]
            continue
        machine.state = step.state
        machine.updated_at = step.at
        if step.version is not None:
            machine.instance_id = step.version
            machine.config = machine.config_of(step.version) or machine.config
        if step.event is not None:
            machine.events.append(step.event)
        if step.state == "started":
            machine.started_at = step.at
        elif step.state == "destroyed":
            machine.destroyed_at = step.at
            machine.lease = None


def next_change(machine: Machine) -> float | None:
    """Return when the machine next changes on its own."""
    return machine.schedule[0].at if machine.schedule else None


def created(machine: Machine, now: float, platform: Platform, *, launch: bool) -> float | None:
    """Schedule the transitions of a new machine; returns when it destroys itself, if it will."""
    machine.events += [
        event(platform, now, "launch", status="pending", source="flyd"),
        event(platform, now, "launch", status="created", source="user"),
    ]
    machine.armed = launch or not platform.behaviour.skip_launch_disarms_schedule
    prepare = platform.timings.launch + (platform.behaviour.created_s if launch else 0.0)
    return _launch(machine, now, prepare, platform, launch=launch)


def is_started(machine: Machine) -> bool:
    """Return whether an update treats the machine as started or starting (LC-34)."""
    on_its_way = machine.state == "created" and any(step.state == "starting" for step in machine.schedule)
    return machine.state in _RUNNING or on_its_way


def replaced(machine: Machine, now: float, platform: Platform, *, skip_launch: bool) -> float | None:
    """Switch to a new version: replacing -> starting -> started, or stopped (LC-2, LC-4).

    A machine that was not started remains so (LC-34). An image of kind `update_fails` restores the previous
    version (LC-37). The machine already has the new version; `former` is the previous one.
    """
    was_started = is_started(machine)
    if skip_launch and platform.behaviour.skip_launch_disarms_schedule:
        machine.armed = False
    machine.schedule.clear()
    machine.state = "replacing"
    machine.started_at = None
    machine.events.append(event(platform, now, "update", status="replacing", source="user"))
    if image_kind(machine, platform) == "update_fails":
        return _fail_update(machine, now + platform.timings.replace, platform, was_started=was_started)
    launch = (was_started or platform.behaviour.update_starts_stopped) and not skip_launch
    machine.armed = machine.armed or launch
    return _launch(machine, now, platform.timings.replace, platform, launch=launch)


def _fail_update(machine: Machine, at: float, platform: Platform, *, was_started: bool) -> float | None:
    """Give up an update: back to the previous version and state, or `failed` (LC-37)."""
    reason = f"failed to pull image {machine.config.get('image')}: the update was not carried out"
    entry = event(platform, at, "update", status="failed", source="flyd", request={"reason": reason})
    if platform.behaviour.failed_update == "fails":
        machine.schedule.append(Step(at, "failed", entry))
        return None
    if not was_started:
        machine.schedule.append(Step(at, "stopped", entry, machine.former))
        return None
    machine.schedule.append(Step(at, "starting", entry, machine.former))
    former = {} if machine.former is None else machine.config_of(machine.former) or {}
    return _boot(machine, at, platform.timings.boot, platform, former)


def started_after_replacement(machine: Machine, platform: Platform) -> float | None:
    """Start a machine right after its replacement, if it would be left stopped (LC-35, `accepted`)."""
    if machine.schedule[-1].state != "stopped" or len(machine.schedule) > 1:
        return None
    last = machine.schedule.pop()
    config = machine.config if last.version is None else machine.config_of(last.version) or {}
    machine.schedule.append(Step(last.at, "starting", last.event, last.version))
    machine.armed = True
    return _boot(machine, last.at, platform.timings.boot, platform, config)


def started(machine: Machine, now: float, platform: Platform, source: str = "user") -> float | None:
    """Start or resume: starting -> started. Activates the schedule in the config (LC-36)."""
    boot = platform.timings.resume if machine.state == "suspended" else platform.timings.boot
    machine.armed = True
    machine.state = "starting"
    machine.events.append(event(platform, now, "start", status="starting", source=source))
    return _boot(machine, now, boot, platform)


def stopped(
    machine: Machine, now: float, platform: Platform, signal: str, source: str = "user"
) -> float | None:
    """Stop: stopping -> stopped; a machine that never ran or is suspended stops at once (LC-9)."""
    if machine.state == "stopped":
        return None
    machine.events.append(
        event(platform, now, "stop", status="stopping", source=source, request={"reason": ""})
    )
    ran = machine.state not in {"created", "suspended"}
    machine.state = "stopping"
    machine.schedule.clear()
    end = now + (platform.timings.stop if ran else 0.0)
    return _exit(machine, end, platform, _EXIT_CODES.get(signal, 0), requested=True)


def stopped_by_proxy(machine: Machine, now: float, platform: Platform) -> None:
    """Stop or suspend an idle machine as its services' `autostop` says (LC-28)."""
    services = machine.config.get("services")
    kinds = [s.get("autostop") for s in services if isinstance(s, dict)] if isinstance(services, list) else []
    if "suspend" in kinds:
        suspended(machine, now, platform, "proxy")
    elif True in kinds:
        stopped(machine, now, platform, "SIGINT", "proxy")
    else:
        raise ValueError(f"no service of machine {machine.name} has autostop")


def started_by_proxy(machine: Machine, now: float, platform: Platform) -> None:
    """Wake a stopped or suspended machine (LC-28)."""
    if machine.state not in {"stopped", "suspended"}:
        raise ValueError(f"machine {machine.name} is {machine.state}")
    started(machine, now, platform, "proxy")


def restarted(machine: Machine, now: float, platform: Platform, signal: str) -> float | None:
    """Restart: restarting -> starting -> started."""
    machine.schedule.clear()
    machine.events.append(event(platform, now, "restart", status="restarting", source="user"))
    machine.state = "restarting"
    machine.started_at = None
    end = now + platform.timings.stop
    code = _EXIT_CODES.get(signal, 0)
    report = _exit_request(platform, end, code, requested=True, restarting=True)
    machine.schedule.append(
        Step(end, "starting", event(platform, end, "exit", status="stopped", source="flyd", request=report))
    )
    return _boot(machine, end, platform.timings.boot, platform)


def suspended(machine: Machine, now: float, platform: Platform, source: str = "user") -> None:
    """Suspend: suspending -> suspended."""
    machine.schedule.clear()
    machine.state = "suspending"
    machine.events.append(event(platform, now, "suspend", status="suspending", source=source))
    end = now + platform.timings.suspend
    machine.schedule.append(
        Step(end, "suspended", event(platform, end, "suspend", status="suspended", source="flyd"))
    )


def destroyed(machine: Machine, now: float, platform: Platform) -> float | None:
    """Destroy: destroying -> destroyed (LC-23); returns when it is gone.

    None: its host is lost, and the machine stays `destroying` until the host is back (HS-1).
    """
    machine.schedule.clear()
    machine.state = "destroying"
    machine.events.append(event(platform, now, "destroy", status="destroying", source="user"))
    return None if machine.host_status != "ok" else vanish(machine, now, platform)


def checks(machine: Machine, now: float, platform: Platform) -> list[JsonObject]:
    """Return the health checks and their status (MA-16)."""
    names = list(_check_names(machine.config))
    if not names:
        return []
    status, output, at = _check_state(machine, now, platform)
    stamp = platform.wall.millis(at)
    return [{"name": name, "status": status, "output": output, "updated_at": stamp} for name in names]


def embedded_events(machine: Machine) -> list[JsonObject]:
    """Return the latest events as a machine includes them: newest first, zero exit fields omitted (MA-15)."""
    return [_embedded(entry) for entry in machine.events[: -_EMBEDDED_EVENTS - 1 : -1]]


def _embedded(entry: JsonObject) -> JsonObject:
    request = entry.get("request")
    if not isinstance(request, dict):
        return entry
    if not request:
        return {key: value for key, value in entry.items() if key != "request"}
    report = request.get("exit_event")
    if not isinstance(report, dict):
        return entry
    return {**entry, "request": {"exit_event": {key: value for key, value in report.items() if value}}}


def _check_state(machine: Machine, now: float, platform: Platform) -> tuple[str, str, float]:
    if machine.check_status is not None:
        return machine.check_status, "set by a test", now
    if machine.state != "started" or machine.started_at is None:
        return "warning", f"the machine is {machine.state}", machine.updated_at
    passing_at = machine.started_at + platform.timings.checks
    if now < passing_at:
        return "warning", "the machine is created", machine.started_at
    if image_kind(machine, platform) == "unhealthy":
        return "critical", "connect: connection refused", passing_at
    return "passing", "Success", passing_at


def _check_names(config: JsonObject) -> list[str]:
    found: list[str] = []
    services = config.get("services")
    for index, service in enumerate(services if isinstance(services, list) else []):
        inner: Json = service.get("checks") if isinstance(service, dict) else None
        port = service.get("internal_port") if isinstance(service, dict) else None
        for check in inner if isinstance(inner, list) else []:
            kind = check.get("type", "tcp") if isinstance(check, dict) else "tcp"
            found.append(f"servicecheck-{index:02d}-{kind}-{port}")
    own = config.get("checks")
    return found + (list(own) if isinstance(own, dict) else [])


def _launch(
    machine: Machine, now: float, prepare: float, platform: Platform, *, launch: bool
) -> float | None:
    """Prepare the image, then boot; without launch, or as a standby (LC-32), end stopped (MA-19)."""
    ready = now + prepare
    if not launch or machine.config.get("standbys"):
        machine.schedule.append(Step(ready, "stopped"))
        return None
    machine.schedule.append(Step(ready, "starting"))
    if image_kind(machine, platform) == "launch_fails":
        failed = event(platform, ready, "launch", status="failed", source="flyd")
        machine.schedule.append(Step(ready, "launch_failed", failed))
        return None
    return _boot(machine, ready, platform.timings.boot, platform)


def _boot(
    machine: Machine, now: float, boot: float, platform: Platform, config: JsonObject | None = None
) -> float | None:
    """Boot; end automatically if the image crashes or a schedule makes the machine a job (LC-40).

    `config` is the config in force at that time, if it is not the machine's.
    """
    config = machine.config if config is None else config
    up = now + boot
    machine.schedule.append(
        Step(up, "started", event(platform, up, "start", status="started", source="flyd"))
    )
    program = platform.program(str(config.get("image")), _command(config))
    if program is not None:
        return _play(machine, up, program, platform)
    if _kind_of(config, platform) == "crashes":
        return _exit(machine, up + platform.timings.crash, platform, 1, requested=False)
    if config.get("schedule"):
        return _exit(machine, up + platform.timings.job, platform, 0, requested=False)
    return None


def _command(config: JsonObject) -> str:
    """Return the command that overrides the image's own, as one string."""
    init = config.get("init")
    words = init.get("cmd") if isinstance(init, dict) else None
    return " ".join(map(str, words)) if isinstance(words, list) else ""


def _play(machine: Machine, up: float, program: Program, platform: Platform) -> float | None:
    """Run a program: it prints lines, and may end."""
    machine.schedule += [Step(up + after, "started", line=line) for after, line in program.lines()]
    code = program.ends_with
    if code is None:
        return None
    return _exit(machine, up + program.after_s, platform, code, requested=False, program=program)


def _exit(
    machine: Machine,
    at: float,
    platform: Platform,
    code: int,
    *,
    requested: bool,
    program: Program | None = None,
) -> float | None:
    report = _exit_request(platform, at, code, requested=requested, restarting=False, program=program)
    machine.schedule.append(
        Step(at, "stopped", event(platform, at, "exit", status="stopped", source="flyd", request=report))
    )
    if machine.config.get("auto_destroy"):  # MA-36
        machine.schedule.append(
            Step(at, "destroying", event(platform, at, "destroy", status="destroying", source="flyd"))
        )
        return vanish(machine, at, platform)
    return None


def vanish(machine: Machine, now: float, platform: Platform) -> float:
    """Schedule the end of a machine that is being destroyed; returns when it is gone."""
    end = now + platform.timings.destroy
    machine.schedule.append(
        Step(end, "destroyed", event(platform, end, "destroy", status="destroyed", source="flyd"))
    )
    return end


def _exit_request(
    platform: Platform,
    at: float,
    code: int,
    *,
    requested: bool,
    restarting: bool,
    program: Program | None = None,
) -> JsonObject:
    """Return the contents of an exit event (LC-29)."""
    return {
        "exit_event": {
            "requested_stop": requested,
            "restarting": restarting,
            "guest_exit_code": 0 if requested else code,
            "guest_signal": -1 if program is None or program.signal is None else program.signal,
            "guest_error": "",
            "exit_code": code,
            "signal": -1,
            "error": "",
            "oom_killed": program is not None and program.oom_killed,
            "exited_at": platform.wall.millis(at),
        },
        "restart_count": 0,
    }


def image_kind(machine: Machine, platform: Platform) -> str | None:
    """Return the kind of the machine's image if it misbehaves, else None."""
    return _kind_of(machine.config, platform)


def _kind_of(config: JsonObject, platform: Platform) -> str | None:
    return platform.image_kind(str(config.get("image")))
