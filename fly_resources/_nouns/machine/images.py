"""Retry while Fly.io's registry does not know the tag of an image that was just pushed (MA-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from fly_resources._engine.effects import Flow, now, sleep
from fly_resources._nouns.run import Run, time_left
from fly_resources.errors import ImageNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

T = TypeVar("T")

#: How long a pushed tag may stay unknown, in seconds; 10 to 50 were seen (MA-41).
PUSHED_S: Final = 60.0
_OWN_REGISTRY: Final = "registry.fly.io/"
_LONGEST_PAUSE_S: Final = 8.0


def when_pushed(
    send: Callable[[], Flow[T]],
    config: Mapping[str, Any],
    run: Run,
    meanwhile: Callable[[], Flow[None]] | None = None,
) -> Flow[T]:
    """Send a machine's `config`, and send it again while an image of registry.fly.io is unknown.

    The refusal is definite: nothing was created or changed. `meanwhile` runs before each retry.

    Raises:
        ImageNotFoundError: The image is in another registry, or still unknown after `PUSHED_S` seconds.
    """
    began, pause = (yield from now()), 1.0
    limit = min(PUSHED_S, (yield from time_left(run, began)))
    while True:
        try:
            return (yield from send())
        except ImageNotFoundError as missing:
            waited = (yield from now()) - began
            if not _is_flys(missing, config) or waited >= limit:
                raise
        yield from sleep(min(pause, limit - waited))
        pause = min(pause * 2, _LONGEST_PAUSE_S)
        if meanwhile is not None:
            yield from meanwhile()


def _is_flys(missing: ImageNotFoundError, config: Mapping[str, Any]) -> bool:
    """Return whether the image is in registry.fly.io, as named in the refusal or else in the config."""
    containers = config.get("containers") or []
    sent = [config.get("image"), *(each.get("image") for each in containers if isinstance(each, dict))]
    images = [missing.image] if missing.image else sent
    return any(str(image or "").startswith(_OWN_REGISTRY) for image in images)
