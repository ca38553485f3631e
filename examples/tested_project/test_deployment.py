"""Tests of our deployment. `fly` and the fixtures beside it come from fly-resources[testing]."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from deployment import deploy, stack

from fly_resources import App
from fly_resources.errors import EnsureError
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from fly_resources import Fly
    from fly_resources.testing import FlySimulator


@pytest.fixture
def app(fly_app_name: str, fly_org: str) -> App:
    """Return an app whose name is free, also on Fly.io."""
    return App(fly_app_name, org=fly_org, primary_region="iad")


@pytest.fixture
def deployed(fly: Fly, app: App) -> App:
    """Return the app with everything in it."""
    fly.ensure(*stack(app, "nginx:1.27", "key"))
    return app


def test_a_second_deployment_changes_nothing(fly: Fly, deployed: App) -> None:
    """Twice is once."""
    assert not fly.ensure(*stack(deployed, "nginx:1.27", "key")).changed


def test_a_new_session_key_restarts_both_processes(fly: Fly, deployed: App) -> None:
    """A secret alone would leave them running with the old value."""
    report = fly.ensure(*stack(deployed, "nginx:1.27", "another key"))

    assert sorted(step.resource.kind for step in report if step.changed) == ["machine", "machine", "secret"]


def test_an_image_that_crashes_is_taken_back(fly: Fly, fly_simulator: FlySimulator, deployed: App) -> None:
    """The deployment fails, and what ran before runs again."""
    fly_simulator.images["shop:broken"] = "crashes"

    with pytest.raises(EnsureError):
        deploy(fly, deployed, "shop:broken", "nginx:1.27", "key")

    plan = fly.plan(*stack(deployed, "nginx:1.27", "key"))
    assert [step.action for step in plan if step.resource.kind == "machine"] == ["none", "none"]


def test_a_lost_answer_makes_nothing_twice(fly: Fly, fly_simulator: FlySimulator, app: App) -> None:
    """The connection breaks after the service has made the machine."""
    fly_simulator.faults.add(Fault("reset_after", operation="Machines_create"))

    fly.ensure(*stack(app, "nginx:1.27", "key"))

    created = [each for each in fly_simulator.requests if each.operation == "Machines_create"]
    assert len(created) == 2  # web and worker, each asked for once
