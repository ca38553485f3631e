"""Ctrl-C at sampled lines of the library, in the caller's thread and below it: no hang, no lasting lease."""

from __future__ import annotations

import linecache
import random
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx
import pytest

from fly_resources import App, Fly, Machine, errors
from fly_resources._engine import blocking
from fly_resources.testing import FlySimulator
from tests.flows.doctored import apps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

APP = App("web", primary_region="iad")
OLD = [Machine(APP, f"m{index}", {"image": "nginx:alpine"}) for index in range(2)]
NEW = [Machine(APP, f"m{index}", {"image": "nginx:1"}) for index in range(2)]
#: Lines that are interrupted of each verb and kind of thread, always the same.
SAMPLES: Final = 6
_CALLER: Final = "the caller"
#: A thread's lines before and after those of its node.
_AROUND_A_NODE: Final = frozenset({"_work"})
#: Real seconds in which each has to end: it sends nothing that takes any.
ENDS_WITHIN_S: Final = 10.0


class Passing:
    """A clock that nobody has to wait for: sleeping moves it."""

    def __init__(self) -> None:
        self._now = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += max(seconds, 0.0)

    async def sleep_async(self, seconds: float) -> None:
        raise AssertionError("nothing here is async")

    def announce(self) -> int:
        return 0

    def start(self, ticket: int) -> None:
        """No turn has to be waited for."""

    async def start_async(self, ticket: int) -> None:
        """No turn has to be waited for."""

    def finish(self) -> None:
        """Nothing is counted."""

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        return lambda: None


def _update(fly: Fly) -> None:
    fly.ensure(*NEW, max_unavailable=2, smoke_s=0.0)


def _destroy(fly: Fly) -> None:
    fly.destroy(*OLD)


def _lease(fly: Fly) -> None:
    with fly.lease(OLD[0], ttl_s=3600):
        fly.read(OLD[0])


VERBS: Final[dict[str, Callable[[Fly], None]]] = {"ensure": _update, "destroy": _destroy, "lease": _lease}


