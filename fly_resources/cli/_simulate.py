"""`simulate`: the simulator on loopback, with a readable log of what it is asked."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
import time
from typing import TYPE_CHECKING, Literal, NoReturn

from fly_resources.cli import _screen
from fly_resources.errors import ConfigurationError
from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from rich.console import Console

    from fly_resources.testing import RecordedRequest

_SERVER_ERROR = 500
_CLIENT_ERROR = 400


def serve(
    screen: Console,
    *,
    port: int,
    latency: float,
    rate_limits: bool,
    timings: Literal["instant", "typical"],
    strict: bool,
    state: Path | None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; then save the world, if it has a file.

    Raises:
        ConfigurationError: The port is taken, or the file cannot be read, written, or holds no world.
    """
    simulator = _open(state, latency=latency, rate_limits=rate_limits, timings=timings, strict=strict)
    try:
        server = simulator.serve(port, log=lambda request: _log(screen, request))
    except (OSError, OverflowError) as refused:
        raise ConfigurationError(f"Cannot listen on 127.0.0.1:{port}: {refused}. Try --port 0.") from refused
    with server:
        address = server.url.removesuffix("/v1")
        _screen.show(screen, f"A simulated Fly Machines API on {address}, until Ctrl-C. Point clients at it:")
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
        )
    except (OSError, ValueError) as wrong:
        raise ConfigurationError(
            f"{state} holds no world that simulate saved: {wrong}. Give another --state."
        ) from wrong


def _log(screen: Console, request: RecordedRequest) -> None:
    status = request.status or _SERVER_ERROR
    style = "red" if status >= _SERVER_ERROR else "yellow" if status >= _CLIENT_ERROR else ""
    _screen.show(screen, f"{time.strftime('%H:%M:%S')}  {request}", style)


@contextlib.contextmanager
def _ended_by_sigterm() -> Generator[None]:
    """End like Ctrl-C when a supervisor says so. Only the main thread may listen to signals."""

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
