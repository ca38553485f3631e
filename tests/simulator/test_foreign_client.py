"""A client that others wrote, in another language, where it is installed: NODE_PATH=.../node_modules."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from fly_resources.testing import FlySimulator

_SCRIPT = Path(__file__).parents[2] / "scripts" / "simulator" / "foreign_client.js"


def _node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    return subprocess.run(
        [node, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_npm_client_lives_a_whole_life() -> None:
    if _node("-e", "require.resolve('fly-admin/dist/client')").returncode:
        pytest.skip("the npm package fly-admin is not installed where NODE_PATH points")
    sim = FlySimulator()
    with sim.serve() as server:
        ran = _node(str(_SCRIPT), FLY_API_HOSTNAME=server.url.removesuffix("/v1"))
    assert ran.stdout.splitlines() == [
        "app: pending",
        "volume: created",
        "machine: created",
        "machine: started",
        "machine: stopped",
        "machine: 0",
        "volume: destroyed",
        'app: 404: {"error":"app not found"}',
    ], ran.stderr
    assert sim.snapshot() == {"apps": {}}
