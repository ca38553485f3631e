"""How hypothesis works in this repository: `fast` by default, `ci` in `scripts/check`.

Both derive their examples from the tests alone, so that a failure comes back on any machine, and neither
times an example.
"""

import os

from hypothesis import settings

settings.register_profile("fast", max_examples=25, stateful_step_count=20, derandomize=True, deadline=None)
settings.register_profile("ci", max_examples=200, stateful_step_count=50, derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
