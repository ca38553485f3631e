"""The command `fly-resources`; needs the extra `cli`. No other module of this library imports it."""

from __future__ import annotations

import importlib
import sys

__all__ = ["main"]

_EXTRA = frozenset({"rich", "typer"})


def main() -> None:
    """Run the command, or print what to install for it."""
    try:
        importlib.import_module("rich")  # only to check that it is installed
        from fly_resources.cli._commands import app  # noqa: PLC0415  # so that a missing extra is told in words
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _EXTRA:
            raise
        sys.exit("The command fly-resources needs the extra cli: pip install 'fly-resources[cli]'")
    app(prog_name="fly-resources")
