"""What a client has just destroyed is gone, although lists still show it (VO-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, IpAddress, Machine, Volume
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Resource
    from fly_resources.testing import FlySimulator
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
NOUNS: dict[str, tuple[Resource[Any], str, str]] = {
    "volume": (DATA, "Volumes_list", "volumes"),
    "machine": (Machine(APP, "server", {"image": "nginx:alpine"}), "Machines_list", "machines"),
    "address": (IpAddress(APP, "v4"), "App_IPAssignments_list", "ips"),
}


@pytest.mark.parametrize("whole", [False, True], ids=["alone", "with its app"])
@pytest.mark.parametrize("kind", NOUNS)
def test_what_was_destroyed_is_made_again_at_once(api: Api, kind: str, *, whole: bool) -> None:
    noun, listing, held = NOUNS[kind]
    api.ensure(noun)
    api.clock.sleep(10.0)
    api.sim.behaviour = attrs.evolve(api.sim.behaviour, stale_reads={listing: 3.0})
    assert api.destroy(noun, *([APP] if whole else []))[noun].changed
    outcome = api.ensure(noun)[noun]
    assert (outcome.action, outcome.changed) == ("create", True)
    state: Any = api.sim.snapshot()["apps"]
    assert len(state["web"][held]) == 1


def test_it_is_remembered_where_no_count_of_the_app_is_read(api: Api) -> None:
    far = Volume("web", "data", region="iad")
    api.ensure(APP, far)
    api.clock.sleep(10.0)
    api.sim.behaviour = attrs.evolve(api.sim.behaviour, stale_reads={"Volumes_list": 3.0})
    assert api.destroy(far)[far].changed
    assert api.ensure(far)[far].action == "create"


def test_it_is_remembered_by_its_id_and_by_this_client_alone(connect: Callable[..., Api]) -> None:
    api, other = connect(), connect()
    api.ensure(DATA)
    first = api.read(DATA)
    api.destroy(DATA)
    made = other.ensure(DATA)[DATA].model
    assert first is not None
    assert made.id != first.id
    assert api.ensure(DATA)[DATA].action == "none"


@pytest.mark.parametrize("kind", ["volume", "machine"])
def test_what_another_client_has_just_destroyed_is_made_again(connect: Callable[..., Api], kind: str) -> None:
    api, other = connect(), connect()
    noun, listing, held = NOUNS[kind]
    api.ensure(APP, noun)
    api.clock.sleep(10.0)
    api.sim.behaviour = attrs.evolve(api.sim.behaviour, stale_reads={listing: 3.0})
    other.destroy(noun)
    assert api.ensure(APP, noun)[noun].action == "create"
    state: Any = api.sim.snapshot()["apps"]
    assert len(state["web"][held]) == 1


def test_what_the_app_does_not_count_is_believed_when_it_is_shown_again(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def change(_path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        return {**body, "machine_count": 0} if isinstance(body, dict) and "machine_count" in body else body

    api = connect(transport=Doctored(sim, change))
    noun = NOUNS["machine"][0]
    api.ensure(APP, noun)
    api.sent.clear()
    began = api.clock.now()
    assert api.ensure(APP, noun)[noun].action == "none"
    assert api.clock.now() - began < 5.0
    assert api.writes == []
