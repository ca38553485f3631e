"""What people search for leads to a page: `scripts/docs` asks the built site for each of these phrases."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.tools.documentation import pages, search

if TYPE_CHECKING:
    from pathlib import Path

PHRASES = (
    *("rolling deploy", "dockerfile", "rollback", "cron", "process groups", "secrets", "review apps"),
    *("logs", "exec", "scale", "restart", "blue green", "drift", "migrations", "volume snapshot"),
    *("custom domain", "ip address", "testing", "terraform", "fly.toml"),
)


def test_the_words_of_users_have_a_page_that_exists() -> None:
    table = search.phrases()

    assert [phrase for phrase in PHRASES if phrase not in table] == []
    assert [page for page in table.values() if not (pages.DOCS / f"{page}.md").exists()] == []


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
def test_the_sites_own_search_is_asked(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "language_data.js").write_text("window.known = {cron: [['other'], ['page']]};")
    (tmp_path / "_static" / "searchtools.js").write_text(
        "const Search = {_parseQuery: (query) => [query], _performSearch: (query) => known[query] || []};"
    )
    (tmp_path / "searchindex.js").write_text(json.dumps("no index"))

    assert search.first_pages(tmp_path, ["cron", "nothing"]) == ["page", None]
