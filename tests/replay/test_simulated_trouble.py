"""Each noun through refusals, retries and answers that hide what was done: recorded from the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Resource
    from fly_resources._engine.clock import Clock
    from fly_resources.testing import FlySimulator
    from tests.replay.conftest import Api

    Arrange = Callable[[Callable[[FlySimulator], object]], None]

pytestmark = pytest.mark.vcr

APP = App("fly-test", org="personal", primary_region="iad")
IMAGE = "nginx:1.27-alpine"


@attrs.frozen
class Story:
    """A noun, and the operations that read, make and destroy it."""

    noun: Resource[Any]
    read: str
    make: str
    destroy: str


STORIES = {
    "app": Story(APP, "Apps_show", "Apps_create", "Apps_delete"),
    "machine": Story(
        Machine(APP, "web", config={"image": IMAGE}), "Machines_list", "Machines_create", "Machines_delete"
    ),
    "volume": Story(Volume(APP, "data", size_gb=1), "Volumes_list", "Volumes_create", "Volume_delete"),
    "secret": Story(
        FlySecret(APP, "KEY", "canary-value"), "Secrets_list", "Secrets_update", "Secrets_update"
    ),
    "certificate": Story(
        Certificate(APP, "www.example.com"),
        "App_Certificates_show",
        "App_Certificates_acme_create",
        "App_Certificates_delete",
    ),
    "address": Story(
        IpAddress(APP, "v4"), "App_IPAssignments_list", "App_IPAssignments_create", "App_IPAssignments_delete"
    ),
}


@pytest.mark.parametrize("kind", STORIES)
def test_the_trouble(api: Api, arrange: Arrange, fly_clock: Clock, kind: str) -> None:
    story = STORIES[kind]
    noun = story.noun
    if noun is not APP:
        api.ensure(APP)

    def meet(operation: str, status: int, **more: Any) -> None:  # noqa: ANN401 - the arguments of Fault
        arrange(lambda sim: sim.faults.add(Fault("status", operation=operation, status=status, **more)))

    # A refused read is no empty list: nothing is made.
    meet(story.read, 403)
    with pytest.raises(errors.PermissionDeniedError) as refused:
        api.ensure(noun)
    assert refused.value.request_id

    # A refused write is its own error, in the end.
    meet(story.make, 422, body={"error": "not like this"})
    with pytest.raises(errors.EnsureError, match="not like this") as failed:
        api.ensure(noun)
    assert [type(error) for error in failed.value.errors] == [errors.UnprocessableError]

    # What the service could not answer is asked again, and a rate limit is waited for as long as it says.
    began = fly_clock.now()
    meet(story.read, 503)
    meet(story.make, 429, headers={"Retry-After": "7"})
    assert api.ensure(noun)[noun].changed
    assert fly_clock.now() - began >= 7

    # Done, whatever the answer says: neither destroyed nor made twice.
    meet(story.destroy, 503, applied=True)
    assert api.destroy(noun).changed
    assert not api.destroy(noun).changed
    meet(story.make, 504, applied=True)
    api.ensure(noun)
    assert not api.ensure(noun).changed


def test_a_token_that_is_no_longer_good(api: Api, arrange: Arrange) -> None:
    arrange(lambda sim: setattr(sim, "tokens", {"another"}))
    with pytest.raises(errors.AuthenticationError, match="401"):
        api.ensure(APP)


def test_an_app_of_another_organisation(api: Api, arrange: Arrange) -> None:
    arrange(lambda sim: sim.add_foreign_app("fly-test"))
    with pytest.raises(errors.PermissionDeniedError, match="another organisation"):
        api.ensure(APP)


def test_an_app_that_somebody_takes_meanwhile(api: Api, arrange: Arrange) -> None:
    taken = {"error": "Validation failed: Name has already been taken", "status": "name_taken"}
    arrange(lambda sim: sim.faults.add(Fault("status", operation="Apps_create", status=422, body=taken)))
    with pytest.raises(errors.EnsureError) as failed:
        api.ensure(APP)
    assert isinstance(failed.value.errors[0], errors.NameTakenError)


def test_a_full_region(api: Api, arrange: Arrange) -> None:
    arrange(lambda sim: sim.full_regions.add("iad"))
    web = Machine(APP, "web", config={"image": IMAGE})
    with pytest.raises(errors.EnsureError) as failed:
        api.ensure(web)
    assert isinstance(failed.value.errors[0], errors.InsufficientCapacityError)

    elsewhere = Machine(APP, "web", region="iad,ewr", config={"image": IMAGE})
    assert api.ensure(elsewhere)[elsewhere].model.region == "ewr"


def test_a_volume_that_a_machine_uses(api: Api) -> None:
    data = Volume(APP, "data", size_gb=1)
    api.ensure(Machine(APP, "web", mounts={"/data": data}, config={"image": IMAGE}))
    with pytest.raises(errors.NotOwnedError, match="data"):
        api.destroy(APP)
    with pytest.raises(errors.EnsureError) as failed:
        api.destroy(data)
    assert isinstance(failed.value.errors[0], errors.VolumeInUseError)


def test_a_region_that_cannot_change(api: Api) -> None:
    api.ensure(Machine(APP, "web", config={"image": IMAGE}))
    with pytest.raises(errors.ImmutableFieldError, match="region"):
        api.ensure(Machine(APP, "web", region="ewr", config={"image": IMAGE}))
