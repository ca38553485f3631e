"""`scripts/mutate`: which changes it makes, and which it tries."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from coverage import CoverageData

from scripts.tools.mutation.__main__ import EQUIVALENTS, Score, _chosen
from scripts.tools.mutation.exchange import NotPossibleError, changed
from scripts.tools.mutation.mutants import Mutant, mutants
from scripts.tools.mutation.reach import Reach, _Known

ROOT = Path(__file__).parents[2]


def _after(source: str) -> set[str]:
    return {each.after for each in mutants("m.py", source)}


@pytest.mark.parametrize(
    ("source", "after"),
    [
        ("def f(a, b):\n    return a and b\n", {"return a", "return b", "return a or b", "return None"}),
        ("def f(a):\n    if a:\n        g()\n", {"if (a) and False:", "if (a) or True:", "pass"}),
        ("def f(a):\n    raise KeyError(a)\n", {"pass"}),
        ("def f(a):\n    return [b for b in a if b]\n", {"return [b for b in a if (b) or True]"}),
        ('KEYS = {"path"}\n', {'KEYS = {"XXpathXX"}'}),
        ("def f(a):\n    return a < 2\n", {"return a <= 2", "return a < 3"}),
    ],
)
def test_conditions_statements_and_tables_are_changed(source: str, after: set[str]) -> None:
    assert after <= _after(source)


@pytest.mark.parametrize(
    "source",
    [
        "from a import b\n",
        "if TYPE_CHECKING:\n    from a import b\n",
        "a: int\n",
        '"""Words."""\n',
        'TEXT = "Some words"\n',
        'TEXT = f"Some {more + 1}"\n',
        'ERROR = LostError("gone", again=True)\n',
        'T = TypeVar("T")\n',
        '__all__ = ["name"]\n',
        'Verb: TypeAlias = Literal["plan", "ensure"]\n',
    ],
)
def test_types_imports_and_prose_are_not_changed(source: str) -> None:
    assert _after(source) == set()


def test_every_change_compiles_and_is_made_once() -> None:
    source = "def f(a, b):\n    x = (\n     a\n     and not b\n    )\n    return x if a in b else g(x, k=1)\n"
    found = mutants("m.py", source)
    for each in found:
        compile(each.source, "m.py", "exec")
    assert len({each.source for each in found}) == len({each.key for each in found}) == len(found) > 10


def test_every_change_that_is_listed_as_making_no_difference_is_still_made() -> None:
    entries = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))["equivalent"]
    made = {
        (module, each.function, each.before, each.after)
        for module in {entry["module"] for entry in entries}
        for each in mutants(module, (ROOT / module).read_text(encoding="utf-8"))
    }
    listed = {(each["module"], each["function"], each["before"], each["after"]) for each in entries}
    assert listed - made == set()


def test_a_change_keeps_its_key_when_lines_move() -> None:
    source = "def f(a):\n    return not a\n"
    moved = [each.key for each in mutants("m.py", "import os\n\n\n" + source)]
    assert [each.key for each in mutants("m.py", source)] == moved


def test_only_tests_that_run_the_statement_are_taken() -> None:
    lines = {"one": frozenset({1, 2}), "two": frozenset({3}), "at import": frozenset[int]()}
    reached = Reach(dict.fromkeys(lines, 1.0), lines)
    assert reached.tests(range(2, 3)) == ["one"]
    assert reached.tests(None) == ["one", "two", "at import"]


def test_tests_that_run_nothing_are_remembered_for_changes_at_import(tmp_path: Path) -> None:
    for name in ("near.py", "far.py"):
        (tmp_path / name).touch()
    data = CoverageData(no_disk=True)
    data.set_context("near.py::runs")
    data.add_lines({"m.py": [2]})
    known = _Known(tmp_path / "cache", "m.py", tmp_path, "a\nb\n", {})
    seconds = {"near.py::runs": 1.0, "near.py::none": 2.0, "far.py::none": 3.0}
    known.learn(data, ["near.py", "far.py"], seconds, "not live")
    reached = known.reach(["near.py", "far.py"])
    assert reached.lines == {"near.py::runs": {2}, "near.py::none": set()}
    assert [known.is_stale("near.py", marks) for marks in ("not live", "")] == [False, True]


def test_what_was_measured_follows_the_lines_of_an_edited_module(tmp_path: Path) -> None:
    known = _Known(tmp_path / "cache", "m.py", tmp_path, "a\nnew\nb\nC\n", {})
    known.tests = {"t.py": {"tests": {"one": [1.0, [1]], "two": [1.0, [2]], "three": [1.0, [3]]}}}
    known.move_lines("a\nb\nc\n")
    assert {test: each[1] for test, each in known.tests["t.py"]["tests"].items()} == {
        "one": [1, 2],
        "two": [3, 2, 4],
        "three": [],
    }


def _given(**more: object) -> argparse.Namespace:
    return argparse.Namespace(**{"only": None, "again": None, "sample": None, "seed": 0, **more})


def _many() -> list[Mutant]:
    return mutants("m.py", "\n".join(f"def f{number}(a):\n    return a + {number}" for number in range(40)))


def test_a_sample_is_the_same_each_time_and_another_with_another_seed() -> None:
    first, again, other = (_chosen(_many(), _given(sample=5, seed=seed)) for seed in (0, 0, 1))
    assert len(first) == 5
    assert first == again != other


def test_a_score_counts_what_was_tried_only() -> None:
    [survivor, *_] = _many()
    score = Score("m.py", 40, listed=1, killed=3, survivors=[survivor])
    assert (score.run, score.percent) == (4, 75.0)
    assert score.row() == "| `m.py` | 4 of 40 | 3 | 1 | 1 | 75.0 % |"


_MODULE = """
import os, signal, threading
def first(): return 1
AT_IMPORT = first()
TABLE = {"sum": {0}}
def added(given=0): return given in TABLE["sum"]
class Counted:
    def of(self, given, more=1):
        def inner(): return given + more
        return inner()
