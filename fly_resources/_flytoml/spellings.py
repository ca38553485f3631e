"""Rewrite the old spellings that flyctl still accepts (FT-20 to FT-34) to the current ones.

A value of an unexpected type is left as it is: the schema rejects it afterwards.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final, TypeAlias

from fly_resources._flytoml.schema import name_type
from fly_resources._flytoml.values import SECOND_NS, print_duration, print_value, refusal, shown

Tree: TypeAlias = dict[str, Any]

_MILLISECOND_NS: Final = 10**6
_CHECK_TIMES: Final = ("interval", "timeout", "grace_period")
_CONCURRENCY: Final = re.compile(r"\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*")
_PORT: Final = re.compile(r"[0-9]{1,9}")


def rewrite(tree: Tree) -> Tree:
    """Return the tree with current spellings."""
    tree = _without_experiments(tree)
    olds = {key for _, keys in _JOINED for key in keys}
    new = {key: value for key, value in tree.items() if key not in olds}
    for key, keys in _JOINED:
        rows = _join(tree, keys)
        if rows is not None:
            new[key] = rows
    for key, rewriting in _TABLES.items():
        if key in new:
            new[key] = rewriting(key, new[key])
    _set_time(new, "kill_timeout", SECOND_NS)
    return {key: value for key, value in new.items() if value is not None}


def _join(tree: Tree, keys: tuple[str, ...]) -> list[Any] | None:
    """Join tables and arrays of tables with several spellings (FT-20 to FT-22); None if there are none."""
    rows: list[Any] = []
    found = False
    for key in keys:
        value = tree.get(key)
        if value is None:
            continue
        if not isinstance(value, dict | list):
            raise refusal(key, f"is {name_type(value)}; it must be a table or an array of tables.")
        found = True
        rows += value if isinstance(value, list) else [value]
    return rows if found else None


def _without_experiments(tree: Tree) -> Tree:
    """Move formerly experimental keys to their current place (FT-30 to FT-32)."""
    old = tree.get("experimental")
    if not isinstance(old, dict):
        return tree
    kept = {key: value for key, value in old.items() if key not in _MOVED}
    for key in ("cmd", "entrypoint", "exec"):
        if isinstance(kept.get(key), str):
            kept[key] = [kept[key]]
    new = {**tree, "experimental": kept}
    if "kill_timeout" in old:
        new.setdefault("kill_timeout", old["kill_timeout"])
    metrics = {key: old[f"metrics_{key}"] for key in ("port", "path") if f"metrics_{key}" in old}
    if metrics and "metrics" not in tree:
        new["metrics"] = metrics
    return new


def _rewrite_services(_key: str, value: Any) -> Any:  # noqa: ANN401  # a value of the file
    """Convert single tables to arrays, also in ports and checks, and drop empty services (FT-23)."""
    rows = [value] if isinstance(value, dict) else value
    if not isinstance(rows, list):
        return value
    return [_rewrite_service(f"services[{index}]", row) for index, row in enumerate(rows) if row != {}]


def _rewrite_service(key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    if not isinstance(value, dict):
        return value
    row = dict(value)
    _set_port(row, "internal_port", key)
    concurrency = row.get("concurrency")
    if isinstance(concurrency, str):
        row["concurrency"] = _read_concurrency(f"{key}.concurrency", concurrency)
    elif concurrency is not None and not isinstance(concurrency, dict):
        raise refusal(
            f"{key}.concurrency",
            f"is {name_type(concurrency)}; it must be a table, such as "
            '{ type = "requests", soft_limit = 20, hard_limit = 25 }, or the old text "soft,hard".',
        )
    if isinstance(row.get("ports"), dict | list):
        row["ports"] = [
            _rewrite_port(f"{key}.ports[{index}]", each) for index, each in enumerate(_listed(row["ports"]))
        ]
    for kind in ("tcp_checks", "http_checks"):
        if isinstance(row.get(kind), dict | list):
            row[kind] = [
                _rewrite_check(f"{key}.{kind}[{index}]", each)
                for index, each in enumerate(_listed(row[kind]))
            ]
    return row


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # the same
    """Return the rows of an array; a single table is one row."""
    return [value] if isinstance(value, dict) else list(value)


def _rewrite_port(key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    if not isinstance(value, dict):
        return value
    row = dict(value)
    _set_port(row, "port", key)
    return row


def _read_concurrency(key: str, text: str) -> Tree:
    """Read "soft,hard" (FT-27)."""
    found = _CONCURRENCY.fullmatch(text)
    if found is None:
        raise refusal(
            key, f'is {shown(text)}; the old form is "soft,hard", as in "20,25". A table is better.'
        )
    return {"type": "requests", "soft_limit": int(found[1]), "hard_limit": int(found[2])}


def _set_port(row: Tree, name: str, key: str) -> None:
    """Convert a string to a port number (FT-28)."""
    value = row.get(name)
    if isinstance(value, str):
        if not _PORT.fullmatch(value):
            raise refusal(f"{key}.{name}", f"is {shown(value)}; it must be a port number.")
        row[name] = int(value)


def _rewrite_check(key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    """Add the unit milliseconds to bare numbers (FT-11), and convert headers to their form (FT-29)."""
    if not isinstance(value, dict):
        return value
    row = dict(value)
    for name in _CHECK_TIMES:
        _set_time(row, name, _MILLISECOND_NS)
    headers = row.get("headers")
    if isinstance(headers, list):
        headers = _read_headers(f"{key}.headers", headers)
    if isinstance(headers, dict):
        headers = {name: _printed(each) for name, each in headers.items()}
    if headers in ({}, []):
        row.pop("headers")
    elif headers is not None:
        row["headers"] = headers
    return row


def _read_headers(key: str, rows: list[Any]) -> Tree:
    headers: Tree = {}
    for index, row in enumerate(rows):
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or "value" not in row:
            raise refusal(f"{key}[{index}]", 'must be a table: { name = "Host", value = "example.com" }.')
        headers[name] = row["value"]
    return headers


def _set_time(row: Tree, name: str, unit_ns: int) -> None:
    """Convert a bare number from `unit_ns`, truncated, and treat an empty string as not set (FT-11)."""
    value = row.get(name)
    if isinstance(value, str) and not value:
        row.pop(name)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        nanoseconds = int(value) * unit_ns if math.isfinite(value) else -1
        if not 0 <= nanoseconds < 2**63:
            raise refusal(name, "is out of range.")
        row[name] = print_duration(nanoseconds)


def _printed(value: Any) -> Any:  # noqa: ANN401  # the same
    printed = print_value(value)
    return value if printed is None else printed


def _rewrite_env(_key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    """Merge a list of tables, where later ones win, and convert values to strings (FT-24)."""
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        return value
    return {name: _printed(each) for row in rows for name, each in row.items()}


def _rewrite_processes(_key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    """Convert a list of tables with name and command to a map (FT-25)."""
    if value in ([], {}):
        return None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return value
    named = [row for row in value if isinstance(row.get("name"), str) and row["name"]]
    return {row["name"]: row.get("command", "") for row in named} or None


def _rewrite_checks(key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    """Convert a list of tables with names to a map (FT-26)."""
    if isinstance(value, list):
        named = {}
        for index, row in enumerate(value):
            if not isinstance(row, dict) or not isinstance(row.get("name"), str):
                raise refusal(f"{key}[{index}]", f"has no name; write [{key}.NAME], a table for each check.")
            named[row["name"]] = {name: each for name, each in row.items() if name != "name"}
        value = named
    if not isinstance(value, dict):
        return value
    return {name: _rewrite_check(f"{key}.{name}", row) for name, row in value.items()}


def _rewrite_build(_key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    """Rename `build_target` (FT-33)."""
    if not isinstance(value, dict) or "build_target" not in value:
        return value
    return {"build-target" if key == "build_target" else key: each for key, each in value.items()}


_MOVED: Final = frozenset({"kill_timeout", "metrics_path", "metrics_port"})
#: Spellings of one array of tables, in the order in which they are joined (FT-20 to FT-22).
_JOINED: Final = (
    ("vm", ("compute", "computes", "vm")),
    ("mounts", ("mount", "mounts")),
    ("metrics", ("metric", "metrics")),
)
_TABLES: Final = {
    "services": _rewrite_services,
    "env": _rewrite_env,
    "processes": _rewrite_processes,
    "checks": _rewrite_checks,
    "build": _rewrite_build,
}
