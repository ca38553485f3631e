"""What must hold however a race went: found in the world at its end, and after one more run."""

from __future__ import annotations

import functools
import itertools
import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs
import httpx

from fly_resources import App, Machine, Plan, Report, Volume, errors
from fly_resources.testing import Behaviour, FlySimulator
from tests.races.explorer import Kernel, KernelClock, Program, sample
from tests.races.scenarios import APP, ELSEWHERE, SNAPSHOT, SOURCE, THEIR_APP, THEIRS

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
        sim.orgs.update({"second": "Second", "third": "Third"})
        self._alone(sim, clock, Program("before", "ensure", THEIR_APP, "stranger"))
        if scenario.shared:
            self._alone(sim, clock, Program("before", "ensure", THEIRS, "stranger"))
        for stack in scenario.before:
            self._alone(sim, clock, Program("before", "ensure", stack))
        self._sources = _take_snapshot(sim, scenario.snapshot_of) if scenario.snapshot_of else {}
        self.scenario = scenario = attrs.evolve(
            scenario, programs=tuple(self._with_sources(program) for program in scenario.programs)
        )
        sim.save(self._saved)
        self._before = _foreign(_apps(self._saved))
        self._volumes_before = set(_apps(self._saved).get(APP.name, _NOTHING)["volumes"])

    def _with_sources(self, program: Program) -> Program:
        """Put the ids of what is there in the place of the words that stand for them."""
        known = self._sources
        return attrs.evolve(
            program,
            resources=tuple(
                attrs.evolve(
                    each,
                    snapshot_id=known.get(each.snapshot_id or "", each.snapshot_id),
                    source_volume_id=known.get(each.source_volume_id or "", each.source_volume_id),
                )
                if isinstance(each, Volume)
                else each
                for each in program.resources
            ),
        )

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
        found += self._after_one_more(kernel, self.serial if whole else [*self.serial, *self._without_some])
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
        nobody_destroys = all(program.verb != "destroy" for program in scenario.programs)
        if nobody_destroys:
            yield from _lost_disks(ours, self._volumes_before)
        for name, end in kernel.ends.items():
            if isinstance(end, errors.FlyError):
                yield from (
                    f"{name} raised {type(each).__name__}: {each}"
                    for each in _causes(end)
                    if not isinstance(each, scenario.may_raise)
                )
            elif isinstance(end, Report) and nobody_destroys:
                yield from (f"{name}: {wrong}" for wrong in not_as_described(end, ours))
            if isinstance(end, Report) and scenario.lasting and _verb(scenario, name) == "ensure":
                yield from (
                    f"{name} reports {outcome.resource} as {_identity(outcome.observed)}, which is not there"
                    for outcome in end.outcomes
                    if outcome.action != "destroy" and _identity(outcome.observed) not in {None, *there}
                )

    def _after_one_more(self, kernel: Kernel, calm: Sequence[Calm]) -> Iterator[str]:
        """Let each program run once more, from where the race ended, and compare with a calm day."""
        winner = self._winner(kernel)
        for program in self.scenario.programs:
            if program.verb == "plan":
                continue
            sim, clock = _load(self._ended, self.scenario.behaviour)
            clock.moment += 120.0
            end = self._alone(sim, clock, program)
            came = sim.snapshot(), _kinds_of(end)
            if winner == program.name and isinstance(end, Report) and end.changed:
                yield f"{winner} alone succeeded, and one more run of it changes {_changed(end)}"
            expected = [each.after[program.name] for each in calm]
            if came not in expected and not self._is_told(sim, clock, came[0]):
                yield (
                    f"after one more run of {program.name}, which said {_said(end)}, "
                    f"the world is {_brief(came[0])}"
                )

    def _winner(self, kernel: Kernel) -> str | None:
        """Return who alone has succeeded, where the others have changed nothing of the same."""
        programs = self.scenario.programs
        succeeded = [name for name, end in kernel.ends.items() if isinstance(end, Report)]
        ensured = all(each.verb == "ensure" for each in programs)
        return succeeded[0] if ensured and len(succeeded) == 1 < len(programs) else None

    def _is_told(self, sim: FlySimulator, clock: KernelClock, world: Json) -> bool:
        """Whether only one thing too many is there, and whoever looks learns of it."""
        left = [world for each in self.serial for world, _ in each.after.values()]
        if not self.scenario.surplus or not any(_is_surplus(world, each) for each in left):
            return False
        return any(self._tells(sim, clock, each) for each in self.scenario.programs)

    def _tells(self, sim: FlySimulator, clock: KernelClock, program: Program) -> bool:
        """Whether a plan of this program names what is left over, or refuses to be made because of it."""
        plan = self._alone(sim, clock, Program("after", "plan", program.resources, program.owner))
        if isinstance(plan, (errors.AmbiguousMatchError, *self.scenario.may_raise)):
            return True
        assert isinstance(plan, Plan)
        refusals: tuple[type[Exception], ...] = (errors.AmbiguousMatchError, *self.scenario.may_raise)
        if any(isinstance(step.error, refusals) for step in plan):
            return True
        return any(each.kind in {"volume", "address"} and each.name != _THEIRS for each in plan.unmanaged)


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


