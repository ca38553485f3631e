"""Certificates: requested once; whether they are issued depends on DNS, so nothing waits for it (CE-3)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fly_resources import _ops
from fly_resources._effects import Flow, call
from fly_resources._flows.ambiguous import create_named
from fly_resources._flows.run import Context, Run, call_on_app, destroy_step
from fly_resources._flows.world import find_certificate
from fly_resources.errors import CertificateExistsError, NotFoundError
from fly_resources.report import Change, Planned

if TYPE_CHECKING:
    from fly_machines import models

    from fly_resources.resources import Certificate


def find(noun: Certificate, context: Context) -> models.CertificateDetail | None:
    """Return the hostname's detail."""
    return context.state(noun).certificates.get(noun.hostname)


def diff(noun: Certificate, context: Context) -> Planned[models.CertificateDetail]:
    """Compare whether a certificate was requested; one that is pending is never asked for again."""
    observed = find(noun, context)
    if observed is None or not _is_requested(observed):
        return Planned(
            noun, "create", (Change("hostname", None, noun.hostname),), ("issued once DNS points to the app",)
        )
    notes = () if observed.configured else ("waits for DNS",)
    return Planned(noun, "none", notes=notes, observed=observed)


def diff_destroy(noun: Certificate, context: Context) -> Planned[models.CertificateDetail]:
    """Look whether the hostname is there."""
    return destroy_step(noun, find(noun, context))


def _is_requested(detail: models.CertificateDetail) -> bool:
    """Whether ACME was asked, or some certificate is there. Not stated counts as asked."""
    return _ops.given(detail.acme_requested) is not False or bool(_ops.given(detail.certificates))


def apply(planned: Planned[models.CertificateDetail], noun: Certificate, run: Run) -> Flow[None]:
    """Request the certificate."""
    if planned.action == "none":
        run.record(planned, planned.observed, changed=False)
        return
    app = noun.app_name

    def create() -> Flow[models.CertificateDetail]:
        return (yield from call_on_app(run, app, lambda: _ops.request_certificate(app, noun.hostname)))

    try:
        model = yield from create_named(create, lambda: find_certificate(app, noun.hostname))
    except CertificateExistsError:
        found = yield from find_certificate(app, noun.hostname)
        if found is None:
            raise
        run.record(planned, found, changed=False, action="none", changes=())
        return
    run.record(planned, model)


def destroy(planned: Planned[models.CertificateDetail], noun: Certificate, run: Run) -> Flow[None]:
    """Delete the hostname and its certificates; absent is success (CE-6, CE-8)."""
    if planned.action != "none":
        with contextlib.suppress(NotFoundError):
            yield from call(_ops.delete_certificate(noun.app_name, noun.hostname))
    run.record(planned, planned.observed, changed=planned.action != "none")
