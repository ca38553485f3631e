"""Times compared by what they mean: the SDK may write one differently from how it was sent."""

from __future__ import annotations

import datetime as dt
from typing import Any


def respelled(body: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A body with every time that has a zone in one spelling, to the microsecond."""
    if isinstance(body, dict):
        return {key: respelled(value) for key, value in body.items()}
    if isinstance(body, list):
        return [respelled(item) for item in body]
    if not isinstance(body, str):
        return body
    try:
        time = dt.datetime.fromisoformat(body)
    except ValueError:
        return body
    return body if time.tzinfo is None else time.isoformat()
