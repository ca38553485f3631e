"""What the flows of one `ensure` or `destroy` share while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

import attrs

from fly_resources._effects import Flow, call, now, sleep, tell
from fly_resources._flows.departed import Departed
from fly_resources.errors import ConfigurationError, WaitTimeoutError
from fly_resources.report import Action, Change, Event, Outcome, Plan, Planned, Replace
from fly_resources.resources import App

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fly_machines import models

    from fly_resources._effects import Call
    from fly_resources._flows.world import AppState
    from fly_resources.errors import ContradictionError
    from fly_resources.resources import Machine, Resource, Volume

T = TypeVar("T")
ModelT = TypeVar("ModelT")

#: How long a destroyed machine may keep its volume bound: up to a minute was seen (VO-15).
UNBIND_S = 90.0

#: How late a step notices that another one's read has been answered.
_GLANCE_S: Final = 0.1


def _check_limit(_: object, field: attrs.Attribute[Any], seconds: object) -> None:
    """Refuse a time limit that nothing could be compared with; None is one where it is the default."""
    if seconds is None and field.default is None:
        return
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0:
        return
    raise ConfigurationError(f"A time limit must be a number of seconds, 0 or more, got {seconds!r}.")


def _check_plan(_: object, __: attrs.Attribute[Any], shown: Any) -> None:  # noqa: ANN401  # what the caller gave
    if shown is not None and not isinstance(shown, Plan):
        raise ConfigurationError(f"plan is {type(shown).__name__}; give what plan() has returned.")


def _check_replace(_: object, __: object, word: object) -> None:
    if not isinstance(word, bool) and word != "with_undeclared":
        raise ConfigurationError(f"replace is {word!r}; give True, False or 'with_undeclared'.")


@attrs.frozen
class Options:
    """What the caller of a verb chose.

    `owner` marks the machines that are ours. `wait` and `step_timeout_s`: whether and how long a
    machine is waited for. `max_unavailable`: running machines of an app that change at once. `smoke_s`: how
    long one without checks has to stay up before the next one is changed. `force`: no gentle stop.
    `everything`: an app goes with what it holds that was not named. `replace`: what cannot be changed may be
    destroyed and made again; "with_undeclared": also where that could lose what others have set. `prune`:
    machines of ours that are no longer named go. `timeout_s`: when it has passed, nothing more is begun.
    `shown`: the plan beyond which nothing is done. `departed`: what this client has destroyed lately.
    """

    owner: str | None = None
    wait: bool = True
    step_timeout_s: float = attrs.field(default=300.0, validator=_check_limit)
    max_unavailable: int | str = 1
    smoke_s: float = attrs.field(default=10.0, validator=_check_limit)
    take_over: bool = False
    force: bool = False
    everything: bool = False
    replace: Replace = attrs.field(default=False, validator=_check_replace)
    prune: bool = False
    timeout_s: float | None = attrs.field(default=None, validator=_check_limit)
    departed: Departed = attrs.field(factory=Departed, repr=False, eq=False)
    shown: Plan | None = attrs.field(default=None, repr=False, validator=_check_plan)


@attrs.frozen
class Context:
    """What was asked for, and what was read for it."""

    nouns: tuple[Resource[Any], ...]
    world: dict[str, AppState]
    options: Options

    def state(self, noun: Resource[Any]) -> AppState:
        """Return what was read of the noun's app."""
        return self.world[noun.app_name]

    def contradiction(self, noun: Resource[Any], kinds: Iterable[str]) -> ContradictionError | None:
        """Return what contradicts itself in one of these kinds of the noun's app, if anything does."""
        found = self.state(noun).contradictions
        return next((found[kind] for kind in kinds if kind in found), None)

    def names_app_of(self, noun: Resource[Any]) -> bool:
        """Return whether the app that holds `noun` is named too: destroyed, it takes all along."""
        return any(isinstance(other, App) and other.name == noun.app_name for other in self.nouns)


@attrs.frozen
class HeldLease:
    """A lease that this run holds, and when it was taken or last extended."""

    nonce: str = attrs.field(repr=False)
    taken_at: float


@attrs.define
class Poll:
    """The newest list of an app's machines that waits share, and when it was read.

    `bare`: the list leaves configs out, so that looking at it costs one more read for each machine (MA-45).
    """

    at: float = float("-inf")
    machines: list[models.Machine] = attrs.field(factory=list)
    bare: bool = False
    busy: bool = False


@attrs.define
class Reading:
    """The newest answer to one read that steps share, and when it was asked for."""

    at: float = float("-inf")
    value: Any = None
    busy: bool = False