@attrs.define
class Interrupter:
    """Counts the library's lines in one kind of thread, around its nodes or elsewhere; raises at the nth."""

    nth: int | None
    below: bool
    seen: int = 0
    around_nodes: bool = False
    lock: Any = attrs.field(factory=threading.Lock)

    def trace(self, frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401  # a tracer, or None
        name = frame.f_code.co_filename
        if "/fly_resources/" not in name or "/testing/" in name:
            return None
        if (threading.current_thread().name != _CALLER) != self.below:
            return None
        if (frame.f_code.co_name in _AROUND_A_NODE) != self.around_nodes:
            return None
        return self.line

    def line(self, frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401  # a tracer
        if event == "line" and not _is_with(frame):
            with self.lock:
                self.seen += 1
                hit = self.seen == self.nth
            if hit:
                raise KeyboardInterrupt
        return self.line


def _is_with(frame: FrameType) -> bool:
    """Return whether it is at a `with` line, where it also is right before the block is left.

    An exception that a tracer raises there skips `__exit__`: no lock would be released. Python looks for
    signals only after calls and at jumps back, so Ctrl-C never comes there.
    """
    return linecache.getline(frame.f_code.co_filename, frame.f_lineno).lstrip().startswith("with ")


@attrs.define
class Call:
    """One verb on a world of its own, in a thread that stands for the caller's."""

    verb: str
    interrupter: Interrupter
    sim: FlySimulator = attrs.field(init=False)
    clock: Passing = attrs.field(factory=Passing)
    ended_with: BaseException | None = None

    def run(self) -> None:
        self.sim = FlySimulator(clock=self.clock)
        with self._client() as fly:
            fly.ensure(*OLD)
        fly = self._client()  # what is made before the call is no part of it
        caller = threading.Thread(target=self._call, args=(fly,), name=_CALLER, daemon=True)
        threading.settrace(self.interrupter.trace)
        try:
            caller.start()
            caller.join(ENDS_WITHIN_S)
        finally:
            threading.settrace(None)
        assert not caller.is_alive(), "it hangs"

    def _client(self) -> Fly:
        return Fly("test", owner="tests", transport=self.sim.transport(), clock=self.clock)

    def _call(self, fly: Fly) -> None:
        try:
            VERBS[self.verb](fly)
        except BaseException as error:  # noqa: BLE001  # what came out is looked at
            self.ended_with = error
        finally:
            sys.settrace(None)
            fly.close()

    def leases_left_after_a_minute(self) -> list[str]:
        self.clock.sleep(61.0)
        with httpx.Client(transport=self.sim.transport(), headers={"Authorization": "Bearer x"}) as http:
            url = "https://api.machines.dev/v1/apps/web/machines?include_leases=true"
            rows = http.get(url).json()
        return [row["name"] for row in rows if row.get("lease") and row["state"] != "destroying"]


def _points() -> Iterator[tuple[str, bool, int]]:
    for verb in VERBS:
        for below in (False, True):
            for sample in range(SAMPLES):
                yield verb, below, sample


@pytest.fixture(scope="module")
def lines() -> dict[tuple[str, bool], int]:
    """How many lines each verb passes in each kind of thread."""
    counted = {}
    for verb in VERBS:
        for below in (False, True):
            interrupter = Interrupter(None, below)
            Call(verb, interrupter).run()
            counted[verb, below] = interrupter.seen
    return counted


@pytest.mark.parametrize(("verb", "below", "sample"), list(_points()))
def test_an_interrupt_at_any_line_ends_the_call_and_leaves_no_lasting_lease(
    lines: dict[tuple[str, bool], int], verb: str, sample: int, *, below: bool
) -> None:
    if not lines[verb, below]:
        pytest.skip("it has no threads below the caller's")
    chance = random.Random(f"{verb} {below} {sample}")  # noqa: S311  # the same every time
    call = Call(verb, Interrupter(chance.randrange(1, lines[verb, below] + 1), below))
    call.run()
    assert isinstance(call.ended_with, KeyboardInterrupt | errors.FlyError | None), repr(call.ended_with)
    assert call.leases_left_after_a_minute() == []
    with Fly("test", owner="tests", transport=call.sim.transport(), clock=call.clock) as fly:
        VERBS[verb](fly)
    state = [each["config"]["image"] for each in apps_of(call.sim)["web"]["machines"]]
    assert state == {"ensure": ["nginx:1"] * 2, "destroy": [], "lease": ["nginx:alpine"] * 2}[verb]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_at_any_line_around_its_node_ends_the_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when memory runs out there: nothing of the thread's own can be relied on."""
    monkeypatch.setattr(blocking, "_GLANCE_S", 0.01)
    counter = Interrupter(None, below=True, around_nodes=True)
    Call("ensure", counter).run()
    assert counter.seen > 1
    for nth in range(1, counter.seen + 1):
        call = Call("ensure", Interrupter(nth, below=True, around_nodes=True))
        call.run()
        assert isinstance(call.ended_with, KeyboardInterrupt | errors.FlyError | RuntimeError), nth
        assert call.leases_left_after_a_minute() == []


class _Hanging(httpx.BaseTransport):
    """Lets an update hang until it is told to go on."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST" and request.url.path.rpartition("/")[2] != "lease":
            self.reached.set()
            self.go_on.wait(30.0)
        return self._inner.handle_request(request)


def test_a_second_ctrl_c_does_not_wait_for_what_is_on_its_way() -> None:
    clock = Passing()
    sim = FlySimulator(clock=clock)
    with Fly("test", owner="tests", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(*OLD)
    transport = _Hanging(sim.transport())
    main = threading.main_thread().ident
    assert main is not None

    def press_twice() -> None:
        transport.reached.wait(10.0)
        for _ in range(2):
            time.sleep(0.2)
            signal.pthread_kill(main, signal.SIGINT)

    fly = Fly("test", owner="tests", transport=transport, clock=clock)
    presser = threading.Thread(target=press_twice, daemon=True)
    presser.start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            fly.ensure(*NEW)
        assert time.monotonic() - began < 10.0
    finally:
        transport.go_on.set()
        presser.join(10.0)
        fly.close()
