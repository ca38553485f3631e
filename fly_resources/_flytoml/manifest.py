"""The file as read: its tree, its process groups, and which sections are whose (FT-40 to FT-47)."""

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
    """What the file says, checked for its form."""

    tree: Tree = attrs.field(repr=False)
    #: Sorted names of the process groups.
    groups: tuple[str, ...]
    #: The group that sections without `processes` belong to.
    default_group: str
    #: The folder of the file; local files may be relative to it.
    folder: Path
    #: What flyctl would accept in silence.
    warnings: list[str] = attrs.field(factory=list, repr=False)

    def text(self, key: str) -> str | None:
        """Return a top-level text; empty is not set."""
        value = self.tree.get(key)
        return value if isinstance(value, str) and value else None

    def table(self, key: str) -> Tree:
        """Return a table, empty if there is none."""
        found: Tree = self.tree.get(key) or {}
        return found

    def rows(self, key: str) -> list[tuple[str, Tree]]:
        """Return an array's tables, each with its place in the file."""
        return [(f"{key}[{index}]", row) for index, row in enumerate(self.tree.get(key) or [])]

    def checks(self) -> list[tuple[str, Tree]]:
        """Return the top-level checks, each with its place in the file."""
        return [(f"checks.{name}", row) for name, row in self.table("checks").items()]

    def services(self) -> list[tuple[str, Tree]]:
        """Return the `[[services]]` and the `[http_service]`, which comes first (FT-75)."""
        http = self.tree.get("http_service")
        return [*([("http_service", http)] if http is not None else []), *self.rows("services")]

    def groups_of(self, section: Tree) -> tuple[str, ...]:
        """Return the groups that a section names, the default group if none (FT-42)."""
        named = section.get("processes") or [""]
        return tuple(dict.fromkeys(name or self.default_group for name in named))

    def is_of(self, section: Tree, group: str) -> bool:
        """Return whether a section belongs to a group."""
        return group in self.groups_of(section)


def read(tree: Tree, folder: Path, *, allow_unknown: bool) -> Manifest:
    """Rewrite old spellings, check every key, and find the process groups.

    Raises:
        ConfigurationError: A wrong type or, unless they are allowed, an unknown key.
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
