"""Secrets: one bulk request per app; changes are detected by the service's own digests (SE-3, SE-5)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.run import Context, Run, destroy_step
from fly_resources._sdk import reading, requests
from fly_resources.errors import OutcomeUnknownError
from fly_resources.report import Planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fly_machines import models

    from fly_resources._nouns.run import SecretsSet
    from fly_resources.resources import FlySecret


#: The metadata key with the fingerprints of the secret digests that a machine runs with (rule 8).
SECRETS: Final = "fly_resources.secrets"
_LENGTH: Final = 12
_FINGERPRINT: Final = re.compile(rf"(?<!\S)(\w+)=([0-9a-f]{{{_LENGTH}}})(?!\S)")


def find(resource: FlySecret, context: Context) -> models.AppSecret | None:
    """Return the secret's name and digest, or None."""
    return _named(context.state(resource).secrets, resource.name)


def diff(resource: FlySecret, context: Context) -> Planned[models.AppSecret]:
    """Plan a secret. Values are never read, so the secret is set unless it must not be."""
    observed = find(resource, context)
    if resource.value is None:
        return Planned(resource, "destroy" if observed else "none", observed=observed)
    if observed is not None and resource.if_absent:
        return Planned(resource, "none", observed=observed)
    if observed is None:
        return Planned(resource, "set", notes=("new",))
    notes = ("value is not read; set again", *_changed_elsewhere(resource, observed, context))
    return Planned(resource, "set", notes=notes, observed=observed)


def _changed_elsewhere(resource: FlySecret, observed: models.AppSecret, context: Context) -> Iterator[str]:
    """Yield a note if the app's value differs from the one last given to each of our machines (rule 8)."""
    digests = known_digests([resource], [observed])
    recorded = [
        marks
        for machine in context.state(resource).machines.live
        if reading.has_config(machine)
        and resource.name in (marks := recorded_in(reading.metadata_of(machine)))
    ]
    if recorded and all(older_than(marks, digests) for marks in recorded):
        yield "its value has changed since our machines last got it; this sets ours again"


def diff_destroy(resource: FlySecret, context: Context) -> Planned[models.AppSecret]:
    """Plan the removal: check whether the secret exists."""
    return destroy_step(resource, find(resource, context))


def apply(
    planned: Sequence[Planned[models.AppSecret]],
    resources: Sequence[FlySecret],
    run: Run,
    *,
    newest: SecretsSet,
) -> Flow[None]:
    """Set and remove an app's secrets in one request; if there is nothing to do, nothing is sent.

    The digests and the version in the answer go into `newest`, for the machines.
    """
    values = {
        resource.name: resource.value.reveal() if resource.value is not None else None
        for step, resource in zip(planned, resources, strict=True)
        if step.action != "none"
    }
    after, newest.version = (yield from _set(resources[0].app_name, values)) if values else ([], None)
    newest.digests = known_digests(resources, [*run.context.state(resources[0]).secrets, *after])
    for step, resource in zip(planned, resources, strict=True):
        model = {"none": step.observed, "set": _named(after, resource.name)}.get(step.action)
        before = _digest(step.observed)
        changed = step.action != "none" and (before is None or before != _digest(model))
        run.record(step, model, changed=changed)


def _set(app: str, values: Mapping[str, str | None]) -> Flow[tuple[list[models.AppSecret], int | None]]:
    """Set and remove secrets; return what is known of them afterwards, and the app's version of them.

    Raises:
        OutcomeUnknownError: The service accepts it, and its secrets are as before.
    """
    # Setting by value is repeatable, so a lower layer has already retried a lost answer.
    answer = yield from call(requests.set_secrets(app, values))
    after = reading.given(answer.secrets)
    if after is None or _undone(values, after):
        after = yield from call(requests.list_secrets(app))
    if undone := ", ".join(_undone(values, after)):
        told = f"App {app!r}: {undone} was accepted, but its secrets do not show it. Run it again."
        raise OutcomeUnknownError(told, method="POST", route="")
    return after, reading.given(answer.version)


def _undone(values: Mapping[str, str | None], after: Iterable[models.AppSecret]) -> list[str]:
    """Name each write that the secrets `after` it contradict, such as "setting TOKEN"."""
    there = {each.name for each in after}
    wrong = sorted(name for name, value in values.items() if (value is None) == (name in there))
    return [f"{'removing' if name in there else 'setting'} {name}" for name in wrong]


def _digest(secret: models.AppSecret | None) -> str | None:
    return None if secret is None else reading.given(secret.digest)


def destroy(
    planned: Sequence[Planned[models.AppSecret]], resources: Sequence[FlySecret], run: Run
) -> Flow[None]:
    """Remove secrets in one request."""
    names = [each.name for step, each in zip(planned, resources, strict=True) if step.action != "none"]
    if names:
        yield from _set(resources[0].app_name, dict.fromkeys(names))
    for step in planned:
        run.record(step, step.observed, changed=step.action != "none")


def known_digests(resources: Iterable[FlySecret], secrets: Iterable[models.AppSecret]) -> dict[str, str]:
    """Return the service's digest of each named secret that has one; later answers win."""
    wanted = {resource.name for resource in resources if resource.value is not None}
    digests = {secret.name: reading.given(secret.digest) for secret in secrets if secret.name in wanted}
    return {name: digest for name, digest in digests.items() if digest}


def fingerprints(digests: Mapping[str, str]) -> str:
    """Return the record of the values that a machine runs with: names and a hash of the service's digests."""
    return " ".join(f"{name}={_fingerprint(digest)}" for name, digest in sorted(digests.items()))


def recorded_in(metadata: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the fingerprints in a machine's metadata, by secret, ignoring anything that we did not write."""
    text = (metadata or {}).get(SECRETS)
    return dict(_FINGERPRINT.findall(text)) if isinstance(text, str) else {}


def record_more(
    recorded: Mapping[str, str], resources: Iterable[FlySecret], secrets: Iterable[models.AppSecret]
) -> str:
    """Add fingerprints of secrets that `recorded` lacks: of their current values, or of having none."""
    digests = {resource.name: "" for resource in resources} | known_digests(resources, secrets)
    new = {name: _fingerprint(digest) for name, digest in digests.items()}
    return " ".join(f"{name}={mark}" for name, mark in sorted({**new, **recorded}.items()))


def older_than(recorded: Mapping[str, str], digests: Mapping[str, str]) -> list[str]:
    """Return the secrets whose value in `recorded` differs; a missing fingerprint is no difference."""
    both = recorded.keys() & digests.keys()
    return sorted(name for name in both if recorded[name] != _fingerprint(digests[name]))


def _fingerprint(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:_LENGTH]


def _named(secrets: Sequence[models.AppSecret], name: str) -> models.AppSecret | None:
    return next((secret for secret in secrets if secret.name == name), None)
