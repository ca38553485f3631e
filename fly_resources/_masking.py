"""Mask secrets in what the service says, which may repeat what was sent to it.

What is secret about a request: its token, every `Secret` that is in use, and what its body holds under
the names that secrets have in this API, which covers plain strings that went through the SDK.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from fly_machines import models

from fly_resources._secret import living_secrets

#: Below these keys, every text in the body of a request is taken for a secret.
_SECRET_KEYS: Final = frozenset(
    {
        "env",
        "fullchain",
        "header",
        "headers",
        "plaintext",
        "private_key",
        "raw_value",
        "stdin",
        "value",
        "values",
    }
)
MASK: Final = "***"
#: What is shorter hides nothing, and masking it would make other words unreadable.
_SHORTEST: Final = 4
#: A part of a secret that is this long is masked too: an answer may be cut, wrapped or escaped.
_PART: Final = 8
#: A part of 8, wherever it begins, holds one whole block of 4 of those that its secret is cut into.
_BLOCK: Final = 4
#: Looking so often through the secrets takes as long as listing their parts.
_MANY_LOOKS: Final = 500


class Masker:
    """Masks given values, and parts of them, in texts."""

    def __init__(self, values: Iterable[str]) -> None:
        """Prepare to mask `values`; those of less than 4 characters are left alone."""
        forms = {form for value in values if len(value) >= _SHORTEST for form in _forms(value)}
        self._short = {form for form in forms if len(form) < _PART}
        self._long = [form for form in forms if len(form) >= _PART]
        self._blocks = {form[at : at + _BLOCK] for form in self._long for at in range(0, len(form), _BLOCK)}
        self._looks = 0
        #: All that is masked: listed only when it pays, because those of a large secret take a second.
        self._parts: set[str] | None = None

    def mask(self, text: str) -> str:
        """Return `text` with `***` for each stretch that is a secret or a part of one."""
        hidden = bytearray(len(text))
        near = [text[at : at + _BLOCK] in self._blocks for at in range(len(text) - _BLOCK + 1)]
        for at in range(len(text) - _PART + 1):
            if any(near[at : at + _BLOCK]) and self._is_part(text[at : at + _PART]):
                hidden[at : at + _PART] = b"\1" * _PART
        for value in self._short:
            at = text.find(value)
            while at >= 0:
                if _stands_alone(text, at, at + len(value)):
                    hidden[at : at + len(value)] = b"\1" * len(value)
                at = text.find(value, at + 1)
        if not any(hidden):
            return text
        shown = []
        for at, character in enumerate(text):
            if not hidden[at]:
                shown.append(character)
            elif not at or not hidden[at - 1]:
                shown.append(MASK)
        return "".join(shown)

    def _is_part(self, text: str) -> bool:
        if self._parts is None and self._looks < _MANY_LOOKS:
            self._looks += 1
            return any(text in form for form in self._long)
        if self._parts is None:
            self._parts = {
                form[at : at + _PART] for form in self._long for at in range(len(form) - _PART + 1)
            }
        return text in self._parts

    def mask_json(self, value: Any) -> Any:  # noqa: ANN401  # any JSON value
        """Return a JSON value with every text in it masked, keys included."""
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, Mapping):
            return {self.mask(str(key)): self.mask_json(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.mask_json(each) for each in value]
        if isinstance(value, int | float) and not isinstance(value, bool) and self.mask(str(value)) == MASK:
            return MASK
        return value


def _mask_living(text: str) -> str:
    living = living_secrets()
    return Masker(living).mask(text) if living else text


# What was declared as a `Secret` comes back in the SDK's models, in a config or elsewhere.
models.masks.append(_mask_living)


def masker_for(authorization: str, content: bytes) -> Masker:
    """Return what masks the secrets of a request with that header and body, and all others in use."""
    token = authorization.partition(" ")[2] or authorization
    return Masker({token, *living_secrets(), *_sent(content)})


def _forms(value: str) -> set[str]:
    """Return how an answer may spell a value."""
    whole = value.encode("utf-8", "replace")
    return {
        value,
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(value)[1:-1])[1:-1],
        quote(whole, safe=""),
        base64.b64encode(whole).decode("ascii"),
        " ".join(value.split()),
    }


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether the stretch is no part of a longer word."""
    before, after = text[begin - 1 : begin], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _sent(content: bytes) -> Iterator[str]:
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return
    todo: list[tuple[Any, bool]] = [(body, False)]
    while todo:
        value, secret = todo.pop()
        if isinstance(value, dict):
            todo += [(each, secret or key in _SECRET_KEYS) for key, each in value.items()]
        elif isinstance(value, list):
            todo += [(each, secret) for each in value]
        elif isinstance(value, str) and secret:
            yield value
