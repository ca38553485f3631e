"""What is sent again, and how often; blocking and async alike."""

from __future__ import annotations

import asyncio
import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from fly_resources.errors import ConfigurationError
from fly_resources.retry import MAYBE_SENT, RetryPolicy, RetryTransport, as_policy
from fly_resources.testing import VirtualClock
from tests.unit.fakes import BASE, Body, Broken, Script, Step, send
from tests.unit.retrying import IDEMPOTENT, NAMED, ONCE, SAFE, wrap

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.unit.fakes import Mode

#: Of each class, whether a lost answer may be followed by a second request.
_REPEATABLE = [SAFE, IDEMPOTENT, ("GET", "/unknown"), ("HEAD", "/unknown")]
_NOT_REPEATABLE = [NAMED, ONCE, ("POST", "/unknown"), ("DELETE", "/unknown"), ("PUT", "/unknown")]

_NEVER_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]
_LOST = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
]
_HOPELESS = [httpx.UnsupportedProtocol, httpx.LocalProtocolError]
_TRANSIENT = [408, 500, 502, 503, 504, 520, 522, 599]
_FINAL = [200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 412, 422, 499, 501, 505, 600]


@pytest.mark.parametrize("request_line", [*_REPEATABLE, *_NOT_REPEATABLE], ids=" ".join)
@pytest.mark.parametrize("error", _NEVER_SENT)
def test_what_was_never_sent_is_sent_again_whatever_it_is(
    mode: Mode, request_line: tuple[str, str], error: type[httpx.HTTPError]
) -> None:
    transport, script, _ = wrap(error, error, 200)

    assert send(mode, transport, *request_line).status_code == 200
    assert script.sent == 3
    assert MAYBE_SENT not in script.requests[-1].extensions


@pytest.mark.parametrize("error", _LOST)
def test_after_a_lost_answer_only_the_repeatable_is_sent_again(
    mode: Mode, error: type[httpx.HTTPError]
) -> None:
    for line in _REPEATABLE:
        transport, script, _ = wrap(error, 200)
        assert send(mode, transport, *line).status_code == 200
        assert script.sent == 2, line
    for line in _NOT_REPEATABLE:
        transport, script, _ = wrap(error, 200)
        with pytest.raises(error):
            send(mode, transport, *line)
        assert script.sent == 1, line


@pytest.mark.parametrize("status", _TRANSIENT)
def test_after_a_transient_status_only_the_repeatable_is_sent_again(mode: Mode, status: int) -> None:
    for line in _REPEATABLE:
        transport, script, _ = wrap(status, 200)
        assert send(mode, transport, *line).status_code == 200
        assert script.sent == 2, line
    for line in _NOT_REPEATABLE:
        transport, script, _ = wrap(status, 200)
        assert send(mode, transport, *line).status_code == status
        assert script.sent == 1, line


@pytest.mark.parametrize("status", [200, 201])
def test_a_page_in_place_of_an_answer_is_a_lost_answer(mode: Mode, status: int) -> None:
    page = httpx.Response(status, html="<html>upstream said nothing</html>")
    for line in _REPEATABLE:
        transport, script, _ = wrap(page, 200)
        assert "content-type" not in send(mode, transport, *line).headers
        assert script.sent == 2, line
    for line in _NOT_REPEATABLE:
        transport, script, _ = wrap(page, 200)
        assert send(mode, transport, *line).status_code == status
        assert script.sent == 1, line


def test_a_page_that_is_not_taken_is_closed(mode: Mode) -> None:
    body = Body(b"<html>")
    transport, script, _ = wrap(httpx.Response(200, headers={"content-type": "text/html"}, stream=body), 200)

    assert send(mode, transport, *SAFE).status_code == 200
    assert (script.sent, body.closed) == (2, True)


def test_a_page_with_a_final_status_is_returned_at_once(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.Response(404, html="<html>no such page</html>"))

    assert send(mode, transport, *SAFE).status_code == 404
    assert script.sent == 1


