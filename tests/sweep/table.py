"""The whole sweep on all cores, and its table, for `scripts/bench --faults`."""

from __future__ import annotations

import itertools
import math
import multiprocessing
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.sweep.beside import judge_beside
from tests.sweep.runs import Client, Verdict, clean
from tests.sweep.runs import judge as judge_alone
from tests.sweep.scenarios import SCENARIOS
from tests.sweep.troubles import GROUPS, KINDS, Beside, Death, Trouble, beside, deaths, pairs, single, twice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fly_resources.testing import RecordedRequest

#: Pairs of faults a scenario.
PAIRS: Final = 40
#: One case of so many is run with each client.
_SHARES: Final[dict[Client, int]] = {"async": 1, "sync": 8}
CLIENTS: Final[tuple[Client, Client]] = ("sync", "async")
RESULTS: Final = ("at once", "on re-run", "violation")
_Case: TypeAlias = tuple[str, Client, Trouble]


def cases(name: str, *, pair_count: int = PAIRS) -> list[Trouble]:
    """Return all the trouble of a scenario."""
    sent = clean(name).sent
    dead = (each for each in deaths(sent) if not _is_keepers(name, sent, each))
    met = () if SCENARIOS[name].call.then or SCENARIOS[name].behaviour.stale_reads else beside(sent)
    return [*single(sent), *pairs(sent, pair_count, name), *twice(sent, pair_count, name), *dead, *met]


def _is_keepers(name: str, sent: Sequence[RecordedRequest], death: Death) -> bool:
    """Whether it would meet an extension of a lease, which a thread beside the call sends."""
    operations = [request.operation for request in sent]
    first = operations.index("Machines_create_lease") + 1 if name.startswith("lease") else 0
    return bool(first) and first < death.nth and operations[death.nth - 1] == "Machines_create_lease"


def sample(name: str, client: Client, found: Sequence[Trouble], count: int) -> list[Trouble]:
    """Return so many of a scenario's cases, of each group in turn: the same each time, others a client."""
    chance = random.Random(f"{name} {client}")  # noqa: S311  # a sample, not cryptography
    mixed: dict[str, list[Trouble]] = {}
    for trouble in chance.sample(found, len(found)):
        mixed.setdefault(trouble.group, []).append(trouble)
    rounds = itertools.zip_longest(*(mixed[group] for group in chance.sample(sorted(mixed), len(mixed))))
    in_turn = (trouble for taken in rounds for trouble in taken if trouble is not None)
    return list(itertools.islice(in_turn, count))


def judge(name: str, client: Client, trouble: Trouble) -> Verdict:
    """Judge one case."""
    if isinstance(trouble, Beside):
        return judge_beside(name, client, trouble)
    return judge_alone(name, client, trouble)


def judge_all(todo: Iterable[_Case]) -> Iterator[Verdict]:
    """Judge cases on all cores."""
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_judge, todo, chunksize=16)


def _judge(case: _Case) -> Verdict:
    return judge(*case)


def table(verdicts: Iterable[Verdict]) -> str:
    """Count how the cases ended: by group of trouble, then for each client by scenario and by kind."""
    found = list(verdicts)
    lines = [*_groups(found), ""]
    keys: tuple[tuple[str, Iterable[str], Callable[[Verdict], str]], ...] = (
        ("scenario", SCENARIOS, lambda verdict: verdict.scenario),
        ("kind of trouble", KINDS, lambda verdict: verdict.trouble.kind),
    )
    for title, names, key in keys:
        counts: dict[tuple[str, str], Counter[str]] = {
            (name, client): Counter() for name in names for client in CLIENTS
        }
        for verdict in found:
            counts[key(verdict), verdict.client][verdict.result] += 1
        lines += [*_rows(title, counts), ""]
    return "\n".join(lines[:-1])


def _groups(found: Sequence[Verdict]) -> Iterator[str]:
    """The table of the documentation: both clients together."""
    cases = Counter(each.trouble.group for each in found)
    broken = Counter(each.trouble.group for each in found if each.broken)
    yield "| trouble | cases | violations |"
    yield "|---|--:|--:|"
    for group in GROUPS:
        yield f"| {group} | {cases[group]} | {broken[group]} |"
    yield f"| **all** | {cases.total()} | {broken.total()} |"


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


def sweep(only: str = "", share: int = 1) -> Iterator[Verdict]:
    """Judge the cases of the scenarios whose name holds `only`, or one of so many, spread over all groups.

    The two clients differ in their drivers alone: all cases are run with the async one, which is faster, and
    one in eight with the blocking one, too.
    """
    return judge_all(
        (name, client, trouble)
        for name in SCENARIOS
        if only in name
        for found in [cases(name)]
        for client in CLIENTS
        for trouble in sample(name, client, found, math.ceil(len(found) / share / _SHARES[client]))
    )
