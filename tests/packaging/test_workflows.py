"""The workflows of the forge: pinned, few rights, and they run this repository's own scripts."""

import os
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
    scripts = re.findall(r"(?:scripts|\.ci)/[\w/]+", commands)

    assert {script for script in scripts if not (ROOT / script).is_file()} == set()


def test_only_publishing_may_prove_who_it_is() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]

    assert [name for name, job in jobs.items() if "id-token" in job.get("permissions", {})] == ["publish"]
    assert all("run" not in step for step in jobs["publish"]["steps"])


def test_a_release_is_refused_under_a_tag_that_is_not_its_version() -> None:
    refused = subprocess.run(
        [ROOT / "scripts" / "tools" / "build_release", "v0.0.0-nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "the tag is v0.0.0-nonsense" in refused.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_checkout_leaves_a_token_behind(workflow: Path) -> None:
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]

    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_that_may_write_runs_no_program_of_the_repository(workflow: Path) -> None:
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    rights = [(job, job.get("permissions", content["permissions"])) for job in content["jobs"].values()]
    commands = [
        step.get("run", "") for job, may in rights if "write" in may.values() for step in job["steps"]
    ]

    assert (
        re.findall(r"^\s*\S*(?:scripts/|\.ci/|\.venv|python|pytest).*", "\n".join(commands), re.MULTILINE)
        == []
    )


def _script(job: str, word: str) -> str:
    """Return the one script of a job of upstream.yml that holds a word."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/upstream.yml").read_text(encoding="utf-8"))["jobs"]
    [script] = [step["run"] for step in jobs[job]["steps"] if word in step.get("run", "")]
    return str(script)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@t", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("change", ["none", "a new file", "a changed file", "a file that is gone", "bytes"])
def test_the_weekly_refresh_takes_along_what_is_new(tmp_path: Path, change: str) -> None:
    one, two, output = tmp_path / "one", tmp_path / "two", tmp_path / "output"
    one.mkdir()
    (one / "kept.py").write_text("1\n")
    (one / "gone.py").write_text("1\n")
    _git(one, "init", "--quiet")
    _git(one, "add", "--all")
    _git(one, "commit", "--quiet", "--message", "first")
    _git(tmp_path, "clone", "--quiet", str(one), str(two))
    if change == "a new file":
        (one / "api").mkdir()
        (one / "api" / "new_operation.py").write_text("2\n")
    elif change == "a changed file":
        (one / "kept.py").write_text("2\n")
    elif change == "a file that is gone":
        (one / "gone.py").unlink()
    elif change == "bytes":
        (one / "new.bin").write_bytes(bytes(range(256)))

    subprocess.run(
        ["/usr/bin/env", "bash", "-euo", "pipefail", "-c", _script("refresh", "git diff --cached --binary")],
        cwd=one,
        env={**os.environ, "GITHUB_OUTPUT": str(output), "RUNNER_TEMP": str(tmp_path)},
        capture_output=True,
        check=True,
    )

    assert output.read_text() == f"changed={'false' if change == 'none' else 'true'}\n"
    if change != "none":
        assert 'git apply --index "$RUNNER_TEMP/upstream.patch"' in _script("propose", "git push")
        _git(two, "apply", "--index", str(tmp_path / "upstream.patch"))
        _git(one, "add", "--all")
        assert _git(one, "write-tree") == _git(two, "write-tree")
