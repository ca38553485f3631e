"""A sample of the sweep over beliefs: right under both answers (rule 13). `scripts/bench` runs it whole."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from hypothesis import settings

from fly_resources import errors
from fly_resources.testing import Behaviour, RecordedRequest
from tests.beliefs import looks, rules, runs, switches, table
from tests.beliefs.runs import Case, Rival, Verdict, World, judge
from tests.beliefs.stories import RIVALS, STORIES
from tests.beliefs.switches import SWITCHES, Belief, single
from tests.sweep.scenarios import APP, OTHER_APP, Step
from tests.sweep.troubles import Faulty

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sweep.troubles import Around

#: Takes what happens after each call of a verb, `ensure` by default.
Spoil: TypeAlias = "Callable[..., None]"
#: Cases a value, so that the sample takes seconds: eight in `scripts/check`, two in `scripts/test`.
COUNT: Final = settings().max_examples // 12
PAGE: Final = Path(__file__).parents[2] / "docs" / "beliefs.md"
#: The sample in parts, which run beside each other.
PARTS: Final = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_done_runs_and_nothing_is_lost_whatever_the_service_believes(part: int) -> None:
    chosen = table.sample(COUNT)[part::PARTS]
    assert chosen
    assert [str(verdict) for verdict in map(judge, chosen) if verdict.broken] == []


def test_every_value_of_every_switch_is_tried_in_every_story() -> None:
    assert [switch.name for switch in SWITCHES] == list(Behaviour.__annotations__)
    met = Counter(str(belief) for case in table.cases("create", pair_count=0) for belief in case.beliefs)
    assert met == {str(belief): 2 for (belief,) in single()}
    assert len(list(table.cases("create", pair_count=7))) == 2 * (1 + len(single()) + 7)


def test_each_rival_meets_its_stories_under_every_value() -> None:
    met = {
        case.trouble.does for case in table.cases("two programs: create") if isinstance(case.trouble, Rival)
    }
    assert met == set(RIVALS)


def test_a_pair_is_of_two_switches() -> None:
    found = switches.pairs(50, "seed")
    assert len(found) == 50
    assert all(one.switch.name != other.switch.name for one, other in found)
    assert [str(each) for pair in found for each in pair] == [
        str(each) for pair in switches.pairs(50, "seed") for each in pair
    ]


def test_every_switch_has_a_row_in_the_documentation() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [switch.name for switch in SWITCHES if table.heading(switch.name) not in page] == []
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    assert [name for name, _, _ in rows] == [switch.name for switch in SWITCHES]


def test_the_documentation_says_that_no_rule_is_broken() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:`\w+`|none: all defaults) \|.*\| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    assert len(rows) == len(SWITCHES) + 1
    assert all(int(cases) > 0 and violations == "0" for cases, violations in rows)
    stories = re.findall(r"^\| ([^`|]+) \|(?: \d+ \|){4} (\d+) \|$", page, re.MULTILINE)
    assert [name for name, _ in stories] == [*STORIES, "**all**"]
    assert {violations for _, violations in stories} == {"0"}


def test_the_documentation_names_what_a_belief_excuses() -> None:
    assert "\n".join(table.excuse_rows()) in PAGE.read_text(encoding="utf-8")


# The harness itself: what it is there to find, it finds.


def _judge(story: str, *beliefs: Belief, trouble: Any = None) -> str:  # noqa: ANN401  # of any kind
    return "; ".join(judge(Case(story, "sync", beliefs, trouble)).broken)


def _believe(name: str, value: object) -> Belief:
    return Belief(next(switch for switch in SWITCHES if switch.name == name), value)


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Let something else happen after each call of a verb, before it is looked at."""
    original = World.do

    def arm(happen: Callable[[World], object], verb: str = "ensure") -> None:
        def do(self: World, step: Step, around: Around | None = None) -> object:
            result = original(self, step, around)
            if step.verb == verb:
                happen(self)
            return result

        monkeypatch.setattr(World, "do", do)

    for name in ("unchanged", "change", "destroy machines", "schedule: new", "missing image"):
        runs.start_of(name)  # before anything is spoilt
    return arm


def _edit(name: str, key: str, value: object) -> Callable[[World], None]:
    def edit(world: World) -> None:
        world.sim.edit_machine(APP, name, lambda m: setattr(m, "config", {**m.config, key: value}))

    return edit


def _set(name: str, key: str, value: object) -> Callable[[World], None]:
    return lambda world: world.sim.edit_machine(APP, name, lambda m: setattr(m, key, value))


