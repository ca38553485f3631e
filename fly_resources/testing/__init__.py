"""An in-memory Fly Machines API for tests.

```python
simulator = FlySimulator()
with Fly(token="test", transport=simulator.transport()) as fly:
    fly.ensure(App("my-app"))
assert "my-app" in simulator.snapshot()["apps"]
```

Everything is imported on first use, because the pytest plugin lives here and is loaded into every pytest run.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fly_resources.testing._behaviour import Behaviour
    from fly_resources.testing._clock import VirtualClock
    from fly_resources.testing._faults import Fault
    from fly_resources.testing._fly_world import FlyWorld
    from fly_resources.testing._programs import Program
    from fly_resources.testing._request_log import RecordedRequest
    from fly_resources.testing._simulator import FlySimulator

__all__ = ["Behaviour", "Fault", "FlySimulator", "FlyWorld", "Program", "RecordedRequest", "VirtualClock"]

_HOMES = {
    "Behaviour": "_behaviour",
    "Fault": "_faults",
    "FlySimulator": "_simulator",
    "FlyWorld": "_fly_world",
    "Program": "_programs",
    "RecordedRequest": "_request_log",
    "VirtualClock": "_clock",
}


def __getattr__(name: str) -> object:
    """Import the requested name (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"fly_resources.testing.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
