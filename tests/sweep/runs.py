"""One call in trouble, one more run, and what has to be so after each."""

from __future__ import annotations

import asyncio
import atexit
import copy
import functools
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs
import httpx
import pytest

from fly_resources import AsyncFly, Fly, Machine, RetryPolicy
from fly_resources.errors import FlyError, ImmutableFieldError
from fly_resources.testing import FlySimulator, RecordedRequest, VirtualClock
from tests.sweep.scenarios import APP, OTHER_APP, SCENARIOS, Scenario, Step
from tests.sweep.troubles import (
    ALL_FAULTS,
    BETWEEN_S,
    REFUSALS,
    Around,
    Beside,
    Death,
    DiedError,
    Faulty,
    OneTrouble,
    Trouble,
    Twice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Client: TypeAlias = Literal["sync", "async"]
Result: TypeAlias = Literal["at once", "on re-run", "violation"]

#: After that nothing lands late any more, and no lease of a lost answer is in force.
WAITED_OUT_S: Final = 300.0
#: The longest that a machine takes to stop, start or go away.
ENDED_S: Final = 60.0
#: What a call in trouble may take longer than the clean one: retries of a read that is slow each time, a
#: lease that nobody knows, and looking for what may have been created.
EXTRA_S: Final = 420.0
EXTRA_REQUESTS: Final = 80
#: What trouble may make necessary although the clean run does without.
_REPAIRS: Final = frozenset(
    {"Machines_create_lease", "Machines_release_lease", "Machines_restart", "Machines_update"}
)


#: Worlds from which many cases begin; they go with the process.
_WORLDS: Final = tempfile.TemporaryDirectory(prefix="worlds-")
atexit.register(_WORLDS.cleanup)


def new_file() -> Path:
    """Return where a world can be kept for as long as the process lives."""
    return Path(tempfile.mkdtemp(dir=_WORLDS.name)) / "world.json"


@attrs.frozen
class Verdict:
    """What became of one case; `broken` says which rules were broken."""

    scenario: str
    client: Client
    trouble: Trouble
    result: Result
    broken: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.scenario} ({self.client}), {self.trouble}: {'; '.join(self.broken) or self.result}"


@attrs.frozen
class Clean:
    """What a run without trouble starts from, sends and leads to."""

    start: Path
    before: dict[str, Any]
    after: dict[str, Any]
    sent: tuple[RecordedRequest, ...]
    took_s: float
    data: frozenset[str]
    foreign: frozenset[str]


