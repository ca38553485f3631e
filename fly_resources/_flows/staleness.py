"""What was shown against what would be done now: by identity, action, and the very thing that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_machines import models

from fly_resources import _readings
from fly_resources.errors import StalePlanError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources._flows.world import AppState
    from fly_resources.report import Plan, Planned
    from fly_resources.resources import Resource


def held(state: AppState) -> Mapping[str, str]:
    """Return what an app holds that would go with it: ids, and how people call it."""
    return {
        **{each.id: f"machine {each.name} ({each.id})" for each in state.live_machines()},
        **{each.id: f"volume {each.name} ({each.id})" for each in state.live_volumes()},
        **{each.ip: f"address {each.ip}" for each in state.addresses},
    }


def check_shown(shown: Plan | None, now: Plan) -> None:
    """Refuse to do anything else than what was shown.

    Raises:
        StalePlanError: It names each difference; nothing was written.
    """
    if shown is None:
        return
    found = [*_steps_that_differ(shown, now), *_newly_held(shown, now)]
    if found:
        raise StalePlanError(
            f"The world has changed since this plan was made, so nothing was done: {'; '.join(found)}. "
            "Plan again, and look at what it shows.",
            differences=found,
        )


def beyond_plan(noun: Resource[Any], action: str, thing: str) -> StalePlanError:
    """Return the error for what another program made after a plan showed that it would be made."""
    difference = f"{noun}: shown was create, and it would be {action} of {thing} now"
    return StalePlanError(
        f"{difference}, because another program has made that meanwhile. It is left as it is. Plan again.",
        differences=[difference],
    )


def _steps_that_differ(shown: Plan, now: Plan) -> list[str]:
    before = {step.noun: step for step in shown}
    after = {step.noun: step for step in now}
    found = []
    for noun in {**before, **after}:
        was, is_now = before.get(noun), after.get(noun)
        if (was is None or not was.changed) and (is_now is None or not is_now.changed):
            continue
        if was is None or is_now is None or _signature(was) != _signature(is_now):
            found.append(f"{noun}: shown was {_spell(was)}, and it would be {_spell(is_now)} now")
    return found


def _signature(step: Planned[Any]) -> tuple[str | None, ...]:
    return (step.action, *_thing(step.observed))


def _thing(model: object) -> tuple[str | None, ...]:
    """Return which thing it is, and in which version."""
    if isinstance(model, models.Machine):
        return model.id, _readings.version_of(model)
    if isinstance(model, models.AppSecret):
        return model.name, _readings.given(model.digest)
    named = (getattr(model, field, None) for field in ("id", "ip", "hostname"))
    return next((each for each in named if isinstance(each, str)), None), None


def _spell(step: Planned[Any] | None) -> str:
    if step is None:
        return "nothing"
    thing = " in version ".join(part for part in _thing(step.observed) if part)
    return f"{step.action} of {thing}" if thing else step.action


def _newly_held(shown: Plan, now: Plan) -> list[str]:
    """Return what would go with an app and was not there when the plan was made."""
    return [
        f"app {app} holds {name}, which was not there"
        for app, things in now.held.items()
        for thing, name in things.items()
        if thing not in shown.held.get(app, {})
    ]
