"""Rate limits (RL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources.testing import Behaviour, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from fly_resources.testing import VirtualClock

    Connect = Callable[..., httpx.Client]


@pytest.fixture
def limited(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock, rate_limits=True)


def _ok(client: httpx.Client, method: str, path: str, times: int) -> int:
    return sum(client.request(method, path).status_code != 429 for _ in range(times))


def test_one_a_second_in_bursts_of_three_per_action_and_app(
    limited: FlySimulator, connected: Connect, clock: VirtualClock
) -> None:
    with connected(limited) as client:
        assert _ok(client, "GET", "/apps/a/machines", 5) == 3
        assert _ok(client, "GET", "/apps/b/machines", 5) == 3
        assert _ok(client, "GET", "/apps/a/volumes", 5) == 3
        clock.sleep(1)
        assert _ok(client, "GET", "/apps/a/machines", 5) == 1
        clock.sleep(100)
        assert _ok(client, "GET", "/apps/a/machines", 5) == 3


def test_a_client_at_the_documented_rate_is_never_refused(
    limited: FlySimulator, connected: Connect, clock: VirtualClock
) -> None:
    with connected(limited) as client:
        assert _ok(client, "GET", "/apps/a/machines", 3) == 3
        for _ in range(200):
            clock.sleep(1.0)
            assert _ok(client, "GET", "/apps/a/machines", 1) == 1


def test_machines_have_buckets_of_their_own_and_get_machine_a_larger_one(
    limited: FlySimulator, connected: Connect
) -> None:
    with connected(limited) as client:
        for machine in ("1857156b526dd8", "1857156b526dd9"):
            assert _ok(client, "GET", f"/apps/a/machines/{machine}", 20) == 10
            assert _ok(client, "POST", f"/apps/a/machines/{machine}/start", 20) == 3


def test_app_deletions_share_one_bucket_of_100_a_minute(
    limited: FlySimulator, connected: Connect, clock: VirtualClock
) -> None:
    with connected(limited) as client:
        assert sum(client.delete(f"/apps/a{n}").status_code != 429 for n in range(110)) == 100
        clock.sleep(6)
        assert _ok(client, "DELETE", "/apps/b", 20) == 10


def test_creating_many_apps_is_not_one_action_on_one_app(limited: FlySimulator, connected: Connect) -> None:
    with connected(limited) as client:
        for number in range(10):
            body = {"name": f"a{number}", "org_slug": "personal"}
            assert client.post("/apps", json=body).status_code == 201
        assert [client.post("/apps", content=b"{").status_code for _ in range(4)] == [400, 400, 400, 429]


def test_a_refusal_has_no_effect_and_says_why(clock: VirtualClock, connected: Connect) -> None:
    sim = FlySimulator(clock=clock, rate_limits=True, behaviour=Behaviour(retry_after=True))
    with connected(sim) as client:
        client.post("/apps", json={"name": "a", "org_slug": "personal"})
        for _ in range(3):
            client.post("/apps/a/volumes", json={"name": "v", "region": "iad"})
        answer = client.post("/apps/a/volumes", json={"name": "v", "region": "iad"})
        assert (answer.status_code, answer.json()) == (429, {"error": "rate limit exceeded"})
        assert answer.headers["retry-after"] == "1"
        assert len(client.get("/apps/a/volumes").json()) == 3


def test_retry_after_is_left_out_by_default(limited: FlySimulator, connected: Connect) -> None:
    with connected(limited) as client:
        answers = [client.get("/apps?org_slug=personal") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "retry-after" not in answers[-1].headers
