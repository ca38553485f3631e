"""The results of a plan and of a run, typed and readable."""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar, cast

import attrs

from fly_resources import _plan_files
from fly_resources._errors import PermissionDeniedError, ReconcileError, filled
from fly_resources._lazy import lazy
from fly_resources._rows import Row, find, holds
from fly_resources.resources import Resource  # noqa: TC001  # for typing.get_type_hints

if TYPE_CHECKING:
    from fly_machines import models
else:
    models = lazy("fly_machines.models")

__all__ = [
    "Action",
    "Change",
    "Event",
    "ExecResult",
    "LogLine",
    "Outcome",
    "Plan",
    "Planned",
    "Report",
    "RunResult",
    "Unmanaged",
]

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
#: Whether a resource that cannot be changed may be destroyed and created again. "with_undeclared" includes
#: machines with settings that the description does not declare.
Replace: TypeAlias = bool | Literal["with_undeclared"]
_MAX_VALUE: Final = 60


@attrs.frozen
class Change:
    """One field that differs: its path, and its value before and after."""

    path: str
    before: Any
    after: Any

    def __str__(self) -> str:
        """Return one line; long values are truncated."""
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
    """Return a value to compare errors by: exceptions compare by object identity."""
    return error and (type(error), str(error))


@attrs.frozen
class Planned(Row, Generic[T_co]):
    """What would be done for one resource.

    Attributes:
        resource: The described resource.
        action: What would be done.
        changes: The fields that differ.
        notes: What to know before applying it: downtime, cost, loss of data.
        observed: The SDK model as it is now, or None if it does not exist.
        error: Why it cannot be done as described, or None; `ensure` and `destroy` raise it.
        seen: Id and version (for a secret, its digest) of what exists now, or None if nothing does.
    """

    resource: Resource[T_co]
    action: Action
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    observed: T_co | None = attrs.field(default=None, repr=False)
    error: Exception | None = attrs.field(default=None, repr=False, eq=_said)
    seen: tuple[str | None, str | None] | None = attrs.field(default=None, repr=False, eq=False)

    @property
    def writes(self) -> bool:
        """Return whether a request would be sent for it."""
        return self.action != "none"

    @property
    def changed(self) -> bool:
        """Return whether it is known to differ; a secret that is only set again does not count."""
        is_there = self.observed is not None or self.seen is not None
        return self.writes and not (self.action == "set" and is_there)

    def __str__(self) -> str:
        """Return one line, and one more per change."""
        return _told(self)


@attrs.frozen
class Outcome(Row, Generic[T_co]):
    """What was done for one resource.

    Attributes:
        resource: The described resource.
        action: What was done; "none" if nothing had to be.
        changes: The fields that were changed.
        changed: Whether anything about it has changed.
        error: Why it failed, or None.
        observed: The SDK's model of it, as last read; None if it failed or does not exist.
        notes: Remarks on a resource that was left unchanged, or is still being destroyed.
    """

    resource: Resource[T_co]
    action: Action
    changes: tuple[Change, ...] = ()
    changed: bool = False
    error: Exception | None = attrs.field(default=None, eq=_said)
    observed: T_co | None = attrs.field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    @property
    def model(self) -> T_co:
        """Return the SDK's model of it, as last read.

        Raises:
            ReconcileError: There is none: the resource failed, or did not exist before `destroy`.
        """
        if self.observed is None:
            why = f"it failed: {self.error}" if self.error else "; ".join(self.notes) or "it does not exist"
            raise ReconcileError(f"{self.resource} has no model: {why}.")
        return self.observed

    def __str__(self) -> str:
        """Return one line, and one more per change."""
        if self.error:
            return f"x {self.resource}: {_failed(self.action)}: {self.error}"
        if not self.changed:
            return _told(attrs.evolve(self, action="none", changes=()))
        return _told(self)


def _failed(action: Action) -> str:
    """Return the words for a failed action; what is blocked was never begun."""
    return action if action == "blocked" else f"{action} failed"


def _told(row: Planned[Any] | Outcome[Any]) -> str:
    """Tell of a row what is done, its notes, and below that what changes."""
    word = "unchanged" if row.action == "none" else row.action
    notes = f" ({'; '.join(row.notes)})" if row.notes else ""
    changes = () if row.action in {"create", "destroy"} else row.changes
    return "\n".join(
        [f"{_SIGNS[row.action]} {row.resource}: {word}{notes}", *(f"    {each}" for each in changes)]
    )


@attrs.frozen
class Unmanaged:
    """Something that an app holds and no described resource covers.

    Attributes:
        kind: "machine", "volume", "secret", "certificate" or "address".
        app: The app that holds it.
        id: Its identifier in the API: an id, a secret's name, a hostname or an address.
        name: Its name; for an address, its type.
    """

    kind: str
    app: str
    id: str
    name: str

    def __str__(self) -> str:
        """Return one line: kind, name and id."""
        return f"{self.kind} {self.app}/{self.name}" + (f" ({self.id})" if self.id != self.name else "")


