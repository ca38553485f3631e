"""Measure the core: its lines of code, and the length and complexity of its files and functions.

Run it from the root: `python -m scripts.tools.sizes`. It prints the total and what is over a limit.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[2]
#: What is no part of the core: built on it, or shipped beside it.
BESIDE: Final = frozenset({"testing", "cli", "_flytoml", "flytoml.py"})
MAX_FILE_LINES: Final = 500
MAX_FUNCTION_LINES: Final = 30
MAX_COMPLEXITY: Final = 12

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_NO_CODE: Final = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


@attrs.frozen
class Excess:
    """A file or function that is over a limit."""

    file: str
    line: int
    name: str
    what: str
    value: int
    limit: int

    def __str__(self) -> str:
        """Name it, with both numbers."""
        place = f"{self.file}:{self.line} {self.name}" if self.name else self.file
        return f"{place}: {self.what} {self.value}, at most {self.limit}"

    @property
    def subject(self) -> str:
        """What it is, wherever in its file it stands."""
        return f"{self.file} {self.name}".rstrip()


def core_files(root: Path = ROOT) -> list[Path]:
    """Return the modules of the core."""
    package = root / "fly_resources"
    return sorted(path for path in package.rglob("*.py") if path.relative_to(package).parts[0] not in BESIDE)


def code_lines(source: str) -> set[int]:
    """Return the numbers of the lines that are code: no blank lines, comments or docstrings."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {
        line
        for token in tokens
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    return lines - {line for text in _docstrings(ast.parse(source)) for line in _span(text)}


def complexity(function: _Function) -> int:
    """Return the cyclomatic complexity as radon counts it: comprehensions count, inner functions do not."""
    return 1 + sum(_branches(node) for statement in function.body for node in _walk(statement))


def find_excesses(path: Path, root: Path = ROOT) -> Iterator[Excess]:
    """Yield what of a file is over its limit."""
    source, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
    length = source.count("\n")
    if length > MAX_FILE_LINES:
        yield Excess(name, 0, "", "lines", length, MAX_FILE_LINES)
    code = code_lines(source)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _Function):
            where = (name, node.lineno, node.name)
            lines = len(code.intersection(_span(node)))
            if lines > MAX_FUNCTION_LINES:
                yield Excess(*where, "lines of code", lines, MAX_FUNCTION_LINES)
            if (branches := complexity(node)) > MAX_COMPLEXITY:
                yield Excess(*where, "complexity", branches, MAX_COMPLEXITY)


def count_core(root: Path = ROOT) -> int:
    """Return the lines of code of the core."""
    return sum(len(code_lines(path.read_text(encoding="utf-8"))) for path in core_files(root))


def _docstrings(tree: ast.AST) -> Iterator[ast.Expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | _Function) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
                yield first


def _span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and what is in it, without what has a count of its own."""
    if isinstance(node, _Function | ast.ClassDef):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _branches(node: ast.AST) -> int:
    branches = 0
    match node:
        case ast.Try():
            branches = len(node.handlers) + bool(node.orelse)
        case ast.BoolOp():
            branches = len(node.values) - 1
        case ast.If() | ast.IfExp() | ast.Assert():
            branches = 1
        case ast.For() | ast.AsyncFor() | ast.While():
            branches = 1 + bool(node.orelse)
        case ast.comprehension():
            branches = 1 + len(node.ifs)
        case ast.Match():
            branches = len(node.cases) - any(_takes_all(case.pattern) for case in node.cases)
        case _:
            pass
    return branches


def _takes_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def main(arguments: Sequence[str]) -> int:
    """Print the total, and what is over a limit."""
    found = [excess for path in core_files() for excess in find_excesses(path)]
    print(f"{count_core()} lines of code in {len(core_files())} modules of the core")
    print(*found, sep="\n")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
