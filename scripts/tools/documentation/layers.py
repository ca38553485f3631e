"""The picture of the layers, drawn from the import contracts and the modules' own first lines."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from typing import TYPE_CHECKING, Any, Final

from scripts.tools.documentation import pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMES: Final = 14
_WORDS: Final = 76
_RULE: Final = f"{'─' * (_NAMES + 2)}┼{'─' * (_WORDS + 2)}"


def layers() -> list[list[str]]:
    """Return the modules of each layer, the highest first; a layer imports only from those below it."""
    (contract,) = [each for each in _contracts() if each["type"] == "layers"]
    return [[name.strip(" ()") for name in layer.split("|")] for layer in contract["layers"]]


def picture() -> str:
    """Return the picture as a block of text; the SDK, which knows nothing of the rest, is at the bottom."""
    package = pages.ROOT / "fly_resources"
    rows = [_layer({name: package / name for name in names}) for names in layers()]
    rows.append(_layer({"fly_machines": pages.ROOT / "generated_client" / "fly_machines"}))
    return "\n".join(["```text", f"\n{_RULE}\n".join(rows), "```"])


def is_sdk_apart() -> bool:
    """Return whether a contract says that the SDK knows nothing of what is drawn above it."""
    apart = {"source_modules": ["fly_machines"], "forbidden_modules": ["fly_resources"], "type": "forbidden"}
    return any(apart.items() <= each.items() for each in _contracts())


def _contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


def _layer(modules: dict[str, Path]) -> str:
    return "\n".join(line for name, path in modules.items() for line in _module(name, path))


def _module(name: str, path: Path) -> Iterator[str]:
    """Yield the name, and beside it the first line of the docstring."""
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    words = (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").splitlines()[0]
    for number, line in enumerate(textwrap.wrap(words.replace("`", ""), _WORDS)):
        yield f" {'' if number else name:<{_NAMES}} │ {line}"
