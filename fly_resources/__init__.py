"""Fly.io from Python: typed, idempotent, testable offline.

Six resources describe what should exist; `Fly` and `AsyncFly` plan it, ensure it and destroy it. Names are
imported on first use, so that `import fly_resources` is cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fly_resources import errors
    from fly_resources._version import __version__
    from fly_resources.client import AsyncFly, Fly
    from fly_resources.dns import DnsRecord, dns_records
    from fly_resources.ratelimit import RateLimit, RateLimitTransport
    from fly_resources.report import (
        Change,
        Event,
        ExecResult,
        LogLine,
        Outcome,
        Plan,
        Planned,
        Report,
        RunResult,
        Unmanaged,
    )
    from fly_resources.resources import (
        App,
        Certificate,
        FlySecret,
        IpAddress,
        Machine,
        Resource,
        Secret,
        Volume,
    )
    from fly_resources.retry import RetryPolicy, RetryTransport
    from fly_resources.scaling import scale

__all__ = [
    "App",
    "AsyncFly",
    "Certificate",
    "Change",
    "DnsRecord",
    "Event",
    "ExecResult",
    "Fly",
    "FlySecret",
    "IpAddress",
    "LogLine",
    "Machine",
    "Outcome",
    "Plan",
    "Planned",
    "RateLimit",
    "RateLimitTransport",
    "Report",
    "Resource",
    "RetryPolicy",
    "RetryTransport",
    "RunResult",
    "Secret",
    "Unmanaged",
    "Volume",
    "__version__",
    "dns_records",
    "errors",
    "scale",
]

_HOMES = {
    "client": ("AsyncFly", "Fly"),
    "dns": ("DnsRecord", "dns_records"),
    "ratelimit": ("RateLimit", "RateLimitTransport"),
    "report": (
        "Change",
        "Event",
        "ExecResult",
        "LogLine",
        "Outcome",
        "Plan",
        "Planned",
        "Report",
        "RunResult",
        "Unmanaged",
    ),
    "resources": ("App", "Certificate", "FlySecret", "IpAddress", "Machine", "Resource", "Secret", "Volume"),
    "retry": ("RetryPolicy", "RetryTransport"),
    "scaling": ("scale",),
    "_version": ("__version__",),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name == "errors":
        return importlib.import_module("fly_resources.errors")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"fly_resources.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
