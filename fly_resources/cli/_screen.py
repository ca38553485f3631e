"""Show plans, reports and errors on standard output and standard error."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TextIO

from fly_machines import models
from rich.console import Console
from rich.text import Text

from fly_resources._client.inside import (
    config_of,
    given,
    has_config,
    org_slug,
)
from fly_resources.cli import _words
from fly_resources.dns import dns_records
from fly_resources.errors import DependencyError
from fly_resources.report import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fly_resources.report import Action, Outcome, Plan, Planned, Report

#: Colours of the actions, on a terminal only.
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


#: Shown while an interrupted command still waits.
STOPPING: Final = "stopping: waiting for requests in flight; Ctrl-C again exits at once"


def clean(text: str) -> str:
    """Remove terminal control characters from text of the service or of a program."""
    return "".join(each if each.isprintable() or each in "\n\t" else "?" for each in text)


def console(file: TextIO) -> Console:
    """Return a console without markup; rich itself honours NO_COLOR, FORCE_COLOR and TERM."""
    return Console(file=file, highlight=False, markup=False, emoji=False)


def show(where: Console, text: object, style: str = "") -> None:
    """Print a message in the command's words: wrapped and indented on a terminal, unwrapped elsewhere."""
    quote(where, _words.in_options(str(text)), style)


def quote(where: Console, text: object, style: str = "") -> None:
    """Print what a program, the service or the user's file says, in its own words."""
    lines = clean(str(text)).splitlines() or [""]
    if where.is_terminal:
        lines = [_broken(line, where.width) for line in lines]
    where.print(Text("\n".join(lines), style=style), soft_wrap=True)


def write(where: Console, text: str) -> None:
    """Print a program's output as it is; on a terminal without control characters."""
    where.file.write(clean(text) if where.is_terminal else text)
    where.file.flush()


def _broken(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def show_outcomes(where: Console, outcomes: Iterable[Outcome[Any]]) -> None:
    """Print a report's lines in the colours of their actions; errors are shown once, at the end."""
    for outcome in outcomes:
        if outcome.error is None:
            _show_step(where, outcome)
        else:
            failed = Event(outcome.resource, outcome.action, "failed")
            what = f"{outcome.resource}: not tried" if was_not_tried(outcome) else failed
            show(where, f"  x {what}", "bold red")


def was_not_tried(outcome: Outcome[Any]) -> bool:
    """Return whether it was not attempted because something else failed."""
    return isinstance(outcome.error, DependencyError)


def _show_step(where: Console, step: Planned[Any] | Outcome[Any]) -> None:
    first, *rest = str(step).splitlines()
    show(where, f"  {first}", STYLES[step.action if step.changed else "none"])
    for line in rest:
        quote(where, f"  {line}")


def show_plan(where: Console, plan: Plan) -> None:
    """Print a plan: its summary, then its steps."""
    show(where, plan.summary, "bold")
    for step in plan:
        _show_step(where, step)
    for line in plan.remarks:
        show(where, f"  {line}", STYLES["blocked"] if line.startswith("?") else STYLES["adopt"])


def as_markdown(plan: Plan) -> str:
    """Return a plan as Markdown for a pull request: changes visible, the rest folded."""
    changing = "\n".join(_told(step) for step in plan if step.changed)
    rest = "\n".join(_told(step) for step in plan if not step.changed)
    remarks = [f"- {_plain(_words.in_options(line))}" for line in plan.remarks]
    parts = [f"### {plan.summary}", _fenced(changing), *remarks]
    if rest:
        parts += ["<details><summary>unchanged</summary>", _fenced(rest), "</details>"]
    return clean("\n\n".join(part for part in parts if part)) + "\n"


def _told(step: Planned[Any]) -> str:
    first, *changes = str(step).splitlines()
    return "\n".join([_words.in_options(first), *changes])


def _fenced(text: str) -> str:
    """Return a code block with a fence that is longer than any run of backticks in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}diff\n{text}\n{fence}" if text else ""


def _plain(text: str) -> str:
    """Escape Markdown, HTML and mentions."""
    return re.sub(r"([\\`*_{}\[\]<>#|@])", r"\\\1", text)


def show_records(where: Console, report: Report) -> None:
    """Print the DNS records to publish for certificates."""
    for outcome in report:
        detail = outcome.observed
        if outcome.action == "destroy" or not isinstance(detail, models.CertificateDetail):
            continue
        records = dns_records(detail)
        if records and detail.status != "active":
            show(
                where, f"Publish for {detail.hostname} (either the CNAME or the addresses, not both):", "bold"
            )
            for record in records:
                show(where, f"  {record}")


def show_error(where: Console, error: Exception, message: str, command: str) -> None:
    """Print an error's message: what failed, on what, what to do next."""
    first, *rest = message.splitlines() or [type(error).__name__]
    quote(where, f"Error: {command}: {first.removeprefix(f'{command}: ')}", "bold red")
    for line in rest:
        quote(where, line)


def summary(rows: Sequence[Outcome[Any]], *, seconds: float, requests: int) -> str:
    """Return one line: what was done, the time it took and the number of requests."""
    done = Counter(row.action for row in rows if row.changed and row.error is None)
    parts = [f"{done[action]} {word}" for action, word in _PAST.items() if done[action]]
    untried = sum(map(was_not_tried, rows))
    failed = sum(row.error is not None for row in rows) - untried
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{untried} not tried"] if untried else []
    unchanged = sum(not row.changed and row.error is None for row in rows)
    parts += [f"{unchanged} unchanged"] if unchanged or not parts else []
    return f"{', '.join(parts)}; {seconds:.1f} s, {_count(requests, 'request')}."


def describe(model: object) -> str:
    """Summarise an SDK model in a few words."""
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


def _count(number: int, resource: str) -> str:
    return f"{number} {resource}" if number == 1 else f"{number} {resource}s"
