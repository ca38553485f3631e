"""A value that shows itself nowhere, and the list of those in use, by which answers are masked."""

from __future__ import annotations

import weakref
from typing import Final, NoReturn, Self

from fly_resources.errors import ConfigurationError


class Secret:
    """A value that shows itself nowhere: not in repr, str, logs, errors, plans or reports.

    `reveal()` gives it back. Use it wherever a token, a secret or a key is wanted. While it lives, its
    value is also masked in what the service answers to a request that failed.

    It is no attrs class, because `attrs.asdict` and pretty printers look into those, and it cannot be
    pickled, because that would write the value down.
    """

    __slots__ = ("__weakref__", "_value")
    _value: str

    def __init__(self, value: str) -> None:
        """Refuse what is no text, without showing it."""
        if type(value) is not str:
            raise ConfigurationError(f"Secret hides a string, not a {type(value).__name__}.")
        object.__setattr__(self, "_value", value)
        _LIVING[id(self)] = self

    def reveal(self) -> str:
        """Return the value itself."""
        return self._value

    def __eq__(self, other: object) -> bool:
        """Compare the values."""
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        """Hash by value."""
        return hash((Secret, self._value))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Stay as it is."""
        raise AttributeError(f"a Secret does not change: {name} cannot be set")

    def __copy__(self) -> Self:
        """Return itself: it does not change."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return itself: it does not change."""
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse to be written down."""
        raise TypeError("a Secret cannot be pickled: that would write its value down")

    def __repr__(self) -> str:
        """Hide the value."""
        return "Secret('***')"

    __str__ = __repr__


#: Every `Secret` that is still in use, so that its value can be masked.
_LIVING: Final[weakref.WeakValueDictionary[int, Secret]] = weakref.WeakValueDictionary()


def living_secrets() -> set[str]:
    """Return the values of all `Secret`s that are still in use."""
    found = (reference() for reference in _LIVING.valuerefs())  # a copy: other threads make new ones
    return {secret.reveal() for secret in found if secret is not None}


def hide(value: str | Secret | None) -> Secret | None:
    """Return a value that a noun was given as a `Secret`."""
    if value is None:
        return None
    return Secret(value) if isinstance(value, str) else _checked_secret(value)


def _checked_secret(value: object) -> Secret:
    if not isinstance(value, Secret):
        # its value is not shown: it could be the secret
        raise ConfigurationError(
            f"A {type(value).__name__} is no secret value: give a string, a Secret or None."
        )
    return value
