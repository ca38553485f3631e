"""Refusals by the rate limit that come back to who sent the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from fly_resources._refusals import do_refusals_come_back, refusals_come_back
from tests.unit.fakes import send
from tests.unit.retrying import ONCE, SAFE, wrap

if TYPE_CHECKING:
    from tests.unit.fakes import Mode


@pytest.mark.parametrize("line", [SAFE, ONCE])
def test_a_refusal_comes_back_at_once(mode: Mode, line: tuple[str, str]) -> None:
    transport, script, _ = wrap(429, 200)
    with refusals_come_back():
        assert send(mode, transport, *line).status_code == 429
    assert script.sent == 1


def test_what_was_never_sent_is_still_sent_again(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ConnectError, 200)
    with refusals_come_back():
        assert send(mode, transport, *ONCE).status_code == 200
    assert script.sent == 2


def test_it_ends_with_its_block() -> None:
    with refusals_come_back():
        with pytest.raises(KeyError), refusals_come_back():
            raise KeyError
        assert do_refusals_come_back()
    assert not do_refusals_come_back()
