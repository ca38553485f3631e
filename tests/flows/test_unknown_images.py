"""A tag that was pushed to Fly.io's registry moments ago may be unknown for a while (MA-41)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Machine, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Event
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
PUSHED = "registry.fly.io/web:new"
ELSEWHERE = "docker.io/acme/web:new"
OLD = Machine(APP, "server", {"image": "registry.fly.io/web:old", "env": {"A": "1"}})
NEW = attrs.evolve(OLD, config={"image": PUSHED, "env": {"A": "1"}})


def _unknown(image: str | None, operation: str, times: int) -> Fault:
    named = f"failed to get manifest {image}: request failed: not found [http 404]: " if image else ""
    body: Any = {
        "error": f'{named}{{"errors":[{{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}}]}}\n'
    }
    return Fault("status", operation=operation, status=400, body=body, times=times)


def _images(api: Api) -> list[str]:
    state: Any = api.sim.snapshot()["apps"]
    return [each["config"]["image"] for each in state["web"]["machines"]]


@pytest.mark.parametrize("image", [PUSHED, None], ids=["named", "not named"])
def test_a_creation_is_repeated_until_the_tag_is_known(api: Api, image: str | None) -> None:
    api.sim.faults.add(_unknown(image, "Machines_create", times=5))
    assert api.ensure(NEW)[NEW].changed
    assert _images(api) == [PUSHED]
    sent = [each.at for each in api.sent if each.operation == "Machines_create"]
    assert len(sent) == 6
    assert all(later - at >= 1.0 for at, later in itertools.pairwise(sent))


@pytest.mark.parametrize("image", [PUSHED, None], ids=["named", "not named"])
def test_an_update_is_repeated_until_the_tag_is_known_and_its_lease_is_kept(
    api: Api, image: str | None
) -> None:
    api.ensure(OLD)
    api.sent.clear()
    api.sim.faults.add(_unknown(image, "Machines_update", times=7))
    assert api.ensure(NEW)[NEW].changed
    assert _images(api) == [PUSHED]
    assert api.writes.count("Machines_create_lease") == 2, "it would have ended while the tag was waited for"


@pytest.mark.parametrize("there", [False, True], ids=["create", "update"])
def test_after_a_minute_the_image_does_not_exist(api: Api, there: bool) -> None:  # noqa: FBT001  # a case
    if there:
        api.ensure(OLD)
    api.sim.images[PUSHED] = "unknown"
    began = api.clock.now()
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(NEW)
    cause = caught.value.__cause__
    assert isinstance(cause, errors.ImageNotFoundError)
    assert cause.image == PUSHED
    assert "pushed" in str(cause)
    assert "Correct the value" not in str(cause)
    assert 60 <= api.clock.now() - began < 80
    assert _images(api) == (["registry.fly.io/web:old"] if there else [])


@pytest.mark.parametrize("there", [False, True], ids=["create", "update"])
def test_an_image_of_another_registry_is_not_waited_for(api: Api, there: bool) -> None:  # noqa: FBT001  # a case
    if there:
        api.ensure(OLD)
    noun = attrs.evolve(OLD, config={"image": ELSEWHERE})
    operation = "Machines_update" if there else "Machines_create"
    for named in (ELSEWHERE, None):
        api.sent.clear()
        api.sim.faults.add(_unknown(named, operation, times=9))
        began = api.clock.now()
        with pytest.raises(errors.EnsureError) as caught:
            api.ensure(noun)
        assert isinstance(caught.value.__cause__, errors.ImageNotFoundError)
        assert api.clock.now() < began + 3
        assert api.writes.count(operation) == 1
        api.sim.faults.clear()


def test_an_image_of_a_container_is_waited_for_too(api: Api) -> None:
    noun = attrs.evolve(OLD, config={"containers": [{"name": "app", "image": PUSHED}]})
    api.sim.faults.add(_unknown(PUSHED, "Machines_create", times=3))
    assert api.ensure(noun)[noun].changed


def test_at_the_end_of_the_calls_time_nothing_more_is_sent(connect: Callable[..., Api]) -> None:
    api = connect()
    api.sim.images[PUSHED] = "unknown"
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(NEW, timeout_s=10.0)
    assert isinstance(caught.value.__cause__, errors.ImageNotFoundError)
    assert api.clock.now() < 20


def test_the_others_go_on_meanwhile(connect: Callable[..., Api]) -> None:
    ended: list[str] = []

    def note(event: Event) -> None:
        if event.stage in {"done", "failed"}:
            ended.append(str(event.resource))

    api = connect(on_event=note)
    api.sim.images[PUSHED] = "unknown"
    other = attrs.evolve(OLD, name="other")
    with pytest.raises(errors.EnsureError):
        api.ensure(NEW, other)
    assert ended.index(str(other)) < ended.index(str(NEW))
