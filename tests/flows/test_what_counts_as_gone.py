"""What counts as gone: a 404 that a read confirms; not a 404 alone, nor the state of a former version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources import App, Certificate, Event, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Behaviour, Fault, FlySimulator, VirtualClock

from .doctored import Doctored, each_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Resource

    from .conftest import Api, Stranger

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data")
SERVER = Machine(APP, "server", {"image": "nginx"}, mounts={"/data": DATA})
BARE = attrs.evolve(SERVER, mounts={})
CHANGED = attrs.evolve(SERVER, config={"image": "nginx", "env": {"A": "1"}})
SITE = Certificate(APP, "www.example.com")
IP = IpAddress(APP, "v6")
KEY = FlySecret(APP, "KEY", "kept-4711", if_absent=True)
STACK = (APP, DATA, SERVER, SITE, IP)
NOT_FOUND: Any = {"error": "not found"}


def _deny(api: Api, operation: str, times: int = 1) -> None:
    api.sim.faults.add(Fault("status", operation=operation, status=404, body=NOT_FOUND, times=times))


LIST_OF = {SERVER: "Machines_list", DATA: "Volumes_list", IP: "App_IPAssignments_list", KEY: "Secrets_list"}


@pytest.mark.parametrize(("noun", "listing"), LIST_OF.items(), ids=LIST_OF.values())
def test_a_kind_that_answers_404_in_an_app_that_exists_is_a_failed_read(
    api: Api,
    noun: Resource[Any],
    listing: str,
) -> None:
    api.ensure(*STACK, KEY)
    _deny(api, listing)
    assert api.read(noun) is not None

    _deny(api, listing, times=99)
    before = api.sim.snapshot()
    with pytest.raises(errors.ContradictionError) as caught:
        api.destroy(noun)
    for words in ("answered 404", "App 'web' itself exists", "nothing was written", "Run it again"):
        assert words in str(caught.value)
    assert api.sim.snapshot() == before


def test_one_404_of_a_kind_does_not_keep_it_from_being_destroyed(api: Api) -> None:
    api.ensure(*STACK)
    for operation in ("Machines_list", "Volumes_list", "App_IPAssignments_list", "App_Certificates_show"):
        _deny(api, operation)

    report = api.destroy(*STACK[1:])

    assert all(report[noun].changed for noun in STACK[1:])
    assert [api.read(noun) for noun in STACK[1:]] == [None] * 4


def test_what_belongs_to_an_app_that_does_not_exist_is_absent(api: Api) -> None:
    assert not api.destroy(*STACK[1:]).changed
    assert api.read(Machine("web", "server", {"image": "nginx"})) is None


DELETIONS = [
    (SERVER, "Machines_create_lease"),
    (SERVER, "Machines_stop"),
    (SERVER, "Machines_delete"),
    (DATA, "Volume_delete"),
    (IP, "App_IPAssignments_delete"),
    (SITE, "App_Certificates_delete"),
    (APP, "Apps_delete"),
]


@pytest.mark.parametrize(("noun", "operation"), DELETIONS, ids=[operation for _, operation in DELETIONS])
def test_a_404_to_a_deletion_counts_once_a_read_confirms_it(
    api: Api,
    noun: Resource[Any],
    operation: str,
) -> None:
    api.ensure(noun)
    _deny(api, operation)

    assert api.destroy(noun)[noun].changed

    assert api.read(noun) is None


@pytest.mark.parametrize(("noun", "operation"), DELETIONS, ids=[operation for _, operation in DELETIONS])
def test_a_404_that_reads_contradict_again_and_again_is_an_error(
    api: Api,
    noun: Resource[Any],
    operation: str,
) -> None:
    api.ensure(noun)
    _deny(api, operation, times=99)

    with pytest.raises(errors.EnsureError, match="It still exists") as caught:
        api.destroy(noun)

    assert isinstance(caught.value.errors[0], errors.ContradictionError)
    assert str(caught.value.errors[0]).startswith((f"{noun} was not destroyed: ", "Address "))
    assert not caught.value.report[noun].changed
    assert api.read(noun) is not None


@pytest.mark.parametrize(("noun", "operation"), DELETIONS, ids=[operation for _, operation in DELETIONS])
def test_what_is_gone_after_an_answer_that_cannot_be_read_counts_as_destroyed(
    api: Api, noun: Resource[Any], operation: str
) -> None:
    api.ensure(noun)
    times = 1 if operation == "Machines_create_lease" else 9
    api.sim.faults.add(Fault("not_json", operation=operation, times=times))

    assert api.destroy(noun)[noun].changed

    assert api.read(noun) is None


@pytest.mark.parametrize(
    ("noun", "path"),
    [
        (attrs.evolve(SERVER, mounts={}), "/machines/{machine}?force=true"),
        (DATA, "/volumes/{volume}"),
        (IP, "/ip_assignments/{address}"),
        (SITE, "/certificates/www.example.com"),
        (APP, "?force=true"),
    ],
    ids=["machine", "volume", "address", "certificate", "app"],
)
def test_what_another_has_destroyed_meanwhile_is_gone(
    connect: Callable[..., Api], stranger: Stranger, noun: Resource[Any], path: str
) -> None:
    def be_faster(event: Event) -> None:
        if event.stage == "started" and event.action == "destroy":
            found: Any = {}
            if noun != APP:
                ips = stranger.send("GET", "/apps/web/ip_assignments")["ips"]
                found = {
                    "machine": next((each["id"] for each in stranger.list("/apps/web/machines")), ""),
                    "volume": next((each["id"] for each in stranger.list("/apps/web/volumes")), ""),
                    "address": next((each["ip"] for each in ips), ""),
                }
            assert stranger.http.delete(f"/apps/web{path.format(**found)}").is_success

    api = connect(on_event=be_faster)
    api.ensure(noun)

    assert api.destroy(noun)[noun].changed

    assert api.read(noun) is None


@pytest.mark.parametrize("operation", ["Machines_show", "Machines_create_lease"])
def test_one_404_does_not_end_the_pruning_of_a_machine_that_is_there(api: Api, operation: str) -> None:
    old = attrs.evolve(SERVER, name="old", mounts={})
    api.ensure(SERVER, old)
    _deny(api, operation)

    with pytest.raises(errors.EnsureError, match="It still exists") as caught:
        api.ensure(SERVER, prune=True)

    assert isinstance(caught.value.errors[0], errors.ContradictionError)
    assert api.ensure(SERVER, prune=True).changed
    assert api.read(old) is None


def test_an_app_that_one_read_denies_is_destroyed(api: Api, connect: Callable[..., Api]) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(APP)
    for operation in ("Apps_show", "Machines_list", "Volumes_list", "App_IPAssignments_list"):
        _deny(api, operation)
    assert other.destroy(APP)[APP].changed


def test_an_app_that_denies_itself_and_shows_what_it_holds_is_left_alone(
    api: Api, connect: Callable[..., Api]
) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(*STACK)
    _deny(api, "Apps_show", times=2)
    api.sent.clear()

    with pytest.raises(errors.EnsureError, match="answers 404, but its lists show 3"):
        other.destroy(*STACK)

    assert api.writes == []


def test_an_app_that_denies_itself_only_right_before_its_end_is_left_alone(
    api: Api, connect: Callable[..., Api]
) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(DATA, IP)
    api.sim.faults.add(Fault("status", operation="Apps_show", status=404, body=NOT_FOUND, nth=2, times=99))
    api.sent.clear()

    with pytest.raises(errors.EnsureError, match="answers 404, but its lists show 2"):
        other.destroy(APP, everything=True)

    assert api.writes == []


def test_an_absent_app_is_looked_for_twice_before_that_is_reported(api: Api) -> None:
    assert not api.destroy(APP).changed
    assert [each.operation for each in api.sent].count("Apps_show") == 2


def test_nothing_is_made_twice_in_an_app_that_seemed_to_be_absent(
    api: Api, connect: Callable[..., Api]
) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(*STACK, KEY)
    before = api.sim.snapshot()
    for operation in ("Apps_show", "App_Certificates_show", *LIST_OF.values()):
        _deny(api, operation)

    report = other.ensure(*STACK, attrs.evolve(KEY, value="another"))

    assert not report.changed
    assert api.sim.snapshot() == before


def test_the_lists_of_an_app_that_seemed_to_be_absent_are_doubted_as_any_others(
    api: Api, connect: Callable[..., Api]
) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(DATA)
    _deny(api, "Apps_show")
    _deny(api, "Volumes_list")
    api.sim.faults.add(Fault("empty", operation="Volumes_list"))

    assert not other.ensure(DATA, attrs.evolve(KEY, if_absent=False))[DATA].changed
    assert "Secret_get" not in [each.operation for each in other.sent]


def test_what_differs_in_an_app_that_seemed_to_be_absent_is_compared_in_the_next_run(
    api: Api, connect: Callable[..., Api]
) -> None:
    other = connect()  # to which the app is not new (AP-12)
    api.ensure(*STACK)
    for operation in ("Apps_show", "App_Certificates_show", *LIST_OF.values()):
        _deny(api, operation)

    with pytest.raises(errors.EnsureError, match="Run it again to compare"):
        other.ensure(CHANGED)

    assert other.ensure(CHANGED)[CHANGED].action == "update"


@pytest.mark.parametrize("state", ["replaced", "migrated"])
def test_the_state_of_a_former_version_does_not_say_that_a_machine_is_gone(
    connect: Callable[..., Api], sim: FlySimulator, state: str
) -> None:
    connect(owner="another").ensure(SERVER)
    other = connect(
        transport=Doctored(sim, lambda _, body: each_machine(body, lambda each: each.update(state=state)))
    )

    found = other.read(SERVER)
    assert found is not None
    assert found.state == state
    with pytest.raises(errors.NotOwnedError, match="machine server"):
        other.destroy(APP, DATA)
    assert other.plan(SERVER)[SERVER].action != "create"


def test_a_machine_that_is_replaced_in_the_list_is_read_by_id_until_that_is_over(
    api: Api, sim: FlySimulator
) -> None:
    sim.behaviour = attrs.evolve(sim.behaviour, replaced_shown_s=3.0)
    api.ensure(SERVER)
    api.ensure(CHANGED)

    assert not api.ensure(CHANGED).changed
    api.ensure(SERVER)
    assert api.destroy(SERVER)[SERVER].changed
    assert api.read(SERVER) is None


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_what_appears_after_the_app_was_read_is_not_lost(
    connect: Callable[..., Api], stranger: Stranger, seconds: float
) -> None:
    def add(event: Event) -> None:
        if (event.resource, event.action, event.stage) == (SERVER, "destroy", "done"):
            stranger.create_volume("web", "precious")
            stranger.create_machine("web", "postgres", {"image": "postgres"})
            stranger.send("POST", "/apps/web/ip_assignments", {"type": "v4"})

    api = connect(on_event=add)
    api.ensure(SERVER)
    if seconds:
        api.sim.faults.add(Fault("slow", operation="Apps_show", seconds=seconds))

    with pytest.raises(errors.EnsureError) as caught:
        api.destroy(APP, DATA, SERVER)

    [error] = caught.value.errors
    assert isinstance(error, errors.NotOwnedError)
    for word in ("volume precious", "machine postgres", "address "):
        assert word in str(error)
    assert api.read(APP) is not None


def test_what_is_counted_and_shown_in_no_list_is_not_lost_with_the_app(
    api: Api, connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def appear(path: str, body: Any) -> Any:  # noqa: ANN401 - any JSON
        seen.append(path)
        return body | {"volume_count": 7} if path == "/apps/web" and seen.count(path) > 1 else body

    seen: list[str] = []
    other = connect(transport=Doctored(sim, appear))
    api.ensure(APP)

    with pytest.raises(errors.EnsureError, match="counts 7 volumes, but its list shows 0"):
        other.destroy(APP)

    assert api.read(APP) is not None


@pytest.mark.parametrize("noun", [APP, BARE], ids=["app", "machine"])
def test_what_one_moment_denies_is_not_read_as_absent(api: Api, noun: Resource[Any]) -> None:
    """A node of the service may not know an app that exists (AP-26)."""
    api.ensure(noun)
    for operation in ("Apps_show", "Machines_list"):
        _deny(api, operation)
    assert api.read(noun) is not None


def test_a_new_volume_does_not_give_way_to_one_that_only_its_list_shows(
    connect: Callable[..., Api], sim: FlySimulator, clock: VirtualClock
) -> None:
    first = connect()
    ghost = first.ensure(APP, DATA)[DATA].model
    first.destroy(DATA)
    gone = clock.now()

    def show(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return [ghost.to_dict(), *body] if path == "/apps/web/volumes" and clock.now() < gone + 8.0 else body

    made = connect(transport=Doctored(sim, show)).ensure(APP, DATA)[DATA]
    assert made.changed
    state: Any = sim.snapshot()["apps"]
    assert len(state["web"]["volumes"]) == 1
    assert made.model.id != ghost.id


@pytest.mark.parametrize("noun", [BARE, IpAddress(APP, "private_v6")], ids=["machine", "address"])
def test_what_is_gone_is_made_in_an_app_that_was_denied_for_a_moment(
    connect: Callable[..., Api], clock: VirtualClock, noun: Resource[Any]
) -> None:
    """Lists are behind, and nothing has been compared of an app that was thought to be absent (AP-26)."""
    lags: dict[Any, float] = {"Machines_list": 3.0, "App_IPAssignments_list": 3.0}
    api = connect(FlySimulator(clock=clock, latency=0.05, behaviour=Behaviour(stale_reads=lags)))
    api.ensure(APP, noun)
    clock.sleep(60.0)
    api.destroy(noun, force=True)
    _deny(api, "Apps_show")
    assert api.ensure(noun)[noun].changed
    clock.sleep(60.0)
    assert not api.ensure(noun).changed


def test_a_region_that_an_answer_leaves_out_is_unknown(
    connect: Callable[..., Api], sim: FlySimulator
) -> None:
    def hide(path: str, body: Any) -> Any:  # noqa: ANN401  # any JSON
        return each_machine(body, lambda each: each.update(region="")) if path.endswith("/machines") else body

    server = attrs.evolve(SERVER, mounts={}, region="iad")
    connect().ensure(server)
    api = connect(transport=Doctored(sim, hide))
    api.sent.clear()
    assert not api.ensure(server, replace=True).changed
    assert api.writes == []


HELD: Any = {"error": "unique machine name violation, machine ID 48ed123a already exists with name server"}


def _hold_name(api: Api, times: int) -> None:
    """Refuse the name because of a machine that is unknown when it is read."""
    api.sim.faults.add(Fault("status", operation="Machines_create", status=409, body=HELD, times=times))


def test_a_name_that_is_held_by_what_is_gone_is_tried_once_more_after_that_read(
    connect: Callable[..., Api], clock: VirtualClock
) -> None:
    api = connect(FlySimulator(clock=clock, latency=0.05))
    _hold_name(api, 99)
    with pytest.raises(errors.EnsureError, match="and that no such machine exists") as caught:
        api.ensure(SERVER)
    assert isinstance(caught.value.__cause__, errors.ContradictionError)
    tries = api.writes.count("Machines_create")

    other = connect(FlySimulator(clock=clock, latency=0.05))
    _hold_name(other, tries - 1)
    assert other.ensure(SERVER)[SERVER].changed
    assert other.writes.count("Machines_create") == tries
