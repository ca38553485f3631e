"""Secrets: one bulk request an app; what changed is told from the service's own digests (SE-3, SE-5)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call
from fly_resources._flows.run import Context, Run, destroy_step
from fly_resources.report import Planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fly_machines import models

    from fly_resources.resources import FlySecret


_LENGTH: Final = 12
_FINGERPRINT: Final = re.compile(rf"(?<!\S)(\w+)=([0-9a-f]{{{_LENGTH}}})(?!\S)")


def find(noun: FlySecret, context: Context) -> models.AppSecret | None:
    """Return the secret's name and digest."""
    return _named(context.state(noun).secrets, noun.name)


def diff(noun: FlySecret, context: Context) -> Planned[models.AppSecret]:
    """Say what would be sent: values are never asked for, so it is set unless it must not be."""
    observed = find(noun, context)
    if noun.value is None:
        return Planned(noun, "destroy" if observed else "none", observed=observed)
    if observed is not None and noun.if_absent:
        return Planned(noun, "none", observed=observed)
    note = "value is not read; set again" if observed else "new"
    return Planned(noun, "set", notes=(note,), observed=observed)


def diff_destroy(noun: FlySecret, context: Context) -> Planned[models.AppSecret]:
    """Look whether the secret is there."""
    return destroy_step(noun, find(noun, context))


def apply(planned: Sequence[Planned[models.AppSecret]], nouns: Sequence[FlySecret], run: Run) -> Flow[None]:
    """Set and remove an app's secrets in one request; nothing to set sends nothing."""
    values = {
        noun.name: noun.value.reveal() if noun.value is not None else None
        for step, noun in zip(planned, nouns, strict=True)
        if step.action != "none"
    }
    after: list[models.AppSecret] = []
    if values:
        app = nouns[0].app_name
        # Setting by value may be repeated, so a lost answer was already retried below.
        answer = yield from call(_ops.set_secrets(app, values))
        after = _readings.given(answer.secrets) or []
        version = _readings.given(answer.version)
        if version is not None:
            run.secrets_versions[app] = version
        if any(value is not None and _named(after, name) is None for name, value in values.items()):
            after = yield from call(_ops.list_secrets(app))
    run.digests[nouns[0].app_name] = known_digests(nouns, [*run.context.state(nouns[0]).secrets, *after])
    for step, noun in zip(planned, nouns, strict=True):
        if step.action == "none":
            run.record(step, step.observed, changed=False)
        elif noun.value is None:
            run.record(step, None)
        else:
            model = _named(after, noun.name)
            before = _readings.given(step.observed.digest) if step.observed else None
            now_digest = _readings.given(model.digest) if model else None
            run.record(step, model, changed=before is None or before != now_digest)


def destroy(planned: Sequence[Planned[models.AppSecret]], nouns: Sequence[FlySecret], run: Run) -> Flow[None]:
    """Remove secrets in one request."""
    names = [noun.name for step, noun in zip(planned, nouns, strict=True) if step.action != "none"]
    if names:
        yield from call(_ops.set_secrets(nouns[0].app_name, dict.fromkeys(names)))
    for step in planned:
        run.record(step, step.observed, changed=step.action != "none")


def known_digests(nouns: Iterable[FlySecret], secrets: Iterable[models.AppSecret]) -> dict[str, str]:
    """Return the service's digest of each named secret that has one; later answers win."""
    wanted = {noun.name for noun in nouns if noun.value is not None}
    digests = {secret.name: _readings.given(secret.digest) for secret in secrets if secret.name in wanted}
    return {name: digest for name, digest in digests.items() if digest}


def fingerprints(digests: Mapping[str, str]) -> str:
    """Write down which values a machine runs with: names, and a hash of the service's own digests."""
    return " ".join(f"{name}={_fingerprint(digest)}" for name, digest in sorted(digests.items()))


def record_more(recorded: str, nouns: Iterable[FlySecret], secrets: Iterable[models.AppSecret]) -> str:
    """Add fingerprints of the secrets that `recorded` lacks: of their values now, or of there being none."""
    digests = {noun.name: "" for noun in nouns} | known_digests(nouns, secrets)
    new = {name: _fingerprint(digest) for name, digest in digests.items()}
    return " ".join(f"{name}={mark}" for name, mark in sorted((new | _read(recorded)).items()))


def older_than(recorded: str, digests: Mapping[str, str]) -> list[str]:
    """Return the secrets of which `recorded` fingerprints another value; a missing one is no difference."""
    before = _read(recorded)
    return sorted(
        name for name in before.keys() & digests.keys() if before[name] != _fingerprint(digests[name])
    )


def recorded_names(recorded: str) -> set[str]:
    """Return the names that fingerprints were written down for."""
    return set(_read(recorded))


def _read(recorded: str) -> dict[str, str]:
    """Return what we wrote; anything else counts as missing."""
    return dict(_FINGERPRINT.findall(recorded))


def _fingerprint(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:_LENGTH]


def _named(secrets: Sequence[models.AppSecret], name: str) -> models.AppSecret | None:
    return next((secret for secret in secrets if secret.name == name), None)
