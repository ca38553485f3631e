"""One run of a command: its client, consoles, counters, and exit."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any, Final, NoReturn

import attrs
import httpx
import typer

from fly_resources._client.inside import (
    Clock,
    Network,
    SystemClock,
    find_base_url,
    find_network,
)
from fly_resources.cli import _document, _interrupts, _screen, _streams, _words
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
_STDERR: Final = 2
#: Commands that continue when they are run again.
_GO_ON: Final = frozenset({"ensure", "destroy", "restart", "secrets import"})
#: A client's default concurrency.
_MOST_CONNECTIONS: Final = 128


class NotConfirmedError(FlyError):
    """Something would be destroyed and it was not confirmed."""


class Counted(httpx.BaseTransport):
    """Counts requests, including retries."""

    def __init__(self, inner: httpx.BaseTransport, via: str = "") -> None:
        self._inner = inner
        self.via = via
        self.sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Count the request and pass it on."""
        self.sent += 1
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def open_transport(network: Network) -> httpx.BaseTransport:
    """Return the network transport; tests replace it with a simulator."""
    return network.open(httpx.HTTPTransport, _MOST_CONNECTIONS)


def open_clock() -> Clock:
    """Return the system clock; tests replace it with a virtual one."""
    return SystemClock()


def read_answer() -> str:
    """Read a line of input; tests replace this."""
    return sys.stdin.readline()


def can_ask() -> bool:
    """Return whether standard input is interactive."""
    return sys.stdin.isatty()


@attrs.define
class Session:
    """What a command works with.

    Attributes:
        command: Its name, for messages.
        as_json: Whether standard output holds only one JSON document.
        debug: Whether errors show their traceback.
        out: Standard output: results.
        err: Standard error: progress, questions, errors.
        clock: The source of time.
        exit_code: The exit code, unless the command fails.
        fields: The command's own fields of the document.
        progress: What was started, and what has ended.
        watcher: The current receiver of events.
        proxy: The proxy from the command line; None for the environment's.
        file_is_python: Whether the command reads a Python file, so that a resource's arguments can be given.
    """

    command: str
    as_json: bool
    debug: bool
    out: Console
    err: Console
    clock: Clock
    exit_code: int = OK
    fields: dict[str, Any] = attrs.field(factory=_document.empty)
    progress: _interrupts.Progress = attrs.field(factory=_interrupts.Progress)
    watcher: Callable[[Event], object] | None = None
    proxy: str | None = None
    file_is_python: bool = False
    _transports: list[Counted] = attrs.field(factory=list)
    _began: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start the clock."""
        self._began = self.clock.now()

    @property
    def seconds(self) -> float:
        """Return the seconds since the start."""
        return self.clock.now() - self._began

    @property
    def requests(self) -> int:
        """Return the number of requests sent."""
        return sum(each.sent for each in self._transports)

    def connect(self, owner: str | None = None) -> Fly:
        """Return a client with the environment's token and address, whose requests are counted."""
        network = find_network(find_base_url(None), self.proxy)
        self._transports.append(Counted(open_transport(network), network.via))
        return Fly(owner=owner, transport=self._transports[-1], clock=self.clock, on_event=self._hear)

    def begin(self, *subjects: str) -> None:
        """Note that writes may follow; `subjects` are those that report no events."""
        self.progress.begin(*subjects)

    def _hear(self, event: Event) -> None:
        if event.stage in {"done", "failed"}:
            self.progress.end(str(event.resource), well=event.stage == "done")
        elif self.progress.begun:
            self.progress.begin(str(event.resource))
        if self.watcher is not None:
            self.watcher(event)

    def say(self, text: object, style: str = "") -> None:
        """Print to standard output, unless it is reserved for the document."""
        if not self.as_json:
            _screen.show(self.out, text, style)

    def quote(self, text: object, style: str = "") -> None:
        """Print another program's words to standard output, unless it is reserved for the document."""
        if not self.as_json:
            _screen.quote(self.out, text, style)

    def write(self, text: str) -> None:
        """Print unchanged to standard output, unless it is reserved for the document."""
        if not self.as_json:
            _screen.write(self.out, text)

    def confirm(self, losses: Sequence[str], bills: Sequence[str] = (), changes: Sequence[str] = ()) -> None:
        """Show what would be lost, billed and changed, and ask for confirmation.

        Raises:
            NotConfirmedError: The answer was no, or standard input is not interactive.
        """
        parts = [("This is billed once it is created:", "bold", bills), ("This changes:", "bold", changes)]
        parts += [("This cannot be undone:", "bold red", losses)]
        for heading, style, lines in parts:
            for index, line in enumerate((heading, *lines)):
                if lines:
                    _screen.show(self.err, f"  {line}" if index else line, style if not index else "")
        if not losses and not bills and not changes:
            return
        if not can_ask():
            would = "destroy" if losses else "make" if bills else "change"
            raise NotConfirmedError(
                f"This would {would} what is listed above, and there is no terminal to ask on. "
                "Nothing was done; pass --yes to confirm."
            )
        try:
            self.err.print("Go on? [y/N] ", end="", style="bold")
            answer = read_answer()
        except KeyboardInterrupt:
            self.err.print()
            raise
        if not answer.endswith("\n"):
            self.err.print()  # Ctrl-D ends no line
        if answer.strip().lower() not in {"y", "yes"}:
            raise NotConfirmedError("Not confirmed. Nothing was done.")

    def fail(self, error: Exception) -> None:
        """Show an error; the exit code is 1."""
        self.exit_code = FAILED
        if isinstance(error, EnsureError):
            self.fields |= _document.reported(error.report)
            if self.command == "rollback":
                error.advice = ""  # what failed cannot be the advice
            if error.advice:
                self.fields["advice"] = _words.in_options(error.advice)  # on a screen, the error says it
        told = self.fields["error"] = _document.failure(error, file_is_python=self.file_is_python)
        if isinstance(error, FlyError):
            _screen.show_error(self.err, error, told["message"], self.command)
        else:
            _screen.quote(self.err, f"Error: {self.command}: {type(error).__name__}: {error}", "bold red")
            _screen.show(
                self.err, "This is a bug in fly-resources: please report it with the output of --debug."
            )
        if self.debug:
            _screen.quote(self.err, _trace(error))

    def refuse(self, message: str) -> None:
        """Print the document of a command that was given wrong options, which are shown already."""
        self.exit_code = FAILED
        self.fields["error"] = {"type": "UsageError", "message": message}
        self.print_document()

    def acknowledge(self) -> None:
        """Acknowledge Ctrl-C at once: requests in flight may take seconds."""
        board = getattr(self.watcher, "acknowledge", None)
        if board is not None:
            board()  # shows it
        elif self.progress.begun:
            _write_now(f"\n{self.command}: {_screen.STOPPING}\n")

    def end_now(self) -> NoReturn:
        """Print what may be left, and exit."""
        left = " Leases that are still held expire within a minute." if self.progress.begun else ""
        if self.err.is_terminal:
            _write_now("\x1b[?25h")  # the cursor, which a table hides
        _write_now(f"\n{self.command}: stopped at once. {_screen.clean(self.progress.describe())}{left}\n")
        self.exit_code = INTERRUPTED
        self.fields["error"] = {"type": "KeyboardInterrupt", "message": "stopped at once"}
        if self.as_json:
            self.print_document()
        os._exit(INTERRUPTED)

    def interrupt(self, interrupted: BaseException | None = None) -> None:
        """Print what is done; the exit code is 130."""
        self.exit_code = INTERRUPTED
        self.fields["error"] = {"type": "KeyboardInterrupt", "message": "interrupted"}
        text = f"{self.command}: interrupted. {self.progress.describe()}"
        if self.progress.begun and self.command in _GO_ON:
            text += " Leases are released. Run it again: it continues from here."
        _screen.show(self.err, text, "bold yellow")
        for note in getattr(interrupted, "__notes__", ()):
            _screen.show(self.err, note)

    def print_document(self) -> None:
        """Print the JSON document."""
        document = {
            "version": _document.VERSION,
            "command": self.command,
            "ok": self.fields["error"] is None and self.exit_code in {OK, *self._fine},
            **self.fields,
            "requests": self.requests,
            "seconds": round(self.seconds, 3),
        }
        self.out.file.write(f"{_document.write(document)}\n")
        self.out.file.flush()

    @property
    def _fine(self) -> set[int]:
        """Return the exit codes other than 0 that do not mean failure."""
        return {CHANGES} if self.command == "plan" else set()


