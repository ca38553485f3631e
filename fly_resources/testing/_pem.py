"""Parse an imported certificate and its key: just enough DER for validity, names and public key."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
_KEY = re.compile(r"-----BEGIN (?:EC |RSA )?PRIVATE KEY-----(.*?)-----END", re.DOTALL)
_INTEGER, _SEQUENCE, _UTC_TIME, _GENERALIZED_TIME = 0x02, 0x30, 0x17, 0x18
_VERSION, _EXTENSIONS, _PUBLIC, _DNS_NAME = 0xA0, 0xA3, 0xA1, 0x82
_VALIDITY, _PUBLIC_KEY = 3, 5  # after serial number, signature algorithm and issuer; subject is between
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")
_RSA = bytes.fromhex("2a864886f70d010101")
_UNREADABLE = (binascii.Error, IndexError, StopIteration, ValueError)


def not_after(fullchain: str) -> datetime | None:
    """Return the end of validity of the first certificate, or None if it is unreadable."""
    try:
        _, (tag, stamp) = _elements(_fields(fullchain)[_VALIDITY][1])
        return _time(tag, stamp.decode("ascii"))
    except _UNREADABLE:
        return None


def covers(fullchain: str, hostname: str) -> bool:
    """Return whether the first certificate covers a hostname, as far as its names are readable.

    A wildcard matches one label; only the subject alternative names are read.
    """
    try:
        names = _names(_fields(fullchain))
    except _UNREADABLE:
        return True
    return names is None or not names.isdisjoint({hostname, f"*.{hostname.partition('.')[2]}"})


def fits(fullchain: str, private_key: str) -> bool:
    """Return whether the key belongs to the first certificate, as far as both are readable."""
    try:
        held = _public_part(private_key)
        return held is None or held == _certified_part(_fields(fullchain)[_PUBLIC_KEY][1])
    except _UNREADABLE:
        return True


def is_key(private_key: str) -> bool:
    """Return whether a string contains a readable private key in a PEM block."""
    block = _KEY.search(private_key)
    if block is None:
        return False
    try:
        return bool(list(_elements(next(_elements(_der(block[1])))[1])))
    except _UNREADABLE:
        return False


def _fields(fullchain: str) -> list[tuple[int, bytes]]:
    """Return the fields of the first certificate, from its serial number on."""
    block = _CERTIFICATE.search(fullchain)
    if block is None:
        raise ValueError(fullchain)
    _, certificate = next(_elements(_der(block[1])))
    _, body = next(_elements(certificate))
    return [field for field in _elements(body) if field[0] != _VERSION]


def _names(fields: list[tuple[int, bytes]]) -> set[str] | None:
    for tag, content in fields:
        if tag != _EXTENSIONS:
            continue
        _, extensions = next(_elements(content))
        for _, extension in _elements(extensions):
            parts = list(_elements(extension))
            if parts[0][1] == _ALTERNATIVE_NAMES:
                _, names = next(_elements(parts[-1][1]))
                return {name.decode("ascii").lower() for kind, name in _elements(names) if kind == _DNS_NAME}
    return None


def _certified_part(subject_key: bytes) -> bytes:
    """Return the modulus of an RSA key, or the bits of any other key."""
    (_, algorithm), (_, bits) = _elements(subject_key)
    if next(_elements(algorithm))[1] != _RSA:
        return bits[1:]
    _, numbers = next(_elements(bits[1:]))
    return next(_elements(numbers))[1]


def _public_part(private_key: str) -> bytes | None:
    """Return the same for a private key, PKCS 8 or older; None if the key does not contain it."""
    block = _KEY.search(private_key)
    if block is None:
        return None
    parts = list(_elements(next(_elements(_der(block[1])))[1]))
    if parts[1][0] == _SEQUENCE:
        parts = list(_elements(next(_elements(parts[2][1]))[1]))
    if parts[1][0] == _INTEGER:
        return parts[1][1]
    held = (content for tag, content in parts if tag == _PUBLIC)
    return next((next(_elements(bits))[1][1:] for bits in held), None)


def _der(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Split consecutive DER elements into the tag and the content of each."""
    while data:
        tag, length, start = data[0], data[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[2:start], "big")
        yield tag, data[start : start + length]
        data = data[start + length :]


def _time(tag: int, text: str) -> datetime | None:
    if tag == _UTC_TIME:
        return datetime.strptime(text, "%y%m%d%H%M%SZ").replace(tzinfo=UTC)
    if tag == _GENERALIZED_TIME:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    return None
