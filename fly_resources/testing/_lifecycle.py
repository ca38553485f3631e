"""The states of a machine and what moves it from one to the next (LC-1, LC-2).

Nothing runs in the background: a transition is written into the machine's schedule when it is
asked for, and happens when somebody looks after its time has come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing._state import Step

if TYPE_CHECKING:
    from fly_resources.testing._platform import Platform
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

_EXIT_CODES = {"SIGTERM": 143, "SIGKILL": 137}  # LC-29; SIGINT, the default, was seen to exit with 0 (RR#98)
_EMBEDDED_EVENTS = 20


def event(
    platform: Platform, at: float, type: str, *, status: str, source: str, request: JsonObject | None = None
) -> JsonObject:
    """Return one event as the service lists it (MA-15, LC-27)."""
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
    """Let everything happen that is due by `now`."""
    schedule = machine.schedule
    while schedule and schedule[0].at <= now:
        step = schedule.pop(0)
        machine.state = step.state
        machine.updated_at = step.at
        if step.event is not None:
            machine.events.append(step.event)
        if step.state == "started":
            machine.started_at = step.at
        elif step.state == "destroyed":
            machine.destroyed_at = step.at
            machine.lease = None


def next_change(machine: Machine) -> float | None:
    """Return when the machine will change by itself next."""
    return machine.schedule[0].at if machine.schedule else None


def created(machine: Machine, now: float, platform: Platform, *, launch: bool) -> float | None:
    """Enter the life of a new machine; returns when it will be destroyed, if it will by itself."""
    machine.events += [
        event(platform, now, "launch", status="pending", source="flyd"),
        event(platform, now, "launch", status="created", source="user"),
    ]
    return _launch(machine, now, platform.timings.launch, platform, launch=launch)


def replaced(machine: Machine, now: float, platform: Platform, *, launch: bool) -> float | None:
    """Take a new version: replacing -> starting -> started, or stopped (LC-2, LC-4)."""
    machine.schedule.clear()
    machine.state = "replacing"
    machine.started_at = None
    machine.events.append(event(platform, now, "update", status="replacing", source="user"))
    return _launch(machine, now, platform.timings.replace, platform, launch=launch)


def started(machine: Machine, now: float, platform: Platform, source: str = "user") -> float | None:
    """Start or resume: starting -> started."""
    boot = platform.timings.resume if machine.state == "suspended" else platform.timings.boot
    machine.state = "starting"
    machine.events.append(event(platform, now, "start", status="starting", source=source))
    return _boot(machine, now, boot, platform)


def stopped(
    machine: Machine, now: float, platform: Platform, signal: str, source: str = "user"
) -> float | None:
    """Stop: stopping -> stopped; one that never ran or is suspended ends at once (LC-9)."""
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
    """Stop or suspend a machine that is idle, as its services' `autostop` says (LC-28)."""
    services = machine.config.get("services")
    kinds = [s.get("autostop") for s in services if isinstance(s, dict)] if isinstance(services, list) else []
    if "suspend" in kinds:
        suspended(machine, now, platform, "proxy")
    elif True in kinds:
        stopped(machine, now, platform, "SIGINT", "proxy")
    else:
        raise ValueError(f"no service of machine {machine.name} has autostop")


def started_by_proxy(machine: Machine, now: float, platform: Platform) -> None:
    """Wake a machine that is stopped or suspended (LC-28)."""
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


def destroyed(machine: Machine, now: float, platform: Platform) -> float:
    """Destroy: destroying -> destroyed (LC-23); returns when it is gone."""
    machine.schedule.clear()
    machine.state = "destroying"
    machine.events.append(event(platform, now, "destroy", status="destroying", source="user"))
    return _vanish(machine, now, platform)


def checks(machine: Machine, now: float, platform: Platform) -> list[JsonObject]:
    """Return the health checks and how they stand (MA-16)."""
    names = list(_check_names(machine.config))
    if not names:
        return []
    status, output, at = _check_state(machine, now, platform)
    stamp = platform.wall.millis(at)
    return [{"name": name, "status": status, "output": output, "updated_at": stamp} for name in names]


def embedded_events(machine: Machine) -> list[JsonObject]:
    """Return the latest events as a machine shows them: newest first, zero exit fields left out (MA-15)."""
    return [_embedded(entry) for entry in machine.events[: -_EMBEDDED_EVENTS - 1 : -1]]


def _embedded(entry: JsonObject) -> JsonObject:
    request = entry.get("request")
    if not isinstance(request, dict):
        return entry
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
    if platform.images.get(str(machine.config.get("image"))) == "unhealthy":
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
    """Prepare the image, then boot; without launch, and as a standby (LC-32), end stopped (MA-19)."""
    ready = now + prepare
    if not launch or machine.config.get("standbys"):
        machine.schedule.append(Step(ready, "stopped"))
        return None
    machine.schedule.append(Step(ready, "starting"))
    if _behaviour(machine, platform) == "launch_fails":
        failed = event(platform, ready, "launch", status="failed", source="flyd")
        machine.schedule.append(Step(ready, "launch_failed", failed))
        return None
    return _boot(machine, ready, platform.timings.boot, platform)


def _boot(machine: Machine, now: float, boot: float, platform: Platform) -> float | None:
    up = now + boot
    machine.schedule.append(
        Step(up, "started", event(platform, up, "start", status="started", source="flyd"))
    )
    if _behaviour(machine, platform) == "crashes":
        return _exit(machine, up + platform.timings.crash, platform, 1, requested=False)
    return None


def _exit(machine: Machine, at: float, platform: Platform, code: int, *, requested: bool) -> float | None:
    report = _exit_request(platform, at, code, requested=requested, restarting=False)
    machine.schedule.append(
        Step(at, "stopped", event(platform, at, "exit", status="stopped", source="flyd", request=report))
    )
    if machine.config.get("auto_destroy"):  # MA-36
        machine.schedule.append(
            Step(at, "destroying", event(platform, at, "destroy", status="destroying", source="flyd"))
        )
        return _vanish(machine, at, platform)
    return None


def _vanish(machine: Machine, now: float, platform: Platform) -> float:
    end = now + platform.timings.destroy
    machine.schedule.append(
        Step(end, "destroyed", event(platform, end, "destroy", status="destroyed", source="flyd"))
    )
    return end


def _exit_request(
    platform: Platform, at: float, code: int, *, requested: bool, restarting: bool
) -> JsonObject:
    """Return what an exit event reports (LC-29)."""
    return {
        "exit_event": {
            "requested_stop": requested,
            "restarting": restarting,
            "guest_exit_code": 0 if requested else code,
            "guest_signal": -1,
            "guest_error": "",
            "exit_code": code,
            "signal": -1,
            "error": "",
            "oom_killed": False,
            "exited_at": platform.wall.millis(at),
        },
        "restart_count": 0,
    }


def _behaviour(machine: Machine, platform: Platform) -> str | None:
    return platform.images.get(str(machine.config.get("image")))