@pytest.mark.parametrize("line", [*_REPEATABLE, *_NOT_REPEATABLE], ids=" ".join)
def test_after_429_anything_is_sent_again(mode: Mode, line: tuple[str, str]) -> None:
    transport, script, _ = wrap(429, 200)

    assert send(mode, transport, *line).status_code == 200
    assert script.sent == 2


@pytest.mark.parametrize("status", _FINAL)
@pytest.mark.parametrize("line", [SAFE, IDEMPOTENT, NAMED, ONCE], ids=" ".join)
def test_a_final_status_is_returned_at_once(mode: Mode, line: tuple[str, str], status: int) -> None:
    transport, script, clock = wrap(status)

    assert send(mode, transport, *line).status_code == status
    assert script.sent == 1
    assert clock.now() == 0


@pytest.mark.parametrize("error", _HOPELESS)
def test_what_could_never_be_sent_is_not_tried_again(mode: Mode, error: type[httpx.HTTPError]) -> None:
    transport, script, _ = wrap(error)

    with pytest.raises(error):
        send(mode, transport, *SAFE)
    assert script.sent == 1


def test_the_wait_operation_means_its_408(mode: Mode) -> None:
    transport, script, _ = wrap(408)

    assert send(mode, transport, "GET", "/apps/a/machines/m/wait?state=started").status_code == 408
    assert script.sent == 1


def test_the_wait_operation_is_repeated_after_other_failures(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ReadError, 502, 408)

    assert send(mode, transport, "GET", "/apps/a/machines/m/wait?state=started").status_code == 408
    assert script.sent == 3


@pytest.mark.parametrize("last", [503, httpx.ConnectError, httpx.ReadError])
def test_the_last_failure_is_handed_on_after_the_given_number_of_attempts(mode: Mode, last: Step) -> None:
    transport, script, _ = wrap(last)

    if isinstance(last, type):
        with pytest.raises(last):
            send(mode, transport, *SAFE)
    else:
        assert send(mode, transport, *SAFE).status_code == last
    assert script.sent == 4


@pytest.mark.parametrize("status", [503, 429])
def test_one_attempt_means_no_retry(mode: Mode, status: int) -> None:
    transport, script, _ = wrap(status, policy=RetryPolicy(attempts=1))

    send(mode, transport, *SAFE)

    assert script.sent == 1


def test_refusals_by_the_rate_limit_are_no_attempts(mode: Mode) -> None:
    """Nothing was done, so they are counted for themselves, and cost nothing of the budget."""
    transport, script, _ = wrap(*[429] * 20, 503, 429, 503, policy=RetryPolicy(attempts=3, budget=10))

    assert send(mode, transport, *SAFE).status_code == 503
    assert script.sent == 20 + 1 + 1 + 2


@pytest.mark.parametrize("refusals", [0, 7])
def test_refusals_have_an_end(mode: Mode, refusals: int) -> None:
    transport, script, _ = wrap(429, policy=RetryPolicy(refusals=refusals))

    assert send(mode, transport, *ONCE).status_code == 429
    assert script.sent == 1 + refusals


@pytest.mark.parametrize("status", [409, 412])
@pytest.mark.parametrize(
    "text",
    [
        "aborted: machine update failed due to concurrent update",
        "machine ID 1 lease currently held by someone, expires at 2026-01-01T00:00:00Z",
        'already_exists: unique machine name violation, machine ID 1 already exists with name "web"',
        "aborted: could not reserve resource for machine: insufficient memory available",
        "failed_precondition: machine still active, refusing to start",
        "failed_precondition: volume is currently bound to machine: 1",
        "currently replaced, please retry",
    ],
)
def test_a_conflict_is_never_repeated_here_whatever_it_says(mode: Mode, status: int, text: str) -> None:
    """These mean a dozen things (ER-8); the errors tell them apart, and the verbs decide."""
    for line in (SAFE, IDEMPOTENT, NAMED, ONCE):
        refusal = httpx.Response(status, json={"error": text}, headers={"retry-after": "1"})
        transport, script, clock = wrap(refusal)
        assert send(mode, transport, *line).status_code == status
        assert (script.sent, clock.now()) == (1, 0)


