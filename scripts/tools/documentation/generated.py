"""The parts of pages that are written by program, between two comments that say so."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from scripts.tools.documentation import config_keys, figures, layers, operations, requests
from tests.simulator.recorded import tables as simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_PART: Final = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[\w-]+(?: [\w-]+)?) -->\n)"
    r".*?(?P<end><!-- end of generated -->)",
    re.DOTALL,
)

#: What may stand after "generated:".
PARTS: Final[dict[str, Callable[[], str]]] = {
    "config-keys": config_keys.sections,
    "layers": layers.picture,
    "operations": operations.sections,
    "simulator-operations": simulator.operations,
    "simulator-pairs": simulator.pairs,
    "simulator-switches": simulator.switches,
    **{f"figures {family}": functools.partial(figures.table, family) for family in figures.FAMILIES},
    **{f"requests {noun}": functools.partial(requests.table, noun) for noun in requests.CASES},
}


def names(page: Path) -> list[str]:
    """Return which parts a page has."""
    return [found["name"] for found in _PART.finditer(page.read_text(encoding="utf-8"))]


def render(page: Path, *, keep: Collection[str] = ()) -> str:
    """Return a page's text with its generated parts made anew, but those in `keep`."""

    def fill(found: re.Match[str]) -> str:
        if found["name"] in keep:
            return found[0]
        return f"{found['begin']}\n{PARTS[found['name']]()}\n\n{found['end']}"

    return _PART.sub(fill, page.read_text(encoding="utf-8"))
