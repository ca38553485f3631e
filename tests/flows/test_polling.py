"""Waiting for many machines of an app costs one list a second, however many they are (rule 6, RL-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
COUNT = 20


def _fleet(image: str, app: App = APP) -> list[Machine]:
    return [Machine(app, f"m{index}", {"image": image}) for index in range(COUNT)]


OLD, NEW = _fleet("nginx:alpine"), _fleet("nginx:1")


@pytest.fixture
def api(connect: Callable[..., Api], clock: VirtualClock) -> Api:
    return connect(FlySimulator(clock=clock, latency=0.05, rate_limits=True, timings="typical"))


@pytest.fixture
def running(api: Api) -> Api:
    api.ensure(*OLD)
    api.clock.sleep(60.0)
    api.sent.clear()
    return api


def _sent_at(api: Api, operation: str) -> list[float]:
    return [each.at for each in api.sent if each.operation == operation]


def _assert_one_list_a_second(api: Api, begun: float) -> None:
    """One to begin with, then one a second, and one more when a wait by the service has ended."""
    lists, waits = _sent_at(api, "Machines_list"), _sent_at(api, "Machines_wait")
    assert len(waits) <= 2
    assert len(lists) <= 2 + (api.clock.now() - begun) + len(waits)


def _refused(api: Api) -> list[str | None]:
    return [each.operation for each in api.sent if each.status == 429]


def test_making_many_machines_sends_one_list_a_second(api: Api) -> None:
    report = api.ensure(*OLD)
    assert {report[noun].model.state for noun in OLD} == {"started"}
    _assert_one_list_a_second(api, 0.0)
    # The service takes one creation a second after the first three; the last machine needs 2.8 s more.
    assert api.clock.now() < COUNT - 3 + 4.0
    assert _sent_at(api, "Machines_show") == []
    assert _refused(api) == []


def test_changing_many_machines_at_once_sends_one_list_a_second(running: Api) -> None:
    begun = running.clock.now()
    running.ensure(*NEW, max_unavailable=COUNT)
    _assert_one_list_a_second(running, begun)
    assert len(_sent_at(running, "Machines_show")) == COUNT, "one read under each lease"
    assert _refused(running) == []


def test_a_rollout_one_by_one_lets_the_service_wait(running: Api) -> None:
    """A wait alone is told at the very moment, and costs one request."""
    running.ensure(*NEW[:3])
    assert len(_sent_at(running, "Machines_list")) == 1
    assert len(_sent_at(running, "Machines_wait")) == 3


def test_stopping_many_machines_sends_one_list_a_second(running: Api) -> None:
    begun = running.clock.now()
    running.destroy(*OLD)
    _assert_one_list_a_second(running, begun)
    assert _refused(running) == []


def test_what_ends_together_is_seen_together(running: Api) -> None:
    """One of them is waited for by the service; when that ends, a list tells of the others at once."""
    begun = running.clock.now()
    running.ensure(*NEW[:10], max_unavailable=10)
    # looked, leased, read, updated; 4.5 s to be replaced and to start; listed, released
    assert running.clock.now() - begun < 4 * 0.05 + 4.5 + 2 * 0.05 + 0.2
    assert len(_sent_at(running, "Machines_wait")) == 1


def test_a_list_that_fails_when_one_has_ended_fails_none(running: Api) -> None:
    """The one that has ended needs no list; the others ask again."""
    running.sim.faults.add(
        Fault("status", operation="Machines_list", nth=7, status=403, body={"error": "no"})
    )
    running.ensure(*NEW[:10], max_unavailable=10)
    assert [each.status for each in running.sent if each.operation == "Machines_list"].count(403) == 1


def test_each_app_is_listed_for_itself(api: Api) -> None:
    other = App("db", primary_region="iad")
    api.ensure(*OLD[:3], *_fleet("nginx:alpine", other)[:3])
    paths = {each.path for each in api.sent if each.operation == "Machines_list"}
    assert paths == {"/v1/apps/web/machines", "/v1/apps/db/machines"}
    assert _refused(api) == []


def test_a_list_that_was_asked_for_before_a_machine_changed_tells_nothing_of_it(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    """Stopped machines are started: the first one's list comes late, and knows the third as stopped."""
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical"))
    first, second, third = (Machine(APP, f"m{index}", {"image": "nginx:alpine"}) for index in range(3))
    stopped = [Machine(APP, noun.name, noun.config, state="stopped") for noun in (first, second, third)]
    api.ensure(*stopped)
    clock.sleep(10.0)
    started = [Machine(APP, noun.name, noun.config, state="started") for noun in (first, second, third)]
    api.sim.faults.add(Fault("slow", operation="Machines_list", nth=2, seconds=1.5))
    api.sim.faults.add(Fault("slow", operation="Machines_create_lease", nth=3, seconds=0.8))
    report = api.ensure(*started, max_unavailable=3)
    assert {report[noun].model.state for noun in started} == {"started"}


def test_a_list_that_fails_does_not_hold_up_the_others(running: Api) -> None:
    running.sim.faults.add(
        Fault("status", operation="Machines_list", nth=3, status=403, body={"error": "no"})
    )
    with pytest.raises(errors.EnsureError, match="403") as caught:
        running.ensure(*NEW, max_unavailable=COUNT)
    failed = [outcome for outcome in caught.value.report if outcome.error is not None]
    assert len(failed) == 1
    assert running.clock.now() < 110.0
    assert running.writes.count("Machines_release_lease") == COUNT


def test_where_no_time_passes_a_list_is_not_taken_twice(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.0, timings="typical"))
    assert api.ensure(*OLD).changed
    assert len(_sent_at(api, "Machines_list")) <= 2 + clock.now() + len(_sent_at(api, "Machines_wait"))
    begun = clock.now()
    api.sent.clear()
    assert api.ensure(*NEW, max_unavailable=COUNT).changed
    _assert_one_list_a_second(api, begun)


def test_lists_without_configs_are_looked_at_less_often_the_longer_it_takes(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    behaviour = Behaviour(missing_configs="in_lists", created_s=7200.0)
    api = connect(FlySimulator(clock=clock, latency=0.05, timings="typical", behaviour=behaviour))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(*OLD[:3])
    assert isinstance(caught.value.__cause__, errors.WaitTimeoutError)
    assert 300.0 <= clock.now() < 320.0
    lists, reads = _sent_at(api, "Machines_list"), _sent_at(api, "Machines_show")
    assert len([at for at in lists if at < 10.0]) >= 9
    assert len(lists) < 100
    assert len(reads) <= 3 * len(lists)