def test_a_body_that_breaks_off_is_a_lost_answer(mode: Mode) -> None:
    transport, script, _ = wrap(Broken(), Broken(httpx.RemoteProtocolError), 200)
    assert send(mode, transport, *SAFE).json() == {}
    assert script.times == [0, 0.25, 0.75]

    transport, script, _ = wrap(Broken(), 200)
    with pytest.raises(httpx.ReadError):
        send(mode, transport, *ONCE)
    assert script.sent == 1


def test_every_answer_is_closed_kept_or_not(mode: Mode) -> None:
    transport, script, _ = wrap(503, Broken(), 429, 200)

    send(mode, transport, *SAFE)

    assert [body.closed for body in script.bodies] == [True] * 4


def test_the_same_body_is_sent_each_time(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ConnectError, 429, 200)

    send(mode, transport, *NAMED, content=b'{"name":"web"}')

    assert script.contents == [b'{"name":"web"}'] * 3


def test_a_body_that_is_made_while_it_is_sent_can_be_sent_again() -> None:
    def parts() -> Iterator[bytes]:
        yield b"one "
        yield b"two"

    transport, script, _ = wrap(503, 200)
    with httpx.Client(transport=transport, base_url=BASE) as client:
        assert client.put("/apps/a/volumes/vol_1", content=parts()).status_code == 200
    assert script.contents == [b"one two", b"one two"]


def test_a_body_that_is_made_by_async_code_can_be_sent_again() -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    async def run() -> int:
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return (await client.put("/apps/a/volumes/vol_1", content=parts())).status_code

    transport, script, _ = wrap(503, 200)
    assert asyncio.run(run()) == 200
    assert script.contents == [b"one two", b"one two"]


def test_a_storm_of_failures_uses_the_budget_up(mode: Mode) -> None:
    transport, script, _ = wrap(503, policy=RetryPolicy(attempts=4, budget=50))

    for _ in range(20):
        send(mode, transport, *SAFE)

    assert script.sent == 20 + 50 // 5


@pytest.mark.parametrize("lost", [httpx.ReadError, httpx.Response(200, html="<html>busy</html>")], ids=str)
def test_a_lost_answer_costs_as_much_as_a_failure(mode: Mode, lost: Step) -> None:
    transport, script, _ = wrap(lost, policy=RetryPolicy(attempts=99, budget=30))

    with contextlib.suppress(httpx.ReadError):
        send(mode, transport, *SAFE)

    assert script.sent == 1 + 30 // 5


def test_what_failed_once_may_have_been_carried_out_although_it_was_not_sent_again(mode: Mode) -> None:
    transport, script, _ = wrap(503, httpx.ConnectError)

    with pytest.raises(httpx.ConnectError):
        send(mode, transport, *SAFE)

    assert script.requests[-1].extensions[MAYBE_SENT]


def test_a_timeout_costs_twice_as_much(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ReadTimeout, policy=RetryPolicy(attempts=4, budget=50))

    for _ in range(20):
        with pytest.raises(httpx.ReadTimeout):
            send(mode, transport, *SAFE)

    assert script.sent == 20 + 50 // 10


@pytest.mark.parametrize(("successes", "then"), [(4, 503), (5, 200)])
def test_each_success_pays_one_token_back(mode: Mode, successes: int, then: int) -> None:
    steps = [503, 503, *[200] * successes, 503, 200]
    transport, _, _ = wrap(*steps, policy=RetryPolicy(attempts=2, budget=5))

    assert send(mode, transport, *SAFE).status_code == 503  # spends all five
    for _ in range(successes):
        assert send(mode, transport, *SAFE).status_code == 200
    assert send(mode, transport, *SAFE).status_code == then  # after five, a retry is affordable again


