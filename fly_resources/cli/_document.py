"""The JSON document of `--json`, in one format for all commands; see docs/cli-json.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fly_resources.cli import _words
from fly_resources.resources import App, Certificate, IpAddress, Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fly_resources.report import LogLine, Outcome, Plan, Planned, Report
    from fly_resources.resources import Resource

#: Incremented when a field is removed or changes its meaning; new fields do not count.
VERSION: Final = 2
#: A lease's nonce lets its bearer change a machine.
_NEVER: Final = frozenset({"nonce"})


def empty() -> dict[str, Any]:
    """Return the fields that every document has."""
    return {"error": None, "changed": False, "plan": None, "resources": [], "notes": []}


def identify(resource: Resource[Any]) -> dict[str, Any]:
    """Return the fields that identify a resource."""
    match resource:
        case Certificate():
            name = resource.hostname
        case IpAddress():
            name = resource.type
        case App():
            name = resource.name
        case _:
            name = str(getattr(resource, "name", ""))
    return {"resource": str(resource), "kind": resource.kind, "app": resource.app_name, "name": name}


def planned(plan: Plan) -> dict[str, Any]:
    """Return the field `plan`."""
    return {
        "changed": plan.changed,
        "resources": [_row(step, notes=step.notes, error=None) for step in plan],
        "unreadable": [
            {"app": app, "kind": kind, "message": _words.of(error)} for app, kind, error in plan.unreadable
        ],
    }


def reported(report: Report) -> dict[str, Any]:
    """Return a report's fields."""
    return {
        "changed": report.changed,
        "resources": [_row(outcome, notes=outcome.notes, error=outcome.error) for outcome in report],
    }


def found(rows: Iterable[tuple[Resource[Any], Any]], hidden: Iterable[Secret]) -> dict[str, Any]:
    """Return what was read as the API's JSON, with the file's hidden values masked."""
    values = {each.reveal() for each in hidden} - {""}
    return {
        "resources": [
            {
                **identify(resource),
                "exists": model is not None,
                "data": None if model is None else _veiled(model.to_dict(), values),
            }
            for resource, model in rows
        ]
    }


def row(kind: str, app: str, name: str, model: Any) -> dict[str, Any]:  # noqa: ANN401  # the SDK's models
    """Return a row for something that the file does not describe."""
    label = app if kind == "app" else f"{app}/{name}"
    named = {"resource": f"{kind} {label}", "kind": kind, "app": app, "name": name}
    return {**named, "exists": True, "data": _veiled(model.to_dict(), set())}


def log(lines: Iterable[LogLine]) -> list[dict[str, str | None]]:
    """Return the field `log`."""
    return [
        {
            "at": line.at.isoformat() if line.at else None,
            "level": line.level,
            "region": line.region,
            "machine": line.machine,
            "message": line.message,
        }
        for line in lines
    ]


def secrets_in(value: object) -> list[Secret]:
    """Return the hidden values in the resources' fields."""
    if isinstance(value, Secret):
        return [value]
    if isinstance(value, Mapping):
        return [each for inner in value.values() for each in secrets_in(inner)]
    if isinstance(value, list | tuple):
        return [each for inner in value for each in secrets_in(inner)]
    return []


def failure(error: BaseException, *, file_is_python: bool = True) -> dict[str, str]:
    """Return an error's fields; see `_words.of`."""
    return {"type": type(error).__name__, "message": _words.of(error, file_is_python=file_is_python)}


def write(document: Mapping[str, Any]) -> str:
    """Return the document as text, one line per field."""
    return json.dumps(document, indent=2, ensure_ascii=False, default=str)


def _row(
    row: Planned[Any] | Outcome[Any], *, notes: Iterable[str], error: Exception | None
) -> dict[str, Any]:
    return {
        **identify(row.resource),
        "action": row.action,
        "changed": row.changed,
        "changes": [
            {"path": change.path, "before": change.before, "after": change.after} for change in row.changes
        ],
        "notes": list(map(_words.in_options, notes)),
        "error": None if error is None else failure(error),
    }


def _veiled(value: Any, hidden: set[str]) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, Mapping):
        return {key: _veiled(each, hidden) for key, each in value.items() if key not in _NEVER}
    if isinstance(value, list):
        return [_veiled(each, hidden) for each in value]
    return "***" if isinstance(value, str) and any(each in value for each in hidden) else value
