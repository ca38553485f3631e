"""Run several programs against one simulated Fly.io, and decide which one's next request arrives.

No thread and no event loop: each program is a coroutine that is driven by hand. It stops where it sends
a request or sleeps, and goes on when it is its turn. What happens in between, in one program, nobody else
can see, so the order of the requests is all that there is to a race. Time stands still while requests
arrive, and jumps to the next sleeper's end when nothing is on its way; with `delays`, it may also do so
while requests are, which is a slow network.

Each program's requests arrive in the order in which it sends them.
"""

from __future__ import annotations

import collections
import contextvars
import itertools
import json
import re
import types
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs
import httpx

from fly_resources import AsyncFly, RateLimit, errors
from fly_resources._engine.effects import Call, Done, Now, Sleep, Tell, Together
from fly_resources._engine.schedule import Schedule
from fly_resources._nouns.machine import leases
from fly_resources._wire.operations import find

if TYPE_CHECKING:
    from collections.abc import (
        Awaitable,
        Callable,
        Coroutine,
        Generator,
        Hashable,
        Iterator,
        Mapping,
        Sequence,
    )

    from fly_resources._engine.effects import Effect, Flow, Node
    from fly_resources._nouns.run import Options
    from fly_resources.testing import FlySimulator

#: The clock's turn, beside the programs' names.
TIME: Final = "time"
#: Ends the name of what is left on its way by a program that has given it up.
LATE: Final = " late"
#: The longest that a request may be on its way; a creation has taken 17 s (PL-9).
LONGEST_DELAY_S: Final = 20.0
#: Sleeps that end so close to each other end together: nobody can rely on their order.
TOGETHER_S: Final = 0.25
#: More requests than any race of ours needs: who sends more goes round in circles.
MOST_STEPS: Final = 1500

Loss = Literal["before", "after", "late"]
Ending = "Report | Plan | errors.FlyError"


class EndlessError(AssertionError):
    """The programs send more requests, or take longer, than any of them should."""


@attrs.frozen
class Ask:
    """A request on its way: the kernel lets it through when it is its turn."""

    request: httpx.Request


@attrs.frozen
class Wait:
    """A sleep that ends at a moment of the kernel's time."""

    seconds: float


@attrs.frozen
class Ended:
    """Wait for the next flow of a `Together` to end."""

    queue: collections.deque[tuple[Hashable, Done[Any]]]


@types.coroutine
def _stop(at: Ask | Wait | Ended) -> Generator[Ask | Wait | Ended, None, None]:
    yield at


@attrs.define(eq=False)
class _Strand:
    """One flow of one program."""

    program: str
    coroutine: Coroutine[Ask | Wait | Ended, None, Any]
    ended: Callable[[Done[Any]], None]
    at: Ask | Wait | Ended | None = None
    #: When it stopped there, or for a sleep when that ends; and which stop of all it was.
    until: float = 0.0
    asked: int = 0
    #: Of its own, as a task has: what it sets while it is stopped must not reach the others.
    context: contextvars.Context = attrs.field(factory=contextvars.copy_context)


@attrs.frozen
class Touch:
    """What a request reads and writes; two that touch nothing in common may swap their places."""

    reads: frozenset[str]
    writes: frozenset[str]

    def meets(self, other: Touch) -> bool:
        """Whether the order of the two may matter."""
        return bool(self.writes & (other.reads | other.writes) or other.writes & self.reads)


_EVERYTHING: Final = ("app", "machines", "volumes", "secrets", "certificates", "addresses")


def touch(request: httpx.Request) -> Touch:
    """Tell what a request touches, per app and kind."""
    target = find(request.method, request.url.raw_path.partition(b"?")[0].decode())
    if target is None:
        raise AssertionError(f"no operation: {request.method} {request.url}")
    app = target.parameters.get("app_name", "")
    operation, reads = target.operation.id, {"app"}
    if operation == "Apps_create":
        return Touch(frozenset(), frozenset({"app"}))
    if operation == "Apps_delete":
        return Touch(frozenset(), frozenset(f"{app} {kind}" for kind in _EVERYTHING) | {"app"})
    if operation.startswith("Apps_"):
        return Touch(frozenset(reads), frozenset())
    route = target.operation.route
    kind = next(
        (
            kind
            for part, kind in {
                "/volumes": "volumes",
                "/secrets": "secrets",
                "/certificates": "certificates",
                "/ip_assignments": "addresses",
                "/machines": "machines",
            }.items()
            if part in route
        ),
        "app",
    )
    own = {f"{app} {kind}"}
    if request.method == "GET":
        return Touch(frozenset(reads | own), frozenset())
    if kind == "machines":
        # What starts a machine reads the secrets; what makes or ends one binds volumes.
        reads |= {f"{app} secrets"}
        if operation in {"Machines_create", "Machines_delete"}:
            own |= {f"{app} volumes"}
    return Touch(frozenset(reads), frozenset(own))


