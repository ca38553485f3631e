"""Pages: run their Python blocks in order, and compare what they print with the block below.

A ```` ```text ```` block that follows a Python block with nothing but white space between is that block's
output, to the letter but for ids and addresses. `<!--- invisible-code-block: python ... -->` runs and is not
shown: it prepares the world, whose simulator is called `simulator` there.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.documentation import console
from scripts.tools.documentation.world import simulated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil.typing import Parser

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
_OUTPUT = re.compile(r"\s*?\n\n```text\n(?P<text>.*?)```", re.DOTALL)
#: Seconds of a real connection between a request and its answer.
LATENCY_S = 0.05

#: What the service makes up: another simulator may well call it otherwise.
_MADE_UP = re.compile(
    r"\bvol_[0-9a-z]+|\bvs_\w+|\b[0-9a-f]{14}\b|\bapp-[0-9a-z]{10}\b|\b[0-9a-z]{7}(?=\.flydns\.net)"
    r"|\b\d+\.\d+\.\d+\.\d+\b|\b(?:2a09|fdaa):[0-9a-f:]+|\b01[0-9A-Z]{24}\b"
)


@attrs.frozen
class Printed:
    """What a block printed, and what the page says that it prints, from `start` to `end` of its text."""

    line: int
    now: str
    written: str | None
    start: int
    end: int

    @property
    def differs(self) -> bool:
        """Whether the page says something else, made-up names aside."""
        return self.written is not None and _known(self.now) != _known(self.written)


def pages() -> list[Path]:
    """Return every page, sorted."""
    return sorted(DOCS.rglob("*.md"))


def run(page: Path) -> Iterator[Printed]:
    """Run a page's blocks in one namespace; an error in one of them ends it."""
    text = page.read_text(encoding="utf-8")
    parsers: list[Parser] = [
        PythonCodeBlockParser(future_imports=["annotations"]),
        CodeBlockParser("console", console.evaluate),
    ]
    document = Sybil(parsers=parsers).parse(page)
    clock = VirtualClock()
    simulator = FlySimulator(clock=clock, latency=LATENCY_S)
    document.namespace.update(simulator=simulator, clock=clock, __name__="__main__")
    with simulated(simulator, clock):
        console.prepare(text, simulator)
        for example in document.examples():
            heard = io.StringIO()
            with contextlib.redirect_stdout(heard):
                example.evaluate()
            below = _OUTPUT.match(text, example.end)
            span = below.span("text") if below else (example.end, example.end)
            written = below["text"] if below else None
            yield Printed(example.line, _without_trailing_blanks(heard.getvalue()), written, *span)


def update(page: Path) -> bool:
    """Write what the blocks print now below them; return whether that changed the page."""
    text = page.read_text(encoding="utf-8")
    parts, done = [], 0
    for printed in run(page):
        if printed.differs:
            parts += [text[done : printed.start], printed.now]
            done = printed.end
    new = "".join([*parts, text[done:]])
    page.write_text(new, encoding="utf-8")
    return new != text


def _known(text: str) -> str:
    return _MADE_UP.sub("(made up)", text)


def _without_trailing_blanks(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())
