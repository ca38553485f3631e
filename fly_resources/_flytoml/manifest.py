"""The parsed file: its tree, its process groups, and the groups of each section (FT-40 to FT-47)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources._flytoml import schema, spellings
from fly_resources._flytoml.values import refusal

if TYPE_CHECKING:
    from pathlib import Path

Tree: TypeAlias = dict[str, Any]

_ONLY_GROUP: Final = "app"


@attrs.frozen
class Manifest:
    """The contents of the file, with keys and types checked."""

    tree: Tree = attrs.field(repr=False)
    #: Sorted names of the process groups.
    groups: tuple[str, ...]
    #: The group of sections without `processes`.
    default_group: str
    #: The directory of the file; local files may be relative to it.
    folder: Path
    #: Problems that flyctl would accept silently.
    warnings: list[str] = attrs.field(factory=list, repr=False)

    def text(self, key: str) -> str | None:
        """Return a top-level string; None if it is missing or empty."""
        value = self.tree.get(key)
        return value if isinstance(value, str) and value else None

    def table(self, key: str) -> Tree:
        """Return a table, empty if it is missing."""
        found: Tree = self.tree.get(key) or {}
        return found

    def rows(self, key: str) -> list[tuple[str, Tree]]:
        """Return the tables of an array, each with its path in the file."""
        return [(f"{key}[{index}]", row) for index, row in enumerate(self.tree.get(key) or [])]

    def checks(self) -> list[tuple[str, Tree]]:
        """Return the top-level checks, each with its path in the file."""
        return [(f"checks.{name}", row) for name, row in self.table("checks").items()]

    def services(self) -> list[tuple[str, Tree]]:
        """Return the `[http_service]`, which comes first, and the `[[services]]` (FT-75)."""
        http = self.tree.get("http_service")
        return [*([("http_service", http)] if http is not None else []), *self.rows("services")]

    def groups_of(self, section: Tree) -> tuple[str, ...]:
        """Return the groups that a section names, or the default group if it names none (FT-42)."""
        named = section.get("processes") or [""]
        return tuple(dict.fromkeys(name or self.default_group for name in named))

    def is_of(self, section: Tree, group: str) -> bool:
        """Return whether a section applies to a group."""
        return group in self.groups_of(section)


def read(tree: Tree, folder: Path, *, allow_unknown: bool) -> Manifest:
    """Rewrite old spellings, check every key, and find the process groups.

    Raises:
        ConfigurationError: A wrong type or, unless `allow_unknown` is set, an unknown key.
    """
    check = schema.Check()
    checked = check.read(schema.FILE, "", spellings.rewrite(tree))
    if check.unknown and not allow_unknown:
        key, _, why = check.unknown[0].partition(": ")
        more = f" ({len(check.unknown) - 1} more unknown keys)" if len(check.unknown) > 1 else ""
        raise refusal(key, f"{why}{more} flyctl would ignore it; allow_unknown=True does so too.")
    groups = tuple(sorted(checked.get("processes") or {_ONLY_GROUP: ""}))
    if "" in groups:
        raise refusal("processes", "a process group has an empty name; name it.")
    default = _ONLY_GROUP if _ONLY_GROUP in groups else groups[0]
    ignored = [f"{each} It is ignored." for each in check.unknown]
    return Manifest(checked, groups, default, folder, [*check.warnings, *ignored])
