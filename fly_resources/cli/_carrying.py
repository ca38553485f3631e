"""Show a plan, ask for confirmation, apply it as shown, and report the result."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fly_resources.cli import _document, _progress, _screen, _words
from fly_resources.cli._losses import billed, losses
from fly_resources.errors import ConfigurationError, EnsureError, StalePlanError
from fly_resources.report import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fly_resources.cli._session import Session
    from fly_resources.client import Fly
    from fly_resources.report import Report

#: How often a plan that has become stale is made again before the command gives up.
_MOST_PLANS = 5


def told(plan: Plan, *, changed: bool | None = None) -> dict[str, Any]:
    """Return a plan's fields of the JSON document; `changed`: whether anything was changed."""
    return {
        "changed": plan.changed if changed is None else changed,
        "plan": _document.planned(plan),
        "notes": list(map(_words.in_options, plan.remarks)),
    }


def unavailable(text: str) -> int | str:
    """Return how many machines may change at once, or which share of them; also checked if nothing changes.

    Raises:
        ConfigurationError: It is neither.
    """
    if not re.fullmatch(r"[1-9][0-9]*|(100|[1-9][0-9]?)%", text):
        raise ConfigurationError(
            f"--max-unavailable must be a whole number from 1, or 1% to 100%, got {text!r}."
        )
    return text if text.endswith("%") else int(text)


def tell_plan(run: Session, plan: Plan) -> None:
    if not run.as_json:
        _screen.show_plan(run.out, plan)


def carry_out(
    run: Session,
    fly: Fly,
    plan: Callable[[], Plan],
    verb: Callable[[Plan], Report],
    *,
    agreed: bool,
    saved: Path | None = None,
    ask: bool = False,
    always: bool = False,
) -> None:
    """Show a plan, ask before anything is lost, apply exactly that plan, and report the result.

    With `ask`, also ask before anything is billed; with `always`, before any change.

    If the plan has become stale meanwhile, the new plan is shown, and further losses are asked for. A saved
    plan counts as confirmed; if it is stale, nothing is done.
    """
    accepted: set[str] = set()
    for left in reversed(range(1 if saved else _MOST_PLANS)):
        planned = Plan.load(saved) if saved else plan()
        run.fields |= told(planned, changed=False)
        tell_plan(run, planned)
        for step in planned:
            if step.error is not None:
                raise step.error
        if not planned.writes:
            run.fields["resources"] = run.fields["plan"]["resources"]
            return
        if not agreed and not saved:
            lost, bills = losses(planned, fly), billed(planned) if ask else []
            changes = [f"{step.action} {step.resource}" for step in planned if step.changed and always]
            asked = (lost, bills, changes)
            run.confirm(*([line for line in lines if line not in accepted] for lines in asked))
            accepted.update(*asked)
        run.begin()
        try:
            with _progress.watch(planned, run.err, run.clock) as run.watcher:
                report = verb(planned)
        except StalePlanError as stale:
            if not left:
                raise
            _screen.show(run.err, stale, "yellow")
        except EnsureError as error:
            _tell_report(run, error.report)
            raise
        else:
            _tell_report(run, report)
            return


def _tell_report(run: Session, report: Report) -> None:
    run.fields |= _document.reported(report)
    if run.as_json:
        return
    run.say("Result:", "bold")
    _screen.show_outcomes(run.out, report)
    _screen.show_records(run.out, report)
    run.say(_screen.summary(tuple(report), seconds=run.seconds, requests=run.requests))
