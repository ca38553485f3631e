"""One call of ours while somebody else acts on the same app, one more, and what has to be so after each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx

from fly_resources import App, Machine, errors
from fly_resources.errors import FlyError
from fly_resources.report import Plan, Report
from tests.beliefs import rules
from tests.beliefs.looks import MARKS, Look, look
from tests.sweep.runs import (
    EXTRA_REQUESTS,
    EXTRA_S,
    WAITED_OUT_S,
    Clean,
    Client,
    Place,
    Result,
    Verdict,
    as_plan,
    clean,
    open_place,
)
from tests.sweep.scenarios import SCENARIOS, Scenario, Step
from tests.sweep.strangers import OTHER_OWNER, STRANGERS, Stranger, Visit, leave

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources.testing import RecordedRequest
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.sweep.troubles import Beside, Transport

#: The list that shows a kind, and what ends it.
_LISTS: Final = {
    "volumes": "Volumes_list",
    "machines": "Machines_list",
    "addresses": "App_IPAssignments_list",
}


@attrs.define(eq=False)
class Meeting:
    """Lets somebody act just before one of our requests; knows what was there then and right after."""

    trouble: Beside
    place: Place
    scenario: Scenario
    sent: int = 0
    requests_before: int = 0
    before: Look | None = None
    after: Look | None = None

    def wrap(self, inner: Transport) -> Transport:
        """Return the transport of the process of ours."""
        return _Crowded(inner, self)

    def count(self) -> None:
        """Count a request of ours that is about to be sent."""
        self.sent += 1
        if self.sent == self.trouble.nth:
            # No two versions are of one moment; time stands still otherwise.
            self.place.clock._now += 0.002  # noqa: SLF001
            self.requests_before = len(self.place.sim.requests)
            self.before = look(self.place.sim)
            STRANGERS[self.trouble.does].act(Visit(self.place.sim, self.scenario))
            self.after = look(self.place.sim)


class _Crowded(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, inner: Transport, meeting: Meeting) -> None:
        self._inner = inner
        self._meeting = meeting

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.BaseTransport)
        self._meeting.count()
        return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.AsyncBaseTransport)
        self._meeting.count()
        return await self._inner.handle_async_request(request)


def judge_beside(name: str, client: Client, trouble: Beside) -> Verdict:
    """Make the call while somebody acts, then one more alone, and look at both."""
    trial = _Trial(SCENARIOS[name], clean(name), client, trouble)
    done = trial.play()
    result: Result = "violation" if trial.broken else "at once" if done else "on re-run"
    return Verdict(name, client, trouble, result, tuple(trial.broken))


class _Trial:
    def __init__(self, scenario: Scenario, expected: Clean, client: Client, trouble: Beside) -> None:
        self.scenario = scenario
        self.expected = expected
        self.call = scenario.call
        self.stranger: Stranger = STRANGERS[trouble.does]
        self.place = open_place(client, scenario, expected.start)
        self.meeting = Meeting(trouble, self.place, scenario)
        self.broken: list[str] = []

    def play(self) -> bool:
        """Whether the call returned."""
        started = look(self.place.sim)
        self.place.sim.requests.clear()
        end = self._make(self.call, self.meeting)
        if self.meeting.after is None:
            return not isinstance(end, FlyError)
        after, sent = look(self.place.sim), list(self.place.sim.requests)
        self.broken += _bounded(after.at - started.at, sent, self.expected)
        if isinstance(end, BaseException):
            self.broken += rules.explained(end, [], after)
        self.broken += self._lost(self.meeting.after, after, sent)
        self.broken += self._leased(after)
        if not self.broken:
            self.place.clock.sleep(WAITED_OUT_S)
            self._run_again(after)
        return not isinstance(end, BaseException)

    def _make(self, step: Step, around: Meeting | None = None) -> object:
        try:
            return self.place.do(step, around)
        except Exception as error:  # noqa: BLE001  # the rules say what may come out
            return error

    def _lost(self, met: Look, after: Look, sent: list[RecordedRequest]) -> Iterator[str]:
        """What was there when they had acted, and which we were not asked to take away, is there."""
        sent_after = sent[self.meeting.requests_before :]
        if any(isinstance(noun, App) for noun in self.call.nouns) and self.call.verb == "destroy":
            yield from _went_with_app(self.call, self.meeting, met, after, sent_after)
            return
        theirs = met.count() - (self.meeting.before or met).count()
        yield from rules.safety(met, after, self.call, theirs)
        yield from self._unmarked(met, after)
        if self.meeting.trouble.does == "takes machines over" and self.call.options.get("prune"):
            yield from _pruned(self.call, met, after, sent_after)

    def _unmarked(self, met: Look, after: Look) -> Iterator[str]:
        """What they have set on a machine stays, also on the one that takes its place."""
        if self.call.verb == "destroy" or self.scenario.may_lose:
            return
        for noun in self.call.nouns:
            had = met.machine(noun.name) if isinstance(noun, Machine) else None
            has = None if had is None else after.machine(had.name)
            if had is not None and _is_marked(had) and not (has and _is_marked(has)):
                yield f"what others set on {had.name} is gone"

    def _leased(self, after: Look) -> Iterator[str]:
        met = self.meeting.after
        assert met is not None
        theirs = {m.lease.nonce for m in met.machines if m.lease is not None}
        theirs -= {m.lease.nonce for m in (self.meeting.before or met).machines if m.lease is not None}
        for machine in after.machines:
            lease = machine.lease
            if lease is None or lease.expires_at <= after.at or lease.nonce in theirs or machine.gone:
                continue
            if machine.host_status == "ok":  # on a lost one nothing can be given back
                yield f"a lease is left on {machine.name}"

    def _run_again(self, before: Look) -> None:
        """Run once more alone: it leads to what is described, or says why it cannot and then does."""
        end = self._make(self.call)
        if self.call.verb == "lease" and before.machine("server") is None:
            return  # there is nothing to hold any more
        if self.scenario.refused and isinstance(end, errors.ImmutableFieldError):
            return
        if isinstance(end, BaseException) and not all(
            isinstance(each, self.stranger.stops) for each in rules.causes(end)
        ):
            self.broken.append(f"the next run failed: {_said(end)}")
            return
        if isinstance(end, BaseException) or self.stranger.undo is not leave:
            self.stranger.undo(Visit(self.place.sim, self.scenario))
            self.place.clock.sleep(WAITED_OUT_S)
            self.call = self._accepting(self.call)
            end = self._make(self.call)
            if self.scenario.refused and isinstance(end, errors.ImmutableFieldError):
                return
        if isinstance(end, BaseException):
            self.broken.append(f"the run after that failed: {_said(end)}")
            return
        self._check_done(self.call.last, end, before)

    def _accepting(self, step: Step) -> Step:
        if step.verb == "ensure":
            return attrs.evolve(step, options={**step.options, **self.stranger.options})
        if self.stranger.options or self.meeting.trouble.does not in {"makes a volume", "clones a machine"}:
            return step
        return attrs.evolve(step, options={**step.options, "everything": True})

    def _check_done(self, step: Step, end: object, before: Look) -> None:
        if step.verb == "lease":
            return
        if isinstance(end, Report) and step.verb == "destroy":
            self.place.clock.sleep(WAITED_OUT_S)
            self.broken += rules.destroyed(step, end, look(self.place.sim))
        else:
            found = rules.ensured(step, before, look(self.place.sim), naps=False)
            # Of one that was started while it was unset, no answer tells (see docs/ambiguous-writes.md).
            untold = {"unsets secrets": "older value"}.get(self.meeting.trouble.does)
            self.broken += [each for each in found if untold is None or untold not in each]
        self.place.clock.sleep(WAITED_OUT_S)
        plan = self._make(as_plan(step))
        if not isinstance(plan, Plan):
            self.broken.append(f"the plan failed: {plan}")
            return
        left = [str(each) for each in plan if each.action not in {"none", "set"}]
        if left:
            self.broken.append(f"after success the plan has still something to do: {'; '.join(left):.300}")


def _bounded(took_s: float, sent: list[RecordedRequest], expected: Clean) -> Iterator[str]:
    if took_s - expected.took_s > EXTRA_S:
        yield f"it took {took_s:.0f} s, {expected.took_s:.0f} s alone"
    if len(sent) - len(expected.sent) > EXTRA_REQUESTS:
        yield f"it sent {len(sent)} requests, {len(expected.sent)} alone"


def _went_with_app(
    call: Step, meeting: Meeting, met: Look, after: Look, sent: list[RecordedRequest]
) -> Iterator[str]:
    """What others made in an app that goes was not to be seen any more when its kind was listed last."""
    named = {rules.name_of(noun) for noun in call.nouns}
    if after.app is not None or met.app is None or meeting.before is None or meeting.before.app is None:
        return
    operations = [request.operation for request in sent]
    until = operations[: operations.index("Apps_delete")] if "Apps_delete" in operations else operations
    before = meeting.before
    for kind, one, other in (
        ("volumes", {v.id for v in before.volumes}, {v.id for v in met.volumes if v.name not in named}),
        ("machines", {m.id for m in before.machines}, {m.id for m in met.machines if m.name not in named}),
    ):
        if other - one and _LISTS[kind] in until:
            yield f"{kind} of others went with the app although they were listed before"


def _pruned(call: Step, met: Look, after: Look, sent: list[RecordedRequest]) -> Iterator[str]:
    """What somebody has taken over is not pruned by who read it after that."""
    named = {noun.name for noun in call.nouns if isinstance(noun, Machine)}
    there = {machine.id for machine in after.machines if not machine.gone}
    for machine in met.machines:
        metadata: Any = machine.config.get("metadata") or {}
        if machine.gone or machine.name in named or machine.id in there:
            continue
        about_it = [request for request in sent if f"/{machine.id}" in request.path]
        operations = [str(request.operation) for request in about_it]
        if metadata.get("fly_resources.owner") == OTHER_OWNER and "Machines_show" in operations:
            yield f"{machine.name} was pruned although it was another owner's when it was read"


def _is_marked(machine: MachineRecord) -> bool:
    env: Any = machine.config.get("env") or {}
    return MARKS[0] in env


def _said(error: BaseException) -> str:
    kinds = ", ".join(sorted({type(each).__name__ for each in rules.causes(error)}))
    return f"{kinds}: {' '.join(str(error).split())}"[:500]