class Place:
    """A simulator, its clock, and the calls that are made there; `options` are the simulator's."""

    def __init__(
        self,
        client: Client,
        timings: Literal["instant", "typical"],
        start: Path | None = None,
        **options: Any,  # noqa: ANN401  # as FlySimulator takes them
    ) -> None:
        self.client = client
        self.timings = timings
        self.clock = VirtualClock()
        #: What the errors of the calls in trouble have said.
        self.said = ""
        make = FlySimulator if start is None else functools.partial(FlySimulator.load, start)
        self.sim = make(clock=self.clock, latency=0.05, timings=timings, **options)
        self._http = httpx.Client(
            transport=self.sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer stranger"},
        )

    def do(self, step: Step, around: Around | None = None) -> object:
        """Make a call, as a process of its own, whose transport is wrapped in what goes wrong with it."""
        inner = self.sim.transport()
        settings: dict[str, Any] = {
            "token": "test",
            "owner": step.owner,
            "transport": inner if around is None else around.wrap(inner),
            "clock": self.clock,
            # Nothing is left to chance, so that every case comes back.
            "retry": RetryPolicy(base_s=0.0),
        }
        if self.client == "sync":
            with Fly(**settings) as fly:
                return self._act(fly, step)

        async def work() -> object:
            async with AsyncFly(**settings) as fly:
                return await self._act_async(fly, step)

        return asyncio.run(work())

    def _act(self, fly: Fly, step: Step) -> object:
        if step.verb == "lease":
            with fly.lease(*_machines(step), **step.options) as nonce:
                self.clock.sleep(held_s(step))
                self._check_held(step, nonce)
            return None
        result = getattr(fly, step.verb)(*step.nouns, **step.options)
        return result if step.then is None else self._act(fly, step.then)

    async def _act_async(self, fly: AsyncFly, step: Step) -> object:
        if step.verb == "lease":
            async with fly.lease(*_machines(step), **step.options) as nonce:
                await self.clock.sleep_async(held_s(step))
                self._check_held(step, nonce)
            return None
        result = await getattr(fly, step.verb)(*step.nouns, **step.options)
        return result if step.then is None else await self._act_async(fly, step.then)

    def _check_held(self, step: Step, nonce: str) -> None:
        """Nobody else has a lease that a block holds, as long as its machine is there and can be reached."""
        with self.sim._service.lock:  # noqa: SLF001  # a request would wait in the middle of ours
            app = self.sim._service.world.apps.get(APP)  # noqa: SLF001
            machines = [] if app is None else list(app.machines.values())
        now = self.clock.now()
        began = now - held_s(step)
        for machine in machines:
            if machine.name != _machines(step)[0].name or machine.created_at > began or machine.gone:
                continue
            held = machine.lease is not None and machine.lease.expires_at > now
            has = machine.lease.nonce if machine.lease is not None and held else None
            assert has == nonce or machine.host_status != "ok", (
                "the lease is not held to the end of its block"
            )

    def state(self) -> dict[str, Any]:
        """Return the world, once what was begun has ended."""
        if self.timings == "typical":
            self.clock.sleep(ENDED_S)
        return self.sim.snapshot()

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """List what our app has, by other means than the library's."""
        answer = self._http.get(f"/apps/{APP}/{kind}?include_leases=true")
        rows: list[dict[str, Any]] = answer.json() if answer.is_success else []
        return rows

    def send(self, path: str, body: object) -> dict[str, Any]:
        answer = self._http.post(path, json=body)
        assert answer.is_success, answer.text
        made: dict[str, Any] = answer.json() if answer.content else {}
        return made

    def volumes(self) -> frozenset[str]:
        """Return the ids of the volumes that are not going away."""
        dying = {"pending_destroy", "scheduling_destroy", "destroying", "destroyed"}
        return frozenset(row["id"] for row in self.rows("volumes") if row["state"] not in dying)

    def leased(self) -> list[str]:
        """Return the machines with a lease in force, whatever lists show."""
        self.sim.snapshot()  # lets happen what is due
        with self.sim._service.lock:  # noqa: SLF001  # every door may be behind the world
            app = self.sim._service.world.apps.get(APP)  # noqa: SLF001
            machines = [] if app is None else list(app.machines.values())
        now = self.clock.now()
        return [m.name for m in machines if m.lease and m.lease.expires_at > now and not m.gone]


def let_strangers_in(place: Place, app: str) -> set[str]:
    """Give somebody else a machine, a volume, a secret and an address there; returns what names them."""
    place.send(f"/apps/{app}/secrets", {"values": {"THEIRS": "1"}})
    place.send(f"/apps/{app}/ip_assignments", {"type": "v4"})
    disk = place.send(f"/apps/{app}/volumes", {"name": "theirs", "region": "iad", "size_gb": 1})
    config = {"image": "theirs:1", "mounts": [{"path": "/data", "volume": disk["id"]}]}
    machine = place.send(f"/apps/{app}/machines", {"name": "theirs", "config": config, "region": "iad"})
    return {str(disk["id"]), str(machine["id"])}


def _machines(step: Step) -> tuple[Machine]:
    [machine] = step.nouns
    assert isinstance(machine, Machine)
    return (machine,)


def held_s(step: Step) -> float:
    """Return how long a lease is held: until shortly before its end, and over several extensions."""
    return float(min(step.options["ttl_s"], 110) - 10)


def mark(place: Place) -> None:
    """Let others set keys that nobody declares on each machine of ours."""
    for row in place.rows("machines"):
        if row["name"] == "theirs" or row["state"] == "destroyed":
            continue
        config = row["config"]
        marks: dict[str, dict[str, Any]] = {
            "env": {"HAND": "kept"},
            "metadata": {"theirs.team": "x"},
            "checks": {"theirs": {"type": "tcp", "port": 9000, "interval": "10s", "timeout": "2s"}},
            "guest": {"memory_mb": 512},
            "stop_config": {"signal": "SIGQUIT"},
        }
        for key, more in marks.items():
            config[key] = {**(config.get(key) or {}), **more}
        config["files"] = [{"guest_path": "/theirs", "raw_value": "eA=="}]
        limits = {"type": "requests", "soft_limit": 20, "hard_limit": 25}
        services = config.get("services") or [{"protocol": "tcp", "internal_port": 9000}]
        config["services"] = [{**service, "concurrency": limits} for service in services]
        for mount in config.get("mounts") or []:
            mount.update({"extend_threshold_percent": 80, "add_size_gb": 1, "size_gb_limit": 100})
        place.send(f"/apps/{APP}/machines/{row['id']}", {"config": config})


