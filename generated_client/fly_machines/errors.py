"""What the functions of this package raise."""

from __future__ import annotations

from typing import Any


class UnexpectedStatus(Exception):
    """The answer's status is not a success, or its body cannot be read."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content

        super().__init__(
            f"Unexpected status code: {status_code}\n\nResponse content:\n{content.decode(errors='ignore')}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Make it anew from its arguments, which are not those that the message is kept in."""
        return type(self), (self.status_code, self.content), self.__dict__


__all__ = ["UnexpectedStatus"]
