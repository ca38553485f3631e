"""`FlySimulator`: the Fly Machines API in memory."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from fly_resources._clock import SystemClock
from fly_resources.testing import _lifecycle as lifecycle
from fly_resources.testing._exchange import Service
from fly_resources.testing._headers import AnswerHeaders
from fly_resources.testing._ids import Ids
from fly_resources.testing._platform import INSTANT, TYPICAL, Platform
from fly_resources.testing._router import NOT_MODELLED
from fly_resources.testing._saved import read, restore, write
from fly_resources.testing._server import SimulatorServer
from fly_resources.testing._snapshot import snapshot
from fly_resources.testing._tokens import fingerprint
from fly_resources.testing._transport import SimulatorTransport
from fly_resources.testing._wall import Wall

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Self, Unpack

    from fly_resources._clock import Clock
    from fly_resources.testing._exchange import RecordedRequest
    from fly_resources.testing._faults import Faults
    from fly_resources.testing._platform import ExecResult, ImageBehaviour
    from fly_resources.testing._regions import Region
    from fly_resources.testing._state import App, Machine, Volume
    from fly_resources.testing._wire import Json

#: 2026-01-01T00:00:00Z: second 0 of a clock that is not the system's.
_EPOCH = 1_767_225_600.0


class Options(TypedDict, total=False):
    """The arguments of `FlySimulator`."""

    clock: Clock | None
    latency: float
    rate_limits: bool
    timings: Literal["instant", "typical"]
    retry_after: bool
    strict: bool
    blocking_leases: bool
    seed: int


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
        retry_after: Send `Retry-After` with 429 (RL-3).
        strict: Behave as older servers do: starting a started machine is 412 (LC-7), waiting for `stopped`
            needs a version (WA-5).
        blocking_leases: Stop and forced delete wait until a foreign lease expires, instead of 409 (LE-7).
        seed: Starts the sequence of identifiers.

    Attributes:
        requests: Every request that was sent, in order.
        faults: What goes wrong; see `Fault`.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        latency: float = 0.0,
        rate_limits: bool = False,
        timings: Literal["instant", "typical"] = "instant",
        retry_after: bool = False,
        strict: bool = False,
        blocking_leases: bool = False,
        seed: int = 0,
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
            strict=strict,
            blocking_leases=blocking_leases,
        )
        self._service = Service(
            self._platform,
            self.clock,
            latency=latency,
            rate_limits=rate_limits,
            retry_after=retry_after,
        )
        self._headers = AnswerHeaders(self.clock, wall, self._platform.nearest, seed)

    @property
    def requests(self) -> list[RecordedRequest]:
        """Every request that was sent, in order; `requests.clear()` forgets them."""
        return self._service.requests

    @property
    def faults(self) -> Faults:
        """What goes wrong, and when."""
        return self._service.faults

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
        """Images that misbehave: `missing`, `launch_fails`, `crashes` or `unhealthy`; all others are fine."""
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

    def restrict_token(self, token: str, app_name: str) -> None:
        """Make `token` a deploy token: good for one app, refused with 403 elsewhere (AU-6, AU-9)."""
        self._platform.deploy_tokens[fingerprint(token)] = app_name

    def add_foreign_app(self, name: str) -> None:
        """Let another organisation hold an app name: 403 when asked for, taken when created (AP-6, AP-11)."""
        self._service.world.foreign |= {name}

    def publish_dns(self, hostname: str) -> None:
        """Let the records that a certificate of `hostname` needs be there from now on (CE-3)."""
        self._platform.dns.add(hostname)

    def edit_machine(self, app: str, name: str, change: Callable[[Machine], None]) -> None:
        """Change a machine behind everybody's back: `change` gets its record, by name or id.

        Such as its `host_status` (MA-18), `check_status`, `state` or `config`.
        """
        with self._service.lock:
            held = self._app(app)
            for record in held.machines.values():
                lifecycle.advance(record, self.clock.now())
            found = next((m for m in held.machines.values() if name in {m.name, m.id} and not m.gone), None)
            if found is None:
                raise LookupError(f"app {app} has no machine {name}")
            record = found.fork()
            change(record)
            held.machines[record.id] = record

    def proxy_stop(self, app: str, name: str) -> None:
        """Let the proxy stop an idle machine, as it does where a service says `autostop` (LC-28)."""
        self.edit_machine(
            app, name, lambda m: lifecycle.stopped_by_proxy(m, self.clock.now(), self._platform)
        )

    def proxy_start(self, app: str, name: str) -> None:
        """Let the proxy wake a machine, as traffic does where a service says `autostart` (LC-28)."""
        self.edit_machine(
            app, name, lambda m: lifecycle.started_by_proxy(m, self.clock.now(), self._platform)
        )

    def edit_volume(self, app: str, name: str, change: Callable[[Volume], Volume]) -> None:
        """Replace a volume behind everybody's back: `change` gets its frozen record, by name or id."""
        with self._service.lock:
            held = self._app(app)
            record = next((v for v in held.volumes.values() if name in {v.name, v.id}), None)
            if record is None:
                raise LookupError(f"app {app} has no volume {name}")
            held.volumes[record.id] = change(record)

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

    def _app(self, name: str) -> App:
        apps = self._service.world.apps
        if name not in apps:
            raise LookupError(f"no app {name}")
        return apps[name]


_TIMINGS = {"instant": INSTANT, "typical": TYPICAL}
