"""Running, reading logs and going back, under every value of every switch: each is right, or says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from fly_resources import App, Fly, Machine, errors
from fly_resources.testing import FlySimulator, Program, VirtualClock
from tests.beliefs import rules
from tests.beliefs.switches import SWITCHES, Belief, Beliefs, behaviour, excuses, single, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE: Final = App("shop", primary_region="iad")
NAMES: Final = ("a", "b")
NEVER_S: Final = 7200.0


class Shop:
    """An app under some beliefs, made while there were none."""

    def __init__(self, believed: Beliefs) -> None:
        self.believed = believed
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock, timings="typical", latency=0.05)
        self.sim.images.update(
            {
                "good": Program(prints=("one", "two"), every_s=1, exit_code=0, after_s=3),
                "bad": Program(prints=("one", "two"), every_s=1, exit_code=3, after_s=3),
                "chatty": Program(prints=[f"line {index}" for index in range(100)], every_s=1),
            }
        )
        self.fly = Fly("test", owner="tests", transport=self.sim.transport(), clock=self.clock)

    def deploy(self, image: str, *names: str, **config: Any) -> None:  # noqa: ANN401  # config keys
        described: Any = {"image": image, **config}
        self.fly.ensure(*(Machine(SITE, name, described) for name in names or NAMES))

    def believe(self) -> None:
        self.clock.sleep(120.0)
        self.sim.behaviour = behaviour(self.believed)
        self.sim.requests.clear()

    def images(self) -> set[str]:
        machines = self.sim._service.world.apps["shop"].machines.values()  # noqa: SLF001  # every door may lie
        return {machine.config["image"] for machine in machines if not machine.gone}  # type: ignore[misc]

    def believes(self, name: str, value: object) -> bool:
        return any(each.switch.name == name and each.value == value for each in self.believed)

    def excuse(self, error: errors.FlyError, *, told: bool = False) -> None:
        """Make sure that the belief is the reason of an error, or that it is `told` for what it is."""
        assert told or {type(each).__name__ for each in rules.causes(error)} <= excuses(self.believed), error


def _name(believed: Beliefs) -> str:
    return "-".join(map(str, believed)) or "defaults"


BELIEFS: Final[list[Beliefs]] = [(), *single()]


@pytest.fixture(params=BELIEFS, ids=_name)
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    place = Shop(request.param)
    with place.fly:
        yield place


@pytest.mark.parametrize(("image", "code"), [("good", 0), ("bad", 3)])
def test_a_run_never_succeeds_that_did_not_and_leaves_nothing(shop: Shop, image: str, code: int) -> None:
    shop.deploy("web", "a")
    shop.believe()
    try:
        result = shop.fly.run(SITE, image, timeout_s=300)
    except errors.FlyError as error:
        shop.excuse(error)
    else:
        assert result.exit_code == code
        assert [line.message for line in result.log] in ([], ["one"], ["one", "two"])
    shop.clock.sleep(60.0)
    assert shop.images() == {"web"}


@pytest.mark.parametrize("image", ["good", "bad"])
def test_of_a_run_that_nothing_tells_of_any_more_the_end_is_unknown_and_no_success(image: str) -> None:
    forgetting = [
        Belief(switch, value)
        for switch, value in ((each, each.others[0]) for each in SWITCHES)
        if switch.name in {"deleted_listed", "destroyed_visible_s"}
    ]
    shop = Shop(tuple(forgetting))
    shop.deploy("web", "a")
    shop.believe()
    with shop.fly as fly:
        result = fly.run(SITE, image, timeout_s=300)
    assert (result.exit_code, result.ok) == (None, False)


def _bring_about(shop: Shop, back: list[Machine]) -> None:
    """Go back; what reads do not show yet may take another run, which the first one asks for (LC-43)."""
    try:
        shop.fly.ensure(*back)
    except errors.EnsureError as error:
        if not shop.believes("replaced_shown_s", 20.0) or "Run it again" not in str(error):
            raise
        shop.clock.sleep(20.0)
        shop.fly.ensure(*back)


@pytest.mark.parametrize("later_s", [0.0, 60.0])
def test_going_back_goes_to_what_ran_before_or_says_that_nothing_tells(shop: Shop, later_s: float) -> None:
    shop.deploy("web:1", env={"VERSION": "1"})
    shop.clock.sleep(60.0)
    shop.deploy("web:2", env={"VERSION": "2"})
    shop.sim.behaviour = behaviour(shop.believed)
    shop.clock.sleep(later_s)
    try:
        back = shop.fly.last_good(SITE)
        assert {each.name for each in back} == set(NAMES)
        _bring_about(shop, back)
    except errors.FlyError as error:
        is_forgotten = isinstance(error, errors.ReconcileError) and shop.believes("versions_kept", 1)
        shop.excuse(error, told=is_forgotten)
        assert shop.images() == {"web:2"}
    else:
        assert shop.images() == {"web:1"}
        shop.clock.sleep(60.0)
        with pytest.raises(errors.ReconcileError, match="no machine with an earlier config to go back to"):
            shop.fly.last_good(SITE)


def test_following_a_log_shows_each_line_once_and_in_order(shop: Shop) -> None:
    shop.deploy("chatty", "a")
    shop.believe()
    late = shop.believes("log_lag_s", NEVER_S)
    lines = shop.fly.logs(SITE, None if shop.believes("created_s", NEVER_S) else "a", follow=not late)
    try:
        seen = [line.message for line, _ in zip(lines, range(10), strict=False)]
    except errors.FlyError as error:
        shop.excuse(error)
        return
    assert len(seen) == (0 if late else 10)
    numbers = [int(each.removeprefix("line ")) for each in seen]
    assert numbers == list(range(numbers[0], numbers[0] + 10)) if numbers else late


def test_every_value_is_tried() -> None:
    tried = {str(each) for believed in BELIEFS for each in believed}
    assert tried == {f"{switch.name}={spelled(value)}" for switch in SWITCHES for value in switch.others}
