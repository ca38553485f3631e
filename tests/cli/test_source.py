"""Python that is printed: whatever the values, it means them again, and none of them becomes code."""

from __future__ import annotations

import ast
import keyword
import math

from hypothesis import example, given
from hypothesis import strategies as st

from fly_resources.cli import _source
from fly_resources.cli._importing import Held, _Writer
from fly_resources.cli._source import Call, Name

texts = st.text() | st.sampled_from(
    ["it's", 'say "hi"', "'\"", "\\", "\n", "\u2028", "\u202e", "{}", "#", "é"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def meant(source: str) -> object:
    [statement] = ast.parse(source).body
    assert isinstance(statement, ast.Assign)
    return ast.literal_eval(statement.value)


@given(values)
@example("x" * 200)
@example({"k" * 60: ["v" * 60, {"deep": ["y" * 80]}]})
def test_a_value_is_read_back_as_it_was(value: object) -> None:
    source = _source.assignment("x", value)
    if "float(" not in source:
        assert meant(source) == value


def test_numbers_without_end_are_python_too() -> None:
    assert eval(_source.assignment("x", math.inf).partition("= ")[2]) == math.inf  # noqa: S307  # our own text


@given(st.text())
@example("fine\nimport os")
@example("\r\x0c\x1c\u2028import os")
def test_a_comment_is_nothing_but_a_comment(text: str) -> None:
    assert ast.parse(_source.comment(text)).body == []


@given(values)
def test_what_is_commented_out_does_nothing(value: object) -> None:
    assert ast.parse(_source.commented_out(_source.assignment("x", value))).body == []


@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(["os", "app", "class", "print", "web-1", "web_1"]), max_size=8
    )
)
def test_variables_are_names_of_their_own(names: list[str]) -> None:
    writer = _Writer(Held("web", None, [], [], [], [], []))  # type: ignore[arg-type]  # the app is not looked at
    variables = [writer._variable(name, "machine") for name in names]  # noqa: SLF001  # a rule of its own
    assert len({*variables, "app", "os", "resources"}) == len(variables) + 3
    assert all(each.isidentifier() and not keyword.iskeyword(each) for each in variables)
    assert all(each.isascii() for each in variables)


def test_what_is_too_long_for_a_line_gets_a_line_an_item() -> None:
    call = Call("Machine", ((None, Name("app")), ("config", {"image": "x" * 40, "env": {"A": "y" * 30}})))
    assert _source.assignment("server", call).splitlines() == [
        "server = Machine(",
        "    app,",
        "    config={",
        f'        "image": "{"x" * 40}",',
        f'        "env": {{"A": "{"y" * 30}"}},',
        "    },",
        ")",
    ]
    assert _source.imports("m", ["Name" * 9, "Other" * 9]).splitlines()[0] == "from m import ("
