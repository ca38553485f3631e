"""What masks secrets in the service's words: whole, cut, wrapped and escaped ones."""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import re
import time
import tracemalloc
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from fly_machines import models
from hypothesis import assume, given
from hypothesis import strategies as st

from fly_resources import Secret
from fly_resources._secret import living_secrets
from fly_resources._wire import masking
from fly_resources._wire.masking import MASK, Masker, covered, hide_in_use, masker_for, readings
from tests.security.spellings import AWKWARD, INSIDE, PARTS, WHOLE, shows

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = "correct-horse-battery-staple"

_VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=8, max_size=40)
_WORDS = st.text("abc *-", max_size=30)


@given(_VALUES, _WORDS, _WORDS)
def test_a_whole_secret_never_shows(value: str, before: str, after: str) -> None:
    shown = Masker([value]).mask(before + value + after)
    assert value not in shown
    assert MASK in shown


@given(_VALUES, _WORDS, st.data())
def test_no_part_of_eight_characters_shows(value: str, around: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(value) - 8))
    end = data.draw(st.integers(begin + 8, len(value)))
    shown = Masker([value]).mask(f"{around}{value[begin:end]}{around}")
    assert value[begin:end] not in shown or value[begin:end] in around


@given(st.text(max_size=60), st.lists(st.text("0123456789", min_size=8, max_size=12), max_size=3))
def test_what_is_no_secret_stays(text: str, values: list[str]) -> None:
    if not any(value[at : at + 8] in text for value in values for at in range(len(value) - 7)):
        assert Masker(values).mask(text) == text


@pytest.mark.parametrize("spell", (WHOLE | INSIDE | PARTS).values(), ids=list(WHOLE | INSIDE | PARTS))
def test_a_secret_is_found_however_it_is_spelt(spell: Callable[[str], str]) -> None:
    shown = Masker([AWKWARD]).mask(f"could not use <{spell(AWKWARD)}>, sorry!")
    assert shown.startswith("could not use <")
    assert shown.endswith(">, sorry!")
    assert MASK in shown
    assert shows(shown) == []


@pytest.mark.parametrize("spell", WHOLE.values(), ids=list(WHOLE))
def test_of_a_whole_secret_nothing_is_left(spell: Callable[[str], str]) -> None:
    assert Masker([AWKWARD]).mask(f"<{spell(AWKWARD)}>") == f"<{MASK}>"


@pytest.mark.parametrize(
    ("escape", "character"),
    [
        *(("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\b", "\b"), ("\\f", "\f"), ("\\v", "\v")),
        *(("\\a", "\a"), ("\\0", "\0"), ('\\"', '"'), ("\\'", "'"), ("\\/", "/"), ("\\\\", "\\")),
        *(("\\x1b", "\x1b"), ("\\u00e9", "\u00e9"), ("\\U0001f40e", "\U0001f40e")),
        *(("\\ud83d\\udc0e", "\U0001f40e"), ("%C3%A9", "\u00e9"), ("%e9", "\u00e9"), ("&#xe9;", "\u00e9")),
        *(
            ("&#233;", "\u00e9"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", '"'),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ),
    ],
)
def test_any_escape_is_read(escape: str, character: str) -> None:
    masker = Masker([f"{character}one{character}two{character}"])
    assert masker.mask(f"<{escape}one{escape}two{escape}>") == f"<{MASK}>"


@given(st.text(min_size=8, max_size=30), st.sampled_from(list(WHOLE.values())), st.text("abc ", max_size=5))
def test_any_whole_secret_is_found_in_any_spelling(
    value: str, spell: Callable[[str], str], around: str
) -> None:
    assume(value.encode("utf-8", "ignore").decode() == value)
    spelt = spell(value)
    assert spelt not in Masker([value]).mask(f"{around}<{spelt}>{around}")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("postgres://web:pa55@db.internal:5432/web", "postgres://web:***@db.internal:5432/web"),
        ("postgres:\\/\\/web:pa55@db", "postgres:\\/\\/web:***@db"),
        ("x%3A%2F%2Fweb%3Apa55%40db", "x%3A%2F%2Fweb%3A***%40db"),
        ("http://localhost:8080/a@b and me@example.com", "http://localhost:8080/a@b and me@example.com"),
        ("redis://:pa55@cache", "redis://:***@cache"),
    ],
)
def test_the_password_in_an_address_is_masked_whoever_sent_it(text: str, masked: str) -> None:
    assert Masker([]).mask(text) == masked


def test_the_password_in_an_address_that_is_a_secret_is_one_by_itself() -> None:
    masker = Masker(["postgres://web:p%40ss-w0rd@db.internal/web"])
    assert masker.mask("password p@ss-w0rd is wrong, p%40ss-w0rd too") == "password *** is wrong, *** too"


def test_a_password_of_four_characters_in_an_address_is_a_secret_and_a_shorter_one_is_not() -> None:
    masker = Masker(["postgres://web:pa55@db.internal/web", "redis://:abc@cache.internal"])
    assert masker.mask("pa55 and abc are wrong") == "*** and abc are wrong"


