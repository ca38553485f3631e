"""Nothing that a test does reaches the live service, unless `--fly-live` says so."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx

from fly_resources import Fly
from fly_resources.testing import _guard

if TYPE_CHECKING:
    import pytest

    from fly_resources.testing import FlySimulator


def test_a_client_of_the_code_itself_is_refused_and_told_the_fixture(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "fo1_canary")
    project.makepyfile(
        """
        import asyncio, urllib.request
        import httpx, pytest
        from fly_resources import App, AsyncFly, Fly, FlySecret
        from fly_resources.errors import ConfigurationError, LiveServiceError

        ASKS = pytest.raises(LiveServiceError, match="fixture fly .*or fly_world.*--fly-live")

        def test_reads_and_writes(fly):
            with Fly() as own:
                with ASKS as caught:
                    own.read(App("shop"))
                assert "canary" not in str(caught.value) and isinstance(caught.value, ConfigurationError)
                with ASKS:
                    own.ensure(App("shop"))
                with ASKS:
                    own.destroy(App("shop"), everything=True)
                with ASKS:
                    own.api.apps.get("shop")

        def test_async():
            async def ask():
                async with AsyncFly() as own:
                    await own.read(App("shop"))
            with ASKS:
                asyncio.run(ask())

        @pytest.mark.parametrize("url", ["https://api.machines.dev/v1/apps", "https://API.fly.io./graphql",
                                         "http://_api.internal:4280/v1/apps"])
        def test_any_other_client(url):
            with ASKS:
                httpx.get(url)
            with ASKS:
                urllib.request.urlopen(url)

        def test_what_the_environment_names(monkeypatch):
            monkeypatch.setenv("FLY_FLAPS_BASE_URL", "https://fly.corp.example")
            with Fly() as own, ASKS:
                own.read(App("shop"))
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=6)


def test_the_sockets_of_a_machine_are_refused_too(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import _socket, socket, pytest
        from fly_resources.errors import LiveServiceError

        def test_it():
            with socket.socket(socket.AF_UNIX) as plain, pytest.raises(LiveServiceError):
                _socket.socket.connect(plain, "/.fly/api")  # below what --block-network replaces
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=1)


def test_transports_and_mocks_of_the_tests_own_are_none_of_its_business(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import httpx
        from unittest import mock
        from fly_resources import App, Fly
        from fly_resources.testing import FlySimulator

        def answer(*_):
            return httpx.Response(404, json={"error": "app not found"})

        def test_a_transport():
            with Fly("t", transport=FlySimulator().transport()) as own:
                assert own.read(App("shop")) is None

        def test_httpx_replaced_below_as_respx_and_pytest_httpx_do():
            with mock.patch.object(httpx.HTTPTransport, "handle_request", answer), Fly("t") as own:
                assert own.read(App("shop")) is None
        """
    )

    project.runpytest("-W", "error").assert_outcomes(passed=2)


def test_a_proxy_of_the_environment_is_no_way_around(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "elsewhere.example")
        project.makepyfile(
            """
            import os, httpx, pytest
            from fly_resources import App, Fly
            from fly_resources.errors import LiveServiceError

            def _proxied(monkeypatch):
                with monkeypatch.context() as patch:
                    patch.delenv("NO_PROXY")
                    patch.delenv("no_proxy")
                    return Fly("t")

            def test_it(monkeypatch):
                with Fly("t") as own, pytest.raises(LiveServiceError):
                    own.read(App("shop"))
                with pytest.raises(LiveServiceError):
                    httpx.get("https://api.machines.dev/v1/apps")
                for other in (Fly("t", proxy=os.environ["HTTPS_PROXY"]), _proxied(monkeypatch)):
                    with other as own, pytest.raises(LiveServiceError):
                        own.read(App("shop"))
                assert os.environ["NO_PROXY"].startswith("elsewhere.example,")
            """
        )

        project.runpytest("-W", "error").assert_outcomes(passed=1)


def test_the_guard_ends_with_the_run_and_keeps_the_environment(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    project.makepyfile("def test_it(): pass")
    before = _guard.switch(on=False)
    try:
        project.runpytest_inprocess().assert_outcomes(passed=1)

        assert _guard.switch(on=False) is False
    finally:
        _guard.switch(on=before)


def test_a_live_run_reaches_it(project: pytest.Pytester, fly_io: FlySimulator) -> None:
    project.makepyfile(
        """
        import pytest, socket

        def test_it():
            with pytest.raises(OSError):  # of the resolver, not of the guard
                socket.getaddrinfo("api.machines.dev", 443)
        """
    )

    project.runpytest("--fly-live", "--fly-org", "personal").assert_outcomes(passed=1)
    assert fly_io.requests == []


def test_what_replaces_a_transport_s_method_later_also_serves_clients_that_were_made_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As pytest-httpx does, where a client is made when a module is imported."""

    def answer(_: object, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"total_apps": 0, "apps": []}, request=request)

    with Fly("test", transport=httpx.HTTPTransport()) as fly:
        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
        assert fly.api.apps.list(org_slug="personal").total_apps == 0
