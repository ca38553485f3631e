"""The command line in this process, on a simulator and a virtual clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from fly_resources.cli import _session
from fly_resources.cli._commands import app
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STACK = """
from fly_resources import App, FlySecret, Machine, Volume

app = App("web", primary_region="iad")
data = Volume(app, "data", size_gb=10)
server = Machine(app, "server", {"image": "nginx:alpine"}, mounts={"/data": data})
resources = [app, data, server, FlySecret(app, "KEY", "canary-2718")]
"""


class Cli:
    """Runs commands, and holds the world that they see."""

    def __init__(self, folder: Path, sim: FlySimulator, clock: VirtualClock) -> None:
        self.folder = folder
        self.sim = sim
        self.clock = clock
        self.http = httpx.Client(
            transport=sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )

    def write(self, text: str, name: str = "stack.py") -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run(self, *arguments: str, answer: str | None = None) -> Result:
        """Run one command."""
        return CliRunner().invoke(app, arguments, input=answer)

    def ok(self, *arguments: str, answer: str | None = None) -> Result:
        """Run one command that has to succeed."""
        result = self.run(*arguments, answer=answer)
        assert result.exit_code == 0, result.output
        return result

    def document(self, *arguments: str) -> dict[str, Any]:
        """Run one command with --json, and read the one document that it prints."""
        loaded: dict[str, Any] = json.loads(self.run(*arguments, "--json").stdout)
        return loaded

    def send(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401  # any JSON value
        answer = self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    @property
    def writes(self) -> list[str]:
        """The operations since `sim.requests` was cleared that are no reads."""
        return [str(each.operation) for each in self.sim.requests if each.method != "GET"]


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05, rate_limits=True)
    monkeypatch.setenv("FLY_API_TOKEN", "fm2_canary-token")
    monkeypatch.delenv("FLY_FLAPS_BASE_URL", raising=False)
    monkeypatch.setattr(_session, "open_transport", lambda _: sim.transport())
    monkeypatch.setattr(_session, "open_clock", lambda: clock)
    return Cli(tmp_path, sim, clock)