@attrs.frozen
class Plan:
    """What `ensure` or `destroy` would do, resource by resource, in order. Index it with a resource.

    Attributes:
        steps: One `Planned` per resource.
        unreadable: What the token may not read: app, kind, and the service's refusal.
        held: What would be destroyed with each app: by the app's name, ids and what they are.
        notes: Warnings, such as an image tag that can move, or a service that nobody can reach.
        options: Options that no step shows; the plan is applied only with the same ones.
    """

    steps: tuple[Planned[Any], ...]
    unreadable: tuple[tuple[str, str, PermissionDeniedError], ...] = attrs.field(
        default=(), eq=lambda rows: [(app, kind, _said(error)) for app, kind, error in rows]
    )
    _find_unmanaged: Callable[[], tuple[Unmanaged, ...]] = attrs.field(
        default=tuple, repr=False, eq=False, alias="find_unmanaged"
    )
    held: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict, repr=False, eq=False)
    notes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    options: Mapping[str, Any] = attrs.field(factory=dict, kw_only=True, repr=False, eq=False)

    @functools.cached_property
    def _by_resource(self) -> Mapping[Resource[Any], Planned[Any]]:
        return {step.resource: step for step in self.steps}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the unmanaged resources too, which are found now if they were not before."""
        found = functools.partial(tuple, self.unmanaged)
        made = functools.partial(Plan, notes=self.notes, options=self.options)
        return made, (self.steps, self.unreadable, found, self.held)

    @property
    def unmanaged(self) -> tuple[Unmanaged, ...]:
        """Return what else these apps hold, of the kinds that were read. It is found on first access."""
        return self._find_unmanaged()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the plan to a JSON file, to review it and apply it later (`Plan.load`).

        The file holds identities, actions, changes and notes: no value of a secret, and no value from a
        machine's environment that the plan does not show.

        Raises:
            ConfigurationError: The file cannot be written.
        """
        rows = [
            {
                "resource": _plan_files.spell(step.resource),
                "action": step.action,
                "changes": [attrs.asdict(change) for change in step.changes],
                "notes": step.notes,
                "error": None if step.error is None else str(step.error),
                "seen": step.seen,
            }
            for step in self.steps
        ]
        refused = [(app, kind, error.args[0]) for app, kind, error in self.unreadable]
        unmanaged = [attrs.asdict(each) for each in self.unmanaged]
        _plan_files.write(
            path,
            steps=rows,
            unreadable=refused,
            unmanaged=unmanaged,
            held=self.held,
            notes=self.notes,
            options=self.options,
        )

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Plan:
        """Read a plan that `save` has written. Its steps hold no models; pass it to `ensure(plan=...)`.

        Raises:
            ConfigurationError: The file does not exist or is not a saved plan.
        """
        document = _plan_files.read(path)
        try:
            unmanaged = [Unmanaged(**each) for each in document["unmanaged"]]
            loaded = cls(
                tuple(map(_loaded, document["steps"])),
                tuple(
                    (app, kind, cast("PermissionDeniedError", filled(PermissionDeniedError, (said,))))
                    for app, kind, said in document["unreadable"]
                ),
                find_unmanaged=functools.partial(tuple, unmanaged),
                held={app: dict(things) for app, things in document["held"].items()},
                notes=tuple(document["notes"]),
                options=dict(document.get("options", {})),
            )
            str(loaded)  # a plan that cannot be shown cannot be approved
            hash(tuple(change.path for step in loaded.steps for change in step.changes))
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise _plan_files.damaged(path) from error
        return loaded

    def __getitem__(self, resource: Resource[T]) -> Planned[T]:
        """Return the step for `resource`; ConfigurationError if the plan does not include it."""
        found: Planned[T] = find(self._by_resource, resource, "plan")
        return found

    def __contains__(self, item: object) -> bool:
        """Return whether it includes this resource, or this very step."""
        return holds(self._by_resource, item)

    def __iter__(self) -> Iterator[Planned[Any]]:
        """Iterate over the steps."""
        return iter(self.steps)

    def __len__(self) -> int:
        """Return the number of resources."""
        return len(self.steps)

    @property
    def changed(self) -> bool:
        """Return whether anything is known to differ; see `Planned.changed`."""
        return any(step.changed for step in self.steps)

    @property
    def writes(self) -> bool:
        """Return whether any request other than a read would be sent; secrets are set every time."""
        return any(step.writes for step in self.steps)

    @property
    def summary(self) -> str:
        """Return one line: how many resources would be created, updated and so on."""
        return f"Plan: {_sum(self.steps)}"

    @property
    def remarks(self) -> list[str]:
        """Return the lines that `str` shows after the steps: what could not be read, and the notes."""
        refused = [f"? {app}: its {kind} cannot be read with this token" for app, kind, _ in self.unreadable]
        return [*refused, *(f"i {note}" for note in self.notes)]

    def __str__(self) -> str:
        """Return a summary line, the steps, and the remarks."""
        return "\n".join([self.summary, *map(_indent, [*self.steps, *self.remarks])])


