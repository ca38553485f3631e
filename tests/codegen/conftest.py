"""The committed inputs and outputs of the code generation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.tools.codegen import documents
from scripts.tools.codegen.layout import Layout

if TYPE_CHECKING:
    from scripts.tools.codegen.documents import Json


@pytest.fixture(scope="session")
def layout() -> Layout:
    return Layout()


@pytest.fixture(scope="session")
def facts(layout: Layout) -> Json:
    """The vendored facts; tests must not change them in place."""
    return documents.read(layout.upstream)


@pytest.fixture(scope="session")
def document(layout: Layout) -> Json:
    """The built document as committed; tests must not change it in place."""
    return documents.read(layout.document)
