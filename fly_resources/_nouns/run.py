"""The state that the flows of one `ensure` or `destroy` share while it runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import attrs

from fly_resources._checks import fields
from fly_resources._checks.arguments import is_number, is_whole
from fly_resources._engine.effects import Flow, now, tell
from fly_resources._nouns.departed import Departed
from fly_resources._nouns.described import Described, describe
from fly_resources._nouns.listings import Machines
from fly_resources.errors import ConfigurationError, WaitTimeoutError
from fly_resources.report import Event, Outcome, Plan, Planned, Replace
from fly_resources.resources import App

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from fly_machines import models

    from fly_resources._nouns.world import AppState
    from fly_resources.resources import Resource, Volume

ModelT = TypeVar("ModelT")

#: How long a destroyed machine may keep its volume bound, in seconds: up to a minute was seen (VO-15).
UNBIND_S: Final = 90.0

#: The time of a list that was not made yet.
NEVER: Final = float("-inf")


def _check_limit(_: object, field: attrs.Attribute[Any], seconds: Any) -> None:  # noqa: ANN401  # what the caller gave
    """Refuse a time limit that is not a number of seconds; None is allowed if it is the default."""
    is_time = is_number(seconds) and seconds >= 0
    if not is_time and not (seconds is None and field.default is None):
        raise ConfigurationError(f"A time limit must be a number of seconds, 0 or more, got {seconds!r}.")


def _check_width(_: object, __: object, limit: object) -> None:
    is_share = isinstance(limit, str) and re.fullmatch(r"(100|[1-9][0-9]?)%", limit)
    if not is_share and not is_whole(limit, 1):
        raise ConfigurationError(
            f"max_unavailable must be a whole number from 1, or '1%' to '100%', got {limit!r}."
        )


def _check_plan(_: object, __: attrs.Attribute[Any], shown: Any) -> None:  # noqa: ANN401  # what the caller gave
    if shown is not None and not isinstance(shown, Plan):
        raise ConfigurationError(f"plan must be a Plan from plan(), got {type(shown).__name__}.")


def _check_replace(_: object, __: object, word: object) -> None:
    if not isinstance(word, bool) and word != "with_undeclared":
        raise ConfigurationError(f"replace must be True, False or 'with_undeclared', got {word!r}.")


def _check_flag(_: object, field: attrs.Attribute[bool], value: object) -> None:
    fields.check_flag(field.name, value)


@attrs.frozen
class HeldLease:
    """A lease that this run holds, and when it was acquired or last extended."""

    nonce: str = attrs.field(repr=False)
    taken_at: float


@attrs.frozen
class Options:
    """The options that the caller of a verb chose.

    `owner` marks the machines that are ours. `wait` and `step_timeout_s`: whether to wait for a machine, and
    for how many seconds. `max_unavailable`: running machines of an app that change at once. `smoke_s`: how
    many seconds a machine without checks has to stay up before the next one is changed. `take_over`: machines
    that flyctl deploys may be changed. `force`: no graceful stop. `everything`: an app is destroyed with what
    it holds that was not named. `replace`: what cannot be changed in place may be destroyed and recreated;
    "with_undeclared": even if that could lose what others have set. `prune`: machines of ours that are no
    longer named are destroyed. `timeout_s`: after this many seconds, nothing new is started. `shown`: nothing
    beyond this plan is done. `departed`: what this client has destroyed recently. `leases`: those that the
    call holds; its client releases them after an interrupt.
    """

    owner: str | None = None
    wait: bool = attrs.field(default=True, validator=_check_flag)
    step_timeout_s: float = attrs.field(default=300.0, validator=_check_limit)
    max_unavailable: int | str = attrs.field(default=1, validator=_check_width)
    smoke_s: float = attrs.field(default=10.0, validator=_check_limit)
    take_over: bool = attrs.field(default=False, validator=_check_flag)
    force: bool = attrs.field(default=False, validator=_check_flag)
    everything: bool = attrs.field(default=False, validator=_check_flag)
    replace: Replace = attrs.field(default=False, validator=_check_replace)
    prune: bool = attrs.field(default=False, validator=_check_flag)
    timeout_s: float | None = attrs.field(default=None, validator=_check_limit)
    departed: Departed = attrs.field(factory=Departed, repr=False, eq=False)
    shown: Plan | None = attrs.field(default=None, repr=False, validator=_check_plan)
    leases: dict[tuple[str, str], HeldLease] = attrs.field(factory=dict, init=False, repr=False, eq=False)


@attrs.frozen
class Context:
    """The requested resources and what was read for them."""

    described: Described = attrs.field(converter=describe)
    world: dict[str, AppState]
    options: Options
    #: Which volume is matched to which resource, as far as determined; see `volume.matching`.
    matches: dict[Hashable, Any] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def resources(self) -> Sequence[Resource[Any]]:
        """The requested resources."""
        return self.described.resources

    def state(self, resource: Resource[Any]) -> AppState:
        """Return what was read of the resource's app."""
        return self.world[resource.app_name]

    def names_app_of(self, resource: Resource[Any]) -> bool:
        """Return whether the app of the resource is named too; if destroyed, it takes everything with it."""
        return bool(self.described.of_kind(App, resource.app_name))


@attrs.define
class Poll:
    """The newest list of an app's machines that its waits share, and when it was read.

    `waits`: how many wait now. `bare`: the list omits configs, so that checking it costs one more read per
    machine (MA-45).
    """

    waits: int = 0
    at: float = NEVER
    machines: Machines = attrs.field(factory=Machines)
    bare: bool = False
    busy: bool = False


