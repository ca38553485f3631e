"""The table of the SDK's operations, from the API document that it is generated from."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any, Final

from fly_resources._wire.operations import OPERATIONS, Repeat

_DOCUMENT: Final = Path(__file__).resolve().parents[3] / "openapi" / "fly-machines.json"
_REPEAT: Final = {
    Repeat.SAFE: "safe",
    Repeat.IDEMPOTENT: "idempotent",
    Repeat.NAMED: "named",
    Repeat.ONCE: "once",
}


def sections() -> str:
    """Return a heading and a table for each tag, in Markdown."""
    document = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
    said = {tag["name"]: tag["description"] for tag in document["tags"]}
    repeats = {operation.id: _REPEAT[operation.repeat] for operation in OPERATIONS}
    rows = _rows(document)
    parts = []
    for tag, group in itertools.groupby(rows, key=lambda row: row[0]):
        lines = [
            f"## {tag}",
            "",
            said[tag],
            "",
            "| `fly.api." + tag + "` | Request | Does | Repeat | Upstream's id |",
            "|---|---|---|---|---|",
        ]
        for _, path, method, operation in group:
            upstream = operation["x-upstream-operation-id"]
            verb = operation["operationId"].removeprefix(f"{tag}_")
            lines.append(
                f"| `{verb}` | `{method} {path}` | {operation['summary']} | "
                f"{repeats[upstream]} | `{upstream}` |"
            )
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def count() -> int:
    """Return how many operations there are."""
    return len(_rows(json.loads(_DOCUMENT.read_text(encoding="utf-8"))))


def _rows(document: dict[str, Any]) -> list[tuple[str, str, str, dict[str, Any]]]:
    rows = [
        (operation["tags"][0], path, method.upper(), operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    ]
    return sorted(rows, key=lambda row: row[:3])
