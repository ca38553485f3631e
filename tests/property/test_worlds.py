"""What holds in whatever world a stack is ensured, changed by others, and destroyed again."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import attrs
import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Report,
    Resource,
    Volume,
    errors,
)
from fly_resources.testing import Fault, FlySimulator, VirtualClock
from fly_resources.testing._state import Machine as MachineRecord

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
            nouns.append(Machine(APP, name, config, mounts=mounts, follow_secrets=follows))
        nouns += [FlySecret(APP, name, value) for name, value in self.secrets.items()]
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
    machines=st.dictionaries(st.sampled_from(NAMES), configs, max_size=4),
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
faults: Final = st.none() | st.one_of(
    st.builds(
        lambda operation, nth, trouble: Fault(operation=operation, nth=nth, **trouble),
        st.sampled_from(WRITES),
        st.integers(1, 2),
        st.sampled_from(TROUBLE),
    ),
    st.builds(
        lambda operation: Fault("status", operation=operation, status=403, body={"error": "unauthorized"}),
        st.sampled_from(READS),
    ),
)


class Worlds(RuleBasedStateMachine):
    """One app, several programs and people that change it, and a stack that is ensured again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = VirtualClock()
        self.sim = FlySimulator(clock=self.clock)
        self.asynchronous = False
        self.disks: dict[str, str] = {}
        self.foreign: dict[str, Row] = {}
        self.touched: set[str] = set()
        self.unreachable: set[str] = set()
        self.count = 0

    @initialize(
        stack=stacks,
        timings=st.sampled_from(["instant", "typical"]),
        limited=st.booleans(),
        asynchronous=st.booleans(),
    )
    def begin(self, stack: Stack, timings: Any, *, limited: bool, asynchronous: bool) -> None:  # noqa: ANN401  # a Literal
        self.sim = FlySimulator(clock=self.clock, latency=0.05, rate_limits=limited, timings=timings)
        self.asynchronous = asynchronous
        self.http = httpx.Client(
            transport=self.sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )
        self.ensure(stack, None, prune=False)

    def teardown(self) -> None:
        self._recover()
        self._run("destroy", APP, everything=True)
        assert self.sim.snapshot() == {"apps": {}}

    # --- what our program does ---

    @rule(stack=stacks, prune=st.booleans(), fault=faults)
    def ensure(self, stack: Stack, fault: Fault | None, *, prune: bool) -> None:
        if fault is not None:
            self._try_in_trouble(fault, stack, prune=prune)
        nouns = stack.nouns()
        mounted = self._mounts_that_would_change(stack)
        try:
            report = self._run("ensure", *nouns, prune=prune)
        except errors.ImmutableFieldError:
            assert mounted
            return
        except errors.EnsureError as error:
            named = {noun.name for noun in nouns if isinstance(noun, Machine)}
            assert named & self.unreachable, error
            assert all("unreachable" in str(each) for each in error.errors)
            return
        assert not mounted
        assert all(outcome.error is None for outcome in report)
        self._check_secrets_are_new(report)
        self._check_it_is_so(stack)
        self.sim.requests.clear()
        again = self._run("ensure", *nouns, prune=prune)
        assert not again.changed, again
        assert self._writes() <= {"Secrets_update"}
        assert self._writes() <= ({"Secrets_update"} if any(stack.secrets.values()) else set())
        plan = self._run("plan", *nouns, prune=prune)
        assert {step.action for step in plan} <= {"none", "set"}, plan

    def _try_in_trouble(self, fault: Fault, stack: Stack, *, prune: bool) -> None:
        self.sim.faults.add(fault)
        try:
            self._run("ensure", *stack.nouns(), prune=prune)
        except errors.FlyError as error:
            assert str(error)
        self.sim.faults.clear()
        # What a lost answer left under way has come about after that.
        self.clock.sleep(90.0)

    @rule(stack=stacks, prune=st.booleans(), destroy=st.booleans())
    def plan(self, stack: Stack, *, prune: bool, destroy: bool) -> None:
        self.sim.requests.clear()
        before = self.sim.snapshot()
        try:
            if destroy:
                self._run("plan", *stack.nouns(), destroy=True)
            else:
                assert str(self._run("plan", *stack.nouns(), prune=prune))
        except errors.ReconcileError as error:
            assert str(error)
        assert self._writes() == set()
        assert self.sim.snapshot() == before

    @rule(stack=stacks, force=st.booleans())
    def destroy(self, stack: Stack, *, force: bool) -> None:
        nouns = [noun for noun in stack.nouns() if not isinstance(noun, App)]
        if not nouns:
            return
        named = {noun.name for noun in nouns if isinstance(noun, Machine)}
        try:
            self._run("destroy", *nouns, force=force)
        except errors.EnsureError as error:
            held = {DISKS[name] for name in DISKS.keys() - named}
            in_use = any(isinstance(noun, Volume) and noun.name in held for noun in nouns)
            assert in_use or named & self.unreachable, error
            return
        finally:
            self.disks = {name: vol for name, vol in self.disks.items() if vol in self._live_volumes()}
        for noun in nouns:
            assert self._run("read", noun) is None, noun
        self.sim.requests.clear()
        assert not self._run("destroy", *nouns).changed
        assert self._writes() == set()

    # --- what others do meanwhile ---

    @precondition(lambda self: self._ours())
    @rule(data=st.data())
    def drift(self, data: st.DataObject) -> None:
        change = data.draw(
            st.sampled_from([{"image": "redis"}, {"env": {"A": "9", "THEIRS": "1"}}, {"guest": {}}])
        )
        name = self._pick(data)
        if change == {"guest": {}}:
            change = {"guest": {"cpu_kind": "shared", "cpus": 2, "memory_mb": 1024}}
        self._edit(name, lambda machine: setattr(machine, "config", {**machine.config, **change}))

    @precondition(lambda self: self._ours())
    @rule(data=st.data())
    def add_a_variable(self, data: st.DataObject) -> None:
        name = self._pick(data)

        def add(machine: MachineRecord) -> None:
            before: Any = machine.config.get("env") or {}
            machine.config = {**machine.config, "env": {**before, "THEIRS": "1"}}
            self.touched.add(machine.id)

        self._edit(name, add)

    @precondition(lambda self: self._ours())
    @rule(data=st.data(), marks=st.sampled_from([{}, {"fly_resources.applied": "v9:?"}, {"role": "theirs"}]))
    def change_marks(self, data: st.DataObject, marks: dict[str, str]) -> None:
        def garble(machine: MachineRecord) -> None:
            before: Any = machine.config.get("metadata") or {}
            kept = {key: value for key, value in before.items() if marks or not key.startswith("fly_res")}
            machine.config = {**machine.config, "metadata": {**kept, **marks}}

        self._edit(self._pick(data), garble)

    @precondition(lambda self: self._ours())
    @rule(data=st.data())
    def clone(self, data: st.DataObject) -> None:
        rows = {row["name"]: row for row in self._rows("machines")}
        config = {key: value for key, value in rows[self._pick(data)]["config"].items() if key != "mounts"}
        self._create_foreign("clone", config)

    @precondition(lambda self: self._exists())
    @rule()
    def deploy_with_flyctl(self) -> None:
        self._create_foreign("fly", {"image": "nginx:1", "metadata": {"fly_release_id": "r1"}})

    @precondition(lambda self: self._exists())
    @rule()
    def set_a_secret(self) -> None:
        self._send("POST", "/apps/web/secrets", {"values": {"THEIRS": "1"}})

    @precondition(lambda self: self._ours())
    @rule(data=st.data())
    def idle(self, data: st.DataObject) -> None:
        name = self._pick(data)
        rows = {row["name"]: row for row in self._rows("machines")}
        row = rows[name]
        if row["state"] == "started" and row["config"].get("services"):
            self.sim.proxy_stop("web", name)

    @precondition(lambda self: self._ours())
    @rule(data=st.data())
    def lose_a_host(self, data: st.DataObject) -> None:
        name = self._pick(data)
        self._edit(name, lambda machine: setattr(machine, "host_status", "unreachable"))
        self.unreachable.add(name)

    @precondition(lambda self: self.unreachable)
    @rule()
    def find_the_hosts_again(self) -> None:
        self._recover()

    @precondition(lambda self: any(name in DISKS for name in self._ours()))
    @rule(data=st.data())
    def migrate(self, data: st.DataObject) -> None:
        """The service moves a machine with its volume to another host: the volume gets another id."""
        rows = {row["name"]: row for row in self._rows("machines")}
        name = data.draw(st.sampled_from([name for name in self._ours() if name in DISKS]))
        mounts = rows[name]["config"].get("mounts")
        if not mounts:
            return
        old = mounts[0]["volume"]
        size = mounts[0]["size_gb"]
        made = self._send(
            "POST", "/apps/web/volumes", {"name": DISKS[name], "region": "iad", "size_gb": size}
        )
        new = str(made["id"])

        def move(machine: MachineRecord) -> None:
            mount: Any = machine.config["mounts"]
            machine.config = {**machine.config, "mounts": [{**mount[0], "volume": new}]}

        self._edit(name, move)
        now = self.clock.now()
        self.sim.edit_volume("web", old, lambda disk: attrs.evolve(disk, deleted_at=now, machine_id=None))
        self.sim.edit_volume("web", new, lambda disk: attrs.evolve(disk, machine_id=rows[name]["id"]))
        self.disks[DISKS[name]] = new

    @rule(seconds=st.sampled_from([1.0, 120.0]))
    def wait(self, seconds: float) -> None:
        self.clock.sleep(seconds)

    # --- what always holds ---

    @invariant()
    def what_is_foreign_is_untouched(self) -> None:
        if self.foreign:
            assert self._foreign_now() == self.foreign

    @invariant()
    def no_volume_is_replaced_by_an_empty_one(self) -> None:
        if not self._exists():
            return
        live = self._live_volumes()
        assert set(self.disks.values()) <= live.keys()
        assert sorted(live.values()) == sorted(set(live.values())), "each name has one volume"
        self.disks = {name: disk for disk, name in live.items()}

    def _check_it_is_so(self, stack: Stack) -> None:
        """Compare what there is with what was wanted, by other means than the library's own."""
        rows = {row["name"]: row for row in self._rows("machines")}
        for name, wanted in stack.machines.items():
            config = rows[name].get("config") or rows[name]["incomplete_config"]
            assert config["image"] == wanted["image"]
            env = config.get("env") or {}
            assert {key: env.get(key) for key in wanted.get("env", {})} == wanted.get("env", {})
            assert config["guest"] == wanted.get("guest", config["guest"])
            if rows[name]["id"] in self.touched:
                assert env["THEIRS"] == "1"
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

    def _check_secrets_are_new(self, report: Report) -> None:
        """What was begun with this run has its secrets."""
        current = {row["name"]: row["secrets_are_current"] for row in self._apps()["web"]["machines"]}
        for outcome in report:
            if isinstance(outcome.noun, Machine) and outcome.action in {"create", "update"}:
                assert current[outcome.noun.name], outcome

    def _mounts_that_would_change(self, stack: Stack) -> set[str]:
        """Return the machines that are there without the volume that they shall have: that is fixed."""
        if not self._exists():
            return set()
        have = {row["name"]: row["config"].get("mounts") for row in self._rows("machines") if "config" in row}
        return {name for name in stack.with_disk() if name in have and not have[name]}

    # --- how it is done ---

    def _run(self, verb: str, *nouns: Resource[Any], **options: object) -> Any:  # noqa: ANN401  # what the verb returns
        settings: dict[str, Any] = {
            "token": "test",
            "owner": "tests",
            "transport": self.sim.transport(),
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
        for _ in range(20):
            answer = self.http.request(method, path, json=body)
            if answer.status_code != 429:
                break
            self.clock.sleep(1.0)
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

    def _ours(self) -> list[str]:
        """Return the names of our machines whose host is there."""
        rows = self._apps().get("web", {"machines": []})["machines"]
        return sorted(
            {row["name"] for row in rows if row["name"] in NAMES and row["state"] != "destroying"}
            - self.unreachable
        )

    def _pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self._ours()))

    def _edit(self, name: str, change: Any) -> None:  # noqa: ANN401  # a callable
        self.sim.edit_machine("web", name, change)

    def _recover(self) -> None:
        for name in self.unreachable:
            self._edit(name, lambda machine: setattr(machine, "host_status", "ok"))
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


TestWorlds = Worlds.TestCase
