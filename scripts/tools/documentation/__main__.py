"""Write generated parts and printed words into pages: `python -m scripts.tools.documentation [PAGE ...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.tools.documentation import generated, pages


def main() -> int:
    """Bring the named pages, or all, up to date."""
    for page in [Path(name).resolve() for name in sys.argv[1:]] or pages.pages():
        before = page.read_text(encoding="utf-8")
        page.write_text(generated.render(page), encoding="utf-8")
        pages.update(page)
        if page.read_text(encoding="utf-8") != before:
            print(page.relative_to(pages.ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
