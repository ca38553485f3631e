"""Plugins, and how hypothesis and coverage work in this repository.

Hypothesis: `fast` by default, `ci` in `scripts/check`. Both derive their examples from the tests alone, so
that a failure comes back on any machine, and neither times an example.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fast", max_examples=25, stateful_step_count=20, derandomize=True, deadline=None)
settings.register_profile("ci", max_examples=200, stateful_step_count=50, derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

# Ours is installed too, but switched off there (pyproject.toml), so that coverage sees it being imported.
pytest_plugins = ["pytester", "fly_resources.testing.pytest_plugin"]

# These run nothing of fly_resources; measuring them too makes the generator's tests three times as slow.
UNMEASURED = [Path(__file__).parent / folder for folder in ("codegen", "packaging")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in UNMEASURED):
            item.add_marker(pytest.mark.no_cover)