"""


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("return given + more", "return given", {"Counted.of", "Counted.of.<locals>.inner"}),
        ("return inner()", "return None", {"Counted.of"}),
    ],
)
def test_a_change_of_what_functions_do_is_a_change_of_their_code(
    before: str, after: str, names: set[str]
) -> None:
    old, new = (compile(text, "m.py", "exec") for text in (_MODULE, _MODULE.replace(before, after)))
    assert {code.co_qualname for code in changed(old, new)} == names


def test_a_change_of_a_class_takes_an_import() -> None:
    old, new = (compile(text, "m.py", "exec") for text in (_MODULE, _MODULE.replace("more=1", "more=2")))
    with pytest.raises(NotPossibleError):
        changed(old, new)


_TESTS = """
import m
def test_none(): assert True
def test_sum(): assert m.Counted().of(1) == 2 and m.added()
"""
_TRIES = """
import json, sys
from pathlib import Path
from scripts.tools.mutation import warm
place, changes = Path(sys.argv[1]), json.loads(sys.argv[2])
process = warm.Warm.start(place, "m.py", ["test_m.py"], "")
tests = {"test_m.py::test_none": 0.0, "test_m.py::test_sum": 0.0}
source = (place / "m.py").read_text()
for what, before, after in changes:
    ended = process.run(source.replace(before, after), tests, 0.2 if what == "hangs" else 60.0)
    print(json.dumps(ended and [ended.has_failed, ended.timed_out, ended.has_died, ended.killer]))
print(json.dumps([process.run(None, tests).has_failed, "first" in process.ran, "added" in process.ran]))
process.stop()
"""
_INNER = "return given + more"
_KILLER = "test_m.py::test_sum"
_CHANGES: dict[tuple[str, str, str], list[object] | None] = {
    ("survives", _INNER, "return more + given"): [False, False, False, None],
    ("fails", _INNER, "return given - more"): [True, False, False, _KILLER],
    ("hangs", _INNER, "threading.Event().wait()"): [True, True, False, _KILLER],
    ("takes too long", _INNER, "signal.raise_signal(signal.SIGXCPU)"): [True, True, False, _KILLER],
    ("ends", _INNER, "os._exit(0)"): [True, False, True, _KILLER],
    ("crashes", _INNER, "os.abort()"): [True, False, True, _KILLER],
    ("is in a table", '{"sum": {0}}', '{"sum": {1}}'): [True, False, False, _KILLER],
    ("is a default", "given=0", "given=1"): [True, False, False, _KILLER],
    ("makes no difference in a table", '{"sum": {0}}', '{"sum": {0, 1}}'): None,
    ("ran at import", "return 1", "return 2"): None,
    ("is of a class", "more=1", "more=2"): None,
    ("cannot be imported", "AT_IMPORT = first()", "AT_IMPORT = first(1)"): None,
}


def test_each_change_is_tried_in_a_child_that_leaves_the_next_one_alone(tmp_path: Path) -> None:
    (tmp_path / "m.py").write_text(_MODULE, encoding="utf-8")
    (tmp_path / "test_m.py").write_text(_TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:fly_resources\n", encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", _TRIES, str(tmp_path), json.dumps(list(_CHANGES))],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    *ended, unchanged = map(json.loads, said.stdout.splitlines())
    assert dict(zip(_CHANGES, ended, strict=True)) == _CHANGES
    assert unchanged == [False, True, False]
