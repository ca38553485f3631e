"""`scripts/mutate MODULE... [--sample N] [--seed N] [--minutes N] [--json FILE]`: do the tests notice?"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from scripts.tools.mutation import trial
from scripts.tools.mutation.mutants import Mutant, mutants
from scripts.tools.mutation.reach import Reach, reach
from scripts.tools.mutation.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[3]
CACHE: Final = ROOT / "build" / "mutation"
EQUIVALENTS: Final = Path(__file__).with_name("equivalents.toml")
#: The tests of the rules. The others explore, or test other parts.
FOLDERS: Final = ("tests/unit", "tests/flows", "tests/security", "tests/property")
#: Of these folders, without the files that explore. Those are taken if they are named.
MARKS: Final = "not live and not unmeasured"
MARKS_IF_NAMED: Final = "not live"
GOAL: Final = 95.0
#: A mutant may take so many times what its tests took when they were measured, and so many seconds more.
TIMEOUT_FACTOR: Final = 4.0
TIMEOUT_EXTRA_S: Final = 20.0


@attrs.define
class Score:
    """How one module fared."""

    module: str
    mutants: int
    listed: int = 0
    killed: int = 0
    timed_out: int = 0
    not_run: int = 0
    survivors: list[Mutant] = attrs.Factory(list)
    #: Of the survivors, those that no test reaches.
    unreached: set[str] = attrs.Factory(set)

    @property
    def run(self) -> int:
        """How many changes were tried."""
        return self.killed + len(self.survivors)

    @property
    def percent(self) -> float:
        """Of those tried, how many were noticed."""
        return 100 * self.killed / self.run if self.run else 100.0

    def row(self) -> str:
        """Return a line of the table in the documentation."""
        tried = (
            str(self.mutants) if self.run + self.listed == self.mutants else f"{self.run} of {self.mutants}"
        )
        cells = (
            f"`{self.module}`",
            tried,
            self.killed,
            self.listed,
            len(self.survivors),
            f"{self.percent:.1f} %",
        )
        return f"| {' | '.join(map(str, cells))} |"

    def as_json(self) -> dict[str, object]:
        """Return the figures and the survivors."""
        survivors = [
            {
                "key": each.key,
                "function": each.function,
                "line": each.line,
                "before": each.before,
                "after": each.after,
            }
            | {"is_reached": each.key not in self.unreached}
            for each in self.survivors
        ]
        return {
            "mutants": self.mutants,
            "run": self.run,
            "killed": self.killed,
            "timed_out": self.timed_out,
            "listed": self.listed,
            "score": round(self.percent, 1),
            "survivors": survivors,
        }


HEADER: Final = "| module | tried | killed | listed | survived | score |\n|---|---|---|---|---|---|"


def main(argv: Sequence[str] | None = None) -> int:
    """Try the mutants of each module, print its score and what survived; 1 if a score is below the goal."""
    given = _arguments().parse_args(argv)
    modules = [_as_path(module) for module in given.modules]
    end = time.monotonic() + 60 * given.minutes
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        tree = Path(place) / "tree"
        _copy(tree)
        marks = MARKS_IF_NAMED if given.tests else MARKS
        reached = reach(tree, modules, given.tests or FOLDERS, CACHE, given.n, marks=marks)
        scores = [_score(tree, module, reached[module], given, end) for module in modules]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    date = f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}"
    print(f"\n{date}, {commit.stdout.strip()}\n\n{HEADER}")
    print("\n".join(score.row() for score in scores))
    if given.json:
        found = {score.module: score.as_json() for score in scores}
        text = json.dumps({"date": date, "commit": commit.stdout.strip(), "modules": found}, indent=2)
        Path(given.json).write_text(text + "\n", encoding="utf-8")
    return int(any(score.percent < GOAL or score.not_run for score in scores))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/mutate", description="Whether the tests notice small changes."
    )
    parser.add_argument("modules", nargs="+", metavar="MODULE", help="a path, or a dotted name")
    parser.add_argument("--sample", type=int, metavar="N", help="try N mutants of each module")
    parser.add_argument("--seed", type=int, default=0, help="which N (default 0)")
    parser.add_argument("--minutes", type=float, default=60.0, help="start no mutant after that (default 60)")
    parser.add_argument(
        "--budget", type=float, default=30.0, metavar="S", help="seconds of tests for each mutant"
    )
    parser.add_argument("--only", metavar="WORD", help="only functions whose name holds it")
    parser.add_argument("--again", metavar="FILE", help="only what survived in this earlier --json")
    parser.add_argument("--tests", action="append", metavar="PATH", help=f"instead of {' '.join(FOLDERS)}")
    parser.add_argument("-n", default="0", help="processes for the measured run (default 0: this one)")
    parser.add_argument("--json", metavar="FILE", help="write the figures and the survivors")
    return parser


def _as_path(module: str) -> str:
    name = module if module.endswith(".py") else module.replace(".", "/") + ".py"
    path = Path(name).resolve()
    if not path.is_file() or not path.is_relative_to(ROOT):
        sys.exit(f"mutate: there is no module {module} here: give a path or a dotted name")
    return str(path.relative_to(ROOT))


def _copy(tree: Path) -> None:
    """Copy what git has, and what it would take: nothing of the tree itself is ever changed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)


def _not_listed(module: str, every: Sequence[Mutant]) -> list[Mutant]:
    """Return the mutants but those that are listed as making no difference."""
    entries = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))["equivalent"]
    listed = {
        (each["function"], each["before"], each["after"]) for each in entries if each["module"] == module
    }
    known = {(each.function, each.before, each.after) for each in every}
    for stale in sorted(listed - known):
        print(f"mutate: {EQUIVALENTS.name} lists what is not there: {module} {' | '.join(stale)}")
    return [each for each in every if (each.function, each.before, each.after) not in listed]


