"""The races that are explored: who does what at once, from which world, and what may come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from fly_resources.testing import Behaviour
from tests.races.explorer import Program, explore, explore_switches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Resource
    from tests.races.explorer import Coverage, Kernel, Loss

APP: Final = App("web", primary_region="iad")
DATA: Final = Volume(APP, "data")
SERVER: Final = Machine(APP, "server", {"image": "nginx:alpine"}, mounts={"/data": DATA})
PLAIN: Final = Machine(APP, "plain", {"image": "nginx:alpine"})
SEED: Final[tuple[Resource[Any], ...]] = (
    APP,
    FlySecret(APP, "KEY", "same-5150"),
    DATA,
    SERVER,
    Certificate(APP, "www.example.com"),
    IpAddress(APP, "shared_v4"),
    IpAddress(APP, "v6"),
)
#: A stranger's, in an app of theirs and in ours: nothing of it may change.
ELSEWHERE: Final = App("elsewhere", primary_region="ams")
THEIR_APP: Final[tuple[Resource[Any], ...]] = (
    ELSEWHERE,
    Machine(ELSEWHERE, "server", {"image": "theirs"}, mounts={"/data": Volume(ELSEWHERE, "data")}),
    IpAddress(ELSEWHERE, "v4"),
)
THEIRS: Final[tuple[Resource[Any], ...]] = (
    APP,
    Machine(APP, "theirs", {"image": "theirs"}, mounts={"/data": Volume(APP, "theirs")}),
)

#: What the loser of a race may be told, where there is no way for both to have what they want.
TOLD: Final = (
    errors.ReconcileError,
    errors.ConflictError,
    errors.NotFoundError,
    errors.VolumeInUseError,
)
LOST: Final = (errors.OutcomeUnknownError,)
#: What stands for the id of a volume that is there before, and for that of its snapshot.
SOURCE: Final = "vol_source"
SNAPSHOT: Final = "vs_source"


@attrs.frozen
class Scenario:
    """Some programs that run at once.

    Attributes:
        name: How tests and the command name it.
        programs: Who does what.
        before: Stacks that are there before, of the owner `shop`.
        shared: Whether the app is there before, and a stranger's things in it.
        may_raise: Errors that a program may end with; none unless said.
        delays: How often time may pass while a request is on its way.
        tick_s: How long a request takes; with 0, all that is made at once is of the same moment.
        switches: None: every order that may matter. Else so many interruptions at most.
        surplus: Whether one more volume, address or pair than asked for may be left, if somebody is told:
            by an error at once, or by an error or `Plan.unmanaged` of the next run.
        is_large: Whether it takes more than some seconds to explore it whole.
        lasting: Whether what a program has reported must still be there when all have ended.
        behaviour: How the service behaves.
        snapshot_of: A volume of `before` of which a snapshot is taken: nouns name it and its snapshot by
            `SOURCE` and `SNAPSHOT`.
    """

    name: str
    programs: tuple[Program, ...]
    before: tuple[tuple[Resource[Any], ...], ...] = ()
    shared: bool = True
    may_raise: tuple[type[errors.FlyError], ...] = ()
    behaviour: Behaviour = attrs.field(factory=Behaviour)
    snapshot_of: str | None = None
    delays: int = 0
    switches: int | None = None
    tick_s: float = 0.001
    surplus: bool = False
    lasting: bool = True
    is_large: bool = False


def ensure(
    name: str,
    *resources: Resource[Any],
    owner: str | None = "shop",
    losses: Mapping[tuple[str, int], Loss] | None = None,
    **options: Any,  # noqa: ANN401  # the options of the verb
) -> Program:
    """Return a program that ensures."""
    return Program(name, "ensure", resources, owner, options, losses or {})


def destroy(name: str, *resources: Resource[Any], **options: Any) -> Program:  # noqa: ANN401  # the same
    """Return a program that destroys."""
    return Program(name, "destroy", resources, "shop", options)


def _both(name: str, *resources: Resource[Any], **settings: Any) -> Scenario:  # noqa: ANN401  # Scenario's fields
    return Scenario(name, (ensure("A", *resources), ensure("B", *resources)), **settings)


def with_image(machine: Machine, image: str, **more: Any) -> Machine:  # noqa: ANN401  # config's own keys
    """Return the same machine with another image."""
    return attrs.evolve(machine, config=cast("MachineConfigDict", {"image": image, **more}))


_KINDS: Final[dict[str, tuple[Resource[Any], ...]]] = {
    "a volume": (DATA,),
    "a v4": (IpAddress(APP, "v4"),),
    "a v6": (IpAddress(APP, "v6"),),
    "an egress pair": (IpAddress(APP, "egress_pair"),),
}
_CREATES: Final = {
    "a volume": "Volumes_create",
    "a v4": "App_IPAssignments_create",
    "an egress pair": "App_IPAssignments_create",
}

_CREATING: Final = (
    _both("the app", APP, shared=False),
    Scenario(
        "the app in two organisations",
        (ensure("A", App("web", org="personal")), ensure("B", App("web", org="second"))),
        shared=False,
        may_raise=(errors.ImmutableFieldError,),
    ),
    *(_both(f"{kind}", *nouns) for kind, nouns in _KINDS.items()),
    *(_both(f"{kind}, late by one sleep", *nouns, delays=1) for kind, nouns in _KINDS.items()),
    *(_both(f"{kind}, of one moment", *nouns, tick_s=0.0) for kind, nouns in _KINDS.items()),
    Scenario(
        "a v4 by three",
        tuple(ensure(name, IpAddress(APP, "v4")) for name in "ABC"),
        lasting=False,
        is_large=True,
    ),
    _both("shared_v4", IpAddress(APP, "shared_v4")),
    _both("a certificate", Certificate(APP, "www.example.com")),
    _both("secrets of the same value", FlySecret(APP, "KEY", "same-5150")),
    Scenario(
        "secrets of different values",
        (ensure("A", FlySecret(APP, "KEY", "one")), ensure("B", FlySecret(APP, "KEY", "two"))),
    ),
    _both("a machine", PLAIN),
    Scenario("a machine by two owners", (ensure("A", PLAIN), ensure("B", PLAIN, owner="other"))),
    Scenario(
        "a machine of two configs",
        (ensure("A", PLAIN), ensure("B", with_image(PLAIN, "nginx:1"))),
        may_raise=(errors.ReconcileError,),
    ),
    _both("a machine and its volume", SERVER, is_large=True),
    Scenario("a volume, and a machine with it", (ensure("A", DATA), ensure("B", SERVER))),
    Scenario(
        "a volume, and a machine with it, late by one sleep",
        (ensure("A", DATA), ensure("B", SERVER)),
        delays=1,
        surplus=True,
        is_large=True,
    ),
    _both("the seed stack", *SEED, shared=False, switches=2, is_large=True),
)
_WITH_SECRET: Final = (FlySecret(APP, "KEY", "old"), PLAIN)
_CHANGING: Final = (
    Scenario(
        "the same change",
        (ensure("A", with_image(PLAIN, "nginx:1")), ensure("B", with_image(PLAIN, "nginx:1"))),
        before=((PLAIN,),),
    ),
    Scenario(
        "two images",
        (ensure("A", with_image(PLAIN, "nginx:1")), ensure("B", with_image(PLAIN, "nginx:2"))),
        before=((PLAIN,),),
    ),
    Scenario(
        "two owners, two keys",
        (
            ensure("A", with_image(PLAIN, "nginx:alpine", env={"A": "1"}), owner="first"),
            ensure("B", with_image(PLAIN, "nginx:alpine", env={"B": "2"}), owner="second"),
        ),
        before=((PLAIN,),),
    ),
    Scenario(
        "a new secret value, followed, and another image",
        (
            ensure("A", FlySecret(APP, "KEY", "new"), PLAIN),
            ensure("B", FlySecret(APP, "KEY", "old"), with_image(PLAIN, "nginx:1")),
        ),
        before=(_WITH_SECRET,),
        is_large=True,
    ),
    Scenario(
        "a volume grows twice",
        (ensure("A", attrs.evolve(DATA, size_gb=5)), ensure("B", attrs.evolve(DATA, size_gb=8))),
        before=((SERVER,),),
    ),
    Scenario(
        "a roll-out beside the same",
        tuple(
            ensure(name, *(Machine(APP, f"web-{index}", {"image": "nginx:1"}) for index in range(3)))
            for name in "AB"
        ),
        before=(tuple(Machine(APP, f"web-{index}", {"image": "nginx:alpine"}) for index in range(3)),),
        switches=2,
        is_large=True,
    ),
    Scenario(
        "a roll-out beside another machine's change",
        (
            ensure("A", *(Machine(APP, f"web-{index}", {"image": "nginx:1"}) for index in range(2))),
            ensure("B", Machine(APP, "web-1", {"image": "nginx:2"})),
        ),
        before=(tuple(Machine(APP, f"web-{index}", {"image": "nginx:alpine"}) for index in range(2)),),
        switches=3,
        is_large=True,
    ),
    Scenario(
        "both replace",
        (
            ensure("A", attrs.evolve(PLAIN, region="ams"), replace=True),
            ensure("B", attrs.evolve(PLAIN, region="ams"), replace=True),
        ),
        before=((PLAIN,),),
        may_raise=TOLD,
        is_large=True,
    ),
    Scenario(
        "both replace, to different places",
        (
            ensure("A", attrs.evolve(PLAIN, region="ams"), replace=True),
            ensure("B", attrs.evolve(PLAIN, region="fra"), replace=True),
        ),
        before=((PLAIN,),),
        may_raise=TOLD,
        lasting=False,
        is_large=True,
    ),
    Scenario(
        "one replaces, one changes",
        (
            ensure("A", attrs.evolve(PLAIN, region="ams"), replace=True),
            ensure("B", with_image(attrs.evolve(PLAIN, region=None), "nginx:1")),
        ),
        before=((PLAIN,),),
        may_raise=TOLD,
        lasting=False,
        is_large=True,
    ),
)
#: Whether somebody else's lease keeps metadata from being written (LE-15).
_UNDER_LEASE: Final[tuple[Literal["free", "refused"], ...]] = ("free", "refused")
_ENDING: Final = (
    *(
        Scenario(
            f"ensure and destroy of {what}",
            (ensure("A", *nouns), destroy("B", *nouns)),
            before=(nouns,) if there else (),
            may_raise=TOLD,
            lasting=False,
        )
        for what, nouns in {
            "a volume": (DATA,),
            "a v4": (IpAddress(APP, "v4"),),
            "a machine": (PLAIN,),
            "secrets": (FlySecret(APP, "KEY", "same-5150"),),
        }.items()
        for there in (True,)
    ),
    Scenario(
        "change and destroy of a machine",
        (ensure("A", with_image(PLAIN, "nginx:1")), destroy("B", PLAIN)),
        before=((PLAIN,),),
        may_raise=TOLD,
        lasting=False,
    ),
    Scenario(
        "creation and destruction of a machine and its volume",
        (ensure("A", SERVER), destroy("B", SERVER, DATA)),
        may_raise=TOLD,
        lasting=False,
    ),
    Scenario(
        "ensure and destroy of the seed stack",
        (ensure("A", *SEED), destroy("B", *SEED)),
        before=(SEED,),
        shared=False,
        may_raise=(*TOLD, errors.AuthenticationError, errors.BadRequestError),
        switches=2,
        is_large=True,
        lasting=False,
    ),
    Scenario(
        "both destroy the seed stack",
        (destroy("A", *SEED), destroy("B", *SEED)),
        before=(SEED,),
        shared=False,
        switches=2,
        is_large=True,
    ),
    Scenario(
        "prune beside a creation of the same owner",
        (ensure("A", PLAIN, prune=True), ensure("B", with_image(Machine(APP, "more", {}), "nginx:1"))),
        before=((PLAIN,),),
        may_raise=TOLD,
        lasting=False,
    ),
    Scenario(
        "prune beside a creation of another owner",
        (
            ensure("A", PLAIN, prune=True),
            ensure("B", Machine(APP, "more", {"image": "nginx:1"}), owner="other"),
        ),
        before=((PLAIN, Machine(APP, "old", {"image": "nginx:alpine"})),),
    ),
    *(
        Scenario(
            f"prune beside an adoption by another owner, metadata {under_lease} under a lease",
            (
                ensure("A", PLAIN, prune=True),
                ensure("B", Machine(APP, "old", {"image": "nginx:alpine"}), owner="other"),
            ),
            before=((PLAIN, Machine(APP, "old", {"image": "nginx:alpine"})),),
            may_raise=TOLD,
            behaviour=Behaviour(metadata_under_lease=under_lease),
        )
        for under_lease in _UNDER_LEASE
    ),
    *(
        Scenario(
            f"destruction beside an adoption by another owner, metadata {under_lease} under a lease",
            (destroy("A", PLAIN), ensure("B", PLAIN, owner="other")),
            before=((PLAIN,),),
            may_raise=TOLD,
            lasting=False,
            behaviour=Behaviour(metadata_under_lease=under_lease),
        )
        for under_lease in _UNDER_LEASE
    ),
    *(
        Scenario(
            f"replacement beside an adoption by another owner, metadata {under_lease} under a lease",
            (
                ensure("A", attrs.evolve(PLAIN, region="ams"), replace=True),
                ensure("B", attrs.evolve(PLAIN, app=App("web")), owner="other"),
            ),
            before=((PLAIN,),),
            may_raise=TOLD,
            lasting=False,
            behaviour=Behaviour(metadata_under_lease=under_lease),
        )
        for under_lease in _UNDER_LEASE
    ),
    Scenario(
        "prune beside a change by another owner",
        (
            ensure("A", PLAIN, prune=True),
            ensure("B", Machine(APP, "old", {"image": "nginx:1"}), owner="other"),
        ),
        before=((PLAIN, Machine(APP, "old", {"image": "nginx:alpine"})),),
        may_raise=TOLD,
    ),
    Scenario(
        "prune beside a machine's coming back",
        (ensure("A", PLAIN, prune=True), ensure("B", PLAIN, Machine(APP, "old", {"image": "nginx:1"}))),
        before=((PLAIN, Machine(APP, "old", {"image": "nginx:alpine"})),),
        may_raise=TOLD,
        lasting=False,
    ),
)
_LOSING: Final = (
    *(
        Scenario(
            f"{kind}, and A's answer lost {'early' if loss == 'before' else loss}",
            (ensure("A", *_KINDS[kind], losses={(operation, 1): loss}), ensure("B", *_KINDS[kind])),
            may_raise=LOST,
            surplus=loss != "before",
            lasting=loss != "late",
        )
        for kind, operation in _CREATES.items()
        for loss in ("before", "after", "late")
    ),
    *(
        Scenario(
            f"a machine and its volume, and A's answer to {operation} lost {loss}",
            (ensure("A", SERVER, losses={(operation, 1): loss}), ensure("B", SERVER)),
            may_raise=LOST,
            surplus=True,
            lasting=loss != "late",
            switches=2,
            is_large=True,
        )
        for operation in ("Volumes_create", "Machines_create")
        for loss in ("after", "late")
    ),
    *(
        Scenario(
            f"two images, and A's answer to the update lost {loss}",
            (
                ensure("A", with_image(PLAIN, "nginx:1"), losses={("Machines_update", 1): loss}),
                ensure("B", with_image(PLAIN, "nginx:2")),
            ),
            before=((PLAIN,),),
            may_raise=LOST,
            lasting=loss != "late",
            is_large=True,
        )
        for loss in ("before", "after", "late")
    ),
    Scenario(
        "the app, and A's answer lost late",
        (ensure("A", APP, losses={("Apps_create", 1): "late"}), ensure("B", APP)),
        shared=False,
    ),
)
_LOOKING: Final = (
    Scenario(
        "a plan beside a creation",
        (Program("A", "plan", (SERVER,)), ensure("B", SERVER)),
        may_raise=TOLD,
    ),
)


def explore_whole(scenario: Scenario, start: Callable[[], Kernel], coverage: Coverage) -> Iterator[Kernel]:
    """Run all orders that the scenario's bound allows."""
    if scenario.switches is None:
        return explore(start, coverage)
    return explore_switches(start, scenario.switches, coverage)


#: All that are explored, by name; those of different wishes are in `wishes`.
SCENARIOS: Final[dict[str, Scenario]] = {
    scenario.name: scenario for scenario in (*_CREATING, *_CHANGING, *_ENDING, *_LOSING, *_LOOKING)
}