def _write_now(text: str) -> None:
    """Write to standard error without locks or buffers, which may be in use at an interrupt."""
    with contextlib.suppress(OSError):
        os.write(_STDERR, text.encode(errors="replace"))


def open_session(
    command: str, *, as_json: bool = False, debug: bool = False, proxy: str | None = None
) -> Session:
    """Return what a command works with, on the process's own streams."""
    consoles = _screen.console(_streams.reserve()), _screen.console(sys.stderr)
    return Session(command, as_json, debug, *consoles, open_clock(), proxy=proxy)


@contextlib.contextmanager
def session(
    command: str,
    *,
    as_json: bool = False,
    debug: bool = False,
    proxy: str | None = None,
    acknowledges: bool = True,
) -> Generator[Session]:
    """Run a command's work, report once how it ended, and exit with its code."""
    run = open_session(command, as_json=as_json, debug=debug, proxy=proxy)
    try:
        with _interrupts.heard(run) if acknowledges else contextlib.nullcontext():
            yield run
    except KeyboardInterrupt as interrupted:
        run.interrupt(interrupted)
    except BrokenPipeError:
        raise  # the reader of our output is gone; the framework exits quietly
    except Exception as error:  # noqa: BLE001  # the outermost: whatever it is, it becomes a message
        run.fail(error)
    if as_json:
        run.print_document()
    if run.exit_code:
        raise typer.Exit(run.exit_code)


def _trace(error: BaseException) -> str:
    """Return the traceback without source lines, which may contain secrets."""
    text = traceback.TracebackException.from_exception(error, lookup_lines=False)
    pending: list[traceback.TracebackException] = [text]
    while pending:
        each = pending.pop()
        each.stack = traceback.StackSummary.from_list(
            [(frame.filename, frame.lineno or 0, frame.name, "") for frame in each.stack]
        )
        pending += [other for other in (each.__cause__, each.__context__) if other is not None]
    return "".join(text.format()).rstrip()
