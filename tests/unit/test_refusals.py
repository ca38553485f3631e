"""Refusals by the rate limit that come back to who sent the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.unit.fakes import send
from tests.unit.retrying import ONCE, SAFE, wrap

if TYPE_CHECKING:
    from tests.unit.fakes import Mode


@pytest.mark.parametrize("line", [SAFE, ONCE])
def test_a_refusal_comes_back_at_once(mode: Mode, line: tuple[str, str]) -> None:
    transport, script, _ = wrap(429, 200)
    assert send(mode, transport, *line, extensions={"fly_refusals": 0}).status_code == 429
    assert script.sent == 1


def test_what_was_never_sent_is_still_sent_again(mode: Mode) -> None:
    transport, script, _ = wrap(httpx.ConnectError, 200)
    assert send(mode, transport, *ONCE, extensions={"fly_refusals": 0}).status_code == 200
    assert script.sent == 2


def test_the_next_request_is_sent_again_as_the_policy_says(mode: Mode) -> None:
    transport, script, _ = wrap(429, 429, 200)
    send(mode, transport, *ONCE, extensions={"fly_refusals": 0})
    assert send(mode, transport, *ONCE).status_code == 200
    assert script.sent == 3
