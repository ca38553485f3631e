"""The beliefs: every field of `Behaviour` with its fact and its values, and what a value excuses."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources.testing import Behaviour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_resources.testing._switches import Switch


@attrs.frozen(eq=False)
class Belief:
    """One value of one switch."""

    switch: Switch
    value: Any

    def __str__(self) -> str:
        return f"{self.switch.name}={spelled(self.value)}"


#: What the service is believed to do: one belief, two, or none (all defaults).
Beliefs: TypeAlias = tuple[Belief, ...]


def spelled(value: Any) -> str:  # noqa: ANN401  # any value of a switch
    """Write a value the same way each time, as the table of the documentation does."""
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(map(str, value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {value[key]:g}" for key in sorted(value)) + "}"
    return repr(value)


SWITCHES: Final[tuple[Switch, ...]] = Behaviour.facts()


def single() -> list[Beliefs]:
    """Every value that is not the default, alone."""
    return [(Belief(switch, value),) for switch in SWITCHES for value in switch.others]


def pairs(count: int, seed: object) -> list[Beliefs]:
    """So many pairs of values of two switches, the same each time."""
    found = [
        (one, other)
        for (one,), (other,) in itertools.combinations(single(), 2)
        if one.switch.name != other.switch.name
    ]
    chance = random.Random(f"{seed}")  # noqa: S311  # a sample, not cryptography
    return chance.sample(found, min(count, len(found)))


def behaviour(beliefs: Sequence[Belief]) -> Behaviour:
    """Return the service as it would be."""
    return attrs.evolve(Behaviour(), **{belief.switch.name: belief.value for belief in beliefs})


@attrs.frozen
class Excuse:
    """Errors that a call may end with under a belief: the leaves of what it raises, by their names."""

    errors: frozenset[str]
    why: str


def _excuse(why: str, *names: str) -> Excuse:
    return Excuse(frozenset(names), why)


#: Under these, nobody could do what is asked for; then the call has to end with one of these errors. A value
#: of None stands for all that are not the default.
EXCUSES: Final[dict[tuple[str, Any], Excuse]] = {
    ("empty_lists", None): _excuse("a list contradicts what else is read", "ContradictionError"),
    ("short_lists", None): _excuse("a list contradicts what else is read", "ContradictionError"),
    ("missing_configs", "everywhere"): _excuse("no answer tells the config", "UnreadableMachineError"),
    ("host_status_shown", False): _excuse(
        "of a lost host only the config is missing", "UnreadableMachineError"
    ),
    ("machines_per_app", None): _excuse("the account is at its limit", "QuotaExceededError"),
    ("machine_limit", None): _excuse("the account is at its limit", "QuotaExceededError"),
    ("service_protocol_required", True): _excuse("the description lacks it", "BadRequestError"),
    ("created_s", None): _excuse("nothing starts in time", "WaitTimeoutError", "StuckMachineError"),
    ("dead_host_delete", "refused"): _excuse("nothing can be destroyed there", "RequestTimedOutError"),
}


def excuses(beliefs: Sequence[Belief]) -> frozenset[str]:
    """Return the names of errors that these beliefs excuse."""
    found: set[str] = set()
    for belief in beliefs:
        for value in {None, belief.value if isinstance(belief.value, str | bool) else None}:
            excuse = EXCUSES.get((belief.switch.name, value))
            found |= set() if excuse is None else excuse.errors
    return frozenset(found)
