"""What an update leaves behind: what ran runs, what rested rests, and what failed is undone (LC-34..39)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import httpx
import pytest

from fly_resources.testing import Behaviour, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

Make: TypeAlias = Callable[..., dict[str, Any]]
Connect: TypeAlias = Callable[..., httpx.Client]
World: TypeAlias = tuple[FlySimulator, httpx.Client]

_MACHINES = "/apps/web/machines"
_CONFIG = {"image": "repo:2"}
_LOG_LINE = "machine was in a non-started state prior to the update so leaving the new version stopped"


@pytest.fixture
def world(connected: Connect) -> Iterator[Callable[..., World]]:
    """Make worlds with an app `web`, whose states take time."""
    clients: list[httpx.Client] = []

    def make(**behaviour: Any) -> World:  # noqa: ANN401  # whatever the switches take
        sim = FlySimulator(clock=VirtualClock(), timings="typical", behaviour=Behaviour(**behaviour))
        clients.append(connected(sim))
        clients[-1].post("/apps", json={"name": "web", "org_slug": "personal"})
        return sim, clients[-1]

    yield make
    for client in clients:
        client.close()


def _machine(sim: FlySimulator, api: httpx.Client, image: str = "repo:1", **more: Any) -> str:  # noqa: ANN401
    made = api.post(_MACHINES, json={"name": "m", "config": {"image": image}, **more})
    sim.clock.sleep(30)
    return f"{_MACHINES}/{made.json()['id']}"


def _state(api: httpx.Client, url: str) -> str:
    return str(api.get(url).json()["state"])


def _bring_to(state: str, sim: FlySimulator, api: httpx.Client) -> str:
    sim.images["broken"] = "launch_fails"
    image = "broken" if state == "launch_failed" else "repo:1"
    url = _machine(sim, api, image, skip_launch=state == "never started")
    if state in {"stopped", "suspended"}:
        api.post(f"{url}/{'stop' if state == 'stopped' else 'suspend'}")
        sim.clock.sleep(30)
    if state == "failed":
        sim.edit_machine("web", "m", lambda machine: setattr(machine, "state", "failed"))
    return url


@pytest.mark.parametrize("skip_launch", [False, True])
@pytest.mark.parametrize("state", ["stopped", "suspended", "never started", "failed", "launch_failed"])
def test_what_was_not_started_is_left_stopped(
    world: Callable[..., World], state: str, *, skip_launch: bool
) -> None:
    sim, api = world()
    url = _bring_to(state, sim, api)
    answer = api.post(url, json={"config": _CONFIG, "skip_launch": skip_launch})
    assert answer.json()["state"] == "replacing"
    sim.clock.sleep(60)
    assert _state(api, url) == "stopped"
    assert _LOG_LINE in api.get("/apps/web/logs").text


def test_what_was_started_starts_again_unless_told_otherwise(world: Callable[..., World]) -> None:
    sim, api = world()
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    sim.clock.sleep(30)
    assert _state(api, url) == "started"
    api.post(url, json={"config": _CONFIG, "skip_launch": True})
    sim.clock.sleep(30)
    assert _state(api, url) == "stopped"
    assert _LOG_LINE not in api.get("/apps/web/logs").text


def test_a_machine_on_its_way_up_counts_as_started(world: Callable[..., World]) -> None:
    sim, api = world()
    made = api.post(_MACHINES, json={"config": {"image": "repo:1"}}).json()
    url = f"{_MACHINES}/{made['id']}"
    assert _state(api, url) == "created"
    api.post(url, json={"config": _CONFIG})
    sim.clock.sleep(30)
    assert _state(api, url) == "started"


def test_the_texts_of_a_start_during_an_update_are_the_recorded_ones(world: Callable[..., World]) -> None:
    sim, api = world()
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    running = api.post(f"{url}/start").json()["error"]
    sim.clock.sleep(30)
    api.post(url, json={"config": _CONFIG, "skip_launch": True})
    stopped = api.post(f"{url}/start").json()["error"]
    assert running == "failed_precondition: machine getting replaced, refusing to start"
    assert stopped == "failed_precondition: unable to start machine from current state: 'replacing'"
    sim.clock.sleep(3.5)
    assert api.post(f"{url}/start").status_code == 200


def test_an_accepted_start_of_what_starts_anyway_changes_nothing(world: Callable[..., World]) -> None:
    sim, api = world(start_while_replacing="accepted")
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    assert api.post(f"{url}/start").json()["previous_state"] == "replacing"
    sim.clock.sleep(30)
    assert _state(api, url) == "started"
    assert [e["status"] for e in api.get(f"{url}/events").json()].count("started") == 2


def test_autostop_during_an_update_leaves_the_new_version_stopped(world: Callable[..., World]) -> None:
    sim, api = world()
    services = [{"internal_port": 80, "autostop": "stop"}]
    url = _machine(sim, api, config={"image": "repo:1", "services": services})
    version = api.post(url, json={"config": {**_CONFIG, "services": services}}).json()["version"]
    sim.proxy_stop("web", "m")
    sim.clock.sleep(30)
    shown = api.get(url).json()
    assert (shown["state"], shown["version"]) == ("stopped", version)
    assert [(e["type"], e["source"]) for e in shown["events"][:2]] == [("exit", "flyd"), ("stop", "proxy")]


# --- updates that the platform undoes (LC-37)


@pytest.mark.parametrize("rests", [False, True])
def test_a_failed_update_goes_back_to_the_version_and_state_before(
    world: Callable[..., World], *, rests: bool
) -> None:
    sim, api = world()
    sim.images["repo:2"] = "update_fails"
    url = _machine(sim, api, skip_launch=rests)
    before = api.get(url).json()
    answer = api.post(url, json={"config": _CONFIG}).json()
    assert answer["instance_id"] != before["instance_id"]
    assert answer["config"]["image"] == "repo:2"
    sim.clock.sleep(30)
    after = api.get(url).json()
    assert (after["state"], after["instance_id"]) == (before["state"], before["instance_id"])
    assert after["config"] == before["config"]
    assert after["image_ref"]["tag"] == "1"
    undone = api.get(url, params={"version": answer["instance_id"]}).json()
    assert (undone["state"], undone["config"]["image"]) == ("replaced", "repo:2")
    assert [v["version"] for v in api.get(f"{url}/versions").json()] == [
        answer["instance_id"],
        before["instance_id"],
    ]


def test_an_event_tells_why_an_update_was_undone(world: Callable[..., World]) -> None:
    sim, api = world()
    sim.images["repo:2"] = "update_fails"
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    sim.clock.sleep(30)
    [failure] = [e for e in api.get(url).json()["events"] if e["status"] == "failed"]
    assert (failure["type"], failure["source"]) == ("update", "flyd")
    assert "repo:2" in failure["request"]["reason"]


def test_waiting_for_an_undone_version_is_refused(world: Callable[..., World]) -> None:
    sim, api = world()
    sim.images["repo:2"] = "update_fails"
    url = _machine(sim, api)
    version = api.post(url, json={"config": _CONFIG}).json()["instance_id"]
    answer = api.get(f"{url}/wait", params={"state": "started", "version": version})
    assert answer.status_code == 409
    assert "currently replaced" in answer.json()["error"]
    assert sim.clock.now() < 40


def test_an_image_that_fails_at_updates_can_be_created_with(world: Callable[..., World]) -> None:
    sim, api = world()
    sim.images["repo:1"] = "update_fails"
    assert _state(api, _machine(sim, api)) == "started"


def test_an_undone_update_brings_a_volume_back(world: Callable[..., World]) -> None:
    sim, api = world()
    sim.images["repo:2"] = "update_fails"
    volume = api.post("/apps/web/volumes", json={"name": "data", "region": "iad"}).json()["id"]
    mounts = [{"volume": volume, "path": "/data"}]
    url = _machine(sim, api, config={"image": "repo:1", "mounts": mounts})
    api.post(url, json={"config": {**_CONFIG, "mounts": mounts}})
    sim.clock.sleep(60)
    assert api.get(url).json()["config"]["mounts"][0]["volume"] == volume
    assert api.get(f"/apps/web/volumes/{volume}").json()["attached_machine_id"] == url.rpartition("/")[2]


def test_a_tag_becomes_known(world: Callable[..., World]) -> None:
    sim, api = world()
    sim.images["registry.fly.io/app:2"] = "unknown"
    url = _machine(sim, api)
    config = {"image": "registry.fly.io/app:2"}
    refused = api.post(url, json={"config": config})
    assert refused.status_code == 400
    assert "MANIFEST_UNKNOWN" in refused.json()["error"]
    assert api.post(_MACHINES, json={"config": config}).status_code == 400
    assert len(api.get(f"{url}/versions").json()) == 1
    del sim.images["registry.fly.io/app:2"]
    assert api.post(url, json={"config": config}).status_code == 200


# --- which version is shown (MA-47, LC-43)


def test_an_earlier_version_can_be_read(world: Callable[..., World]) -> None:
    sim, api = world()
    url = _machine(sim, api)
    first = api.get(url).json()
    second = api.post(url, json={"config": _CONFIG}).json()
    sim.clock.sleep(30)
    old, new = (api.get(url, params={"version": v["version"]}).json() for v in (first, second))
    assert (old["state"], old["version"], old["config"]["image"]) == ("replaced", first["version"], "repo:1")
    assert (new["state"], new["version"], new["config"]["image"]) == ("started", second["version"], "repo:2")
    assert api.get(url, params={"version": "01NONE"}).status_code == 404


def test_a_version_is_named_as_the_switch_says(world: Callable[..., World]) -> None:
    sim, api = world(version_fields="version")
    shown = api.get(_machine(sim, api)).json()
    assert "instance_id" not in shown
    assert shown["version"]


def test_a_filter_sees_the_state_that_is_shown(world: Callable[..., World]) -> None:
    sim, api = world(replaced_shown_s=3.0)
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    assert len(api.get(_MACHINES, params={"state": "replaced"}).json()) == 1
    assert api.get(_MACHINES, params={"state": "replacing"}).json() == []


def test_a_destroyed_machine_is_not_shown_as_replaced(world: Callable[..., World]) -> None:
    sim, api = world(replaced_shown_s=60.0)
    url = _machine(sim, api)
    api.post(url, json={"config": _CONFIG})
    api.delete(url, params={"force": "true"})
    assert _state(api, url) == "destroying"


def test_a_digest_after_the_tag_is_the_same_image(world: Callable[..., World]) -> None:
    sim, api = world(image_echo="with_digest")
    sim.images["repo:9"] = "crashes"
    url = _machine(sim, api, "repo:9")
    shown = api.get(url).json()
    assert shown["state"] == "stopped"
    api.post(url, json={"config": shown["config"]})
    sim.clock.sleep(30)
    again = api.get(url).json()
    assert again["config"]["image"] == shown["config"]["image"]
    sim.behaviour = attrs.evolve(sim.behaviour, image_echo="as_sent")
    assert api.get(url).json()["config"]["image"] == shown["config"]["image"]