def _loaded(row: Mapping[str, Any]) -> Planned[Any]:
    return Planned(
        _plan_files.stand_in(row["resource"]),
        row["action"],
        tuple(Change(**change) for change in row["changes"]),
        tuple(row["notes"]),
        error=None if row["error"] is None else ReconcileError(row["error"]),
        seen=None if row["seen"] is None else cast("tuple[str, str]", tuple(row["seen"])),
    )


@attrs.frozen
class Report:
    """What was done, resource by resource. Index it with a resource."""

    outcomes: tuple[Outcome[Any], ...]

    @functools.cached_property
    def _by_resource(self) -> Mapping[Resource[Any], Outcome[Any]]:
        return {outcome.resource: outcome for outcome in self.outcomes}

    def __getitem__(self, resource: Resource[T]) -> Outcome[T]:
        """Return the outcome for `resource`; ConfigurationError if the run did not include it."""
        found: Outcome[T] = find(self._by_resource, resource, "report")
        return found

    def __contains__(self, item: object) -> bool:
        """Return whether it includes this resource, or this very outcome."""
        return holds(self._by_resource, item)

    def __iter__(self) -> Iterator[Outcome[Any]]:
        """Iterate over the outcomes."""
        return iter(self.outcomes)

    def __len__(self) -> int:
        """Return the number of resources."""
        return len(self.outcomes)

    @property
    def changed(self) -> bool:
        """Return whether anything has changed."""
        return any(outcome.changed for outcome in self.outcomes)

    def __str__(self) -> str:
        """Return one line per resource."""
        return "\n".join(_indent(outcome) for outcome in self.outcomes)


@attrs.frozen
class Event(Row):
    """One step of a run, for progress displays.

    Attributes:
        resource: The described resource.
        action: What is being done.
        stage: "started", "progress", "done" or "failed".
        detail: A few words for display.
    """

    resource: Resource[Any]
    action: Action
    stage: Literal["started", "progress", "done", "failed"]
    detail: str = ""

    def __str__(self) -> str:
        """Return one line."""
        what = _failed(self.action) if self.stage == "failed" else f"{self.action} {self.stage}"
        return f"{self.resource}: {what}" + (f" ({self.detail})" if self.detail else "")


@attrs.frozen
class LogLine(Row):
    """One line of an app's log (App_Logs_list, Machines_list_logs).

    Attributes:
        at: When it was written; None if unknown.
        message: The text.
        level: "info", "error" and so on; empty if unknown, as are the next two.
        region: The machine's region.
        machine: Id of the machine that wrote it.
    """

    at: dt.datetime | None
    message: str
    level: str = ""
    region: str = ""
    machine: str = ""

    def __str__(self) -> str:
        """Return one line: time, machine, region, level, message."""
        when = self.at.isoformat(timespec="milliseconds") if self.at else ""
        level = f"[{self.level}]" if self.level else ""
        return " ".join(part for part in (when, self.machine, self.region, level, self.message) if part)


@attrs.frozen
class ExecResult(Row):
    """The result of a command on a machine (Machines_exec, LC-31).

    Attributes:
        exit_code: Its exit code.
        stdout: Its output.
        stderr: Its error output.
        exit_signal: The signal that terminated it, or None.
    """

    exit_code: int
    stdout: str
    stderr: str
    exit_signal: int | None = None


@attrs.frozen
class RunResult(Row):
    """How a one-off machine ended. The machine itself has been destroyed.

    Attributes:
        exit_code: The exit code of its program; None if the service no longer reports it (MA-35).
        oom_killed: Whether it was killed for lack of memory.
        log: Its output, as far as the service shows it by then.
        machine: The SDK's model of it, as last seen.
        requested_stop: Whether someone stopped it; its work may be unfinished, whatever the exit code.
    """

    exit_code: int | None
    oom_killed: bool
    log: tuple[LogLine, ...] = attrs.field(repr=False)
    machine: models.Machine = attrs.field(repr=False)
    requested_stop: bool = False

    @property
    def ok(self) -> bool:
        """Return whether it exited on its own with code 0."""
        return self.exit_code == 0 and not self.oom_killed and not self.requested_stop


def _indent(row: object) -> str:
    return "\n".join(f"  {line}" for line in str(row).splitlines())


def _sum(steps: Sequence[Planned[Any]]) -> str:
    counts = Counter(step.action if step.changed else "none" for step in steps)
    parts = [f"{counts[action]} {action}" for action in _SIGNS if counts[action] and action != "none"]
    again = sum(step.writes and not step.changed for step in steps)
    secrets = "1 secret is" if again == 1 else f"{again} secrets are"
    unchanged = f"{counts['none']} unchanged" + (f" ({secrets} set again)" if again else "")
    return f"{', '.join(parts)}; {unchanged}" if parts else f"nothing to do, {unchanged}"
