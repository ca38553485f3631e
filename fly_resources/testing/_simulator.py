"""`FlySimulator`: an in-memory Fly Machines API."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Generator, Mapping, Sequence  # noqa: F401  # pyright: ignore[reportUnusedImport]  # of `Json`
from pathlib import Path
from typing import Any, Literal, Self, TypedDict, Unpack

import attrs

from fly_resources._engine.clock import Clock, SystemClock
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _others as others
from fly_resources.testing._advancing import AdvancingClock
from fly_resources.testing._amounts import check_seconds
from fly_resources.testing._behaviour import Behaviour
from fly_resources.testing._clock import VirtualClock
from fly_resources.testing._control.door import Control
from fly_resources.testing._exchange import Service
from fly_resources.testing._faults import Faults
from fly_resources.testing._headers import AnswerHeaders
from fly_resources.testing._ids import Ids
from fly_resources.testing._limits import RateLimits
from fly_resources.testing._logs import write_line
from fly_resources.testing._platform import (
    INSTANT,
    TYPICAL,
    ImageBehaviour,
    Platform,
    Scope,
    TokenKind,
)
from fly_resources.testing._programs import ExecResult, Program
from fly_resources.testing._proxy import visit
from fly_resources.testing._regions import Region
from fly_resources.testing._request_log import REQUESTS, RecordedRequest, RequestLog
from fly_resources.testing._router import NOT_MODELLED
from fly_resources.testing._saved import check, dump, read, restore, write
from fly_resources.testing._server import SimulatorServer
from fly_resources.testing._snapshot import snapshot
from fly_resources.testing._state import App, Machine, Volume
from fly_resources.testing._tokens import fingerprint
from fly_resources.testing._transport import SimulatorTransport
from fly_resources.testing._wall import Wall
from fly_resources.testing._wire import Answer, Json, JsonObject

#: 2026-01-01T00:00:00Z: second 0 of any clock other than the system's.
_EPOCH = 1_767_225_600.0


class Options(TypedDict, total=False):
    """The arguments of `FlySimulator`."""

    clock: Clock | None
    latency: float
    rate_limits: bool
    timings: Literal["instant", "typical"]
    behaviour: Behaviour
    strict: bool
    seed: int
    keep_requests: int


class FlySimulator:
    """An in-memory Fly Machines API for tests and for offline experiments.

    It answers like the recorded responses of the service; each rule names the fact that it follows (such as
    `MA-20`). Two interfaces lead to the same world: `transport` for httpx clients in this process, `serve`
    for any HTTP client.

    Args:
        clock: The clock for time and waiting; None for the system's clock.
        latency: Seconds between sending a request and its arrival, which is when it takes effect.
        rate_limits: Whether requests beyond the documented limits get 429 (RL-1).
        timings: `instant`: every transition is complete at the next read. `typical`: states last as long as
            was measured (LC-4).
        behaviour: What the service does where observations differ, and which faults occur at times.
        strict: Refuse whatever at least some servers refuse: `behaviour.stricter()`.
        seed: The seed of the identifiers.
        keep_requests: The minimum number of latest requests that `requests` keeps.

    Attributes:
        requests: The requests that were sent, in order: the latest `keep_requests`, and up to a tenth more.
            `requests.dropped` counts the earlier ones.
        faults: The injected faults; see `Fault`.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        latency: float = 0.0,
        rate_limits: bool = False,
        timings: Literal["instant", "typical"] = "instant",
        behaviour: Behaviour = Behaviour(),  # noqa: B008 - it is frozen
        strict: bool = False,
        seed: int = 0,
        keep_requests: int = REQUESTS,
    ) -> None:
        """Start with an empty world and one organisation, `personal`."""
        real = clock is None or isinstance(clock, SystemClock)
        self.clock: Clock = AdvancingClock() if clock is None else clock
        wall = Wall(time.time() - self.clock.now() if real else _EPOCH)

        def begin() -> Platform:
            return Platform(
                wall=wall,
                ids=Ids(seed),
                timings=_TIMINGS[timings],
                secret_key=os.urandom(32),
                behaviour=behaviour.stricter() if strict else behaviour,
            )

        self._begin = begin
        self._began_with = latency, rate_limits
        self._platform = begin()
        self._service = Service(
            self._platform,
            self.clock,
            latency=latency,
            rate_limits=rate_limits,
            keep_requests=keep_requests,
        )
        self._headers = AnswerHeaders(self.clock, wall, self._platform.nearest, seed)

    @property
    def requests(self) -> RequestLog:
        """The requests that were sent, in order; `requests.clear()` forgets them."""
        return self._service.requests

    @property
    def faults(self) -> Faults:
        """The injected faults, and the requests they affect."""
        return self._service.faults

    @property
    def behaviour(self) -> Behaviour:
        """How the service behaves where observations differ; may be replaced at any time."""
        return self._platform.behaviour

    @behaviour.setter
    def behaviour(self, wanted: Behaviour) -> None:
        self._platform.behaviour = wanted

    @property
    def timings(self) -> Literal["instant", "typical"]:
        """How long states last; may be changed at any time."""
        return "instant" if self._platform.timings == INSTANT else "typical"

    @timings.setter
    def timings(self, wanted: Literal["instant", "typical"]) -> None:
        if wanted not in _TIMINGS:
            raise ValueError(f"timings must be one of {', '.join(_TIMINGS)}, got {wanted!r}")
        self._platform.timings = _TIMINGS[wanted]

    @property
    def latency(self) -> float:
        """Seconds between sending a request and its arrival; may be changed at any time."""
        return self._service.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        check_seconds("latency", seconds)
        self._service.latency = seconds

    @property
    def rate_limits(self) -> bool:
        """Whether requests beyond the documented limits are refused (RL-1); may be changed at any time."""
        return self._service.limits is not None

    @rate_limits.setter
    def rate_limits(self, wanted: bool) -> None:
        if wanted not in {True, False}:
            raise ValueError(f"rate_limits must be true or false, got {wanted!r}")
        if wanted != self.rate_limits:
            self._service.limits = RateLimits() if wanted else None

    def reset(self) -> None:
        """Start again: an empty world, no faults, no requests, and all settings as they were initially.

        The clock is not reset.
        """
        with self._service.lock:
            fresh = self._begin()
            for field in attrs.fields(Platform):
                setattr(self._platform, field.name, getattr(fresh, field.name))
            latency, rate_limits = self._began_with
            self._service.reset(latency=latency, rate_limits=rate_limits)

    def advance(self, seconds: float) -> None:
        """Advance time: transitions that take at most that long complete.

        Raises:
            ValueError: `seconds` is negative, or the clock is your own and cannot be advanced.
        """
        if seconds < 0:
            raise ValueError(f"time cannot go back, got {seconds!r}")
        check_seconds("the time", seconds)
        clock = self.clock
        move = clock.advance if isinstance(clock, AdvancingClock) else clock.sleep
        if move == clock.sleep and not isinstance(clock, VirtualClock):
            raise ValueError(f"the simulator cannot advance a {type(clock).__name__}: advance it yourself")
        move(seconds)

    @property
    def regions(self) -> dict[str, Region]:
        """The regions that exist, by code; may be changed."""
        return self._platform.regions

    @property
    def full_regions(self) -> set[str]:
        """Regions without capacity for a new, started or resized machine (MA-28, MA-29); may be changed."""
        return self._platform.full_regions

    @property
    def images(self) -> dict[str, ImageBehaviour | Program]:
        """The behaviour of images, by their string as sent; all others run idle. May be changed.

        A `Program` describes what an image prints and how it ends; with the key image, a space and the words
        of `init.cmd`, it applies to that command. For a misbehaving image, one word is enough:

        `missing` cannot be pulled (MA-24), `unknown` has a tag that the registry does not know yet (MA-41),
        `launch_fails` never starts, `crashes` exits right after its start, `unhealthy` never passes its
        checks, `update_fails` makes an update revert to the previous version (LC-37).
        """
        return self._platform.images

    @property
    def orgs(self) -> dict[str, str]:
        """Organisations that the token can use: slug to name."""
        return self._platform.orgs

    @property
    def on_exec(self) -> Callable[[list[str]], ExecResult]:
        """The result of a command in a machine: exit code, output, errors. By default `(0, "", "")`."""
        return self._platform.on_exec

    @on_exec.setter
    def on_exec(self, answer: Callable[[list[str]], ExecResult]) -> None:
        self._platform.on_exec = answer

    @property
    def on_processes(self) -> Callable[[str], list[JsonObject]]:
        """The processes of a started machine, by its name: entries as in `ps`. By default one, `init`."""
        return self._platform.on_processes

    @on_processes.setter
    def on_processes(self, answer: Callable[[str], list[JsonObject]]) -> None:
        self._platform.on_processes = answer

    @property
    def tokens(self) -> Collection[str] | None:
        """Tokens that the service knows; None if any token is accepted (AU-5)."""
        return self._platform.tokens

    @tokens.setter
    def tokens(self, known: Collection[str] | None) -> None:
        self._platform.tokens = known

    @property
    def not_modelled(self) -> frozenset[str]:
        """Operations of the document that are not modelled: they answer 400 with a message that says so."""
        return NOT_MODELLED

    def restrict_token(
        self, token: str, app_name: str | None = None, *, kind: TokenKind = "deploy", org: str = "personal"
    ) -> None:
        """Restrict the scope of `token`; requests beyond it are refused with 403 (AU-6, AU-9).

        Args:
            token: The token, with or without its prefix.
            app_name: The app, for the kinds `deploy` (everything in it) and `exec` (commands in its
                machines).
            kind: `deploy`, `exec`, `org` (everything in `org`) or `readonly` (reads in `org`).
            org: The organisation.

        Raises:
            ValueError: The kind requires an app.
        """
        if kind in {"deploy", "exec"} and app_name is None:
            raise ValueError(f"a token of kind {kind} is for one app: give app=")
        self._platform.scopes[fingerprint(token)] = Scope(kind, app_name, org)

    def revoke_token(self, token: str) -> None:
        """Revoke `token`: 401 immediately (AU-5)."""
        self._platform.scopes[fingerprint(token)] = Scope("revoked")

    def add_foreign_app(self, name: str) -> None:
        """Give an app name to another organisation: 403 when read, taken when created (AP-6, AP-11)."""
        self._service.world.foreign |= {name}

    def publish_dns(self, hostname: str, *, challenge: bool = True) -> None:
        """Publish the DNS records that a certificate of `hostname` needs (CE-3).

        Args:
            hostname: The hostname.
            challenge: Whether the CNAME of `_acme-challenge` is included; without it, an ACME certificate
                needs an IPv6 address of the app (CE-13).
        """
        self._platform.dns.add(hostname)
        if challenge:
            self._platform.dns_without_challenge.discard(hostname)
        else:
            self._platform.dns_without_challenge.add(hostname)

    def write_log(self, app: str, machine: str, message: str) -> None:
        """Write a log line of a machine, given by name or id, which the log operations return."""
        with self._changing(app) as held:
            found = others.find_machine(held, machine, self.clock.now())
            write_line(held, found, self._platform.wall.millis(self.clock.now()), message)

    def edit_machine(self, app: str, name: str, change: Callable[[Machine], None]) -> None:
        """Change a machine outside of any request: `change` gets its record; give its name or id.

        For example its `check_status` (MA-16), `state` or `config`.
        """
        with self._changing(app) as held:
            changed = others.edit_machine(held, name, self.clock.now(), change)
            self._platform.schedules |= bool(changed.config.get("schedule"))

    def edit_volume(self, app: str, name: str, change: Callable[[Volume], Volume]) -> None:
        """Replace a volume outside of any request: `change` gets its frozen record; give its name or id."""
        with self._changing(app) as held:
            record = others.find_volume(held, name)
            held.volumes[record.id] = change(record)

    def set_host_status(
        self, app: str, machine: str, status: Literal["ok", "unknown", "unreachable"]
    ) -> None:
        """Lose or restore the host of a machine and of the volume that it mounts (MA-18).

        While the host is lost, reads of the machine say so and return its config as `incomplete_config`;
        writes to the machine and the volume are refused. Only deleting the machine is accepted: it stays
        `destroying` until the host is back (HS-1).
        """
        with self._changing(app) as held:
            others.set_host_status(held, machine, status, self._platform, self.clock.now())

    def migrate_machine(self, app: str, machine: str) -> None:
        """Move a machine and its volume to another host: the volume gets a new id (HS-2, VO-12)."""
        with self._changing(app) as held:
            others.migrate(held, machine, self._platform, self.clock.now())

    def clone_machine(self, app: str, source: str, name: str) -> str:
        """Copy a machine as `fly machine clone` does, metadata included; returns the id of the copy."""
        with self._changing(app) as held:
            return others.clone(held, source, name, self._platform, self.clock.now()).id

    def deploy(self, app: str, image: str, *machines: str) -> None:
        """Update machines to `image` as `fly deploy` does: sets release metadata, keeps the rest (ME-6).

        Without names: the machines that an earlier deploy updated.
        """
        with self._changing(app) as held:
            others.deploy(held, image, machines, self._platform, self.clock.now())

    def visit(self, app: str) -> str:
        """Send a request through the proxy; returns the name of the machine that receives it.

        It is a running machine, or one that is woken because a service has `autostart` (LC-28).
        """
        with self._changing(app) as held:
            return visit(held, self._platform, self.clock.now()).name

    def proxy_stop(self, app: str, name: str) -> None:
        """Let the proxy stop an idle machine now, as it does if a service has `autostop` (LC-28).

        See `Behaviour.autostop_after_s` for a proxy that does this automatically.
        """
        self.edit_machine(
            app, name, lambda m: lifecycle.stopped_by_proxy(m, self.clock.now(), self._platform)
        )

    def proxy_start(self, app: str, name: str) -> None:
        """Let the proxy wake a machine, as traffic does if a service has `autostart` (LC-28)."""
        self.edit_machine(
            app, name, lambda m: lifecycle.started_by_proxy(m, self.clock.now(), self._platform)
        )

    def snapshot(self) -> dict[str, Json]:
        """Return the state as plain data without ids, times and secret values: equal worlds compare equal."""
        with self._service.lock:
            self._service.settle()
            return snapshot(self._service.world, self._platform, self.clock.now())

    def transport(self) -> SimulatorTransport:
        """Return an httpx transport to this world, for blocking and async clients."""
        return SimulatorTransport(self._service, self._headers)

    def serve(
        self, port: int = 0, *, log: Callable[[RecordedRequest], object] | None = None
    ) -> SimulatorServer:
        """Serve this world over HTTP on 127.0.0.1; port 0 selects a free one.

        The server runs until its `with` block is left or `close` is called; its `url` is the base URL, and
        `wait` blocks until then, or until Ctrl-C.

        Args:
            port: The port to listen on.
            log: Called with each request of this simulator when it is over, from the thread that answered it;
                `str` of the request is one line, so `print` works.
        """
        if log is not None:
            self._service.listeners.append(log)
        return SimulatorServer(self._service, self._answer_headers, Control(self), port)

    def _answer_headers(self, answer: Answer) -> list[tuple[str, str]]:
        return self._headers(answer)  # which may be replaced by another world

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the world to a file for `load`, readable by its owner only.

        Secret values and tokens are left out; machine configs are saved whole, including `env`. Options,
        faults, `requests`, `tokens` and `on_exec` are not saved.
        """
        write(Path(path), self.dump())

    def dump(self) -> dict[str, Any]:
        """Return the data that `save` writes, as JSON-compatible objects."""
        with self._service.lock:
            self._service.settle()
            return dump(self._service.world, self._platform, self.clock.now())

    def restore(self, saved: dict[str, Any]) -> None:
        """Continue from the result of `dump`, in this or another simulator.

        Raises:
            ValueError: The data is invalid; this world is unchanged.
        """
        self._continue(check(saved, "what was given"), "what was given")

    @classmethod
    def load(cls, path: str | os.PathLike[str], **options: Unpack[Options]) -> Self:
        """Return a simulator that continues from a saved world; `options` are those of the constructor.

        On the system's clock the time since saving has passed; on another clock no time has. `seed` has no
        effect: the sequence of identifiers continues.

        Raises:
            OSError: The file cannot be read.
            ValueError: The file was not written by `save`.
        """
        saved = read(Path(path))
        simulator = cls(**options)
        simulator._continue(saved, str(path))
        return simulator

    def _continue(self, saved: dict[str, Any], source: str) -> None:
        with self._service.lock:
            platform = attrs.evolve(self._platform)
            if not isinstance(self.clock, SystemClock):
                platform.wall = Wall(saved["saved_at"] - self.clock.now())
            world = restore(saved, platform, source)
            platform.ids = Ids(saved["seed"])
            for field in attrs.fields(Platform):
                setattr(self._platform, field.name, getattr(platform, field.name))
            self._service.replace(world)
        self._headers = AnswerHeaders(self.clock, platform.wall, platform.nearest, saved["seed"])

    @contextlib.contextmanager
    def _changing(self, name: str) -> Generator[App]:
        with self._service.changing(name) as world:
            if name not in world.apps:
                raise LookupError(f"no app {name}")
            yield world.apps[name]


_TIMINGS = {"instant": INSTANT, "typical": TYPICAL}
