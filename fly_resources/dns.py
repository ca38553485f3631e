"""The DNS records that a certificate's hostname needs, as plain rows to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from fly_machines import models

__all__ = ["DnsRecord", "dns_records"]


@attrs.frozen
class DnsRecord:
    """One DNS record: its full name without the final dot, its type (A, AAAA, CNAME, TXT), its value."""

    name: str
    type: str
    value: str

    def __str__(self) -> str:
        """Show it on one line."""
        return f"{self.name} {self.type} {self.value}"


def dns_records(detail: models.CertificateDetail) -> tuple[DnsRecord, ...]:
    """Return the records to publish for a hostname, as far as the answer names them (CE-4).

    Traffic: the A and AAAA records, or instead of them the CNAME of the same name, never both.
    Validation: the CNAME of `_acme-challenge`, which a wildcard needs and which lets others be issued
    before traffic moves, and the TXT record that proves whose the hostname is.

    Args:
        detail: What a report, `Fly.read` or the SDK holds for a certificate.
    """
    needed = detail.dns_requirements
    if not needed:
        return ()
    host, challenge, owner = detail.hostname, needed.acme_challenge, needed.ownership
    rows: list[tuple[str | None, str, str | None]] = [
        *((host, "A", address) for address in needed.a or ()),
        *((host, "AAAA", address) for address in needed.aaaa or ()),
        (host, "CNAME", needed.cname or None),
    ]
    if challenge:
        rows.append((challenge.name or None, "CNAME", challenge.target or None))
    if owner:
        rows.append((owner.name or None, "TXT", owner.app_value or owner.org_value or None))
    return tuple(DnsRecord(name, type_, value) for name, type_, value in rows if name and value)
