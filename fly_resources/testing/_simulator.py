"""`FlySimulator`: the Fly Machines API in memory."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from fly_resources._clock import SystemClock
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing import _others as others
from fly_resources.testing._behaviour import Behaviour
from fly_resources.testing._exchange import Service
from fly_resources.testing._headers import AnswerHeaders
from fly_resources.testing._ids import Ids
from fly_resources.testing._logs import write_line
from fly_resources.testing._platform import INSTANT, TYPICAL, Platform, Scope
from fly_resources.testing._proxy import visit
from fly_resources.testing._request_log import REQUESTS
from fly_resources.testing._router import NOT_MODELLED
from fly_resources.testing._saved import read, restore, write
from fly_resources.testing._server import SimulatorServer
from fly_resources.testing._snapshot import snapshot
from fly_resources.testing._tokens import fingerprint
from fly_resources.testing._transport import SimulatorTransport
from fly_resources.testing._wall import Wall

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator
    from typing import Self, Unpack

    from fly_resources._clock import Clock
    from fly_resources.testing._faults import Faults
    from fly_resources.testing._platform import ExecResult, ImageBehaviour, TokenKind
    from fly_resources.testing._regions import Region
    from fly_resources.testing._request_log import RecordedRequest, RequestLog
    from fly_resources.testing._state import App, Machine, Volume
    from fly_resources.testing._wire import Json, JsonObject

#: 2026-01-01T00:00:00Z: second 0 of a clock that is not the system's.
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
    """The Fly Machines API in memory, for tests and for trying things out offline.

    It answers as recorded answers of the service do; the rules name the facts that they follow
    (`MA-20` and the like). Two doors lead to the same world: `transport` for httpx clients in this
    process, `serve` for any HTTP client.

    Args:
        clock: What time it is and what waiting means; None: the system's clock.
        latency: Seconds between sending a request and its arrival, which is when it takes effect.
        rate_limits: Refuse what exceeds the documented limits with 429 (RL-1).
        timings: `instant`: every transition is over at the next look. `typical`: states take as long
            as was measured (LC-4).
        behaviour: What it does where observations differ, and what trouble there is at times.
        strict: Refuse where some servers do and others let pass: `behaviour.stricter()`.
        seed: Starts the sequence of identifiers.
        keep_requests: How many requests `requests` holds at least before the oldest are dropped.

    Attributes:
        requests: The requests that were sent, in order: the latest `keep_requests`, and up to a tenth more.
            `requests.dropped` counts those before them.
        faults: What goes wrong; see `Fault`.
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
        self.clock: Clock = SystemClock() if clock is None else clock
        wall = Wall(time.time() - self.clock.now() if real else _EPOCH)
        self._platform = Platform(
            wall=wall,
            ids=Ids(seed),
            timings=_TIMINGS[timings],
            secret_key=os.urandom(32),
            behaviour=behaviour.stricter() if strict else behaviour,
        )
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
        """What goes wrong, and when."""
        return self._service.faults

    @property
    def behaviour(self) -> Behaviour:
        """What the service does where observations differ; may be replaced at any time."""
        return self._platform.behaviour

    @behaviour.setter
    def behaviour(self, wanted: Behaviour) -> None:
        self._platform.behaviour = wanted

    @property
    def regions(self) -> dict[str, Region]:
        """The regions that exist, by code; may be changed."""
        return self._platform.regions

    @property
    def full_regions(self) -> set[str]:
        """Regions without capacity for a new, started or resized machine (MA-28, MA-29); may be changed."""
        return self._platform.full_regions

    @property
    def images(self) -> dict[str, ImageBehaviour]:
        """Images that misbehave, by their text as it is sent; all others are fine. May be changed.

        `missing` cannot be had (MA-24), `unknown` is a tag that the registry does not know yet (MA-41),
        `launch_fails` never starts, `crashes` exits right after its start, `unhealthy` never passes its
        checks, `update_fails` makes an update go back to the version before it (LC-37).
        """
        return self._platform.images

    @property
    def orgs(self) -> dict[str, str]:
        """Organisations that the token can use: slug to name."""
        return self._platform.orgs

    @property
    def on_exec(self) -> Callable[[list[str]], ExecResult]:
        """What a command inside a machine answers: exit code, output, errors. By default `(0, "", "")`."""
        return self._platform.on_exec

    @on_exec.setter
    def on_exec(self, answer: Callable[[list[str]], ExecResult]) -> None:
        self._platform.on_exec = answer

    @property
    def on_processes(self) -> Callable[[str], list[JsonObject]]:
        """What runs on a started machine of that name: entries as `ps` lists them. By default one, `init`."""
        return self._platform.on_processes

    @on_processes.setter
    def on_processes(self, answer: Callable[[str], list[JsonObject]]) -> None:
        self._platform.on_processes = answer

    @property
    def tokens(self) -> Collection[str] | None:
        """Tokens that the service knows; None: any token is good (AU-5)."""
        return self._platform.tokens

    @tokens.setter
    def tokens(self, known: Collection[str] | None) -> None:
        self._platform.tokens = known

    @property
    def not_modelled(self) -> frozenset[str]:
        """Operations of the document that are answered 501."""
        return NOT_MODELLED

    def restrict_token(
        self, token: str, app_name: str | None = None, *, kind: TokenKind = "deploy", org: str = "personal"
    ) -> None:
        """Limit what `token` is good for; elsewhere it is refused with 403 (AU-6, AU-9).

        Args:
            token: The token, with or without its prefix.
            app_name: The app, for kinds `deploy` (everything in it) and `exec` (commands in its machines).
            kind: Or `org` (everything in `org`) or `readonly` (reads in `org`).
            org: The organisation.

        Raises:
            ValueError: The kind needs an app.
        """
        if kind in {"deploy", "exec"} and app_name is None:
            raise ValueError(f"a token of kind {kind} is for one app: say which")
        self._platform.scopes[fingerprint(token)] = Scope(kind, app_name, org)

    def revoke_token(self, token: str) -> None:
        """Let the service know `token` no longer: 401 at once (AU-5)."""
        self._platform.scopes[fingerprint(token)] = Scope("revoked")

    def add_foreign_app(self, name: str) -> None:
        """Let another organisation hold an app name: 403 when asked for, taken when created (AP-6, AP-11)."""
        self._service.world.foreign |= {name}

    def publish_dns(self, hostname: str, *, challenge: bool = True) -> None:
        """Let the records that a certificate of `hostname` needs be there from now on (CE-3).

        Args:
            hostname: The hostname.
            challenge: With the CNAME of `_acme-challenge`; without it, a certificate by ACME needs an IPv6
                address of the app (CE-13).
        """
        self._platform.dns.add(hostname)
        if challenge:
            self._platform.dns_without_challenge.discard(hostname)
        else:
            self._platform.dns_without_challenge.add(hostname)

    def write_log(self, app: str, machine: str, message: str) -> None:
        """Let a machine, by name or id, write a line that the log operations return."""
        with self._changing(app) as held:
            found = others.find_machine(held, machine, self.clock.now())
            write_line(held, found, self._platform.wall.millis(self.clock.now()), message)

    def edit_machine(self, app: str, name: str, change: Callable[[Machine], None]) -> None:
        """Change a machine behind everybody's back: `change` gets its record, by name or id.

        Such as its `check_status` (MA-16), `state` or `config`.
        """
        with self._changing(app) as held:
            changed = others.edit_machine(held, name, self.clock.now(), change)
            self._platform.schedules |= bool(changed.config.get("schedule"))

    def edit_volume(self, app: str, name: str, change: Callable[[Volume], Volume]) -> None:
        """Replace a volume behind everybody's back: `change` gets its frozen record, by name or id."""
        with self._changing(app) as held:
            record = others.find_volume(held, name)
            held.volumes[record.id] = change(record)

    def set_host_status(
        self, app: str, machine: str, status: Literal["ok", "unknown", "unreachable"]
    ) -> None:
        """Lose the host of a machine and of the volume that it mounts, or find it again (MA-18).

        While it is lost, reads of the machine say so and show its config as `incomplete_config`; writes to
        the two are refused. Only its deletion is accepted: it is `destroying` until the host is back (HS-1).
        """
        with self._changing(app) as held:
            others.set_host_status(held, machine, status, self._platform, self.clock.now())

    def migrate_machine(self, app: str, machine: str) -> None:
        """Move a machine and its volume to another host: the volume gets another id (HS-2, VO-12)."""
        with self._changing(app) as held:
            others.migrate(held, machine, self._platform, self.clock.now())

    def clone_machine(self, app: str, source: str, name: str) -> str:
        """Copy a machine as `fly machine clone` does, metadata included; returns the id of the copy."""
        with self._changing(app) as held:
            return others.clone(held, source, name, self._platform, self.clock.now()).id

    def deploy(self, app: str, image: str, *machines: str) -> None:
        """Update machines to `image` as `fly deploy` does: release metadata is set, the rest is kept (ME-6).

        Without names: those that an earlier deploy updated.
        """
        with self._changing(app) as held:
            others.deploy(held, image, machines, self._platform, self.clock.now())

    def visit(self, app: str) -> str:
        """Send a request through the proxy; returns the name of the machine that gets it.

        It is one that runs, or one that is woken for it because a service has `autostart` (LC-28).
        """
        with self._changing(app) as held:
            return visit(held, self._platform, self.clock.now()).name

    def proxy_stop(self, app: str, name: str) -> None:
        """Let the proxy stop an idle machine now, as it does where a service says `autostop` (LC-28).

        See `Behaviour.autostop_after_s` for a proxy that does so by itself.
        """
        self.edit_machine(
            app, name, lambda m: lifecycle.stopped_by_proxy(m, self.clock.now(), self._platform)
        )

    def proxy_start(self, app: str, name: str) -> None:
        """Let the proxy wake a machine, as traffic does where a service says `autostart` (LC-28)."""
        self.edit_machine(
            app, name, lambda m: lifecycle.started_by_proxy(m, self.clock.now(), self._platform)
        )

    def snapshot(self) -> dict[str, Json]:
        """Return the state as plain data without ids, times and secret values: equal worlds compare equal."""
        with self._service.lock:
            self._service.settle()
            return snapshot(self._service.world, self._platform, self.clock.now())

    def transport(self) -> SimulatorTransport:
        """Return an httpx transport to this world, for blocking and for async clients alike."""
        return SimulatorTransport(self._service, self._headers)

    def serve(
        self, port: int = 0, *, log: Callable[[RecordedRequest], object] | None = None
    ) -> SimulatorServer:
        """Serve this world over HTTP on 127.0.0.1; port 0 takes a free one.

        The server runs until its `with` block is left or `close` is called; its `url` is the base URL, and
        `wait` blocks until then, or until Ctrl-C.

        Args:
            port: Where to listen.
            log: Called with each request of this simulator when it is over, from the thread that answered
                it; `str` of the request is one line. `print` will do.
        """
        if log is not None:
            self._service.listeners.append(log)
        return SimulatorServer(self._service, self._headers, port)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the world to a file for `load`, readable by its owner only.

        Values of secrets and tokens are left out; configs of machines are kept whole, `env` included.
        Options, faults, `requests`, `tokens` and `on_exec` are not saved.
        """
        with self._service.lock:
            self._service.settle()
            write(Path(path), self._service.world, self._platform, self.clock.now())

    @classmethod
    def load(cls, path: str | os.PathLike[str], **options: Unpack[Options]) -> Self:
        """Return a simulator that goes on from a saved world; `options` are those of the constructor.

        On the system's clock the time since then has passed; on another clock no time has. `seed` is of
        no effect: identifiers go on where they were.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is not what `save` writes.
        """
        saved = read(Path(path))
        simulator = cls(**options)
        simulator._continue(saved, Path(path))
        return simulator

    def _continue(self, saved: dict[str, Any], path: Path) -> None:
        platform = self._platform
        if not isinstance(self.clock, SystemClock):
            platform.wall = Wall(saved["saved_at"] - self.clock.now())
        self._service.replace(restore(saved, platform, path))
        platform.ids = Ids(saved["seed"])
        self._headers = AnswerHeaders(self.clock, platform.wall, platform.nearest, saved["seed"])

    @contextlib.contextmanager
    def _changing(self, name: str) -> Generator[App]:
        with self._service.changing(name) as world:
            if name not in world.apps:
                raise LookupError(f"no app {name}")
            yield world.apps[name]


_TIMINGS = {"instant": INSTANT, "typical": TYPICAL}
