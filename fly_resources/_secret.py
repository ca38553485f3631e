"""A value that is never shown, and the set of those in use, which responses are masked with."""

from __future__ import annotations

import weakref
from typing import Final, NoReturn, Self

from fly_resources._errors import ConfigurationError


class Secret:
    """A value that is never shown: not in repr, str, logs, errors, plans or reports.

    `reveal()` returns it. Use it wherever a token, a secret or a key is expected. While the object exists,
    its value is also masked in the service's error responses.

    It is not an attrs class, because `attrs.asdict` and pretty printers look into those, and it cannot be
    pickled, because that would write the value out.
    """

    __slots__ = ("__weakref__", "_value")
    _value: str

    def __init__(self, value: str) -> None:
        """Check that it is a string, without showing it."""
        if type(value) is not str:
            raise ConfigurationError(f"Secret: expected a string, got {type(value).__name__}.")
        object.__setattr__(self, "_value", value)
        _LIVING[id(self)] = self

    def reveal(self) -> str:
        """Return the value."""
        return self._value

    def __eq__(self, other: object) -> bool:
        """Compare the values."""
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        """Hash by value."""
        return hash((Secret, self._value))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Raise AttributeError: a Secret is immutable."""
        raise AttributeError(f"a Secret is immutable: {name} cannot be set")

    def __copy__(self) -> Self:
        """Return itself: it is immutable."""
        return self

    def __deepcopy__(self, memo: object) -> Self:
        """Return itself: it is immutable."""
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Raise TypeError: a Secret cannot be pickled."""
        raise TypeError("a Secret cannot be pickled: that would write its value out")

    def __repr__(self) -> str:
        """Hide the value."""
        return "Secret('***')"

    __str__ = __repr__


#: Every `Secret` in use, so that its value can be masked.
_LIVING: Final[weakref.WeakValueDictionary[int, Secret]] = weakref.WeakValueDictionary()


def living_secrets() -> set[str]:
    """Return the values of all `Secret`s in use."""
    found = (reference() for reference in _LIVING.valuerefs())  # a copy, because other threads may add to it
    return {secret.reveal() for secret in found if secret is not None}


def hide(value: str | Secret | None) -> Secret | None:
    """Return a resource's secret argument as a `Secret`."""
    if isinstance(value, str):
        return Secret(value)
    if value is not None and not isinstance(value, Secret):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without a type checker
        # do not show the value: it could be the secret
        raise ConfigurationError(
            f"A secret's value must be a string, a Secret or None, got {type(value).__name__}."
        )
    return value
