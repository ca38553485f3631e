"""What `on_event` is told, and when."""

from __future__ import annotations

import contextlib
import contextvars
from typing import TYPE_CHECKING

import pytest

from fly_resources import App, Certificate, Event, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault, Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})
SECRET = FlySecret(APP, "KEY", "canary-2718")
CERTIFICATE = Certificate(APP, "www.example.com")
ADDRESS = IpAddress(APP, "v6")
STACK = (APP, SECRET, DATA, SERVER, CERTIFICATE, ADDRESS)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def api(connect: Callable[..., Api], events: list[Event]) -> Api:
    return connect(on_event=events.append)


def _stages(events: list[Event]) -> dict[object, list[str]]:
    stages: dict[object, list[str]] = {}
    for event in events:
        stages.setdefault(event.resource, []).append(f"{event.action} {event.stage}")
    return stages


def test_each_resource_is_told_started_and_done_after_what_it_needs(api: Api, events: list[Event]) -> None:
    api.ensure(*STACK)
    assert _stages(events) == {
        APP: ["create started", "create done"],
        SECRET: ["set started", "set done"],
        DATA: ["create started", "create done"],
        SERVER: ["create started", "create done"],
        CERTIFICATE: ["create started", "create done"],
        ADDRESS: ["create started", "create done"],
    }
    order = [(event.resource, event.stage) for event in events]
    assert order[:2] == [(APP, "started"), (APP, "done")]
    for needed in (SECRET, DATA):
        assert order.index((needed, "done")) < order.index((SERVER, "started"))


def test_what_is_unchanged_is_not_told(api: Api, events: list[Event]) -> None:
    api.ensure(*STACK)
    events.clear()
    api.ensure(*STACK)
    assert [(str(event), event.resource) for event in events] == [
        ("secret web/KEY: set started", SECRET),
        ("secret web/KEY: set done (unchanged)", SECRET),
    ]


def test_planning_tells_nothing(api: Api, events: list[Event]) -> None:
    api.plan(*STACK)
    assert events == []


@pytest.mark.parametrize(
    ("operation", "failing", "silent"),
    [
        ("Apps_create", APP, {SECRET, DATA, SERVER, CERTIFICATE, ADDRESS}),
        ("Volumes_create", DATA, {SERVER}),
        ("Secrets_update", SECRET, {SERVER}),
        ("Machines_create", SERVER, set()),
    ],
)
def test_a_failure_is_told_and_what_depends_on_it_never_starts(
    api: Api, events: list[Event], operation: str, failing: object, silent: set[object]
) -> None:
    api.sim.faults.add(Fault("status", operation=operation, status=400, body={"error": "broken"}))
    with pytest.raises(errors.EnsureError):
        api.ensure(*STACK)
    [failed] = [event for event in events if event.stage == "failed"]
    assert failed.resource == failing
    assert "400: broken" in failed.detail
    stages = _stages(events)
    assert [text.split()[1] for text in stages[failing]] == ["started", "failed"]
    assert stages.keys() == set(STACK) - silent


def test_what_is_blocked_never_starts_and_is_told_as_blocked(api: Api, events: list[Event]) -> None:
    job = Machine(APP, "job", {"image": "job:1"})
    api.sim.images["job:1"] = "crashes"
    with pytest.raises(errors.EnsureError):
        api.ensure(job, step_timeout_s=30.0)
    events.clear()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(job)
    [told] = events
    assert (told.stage, str(told).startswith("machine web/job: blocked (")) == ("failed", True)
    assert str(caught.value.report[job]).startswith("x machine web/job: blocked: ")


@pytest.mark.parametrize(
    ("image", "stages"), [("job", ["started", "done"]), ("endless", ["started", "failed"])]
)
def test_a_run_is_told_to_its_end(api: Api, events: list[Event], image: str, stages: list[str]) -> None:
    api.ensure(APP)
    api.sim.images[image] = Program(exit_code=0 if image == "job" else None)
    events.clear()
    with contextlib.suppress(errors.WaitTimeoutError):
        api.run(APP, image, timeout_s=30)
    assert [event.stage for event in events if event.stage != "progress"] == stages


def test_destroying_is_told(api: Api, events: list[Event]) -> None:
    api.ensure(*STACK)
    events.clear()
    api.destroy(*STACK)
    stages = _stages(events)
    assert stages.keys() == set(STACK)
    assert stages[SERVER] == stages[APP] == ["destroy started", "destroy done"]
    assert all(each[-1] == "destroy done" for each in stages.values())
    order = [(event.resource, event.stage) for event in events]
    assert order.index((SERVER, "done")) < order.index((APP, "started"))


def test_waiting_is_told_as_progress(api: Api, events: list[Event]) -> None:
    api.sim.behaviour = Behaviour(created_s=7200.0)
    with pytest.raises(errors.EnsureError):
        api.ensure(SERVER, step_timeout_s=60.0)
    assert [event.stage for event in events if event.resource == SERVER][1:-1]
    assert {event.stage for event in events if event.resource == SERVER} == {"started", "progress", "failed"}
    assert {event.detail for event in events if event.stage == "progress"} == {"created"}


def test_steps_see_the_context_of_the_caller(connect: Callable[..., Api]) -> None:
    trace = contextvars.ContextVar("trace", default="none")
    seen: set[tuple[object, str]] = set()
    told = connect(on_event=lambda event: seen.add((event.resource, trace.get())))
    token = trace.set("request-42")
    try:
        told.ensure(*STACK)
    finally:
        trace.reset(token)
    assert seen == {(resource, "request-42") for resource in STACK}


def test_no_event_shows_a_secret(api: Api, events: list[Event]) -> None:
    api.ensure(*STACK)
    api.destroy(*STACK)
    assert "canary" not in "".join(str(event) + repr(event) for event in events)
