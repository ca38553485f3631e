"""Races of programs with different wishes for one thing: for every noun, with and without a lost answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Volume, errors
from tests.flows.pems import DAY, TODAY, chain_pem, key_pem
from tests.races.scenarios import (
    APP,
    DATA,
    LOST,
    PLAIN,
    SERVER,
    SNAPSHOT,
    SOURCE,
    Scenario,
    ensure,
    with_image,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources import Resource
    from tests.races.explorer import Loss

Nouns = tuple["Resource[Any]", ...]

_HOST: Final = "www.example.com"
_FILLED: Final = Machine(APP, "holder", {"image": "nginx:alpine"}, mounts={"/data": Volume(APP, "source")})


@attrs.frozen
class Wish:
    """What two programs want differently.

    Attributes:
        name: How it is called.
        first: What A describes.
        second: What B describes.
        operation: The request whose answer A loses.
        may_raise: What a program may be told, because both cannot have what they want.
        surplus: Whether both volumes or addresses may be left, if somebody is told.
        settings: More fields of the scenario.
    """

    name: str
    first: Nouns
    second: Nouns
    operation: str
    may_raise: tuple[type[errors.FlyError], ...] = ()
    surplus: bool = False
    settings: dict[str, Any] = attrs.field(factory=dict)


_NEVER_BOTH: Final = (errors.ImmutableFieldError,)
_WHOSE: Final = (errors.AmbiguousMatchError,)
_BEFORE: Final = {"before": ((_FILLED,),), "snapshot_of": "source"}


def _volumes(
    name: str,
    first: Volume,
    second: Volume,
    *may_raise: type[errors.FlyError],
    **more: Any,  # noqa: ANN401  # Scenario's fields
) -> Wish:
    return Wish(
        name, (first,), (second,), "Volumes_create", (*_WHOSE, *may_raise), surplus=True, settings=more
    )


_WISHES: Final = (
    Wish(
        "an app of two networks",
        (App("web", network="mine"),),
        (App("web", network="theirs"),),
        "Apps_create",
        _NEVER_BOTH,
        settings={"shared": False},
    ),
    Wish(
        "an app of two organisations",
        (App("web", org="third"),),
        (App("web", org="second"),),
        "Apps_create",
        _NEVER_BOTH,
        settings={"shared": False},
    ),
    Wish(
        "a machine with a mount and without",
        (SERVER,),
        (Machine(APP, "server", {"image": "nginx:alpine"}),),
        "Machines_create",
        _NEVER_BOTH,
        surplus=True,
    ),
    Wish(
        "a machine with two mounts",
        (SERVER,),
        (attrs.evolve(SERVER, mounts={"/srv": DATA}),),
        "Machines_create",
        _NEVER_BOTH,
    ),
    Wish(
        "a machine of two regions",
        (PLAIN,),
        (attrs.evolve(PLAIN, region="ams"),),
        "Machines_create",
        _NEVER_BOTH,
    ),
    Wish("a machine of two images", (PLAIN,), (with_image(PLAIN, "nginx:1"),), "Machines_create"),
    Wish(
        "a machine of two values in its env",
        (with_image(PLAIN, "nginx:alpine", env={"SIZE": "9-mine"}),),
        (with_image(PLAIN, "nginx:alpine", env={"SIZE": "7-theirs"}),),
        "Machines_create",
    ),
    Wish(
        "a machine that runs and that stays stopped",
        (PLAIN,),
        (attrs.evolve(PLAIN, state="stopped"),),
        "Machines_create",
        (errors.MachineNotRunningError, errors.WaitTimeoutError),
    ),
    _volumes("a volume of two sizes", DATA, attrs.evolve(DATA, size_gb=10)),
    _volumes("a volume, encrypted and not", DATA, attrs.evolve(DATA, encrypted=False), *_NEVER_BOTH),
    _volumes(
        "a volume of two retentions",
        attrs.evolve(DATA, snapshot_retention=7),
        attrs.evolve(DATA, snapshot_retention=9),
    ),
    _volumes("a volume, restored and empty", attrs.evolve(DATA, snapshot_id=SNAPSHOT), DATA, **_BEFORE),
    _volumes("a volume, forked and empty", attrs.evolve(DATA, source_volume_id=SOURCE), DATA, **_BEFORE),
    Wish(
        "a secret of two values",
        (FlySecret(APP, "KEY", "9-mine-3341"),),
        (FlySecret(APP, "KEY", "7-theirs-8872"),),
        "Secrets_update",
    ),
    Wish(
        "a certificate by ACME and one's own",
        (Certificate(APP, _HOST),),
        (Certificate(APP, _HOST, chain_pem(_HOST, end=TODAY + 3000 * DAY), key_pem()),),
        "App_Certificates_acme_create",
    ),
    Wish(
        "a v4 anywhere and in a region",
        (IpAddress(APP, "v4"),),
        (IpAddress(APP, "v4", region="iad"),),
        "App_IPAssignments_create",
        surplus=True,
    ),
    Wish(
        "a v4 in two regions",
        (IpAddress(APP, "v4", region="ams"),),
        (IpAddress(APP, "v4", region="iad"),),
        "App_IPAssignments_create",
        surplus=True,
    ),
    Wish(
        "a v4, and an egress pair",
        (IpAddress(APP, "v4"),),
        (IpAddress(APP, "egress_pair"),),
        "App_IPAssignments_create",
        surplus=True,
    ),
)


def _scenarios(wish: Wish) -> Iterator[Scenario]:
    def scenario(name: str, loss: Loss | None) -> Scenario:
        losses = {(wish.operation, 1): loss} if loss else None
        return Scenario(
            name,
            (ensure("A", *wish.first, losses=losses), ensure("B", *wish.second)),
            may_raise=(*wish.may_raise, *(LOST if loss else ())),
            surplus=wish.surplus,
            lasting=loss != "late",
            switches=2 if loss else None,
            is_large=loss is not None,
            **wish.settings,
        )

    yield scenario(wish.name, None)
    for loss in ("before", "after", "late"):
        yield scenario(f"{wish.name}, and A's answer lost {'early' if loss == 'before' else loss}", loss)


WISHES: Final[dict[str, Scenario]] = {
    scenario.name: scenario for wish in _WISHES for scenario in _scenarios(wish)
}
