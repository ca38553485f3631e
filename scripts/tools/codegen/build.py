"""The document that the project publishes: facts, corrected, renamed, opened and described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import corrections, enums, errors, naming, prose
from .documents import Json, read

if TYPE_CHECKING:
    from .layout import Layout


def build(layout: Layout) -> Json:
    """The document that belongs to the committed inputs.

    Raises:
        CodegenError: Facts and our inputs (corrections, names, prose) do not fit together.
    """
    return build_from(read(layout.upstream), layout)


def build_from(facts: Json, layout: Layout) -> Json:
    """The same for facts that are not vendored (yet)."""
    names = naming.Names.load(layout.names)
    corrected = corrections.apply_all(facts, corrections.load(layout.corrections))
    renamed = naming.rename(corrected, names)
    opened = enums.open_up(renamed, names.enums)
    return prose.merge(errors.complete(opened), prose.load(layout.prose))
