"""Which tests run which lines: one measured run with coverage's contexts, remembered by test file."""

from __future__ import annotations

import bisect
import difflib
import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
from coverage import CoverageData

from scripts.tools.mutation.outcomes import OUTCOMES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_COVERAGE = """\
[run]
branch = false
data_file = {data}
relative_files = true
include =
{modules}
"""


@attrs.frozen
class Reach:
    """The tests that run lines of one module, each with its seconds (measured, so slower than usual)."""

    seconds: dict[str, float]
    lines: dict[str, frozenset[int]]

    def tests(self, lines: range | None) -> list[str]:
        """Return the tests that run one of `lines`. If None, those of all files that run any.

        What runs at import may be tested without running a line: a default, or what a class checks.
        """
        if lines is None:
            return list(self.lines)
        return [test for test, reached in self.lines.items() if not reached.isdisjoint(lines)]


def reach(
    tree: Path, modules: Sequence[str], folders: Sequence[str], cache: Path, workers: str, *, marks: str
) -> dict[str, Reach]:
    """Return the reach of each module, of tests with these `marks`. A test file is run again when changed.

    When a module has changed, its new lines count as reached by what reached the lines around them. Delete
    the cache after larger changes, of other modules as well.
    """
    files = sorted(str(path.relative_to(tree)) for folder in folders for path in _test_files(tree / folder))
    known = {module: _Known.load(cache, tree, module) for module in modules}
    stale = [file for file in files if any(each.is_stale(file, marks) for each in known.values())]
    if stale:
        print(f"mutate: measuring what {len(stale)} test files reach ...", flush=True)
        seconds = _measure(tree, modules, stale, workers, marks)
        data = CoverageData(str(tree / ".coverage"))
        data.read()
        for each in known.values():
            each.learn(data, stale, seconds, marks)
            each.save()
    return {module: each.reach(files) for module, each in known.items()}


def _test_files(place: Path) -> Iterable[Path]:
    return [place] if place.is_file() else place.rglob("test_*.py")


def _measure(
    tree: Path, modules: Sequence[str], files: Sequence[str], workers: str, marks: str
) -> dict[str, float]:
    settings, outcomes = tree / "mutation.coveragerc", tree / "mutation.outcomes.json"
    listed = "\n".join(f"    {module}" for module in modules)
    settings.write_text(_COVERAGE.format(data=tree / ".coverage", modules=listed), encoding="utf-8")
    command = [
        *(
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-q",
            "--no-header",
            "--tb=no",
            "-p",
            "scripts.tools.mutation.outcomes",
        ),
        *("-n", workers, "-m", marks, "-p", "no:cacheprovider"),
        *("--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=", *files),
    ]
    subprocess.run(  # what failed is not in the outcomes, and kills nothing
        command,
        cwd=tree,
        env=environment(tree) | {OUTCOMES_FILE: str(outcomes)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    found: dict[str, float] = json.loads(outcomes.read_text(encoding="utf-8"))
    return found


def environment(tree: Path) -> dict[str, str]:
    """Return an environment in which the copy is imported, not the tree that the environment was made for."""
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join((str(tree), str(tree / "generated_client")))}


@attrs.define
class _Known:
    """What is remembered of one module: for each test file its hash, and what its tests reach."""

    file: Path
    module: str
    tree: Path
    source: str
    tests: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, cache: Path, tree: Path, module: str) -> _Known:
        file = cache / f"{module.replace('/', '.')}.json"
        source = (tree / module).read_text(encoding="utf-8")
        known = cls(file, module, tree, source, {})
        if file.exists():
            read = json.loads(file.read_text(encoding="utf-8"))
            known.tests = read["tests"]
            known.move_lines(read["source"])
        return known

    def is_stale(self, file: str, marks: str) -> bool:
        return self.tests.get(file, {}).get("hash") != _hash(self.tree / file, marks)

    def learn(self, data: CoverageData, files: Sequence[str], seconds: dict[str, float], marks: str) -> None:
        lines: dict[str, list[int]] = {}
        for line, contexts in data.contexts_by_lineno(self.module).items():
            for context in contexts:
                lines.setdefault(context.partition("|")[0], []).append(line)
        for file in files:
            mine = {
                test: [took, sorted(set(lines.get(test, ())))]
                for test, took in seconds.items()
                if test.partition("::")[0] == file
            }
            reaches = any(reached for _, reached in mine.values())
            self.tests[file] = {"hash": _hash(self.tree / file, marks), "tests": mine if reaches else {}}

    def move_lines(self, earlier: str) -> None:
        """Let what was measured with an earlier text of the module tell of the present one."""
        if earlier == self.source:
            return
        before, after = earlier.splitlines(), self.source.splitlines()
        blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        moved = {old + i + 1: new + i + 1 for old, new, size in blocks for i in range(size)}
        measured = [each for file in self.tests.values() for each in file["tests"].values()]
        for each in measured:
            each[1] = [moved[old] for old in each[1] if old in moved]
        reached = sorted({line for each in measured for line in each[1]})
        for line in sorted(set(range(1, len(after) + 1)) - set(moved.values())):
            at = bisect.bisect(reached, line)
            around = set(reached[max(at - 1, 0) : at + 1])
            for each in measured:
                if not around.isdisjoint(each[1]):
                    each[1].append(line)

    def save(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"source": self.source, "tests": self.tests})
        self.file.write_text(text, encoding="utf-8")

    def reach(self, files: Sequence[str]) -> Reach:
        found = {test: each for file in files for test, each in self.tests[file]["tests"].items()}
        return Reach(
            seconds={test: each[0] for test, each in found.items()},
            lines={test: frozenset(each[1]) for test, each in found.items()},
        )


def _hash(path: Path, marks: str) -> str:
    return hashlib.sha256(path.read_bytes() + marks.encode()).hexdigest()
