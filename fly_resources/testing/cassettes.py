"""Cassettes without secrets: what vcrpy and pytest-recording need to record Fly.io's answers.

In a conftest, with the extra `testing`:

```python
@pytest.fixture
def vcr_config(fly_vcr_config):
    return fly_vcr_config
```

The fixture `fly_vcr_config` comes with the pytest plugin; without pytest, `Scrubber().vcr_config()` is the
same for vcrpy alone.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import re
import threading
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from unittest import mock
from urllib.parse import quote, unquote, urlsplit

import attrs

from fly_resources._masking import PART, Masker, covered, find_whole, forms_of, uri_passwords

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["SCRUBBED", "Scrubber", "UnreadableBodyError"]

Json: TypeAlias = Any

#: What stands in a cassette where a secret was.
SCRUBBED: Final = "scrubbed"

_PUBLIC_URL: Final = "https://api.machines.dev/v1"

#: Only these headers are written down; whatever else there is, such as Authorization and cookies, is not.
_REQUEST_HEADERS: Final = frozenset({"content-type"})
_RESPONSE_HEADERS: Final = frozenset({"content-type", "date", "fly-request-id", "retry-after", "server"})

#: Fields that are secret wherever they occur, as text.
_SECRET_FIELDS: Final = frozenset({"nonce", "password", "permission_token", "private_key", "token"})
#: One more that is no secret, but made from names that a replay does not have.
_DERIVED_FIELDS: Final = frozenset({"idempotency_key"})
#: Further ones below a path of the API; `values` maps names to them.
_SECRET_FIELDS_BELOW: Final = (
    (re.compile(r"/secrets(/|$)"), frozenset({"value", "values"})),
    (
        re.compile(r"/secretkeys(/|$)"),
        frozenset({"associated_data", "ciphertext", "plaintext", "signature", "value"}),
    ),
    (re.compile(r"/tokens/"), frozenset({"header"})),
    (re.compile(r"/exec$"), frozenset({"stdin"})),
)
#: Answers with other statuses may repeat a request, or parts of it.
_SUCCESS: Final = range(200, 300)
_DIGESTS: Final = re.compile(r"/secrets(/|$)")
#: Answers that are a token and nothing else.
_TOKEN_TEXT: Final = re.compile(r"/tokens/(kms|oidc)$")

#: What a machine was given as plain text is compared with what is declared, so it stays as it is.
_CONFIG: Final = "config"

#: Where a machine keeps what it knows of its secrets, and how: name=mark, the mark a hash of the digest.
_MARKS_KEY: Final = "fly_resources.secrets"
_MARK_LENGTH: Final = 12
_MARK: Final = re.compile(rf"(?<==)[0-9a-f]{{{_MARK_LENGTH}}}(?!\S)")
_STAND_IN: Final = re.compile(rf"{SCRUBBED}-digest-(\d+)")
#: No cassette has more different digests; it bounds the look-up of marks that were scrubbed before.
_MOST_DIGESTS: Final = 1000


@attrs.frozen
class _Rules:
    """How one body is scrubbed.

    Attributes:
        fields: What is secret wherever it occurs, as text.
        digests: Whether a `digest` is one of a secret.
        addresses: Whether the passwords in addresses are secret.
        refused: Whether it is the answer of a failure, which may repeat any part of what was sent.
    """

    fields: frozenset[str]
    digests: bool
    addresses: bool = True
    refused: bool = False


#: Those of what is no JSON.
_PLAIN: Final = _Rules(frozenset(), digests=False)


class UnreadableBodyError(Exception):
    """A body that cannot be searched for secrets, and so must not be written down."""


def _mark(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:_MARK_LENGTH]


def _stand_in(number: int) -> str:
    return f"{SCRUBBED}-digest-{number}"


@functools.cache
def _scrubbed_marks() -> frozenset[str]:
    """Marks of stand-ins, and of there being no digest: they say nothing."""
    return frozenset({_mark(_stand_in(number)) for number in range(1, _MOST_DIGESTS)} | {_mark("")})


class Scrubber:
    """Takes secrets out of what vcrpy writes to one cassette.

    Tokens, cookies, secret values, private keys, passwords and lease nonces become `scrubbed`. Digests of
    secrets become `scrubbed-digest-1` and so on, equal ones alike, so that a replay still sees which secret
    has changed; the marks that machines keep of them are rewritten to match. Values given to `hide`, and
    those of every `Secret` that is revealed inside `watching`, are replaced wherever they occur, escaped
    or in base64 too; in the answer of a failure, so are parts of them. The passwords in addresses become
    `scrubbed` as well, but for those in the config of a machine, which is written down as it was declared.

    Scrubbing twice is scrubbing once: replayed cassettes pass through it too.

    Args:
        base_url: Where requests are sent, if not to Fly.io's public address: a cassette names that one, so
            that it can be replayed anywhere.
    """

    def __init__(self, base_url: str | None = None) -> None:
        """Know of no values yet."""
        self._base_url = base_url
        self._hidden: dict[str, str] = {}
        #: How each that is replaced inside other texts may be spelt, and by what it is replaced.
        self._parts: list[tuple[set[str], str]] = []
        self._digests: dict[str, int] = {}
        self._lock = threading.Lock()
        self._current = threading.local()

    def __deepcopy__(self, memo: dict[int, object]) -> Scrubber:
        """Stay the same one: pytest-recording copies its configuration, and `hide` may come later."""
        return self

    def __repr__(self) -> str:
        """Show how much it hides, and nothing of it."""
        return f"Scrubber({len(self._hidden)} values hidden)"

    def hide(self, value: str, stand_in: str = SCRUBBED) -> None:
        """Write `stand_in` wherever `value` occurs. Values of less than 8 characters: only as a whole."""
        if value and value != stand_in and self._hidden.get(value) != stand_in:
            with self._lock:
                self._hidden = {**self._hidden, value: stand_in}
                self._parts = [
                    (forms_of(text), other) for text, other in self._hidden.items() if len(text) >= PART
                ]

    @contextlib.contextmanager
    def watching(self) -> Generator[Scrubber]:
        """Hide what any `Secret` reveals inside the block: all that is sent is revealed first."""
        from fly_resources.resources import Secret  # noqa: PLC0415 - the plugin imports what a test uses

        plain: Callable[[Secret], str] = Secret.reveal

        def reveal(secret: Secret) -> str:
            value = plain(secret)
            self.hide(value)
            return value

        with mock.patch.object(Secret, "reveal", reveal):
            yield self

    def vcr_config(self) -> dict[str, Any]:
        """Return the arguments for vcrpy: this scrubber, and matching that looks at bodies too."""
        return {
            "before_record_request": self.request,
            "before_record_response": self.response,
            "decode_compressed_response": True,
            # Of JSON bodies, vcrpy compares what they say, not how they are written.
            "match_on": ("method", "scheme", "host", "port", "path", "query", "body"),
        }

    def request(self, request: Any) -> Any:  # noqa: ANN401 - vcrpy's request, which has no types
        """Return vcrpy's copy of a request, scrubbed."""
        path = urlsplit(request.uri).path
        self._current.path = path
        request.uri = self._uri(request.uri)
        body = request.body
        if body:
            request.body = self._body(body if isinstance(body, bytes) else str(body).encode(), path)
        kept = {
            name.lower(): value
            for name, value in dict(request.headers).items()
            if name.lower() in _REQUEST_HEADERS
        }
        request.headers = kept
        return request

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return the response to the request that this thread scrubbed last, scrubbed."""
        headers = {name.lower(): value for name, value in response["headers"].items()}
        if any(coding != "identity" for coding in headers.get("content-encoding", [])):
            raise UnreadableBodyError(
                f"An answer in {headers['content-encoding']} cannot be searched for secrets, so it is not "
                "written down; ask for none with the header Accept-Encoding: identity."
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
                f"A body of {len(content)} bytes that is no text, at {path}, cannot be searched for secrets, "
                "so it is not written down."
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
                f"A body at {path} is nested deeper than can be searched for secrets; it is not written down."
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
        """Leave short words alone: as a field's name they are the API's."""
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
        """Replace text, in whatever holds it; what is no text (null: to be removed) is no secret."""
        if isinstance(value, dict):
            return {self._key(name, rules): self._blank(item, rules) for name, item in value.items()}
        if isinstance(value, list):
            return [self._blank(item, rules) for item in value]
        return SCRUBBED if isinstance(value, str) and value else value

    def _text(self, text: str, rules: _Rules = _PLAIN) -> str:
        if text in self._hidden:
            return self._hidden[text]
        text = covered(text, find_whole(text, self._parts))
        if rules.addresses and uri_passwords(text):
            text = Masker([], SCRUBBED).mask(text)
        if rules.refused:
            # names that have stand-ins of their own are no secrets, and parts of them are words
            secrets = [value for value, stand_in in self._hidden.items() if stand_in == SCRUBBED]
            text = Masker((value for value in secrets if len(value) >= PART), SCRUBBED).mask(text)
        return text

    def _digest(self, digest: str) -> str:
        return digest if _STAND_IN.fullmatch(digest) else _stand_in(self._number(_mark(digest)))

    def _marked(self, mark: str) -> str:
        return mark if mark in _scrubbed_marks() else _mark(_stand_in(self._number(mark)))

    def _number(self, mark: str) -> int:
        """Count digests by their marks, because either may be seen first."""
        with self._lock:
            return self._digests.setdefault(mark, len(self._digests) + 1)
