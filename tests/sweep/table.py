"""The whole sweep on all cores, and its table, for `scripts/bench --faults`."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.sweep.runs import Client, Verdict, clean, judge
from tests.sweep.scenarios import SCENARIOS
from tests.sweep.troubles import KINDS, Trouble, deaths, pairs, single

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Pairs of faults a scenario.
PAIRS: Final = 40
CLIENTS: Final[tuple[Client, Client]] = ("sync", "async")
RESULTS: Final = ("at once", "on re-run", "violation")
_Case: TypeAlias = tuple[str, Client, Trouble]


def cases(name: str, *, pair_count: int = PAIRS) -> list[Trouble]:
    """Return all the trouble of a scenario."""
    sent = clean(name).sent
    return [*single(sent), *pairs(sent, pair_count, name), *deaths(sent)]


def sample(name: str, client: Client, found: Sequence[Trouble], count: int) -> list[Trouble]:
    """Return so many of a scenario's cases, the same each time and others for each client."""
    chance = random.Random(f"{name} {client}")  # noqa: S311  # a sample, not cryptography
    return chance.sample(found, min(count, len(found)))


def judge_all(todo: Iterable[_Case]) -> Iterator[Verdict]:
    """Judge cases on all cores."""
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_judge, todo, chunksize=16)


def _judge(case: _Case) -> Verdict:
    return judge(*case)


def table(verdicts: Iterable[Verdict]) -> str:
    """Count how the cases ended: by scenario and client, then by kind of trouble."""
    by_scenario: dict[tuple[str, str], Counter[str]] = {
        (name, client): Counter() for name in SCENARIOS for client in CLIENTS
    }
    by_kind: dict[tuple[str, str], Counter[str]] = {
        (kind, client): Counter() for kind in KINDS for client in CLIENTS
    }
    for verdict in verdicts:
        by_scenario[verdict.scenario, verdict.client][verdict.result] += 1
        by_kind[verdict.trouble.kind, verdict.client][verdict.result] += 1
    return "\n".join([*_rows("scenario", by_scenario), "", *_rows("trouble", by_kind)])


def _rows(title: str, counts: dict[tuple[str, str], Counter[str]]) -> Iterator[str]:
    columns = [f"{client}: {column}" for client in CLIENTS for column in ("cases", *RESULTS)]
    yield f"| {title} | {' | '.join(columns)} |"
    yield f"|---|{'--:|' * len(columns)}"
    total: dict[str, Counter[str]] = {client: Counter() for client in CLIENTS}
    for name in dict.fromkeys(name for (name, _), counter in counts.items() if counter):
        row = [counts.get((name, client), Counter()) for client in CLIENTS]
        yield _row(name, *row)
        for client, counter in zip(CLIENTS, row, strict=True):
            total[client].update(counter)
    yield _row("**all**", *total.values())


def _row(name: str, *counters: Counter[str]) -> str:
    cells = [
        str(number)
        for counter in counters
        for number in (counter.total(), *(counter[result] for result in RESULTS))
    ]
    return f"| {name} | {' | '.join(cells)} |"


def sweep(only: str = "") -> Iterator[Verdict]:
    """Judge all cases of the scenarios whose name holds `only`, with both clients."""
    found = {name: cases(name) for name in SCENARIOS if only in name}
    return judge_all(
        (name, client, trouble)
        for name, all_of_it in found.items()
        for client in CLIENTS
        for trouble in all_of_it
    )
