"""Every page's code runs, prints what the page says, and every public name has its place in the reference."""

from __future__ import annotations

import inspect
import itertools
import re
from typing import TYPE_CHECKING

import pytest

import fly_resources
from fly_resources import errors, testing
from fly_resources.testing import cassettes
from scripts.tools.documentation import generated, operations, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = pages.pages()
REMEDY = "if that is right, run python -m scripts.tools.documentation"


def _name(page: Path) -> str:
    return page.relative_to(pages.DOCS).as_posix()


def _write(folder: Path, text: str) -> Path:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    return page


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_runs_and_prints_what_it_says(page: Path) -> None:
    for printed in pages.run(page):
        if printed.differs:
            assert printed.now == printed.written, f"{_name(page)}, code at line {printed.line}: {REMEDY}"


@pytest.mark.parametrize("page", [page for page in PAGES if generated.names(page)], ids=_name)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    # tests/fleet looks for the figures of fleets, which take long, where it measures them.
    assert generated.render(page, keep={"figures fleet"}) == page.read_text(encoding="utf-8"), REMEDY


def test_every_generated_part_has_its_place() -> None:
    assert sorted(itertools.chain.from_iterable(map(generated.names, PAGES))) == sorted(generated.PARTS)


def test_the_table_of_operations_has_them_all() -> None:
    rows = re.findall(r"^\| `\w+` \| `[A-Z]+ /", operations.sections(), flags=re.MULTILINE)
    assert len(rows) == operations.count() > 100


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "differs"),
        ("```python\nprint(1)\n```\n\n```text\n1\n```\n", None),
        ("```python\nprint('vol_abc on 66.241.124.1')\n```\n\n```text\nvol_xyz on 66.241.125.7\n```\n", None),
        (
            "```python\nprint('vol_abc on 66.241.124.1')\n```\n\n```text\nvol_xyz of 66.241.125.7\n```\n",
            "differs",
        ),
        ("```python\nx = 1\n```\n\nwords\n\n```python\nprint(x)\n```\n\n```text\n1\n```\n", None),
        ("<!--- invisible-code-block: python\nx = 1\n-->\n\n```python\nassert x == 2\n```\n", "raises"),
        ("```python\nfly_resources.no\n```\n", "raises"),
        ("```typescript\nnot python\n```\n", None),
    ],
)
def test_a_wrong_page_is_noticed(tmp_path: Path, text: str, complaint: str | None) -> None:
    page = _write(tmp_path, text)
    if complaint == "raises":
        with pytest.raises((AssertionError, NameError)):
            list(pages.run(page))
        return
    assert any(printed.differs for printed in pages.run(page)) == (complaint == "differs")


def test_outputs_are_written_where_they_belong(tmp_path: Path) -> None:
    page = _write(tmp_path, "a\n\n```python\nprint(1)\n```\n\n```text\n```\n\nb\n\n```text\nkept\n```\n")
    assert pages.update(page)
    assert page.read_text(encoding="utf-8") == (
        "a\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n\nb\n\n```text\nkept\n```\n"
    )
    assert not pages.update(page)


def test_what_a_page_sends_to_fly_io_is_answered_by_the_simulator(tmp_path: Path) -> None:
    page = _write(
        tmp_path,
        "```python\nimport httpx\n"
        "print(httpx.get('https://api.machines.dev/v1/apps/x', headers={'Authorization': 'Bearer x'}).text)\n"
        "```\n",
    )

    (printed,) = pages.run(page)
    assert "app not found" in printed.now.lower()


def _documented() -> Iterator[str]:
    text = (pages.DOCS / "api.md").read_text(encoding="utf-8")
    module = ""
    for found in re.finditer(r"^\.\. (?P<what>module|auto\w+):: (?P<name>[\w.]+)", text, flags=re.MULTILINE):
        if found["what"] == "module":
            module = f"{found['name']}."
            yield found["name"]
        else:
            yield found["name"] if found["name"].startswith("fly_resources.") else module + found["name"]


def test_every_public_name_is_documented_once() -> None:
    public = [
        *(f"fly_resources.{name}" for name in fly_resources.__all__),
        *(f"fly_resources.errors.{name}" for name in errors.__all__),
        *(f"fly_resources.testing.{name}" for name in testing.__all__),
        *(f"fly_resources.testing.cassettes.{name}" for name in cassettes.__all__),
        "fly_resources.testing",
        "fly_resources.testing.cassettes",
    ]
    assert sorted(_documented()) == sorted(public)


def _options(page: str, heading: str) -> dict[str, str]:
    """Return the names and defaults in the table below a heading."""
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \|", section, flags=re.MULTILINE))


@pytest.mark.parametrize("client", [fly_resources.Fly, fly_resources.AsyncFly])
@pytest.mark.parametrize(
    ("heading", "method"),
    [
        *((f"`{verb}`", verb) for verb in ("ensure", "plan", "destroy", "wait", "lease")),
        ("The client", "__init__"),
    ],
)
def test_the_page_of_verbs_has_every_option_with_its_default(
    client: type[object], heading: str, method: str
) -> None:
    page = (pages.DOCS / "verbs.md").read_text(encoding="utf-8")
    signature = inspect.signature(getattr(client, method))
    real = {
        name: str(each.default) if not isinstance(each.default, str) else f'"{each.default}"'
        for name, each in signature.parameters.items()
        if each.default is not inspect.Parameter.empty
    }
    assert _options(page, heading) == real


def test_the_page_of_errors_has_every_error_and_what_it_is_a_kind_of() -> None:
    text = (pages.DOCS / "concepts" / "errors.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", text, flags=re.MULTILINE))
    assert rows == {
        name: ", ".join(f"`{base.__name__}`" for base in getattr(errors, name).__bases__)
        for name in errors.__all__
    }
