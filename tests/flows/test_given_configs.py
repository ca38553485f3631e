"""A config that was read from a machine, given to another or to the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources import App, FlySecret, Machine

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
