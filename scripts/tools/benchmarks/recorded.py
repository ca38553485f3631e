"""Count a sequence of requests: our own from the simulator, or any client's from a file.

A file holds one JSON object a line, in any order: `{"method": "GET", "path": "/v1/apps/web", "at": 0.05}`,
with `at` in seconds from any start. `query` and `body` (text) tell requests of one path apart; they may be
left out, and so may `status`. Other keys are ignored.
"""

from __future__ import annotations

import collections
import itertools
import json
from typing import TYPE_CHECKING, Any

import attrs

from scripts.tools.benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from fly_resources.testing import RecordedRequest

_READS = frozenset({"GET", "HEAD"})
_TOO_MANY = 429
#: Requests that were sent within so many seconds belong to one round.
_SAME_ROUND_S = 0.001


@attrs.frozen
class Sent:
    """One request of a sequence."""

    method: str
    path: str
    at: float
    query: str = ""
    body: str = ""
    status: int | None = None


@attrs.frozen
class Counts:
    """What a sequence of requests costs.

    Attributes:
        requests: All of them.
        rounds: Distinct moments of sending: each is at least one way to the service and back.
        writes: Those that are no reads.
        duplicates: Writes that repeat one of the same method, path, query and body. What made a thing
            that way has probably made two.
        too_many: Those that the service refused with 429.
    """

    requests: int
    rounds: int
    writes: int
    duplicates: int
    too_many: int


def count(sequence: Sequence[Sent]) -> Counts:
    """Count one sequence."""
    moments = sorted(request.at for request in sequence)
    gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
    writes = collections.Counter(
        (request.method, request.path, request.query, request.body)
        for request in sequence
        if request.method not in _READS and request.status != _TOO_MANY
    )
    return Counts(
        requests=len(sequence),
        rounds=min(1, len(moments)) + sum(gap > _SAME_ROUND_S for gap in gaps),
        writes=sum(request.method not in _READS for request in sequence),
        duplicates=sum(times - 1 for times in writes.values()),
        too_many=sum(request.status == _TOO_MANY for request in sequence),
    )


def from_simulator(requests: Iterable[RecordedRequest]) -> list[Sent]:
    """Return what a simulator has recorded as a sequence."""
    return [
        Sent(each.method, each.path, each.at, each.query, each.body.decode("utf-8", "replace"), each.status)
        for each in requests
    ]


def read_file(file: Path) -> list[Sent]:
    """Return the sequence in a file.

    Raises:
        ValueError: A line that is no such object, with its number.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_read_line(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _read_line(file: Path, number: int, line: str) -> Sent:
    try:
        row: Any = json.loads(line)
        status = row.get("status")
        return Sent(
            method=str(row["method"]).upper(),
            path=str(row["path"]),
            at=float(row["at"]),
            query=str(row.get("query") or ""),
            body=str(row.get("body") or ""),
            status=None if status is None else int(status),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise ValueError(
            f'{file.name}, line {number} is not like {{"method": "GET", "path": "/v1/apps", "at": 0.0}}'
        ) from wrong


def measure(file: Path) -> list[Figure]:
    """Return the figures of a file, under its name."""
    counts = count(read_file(file))
    return [
        Figure(f"{file.stem}.requests", counts.requests),
        Figure(f"{file.stem}.rounds", counts.rounds),
        Figure(f"{file.stem}.writes", counts.writes),
        Figure(f"{file.stem}.duplicates", counts.duplicates, 0, "the same write twice makes two of a thing"),
        Figure(f"{file.stem}.too_many", counts.too_many, 0, "429: the rate limits can be kept"),
    ]
