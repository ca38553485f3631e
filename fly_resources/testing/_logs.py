"""Log lines written by `FlySimulator.write_log` and by the platform. The keys of a line are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing._wire import NDJSON_TYPE, Answer, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._call import Call
    from fly_resources.testing._state import App, Machine
    from fly_resources.testing._wire import JsonObject


def of_app(call: Call) -> Answer:
    """App_Logs_list: the lines of all machines of the app, oldest first."""
    return _answer(lines_of(call.app(), call))


def of_machine(call: Call) -> Answer:
    """Machines_list_logs."""
    machine = call.machine()
    return _answer(
        _lines((line for line in call.app().logs if line["instance"] == machine.id), [machine], call)
    )


def lines_of(app: App, call: Call) -> list[JsonObject]:
    """Return the lines of an app, oldest first."""
    return _lines(app.logs, app.machines.values(), call)


def write_line(app: App, machine: Machine, timestamp: str, message: str) -> None:
    """Add a line written by a machine, or by the platform about it."""
    app.logs.append(_line(machine, timestamp, message))
    del app.logs[: -lifecycle.LINES]


def _line(machine: Machine, timestamp: str, message: str) -> JsonObject:
    return {
        "timestamp": timestamp,
        "level": "info",
        "message": message,
        "instance": machine.id,
        "region": machine.region,
    }


def _lines(written: Iterable[JsonObject], machines: Iterable[Machine], call: Call) -> list[JsonObject]:
    found = list(written)
    for machine in machines:
        lifecycle.advance(machine, call.now)
        found += [_line(machine, call.platform.wall.millis(each.at), each.message) for each in machine.lines]
    found.sort(key=lambda line: str(line["timestamp"]))
    shown_until = call.platform.wall.millis(call.now - call.platform.behaviour.log_lag_s)
    return [line for line in found if str(line["timestamp"]) <= shown_until][-lifecycle.LINES :]


def _answer(latest: Iterable[JsonObject]) -> Answer:
    return Answer(200, b"".join(encode(line) + b"\n" for line in latest), NDJSON_TYPE)
