"""Certificates: requested or imported once. Issuance depends on DNS, so nothing waits for it (CE-3)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from fly_resources._engine.effects import Flow, call, now, sleep
from fly_resources._nouns import addresses, own_certificates
from fly_resources._nouns.existence import delete_surely, exists, or_none
from fly_resources._nouns.lost_answers import read_back
from fly_resources._nouns.run import Context, Run, destroy_step
from fly_resources._sdk import requests
from fly_resources._sdk.reading import given
from fly_resources.dns import dns_records
from fly_resources.errors import CertificateExistsError, ReconcileError, WaitTimeoutError
from fly_resources.report import Change, Planned
from fly_resources.resources import IpAddress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_machines import models

    from fly_resources.resources import Certificate

#: Minimum seconds between DNS checks while waiting for a certificate.
CHECK_EVERY_S: Final = 10.0
_ACTIVE: Final = "active"


def find(resource: Certificate, context: Context) -> models.CertificateDetail | None:
    """Return the detail of the hostname, or None."""
    return context.state(resource).certificates.get(resource.hostname)


def diff(resource: Certificate, context: Context) -> Planned[models.CertificateDetail]:
    """Check whether the declared certificate, ACME or custom, exists; a pending one counts as existing."""
    observed, expiry = find(resource, context), own_certificates.expiry_of(resource)
    change = _change(observed, expiry)
    if observed is None:
        changes = (Change("hostname", None, resource.hostname), *([change] if change else ()))
        return Planned(resource, "create", changes, (_promise(expiry), *_no_ipv6(resource, context)))
    trouble = [*_trouble(observed), *(() if observed.status == _ACTIVE else _no_ipv6(resource, context))]
    if change is not None:
        return Planned(resource, "update", (change,), (_promise(expiry), *trouble), observed)
    return Planned(resource, "none", notes=(*_standing(observed, expiry), *trouble), observed=observed)


def _change(observed: models.CertificateDetail | None, expiry: dt.datetime | None) -> Change | None:
    """Return the request or import that is needed; `expiry` is that of the custom certificate."""
    if expiry is None:
        if observed is not None and is_requested(observed):
            return None
        return Change("acme_requested", before=None if observed is None else False, after=True)
    entries = _entries(observed, "custom") if observed is not None else []
    theirs = _expires(entries)
    if entries and (theirs is None or theirs >= expiry):
        return None
    return Change("custom.expires_at", theirs.isoformat() if theirs else None, expiry.isoformat())


def is_requested(detail: models.CertificateDetail) -> bool:
    """Return whether ACME was requested or has issued; if not stated, it counts as requested."""
    return given(detail.acme_requested) is not False or bool(_entries(detail, "fly"))


def _entries(detail: models.CertificateDetail, source: str) -> list[models.CertificateEntry]:
    return [entry for entry in given(detail.certificates) or [] if entry.source == source]


def _expires(entries: list[models.CertificateEntry]) -> dt.datetime | None:
    """Return the latest expiry that is stated as a time, or None."""
    stated = [entry.expires_at for entry in entries if isinstance(entry.expires_at, dt.datetime)]
    return max((end if end.tzinfo else end.replace(tzinfo=dt.UTC) for end in stated), default=None)


def _promise(expiry: dt.datetime | None) -> str:
    return f"expires {expiry.date()}" if expiry else "issued once DNS points to the app"


def _standing(detail: models.CertificateDetail, expiry: dt.datetime | None) -> Iterator[str]:
    """Yield notes on an existing certificate that is pending or kept although it differs."""
    if detail.status != _ACTIVE:
        yield str(detail.status) if detail.configured else f"{detail.status}, waiting for DNS"
    if expiry is not None:
        theirs = _expires(_entries(detail, "custom"))
        if theirs is None:
            yield "the imported certificate is kept: when it expires is unknown"
        elif theirs > expiry:
            yield f"the imported certificate expires later ({theirs.date()}) and is kept"


def _trouble(detail: models.CertificateDetail) -> Iterator[str]:
    """Yield what prevents issuance, in the service's words."""
    for error in given(detail.validation_errors) or []:
        said = ": ".join(part for part in (given(error.code), given(error.message)) if part)
        yield "; ".join(part for part in (said, given(error.remediation)) if part)
    if limited := given(detail.rate_limited_until):
        yield f"rate limited until {limited}"


