"""A config that was read from a machine, given to another or to the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources import App, FlySecret, Machine
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
ONE = Machine(APP, "one", {"image": "nginx:1", "env": {"A": "1"}, "metadata": {"team": "blue"}})


@pytest.mark.parametrize("name", ["one", "two"])
def test_the_marks_of_a_config_that_was_read_are_passed_over(api: Api, name: str) -> None:
    api.ensure(ONE, FlySecret(APP, "KEY", "value"))
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
    made = api.read(own)
    assert made is not None
    assert made.config
    config = made.config.to_dict()
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
        api.ensure(Machine(APP, "two", {"image": "nginx:1", key: wrong}))
    assert api.writes == []