#: What `mark` sets, and may be lost where that was accepted.
_MARKED: Final = ("env", "checks", "guest", "stop_config", "files", "services", "mounts", "metadata")


@functools.cache
def clean(name: str) -> Clean:
    """Run a scenario without trouble, once a process."""
    scenario = SCENARIOS[name]
    place = Place("sync", scenario.timings)
    place.send("/apps", {"name": OTHER_APP, "org_slug": "personal"})
    foreign = {OTHER_APP, "THEIRS", *let_strangers_in(place, OTHER_APP)}
    if scenario.strangers:
        place.send("/apps", {"name": APP, "org_slug": "personal"})
        foreign |= let_strangers_in(place, APP)
    for step in scenario.before:
        place.do(step)
    place.clock.sleep(WAITED_OUT_S)
    if scenario.marked and scenario.call.verb == "ensure":
        mark(place)
        place.clock.sleep(WAITED_OUT_S)
    start = new_file()
    place.sim.save(start)

    place = open_place("sync", scenario, start)
    before, data = place.state(), place.volumes()
    place.sim.requests.clear()
    began = place.clock.now()
    if not scenario.refused:
        place.do(scenario.call)
    else:
        with pytest.raises(ImmutableFieldError):
            place.do(scenario.call)
    sent, took_s = tuple(place.sim.requests), place.clock.now() - began
    after = place.state()
    found = Clean(start, before, after, sent, took_s, data, frozenset(foreign))
    assert _foreign(before) == _foreign(after)
    assert not touched(sent, found)
    assert not place.leased()
    return found


def open_place(client: Client, scenario: Scenario, start: Path) -> Place:
    """Return the place of a scenario as it is when its call is made."""
    place = Place(client, scenario.timings, start, behaviour=scenario.behaviour)
    for step in scenario.earlier:
        place.do(step)
    return place


def _foreign(state: dict[str, Any]) -> object:
    """Return what is not ours of a world."""
    ours = state["apps"].get(APP, {"machines": [], "volumes": [], "ips": []})
    theirs = [each for kind in ("machines", "volumes") for each in ours[kind] if each["name"] == "theirs"]
    return (
        state["apps"][OTHER_APP],
        # It has the app's secrets, but follows none of them.
        [{key: value for key, value in each.items() if key != "secrets_are_current"} for each in theirs],
        [each for each in ours["ips"] if each["type"] == "v4"],
    )


def judge(name: str, client: Client, trouble: Trouble) -> Verdict:
    """Make the call in trouble, then one more without, and look at both."""
    scenario, expected = SCENARIOS[name], clean(name)
    place = open_place(client, scenario, expected.start)
    broken: list[str] = []
    sent: list[RecordedRequest] = []
    done = False
    for nth, each in enumerate(_of_each_run(trouble)):
        if nth:
            place.clock.sleep(BETWEEN_S)
        done = _run_in_trouble(place, scenario, expected, each, broken)
        sent += place.sim.requests
    # What a process that died has made may be missing from lists that lag, and nothing else tells.
    lag_s = max(scenario.behaviour.stale_reads.values(), default=0.0)
    place.clock.sleep(lag_s if isinstance(trouble, Death) else WAITED_OUT_S)
    broken += _surplus(place.state(), expected)
    sent += _run_again(place, scenario, expected, broken, look=not done)
    broken += touched(sent, expected)
    if not scenario.destroys and not expected.data <= place.volumes():
        broken.append("a volume that was there is gone")
    result: Result = "violation" if broken else "at once" if done else "on re-run"
    return Verdict(name, client, trouble, result, tuple(broken))


def _of_each_run(trouble: Trouble) -> tuple[OneTrouble, ...]:
    """Return the trouble of each call."""
    assert not isinstance(trouble, Beside), "strangers have rules of their own"
    return (trouble.first, trouble.second) if isinstance(trouble, Twice) else (trouble,)