@attrs.define
class Run:
    """The state of one run: what it started from, and what came of it so far."""

    context: Context
    began: float
    outcomes: dict[Resource[Any], Outcome[Any]] = attrs.field(factory=dict)
    volumes: dict[Volume, models.Volume] = attrs.field(factory=dict)
    #: What our own answers named: ids of volumes, addresses. Only these may be deleted after a race.
    answered: dict[Resource[Any], tuple[str, ...]] = attrs.field(factory=dict)
    #: Nouns for which something was taken that no answer to this run's own request has named.
    found: set[Resource[Any]] = attrs.field(factory=set)
    #: Which noun stands for a disk, by its id: no other of this run takes it.
    claims: dict[str, Resource[Any]] = attrs.field(factory=dict)
    secrets_versions: dict[str, int] = attrs.field(factory=dict)
    leases: dict[tuple[str, str], HeldLease] = attrs.field(factory=dict, repr=False)
    digests: dict[str, dict[str, str]] = attrs.field(factory=dict, repr=False)
    waits: dict[str, int] = attrs.field(factory=dict)
    polls: dict[str, Poll] = attrs.field(factory=dict)
    readings: dict[tuple[str, str], Reading] = attrs.field(factory=dict)
    #: What a roll-out takes down only after this: the steps that wait for it.
    followers: dict[Resource[Any], tuple[Planned[Any], ...]] = attrs.field(factory=dict)
    #: Machines, by id, that this run updates or replaces: that restarts them, whatever it is for.
    updates: dict[str, Machine] = attrs.field(factory=dict)
    #: By machine id, how to show it its larger volume, if its update turns out to be none.
    restarts: dict[str, Callable[[], Flow[Any]]] = attrs.field(factory=dict)
    #: Machines whose marks this run wrote before it set secrets, as they are since.
    marked: dict[Resource[Any], models.Machine] = attrs.field(factory=dict)
    #: Apps that turned out to be there although reading them said 404: what they hold was read since.
    adopted_apps: set[str] = attrs.field(factory=set)
    last_created: float = 0.0
    deadline: float | None = None

    @property
    def options(self) -> Options:
        """What the caller chose."""
        return self.context.options

    def answered_to_others(self, noun: Resource[Any]) -> set[str]:
        """Return what answers to the creation of other nouns named: that is not this one's."""
        return {each for other, made in self.answered.items() if other != noun for each in made}

    def claim(self, noun: Resource[Any], thing_id: str) -> bool:
        """Take a disk for one noun; whether that was not too late. Two steps may ask at the same moment."""
        return self.claims.setdefault(thing_id, noun) == noun

    def is_claimed_by_other(self, noun: Resource[Any], thing_id: str) -> bool:
        """Return whether another noun stands for this disk."""
        return self.claims.get(thing_id, noun) != noun

    def record(
        self,
        planned: Planned[ModelT],
        model: ModelT | None,
        *,
        changed: bool = True,
        action: Action | None = None,
        changes: tuple[Change, ...] | None = None,
        notes: tuple[str, ...] = (),
    ) -> Outcome[ModelT]:
        """Keep what was done for one noun; what a plan notes counts where nothing was changed."""
        outcome = Outcome(
            planned.noun,
            action or planned.action,
            planned.changes if changes is None else changes,
            changed=changed,
            model=model,
            notes=planned.notes if planned.action == "none" and not changed else notes,
        )
        self.outcomes[planned.noun] = outcome
        return outcome


def destroy_step(noun: Resource[ModelT], found: ModelT | None, *loss: str) -> Planned[ModelT]:
    """Say that what is there would be destroyed, and what is lost with it."""
    return Planned(noun, "destroy", notes=loss, observed=found) if found else Planned(noun, "none")


def start_run(context: Context) -> Flow[Run]:
    """Begin to change things; the call's deadline counts from here."""
    run = Run(context, began=(yield from now()))
    if context.options.timeout_s is not None:
        run.deadline = run.began + context.options.timeout_s
    return run


def remember_gone(run: Run, ids: Iterable[str]) -> Flow[None]:
    """Remember what is gone, for lists that still show it."""
    run.options.departed.add(ids, (yield from now()))


def time_left(run: Run, began: float, more_s: float = 0.0) -> Flow[float]:
    """Return the seconds that a step which began then may still take, `more_s` beyond the step's limit."""
    moment = yield from now()
    left = began + run.options.step_timeout_s + more_s - moment
    return left if run.deadline is None else min(left, run.deadline - moment)


def check_deadline(noun: Resource[Any], run: Run) -> Flow[None]:
    """Raise if the call has timed out: no new write begins."""
    if run.deadline is not None and (yield from now()) >= run.deadline:
        raise WaitTimeoutError(
            f"{noun} was not begun: the {run.options.timeout_s:g} s of this call have passed. "
            "Run it again: it goes on from here."
        )


def check_trusted(step: Planned[Any], run: Run) -> None:
    """Refuse to write into an app whose answers contradict each other, whatever they are about (rule 9).

    Raises:
        ContradictionError: They do; that of the step's own kind if there is one.
    """
    found = run.context.state(step.noun).contradictions
    if found and step.action != "none":
        raise next((each for each in found.values() if str(each) in step.notes), next(iter(found.values())))


def report_stage(
    planned: Planned[Any], stage: Literal["started", "progress", "done", "failed"], detail: str = ""
) -> Flow[None]:
    """Tell whoever watches how far one noun is."""
    yield from tell(Event(planned.noun, planned.action, stage, detail))


def read_together(run: Run, app: str, make: Callable[[str], Call[T]]) -> Flow[T]:
    """Send a read, or take the answer of another step that asked for the same one no earlier than now.

    So a hundred steps that look whether something has appeared cost one list, not a hundred.
    """
    asked = yield from now()
    reading = run.readings.setdefault((app, make.__name__), Reading())
    while reading.busy or reading.at < asked:
        if reading.busy:
            yield from sleep(_GLANCE_S)
            continue
        reading.busy = True
        try:
            moment = yield from now()
            reading.value = yield from call(make(app))
            reading.at = moment
        finally:
            reading.busy = False
    return cast("T", reading.value)