def _record(world: World) -> Any:  # noqa: ANN401  # the simulator's record of our app
    return world.sim._service.world.apps[APP]  # noqa: SLF001  # behind everybody's back


def _lose(kind: str, which: int = 0) -> Callable[[World], None]:
    def lose(world: World) -> None:
        found = getattr(_record(world), kind)
        if found:
            del found[sorted(found)[which]]

    return lose


def _kill_volume(world: World) -> None:
    found = _record(world).volumes
    [name] = [id for id, volume in found.items() if volume.name == "data"]
    del found[name]


def _more_volumes(world: World) -> None:
    world.send(f"/apps/{APP}/volumes", {"name": "data", "region": "iad"})


def _touch_the_stranger(world: World) -> None:
    world.sim.edit_machine(OTHER_APP, looks.THEIRS, lambda m: setattr(m, "cordoned", not m.cordoned))


def _ask_often(world: World) -> None:
    for _ in range(4 * rules.MOST_REQUESTS):
        world.rows("machines")


def _lease(world: World) -> None:
    for row in world.rows("machines"):
        if not row.get("lease") and row["state"] == "started":
            world.send(f"/apps/{APP}/machines/{row['id']}/lease", {"ttl": 60})


PLANTED: Final[list[tuple[str, str, Callable[[World], object], str]]] = [
    ("a stranger's machine", "unchanged", _touch_the_stranger, "something of others has changed: other"),
    ("a stranger's secret", "unchanged", lambda world: _record(world).secrets.pop("THEIRS", None), "others"),
    ("a lost volume", "unchanged", _kill_volume, r"volume data \(vol_\w+\) is gone"),
    ("a lost machine", "unchanged", _set("worker", "state", "destroyed"), r"machine worker \(\w+\) is gone"),
    ("a lost certificate", "unchanged", _lose("certificates"), "certificate www.example.com is gone"),
    (
        "lost addresses",
        "unchanged",
        lambda world: _record(world).ips.clear(),
        "others has changed|address v6",
    ),
    (
        "a lost variable",
        "unchanged",
        _edit("server", "env", {"A": "1"}),
        "env THEIRS of others on server is gone",
    ),
    ("a lost file", "unchanged", _edit("server", "files", []), "files of others on server are gone"),
    ("two volumes", "unchanged", _more_volumes, "volume data is there 2 times"),
    (
        "a machine that does not run",
        "unchanged",
        _set("worker", "state", "stopped"),
        "worker is stopped, not started",
    ),
    (
        "another image",
        "change",
        _edit("worker", "image", "other"),
        "has config.image 'other' instead of 'worker:2'",
    ),
    (
        "a failing check",
        "unchanged",
        _set("server", "check_status", "critical"),
        "its checks are alive critical",
    ),
    ("a lost mount", "unchanged", _edit("server", "mounts", []), "does not mount data"),
    ("many requests", "unchanged", _ask_often, r"it sent \d+ requests"),
    ("a long time", "unchanged", lambda world: world.clock.sleep(1000.0), "it took 10"),
    ("a lease", "unchanged", _lease, "a lease is left on"),
]


@pytest.mark.parametrize(
    ("story", "happen", "words"), [each[1:] for each in PLANTED], ids=[each[0] for each in PLANTED]
)
def test_a_planted_violation_is_found(
    spoil: Spoil, story: str, happen: Callable[[World], object], words: str
) -> None:
    spoil(happen)
    assert re.search(words, _judge(story))


def test_a_schedule_that_was_disarmed_is_found(spoil: Spoil) -> None:
    spoil(_set("cron", "armed", value=False))
    assert "the schedule of cron does not start it any more" in _judge("schedule: new")


def test_what_is_not_destroyed_is_found(spoil: Spoil) -> None:
    def come_back(world: World) -> None:
        def live(machine: Any) -> None:  # noqa: ANN401  # a record
            machine.state, machine.lease = "started", None
            machine.schedule.clear()

        for machine in _record(world).machines.values():
            if machine.name == "worker":
                live(machine)

    spoil(come_back, "destroy")
    assert "machine my-web-app/worker is still there: started" in _judge("destroy machines")


def test_a_second_run_that_is_not_quiet_is_found(spoil: Spoil) -> None:
    def forget(world: World) -> None:
        """Drift that the rules for what is done do not look for: our own marks are lost."""
        found = _record(world).machines.values()
        [machine] = [each for each in found if each.name == "worker"]
        kept = {key: value for key, value in machine.config["metadata"].items() if key in looks.MARKS}
        machine.config = {**machine.config, "metadata": kept}

    spoil(forget)
    found = _judge("unchanged")
    assert "the second run wrote Machines_" in found
    assert "after success the plan has still something to do" in found


