"""The middleware repeats what an app that was just made does not know yet, and nothing else (AP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fly_machines import models
from fly_machines.api.apps import apps_create, apps_delete, apps_get
from fly_machines.api.machines import machines_list

from fly_resources import Fly, RetryPolicy, errors
from fly_resources.retry import RetryTransport
from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOT_FOUND, UNKNOWN_TOKEN = 404, 401


class Service(httpx.BaseTransport):
    """Answers each request by the next of `answers`, and the last of them from then on."""

    def __init__(self, *answers: tuple[int, object]) -> None:
        self.answers = list(answers)
        self.sent: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(f"{request.method} {request.url.path}")
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(status, json=body)


MADE: tuple[int, object] = (201, {"id": "x", "created_at": 1})
GONE: tuple[int, object] = (404, {"error": "app not found"})
THERE: tuple[int, object] = (200, [])


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def connect(clock: VirtualClock) -> Iterator[Callable[..., tuple[httpx.Client, Service]]]:
    opened: list[httpx.Client] = []

    def make(*answers: tuple[int, object], **policy: Any) -> tuple[httpx.Client, Service]:  # noqa: ANN401  # its fields
        service = Service(*answers)
        transport = RetryTransport(service, RetryPolicy(**policy), clock=clock)
        opened.append(httpx.Client(transport=transport, base_url="https://api.machines.dev/v1"))
        return opened[-1], service

    yield make
    for client in opened:
        client.close()


def _make(client: httpx.Client, **body: str) -> httpx.Response:
    return client.post("/apps", json={"name": "web", "org_slug": "personal", **body})


@pytest.mark.parametrize("status", [NOT_FOUND, UNKNOWN_TOKEN])
@pytest.mark.parametrize("attempts", [1, 4])
def test_a_new_apps_answers_are_asked_for_again_whatever_the_policy(
    connect: Callable[..., tuple[httpx.Client, Service]],
    clock: VirtualClock,
    caplog: pytest.LogCaptureFixture,
    *,
    status: int,
    attempts: int,
) -> None:
    caplog.set_level("DEBUG", logger="fly_resources.retry")
    unseen = (status, {"error": "app not found"})
    client, service = connect(MADE, *([unseen] * 9), THERE, attempts=attempts)
    _make(client)
    answer = client.get("/apps/web/machines")
    assert (answer.status_code, answer.extensions["fly_attempts"]) == (200, 10)
    assert 20 < clock.now() < 60
    assert len(service.sent) == 11
    assert f"status {status} from a new app" in caplog.messages[0]


@pytest.mark.parametrize("deadline_s", [2.0, 3.5])
def test_nothing_is_sent_at_its_very_deadline(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock, deadline_s: float
) -> None:
    client, service = connect(MADE, GONE, deadline_s=deadline_s)
    _make(client)
    assert client.get("/apps/web").status_code == NOT_FOUND
    assert (len(service.sent), clock.now()) == (1 + 3, 0.5 + 1.0)  # the next one would be due after 2 s


def test_what_a_new_app_denied_counts_as_no_attempt(
    connect: Callable[..., tuple[httpx.Client, Service]],
) -> None:
    client, service = connect(MADE, *([GONE] * 3), (503, {}), (503, {}), THERE, attempts=3)
    _make(client)
    assert client.get("/apps/web").status_code == 200
    assert len(service.sent) == 1 + 3 + 3


def test_after_a_minute_the_answer_stands(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock
) -> None:
    client, _ = connect(MADE, GONE)
    _make(client)
    assert client.get("/apps/web").status_code == NOT_FOUND
    assert 60 <= clock.now() <= 65
    before = clock.now()
    assert client.get("/apps/web").status_code == NOT_FOUND
    assert clock.now() == before


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/apps/other/machines", {"error": "app not found"}),
        ("/apps/web/machines/148e", {"error": "not_found: machine not found"}),
        ("/apps/web/machines", {"error": "404 page not found"}),
        ("/apps/web/volumes/vol_1", {"error": "volume not found"}),
        ("/apps/web/certificates/a.example", {"message": "certificate not found"}),
        ("/apps/web/ip_assignments/fdaa::1", {"message": "IP assignment not found"}),
    ],
)
def test_what_is_not_about_the_new_app_stands_at_once(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock, path: str, body: dict[str, str]
) -> None:
    client, _ = connect(MADE, (404, body))
    _make(client)
    assert client.get(path).status_code == NOT_FOUND
    assert clock.now() == 0


def test_a_404_without_words_means_the_app_until_it_has_been_seen(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock
) -> None:
    vague: tuple[int, object] = (404, {"error": "not found"})
    client, service = connect(MADE, vague, THERE, vague)
    _make(client)
    assert client.get("/apps/web/certificates/a.example").status_code == 200
    assert len(service.sent) == 3
    before = clock.now()
    assert client.get("/apps/web/certificates/a.example").status_code == NOT_FOUND
    assert clock.now() == before


def test_an_app_that_is_deleted_is_not_new_any_more(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock
) -> None:
    client, _ = connect(MADE, (202, None), GONE)
    _make(client)
    assert client.delete("/apps/web").status_code == 202
    assert client.get("/apps/web").status_code == NOT_FOUND
    assert clock.now() == 0


@pytest.mark.parametrize("status", [409, 422])
def test_an_app_whose_name_is_taken_may_be_new_as_well(
    connect: Callable[..., tuple[httpx.Client, Service]], status: int
) -> None:
    client, service = connect(
        (status, {"error": "Validation failed: Name has already been taken"}), GONE, THERE
    )
    _make(client)
    assert client.get("/apps/web").status_code == 200
    assert len(service.sent) == 3


def test_an_app_that_could_not_be_made_is_not_new(
    connect: Callable[..., tuple[httpx.Client, Service]], clock: VirtualClock
) -> None:
    client, _ = connect((422, {"error": "Validation failed: Name under 63 chars"}), GONE)
    _make(client)
    assert client.get("/apps/web").status_code == NOT_FOUND
    assert clock.now() == 0


@pytest.mark.parametrize("status", [NOT_FOUND, UNKNOWN_TOKEN])
def test_what_looks_before_it_is_sent_again_gets_the_answer_of_an_unseen_app(
    clock: VirtualClock, status: int
) -> None:
    service = Service(MADE, (status, {"error": "app not found"}))
    with Fly("test", transport=service, clock=clock) as fly:
        client = fly.sdk.get_httpx_client()
        _make(client)
        with pytest.raises(errors.ApiError) as caught:
            client.post("/apps/web/volumes", json={}, extensions={"fly_refusals": 0})
        assert (caught.value.status, caught.value.maybe_applied) == (status, True)
        assert len(service.sent) == 2
        clock.sleep(61.0)
        with pytest.raises(errors.ApiError) as caught:
            client.post("/apps/web/volumes", json={}, extensions={"fly_refusals": 0})
        assert (caught.value.status, caught.value.maybe_applied) == (status, False)


def test_calls_of_the_sdk_wait_for_a_new_app_too(clock: VirtualClock) -> None:
    sim = FlySimulator(clock=clock, behaviour=Behaviour(app_unseen_s=20.0))
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        apps_create.sync(client=fly.sdk, body=models.CreateAppRequest(name="web", org_slug="personal"))
        assert machines_list.sync("web", client=fly.sdk) == []
        apps_delete.sync("web", client=fly.sdk)
        with pytest.raises(errors.NotFoundError):
            apps_get.sync("web", client=fly.sdk)
        assert 20 <= clock.now() < 30
