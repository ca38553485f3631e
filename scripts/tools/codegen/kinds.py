"""How the values of a model's fields are read, for `model.py.jinja`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from openapi_python_client.parser.properties import EnumProperty, ModelProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

from .documents import CodegenError

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol


@attrs.frozen
class Kind:
    """What the values of a field are in Python that they are not in JSON.

    Attributes:
        word: "model", "enum" or "time"; "models" and "enums" for lists of them.
        name: The class of the model or enum.
        can_fail: Whether an object may not be enough for the model, because it has required keys.
    """

    word: str
    name: str = ""
    can_fail: bool = False


def kind_of(field: PropertyProtocol) -> Kind | None:
    """Return how values are read; None for those that are in Python what they are in JSON.

    Raises:
        CodegenError: The template has no way to read them.
    """
    match field:
        case ModelProperty():
            return Kind("model", field.class_info.name, can_fail=bool(field.required_properties))
        case EnumProperty():
            return Kind("enum", field.class_info.name)
        case DateTimeProperty():
            return Kind("time")
        case ListProperty():
            inner = kind_of(field.inner_property)
            if inner is not None and inner.word not in {"model", "enum"}:
                raise CodegenError(f"{field.name}: a list of such items is not provided for")
            return inner and attrs.evolve(inner, word=f"{inner.word}s")
        case UnionProperty():
            kinds = [kind for each in field.inner_properties if (kind := kind_of(each))]
            if len(kinds) > 1:
                raise CodegenError(f"{field.name}: a choice of such kinds is not provided for")
            return kinds[0] if kinds else None
        case _:
            return None
