"""Parse values as flyctl does: durations, sizes and commands; format values as Go does."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Final

from fly_resources.errors import ConfigurationError

_UNITS_NS: Final = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
SECOND_NS: Final = _UNITS_NS["s"]
_PART: Final = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_DURATION: Final = re.compile(rf"({_PART.pattern})+")
#: Maximum Go duration, about 292 years.
_MOST_NS: Final = 2**63 - 1
#: docker/go-units: digits, a fraction, a space, a unit, in any case.
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([kmgtp])?i?b?", re.IGNORECASE)
_SIZE_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
#: Longer than any meaningful duration or size.
_LONGEST: Final = 40
_SPACES: Final = " \t\r\n"
#: Exponents from this one up, and below the next one, Go prints in scientific notation.
_EXPONENT_FROM: Final = 21
_EXPONENT_BELOW: Final = -4


def refusal(key: str, why: str) -> ConfigurationError:
    """Build the error for one key; `load` prefixes the file's name."""
    return ConfigurationError(f"{key}: {why}")


def shown(value: object) -> str:
    """Return a value for a message, truncated."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."  # noqa: PLR2004 - one line of a message


def parse_duration(text: str) -> int | None:
    """Return the nanoseconds of a Go duration such as "1m30s"; None if Go would reject it (FT-10)."""
    if text == "0":
        return 0
    if len(text) > _LONGEST or not _DURATION.fullmatch(text):
        return None
    total = sum(int(Decimal(number) * _UNITS_NS[unit]) for number, unit in _PART.findall(text))
    return total if total <= _MOST_NS else None


def print_duration(nanoseconds: int) -> str:
    """Format a duration as Go does: `1m21s`, `2m0s`, `1.5s`, `250ms`, `0s` (FT-10)."""
    if nanoseconds == 0:
        return "0s"
    if nanoseconds < SECOND_NS:
        unit = next(name for name in ("ms", "µs", "ns") if nanoseconds >= _UNITS_NS[name])
        return f"{_decimal(nanoseconds, _UNITS_NS[unit])}{unit}"
    minutes, below = divmod(nanoseconds, _UNITS_NS["m"])
    hours, minutes = divmod(minutes, 60)
    seconds = f"{_decimal(below, SECOND_NS)}s"
    if hours:
        return f"{hours}h{minutes}m{seconds}"
    return f"{minutes}m{seconds}" if minutes else seconds


def _decimal(value: int, unit: int) -> str:
    whole, part = divmod(value, unit)
    return f"{whole}.{part:0{len(str(unit)) - 1}d}".rstrip("0") if part else str(whole)


def parse_size(text: str, *, base: int, unit: int) -> int | None:
    """Return a size in whole units of `unit` bytes; bare digits use that unit (FT-13, FT-14).

    None if it is not a size.
    """
    if len(text) > _LONGEST:
        return None
    if re.fullmatch(r"[0-9]+", text):
        return int(text)
    found = _SIZE.fullmatch(text)
    if found is None:
        return None
    return int(Decimal(found[1]) * base ** _SIZE_POWERS[(found[2] or "").lower()]) // unit


def memory_mb(text: str) -> int | None:
    """Return a memory size in MiB (FT-14)."""
    return parse_size(text, base=1024, unit=1024**2)


def volume_gb(text: str) -> int | None:
    """Return a volume's size in GB (FT-14)."""
    return parse_size(text, base=1000, unit=1000**3)


def print_value(value: object) -> str | None:
    """Format a number or a boolean as Go does: `2`, `true`, `1.5`; None for anything else (FT-24)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _print_float(value)
    if isinstance(value, int):
        # Python limits the length of the numbers it prints
        return str(value) if -(2**63) <= value < 2**64 else None
    return value if isinstance(value, str) else None


def _print_float(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("+Inf" if value > 0 else "-Inf")
    number = Decimal(repr(value)).normalize()
    if number.is_zero():
        return "-0" if number.is_signed() else "0"
    if _EXPONENT_BELOW <= number.adjusted() < _EXPONENT_FROM:
        return f"{number:f}"
    digits, _, exponent = f"{number:e}".partition("e")
    return f"{digits}e{int(exponent):+03d}"


def split_command(key: str, text: str) -> list[str]:
    """Split a command as google/shlex does, which differs from Python's `shlex` (FT-15).

    In double quotes, a backslash escapes any character; `#` begins a comment only at the start of a word.

    Raises:
        ConfigurationError: A quote is not closed, or the command ends with a backslash.
    """
    return _Splitter(key, text).split()


class _Splitter:
    """The text of a command, and the position up to which it was read."""

    def __init__(self, key: str, text: str) -> None:
        self._key = key
        self._rest = iter(text)
        self._words: list[str] = []
        self._word: str | None = None

    def split(self) -> list[str]:
        """Return the words."""
        for character in self._rest:
            if character in _SPACES:
                self._end_word()
            elif character == "#" and self._word is None:
                self._skip_comment()
            else:
                self._word = (self._word or "") + self._take(character)
        self._end_word()
        return self._words

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append(self._word)
            self._word = None

    def _skip_comment(self) -> None:
        for character in self._rest:
            if character == "\n":
                return

    def _take(self, character: str) -> str:
        """Return what a character, or the quoted string that it opens, adds to the word."""
        if character == "\\":
            return self._escaped()
        if character not in {"'", '"'}:
            return character
        taken = ""
        for inner in self._rest:
            if inner == character:
                return taken
            taken += self._escaped() if inner == "\\" and character == '"' else inner
        raise refusal(self._key, f"a quotation mark ({character}) is not closed; close it.")

    def _escaped(self) -> str:
        following = next(self._rest, None)
        if following is None:
            raise refusal(self._key, "it ends with a backslash that escapes nothing; remove it or double it.")
        return following
