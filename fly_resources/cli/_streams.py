"""Reserve standard output for the command: other output goes to standard error."""

from __future__ import annotations

import os
import sys
from typing import TextIO

_STDOUT, _STDERR = 1, 2
_reserved: list[TextIO] = []


def reserve() -> TextIO:
    """Return standard output, and redirect what the user's file prints to standard error.

    That includes its child processes, `os.write`, and output while Python exits. If `sys.stdout` is
    replaced, as in tests, it is returned.
    """
    if _reserved:
        return _reserved[0] if _is_real() else sys.stdout
    if not _is_real():
        return sys.stdout
    sys.stdout.flush()
    kept = os.dup(_STDOUT)
    try:
        os.dup2(_STDERR, _STDOUT)
    except OSError:  # standard error is closed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDOUT)
        os.close(nowhere)
    stream = os.fdopen(kept, "w", buffering=1, encoding=sys.stdout.encoding, errors=sys.stdout.errors)
    _reserved.append(stream)
    return stream


def _is_real() -> bool:
    try:
        return sys.stdout.fileno() == _STDOUT
    except (AttributeError, OSError, ValueError):
        return False
