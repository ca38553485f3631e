"""Corrections of what the upstream document gets wrong, as data in `openapi/corrections/`.

A correction is `{"id", "reason", "evidence", "absent", "patch"}`. `patch` is RFC 6902, in upstream's names.
What must still be wrong upstream for the correction to be needed is stated by the patch's leading `test`
operations and by `absent`, pointers at which there must be nothing (RFC 6902 cannot say that).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import jsonpatch
import jsonpointer

from .documents import CodegenError, Json

if TYPE_CHECKING:
    from pathlib import Path


class StaleCorrectionError(CodegenError):
    """Upstream no longer has the defect that a correction corrects."""


@attrs.frozen
class Correction:
    """One correction, as written in its file."""

    id: str
    reason: str
    evidence: tuple[str, ...]
    absent: tuple[str, ...]
    patch: tuple[Json, ...]
    file: str

    @property
    def pointers(self) -> tuple[str, ...]:
        """Every place of the document that it looks at or changes."""
        return (*self.absent, *(str(step["path"]) for step in self.patch))

    def apply(self, document: Json) -> Json:
        """The corrected document; the given one stays as it was.

        Raises:
            StaleCorrectionError: The defect is gone, or the place where it was.
        """
        for pointer in self.absent:
            if _exists(document, pointer):
                raise StaleCorrectionError(
                    f"{self.file}: correction {self.id} is stale: upstream now has {pointer}. "
                    "Compare it with the correction's patch and evidence, then delete or rewrite the entry."
                )
        try:
            corrected: Json = jsonpatch.apply_patch(document, list(self.patch))
        except jsonpatch.JsonPatchTestFailed as error:
            raise StaleCorrectionError(
                f"{self.file}: correction {self.id} is stale: upstream is not as it expected ({error}). "
                "Compare upstream with its `test`, then delete or rewrite the entry."
            ) from error
        except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException) as error:
            raise StaleCorrectionError(
                f"{self.file}: correction {self.id} does not apply: {error}"
            ) from error
        return corrected


def load(folder: Path) -> tuple[Correction, ...]:
    """All corrections, in the order of file names and then as written.

    Raises:
        CodegenError: An entry lacks a reason, evidence or a statement of its defect, or an id is used twice.
    """
    loaded: list[Correction] = []
    for file in sorted(folder.glob("*.json")):
        loaded.extend(_checked(entry, file.name) for entry in json.loads(file.read_text(encoding="utf-8")))
    seen: set[str] = set()
    for correction in loaded:
        if correction.id in seen:
            raise CodegenError(f"{correction.file}: correction id {correction.id} is used twice")
        seen.add(correction.id)
    return tuple(loaded)


def apply_all(document: Json, corrections: tuple[Correction, ...]) -> Json:
    """The document with every correction applied in order.

    Raises:
        StaleCorrectionError: Naming every stale correction, not only the first.
    """
    stale: list[str] = []
    for correction in corrections:
        try:
            document = correction.apply(document)
        except StaleCorrectionError as error:
            stale.append(str(error))
    if stale:
        raise StaleCorrectionError("\n".join(stale))
    return document


def _checked(entry: dict[str, Any], file: str) -> Correction:
    correction = Correction(
        id=entry["id"],
        reason=entry["reason"],
        evidence=tuple(entry["evidence"]),
        absent=tuple(entry.get("absent", ())),
        patch=tuple(entry["patch"]),
        file=file,
    )
    if not correction.reason or not correction.evidence:
        raise CodegenError(f"{file}: correction {correction.id} needs a reason and evidence")
    if not correction.absent and correction.patch[0]["op"] != "test":
        raise CodegenError(
            f"{file}: correction {correction.id} must begin with a `test`, or name what is `absent`"
        )
    return correction


def _exists(document: Json, pointer: str) -> bool:
    missing = object()
    return jsonpointer.resolve_pointer(document, pointer, missing) is not missing
