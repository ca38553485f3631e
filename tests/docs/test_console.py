"""Commands that pages show do what the pages say, after what the pages say to type, in a fresh simulator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.tools.documentation import pages

if TYPE_CHECKING:
    from pathlib import Path

SET_UP = "```console\n$ fly-resources simulate --image 'job:1=exit_code=3'\n```\n\n"
STACK = "`stack.py`:\n\n```python\nfrom fly_resources import App\nresources = [App('shop')]\n```\n\n"


def run(folder: Path, text: str) -> None:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    assert not any(printed.differs for printed in pages.run(page))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("```console\n$ fly-resources plan stack.py\n```\n", "does not exist"),
        (
            STACK + "```console\n$ fly-resources plan stack.py\nPlan: 2 create\n...\n```\n",
            "prints Plan: 1 create",
        ),
        (STACK + "```console\n$ fly-resources plan stack.py --exit-code\n```\n", "ends with 2"),
        (
            SET_UP
            + STACK
            + "```console\n$ fly-resources ensure stack.py\n$ fly-resources run shop job:1\n```\n",
            "ends with 3",
        ),
        ("```console\n$ fly-resources simulate --image job:1=breaks\n```\n", "an image must be one of"),
    ],
)
def test_a_command_that_does_not_work_as_printed_is_noticed(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(Exception, match=re.escape(why)):
        run(tmp_path, text)


def test_commands_files_and_outputs_work_together(tmp_path: Path) -> None:
    shown = """$ pip install nothing
$ fly-resources ensure stack.py   # now
Plan: 1 create; 0 unchanged
...
1 created; 9.9 s, 3 requests.
$ export NAME=shop
$ fly-resources import $NAME > other.py
$ fly-resources plan other.py
Plan: nothing to do, 1 unchanged
...
"""
    run(tmp_path, f"{STACK}```console\n{shown}```\n")


@pytest.mark.parametrize("page", pages.pages(), ids=lambda page: page.relative_to(pages.DOCS).as_posix())
def test_no_page_tells_the_simulator_of_images_out_of_sight(page: Path) -> None:
    """A reader's simulator knows only what he is told to type."""
    hidden = re.findall(r"<!--- invisible-code-block.*?-->", page.read_text(encoding="utf-8"), re.DOTALL)
    assert not [block for block in hidden if "simulator.images" in block]
