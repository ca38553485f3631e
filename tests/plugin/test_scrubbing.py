"""What a cassette may not hold, and what it must hold so that it can be replayed."""

from __future__ import annotations

import copy
import gzip
import hashlib
import importlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import Secret
from fly_resources.testing.cassettes import SCRUBBED, Scrubber, UnreadableBodyError
from tests.security.spellings import AWKWARD, INSIDE, PARTS, WHOLE, shows

if TYPE_CHECKING:
    from collections.abc import Callable

Request: Any = importlib.import_module("vcr.request").Request  # it has no types

API = "https://api.machines.dev/v1"
CANARY = "canary-0123456789"


def sent(scrubber: Scrubber, method: str, path: str, body: object = None, **headers: str) -> Any:  # noqa: ANN401 - vcrpy's
    """Return the request as a cassette would hold it."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    shown = {"Content-Type": "application/json", **headers}
    return scrubber.request(Request(method, f"{API}{path}", content, shown))


def answered(
    scrubber: Scrubber,
    path: str,
    body: object,
    headers: dict[str, list[str]] | None = None,
    status: int = 200,
) -> dict[str, Any]:
    """Return the answer to a request for `path` as a cassette would hold it."""
    sent(scrubber, "GET", path)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    shown = {"Content-Type": ["application/json"], **(headers or {})}
    return scrubber.response(
        {"status": {"code": status, "message": "Words"}, "headers": shown, "body": {"string": content}}
    )


def body_of(held: Any) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(held["body"]["string"] if isinstance(held, dict) else held.body)


def mark(digest: str) -> str:
    return hashlib.sha256(digest.encode()).hexdigest()[:12]


def test_only_headers_that_say_nothing_secret_are_kept() -> None:
    scrubber = Scrubber()

    request = sent(
        scrubber,
        "GET",
        "/apps",
        Authorization=f"Bearer {CANARY}",
        Cookie=f"session={CANARY}",
        **{"fly-machine-lease-nonce": CANARY, "X-Whatever": CANARY},
    )
    answer = answered(
        scrubber,
        "/apps",
        {},
        {
            "Set-Cookie": [CANARY],
            "fly-request-id": ["01ABC-iad"],
            "Retry-After": ["1"],
            "X-Whatever": [CANARY],
        },
    )

    assert dict(request.headers) == {"content-type": "application/json"}
    assert answer["headers"] == {
        "content-type": ["application/json"],
        "fly-request-id": ["01ABC-iad"],
        "retry-after": ["1"],
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/apps/a/secrets", {"values": {"A": CANARY, "B": f"x{CANARY}", "GONE": None}}),
        ("/apps/a/secrets/A", {"value": CANARY}),
        ("/apps/a/certificates/custom", {"hostname": "x", "private_key": CANARY}),
        ("/apps/a/secretkeys/k", {"value": CANARY, "type": "signing"}),
        ("/apps/a/secretkeys/k/encrypt", {"plaintext": CANARY, "associated_data": CANARY}),
        ("/apps/a/secretkeys/k/decrypt", {"ciphertext": CANARY}),
        ("/apps/a/secretkeys/k/verify", {"plaintext": CANARY, "signature": CANARY}),
        ("/apps/a/machines/m/exec", {"command": ["psql"], "stdin": CANARY}),
        ("/tokens/authenticate", {"header": CANARY}),
        ("/tokens/authorize", {"header": CANARY, "access": {"app_name": "a"}}),
    ],
)
def test_no_secret_is_in_a_request(path: str, body: object) -> None:
    held = sent(Scrubber(), "POST", path, body)

    assert CANARY not in str(held.body)
    assert body_of(held).keys() == body.keys() if isinstance(body, dict) else False
    assert SCRUBBED in str(held.body)


def test_removing_a_secret_is_still_told_from_setting_it() -> None:
    held = sent(Scrubber(), "POST", "/apps/a/secrets", {"values": {"A": CANARY, "GONE": None}})

    assert body_of(held) == {"values": {"A": SCRUBBED, "GONE": None}}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/apps/a/deploy_token", {"token": f"FlyV1 fm2_{CANARY}"}),
        ("/apps/a/secrets", {"secrets": [{"name": "A", "value": CANARY, "digest": CANARY}]}),
        ("/apps/a/secrets/A", {"name": "A", "value": CANARY, "digest": CANARY}),
        ("/apps/a/machines/m/lease", {"status": "success", "data": {"nonce": CANARY}}),
        ("/apps/a/machines", [{"id": "m", "nonce": CANARY}]),
        ("/apps/a/secretkeys/k/decrypt", {"plaintext": CANARY}),
        ("/apps/a/secretkeys/k/sign", {"signature": CANARY}),
        ("/postgres/c/users/u/credentials", {"data": {"username": "u", "password": CANARY}}),
        ("/tokens/authenticate", [{"header": CANARY, "permission_token": CANARY, "nonce": {"kid": CANARY}}]),
        ("/tokens/oidc", CANARY.encode()),
        ("/tokens/kms", CANARY.encode()),
    ],
)
def test_no_secret_is_in_an_answer(path: str, body: object) -> None:
    held = answered(Scrubber(), path, body)

    assert CANARY.encode() not in held["body"]["string"]
    assert SCRUBBED.encode() in held["body"]["string"]


def test_what_is_no_secret_stays() -> None:
    scrubber = Scrubber()
    machine = {
        "image_ref": {"digest": "sha256:0123", "repository": "nginx"},
        "config": {"env": {"MODE": "fast"}, "image": "nginx"},
        "version": 3,
        "ratio": 0.5,
        "checks": None,
        "name": "Grüße",
    }
    assert body_of(answered(scrubber, "/apps/a/machines/m", machine)) == machine
    snapshots = [{"id": "vs_1", "digest": "76d64a", "size": 1}]
    assert body_of(answered(scrubber, "/apps/a/volumes/v/snapshots", snapshots)) == snapshots
    assert answered(scrubber, "/nowhere", b"404 page not found")["body"]["string"] == b"404 page not found"
    refused = {"error": "not authorised"}
    assert body_of(answered(scrubber, "/tokens/oidc", refused)) == refused


def test_digests_are_numbered_and_the_marks_of_machines_follow() -> None:
    scrubber = Scrubber()
    # A machine is read before the secrets that it was made with.
    old = {"config": {"metadata": {"fly_resources.secrets": f"A={mark('d-one')} B={mark('')}"}}}
    seen = body_of(answered(scrubber, "/apps/a/machines", [old]))
    secrets = {"secrets": [{"name": "A", "digest": "d-two"}, {"name": "C", "digest": "d-one"}]}
    listed = body_of(answered(scrubber, "/apps/a/secrets", secrets))
    update = {"config": {"metadata": {"fly_resources.secrets": f"A={mark('d-two')}"}}}
    new = sent(scrubber, "POST", "/apps/a/machines/m", update)

    one, two = f"{SCRUBBED}-digest-1", f"{SCRUBBED}-digest-2"
    assert [each["digest"] for each in listed["secrets"]] == [two, one]
    assert seen[0]["config"]["metadata"]["fly_resources.secrets"] == f"A={mark(one)} B={mark('')}"
    assert body_of(new)["config"]["metadata"]["fly_resources.secrets"] == f"A={mark(two)}"


def test_a_hidden_value_is_replaced_in_addresses_and_bodies() -> None:
    scrubber = Scrubber()
    scrubber.hide("my-company", "personal")
    scrubber.hide("abc", "x")
    scrubber.hide(CANARY)

    path = f"/apps/{CANARY}/machines?org_slug=my%2Dcompany&q=abc&r=abcd"
    held = sent(scrubber, "POST", path, {"a": ["abc", "abcd"]})
    text = answered(scrubber, "/apps", f"error at {CANARY}".encode())

    assert held.uri == f"{API}/apps/{SCRUBBED}/machines?org_slug=personal&q=x&r=abcd"
    assert body_of(held) == {"a": ["x", "abcd"]}
    assert text["body"]["string"] == f"error at {SCRUBBED}".encode()
    assert CANARY not in repr(scrubber)


@pytest.mark.parametrize("spell", (WHOLE | INSIDE | PARTS).values(), ids=list(WHOLE | INSIDE | PARTS))
def test_a_failure_that_repeats_a_secret_is_scrubbed_however_it_is_spelt(
    spell: Callable[[str], str],
) -> None:
    scrubber = Scrubber()
    scrubber.hide(AWKWARD)
    said = f"cannot parse <{spell(AWKWARD)}>"

    as_json = answered(scrubber, "/apps/a/secrets", {"error": said}, status=400)["body"]["string"].decode()
    as_text = answered(scrubber, "/apps/a/secrets", said.encode(), status=502)["body"]["string"].decode()

    for text in (as_text, as_json, json.loads(as_json)["error"]):
        assert SCRUBBED in text
        assert shows(text) == []


@pytest.mark.parametrize("spell", WHOLE.values(), ids=list(WHOLE))
def test_a_whole_secret_is_scrubbed_wherever_and_however_it_stands(spell: Callable[[str], str]) -> None:
    scrubber = Scrubber()
    scrubber.hide(AWKWARD)
    said = f"<{spell(AWKWARD)}>"

    answer = answered(scrubber, "/apps/a/machines/m/exec", {"stdout": said, "exit_code": 0})
    request = sent(scrubber, "POST", "/apps/a/machines/m/exec", {"cmd": said, "list": [said], said: 1})

    assert body_of(answer) == {"stdout": f"<{SCRUBBED}>", "exit_code": 0}
    assert body_of(request) == {"cmd": f"<{SCRUBBED}>", "list": [f"<{SCRUBBED}>"], f"<{SCRUBBED}>": 1}


def test_the_whole_request_in_an_error_shows_nothing_of_a_key() -> None:
    scrubber = Scrubber()
    pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----\n"
    scrubber.hide(pem)
    request = json.dumps({"values": {"TLS_KEY": pem}})

    held = answered(scrubber, "/apps/a/secrets", {"error": f"cannot parse {request}"}, status=400)

    assert body_of(held) == {"error": f'cannot parse {{"values": {{"TLS_KEY": "{SCRUBBED}"}}}}'}


def test_in_a_success_a_part_of_a_secret_is_a_word_like_any_other() -> None:
    scrubber = Scrubber()
    scrubber.hide("postgres://user:password@my-database.internal/my-web-app")
    app = {"name": "my-web-app", "status": "deployed"}

    assert body_of(answered(scrubber, "/apps/my-web-app", app)) == app
    refused = body_of(answered(scrubber, "/apps/my-web-app", {"error": "no my-database"}, status=500))
    assert refused == {"error": f"no {SCRUBBED}"}


def test_a_name_with_a_stand_in_is_no_secret_whose_parts_are_hidden() -> None:
    scrubber = Scrubber()
    scrubber.hide("fly-tests-4711-abcdef", "fly-test")

    held = answered(scrubber, "/apps/x", {"error": "fly-tests-4711 and fly-tests-4711-abcdef"}, status=404)

    assert body_of(held) == {"error": "fly-tests-4711 and fly-test"}


def test_the_password_in_a_connection_s_address_is_scrubbed() -> None:
    cluster = {
        "credentials": {
            "connection_uri": f"postgres://fly-user:{CANARY}@direct.x.flympg.net/fly-db",
            "pgbouncer_uri": f"postgresql://fly-user:{CANARY}@pgbouncer.x.flympg.net/fly-db",
            "password": CANARY,
            "user": "fly-user",
        }
    }
    held = body_of(answered(Scrubber(), "/postgres/c", cluster))
    assert held["credentials"] == {
        "connection_uri": f"postgres://fly-user:{SCRUBBED}@direct.x.flympg.net/fly-db",
        "pgbouncer_uri": f"postgresql://fly-user:{SCRUBBED}@pgbouncer.x.flympg.net/fly-db",
        "password": SCRUBBED,
        "user": "fly-user",
    }
    logs = answered(Scrubber(), "/apps/a/machines/m/exec", {"stdout": f"redis://:{CANARY}@cache"})
    assert CANARY not in str(logs["body"])


def test_a_config_is_written_down_as_it_was_declared() -> None:
    config = {"env": {"URL": "postgres://u:plain@db", "MODE": "fast"}, "init": {"cmd": ["x://a:b@c"]}}
    machine = {"id": "m", "config": config}
    assert body_of(answered(Scrubber(), "/apps/a/machines/m", machine)) == machine
    assert body_of(sent(Scrubber(), "POST", "/apps/a/machines", {"config": config})) == {"config": config}


def test_a_hidden_number_is_scrubbed_as_a_number_too() -> None:
    scrubber = Scrubber()
    scrubber.hide("1234567890")
    held = answered(scrubber, "/apps/a", {"pin": 1234567890, "size": 12345678})
    assert body_of(held) == {"pin": SCRUBBED, "size": 12345678}


def test_an_address_that_hides_nothing_is_kept_to_the_letter() -> None:
    for path in ("/apps/a/ip_assignments/2a09:8280:1::1", "/apps/a?x=a%20b+c&y&z=", "/a%2Fb"):
        assert sent(Scrubber(), "GET", path).uri == f"{API}{path}"


def test_another_address_of_the_api_is_written_as_the_public_one() -> None:
    scrubber = Scrubber("http://_api.internal:4280/v1")

    held = scrubber.request(Request("GET", "http://_api.internal:4280/v1/apps?a=b", b"", {}))

    assert held.uri == f"{API}/apps?a=b"


def test_whatever_a_secret_reveals_is_hidden_while_watched() -> None:
    scrubber, plain = Scrubber(), Secret.reveal
    with scrubber.watching():
        assert Secret(CANARY).reveal() == CANARY
    assert Secret.reveal is plain
    Secret("revealed-later").reveal()

    held = sent(scrubber, "POST", "/apps/a/machines", {"env": {"A": CANARY, "B": "revealed-later"}})

    assert body_of(held) == {"env": {"A": SCRUBBED, "B": "revealed-later"}}


def test_what_cannot_be_searched_is_not_written_down() -> None:
    with pytest.raises(UnreadableBodyError, match="gzip"):
        answered(Scrubber(), "/apps", gzip.compress(b"{}"), {"Content-Encoding": ["gzip"]})
    with pytest.raises(UnreadableBodyError, match="2 bytes"):
        answered(Scrubber(), "/apps", b"\xff\xfe")
    for deep in (b"[" * 100_000, b"[" * 900 + b"]" * 900):
        with pytest.raises(UnreadableBodyError, match="nested too deeply"):
            answered(Scrubber(), "/apps", deep)


def test_the_configuration_that_pytest_recording_copies_keeps_its_scrubber() -> None:
    scrubber = Scrubber()

    copied = copy.deepcopy(scrubber.vcr_config())
    scrubber.hide(CANARY)

    held = copied["before_record_request"](Request("GET", f"{API}/apps/{CANARY}", b"", {}))
    assert CANARY not in held.uri


KEYS = st.sampled_from(
    ["token", "digest", "values", "value", "fly_resources.secrets", "name", "config", CANARY, f"a {CANARY}"]
)
TEXTS = st.text(max_size=8) | st.sampled_from([CANARY, f"a {CANARY}"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
PATHS = st.sampled_from(["/apps/a/secrets", "/apps/a/machines", "/tokens/oidc", "/apps/a/secretkeys/k"])


@given(body=JSON, path=PATHS)
def test_twice_is_once_and_a_hidden_value_is_nowhere(body: object, path: str) -> None:
    scrubber = Scrubber()
    scrubber.hide(CANARY)

    request, answer = sent(scrubber, "POST", path, body), answered(scrubber, path, body)

    assert CANARY.encode() not in (request.body or b"") + answer["body"]["string"]
    for again in (scrubber, Scrubber()):
        assert sent(again, "POST", path, request.body or b"").body == request.body
        assert answered(again, path, answer["body"]["string"])["body"] == answer["body"]
