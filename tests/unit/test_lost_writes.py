"""Writes whose answer was lost: what is sent again, when, and what is never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources._engine.effects import sleep
from fly_resources._nouns.lost_answers import create_once, list_settled, read_back
from fly_resources.errors import (
    ConflictError,
    FlyError,
    NotFoundError,
    OutcomeUnknownError,
    PreconditionFailedError,
    RateLimitedError,
    ServerError,
)
from tests.unit.worlds import World, drive

if TYPE_CHECKING:
    from fly_resources._engine.effects import Flow
    from fly_resources.errors import ApiError

LOST = OutcomeUnknownError("lost", method="POST", route="/x")


def _refusal(kind: type[ApiError], status: int, *, applied: bool = False) -> ApiError:
    error = kind("no", status=status, method="POST", route="/x")
    error.maybe_applied = applied
    return error


def _limited(retry_after_s: float | None = None) -> RateLimitedError:
    error = RateLimitedError("slower", status=429, method="POST", route="/x")
    error.retry_after_s = retry_after_s
    return error


FAILED = _refusal(ServerError, 503, applied=True)


class Script:
    """A flow that answers from a list, the last answer again and again, and notes when it was asked."""

    def __init__(self, world: World, *answers: Any) -> None:  # noqa: ANN401  # values or errors
        self._world = world
        self._answers = list(answers)
        self.asked: list[float] = []
        self.was_lost = False

    def __call__(self) -> Flow[Any]:
        yield from ()
        self.asked.append(self._world.clock.now())
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, FlyError):
            self.was_lost |= answer.maybe_applied
            raise answer
        return answer


@pytest.fixture
def world() -> World:
    return World()


def _read_back(world: World, send: Script, find: Script) -> Any:  # noqa: ANN401  # what the script answers
    return drive("sync", world.clock, read_back(send, find))


def test_an_answer_that_arrives_is_the_end_of_it(world: World) -> None:
    send, find = Script(world, "made"), Script(world, "found")
    assert _read_back(world, send, find) == "made"
    assert (send.asked, find.asked) == ([0.0], [])


def test_what_a_lost_write_has_done_is_found_and_not_sent_again(world: World) -> None:
    send, find = Script(world, LOST), Script(world, "found")
    assert _read_back(world, send, find) == "found"
    assert (send.asked, find.asked) == ([0.0], [0.0])


def test_a_lost_write_that_is_not_seen_is_sent_twice_more_and_later_each_time(world: World) -> None:
    send, find = Script(world, LOST), Script(world, None)
    with pytest.raises(OutcomeUnknownError):
        _read_back(world, send, find)
    assert send.asked == find.asked == [0.0, 1.0, 3.0]


@pytest.mark.parametrize("kind", [ConflictError, PreconditionFailedError])
def test_a_refusal_after_a_lost_answer_may_be_our_own_doing(world: World, kind: type[ApiError]) -> None:
    send, find = Script(world, LOST, _refusal(kind, 409)), Script(world, None, "found")
    assert _read_back(world, send, find) == "found"
    assert send.asked == [0.0, 1.0]


def test_a_refusal_after_a_lost_answer_that_nothing_explains_is_raised_at_once(world: World) -> None:
    send, find = Script(world, LOST, _refusal(ConflictError, 409)), Script(world, None)
    with pytest.raises(ConflictError):
        _read_back(world, send, find)
    assert send.asked == find.asked == [0.0, 1.0]


@pytest.mark.parametrize("kind", [ConflictError, PreconditionFailedError, NotFoundError])
def test_a_refusal_of_the_first_request_is_not_looked_behind(world: World, kind: type[ApiError]) -> None:
    send, find = Script(world, _refusal(kind, 409)), Script(world, "found")
    with pytest.raises(kind):
        _read_back(world, send, find)
    assert (send.asked, find.asked) == ([0.0], [])


def test_another_refusal_after_a_lost_answer_is_raised_unexplained(world: World) -> None:
    send, find = Script(world, LOST, _refusal(NotFoundError, 404)), Script(world, None)
    with pytest.raises(NotFoundError):
        _read_back(world, send, find)
    assert find.asked == [0.0]


def _create(world: World, create: Script, find: Script, **more: bool) -> Any:  # noqa: ANN401  # the same
    created = drive("sync", world.clock, create_once(create, find, "web/data", str, **more))
    assert (created.answered, created.lost) == (created.thing == "made", create.was_lost)
    return created.thing


def test_the_one_new_thing_after_a_lost_answer_is_taken(world: World) -> None:
    create, find = Script(world, LOST), Script(world, [], ["a"])
    assert _create(world, create, find) == "a"
    assert (create.asked, find.asked) == ([0.0], [0.0, 1.0])


def test_what_would_be_made_twice_is_never_sent_again(world: World) -> None:
    create, find = Script(world, FAILED), Script(world, [])
    with pytest.raises(
        OutcomeUnknownError, match=r"creation of web/data was lost, and nothing.*Nothing was sent again"
    ):
        _create(world, create, find)
    assert create.asked == [0.0]
    assert find.asked == [0.0, 1.0, 3.0, 7.0, 15.0, 23.0]


def test_the_last_look_is_half_a_minute_after_the_answer_was_lost(world: World) -> None:
    asked: list[float] = []

    def find() -> Flow[list[str]]:
        asked.append(world.clock.now())
        yield from sleep(3.75)
        return []

    with pytest.raises(OutcomeUnknownError):
        drive("sync", world.clock, create_once(Script(world, LOST), find, "web/data", str))
    assert asked == [0.0, 4.75, 10.5, 18.25, 30.0]


def test_of_several_new_things_none_is_guessed(world: World) -> None:
    create, find = Script(world, LOST), Script(world, ["a", "b"])
    with pytest.raises(OutcomeUnknownError, match=r"2 new ones appeared \(a, b\)"):
        _create(world, create, find)
    assert len(find.asked) == 6


def test_several_new_things_may_become_one_when_others_settle_their_races(world: World) -> None:
    create, find = Script(world, LOST), Script(world, ["a", "b"], ["b"])
    assert _create(world, create, find) == "b"


def test_what_costs_nothing_is_sent_once_more_after_a_5xx(world: World) -> None:
    create, find = Script(world, FAILED), Script(world, [])
    with pytest.raises(OutcomeUnknownError, match="It was sent twice"):
        _create(world, create, find, free=True)
    assert create.asked == [0.0, 23.0]
    again = Script(World(), FAILED, "made")
    assert _create(World(), again, Script(World(), []), free=True) == "made"


def test_what_costs_nothing_is_not_sent_again_where_no_answer_came_or_several_are_there(world: World) -> None:
    for error, found in ((LOST, []), (FAILED, ["a", "b"])):
        create = Script(world, error)
        with pytest.raises(OutcomeUnknownError):
            _create(world, create, Script(world, found), free=True)
        assert len(create.asked) == 1


def test_a_refusal_of_a_creation_is_raised_as_it_is(world: World) -> None:
    create, find = Script(world, _refusal(ConflictError, 409)), Script(world, ["a"])
    with pytest.raises(ConflictError):
        _create(world, create, find)
    assert find.asked == []


def test_after_a_refusal_for_the_rate_a_look_comes_before_the_next_request(world: World) -> None:
    create, find = Script(world, _limited()), Script(world, [], [], ["a", "b"])
    assert _create(world, create, find) == "a"
    assert create.asked == [0.0, 4.0, 8.0]
    assert find.asked == [4.0, 8.0, 12.0]


@pytest.mark.parametrize(("wait", "sent"), [(60.0, [0.0, 60.0]), (60.5, [0.0]), (0.5, [0.0, 4.0])])
def test_a_wait_that_is_asked_for_is_kept_up_to_a_minute(
    world: World, wait: float, sent: list[float]
) -> None:
    create, find = Script(world, _limited(wait), "made"), Script(world, [])
    if len(sent) == 1:
        with pytest.raises(RateLimitedError):
            _create(world, create, find)
    else:
        assert _create(world, create, find) == "made"
    assert create.asked == sent


@pytest.mark.parametrize(("wait", "last"), [(60.0, 300.0), (7.0, 294.0)])
def test_a_creation_that_is_always_refused_for_the_rate_ends_after_five_minutes(
    world: World, wait: float, last: float
) -> None:
    create, find = Script(world, _limited(wait)), Script(world, [])
    with pytest.raises(RateLimitedError):
        _create(world, create, find)
    assert create.asked[-1] == last
    assert create.asked[1:] == find.asked


def test_an_unclear_list_is_read_once_more_after_others_have_settled(world: World) -> None:
    unclear, clear = Script(world, ["a", "b"]), Script(world, ["a"])
    for lists, asked in ((unclear, [0.0, 4.0]), (clear, [4.0])):
        drive("sync", world.clock, list_settled(lists, lambda listed: len(listed) > 1))
        assert lists.asked == asked