@attrs.define(eq=False)
class Growth:
    """The work that growing a volume leaves to the later update of the machine that mounts it.

    `restart` makes the machine see the new size if it turns out that it needs no update.
    """

    machine_id: str
    restart: Callable[[], Flow[Any]] | None = None


@attrs.define(eq=False)
class SecretsSet:
    """An app's secrets once a run has set them: the service's digest of each, and the app's version."""

    digests: dict[str, str] = attrs.field(factory=dict, repr=False)
    version: int | None = None


@attrs.define(eq=False)
class Handover:
    """What other nodes of the graph hand to the step of a machine.

    `secrets`: the app's, as set by this run. `growth`: what growing its volume leaves to it. `is_followed`:
    whether another healthy machine is taken down after this one. `marked`: the machine with our metadata,
    once this run has written it.
    """

    secrets: SecretsSet
    growth: Growth | None = None
    is_followed: Callable[[], bool] = lambda: False
    marked: models.Machine | None = None


@attrs.define
class Run:
    """The state of one run: its input and its results so far."""

    context: Context
    outcomes: dict[Resource[Any], Outcome[Any]] = attrs.field(factory=dict)
    volumes: dict[Volume, models.Volume] = attrs.field(factory=dict)
    #: The created volumes and addresses with their ids from our own answers: only these may be deleted after
    #: a race. Without any, what is there was found, not named in an answer.
    created: dict[Resource[Any], tuple[str, ...]] = attrs.field(factory=dict)
    #: The resource that a volume or new address belongs to, by its id: no other one of this run takes it.
    claims: dict[str, Resource[Any]] = attrs.field(factory=dict)
    polls: dict[str, Poll] = attrs.field(factory=dict)
    #: Apps that exist although reading them gave a 404; what they hold was read afterwards.
    adopted_apps: set[str] = attrs.field(factory=set)
    #: The number of failed machines whose log was read.
    logs_read: int = 0
    last_created: float = 0.0
    deadline: float | None = None

    @property
    def options(self) -> Options:
        """The options that the caller chose."""
        return self.context.options

    @property
    def leases(self) -> dict[tuple[str, str], HeldLease]:
        """The leases that the run holds, by app and machine id."""
        return self.options.leases

    def poll(self, app: str) -> Poll:
        """Return what the waits in this app share."""
        return self.polls.setdefault(app, Poll())

    def note_created(self, resource: Resource[Any], *ids: str) -> None:
        """Note what the answer to the creation of a resource named, which no other resource takes."""
        self.created[resource] = ids
        for each in ids:
            self.claim(resource, each)

    def claim(self, resource: Resource[Any], thing_id: str) -> bool:
        """Claim something for a resource; return False if another has it. Two steps may ask at once."""
        return self.claims.setdefault(thing_id, resource) == resource

    def is_claimed_by_other(self, resource: Resource[Any], thing_id: str) -> bool:
        """Return whether another resource has claimed it."""
        return self.claims.get(thing_id, resource) != resource

    def record(
        self, planned: Planned[ModelT], model: ModelT | None, *notes: str, changed: bool = True
    ) -> None:
        """Record the outcome of one resource; the plan's notes are kept if nothing was changed."""
        self.outcomes[planned.resource] = Outcome(
            planned.resource,
            planned.action,
            planned.changes,
            changed=changed,
            observed=model,
            notes=planned.notes if planned.action == "none" and not changed else notes,
        )

    def record_as_found(self, planned: Planned[ModelT], model: ModelT | None, *notes: str) -> None:
        """Record a resource that turned out to need no change."""
        self.record(attrs.evolve(planned, action="none", changes=(), notes=notes), model, changed=False)


def destroy_step(resource: Resource[ModelT], found: ModelT | None, *loss: str) -> Planned[ModelT]:
    """Plan the destruction of what was found, with notes on what is lost."""
    return Planned(resource, "destroy", notes=loss, observed=found) if found else Planned(resource, "none")


def start_run(context: Context) -> Flow[Run]:
    """Start a run; the call's deadline counts from here."""
    began, limit = (yield from now()), context.options.timeout_s
    return Run(context, deadline=None if limit is None else began + limit)


def remember_gone(run: Run, ids: Iterable[str]) -> Flow[None]:
    """Remember ids that are gone, because lists may still show them."""
    run.options.departed.add(ids, (yield from now()))


def time_left(run: Run, began: float, more_s: float = 0.0) -> Flow[float]:
    """Return the seconds left for a step that began at `began`, `more_s` beyond the step's limit."""
    moment = yield from now()
    left = began + run.options.step_timeout_s + more_s - moment
    return left if run.deadline is None else min(left, run.deadline - moment)


def check_deadline(resource: Resource[Any], run: Run) -> Flow[None]:
    """Raise `WaitTimeoutError` if the call has timed out, so that no new write begins."""
    if run.deadline is not None and (yield from now()) >= run.deadline:
        raise WaitTimeoutError(
            f"{resource} was not begun: the {run.options.timeout_s:g} s of this call have passed. Run it "
            "again: it continues from here."
        )


def check_trusted(step: Planned[Any], run: Run) -> None:
    """Refuse to write to an app whose answers contradict each other, whatever they concern (rule 9).

    Raises:
        ContradictionError: The answers do; the error is that of the step's own kind if there is one.
    """
    found = run.context.state(step.resource).contradictions
    if found and step.action != "none":
        raise next((each for each in found.values() if str(each) in step.notes), next(iter(found.values())))


def report_stage(
    planned: Planned[Any], stage: Literal["started", "progress", "done", "failed"], detail: str = ""
) -> Flow[None]:
    """Report the progress of one resource to observers."""
    yield from tell(Event(planned.resource, planned.action, stage, detail))
