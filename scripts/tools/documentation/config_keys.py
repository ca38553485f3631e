"""The keys of a machine's config, from the API document: a table for it, and one for each object in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

_DOCUMENT: Final = Path(__file__).resolve().parents[3] / "openapi" / "fly-machines.json"
_ROOT: Final = "MachineConfig"
_PREFIX: Final = "#/components/schemas/"
_WORDS: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def sections() -> str:
    """Return a heading and a table for each object that a config is made of, in the order of their use."""
    schemas = json.loads(_DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    parts, names = [], [_ROOT]
    for name in names:  # grows while it is gone through
        lines = [f"## {name}", "", "| Key | Takes | Means |", "|---|---|---|"]
        for key, schema in schemas[name]["properties"].items():
            takes, used = _takes(schema, schemas)
            names += [each for each in used if each not in names]
            said = schema.get("description", "").replace("|", "\\|")
            lines.append(
                f"| `{key}` | {takes} | {'*Deprecated.* ' if schema.get('deprecated') else ''}{said} |"
            )
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _takes(schema: dict[str, Any], schemas: dict[str, Any]) -> tuple[str, list[str]]:
    """Say in words what a value may be, and name the objects that it refers to."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_PREFIX)
        target = schemas[name]
        return (f"[{name}](#{name.lower()})", [name]) if "properties" in target else _takes(target, schemas)
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"]), []
    for key in ("allOf", "anyOf", "oneOf"):
        if key in schema:
            found = [_takes(each, schemas) for each in schema[key]]
            return " or ".join(words for words, _ in found), [name for _, names in found for name in names]
    inner = schema.get("items") or schema.get("additionalProperties")
    if not isinstance(inner, dict):
        return _WORDS.get(str(schema.get("type")), "any JSON"), []
    words, names = _takes(inner, schemas)
    return f"list: {words}" if schema["type"] == "array" else f"mapping of names to {words}", names
