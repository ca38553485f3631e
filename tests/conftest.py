"""Plugins, and how hypothesis and coverage work in this repository.

Hypothesis: `fast` by default, `ci` in `scripts/check`. Both derive their examples from the tests alone, so
that a failure comes back on any machine, and neither times an example.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Otherwise each worker, and each program that a test starts, would compile both packages again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("fast", max_examples=25, stateful_step_count=20, derandomize=True, deadline=None)
settings.register_profile("ci", max_examples=100, stateful_step_count=50, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=5000, stateful_step_count=50, deadline=None)  # for a night
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

# Ours is installed too, but switched off there (pyproject.toml), so that coverage sees it being imported.
pytest_plugins = ["pytester", "fly_resources.testing.pytest_plugin"]

# The first two run nothing of fly_resources. The others run it thousands of times, in orders and with faults
# of all kinds: what they reach, the tests of each rule reach too, and measuring makes them thrice as slow.
_HERE = Path(__file__).parent
_FOLDERS = ("beliefs", "codegen", "docs", "fleet", "packaging", "races", "replay", "sweep")
UNMEASURED = [
    *(_HERE / folder for folder in _FOLDERS),
    *(
        _HERE / "flows" / f"test_{name}.py"
        for name in ("interrupts", "lost_answers", "many_callers", "races")
    ),
    _HERE / "plugin" / "test_replays.py",
    _HERE / "property" / "test_worlds.py",
    *(_HERE / "security" / f"test_{name}.py" for name in ("any_answer", "canaries")),
    _HERE / "simulator" / "test_attack.py",
]


@pytest.fixture(scope="session")
def undocumented_answers() -> Iterator[list[str]]:
    """What simulators answered that the built document does not allow, in this process."""
    from tests import documented_answers  # noqa: PLC0415 - it imports what coverage has to see imported

    with pytest.MonkeyPatch.context() as patch:
        yield documented_answers.watch(patch)


@pytest.fixture(autouse=True)
def every_answer_is_documented(undocumented_answers: list[str]) -> Iterator[None]:
    """Fail the test in which a simulator answered otherwise than the document says."""
    yield
    found = undocumented_answers.copy()
    undocumented_answers.clear()
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def secrets_of_modules() -> set[str]:
    from fly_resources._secret import living_secrets  # noqa: PLC0415 - as above

    return living_secrets()


@pytest.fixture(autouse=True)
def no_word_stays_a_secret(secrets_of_modules: set[str]) -> Iterator[None]:
    """Collect what a test has left: a living `Secret` hides its value in the messages of the next tests."""
    from fly_resources._secret import living_secrets  # noqa: PLC0415 - as above
    from fly_resources._wire.masking import SHORTEST  # noqa: PLC0415 - as above

    yield
    left = living_secrets() - secrets_of_modules
    if any(value.isalnum() and len(value) >= SHORTEST for value in left):
        gc.collect()


def pytest_collection_finish() -> None:
    # What is imported stays: collecting need not look at it again, which is most of what it costs.
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {str(place) for place in UNMEASURED}
    for item in items:
        # Both clients drive the same flows: what one of them covers there, the other does. And whatever
        # happens there happens in the test of its rule too.
        twice = "flows" in item.path.parts and ("[async" in item.name or "_whatever_" in item.name)
        if twice or not places.isdisjoint({str(item.path), str(item.path.parent)}):
            item.add_marker(pytest.mark.unmeasured)
