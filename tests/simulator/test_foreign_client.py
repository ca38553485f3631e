"""A client that others wrote, in another language, where it is installed: NODE_PATH=.../node_modules."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fly_resources.testing import FlySimulator

_SCRIPT = Path(__file__).with_name("foreign_client.js")
#: Says what the script prints.
_PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"


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


def test_an_npm_client_lives_a_whole_life_and_steers_a_fault() -> None:
    if _node("-e", "require.resolve('fly-admin/dist/client')").returncode:
        pytest.skip("the npm package fly-admin is not installed where NODE_PATH points")
    printed = re.search(r"it prints\n\n```text\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert printed is not None
    sim = FlySimulator()
    with sim.serve() as server:
        ran = _node(str(_SCRIPT), FLY_API_HOSTNAME=server.url)
    assert ran.stdout == printed[1], ran.stderr
    assert sim.snapshot() == {"apps": {}}
