"""Settings mean what they say, and wrong ones are refused by name when they are given."""

from __future__ import annotations

import math
import platform
import ssl
from typing import TYPE_CHECKING, Any

import certifi
import httpx
import pytest
from fly_machines.api.apps import apps_get

from fly_resources import (
    App,
    AsyncFly,
    Fly,
    RateLimit,
    RateLimitTransport,
    RetryPolicy,
    RetryTransport,
    __version__,
)
from fly_resources.errors import ConfigurationError, ServerError
from fly_resources.testing import FlySimulator, VirtualClock
from tests.unit.fakes import BASE, Script

if TYPE_CHECKING:
    from pathlib import Path


def _found() -> httpx.Response:
    return httpx.Response(200, json={"name": "shop"})


@pytest.mark.parametrize(("retry", "sent"), [(False, 1), (None, 4), (True, 4), (RetryPolicy(attempts=2), 2)])
def test_retry_means_what_it_says(*, retry: RetryPolicy | bool | None, sent: int) -> None:
    script = Script(503)
    with Fly("test", transport=script, retry=retry, clock=VirtualClock()) as fly, pytest.raises(ServerError):
        apps_get.sync("shop", client=fly.sdk)

    assert script.sent == sent


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [(False, 0), (RateLimit(enabled=False), 0), (None, 2.25), (True, 2.25), (RateLimit(burst=4), 1.25)],
)
def test_rate_limit_means_what_it_says(*, limit: RateLimit | bool | None, seconds: float) -> None:
    clock = VirtualClock()
    with Fly("test", transport=Script(_found()), rate_limit=limit, clock=clock) as fly:
        before = clock.now()
        for _ in range(5):
            apps_get.sync("shop", client=fly.sdk)

    assert clock.now() - before == pytest.approx(seconds)


def test_the_middleware_alone_takes_the_same() -> None:
    script, clock = Script(503), VirtualClock()
    transport = RetryTransport(RateLimitTransport(script, False, clock=clock), False, clock=clock)  # noqa: FBT003  # the point
    with httpx.Client(transport=transport, base_url=BASE) as client:
        for _ in range(5):
            assert client.get("/apps/shop").status_code == 503

    assert (script.sent, clock.now()) == (5, VirtualClock().now())


