"""The pinned requirements: complete, hashed, in step with pyproject.toml, silent about where packages are."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = ("dev.txt", "oldest.txt", "runtime.txt")


def text(file: str) -> str:
    return (ROOT / "scripts" / "requirements" / file).read_text(encoding="utf-8")


def entries(file: str) -> list[str]:
    """One string a requirement: its continued lines joined, comments left out."""
    lines = [line for line in text(file).splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def pins(file: str) -> dict[str, str]:
    found = [Requirement(entry.split(" --hash=")[0]) for entry in entries(file)]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in found}


def declared() -> list[Requirement]:
    project, groups = PYPROJECT["project"], PYPROJECT["dependency-groups"]
    lists = [
        PYPROJECT["build-system"]["requires"],
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *groups.values(),
    ]
    return [Requirement(line) for group in lists for line in group if isinstance(line, str)]


def shipped() -> list[Requirement]:
    project = PYPROJECT["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in lists for line in group]


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_exact_and_hashed(file: str) -> None:
    shape = re.compile(r"[a-z0-9.-]+==[^ ;]+( ; [^-]+)?( +--hash=sha256:[0-9a-f]{64})+")

    assert entries(file)
    assert [entry for entry in entries(file) if not shape.fullmatch(entry)] == []


@pytest.mark.parametrize("file", FILES)
def test_no_file_says_where_packages_come_from(file: str) -> None:
    assert re.findall(r"://|--(?!hash=)[a-z-]+|@ ", text(file)) == []


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_what_pyproject_asks_for_is_pinned_at_a_version_that_it_allows(requirement: Requirement) -> None:
    pinned = pins("dev.txt").get(canonicalize_name(requirement.name))

    assert pinned is not None, "run scripts/tools/compile_requirements"
    assert requirement.specifier.contains(pinned), "run scripts/tools/compile_requirements"


@pytest.mark.parametrize("requirement", shipped(), ids=str)
def test_the_oldest_that_is_declared_is_what_the_oldest_run_has(requirement: Requirement) -> None:
    pinned = Version(pins("oldest.txt")[canonicalize_name(requirement.name)])
    least = next(Version(each.version) for each in requirement.specifier if each.operator == ">=")

    assert pinned.release[: len(least.release)] == least.release, "run scripts/tools/compile_requirements"


def test_the_oldest_run_has_what_the_suite_needs() -> None:
    wanted = {canonicalize_name(Requirement(line).name) for line in PYPROJECT["dependency-groups"]["tests"]}

    assert wanted <= pins("oldest.txt").keys()


def test_users_and_developers_run_on_the_same_pins() -> None:
    assert pins("runtime.txt").items() <= pins("dev.txt").items()


def test_the_build_backend_is_the_one_that_developers_have() -> None:
    assert set(PYPROJECT["build-system"]["requires"]) <= set(PYPROJECT["dependency-groups"]["tests"])
