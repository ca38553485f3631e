"""What holds in whatever world a stack is ensured, changed by others, and destroyed again."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
import httpx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Plan,
    Report,
    Resource,
    Volume,
    errors,
)
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing._state import Volume as VolumeRecord

APP: Final = App("web", primary_region="iad")
#: Of four machines the first two may mount a volume, each its own.
NAMES: Final = ("a", "b", "c", "d")
DISKS: Final = {"a": "data", "b": "logs"}
SECRETS: Final = ("KEY", "TOKEN")
ADDRESSES: Final = ("v6", "shared_v4", "private_v6")
AUTOSTOP: Final = [{"protocol": "tcp", "internal_port": 80, "autostop": "stop", "autostart": True}]
Row = dict[str, Any]


@attrs.frozen
class Stack:
    """What somebody wants there to be."""

    machines: dict[str, Row]
    mounted: frozenset[str]
    sizes: dict[str, int]
    secrets: dict[str, str | None]
    addresses: frozenset[str]
    certificate: bool

    def with_disk(self) -> set[str]:
        """Return the machines that mount a volume."""
        return {name for name in self.mounted if name in self.machines and DISKS[name] in self.sizes}

    def nouns(self) -> list[Resource[Any]]:
        """Describe it."""
        disks = {name: Volume(APP, name, size_gb=size) for name, size in self.sizes.items()}
        nouns: list[Resource[Any]] = [APP, *disks.values()]
        for name, config in self.machines.items():
            follows = config["image"] != "nginx:aloof"
            mounts = {"/data": disks[DISKS[name]]} if name in self.with_disk() else {}
            nouns.append(
                Machine(APP, name, cast("MachineConfigDict", config), mounts=mounts, follow_secrets=follows)
            )
        for name, value in self.secrets.items():
            nouns.append(FlySecret.absent(APP, name) if value is None else FlySecret(APP, name, value))
        nouns += [IpAddress(APP, kind) for kind in sorted(self.addresses)]
        return [*nouns, Certificate(APP, "www.example.com")] if self.certificate else nouns


configs: Final = st.fixed_dictionaries(
    {"image": st.sampled_from(["nginx:1", "nginx:2", "nginx:aloof"])},
    optional={
        "env": st.dictionaries(st.sampled_from(["A", "B"]), st.sampled_from(["1", "2"]), min_size=1),
        "guest": st.sampled_from([256, 512]).map(
            lambda memory: {"cpu_kind": "shared", "cpus": 1, "memory_mb": memory}
        ),
        "services": st.just(AUTOSTOP),
        "metadata": st.just({"role": "web"}),
    },
)
stacks: Final = st.builds(
    Stack,
    machines=st.dictionaries(st.sampled_from(NAMES), configs, min_size=1, max_size=4),
    mounted=st.frozensets(st.sampled_from(list(DISKS))),
    sizes=st.dictionaries(st.sampled_from(list(DISKS.values())), st.integers(1, 3)),
    secrets=st.dictionaries(st.sampled_from(SECRETS), st.sampled_from(["1", "2", None])),
    addresses=st.frozensets(st.sampled_from(ADDRESSES)),
    certificate=st.booleans(),
)
READS: Final = ("Apps_show", "Machines_list", "Volumes_list", "Secrets_list", "App_IPAssignments_list")
WRITES: Final = (
    "Apps_create",
    "Machines_create",
    "Machines_update",
    "Machines_create_lease",
    "Machines_release_lease",
    "Machines_wait",
    "Machines_show",
    "Machines_stop",
    "Machines_delete",
    "Machines_patch_metadata",
    "Volumes_create",
    "Volumes_extend",
    "Secrets_update",
    "App_IPAssignments_create",
    "App_Certificates_acme_create",
)
TROUBLE: Final[list[dict[str, Any]]] = [
    {"kind": "refuse", "times": 9},
    {"kind": "reset_before"},
    {"kind": "reset_after"},
    {"kind": "truncate"},
    {"kind": "not_json"},
    {"kind": "slow", "seconds": 80.0},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 502, "applied": True},
    {"kind": "status", "status": 400},
]
faults: Final = (
    st.none()
    | st.none()
    | st.one_of(
        st.builds(
            lambda operation, nth, trouble: Fault(operation=operation, nth=nth, **trouble),
            st.sampled_from(WRITES),
            st.integers(1, 2),
            st.sampled_from(TROUBLE),
        ),
        st.builds(
            lambda operation: Fault(
                "status", operation=operation, status=403, body={"error": "unauthorized"}
            ),
            st.sampled_from(READS),
        ),
    )
)


#: What others do to a machine, or beside it: the methods of that name.
MEDDLING: Final = (
    "drift",
    "add_a_variable",
    "lose_our_marks",
    "garble_our_marks",
    "clone",
    "deploy_with_flyctl",
    "set_a_secret",
    "idle",
    "lose_its_host",
    "migrate",
    "wait",
)


@attrs.frozen
class Episode:
    """What others do first, and what our program does then: with the stack from before if none is given.

    A busy proxy stops what may sleep while the program goes on.
    """

    meddling: list[tuple[int, str]]
    verb: str
    stack: Stack | None
    fault: Fault | None
    option: bool
    hosts_are_back: bool
    proxy_is_busy: bool


episodes: Final = st.builds(
    Episode,
    meddling=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(MEDDLING)), min_size=1, max_size=5),
    verb=st.sampled_from(["ensure", "ensure", "ensure", "plan", "destroy"]),
    stack=st.none() | st.none() | stacks,
    fault=faults,
    option=st.booleans(),
    hosts_are_back=st.sampled_from([True, True, False]),
    proxy_is_busy=st.booleans(),
)


class BusyProxy(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The way to the simulator, on which machines are stopped just before they are looked at."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._inner = world.sim.transport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._world.stop_what_may_sleep(request)
        return self._inner.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._world.stop_what_may_sleep(request)
        return await self._inner.handle_async_request(request)


class World:
    """One app, several programs and people that change it, and a stack that is ensured again and again."""

    def __init__(self, *, timings: Any, limited: bool, asynchronous: bool) -> None:  # noqa: ANN401  # a Literal
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock, latency=0.05, rate_limits=limited, timings=timings)
        self.asynchronous = asynchronous
        self.disks: dict[str, str] = {}
        self.foreign: dict[str, Row] = {}
        self.touched: set[str] = set()
        self.unreachable: set[str] = set()
        self.prints: dict[tuple[str, str], str] = {}
        self.count = 0
        self.proxy_is_busy = False
        self.naps = 0
        self.http = httpx.Client(
            transport=self.sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )

    def play(self, episode: Episode, stack: Stack) -> None:
        for index, how in episode.meddling:
            self.meddle(index, how)
        if episode.hosts_are_back:
            self._recover()
        self.proxy_is_busy = episode.proxy_is_busy and episode.verb == "ensure"
        match episode.verb:
            case "ensure":
                self.ensure(stack, episode.fault, prune=episode.option)
            case "plan":
                self.plan(stack, prune=episode.option, destroy=not episode.option)
            case _:
                self.destroy(stack, force=episode.option)
        self.what_is_foreign_is_untouched()
        self.no_volume_is_replaced_by_an_empty_one()

    def end(self) -> None:
        self._recover()
        self.proxy_is_busy = False
        self._run("destroy", APP, everything=True)
        assert self.sim.snapshot() == {"apps": {}}
        self.http.close()

    # --- what our program does ---

    def ensure(self, stack: Stack, fault: Fault | None, *, prune: bool) -> None:
        if fault is not None:
            self._try_in_trouble(fault, stack, prune=prune)
        nouns = stack.nouns()
        mounted = self._mounts_that_would_change(stack)
        awake = {row["name"] for row in self._ours() if row["state"] == "started"}
        report = self._attempt("ensure", *nouns, prune=prune)
        if isinstance(report, errors.ImmutableFieldError):
            assert mounted
            return
        if isinstance(report, errors.EnsureError):
            assert stack.machines.keys() & self.unreachable, report
            assert all("unreachable" in str(each) for each in report.errors)
            return
        assert isinstance(report, Report), report
        assert not mounted
        assert all(outcome.error is None for outcome in report)
        self._check_secrets_are_new(report)
        self._check_it_is_so(stack, awake)
        self.sim.requests.clear()
        again = self._run("ensure", *nouns, prune=prune)
        assert not again.changed, again
        assert self._writes() <= {"Secrets_update"}
        assert self._writes() <= ({"Secrets_update"} if any(stack.secrets.values()) else set())
        plan = self._run("plan", *nouns, prune=prune)
        assert {step.action for step in plan} <= {"none", "set"}, plan

    def _try_in_trouble(self, fault: Fault, stack: Stack, *, prune: bool) -> None:
        self.sim.faults.add(fault)
        self._attempt("ensure", *stack.nouns(), prune=prune)
        self.sim.faults.clear()
        # What a lost answer left under way has come about after that.
        self.clock.sleep(90.0)

    def plan(self, stack: Stack, *, prune: bool, destroy: bool) -> None:
        # What was begun before has ended by then.
        self.clock.sleep(60.0)
        self.sim.requests.clear()
        before = self.sim.snapshot()
        plan = self._attempt("plan", *stack.nouns(), destroy=destroy, prune=prune and not destroy)
        assert isinstance(plan, Plan | errors.ReconcileError)
        assert str(plan)
        assert self._writes() == set()
        assert self.sim.snapshot() == before

    def destroy(self, stack: Stack, *, force: bool) -> None:
        nouns = [noun for noun in stack.nouns() if not isinstance(noun, App)]
        if not nouns:
            return
        report = self._attempt("destroy", *nouns, force=force)
        self.disks = {name: disk for name, disk in self.disks.items() if disk in self._live_volumes()}
        if isinstance(report, errors.EnsureError):
            held = {disk for name, disk in DISKS.items() if name not in stack.machines}
            assert stack.sizes.keys() & held or stack.machines.keys() & self.unreachable, report
            return
        assert isinstance(report, Report), report
        for noun in nouns:
            assert self._run("read", noun) is None, noun
        self.sim.requests.clear()
        assert not self._run("destroy", *nouns).changed
        assert self._writes() == set()

    # --- what others do meanwhile ---

    def meddle(self, index: int, how: str) -> None:
        """Do something to a machine of ours that is there and can be reached, or beside it."""
        ours = self._ours()
        if ours:
            getattr(self, how)(ours[index % len(ours)])

    def drift(self, row: Row) -> None:
        larger = {"cpu_kind": "shared", "cpus": 2, "memory_mb": 1024}
        self._configure(row, {**row["config"], "image": "redis", "env": {"A": "9"}, "guest": larger})
        self.touched.discard(row["id"])

    def add_a_variable(self, row: Row) -> None:
        self._configure(row, {**row["config"], "env": {**(row["config"].get("env") or {}), "THEIRS": "1"}})
        self.touched.add(row["id"])

    def lose_our_marks(self, row: Row) -> None:
        marks = row["config"]["metadata"]
        kept = {key: value for key, value in marks.items() if not key.startswith("fly_resources")}
        self._configure(row, {**row["config"], "metadata": kept})

    def garble_our_marks(self, row: Row) -> None:
        garbled = {**row["config"].get("metadata", {}), "fly_resources.applied": "v9:?", "role": "theirs"}
        self._configure(row, {**row["config"], "metadata": garbled})

    def clone(self, row: Row) -> None:
        self._create_foreign("clone", {key: row["config"][key] for key in row["config"].keys() - {"mounts"}})

    def deploy_with_flyctl(self, _row: Row) -> None:
        self._create_foreign("fly", {"image": "nginx:1", "metadata": {"fly_release_id": "r1"}})

    def set_a_secret(self, _row: Row) -> None:
        self._send("POST", "/apps/web/secrets", {"values": {"THEIRS": "1"}})

    def idle(self, row: Row) -> None:
        if row["state"] == "started" and row["config"].get("services"):
            self.sim.proxy_stop("web", row["name"])
            self.clock.sleep(10.0)

    def lose_its_host(self, row: Row) -> None:
        self.sim.edit_machine(
            "web", row["name"], lambda machine: setattr(machine, "host_status", "unreachable")
        )
        self.unreachable.add(row["name"])

    def migrate(self, row: Row) -> None:
        """The service moves it to another host with its volume, which gets another id."""
        for mount in row["config"].get("mounts", []):
            place = {"name": mount["name"], "region": "iad", "size_gb": mount["size_gb"]}
            new = str(self._send("POST", "/apps/web/volumes", place)["id"])
            self._configure(row, {**row["config"], "mounts": [{**mount, "volume": new}]})
            self.sim.edit_volume("web", mount["volume"], self._die)
            self.sim.edit_volume("web", new, lambda disk: attrs.evolve(disk, machine_id=row["id"]))
            self.disks[mount["name"]] = new

    def _die(self, disk: VolumeRecord) -> VolumeRecord:
        return attrs.evolve(disk, deleted_at=self.clock.now(), machine_id=None)

    def wait(self, _row: Row) -> None:
        self.clock.sleep(120.0)

    def stop_what_may_sleep(self, request: httpx.Request) -> None:
        """Let the proxy stop what runs idle, if a service of it says autostop, before somebody looks."""
        if not self.proxy_is_busy or request.method != "GET" or "/machines" not in request.url.path:
            return
        for row in self._apps().get("web", {"machines": []})["machines"]:
            if row["name"] in NAMES and row["state"] == "started" and row["config"].get("services"):
                self.sim.proxy_stop("web", row["name"])
                self.naps += 1

    # --- what always holds ---

    def what_is_foreign_is_untouched(self) -> None:
        if self.foreign:
            assert self._foreign_now() == self.foreign

    def no_volume_is_replaced_by_an_empty_one(self) -> None:
        if not self._exists():
            return
        live = self._live_volumes()
        assert set(self.disks.values()) <= live.keys()
        assert sorted(live.values()) == sorted(set(live.values())), "each name has one volume"
        self.disks = {name: disk for disk, name in live.items()}

    def _check_it_is_so(self, stack: Stack, awake: set[str]) -> None:
        """Compare what there is with what was wanted, by other means than the library's own."""
        rows = {row["name"]: row for row in self._rows("machines")}
        for name, wanted in stack.machines.items():
            config = rows[name].get("config") or rows[name]["incomplete_config"]
            assert config["image"] == wanted["image"]
            env = config.get("env") or {}
            assert {key: env.get(key) for key in wanted.get("env", {})} == wanted.get("env", {})
            assert config["guest"] == wanted.get("guest", config["guest"])
            assert rows[name]["id"] not in self.touched or env["THEIRS"] == "1"
            assert rows[name]["state"] == "started" or name not in awake or self._may_nap(config)
            if wanted["image"] != "nginx:aloof" and "config" in rows[name]:
                self._check_fingerprints(stack, config.get("metadata") or {})
            if name in stack.with_disk():
                assert config["mounts"][0]["volume"] == self._volume_named(DISKS[name])
        live = self._live_volumes()
        assert set(stack.sizes) <= set(live.values())
        state: Any = self.sim.snapshot()["apps"]
        kept = {name for name, value in stack.secrets.items() if value is not None}
        assert kept <= set(state["web"]["secrets"])
        assert not (stack.secrets.keys() - kept) & set(state["web"]["secrets"])
        assert stack.addresses <= {ip["type"] for ip in state["web"]["ips"]}
        assert len(state["web"]["ips"]) == len({ip["type"] for ip in state["web"]["ips"]})
        assert not stack.certificate or state["web"]["certificates"]

    def _may_nap(self, config: Row) -> bool:
        return self.proxy_is_busy and bool(config.get("services"))

    def _check_secrets_are_new(self, report: Report) -> None:
        """What was begun with this run has its secrets."""
        current = {row["name"]: row["secrets_are_current"] for row in self._apps()["web"]["machines"]}
        for outcome in report:
            if isinstance(outcome.resource, Machine) and outcome.action in {"create", "update"}:
                assert current[outcome.resource.name], outcome

    def _check_fingerprints(self, stack: Stack, metadata: Row) -> None:
        """A value has one fingerprint, on every machine that runs with it, and another value another."""
        written = dict(word.split("=") for word in metadata.get("fly_resources.secrets", "").split())
        for name, value in stack.secrets.items():
            if value is not None and name in written:
                known = self.prints.setdefault((name, value), written[name])
                assert known == written[name]
                others = {key: mark for key, mark in self.prints.items() if key[0] == name}
                assert len(set(others.values())) == len(others)

    def _mounts_that_would_change(self, stack: Stack) -> set[str]:
        """Return the machines that are there without the volume that they shall have: that is fixed."""
        have = {row["name"]: row["config"].get("mounts") for row in self._ours()}
        return {name for name in stack.with_disk() if name in have and not have[name]}

    # --- how it is done ---

    def _attempt(self, verb: str, *nouns: Resource[Any], **options: object) -> object:
        """Return what the verb returns, or the error of ours that it raises."""
        try:
            return self._run(verb, *nouns, **options)
        except errors.FlyError as error:
            return error

    def _run(self, verb: str, *nouns: Resource[Any], **options: object) -> Any:  # noqa: ANN401  # what the verb returns
        settings: dict[str, Any] = {
            "token": "test",
            "owner": "tests",
            "transport": BusyProxy(self),
            "clock": self.clock,
        }
        if not self.asynchronous:
            with Fly(**settings) as fly:
                return getattr(fly, verb)(*nouns, **options)

        async def work() -> object:
            async with AsyncFly(**settings) as fly:
                return await getattr(fly, verb)(*nouns, **options)

        return asyncio.run(work())

    def _send(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  # any JSON value
        answer = self.http.request(method, path, json=body)
        while answer.status_code == 429:
            self.clock.sleep(1.0)
            answer = self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def _rows(self, kind: str) -> list[Row]:
        rows: list[Row] = self._send("GET", f"/apps/web/{kind}")
        return rows

    def _exists(self) -> bool:
        return "web" in self._apps()

    def _apps(self) -> dict[str, Any]:
        state: Any = self.sim.snapshot()["apps"]
        found: dict[str, Any] = state
        return found

    def _ours(self) -> list[Row]:
        """Return our machines whose host is there."""
        if not self._exists():
            return []
        away = self.unreachable | {"destroying"}
        return [
            row
            for row in self._rows("machines")
            if row["name"] in NAMES and not away & {row["name"], row["state"]}
        ]

    def _configure(self, row: Row, config: Row) -> None:
        self.sim.edit_machine("web", row["name"], lambda machine: setattr(machine, "config", config))

    def _recover(self) -> None:
        for name in self.unreachable:
            with contextlib.suppress(LookupError):  # gone with its app meanwhile
                self.sim.set_host_status("web", name, "ok")
        self.unreachable.clear()

    def _create_foreign(self, kind: str, config: Row) -> None:
        if len(self.foreign) >= 3:
            return
        self.count += 1
        body = {"name": f"{kind}-{self.count}", "config": config, "region": "iad"}
        self._send("POST", "/apps/web/machines", body)
        self.clock.sleep(60.0)
        self.foreign = self._foreign_now()

    def _foreign_now(self) -> dict[str, Row]:
        rows = self._apps()["web"]["machines"]
        return {
            row["name"]: {key: value for key, value in row.items() if key != "secrets_are_current"}
            for row in rows
            if row["name"] not in NAMES
        }

    def _live_volumes(self) -> dict[str, str]:
        """Return the ids of the live volumes, and their names."""
        if not self._exists():
            return {}
        dying = {"pending_destroy", "scheduling_destroy", "destroying", "destroyed"}
        return {row["id"]: row["name"] for row in self._rows("volumes") if row["state"] not in dying}

    def _volume_named(self, name: str) -> str:
        [found] = [disk for disk, called in self._live_volumes().items() if called == name]
        return found

    def _writes(self) -> set[str]:
        return {str(each.operation) for each in self.sim.requests if each.method != "GET"}


@settings(
    max_examples=max(25, settings().max_examples // 3),  # each is a whole story
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failure smaller takes minutes
)
@given(
    first=stacks,
    story=st.lists(episodes, min_size=4, max_size=8),
    timings=st.sampled_from(["instant", "typical"]),
    limited=st.booleans(),
    asynchronous=st.booleans(),
)
def test_whatever_happens_what_is_wanted_comes_about_and_what_is_others_stays(
    first: Stack, story: list[Episode], timings: str, *, limited: bool, asynchronous: bool
) -> None:
    world = World(timings=timings, limited=limited, asynchronous=asynchronous)
    stack = first
    world.ensure(stack, None, prune=False)
    for episode in story:
        stack = episode.stack or stack
        world.play(episode, stack)
    world.end()