def _score(tree: Path, module: str, reached: Reach, given: argparse.Namespace, end: float) -> Score:
    every = mutants(module, (tree / module).read_text(encoding="utf-8"))
    left = _not_listed(module, every)
    score = Score(module, len(every), listed=len(every) - len(left))
    chosen = _chosen(left, given)
    print(f"{module}: {len(chosen)} of {len(every)} mutants, {len(reached.seconds)} tests", flush=True)
    attempts = _Attempts(tree, module, reached, given.budget, MARKS_IF_NAMED if given.tests else MARKS)
    for mutant in chosen:
        if time.monotonic() > end:
            score.not_run += 1
            continue
        attempts.judge(mutant, score)
    attempts.stop()
    if score.not_run:
        print(f"{module}: {score.not_run} not tried: the time was over")
    return score


def _chosen(left: Sequence[Mutant], given: argparse.Namespace) -> list[Mutant]:
    chosen = [each for each in left if not given.only or given.only in each.function]
    if given.again:
        earlier = json.loads(Path(given.again).read_text(encoding="utf-8"))["modules"]
        keys = {each["key"] for module in earlier.values() for each in module["survivors"]}
        chosen = [each for each in chosen if each.key in keys]
    if given.sample is not None and given.sample < len(chosen):
        draw = random.Random(f"{given.seed} {chosen[0].module}")  # noqa: S311  # the same mutants each time
        chosen = sorted(draw.sample(chosen, given.sample), key=lambda mutant: mutant.line)
    return chosen


class _Attempts:
    """Tries mutants of one module, first with the tests that have noticed others."""

    def __init__(self, tree: Path, module: str, reached: Reach, budget_s: float, marks: str) -> None:
        self._tree, self._module, self._reached, self._budget_s = tree, module, reached, budget_s
        self._source = (tree / module).read_text(encoding="utf-8")
        self._kills: Counter[str] = Counter()
        self._kills_here: Counter[tuple[str, str]] = Counter()
        self._trusted: set[str] = set()
        self._distrusted: set[str] = set()
        files = sorted({test.partition("::")[0] for test in reached.seconds})
        self._warm = Warm.start(tree, module, files, marks)
        trial.warm_up(self._warm.imported)
        for compiled in (tree / module).parent.glob(f"__pycache__/{Path(module).stem}.*.pyc"):
            compiled.unlink()

    def stop(self) -> None:
        """End the process that was kept warm."""
        self._warm.stop()

    def judge(self, mutant: Mutant, score: Score) -> None:
        """Try the mutant, count it, and tell of it if it survived."""
        tests = self._tests(mutant)
        ended = self._try(mutant, tests)
        if ended.killer and not self._is_trusted(ended.killer):
            self.judge(mutant, score)
        elif ended.has_failed:
            score.killed += 1
            score.timed_out += ended.timed_out
            self._kills.update([ended.killer] if ended.killer else [])
            self._kills_here.update([(mutant.function, ended.killer)] if ended.killer else [])
        else:
            score.survivors.append(mutant)
            if not tests:
                score.unreached.add(mutant.key)
            self._tell(mutant, tests)

    def _try(self, mutant: Mutant, tests: Sequence[str]) -> trial.Ended:
        if not tests:
            return trial.Ended(has_failed=False)
        seconds = {test: self._reached.seconds[test] for test in tests}
        return self._warm.run(mutant.source, seconds) or self._import(mutant, seconds)

    def _import(self, mutant: Mutant, seconds: Mapping[str, float]) -> trial.Ended:
        """Try a change that shows when the module is imported."""
        (self._tree / self._module).write_text(mutant.source, encoding="utf-8")
        try:
            limit_s = TIMEOUT_EXTRA_S + TIMEOUT_FACTOR * sum(seconds.values())
            return trial.run(self._tree, list(seconds), limit_s)
        finally:
            (self._tree / self._module).write_text(self._source, encoding="utf-8")

    def _tests(self, mutant: Mutant) -> list[str]:
        tests = [t for t in self._reached.tests(self._lines(mutant)) if t not in self._distrusted]
        return list(self._within_budget(sorted(tests, key=lambda test: self._order(mutant, test))))

    def _lines(self, mutant: Mutant) -> range | None:
        return None if mutant.function in self._warm.ran else mutant.reached_by

    def _within_budget(self, tests: Sequence[str]) -> Iterator[str]:
        spent = 0.0
        for test in tests:
            spent += self._reached.seconds[test]
            if spent > self._budget_s:
                return
            yield test

    def _order(self, mutant: Mutant, test: str) -> tuple[int, int, bool, bool, float]:
        """Put first what has noticed others, then what is named for the module, reaches it, is quick."""
        path = Path(self._module)
        named = any(word in test for word in (path.stem.strip("_")[:4], path.parent.name))
        here = self._kills_here[mutant.function, test]
        reaches = bool(self._reached.lines[test])
        return -here, -self._kills[test], not named, not reaches, self._reached.seconds[test]

    def _is_trusted(self, test: str) -> bool:
        """Return whether a test passes as long as nothing is changed."""
        if test not in self._trusted:
            ended = self._warm.run(None, {test: self._reached.seconds[test]})
            fails = ended is None or ended.has_failed
            (self._distrusted if fails else self._trusted).add(test)
        return test in self._trusted

    def _tell(self, mutant: Mutant, tests: Sequence[str]) -> None:
        reaching = len(self._reached.tests(self._lines(mutant)))
        print(
            f"survived: {mutant.module}:{mutant.line} {mutant.function} ({len(tests)} of {reaching} tests)\n"
            f"  - {mutant.before}\n  + {mutant.after}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
