"""How answers are interpreted: what is missing is unknown, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest
from fly_machines import models

from fly_resources._sdk import reading
from fly_resources.errors import UnreadableMachineError

_MACHINE: dict[str, Any] = {
    "id": "148e127dbe3489",
    "name": "server",
    "state": "started",
    "region": "iad",
    "instance_id": "01OLD",
    "private_ip": "fdaa::1",
    "created_at": "2026-01-01T00:00:00Z",
    "config": {"image": "nginx"},
}


def _machine(**fields: Any) -> models.Machine:  # noqa: ANN401 - fields of an answer
    return models.Machine.from_dict({**_MACHINE, **fields})


def _volume(**fields: Any) -> models.Volume:  # noqa: ANN401 - fields of an answer
    stated = {"id": "vol_1", "name": "data", "region": "iad", "size_gb": 1, "state": "created"}
    return models.Volume.from_dict(
        stated | {"created_at": "2026-01-01T00:00:00Z", "encrypted": True, "zone": "a"} | fields
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "01OLD"),
        ({"version": "01NEW"}, "01NEW"),
        ({"version": "", "instance_id": "01OLD"}, "01OLD"),
        ({"version": "01NEW", "instance_id": None}, "01NEW"),
        ({"version": None, "instance_id": ""}, None),
    ],
)
def test_a_version_has_two_names(fields: dict[str, Any], expected: str | None) -> None:
    assert reading.version_of(_machine(**fields)) == expected


@pytest.mark.parametrize(
    ("config", "known"),
    [
        ({"image": "nginx"}, True),
        ({"containers": [{"name": "app", "image": "nginx"}]}, True),
        (None, False),
        ({}, False),
        ({"image": None, "env": {}}, False),
        ({"image": "", "containers": []}, False),
    ],
)
def test_a_config_that_names_nothing_to_run_is_missing(config: Any, *, known: bool) -> None:  # noqa: ANN401
    machine = _machine(config=config, incomplete_config={"image": "nginx"}, host_status="ok")

    assert reading.has_config(machine) is known
    assert reading.is_reachable(machine)
    assert (reading.why_unreadable(machine) is None) is known
    if not known:
        with pytest.raises(UnreadableMachineError, match=r"machine server .*leaves out its config"):
            reading.config_of(machine)


@pytest.mark.parametrize(
    ("status", "config", "reachable"),
    [
        ("ok", {"image": "nginx"}, True),
        (None, {"image": "nginx"}, True),
        ("", {"image": "nginx"}, True),
        (None, None, False),
        ("", None, False),
        ("unreachable", {"image": "nginx"}, False),
        ("unknown", None, False),
    ],
)
def test_a_host_that_is_not_stated_is_well_if_the_rest_is_there(
    status: str | None,
    config: dict[str, str] | None,
    *,
    reachable: bool,
) -> None:
    assert reading.is_reachable(_machine(host_status=status, config=config)) is reachable


@pytest.mark.parametrize(("status", "reachable"), [("ok", True), (None, True), ("unreachable", False)])
def test_a_volume_is_reachable_unless_its_host_is_stated_to_be_lost(
    status: str | None, *, reachable: bool
) -> None:
    assert reading.is_reachable(_volume(host_status=status)) is reachable


@pytest.mark.parametrize(
    ("status", "trouble"), [("ok", None), (None, None), ("", None), ("unreachable",) * 2, ("unknown",) * 2]
)
def test_a_host_is_in_trouble_only_if_that_is_stated(status: str | None, trouble: str | None) -> None:
    assert reading.host_trouble(_machine(host_status=status, config=None)) == trouble
    assert reading.host_trouble(_volume(host_status=status)) == trouble


@pytest.mark.parametrize(
    ("state", "gone"), [("destroyed", True), ("pending_destroy", False), ("created", False)]
)
def test_only_one_state_says_that_a_volume_is_gone(state: str, *, gone: bool) -> None:
    assert reading.is_gone(_volume(state=state)) is gone


def test_only_one_state_says_that_a_machine_is_gone() -> None:
    gone = {state for state in models.MachineState if reading.is_gone(_machine(state=state.value))}
    leaving = {state for state in models.MachineState if reading.is_leaving(_machine(state=state.value))}
    live = {state for state in models.MachineState if reading.is_live(_machine(state=state.value))}

    assert gone == {models.MachineState.DESTROYED}
    assert leaving == {models.MachineState.DESTROYING}
    assert live == set(models.MachineState) - gone - leaving
    assert reading.is_live(_machine(state="some new state"))


@pytest.mark.parametrize(("state", "dying"), [("created", False), ("pending_destroy", True), ("new", False)])
def test_a_volume_on_its_way_out_is_dying(state: str, *, dying: bool) -> None:
    assert reading.is_dying(_volume(state=state)) is dying


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (None, None),
        ({}, None),
        ({"name": None}, None),
        ({"name": ""}, "default"),
        ({"name": "inner"}, "inner"),
    ],
)
def test_an_empty_name_is_the_default_network(network: Any, expected: str | None) -> None:  # noqa: ANN401
    address = models.IpAssignment.from_dict({"ip": "fdaa::2", "network": network, "created_at": None})
    assert reading.network_name(address) == expected


@pytest.mark.parametrize(
    ("network", "expected"), [(None, None), ("", "default"), ("default", "default"), ("inner", "inner")]
)
def test_an_app_names_its_network_likewise(network: str | None, expected: str | None) -> None:
    assert reading.network_name(models.App.from_dict({"name": "web", "network": network})) == expected


D1, D2 = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"


@pytest.mark.parametrize(
    ("declared", "observed", "same"),
    [
        ("nginx:1", "nginx:1", True),
        ("nginx:1", f"nginx:1@{D1}", True),
        ("nginx", "nginx:latest", True),
        ("nginx", f"nginx:latest@{D1}", True),
        ("registry.fly.io:443/web:v1", f"registry.fly.io:443/web:v1@{D1}", True),
        (f"nginx:1@{D1}", f"nginx:1@{D1}", True),
        (f"nginx@{D1}", f"nginx:1@{D1}", True),
        (f"nginx:1@{D1}", f"nginx:1@{D2}", False),
        (f"nginx:1@{D1}", "nginx:1", False),
        ("nginx:2", f"nginx:1@{D1}", False),
        ("nginx", f"nginx:1@{D1}", False),
        ("nginx:1", f"redis:1@{D1}", False),
        ("registry.fly.io:443/web", "registry.fly.io:80/web", False),
    ],
)
def test_an_image_may_gain_the_digest_of_what_it_resolved_to(
    declared: str, observed: str, *, same: bool
) -> None:
    assert reading.same_image(declared, observed) is same
