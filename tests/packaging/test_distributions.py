"""What users download: the wheel and the sdist, built once as `scripts/check` builds them."""

import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from email.parser import BytesParser
from importlib.metadata import version
from pathlib import Path

import pytest

from fly_resources._version import __version__

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    for kind in ("wheel", "sdist"):
        built = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(out)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stdout + built.stderr
    return out


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(distributions / f"fly_resources-{__version__}-py3-none-any.whl")


@pytest.fixture(scope="module")
def wheel_metadata(wheel: zipfile.ZipFile) -> Message:
    return BytesParser().parsebytes(wheel.read(f"fly_resources-{__version__}.dist-info/METADATA"))


@pytest.fixture(scope="module")
def sdist_files(distributions: Path) -> set[str]:
    name = f"fly_resources-{__version__}"
    with tarfile.open(distributions / f"{name}.tar.gz") as archive:
        return {member.removeprefix(f"{name}/") for member in archive.getnames()}


def sources(folder: Path, under: Path) -> set[str]:
    return {path.relative_to(under).as_posix() for path in folder.rglob("*.py")}


def test_the_wheel_holds_every_module_of_both_packages(wheel: zipfile.ZipFile) -> None:
    expected = sources(ROOT / "fly_resources", ROOT) | sources(
        ROOT / "generated_client" / "fly_machines", ROOT / "generated_client"
    )

    assert {name for name in wheel.namelist() if name.endswith(".py")} == expected


def test_the_wheel_marks_both_packages_as_typed(wheel: zipfile.ZipFile) -> None:
    assert set(wheel.namelist()) >= {"fly_resources/py.typed", "fly_machines/py.typed"}


def test_the_wheel_installs_nothing_but_the_two_packages_and_their_metadata(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}

    assert tops == {"fly_resources", "fly_machines", f"fly_resources-{__version__}.dist-info"}


def test_the_wheel_carries_the_licence_and_the_readme(
    wheel: zipfile.ZipFile, wheel_metadata: Message
) -> None:
    licence = wheel.read(f"fly_resources-{__version__}.dist-info/licenses/LICENSE")

    assert licence == (ROOT / "LICENSE").read_bytes()
    assert wheel_metadata["License-Expression"] == "Apache-2.0"
    assert wheel_metadata.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")


def test_users_without_extras_install_three_packages(wheel_metadata: Message) -> None:
    required = [line for line in wheel_metadata.get_all("Requires-Dist", []) if "extra ==" not in line]

    assert sorted(required) == ["attrs>=23.2", "httpx<1,>=0.28", "python-dateutil>=2.9"]


def test_the_version_is_written_once(wheel_metadata: Message) -> None:
    assert __version__ == wheel_metadata["Version"] == version("fly-resources")


@pytest.mark.parametrize(
    "path",
    [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "fly_resources/py.typed",
        "generated_client/fly_machines/py.typed",
        "pyproject.toml",
        "scripts/requirements/dev.txt",
        "scripts/setup",
        "tests/packaging/test_distributions.py",
    ],
)
def test_the_sdist_holds_what_building_and_testing_need(path: str, sdist_files: set[str]) -> None:
    assert path in sdist_files


def test_the_sdist_holds_no_leftovers(sdist_files: set[str]) -> None:
    leftovers = {".venv", ".git", "__pycache__", ".mypy_cache", ".pytest_cache", ".coverage"}

    assert not {path for path in sdist_files if leftovers & set(path.split("/"))}
