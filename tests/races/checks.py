"""What must hold however a race went: found in the world at its end, and after one more run."""

from __future__ import annotations

import functools
import itertools
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources import Plan, Report, errors
from fly_resources.testing import Behaviour, FlySimulator
from tests.races.explorer import Kernel, KernelClock, Program, sample
from tests.races.scenarios import APP, ELSEWHERE, THEIR_APP, THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.races.scenarios import Scenario

#: Parsed, and looked into without its types.
Json: TypeAlias = Any
#: Seconds of the kernel's time in which every race has to end.
LONGEST_S: Final = 400.0
#: A world, and the kinds of errors of the run that led to it.
Came: TypeAlias = tuple[Json, list[str]]
#: An app that is not there.
_NOTHING: Final[Json] = {"id": "", "machines": {}, "volumes": {}, "ips": {}}
#: What belongs to a stranger in our app.
_THEIRS: Final = "theirs"


@attrs.frozen
class Calm:
    """The world after programs one after another, and what came of one more run by each."""

    world: Json
    after: dict[str, Came]


class Stage:
    """The world of one scenario, made once and set up anew for each execution."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        """Make the world and keep it in a file of `folder`, which is this stage's own."""
        self.scenario = scenario
        self._saved, self._ended, self._calm = (folder / name for name in ("before", "after", "calm"))
        clock = KernelClock()
        sim = FlySimulator(clock=clock, behaviour=scenario.behaviour)
        sim.orgs["second"] = "Second"
        self._alone(sim, clock, Program("before", "ensure", THEIR_APP, "stranger"))
        if scenario.shared:
            self._alone(sim, clock, Program("before", "ensure", THEIRS, "stranger"))
        for stack in scenario.before:
            self._alone(sim, clock, Program("before", "ensure", stack))
        sim.save(self._saved)
        self._before = _foreign(_apps(self._saved))

    def start(self) -> Kernel:
        """Begin the race."""
        sim, clock = _load(self._saved, self.scenario.behaviour)
        scenario = self.scenario
        return Kernel(sim, clock, scenario.programs, delays=scenario.delays, tick_s=scenario.tick_s)

    def _alone(self, sim: FlySimulator, clock: KernelClock, program: Program) -> object:
        """Run a program to its end with nobody beside it."""
        kernel = sample(Kernel(sim, clock, [_calm(program)]), lambda turns: turns[0])
        clock.moment += 120.0
        return kernel.ends[program.name]

    @functools.cached_property
    def serial(self) -> list[Calm]:
        """What comes of the programs one after another, in each order."""
        return [self._calmly(order) for order in itertools.permutations(self.scenario.programs)]

    @functools.cached_property
    def _without_some(self) -> list[Calm]:
        """What comes of fewer: one that raised may have done nothing."""
        programs = self.scenario.programs
        return [
            self._calmly(order)
            for count in range(1, len(programs))
            for order in itertools.permutations(programs, count)
        ]

    def _calmly(self, order: Sequence[Program]) -> Calm:
        sim, clock = _load(self._saved, self.scenario.behaviour)
        for program in order:
            self._alone(sim, clock, program)
        sim.save(self._calm)
        after: dict[str, Came] = {}
        for last in self.scenario.programs:
            again, clock = _load(self._calm, self.scenario.behaviour)
            end = self._alone(again, clock, last)
            after[last.name] = again.snapshot(), _kinds_of(end)
        return Calm(sim.snapshot(), after)

    def violations(self, kernel: Kernel) -> list[str]:
        """Return what should not be, after a race that has ended."""
        expected = [each.world for each in self.serial]
        kernel.sim.save(self._ended)
        found = list(self._at_the_end(kernel, _apps(self._ended)))
        whole = all(isinstance(end, Report | Plan) for end in kernel.ends.values())
        world = kernel.sim.snapshot()
        allowed = self.scenario.surplus and any(_is_surplus(world, each) for each in expected)
        if whole and world not in expected and not allowed:
            found.append(f"all succeeded, and the world is as after none of them first: {_brief(world)}")
        found += self._after_one_more(self.serial if whole else [*self.serial, *self._without_some])
        return found

    def _at_the_end(self, kernel: Kernel, apps: Json) -> Iterator[str]:
        scenario = self.scenario
        if kernel.clock.now() > LONGEST_S:
            yield f"it took {kernel.clock.now():g} s"
        if _foreign(apps) != self._before:
            yield "something of a stranger's has changed"
        ours = apps.get(APP.name, _NOTHING)
        yield from _lost_updates(kernel.sim, ours)
        yield from (
            f"a lease of {machine['name']} is still held"
            for machine in ours["machines"].values()
            if machine["lease"] is not None and machine["state"] not in {"destroying", "destroyed"}
        )
        there = _identities(ours)
        for name, end in kernel.ends.items():
            if isinstance(end, errors.FlyError):
                yield from (
                    f"{name} raised {type(each).__name__}: {each}"
                    for each in _causes(end)
                    if not isinstance(each, scenario.may_raise)
                )
            elif isinstance(end, Report) and scenario.lasting and _verb(scenario, name) == "ensure":
                yield from (
                    f"{name} reports {outcome.noun} as {_identity(outcome.model)}, which is not there"
                    for outcome in end.outcomes
                    if outcome.action != "destroy" and _identity(outcome.model) not in {None, *there}
                )

    def _after_one_more(self, calm: Sequence[Calm]) -> Iterator[str]:
        """Let each program run once more, from where the race ended, and compare with a calm day."""
        for program in self.scenario.programs:
            if program.verb == "plan":
                continue
            sim, clock = _load(self._ended, self.scenario.behaviour)
            clock.moment += 120.0
            end = self._alone(sim, clock, program)
            came = sim.snapshot(), _kinds_of(end)
            expected = [each.after[program.name] for each in calm]
            if came not in expected and not self._is_told(sim, clock, program, came[0]):
                yield (
                    f"after one more run of {program.name}, which said {_said(end)}, "
                    f"the world is {_brief(came[0])}"
                )

    def _is_told(self, sim: FlySimulator, clock: KernelClock, program: Program, world: Json) -> bool:
        """Whether only one thing too many is there, and whoever looks learns of it."""
        left = [world for each in self.serial for world, wrong in each.after.values() if not wrong]
        if not self.scenario.surplus or not any(_is_surplus(world, each) for each in left):
            return False
        plan = self._alone(sim, clock, Program("after", "plan", program.resources, program.owner))
        if isinstance(plan, errors.AmbiguousMatchError):
            return True
        assert isinstance(plan, Plan)
        kinds = ("volume", "address")
        return any(each.kind in kinds and each.name != _THEIRS for each in plan.unmanaged)


