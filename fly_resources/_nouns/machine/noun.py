"""The operations of a `Machine`."""

from __future__ import annotations

from fly_resources._nouns.machine.planning import diff, diff_destroy, find
from fly_resources._nouns.machine.steps import apply, destroy

__all__ = ["apply", "destroy", "diff", "diff_destroy", "find"]
