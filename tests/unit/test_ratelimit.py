"""How requests are spread over time, per action and per machine or app; blocking and async alike."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources.errors import ConfigurationError
from fly_resources.ratelimit import RateLimit, RateLimitTransport
from fly_resources.retry import RetryPolicy, RetryTransport
from fly_resources.testing import VirtualClock
from fly_resources.testing._limits import RateLimits
from fly_resources.testing._wire import Request
from tests.unit.fakes import BASE, Script, Step, send

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.unit.fakes import Mode


#: The bare limits: when a request goes is then a whole number.
_BARE = RateLimit(margin_s=0.0)


def _wrap(*steps: Step, limit: RateLimit = _BARE) -> tuple[RateLimitTransport, Script, VirtualClock]:
    clock = VirtualClock()
    script = Script(*steps or (200,), clock=clock)
    return RateLimitTransport(script, limit, clock=clock), script, clock


def _send_all(mode: Mode, transport: RateLimitTransport, lines: Sequence[tuple[str, str]]) -> None:
    """Send one after the other, through one client."""
    if mode == "sync":
        with httpx.Client(transport=transport, base_url=BASE) as client:
            for line in lines:
                client.request(*line)
        return

    async def run() -> None:
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            for line in lines:
                await client.request(*line)

    asyncio.run(run())


def test_a_hundred_requests_take_97_seconds(mode: Mode) -> None:
    transport, script, _ = _wrap()

    _send_all(mode, transport, [("POST", "/apps/a/machines")] * 100)

    assert script.times == pytest.approx([0, 0, 0, *range(1, 98)])


def test_after_a_burst_requests_keep_a_margin_that_costs_once(mode: Mode) -> None:
    transport, script, _ = _wrap(limit=RateLimit())

    _send_all(mode, transport, [("POST", "/apps/a/machines")] * 100)

    assert script.times == pytest.approx([0, 0, 0, *(step + 0.25 for step in range(1, 98))])


def test_a_request_a_second_needs_no_margin(mode: Mode) -> None:
    transport, script, clock = _wrap(limit=RateLimit())

    for _ in range(20):
        _send_all(mode, transport, [("GET", "/apps/a/machines")])
        clock.sleep(1)

    assert script.times == pytest.approx(range(20))


def test_reading_one_machine_is_faster(mode: Mode) -> None:
    transport, script, _ = _wrap()

    _send_all(mode, transport, [("GET", "/apps/a/machines/m")] * 60)

    assert script.times == pytest.approx([0] * 10 + [step / 5 for step in range(1, 51)])


def test_app_deletions_share_a_hundred_a_minute(mode: Mode) -> None:
    transport, script, _ = _wrap()

    _send_all(mode, transport, [("DELETE", f"/apps/app-{number}") for number in range(110)])

    assert script.times == pytest.approx([0] * 100 + [step * 0.6 for step in range(1, 11)])


def test_each_action_has_a_bucket_of_its_own(mode: Mode) -> None:
    transport, script, clock = _wrap()
    lines = [
        ("GET", "/apps/a/machines"),
        ("POST", "/apps/a/machines"),
        ("GET", "/apps/a/volumes"),
        ("POST", "/apps/a/volumes"),
        ("POST", "/apps/a/machines/m"),
        ("DELETE", "/apps/a/machines/m"),
    ]

    _send_all(mode, transport, lines * 3)

    assert (script.sent, clock.now()) == (18, 0)


def test_each_machine_and_each_app_has_a_bucket_of_its_own(mode: Mode) -> None:
    transport, script, clock = _wrap()
    lines = [
        ("POST", "/apps/a/machines/m1/start"),
        ("POST", "/apps/a/machines/m2/start"),
        ("GET", "/apps/a/secrets"),
        ("GET", "/apps/b/secrets"),
        ("GET", "/orgs/personal/machines"),
        ("GET", "/orgs/other/machines"),
    ]

    _send_all(mode, transport, lines * 3)
    assert (script.sent, clock.now()) == (18, 0)

    _send_all(mode, transport, lines)
    assert clock.now() == 1


def test_the_queries_of_one_action_share_its_bucket(mode: Mode) -> None:
    transport, _, clock = _wrap()

    _send_all(mode, transport, [("GET", f"/apps/a/machines?region={code}") for code in "abcd"])

    assert clock.now() == 1


def test_volumes_of_one_app_share_its_bucket(mode: Mode) -> None:
    transport, _, clock = _wrap()

    _send_all(mode, transport, [("DELETE", f"/apps/a/volumes/vol_{number}") for number in range(5)])

    assert clock.now() == 2


def test_tokens_come_back_while_nothing_is_sent(mode: Mode) -> None:
    transport, script, clock = _wrap()

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 3)
    clock.sleep(2)
    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 3)

    assert script.times == pytest.approx([0, 0, 0, 2, 2, 3])


def test_a_burst_never_grows_beyond_its_size(mode: Mode) -> None:
    transport, script, clock = _wrap()

    _send_all(mode, transport, [("GET", "/apps/a/machines")])
    clock.sleep(1000)
    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 4)

    assert script.times == pytest.approx([0, 1000, 1000, 1000, 1001])


def test_what_is_no_operation_waits_for_nothing(mode: Mode) -> None:
    transport, script, clock = _wrap()

    _send_all(mode, transport, [("GET", "/healthz")] * 50)

    assert (script.sent, clock.now()) == (50, 0)


def test_it_can_be_turned_off(mode: Mode) -> None:
    transport, script, clock = _wrap(429, limit=RateLimit(enabled=False))

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 50)

    assert (script.sent, clock.now()) == (50, 0)


def test_a_429_halves_the_rate_for_a_minute(mode: Mode) -> None:
    transport, script, _ = _wrap(429, 200)

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 41)

    # no burst is left, then one every two seconds for a minute, then one a second again
    assert script.times == pytest.approx([0, *range(2, 61, 2), *range(61, 71)])


def test_a_429_slows_only_the_bucket_that_it_hit(mode: Mode) -> None:
    transport, script, clock = _wrap(429, 200)

    _send_all(mode, transport, [("GET", "/apps/a/machines"), *[("GET", "/apps/b/machines")] * 3])

    assert (script.sent, clock.now()) == (4, 0)


def test_a_second_429_starts_the_minute_anew(mode: Mode) -> None:
    limit = RateLimit(slow_for_s=10.0, margin_s=0.0)
    transport, script, _ = _wrap(429, 200, 429, 200, limit=limit)

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 10)

    assert script.times == pytest.approx([0, 2, 4, 6, 8, 10, 12, 14, 15, 16])


def test_what_queues_behind_a_429_is_not_slowed_for_longer_than_that() -> None:
    """All arrive at once: what waits past the slow minute waits at the full rate for the rest."""
    clock = VirtualClock()
    script = Script(429, 200, clock=clock)
    transport = RateLimitTransport(script, RateLimit(slow_for_s=10.0, margin_s=0.0), clock=clock)
    send("sync", transport, "GET", "/apps/a/machines")

    times = _arrive_at(transport, script, clock, [0.0] * 12)

    assert times == pytest.approx([0, 2, 4, 6, 8, 10, 11, 12, 13, 14, 15, 16, 17])


def test_every_retry_takes_a_token(mode: Mode) -> None:
    clock = VirtualClock()
    script = Script(503, clock=clock)
    limited = RateLimitTransport(script, _BARE, clock=clock)
    transport = RetryTransport(limited, RetryPolicy(attempts=6, base_s=0.0), clock=clock)

    send(mode, transport, "GET", "/apps/a/machines")

    assert script.times == pytest.approx([0, 0, 0, 1, 2, 3])


def test_own_limits_are_kept(mode: Mode) -> None:
    own = RateLimit(per_second=2.0, burst=1, show_per_second=4.0, show_burst=2, margin_s=0.0)
    transport, script, _ = _wrap(limit=own)

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 3)
    assert script.times == pytest.approx([0, 0.5, 1])
    _send_all(mode, transport, [("GET", "/apps/a/machines/m")] * 4)
    assert script.times[3:] == pytest.approx([1, 1, 1.25, 1.5])


def test_closing_closes_the_wrapped_transport(mode: Mode) -> None:
    transport, script, _ = _wrap()

    send(mode, transport, "GET", "/apps")

    assert script.closed == [mode]


def test_a_transport_of_the_wrong_kind_is_named() -> None:
    class SyncOnly(httpx.BaseTransport):
        pass

    class AsyncOnly(httpx.AsyncBaseTransport):
        pass

    with pytest.raises(ConfigurationError, match="async only"):
        send("sync", RateLimitTransport(AsyncOnly()), "GET", "/apps")
    with pytest.raises(ConfigurationError, match="sync only"):
        send("async", RateLimitTransport(SyncOnly()), "GET", "/apps")


@pytest.mark.parametrize(
    "settings",
    [
        {"per_second": 0},
        {"burst": 0},
        {"show_per_second": -1},
        {"show_burst": 0},
        {"app_deletions_per_minute": 0},
        {"slow_for_s": -1},
        {"margin_s": -1},
    ],
    ids=str,
)
def test_a_limit_that_cannot_be_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        RateLimit(**settings)


def test_thousands_of_machines_do_not_pile_up_buckets() -> None:
    clock = VirtualClock()
    transport = RateLimitTransport(httpx.MockTransport(lambda _: httpx.Response(200)), clock=clock)
    for number in range(4200):
        transport.handle_request(httpx.Request("POST", f"{BASE}/apps/a/machines/m{number}/stop"))
        if number % 100 == 0:
            clock.sleep(1)

    # memory has no public face
    assert len(transport._buckets) < 4096  # noqa: SLF001


def _arrive_at(
    transport: RateLimitTransport, script: Script, clock: VirtualClock, arrivals: Sequence[float]
) -> list[float]:
    """Let a thread for each arrival wait for its moment and send; return when requests went out."""

    def work(moment: float, ticket: int) -> None:
        clock.start(ticket)
        try:
            clock.sleep(moment - clock.now())
            transport.handle_request(httpx.Request("GET", f"{BASE}/apps/a/machines"))
        finally:
            clock.finish()

    tickets = [clock.announce() for _ in arrivals]
    threads = [
        threading.Thread(target=work, args=pair, daemon=True) for pair in zip(arrivals, tickets, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return script.times


@given(
    arrivals=st.lists(st.floats(0, 20), min_size=1, max_size=30),
    per_second=st.sampled_from([0.5, 1.0, 5.0]),
    burst=st.integers(1, 5),
    refused=st.lists(st.booleans(), max_size=30),
    margin_s=st.sampled_from([0.0, 0.25, 3.0]),
)
def test_no_window_holds_more_than_the_limit_allows(
    arrivals: list[float], per_second: float, burst: int, refused: list[bool], margin_s: float
) -> None:
    clock = VirtualClock()
    script = Script(*[429 if each else 200 for each in refused], 200, clock=clock)
    limit = RateLimit(per_second=per_second, burst=burst, slow_for_s=5.0, margin_s=margin_s)

    times = sorted(_arrive_at(RateLimitTransport(script, limit, clock=clock), script, clock, arrivals))

    assert len(times) == len(arrivals)
    for first, start in enumerate(times):
        for last in range(first, len(times)):
            assert last - first + 1 <= burst + per_second * (times[last] - start) + 1e-6


@given(
    arrivals=st.lists(st.floats(0, 20), min_size=1, max_size=30), margin_s=st.sampled_from([0.0, 0.25, 3.0])
)
def test_no_request_waits_longer_than_the_limit_makes_it(arrivals: list[float], margin_s: float) -> None:
    clock = VirtualClock()
    script = Script(200, clock=clock)
    transport = RateLimitTransport(script, RateLimit(margin_s=margin_s), clock=clock)

    times = sorted(_arrive_at(transport, script, clock, arrivals))

    ideal: list[float] = []
    for index, moment in enumerate(sorted(arrivals)):
        # at its arrival; or when the service, three at once and one a second, has made up for those before it
        earlier = (ideal[first] + (index - first + 1 - 3) + margin_s for first in range(index - 2))
        ideal.append(max(moment, *earlier, 0.0))
    assert times == pytest.approx(ideal)


@given(
    arrivals=st.lists(st.floats(0, 20), min_size=1, max_size=30),
    delays=st.lists(st.floats(0, 0.25), min_size=30, max_size=30),
)
def test_no_delay_within_the_margin_brings_a_refusal(arrivals: list[float], delays: list[float]) -> None:
    """Each request takes its own time to the service, so that they come in closer than they went out."""
    clock = VirtualClock()
    script = Script(200, clock=clock)
    sent = _arrive_at(RateLimitTransport(script, clock=clock), script, clock, arrivals)

    service = RateLimits()
    came_in = sorted(moment + delay for moment, delay in zip(sent, delays, strict=False))
    request = Request.parse("GET", "/v1/apps/a/machines", "", "", b"")

    for moment in came_in:
        assert service.refuse("Machines_list", {"app_name": "a"}, request, moment) is None


def test_apps_that_are_created_are_told_apart_by_name(mode: Mode) -> None:
    transport, script, clock = _wrap()

    for number in range(50):
        body = json.dumps({"name": f"app-{number}", "org_slug": "personal"}).encode()
        send(mode, transport, "POST", "/apps", content=body)
    assert (script.sent, clock.now()) == (50, 0)

    for _ in range(3):
        send(mode, transport, "POST", "/apps", content=b'{"app_name": "app-0"}')
    assert clock.now() == 1


def test_after_a_429_all_creations_of_apps_count_together(mode: Mode) -> None:
    transport, script, _ = _wrap(200, 429, 200)

    for number in range(5):
        send(mode, transport, "POST", "/apps", content=json.dumps({"name": f"app-{number}"}).encode())

    assert script.times == pytest.approx([0, 0, 2, 4, 6])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"name": ["a"]}'])
def test_a_creation_whose_name_cannot_be_read_is_sent_all_the_same(mode: Mode, body: bytes) -> None:
    transport, script, clock = _wrap()

    for _ in range(4):
        send(mode, transport, "POST", "/apps", content=body)

    assert (script.sent, clock.now()) == (4, 1)


def test_a_creation_whose_body_is_made_while_it_is_sent_is_sent_unread() -> None:
    transport, script, _ = _wrap()

    with httpx.Client(transport=transport, base_url=BASE) as client:
        assert client.post("/apps", content=iter([b'{"name"', b': "a"}'])).status_code == 200

    assert script.contents == [b'{"name": "a"}']


def test_how_long_a_request_waited_is_visible(mode: Mode) -> None:
    transport, script, _ = _wrap()

    _send_all(mode, transport, [("GET", "/apps/a/machines")] * 5)

    assert [request.extensions.get("fly_waited_s") for request in script.requests] == [None, None, None, 1, 1]
