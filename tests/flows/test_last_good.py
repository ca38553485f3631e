"""Rolling back: which machines took part in the last change, and what they are described as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Fly, Machine, Secret, Volume, errors
from fly_resources.testing import Fault, FlySimulator
from tests.flows.doctored import Doctored

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flows.conftest import Api, Stranger

APP = App("shop", primary_region="iad")


def last_good(api: Api) -> list[Machine]:
    found: Any = api.client.last_good(APP)
    machines: list[Machine] = found if isinstance(api.client, Fly) else api._result(found)  # noqa: SLF001  # the same for both
    return machines


def deploy(api: Api, image: str, *names: str, **config: Any) -> None:  # noqa: ANN401  # config keys
    described: Any = {"image": image, **config}
    api.ensure(*(Machine(APP, name, described) for name in names or ("a", "b")))


def configs(api: Api) -> dict[str, dict[str, Any]]:
    found = {}
    for name in ("a", "b"):
        model = api.read(Machine(APP, name, {}))
        if model is not None and model.config:
            found[name] = model.config.to_dict()
    return found


def images(api: Api) -> list[str]:
    return [each["image"] for each in configs(api).values()]


def roll_back(api: Api, **options: Any) -> None:  # noqa: ANN401  # those of ensure
    api.ensure(*last_good(api), **options)


def test_all_machines_go_back_to_the_image_before_and_nothing_is_left_to_go_back_to(api: Api) -> None:
    deploy(api, "shop:v1", env={"A": "1"})
    deploy(api, "shop:v2", env={"A": "1", "B": "2"})
    roll_back(api)
    assert images(api) == ["shop:v1"] * 2
    assert [each["env"] for each in configs(api).values()] == [{"A": "1"}] * 2
    with pytest.raises(errors.ReconcileError, match="no machine with an earlier config to go back to"):
        last_good(api)


def test_a_roll_out_that_stopped_is_undone_only_where_it_came(api: Api) -> None:
    deploy(api, "shop:v0")
    deploy(api, "shop:v1")
    api.sim.images["shop:v2"] = "unhealthy"
    with pytest.raises(errors.EnsureError):
        deploy(api, "shop:v2", checks={"up": {"type": "http", "port": 80, "path": "/", "interval": "5s"}})
    assert images(api) == ["shop:v2", "shop:v1"]

    assert [each.name for each in last_good(api)] == ["a"]
    roll_back(api)
    assert images(api) == ["shop:v1"] * 2
    assert "checks" not in configs(api)["a"] or not configs(api)["a"]["checks"]


def test_an_interrupted_rollback_goes_on_and_never_turns_round(api: Api) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    back = last_good(api)
    api.ensure(back[0])
    assert [each.name for each in last_good(api)] == ["a", "b"]
    roll_back(api)
    assert images(api) == ["shop:v1"] * 2


@pytest.mark.parametrize("first", ["a", "b"])
def test_a_rollback_never_goes_past_a_machine_that_failed_in_it(api: Api, first: str) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sim.images["shop:v1"] = "crashes"
    back = {each.name: each for each in last_good(api)}
    with pytest.raises(errors.EnsureError):
        api.ensure(back[first])
    before = images(api)
    assert sorted(before) == ["shop:v1", "shop:v2"]

    for _ in range(2):
        assert last_good(api)[0].name == first
        with pytest.raises(errors.EnsureError, match=f"machine shop/{first} should run, but has crashed"):
            roll_back(api)
        assert images(api) == before


def test_a_change_of_the_environment_alone_goes_back_where_it_was_made(api: Api) -> None:
    deploy(api, "shop:v1", env={"A": "1"})
    deploy(api, "shop:v1", "a", env={"A": "2"})
    roll_back(api)
    assert [each["env"] for each in configs(api).values()] == [{"A": "1"}] * 2


def test_what_others_have_put_on_a_machine_since_stays(api: Api, stranger: Stranger) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    machine = api.read(Machine(APP, "a", {}))
    assert machine is not None
    others = {**configs(api)["a"], "env": {"THEIRS": "x"}}
    others["guest"] = {"cpu_kind": "shared", "cpus": 2, "memory_mb": 1024}
    stranger.send("POST", f"/apps/shop/machines/{machine.id}", {"config": others})
    deploy(api, "shop:v3")
    roll_back(api)
    assert configs(api)["a"]["image"] == "shop:v2"
    assert configs(api)["a"]["env"] == {"THEIRS": "x"}
    assert configs(api)["a"]["guest"]["memory_mb"] == 1024
    # and what is described from here is as few keys as before
    deploy(api, "shop:v4")
    assert configs(api)["a"]["guest"]["memory_mb"] == 1024


def test_no_plan_shows_a_value_that_was_given_as_a_secret(api: Api) -> None:
    deploy(api, "shop:v1", env={"KEY": Secret("canary-31415")}, init={"cmd": ["x", Secret("canary-92653")]})
    deploy(api, "shop:v2", env={"KEY": Secret("canary-58979")}, init={"cmd": ["x", Secret("canary-32384")]})
    found = last_good(api)
    plan = str(api.plan(*found))
    assert "shop:v1" in plan
    assert "canary" not in plan + repr(found)
    roll_back(api)
    assert {each["env"]["KEY"] for each in configs(api).values()} == {"canary-31415"}


def test_what_flyctl_deploys_is_taken_over_only_on_a_word(api: Api, stranger: Stranger) -> None:
    api.ensure(APP)
    metadata = {"fly_platform_version": "v2", "fly_release_id": "r1", "fly_release_version": "1"}
    made = stranger.send(
        "POST",
        "/apps/shop/machines",
        {"name": "a", "region": "iad", "config": {"image": "shop:v1", "metadata": metadata}},
    )
    stranger.send(
        "POST",
        f"/apps/shop/machines/{made['id']}",
        {"config": {"image": "shop:v2", "metadata": {**metadata, "fly_release_id": "r2"}}},
    )
    with pytest.raises(errors.NotOwnedError, match="take_over"):
        roll_back(api)
    roll_back(api, take_over=True)
    assert images(api) == ["shop:v1"]


def test_a_protected_machine_stays_protected_and_a_volume_stays_mounted(api: Api) -> None:
    disk = Volume(APP, "data", 1)
    for image in ("shop:v1", "shop:v2"):
        api.ensure(Machine(APP, "a", {"image": image}, mounts={"/data": disk}, protect=True))
    roll_back(api)
    config = configs(api)["a"]
    assert config["image"] == "shop:v1"
    assert config["mounts"][0]["path"] == "/data"
    assert config["metadata"]["fly_resources.protected"] == "true"


def test_a_new_app_and_an_absent_one_have_nothing_to_go_back_to(api: Api) -> None:
    with pytest.raises(errors.ReconcileError, match=r"There is no app 'shop'\. Correct the name\."):
        last_good(api)
    deploy(api, "shop:v1")
    with pytest.raises(errors.ReconcileError, match="no machine with an earlier config"):
        last_good(api)


def test_a_machine_on_a_dead_host_is_shown_as_blocked_and_the_others_go_back(api: Api) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sim.set_host_status("shop", "b", "unreachable")
    back = last_good(api)
    plan = api.whole_plan(*back)
    assert {each.resource.identity[-1]: each.action for each in plan} == {"a": "update", "b": "blocked"}


def test_an_update_that_the_service_has_given_up_is_no_change_to_undo(api: Api) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sim.images["shop:v3"] = "update_fails"
    with pytest.raises(errors.EnsureError):
        deploy(api, "shop:v3", "a")
    assert images(api) == ["shop:v2"] * 2
    # not back to v1, on b alone
    with pytest.raises(errors.ReconcileError, match="runs what it ran before"):
        last_good(api)


def test_a_rollback_reads_the_versions_of_each_machine_once_and_at_the_same_time(api: Api) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sim.requests.clear()
    last_good(api)
    read = [each for each in api.sim.requests if each.operation == "Machines_list_versions"]
    assert len(read) == 2
    assert len({each.at for each in read}) == 1
    assert {each.method for each in api.sim.requests} == {"GET"}
    assert len(api.sim.requests) == 7  # the app, its three lists, of which an empty one is read again


@pytest.mark.parametrize("times", [1, 2])
def test_what_an_app_held_is_not_concluded_from_one_404(
    api: Api, connect: Callable[..., Api], times: int
) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    gone: Any = {"error": "app not found"}
    api.sim.faults.add(Fault("status", operation="Apps_show", status=404, body=gone, times=times))
    other = connect()  # to which the app is not new (AP-12)
    if times == 1:
        assert len(last_good(other)) == 2
    else:
        with pytest.raises(errors.ContradictionError, match="answers 404, but its lists show 2"):
            last_good(other)


def test_a_list_that_lacks_machines_is_nothing_to_go_back_by(api: Api) -> None:
    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sim.faults.add(Fault("empty", operation="Machines_list", times=99))
    with pytest.raises(errors.ContradictionError, match="counts 2 machines, but its list shows 0"):
        last_good(api)


def test_where_the_app_has_no_counts_second_lists_decide(api: Api, connect: Callable[..., Api]) -> None:
    def change(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return (
            {key: body[key] for key in body if not key.endswith("_count")} if path == "/apps/shop" else body
        )

    deploy(api, "shop:v1")
    deploy(api, "shop:v2")
    api.sent.clear()
    assert len(last_good(connect(transport=Doctored(api.sim, change)))) == 2
    asked = [
        each.operation for each in api.sim.requests if each.operation in {"Machines_list", "Volumes_list"}
    ]
    assert asked[-4:].count("Machines_list") == asked[-4:].count("Volumes_list") == 2
    assert api.sim.requests[-1].at - api.sim.requests[-4].at < 2.0


def test_an_app_that_goes_while_its_lists_are_read_again_is_not_there(
    connect: Callable[..., Api], sim: FlySimulator, stranger: Stranger
) -> None:
    seen: list[str] = []

    def change(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        seen.append(path)
        if len(seen) == 4:  # the app and its lists of machines, volumes and addresses
            assert stranger.http.delete("/apps/shop").is_success
        return (
            {key: body[key] for key in body if not key.endswith("_count")} if path == "/apps/shop" else body
        )

    deploy(connect(), "shop:v1")
    with pytest.raises(errors.ReconcileError, match="There is no app 'shop'"):
        last_good(connect(transport=Doctored(sim, change)))
