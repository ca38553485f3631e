"""Leases: how long they are asked for and waited for, what ends them, and what a lost answer means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources._engine.effects import Call
from fly_resources._nouns.machine import leases
from fly_resources._nouns.run import Context, HeldLease, Options, Run
from fly_resources._sdk import requests
from fly_resources.errors import (
    ConflictError,
    FlyError,
    LeaseHeldError,
    NotFoundError,
    OutcomeUnknownError,
    ServerError,
)
from fly_resources.testing import VirtualClock
from tests.unit.worlds import drive

if TYPE_CHECKING:
    from fly_resources._engine.effects import Flow
    from fly_resources.errors import ApiError

ONE, TWO = ("web", "148e"), ("web", "148f")
LOST = OutcomeUnknownError("lost", method="POST", route="/lease")


def _refusal(kind: type[ApiError], status: int) -> ApiError:
    return kind("no", status=status, method="POST", route="/lease")


HELD = _refusal(LeaseHeldError, 409)
FAILED = _refusal(ServerError, 503)
GONE = _refusal(NotFoundError, 404)


@attrs.define
class Service:
    """Answers requests for leases from a list, the last answer again and again."""

    clock: VirtualClock = attrs.field(factory=VirtualClock)
    answers: list[str | FlyError] = attrs.Factory(lambda: ["nonce"])
    latency_s: float = 0.0
    #: When, for how long, and with which nonce.
    asked: list[tuple[float, int, str | None]] = attrs.Factory(list)
    released: list[tuple[str, str, str]] = attrs.Factory(list)
    refuses_release: FlyError | None = None

    def acquire(self, app: str, machine: str, ttl_s: int, nonce: str | None = None) -> Call[str]:
        assert (app, machine) in {ONE, TWO}

        def send() -> str:
            self.asked.append((self.clock.now(), ttl_s, nonce))
            self.clock.sleep(self.latency_s)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if isinstance(answer, FlyError):
                raise answer
            return answer

        return Call({"sync": send}, str)

    def release(self, app: str, machine: str, nonce: str) -> Call[object]:
        def send() -> str:
            self.released.append((app, machine, nonce))
            if self.refuses_release is not None:
                raise self.refuses_release
            return "released"

        return Call({"sync": send}, str)

    def do(self, flow: Flow[Any]) -> Any:  # noqa: ANN401  # what the flow returns
        return drive("sync", self.clock, flow)

    @property
    def moments(self) -> list[float]:
        return [at for at, _, _ in self.asked]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    service = Service()
    monkeypatch.setattr(requests, "acquire_lease", service.acquire)
    monkeypatch.setattr(requests, "release_lease", service.release)
    return service


def _run(*held: tuple[str, str], **options: Any) -> Run:  # noqa: ANN401  # fields of Options
    run = Run(Context((), {}, Options(**options)))
    run.leases.update({each: HeldLease("old", 0.0) for each in held})
    return run


# Taking.


@pytest.mark.parametrize(("wanted", "asked"), [((), 60), ((20,), 20), ((60,), 60), ((3600,), 60)])
def test_nobody_is_kept_waiting_for_more_than_a_minute(
    service: Service, wanted: tuple[int, ...], asked: int
) -> None:
    service.do(leases.acquire(*ONE, _run(), *wanted))
    assert service.asked == [(0.0, asked, None)]


def test_a_lease_counts_from_before_it_was_asked_for(service: Service) -> None:
    service.latency_s, service.answers, run = 5.0, [HELD, "nonce"], _run()
    service.do(leases.acquire(*ONE, run))
    assert service.moments == [0.0, 6.0]
    assert run.leases == {ONE: HeldLease("nonce", 6.0)}


def test_anothers_lease_is_waited_for_ever_less_often(service: Service) -> None:
    service.answers = [*[HELD] * 6, "nonce"]
    service.do(leases.acquire(*ONE, _run()))
    assert service.moments == [0.0, 1.0, 3.0, 7.0, 15.0, 23.0, 31.0]


@pytest.mark.parametrize(
    ("limit_s", "moments"), [(7.0, [0.0, 1.0, 3.0, 7.0]), (6.9, [0.0, 1.0, 3.0])], ids=["just", "not quite"]
)
def test_anothers_lease_is_waited_for_as_long_as_the_step_may_take(
    service: Service, limit_s: float, moments: list[float]
) -> None:
    service.answers, run = [HELD], _run(step_timeout_s=limit_s)
    with pytest.raises(LeaseHeldError) as caught:
        service.do(leases.acquire(*ONE, run))
    assert service.moments == moments
    assert run.leases == {}
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("lost", [LOST, FAILED])
def test_a_lease_is_asked_for_twice_more_after_lost_answers(service: Service, lost: FlyError) -> None:
    service.answers = [lost]
    with pytest.raises(type(lost)):
        service.do(leases.acquire(*ONE, _run()))
    assert service.moments == [0.0, 1.0, 3.0]


def test_a_lease_that_a_lost_answer_has_granted_is_waited_for(service: Service) -> None:
    service.answers, run = [LOST, *[HELD] * 9, LOST, "nonce"], _run()
    service.do(leases.acquire(*ONE, run))
    assert run.leases[ONE].nonce == "nonce"
    assert len(service.asked) == 12


def test_a_lease_that_stays_held_after_a_lost_answer_may_be_our_own(service: Service) -> None:
    held = _refusal(LeaseHeldError, 409)
    service.answers = [LOST, held]
    with pytest.raises(LeaseHeldError) as caught:
        service.do(leases.acquire(*ONE, _run(step_timeout_s=5.0)))
    assert caught.value.__notes__ == ["The lease may be this program's own, from a lost response."]


@pytest.mark.parametrize("before", [[], [LOST]], ids=["at once", "after a lost answer"])
def test_another_refusal_stands(service: Service, before: list[FlyError]) -> None:
    gone = _refusal(NotFoundError, 404)
    service.answers = [*before, gone]
    with pytest.raises(NotFoundError) as caught:
        service.do(leases.acquire(*ONE, _run()))
    assert len(service.asked) == len(before) + 1
    assert not hasattr(caught.value, "__notes__")


# Something else is refused while another holds the lease.


def test_what_another_holds_up_is_tried_again_as_long_as_the_step_may_take(service: Service) -> None:
    def attempt() -> Flow[str]:
        return (yield from service.acquire(*ONE, 0).send())

    service.answers = [*[HELD] * 5, "done"]
    assert service.do(leases.until_free(attempt, _run())) == "done"
    assert service.moments == [0.0, 1.0, 3.0, 7.0, 15.0, 23.0]
    service.answers, began = [HELD], service.clock.now()
    service.asked.clear()
    with pytest.raises(LeaseHeldError):
        service.do(leases.until_free(attempt, _run(step_timeout_s=7.0)))
    assert [at - began for at in service.moments] == [0.0, 1.0, 3.0, 7.0]
    service.answers = [LOST]
    service.asked.clear()
    with pytest.raises(OutcomeUnknownError):
        service.do(leases.until_free(attempt, _run()))
    assert len(service.asked) == 1


# Extending.


def test_a_lease_is_extended_once_half_of_it_has_passed(service: Service) -> None:
    run = _run(ONE)
    service.clock.sleep(29.9)
    service.do(leases.refresh(*ONE, run))
    assert service.asked == []
    service.clock.sleep(0.1)
    service.latency_s = 2.0
    service.do(leases.refresh(*ONE, run))
    assert service.asked == [(30.0, 60, "old")]
    assert run.leases == {ONE: HeldLease("nonce", 30.0)}
    service.clock.sleep(27.9)
    service.do(leases.refresh(*ONE, run))
    assert len(service.asked) == 1
    service.clock.sleep(0.1)
    service.do(leases.refresh(*ONE, run))
    assert service.asked[1:] == [(60.0, 60, "nonce")]


def test_a_lease_that_is_not_held_is_not_extended(service: Service) -> None:
    service.clock.sleep(50.0)
    service.do(leases.refresh(*TWO, _run(ONE)))
    assert service.asked == []


def test_a_lost_extension_leaves_the_old_lease_and_is_asked_for_again(service: Service) -> None:
    service.answers, run = [LOST, "nonce"], _run(ONE)
    service.clock.sleep(40.0)
    service.do(leases.refresh(*ONE, run))
    assert run.leases == {ONE: HeldLease("old", 0.0)}
    service.do(leases.refresh(*ONE, run))
    assert run.leases == {ONE: HeldLease("nonce", 40.0)}


def test_a_refused_extension_stops_the_step(service: Service) -> None:
    service.answers = [_refusal(ConflictError, 409)]
    service.clock.sleep(40.0)
    with pytest.raises(ConflictError):
        service.do(leases.refresh(*ONE, _run(ONE)))


@pytest.mark.parametrize(
    ("until", "ttl_s", "more"),
    [(200.0, 60, True), (90.5, 50, True), (90.0, 50, False), (41.0, 1, False), (100.0, 60, False)],
)
def test_a_lease_is_extended_to_the_end_of_its_block_and_no_further(
    service: Service, until: float, ttl_s: int, *, more: bool
) -> None:
    run = _run(ONE)
    service.clock.sleep(40.0)
    assert service.do(leases.extend(run, until)) is more
    assert service.asked == [(40.0, ttl_s, "old")]
    assert run.leases == {ONE: HeldLease("nonce", 40.0)}


def test_a_lease_is_not_extended_for_less_than_a_second(service: Service) -> None:
    service.clock.sleep(40.0)
    assert service.do(leases.extend(_run(ONE), 40.9)) is False
    assert service.asked == []


def test_without_a_lease_there_is_nothing_to_extend(service: Service) -> None:
    assert service.do(leases.extend(_run(), 100.0)) is False
    assert service.asked == []


@pytest.mark.parametrize(
    ("error", "at", "again"),
    [(GONE, 59.0, True), (GONE, 60.0, False), (LOST, 59.0, True), (LOST, 70.0, True), (HELD, 61.0, False)],
)
def test_an_extension_is_asked_for_again_while_the_lease_may_be_in_force(
    service: Service, error: FlyError, at: float, *, again: bool
) -> None:
    service.answers, run = [error], _run(ONE)
    service.clock.sleep(at)
    assert service.do(leases.extend(run, 500.0)) is again
    assert run.leases == {ONE: HeldLease("old", 0.0)}


# Giving back.


@pytest.mark.parametrize("refusal", [None, GONE, LOST])
def test_a_lease_is_given_back_once_whatever_is_answered(service: Service, refusal: FlyError | None) -> None:
    service.refuses_release, run = refusal, _run(ONE, TWO)
    service.do(leases.release(*ONE, run))
    service.do(leases.release(*ONE, run))
    assert service.released == [(*ONE, "old")]
    assert list(run.leases) == [TWO]


def test_all_leases_of_a_run_are_given_back(service: Service) -> None:
    run = _run(ONE, TWO)
    service.do(leases.release_all(run))
    assert [each[:2] for each in service.released] == [ONE, TWO]
    assert run.leases == {}


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_work_is_done_under_a_lease_which_is_given_back_unless_it_is_kept(
    service: Service, *, keep: bool, fails: bool
) -> None:
    def work() -> Flow[str]:
        yield from ()
        assert run.leases == {ONE: HeldLease("nonce", 0.0)}
        if fails:
            raise GONE
        return "done"

    run = _run()
    if fails:
        with pytest.raises(NotFoundError):
            service.do(leases.under_lease(*ONE, run, work, keep=keep))
    else:
        assert service.do(leases.under_lease(*ONE, run, work, keep=keep)) == "done"
    stays = keep and not fails
    assert list(run.leases) == ([ONE] if stays else [])
    assert service.released == ([] if stays else [(*ONE, "nonce")])


def test_a_lease_that_is_held_already_is_not_asked_for(service: Service) -> None:
    def work() -> Flow[None]:
        yield from ()

    run = _run(ONE)
    service.do(leases.under_lease(*ONE, run, work))
    assert (service.asked, run.leases) == ([], {})
