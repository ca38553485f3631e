"""What a plan says and what a run did, readable and typed."""

from __future__ import annotations

import copy
import functools
import io
import json
import pickle
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NoReturn, Self, TypeAlias, TypeVar

import attrs

from fly_resources._secret import Secret
from fly_resources.errors import ConfigurationError, ReconcileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fly_resources.errors import PermissionDeniedError
    from fly_resources.resources import Resource

__all__ = ["Action", "Change", "Event", "Outcome", "Plan", "Planned", "Report", "Unmanaged"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Action: TypeAlias = Literal["create", "update", "replace", "destroy", "adopt", "set", "blocked", "none"]
_SIGNS: Final[dict[Action, str]] = {
    "create": "+",
    "update": "~",
    "replace": "!",
    "destroy": "-",
    "adopt": "@",
    "set": "*",
    "blocked": "?",
    "none": "=",
}
#: Whether what cannot be changed may be destroyed and made again; with the word, also what others have set
#: something on that the description does not declare.
Replace: TypeAlias = bool | Literal["with_undeclared"]
_WORDS: Final[dict[Action, str]] = {"none": "unchanged"}
_MAX_VALUE: Final = 60


@attrs.frozen
class Change:
    """One field that differs: its path, and its value before and after."""

    path: str
    before: Any
    after: Any

    def __str__(self) -> str:
        """Show it on one line; long values are cut."""
        return f"{self.path}: {_short(self.before)} -> {_short(self.after)}"


def _short(value: object) -> str:
    if value is None:
        return "(none)"
    try:
        text = json.dumps(value, ensure_ascii=False, default=repr)
    except (TypeError, ValueError):
        text = repr(value)
    return text if len(text) <= _MAX_VALUE else f"{text[: _MAX_VALUE - 3]}..."


def _said(error: Exception | None) -> object:
    """Return what two errors are compared by: errors themselves are equal to none but themselves."""
    return error and (type(error), str(error))


class _Row:
    """A part of a plan or report: it can be copied, and pickled without the values of its `Secret`s."""

    __slots__ = ()

    def _fields(self) -> list[Any]:
        return [getattr(self, field.name) for field in attrs.fields(type(self))]  # type: ignore[arg-type]  # its kinds are attrs classes

    def __copy__(self) -> Self:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Copy the SDK's models too, which can be changed."""
        return type(self)(*copy.deepcopy(self._fields(), memo))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be made anew from its fields; a `Secret` in them gives its value to nobody then."""
        written = io.BytesIO()
        _Writer(written).dump(self._fields())
        return _read, (type(self), written.getvalue())


class _Writer(pickle.Pickler):
    """Leaves out the values of secrets."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  # as its base says
        return (_Unwritten, ()) if isinstance(value, Secret) else NotImplemented


def _read(kind: Callable[..., object], written: bytes) -> object:
    return kind(*pickle.loads(written))  # noqa: S301  # in the pickle that names this function


class _Unwritten(Secret):
    """Stands for a `Secret` in a plan or report that was pickled."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("")

    def reveal(self) -> NoReturn:
        raise ConfigurationError(
            "This secret is from a pickled plan or report, which its value was left out of: "
            "describe the resource anew, with the value."
        )


@attrs.frozen
class Planned(_Row, Generic[T_co]):
    """What would be done for one resource.

    Attributes:
        noun: The resource.
        action: What would be done.
        changes: Field by field.
        notes: What a person should know: downtime, cost, loss.
        observed: The SDK model as it is now, or None if there is none.
    """

    noun: Resource[T_co]
    action: Action
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    observed: T_co | None = attrs.field(default=None, repr=False)

    @property
    def changed(self) -> bool:
        """Return whether something would be written for it."""
        return self.action != "none"

    def __str__(self) -> str:
        """One line, and one a change."""
        lines = [f"{_SIGNS[self.action]} {self.noun}: {_WORDS.get(self.action, self.action)}"]
        if self.notes:
            lines[0] += f" ({'; '.join(self.notes)})"
        if self.action not in {"create", "destroy"}:
            lines += [f"    {change}" for change in self.changes]
        return "\n".join(lines)


@attrs.frozen
class Outcome(_Row, Generic[T_co]):
    """What was done for one resource.

    Attributes:
        noun: The resource.
        action: What was done; "none" if nothing had to be.
        changes: Field by field.
        changed: Whether anything about it differs from before.
        error: Why it failed, or None.
        notes: What a person should know of a resource that was left as it is, or is not gone yet.
    """

    noun: Resource[T_co]
    action: Action
    changes: tuple[Change, ...] = ()
    changed: bool = False
    error: Exception | None = attrs.field(default=None, eq=_said)
    model: T_co | None = attrs.field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    @property
    def resource(self) -> T_co:
        """The SDK's model of it, as last read.

        Raises:
            ReconcileError: There is none: it failed, or it did not exist when it was to be destroyed.
        """
        if self.model is None:
            why = f"it failed: {self.error}" if self.error else "; ".join(self.notes) or "it does not exist"
            raise ReconcileError(f"{self.noun} has no data to show: {why}.")
        return self.model

    def __str__(self) -> str:
        """One line, and one a change."""
        if self.error:
            return f"x {self.noun}: {self.action} failed: {self.error}"
        if not self.changed:
            return f"= {self.noun}: unchanged" + (f" ({'; '.join(self.notes)})" if self.notes else "")
        lines = [f"{_SIGNS[self.action]} {self.noun}: {self.action}"]
        if self.notes:
            lines[0] += f" ({'; '.join(self.notes)})"
        if self.action not in {"create", "destroy"}:
            lines += [f"    {change}" for change in self.changes]
        return "\n".join(lines)


def _find(rows: Sequence[Any], noun: Resource[Any], what: str) -> Any:  # noqa: ANN401  # Planned or Outcome
    for row in rows:
        if row.noun == noun:
            return row
    raise ConfigurationError(
        f"{noun} is not part of this {what}; it holds {', '.join(str(r.noun) for r in rows)}."
    )


@attrs.frozen
class Unmanaged:
    """Something that an app holds and that no named resource describes.

    Attributes:
        kind: "machine", "volume", "secret", "certificate" or "address".
        app: The app that holds it.
        id: What the API calls it: an id, a secret's name, a hostname or an address.
        name: What people call it; of an address, its type.
    """

    kind: str
    app: str
    id: str
    name: str

    def __str__(self) -> str:
        """Name it."""
        return f"{self.kind} {self.app}/{self.name}" + (f" ({self.id})" if self.id != self.name else "")


@attrs.frozen
class Plan:
    """What `ensure` or `destroy` would do, resource by resource, in order. Index it with a resource.

    Attributes:
        steps: A `Planned` a resource.
        unreadable: What the token may not read: app, kind, and the service's refusal.
    """

    steps: tuple[Planned[Any], ...]
    unreadable: tuple[tuple[str, str, PermissionDeniedError], ...] = attrs.field(
        default=(), eq=lambda rows: [(app, kind, _said(error)) for app, kind, error in rows]
    )
    _find_unmanaged: Callable[[], tuple[Unmanaged, ...]] = attrs.field(
        default=tuple, repr=False, eq=False, alias="find_unmanaged"
    )
    #: By the name of an app that would be destroyed: what it holds, named or not, by id.
    _held: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict, repr=False, eq=False, alias="held")

    @property
    def held(self) -> Mapping[str, Mapping[str, str]]:
        """What would go with each app that would be destroyed: by the app's name, ids and what they are."""
        return self._held

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep what else the apps hold, which is found here and now."""
        found = functools.partial(tuple, self.unmanaged)
        return Plan, (self.steps, self.unreadable, found)

    @property
    def unmanaged(self) -> tuple[Unmanaged, ...]:
        """What else these apps hold, of the kinds that were read; found when asked for."""
        return self._find_unmanaged()

    def __getitem__(self, noun: Resource[T]) -> Planned[T]:
        """Return the step for `noun`. Raises ConfigurationError if it is not part of the plan."""
        found: Planned[T] = _find(self.steps, noun, "plan")
        return found

    def __iter__(self) -> Iterator[Planned[Any]]:
        """Go through the steps."""
        return iter(self.steps)

    def __len__(self) -> int:
        """How many resources it covers."""
        return len(self.steps)

    @property
    def changed(self) -> bool:
        """Return whether anything would be written."""
        return any(step.changed for step in self.steps)

    def __str__(self) -> str:
        """A summary line, then the steps."""
        refused = [
            f"  ? {app}: its {kind} cannot be read with this token" for app, kind, _ in self.unreadable
        ]
        return "\n".join([f"Plan: {_sum(self.steps)}", *(_indent(step) for step in self.steps), *refused])


@attrs.frozen
class Report:
    """What was done, resource by resource. Index it with a resource."""

    outcomes: tuple[Outcome[Any], ...]

    def __getitem__(self, noun: Resource[T]) -> Outcome[T]:
        """Return the outcome for `noun`. Raises ConfigurationError if it is not part of the run."""
        found: Outcome[T] = _find(self.outcomes, noun, "report")
        return found

    def __iter__(self) -> Iterator[Outcome[Any]]:
        """Go through the outcomes."""
        return iter(self.outcomes)

    def __len__(self) -> int:
        """How many resources it covers."""
        return len(self.outcomes)

    @property
    def changed(self) -> bool:
        """Return whether anything differs from before."""
        return any(outcome.changed for outcome in self.outcomes)

    def __str__(self) -> str:
        """One line per resource."""
        return "\n".join(_indent(outcome) for outcome in self.outcomes)


@attrs.frozen
class Event(_Row):
    """One step of a run, for progress displays.

    Attributes:
        noun: The resource.
        action: What is being done.
        stage: "started", "progress", "done" or "failed".
        detail: A few words for people.
    """

    noun: Resource[Any]
    action: Action
    stage: Literal["started", "progress", "done", "failed"]
    detail: str = ""

    def __str__(self) -> str:
        """One line."""
        return f"{self.noun}: {self.action} {self.stage}" + (f" ({self.detail})" if self.detail else "")


def _indent(row: object) -> str:
    return "\n".join(f"  {line}" for line in str(row).splitlines())


def _sum(steps: Sequence[Planned[Any]]) -> str:
    counts = Counter(step.action for step in steps)
    parts = [f"{counts[action]} {action}" for action in _SIGNS if counts[action] and action != "none"]
    return (
        ", ".join(parts) + f"; {counts['none']} unchanged"
        if parts
        else f"nothing to do, {len(steps)} unchanged"
    )
