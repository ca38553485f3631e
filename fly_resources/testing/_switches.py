"""Fields of `Behaviour` with their facts and all tested values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@attrs.frozen
class Switch:
    """One field of `Behaviour`.

    Attributes:
        name: The field's name.
        fact: The id of the fact that it models.
        values: All values under which the library is tested; the first is the default.
    """

    name: str
    fact: str
    values: tuple[Any, ...]

    @property
    def default(self) -> Any:  # noqa: ANN401 - whatever the field takes
        """Return the best supported observation."""
        return self.values[0]

    @property
    def others(self) -> tuple[Any, ...]:
        """Return the other values that were observed or reported."""
        return self.values[1:]


def switch(
    fact: str, *values: T, validator: Callable[[Any, attrs.Attribute[T], T], object] | None = None
) -> T:
    """Return a field whose default is the first of `values`."""
    metadata = {"fact": fact, "values": values}
    field: Any = attrs.field(default=values[0], validator=validator, metadata=metadata)
    default: T = field  # the class body holds the field; an instance has its default
    return default


def flag(fact: str, *, default: bool) -> bool:
    """Return a boolean field."""
    return switch(fact, default, not default)


def switches(kind: type[attrs.AttrsInstance]) -> tuple[Switch, ...]:
    """Return the switches of a class in field order."""
    return tuple(
        Switch(field.name, field.metadata["fact"], field.metadata["values"]) for field in attrs.fields(kind)
    )
