"""The DNS records to publish for a certificate's hostname."""

from __future__ import annotations

from typing import Any

import attrs
from fly_machines import models  # noqa: TC002  # for typing.get_type_hints

__all__ = ["DnsRecord", "dns_records"]


@attrs.frozen
class DnsRecord:
    """A DNS record: full name without the final dot, type (A, AAAA, CNAME, TXT) and value."""

    name: str
    type: str
    value: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.name} {self.type} {self.value}"


def dns_records(detail: models.CertificateDetail) -> tuple[DnsRecord, ...]:
    """Return the records to publish for a hostname, as far as the response names them (CE-4).

    For traffic: either the A and AAAA records or the CNAME of the same name, never both. For validation: the
    CNAME of `_acme-challenge`, which wildcards require and which lets other certificates be issued before
    traffic moves, and the TXT record that proves ownership of the hostname.

    Args:
        detail: The SDK's model of a certificate, from a report, `Fly.read` or the SDK.
    """
    needed = detail.dns_requirements
    if not needed:
        return ()
    host, challenge, owner = detail.hostname, needed.acme_challenge, needed.ownership
    rows: list[tuple[Any, str, Any]] = [(host, "A", address) for address in needed.a or ()]
    rows += [(host, "AAAA", address) for address in needed.aaaa or ()]
    rows.append((host, "CNAME", needed.cname))
    if challenge:
        rows.append((challenge.name, "CNAME", challenge.target))
    if owner:
        rows.append((owner.name, "TXT", owner.app_value or owner.org_value))
    return tuple(DnsRecord(name, kind, value) for name, kind, value in rows if name and value)
