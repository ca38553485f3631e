"""A machine that another owner marks while it is about to go: marks need no lease (LE-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import httpx
import pytest

from fly_resources import App, Machine, errors
from tests.flows.doctored import apps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing import FlySimulator
    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
CONFIG: MachineConfigDict = {"image": "nginx:alpine"}
KEPT = Machine(APP, "kept", CONFIG)
OLD = Machine(APP, "old", CONFIG)
#: What is said of each way to lose a machine, and how to get there.
WAYS: dict[str, Callable[[Api], object]] = {
    "prune": lambda api: api.ensure(KEPT, prune=True),
    "destroy": lambda api: api.destroy(OLD),
    "replace": lambda api: api.ensure(attrs.evolve(OLD, region="ams"), replace=True),
}


class _Then(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Lets somebody act once, right after an operation was answered."""

    def __init__(self, sim: FlySimulator, operation: str, act: Callable[[], None]) -> None:
        self._sim = sim
        self._inner = sim.transport()
        self._operation = operation
        self._act: Callable[[], None] | None = act

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        self._maybe_act()
        return answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        self._maybe_act()
        return answer

    def _maybe_act(self) -> None:
        if self._sim.requests[-1].operation == self._operation and self._act is not None:
            act, self._act = self._act, None
            act()


def _old(sim: FlySimulator) -> dict[str, Any]:
    [old] = [each for each in apps_of(sim)["web"]["machines"] if each["name"] == "old"]
    found: dict[str, Any] = old
    return found


@pytest.fixture
def beside(
    connect: Callable[..., Api], sim: FlySimulator, stranger: Stranger
) -> Callable[[str, dict[str, str]], Api]:
    """A client beside which somebody writes marks on `old` right after an operation."""

    def make(operation: str, marks: dict[str, str]) -> Api:
        first = connect()
        first.ensure(KEPT, OLD)
        found = first.read(OLD)
        assert found is not None

        def mark() -> None:
            stranger.send("PATCH", f"/apps/web/machines/{found.id}/metadata", {"metadata": marks})

        return connect(transport=_Then(sim, operation, mark))

    return make


@pytest.mark.parametrize("operation", ["Machines_create_lease", "Machines_stop", "Machines_wait"])
@pytest.mark.parametrize("way", WAYS)
def test_it_stays_and_runs_as_before(
    beside: Callable[[str, dict[str, str]], Api], way: str, operation: str
) -> None:
    api = beside(operation, {"fly_resources.owner": "someone"})
    before = _old(api.sim)
    if way == "prune":
        outcome = WAYS[way](api)[OLD]  # type: ignore[index]  # a report
        assert (outcome.action, outcome.changed) == ("none", False)
        assert outcome.notes == ("no longer marked with this owner",)
    else:
        with pytest.raises(errors.EnsureError) as caught:
            WAYS[way](api)
        [error] = caught.value.errors
        assert isinstance(error, errors.NotOwnedError)
        assert "owner 'someone' has taken it over" in str(error)
    assert "Machines_delete" not in api.writes
    after = _old(api.sim)
    assert (after["state"], after["config"]["image"]) == (before["state"], "nginx:alpine")
    assert after["config"]["metadata"]["fly_resources.owner"] == "someone"


def test_what_was_taken_over_before_it_is_pruned_is_not_even_stopped(
    beside: Callable[[str, dict[str, str]], Api],
) -> None:
    api = beside("Machines_create_lease", {"fly_resources.owner": "someone"})
    api.sent.clear()
    outcome = api.ensure(KEPT, prune=True)[OLD]
    assert outcome.model.name == "old"
    # The stranger writes the marks.
    assert api.writes == ["Machines_create_lease", "Machines_patch_metadata", "Machines_release_lease"]


def test_no_lease_is_left_on_it(beside: Callable[[str, dict[str, str]], Api], stranger: Stranger) -> None:
    api = beside("Machines_wait", {"fly_resources.owner": "someone"})
    with pytest.raises(errors.EnsureError):
        api.destroy(OLD)
    found = api.read(OLD)
    assert found is not None
    assert stranger.send("POST", f"/apps/web/machines/{found.id}/lease", {"ttl": 10})


def test_what_loses_its_own_name_is_not_pruned(beside: Callable[[str, dict[str, str]], Api]) -> None:
    api = beside("Machines_wait", {"fly_resources.name": "another"})
    assert api.ensure(KEPT, prune=True)[OLD].action == "none"
    assert _old(api.sim)["state"] == "started"


@pytest.mark.parametrize("way", ["destroy", "replace"])
def test_other_metadata_keeps_nothing(beside: Callable[[str, dict[str, str]], Api], way: str) -> None:
    api = beside("Machines_wait", {"team": "blue"})
    WAYS[way](api)
    assert "Machines_delete" in api.writes


def test_a_machine_that_is_stopped_stays_stopped(beside: Callable[[str, dict[str, str]], Api]) -> None:
    api = beside("Machines_create_lease", {"fly_resources.owner": "someone"})
    api.sim.edit_machine("web", "old", lambda machine: setattr(machine, "state", "stopped"))
    with pytest.raises(errors.EnsureError):
        api.destroy(OLD)
    assert _old(api.sim)["state"] == "stopped"
    assert "Machines_start" not in api.writes


def test_whoever_takes_one_over_makes_sure_that_its_former_owner_has_not_begun_to_prune_it(
    connect: Callable[..., Api],
) -> None:
    """Between that one's last look and its deletion no read helps; its lease tells."""
    connect().ensure(OLD)
    api = connect(owner="someone")
    api.sent.clear()
    assert api.ensure(OLD)[OLD].action == "adopt"
    assert api.writes == ["Machines_patch_metadata", "Machines_create_lease", "Machines_release_lease"]
    api.sent.clear()
    assert not api.ensure(OLD).changed
    assert api.writes == []


def test_a_machine_that_was_nobodys_is_adopted_by_one_request(api: Api, stranger: Stranger) -> None:
    stranger.create_app("web")
    stranger.create_machine("web", "old", CONFIG, region="iad")
    api.sent.clear()
    assert api.ensure(OLD)[OLD].action == "adopt"
    assert api.writes == ["Machines_patch_metadata"]
