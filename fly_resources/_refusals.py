"""Who repeats a request that the rate limit refused: the middleware, or whoever sent it.

A 429 says that nothing was done. What the service would make twice is too dear to rest on that word
alone, so its sender looks first.
"""

from __future__ import annotations

import contextlib
import contextvars
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

_COME_BACK: Final = contextvars.ContextVar("refusals_come_back", default=False)


@contextlib.contextmanager
def refusals_come_back() -> Generator[None]:
    """Send what is sent inside once: a 429 is raised to the caller."""
    before = _COME_BACK.set(True)
    try:
        yield
    finally:
        _COME_BACK.reset(before)


def do_refusals_come_back() -> bool:
    """Return whether a request that is sent now must not be repeated unseen."""
    return _COME_BACK.get()
