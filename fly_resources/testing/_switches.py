"""Fields of `Behaviour` that know their fact and all values that are tested."""

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
        fact: The id of the fact that it is about.
        values: All values under which the library is tested; the first is the default.
    """

    name: str
    fact: str
    values: tuple[Any, ...]

    @property
    def default(self) -> Any:  # noqa: ANN401 - whatever the field takes
        """The best supported observation."""
        return self.values[0]

    @property
    def others(self) -> tuple[Any, ...]:
        """What else was observed or reported."""
        return self.values[1:]


def switch(
    fact: str, *values: T, validator: Callable[[Any, attrs.Attribute[T], T], object] | None = None
) -> T:
    """Return a field whose default is the first of `values`."""
    metadata = {"fact": fact, "values": values}
    field: Any = attrs.field(default=values[0], validator=validator, metadata=metadata)
    default: T = field  # what the class body holds is the field; what an object has is its default
    return default


def flag(fact: str, *, default: bool) -> bool:
    """Return a field that is true or false."""
    return switch(fact, default, not default)


def switches(kind: type[attrs.AttrsInstance]) -> tuple[Switch, ...]:
    """Return the switches of a class in the order of its fields."""
    return tuple(
        Switch(field.name, field.metadata["fact"], field.metadata["values"]) for field in attrs.fields(kind)
    )
