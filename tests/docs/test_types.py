"""The code that a reader copies passes `mypy --strict`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from scripts.tools.documentation import pages

if TYPE_CHECKING:
    from pathlib import Path

#: The page whose code needs FastAPI. What is not shown there stands in for it, and is left out here.
SERVICE = "docs/recipes/service.md"
#: The types of as much of FastAPI 0.165 as the page calls; it is not installed here.
_FASTAPI = {
    "__init__.pyi": """
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

_Call = TypeVar("_Call", bound=Callable[..., Any])

class FastAPI:
    state: Any
    def __init__(self, *, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> None: ...
    def post(self, path: str) -> Callable[[_Call], _Call]: ...
    def delete(self, path: str) -> Callable[[_Call], _Call]: ...
    def exception_handler(self, kind: type[Exception]) -> Callable[[_Call], _Call]: ...

class Request:
    app: Any
""",
    "responses.pyi": """
from typing import Any

class JSONResponse:
    def __init__(self, content: Any, status_code: int = ...) -> None: ...
""",
}
_SHOWN = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(
    r"^(?:```python|<!--- invisible-code-block: python)\n(.*?)^(?:```|-->)", re.MULTILINE | re.DOTALL
)
#: What a page's world holds for blocks that are not shown.
_WORLD = "from fly_resources.testing import FlySimulator as _World\nsimulator = _World()\n"


def test_the_code_of_the_pages_passes_the_strictest_checks(tmp_path: Path) -> None:
    (tmp_path / "fastapi").mkdir()
    for file_name, text in _FASTAPI.items():
        (tmp_path / "fastapi" / file_name).write_text(text, encoding="utf-8")
    checked = []
    for page in (pages.ROOT / "README.md", *pages.pages()):
        name = page.relative_to(pages.ROOT).as_posix()
        blocks = _SHOWN if name == SERVICE else _BLOCK
        code = "\n".join(blocks.findall(page.read_text(encoding="utf-8")))
        if code:
            file = tmp_path / (re.sub(r"\W", "_", name) + ".py")
            file.write_text(_WORLD + code, encoding="utf-8")
            checked.append(str(file))
    assert len(checked) > 20
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        f"--cache-dir={tmp_path / 'cache'}",
    ]
    found = subprocess.run(
        [*command, *checked],
        cwd=pages.ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(tmp_path)},
    )
    assert found.returncode == 0, found.stdout
