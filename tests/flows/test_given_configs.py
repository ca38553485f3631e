"""A config that was read from a machine, given to another or to the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from fly_machines import models
from fly_machines.types import UNSET

from fly_resources import App, FlySecret, Machine
from fly_resources._config.check import checked
from fly_resources._nouns.machine import wanted
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
ONE = Machine(APP, "one", {"image": "nginx:1", "env": {"A": "1"}, "metadata": {"team": "blue"}})


def _read_config(api: Api, machine: Machine) -> dict[str, Any]:
    made = api.read(machine)
    assert made is not None
    assert made.config
    return made.config.to_dict()


@pytest.mark.parametrize("name", ["one", "two"])
def test_the_marks_of_a_config_that_was_read_are_passed_over(api: Api, name: str) -> None:
    api.ensure(ONE, FlySecret(APP, "KEY", "v"))
    found = api.read(ONE)
    assert found is not None
    assert found.config
    copy = Machine(APP, name, found.config)
    api.ensure(copy)
    assert not api.ensure(copy).changed
    made = api.read(copy)
    assert made is not None
    assert made.config
    metadata = made.config.to_dict()["metadata"]
    assert metadata["team"] == "blue"
    assert metadata["fly_resources.name"] == name
    assert "fly_resources" not in metadata["fly_resources.applied"]


def test_a_mapping_may_hold_models(api: Api) -> None:
    guest = models.MachineGuest(cpu_kind="shared", cpus=1, memory_mb=512)
    check = models.MachineCheck(type_="http", port=80, interval="15s", timeout="2s")
    rows = {
        "image": "nginx:1",
        "guest": guest,
        "env": UNSET,
        "checks": {"up": check},
        "services": [models.MachineService(protocol="tcp", internal_port=80)],
    }
    mixed = Machine(APP, "one", cast("MachineConfigDict", rows))

    api.ensure(mixed)

    assert not api.ensure(mixed).changed
    config = _read_config(api, mixed)
    assert config["guest"] == guest.to_dict()
    assert config["checks"]["up"] == check.to_dict()
    assert [service["internal_port"] for service in config["services"]] == [80]


def test_volumes_of_the_machine_itself_and_their_mounts_are_known(api: Api) -> None:
    own = Machine(
        APP,
        "two",
        {
            "image": "nginx:1",
            "volumes": [
                {"name": "scratch", "temp_dir": {"size_mb": 64, "storage_type": "memory"}},
                {"name": "tools", "image": "registry.fly.io/tools:1"},
            ],
            "containers": [
                {"name": "app", "image": "nginx:1", "mounts": [{"name": "scratch", "path": "/scratch"}]}
            ],
        },
    )

    api.ensure(own)

    assert not api.ensure(own).changed
    config = _read_config(api, own)
    assert config["volumes"][0]["temp_dir"] == {"size_mb": 64, "storage_type": "memory"}
    assert config["containers"][0]["mounts"] == [{"name": "scratch", "path": "/scratch"}]


@pytest.mark.parametrize(
    ("key", "wrong", "path"),
    [
        ("volumes", [{"name": "scratch", "temp_dirr": {}}], r"volumes\[0\]\.temp_dirr"),
        (
            "containers",
            [{"name": "app", "mounts": [{"volume": "x"}]}],
            r"containers\[0\]\.mounts\[0\]\.volume",
        ),
    ],
)
def test_what_is_misspelt_inside_them_is_refused(api: Api, key: str, wrong: object, path: str) -> None:
    with pytest.raises(ConfigurationError, match=path):
        api.ensure(Machine(APP, "two", cast("MachineConfigDict", {"image": "nginx:1", key: wrong})))
    assert api.writes == []


def test_machines_that_share_a_config_keep_what_is_their_own(api: Api) -> None:
    shared: MachineConfigDict = {"image": "nginx:1", "mounts": [{"path": "/d", "volume": "vol_1"}]}
    both = {"image": "nginx:1", "env": {"A": "1"}}
    config = cast("MachineConfigDict", both)
    one = Machine(APP, "one", config, extra={"new_key": 1})
    two, three = Machine(APP, "two", config), Machine(APP, "three", config, extra={"other_key": 2})
    api.ensure(one, two, three)
    told = [
        model.config.to_dict() for each in (one, two, three) if (model := api.read(each)) and model.config
    ]
    assert [sorted(each.keys() & {"new_key", "other_key"}) for each in told] == [
        ["new_key"],
        [],
        ["other_key"],
    ]

    both["image"] = "nginx:2"  # what was checked in one call says nothing in the next
    assert {step.action for step in api.plan(one, two, three)} == {"none", "update"}
    assert [api.plan(each)[each].action for each in (one, two, three)] == ["update"] * 3

    mounting = [Machine(APP, name, shared) for name in ("four", "five")]
    with pytest.raises(ConfigurationError, match="cannot both mount vol_1"):
        api.plan(*mounting)


def test_a_config_that_machines_share_is_checked_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counted(title: str, *configs: Any) -> dict[str, Any]:  # noqa: ANN401  # those of a machine
        seen.append(title)
        return checked(title, *configs)

    monkeypatch.setattr(wanted, "checked", counted)
    config: MachineConfigDict = {"image": "nginx:1"}
    alike = cast("MachineConfigDict", dict(config))
    api.plan(*(Machine(APP, name, config) for name in "abc"), Machine(APP, "d", alike))
    assert seen == ["machine web/a", "machine web/d"]
