"""Identifiers in the service's formats, reproducible per seed."""

from __future__ import annotations

import random
import string

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD_PAIRS = [high + low for high in _CROCKFORD for low in _CROCKFORD]
_PAIR_SHIFTS = range(120, -10, -10)
_BASE36 = string.digits + string.ascii_lowercase
_LETTERS = string.digits + string.ascii_letters
_ADJECTIVES = ("aged", "bold", "calm", "dry", "falling", "green", "late", "lively", "quiet", "still", "wild")
_NOUNS = ("brook", "cloud", "dawn", "field", "glade", "moon", "pine", "river", "sun", "thunder", "wind")


class Ids:
    """Generates identifiers from one seeded source."""

    def __init__(self, seed: int) -> None:
        """Start the sequence of `seed`."""
        self._random = random.Random(seed)  # noqa: S311 - identifiers of a simulator, nothing secret

    def next_seed(self) -> int:
        """Return a seed for a sequence that continues from here; this sequence is unchanged."""
        ahead = random.Random()  # noqa: S311 - as above
        ahead.setstate(self._random.getstate())
        return ahead.getrandbits(64)

    def machine(self) -> str:
        """Return 14 hex characters (MA-4)."""
        return self.hex(14)

    def hex(self, length: int) -> str:
        """Return `length` hex characters."""
        return f"{self._random.getrandbits(4 * length):0{length}x}"

    def ulid(self, unix_ms: int) -> str:
        """Return a ULID for that time, for versions and events (MA-4)."""
        value = (unix_ms << 80) | self._random.getrandbits(80)
        pairs = [_CROCKFORD_PAIRS[(value >> shift) & 1023] for shift in _PAIR_SHIFTS]
        return "".join(pairs)

    def volume(self) -> str:
        """Return `vol_` and 16 lower-case base36 characters (VO-3)."""
        return f"vol_{self._pick(_BASE36, 16)}"

    def snapshot(self) -> str:
        """Return `vs_` and mixed-case letters and digits (SN-3)."""
        return f"vs_{self._pick(_LETTERS, 22)}"

    def app(self) -> str:
        """Return 16 base36 characters (AP-21)."""
        return self._pick(_BASE36, 16)

    def label(self, length: int) -> str:
        """Return lower-case base36 characters, for DNS targets."""
        return self._pick(_BASE36, length)

    def token(self) -> str:
        """Return a pair of macaroons in the printed form (AU-2, AU-10)."""
        return f"FlyV1 fm2_{self._pick(_LETTERS, 24)},fm2_{self._pick(_LETTERS, 24)}"

    def number(self, low: int, high: int) -> int:
        """Return an integer from `low` to `high`."""
        return self._random.randint(low, high)

    def machine_name(self) -> str:
        """Return `adjective-noun-number`, for machines created without a name (MA-2)."""
        pick = self._random.choice
        return f"{pick(_ADJECTIVES)}-{pick(_NOUNS)}-{self.number(1, 9999)}"

    def private_ip(self) -> str:
        """Return an address of the private network (MA-4)."""
        return f"fdaa:0:{self.hex(4)}:a7b:{self.hex(4)}:{self.hex(4)}:{self.hex(4)}:2"

    def _pick(self, alphabet: str, length: int) -> str:
        return "".join(self._random.choices(alphabet, k=length))
