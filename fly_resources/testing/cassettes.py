"""Cassettes without secrets: the configuration for vcrpy and pytest-recording to record Fly.io's responses.

In a conftest, with the extra `testing`:

```python
@pytest.fixture
def vcr_config(fly_vcr_config):
    return fly_vcr_config
```

The fixture `fly_vcr_config` is part of the pytest plugin; without pytest, `Scrubber().vcr_config()` is the
same for vcrpy alone.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import re
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Final, TypeAlias
from unittest import mock
from urllib.parse import quote, unquote, urlsplit

import attrs

from fly_resources._wire.masking import (
    ONE_ALPHABET,
    PART,
    Masker,
    covered,
    forms_of,
    occurrences,
    readings,
    uri_passwords,
)

__all__ = ["SCRUBBED", "Scrubber", "UnreadableBodyError"]

Json: TypeAlias = Any

#: The replacement for a secret in a cassette.
SCRUBBED: Final = "scrubbed"

_PUBLIC_URL: Final = "https://api.machines.dev/v1"

#: Only these headers are recorded; all others, such as Authorization and cookies, are dropped.
_REQUEST_HEADERS: Final = frozenset({"content-type"})
_RESPONSE_HEADERS: Final = frozenset({"content-type", "date", "fly-request-id", "retry-after", "server"})

#: Fields whose string values are always secret.
_SECRET_FIELDS: Final = frozenset({"nonce", "password", "permission_token", "private_key", "token"})
#: This one is not secret, but derived from names that a replay does not have.
_DERIVED_FIELDS: Final = frozenset({"idempotency_key"})
#: Further secret fields below an API path; `values` maps names to secrets.
_SECRET_FIELDS_BELOW: Final = (
    (re.compile(r"/secrets(/|$)"), frozenset({"value", "values"})),
    (
        re.compile(r"/secretkeys(/|$)"),
        frozenset({"associated_data", "ciphertext", "plaintext", "signature", "value"}),
    ),
    (re.compile(r"/tokens/"), frozenset({"header"})),
    (re.compile(r"/exec$"), frozenset({"stdin"})),
)
#: Responses with other statuses may repeat a request, or parts of it.
_SUCCESS: Final = range(200, 300)
_DIGESTS: Final = re.compile(r"/secrets(/|$)")
#: Responses that consist of a token only.
_TOKEN_TEXT: Final = re.compile(r"/tokens/(kms|oidc)$")

#: A machine's plain-text config is compared with the declared one, so it is not changed.
_CONFIG: Final = "config"

#: Where a machine stores marks of its secrets: name=mark, where the mark is a hash of the digest.
_MARKS_KEY: Final = "fly_resources.secrets"
_MARK_LENGTH: Final = 12
_MARK: Final = re.compile(rf"(?<==)[0-9a-f]{{{_MARK_LENGTH}}}(?!\S)")
_STAND_IN: Final = re.compile(rf"{SCRUBBED}-digest-(\d+)")
#: More than the distinct digests of any cassette; it bounds the lookup of marks scrubbed earlier.
_MOST_DIGESTS: Final = 1000


#: Where a `fly.run` machine has its name, which differs per run; it does not match a stand-in name.
_RUN: Final = re.compile(rb'"fly_resources\.run":\s*"(run-(?!0{8})[0-9a-f]{12})"')


@attrs.frozen
class _Rules:
    """The scrubbing rules for one body.

    Attributes:
        fields: The fields whose string values are always secret.
        digests: Whether a `digest` is that of a secret.
        addresses: Whether passwords in URLs are secret.
        refused: Whether it is an error response, which may repeat any part of the request.
    """

    fields: frozenset[str]
    digests: bool
    addresses: bool = True
    refused: bool = False


#: The rules for text that is not JSON.
_PLAIN: Final = _Rules(frozenset(), digests=False)


class UnreadableBodyError(Exception):
    """A body that cannot be searched for secrets, and so must not be recorded."""


def _mark(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:_MARK_LENGTH]


def _stand_in(number: int) -> str:
    return f"{SCRUBBED}-digest-{number}"


@functools.cache
def _scrubbed_marks() -> frozenset[str]:
    """Return the marks of stand-ins and of missing digests, which carry no information."""
    return frozenset({_mark(_stand_in(number)) for number in range(1, _MOST_DIGESTS)} | {_mark("")})


class Scrubber:
    """Removes secrets from what vcrpy writes to one cassette.

    Tokens, cookies, secret values, private keys, passwords and lease nonces become `scrubbed`. Digests of
    secrets become `scrubbed-digest-1` and so on, the same one for equal digests, so that a replay still
    detects which secret has changed; the marks of them on machines are rewritten to match. Values given to
    `hide`, and those of every `Secret` that is revealed inside `watching`, are replaced wherever they occur,
    also escaped or in base64; in an error response, parts of them are replaced too. Passwords in URLs also
    become `scrubbed`, except in the config of a machine, which is recorded as it was declared.

    Scrubbing is idempotent: replayed cassettes pass through it too.

    Args:
        base_url: Where requests are sent, if not to Fly.io's public address: a cassette contains the public
            one, so that it can be replayed anywhere.
    """

    def __init__(self, base_url: str | None = None) -> None:
        """Start without any values to hide."""
        self._base_url = base_url
        self._hidden: dict[str, str] = {}
        #: The possible spellings of each value that is replaced inside other text, and its replacement.
        self._parts: list[tuple[set[str], str]] = []
        self._digests: dict[str, int] = {}
        self._runs: dict[str, int] = {}
        self._lock = threading.Lock()
        self._current = threading.local()

    def __deepcopy__(self, memo: dict[int, object]) -> Scrubber:
        """Return itself: pytest-recording copies its configuration, and `hide` may be called later."""
        return self

    def __repr__(self) -> str:
        """Return how many values it hides, without showing any."""
        return f"Scrubber({len(self._hidden)} values hidden)"

    def hide(self, value: str, stand_in: str = SCRUBBED) -> None:
        """Replace `value` by `stand_in` wherever it occurs. Values under 8 characters: only as a whole."""
        if value and value != stand_in and self._hidden.get(value) != stand_in:
            with self._lock:
                self._hidden = {**self._hidden, value: stand_in}
                self._parts = [
                    (forms_of(text), other) for text, other in self._hidden.items() if len(text) >= PART
                ]

    @contextlib.contextmanager
    def watching(self) -> Generator[Scrubber]:
        """Hide what any `Secret` reveals inside the block: everything that is sent is revealed first."""
        from fly_resources.resources import Secret  # noqa: PLC0415 - the plugin imports what a test uses

        plain: Callable[[Secret], str] = Secret.reveal

        def reveal(secret: Secret) -> str:
            value = plain(secret)
            self.hide(value)
            return value

        with mock.patch.object(Secret, "reveal", reveal):
            yield self

    def vcr_config(self) -> dict[str, Any]:
        """Return the arguments for vcrpy: this scrubber, and matching that includes bodies."""
        return {
            "before_record_request": self.request,
            "before_record_response": self.response,
            "decode_compressed_response": True,
            # vcrpy compares JSON bodies by content, not by formatting.
            "match_on": ("method", "scheme", "host", "port", "path", "query", "body"),
        }

    def request(self, request: Any) -> Any:  # noqa: ANN401 - vcrpy's request, which has no types
        """Return vcrpy's copy of a request, scrubbed."""
        path = urlsplit(request.uri).path
        self._current.path = path
        request.uri = self._uri(request.uri)
        body = request.body
        if body:
            content = body if isinstance(body, bytes) else str(body).encode()
            self._count_runs(content)
            request.body = self._body(content, path)
        kept = {
            name.lower(): value
            for name, value in dict(request.headers).items()
            if name.lower() in _REQUEST_HEADERS
        }
        request.headers = kept
        return request

    def _count_runs(self, content: bytes) -> None:
        """Number the machines of `fly.run` in order, so that a replay requests the same names."""
        for name in (found[1].decode() for found in _RUN.finditer(content)):
            with self._lock:
                number = self._runs.setdefault(name, len(self._runs) + 1)
            self.hide(name, f"run-{number:012x}")

    def plain(self, path: str, query: str, body: bytes) -> tuple[str, str]:
        """Return the scrubbed query and body of a request; for an unsearchable body, its length."""
        parts = urlsplit(self._uri(f"https://simulator{quote(path)}?{query}"))
        try:
            text = self._body(body, path).decode()
        except UnreadableBodyError:
            text = f"({len(body)} bytes)"
        return parts.query, text

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return the scrubbed response to the request that this thread scrubbed last."""
        headers = {name.lower(): value for name, value in response["headers"].items()}
        if any(coding != "identity" for coding in headers.get("content-encoding", [])):
            raise UnreadableBodyError(
                f"An answer in {headers['content-encoding']} cannot be searched for secrets, so it was not "
                "recorded. Send the header Accept-Encoding: identity."
            )
        content = response["body"]["string"]
        content = content if isinstance(content, bytes) else content.encode()
        return {
            **response,
            "headers": {name: value for name, value in headers.items() if name in _RESPONSE_HEADERS},
            "body": {
                "string": self._body(
                    content,
                    getattr(self._current, "path", ""),
                    answer=True,
                    refused=response.get("status", {}).get("code") not in _SUCCESS,
                )
            },
        }

    def _uri(self, uri: str) -> str:
        if self._base_url and uri.startswith(f"{self._base_url}/"):
            uri = _PUBLIC_URL + uri.removeprefix(self._base_url)
        parts = urlsplit(uri)
        path = "/".join(self._quoted(segment) for segment in parts.path.split("/"))
        query = "&".join(
            "=".join(self._quoted(side) for side in pair.split("=", 1)) for pair in parts.query.split("&")
        )
        return parts._replace(path=path, query=query).geturl()

    def _quoted(self, part: str) -> str:
        plain = unquote(part)
        scrubbed = self._text(plain)
        return part if scrubbed == plain else quote(scrubbed, safe="")

    def _body(self, content: bytes, path: str, *, answer: bool = False, refused: bool = False) -> bytes:
        if not content:
            return content
        if answer and _TOKEN_TEXT.search(path) and not content.startswith(b"{"):
            return SCRUBBED.encode()
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise UnreadableBodyError(
                f"A body of {len(content)} bytes at {path} is not text and cannot be searched for secrets, "
                "so it was not recorded."
            ) from None
        always = _SECRET_FIELDS | _DERIVED_FIELDS
        rules = _Rules(
            always.union(*(more for place, more in _SECRET_FIELDS_BELOW if place.search(path))),
            digests=_DIGESTS.search(path) is not None,
            refused=refused,
        )
        try:
            scrubbed = self._json(json.loads(text), rules)
        except ValueError:
            return self._text(text, rules).encode()
        except RecursionError:
            raise UnreadableBodyError(
                f"A body at {path} is nested too deeply to be searched for secrets, so it was not recorded."
            ) from None
        return json.dumps(scrubbed, ensure_ascii=False, separators=(",", ":")).encode()

    def _json(self, value: Json, rules: _Rules) -> Json:
        if isinstance(value, list):
            return [self._json(item, rules) for item in value]
        if isinstance(value, str):
            return self._text(value, rules)
        if isinstance(value, dict):
            return {self._key(name, rules): self._field(name, item, rules) for name, item in value.items()}
        if isinstance(value, int | float) and len(str(value)) >= PART:
            return self._hidden.get(str(value), value)
        return value

    def _key(self, name: str, rules: _Rules) -> str:
        """Keep short keys: they are field names of the API."""
        return self._text(name, rules) if len(name) >= PART else name

    def _field(self, name: str, value: Json, rules: _Rules) -> Json:
        if name in rules.fields:
            return self._blank(value, rules)
        if name == "digest" and rules.digests and isinstance(value, str) and value:
            return self._digest(value)
        if name == _MARKS_KEY and isinstance(value, str):
            value = _MARK.sub(lambda found: self._marked(found[0]), value)
        return self._json(value, attrs.evolve(rules, addresses=False) if name == _CONFIG else rules)

    def _blank(self, value: Json, rules: _Rules) -> Json:
        """Replace all strings, at any depth; a value that is not a string (null: removal) is not a secret."""
        if isinstance(value, dict):
            return {self._key(name, rules): self._blank(item, rules) for name, item in value.items()}
        if isinstance(value, list):
            return [self._blank(item, rules) for item in value]
        return SCRUBBED if isinstance(value, str) and value else value

    def _text(self, text: str, rules: _Rules = _PLAIN) -> str:
        if text in self._hidden:
            return self._hidden[text]
        text = covered(text, _find_whole(text, self._parts))
        if rules.addresses and uri_passwords(text):
            text = Masker([], SCRUBBED).mask(text)
        if rules.refused:
            # names with their own stand-ins are not secrets, and parts of them are ordinary words
            secrets = [value for value, stand_in in self._hidden.items() if stand_in == SCRUBBED]
            text = Masker((value for value in secrets if len(value) >= PART), SCRUBBED).mask(text)
        return text

    def _digest(self, digest: str) -> str:
        return digest if _STAND_IN.fullmatch(digest) else _stand_in(self._number(_mark(digest)))

    def _marked(self, mark: str) -> str:
        return mark if mark in _scrubbed_marks() else _mark(_stand_in(self._number(mark)))

    def _number(self, mark: str) -> int:
        """Number digests by their marks, because either of the two may be seen first."""
        with self._lock:
            return self._digests.setdefault(mark, len(self._digests) + 1)


def _find_whole(text: str, known: Iterable[tuple[Iterable[str], str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the places where a text contains a whole value in one of its forms.

    `known` holds forms and their replacement, which is yielded with each place.
    """
    for reading, starts in readings(text):
        plain = reading.translate(ONE_ALPHABET)
        for forms, stand_in in known:
            for form in forms:
                for begin, end in occurrences(plain, form, len(form)):
                    yield (*((begin, end) if starts is None else (starts[begin], starts[end])), stand_in)
