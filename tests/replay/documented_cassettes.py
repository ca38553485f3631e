"""Assemble the cassettes of tests/replay/documented: the documentation's bodies in our arrangement."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
BODIES = ROOT / "tests" / "codegen" / "recorded" / "responses.json"
ARRANGEMENT = ROOT / "tests" / "replay" / "documented" / "arrangement.json"


def assemble(into: Path) -> None:
    """Write one cassette for each entry of the arrangement."""
    known: dict[int, dict[str, Any]] = {
        each["rr"]: each for each in json.loads(BODIES.read_text(encoding="utf-8"))
    }
    arranged: dict[str, list[dict[str, Any]]] = json.loads(ARRANGEMENT.read_text(encoding="utf-8"))
    into.mkdir(parents=True, exist_ok=True)
    for name, steps in arranged.items():
        interactions = [interaction(step, known.get(step["rr"], step)) for step in steps]
        text = yaml.safe_dump({"version": 1, "interactions": interactions})
        (into / f"{name}.yaml").write_text(text, encoding="utf-8")


def interaction(step: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return one request and its answer as vcrpy writes them."""
    method, _, path = step["send"].partition(" ")
    body = answer["body"]
    arranged, _, index = step.get("as", "whole").partition(" ")
    if arranged == "list":
        body = [body]
    elif arranged == "item":
        body = body[int(index)]
    body = with_images(body)
    return {
        "request": {
            "method": method,
            "uri": f"https://api.machines.dev/v1{path}",
            "body": "",
            "headers": {},
        },
        "response": {
            "status": {"code": answer["status"], "message": ""},
            "headers": {"content-type": ["application/json; charset=utf-8"]},
            "body": {"string": json.dumps(body, separators=(",", ":"))},
        },
    }


def with_images(body: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Give configs that the documentation leaves out the image that stands beside them."""
    if isinstance(body, list):
        return [with_images(each) for each in body]
    if not isinstance(body, dict) or "_elided" not in (body.get("config") or {}):
        return body
    return {**body, "config": {"image": body["image_ref"]["repository"]}}


if __name__ == "__main__":
    assemble(Path(sys.argv[1]) / "documented")
