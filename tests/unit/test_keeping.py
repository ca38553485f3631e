"""What keeps a lease: when it extends, and that nothing is left of it once it is stopped."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from fly_resources._client.keeping import EVERY_S, AsyncLeaseKeeper, LeaseKeeper
from fly_resources._nouns.machine.leases import LEASE_S

if TYPE_CHECKING:
    from collections.abc import Callable


@attrs.define(eq=False)
class Alarm:
    """One alarm: it rings when a test says so."""

    in_s: float
    ring: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@attrs.define
class Alarms:
    """A clock that stands, and keeps what alarms were set."""

    moment: float = 0.0
    set: list[Alarm] = attrs.Factory(list)
    #: Called when somebody sleeps.
    asleep: Callable[[], object] = bool
    slept: list[float] = attrs.Factory(list)

    def now(self) -> float:
        return self.moment

    def alarm(self, seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
        self.set.append(Alarm(seconds, ring))
        return self.set[-1].cancel

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep()

    async def sleep_async(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep()
        await asyncio.sleep(0)

    def ringing(self) -> threading.Thread:
        """Let the newest alarm ring, as it does on a thread of its own."""
        thread = threading.Thread(target=self.set[-1].ring)
        thread.start()
        return thread


@pytest.fixture
def alarms() -> Any:  # noqa: ANN401  # it stands for a clock
    return Alarms()


def test_two_extensions_may_fail_before_a_lease_ends() -> None:
    assert 4 * EVERY_S <= LEASE_S  # the third has as long for its answer as there is between two


@pytest.mark.parametrize(
    ("took_s", "next_s"), [(0.0, 15.0), (4.0, 11.0), (13.5, 1.5), (14.5, 1.0), (40.0, 1.0)]
)
def test_the_next_extension_counts_from_when_the_last_one_began(
    alarms: Any,  # noqa: ANN401  # see above
    took_s: float,
    next_s: float,
) -> None:
    def extend() -> bool:
        alarms.moment += took_s
        return True

    alarms.moment = 100.0
    LeaseKeeper(alarms, extend).start()
    alarms.ringing().join()
    assert [each.in_s for each in alarms.set] == [15.0, next_s]

    async def extend_async() -> bool:
        return extend()

    async def work() -> None:
        AsyncLeaseKeeper(alarms, extend_async).start()
        await asyncio.to_thread(alarms.ringing().join)

    alarms.set.clear()
    asyncio.run(work())
    assert [each.in_s for each in alarms.set] == [15.0, next_s]


def test_what_need_not_be_extended_again_is_not(alarms: Any) -> None:  # noqa: ANN401  # see above
    LeaseKeeper(alarms, lambda: False).start(3.0)
    alarms.ringing().join()
    assert [each.in_s for each in alarms.set] == [3.0]


def test_once_stopped_it_extends_no_more_even_if_an_alarm_still_rings(
    alarms: Any,  # noqa: ANN401  # see above
) -> None:
    extended: list[bool] = []

    def extend() -> bool:
        extended.append(True)
        return True

    keeper = LeaseKeeper(alarms, extend)
    keeper.stop()  # before it was started
    keeper = LeaseKeeper(alarms, extend)
    keeper.start()
    keeper.stop()
    alarms.ringing().join()
    assert ([each.cancelled for each in alarms.set], extended, alarms.slept) == ([True], [], [])

    failed: list[object] = []

    async def extend_async() -> bool:
        return extend()

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(context))
        keeper = AsyncLeaseKeeper(alarms, extend_async)
        await keeper.stop()
        gc.collect()  # tells of tasks that have failed unseen
        assert failed == []
        keeper = AsyncLeaseKeeper(alarms, extend_async)
        keeper.start()
        await keeper.stop()
        await asyncio.to_thread(alarms.ringing().join)

    alarms.set.clear()
    asyncio.run(work())
    assert ([each.cancelled for each in alarms.set], extended, alarms.slept) == ([True], [], [])


def test_it_stops_after_an_extension_that_is_in_progress_and_cancels_what_that_has_set(
    alarms: Any,  # noqa: ANN401  # see above
) -> None:
    began, may_end = threading.Event(), threading.Event()

    def extend() -> bool:
        began.set()
        return may_end.wait(5.0)

    def let_it_end() -> None:
        may_end.set()
        thread.join()

    alarms.asleep = let_it_end
    keeper = LeaseKeeper(alarms, extend)
    keeper.start()
    thread = alarms.ringing()
    assert began.wait(5.0)
    keeper.stop()
    assert len(alarms.slept) == 1
    assert alarms.slept[0] < 0.1, "it returns soon after the extension"
    assert [each.cancelled for each in alarms.set] == [True, True]


def test_an_async_one_waits_for_an_extension_and_sets_nothing_more(
    alarms: Any,  # noqa: ANN401  # see above
) -> None:
    async def work() -> None:
        began, may_end = asyncio.Event(), asyncio.Event()

        async def extend() -> bool:
            began.set()
            return await may_end.wait()

        keeper = AsyncLeaseKeeper(alarms, extend)
        keeper.start()
        thread = alarms.ringing()
        await began.wait()
        alarms.asleep = may_end.set
        await keeper.stop()
        await asyncio.to_thread(thread.join)

    asyncio.run(work())
    assert alarms.slept
    assert max(alarms.slept) < 0.1, "it returns soon after the extension"
    assert [each.cancelled for each in alarms.set] == [True]


def test_a_cancelled_stop_waits_for_the_extension_and_is_cancelled_then(
    alarms: Any,  # noqa: ANN401  # see above
) -> None:
    async def work() -> None:
        began, may_end = asyncio.Event(), asyncio.Event()
        ended: list[bool] = []

        async def extend() -> bool:
            began.set()
            ended.append(await may_end.wait())
            return True

        keeper = AsyncLeaseKeeper(alarms, extend)
        keeper.start()
        thread = alarms.ringing()
        await began.wait()
        stopping = asyncio.create_task(keeper.stop())
        looks = asyncio.Event()
        alarms.asleep = looks.set
        await looks.wait()
        stopping.cancel()
        alarms.asleep = may_end.set
        with pytest.raises(asyncio.CancelledError):
            await stopping
        assert ended == [True]
        await asyncio.to_thread(thread.join)

    asyncio.run(work())


def test_an_alarm_that_rings_when_its_loop_has_ended_does_nothing(
    alarms: Any,  # noqa: ANN401  # see above
) -> None:
    async def extend() -> bool:
        raise AssertionError("there is no loop to do this in")

    async def work() -> None:
        AsyncLeaseKeeper(alarms, extend).start()

    asyncio.run(work())
    alarms.set[-1].ring()
    assert len(alarms.set) == 1
