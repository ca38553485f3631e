"""Programs of simulated images: they print lines, end, and answer commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import attrs

from fly_resources.testing._amounts import check_seconds

#: Exit code, standard output and standard error of a command in a machine (LC-31).
ExecResult: TypeAlias = tuple[int, str, str]

#: The offset that shells add to a signal's number, and the kernel's signal when memory runs out.
_SIGNALLED: Final = 128
_SIGKILL: Final = 9
_LAST_CODE: Final = 255
_LAST_SIGNAL: Final = 64


def _texts(lines: Sequence[str] | str) -> tuple[str, ...]:
    return (lines,) if isinstance(lines, str) else tuple(lines)


def _answers(answers: Mapping[str, Sequence[Any]]) -> dict[str, ExecResult]:
    return {
        command: (int(code), str(output), str(errors)) for command, (code, output, errors) in answers.items()
    }


def _within(least: int, most: int) -> Any:  # noqa: ANN401  # a validator
    def validate(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value is None and attribute.default is None:
            return
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(
                f"Program: {attribute.name} must be a whole number from {least} to {most}, got {value!r}"
            )

    return validate


def _seconds(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    check_seconds(f"Program: {attribute.name}", value)


def _flag(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not True and value is not False:
        raise ValueError(f"Program: {attribute.name} must be true or false, got {value!r}")


def _lines(_: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    if not all(isinstance(line, str) for line in value):
        raise ValueError(f"Program: {attribute.name} must be strings, got {value!r}")


@attrs.frozen(kw_only=True)
class Program:
    """The behaviour of an image on a simulated machine; see `FlySimulator.images`. It is plain data.

    `Program(prints=("done",), exit_code=0, after_s=2)` prints a line and ends after 2 seconds. Without
    `exit_code`, `signal` and `oom_killed`, it runs until it is stopped.

    Attributes:
        prints: Lines that it writes for the log operations, from its start on.
        every_s: Seconds between two lines.
        exit_code: Its exit code, 0 to 255.
        after_s: Seconds from its start until it ends.
        signal: The signal that it crashes with, instead of an exit code: 11 gives exit code 139.
        oom_killed: Whether it ends because it runs out of memory: exit code 137 (LC-29).
        healthy: Whether its checks pass.
        answers: The results of commands run with exec, by the command as one string: exit code, output and
            error output. Other commands use `FlySimulator.on_exec`.

    Raises:
        ValueError: A number is out of range, or a value has the wrong type.
    """

    prints: tuple[str, ...] = attrs.field(default=(), converter=_texts, validator=_lines)
    every_s: float = attrs.field(default=0.0, validator=_seconds)
    exit_code: int | None = attrs.field(default=None, validator=_within(0, _LAST_CODE))
    after_s: float = attrs.field(default=0.0, validator=_seconds)
    signal: int | None = attrs.field(default=None, validator=_within(1, _LAST_SIGNAL))
    oom_killed: bool = attrs.field(default=False, validator=_flag)
    healthy: bool = attrs.field(default=True, validator=_flag)
    answers: Mapping[str, ExecResult] = attrs.field(factory=dict, converter=_answers)

    @property
    def ends_with(self) -> int | None:
        """Return the reported exit code; None if it does not end by itself."""
        killed = _SIGKILL if self.oom_killed else self.signal
        if self.exit_code is None and killed is not None:
            return _SIGNALLED + killed
        return self.exit_code

    def lines(self) -> list[tuple[float, str]]:
        """Return the lines it prints, with seconds after its start; none after its end."""
        timed = [(index * self.every_s, line) for index, line in enumerate(self.prints)]
        return [(after, line) for after, line in timed if self.ends_with is None or after <= self.after_s]
