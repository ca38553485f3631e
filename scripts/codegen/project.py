"""The generator, with what the templates of this project need besides.

Run as the generator itself is: `python -m scripts.codegen.project generate ...`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import openapi_python_client
from openapi_python_client import cli

from . import documents
from .view import SECRETS

if TYPE_CHECKING:
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
        known["joined"] = {each.id: _joined(each.data) for each in documents.operations(document)}
        known["secrets"] = document[SECRETS]

    def _build_api(self) -> None:
        super()._build_api()
        client = self.package_dir / "client.py"
        text = client.read_text(encoding="utf-8")
        for shown, hidden in _HIDDEN.items():
            if text.count(shown) != 1:
                raise documents.CodegenError(f"the generator's client has no longer this once: {shown}")
            text = text.replace(shown, hidden)
        client.write_text(text, encoding="utf-8")


def _joined(operation: Json) -> list[str]:
    """The query parameters whose values travel in one text, with commas."""
    return [
        parameter["name"]
        for parameter in operation["parameters"]
        if parameter["in"] == "query" and parameter.get("explode") is False
    ]


if __name__ == "__main__":
    openapi_python_client.Project = Project  # type: ignore[misc]  # the generator has no other door
    cli.app()