@attrs.frozen
class Step:
    """One request that was let through, as the diagram shows it."""

    at: float
    program: str
    request: str
    answer: str


@attrs.frozen
class Program:
    """What one program does: a verb on resources, under an owner."""

    name: str
    verb: Literal["ensure", "destroy", "plan"]
    resources: tuple[Any, ...]
    owner: str | None = "shop"
    options: Mapping[str, Any] = attrs.field(factory=dict)
    #: Whose nth request of an operation loses its answer, and how: `before` or `after` it took effect, or
    #: `late`: the program sees it lost at once, and it takes effect at any later moment, or never.
    losses: Mapping[tuple[str, int], Loss] = attrs.field(factory=dict)


class KernelClock:
    """The kernel's time, as the library and the simulator see it."""

    def __init__(self) -> None:
        self.moment = 0.0

    def now(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        raise AssertionError(f"nothing here blocks, and this did for {seconds} s")

    async def sleep_async(self, seconds: float) -> None:
        if seconds > 0:
            await _stop(Wait(seconds))

    def announce(self) -> int:
        return 0

    def start(self, ticket: int) -> None:
        """No turn has to be waited for."""

    async def start_async(self, ticket: int) -> None:
        """No turn has to be waited for."""

    def finish(self) -> None:
        """Nothing is counted."""

    def alarm(self, seconds: float, _ring: Callable[[], None]) -> Callable[[], None]:
        raise AssertionError(f"nothing here rings, and this would in {seconds} s")


class _Gate(httpx.AsyncBaseTransport):
    """Stops each request of one program until its turn has come; loses the answers that shall be lost."""

    def __init__(self, program: Program, kernel: Kernel) -> None:
        self._program = program
        self._kernel = kernel
        self._inner = kernel.sim.transport()
        self._seen: collections.Counter[str] = collections.Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        target = find(request.method, request.url.raw_path.partition(b"?")[0].decode())
        operation = "" if target is None else target.operation.id
        self._seen[operation] += 1
        loss = self._program.losses.get((operation, self._seen[operation]))
        await _stop(Ask(request))
        if loss == "late":
            self._kernel.strands.append(self._kernel.stray(self._program.name, self._deliver(request)))
        if loss in {"before", "late"}:
            self._kernel.log(self._program.name, request, "answer lost")
            raise httpx.ReadError("connection reset", request=request)
        answer = await self._inner.handle_async_request(request)
        self._kernel.log(
            self._program.name, request, "answer lost" if loss else str(answer.status_code), answer.content
        )
        if loss == "after":
            raise httpx.ReadError("connection reset", request=request)
        return answer

    async def _deliver(self, request: httpx.Request) -> None:
        """Let a request take effect that its program has given up."""
        await _stop(Ask(request))
        answer = await self._inner.handle_async_request(request)
        self._kernel.log(f"{self._program.name}{LATE}", request, str(answer.status_code), answer.content)


class _Driver:
    """Answers a flow's effects; what runs together becomes strands of the kernel."""

    def __init__(
        self, send: Callable[[Mapping[str, Any]], Awaitable[Any]], kernel: Kernel, program: str
    ) -> None:
        self._send = send
        self._kernel = kernel
        self._program = program

    async def run(self, flow: Flow[Any]) -> Any:  # noqa: ANN401  # whatever the flow returns
        value: object = None
        error: Exception | None = None
        while True:
            try:
                effect = flow.send(value) if error is None else flow.throw(error)
            except StopIteration as stop:
                return stop.value
            value, error = None, None
            try:
                value = await self._perform(effect)
            except Exception as raised:  # noqa: BLE001  # the flow decides what it means
                error = raised

    async def _perform(self, effect: Effect) -> object:
        match effect:
            case Call():
                return effect.read(await self._send(effect.parts))
            case Sleep():
                await self._kernel.clock.sleep_async(effect.seconds)
                return None
            case Now():
                return self._kernel.clock.now()
            case Tell():
                return None
            case Together():
                return await self._together(effect.nodes)

    async def _together(self, nodes: Mapping[Hashable, Node]) -> dict[Hashable, Done[Any]]:
        schedule = Schedule(nodes, 16)
        queue: collections.deque[tuple[Hashable, Done[Any]]] = collections.deque()
        while True:
            for key in schedule.take():
                self._kernel.start(
                    self._program,
                    self.run(nodes[key].start()),
                    lambda done, key=key: queue.append((key, done)),  # type: ignore[misc]  # bound now
                )
            if not schedule.waiting:
                return schedule.done
            if not queue:
                await _stop(Ended(queue))
            schedule.finish(*queue.popleft())


class _Fly(AsyncFly):
    """The async client, with the kernel in place of the event loop."""

    kernel: Kernel
    program: str

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401  # those of its parent
        super().__init__(*arguments, **settings)
        self._lifetime._is_async = False  # noqa: SLF001  # no event loop runs here

    def _driver(self) -> Any:  # noqa: ANN401  # the kernel's, in place of the event loop's
        return _Driver(self._send, self.kernel, self.program)

    async def _give_back(self, options: Options, within_s: float) -> None:
        if not self.kernel.closed:
            await self._driver().run(leases.release_all(options))


class Kernel:
    """Some programs, the world that they change, and whose turn it is."""

    def __init__(
        self,
        sim: FlySimulator,
        clock: KernelClock,
        programs: Sequence[Program],
        *,
        delays: int = 0,
        tick_s: float = 0.001,
    ) -> None:
        """Start all programs.

        Each request takes `tick_s`; with 0, what is made at once has one and the same time of creation.
        `delays` times in all, time may pass while a request is on its way.
        """
        self.sim = sim
        self.clock = clock
        self.strands: list[_Strand] = []
        self.steps: list[Step] = []
        self.ends: dict[str, Any] = {}
        self._delays = delays
        self._tick_s = tick_s
        self.closed = False
        self._programs = len(programs)
        self._order = itertools.count()
        self._ready: collections.deque[_Strand] = collections.deque()
        for program in programs:
            self._launch(program)
        self._settle()

    def _launch(self, program: Program) -> None:
        fly = _Fly(
            "test",
            owner=program.owner,
            transport=_Gate(program, self),
            clock=self.clock,
            rate_limit=RateLimit(enabled=False),
        )
        fly.kernel, fly.program = self, program.name

        def end(done: Done[Any]) -> None:
            if done.error is not None and not isinstance(done.error, errors.FlyError):
                raise done.error
            self.ends[program.name] = done.error or done.value

        self.start(program.name, getattr(fly, program.verb)(*program.resources, **program.options), end)

    def start(
        self, program: str, coroutine: Coroutine[Any, None, Any], ended: Callable[[Done[Any]], None]
    ) -> None:
        """Add a strand; it runs when the one that runs now stops."""
        strand = _Strand(program, coroutine, ended)
        self.strands.append(strand)
        self._ready.append(strand)

    def stray(self, program: str, coroutine: Coroutine[Any, None, None]) -> _Strand:
        """Make a strand of a request whose program has given it up."""
        strand = _Strand(f"{program}{LATE}", coroutine, lambda _done: None)
        self._ready.append(strand)
        return strand

    def log(self, program: str, request: httpx.Request, status: str, content: bytes = b"") -> None:
        """Note what was let through."""
        self.steps.append(
            Step(self.clock.moment, program, _spell(request), f"{status}{_named_in(request, content)}")
        )

    def turns(self) -> dict[str, Touch | None]:
        """Return who can go next, and what their request touches; None for time. Empty: all have ended."""
        heads = self._heads()
        if len(self.ends) == self._programs:
            heads = {name: strand for name, strand in heads.items() if name.endswith(LATE)}
            return {name: touch(request) for name, (_, request) in heads.items()}
        turns: dict[str, Touch | None] = {name: touch(request) for name, (_, request) in heads.items()}
        if self._time_may_pass(heads):
            turns[TIME] = None
        if not turns:
            raise EndlessError("every program waits for another")
        return turns

    def _heads(self) -> dict[str, tuple[_Strand, httpx.Request]]:
        """Return the oldest request of each program that is on its way."""
        heads: dict[str, tuple[_Strand, httpx.Request]] = {}
        for strand in sorted(self.strands, key=lambda strand: (strand.program, strand.asked)):
            if isinstance(strand.at, Ask):
                heads.setdefault(strand.program, (strand, strand.at.request))
        return heads

    def _time_may_pass(self, heads: Mapping[str, tuple[_Strand, httpx.Request]]) -> bool:
        until = self._next_wake()
        if until is None:
            return False
        waits = [until - strand.until for strand, _ in heads.values()]
        prompt = all(name.endswith(LATE) for name in heads)
        return (prompt or self._delays > 0) and max(waits, default=0.0) <= LONGEST_DELAY_S

    def _sleepers(self) -> list[_Strand]:
        return [strand for strand in self.strands if isinstance(strand.at, Wait)]

    def _next_wake(self) -> float | None:
        return min((strand.until for strand in self._sleepers()), default=None)

    def close(self) -> None:
        """Give up what has not ended."""
        self.closed = True
        for strand in self.strands:
            strand.context.run(strand.coroutine.close)

    def take(self, turn: str) -> None:
        """Let one program's oldest request through, or time pass to the end of the shortest sleep."""
        if len(self.steps) > MOST_STEPS:
            raise EndlessError(f"more than {MOST_STEPS} requests")
        if turn == TIME:
            self._delays -= any(not name.endswith(LATE) for name in self._heads())
            wake = self._next_wake() or 0.0
            ends = [strand.until for strand in self._sleepers() if strand.until <= wake + TOGETHER_S]
            self.clock.moment = max(self.clock.moment, *ends)
            woken = [strand for strand in self._sleepers() if strand.until <= self.clock.moment]
        else:
            woken = [self._heads()[turn][0]]
            self.clock.moment += self._tick_s
        for strand in woken:
            strand.at = None
            self._ready.append(strand)
        self._settle()

    def _settle(self) -> None:
        """Run what can, until everything waits for a request, for time, or for what it started."""
        while True:
            if not self._ready:
                for strand in self.strands:
                    if isinstance(strand.at, Ended) and strand.at.queue:
                        strand.at = None
                        self._ready.append(strand)
            if not self._ready:
                return
            self._advance(self._ready.popleft())

    def _advance(self, strand: _Strand) -> None:
        try:
            strand.at = strand.context.run(strand.coroutine.send, None)
        except StopIteration as stop:
            self.strands.remove(strand)
            strand.ended(Done(stop.value))
        except Exception as error:  # noqa: BLE001  # how it ended
            self.strands.remove(strand)
            strand.ended(Done(error=error))
        else:
            strand.until = self.clock.moment + (strand.at.seconds if isinstance(strand.at, Wait) else 0.0)
            strand.asked = next(self._order)


#: What every path begins with.
_BASE: Final = re.compile(r"^/v1/(apps/[^/]+/(?=.))?")
_LONGEST_TEXT: Final = 48
_ID: Final = re.compile(
    r"(?P<vol>vol_\w{16})|(?P<machine>\b[0-9a-f]{14}\b)"
    r"|(?P<ip>\b\d+\.\d+\.\d+\.\d+\b|\b[0-9a-f]{4}(?::[0-9a-f]*){3,7})"
)


def _spell(request: httpx.Request) -> str:
    return f"{request.method} {_BASE.sub('', request.url.path)}"


def _named_in(request: httpx.Request, content: bytes) -> str:
    """Return the id or address that an answer names, if it is one thing; how many, if it is a list."""
    try:
        body = json.loads(content) if content else None
    except ValueError:
        return ""
    match body:
        case list():
            return f" {len(body)} there" if body else " none there"
        case {"ips": list(rows)}:
            return f" {len(rows)} there" if rows else " none there"
        case {"id": str(name)} | {"ip": str(name)}:
            return f" {name}" if _ID.fullmatch(name) else ""
        case {"error": str(text)} | {"message": str(text)}:
            return f" {text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + '...'}"
        case _:
            return ""


@attrs.define
class _Choice:
    """One point of an execution: who could go, who may not first (their place is elsewhere), who goes."""

    turns: dict[str, Touch | None]
    asleep: set[str]
    taken: str


@attrs.define
class Coverage:
    """How much was explored: whole executions, and those given up because another order covers them."""

    executions: int = 0
    covered: int = 0


def explore(start: Callable[[], Kernel], coverage: Coverage) -> Iterator[Kernel]:
    """Run every order of requests that may matter, each to its end (sleep sets; stateless, depth first).

    Two orders that differ only by swapping neighbours that touch nothing in common count as one.
    """
    path: list[_Choice] = []
    while True:
        kernel = start()
        for choice in path:
            kernel.take(choice.taken)
        if _extend(kernel, path):
            coverage.executions += 1
            yield kernel
        else:
            coverage.covered += 1
            kernel.close()
        while path:
            last = path[-1]
            last.asleep.add(last.taken)
            left = [name for name in last.turns if name not in last.asleep]
            if left:
                last.taken = left[0]
                break
            path.pop()
        if not path:
            return


def _extend(kernel: Kernel, path: list[_Choice]) -> bool:
    """Run on to the end, the first that may go each time; False if none may."""
    while turns := kernel.turns():
        asleep = _still_asleep(path[-1]) if path else set()
        allowed = [name for name in turns if name not in asleep]
        if not allowed:
            return False
        path.append(_Choice(turns, asleep, allowed[0]))
        kernel.take(allowed[0])
    return True


def _still_asleep(choice: _Choice) -> set[str]:
    """Return who went first elsewhere, and whose request does not meet the one that went here."""
    took = choice.turns[choice.taken]
    return {
        name
        for name in choice.asleep
        if took is not None and (theirs := choice.turns[name]) is not None and not theirs.meets(took)
    }


def explore_switches(start: Callable[[], Kernel], switches: int, coverage: Coverage) -> Iterator[Kernel]:
    """Run every order in which a program that could go on is interrupted at most `switches` times."""
    path: list[tuple[list[str], int]] = []
    while True:
        kernel = start()
        for options, index in path:
            kernel.take(options[index])
        while turns := kernel.turns():
            options = _without_more_switches(turns, path, switches)
            path.append((options, 0))
            kernel.take(options[0])
        coverage.executions += 1
        yield kernel
        while path and path[-1][1] + 1 == len(path[-1][0]):
            path.pop()
        if not path:
            return
        options, index = path[-1]
        path[-1] = options, index + 1


def _without_more_switches(
    turns: Mapping[str, Touch | None], path: Sequence[tuple[list[str], int]], switches: int
) -> list[str]:
    """Return whom the bound allows to go next, first who went last."""
    taken = [options[index] for options, index in path if options[index] != TIME]
    before = taken[-1] if taken else None
    spent = sum(
        options[0] == sooner != options[index]
        for sooner, (options, index) in zip(
            [None, *taken], [p for p in path if p[0][p[1]] != TIME], strict=False
        )
    )
    names = list(turns)
    if before not in turns:
        return names
    others = [name for name in names if name != before] if spent < switches else []
    return [before, *others]  # type: ignore[list-item]  # it is one of the turns


def sample(kernel: Kernel, choose: Callable[[Sequence[str]], str]) -> Kernel:
    """Run to the end, with somebody else choosing who goes next."""
    while turns := kernel.turns():
        kernel.take(choose(list(turns)))
    return kernel


def diagram(kernel: Kernel) -> str:
    """Draw what happened: a line a request, a column a program; ids are numbered as they appear."""
    names = sorted({step.program.removesuffix(LATE) for step in kernel.steps})
    rows = [
        (step, f"{step.request}: {step.answer}{' (late)' * step.program.endswith(LATE)}")
        for step in kernel.steps
    ]
    texts = _number("\n".join(text for _, text in rows)).split("\n")
    columns = {
        name: [
            text if step.program.removesuffix(LATE) == name else ""
            for (step, _), text in zip(rows, texts, strict=True)
        ]
        for name in names
    }
    widths = {name: max(map(len, [name, *column])) for name, column in columns.items()}
    heading = "   s  " + " | ".join(f"{name:{widths[name]}}" for name in names).rstrip()
    return "\n".join(
        [
            heading,
            *(
                f"{step.at:5.1f} "
                + " | ".join(f"{columns[name][n]:{widths[name]}}" for name in names).rstrip()
                for n, (step, _) in enumerate(rows)
            ),
        ]
    )


def _number(text: str) -> str:
    """Write ids as vol_1, machine_2, ip_1, in the order in which they appear."""
    found: dict[str, str] = {}
    counts: collections.Counter[str] = collections.Counter()

    def short(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        if match[0] not in found:
            counts[kind] += 1
            found[match[0]] = f"{kind}_{counts[kind]}"
        return found[match[0]]

    return _ID.sub(short, text)
