"""An app that was just made is not known everywhere at once (AP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from tests.flows.conftest import Api

APP = App("web", primary_region="iad")
NOUNS: dict[str, Resource[Any]] = {
    "Volumes_create": Volume(APP, "data"),
    "Machines_create": Machine(APP, "server", {"image": "nginx:alpine"}),
    "Secrets_update": FlySecret(APP, "KEY", "v"),
    "App_Certificates_acme_create": Certificate(APP, "www.example.com"),
    "App_IPAssignments_create": IpAddress(APP, "v6"),
}
READS = {
    "Volumes_list": NOUNS["Volumes_create"],
    "Machines_list": NOUNS["Machines_create"],
    "Secrets_list": NOUNS["Secrets_update"],
    "App_IPAssignments_list": NOUNS["App_IPAssignments_create"],
}


def _unknown(operation: str, status: int, times: int) -> Fault:
    return Fault("status", operation=operation, status=status, times=times, body={"error": "app not found"})


@pytest.mark.parametrize("status", [401, 404])
@pytest.mark.parametrize(("operation", "noun"), NOUNS.items(), ids=NOUNS.keys())
def test_what_goes_into_a_new_app_is_tried_until_the_app_is_known(
    api: Api, operation: str, noun: Resource[Any], status: int
) -> None:
    api.sim.faults.add(_unknown(operation, status, times=4))
    report = api.ensure(noun)
    assert report[APP].changed
    assert report[noun].changed
    assert api.writes.count(operation) == 5
    assert not api.ensure(noun).changed


def test_a_new_app_that_stays_unknown_is_an_error_in_the_end(api: Api) -> None:
    api.sim.faults.add(_unknown("Volumes_create", 404, times=999))
    with pytest.raises(errors.EnsureError, match="app not found"):
        api.ensure(NOUNS["Volumes_create"])
    assert 30 < api.clock.now() < 120


def test_an_app_that_is_not_new_and_not_there_is_not_waited_for(api: Api) -> None:
    api.ensure(APP)
    api.clock.sleep(61.0)
    api.sim.faults.add(_unknown("Volumes_create", 404, times=999))
    before = api.clock.now()
    with pytest.raises(errors.EnsureError, match="app not found"):
        api.ensure(NOUNS["Volumes_create"])
    assert api.clock.now() - before < 5


@pytest.mark.parametrize(("operation", "noun"), READS.items(), ids=READS.keys())
def test_lists_of_an_app_that_another_just_made_are_read_again(
    api: Api, operation: str, noun: Resource[Any]
) -> None:
    api.ensure(noun)
    api.sim.faults.add(_unknown(operation, 404, times=2))
    assert not api.ensure(noun)[noun].changed


def test_the_answer_that_names_only_the_id_is_completed_by_a_read(api: Api) -> None:
    short: Any = {"id": "z4k69dxd8r31p5mx", "created_at": 1708631799000}
    api.sim.faults.add(Fault("status", operation="Apps_create", status=201, applied=True, body=short))
    api.sim.faults.add(_unknown("Apps_show", 404, times=3))
    outcome = api.ensure(APP)[APP]
    assert outcome.changed
    assert outcome.model.name == "web"
