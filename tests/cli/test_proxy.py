"""The command behind a proxy: from the environment, or given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources.cli import _session
from fly_resources.testing import _guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._http.network import Network
    from tests.cli.conftest import Cli

STACK = 'from fly_resources import App\nresources = [App("shop")]\n'
PROXY = "http://127.0.0.1:9"
COMMANDS = ["plan", "ensure", "destroy", "read", "import"]


@pytest.fixture(autouse=True)
def unguarded() -> Iterator[None]:
    """Let requests to Fly.io through: a transport of the test's own answers them instead of a proxy."""
    before = _guard.switch(on=False)
    yield
    _guard.switch(on=before)


@pytest.fixture
def networks(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> list[Network]:
    seen: list[Network] = []

    def opened(network: Network) -> httpx.BaseTransport:
        seen.append(network)
        return cli.sim.transport()

    monkeypatch.setattr(_session, "open_transport", opened)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return seen


def _used(networks: list[Network]) -> list[str | None]:
    return [None if each.proxy is None else str(each.proxy.url) for each in networks]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_proxy(cli: Cli, networks: list[Network], command: str) -> None:
    cli.run(command, "shop" if command == "import" else cli.write(STACK), "--proxy", PROXY)

    assert _used(networks) == [PROXY]


def test_the_environment_names_one(
    cli: Cli, networks: list[Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    assert cli.run("plan", cli.write(STACK)).exit_code == 0
    monkeypatch.setenv("NO_PROXY", "api.machines.dev")
    assert cli.run("plan", cli.write(STACK)).exit_code == 0

    assert _used(networks) == [PROXY, None]


def test_a_proxy_that_cannot_be_is_an_error_of_usage(cli: Cli, networks: list[Network]) -> None:
    result = cli.run("plan", cli.write(STACK), "--proxy", "ftp://x")

    assert result.exit_code == 1
    assert "proxy is not the address of a proxy" in result.stderr


def test_what_does_not_get_through_says_which_proxy(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(network: Network) -> httpx.BaseTransport:
        def answer(_: httpx.Request) -> httpx.Response:
            raise httpx.ProxyError("407 Proxy Authentication Required")

        return httpx.MockTransport(answer)

    monkeypatch.setattr(_session, "open_transport", refused)
    result = cli.run("plan", cli.write(STACK), "--proxy", PROXY)

    assert (
        "was not sent through the proxy http://127.0.0.1:9 (proxy): ProxyError: 407"
        in result.stderr.replace("\n", " ")
    )
