"""`openapi/SOURCE.toml`: where the facts came from, and the hashes of what was made of them."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from pathlib import Path

    from .layout import Layout

_HEADER = "# Written by scripts/refresh_spec and scripts/regenerate; tests/codegen check it.\n"


@attrs.frozen
class Source:
    """The contents of the file.

    Attributes:
        url: The published document; the default of scripts/refresh_spec.
        copy: Where the vendored facts were read, if not at the url: what kept copy, and which.
        retrieved: Day on which the vendored facts last changed, ISO 8601.
        facts_sha256: Of `fly-machines.upstream.json`.
        document_sha256: Of `fly-machines.json`.
        tools: Package to version, of the tools that wrote the SDK.
    """

    url: str
    copy: str
    retrieved: str
    facts_sha256: str
    document_sha256: str
    tools: dict[str, str]

    @classmethod
    def load(cls, path: Path) -> Source:
        """Reads the file."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            url=data["upstream"]["url"],
            copy=data["upstream"].get("copy", ""),
            retrieved=data["upstream"]["retrieved"],
            facts_sha256=data["upstream"]["facts_sha256"],
            document_sha256=data["document"]["sha256"],
            tools=data["tools"],
        )

    def save(self, path: Path) -> None:
        """Writes the file."""
        path.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """The file's text. JSON strings are TOML strings."""
        tools = "".join(f"{name} = {json.dumps(found)}\n" for name, found in sorted(self.tools.items()))
        copy = f"copy = {json.dumps(self.copy)}\n" if self.copy else ""
        return (
            f"{_HEADER}\n[upstream]\nurl = {json.dumps(self.url)}\n{copy}"
            f"retrieved = {json.dumps(self.retrieved)}\nfacts_sha256 = {json.dumps(self.facts_sha256)}\n\n"
            f"[document]\nsha256 = {json.dumps(self.document_sha256)}\n\n[tools]\n{tools}"
        )


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mismatches(layout: Layout, tools: dict[str, str]) -> list[str]:
    """What the file says that is not so, a line each."""
    source = Source.load(layout.source)
    pairs = [
        ("upstream.facts_sha256", source.facts_sha256, sha256(layout.upstream)),
        ("document.sha256", source.document_sha256, sha256(layout.document)),
        ("tools", source.tools, tools),
    ]
    return [f"SOURCE.toml: {name} is {said}, found {found}" for name, said, found in pairs if said != found]
