"""What changed between two versions of upstream's facts, and which of it matters to this project."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import attrs

from .documents import METHODS, SCHEMA_PREFIX, Json, Operation, operations, reachable, root_schemas, schemas
from .naming import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .corrections import Correction
    from .layout import Layout

_ENDPOINT_IMPORT = re.compile(r"from fly_machines\.api\.(\w+) import \(?([\w\s,]+)\)?")
_ENDPOINT_MODULE = re.compile(r"fly_machines\.api\.\w+\.(\w+)")


@attrs.frozen(order=True)
class Change:
    """One fact that was added, removed or changed.

    Attributes:
        subject: `operation GET /apps` or `schema App`: what `used` speaks of.
        fact: The parameter, status, field or other detail; empty for the subject itself.
        before: As it was, None if it was not there.
        after: As it is, None if it is gone.
    """

    subject: str
    fact: str
    before: str | None
    after: str | None

    @property
    def breaking(self) -> bool:
        """Whether something is gone or different; what is only added cannot break a tolerant client."""
        return self.before is not None

    def __str__(self) -> str:
        where = f"{self.subject} {self.fact}".strip()
        if self.before is None:
            return f"+ {where}: {self.after}"
        if self.after is None:
            return f"- {where}: {self.before}"
        return f"~ {where}: {self.before} -> {self.after}"


def changes(before: Json, after: Json) -> list[Change]:
    """Every difference in facts, sorted by subject."""
    old, new = dict(_facts(before)), dict(_facts(after))
    found = [
        Change(*where, *(words(facts[where]) if where in facts else None for facts in (old, new)))
        for where in old.keys() | new.keys()
        if where not in old or where not in new or old[where] != new[where]
    ]
    return sorted(found, key=lambda change: (change.subject, change.fact))


def used(facts: Json, corrections: tuple[Correction, ...], layout: Layout) -> set[str]:
    """The subjects that the corrections touch, or that the resource layer's operations lead to."""
    subjects = {
        subject for correction in corrections for pointer in correction.pointers for subject in _at(pointer)
    }
    ours = _operations_of_resource_layer(layout)
    known = Names.load(layout.names).tag_and_id()
    for operation in operations(facts):
        if known.get(operation.id, ("", ""))[1] in ours:
            subjects.add(f"operation {operation.route}")
            subjects |= {f"schema {name}" for name in reachable(facts, root_schemas(operation.data))}
    return subjects


def report(found: list[Change], matters: set[str]) -> str:
    """The changes for people: `!` marks what breaks something that is used."""
    if not found:
        return "No drift: upstream's facts are those that are vendored."
    lines = [f"{'!' if change.breaking and change.subject in matters else ' '} {change}" for change in found]
    counts = {sign: sum(line[2] == sign for line in lines) for sign in "+-~"}
    lines.append(f"{counts['+']} added, {counts['-']} removed, {counts['~']} changed; ! is used here")
    return "\n".join(lines)


def _facts(document: Json) -> Iterator[tuple[tuple[str, str], object]]:
    for operation in operations(document):
        yield from _operation_facts(f"operation {operation.route}", operation)
    for name, schema in schemas(document).items():
        yield (f"schema {name}", ""), {key: schema[key] for key in schema if key != "properties"}
        for field, inner in schema.get("properties", {}).items():
            yield (f"schema {name}", f"field {field}"), inner
    for key in ("servers", "security"):
        yield ("document", key), document.get(key)


def _operation_facts(subject: str, operation: Operation) -> Iterator[tuple[tuple[str, str], object]]:
    yield (subject, ""), operation.id
    for parameter in operation.data["parameters"]:
        rest = {key: value for key, value in parameter.items() if key not in {"name", "in"}}
        yield (subject, f"parameter {parameter['name']} in {parameter['in']}"), rest
    if "requestBody" in operation.data:
        yield (subject, "request"), operation.data["requestBody"]
    for status, response in operation.data["responses"].items():
        yield (
            (subject, f"response {status}"),
            {key: response[key] for key in response if key != "headers"},
        )
        for name, header in response.get("headers", {}).items():
            yield (subject, f"header {name} of response {status}"), header
    for key in ("deprecated", "security", "tags"):
        if key in operation.data:
            yield (subject, key), operation.data[key]


def words(fact: object) -> str:
    """A schema, a parameter, a body or any other fact, in words that tell two different ones apart."""
    if isinstance(fact, list):
        return f"[{', '.join(words(item) for item in fact)}]"
    if not isinstance(fact, dict):
        return fact if isinstance(fact, str) else json.dumps(fact)
    rest = dict(fact)
    kind = _kind(rest)
    more = [f"{key} {words(value)}" for key, value in sorted(rest.items())]
    return ", ".join([kind, *more] if kind else more) or "anything"


def _kind(rest: Json) -> str:
    """What kind of value it is about; the keys that say it are taken out of `rest`."""
    for key, said in _SAID_BY.items():
        if key in rest:
            return said(rest.pop(key))
    kind = str(rest.pop("type", ""))
    if isinstance(rest.get("additionalProperties"), dict):
        return f"map of {words(rest.pop('additionalProperties'))}"
    if "items" in rest:
        return f"{kind} of {words(rest.pop('items'))}"
    fields = [f"{name}: {words(inner)}" for name, inner in rest.pop("properties", {}).items()]
    return f"{kind} of {', '.join(fields)}" if fields else kind


_SAID_BY: dict[str, Callable[[Any], str]] = {
    "schema": words,
    "content": lambda content: "; ".join(f"{media}: {words(body)}" for media, body in content.items()),
    "$ref": lambda target: str(target).removeprefix(SCHEMA_PREFIX),
    "allOf": lambda parts: " and ".join(map(words, parts)),
    "anyOf": lambda options: " or ".join(map(words, options)),
}


def _at(pointer: str) -> Iterator[str]:
    """The subject that a JSON pointer lies in."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    if parts[:2] == ["components", "schemas"]:
        yield f"schema {parts[2]}"
    elif parts[0] == "paths":
        named = set(parts[2:3]) & set(METHODS)
        yield from (f"operation {method.upper()} {parts[1]}" for method in named or METHODS)


def _operations_of_resource_layer(layout: Layout) -> set[str]:
    ours: set[str] = set()
    for module in sorted(layout.resource_layer.rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        for match in _ENDPOINT_IMPORT.finditer(text):
            ours.update(match[2].replace(",", " ").split())
        ours.update(_ENDPOINT_MODULE.findall(text))
    return ours
