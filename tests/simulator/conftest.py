"""A simulator on a virtual clock, and a plain httpx client that talks to it.

The client checks every JSON answer against the document of this project on its way.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import jsonschema
import pytest

from fly_resources.testing import FlySimulator, VirtualClock
from fly_resources.testing._router import match
from fly_resources.testing._wire import Request

_DOCUMENT = Path(__file__).parents[2] / "openapi" / "fly-machines.json"

Body: TypeAlias = dict[str, Any]
MakeMachine: TypeAlias = Callable[..., Body]


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock)


@pytest.fixture
def api(sim: FlySimulator) -> Iterator[httpx.Client]:
    """A client of `sim` with an app named `web`."""
    with connect(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"}).raise_for_status()
        sim.requests.clear()
        yield client


@pytest.fixture
def slow_sim(clock: VirtualClock) -> FlySimulator:
    """A simulator whose states take as long as they were seen to."""
    return FlySimulator(clock=clock, timings="typical")


@pytest.fixture
def slow_api(slow_sim: FlySimulator) -> Iterator[httpx.Client]:
    """A client of `slow_sim` with an app named `web`."""
    with connect(slow_sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"}).raise_for_status()
        yield client


def connect(sim: FlySimulator, token: str | None = None, timeout: float = 70.0) -> httpx.Client:
    """Return a client as any user of httpx would make it."""
    return httpx.Client(
        transport=CheckingTransport(sim.transport()),
        base_url="https://api.machines.dev/v1",
        headers={"Authorization": "Bearer test" if token is None else token},
        timeout=timeout,
    )


class CheckingTransport(httpx.BaseTransport):
    """Passes requests on, and checks what comes back against the document."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        whole = isinstance(response.stream, httpx.ByteStream)
        is_json = response.headers.get("content-type", "").startswith("application/json")
        if whole and is_json and response.content:
            found = match(Request.parse(request.method, request.url.raw_path.decode(), "", "", b""))
            assert found is not None, "a route that does not exist answers with text"
            _validator(found.operation, response.status_code).validate(response.json())
        return response


@functools.cache
def _document() -> Body:
    document: Body = _with_nulls(json.loads(_DOCUMENT.read_text(encoding="utf-8")))
    return document


@functools.cache
def _operations() -> dict[str, Body]:
    return {
        operation["x-upstream-operation-id"]: operation
        for item in _document()["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "x-upstream-operation-id" in operation
    }


@functools.cache
def _validator(operation: str, status: int) -> jsonschema.Draft202012Validator:
    responses = _operations()[operation]["responses"]
    answer = responses.get(str(status)) or responses["default"]
    schema = answer["content"]["application/json"]["schema"]
    return jsonschema.Draft202012Validator({**schema, "components": _document()["components"]})


def _with_nulls(value: object) -> Any:  # noqa: ANN401 - JSON in, JSON out
    """Say `nullable`, which JSON Schema does not know, in its words."""
    if isinstance(value, list):
        return [_with_nulls(item) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _with_nulls(item) for key, item in value.items()}
    if inner.pop("nullable", None) is True:
        return {"anyOf": [inner, {"type": "null"}]}
    return inner


@pytest.fixture
def make() -> MakeMachine:
    """Create a machine and return the answer's body."""

    def create(client: httpx.Client, name: str = "m", config: Body | None = None, **more: object) -> Body:
        body = {"name": name, "config": {"image": "nginx:alpine", **(config or {})}, **more}
        answer = client.post("/apps/web/machines", json=body)
        assert answer.status_code == 200, answer.text
        created: Body = answer.json()
        return created

    return create


@pytest.fixture
def connected() -> Callable[..., httpx.Client]:
    """Give tests `connect` without an import between test files."""
    return connect
