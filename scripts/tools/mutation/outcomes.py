"""A pytest plugin that writes down which tests passed and how many seconds of the processor they took."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

#: Names the file to write.
OUTCOMES_FILE = "MUTATION_OUTCOMES"
_SPENT = "mutation_seconds"
_SECONDS: defaultdict[str, float] = defaultdict(float)
_FAILED: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note when a test begins, by the processor's time: the clock runs on while others have the processor."""
    item.user_properties.append((_SPENT, -time.process_time()))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Note when it ends; the report of the last phase carries both."""
    try:
        yield
    finally:
        item.user_properties.append((_SPENT, time.process_time()))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test took."""
    if report.when == "teardown":
        _SECONDS[report.nodeid] += sum(
            float(str(spent)) for name, spent in report.user_properties if name == _SPENT
        )
    if report.failed:
        _FAILED.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the seconds of each test that passed; of pytest-xdist, only the controller does."""
    if not hasattr(session.config, "workerinput"):
        passed = {test: seconds for test, seconds in _SECONDS.items() if test not in _FAILED}
        Path(os.environ[OUTCOMES_FILE]).write_text(json.dumps(passed), encoding="utf-8")