_NEAR = "postgres://user:password@db.internal:5432/web"
HOSTILE = {
    "near misses": "".join(_NEAR[at : at + 7] + "#" for at in range(len(_NEAR))) * 600,
    "hits": _NEAR * 6000,
    "one letter": "a" * 2**18,
    "escapes": "\\u0041" * 2**15,
    "escaped escapes": "\\\\\\\\u0041" * 2**14,
    "percent of percent": "%" + "25" * 2**17,
    "addresses": "://a:" * 2**15,
    "addresses with passwords": "://a:b@" * 2**15,
    "references": "&amp;" * 2**15,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_text_of_twice_the_length_takes_twice_the_time(text: str) -> None:
    masker = Masker([_NEAR, "a" * 50, "aaaa"])
    masker.mask(text[: 2**12])
    took = []
    for part in (text[: len(text) // 4], text):
        began = time.process_time()
        masker.mask(part)
        took.append(time.process_time() - began)
    assert took[1] < 12 * max(took[0], 0.005)  # four times as much; quadratic would be 16 times
    assert took[1] < 20.0


@given(st.text("ab", min_size=8, max_size=60), st.text("ab", max_size=80))
def test_exactly_what_lies_in_a_part_of_eight_is_masked(value: str, text: str) -> None:
    masker = Masker([value])
    hidden: set[int] = set()
    for at in range(len(text) - 7):
        if text[at : at + 8] in value:
            hidden.update(range(at, at + 8))
    marked = "".join("*" if at in hidden else each for at, each in enumerate(text))
    for _ in range(10):  # also when it has listed all parts
        assert masker.mask(text) == re.sub(r"\*+", MASK, marked)


def test_a_large_secret_is_not_taken_apart_for_each_error() -> None:
    value = base64.b64encode(hashlib.shake_256(b"x").digest(150_000)).decode()
    tracemalloc.start()
    try:
        shown = Masker([value]).mask(f"could not use {value[5000:5200]} for web")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert shown == "could not use *** for web"
    assert peak < 150 * len(value)  # as a set of all its parts, it takes twice as much


def test_a_short_secret_is_masked_where_it_stands_alone() -> None:
    masker = Masker(["k3y!", "1234", "dog"])
    assert masker.mask("bad value k3y! for 1234") == "bad value *** for ***"
    assert masker.mask("k3y! k3y! k3y!") == "*** *** ***"
    assert masker.mask("machine 12345 and xk3y!") == "machine 12345 and xk3y!"
    assert masker.mask("dog") == "dog"  # too short to hide anything
    assert masker.mask("a dog barks") == "a dog barks"
    assert masker.mask("1234") == MASK


def test_a_short_secret_that_overlaps_itself_is_found_where_it_stands_alone() -> None:
    assert Masker(["----"]).mask("x-----") == "x-***"


def test_a_secret_with_escapes_is_found_without_them() -> None:
    assert Masker(["p%40ss-w0rd-long"]).mask("p@ss-w0rd-long is wrong") == f"{MASK} is wrong"


@pytest.mark.parametrize("before", [1, 2])
@pytest.mark.parametrize("value", ["8 bytes!", LONG, f"{LONG}-", f"{LONG}--"])
def test_behind_other_bytes_in_base64_exactly_the_secret_is_masked(value: str, before: int) -> None:
    packed = base64.b64encode(bytes(before) + value.encode() + bytes(3)).decode()
    end = (before + len(value)) * 8 // 6
    assert Masker([value]).mask(packed) == packed[: before + 1] + MASK + packed[end:]


def test_a_short_secret_is_not_looked_for_behind_other_bytes_in_base64() -> None:
    word = base64.b64encode(b"\0k3y!").decode()[2:6]
    assert Masker(["k3y!"]).mask(f"one {word} two") == f"one {word} two"


def test_of_spans_that_overlap_the_first_shows_and_of_those_the_longest() -> None:
    assert covered("abcdefgh", [(0, 2, "<x>"), (0, 4, "<y>"), (3, 6, "<z>")]) == "<y>gh"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_of_what_percent_encodes_exactly_the_secret_is_masked(encoding: str) -> None:
    value = "\u00e9\u00e8\u00ea\u00eb" * 2
    packed = "".join(f"%{each:02x}" for each in value.encode(encoding))
    assert Masker([value]).mask(f"%2d%2d{packed}%2d%2d") == f"%2d%2d{MASK}%2d%2d"


def test_a_reference_that_stands_for_nothing_does_not_move_what_is_masked() -> None:
    assert Masker(['pass"word"1']).mask('&#1; pass\\"word\\"1 &#1;') == f"&#1; {MASK} &#1;"


def test_a_text_may_hold_every_kind_of_escape() -> None:
    assert Masker(['pass"word"1']).mask('50% & more: pass\\"word\\"1') == f"50% & more: {MASK}"


def test_a_secret_that_is_no_whole_text_is_masked_as_it_is() -> None:
    assert Masker(["corr\udc80ct-horse"]).mask("<corr\udc80ct-horse>") == f"<{MASK}>"


def test_no_text_is_read_more_than_three_layers_deep() -> None:
    assert len(list(readings("\\" * 64))) == 4  # as it stands, and three times with a layer less


def test_a_body_is_masked_in_keys_values_and_numbers() -> None:
    body = {LONG: [LONG, {"a": f"<{LONG}>", "n": 12345678, "ok": True, "none": None, "few": 7}]}
    assert Masker([LONG, "12345678"]).mask_json(body) == {
        MASK: [MASK, {"a": "<***>", "n": MASK, "ok": True, "none": None, "few": 7}]
    }


def test_words_of_json_are_no_texts() -> None:
    assert Masker(["None", "True"]).mask_json([None, True, "True"]) == [None, True, MASK]


@pytest.mark.parametrize(
    "body",
    [
        {"values": {"K": LONG}},
        {"value": LONG},
        {"private_key": LONG, "fullchain": "x"},
        {"config": {"env": {"K": LONG}}},
        {"config": {"files": [{"raw_value": LONG}]}},
        {"config": {"checks": {"a": {"headers": [{"name": "x", "values": [LONG]}]}}}},
        {"config": {"containers": [{"env": {"K": LONG}}]}},
        {"plaintext": LONG},
        {"fullchain": LONG},
        {"stdin": LONG, "command": ["sh"]},
        {"config": {"checks": {"a": {"header": {"Authorization": LONG}}}}},
        {"http_options": {"response": {"headers": {"X-Key": LONG}}}},
    ],
)
def test_what_a_request_carries_as_a_secret_is_known(body: object) -> None:
    assert masker_for("Bearer t", json.dumps(body).encode()).mask(f"bad {LONG}") == "bad ***"


def test_every_secret_of_a_request_is_known_and_not_only_the_last() -> None:
    one, two, three, four = (f"{LONG}-{number}" for number in ("one", "two", "three", "four"))
    body = {
        "value": one,
        "files": [{"raw_value": two}, [], {"raw_value": three}],
        "config": {"env": {"K": four}},
    }
    masker = masker_for("", json.dumps(body).encode())
    assert masker.mask(f"{one}, {two}, {three}, {four}") == ", ".join([MASK] * 4)


def test_what_is_no_secret_in_a_request_stays_readable() -> None:
    body = {"name": "server-one", "region": "iad", "config": {"image": "registry.example/web:latest"}}
    text = "image registry.example/web:latest of server-one cannot run in iad"
    assert masker_for("Bearer token", json.dumps(body).encode()).mask(text) == text


def test_the_token_of_a_request_is_known() -> None:
    assert masker_for(f"FlyV1 fm2_{LONG}", b"").mask(f"token fm2_{LONG} is revoked") == "token *** is revoked"


@pytest.mark.parametrize("header", [LONG, f"Bearer {LONG} and-another", f"Bearer and-another {LONG}"])
def test_a_token_is_known_without_a_scheme_and_with_spaces(header: str) -> None:
    assert LONG not in masker_for(header, b"").mask(f"token {LONG} is revoked")


def test_in_what_users_wrote_only_whole_secrets_in_use_are_masked_and_passwords_of_addresses() -> None:
    kept = [Secret(LONG), Secret("k3y!"), Secret("dog")]
    assert hide_in_use(f"{LONG}, k3y!, dog, redis://:pa55@cache") == "***, ***, dog, redis://:***@cache"
    assert hide_in_use("correct-horse, and a dog") == "correct-horse, and a dog"
    del kept


@pytest.mark.parametrize("values", [[], [LONG]])
def test_the_password_in_an_address_is_masked_in_models_whether_or_not_a_secret_is_in_use(
    values: list[str],
) -> None:
    kept = list(map(Secret, values))
    shown = repr(models.MachineConfig.from_dict({"image": "redis://web:pa55-w0rd@cache"}))
    assert "pa55-w0rd" not in shown
    del kept


@pytest.mark.parametrize("content", [b"", b"no json", b"[" * 100_000, b'{"value": 1}', b"\xff"])
def test_a_body_that_cannot_be_read_has_no_secrets(content: bytes) -> None:
    assert masker_for("", content).mask("text") == "text"


def test_every_secret_in_use_is_known_and_none_after_that() -> None:
    kept = Secret(LONG)
    assert LONG in living_secrets()
    assert masker_for("", b"").mask(LONG) == MASK
    del kept
    gc.collect()
    assert LONG not in living_secrets()


def test_a_masker_is_prepared_once_for_the_same_values() -> None:
    key = Secret("a-private-key-of-a-certificate")
    with mock.patch.object(masking, "forms_of", wraps=masking.forms_of) as prepare:
        for _ in range(3):
            assert hide_in_use(f"it was {key.reveal()}") == "it was ***"
    prepare.assert_called_once_with(key.reveal())


def test_what_masks_long_values_is_not_kept() -> None:
    key = Secret("long" * 2**14)
    with mock.patch.object(masking, "forms_of", wraps=masking.forms_of) as prepare:
        for _ in range(2):
            assert hide_in_use(key.reveal()) == "***"
    assert prepare.call_count == 2  # once a text