def _is_surplus(world: Json, expected: Json) -> bool:
    """Whether a world is as expected, but for one volume that nothing holds, one address or one pair more."""
    mine, other = (json.loads(json.dumps(each["apps"][APP.name])) for each in (world, expected))
    if world["apps"][ELSEWHERE.name] != expected["apps"][ELSEWHERE.name]:
        return False
    more = [
        row
        for kind in ("volumes", "ips")
        for row in _without(mine.pop(kind), other.pop(kind))
        if not row.get("attached_to")
    ]
    types = [row.get("type") for row in more]
    return mine == other and (len(more) == 1 or sorted(map(str, types)) == ["egress_v4", "egress_v6"])


def _without(rows: list[Any], expected: list[Any]) -> list[Any]:
    """Return the rows that are too many; as one that is attached and should not be, what is missing."""
    left = list(rows)
    for row in expected:
        if row in left:
            left.remove(row)
        else:
            return [{**row, "attached_to": "missing"}, *left]
    return left


def _calm(program: Program) -> Program:
    return Program(program.name, program.verb, program.resources, program.owner, program.options)


def _verb(scenario: Scenario, name: str) -> str:
    return next(program.verb for program in scenario.programs if program.name == name)


def _causes(error: errors.FlyError) -> list[errors.FlyError]:
    if not isinstance(error, errors.EnsureError):
        return [error]
    return [each for each in error.errors if not isinstance(each, errors.DependencyError)]


def _kinds_of(end: object) -> list[str]:
    """Return what went wrong, without its words: they hold ids."""
    return [type(each).__name__ for each in _causes(end)] if isinstance(end, errors.FlyError) else []


def _said(end: object) -> str:
    return f"{type(end).__name__}: {end}" if isinstance(end, errors.FlyError) else "nothing of trouble"


def _load(saved: Path, behaviour: Behaviour) -> tuple[FlySimulator, KernelClock]:
    clock = KernelClock()
    return FlySimulator.load(saved, clock=clock, behaviour=behaviour), clock


def _apps(saved: Path) -> Json:
    """Return all apps of a saved world, by name."""
    return {app["name"]: app for app in json.loads(saved.read_text(encoding="utf-8"))["apps"]}


def _identities(app: Json) -> set[str]:
    machines = [each["id"] for each in app["machines"].values() if each["state"] != "destroyed"]
    volumes = [each["id"] for each in app["volumes"].values() if each["deleted_at"] is None]
    return {app["id"], *machines, *volumes, *app["ips"]}


def _identity(model: Any) -> str | None:  # noqa: ANN401  # any SDK model, or none
    found = getattr(model, "id", None) or getattr(model, "ip", None)
    return found if isinstance(found, str) else None


def _foreign(apps: Json) -> Json:
    """Return all of a stranger's things, ids included."""
    ours = apps.get(APP.name, _NOTHING)
    theirs = [
        row for kind in ("machines", "volumes") for row in ours[kind].values() if row["name"] == _THEIRS
    ]
    return apps[ELSEWHERE.name], theirs


def _lost_updates(sim: FlySimulator, app: Json) -> Iterator[str]:
    """Find updates that were not based on the version before them."""
    sent = [
        (each.path, json.loads(each.body).get("current_version"))
        for each in sim.requests
        if each.operation == "Machines_update" and each.status == 200
    ]
    for machine in app["machines"].values():
        based_on = [version for path, version in sent if path.endswith(f"/{machine['id']}")]
        versions = [version for version, _ in machine["versions"]]
        expected = versions[-len(based_on) - 1 : -1] if based_on else []
        if based_on != expected:
            yield f"updates of {machine['name']} are based on {based_on}, and not on {expected}"


def _brief(world: Json) -> str:
    ours = world["apps"].get(APP.name)
    return json.dumps(ours and {kind: rows for kind, rows in ours.items() if rows})