@pytest.mark.parametrize("kind", [Fly, AsyncFly])
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"retry": 3}, "retry must be a RetryPolicy.*got 3"),
        ({"retry": 0}, "retry must be a RetryPolicy.*got 0"),
        ({"retry": "no"}, "retry must be a RetryPolicy"),
        ({"retry": RateLimit()}, "retry must be a RetryPolicy"),
        ({"rate_limit": 5}, "rate_limit must be a RateLimit.*got 5"),
        ({"rate_limit": RetryPolicy()}, "rate_limit must be a RateLimit"),
        ({"max_concurrency": 0}, "max_concurrency must be a whole number from 1, got 0"),
        ({"max_concurrency": "8"}, "max_concurrency must be a whole number"),
        ({"max_concurrency": True}, "max_concurrency must be a whole number"),
        ({"owner": 5}, "owner 5 is not valid"),
        ({"clock": 5}, "clock must be a Clock"),
        ({"clock": VirtualClock}, "clock must be a Clock"),
        ({"on_event": "print"}, "on_event must be a function"),
        ({"timeout": "5"}, "timeout must be a number of seconds above 0"),
        ({"timeout": 0}, "timeout must be a number of seconds above 0"),
        ({"timeout": math.nan}, "timeout must be a number of seconds above 0"),
        ({"timeout": 10**400}, "timeout must be a number of seconds above 0"),
        ({"headers": ["X-A: b"]}, "headers must map names to strings"),
        ({"headers": {"X-A": 5}}, "'X-A' must be a string"),
        ({"headers": {"X-Ä": "a"}}, "'X-Ä' must be ASCII"),
        ({"headers": {"": "a"}}, "header '' must be ASCII"),
        ({"headers": {"X-A": "canary\u00e4"}}, "'X-A' must be ASCII without line breaks"),
        ({"headers": {"X-A": "canary\nX-B: c"}}, "'X-A' must be ASCII without line breaks"),
        ({"headers": {"Authorization": "Bearer x"}}, "'Authorization' is set by the client"),
        ({"token": 5}, "token must be a string or a Secret"),
        ({"base_url": 5}, "base_url is not a valid address"),
        ({"proxy": 5}, "proxy is not the address of a proxy"),
        ({"proxy": "ftp://proxy.example"}, "proxy is not the address of a proxy"),
        ({"proxy": "http://"}, "proxy is not the address of a proxy"),
        ({"verify": False}, "the token would go to whoever answers: set verify="),
        ({"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)}, "the token would go to whoever answers"),
        ({"verify": 5}, "verify must be a file of certificates"),
        ({"verify": "/no/such/file.pem"}, "cannot be read as certificates"),
        ({"transport": httpx.Client()}, "got Client: a client has one"),
        ({"transport": httpx.AsyncClient()}, "got AsyncClient: a client has one"),
        ({"transport": FlySimulator()}, r"give FlySimulator\(...\).transport\(\)"),
        ({"transport": "https://x"}, "must be a transport of httpx, got str"),
        (
            {"transport": httpx.MockTransport(lambda _: _found()), "proxy": "http://x"},
            "proxy has no effect with transport=",
        ),
        ({"max_retries": 0}, "no setting 'max_retries'.*retry=False"),
        ({"http_client": None}, "no setting 'http_client'.*transport="),
        ({"api_key": "x"}, "no setting 'api_key'.*token"),
        ({"user_agent": "x"}, "no setting 'user_agent'.*headers="),
        ({"colour": "red"}, "no setting 'colour'"),
    ],
    ids=lambda each: "-".join(each) if isinstance(each, dict) else "",
)
def test_a_wrong_setting_is_refused_by_name(kind: type[Any], settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        kind(**{"token": "test", **settings})

    assert "_Base" not in str(caught.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: RetryPolicy(attempts=0), "RetryPolicy: attempts must be a whole number from 1, got 0"),
        (lambda: RetryPolicy(attempts="3"), "RetryPolicy: attempts must be a whole number from 1, got '3'"),  # type: ignore[arg-type]  # the point
        (lambda: RetryPolicy(attempts=2.5), "attempts must be a whole number"),  # type: ignore[arg-type]  # the point
        (lambda: RetryPolicy(attempts=True), "attempts must be a whole number"),
        (lambda: RetryPolicy(base_s=math.nan), "base_s must be a number of seconds"),
        (lambda: RetryPolicy(deadline_s=10**400), "deadline_s must be a number of seconds"),
        (lambda: RateLimit(per_second=10**400), "per_second must be a number above 0"),
        (lambda: RetryPolicy(deadline_s=None), "deadline_s must be a number of seconds"),  # type: ignore[arg-type]  # the point
        (lambda: RateLimit(per_second=0), "RateLimit: per_second must be a number above 0, got 0"),
        (lambda: RateLimit(per_second=math.inf), "per_second must be a number above 0"),
        (lambda: RateLimit(burst=1.5), "burst must be a whole number"),  # type: ignore[arg-type]  # the point
        (lambda: RateLimit(enabled="no"), "enabled must be True or False, got 'no'"),  # type: ignore[arg-type]  # the point
        (lambda: RetryTransport(Script(200), 3), "RetryTransport: policy must be a RetryPolicy"),  # type: ignore[arg-type]  # the point
        (lambda: RetryTransport(httpx.Client()), "RetryTransport: transport must be"),  # type: ignore[arg-type]  # the point
        (lambda: RetryTransport(Script(200), clock=5), "RetryTransport: clock must be"),  # type: ignore[arg-type]  # the point
        (lambda: RateLimitTransport(Script(200), 5), "RateLimitTransport: limit must be a RateLimit"),  # type: ignore[arg-type]  # the point
        (lambda: RateLimitTransport(FlySimulator()), "RateLimitTransport: transport must be"),  # type: ignore[arg-type]  # the point
    ],
)
def test_the_middleware_refuses_wrong_arguments(make: Any, said: str) -> None:  # noqa: ANN401  # a function
    with pytest.raises(ConfigurationError, match=said):
        make()


def test_a_policy_may_have_no_deadline() -> None:
    assert RetryPolicy(deadline_s=math.inf).deadline_s == math.inf


def test_a_policy_of_one_request_is_checked_too() -> None:
    with (
        httpx.Client(transport=RetryTransport(Script(503), clock=VirtualClock()), base_url=BASE) as client,
        pytest.raises(ConfigurationError, match="fly_retry must be a RetryPolicy"),
    ):
        client.get("/apps/shop", extensions={"fly_retry": 3})


def test_a_timeout_is_for_the_sdk_and_not_for_the_verbs() -> None:
    script = Script(_found())
    with Fly("test", transport=script, timeout=5) as fly:
        apps_get.sync("shop", client=fly.sdk)
        fly.sdk.get_httpx_client()
        fly.read(App("shop"))

    read = [request.extensions["timeout"]["read"] for request in script.requests]
    assert read == [5, 75]


def test_headers_go_with_every_request_of_both() -> None:
    script = Script(_found())
    with Fly("test", transport=script, headers={"X-Trace": "7"}) as fly:
        apps_get.sync("shop", client=fly.sdk)
        fly.read(App("shop"))
        apps_get.sync("shop", client=fly.sdk.with_headers({"X-More": "8"}))

    assert [request.headers["x-trace"] for request in script.requests] == ["7"] * 3
    assert script.requests[0].headers["authorization"] == "Bearer test"


def test_requests_say_who_sends_them() -> None:
    script = Script(_found())
    with Fly("test", transport=script) as fly:
        apps_get.sync("shop", client=fly.sdk)
    with Fly("test", transport=script, headers={"User-Agent": "shop/1"}) as fly:
        apps_get.sync("shop", client=fly.sdk)

    ours = f"fly-resources/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"
    assert [request.headers["user-agent"] for request in script.requests] == [ours, "shop/1"]


def test_verify_takes_a_file_a_folder_and_a_context(tmp_path: Path) -> None:
    for verify in (certifi.where(), str(tmp_path), ssl.create_default_context(), True, None):
        Fly("test", verify=verify).close()
