"""The Fly Machines API in memory, for tests.

```python
simulator = FlySimulator()
with Fly(token="test", transport=simulator.transport()) as fly:
    fly.ensure(App("my-app"))
assert "my-app" in simulator.snapshot()["apps"]
```
"""

from fly_resources.testing._clock import VirtualClock
from fly_resources.testing._exchange import RecordedRequest
from fly_resources.testing._faults import Fault
from fly_resources.testing._simulator import FlySimulator

__all__ = ["Fault", "FlySimulator", "RecordedRequest", "VirtualClock"]
