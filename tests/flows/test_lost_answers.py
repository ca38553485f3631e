"""Every write, with every way to lose its answer: success or a FlyError, and one more run sets it right."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import settings

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Resource,
    Volume,
    errors,
)
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fly_resources import Event
    from fly_resources.testing._faults import FaultKind
    from tests.flows.conftest import Api, Stranger

WHOLE = settings().max_examples >= settings.get_profile("ci").max_examples

APP = App("web", primary_region="iad")
DATA = Volume(APP, "data", size_gb=2, snapshot_retention=5)
SERVER = Machine(APP, "server", {"image": "nginx:alpine", "env": {"A": "1"}}, mounts={"/data": DATA})
UPDATED = Machine(APP, "server", {"image": "nginx:1", "env": {"A": "1"}}, mounts={"/data": DATA})
STOPPED = attrs.evolve(SERVER, state="stopped")
SECRETS = (FlySecret(APP, "ONE", "1"), FlySecret(APP, "TWO", "2"))
CERTIFICATE = Certificate(APP, "www.example.com")
ADDRESSES = {kind: IpAddress(APP, kind) for kind in ("v4", "shared_v4", "v6", "private_v6")}

FAULTS: dict[str, Fault] = {
    "refused": Fault("refuse"),
    "refused for good": Fault("refuse", times=99),
    "reset before": Fault("reset_before"),
    "reset after": Fault("reset_after"),
    "reset after twice": Fault("reset_after", times=2),
    "503 not applied": Fault("status", status=503),
    "503 applied": Fault("status", status=503, applied=True),
    "500 for good": Fault("status", status=500, times=99),
    "408 not applied": Fault("status", status=408),
    "408 applied": Fault("status", status=408, applied=True),
    "429": Fault("status", status=429, headers={"Retry-After": "2"}),
    "cut off": Fault("truncate"),
    "no JSON": Fault("not_json"),
    "slower than the timeout": Fault("slow", seconds=80.0),
    "slower, applied late": Fault("slow", seconds=90.0, late=True),
}

#: What is there before, the operation that fails, and what is asked for.
CREATIONS: dict[str, tuple[str, tuple[Resource[Any], ...]]] = {
    "app": ("Apps_create", (APP,)),
    "volume": ("Volumes_create", (DATA,)),
    "machine": ("Machines_create", (SERVER,)),
    "wait": ("Machines_wait", (SERVER,)),
    "stopped machine": ("Machines_create", (STOPPED,)),
    "certificate": ("App_Certificates_acme_create", (CERTIFICATE,)),
    "secrets": ("Secrets_update", SECRETS),
    **{f"{kind} address": ("App_IPAssignments_create", (noun,)) for kind, noun in ADDRESSES.items()},
}
CHANGES: dict[str, tuple[str, tuple[Resource[Any], Resource[Any]]]] = {
    "update": ("Machines_update", (SERVER, UPDATED)),
    "wait for the update": ("Machines_wait", (SERVER, UPDATED)),
    "lease": ("Machines_create_lease", (SERVER, UPDATED)),
    "read under the lease": ("Machines_show", (SERVER, UPDATED)),
    "release": ("Machines_release_lease", (SERVER, UPDATED)),
    "stop": ("Machines_stop", (SERVER, STOPPED)),
    "start": ("Machines_start", (STOPPED, attrs.evolve(STOPPED, state="started"))),
    "extend": ("Volumes_extend", (DATA, attrs.evolve(DATA, size_gb=4))),
    "retention": ("Volumes_update", (DATA, attrs.evolve(DATA, snapshot_retention=9))),
}
DELETIONS: dict[str, tuple[str, tuple[Resource[Any], ...]]] = {
    "app": ("Apps_delete", (APP, SERVER, DATA)),
    "machine": ("Machines_delete", (SERVER, DATA)),
    "machine's stop": ("Machines_stop", (SERVER, DATA)),
    "machine's lease": ("Machines_create_lease", (SERVER, DATA)),
    "machine's wait": ("Machines_wait", (SERVER, DATA)),
    "volume": ("Volume_delete", (SERVER, DATA)),
    "certificate": ("App_Certificates_delete", (CERTIFICATE,)),
    "secrets": ("Secrets_update", SECRETS),
    "address": ("App_IPAssignments_delete", (ADDRESSES["v4"],)),
}


def _matrix(cases: Mapping[str, tuple[str, tuple[Resource[Any], ...]]]) -> pytest.MarkDecorator:
    """Meet every case with every fault; the clients take turns, so that each meets every case and fault.

    `scripts/check` meets them all, `scripts/test` one in seven: still each fault, and each client.
    """
    pairs = itertools.product(cases.items(), FAULTS.items())
    rows = [
        pytest.param(client, fault, name, *case, id=f"{name}-{trouble}-{client.__name__}")
        for ((name, case), (trouble, fault)), client in zip(
            pairs, itertools.cycle([Fly, AsyncFly]), strict=False
        )
    ]
    return pytest.mark.parametrize(
        ("connect", "fault", "name", "operation", "nouns"), rows[:: 1 if WHOLE else 7], indirect=["connect"]
    )


_WORLDS: dict[str, dict[str, Any]] = {}


def _untroubled(name: str, *steps: tuple[str, Sequence[Resource[Any]]]) -> dict[str, Any]:
    """Return what the same steps lead to where nothing goes wrong."""
    if name not in _WORLDS:
        clock = VirtualClock()
        sim = FlySimulator(clock=clock, latency=0.05)
        with Fly(token="test", owner="tests", transport=sim.transport(), clock=clock) as fly:
            for verb, nouns in steps:
                getattr(fly, verb)(*nouns)
        _WORLDS[name] = sim.snapshot()
    return _WORLDS[name]


def _try(api: Api, verb: str, nouns: Sequence[Resource[Any]], fault: Fault, operation: str) -> bool:
    """Do it with the fault; whether it succeeded. Any error but ours fails the test."""
    api.sim.faults.add(attrs.evolve(fault, operation=operation))
    try:
        getattr(api, verb)(*nouns)
    except errors.FlyError:
        done = False
    else:
        done = True
    api.sim.faults.clear()
    api.clock.sleep(60.0)
    return done


@_matrix(CREATIONS)
def test_a_creation_ends_with_one_of_each(
    api: Api, fault: Fault, name: str, operation: str, nouns: tuple[Resource[Any], ...]
) -> None:
    expected = _untroubled(f"create {name}", ("ensure", nouns))
    if _try(api, "ensure", nouns, fault, operation):
        assert api.sim.snapshot() == expected
    else:
        api.ensure(*nouns)
    assert not api.ensure(*nouns).changed
    assert api.sim.snapshot() == expected


@_matrix(CHANGES)
def test_a_change_is_made_once(
    api: Api, fault: Fault, name: str, operation: str, nouns: tuple[Resource[Any], Resource[Any]]
) -> None:
    before, after = nouns
    expected = _untroubled(f"change {name}", ("ensure", [before]), ("ensure", [after]))
    api.ensure(before)
    if _try(api, "ensure", [after], fault, operation):
        assert api.sim.snapshot() == expected
    else:
        api.ensure(after)
    assert not api.ensure(after).changed
    assert api.sim.snapshot() == expected


@_matrix(DELETIONS)
def test_a_deletion_leaves_nothing(
    api: Api, fault: Fault, name: str, operation: str, nouns: tuple[Resource[Any], ...]
) -> None:
    expected = _untroubled(f"delete {name}", ("ensure", nouns), ("destroy", nouns))
    api.ensure(*nouns)
    if _try(api, "destroy", nouns, fault, operation):
        assert api.sim.snapshot() == expected
    else:
        api.destroy(*nouns)
    assert not api.destroy(*nouns).changed
    assert api.sim.snapshot() == expected


@pytest.mark.parametrize("noun", [DATA, ADDRESSES["v4"], IpAddress(APP, "egress_v4")], ids=str)
@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncate", "not_json"])
def test_what_the_service_would_make_twice_is_never_sent_again(
    api: Api, noun: Resource[Any], kind: FaultKind
) -> None:
    operation = "Volumes_create" if isinstance(noun, Volume) else "App_IPAssignments_create"
    api.sim.faults.add(Fault(kind, operation=operation))
    if kind == "reset_before":
        with pytest.raises(errors.EnsureError, match="Nothing was sent again") as caught:
            api.ensure(noun)
        assert isinstance(caught.value.__cause__, errors.OutcomeUnknownError)
    else:
        assert api.ensure(noun)[noun].model == api.read(noun)
    assert api.writes.count(operation) == 1


def test_one_that_appears_late_is_adopted_in_the_same_run(api: Api) -> None:
    api.sim.faults.add(Fault("slow", operation="Volumes_create", seconds=80.0, late=True))
    assert api.ensure(DATA)[DATA].changed
    assert api.writes == ["Apps_create", "Volumes_create"]


def test_two_that_appear_are_both_reported_and_none_is_deleted(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    stranger.create_app("web")

    def make_another(event: Event) -> None:
        if event.stage == "started":
            stranger.create_volume("web", "data", size_gb=7)

    api = connect(on_event=make_another)
    api.sim.faults.add(Fault("reset_after", operation="Volumes_create", nth=2))
    with pytest.raises(errors.EnsureError, match="2 new ones appeared"):
        api.ensure(DATA)
    state: Any = api.sim.snapshot()["apps"]
    assert sorted(volume["size_gb"] for volume in state["web"]["volumes"]) == [2, 7]


def test_a_machine_whose_name_another_process_took_is_adopted(api: Api) -> None:
    api.ensure(SERVER)
    api.sim.faults.add(
        Fault("status", operation="Machines_list", status=200, applied=True, body=[])  # as if not there yet
    )
    report = api.ensure(SERVER)
    assert (report[SERVER].action, report[SERVER].changed) == ("none", False)


def test_a_machine_that_another_process_made_otherwise_is_brought_to_the_description(
    connect: Callable[..., Api], stranger: Stranger
) -> None:
    def be_faster(event: Event) -> None:
        if event.resource == SERVER and event.stage == "started":
            stranger.create_machine("web", "server", {"image": "nginx:1"}, region="iad")

    plain = attrs.evolve(SERVER, mounts={})
    api = connect(on_event=be_faster)
    outcome = api.ensure(plain)[plain]
    assert (outcome.action, outcome.changed) == ("update", True)
    assert {each.path for each in outcome.changes} == {"config.image", "config.env.A"}
    assert not connect().ensure(plain).changed


@pytest.mark.parametrize("noun", [APP, CERTIFICATE], ids=str)
def test_what_another_process_made_meanwhile_is_adopted(api: Api, noun: Resource[Any]) -> None:
    api.ensure(noun)
    operation = "Apps_show" if noun is APP else "App_Certificates_show"
    api.sim.faults.add(Fault("status", operation=operation, status=404, body={"error": "not found"}))
    outcome = api.ensure(noun)[noun]
    assert (outcome.action, outcome.changed) == ("none", False)
    assert outcome.model == api.read(noun)