def _run_in_trouble(
    place: Place, scenario: Scenario, expected: Clean, trouble: OneTrouble, broken: list[str]
) -> bool:
    """Make the call, and look at what it has left; whether it returned."""
    place.sim.requests.clear()
    began = place.clock.now()
    done = _try(place, scenario, trouble, broken)
    sent = list(place.sim.requests)
    place.sim.faults.clear()
    took_s = place.clock.now() - began
    if took_s - expected.took_s > EXTRA_S:
        broken.append(f"it took {took_s:.0f} s, {expected.took_s:.0f} s without trouble")
    if len(sent) - len(expected.sent) > EXTRA_REQUESTS:
        broken.append(f"it sent {len(sent)} requests, {len(expected.sent)} without trouble")
    if (leased := place.leased()) and not _may_leave_leases(trouble, sent, expected):
        broken.append(f"a lease is left on {', '.join(leased)}")
    state, after = place.state(), expected.after
    if "undeclared" in place.said:  # an earlier run has said what is lost
        state, after = _declared(state), _declared(after)
    if done and (odd := _differences(state, after)) and not _has_seen_nothing_new(scenario, trouble, sent):
        broken.append(f"it returned, but {odd}")
    if scenario.refused and done:
        broken.append("it returned, although it should be refused")
    return done


def _try(place: Place, scenario: Scenario, trouble: OneTrouble, broken: list[str]) -> bool:
    """Make the call; whether it returned."""
    if isinstance(trouble, Faulty):
        for nth, fault in trouble.at:
            count = nth
            if fault == "stale":  # it counts reads alone
                sent = clean_requests(scenario)[:nth]
                count = sum(request.method == "GET" for request in sent)
            place.sim.faults.add(attrs.evolve(ALL_FAULTS[fault], nth=count))
    try:
        place.do(scenario.call, trouble if isinstance(trouble, Death) else None)
    except FlyError as error:
        place.said += str(error)
        return False
    except DiedError:
        if isinstance(trouble, Faulty):
            broken.append("DiedError came out")
        return False
    except BaseException as error:  # noqa: BLE001  # whatever else comes out breaks the promise
        broken.append(f"{type(error).__name__} came out: {error}")
        return False
    return True


def clean_requests(scenario: Scenario) -> tuple[RecordedRequest, ...]:
    """Return what a scenario sends without trouble."""
    name = next(name for name, each in SCENARIOS.items() if each is scenario)
    return clean(name).sent


def _run_again(
    place: Place, scenario: Scenario, expected: Clean, broken: list[str], *, look: bool
) -> list[RecordedRequest]:
    """Make the call once more without trouble; it leads to the clean world.

    To `look`, a plan follows, which finds nothing to do.
    """
    place.sim.requests.clear()
    before = place.leased()
    plan: Any = ()
    try:
        place.do(scenario.call)
        sent = list(place.sim.requests)
        if look and scenario.call.verb != "lease":
            place.clock.sleep(max(scenario.behaviour.stale_reads.values(), default=0.0))
            plan = place.do(as_plan(scenario.call.last))
    except ImmutableFieldError as error:
        sent = list(place.sim.requests)
        if not scenario.refused:
            broken.append(f"the next run raised {type(error).__name__}: {error}")
            return sent
    except Exception as error:  # noqa: BLE001  # reported with the case
        broken.append(f"the next run raised {type(error).__name__}: {error}")
        return list(place.sim.requests)
    state, after = place.state(), expected.after
    if scenario.may_lose and (look or "undeclared" in place.said):
        if place.said and "undeclared" not in place.said and _differences(state, after):
            broken.append("what others had set was lost, and no error has named it")
        state, after = _declared(state), _declared(after)
    if odd := _differences(state, after):
        broken.append(f"after the next run {odd}")
    # That of a process that died may still be in force, where the next run had nothing to do.
    if left := set(place.leased()) - set(before):
        broken.append(f"the next run left a lease on {', '.join(sorted(left))}")
    if undone := [str(step.resource) for step in plan if step.action not in {"none", "set"}]:
        broken.append(f"after the next run there is still something to do: {', '.join(undone)}")
    return sent


def _declared(state: dict[str, Any]) -> dict[str, Any]:
    """Return a world without what others have set on machines of ours."""
    state = copy.deepcopy(state)
    for machine in state["apps"].get(APP, {"machines": []})["machines"]:
        for key in _MARKED:
            machine["config"].pop(key, None)
    state["apps"].get(APP, {"machines": []})["machines"].sort(key=lambda machine: str(machine["name"]))
    return state


