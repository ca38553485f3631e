"""Check custom certificates before anything is sent: format, key, hostname, validity (CE-10)."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from cryptography import x509

    from fly_resources.resources import Certificate


def wall_time() -> dt.datetime:
    """Return the current time in UTC, the only input here that is not an argument. Tests replace it."""
    return dt.datetime.now(dt.UTC)


def expiry_of(resource: Certificate) -> dt.datetime | None:
    """Check the custom certificate and return when it expires; None if there is none.

    Raises:
        ConfigurationError: The extra is not installed, the chain or key cannot be read, they do not match,
            the hostname is not covered, or the certificate is not valid now.
    """
    if resource.fullchain is None or resource.private_key is None:
        return None
    chain = _read_chain(resource, resource.fullchain.reveal())
    _check_key(resource, chain, resource.private_key.reveal())
    leaf = chain[0]
    _check_hostname(resource, leaf)
    now, begin, end = wall_time(), leaf.not_valid_before_utc, leaf.not_valid_after_utc
    if now < begin:
        raise ConfigurationError(
            f"{resource}: the certificate is not valid before {begin.isoformat()}; import it then."
        )
    if now >= end:
        raise ConfigurationError(f"{resource}: the certificate expired at {end.isoformat()}; renew it first.")
    return end


def _read_chain(resource: Certificate, pem: str) -> list[x509.Certificate]:
    try:
        from cryptography import x509  # noqa: PLC0415  # an extra, and slow to import
    except ImportError as missing:
        raise ConfigurationError(
            f"{resource}: checking your own certificate needs the package cryptography; install it, or this "
            "library with its extra certificates."
        ) from missing
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as broken:
        raise ConfigurationError(
            f"{resource}: fullchain holds no readable certificate; give PEM text "
            "(-----BEGIN CERTIFICATE-----), your certificate first."
        ) from broken


def _check_key(resource: Certificate, chain: list[x509.Certificate], pem: str) -> None:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # as above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

    form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
        public = key.public_key().public_bytes(*form)
        certified = [each.public_key().public_bytes(*form) for each in chain]
    except TypeError:
        raise ConfigurationError(
            f"{resource}: private_key has a passphrase; give it without one (openssl pkey -in KEY)."
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        # The original error could quote the key.
        raise ConfigurationError(
            f"{resource}: private_key, or the key in the certificate, cannot be read; give PEM text of an "
            "RSA or EC key."
        ) from None
    if public == certified[0]:
        return
    if public in certified:
        raise ConfigurationError(f"{resource}: fullchain is out of order; put the key's certificate first.")
    raise ConfigurationError(
        f"{resource}: private_key does not belong to the certificate; give the key that it was made for."
    )


def _check_hostname(resource: Certificate, leaf: x509.Certificate) -> None:
    from cryptography import x509  # noqa: PLC0415  # as above

    names: list[str] = []
    with contextlib.suppress(x509.ExtensionNotFound, ValueError):
        extension = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        names = [name.lower() for name in extension.value.get_values_for_type(x509.DNSName)]
    if not any(_covers(name, resource.hostname) for name in names):
        raise ConfigurationError(
            f"{resource}: the certificate does not cover {resource.hostname}; it names "
            f"{', '.join(names) or 'no host'}. Subject alternative names count, and * is one label."
        )


def _covers(name: str, hostname: str) -> bool:
    return name == hostname or (name.startswith("*.") and hostname.partition(".")[2] == name[2:])
