"""Three programs at once, in orders that hypothesis draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fly_resources import IpAddress, Report
from tests.races.checks import Stage
from tests.races.explorer import Kernel, diagram, sample
from tests.races.scenarios import APP, DATA, PLAIN, SEED, SERVER, TOLD, Scenario, destroy, ensure, with_image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

V4 = IpAddress(APP, "v4")
THREE = [
    Scenario("a volume", tuple(ensure(name, DATA) for name in "ABC")),
    # Who only read before the others have settled may report the one that goes.
    Scenario("a v4", tuple(ensure(name, V4) for name in "ABC"), lasting=False),
    Scenario("a machine and its volume", tuple(ensure(name, SERVER) for name in "ABC"), delays=1),
    # Its addresses are like that too.
    Scenario("the seed stack", tuple(ensure(name, *SEED) for name in "ABC"), shared=False, lasting=False),
    Scenario(
        "three images",
        tuple(ensure(name, with_image(PLAIN, f"nginx:{index}")) for index, name in enumerate("ABC")),
        before=((PLAIN,),),
    ),
    Scenario(
        "two change, one destroys",
        (
            ensure("A", with_image(PLAIN, "nginx:1")),
            ensure("B", with_image(PLAIN, "nginx:2")),
            destroy("C", PLAIN),
        ),
        before=((PLAIN,),),
        may_raise=TOLD,
        lasting=False,
    ),
]


@pytest.fixture(scope="module", params=THREE, ids=lambda scenario: scenario.name)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(request.param, tmp_path_factory.mktemp("race"))


@given(turns=st.lists(st.integers(0, 5), max_size=80))
@settings(max_examples=settings().max_examples // 4)  # each is three programs, and three more runs
def test_three_end_well(stage: Stage, turns: list[int]) -> None:
    kernel = sample(stage.start(), _choosing(turns))
    assert stage.violations(kernel) == [], diagram(kernel)
    if stage.scenario.name == "a v4":
        _check_who_made_one_reports_the_one_that_stays(kernel)


def _choosing(turns: list[int]) -> Callable[[Sequence[str]], str]:
    left = iter(turns)
    return lambda names: names[next(left, 0) % len(names)]


def _check_who_made_one_reports_the_one_that_stays(kernel: Kernel) -> None:
    reports = [end for end in kernel.ends.values() if isinstance(end, Report)]
    assert len({report[V4].model.ip for report in reports if report[V4].action == "create"}) == 1
