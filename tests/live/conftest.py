"""Tests that run on Fly.io: `scripts/test -m live --fly-live --fly-org SLUG tests/live`, with FLY_API_TOKEN.

Nobody who works on this has an account, so here they run with a simulator in the place of Fly.io
(tests/plugin/test_live_runs.py): that proves that they work, not that Fly.io does what they expect.
"""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def live_only(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--fly-live"):
        pytest.skip("talks to Fly.io: --fly-live, with FLY_API_TOKEN and --fly-org")
