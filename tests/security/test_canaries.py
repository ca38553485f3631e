"""A secret shows only in the body of the request that it is meant for, the token only in its header."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources import AsyncFly, Fly, Machine, errors
from fly_resources._nouns import own_certificates
from fly_resources._wire.operations import find
from tests.flows.pems import TODAY
from tests.security import canaries
from tests.security.canaries import TOKEN, Seen, holds_a_secret
from tests.security.conftest import Between, connected

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator
    from tests.flows.conftest import Api

#: Which operations may carry a secret in their body.
MEANT_FOR = {
    "Secrets_update",
    "App_Certificates_custom_create",
    "Machines_create",
    "Machines_update",
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_certificates, "wall_time", lambda: TODAY)


@pytest.fixture
def seen(caplog: pytest.LogCaptureFixture) -> Seen:
    caplog.set_level(logging.DEBUG)
    return Seen()


def _check_requests(requests: list[httpx.Request]) -> None:
    assert requests
    for request in requests:
        assert request.headers["authorization"] == TOKEN
        rest = [(name, text) for name, text in request.headers.items() if name != "authorization"]
        assert not holds_a_secret(f"{request.method} {request.url} {rest} {request!r}")
        target = find(request.method, request.url.path)
        assert target is not None
        if target.operation.id not in MEANT_FOR:
            assert not holds_a_secret(request.content.decode()), target.operation.id


def _do_all(api: Api, seen: Seen) -> None:
    """Call every verb, and keep all that it shows."""
    nouns = canaries.stack()
    for version in ("1", "2"):
        nouns = canaries.stack(version)
        plan = api.plan(*nouns)
        seen.add("plan", plan, *plan, plan.unmanaged)
        seen.add("changes", *(change for step in plan for change in step.changes))
        report = api.ensure(*nouns)
        seen.add("report", report, *report)
        seen.add("changes", *(change for outcome in report for change in outcome.changes))
    machine = next(noun for noun in nouns if isinstance(noun, Machine))
    undeclared = Machine(machine.app, "server", {"image": "nginx:3"}, mounts=machine.mounts)
    plan = api.plan(undeclared)
    seen.add("what was declared before and is no longer", plan, *plan, *plan[undeclared].changes)
    for noun in nouns:
        api.read(noun)
    with api.lease(machine):
        seen.add("nouns", *nouns)
    api.wait(machine)
    report = api.destroy(*nouns)
    seen.add("report of destroy", report, *report)


def _look_around(api: Api, seen: Seen) -> None:
    client = api.client
    seen.add("client", client, client.sdk, *vars(client).values())
    seen.add("simulator", api.sim.requests, api.sim)
    seen.texts.append(("snapshot", canaries.as_json(api.sim.snapshot())))


def test_every_verb_keeps_every_secret(
    kind: type[Fly | AsyncFly],
    sim: FlySimulator,
    seen: Seen,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = Between(sim.transport())
    with connected(kind, sim, token=TOKEN, transport=wire, on_event=seen.event) as api:
        _do_all(api, seen)
        _look_around(api, seen)
        seen.logs(caplog)
    _check_requests(wire.requests)
    carried = {
        target.operation.id
        for request in wire.requests
        if holds_a_secret(request.content.decode())
        and (target := find(request.method, request.url.path)) is not None
    }
    assert carried == MEANT_FOR  # or the test looks at nothing
    assert len(seen.texts) > 100
    assert seen.leaks() == []


def test_what_we_write_into_metadata_holds_no_secret(kind: type[Fly | AsyncFly], sim: FlySimulator) -> None:
    wire = Between(sim.transport())
    with connected(kind, sim, token=TOKEN, transport=wire) as api:
        api.ensure(*canaries.stack())
    bodies = [json.loads(request.content) for request in wire.requests if request.content]
    written = [
        {key: text for key, text in metadata.items() if key.startswith("fly_resources")}
        for body in bodies
        if (metadata := body.get("metadata") or body.get("config", {}).get("metadata"))
    ]
    assert any(written)
    assert not holds_a_secret(json.dumps(written))


class Echo(Between):
    """Answers every write with an error that repeats the whole request: its body, its token, its headers."""

    def __init__(self, inner: httpx.BaseTransport | httpx.AsyncBaseTransport, status: int) -> None:
        super().__init__(inner)
        self._status = status
        self._shape = status

    def change(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if request.method == "GET" or not holds_a_secret(request.content.decode()):
            return response
        self._shape += 1
        return httpx.Response(
            self._status,
            headers=[
                (b"fly-request-id", request.headers["authorization"].encode()),
                (b"location", b"https://evil.example/?" + request.headers["authorization"].encode()),
                (b"content-type", b"application/json"),
            ],
            content=_SHAPES[self._shape % len(_SHAPES)](request),
        )


def _whole(request: httpx.Request) -> str:
    return f"{request.headers['authorization']} {request.content.decode()}"


#: How an answer may repeat what was sent.
_SHAPES: list[Callable[[httpx.Request], bytes]] = [
    lambda request: json.dumps(
        {"error": _whole(request), "status": request.headers["authorization"]}
    ).encode(),
    lambda request: json.dumps({"message": _whole(request)[:700]}).encode(),
    lambda request: json.dumps({"errors": [{"sent": json.loads(request.content)}]}).encode(),
    lambda request: f"<html>{_whole(request)}</html>".encode(),
    lambda request: request.content,
    lambda request: json.dumps(_whole(request), ensure_ascii=True).encode(),
    lambda request: repr(_whole(request)).encode(),
    lambda request: json.dumps({"error": json.dumps(json.dumps(_whole(request)))}).encode(),
    lambda request: str(httpx.QueryParams({"sent": _whole(request)})).encode(),
]


@pytest.mark.parametrize(
    "status",
    [200, 302, 400, 401, 403, 404, 408, 409, 412, 418, 422, 429, 499, 500, 501, 502, 503, 504],
)
def test_an_answer_that_repeats_the_request_is_masked(
    kind: type[Fly | AsyncFly],
    sim: FlySimulator,
    seen: Seen,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = Echo(sim.transport(), status)
    with connected(kind, sim, token=TOKEN, transport=wire, on_event=seen.event) as api:
        with pytest.raises(errors.FlyError) as caught:
            api.ensure(*canaries.stack())
        seen.error(caught.value)
        _look_around(api, seen)
        seen.logs(caplog)
    assert "***" in str(caught.value) or status == 200  # the body alone holds it then
    assert seen.leaks() == []


class Broken(Between):
    """Breaks off, with an error that quotes what was sent, as parsers of broken answers do."""

    def change(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if request.method == "GET":
            return response
        quoted = _whole(request)
        raise httpx.RemoteProtocolError(f"illegal header line: {quoted!r}") from ValueError(quoted)


def test_a_broken_answer_that_quotes_the_request_is_masked(
    kind: type[Fly | AsyncFly],
    sim: FlySimulator,
    seen: Seen,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = Broken(sim.transport())
    with (
        connected(kind, sim, token=TOKEN, transport=wire, on_event=seen.event) as api,
        pytest.raises(errors.EnsureError) as caught,
    ):
        api.ensure(*canaries.stack())
    seen.error(caught.value)
    seen.logs(caplog)
    assert "illegal header line" in str(caught.value)
    assert seen.leaks() == []
