"""The sweep over beliefs on all cores, and its table, for `scripts/bench --beliefs`."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Final

from tests.beliefs.runs import Case, Rival, Twin, Verdict, judge
from tests.beliefs.stories import STORIES
from tests.beliefs.switches import EXCUSES, SWITCHES, Beliefs, pairs, single, spelled
from tests.sweep.table import CLIENTS
from tests.sweep.troubles import ENDINGS, FAULTS, Death, Faulty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.sweep.troubles import Ending, OneTrouble

#: Pairs of values a story.
PAIRS: Final = 12
#: A call has about so many requests; trouble at a later one never comes.
_REQUESTS: Final = 24


def cases(name: str, *, pair_count: int = PAIRS) -> Iterator[Case]:
    """Return all cases of a story: no belief, each value alone, and pairs; each without and with trouble."""
    believed: list[Beliefs] = [(), *single(), *pairs(pair_count, name)]
    for each in believed:
        yield from cases_under(name, each)


def cases_under(name: str, believed: Beliefs) -> Iterator[Case]:
    """Return the cases of a story under some beliefs: one without trouble, and some with it."""
    chance = random.Random(f"{name} {' '.join(map(str, believed))}")  # noqa: S311  # a sample, not cryptography
    yield Case(name, chance.choice(CLIENTS), believed)
    calls = range(-len(STORIES[name].calls), 0)
    yield Case(name, chance.choice(CLIENTS), believed, _trouble(chance), chance.choice(calls))
    for rival in STORIES[name].rivals:
        # The first request is a read of what is there; so many follow before the last write.
        yield Case(name, chance.choice(CLIENTS), believed, Rival(chance.randint(2, _REQUESTS // 2), rival))
    if STORIES[name].rivals:
        yield Case(name, chance.choice(CLIENTS), believed, Twin(chance.randrange(1_000_000)))


def _trouble(chance: random.Random) -> OneTrouble:
    nth = chance.randint(1, _REQUESTS)
    if chance.random() < 0.15:
        ending: Ending = chance.choice(ENDINGS)
        return Death(nth, applied=chance.random() < 0.5, ending=ending)
    return Faulty(((nth, chance.choice(sorted(FAULTS))),))


def sample(count: int) -> list[Case]:
    """Return so many cases for each value of each switch, the same each time."""
    found = []
    for believed in [(), *single()]:
        chance = random.Random(f"sample {' '.join(map(str, believed))}")  # noqa: S311
        every = [
            case for name in chance.sample(sorted(STORIES), count) for case in cases_under(name, believed)
        ]
        found += chance.sample(every, count)
    return found


def judge_all(todo: Iterable[Case], processes: int | None = None) -> Iterator[Verdict]:
    """Judge cases on all cores, or on so many."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(judge, todo, chunksize=16)


def sweep(only: str = "", processes: int | None = None) -> Iterator[Verdict]:
    """Judge all cases of the stories whose name, or of the switches whose name, holds `only`."""
    found = [case for name in STORIES for case in cases(name)]
    chosen = [
        case for case in found if only in case.story or any(only in b.switch.name for b in case.beliefs)
    ]
    return judge_all(chosen, processes)


def table(verdicts: Iterable[Verdict]) -> str:
    """Count how the cases ended: by switch, then by story."""
    by_switch: dict[str, Counter[str]] = {"": Counter(), **{switch.name: Counter() for switch in SWITCHES}}
    by_story: dict[str, Counter[str]] = {name: Counter() for name in STORIES}
    for verdict in verdicts:
        for name in [belief.switch.name for belief in verdict.case.beliefs] or [""]:
            by_switch[name][verdict.result] += 1
        by_story[verdict.case.story][verdict.result] += 1
    return "\n".join([*_switch_rows(by_switch), "", *_story_rows(by_story)])


def _switch_rows(counts: dict[str, Counter[str]]) -> Iterator[str]:
    yield "| field of `Behaviour` | fact | values, the default first | cases | violations |"
    yield "|---|---|---|--:|--:|"
    none = counts[""]
    yield f"| none: all defaults | | | {none.total()} | {none['violation']} |"
    for switch in SWITCHES:
        found = counts[switch.name]
        yield f"{heading(switch.name)} {found.total()} | {found['violation']} |"


def heading(name: str) -> str:
    """Return the cells of a switch that say what it is."""
    switch = next(switch for switch in SWITCHES if switch.name == name)
    values = ", ".join(f"`{spelled(value)}`" for value in switch.values)
    return f"| `{switch.name}` | {switch.fact} | {values} |"


def excuse_rows() -> Iterator[str]:
    """Return the table of errors that a belief excuses."""
    yield "| value | errors | why |"
    yield "|---|---|---|"
    for (name, value), excuse in EXCUSES.items():
        which = f"`{name}`, not the default" if value is None else f"`{name}={spelled(value)}`"
        yield f"| {which} | {', '.join(f'`{each}`' for each in sorted(excuse.errors))} | {excuse.why} |"


_RESULTS: Final = ("done", "on re-run", "refused", "violation")


def _story_rows(counts: dict[str, Counter[str]]) -> Iterator[str]:
    yield f"| story | cases | {' | '.join(_RESULTS)} |"
    yield f"|---|--:|{'--:|' * len(_RESULTS)}"
    for name, found in counts.items():
        if found:
            yield f"| {name} | {found.total()} | {' | '.join(str(found[each]) for each in _RESULTS)} |"
    total: Counter[str] = sum(counts.values(), Counter())
    yield f"| **all** | {total.total()} | {' | '.join(str(total[each]) for each in _RESULTS)} |"


def grouped(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Return each kind of violation once: how often, and where it was seen first."""
    kinds: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for rule in verdict.broken:
            kinds.setdefault(_kind(rule), []).append(verdict)
    for kind, found in sorted(kinds.items(), key=lambda each: -len(each[1])):
        yield f"{len(found)} x {kind}\n    first: {found[0].case}"


def _kind(rule: str) -> str:
    """Leave out of a violation what differs from case to case."""
    return " ".join("#" if any(c.isdigit() for c in word) else word for word in rule.split())[:160]
