"""Log lines: what `FlySimulator.write_log` and the platform wrote. The keys of a line are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fly_resources.testing._wire import NDJSON_TYPE, Answer, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.testing._call import Call
    from fly_resources.testing._state import App, Machine
    from fly_resources.testing._wire import JsonObject

#: How many lines of an app are kept.
KEPT = 1000


def of_app(call: Call) -> Answer:
    """App_Logs_list: the lines of all its machines, oldest first."""
    return _lines(call.app().logs)


def of_machine(call: Call) -> Answer:
    """Machines_list_logs."""
    machine = call.machine()
    return _lines(line for line in call.app().logs if line["instance"] == machine.id)


def write_line(app: App, machine: Machine, timestamp: str, message: str) -> None:
    """Add a line that a machine, or the platform about it, wrote."""
    app.logs.append(
        {
            "timestamp": timestamp,
            "level": "info",
            "message": message,
            "instance": machine.id,
            "region": machine.region,
        }
    )
    del app.logs[:-KEPT]


def _lines(lines: Iterable[JsonObject]) -> Answer:
    return Answer(200, b"".join(encode(line) + b"\n" for line in lines), NDJSON_TYPE)
