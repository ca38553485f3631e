"""Loopback host names."""

from __future__ import annotations

import ipaddress
import re


def is_loopback(host: str) -> bool:
    """Return whether a `Host` header names this computer, on any port."""
    name = re.sub(r":[0-9]*$", "", host.strip()).strip("[]").rstrip(".").lower()
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
