"""The workflows of the forge: pinned, few rights, and they run this repository's own scripts."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def steps(workflow: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(workflow: Path) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]

    assert used
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_scripts_that_it_runs_exist(workflow: Path) -> None:
    commands = "\n".join(step["run"] for step in steps(workflow) if "run" in step)
    scripts = re.findall(r"(?:scripts|\.ci)/\w+", commands)

    assert {script for script in scripts if not (ROOT / script).is_file()} == set()


def test_only_publishing_may_prove_who_it_is() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]

    assert [name for name, job in jobs.items() if "id-token" in job.get("permissions", {})] == ["publish"]
    assert all("run" not in step for step in jobs["publish"]["steps"])


def test_a_release_is_refused_under_a_tag_that_is_not_its_version() -> None:
    refused = subprocess.run(
        [ROOT / "scripts" / "build_release", "v0.0.0-nonsense"], capture_output=True, text=True, check=False
    )

    assert refused.returncode == 1
    assert "the tag is v0.0.0-nonsense" in refused.stderr
