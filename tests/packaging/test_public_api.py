"""The public names and signatures are those last written down: a change is seen before users see it."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_public_api_is_the_one_written_down() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "tools" / "public_api.py"))
    written = (ROOT / "tests" / "packaging" / "public_api.txt").read_text(encoding="utf-8")

    now, before = set(script["render"]().splitlines()), set(written.splitlines())
    assert (now - before, before - now) == (set(), set()), (
        "list it in CHANGELOG.md, then run python scripts/tools/public_api.py"
    )
