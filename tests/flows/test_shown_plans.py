"""`plan=`: what was shown is done, to the very things that were shown, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, FlySecret, IpAddress, Machine, Volume, errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Event
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"})
NEWER = attrs.evolve(SERVER, config={"image": "nginx:1"})
EVERYTHING = (APP, DATA, SERVER, FlySecret(APP, "KEY", "1"), IpAddress(APP, "v6"))


def _id(stranger: Stranger, name: str = "server") -> str:
    return next(str(each["id"]) for each in stranger.list("/apps/web/machines") if each["name"] == name)


def test_a_plan_that_still_holds_is_carried_out(api: Api) -> None:
    assert api.ensure(*EVERYTHING, plan=api.plan(*EVERYTHING)).changed
    assert api.ensure(NEWER, plan=api.plan(NEWER))[NEWER].changed
    assert api.destroy(*EVERYTHING, plan=api.plan(*EVERYTHING, destroy=True)).changed


def _update(stranger: Stranger) -> None:
    stranger.send("POST", f"/apps/web/machines/{_id(stranger)}", {"config": {"image": "nginx:2"}})


def _recreate(stranger: Stranger) -> None:
    stranger.send("DELETE", f"/apps/web/machines/{_id(stranger)}?force=true")
    stranger.create_machine("web", "server", {"image": "nginx:alpine"}, region="iad")


CHANGES: dict[str, Callable[[Stranger], object]] = {
    "updated": _update,
    "made again": _recreate,
    "gone": lambda stranger: stranger.send("DELETE", f"/apps/web/machines/{_id(stranger)}?force=true"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("verb", ["ensure", "destroy"])
def test_a_machine_that_is_not_the_one_that_was_shown_is_left(
    api: Api, stranger: Stranger, verb: str, change: str
) -> None:
    api.ensure(SERVER)
    api.clock.sleep(10.0)
    shown = api.plan(NEWER, destroy=verb == "destroy")
    CHANGES[change](stranger)
    api.clock.sleep(10.0)
    before = api.sim.snapshot()
    with pytest.raises(errors.StalePlanError, match=r"machine web/server: planned: .*Plan again") as caught:
        getattr(api, verb)(NEWER, plan=shown)
    assert len(caught.value.differences) == 1
    assert api.sim.snapshot() == before


def test_what_is_gone_and_what_would_stay_are_told_in_words(api: Api, stranger: Stranger) -> None:
    api.ensure(SERVER)
    shown = api.plan(SERVER, destroy=True)
    CHANGES["gone"](stranger)
    with pytest.raises(errors.StalePlanError, match="now: nothing, because it is absent"):
        api.destroy(SERVER, plan=shown)
    api.ensure(SERVER)
    with_variable = attrs.evolve(SERVER, config={"image": "nginx:1", "env": {"A": "1"}})
    with pytest.raises(errors.StalePlanError, match=r'config.env.A: planned: "1"; now: unchanged'):
        api.ensure(NEWER, plan=api.plan(with_variable))


def test_every_difference_is_named(api: Api, stranger: Stranger) -> None:
    api.ensure(SERVER)
    shown = api.plan(NEWER, DATA)
    stranger.create_volume("web", "data", size_gb=3)
    _update(stranger)
    api.clock.sleep(10.0)
    with pytest.raises(errors.StalePlanError) as caught:
        api.ensure(NEWER, DATA, plan=shown)
    assert [each.split(":")[0] for each in caught.value.differences] == [
        "machine web/server",
        "volume web/data/iad",
    ]


def test_what_goes_with_an_app_is_part_of_the_plan(api: Api, stranger: Stranger) -> None:
    api.ensure(SERVER)
    shown = api.plan(APP, destroy=True, everything=True)
    stranger.create_volume("web", "precious", size_gb=3)
    with pytest.raises(errors.StalePlanError, match=r"app web holds volume precious \(vol_"):
        api.destroy(APP, plan=shown, everything=True)
    assert api.destroy(APP, plan=api.plan(APP, destroy=True, everything=True), everything=True).changed


def test_what_appears_while_machines_stop_does_not_go_with_an_app_that_was_shown(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    def act(event: Event) -> None:
        if event.resource == SERVER and event.stage == "started" and event.action == "destroy":
            stranger.create_volume("web", "precious", size_gb=3)

    api = connect(on_event=act)
    api.ensure(SERVER)
    shown = api.plan(APP, SERVER, destroy=True, everything=True)
    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(APP, SERVER, plan=shown, everything=True)
    assert isinstance(caught.value.__cause__, errors.StalePlanError)
    [left] = stranger.list("/apps/web/volumes")
    assert left["name"] == "precious"


@pytest.mark.parametrize(
    ("noun", "make"),
    [
        (SERVER, lambda stranger: stranger.create_machine("web", "server", {"image": "x"}, region="iad")),
        (SERVER, lambda stranger: stranger.create_machine("web", "server", {"image": "x"}, region="lhr")),
    ],
    ids=["to be updated", "elsewhere"],
)
def test_what_another_makes_in_the_place_of_what_was_shown_is_left(
    connect: Callable[..., Api], stranger: Stranger, noun: Machine, make: Callable[[Stranger], object]
) -> None:
    def act(event: Event) -> None:
        if event.resource == noun and event.stage == "started":
            make(stranger)

    api = connect(on_event=act)
    api.ensure(APP)
    with pytest.raises(errors.EnsureError):
        api.ensure(noun, plan=api.plan(noun))
    [row] = stranger.list("/apps/web/machines")
    assert row["config"]["image"] == "x"


@pytest.mark.parametrize("plan", ["plan.json", {}, 5])
def test_only_a_plan_is_a_plan(api: Api, plan: Any) -> None:  # noqa: ANN401  # the mistake
    with pytest.raises(errors.ConfigurationError, match="must be a Plan"):
        api.ensure(SERVER, plan=plan)
    assert api.sent == []