def as_plan(call: Step) -> Step:
    options = {key: value for key, value in call.options.items() if key in {"prune", "replace"}}
    return Step("plan", call.nouns, {**options, "destroy": call.verb == "destroy"}, call.owner)


def _differences(state: Any, expected: Any, path: str = "") -> str:  # noqa: ANN401  # any JSON value
    """Name the first place where two worlds differ."""
    if type(state) is not type(expected) or not isinstance(state, dict | list):
        return "" if state == expected else f"{path or 'it'} is {state!r:.200} instead of {expected!r:.200}"
    if isinstance(state, dict):
        if state.keys() != expected.keys():
            return f"{path or 'it'} has {sorted(state)} instead of {sorted(expected)}"
        found = (_differences(state[key], expected[key], f"{path}.{key}") for key in state)
    else:
        if len(state) != len(expected):
            return f"{path} has {len(state)} instead of {len(expected)}"
        found = (
            _differences(one, other, f"{path}[{index}]")
            for index, (one, other) in enumerate(zip(state, expected, strict=True))
        )
    return next(filter(None, found), "")


def _count(state: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Count what there is of each kind and name."""
    app = state["apps"].get(APP, {})
    return Counter(
        (kind, each[key])
        for kind, key in (
            ("machines", "name"),
            ("volumes", "name"),
            ("ips", "type"),
            ("certificates", "hostname"),
        )
        for each in app.get(kind, [])
    )


def _surplus(state: dict[str, Any], expected: Clean) -> Iterable[str]:
    """Find what is there more often than before and after a clean run."""
    most = _count(expected.before) | _count(expected.after)
    for (kind, name), number in (_count(state) - most).items():
        yield f"{number} more of {kind} {name}"


def touched(sent: Iterable[RecordedRequest], expected: Clean) -> list[str]:
    """Find writes that no clean run makes, and those to what is not ours."""
    writes = [request for request in sent if request.method != "GET"]
    allowed = _REPAIRS | {request.operation for request in expected.sent}
    if "Machines_delete" in allowed:
        allowed |= {"Machines_stop"}  # one whose end by force was refused is stopped first
    # That an app or a certificate is there can be seen from the refusal of a second one.
    odd = {str(each.operation) for each in writes if not _is_refused_second(each)} - allowed
    foreign = {
        str(request.operation)
        for request in writes
        for each in expected.foreign
        if each in request.path or (request.operation == "Secrets_update" and each.encode() in request.body)
    }
    return [f"sent {name}, which no clean run does" for name in sorted(odd)] + [
        f"sent {name} to what is not ours" for name in sorted(foreign)
    ]


def _is_refused_second(request: RecordedRequest) -> bool:
    named = {"Apps_create", "App_Certificates_acme_create", "App_Certificates_custom_create"}
    return request.operation in named and (request.status or 0) >= 400


def _has_seen_nothing_new(scenario: Scenario, trouble: OneTrouble, sent: list[RecordedRequest]) -> bool:
    """Whether all that it looked at was of before: lists that lag, and the count 20 s old that would tell.

    Such a call may be wrong about what it has left alone; the next one has to find it.
    """
    stale = isinstance(trouble, Faulty) and any(fault == "stale" for _, fault in trouble.at)
    lags = bool(scenario.behaviour.stale_reads)
    return stale and lags and all(request.method == "GET" for request in sent)


def _may_leave_leases(trouble: OneTrouble, sent: list[RecordedRequest], expected: Clean) -> bool:
    """Whether a lease may be left for a minute.

    The process is gone, the answer that names it was lost, or its release was refused; or the process was
    told to end in that very release.
    """
    if isinstance(trouble, Death):
        return (
            trouble.ending == "is dropped"
            or (trouble.nth <= len(sent) and sent[trouble.nth - 1].operation == "Machines_create_lease")
            or expected.sent[trouble.nth - 1].operation == "Machines_release_lease"
        )
    met = [(sent[nth - 1].operation, fault) for nth, fault in trouble.at if nth <= len(sent)]
    return any(
        operation == "Machines_create_lease" or (operation == "Machines_release_lease" and fault in REFUSALS)
        for operation, fault in met
    )
