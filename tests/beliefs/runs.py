"""One story under some beliefs, with or without trouble, and what has to be so after each call."""

from __future__ import annotations

import contextlib
import functools
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import httpx

from fly_resources.report import Report
from fly_resources.resources import Machine
from fly_resources.testing import Behaviour, FlySimulator
from tests.beliefs import rules
from tests.beliefs.looks import Look, look
from tests.beliefs.stories import RIVALS, STORIES, Call, Event, Story
from tests.beliefs.switches import Beliefs, behaviour, excuses
from tests.races.explorer import Kernel, KernelClock, Program, sample
from tests.sweep.runs import ENDED_S, WAITED_OUT_S, Client, Place, let_strangers_in, new_file
from tests.sweep.scenarios import APP, OTHER_APP, Step
from tests.sweep.troubles import FAULTS, DiedError, Faulty

if TYPE_CHECKING:
    from collections.abc import Generator

    from tests.sweep.troubles import Around, OneTrouble, Transport

Result: TypeAlias = Literal["done", "on re-run", "refused", "violation"]

#: A little more than the hour after which a schedule starts a machine.
SCHEDULED_S: Final = 3700.0
_VERBS: Final[dict[str, Literal["ensure", "destroy"]]] = {"ensure": "ensure", "destroy": "destroy"}
#: What a service without any contested behaviour does.
_PLAIN: Final = Behaviour()


@attrs.frozen
class Rival:
    """Another program does something, one of `RIVALS`, just before our nth request."""

    nth: int
    does: str

    def __str__(self) -> str:
        return f"another program {self.does} before request {self.nth}"


@attrs.frozen
class Twin:
    """Another program makes the same call at the same time; their requests arrive in an order of chance."""

    seed: int

    def __str__(self) -> str:
        return f"twice at once in order {self.seed}"


@attrs.frozen
class Case:
    """A story, the beliefs under which it is played, and the trouble of one call: by default the last."""

    story: str
    client: Client
    beliefs: Beliefs
    trouble: OneTrouble | Rival | Twin | None = None
    at: int = -1

    def __str__(self) -> str:
        believed = ", ".join(map(str, self.beliefs)) or "defaults"
        calls = len(STORIES[self.story].calls)
        at = f" of call {calls + self.at + 1}" if calls > 1 else ""
        trouble = "" if self.trouble is None else f", {self.trouble}{at}"
        return f"{self.story} ({self.client}) under {believed}{trouble}"


@attrs.frozen
class Verdict:
    """What became of one case; `broken` says which rules were broken."""

    case: Case
    result: Result
    broken: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.case}: {'; '.join(self.broken) or self.result}"


class World(Place):
    """A place where beliefs hold, and where others act without being held up by them."""

    @contextlib.contextmanager
    def plainly(self) -> Generator[None]:
        """Let the service be as it is by default, and nothing wait for its latency."""
        service: Any = self.sim._service  # noqa: SLF001  # a rival in the middle of our request must not wait
        believed, latency = self.sim.behaviour, service.latency
        self.sim.behaviour, service.latency = _PLAIN, 0.0
        ours = list(self.sim.requests)
        try:
            yield
        finally:
            self.sim.behaviour, service.latency = believed, latency
            self.sim.requests[:] = ours  # what others have sent is not for us to answer for

    def end(self, name: str) -> None:
        """Let a machine end, as a program does whose work is done."""
        row = next(row for row in self.rows("machines") if row["name"] == name)
        self.send(f"/apps/{APP}/machines/{row['id']}/stop", {})
        self.clock.sleep(20.0)

    def try_to_send(self, path: str, body: object) -> None:
        """Send a write that may be refused."""
        with contextlib.suppress(AssertionError):
            self.send(path, body)


