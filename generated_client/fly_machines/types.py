"""Contains some shared types for properties"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from types import ModuleType
from typing import IO, BinaryIO, ClassVar, Generic, Literal, NoReturn, TypeVar
from urllib.parse import quote

from attrs import define, field


class Unset:
    """The kind of `UNSET`, of which there is one: it stays itself when what it stands in is copied or pickled."""

    __slots__ = ()
    _the_one: ClassVar[Unset | None] = None

    def __new__(cls) -> Unset:
        if cls._the_one is None:
            cls._the_one = super().__new__(cls)
        return cls._the_one

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: object) -> Unset:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return a tuple representation that httpx will accept for multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


def segment(value: object) -> str:
    """A part of a path, in the spelling of URLs."""
    if isinstance(value, str):
        return quote(value, safe="")
    raise TypeError(
        f"A {type(value).__name__} is no name or id: give its text (model.id, app.name), or use the methods of bound.Api."
    )


class OperationModule(ModuleType):
    """A module of `api`: it holds the functions of one operation, and says so when it is called itself."""

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        tag, name = self.__name__.split(".")[-2:]
        raise TypeError(
            f"{name} is a module: call {name}.sync(..., client=...), or {name}.asyncio; "
            f"with a Fly, fly.api.{tag}.{name.removeprefix(f'{tag}_')}(...)."
        )


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: HTTPStatus
    content: bytes = field(repr=False)
    headers: MutableMapping[str, str] = field(repr=False)
    parsed: T | None


__all__ = ["UNSET", "File", "FileTypes", "OperationModule", "RequestFiles", "Response", "Unset", "segment"]