def test_a_refusal_pays_nothing_back(mode: Mode) -> None:
    transport, script, _ = wrap(503, 503, *[404] * 9, 503, policy=RetryPolicy(attempts=2, budget=5))

    for _ in range(11):
        send(mode, transport, *SAFE)

    assert script.sent == 12


def test_the_budget_never_grows_beyond_its_size(mode: Mode) -> None:
    transport, script, _ = wrap(*[200] * 30, 503, policy=RetryPolicy(attempts=4, budget=5))

    for _ in range(31):
        send(mode, transport, *SAFE)

    assert script.sent == 30 + 2


def test_one_request_can_bring_its_own_number_of_refusals(mode: Mode) -> None:
    transport, script, _ = wrap(429, 429, 200)

    assert send(mode, transport, *SAFE, extensions={"fly_refusals": 0}).status_code == 429
    assert script.sent == 1
    assert send(mode, transport, *SAFE).status_code == 200


def test_a_request_whose_answer_was_lost_is_marked_as_maybe_sent(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ReadError)

    with pytest.raises(httpx.ReadError):
        send(mode, transport, *_NOT_REPEATABLE[0])

    assert script.requests[-1].extensions[MAYBE_SENT] is True


def test_what_a_cassette_has_no_answer_to_was_never_sent(mode: Mode) -> None:
    missing: Any = type("CannotOverwriteExistingRequestException", (Exception,), {"__module__": "vcr.errors"})
    transport, script, _ = wrap(missing)

    with pytest.raises(missing):
        send(mode, transport, *ONCE)

    assert MAYBE_SENT not in script.requests[-1].extensions


@pytest.mark.parametrize("error", [httpx.RequestError, httpx.HTTPError])
def test_an_error_that_says_no_more_than_that_it_is_one_may_pass(
    mode: Mode, error: type[httpx.HTTPError]
) -> None:
    transport, _, _ = wrap(error, 200)

    assert send(mode, transport, *SAFE).status_code == 200


def test_no_timeout_is_longer_than_what_is_left_of_the_deadline(mode: Mode) -> None:
    transport, script, _ = wrap(200, policy=RetryPolicy(deadline_s=0.5))

    send(mode, transport, *SAFE)

    assert script.requests[-1].extensions["timeout"]["read"] == 0.5


def test_no_budget_means_no_retry(mode: Mode) -> None:
    transport, script, _ = wrap(503, policy=RetryPolicy(budget=0))

    send(mode, transport, *SAFE)

    assert script.sent == 1


def test_one_request_can_bring_its_own_policy(mode: Mode) -> None:
    transport, script, _ = wrap(503)

    send(mode, transport, *SAFE, extensions={"fly_retry": RetryPolicy(attempts=2)})
    assert script.sent == 2
    send(mode, transport, *SAFE)
    assert script.sent == 2 + 4


@pytest.mark.parametrize(("policy", "sent"), [(None, 4), (True, 4), (False, 1), (RetryPolicy(attempts=3), 3)])
def test_a_policy_may_be_left_out_or_turned_off(
    mode: Mode, sent: int, *, policy: RetryPolicy | bool | None
) -> None:
    clock = VirtualClock()
    script = Script(503, clock=clock)
    send(mode, RetryTransport(script, policy, clock=clock), *SAFE)
    assert script.sent == sent
    if policy is not None:
        transport, script, _ = wrap(503)
        send(mode, transport, *SAFE, extensions={"fly_retry": policy})
        assert script.sent == sent


