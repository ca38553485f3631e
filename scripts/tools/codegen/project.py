"""The generator, with what the templates of this project need besides.

Run as the generator itself is: `python -m scripts.tools.codegen.project generate ...`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import openapi_python_client
from openapi_python_client import cli

from . import documents
from .config_types import TYPED
from .kinds import kind_of
from .naming import UPSTREAM_ID
from .prose import REPEAT, REPEATS
from .view import ABOUT, SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .documents import Json


#: Fields of the clients that their repr must not show.
_HIDDEN = {
    "    token: str\n": "    token: str = field(repr=False)\n",
}


class Project(openapi_python_client.Project):
    """Gives the templates what the generator's own reading of a document leaves out."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  # the generator's own
        super().__init__(**settings)
        source = self.config.document_source
        if not isinstance(source, Path):
            raise documents.CodegenError("the generator is given a file")
        document = documents.read(source)
        known = cast("Json", self.env.globals)
        listed = sorted(documents.operations(document), key=lambda each: each.path)
        known["table"] = [_row(each) for each in listed]
        known["joined"] = {each.id: _joined(each.data) for each in documents.operations(document)}
        known["pages"] = {each.id: _page(each.data, document) for each in documents.operations(document)}
        known["kind_of"] = kind_of
        known["qualified"] = _qualified
        known["secrets"] = document[SECRETS]
        known["typed"] = document[TYPED]
        known["about"] = document[ABOUT]

    def _build_api(self) -> None:
        super()._build_api()
        client = self.package_dir / "client.py"
        text = client.read_text(encoding="utf-8")
        for shown, hidden in _HIDDEN.items():
            if text.count(shown) != 1:
                raise documents.CodegenError(f"the generator's client has no longer this once: {shown}")
            text = text.replace(shown, hidden)
        client.write_text(text, encoding="utf-8")
        for name in ("calls.py", "config_types.py", "guesses.py", "operations.py"):
            self._write(f"{name}.jinja", name)
        self._write("bound_init.py.jinja", "bound/__init__.py")
        for tag, collection in self.openapi.endpoint_collections_by_tag.items():
            _check_answers(collection.endpoints)
            endpoints = collection.endpoints
            imports = {line for each in endpoints for line in each.relative_imports if "models." in line}
            self._write(
                "bound.py.jinja", f"bound/{tag}.py", tag=str(tag), endpoints=endpoints, imports=imports
            )

    def _write(self, template: str, name: str, **values: object) -> None:
        file = self.package_dir / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(self.env.get_template(template).render(**values), encoding="utf-8")


def _qualified(text: str, imports: Iterable[str]) -> str:
    """A type with `models.` before each name that those lines import.

    So `typing.get_type_hints` finds a model that nothing has imported yet.
    """
    names = "|".join(sorted(line.split()[-1] for line in imports))
    return re.sub(rf"(?<![\w.])({names})\b", r"models.\1", text) if names else text


def _row(operation: documents.Operation) -> Json:
    return {
        "id": operation.data[UPSTREAM_ID],
        "method": operation.method.upper(),
        "route": operation.path,
        "repeat": operation.data.get(REPEAT) or REPEATS[operation.method],
    }


def _check_answers(endpoints: list[Any]) -> None:
    """Refuse an operation whose successes differ in what they answer: no template can express it."""
    for endpoint in endpoints:
        answers = {each.prop.get_type_string() for each in endpoint.responses.patterns}
        if len(answers) != 1:
            raise documents.CodegenError(f"{endpoint.name} answers one of {len(answers)} kinds")


def _joined(operation: Json) -> list[str]:
    """The query parameters whose values travel in one text, with commas."""
    return [
        parameter["name"]
        for parameter in operation["parameters"]
        if parameter["in"] == "query" and parameter.get("explode") is False
    ]


def _page(operation: Json, document: Json) -> Json | None:
    """How a list goes on: what an entry is, and in which field of the answer they stand, if it is no list."""
    if all(parameter["name"] != "cursor" for parameter in operation["parameters"]):
        return None
    (media,) = documents.media_types(operation, statuses="2")
    if media["schema"].get("type") == "array":
        return {"item": documents.reference_name(media["schema"]["items"]), "items": ""}
    answer = documents.schemas(document)[documents.reference_name(media["schema"]) or ""]
    lists = {
        field: documents.reference_name(schema["items"])
        for field, schema in answer["properties"].items()
        if "items" in schema and documents.reference_name(schema["items"])
    }
    ((field, item),) = lists.items()
    return {"item": item, "items": field}


if __name__ == "__main__":
    openapi_python_client.Project = Project  # type: ignore[misc]  # the generator has no other door
    cli.app()