def _no_ipv6(resource: Certificate, context: Context) -> Iterator[str]:
    """Yield a note if the app has no public IPv6 address and gets none, if its addresses were read."""
    state = context.state(resource)
    named = {other.type for other in context.described.of_kind(IpAddress, resource.app_name)}
    have = {addresses.type_of(address) for address in state.addresses}
    if named and "addresses" not in state.refused and "v6" not in named | have:
        yield "no public IPv6 on this app"


def diff_destroy(resource: Certificate, context: Context) -> Planned[models.CertificateDetail]:
    """Plan the deletion: check whether the hostname exists."""
    return destroy_step(resource, find(resource, context))


def apply(planned: Planned[models.CertificateDetail], resource: Certificate, run: Run) -> Flow[None]:
    """Request the certificate or import the custom one; the other source's certificate is left."""
    app, expiry = resource.app_name, own_certificates.expiry_of(resource)
    if resource.fullchain is None or resource.private_key is None:
        request = requests.request_certificate(app, resource.hostname)
    else:
        pems = resource.fullchain.reveal(), resource.private_key.reveal()
        request = requests.import_certificate(app, resource.hostname, *pems)

    def find_done() -> Flow[models.CertificateDetail | None]:
        found = yield from or_none(requests.get_certificate(app, resource.hostname))
        return found if found is not None and _change(found, expiry) is None else None

    try:
        model = yield from read_back(lambda: call(request), find_done)
    except CertificateExistsError:
        found = yield from find_done()
        if found is None:
            raise
        run.record_as_found(planned, found)
        return
    run.record(planned, model)


def destroy(planned: Planned[models.CertificateDetail], resource: Certificate, run: Run) -> Flow[None]:
    """Delete the hostname and its certificates. An absent hostname is a success (CE-6, CE-8)."""
    app, hostname = resource.app_name, resource.hostname
    yield from delete_surely(
        str(resource),
        lambda: call(requests.delete_certificate(app, hostname)),
        lambda: exists(requests.get_certificate(app, hostname)),
    )
    run.record(planned, planned.observed)


def wait_until_issued(resource: Certificate, timeout_s: float) -> Flow[models.CertificateDetail]:
    """Wait until the declared certificate serves the hostname; DNS is checked every `CHECK_EVERY_S` seconds.

    Raises:
        ReconcileError: The hostname does not exist, or the declared certificate was never requested or
            imported.
        WaitTimeoutError: It is not issued yet; the error names the records to publish and what went wrong.
    """
    began = yield from now()
    custom, pause = resource.fullchain is not None, 0.0
    while True:
        detail = yield from or_none(requests.get_certificate(resource.app_name, resource.hostname))
        if detail is None or not (_entries(detail, "custom") if custom else is_requested(detail)):
            raise ReconcileError(
                f"{resource} was not {'imported' if custom else 'requested'} yet: ensure it first."
            )
        if _is_issued(detail, "custom" if custom else "fly"):
            return detail
        waited = (yield from now()) - began
        if waited >= timeout_s:
            raise _not_issued(resource, detail, waited)
        yield from sleep(min(pause, timeout_s - waited))
        if pause <= timeout_s - waited:
            yield from call(requests.check_certificate(resource.app_name, resource.hostname))
        pause = CHECK_EVERY_S


def _is_issued(detail: models.CertificateDetail, source: str) -> bool:
    """Return whether a certificate of this source is active; if none are listed, the hostname decides."""
    if given(detail.certificates) is None:
        return detail.status == _ACTIVE
    return any(entry.status == _ACTIVE for entry in _entries(detail, source))


def _not_issued(resource: Certificate, detail: models.CertificateDetail, waited_s: float) -> WaitTimeoutError:
    wanted = "; ".join(str(record) for record in dns_records(detail)) or "see its details"
    trouble = "".join(f" The service says: {note}." for note in _trouble(detail))
    return WaitTimeoutError(
        f"{resource} is still {detail.status} after {waited_s:g} s.{trouble} Publish its DNS records (a "
        f"CNAME or the addresses, not both): {wanted}. Then wait again.",
        last_state=str(detail.status),
        waited_s=waited_s,
    )
