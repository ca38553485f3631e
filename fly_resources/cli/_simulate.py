"""`simulate`: serve the simulator on loopback, with a readable log of its requests."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
import time
from typing import TYPE_CHECKING, Literal, NoReturn

import attrs

from fly_resources.cli import _screen
from fly_resources.errors import ConfigurationError
from fly_resources.testing import FlySimulator
from fly_resources.testing._control import values

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from rich.console import Console

    from fly_resources.testing import RecordedRequest

_SERVER_ERROR = 500
_CLIENT_ERROR = 400


@attrs.frozen
class Steering:
    """The options that steer the simulated service, as strings."""

    orgs: Sequence[str] = ()
    behaviours: Sequence[str] = ()
    faults: Sequence[str] = ()
    images: Sequence[str] = ()
    seed: int = 0

    def apply(self, simulator: FlySimulator) -> None:
        """Apply the options.

        Raises:
            ConfigurationError: One of them is invalid.
        """
        simulator.orgs.update({slug: slug for slug in self.orgs})
        try:
            switches = {name: values.from_words(text) for name, text in map(_pair, self.behaviours)}
            simulator.behaviour = values.behaviour_with(simulator.behaviour, switches)
            for name, text in map(_pair, self.images):
                simulator.images[name] = values.image_of(values.from_words(text))
            for text in self.faults:
                simulator.faults.add(values.fault_from_words(text))
        except (ValueError, TypeError) as wrong:
            raise ConfigurationError(f"{wrong}.") from wrong


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"expected NAME=VALUE, got {text!r}")
    return name, value


def serve(
    screen: Console,
    *,
    port: int,
    latency: float,
    rate_limits: bool,
    timings: Literal["instant", "typical"],
    strict: bool,
    state: Path | None,
    steering: Steering,
) -> None:
    """Serve until Ctrl-C or SIGTERM; then save the simulated world to its file, if any.

    Raises:
        ConfigurationError: The port is taken, or the file cannot be read or written or is not a saved world.
    """
    simulator = _open(
        state,
        latency=latency,
        rate_limits=rate_limits,
        timings=timings,
        strict=strict,
        seed=steering.seed,
    )
    steering.apply(simulator)
    try:
        server = simulator.serve(port, log=lambda request: _log(screen, request))
    except (OSError, OverflowError) as refused:
        raise ConfigurationError(
            f"Cannot listen on 127.0.0.1:{port}: {str(refused).rstrip('.')}. Try --port 0."
        ) from refused
    with server:
        address = server.url
        _screen.show(
            screen,
            f"Simulated Fly Machines API on {address}, until Ctrl-C; web page: {address}/_simulator/. "
            "Point clients at it:",
        )
        _screen.show(screen, f"  export FLY_FLAPS_BASE_URL={address} FLY_API_TOKEN=any", "bold")
        with contextlib.suppress(KeyboardInterrupt), _ended_by_sigterm():
            server.wait()
    _screen.show(screen, f"Stopped after {len(simulator.requests) + simulator.requests.dropped} requests.")
    if state is not None:
        try:
            simulator.save(state)
        except OSError as failed:
            raise ConfigurationError(f"The world could not be saved to {state}: {failed}.") from failed
        _screen.show(screen, f"The world is in {state}.")


def _open(
    state: Path | None,
    *,
    latency: float,
    rate_limits: bool,
    timings: Literal["instant", "typical"],
    strict: bool,
    seed: int,
) -> FlySimulator:
    world = (
        FlySimulator if state is None or not state.exists() else functools.partial(FlySimulator.load, state)
    )
    try:
        return world(
            latency=latency,
            rate_limits=rate_limits,
            timings=timings,
            strict=strict,
            seed=seed,
        )
    except (OSError, ValueError) as wrong:
        raise ConfigurationError(
            f"{state} is not a world saved by simulate: {wrong}. Use another --state."
        ) from wrong


def _log(screen: Console, request: RecordedRequest) -> None:
    status = request.status or _SERVER_ERROR
    style = "red" if status >= _SERVER_ERROR else "yellow" if status >= _CLIENT_ERROR else ""
    _screen.show(screen, f"{time.strftime('%H:%M:%S')}  {request}", style)


@contextlib.contextmanager
def _ended_by_sigterm() -> Generator[None]:
    """Treat SIGTERM like Ctrl-C. Only the main thread can handle signals."""

    def end(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
