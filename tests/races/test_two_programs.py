"""Two programs at once, in every order of their requests that may matter; the large races by sampling.

`scripts/check` goes through all orders of the small ones, `scripts/test` only draws some of each, and
`scripts/bench --races` runs the large ones whole too.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from fly_resources._verbs import graph
from tests.races.checks import Stage
from tests.races.explorer import Coverage, diagram, explore, explore_switches, sample
from tests.races.scenarios import SCENARIOS, Scenario, explore_whole
from tests.races.wishes import WISHES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fly_resources._engine.effects import Flow
    from tests.races.explorer import Kernel

#: Orders of a race that are drawn where it is not run whole, always the same.
SAMPLES = 3
WHOLE = settings().max_examples >= settings.get_profile("ci").max_examples


def _name(scenario: Scenario) -> str:
    return scenario.name


def _check(stage: Stage, kernel: Kernel) -> None:
    assert stage.violations(kernel) == [], diagram(kernel)


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    return Stage(request.param, tmp_path)


@pytest.mark.parametrize("stage", SCENARIOS.values(), ids=_name, indirect=True)
def test_orders_end_well(stage: Stage) -> None:
    for kernel in _orders(stage):
        _check(stage, kernel)


def _orders(stage: Stage) -> Iterator[Kernel]:
    if WHOLE and not stage.scenario.is_large:
        coverage = Coverage()
        yield from explore_whole(stage.scenario, stage.start, coverage)
        assert coverage.executions > 1
        return
    for seed in range(SAMPLES):
        chance = random.Random(seed)  # noqa: S311  # the same orders every time
        yield sample(stage.start(), chance.choice)


@pytest.mark.parametrize("stage", WISHES.values(), ids=_name, indirect=True)
def test_different_wishes_end_well(stage: Stage) -> None:
    chance = random.Random(stage.scenario.name)  # noqa: S311  # the same order every time
    _check(stage, sample(stage.start(), chance.choice))


@pytest.mark.parametrize("stage", [WISHES["a volume of two retentions"]], ids=_name, indirect=True)
def test_whoever_takes_anothers_volume_after_a_race_sets_it_as_described(stage: Stage) -> None:
    for kernel in explore(stage.start, Coverage()):
        _check(stage, kernel)


@pytest.mark.parametrize("stage", [SCENARIOS["a machine"]], ids=_name, indirect=True)
def test_orders_that_are_left_out_end_as_others_do(stage: Stage) -> None:
    whole, fewer = Coverage(), Coverage()
    every = {_end(kernel) for kernel in explore_switches(stage.start, 99, whole)}
    assert {_end(kernel) for kernel in explore(stage.start, fewer)} == every
    assert fewer.executions < whole.executions


def _end(kernel: Kernel) -> str:
    ends = {name: [each.action for each in end.outcomes] for name, end in kernel.ends.items()}
    return repr((kernel.sim.snapshot(), sorted(ends.items())))


@pytest.mark.parametrize("stage", [SCENARIOS["a volume"]], ids=_name, indirect=True)
def test_without_settling_two_volumes_are_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def settle(*_: object) -> Flow[None]:
        yield from ()

    monkeypatch.setattr(graph, "settle_volumes", settle)
    found = [stage.violations(kernel) for kernel in explore(stage.start, Coverage())]
    two = "after one more run of A, which said AmbiguousMatchError"
    assert any(violation.startswith(two) for violations in found for violation in violations)


@pytest.mark.parametrize("stage", [SCENARIOS["a machine"]], ids=_name, indirect=True)
def test_a_diagram_has_a_line_a_request_and_a_column_a_program(stage: Stage) -> None:
    kernel = next(explore(stage.start, Coverage()))
    heading, *lines = diagram(kernel).splitlines()
    assert [cell.strip() for cell in heading.split("|")] == ["s  A", "B"]
    assert len(lines) == len(kernel.steps)
    assert lines[0].startswith("  0.0 GET apps/web: 200")