def test_wrong_arguments_are_refused_with_the_name_of_what_refuses_them(mode: Mode) -> None:
    wrong: Any = 3
    with pytest.raises(ConfigurationError, match=r"^RetryTransport: policy must .*RetryPolicy\(attempts=3\)"):
        RetryTransport(Script(200), wrong)
    with pytest.raises(ConfigurationError, match=r"RetryTransport.*clock"):
        RetryTransport(Script(200), clock=wrong)
    with pytest.raises(ConfigurationError, match=r"RetryTransport.*inner|RetryTransport.*transport"):
        RetryTransport(wrong)
    with pytest.raises(ConfigurationError, match=r"^request\.extensions: fly_retry must"):
        send(mode, wrap(200)[0], *SAFE, extensions={"fly_retry": wrong})


def test_attempts_are_visible_on_the_response(mode: Mode) -> None:
    transport, _, _ = wrap(503, 503, 200)

    assert send(mode, transport, *SAFE).extensions["fly_attempts"] == 3


def test_attempts_are_visible_on_the_request_of_an_error(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ConnectError)

    with pytest.raises(httpx.ConnectError):
        send(mode, transport, *SAFE)

    assert script.requests[-1].extensions["fly_attempts"] == 4


def test_what_is_no_http_error_passes_through(mode: Mode) -> None:
    class Odd(Script):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            super().handle_request(request)
            raise LookupError("a bug")

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return self.handle_request(request)

    script = Odd(200)
    with pytest.raises(LookupError, match="a bug"):
        send(mode, RetryTransport(script, clock=VirtualClock()), *SAFE)
    assert script.sent == 1


def test_it_works_with_nothing_but_a_transport(mode: Mode) -> None:
    script = Script(200)

    assert send(mode, RetryTransport(script), *SAFE).status_code == 200
    assert script.closed == [mode]


def test_it_works_without_a_client_that_sets_timeouts() -> None:
    transport, script, _ = wrap(200)

    assert transport.handle_request(httpx.Request("GET", f"{BASE}/apps/a/machines")).status_code == 200
    assert script.sent == 1


def test_a_transport_of_the_wrong_kind_is_named() -> None:
    class SyncOnly(httpx.BaseTransport):
        pass

    class AsyncOnly(httpx.AsyncBaseTransport):
        pass

    with pytest.raises(ConfigurationError, match="async only"):
        send("sync", RetryTransport(AsyncOnly()), *SAFE)
    with pytest.raises(ConfigurationError, match="sync only"):
        send("async", RetryTransport(SyncOnly()), *SAFE)


@pytest.mark.parametrize(
    "settings",
    [
        {"attempts": 0},
        {"base_s": -1},
        {"cap_s": -1},
        {"deadline_s": -1},
        {"budget": -1},
        {"retry_after_cap_s": -1},
        {"refusals": -1},
    ],
    ids=str,
)
def test_a_policy_that_cannot_be_is_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        RetryPolicy(**settings)


def test_the_defaults_are_those_of_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "retries.md").read_text(encoding="utf-8")
    table = page.partition("| `RetryPolicy` |")[2].partition("\n\n")[0]
    told: dict[str, float] = {}
    for row in table.splitlines()[2:]:
        names, values = row.split("|")[1:3]
        found = zip(re.findall(r"`(\w+)`", names), values.split(","), strict=True)
        told |= {name: float(value) for name, value in found}
    assert told == attrs.asdict(RetryPolicy()) == attrs.asdict(as_policy("Fly", "retry", None))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (503, "status 503"),
        (429, "status 429"),
        (httpx.ReadError, "ReadError"),
        (httpx.Response(200, html="<html>busy</html>"), "status 200 with an HTML page"),
    ],
    ids=str,
)
def test_retries_are_logged_without_the_query(
    mode: Mode, caplog: pytest.LogCaptureFixture, step: Step, why: str
) -> None:
    transport, _, _ = wrap(step, 200)

    with caplog.at_level("DEBUG", logger="fly_resources.retry"):
        send(mode, transport, "GET", "/apps/a/secrets?show_secrets=hunter2")

    assert [record.getMessage() for record in caplog.records] == [
        f"GET /apps/{{app_name}}/secrets: {why}, attempt 1, again in 0.25 s"
    ]
