"""One run of a command: its client, its consoles, what it counts, and how it ends."""

from __future__ import annotations

import contextlib
import sys
import traceback
from typing import TYPE_CHECKING, Any, Final

import attrs
import httpx
import typer

from fly_resources._address import find_base_url
from fly_resources._clock import Clock, SystemClock
from fly_resources._network import Network, find_network
from fly_resources.cli import _document, _screen
from fly_resources.client import Fly
from fly_resources.errors import EnsureError, FlyError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from rich.console import Console

    from fly_resources.report import Event

OK: Final = 0
FAILED: Final = 1
CHANGES: Final = 2
INTERRUPTED: Final = 130
#: As many as a client does at once.
_MOST_CONNECTIONS: Final = 128


class NotConfirmedError(FlyError):
    """Something would be destroyed, and nobody agreed to it."""


class Counted(httpx.BaseTransport):
    """Counts what is sent, repeats included."""

    def __init__(self, inner: httpx.BaseTransport, via: str = "") -> None:
        self._inner = inner
        self.via = via
        self.sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Count, and pass on."""
        self.sent += 1
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def open_transport(network: Network) -> httpx.BaseTransport:
    """Return the way to the network; tests put a simulator in its place."""
    return network.open(httpx.HTTPTransport, httpx.Limits(max_connections=_MOST_CONNECTIONS))


def open_clock() -> Clock:
    """Return the system's clock; tests put a virtual one in its place."""
    return SystemClock()


def can_ask() -> bool:
    """Return whether somebody is there to answer a question."""
    return sys.stdin.isatty()


@attrs.define
class Session:
    """What a command works with.

    Attributes:
        command: Its name, for messages.
        as_json: Whether one document on standard output is all that it prints there.
        debug: Whether errors show their traceback.
        out: Standard output: results.
        err: Standard error: progress, questions, errors.
        clock: Where time comes from.
        exit_code: What the command ends with, unless it fails.
        fields: What the document says beside what every one says.
        watcher: Who hears of events now.
        proxy: The proxy that was given; None for that of the environment.
    """

    command: str
    as_json: bool
    debug: bool
    out: Console
    err: Console
    clock: Clock
    exit_code: int = OK
    fields: dict[str, Any] = attrs.field(factory=dict)
    watcher: Callable[[Event], object] | None = None
    proxy: str | None = None
    _transports: list[Counted] = attrs.field(factory=list)
    _began: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Time counts from here."""
        self._began = self.clock.now()

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return self.clock.now() - self._began

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return sum(each.sent for each in self._transports)

    def connect(self, owner: str | None = None) -> Fly:
        """Return a client with the token and address of the environment; its requests are counted."""
        network = find_network(find_base_url(None), self.proxy)
        self._transports.append(Counted(open_transport(network), network.via))
        return Fly(owner=owner, transport=self._transports[-1], clock=self.clock, on_event=self._hear)

    def _hear(self, event: Event) -> None:
        if self.watcher is not None:
            self.watcher(event)

    def say(self, text: object, style: str = "") -> None:
        """Print to standard output, unless that is kept for the document."""
        if not self.as_json:
            _screen.show(self.out, text, style)

    def confirm(self, losses: Sequence[str]) -> None:
        """Show what would be destroyed, and ask.

        Raises:
            NotConfirmedError: No, or nobody is there to ask.
        """
        if not losses:
            return
        _screen.show(self.err, "This cannot be undone:", "bold red")
        for line in losses:
            _screen.show(self.err, f"  {line}")
        if not can_ask():
            raise NotConfirmedError(
                "This would destroy what is listed above, and there is no terminal to ask on. "
                "Nothing was done; pass --yes if that is meant."
            )
        self.err.print("Go on? [y/N] ", end="", style="bold")
        answer = sys.stdin.readline()
        if not answer.endswith("\n"):
            self.err.print()  # Ctrl-D ends no line
        if answer.strip().lower() not in {"y", "yes"}:
            raise NotConfirmedError("Not confirmed. Nothing was done.")

    def fail(self, error: Exception) -> None:
        """Show an error, and end with 1."""
        self.exit_code = FAILED
        if isinstance(error, EnsureError):
            self.fields |= _document.reported(error.report)
        self.fields["error"] = _document.failure(error)
        if isinstance(error, FlyError):
            _screen.show_error(self.err, error, self.command)
        else:
            _screen.show(self.err, f"Error: {self.command}: {type(error).__name__}: {error}", "bold red")
            _screen.show(
                self.err, "This is a fault of fly-resources: please report it with --debug's output."
            )
        if self.debug:
            _screen.show(self.err, _trace(error))

    def interrupt(self) -> None:
        """Say that Ctrl-C was heard, and end with 130."""
        self.exit_code = INTERRUPTED
        self.fields["error"] = {"type": "KeyboardInterrupt", "message": "interrupted"}
        _screen.show(
            self.err,
            f"{self.command}: interrupted; leases are given back. Run it again: it goes on from here.",
            "bold yellow",
        )

    def print_document(self) -> None:
        """Print the one document."""
        document = {
            "version": _document.VERSION,
            "command": self.command,
            "ok": self.exit_code in {OK, CHANGES},
            "error": None,
            **self.fields,
            "requests": self.requests,
            "seconds": round(self.seconds, 3),
        }
        sys.stdout.write(f"{_document.write(document)}\n")


@contextlib.contextmanager
def session(
    command: str, *, as_json: bool = False, debug: bool = False, proxy: str | None = None
) -> Generator[Session]:
    """Run a command's work; however that ends, say so once and exit with its code."""
    consoles = _screen.console(), _screen.console(stderr=True)
    run = Session(command, as_json, debug, *consoles, open_clock(), proxy=proxy)
    try:
        yield run
    except KeyboardInterrupt:
        run.interrupt()
    except BrokenPipeError:
        raise  # whoever read our output has enough; the framework ends quietly
    except Exception as error:  # noqa: BLE001  # the outermost: whatever it is, it becomes a message
        run.fail(error)
    if as_json:
        run.print_document()
    if run.exit_code:
        raise typer.Exit(run.exit_code)


def _trace(error: BaseException) -> str:
    """Return the traceback without lines of source, which may hold secrets."""
    text = traceback.TracebackException.from_exception(error, lookup_lines=False)
    pending: list[traceback.TracebackException] = [text]
    while pending:
        each = pending.pop()
        each.stack = traceback.StackSummary.from_list(
            [(frame.filename, frame.lineno or 0, frame.name, "") for frame in each.stack]
        )
        pending += [other for other in (each.__cause__, each.__context__) if other is not None]
    return "".join(text.format()).rstrip()
