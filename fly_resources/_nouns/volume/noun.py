"""The operations of a `Volume`."""

from __future__ import annotations

from fly_resources._nouns.volume.planning import diff, diff_destroy, find
from fly_resources._nouns.volume.steps import apply, destroy

__all__ = ["apply", "destroy", "diff", "diff_destroy", "find"]
