"""What the simulator answers beside what the service was recorded to answer.

`recorded.json` holds, by the number of the record (RR#n of the facts), the request, its status, the text and
code of an error, and which keys of which kinds the body had; bodies themselves are not kept. Each scenario
brings the same answer about.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources.testing import FlySimulator, VirtualClock
from tests.simulator.recorded import scenarios
from tests.simulator.recorded.scenarios import Stage, client_of
from tests.simulator.recorded.scenarios_2026 import SCENARIOS_2026

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIOS = {**scenarios.SCENARIOS, **SCENARIOS_2026}
_FILE = Path(__file__).parent / "recorded.json"
RECORDED: dict[int, dict[str, Any]] = {
    int(number): record for number, record in json.loads(_FILE.read_text(encoding="utf-8")).items()
}
_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "boolean": bool,
}
_MASKS = (
    (re.compile(r"vol_\w+"), "VOLUME"),
    (re.compile(r"\b[0-9a-f]{13,14}\b|<id>"), "MACHINE"),
    (re.compile(r'\\?"(<name>|m)\\?"'), "NAME"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ][\d:]+(Z| \+0000 UTC)|<timestamp>"), "TIME"),
    (re.compile(r"\S+@\S+(?=,)"), "OWNER"),
)

#: Records that the simulator does not answer alike, and why.
UNLIKE = {
    8: "The text is an older one; today's is RR#15's (AP-10).",
    11: "The simulator takes one request after another, so no create races past the check (AP-7).",
    16: "A fixture's text; the recorded one is RR#105's (AU-5).",
    17: "Historic, and went away by itself (AP-22).",
    35: "Of 2022; today a guest needs its cpu_kind (MA-22).",
    72: "Tokens of a machine's identity are not minted: 400.",
    83: "The record says itself that this is not the answer to the create.",
    116: "The text is an older one; today's is RR#118's (MA-28).",
    120: "A full host always answers with RR#117's text (MA-29).",
    121: "As RR#120.",
    122: "As RR#120.",
    123: "As RR#120.",
    125: "The text is invented by the test that it comes from; RR#119 is the recorded one.",
    144: "Of another API (releases).",
    159: "Trouble in front of the API (IP-11): `Fault('status', status=500)` brings it about.",
    161: "A full host always answers with RR#117's text (MA-29).",
    162: "A phrase of reports, not an answer (LC-41); a full host answers with RR#117's text.",
    164: "Of 2022; today a machine that does not run can be stopped (LC-9).",
}


#: Keys that only servers of 2022 and 2023 sent (MA-6), by record.
OLDER_KEYS = {
    29: {"config.init.tty", "config.restart.policy"},
    30: {"config.init.tty", "config.restart.policy"},
    36: {"config.init.tty", "config.restart.policy"},
    81: {"LeaseNonce"},
    82: {"[].LeaseNonce"},
}


@attrs.frozen
class Comparison:
    """How an answer of the simulator differs from the record.

    Attributes:
        wrong: What the record has and the answer has not, or otherwise: status, text, code, keys, kinds.
        more: Keys that only the answer has.
    """

    wrong: tuple[str, ...]
    more: tuple[str, ...]


def compare(number: int) -> Comparison:
    """Bring a record's answer about, and compare the two."""
    sim = FlySimulator(clock=VirtualClock(), timings="typical")
    with client_of(sim) as client:
        client.post("/apps", json={"name": "web", "org_slug": "personal"})
        answer = SCENARIOS[number](Stage(sim, client))
    record = RECORDED[number]
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    body: Any = answer.json() if is_json else answer.text or None
    wrong = list[str]()
    if record["status"] is None and "text" not in record:
        if not answer.is_success:
            wrong.append(f"refused with {answer.status_code}: {answer.text}")
    elif record["status"] not in {None, answer.status_code}:
        wrong.append(f"status {answer.status_code} instead of {record['status']}")
    if "text" in record:
        text = body if isinstance(body, str) else body.get("error") or body.get("message")
        if _masked(str(text)) != _masked(record["text"]):
            wrong.append(f"text {text!r} instead of {record['text']!r}")
    if "code" in record and body["status"] != record["code"]:
        wrong.append(f"code {body['status']} instead of {record['code']}")
    if "shape" not in record:
        return Comparison(tuple(wrong), ())
    found = list(differences(body, record["shape"], ""))
    older = {f"no {key}" for key in OLDER_KEYS.get(number, ())}
    wrong += [text for sign, text in found if sign == "-" and text not in older]
    return Comparison(tuple(wrong), tuple(sorted({text for sign, text in found if sign == "+"})))


def differences(value: Any, recorded: Any, where: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Yield `-` for what is missing or of another kind, `+` for a key that only the value has."""
    if recorded == "null" or value is None:
        return  # a key that is there and says nothing
    if isinstance(recorded, dict) and isinstance(value, dict):
        yield from _keys_that_differ(value, recorded, where)
    elif isinstance(recorded, list) and isinstance(value, list):
        if value and recorded:
            yield from differences(value[0], recorded[0], where or "[]")
    elif not isinstance(recorded, str) or not isinstance(value, _KINDS[recorded]):
        wanted = recorded if isinstance(recorded, str) else type(recorded).__name__
        yield "-", f"{where or 'body'}: no {wanted}"


def _keys_that_differ(
    value: dict[str, Any], recorded: dict[str, Any], where: str
) -> Iterator[tuple[str, str]]:
    if not recorded:
        return  # what was in it is not recorded
    for key, inner in recorded.items():
        path = f"{where}.{key}".removeprefix(".")
        if key in value:
            yield from differences(value[key], inner, path)
        elif inner != "null":
            yield "-", f"no {path}"
    for key in value.keys() - recorded.keys():
        yield "+", f"{where}.{key}".removeprefix(".")


def _masked(text: str) -> str:
    for pattern, name in _MASKS:
        text = pattern.sub(name, text)
    return text