class Beside(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Lets a rival act just before one of our requests."""

    def __init__(self, inner: Transport, rival: Rival, world: World) -> None:
        self._inner = inner
        self._rival = rival
        self._world = world
        self._sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.BaseTransport)
        self._count()
        return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.AsyncBaseTransport)
        self._count()
        return await self._inner.handle_async_request(request)

    def _count(self) -> None:
        self._sent += 1
        if self._sent == self._rival.nth:
            with self._world.plainly():
                RIVALS[self._rival.does](self._world)


@attrs.frozen
class _Beside:
    """Wraps a process of ours so that a rival acts beside it."""

    rival: Rival
    world: World

    def wrap(self, inner: Transport) -> Transport:
        return Beside(inner, self.rival, self.world)


@functools.cache
def start_of(name: str) -> Path:
    """Return the file with the world that a story starts from, made once a process under no belief."""
    story = STORIES[name]
    world = World("sync", "typical")
    world.send("/apps", {"name": OTHER_APP, "org_slug": "personal"})
    let_strangers_in(world, OTHER_APP)
    if story.strangers:
        world.send("/apps", {"name": APP, "org_slug": "personal"})
        let_strangers_in(world, APP)
    for act in story.before:
        if isinstance(act, Call):
            world.do(act.step)
        else:
            act.happen(world)
        world.clock.sleep(60.0)
    world.clock.sleep(WAITED_OUT_S)
    file = new_file()
    world.sim.save(file)
    return file


def judge(case: Case) -> Verdict:
    """Play a story, and look at the world after each of its calls."""
    trial = Trial(case)
    trial.play()
    result: Result = "violation" if trial.broken else trial.result
    return Verdict(case, result, tuple(trial.broken))


class Trial:
    """A case while it is judged."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.story: Story = STORIES[case.story]
        believed = behaviour(case.beliefs)
        self.world = self._world(start_of(case.story), believed)
        self.excused = excuses(case.beliefs)
        self.naps = believed.autostop_after_s is not None
        #: After that nothing that the belief has delayed is still to come.
        self.waited_out_s = WAITED_OUT_S + believed.created_s
        #: Whether a machine begins to start at once, and so may fail at once.
        self.prompt = not believed.created_s
        self.broken: list[str] = []
        self.result: Result = "done"

    def _world(self, start: Path, believed: Behaviour) -> World:
        return World(self.case.client, "typical", start, behaviour=believed, rate_limits=self.story.limited)

    def play(self) -> None:
        troubled = self.story.calls[self.case.at]
        for act in self.story.acts:
            if isinstance(act, Event):
                with self.world.plainly():
                    act.happen(self.world)
            else:
                self.call(act, self.case.trouble if act is troubled else None)
            if self.broken or self.result == "refused":
                return
        self._check_schedules()

    def call(self, call: Call, trouble: OneTrouble | Rival | Twin | None = None) -> None:
        if isinstance(trouble, Twin):
            self._race(call, trouble)
            return
        before = look(self.world.sim)
        end = self._make(call.step, trouble)
        after = look(self.world.sim)
        self._check_always(call, end, before, after)
        if self.broken:
            return
        if isinstance(trouble, Rival):
            # What it has begun in the last moment is not for us to wait for.
            self.world.clock.sleep(ENDED_S)
            after = look(self.world.sim)
        if isinstance(end, BaseException) and trouble is not None:
            self.result = "on re-run"
            self.world.clock.sleep(WAITED_OUT_S)
            self.call(call, None)
        elif call.fails:
            self._check_failed(call, end)
        elif isinstance(end, BaseException):
            if not call.may_fail or not rules.tells(end, call.may_fail):
                self._check_excused(call, end)
        else:
            wrote = rules.writes(self.world.sim.requests)
            self._check_done(call, end, before, after)
            if self.broken and _is_stale(trouble) and not wrote:
                # One read was older than the world, by any time, and the only witness of what it showed.
                self.broken.clear()
                self.result = "on re-run"
                self.call(call)

    def _make(self, step: Step, trouble: OneTrouble | Rival | Twin | None = None) -> object:
        """Make a call in trouble; returns what it returns, or what it raises."""
        around: Around | None = None
        match trouble:
            case Faulty():
                for nth, fault in trouble.at:
                    self.world.sim.faults.add(attrs.evolve(FAULTS[fault], nth=nth))
            case Rival():
                around = _Beside(trouble, self.world)
            case Twin():
                raise AssertionError("two programs are run by the kernel")
            case _:
                around = trouble
        self.world.sim.requests.clear()
        try:
            return self.world.do(step, around)
        except DiedError as died:
            if trouble is None:
                raise
            return died
        except Exception as error:  # noqa: BLE001  # the rules say what may come out
            return error
        finally:
            self.world.sim.faults.clear()

    def _race(self, call: Call, twin: Twin) -> None:
        """Let two programs make the call at once; then one more run sets right what is left."""
        before = look(self.world.sim)
        self.world.sim.save(self._file)
        clock = KernelClock()
        sim = FlySimulator.load(
            self._file, clock=clock, timings="typical", behaviour=self.world.sim.behaviour
        )
        programs = [
            Program(name, _VERBS[call.step.verb], call.step.nouns, call.step.owner, call.step.options)
            for name in ("one", "other")
        ]
        chance = random.Random(twin.seed)  # noqa: S311  # an order, not cryptography
        kernel = sample(Kernel(sim, clock, programs), lambda turns: chance.choice(sorted(turns)))
        after = look(sim)
        self.broken += rules.safety(before, after, call.step)
        self.broken += rules.bounded(clock.now(), sim.requests)
        for end in kernel.ends.values():
            if isinstance(end, BaseException):
                self.result = "on re-run"
                self.broken += rules.explained(end, [], after)
            elif call.step.verb == "ensure":
                self.broken += rules.ensured(call.step, before, after, naps=self.naps, rests=call.rests)
        sim.save(self._file)
        self.world = self._world(self._file, sim.behaviour)
        self.world.clock.sleep(self.waited_out_s)
        if not self.broken:
            self.call(call)

    @functools.cached_property
    def _file(self) -> Path:
        return new_file()

    def _check_always(self, call: Call, end: object, before: Look, after: Look) -> None:
        sent = list(self.world.sim.requests)
        self.broken += rules.safety(before, after, call.step)
        longest_s = call.longest_s if self.prompt else rules.LONGEST_S
        self.broken += rules.bounded(after.at - before.at, sent, longest_s=longest_s)
        if isinstance(end, BaseException) and not isinstance(end, DiedError):
            self.broken += rules.explained(end, sent, after)
        if self.case.trouble is None and (left := rules.leased(after)):
            self.broken.append(f"a lease is left on {', '.join(left)}")

    def _check_failed(self, call: Call, end: object) -> None:
        """A call that cannot succeed has said why, and says so again."""
        for nth in ("", "the second time "):
            if not isinstance(end, BaseException):
                self.broken.append(f"{nth}it returned, and should have failed: {_brief(end)}")
            elif not rules.tells(end, call.fails) and not self._is_excused(end):
                self.broken.append(f"{nth}it does not say why it failed ({call.fails}): {_brief(end)}")
            if self.broken or nth:
                return
            end = self._make(call.step)

    def _check_excused(self, call: Call, error: BaseException) -> None:
        """It failed: only where the belief excuses that; so does the next run, unless what it says holds.

        Where the belief is gone, it succeeds.
        """
        if not self._is_excused(error):
            self.broken.append(f"it failed: {_brief(error)}")
            return
        before = look(self.world.sim)
        again = self._make(call.step)
        after = look(self.world.sim)
        self._check_always(call, again, before, after)
        if isinstance(again, BaseException) and not self._is_excused(again):
            self.broken.append(f"the second run failed: {_brief(again)}")
        elif not isinstance(again, BaseException):
            self._check_holds(call, again, before, after)
        if self.broken:
            return
        self.world.sim.behaviour = _PLAIN
        self.excused = frozenset()
        self.world.clock.sleep(self.waited_out_s)
        self.call(call)
        self.result = "refused"

    def _is_excused(self, error: BaseException) -> bool:
        return {type(each).__name__ for each in rules.causes(error)} <= self.excused

    def _check_done(self, call: Call, end: object, before: Look, after: Look) -> None:
        self._check_holds(call, end, before, after)
        if call.lasts and not self.broken:
            self._check_quiet(call)

    def _check_holds(self, call: Call, end: object, before: Look, after: Look) -> None:
        """What the call says is done, is."""
        if isinstance(end, Report) and call.step.verb == "destroy":
            self.world.clock.sleep(ENDED_S)
            self.broken += rules.destroyed(call.step, end, look(self.world.sim))
        else:
            rests = self._rests(call)
            self.broken += rules.ensured(call.step, before, after, naps=self.naps, rests=rests)

    def _rests(self, call: Call) -> frozenset[str]:
        """Return the machines that need not run when the call returns.

        What does not last may end between the last look and the return, which trouble draws apart; the
        story's next call has to tell.
        """
        if call.lasts or self.case.trouble is None:
            return call.rests
        return call.rests | {noun.name for noun in call.step.nouns if isinstance(noun, Machine)}

    def _check_quiet(self, call: Call) -> None:
        """A second run, when all that was begun has ended, finds and does nothing."""
        self.world.clock.sleep(WAITED_OUT_S)
        plan = self._make(_as_plan(call.step))
        wrote = rules.writes(self.world.sim.requests)
        if wrote:
            self.broken.append(f"the plan wrote {', '.join(sorted({str(each.operation) for each in wrote}))}")
        before = look(self.world.sim)
        end = self._make(call.step)
        after = look(self.world.sim)
        sent = list(self.world.sim.requests)
        self.broken += rules.safety(before, after, call.step)
        self.broken += rules.quiet(
            sent,
            plan,
            call.step,
            blocked=bool(self.excused),
            adopts=isinstance(self.case.trouble, Rival),
        )
        self.broken += rules.bounded(after.at - before.at, sent)
        for each in (plan, end):
            if isinstance(each, BaseException) and not self._is_excused(each):
                self.broken.append(f"the second run failed: {_brief(each)}")

    def _check_schedules(self) -> None:
        """What is scheduled and has ended is started when its time has come (LC-40)."""
        for name in self.story.armed:
            with self.world.plainly():
                self.world.end(name)
            before = look(self.world.sim).machine(name)
            self.world.clock.sleep(SCHEDULED_S)
            after = look(self.world.sim).machine(name)
            if before is None or after is None:
                self.broken.append(f"{name} is not there")
            elif _starts(after) <= _starts(before):
                self.broken.append(f"the schedule of {name} does not start it any more")


def _is_stale(trouble: OneTrouble | Rival | Twin | None) -> bool:
    return isinstance(trouble, Faulty) and all(fault == "stale" for _, fault in trouble.at)


def _starts(machine: Any) -> int:  # noqa: ANN401  # a record of the simulator
    return sum(event["type"] == "start" and event["status"] == "started" for event in machine.events)


def _as_plan(step: Step) -> Step:
    options = {key: value for key, value in step.options.items() if key in {"prune", "replace"}}
    return Step("plan", step.nouns, {**options, "destroy": step.verb == "destroy"}, step.owner)


def _brief(end: object) -> str:
    kind = (
        ", ".join(sorted({type(each).__name__ for each in rules.causes(end)}))
        if isinstance(end, BaseException)
        else ""
    )
    return f"{kind}: {' '.join(str(end).split())}"[:600]
