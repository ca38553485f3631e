"""Run tests against the copy, each time in a child of a process that has imported everything but the copy."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING, Final

import attrs
import pytest

from scripts.tools.mutation.reach import environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Imported anew by each child, from the copy.
_OURS: Final = ("fly_resources", "scripts", "tests", "conftest", "examples")
OPTIONS: Final = (
    *("-q", "-q", "--no-header", "--tb=no", "--no-summary", "-p", "no:cacheprovider"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # plugins were imported before, by the parent
)


@attrs.frozen
class Ended:
    """How a run of tests ended: `killer` is the first test that failed, if one did."""

    has_failed: bool
    timed_out: bool = False
    has_died: bool = False
    killer: str | None = None


def run(tree: Path, tests: Sequence[str], limit_s: float) -> Ended:
    """Run tests in a child, up to the first that fails."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(tree, tests, writing)
    os.close(writing)
    said = _read_all(reading, limit_s)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if said is None:
        return Ended(has_failed=True, timed_out=True)
    if not said:
        return Ended(has_failed=True, has_died=True)
    answer = json.loads(said)
    failed = answer["failed"]
    return Ended(has_failed=answer["code"] != 0, killer=failed[0] if failed else None)


def warm_up(imported: Sequence[str]) -> None:
    """Import what tests import of others, so that no child has to."""
    for name in imported:
        if name.partition(".")[0] in _OURS:
            continue
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def _read_all(reading: int, limit_s: float) -> bytes | None:
    """Return what the child says before it ends; None if that takes too long."""
    end = time.monotonic() + limit_s
    said = b""
    with open(reading, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(end - time.monotonic(), 0))[0]:
            if not (more := pipe.read(65536)):
                return said
            said += more
    return None


def enter(tree: Path) -> None:
    """Be silent, and import what is ours from the copy from now on."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.environ.update(environment(tree))
    os.chdir(tree)
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    elsewhere = [place for place in sys.path if "site-packages" in place or "lib/python" in place]
    sys.path[:] = [str(tree), str(tree / "generated_client"), *elsewhere]
    importlib.invalidate_caches()


def _be_child(tree: Path, tests: Sequence[str], writing: int) -> None:
    os.setsid()
    failed: list[str] = []
    code: int = 1
    try:
        enter(tree)
        sys.dont_write_bytecode = True
        code = int(pytest.main([*OPTIONS, "-x", *tests], plugins=[_Failures(failed)]))
        with open(writing, "w", encoding="utf-8") as pipe:
            json.dump({"code": code, "failed": failed}, pipe)
    finally:
        os._exit(code)


class _Failures:
    def __init__(self, failed: list[str]) -> None:
        self._failed = failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._failed.append(report.nodeid)
