"""What docs/simulator-coverage.md shows: operations, switches, and the comparison with recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fly_resources.testing._behaviour import Behaviour
from fly_resources.testing._router import NOT_MODELLED
from tests.simulator.recorded import crosscheck

_DOCUMENT = Path(__file__).parents[3] / "openapi" / "fly-machines.json"


def operations() -> str:
    """Return how many operations of each part of the document are modelled, and which are not."""
    by_tag: dict[str, list[str]] = {}
    for item in _document()["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "x-upstream-operation-id" in operation:
                by_tag.setdefault(operation["tags"][0], []).append(operation["x-upstream-operation-id"])
    total = sum(map(len, by_tag.values()))
    missing = sum(operation in NOT_MODELLED for found in by_tag.values() for operation in found)
    rows = [
        f"{total - missing} of {total} operations are modelled.",
        "",
        "| Part | Modelled | Not modelled: 400 |",
        "|---|---|---|",
    ]
    for tag, found in sorted(by_tag.items()):
        refused = sorted(set(found) & NOT_MODELLED)
        names = ", ".join(f"`{name}`" for name in refused) or "-"
        rows.append(f"| {tag} | {len(found) - len(refused)} of {len(found)} | {names} |")
    return "\n".join(rows)


def switches() -> str:
    """Return every switch of `Behaviour` with its values and what it is about."""
    rows = ["| Switch | Values, the default first | What is known |", "|---|---|---|"]
    described = _descriptions()
    for switch in Behaviour.facts():
        values = ", ".join(f"`{_value(value)}`" for value in switch.values)
        rows.append(f"| `{switch.name}` | {values} | {described[switch.name]} |")
    return "\n".join(rows)


def _value(value: Any) -> str:  # noqa: ANN401 - whatever a switch takes
    """Return a value as it is written in Python; sets in order."""
    if value == frozenset():
        return "set()"
    if isinstance(value, frozenset):
        return "{" + ", ".join(f'"{each}"' for each in sorted(value)) + "}"
    return repr(value).replace("'", '"')


def pairs() -> str:
    """Return how each recorded answer compares with the simulator's."""
    numbers = sorted(crosscheck.RECORDED)
    compared = [number for number in numbers if number not in crosscheck.UNLIKE]
    nothing = [number for number in compared if not _has_answer(number)]
    summary = (
        f"{len(numbers)} records: {len(compared) - len(nothing)} answers agree, {len(nothing)} records show "
        f"a request only, which is accepted, and {len(crosscheck.UNLIKE)} are not answered alike."
    )
    rows = [
        summary,
        "",
        "| RR | Request | Status | Source | Result |",
        "|---|---|---|---|---|",
    ]
    for number in numbers:
        record = crosscheck.RECORDED[number]
        request = record["request"].replace("|", "\\|")
        rows.append(
            f"| {number} | `{request}` | {record['status'] or '-'} | {record['kind']} | {_result(number)} |"
        )
    return "\n".join(rows)


def _result(number: int) -> str:
    if number in crosscheck.UNLIKE:
        return f"not alike. {crosscheck.UNLIKE[number]}"
    compared = crosscheck.compare(number)
    if compared.wrong:
        raise ValueError(f"RR#{number} is answered otherwise: {'; '.join(compared.wrong)}")
    words = ["agrees" if _has_answer(number) else "request accepted"]
    if number in crosscheck.OLDER_KEYS:
        words.append("but for keys of older servers: " + _code(crosscheck.OLDER_KEYS[number]))
    if compared.more:
        words.append("also sent: " + _code(compared.more))
    return "; ".join(words)


def _has_answer(number: int) -> bool:
    record = crosscheck.RECORDED[number]
    return record["status"] is not None or "text" in record


def _code(keys: Any) -> str:  # noqa: ANN401 - any texts
    return ", ".join(f"`{key}`" for key in sorted(keys))


def _descriptions() -> dict[str, str]:
    """Return the paragraphs of the class's Args by their names."""
    text = (Behaviour.__doc__ or "").partition("Args:\n")[2]
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith(" " * 8) and not line.startswith(" " * 9):
            name, _, rest = line.strip().partition(": ")
            found[name] = rest
        elif line.strip():
            found[name] += f" {line.strip()}"
    return found


def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
    return document
