"""What a client is made of: token, address, transport, and errors before anybody parses an answer."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines import models
from fly_machines.api.apps import apps_delete, apps_get
from fly_machines.api.machines import machines_create, machines_list

from fly_resources import AsyncFly, Fly, Machine, RateLimit, RetryPolicy, Secret
from fly_resources.errors import (
    ApiError,
    ConfigurationError,
    DecodeError,
    FlyError,
    NotFoundError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitedError,
    RedirectedError,
    ServerError,
)
from fly_resources.testing import VirtualClock
from tests.unit.fakes import Broken, Script, Step, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.fakes import Mode

_ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN", "FLY_FLAPS_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def _json(status: int, content: bytes, **headers: str) -> httpx.Response:
    return httpx.Response(status, content=content, headers=headers)


def _call(
    mode: Mode,
    script: Script,
    sync: Callable[..., Any],
    aio: Callable[..., Any],
    *arguments: object,
    **settings: Any,  # noqa: ANN401  # those of Fly
) -> Any:  # noqa: ANN401  # what the operation returns
    """Send one operation of the SDK through a client of either kind."""
    chosen: dict[str, Any] = {"token": "test", "clock": VirtualClock(), "transport": script, **settings}
    body = chosen.pop("body", None)
    more = {} if body is None else {"body": body}
    if mode == "sync":
        with Fly(**chosen) as fly:
            return sync(*arguments, client=fly.sdk, **more)

    async def run() -> object:
        async with AsyncFly(**chosen) as fly:
            return await aio(*arguments, client=fly.sdk, **more)

    return asyncio.run(run())


def _get(mode: Mode, script: Script, **settings: Any) -> Any:  # noqa: ANN401  # those of Fly; an App
    return _call(mode, script, apps_get.sync, apps_get.asyncio, "web", **settings)


def _create(mode: Mode, script: Script, **settings: Any) -> Any:  # noqa: ANN401  # those of Fly; a Machine
    body = models.CreateMachineRequest.from_dict({"name": "m", "config": {"image": "x"}})
    return _call(mode, script, machines_create.sync, machines_create.asyncio, "web", body=body, **settings)


def _found() -> httpx.Response:
    return _json(200, b'{"name": "web"}')


def _header(token: str | Secret | None = None) -> str:
    script = Script(_found())
    _get("sync", script, token=token)
    return str(script.requests[0].headers["authorization"])


# The token


@pytest.mark.parametrize(
    ("token", "header"),
    [
        ("fo1_personal", "Bearer fo1_personal"),
        ("Bearer fo1_personal", "Bearer fo1_personal"),
        ("  fo1_personal\n", "Bearer fo1_personal"),
        ("fm2_a", "FlyV1 fm2_a"),
        ("fm2_a,fm2_b", "FlyV1 fm2_a,fm2_b"),
        ("fm1r_a", "FlyV1 fm1r_a"),
        ("fm1a_a", "FlyV1 fm1a_a"),
        ("FlyV1 fm2_a,fm2_b", "FlyV1 fm2_a,fm2_b"),
        ("Bearer FlyV1 fm2_a", "FlyV1 fm2_a"),
        ("flyv1 fm2_a", "FlyV1 fm2_a"),
        ("FLYV1   fm2_a,fm2_b", "FlyV1 fm2_a,fm2_b"),
        ("bearer flyv1 fm2_a", "FlyV1 fm2_a"),
        ("FlyV1fm2_a", "FlyV1 fm2_a"),
        ("flyv1x", "Bearer flyv1x"),
    ],
)
def test_a_token_is_sent_as_its_kind_wants_it(token: str, header: str) -> None:
    assert _header(token) == header
    assert _header(Secret(token)) == header


def test_a_given_token_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "third")
    assert _header() == "Bearer third"
    monkeypatch.setenv("FLY_ACCESS_TOKEN", "second")
    assert _header() == "Bearer second"
    assert _header("first") == "Bearer first"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_ACCESS_TOKEN", "")
    monkeypatch.setenv("FLY_API_TOKEN", "third")

    assert _header() == "Bearer third"


@pytest.mark.parametrize("kind", [Fly, AsyncFly])
def test_without_a_token_it_says_how_to_get_one(kind: type[Fly | AsyncFly]) -> None:
    with pytest.raises(ConfigurationError, match=r"token=.*FLY_API_TOKEN.*fly tokens create"):
        kind(transport=Script(200))


@pytest.mark.parametrize("token", ["", " ", "\n", "hunter2\nX-Evil: 1", "hunter2\x00", "hünter2"])
def test_a_token_that_cannot_be_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Fly(token=token, transport=Script(200))

    assert "nter2" not in str(caught.value)


def test_an_empty_token_is_not_looked_up_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_API_TOKEN", "the wrong one")

    with pytest.raises(ConfigurationError):
        Fly(token="", transport=Script(200))


def test_the_token_shows_itself_nowhere() -> None:
    with Fly(token="fm2_hunter2", owner="me", transport=Script(200)) as fly:
        shown = f"{fly} {fly!r} {fly.sdk} {fly.sdk!r} {vars(fly)} {vars(fly._auth)}"  # noqa: SLF001  # what a debugger shows

    assert repr(fly) == "Fly(base_url='https://api.machines.dev/v1', owner='me')"
    assert "hunter2" not in shown


def test_errors_do_not_show_the_token(mode: Mode) -> None:
    for step in (httpx.ConnectError, httpx.ReadError, 500, 401, _json(200, b"no")):
        with pytest.raises(FlyError) as caught:
            _get(mode, Script(step), token="hunter2")
        assert "hunter2" not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


# The address


@pytest.mark.parametrize(
    ("base_url", "sent_to"),
    [
        (None, "https://api.machines.dev/v1/apps/web"),
        ("https://api.machines.dev", "https://api.machines.dev/v1/apps/web"),
        ("https://api.machines.dev/", "https://api.machines.dev/v1/apps/web"),
        ("https://api.machines.dev/v1", "https://api.machines.dev/v1/apps/web"),
        ("https://api.machines.dev/v1/", "https://api.machines.dev/v1/apps/web"),
        ("http://_api.internal:4280", "http://_api.internal:4280/v1/apps/web"),
        ("http://localhost:4280", "http://localhost:4280/v1/apps/web"),
        ("http://127.0.0.1:4280", "http://127.0.0.1:4280/v1/apps/web"),
        ("http://[::1]:4280", "http://[::1]:4280/v1/apps/web"),
        ("http://[fdaa::3]:4280", "http://[fdaa::3]:4280/v1/apps/web"),
    ],
)
def test_requests_go_to_the_given_address(mode: Mode, base_url: str | None, sent_to: str) -> None:
    script = Script(_found())

    _get(mode, script, base_url=base_url)

    assert str(script.requests[0].url) == sent_to


def test_the_environment_gives_the_address_that_the_caller_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLY_FLAPS_BASE_URL", "http://_api.internal:4280")
    script = Script(_found())

    _get("sync", script)
    assert script.requests[0].url.host == "_api.internal"
    _get("sync", script, base_url="https://elsewhere.example")
    assert script.requests[1].url.host == "elsewhere.example"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.machines.dev",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example/.internal",
        "http://internal",
        "http://fdaa.evil.example",
    ],
)
def test_an_address_that_would_show_the_token_is_refused(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match="would expose the token"):
        Fly(token="test", base_url=base_url, transport=Script(200))


@pytest.mark.parametrize(
    ("base_url", "said"),
    [
        ("api.machines.dev", "base_url has no scheme: add https://"),
        ("api.machines.dev:443/v1", "base_url has no scheme: add https://"),
        ("//api.machines.dev", "base_url has no scheme: add https://"),
        ("_api.internal:4280", "base_url has no scheme: add http://"),
        ("localhost:4280", "base_url has no scheme: add http://"),
        ("ftp://localhost", "ftp://localhost is not supported"),
        ("https:///v1", "base_url has no host"),
        ("unix:///.fly/api", r"Fly\.in_machine\(\)"),
        ("http+unix://%2F.fly%2Fapi", r"Fly\.in_machine\(\)"),
    ],
)
def test_an_address_of_another_form_is_answered_with_the_right_one(base_url: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Fly(token="test", base_url=base_url, transport=Script(200))


@pytest.mark.parametrize(
    "base_url",
    [
        "https://user:canary-password@api.machines.dev",
        "https://api.machines.dev?key=canary-password",
        "http://localhost@evil.example",
        "https://",
        "http://[::1",
        5,
    ],
)
def test_an_address_with_more_or_less_than_an_address_is_refused(base_url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Fly(token="test", base_url=base_url, transport=Script(200))

    assert "canary-password" not in str(caught.value)


# The rest of the settings


def test_a_transport_of_the_wrong_kind_is_refused() -> None:
    class SyncOnly(httpx.BaseTransport):
        pass

    class AsyncOnly(httpx.AsyncBaseTransport):
        pass

    with pytest.raises(ConfigurationError, match="use AsyncFly"):
        Fly(token="test", transport=AsyncOnly())
    with pytest.raises(ConfigurationError, match="use Fly"):
        AsyncFly(token="test", transport=SyncOnly())


def test_no_width_at_all_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="max_concurrency must be a whole number from 1, got 0"):
        Fly(token="test", max_concurrency=0, transport=Script(200))


def test_each_client_serves_its_own_half_of_the_sdk() -> None:
    with Fly(token="test", transport=Script(200)) as fly, pytest.raises(ConfigurationError, match="AsyncFly"):
        asyncio.run(apps_get.asyncio("web", client=fly.sdk))
    other = AsyncFly(token="test", transport=Script(200))
    with pytest.raises(ConfigurationError, match="use Fly"):
        apps_get.sync("web", client=other.sdk)
    asyncio.run(other.aclose())


def test_closing_closes_the_transport(mode: Mode) -> None:
    script = Script(_found())

    _get(mode, script)

    assert script.closed == [mode]


def test_cookies_are_kept(mode: Mode) -> None:
    """The node that made an app knows it first (HD-5)."""
    cookie = "fly_flaps_affinity=abc; Path=/v1/apps/web"
    script = Script(_json(200, b'{"name": "web"}', **{"set-cookie": cookie}), _found())
    settings: dict[str, Any] = {"token": "test", "transport": script, "clock": VirtualClock()}
    if mode == "sync":
        with Fly(**settings) as fly:
            for name in ("web", "web", "other"):
                apps_get.sync(name, client=fly.sdk)
    else:

        async def run() -> None:
            async with AsyncFly(**settings) as fly:
                for name in ("web", "web", "other"):
                    await apps_get.asyncio(name, client=fly.sdk)

        asyncio.run(run())

    assert [request.headers.get("cookie") for request in script.requests] == [
        None,
        "fly_flaps_affinity=abc",
        None,
    ]


def test_retries_and_rate_limits_are_as_given(mode: Mode) -> None:
    script = Script(503)
    with pytest.raises(ServerError) as caught:
        _get(mode, script, retry=RetryPolicy(attempts=2))
    assert (script.sent, caught.value.attempts) == (2, 2)

    clock = VirtualClock()
    script = Script(503, clock=clock)
    retry = RetryPolicy(attempts=7, base_s=0)
    with pytest.raises(ServerError):
        _get(mode, script, retry=retry, clock=clock, rate_limit=RateLimit(burst=1, margin_s=0))
    assert script.times == pytest.approx([0, 1, 2, 3, 4, 5, 6])


# Errors


@pytest.mark.parametrize(
    ("status", "content", "kind", "words"),
    [
        (499, b"", ApiError, ["499", "no message"]),
        (404, b'{"error": "app not found"}', NotFoundError, ["/v1/apps/web", "app not found"]),
        (501, b"<html>nginx</html>", ServerError, ["501", "<html>nginx</html>"]),
        (301, b"", RedirectedError, ["301", "not followed"]),
        (200, b"<html>a captive portal</html>", DecodeError, ["GET /v1/apps/web answered 200"]),
        (200, b"", DecodeError, ["answered 200"]),
        (200, b"[]", DecodeError, ["answered 200"]),
        (200, b"null", DecodeError, ["answered 200"]),
        (200, b'{"name": ', DecodeError, ["answered 200"]),
        (200, b'{"status": "deployed"}', DecodeError, ["answered 200"]),
        (204, b"", DecodeError, ["answered 204"]),
        (206, b'{"name": "web"}', DecodeError, ["answered 206"]),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_an_answer_that_is_no_success_is_an_error_of_this_library(
    mode: Mode, status: int, content: bytes, kind: type[FlyError], words: list[str]
) -> None:
    with pytest.raises(kind) as caught:
        _get(mode, Script(_json(status, content)))

    assert type(caught.value) is kind
    assert [word for word in words if word not in str(caught.value)] == []


def test_an_unreadable_answer_is_kept_and_blamed_on_its_cause(mode: Mode) -> None:
    with pytest.raises(DecodeError) as caught:
        _get(mode, Script(_json(200, b"<html>")))

    error = caught.value
    assert (error.status, error.body) == (200, b"<html>")
    assert (error.method, error.route) == ("GET", "/apps/{app_name}")
    assert isinstance(error.__cause__, ValueError)
    assert error.maybe_applied


def test_the_request_id_is_on_every_error(mode: Mode) -> None:
    with pytest.raises(NotFoundError, match="01JNRQ9VV-yyz") as caught:
        _get(mode, Script(_json(404, b"{}", **{"fly-request-id": "01JNRQ9VV-yyz"})))

    assert caught.value.request_id == "01JNRQ9VV-yyz"


def test_a_rate_limit_says_how_long_to_wait(mode: Mode) -> None:
    with pytest.raises(RateLimitedError) as caught:
        _get(mode, Script(answer(429, retry_after="3600")))

    assert caught.value.retry_after_s == 3600
    assert caught.value.attempts == 1


@pytest.mark.parametrize(
    ("step", "kind", "sent"),
    [
        (httpx.ConnectError, NotSentError, 4),
        (httpx.ConnectTimeout, NotSentError, 4),
        (httpx.PoolTimeout, NotSentError, 4),
        (httpx.UnsupportedProtocol, NotSentError, 1),
        (httpx.LocalProtocolError, NotSentError, 1),
        (httpx.ReadTimeout, OutcomeUnknownError, 1),
        (httpx.ReadError, OutcomeUnknownError, 1),
        (httpx.WriteError, OutcomeUnknownError, 1),
        (httpx.RemoteProtocolError, OutcomeUnknownError, 1),
        (httpx.ProxyError, NotSentError, 4),
        (Broken(), OutcomeUnknownError, 1),
    ],
)
def test_a_write_without_an_answer_says_whether_it_was_sent(
    mode: Mode, step: Step, kind: type[NotSentError | OutcomeUnknownError], sent: int
) -> None:
    script = Script(step)

    with pytest.raises(kind) as caught:
        _create(mode, script)

    assert type(caught.value) is kind
    assert caught.value.maybe_applied is (kind is OutcomeUnknownError)
    assert (script.sent, caught.value.attempts) == (sent, sent)
    assert (caught.value.method, caught.value.route) == ("POST", "/apps/{app_name}/machines")
    assert "POST /v1/apps/web/machines" in str(caught.value)
    assert isinstance(caught.value.__cause__, httpx.HTTPError)


def test_an_error_names_the_path_without_its_query(mode: Mode) -> None:
    script = Script(404)

    with pytest.raises(NotFoundError) as caught:
        _call(mode, script, _delete_sync, _delete_async)

    assert script.requests[0].url.query == b"force=true"
    assert str(caught.value).startswith("DELETE /v1/apps/web answered 404")


def _delete_sync(client: Any) -> None:  # noqa: ANN401  # the SDK's
    apps_delete.sync("web", client=client, force=True)


async def _delete_async(client: Any) -> None:  # noqa: ANN401  # the SDK's
    await apps_delete.asyncio("web", client=client, force=True)


def test_the_sdk_alone_is_typed_and_parsed(mode: Mode) -> None:
    fields = {"created_at", "id", "instance_id", "name", "private_ip", "region", "state"}
    body = [{**dict.fromkeys(fields, "text"), "a_new_key": [1]}]
    script = Script(_json(200, json.dumps(body).encode()))

    [machine] = _call(mode, script, machines_list.sync, machines_list.asyncio, "web")

    assert isinstance(machine, models.Machine)
    assert machine.private_ip == "text"
    assert machine.additional_properties == {"a_new_key": [1]}


def test_detailed_answers_are_checked_too(mode: Mode) -> None:
    with pytest.raises(NotFoundError):
        _call(mode, Script(404), apps_get.sync_detailed, apps_get.asyncio_detailed, "web")


def test_a_verb_raises_what_a_read_raised(mode: Mode) -> None:
    settings: dict[str, Any] = {"token": "test", "clock": VirtualClock(), "transport": Script(500)}
    noun = Machine("web", "m", {"image": "x"})

    def block() -> None:
        with Fly(**settings) as fly:
            fly.plan(noun)

    async def run() -> None:
        async with AsyncFly(**settings) as fly:
            await fly.plan(noun)

    with pytest.raises(ServerError):
        block() if mode == "sync" else asyncio.run(run())


# Imports


def _in_a_fresh_interpreter(code: str) -> list[str]:
    """Run code, and return the modules that are loaded after it."""
    paths = [str(_ROOT), str(_ROOT / "generated_client")]
    program = f"import sys; sys.path[:0] = {paths!r}\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout.split()


def test_importing_the_library_loads_next_to_nothing() -> None:
    loaded = _in_a_fresh_interpreter("import fly_resources")

    assert "fly_resources" in loaded
    heavy = ("fly_machines", "fly_resources.", "httpx", "attrs", "attr", "asyncio", "ssl")
    assert [name for name in loaded if name.startswith(heavy)] == []


def test_describing_resources_loads_neither_the_sdk_nor_http() -> None:
    loaded = _in_a_fresh_interpreter(
        "from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Plan, Volume, errors\n"
        "Machine(App('web'), 'server', {'image': 'nginx'})"
    )

    assert "fly_resources.resources" in loaded
    assert [name for name in loaded if name.startswith(("fly_machines", "httpx"))] == []


def test_a_blocking_client_needs_no_event_loop() -> None:
    loaded = _in_a_fresh_interpreter("from fly_resources import Fly\nFly('token').close()")

    assert "fly_resources.client" in loaded
    assert "asyncio" not in loaded


def test_every_public_name_can_be_imported() -> None:
    code = "import fly_resources\nfor name in fly_resources.__all__: assert getattr(fly_resources, name)"

    assert "fly_resources.client" in _in_a_fresh_interpreter(
        f"{code}\nassert set(dir(fly_resources)) == set(fly_resources.__all__)"
    )


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    import fly_resources  # noqa: PLC0415  # the module itself is under test here only

    with pytest.raises(AttributeError, match="has no attribute 'Flies'"):
        _ = fly_resources.Flies
