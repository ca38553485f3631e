"""The proxy: stops idle machines, and wakes machines when a request arrives (LC-28, MA-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _lifecycle as lifecycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._platform import Platform
    from fly_resources.testing._state import App, Machine, World
    from fly_resources.testing._wire import Json, JsonObject


def stop_idle(world: World, platform: Platform, now: float) -> None:
    """Stop machines that were idle for `Behaviour.autostop_after_s`, at the time when that elapsed.

    This is the passage of time, not a request: it changes machines in place, like `lifecycle.advance`.
    """
    after = platform.behaviour.autostop_after_s
    if after is None:
        return
    for app in world.apps.values():
        for machine in app.machines.values():
            lifecycle.advance(machine, now)
        idle = sorted(_idle(app.machines.values(), after, now), key=lambda found: found[:2])
        running = sum(machine.state == "started" for machine in app.machines.values())
        for since, _, machine in idle:
            if running <= _least(app):
                break
            lifecycle.stopped_by_proxy(machine, since, platform)
            lifecycle.advance(machine, now)
            running -= 1


def visit(app: App, platform: Platform, now: float) -> Machine:
    """Send a request to the app: to a running machine, or to one that is woken for it.

    Raises:
        LookupError: The app has neither.
    """
    machines = app.machines.values()
    for machine in machines:
        lifecycle.advance(machine, now)
    found = next((m for m in machines if m.state in {"started", "starting"}), None)
    if found is None:
        found = next((m for m in machines if m.state in {"stopped", "suspended"} and _wakes(m)), None)
        if found is None:
            raise LookupError(f"app {app.name} has no machine that runs or has a service with autostart")
    machine = found.fork()
    if machine.state in {"stopped", "suspended"}:
        lifecycle.started_by_proxy(machine, now, platform)
    machine.visited_at = now
    app.machines[machine.id] = machine
    return machine


def _idle(machines: Iterable[Machine], after: float, now: float) -> list[tuple[float, str, Machine]]:
    found: list[tuple[float, str, Machine]] = []
    for machine in machines:
        if machine.state == "started" and machine.started_at is not None and _stops(machine):
            due = max(machine.started_at, machine.visited_at or machine.started_at) + after
            if due <= now:
                found.append((due, machine.id, machine))
    return found


def _least(app: App) -> int:
    """Return the minimum number of machines that stay up (`min_machines_running`)."""
    return max(
        (
            wanted
            for machine in app.machines.values()
            for service in _services(machine)
            if isinstance(wanted := service.get("min_machines_running"), int)
        ),
        default=0,
    )


def _stops(machine: Machine) -> bool:
    return any(service.get("autostop") in {True, "suspend"} for service in _services(machine))


def _wakes(machine: Machine) -> bool:
    return any(service.get("autostart") is True for service in _services(machine))


def _services(machine: Machine) -> list[JsonObject]:
    services: Json = machine.config.get("services")
    return [each for each in services if isinstance(each, dict)] if isinstance(services, list) else []
