"""The core stays thin: short files and functions, few branches, and no more lines than counted."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from scripts.tools import sizes

if TYPE_CHECKING:
    from pathlib import Path

#: What is over a limit all the same; a list that may only get shorter.
EXCEPTIONS = {
    "fly_resources/_client/base.py __init__",  # its signature and the checks of it
}
#: Lines of code; what a user cannot name has to make room for what is added.
CORE = 12_375


def test_no_file_or_function_of_the_core_is_over_its_limit() -> None:
    found = [excess for path in sizes.core_files() for excess in sizes.find_excesses(path)]
    assert {excess.subject for excess in found} == EXCEPTIONS, "\n".join(map(str, found))


def test_the_core_has_no_more_lines_than_it_may_have() -> None:
    assert sizes.count_core() <= CORE


def test_docstrings_comments_and_blank_lines_are_no_code() -> None:
    head = '"""Module."""\n\n# why\nx = 1  # here\n\n\n'
    source = head + 'def f():\n    """Say.\n\n    More.\n    """\n    return """a\nb"""\n'
    assert sizes.code_lines(source) == {4, 7, 12, 13}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", 1),
        ("return [x for x in y if x if not x]", 4),
        ("return a and b or c", 3),
        ("for x in y:\n        pass\n    else:\n        pass", 3),
        ("def g():\n        return 1 if x else 2", 1),
        ("match x:\n        case 1:\n            pass\n        case _:\n            pass", 2),
        ("try:\n        pass\n    except A:\n        pass\n    except B:\n        pass", 3),
    ],
)
def test_complexity_is_counted_as_radon_does(body: str, expected: int) -> None:
    [function] = ast.parse(f"def f():\n    {body}\n").body
    assert isinstance(function, ast.FunctionDef)
    assert sizes.complexity(function) == expected


def test_what_is_over_a_limit_is_named(tmp_path: Path) -> None:
    module = tmp_path / "long.py"
    module.write_text("def f():\n" + "    x = 1\n" * 30, encoding="utf-8")
    assert [str(each) for each in sizes.find_excesses(module, tmp_path)] == [
        "long.py:1 f: lines of code 31, at most 30"
    ]
