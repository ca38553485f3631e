"""What scripts/refresh_spec and scripts/regenerate do."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import httpx

from . import corrections, drift, facts, generator, source, stats
from .build import build, build_from
from .documents import CodegenError, Json, dump, read
from .layout import Layout


def refresh_spec(arguments: list[str] | None = None, layout: Layout | None = None) -> int:
    """Vendors the facts of the published document and reports what changed.

    Returns:
        0 if nothing that is used here changed; 1 otherwise.
    """
    layout = layout or Layout()
    known = source.Source.load(layout.source)
    parser = argparse.ArgumentParser(
        prog="refresh_spec",
        description="Vendor the facts of the published API document; report what changed.",
    )
    parser.add_argument("source", nargs="?", default=known.url, help="file or URL (default: %(default)s)")
    parser.add_argument(
        "--copy", default="", help="where a FILE comes from, if it is a copy that others keep"
    )
    given = parser.parse_args(arguments)
    chosen: str = given.source
    fresh = facts.extract(_published(chosen))
    vendored = read(layout.upstream)
    found = drift.changes(vendored, fresh)
    entries = corrections.load(layout.corrections)
    matters = drift.used(vendored, entries, layout)
    print(drift.report(found, matters))
    layout.upstream.write_text(dump(fresh), encoding="utf-8")
    retrieved = dt.datetime.now(tz=dt.UTC).date().isoformat() if found else known.retrieved
    copy = given.copy if found else known.copy
    attrs.evolve(known, copy=copy, retrieved=retrieved, facts_sha256=source.sha256(layout.upstream)).save(
        layout.source
    )
    broken = any(change.breaking and change.subject in matters for change in found)
    try:
        build_from(fresh, layout)
    except CodegenError as error:
        print(f"\nThe document cannot be built any more:\n{error}")
        broken = True
    if found:
        print("\nNext: settle what is listed above in openapi/, then run scripts/regenerate.")
    return int(broken)


def regenerate(arguments: list[str] | None = None, layout: Layout | None = None) -> int:
    """Builds the document and generates the SDK, or checks or counts what is committed.

    Returns:
        0, or 1 if `--check` finds a difference or the inputs do not fit together.
    """
    layout = layout or Layout()
    parser = argparse.ArgumentParser(
        prog="regenerate", description="Build the API document and generate the SDK."
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check", action="store_true", help="write nothing; fail if what is committed is not current"
    )
    mode.add_argument("--stats", action="store_true", help="write nothing; print counts of the document")
    chosen = parser.parse_args(arguments)
    try:
        document = build(layout)
        if chosen.stats:
            print("\n".join(f"{count:5} {name}" for name, count in stats.counts(document).items()))
            return 0
        if chosen.check:
            return _check(document, layout)
        layout.document.write_text(dump(document), encoding="utf-8")
        generator.replace_package(document, layout)
        known = source.Source.load(layout.source)
        attrs.evolve(
            known,
            facts_sha256=source.sha256(layout.upstream),
            document_sha256=source.sha256(layout.document),
            tools=generator.tool_versions(layout),
        ).save(layout.source)
    except CodegenError as error:
        print(error)
        return 1
    return 0


def _check(document: Json, layout: Layout) -> int:
    found = generator.differences(document, layout)
    if layout.document.read_text(encoding="utf-8") != dump(document):
        found.insert(0, f"differs: {layout.document.name}")
    found += source.mismatches(layout, generator.tool_versions(layout))
    if found:
        print(
            "\n".join(
                [*found, f"{len(found)} differences: run scripts/regenerate and commit what it writes."]
            )
        )
    return int(bool(found))


def _published(chosen: str) -> Json:
    if urlsplit(chosen).scheme not in {"http", "https"}:
        return read(Path(chosen))
    answer = httpx.get(chosen, follow_redirects=True, timeout=60)
    answer.raise_for_status()
    document: Json = json.loads(answer.content)
    return document
