"""What is done while things go wrong: every verb, on the web app of the examples and on five machines."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs
from web_app import web_app

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume
from fly_resources._secret import _LIVING
from fly_resources.testing import Behaviour
from tests.flows.pems import chain_pem, key_pem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_machines.config_types import MachineConfigDict

Nouns = tuple[Resource[Any], ...]

#: The app of every scenario, and one beside it that belongs to somebody else.
APP: Final = "my-web-app"
OTHER_APP: Final = "theirs"


@attrs.frozen
class Step:
    """One call of a verb, and the one that the same client makes right after it.

    The verb `lease` holds a machine's lease for a while.
    """

    verb: str
    nouns: Nouns
    options: Mapping[str, Any] = attrs.Factory(dict)
    owner: str = "sweep"
    then: Step | None = None

    @property
    def last(self) -> Step:
        """The last of the calls."""
        return self if self.then is None else self.then.last


@attrs.frozen
class Scenario:
    """A world to start from, and the call that meets trouble in it.

    `before` makes the start; `strangers`: others have things in the app, too; `timings` are the simulator's.
    `marked`: others have set keys that nobody declares on each machine of ours. `refused`: so the call ends
    with an error before it writes anything. `behaviour` is the service's in the call, and `earlier` what
    another client has done right before it.
    """

    name: str
    call: Step
    before: tuple[Step, ...] = ()
    strangers: bool = True
    timings: Literal["instant", "typical"] = "instant"
    marked: bool = True
    refused: bool = False
    behaviour: Behaviour = attrs.Factory(Behaviour)
    earlier: tuple[Step, ...] = ()

    @property
    def destroys(self) -> bool:
        """Whether volumes and addresses are meant to go."""
        return "destroy" in {self.call.verb, *(step.verb for step in self.earlier)}

    @property
    def may_lose(self) -> bool:
        """Whether the caller has accepted that what is not declared may be lost."""
        return self.call.options.get("replace") == "with_undeclared"


def _replacing(name: str, *nouns: Resource[Any], before: Step, **more: Any) -> list[Scenario]:  # noqa: ANN401
    """Replace machines that hold nothing undeclared, and some that do, where that is accepted or is not."""
    return [
        Scenario(name, _ensure(*nouns, replace=True), (before,), marked=False, **more),
        Scenario(
            f"{name}, undeclared accepted", _ensure(*nouns, replace="with_undeclared"), (before,), **more
        ),
        Scenario(f"{name}, refused", _ensure(*nouns, replace=True), (before,), refused=True, **more),
    ]


def _ensure(*nouns: Resource[Any], **options: Any) -> Step:  # noqa: ANN401  # the options of the verb
    return Step("ensure", nouns, options)


def _seed() -> list[Scenario]:
    site = web_app("postgres://one")
    app, data, server = site.app, site.data, site.server
    larger = attrs.evolve(data, size_gb=20, snapshot_retention=9)
    assert isinstance(server.config, dict)
    updated = attrs.evolve(server, config={**server.config, "image": "nginx:1"}, mounts={"/data": larger})
    moved = attrs.evolve(server, mounts={"/srv": data})
    cache = Volume(app, "cache", size_gb=1)
    second = Machine(app, "second", {"image": "redis:7"}, mounts={"/data": cache})
    job = Machine(app, "job", {"image": "alpine:3"})
    rest = (site.database_url, site.certificate, site.ipv4, site.ipv6)
    up = _ensure(*site)
    return [
        Scenario("create", up, strangers=False),
        Scenario("create beside others", up, (_ensure(app),)),
        Scenario("unchanged", up, (up,)),
        Scenario("change", _ensure(app, larger, updated, *rest), (up,)),
        Scenario("secrets", _ensure(*web_app("postgres://two")), (up,)),
        Scenario("scale up", _ensure(*site, cache, second), (up,)),
        Scenario("scale down", _ensure(*site, prune=True), (_ensure(*site, cache, second),)),
        Scenario("prune", _ensure(*site, prune=True), (_ensure(*site, job),)),
        *_replacing("replace", app, data, moved, *rest, before=up),
        Scenario("destroy", Step("destroy", tuple(noun for noun in site if noun != app)), (up,)),
        Scenario("destroy the app", Step("destroy", tuple(site)), (up,), strangers=False),
    ]


def _more() -> list[Scenario]:
    """What the web app does not do: powering, taking up, another kind of certificate, pairs, real timings."""
    app = App(APP, primary_region="iad")
    old, new = FlySecret(app, "OLD", "1"), FlySecret(app, "NEW", "2")
    data = Volume(app, "data", size_gb=1)
    larger = attrs.evolve(data, size_gb=2)
    server = Machine(app, "server", {"image": "nginx:alpine"}, mounts={"/data": data})
    updated = Machine(app, "server", {"image": "nginx:1"}, mounts={"/data": larger})
    moved = attrs.evolve(server, mounts={"/srv": data})
    stopped, started = attrs.evolve(server, state="stopped"), attrs.evolve(server, state="started")
    host = "own.example.com"
    chain = chain_pem(
        host, begin=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), end=dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    )
    own = Certificate(app, host, chain, key_pem())
    # The masker would look for each part of these in each error, which tests/security is there to see.
    for secret in (own.fullchain, own.private_key):
        _LIVING.pop(id(secret))
    pair = IpAddress(app, "egress_pair", region="iad")
    up = _ensure(app, old, server)
    return [
        Scenario("stop", _ensure(app, stopped), (_ensure(server),)),
        Scenario("start", _ensure(app, started), (_ensure(stopped),)),
        Scenario("adopt", up, (Step("ensure", (app, old, server), owner="earlier"),)),
        Scenario("follow one more secret", _ensure(app, old, new, server), (up,)),
        Scenario("own certificate, egress pair", _ensure(app, own, pair), (_ensure(app),)),
        Scenario("destroy them", Step("destroy", (own, pair)), (_ensure(app, own, pair),)),
        Scenario("destroy by force", Step("destroy", (old, server, data), {"force": True}), (up,)),
        Scenario("create, slowly", up, strangers=False, timings="typical"),
        Scenario("change, slowly", _ensure(app, old, updated), (up,), timings="typical"),
        *_replacing("replace, slowly", app, old, moved, before=up, timings="typical"),
        Scenario("destroy, slowly", Step("destroy", (old, server, data)), (up,), timings="typical"),
    ]


def _leasing() -> list[Scenario]:
    server = Machine(APP, "server", {"image": "nginx:alpine"})
    up = _ensure(server)
    return [
        Scenario(f"{ttl_s} s", Step("lease", (server,), {"ttl_s": ttl_s}), (up,), marked=False)
        for ttl_s in (60, 300)
    ]


#: Lists that miss what was made in the last seconds, and show what is gone (OR-3, VO-13).
_LAGGING: Final = Behaviour(
    stale_reads={"Machines_list": 3.0, "Volumes_list": 3.0, "App_IPAssignments_list": 3.0}
)


def _lagging() -> list[Scenario]:
    """Make anew what was destroyed moments ago.

    An address that another client has destroyed is left out: its list alone tells that it is gone.
    """
    app = App(APP, primary_region="iad")
    data = Volume(app, "data", size_gb=1)
    server = Machine(app, "server", {"image": "nginx:alpine"}, mounts={"/data": data})
    address = IpAddress(app, "private_v6")
    before = (_ensure(server, address),)
    lags: dict[str, Any] = {"marked": False, "behaviour": _LAGGING}
    found: list[Scenario] = []
    both: dict[str, Nouns] = {"a machine": (server,), "a machine and its volume": (server, data)}
    for what, nouns in {**both, "an address": (address,)}.items():
        gone, made = Step("destroy", nouns), _ensure(*nouns)
        found.append(Scenario(f"destroy and make {what}", attrs.evolve(gone, then=made), before, **lags))
        if what in both:
            name = f"make {what} that another client has destroyed"
            found.append(Scenario(name, made, before, earlier=(gone,), **lags))
    return found


def _fleet() -> list[Scenario]:
    app = App(APP, primary_region="iad")
    secrets = (FlySecret(app, "ONE", "1"), FlySecret(app, "TWO", "2"))
    changed = (FlySecret(app, "ONE", "1"), FlySecret(app, "TWO", "3"))
    addresses = (IpAddress(app, "v6"), IpAddress(app, "private_v6"), IpAddress(app, "shared_v4"))

    def disk(index: int, **more: Any) -> Volume:  # noqa: ANN401  # the volume's own arguments
        return Volume(app, f"data_{index}", **{"size_gb": 1, **more})

    def machine(index: int, volume: Volume, path: str = "/data", image: str = "postgres:17") -> Machine:
        checks = {"alive": {"type": "tcp", "port": 5432, "interval": "10s", "timeout": "2s"}}
        return Machine(
            app,
            f"db-{index}",
            cast("MachineConfigDict", {"image": image, "checks": checks}),
            mounts={path: volume},
        )

    def stack(count: int, values: Nouns = secrets) -> Nouns:
        return (app, *values, *addresses, *(machine(index, disk(index)) for index in range(count)))

    large = [disk(index, size_gb=2, snapshot_retention=9) for index in range(5)]
    updated = [machine(index, volume, image="postgres:18") for index, volume in enumerate(large)]
    moved = [machine(index, disk(index), path="/srv") for index in range(2)]
    disks = tuple(disk(index) for index in range(5))
    jobs = tuple(Machine(app, f"job-{index}", {"image": "alpine:3"}) for index in range(2))
    five = stack(5)
    up, rest = _ensure(*five), (app, *secrets, *addresses)
    return [
        Scenario("create", up, strangers=False),
        Scenario("create beside others", up, (_ensure(app),)),
        Scenario("unchanged", up, (up,)),
        Scenario("change", _ensure(*rest, *updated, max_unavailable=2), (up,)),
        Scenario("secrets", _ensure(*stack(5, changed), max_unavailable=2), (up,)),
        Scenario("scale up", up, (_ensure(*stack(3)),)),
        Scenario("scale down", _ensure(*stack(3), prune=True), (up,)),
        Scenario("prune", _ensure(*five, prune=True), (_ensure(*five, *jobs),)),
        *_replacing("replace", *five[:6], *moved, *five[8:], before=up),
        Scenario("destroy", Step("destroy", (*five[1:], *disks)), (up,)),
        Scenario("destroy the app", Step("destroy", (*five, *disks)), (up,), strangers=False),
    ]


SCENARIOS: Final = {
    f"{stack}: {scenario.name}": scenario
    for stack, scenarios in (
        ("seed", _seed()),
        ("more", _more()),
        ("lease", _leasing()),
        ("lists lag", _lagging()),
        ("five machines", _fleet()),
    )
    for scenario in scenarios
}
