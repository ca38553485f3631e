"""Corrections of what the upstream document gets wrong, as data in `openapi/corrections/`.

A correction is `{"id", "reason", "evidence", "absent", "patch"}`. `patch` is RFC 6902, in upstream's names.
What must still be wrong upstream for the correction to be needed is stated by the patch's leading `test`
operations and by `absent`, pointers at which there must be nothing (RFC 6902 cannot say that).
"""

from __future__ import annotations

import copy
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

    def apply(self, document: Json) -> None:
        """Corrects a document in place; what has to be wrong with it is looked at first.

        Raises:
            StaleCorrectionError: The defect is gone, or the place where it was.
        """
        for pointer in self.absent:
            if _at(document, pointer) is not _NOTHING:
                raise self._stale(f"there is something at {pointer} now")
        for step in self.patch:
            if step["op"] == "test" and _at(document, step["path"]) != step["value"]:
                found = _at(document, step["path"])
                expected = _short(json.dumps(step["value"]))
                now = "nothing" if found is _NOTHING else _short(json.dumps(found))
                raise self._stale(f"it expects {expected} at {step['path']}, where there is {now}")
        try:
            jsonpatch.apply_patch(document, list(self.patch), in_place=True)
        except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException) as error:
            raise self._stale(f"it cannot be applied ({_short(str(error))})") from error

    def _stale(self, why: str) -> StaleCorrectionError:
        return StaleCorrectionError(
            f"{self.file}: correction {self.id} is stale: {why}. Compare upstream with its patch, "
            "then delete or rewrite the entry."
        )


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
    """A copy of the document with every correction applied in order.

    Raises:
        StaleCorrectionError: Naming every stale correction, not only the first.
    """
    corrected = copy.deepcopy(document)
    stale: list[str] = []
    for correction in corrections:
        try:
            correction.apply(corrected)
        except StaleCorrectionError as error:
            stale.append(str(error))
    if stale:
        raise StaleCorrectionError("\n".join(stale))
    return corrected


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


_NOTHING = object()
_LONGEST_EXCERPT = 160


def _at(document: Json, pointer: str) -> object:
    """What a pointer leads to, or `_NOTHING`."""
    found: object = jsonpointer.resolve_pointer(document, pointer, _NOTHING)
    return found


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[:_LONGEST_EXCERPT]}..."
