"""Any bytes as any answer at any step: only a `FlyError` comes out, in bounded time, requests and memory.

One answer of a verb's run on the seed stack is replaced: another status, absurd headers, a body that is
random, of another operation, deep, huge, or the real one with a value of another kind somewhere in it.
`HYPOTHESIS_PROFILE=thorough` tries some thousand of them.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Resource,
    Volume,
    dns_records,
    errors,
)
from fly_resources.testing import FlySimulator, VirtualClock
from tests.security.conftest import RUNS, Between, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api

#: A run of these verbs takes a few minutes of virtual time at most; their own limits are 300 s a step.
LONGEST_S = 1800.0
MOST_REQUESTS = 1500


def stack(image: str = "nginx:alpine", size_gb: int = 10) -> list[Resource[Any]]:
    app = App("web", primary_region="iad")
    data = Volume(app, "data", size_gb=size_gb)
    config: MachineConfigDict = {
        "image": image,
        "env": {"PORT": "80"},
        "services": [
            {"protocol": "tcp", "internal_port": 80, "ports": [{"port": 80, "handlers": ["http"]}]},
        ],
        "checks": {"alive": {"type": "tcp", "port": 80, "interval": "10s", "timeout": "2s"}},
    }
    return [
        app,
        FlySecret(app, "DATABASE_URL", "postgres://example"),
        data,
        Machine(app, "server", config, mounts={"/data": data}),
        Certificate(app, "www.example.com"),
        IpAddress(app, "shared_v4"),
        IpAddress(app, "v6"),
    ]


def _server() -> Machine:
    return next(noun for noun in stack() if isinstance(noun, Machine))


def _certificate() -> Certificate:
    return next(noun for noun in stack() if isinstance(noun, Certificate))


def _look(api: Api) -> None:
    plan = api.plan(*stack(), prune=True)
    assert str(plan)
    assert plan.unmanaged is not None


def _records(api: Api) -> None:
    detail = api.read(_certificate())
    if detail is not None:
        assert all(map(str, dns_records(detail)))


def _hold(api: Api) -> None:
    with api.lease(_server()) as nonce:
        assert nonce


#: What is done, and whether the stack is there before.
VERBS: dict[str, tuple[Callable[[Api], object], bool]] = {
    "plan of nothing": (lambda api: str(api.plan(*stack())), False),
    "create": (lambda api: str(api.ensure(*stack())), False),
    "plan": (_look, True),
    "unchanged": (lambda api: str(api.ensure(*stack())), True),
    "change": (lambda api: str(api.ensure(*stack("nginx:1", 12))), True),
    "prune": (lambda api: str(api.ensure(stack()[0], prune=True)), True),
    "destroy": (lambda api: str(api.destroy(*stack())), True),
    "read": (lambda api: [api.read(noun) for noun in stack()], True),
    "wait": (lambda api: api.wait(_server()), True),
    "wait until issued": (lambda api: api.wait_until_issued(_certificate(), timeout_s=60.0), True),
    "lease": (_hold, True),
    "dns": (_records, True),
}

_SURPRISES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1.5,
        10**40,
        float("inf"),
        float("nan"),
        "",
        "x",
        "..",
        "\ud800",
        "\x1b[2J\r\n",
        "9" * 5000,
        [],
        ["x"],
        [None],
        {},
        {"a": None},
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
#: Bodies that this API has, for where another is expected.
_OTHERS = [
    b'{"id": "web", "name": "web", "status": "deployed", "organization": {"slug": "personal"}}',
    b'{"ok": true}',
    b'{"status": "success", "data": {"nonce": "n", "expires_at": 1, "owner": "o"}}',
    b'{"secrets": [{"name": "K", "digest": "d"}]}',
    b'{"ips": []}',
    b"[]",
    b"{}",
    b"",
    b'{"error": "app not found"}',
]
_HOSTILE = [
    b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"id": ' + b"1" * 5000 + b"}",
    b"1e999",
    b"NaN",
    b'{"error": "\\ud800"}',
    b"\xff\xfe{\x00}\x00",
    b"<html>bad gateway</html>",
    b"\x1f\x8b\x08garbage",
    gzip.compress(b"{}"),
]


def _paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _paths(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _paths(each, (*path, index))


@attrs.frozen
class Mutation:
    """Puts `surprise` at one place of a JSON body, or takes away what is there."""

    place: int
    surprise: object
    drop: bool

    def __call__(self, content: bytes) -> bytes:
        try:
            body = json.loads(content)
        except ValueError:
            return json.dumps(self.surprise).encode()
        paths = list(_paths(body))
        *way, last = paths[self.place % len(paths)] or (None,)
        if last is None:
            return json.dumps(self.surprise).encode()
        holder = body
        for part in way:
            holder = holder[part]
        if self.drop:
            del holder[last]
        else:
            holder[last] = self.surprise
        return json.dumps(body).encode()


@attrs.frozen
class Instead:
    """Another body."""

    content: bytes = attrs.field(repr=lambda content: repr(content[:60]))

    def __call__(self, content: bytes) -> bytes:
        return self.content


_MUTATIONS = st.builds(Mutation, st.integers(0, 400), _SURPRISES, st.booleans())
_BODIES = st.one_of(
    _MUTATIONS,
    _MUTATIONS,
    st.builds(Instead, st.binary(max_size=40)),
    st.builds(Instead, _JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))),
    st.builds(Instead, st.sampled_from(_OTHERS)),
    st.builds(Instead, st.sampled_from(_HOSTILE)),
)
_HEADERS = st.lists(
    st.one_of(
        st.tuples(
            st.just("Retry-After"),
            st.sampled_from(
                ["0", "1", "-1", "9" * 400, "1e9", "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "", "\xb2"]
            ),
        ),
        st.tuples(
            st.just("Content-Encoding"), st.sampled_from(["gzip", "deflate", "gzip, gzip", "zstd", "x"])
        ),
        st.tuples(st.just("Content-Length"), st.sampled_from(["0", "-1", "9" * 30, "x"])),
        st.tuples(
            st.just("Content-Type"),
            st.sampled_from(["text/html", "application/json; charset=nonsense", "\xff"]),
        ),
        st.tuples(st.just("Set-Cookie"), st.sampled_from(["a=b", "=", ";;;", "a=b; Domain=evil.example"])),
        st.tuples(st.just("Location"), st.sampled_from(["https://evil.example/", "//", "http://[", "\xff"])),
        st.tuples(st.just("fly-request-id"), st.text("\x1b\x7f~a", max_size=9)),
        st.tuples(
            st.just("Date"), st.sampled_from(["", "Thu, 99 Foo 0000", "Fri, 31 Dec 9999 23:59:59 GMT"])
        ),
    ),
    max_size=3,
)
#: None: the real one.
_STATUSES = st.one_of(
    st.none(),
    st.none(),
    st.integers(100, 599),
    st.sampled_from([200, 201, 202, 204, 301, 408, 409, 412, 429]),
)


@attrs.frozen
class Answer:
    """What comes instead of the `nth` answer, `times` in a row."""

    nth: int
    times: int
    status: int | None
    headers: list[tuple[str, str]]
    body: Callable[[bytes], bytes]


_ANSWERS = st.builds(
    Answer,
    st.integers(1, 8) | st.integers(1, 24),
    st.sampled_from([1, 1, 6, 1000]),
    _STATUSES,
    _HEADERS,
    _BODIES,
)


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content

    async def __aiter__(self) -> Any:  # noqa: ANN401  # an async iterator
        yield self._content


class Meddler(Between):
    """Replaces some answers, and refuses to go on for ever."""

    def __init__(self, sim: FlySimulator, answer: Answer) -> None:
        super().__init__(sim.transport())
        self._answer = answer

    def change(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        assert len(self.requests) <= MOST_REQUESTS, "requests without end"
        answer = self._answer
        if not 0 <= len(self.requests) - answer.nth < answer.times:
            return response
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in answer.headers]
        return httpx.Response(
            answer.status or response.status_code,
            headers=headers,
            stream=_Stream(answer.body(response.content)),
        )


def _only_of_ours(error: errors.FlyError) -> None:
    assert str(error).isprintable() or isinstance(error, errors.EnsureError)
    if isinstance(error, errors.EnsureError):
        assert all(isinstance(each, errors.FlyError) for each in error.errors)
        assert str(error.report)


@pytest.mark.parametrize("verb", VERBS)
@given(answer=_ANSWERS, kind=st.sampled_from([Fly, AsyncFly]))
@settings(max_examples=RUNS, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_is_answered_only_a_fly_error_comes_out(
    verb: str, answer: Answer, kind: type[Fly | AsyncFly]
) -> None:
    act, there = VERBS[verb]
    clock = VirtualClock()
    sim = FlySimulator(clock=clock)
    if there:
        with connected(Fly, sim) as api:
            api.ensure(*stack())
    began = clock.now()
    with connected(kind, sim, transport=Meddler(sim, answer)) as api:
        try:
            act(api)
        except errors.FlyError as error:
            _only_of_ours(error)
    assert clock.now() - began <= LONGEST_S


def test_a_mutation_reaches_every_place_of_a_body() -> None:
    body = b'{"a": [1, {"b": 2}], "c": null}'
    made = {Mutation(place, "!", drop=False)(body) for place in range(6)}
    assert made == {
        b'"!"',
        b'{"a": "!", "c": null}',
        b'{"a": ["!", {"b": 2}], "c": null}',
        b'{"a": [1, "!"], "c": null}',
        b'{"a": [1, {"b": "!"}], "c": null}',
        b'{"a": [1, {"b": 2}], "c": "!"}',
    }
