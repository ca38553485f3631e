"""Running the generator, and comparing what it made with what is committed."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from .documents import CodegenError, Json, dump, operations
from .layout import ROOT
from .view import generation_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .layout import Layout

PINNED = ("openapi-python-client", "ruff")


def tool_versions(layout: Layout) -> dict[str, str]:
    """The versions of the tools that the output depends on.

    Raises:
        CodegenError: Something else is installed than the `codegen` group pins: the output would differ.
    """
    pyproject = tomllib.loads((layout.root / "pyproject.toml").read_text(encoding="utf-8"))
    pins = dict(
        requirement.split("==")
        for requirement in pyproject["dependency-groups"]["codegen"]
        if isinstance(requirement, str) and "==" in requirement
    )
    for tool in PINNED:
        if pins.get(tool) != version(tool):
            raise CodegenError(f"{tool} {version(tool)} is installed, pyproject.toml pins {pins.get(tool)}")
    return {tool: pins[tool] for tool in PINNED}


def generate(document: Json, layout: Layout, target: Path) -> None:
    """Writes the package for a document into an empty folder.

    Raises:
        CodegenError: The generator or its hooks failed or warned, or an operation has no module.
    """
    tool_versions(layout)
    with tempfile.TemporaryDirectory() as scratch:
        shown = Path(scratch) / "view.json"
        shown.write_text(dump(generation_view(document)), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "scripts.tools.codegen.project",
            "generate",
            f"--path={shown}",
            f"--config={layout.generator}",
            f"--custom-template-path={layout.templates}",
            "--meta=none",
            f"--output-path={target}",
            "--overwrite",
            "--fail-on-warning",
        ]
        # The hooks look `ruff` up in PATH: it has to be the pinned one beside this interpreter.
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        )
    if done.returncode:
        raise CodegenError(f"the generator failed:\n{done.stdout}{done.stderr}")
    # With --meta=none the generator writes no marker, and type checkers would ignore the package.
    (target / "py.typed").write_text("", encoding="utf-8")
    shutil.rmtree(target / ".ruff_cache", ignore_errors=True)
    _check_modules(document, target)


def replace_package(document: Json, layout: Layout) -> None:
    """Generates beside the committed package and then takes its place, so that nothing stale stays."""
    layout.sdk.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=layout.sdk.parent) as scratch:
        fresh = Path(scratch) / layout.sdk.name
        generate(document, layout, fresh)
        if layout.sdk.exists():
            shutil.rmtree(layout.sdk)
        fresh.rename(layout.sdk)


def differences(document: Json, layout: Layout) -> list[str]:
    """How the committed package differs from what the document generates, a line per file."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / layout.sdk.name
        generate(document, layout, fresh)
        made, committed = set(_files(fresh)), set(_files(layout.sdk))
        changed = (
            name
            for name in made & committed
            if not filecmp.cmp(fresh / name, layout.sdk / name, shallow=False)
        )
        return sorted(
            [f"missing: {name}" for name in made - committed]
            + [f"not generated: {name}" for name in committed - made]
            + [f"differs: {name}" for name in changed]
        )


def endpoint_modules(package: Path) -> list[str]:
    """The endpoint modules of a package, as `tag.module`."""
    return sorted(
        f"{module.parent.name}.{module.stem}"
        for module in (package / "api").glob("*/*.py")
        if module.name != "__init__.py"
    )


def _files(package: Path) -> Iterator[str]:
    for path in package.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield str(path.relative_to(package))


def _check_modules(document: Json, package: Path) -> None:
    wanted = sorted(f"{operation.data['tags'][0]}.{operation.id}" for operation in operations(document))
    made = endpoint_modules(package)
    if made != wanted:
        missing = sorted(set(wanted) ^ set(made))
        raise CodegenError(
            f"operations and endpoint modules differ: {', '.join(missing) or 'an id is used twice'}"
        )
    if any(not re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", name) for name in made):
        raise CodegenError("an operation id or tag is no module name")
