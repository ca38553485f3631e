"""Run tests in children of a process that has imported and collected everything once.

What `exchange` cannot change there, and what passes although not all of it could be changed, has to be
tried by `trial.run`, which imports anew.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import math
import multiprocessing
import os
import pkgutil
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from scripts.tools.mutation.exchange import Exchange, NotPossibleError
from scripts.tools.mutation.trial import OPTIONS, Ended, enter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.connection import Connection
    from types import CodeType, FrameType, ModuleType

#: A test may take so many times what it took when it was measured, and so many seconds more: of the
#: processor, then of the clock, since a test may also wait for ever and others may need the processor.
FACTOR: Final = 5.0
EXTRA_CPU_S: Final = 3.0
EXTRA_S: Final = 20.0
#: How many tests run before any change, so that not each child has to do what the first tests do.
SOME: Final = 12
_MEMORY: Final = 8 * 2**30


@attrs.define
class Warm:
    """The process. `run` tries one change, and returns None if that takes an import."""

    #: What tests import.
    imported: tuple[str, ...]
    #: The functions of the module that run at import: each test may notice what they do.
    ran: frozenset[str]
    _process: int
    _pipe: Connection

    @classmethod
    def start(cls, tree: Path, module: str, files: Sequence[str], marks: str) -> Warm:
        """Import and collect; what is collected is what the measured run collects."""
        ours, theirs = multiprocessing.Pipe()
        process = os.fork()
        if process == 0:
            ours.close()
            _serve(tree, module, files, marks, theirs)
        theirs.close()
        with contextlib.suppress(EOFError):
            imported, ran = ours.recv()
            return cls(imported, ran, process, ours)
        sys.exit(f"mutate: the tests of {module} cannot be collected")

    def run(self, source: str | None, tests: Mapping[str, float], extra_s: float = EXTRA_S) -> Ended | None:
        """Run tests, each with the seconds that it took before, up to the first that fails."""
        self._pipe.send((source, dict(tests), extra_s))
        ended = self._pipe.recv()
        return ended and Ended(**ended)

    def stop(self) -> None:
        """End the process."""
        self._pipe.send(None)
        os.waitpid(self._process, 0)


def _serve(tree: Path, module: str, files: Sequence[str], marks: str, pipe: Connection) -> None:
    errors = os.fdopen(os.dup(2), "w")
    try:
        enter(tree)
        server = _Server(tree, module, pipe)
        sys.setprofile(server.note)
        options = ["-m", marks, f"--basetemp={tree.parent / 'basetemp'}"]
        pytest.main([*OPTIONS, *options, *files], plugins=[server])
        if server.error:
            traceback.print_exception(server.error, file=errors)
    finally:
        errors.close()
        os._exit(0)


class _Server:
    """Takes the place of pytest's loop over the tests: what is asked for runs in a child."""

    def __init__(self, tree: Path, module: str, pipe: Connection) -> None:
        self._file, self._module, self._pipe = str(tree / module), module, pipe
        self.error: BaseException | None = None
        self._ran: set[str] = set()
        self._items: dict[str, pytest.Item] = {}
        self._code = self._compile(Path(self._file).read_text(encoding="utf-8"))

    def note(self, frame: FrameType, event: str, _argument: object) -> None:
        """Remember which functions of the module run before any test."""
        if event == "call" and frame.f_code.co_filename == self._file:
            self._ran.add(frame.f_code.co_qualname)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.error = excinfo.value

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        module = _import_all(self._module)
        sys.setprofile(None)
        self._items = {item.nodeid: item for item in session.items}
        _run_some(session.items)
        exchange = Exchange(module, self._code, self._ran)
        gc.collect()
        gc.freeze()
        sys.dont_write_bytecode = True
        ran = frozenset(name.replace(".<locals>", "") for name in self._ran)
        self._pipe.send((tuple(sys.modules), ran))
        while (asked := self._pipe.recv()) is not None:
            ended = self._try(exchange, *asked)
            self._pipe.send(ended and attrs.asdict(ended))
        return True

    def _try(
        self, exchange: Exchange, source: str | None, tests: dict[str, float], extra_s: float
    ) -> Ended | None:
        items = [self._items[test] for test in tests]
        reading, writing = multiprocessing.Pipe(duplex=False)
        child = os.fork()
        if child == 0:
            code = self._compile(source) if source else None
            _be_child(exchange, code, items, tests, writing)
        writing.close()
        return _watch(child, reading, tests, extra_s)

    def _compile(self, source: str) -> CodeType:
        return compile(source, self._file, "exec", dont_inherit=True)


def _import_all(module: str) -> ModuleType:
    """Import what tests import only when they need it: all of the package that the module is of."""
    imported = importlib.import_module(module.removesuffix(".py").replace("/", "."))
    top = sys.modules[module.removesuffix(".py").partition("/")[0]]
    for found in pkgutil.walk_packages(getattr(top, "__path__", ()), f"{top.__name__}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return imported


def _run_some(items: Sequence[pytest.Item]) -> None:
    """Let fixtures of the session and the caches of others be filled.

    The last that runs is the first, and the one to follow it the last: what stays set up is what all have.
    """
    some = items[: -1 : max(len(items) // SOME, 1)][::-1]
    for item, following in zip(some, [*some[1:], *items[-1:]], strict=False):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
    if items:
        items[0].session.testsfailed = 0


def _be_child(
    exchange: Exchange,
    code: CodeType | None,
    items: Sequence[pytest.Item],
    tests: Mapping[str, float],
    writing: Connection,
) -> None:
    """Make the change and run tests: say each name, then whether all pass, or None if that is not known."""
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        writing.send("")
        proves = code is None or exchange.make(code)
        for item, following in zip(items, [*items[1:], None], strict=True):
            spent = math.ceil(time.process_time() + EXTRA_CPU_S + FACTOR * tests[item.nodeid])
            resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.RLIM_INFINITY))
            writing.send(item.nodeid)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                writing.send(False)  # noqa: FBT003
                return
        writing.send(True if proves else None)
    except NotPossibleError:
        writing.send(None)
    finally:
        os._exit(0)


def _watch(child: int, reading: Connection, tests: Mapping[str, float], extra_s: float) -> Ended | None:
    """Return how the child ended; None if it cannot tell."""
    running = None
    said: Any = ""
    stopped = False
    with contextlib.suppress(EOFError), reading:
        while isinstance(said, str) and not stopped:
            running = said or None
            stopped = not reading.poll(extra_s + FACTOR * tests.get(said, 0.0))
            said = said if stopped else reading.recv()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if said is None or running is None:  # nothing that ended before a test tells anything
        return None
    if isinstance(said, bool):
        return Ended(has_failed=not said, killer=None if said else running)
    over = stopped or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU)
    return Ended(has_failed=True, timed_out=over, has_died=not over, killer=running)
