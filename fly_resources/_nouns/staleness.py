"""Compare a shown plan with the current one: by identity, action and the existing object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
from fly_machines import models

from fly_resources._sdk import reading
from fly_resources.errors import StalePlanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources.report import Plan, Planned
    from fly_resources.resources import Resource


def check_shown(shown: Plan | None, now: Plan) -> None:
    """Refuse to do anything that differs from the shown plan.

    Raises:
        StalePlanError: The error names each difference; nothing was written.
    """
    if shown is None:
        return
    found = [*_options_that_differ(shown, now), *_steps_that_differ(shown, now), *_newly_held(shown, now)]
    if found:
        raise StalePlanError(
            "What exists or what is asked for has changed since this plan was made, so nothing was done: "
            f"{'; '.join(found)}. Plan again, and review the new plan.",
            differences=found,
        )


def beyond_plan(resource: Resource[Any], action: str, thing: str) -> StalePlanError:
    """Build the error for something that another program created after a plan showed its creation."""
    difference = f"{resource}: planned: create; now: {action} of {thing}"
    return StalePlanError(
        f"{difference}, which another program has created since. It was not touched. Plan again.",
        differences=[difference],
    )


def _options_that_differ(shown: Plan, now: Plan) -> list[str]:
    """Return the options that differ from those of the plan; an older saved plan does not record them."""
    before, after = shown.options, now.options
    return [
        f"the plan was made with {name}={before[name]!r}, and this call has {name}={after[name]!r}"
        for name in after
        if name in before and before[name] != after[name]
    ]


def _steps_that_differ(shown: Plan, now: Plan) -> Iterator[str]:
    before = {step.resource: step for step in shown}
    after = {step.resource: step for step in now}
    for resource in {**before, **after}:
        was, is_now = before.get(resource), after.get(resource)
        if (was is None or not was.writes) and (is_now is None or not is_now.writes):
            continue
        if was is None or is_now is None or (was.action, was.seen) != (is_now.action, is_now.seen):
            yield f"{resource}: planned: {_spell(was)}; now: {_spell(is_now)}"
        else:
            yield from _values_that_differ(resource, _wanted(was), _wanted(is_now))


def _values_that_differ(resource: Resource[Any], was: dict[str, str], is_now: dict[str, str]) -> list[str]:
    paths = [path for path in {**was, **is_now} if was.get(path) != is_now.get(path)]
    words: dict[str | None, str] = {None: "unchanged", "null": "absent"}
    pairs = ((path, was.get(path), is_now.get(path)) for path in paths)
    return [f"{resource}: {path}: planned: {words.get(a, a)}; now: {words.get(b, b)}" for path, a, b in pairs]


def _wanted(step: Planned[Any]) -> dict[str, str]:
    """Return the intended value of each field, spelled as in a saved plan; hidden values are all alike."""
    return {change.path: json.dumps(change.after, default=str, sort_keys=True) for change in step.changes}


def with_thing(step: Planned[Any]) -> Planned[Any]:
    """Add the identity and version of the existing object to a step."""
    return step if step.observed is None else attrs.evolve(step, seen=_thing(step.observed))


def _thing(model: object) -> tuple[str | None, str | None]:
    """Return the identity and version of a model."""
    if isinstance(model, models.Machine):
        return model.id, reading.version_of(model)
    if isinstance(model, models.AppSecret):
        return model.name, reading.given(model.digest)
    named = (getattr(model, field, None) for field in ("id", "ip", "hostname"))
    return next((each for each in named if isinstance(each, str)), None), None


def _spell(step: Planned[Any] | None) -> str:
    if step is None or not (step.writes or step.seen):
        return "nothing, because it is absent"
    thing = " in version ".join(part for part in step.seen or () if part)
    action = step.action if step.writes else "no change"
    return f"{action} of {thing}" if thing else action


def _newly_held(shown: Plan, now: Plan) -> list[str]:
    """Return what would be destroyed with an app and did not exist when the plan was made."""
    return [
        f"app {app} holds {name}, which was not there when the plan was made"
        for app, things in now.held.items()
        for thing, name in things.items()
        if thing not in shown.held.get(app, {})
    ]
