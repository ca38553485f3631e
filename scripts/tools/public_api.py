"""Write down every public name and its signature; a test checks that none has changed unseen.

A line that changes in `tests/packaging/public_api.txt` is a change for users: it belongs in CHANGELOG.md.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests" / "packaging" / "public_api.txt"
MODULES = ("fly_resources", "fly_resources.errors", "fly_resources.flytoml", "fly_resources.testing")


def lines() -> Iterator[str]:
    """Yield a line a public name, members of classes included, sorted."""
    package = griffe.load("fly_resources", search_paths=[str(ROOT)], resolve_aliases=True)
    for path in MODULES:
        module = package if path == "fly_resources" else package[path.removeprefix("fly_resources.")]
        for name in sorted(str(export) for export in module.exports or ()):
            if f"{path}.{name}" not in MODULES:
                yield from _describe(f"{path}.{name}", module[name])


def _describe(path: str, found: griffe.Object | griffe.Alias) -> Iterator[str]:
    target = found.final_target if isinstance(found, griffe.Alias) else found
    if isinstance(target, griffe.Function):
        yield f"{path}{_signature(target)}"
    elif isinstance(target, griffe.Class):
        bases = ", ".join(str(base) for base in target.bases)
        yield f"class {path}({bases})"
        # what a private base class holds is seen here only
        private = [base for base in target.mro() if _is_private(base)]
        members = {name: member for base in reversed(private) for name, member in base.members.items()}
        for name, member in sorted((members | target.members).items()):
            if not name.startswith("_") or name == "__init__":
                yield from _describe(f"{path}.{name}", member)
    elif isinstance(target, griffe.Attribute):
        kind = f": {target.annotation}" if target.annotation else ""
        yield f"{path}{kind}" + (f" = {target.value}" if target.value is not None and kind else "")
    else:
        yield f"module {path}"


def _is_private(base: griffe.Class) -> bool:
    """Return whether a base class has no line of its own."""
    parts = base.path.split(".")
    return parts[-1].startswith("_") or any(part.startswith("_") and part != "_errors" for part in parts)


def _signature(function: griffe.Function) -> str:
    """Return the signature, of an overloaded function without its overloads."""
    parts: list[str] = []
    star = False
    for parameter in function.parameters:
        if parameter.kind is griffe.ParameterKind.var_positional:
            star = True
            prefix = "*"
        elif parameter.kind is griffe.ParameterKind.var_keyword:
            prefix = "**"
        else:
            prefix = ""
            if parameter.kind is griffe.ParameterKind.keyword_only and not star:
                parts.append("*")
                star = True
        annotation = f": {parameter.annotation}" if parameter.annotation else ""
        default = f" = {parameter.default}" if parameter.default is not None and not prefix else ""
        parts.append(f"{prefix}{parameter.name}{annotation}{default}")
    returns = f" -> {function.returns}" if function.returns else ""
    return f"({', '.join(parts)}){returns}"


def render() -> str:
    """Return the whole list."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{len(render().splitlines())} public names in {SNAPSHOT.relative_to(ROOT)}\n")