def _take_snapshot(sim: FlySimulator, volume: str) -> dict[str, str]:
    """Take a snapshot of a volume; return what the words for the two stand for."""
    with httpx.Client(
        transport=sim.transport(),
        base_url=f"https://api.machines.dev/v1/apps/{APP.name}",
        headers={"Authorization": "Bearer test"},
    ) as http:
        [row] = [each for each in http.get("/volumes").json() if each["name"] == volume]
        made = http.post(f"/volumes/{row['id']}/snapshots")
        assert made.is_success, made.text
        [snapshot] = http.get(f"/volumes/{row['id']}/snapshots").json()
    return {SOURCE: row["id"], SNAPSHOT: snapshot["id"]}


def not_as_described(report: Report, app: Json) -> Iterator[str]:
    """Find what was reported as done and is not what was described, where nobody could change it since."""
    for outcome in report.outcomes:
        noun, model = outcome.resource, outcome.observed
        if isinstance(noun, App):
            alias = noun.org == "personal"  # it may stand for any organisation (AP-15)
            wishes: dict[str, object] = {"org": None if alias else noun.org, "network": noun.network}
            found = app
        elif isinstance(noun, Machine) and model is not None:
            found = app["machines"].get(model.id, {})
            mounts = {each["path"]: each["volume"] for each in found.get("config", {}).get("mounts", ())}
            names = {path: app["volumes"][each]["name"] for path, each in mounts.items()}
            wishes = {"region": noun.region, "mounts": _named(noun) or None}
            found = {**found, "mounts": names}
        elif isinstance(noun, Volume) and model is not None:
            found = app["volumes"].get(model.id, {})
            told = any("not encrypted" in note for note in outcome.notes)
            wishes = {"region": noun.region, "encrypted": True if noun.encrypted and not told else None}
            if found.get("size_gb", noun.size_gb) < noun.size_gb:
                yield f"{noun} is reported, and has {found['size_gb']} GB, not {noun.size_gb}"
            if noun.snapshot_retention not in {None, model.snapshot_retention}:
                yield f"{noun} is reported with snapshot_retention {model.snapshot_retention}"
        else:
            continue
        yield from (
            f"{noun} is reported, and its {field} is {found[field]}, not {value}"
            for field, value in wishes.items()
            if value is not None and found.get(field, value) != value
        )


def _named(noun: Machine) -> dict[str, str]:
    return {path: each.name for path, each in noun.mounts.items() if isinstance(each, Volume)}


def _lost_disks(app: Json, before: set[str]) -> Iterator[str]:
    """Find disks that are gone although something was or might have been on them."""
    live = [each for each in app["volumes"].values() if each["deleted_at"] is None]
    for gone in app["volumes"].values():
        if gone["deleted_at"] is None:
            continue
        alike = [
            each
            for each in live
            if (each["name"], each["region"]) == (gone["name"], gone["region"])
            and each["size_gb"] >= gone["size_gb"]
            and each["encrypted"] >= gone["encrypted"]
        ]
        if gone["id"] in before or gone["used"] or gone["first_state"] != "created" or not alike:
            yield f"volume {gone['id']} of {gone['size_gb']} GB is lost"


def _changed(report: Report) -> str:
    return ", ".join(f"{each.resource}: {each.action}" for each in report.outcomes if each.changed)


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
