"""Whether a site's search finds the right page first: `python -m scripts.tools.documentation.search SITE`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from scripts.tools.documentation import pages


def phrases() -> dict[str, str]:
    """Return what people search for, and the page that has to come first."""
    table = tomllib.loads((pages.DOCS / "search.toml").read_text(encoding="utf-8"))
    return {phrase: page for page, words in table.items() for phrase in words}


def first_pages(site: Path, asked: list[str]) -> list[str | None]:
    """Run the search of a built site, in node, and return the page that it shows first for each phrase."""
    script = Path(__file__).with_name("search.js")
    ran = subprocess.run(
        ["node", str(script), str(site)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str | None] = json.loads(ran.stdout)
    return found


def main() -> int:
    """Say which phrases lead somewhere else."""
    if shutil.which("node") is None:
        print("search: not tried, there is no node")
        return 0
    wanted = phrases()
    found = dict(zip(wanted, first_pages(Path(sys.argv[1]), list(wanted)), strict=True))
    wrong = [phrase for phrase, page in wanted.items() if found[phrase] != page]
    for phrase in wrong:
        print(f"search: {phrase!r} finds {found[phrase]} first, not {wanted[phrase]}")
    print(f"search: {len(wanted) - len(wrong)} of {len(wanted)} phrases find their page first")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
