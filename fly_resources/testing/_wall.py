"""Wall-clock timestamps, derived from the simulator's clock."""

from __future__ import annotations

import functools
from datetime import UTC, datetime

import attrs


@attrs.frozen
class Wall:
    """Maps seconds of the simulator's clock to calendar time; `epoch` is the Unix time of second 0."""

    epoch: float

    def unix(self, now: float) -> float:
        """Return Unix seconds."""
        return self.epoch + now

    def clock(self, unix: float) -> float:
        """Return seconds of the simulator's clock for Unix seconds."""
        return unix - self.epoch

    def unix_ms(self, now: float) -> int:
        """Return Unix milliseconds, the format of events and app creation (AP-2, LC-27)."""
        return round((self.epoch + now) * 1000)

    def seconds(self, now: float) -> str:
        """Return RFC 3339 with second precision, the format of machines (MA-11)."""
        return _seconds(self.epoch + now)

    def millis(self, now: float) -> str:
        """Return RFC 3339 with millisecond precision, the format of volumes (VO-2)."""
        return _millis(self.epoch + now)

    def offset(self, now: float) -> str:
        """Return RFC 3339 with `+00:00`, the format of snapshots (SN-3)."""
        return datetime.fromtimestamp(self.epoch + now, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


# The same few times are formatted repeatedly: every list includes each entry's creation time.
@functools.lru_cache(4096)
def _seconds(unix: float) -> str:
    return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@functools.lru_cache(4096)
def _millis(unix: float) -> str:
    stamp = datetime.fromtimestamp(unix, UTC)
    return f"{stamp:%Y-%m-%dT%H:%M:%S}.{stamp.microsecond // 1000:03d}Z"
