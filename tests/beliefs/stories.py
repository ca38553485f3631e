"""What is done under a belief: calls of the verbs, and what happens to the world between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Volume
from tests.beliefs.looks import MARKS
from tests.sweep.scenarios import APP, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.beliefs.runs import World


@attrs.frozen
class Call:
    """One call of a verb by us.

    `rests`: machines that may rest after it. `fails`: words of the error that it and the next run have to end
    with, whatever the service does. `may_fail`: words of an error that it may end with instead of doing it.
    `lasts`: what it does stays, so that the next run is quiet.
    """

    step: Step
    rests: frozenset[str] = frozenset()
    fails: str = ""
    may_fail: str = ""
    lasts: bool = True
    longest_s: float = 900.0


@attrs.frozen
class Event:
    """Something that happens to the world."""

    name: str
    happen: Callable[[World], object]


Act = Call | Event


@attrs.frozen
class Story:
    """A world, and what is done in it under a belief.

    `before` makes the world, under no belief; `strangers`: others have things in the app, too. `rivals`: what
    another program does between two requests of the last call. `armed`: machines whose schedule has to start
    them in the end. `limited`: the service refuses what exceeds its rate limits (RL-1).
    """

    name: str
    acts: tuple[Act, ...]
    before: tuple[Act, ...] = ()
    strangers: bool = True
    rivals: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()
    limited: bool = False

    @property
    def calls(self) -> list[Call]:
        """The calls that are made under a belief."""
        return [act for act in self.acts if isinstance(act, Call)]


SITE: Final = App(APP, primary_region="iad")
_PORTS: Final = [{"port": 80, "handlers": ["http"]}, {"port": 443, "handlers": ["tls", "http"]}]
_ALIVE: Final = {"alive": {"type": "tcp", "port": 8080, "interval": "10s", "timeout": "2s"}}
DATA: Final = Volume(SITE, "data", size_gb=1)
LARGER: Final = Volume(SITE, "data", size_gb=2, snapshot_retention=9)
ONE: Final = FlySecret(SITE, "ONE", "1")
CHANGED: Final = FlySecret(SITE, "ONE", "2")
SHARED: Final = FlySecret(SITE, "SHARED", "1")
V6: Final = IpAddress(SITE, "v6")
FLYCAST: Final = IpAddress(SITE, "private_v6")
TENANT: Final = IpAddress(SITE, "private_v6", network="tenant")
HOSTNAME: Final = Certificate(SITE, "www.example.com")


def _service(**more: Any) -> dict[str, Any]:  # noqa: ANN401  # keys of a service
    return {"protocol": "tcp", "internal_port": 8080, "ports": _PORTS, **more}


def server(image: str = "server:1", volume: Volume = DATA, path: str = "/data", **more: Any) -> Machine:  # noqa: ANN401
    """Describe a machine with a volume, a service and a check."""
    config: Any = {
        "image": image,
        "env": {"A": "1"},
        "services": [_service()],
        "checks": _ALIVE,
    }
    return Machine(SITE, "server", config, mounts={path: volume}, **more)


def web(image: str = "web:1", autostop: Any = "stop", name: str = "web", **more: Any) -> Machine:  # noqa: ANN401
    """Describe a machine that the proxy stops and wakes."""
    return Machine(
        SITE,
        name,
        cast(
            "MachineConfigDict", {"image": image, "services": [_service(autostop=autostop, autostart=True)]}
        ),
        **more,
    )


def worker(image: str = "worker:1", name: str = "worker", **more: Any) -> Machine:  # noqa: ANN401
    """Describe a machine without services."""
    return Machine(SITE, name, {"image": image}, **more)


def cron(image: str = "cron:1", schedule: str | None = "hourly", **more: Any) -> Machine:  # noqa: ANN401
    """Describe a machine that runs once an hour."""
    config: MachineConfigDict = (
        {"image": image} if schedule is None else {"image": image, "schedule": schedule}
    )
    return Machine(SITE, "cron", config, **more)


def _ensure(*nouns: Resource[Any], **options: Any) -> Step:  # noqa: ANN401  # the options of the verb
    return Step("ensure", (SITE, *nouns), options)


def _destroy(*nouns: Resource[Any], **options: Any) -> Step:  # noqa: ANN401
    return Step("destroy", nouns, options)


def _up(*nouns: Resource[Any], **options: Any) -> Call:  # noqa: ANN401
    return Call(_ensure(*nouns, **options))


def _gone(*nouns: Resource[Any], **options: Any) -> Call:  # noqa: ANN401
    return Call(_destroy(*nouns, **options))


# What happens.


def _rows(place: World) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in place.rows("machines")}


def mark(place: World) -> None:
    """Somebody else adds a variable, metadata and a file to each machine of ours, by an update of his own."""
    for row in _rows(place).values():
        if row["name"] == "theirs":
            continue
        config = row["config"]
        config["env"] = {**(config.get("env") or {}), MARKS[0]: "1"}
        config["metadata"] = {**(config.get("metadata") or {}), MARKS[1]: "x"}
        config["files"] = [{"guest_path": "/theirs", "raw_value": "eA=="}]
        place.send(f"/apps/{APP}/machines/{row['id']}", {"config": config})


MARK: Final = Event("others add something", mark)


def _wait(seconds: float) -> Event:
    return Event(f"{seconds:g} s pass", lambda place: place.clock.sleep(seconds))


def _nap(*names: str) -> Event:
    def nap(place: World) -> None:
        for name in names:
            place.sim.proxy_stop(APP, name)
        place.clock.sleep(10.0)

    return Event(f"the proxy stops {', '.join(names)}", nap)


def _crash(name: str) -> Event:
    """The machine ends by itself, with an error, and stays so."""

    def crash(place: World) -> None:
        row = _rows(place)[name]
        image = row["config"]["image"]
        place.sim.images[image] = "crashes"
        place.send(f"/apps/{APP}/machines/{row['id']}/restart", {})
        place.clock.sleep(20.0)
        del place.sim.images[image]

    return Event(f"{name} crashes", crash)


def _stop(name: str) -> Event:
    def stop(place: World) -> None:
        place.send(f"/apps/{APP}/machines/{_rows(place)[name]['id']}/stop", {})
        place.clock.sleep(20.0)

    return Event(f"somebody stops {name}", stop)


def _images(**kinds: Any) -> Event:  # noqa: ANN401  # the simulator's kinds of images
    def set_them(place: World) -> None:
        place.sim.images.update({f"{name}:bad": kind for name, kind in kinds.items()})

    return Event("an image is bad", set_them)


def _host(name: str, status: Any) -> Event:  # noqa: ANN401  # the simulator's words
    return Event(
        f"the host of {name} is {status}", lambda place: place.sim.set_host_status(APP, name, status)
    )


def _set(secret: FlySecret) -> Event:
    """Somebody else sets a secret right after machines have started, which do not get it."""
    value = secret.value.reveal() if secret.value else ""

    def set_it(place: World) -> None:
        for row in _rows(place).values():
            place.send(f"/apps/{APP}/machines/{row['id']}/restart", {})
        place.clock.sleep(4.0)
        place.send(f"/apps/{APP}/secrets", {"values": {secret.name: value}})
        place.clock.sleep(30.0)

    return Event(f"somebody sets {secret.name}", set_it)


def _migrate(name: str) -> Event:
    return Event(f"{name} moves to another host", lambda place: place.sim.migrate_machine(APP, name))


# What another program does between two of our requests; it takes no time.


def _their_config(place: World) -> None:
    """It deploys: adds a variable of its own to each machine that is there."""
    for row in place.rows("machines"):
        if row["name"] != "theirs" and row.get("config") and row["state"] in {"started", "stopped"}:
            config = {**row["config"], "env": {**(row["config"].get("env") or {}), MARKS[0]: "1"}}
            place.try_to_send(f"/apps/{APP}/machines/{row['id']}", {"config": config})


def _their_machine(place: World) -> None:
    """It makes the machine that we are about to make."""
    place.try_to_send(
        f"/apps/{APP}/machines", {"name": "worker", "region": "iad", "config": {"image": "worker:1"}}
    )


def _their_lease(place: World) -> None:
    """It takes the leases of all machines for a while."""
    for row in place.rows("machines"):
        place.try_to_send(f"/apps/{APP}/machines/{row['id']}/lease", {"ttl": 20})


def _their_start(place: World) -> None:
    """It starts what is stopped, as traffic does."""
    for row in place.rows("machines"):
        if row["name"] != "theirs" and row["state"] in {"stopped", "suspended"}:
            place.try_to_send(f"/apps/{APP}/machines/{row['id']}/start", {})


RIVALS: Final[dict[str, Callable[[World], None]]] = {
    "deploys": _their_config,
    "makes worker": _their_machine,
    "takes leases": _their_lease,
    "starts machines": _their_start,
}


def _stories() -> list[Story]:
    all_of_it = (ONE, DATA, server(), web(), worker(), cron(), V6, FLYCAST, HOSTNAME)
    up = _up(*all_of_it)
    some = _up(ONE, DATA, server(), worker())
    changed = _up(ONE, LARGER, server("server:2", LARGER), web("web:2"), worker("worker:2"), cron("cron:2"))
    two = (worker(), worker(name="worker-2"), worker(name="worker-3"))
    return [
        Story("create", (up,), strangers=False, armed=("cron",)),
        Story("create beside others", (up,), (_up(),), armed=("cron",)),
        Story("unchanged", (up,), (up, MARK), armed=("cron",)),
        Story("change", (changed,), (up, MARK), armed=("cron",)),
        Story("secrets", (_up(CHANGED, DATA, server(), worker()),), (some, MARK)),
        Story("a secret of others", (_set(SHARED), _up(ONE, SHARED, DATA, server(), worker())), (some, MARK)),
        Story("scale up", (_up(*two, server(), DATA),), (some,)),
        Story("scale down", (_up(DATA, server(), worker(), prune=True),), (_up(*two, server(), DATA), MARK)),
        Story("prune", (_up(DATA, server(), ONE, prune=True),), (some, MARK)),
        Story("replace", (_up(ONE, DATA, server(path="/srv"), worker(), replace=True),), (some,)),
        Story("destroy machines", (_gone(server(), worker()),), (some,)),
        Story("destroy machines and volumes", (_gone(server(), worker(), DATA, ONE),), (some,)),
        Story("destroy by force", (_gone(server(), worker(), DATA, force=True),), (some,)),
        Story("destroy the rest", (_gone(web(), cron(), V6, FLYCAST, HOSTNAME),), (up,)),
        Story("destroy the app", (_gone(SITE, *all_of_it),), (up,), strangers=False),
        Story(
            "destroy an app with strangers",
            (Call(_destroy(SITE), fails="theirs|holds|not ours|others"),),
            (some,),
        ),
        Story("a key of tomorrow", _tomorrow(), (some, MARK)),
        *_stories_of_limits(),
        *_stories_of_crashes(),
        *_stories_of_sleep(),
        *_stories_of_schedules(),
        *_stories_of_bad_images(),
        *_stories_of_hosts(),
        *_stories_of_addresses(),
        *_stories_of_two(),
    ]


def _tomorrow() -> tuple[Act, ...]:
    """Keys that the document does not have yet are given, stay, and are taken away again."""
    keys: Any = {"extra": {"tomorrow": {"mode": "on"}}}
    one, other = worker(**keys), worker("worker:2", **keys)
    return (_up(DATA, server(), one), _up(DATA, server(), other), _up(DATA, server(), worker("worker:2")))


def _stories_of_limits() -> list[Story]:
    guest = {"cpu_kind": "performance", "cpus": 1, "memory_mb": 4096}
    large = Machine(SITE, "large", cast("MachineConfigDict", {"image": "large:1", "guest": guest}))
    many = tuple(worker(name=f"worker-{number}") for number in range(5))
    newer = tuple(worker("worker:2", name=f"worker-{number}") for number in range(5))
    foreign = Event("another organisation has the app", lambda place: place.sim.add_foreign_app(APP))
    denied = Call(_ensure(worker()), fails="another organisation|token")
    return [
        Story("create many, within limits", (_up(*many),), (_up(),), limited=True),
        Story(
            "change many, within limits", (_up(*newer, max_unavailable=3),), (_up(*many), MARK), limited=True
        ),
        Story("a large guest", (_up(large),), (_up(worker()),)),
        Story("an app of others", (foreign, denied), strangers=False),
    ]


def _stories_of_crashes() -> list[Story]:
    up = _up(DATA, server(), worker())
    crashed = attrs.evolve(up, may_fail="crashed")
    return [
        Story("crashed, unchanged", (_crash("worker"), crashed), (up, MARK)),
        Story("crashed, mended", (_crash("worker"), _up(DATA, server(), worker("worker:2"))), (up, MARK)),
        Story(
            "crashed with a volume, mended",
            (_crash("server"), _up(DATA, server("server:2"), worker())),
            (up, MARK),
        ),
    ]


def _stories_of_sleep() -> list[Story]:
    found = []
    for autostop in ("stop", "suspend"):
        up = _up(web(autostop=autostop), worker())
        nap = _nap("web")
        found += [
            Story(f"{autostop}: asleep, unchanged", (nap, up), (up, MARK)),
            Story(f"{autostop}: asleep, changed", (nap, _up(web("web:2", autostop), worker())), (up, MARK)),
            Story(f"{autostop}: asleep, autostop off", (nap, _up(web("web:1", "off"), worker())), (up, MARK)),
            Story(f"{autostop}: asleep, off and changed", (nap, _up(web("web:2", "off"), worker())), (up,)),
            Story(f"{autostop}: asleep, destroyed", (nap, _gone(web())), (up,)),
        ]
    up = _up(web(autostop="off"), worker())
    stopped = _up(worker(state="stopped"))
    return [
        *found,
        Story("awake, autostop on", (_up(web("web:2", "stop"), worker()),), (up, MARK)),
        Story("stop", (stopped,), (_up(worker()), MARK)),
        Story("create stopped", (stopped,), (_up(),)),
        Story("change a stopped one", (_up(worker("worker:2", state="stopped")),), (stopped,)),
        Story("start", (_up(worker(state="started")),), (stopped,)),
        Story("start and change", (_up(worker("worker:2", state="started")),), (stopped,)),
        Story(
            "stopped by somebody, started", (_stop("worker"), _up(worker(state="started"))), (_up(worker()),)
        ),
        Story(
            "stopped by somebody, unchanged",
            (_stop("worker"), Call(_ensure(worker()), rests=frozenset({"worker"}))),
            (_up(worker()),),
        ),
    ]


def _stories_of_schedules() -> list[Story]:
    up, armed = _up(cron(), worker()), ("cron",)
    return [
        Story("schedule: new", (up,), (_up(worker()),), armed=armed),
        Story("schedule: changed", (_up(cron("cron:2"), worker()),), (up, MARK), armed=armed),
        Story(
            "schedule: asleep, changed", (_stop("cron"), _up(cron("cron:2"), worker())), (up,), armed=armed
        ),
        Story("schedule: twice", (_up(cron("cron:2")), _wait(30.0), _up(cron("cron:3"))), (up,), armed=armed),
        Story("schedule: added", (_up(cron()),), (_up(cron(schedule=None)), MARK), armed=armed),
        Story(
            "schedule: added to what is stopped", (_stop("cron"), _up(cron())), (_up(cron(schedule=None)),)
        ),
        Story("schedule: taken away", (_up(cron(schedule=None)),), (up, MARK)),
        Story("schedule: taken away asleep", (_stop("cron"), _up(cron(schedule=None))), (up, MARK)),
    ]


def _stories_of_bad_images() -> list[Story]:
    undone = _images(server="update_fails", worker="update_fails", web="update_fails", cron="update_fails")
    up = _up(DATA, server(), worker())
    nap = _up(web())
    why = "went back|undone|undid|reverted|earlier version|failed"
    bad = Call(_ensure(DATA, server("server:bad"), worker()), fails=why, longest_s=120.0)
    asleep = Call(_ensure(web("web:bad")), fails=why, longest_s=120.0)
    scheduled = Call(_ensure(cron("cron:bad")), fails=why, longest_s=120.0)
    sick = Call(_ensure(DATA, server("server:bad"), worker()), fails="check", longest_s=700.0)
    # It may crash only when the call has returned; the next run is not green.
    starting = Call(_ensure(DATA, server(), worker("worker:bad")), may_fail="stopped|exit|crash", lasts=False)
    crashing = Call(
        _ensure(DATA, server(), worker("worker:bad")), fails="stopped|exit|crash", longest_s=400.0
    )
    missing = Call(
        _ensure(DATA, server(), worker("worker:bad")), fails="image|manifest|MANIFEST", longest_s=200.0
    )
    failing = Call(_ensure(worker("worker:bad")), fails="launch|start|failed", longest_s=120.0)
    mended = _up(DATA, server("server:3"), worker())
    return [
        Story("undone", (undone, bad, _wait(60.0), mended), (up, MARK)),
        Story("undone, back to the first", (undone, bad, _wait(60.0), up), (up, MARK)),
        Story("undone asleep", (undone, _nap("web"), asleep, _up(web("web:3"))), (nap, MARK)),
        Story("undone scheduled", (undone, scheduled, _up(cron("cron:3"))), (_up(cron()),), armed=("cron",)),
        Story("sick", (_images(server="unhealthy"), sick, mended), (up, MARK)),
        Story(
            "crashing",
            (_images(worker="crashes"), starting, _wait(60.0), crashing, _up(worker("worker:3"))),
            (up, MARK),
        ),
        Story("missing image", (_images(worker="missing"), missing, _up(worker("worker:3"))), (up, MARK)),
        Story("never launches", (_images(worker="launch_fails"), failing, _up(worker("worker:3"))), (_up(),)),
    ]


def _stories_of_hosts() -> list[Story]:
    up = _up(DATA, server(), worker())
    lost, found = _host("worker", "unreachable"), _host("worker", "ok")
    changed = _ensure(DATA, server("server:2"), worker("worker:2"))
    blocked = Call(changed, fails="unreachable|host")
    return [
        Story("host lost", (lost, blocked, found, _wait(30.0), Call(changed)), (up, MARK)),
        Story("host lost, destroyed by force", (lost, _gone(worker(), force=True)), (up,)),
        Story("moved to another host", (_migrate("server"), _wait(60.0), up), (up, MARK)),
        Story("moved, changed", (_migrate("server"), _wait(60.0), Call(changed)), (up, MARK)),
    ]


def _stories_of_addresses() -> list[Story]:
    return [
        Story("address in a network of its own", (_up(TENANT),), (_up(FLYCAST),)),
        Story("address of a network given back", (_gone(TENANT),), (_up(FLYCAST, TENANT),)),
        Story("address of the default network given back", (_gone(FLYCAST),), (_up(FLYCAST, TENANT),)),
    ]


def _stories_of_two() -> list[Story]:
    up = _up(DATA, server(), worker())
    changed = _up(DATA, server("server:2"), worker("worker:2"))
    leaving = tuple(name for name in RIVALS if name != "makes worker")  # what is gone may be made again
    return [
        Story("two programs: create", (up,), (_up(DATA, server()),), rivals=tuple(RIVALS)),
        Story("two programs: change", (changed,), (up,), rivals=tuple(RIVALS)),
        Story("two programs: unchanged", (up,), (up,), rivals=tuple(RIVALS)),
        Story(
            "two programs: wake", (_up(web("web:2", "off")),), (_up(web()), _nap("web")), rivals=tuple(RIVALS)
        ),
        Story("two programs: destroy", (_gone(server(), worker(), DATA),), (up,), rivals=leaving),
    ]


STORIES: Final = {story.name: story for story in _stories()}
