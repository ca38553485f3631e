"""What a person sees: plans, reports and errors, on standard output and standard error."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from fly_machines import models
from rich.console import Console
from rich.text import Text

from fly_resources._readings import config_of, given, has_config, org_slug
from fly_resources.dns import dns_records
from fly_resources.errors import EnsureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fly_resources.report import Action, Outcome, Plan, Planned, Report

#: How an action is coloured, on a terminal only.
STYLES: Final[dict[Action, str]] = {
    "create": "green",
    "update": "yellow",
    "replace": "bold red",
    "destroy": "red",
    "adopt": "cyan",
    "set": "cyan",
    "blocked": "bold yellow",
    "none": "dim",
}
_PAST: Final[dict[Action, str]] = {
    "create": "created",
    "update": "updated",
    "replace": "replaced",
    "destroy": "destroyed",
    "adopt": "adopted",
    "set": "set",
    "blocked": "blocked",
}


def clean(text: str) -> str:
    """Take out what a terminal would obey: the words of a service or program are only shown."""
    return "".join(each if each.isprintable() or each == "\n" else "?" for each in text)


def console(*, stderr: bool = False) -> Console:
    """Return a console that shows text as it is; rich itself honours NO_COLOR, FORCE_COLOR and TERM."""
    file = sys.stderr if stderr else sys.stdout
    return Console(file=file, highlight=False, markup=False, emoji=False)


def show(where: Console, text: object, style: str = "") -> None:
    """Print lines: on a terminal broken between words and indented, elsewhere as long as they are."""
    lines = clean(str(text)).splitlines() or [""]
    if where.is_terminal:
        lines = [_broken(line, where.width) for line in lines]
    where.print(Text("\n".join(lines), style=style), soft_wrap=True)


def _broken(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def show_steps(where: Console, steps: Iterable[Planned[Any] | Outcome[Any]]) -> None:
    """Print a plan's or a report's lines, each in the colour of its action."""
    for step in steps:
        error = getattr(step, "error", None)
        style = "bold red" if error else STYLES[step.action if step.changed else "none"]
        first, *rest = str(step).splitlines()
        if error:
            # The error itself is told once, at the end.
            first = f"x {step.noun}: {step.action} failed"
            rest = []
        show(where, f"  {first}", style)
        for line in rest:
            show(where, f"  {line}")


def show_plan(where: Console, plan: Plan) -> None:
    """Print a plan: its summary, then its steps."""
    show(where, str(plan).splitlines()[0], "bold")
    show_steps(where, plan)
    for app, kind, _ in plan.unreadable:
        show(where, f"  ? {app}: its {kind} cannot be read with this token", STYLES["blocked"])


def show_records(where: Console, report: Report) -> None:
    """Print the DNS records that certificates wait for."""
    for outcome in report:
        detail = outcome.model
        if outcome.action == "destroy" or not isinstance(detail, models.CertificateDetail):
            continue
        records = dns_records(detail)
        if records and detail.status != "active":
            show(where, f"Publish for {detail.hostname} (a CNAME, or the addresses, not both):", "bold")
            for record in records:
                show(where, f"  {record}")


def show_error(where: Console, error: Exception, command: str) -> None:
    """Print an error as one block: what failed, on what, what to do next."""
    if not isinstance(error, EnsureError):
        first, *rest = str(error).splitlines() or [type(error).__name__]
        show(where, f"Error: {command}: {first}", "bold red")
        for line in rest:
            show(where, line)
        return
    failed = [outcome for outcome in error.report if outcome.error is not None]
    show(
        where, f"Error: {command}: {_count(len(failed), 'resource')} failed; the others are done.", "bold red"
    )
    for outcome in failed:
        show(where, f"  {outcome.noun}: {outcome.action}", "red")
        for line in str(outcome.error).splitlines():
            show(where, f"    {line}")
    show(where, "Run it again when the cause is removed: it goes on from here.")


def summary(rows: Sequence[Outcome[Any]], *, seconds: float, requests: int) -> str:
    """Say in one line what was done, how long it took and what it cost in requests."""
    done = Counter(row.action for row in rows if row.changed and row.error is None)
    parts = [f"{done[action]} {word}" for action, word in _PAST.items() if done[action]]
    failed = sum(row.error is not None for row in rows)
    parts += [f"{failed} failed"] if failed else []
    unchanged = sum(not row.changed and row.error is None for row in rows)
    parts += [f"{unchanged} unchanged"] if unchanged or not parts else []
    return f"{', '.join(parts)}; {seconds:.1f} s, {_count(requests, 'request')}."


def describe(model: object) -> str:
    """Say in a few words what there is, from the SDK's model of it."""
    match model:
        case models.Machine():
            image = "config unknown"
            if has_config(model):
                image = config_of(model).get("image") or "containers"
            text = f"{model.state} in {model.region}, {model.id}, {image}"
        case models.Volume():
            text = f"{model.size_gb} GB in {model.region}, {model.id}, {model.state}"
        case models.App():
            text = f"in organisation {org_slug(model) or '(not stated)'}, {given(model.status) or 'there'}"
        case models.CertificateDetail():
            text = str(model.status)
        case models.IpAssignment():
            text = model.ip
        case models.AppSecret():
            text = "set; its value is not read"
        case _:
            text = "absent"
    return text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