def test_a_plan_that_writes_is_found(spoil: Spoil) -> None:
    spoil(lambda world: world.send(f"/apps/{APP}/secrets", {"values": {"ONE": "1"}}), "plan")
    assert "the plan wrote Secrets_update" in _judge("unchanged")


def test_another_error_than_ours_is_found(spoil: Spoil) -> None:
    def fail(world: World) -> None:
        raise ZeroDivisionError

    spoil(fail)
    assert "ZeroDivisionError came out" in _judge("unchanged", trouble=Faulty(((1, "refuse"),)))


def test_an_error_without_an_excuse_is_found(spoil: Spoil) -> None:
    def fail(world: World) -> None:
        raise errors.WaitTimeoutError("it did not come about", last_state="created", waited_s=300.0)

    spoil(fail)
    assert "it failed: WaitTimeoutError: it did not come about" in _judge("unchanged")
    assert "it failed: WaitTimeoutError" in _judge("unchanged", _believe("stale_version_status", 412))


def test_an_error_that_the_belief_excuses_is_none_where_it_is_gone_with_the_belief(
    spoil: Spoil,
) -> None:
    def fail(world: World) -> None:
        raise errors.WaitTimeoutError("it did not come about", last_state="created", waited_s=300.0)

    spoil(fail)
    found = judge(Case("unchanged", "sync", (_believe("created_s", 7200.0),)))
    assert found.broken == (f"it failed: WaitTimeoutError: {_text_of(fail)}",)


def _text_of(fail: Callable[[Any], None]) -> str:
    with pytest.raises(errors.FlyError) as caught:
        fail(None)
    return str(caught.value)


def test_what_only_a_read_older_than_the_world_has_hidden_is_put_right_by_the_next_run() -> None:
    stopped = Case("stopped by somebody, started", "sync", (), Faulty(((2, "stale"),)))
    assert judge(stopped) == Verdict(stopped, "on re-run")


@pytest.mark.parametrize("late", [(8, "429 not applied"), (7, "slow")])
def test_what_crashes_while_the_end_of_a_call_is_held_up_is_told_by_the_next_run(
    late: tuple[int, str],
) -> None:
    crashing = Case("crashing", "sync", (), Faulty((late,)))
    assert judge(crashing).broken == ()


def test_a_call_that_should_have_failed_is_found(spoil: Spoil) -> None:
    assert STORIES["missing image"].acts
    story = STORIES["missing image"]
    good = Case("missing image", "sync", ())
    trial = runs.Trial(good)
    trial.call(story.calls[0])  # the image is not bad yet
    assert any(rule.startswith("it returned, and should have failed") for rule in trial.broken)


def test_an_error_that_does_not_say_why_is_found(spoil: Spoil) -> None:
    def fail(world: World) -> None:
        raise errors.ReconcileError("no.")

    spoil(fail)
    trial = runs.Trial(Case("missing image", "sync", ()))
    trial.call(STORIES["missing image"].calls[0])
    assert trial.broken


def test_a_write_after_a_contradiction_is_found() -> None:
    sent = [RecordedRequest("POST", f"/v1/apps/{APP}/volumes", "Volumes_create", 200, 0.0)]
    error = errors.ContradictionError("the app counts 2, and its list shows 0. Nothing was written.")
    after = looks.Look(0.0, None, None, {})
    assert list(rules.explained(error, sent, after)) == ["wrote Volumes_create in spite of a contradiction"]
    assert list(rules.explained(error, [], after)) == []


def test_the_table_counts_by_switch_and_by_story() -> None:
    one = Verdict(Case("create", "sync", (_believe("omit_zeros", value=True),)), "violation", ("why 12",))
    two = Verdict(
        Case("create", "async", (_believe("omit_zeros", value=True), _believe("created_s", 7200.0))), "done"
    )
    lines = table.table([one, two, Verdict(Case("change", "sync", ()), "refused")]).splitlines()
    assert "| `omit_zeros` | MA-6 | `False`, `True` | 2 | 1 |" in lines
    assert "| `created_s` | LC-42 | `0.0`, `7200.0` | 1 | 0 |" in lines
    assert "| none: all defaults | | | 1 | 0 |" in lines
    assert "| create | 2 | 1 | 0 | 0 | 1 |" in lines
    assert "| **all** | 3 | 1 | 0 | 1 | 1 |" in lines
    assert list(table.grouped([one, two])) == ["1 x why #\n    first: create (sync) under omit_zeros=True"]
