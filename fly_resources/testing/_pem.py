"""When an imported certificate expires: just enough DER to find `notAfter`."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)
_UTC_TIME, _GENERALIZED_TIME, _VERSION = 0x17, 0x18, 0xA0
_FIELDS_BEFORE_VALIDITY = 3  # serial number, signature algorithm, issuer


def not_after(fullchain: str) -> datetime | None:
    """Return the end of validity of the first certificate, or None if it cannot be read."""
    block = _BLOCK.search(fullchain)
    if block is None:
        return None
    try:
        der = base64.b64decode("".join(block[1].split()), validate=True)
        _, certificate, _ = _element(der)
        _, rest, _ = _element(certificate)
        if rest[0] == _VERSION:
            _, _, rest = _element(rest)
        for _ in range(_FIELDS_BEFORE_VALIDITY):
            _, _, rest = _element(rest)
        _, validity, _ = _element(rest)
        _, _, end = _element(validity)
        tag, stamp, _ = _element(end)
        return _time(tag, stamp.decode("ascii"))
    except (binascii.Error, IndexError, ValueError):
        return None


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """Split off the first element: its tag, its content, and what follows."""
    tag, length, start = data[0], data[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[2:start], "big")
    return tag, data[start : start + length], data[start + length :]


def _time(tag: int, text: str) -> datetime | None:
    if tag == _UTC_TIME:
        return datetime.strptime(text, "%y%m%d%H%M%SZ").replace(tzinfo=UTC)
    if tag == _GENERALIZED_TIME:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    return None
