"""Lists that come in pages although nobody asked for pages (MA-46, VO-23): followed, or no list at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from fly_resources import App, Fly, IpAddress, Machine, Volume, errors
from fly_resources._client import inside
from fly_resources._sdk import requests
from fly_resources._sdk.paging import MAX_PAGES, Page, Pages
from fly_resources.cli import _importing, _losses
from fly_resources.testing import Behaviour, FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import VirtualClock

    from .conftest import Api

APP = App("web", primary_region="iad")
DATA = [Volume(APP, "data"), Volume(APP, "logs")]
STACK = [
    APP,
    *DATA,
    Machine(APP, "one", {"image": "nginx:1"}, mounts={"/data": DATA[0]}),
    Machine(APP, "two", {"image": "nginx:1"}),
    Machine(APP, "three", {"image": "nginx:1"}),
]
END = ""


@attrs.define
class Paging(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way to the simulator, which cuts each list into pages.

    Attributes:
        sizes: How many entries the pages have, the last for all that follow.
        failing: The page, from 0, that is answered with a status instead.
        cursors: Stand in for the pages' own.
        asked: The query of each list that was asked for.
    """

    sim: FlySimulator
    sizes: tuple[int, ...] = (1,)
    failing: dict[int, int] = attrs.field(factory=dict)
    cursors: dict[int, str] = attrs.field(factory=dict)
    asked: list[tuple[str, dict[str, str]]] = attrs.field(factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._paged(request, self.sim.transport().handle_request(self._without_query(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.sim.transport().handle_async_request(self._without_query(request))
        await answer.aread()
        return self._paged(request, answer)

    def _without_query(self, request: httpx.Request) -> httpx.Request:
        if not self._is_list(request):
            return request
        url = request.url.copy_with(query=None)
        return httpx.Request("GET", url, headers=request.headers, extensions=request.extensions)

    def _is_list(self, request: httpx.Request) -> bool:
        return request.method == "GET" and request.url.path.endswith(("/machines", "/volumes"))

    def _paged(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if not self._is_list(request) or answer.status_code != 200:
            return answer
        query = dict(request.url.params)
        self.asked.append((request.url.path, query))
        rows = json.loads(answer.read())
        page, first = map(int, query["cursor"].split(".")[-1].split("-")) if "cursor" in query else (0, 0)
        if page in self.failing:
            return httpx.Response(self.failing[page], json={"error": "no such page"})
        after = first + self.sizes[min(page, len(self.sizes) - 1)]
        following = self.cursors.get(page, f"c.{page + 1}-{after}" if after < len(rows) else END)
        return httpx.Response(
            200, json=rows[first:after], headers={"fly-next-cursor": following} if following else {}
        )


@pytest.fixture
def made(api: Api) -> Api:
    api.ensure(*STACK)
    api.sent.clear()
    return api


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("sizes", [(1,), (2,), (0, 1), (1, 0, 0, 1)], ids=str)
def test_pages_are_followed_to_their_end(
    connect: Callable[..., Api], sim: FlySimulator, sizes: tuple[int, ...]
) -> None:
    wire = Paging(sim, sizes)
    api = connect(transport=wire)

    assert not api.plan(*STACK).changed
    assert not api.ensure(*STACK).changed
    assert api.destroy(STACK[-1])[STACK[-1]].changed
    assert api.writes[-1] == "Machines_delete"


@pytest.mark.parametrize("size", [1, 2])
def test_a_service_that_pages_unasked_is_read_to_the_end(
    connect: Callable[..., Api], clock: VirtualClock, size: int
) -> None:
    api = connect(FlySimulator(clock=clock, behaviour=Behaviour(unasked_page_size=size)))

    assert api.ensure(*STACK).changed
    assert not api.ensure(*STACK).changed
    assert api.destroy(*STACK, everything=True).changed
    assert len([each for each in api.sent if each.operation == "Volumes_create"]) == len(DATA)


@pytest.mark.usefixtures("made")
def test_only_what_follows_is_asked_for_with_a_limit(connect: Callable[..., Api], sim: FlySimulator) -> None:
    wire = Paging(sim, (2,))

    connect(transport=wire).plan(STACK[-1])

    assert wire.asked == [
        ("/v1/apps/web/machines", {}),
        ("/v1/apps/web/machines", {"cursor": "c.1-2", "limit": "1000"}),
    ]


def test_a_list_without_the_header_is_one_request(made: Api) -> None:
    made.plan(STACK[-1])

    lists = [each for each in made.sent if each.path.endswith("/machines")]
    assert [each.query for each in lists] == [""]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"failing": {1: 404}}, "the next one could not be read: GET /v1/apps/web/"),
        ({"failing": {1: 400}}, "no such page"),
        ({"failing": {2: 403}}, "2 were read"),
        ({"failing": {1: 500}}, "1 was read"),
        ({"cursors": {0: "c.0-0"}, "sizes": (1,)}, "the page after it is one that was read before"),
        ({"cursors": {1: "c.1-1"}, "sizes": (1,)}, "the page after it is one that was read before"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
@pytest.mark.parametrize("verb", ["plan", "ensure", "destroy"])
def test_a_list_that_cannot_be_read_to_its_end_is_no_list(
    connect: Callable[..., Api], sim: FlySimulator, trouble: dict[str, Any], said: str, verb: str
) -> None:
    api = connect(transport=Paging(sim, **trouble))

    with pytest.raises(errors.FlyError) as raised:
        getattr(api, verb)(*STACK)

    truncated = _find(raised.value)
    assert said in str(truncated)
    assert "is truncated" in str(truncated)
    assert truncated.route in {"GET /v1/apps/web/machines", "GET /v1/apps/web/volumes"}
    assert not truncated.maybe_applied
    assert api.writes == []


@pytest.mark.usefixtures("made")
def test_the_first_page_fails_as_a_list_does(connect: Callable[..., Api], sim: FlySimulator) -> None:
    api = connect(transport=Paging(sim, failing={0: 400}))

    with pytest.raises(errors.BadRequestError):
        api.plan(STACK[-1])


def test_a_list_that_never_ends_is_left() -> None:
    pages = Pages[int]("GET /v1/apps/web/machines")

    for number in range(MAX_PAGES - 1):
        pages.add(Page({f"id{number}": number}, f"c{number}"))
    with pytest.raises(errors.TruncatedListError, match="of which 10000 were read, and there are still more"):
        pages.add(Page({}, "one more"))
    assert pages.read == MAX_PAGES == 10_000


def test_what_two_pages_hold_is_there_once_as_the_later_one_has_it() -> None:
    pages = Pages[int]("GET /v1/apps/web/machines")

    pages.add(Page({"a": 1, "b": 2}, "c1"))
    pages.add(Page({"b": 3, "c": 4}, END))

    assert pages.entries == {"a": 1, "b": 3, "c": 4}
    assert not pages.more


@pytest.mark.usefixtures("made")
def test_the_command_line_reads_pages_too(sim: FlySimulator) -> None:
    with Fly(token="test", owner="tests", transport=Paging(sim), clock=sim.clock) as fly:
        held = _importing.read(fly, "web")
        lost = _losses.losses(fly.plan(APP, destroy=True, everything=True), fly)

    assert sorted(each.name for each in held.machines) == ["one", "three", "two"]
    assert sorted(each.name for each in held.volumes) == ["data", "logs"]
    assert sorted(line.split(" (")[0] for line in lost[1:]) == [
        "  with it, though not described: machine one",
        "  with it, though not described: machine three",
        "  with it, though not described: machine two",
        "  with it, though not described: volume data",
        "  with it, though not described: volume logs",
    ]


def test_certificates_are_read_to_the_end_too(sim: FlySimulator) -> None:
    rows = [{"hostname": f"{number}.example.com"} for number in range(3)]

    def serve(request: httpx.Request) -> httpx.Response:
        at = int(request.url.params.get("cursor", "0"))
        assert request.url.params["limit"] == "500"
        return httpx.Response(
            200, json={"certificates": rows[at : at + 1], "next_cursor": str(at + 1) if at < 2 else END}
        )

    with Fly(token="test", transport=httpx.MockTransport(serve), clock=sim.clock) as fly:
        found = inside.send(fly, requests.list_certificates("web"))

    assert [each.hostname for each in found] == [row["hostname"] for row in rows]


@pytest.mark.parametrize("where", ["header", "body"])
def test_a_list_that_is_not_known_to_have_pages_and_goes_on_is_no_list(
    connect: Callable[..., Api], sim: FlySimulator, made: Api, where: str
) -> None:
    made.ensure(IpAddress(APP, "shared_v4"))

    def change(answer: httpx.Response) -> httpx.Response:
        body = json.loads(answer.read())
        if where == "body":
            return httpx.Response(200, json={**body, "next_cursor": "c1"})
        return httpx.Response(200, json=body, headers={"fly-next-cursor": "c1"})

    api = connect(transport=_Changing(sim, "/ip_assignments", change))

    with pytest.raises(errors.TruncatedListError, match="does not know how to ask for the next one"):
        api.plan(IpAddress(APP, "v6"))


@attrs.frozen
class _Changing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way to the simulator, which changes the answers to one list."""

    sim: FlySimulator
    path: str
    change: Callable[[httpx.Response], httpx.Response]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._changed(request, self.sim.transport().handle_request(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.sim.transport().handle_async_request(request)
        await answer.aread()
        return self._changed(request, answer)

    def _changed(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        return self.change(answer) if request.url.path.endswith(self.path) else answer


def _find(error: BaseException | None) -> errors.TruncatedListError:
    while error is not None and not isinstance(error, errors.TruncatedListError):
        error = error.__cause__
    assert error is not None
    return error
