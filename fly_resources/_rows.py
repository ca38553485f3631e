"""The rows of plans and reports: found by resource, copied safely, and pickled without secret values."""

from __future__ import annotations

import copy
import io
import itertools
import pickle
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, Self

import attrs

from fly_resources._errors import ConfigurationError
from fly_resources._secret import Secret
from fly_resources.resources import Resource

#: How many resources an error lists.
_NAMED: Final = 20


def find(rows: Mapping[Resource[Any], Any], resource: Resource[Any], what: str) -> Any:  # noqa: ANN401  # Planned or Outcome
    """Return the row of a resource.

    Raises:
        ConfigurationError: There is none; `what` says in what.
    """
    try:
        return rows[resource]
    except (KeyError, TypeError):  # an argument that is not a resource may be unhashable
        named = ", ".join(map(str, itertools.islice(rows, _NAMED)))
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        raise ConfigurationError(f"{resource} is not part of this {what}; it holds {named}{more}.") from None


def holds(rows: Mapping[Resource[Any], Any], item: object) -> bool:
    """Return whether `item` is one of the resources, or of the rows."""
    return item in rows if isinstance(item, Resource) else item in rows.values()


class Row:
    """A part of a plan or report; it can be copied, and pickled without the values of its `Secret`s."""

    __slots__ = ()

    def _fields(self) -> list[Any]:
        return [getattr(self, field.name) for field in attrs.fields(type(self))]  # type: ignore[arg-type]  # all subclasses are attrs classes

    def __copy__(self) -> Self:
        """Return itself: it is immutable."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return a copy with copied SDK models, which are mutable."""
        return type(self)(*copy.deepcopy(self._fields(), memo))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the fields, without the values of the `Secret`s in them."""
        written = io.BytesIO()
        _Writer(written).dump(self._fields())
        return _read, (type(self), written.getvalue())


class _Writer(pickle.Pickler):
    """Pickles without the values of secrets."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  # as its base says
        return (_Unwritten, ()) if isinstance(value, Secret) else NotImplemented


def _read(kind: Callable[..., object], written: bytes) -> object:
    return kind(*pickle.loads(written))  # noqa: S301  # part of a pickle that is being loaded


class _Unwritten(Secret):
    """Replaces a `Secret` in a pickled plan or report."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("")

    def reveal(self) -> NoReturn:
        raise ConfigurationError(
            "This secret is from a pickled plan or report, which does not contain its value: "
            "describe the resource again, with the value."
        )
