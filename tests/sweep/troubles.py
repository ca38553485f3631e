"""What goes wrong, and at which requests of a call."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, get_args

import attrs
import httpx

from fly_resources._http.client import TIMEOUT
from fly_resources.testing import Fault
from tests.sweep.strangers import STRANGERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fly_resources.testing import RecordedRequest

_READ_S: Final = TIMEOUT.read or 0.0
_STATUSES: Final = (408, 429, 500, 502, 503, 504)

FAULTS: Final[dict[str, Fault]] = {
    "refuse": Fault("refuse"),
    "reset_before": Fault("reset_before"),
    "reset_after": Fault("reset_after"),
    **{f"{status} not applied": Fault("status", status=status) for status in _STATUSES},
    **{f"{status} applied": Fault("status", status=status, applied=True) for status in _STATUSES},
    "truncate": Fault("truncate"),
    "not_json": Fault("not_json"),
    "stale": Fault("stale"),
    "slow": Fault("slow", seconds=30.0),
    "slower than the timeout": Fault("slow", seconds=_READ_S + 5.0),
    # It takes effect when the client has given up: at once, while it still looks, and much later (PL-9).
    **{
        f"lands {late:g} s late": Fault("slow", seconds=_READ_S + late, late=True)
        for late in (1.0, 20.0, 120.0)
    },
}
#: Refusals that the service gives for other reasons, and that this request did nothing to deserve. Whether it
#: was carried out all the same is not to be seen.
REFUSALS: Final[dict[str, Fault]] = {
    f"{name} {'applied' if applied else 'not applied'}": Fault(
        "status", status=status, applied=applied, headers=headers
    )
    for name, status, headers in (
        *((str(status), status, {}) for status in (400, 401, 403, 404, 409, 412, 422, 425)),
        ("429 with Retry-After", 429, {"Retry-After": "3"}),
    )
    for applied in (False, True)
}
ALL_FAULTS: Final = FAULTS | REFUSALS
#: Not of a GET: nothing takes effect late.
_OF_WRITES: Final = frozenset(name for name in FAULTS if name.startswith("lands"))

Ending: TypeAlias = Literal["cleans up", "is dropped"]
ENDINGS: Final[tuple[Ending, Ending]] = ("cleans up", "is dropped")
#: The rows of the table.
KINDS: Final = (
    *ALL_FAULTS,
    "two faults",
    "a fault in each of two runs",
    "the process cleans up",
    "the process is dropped",
    *(f"somebody {does}" for does in STRANGERS),
)
Group: TypeAlias = Literal[
    "one fault",
    "one refusal (4xx)",
    "two faults in one run",
    "a fault in each of two runs",
    "the process ends",
    "somebody else acts",
]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
#: Between two runs in trouble: a lease whose answer was lost has ended by then.
BETWEEN_S: Final = 65.0


@attrs.frozen
class Faulty:
    """Faults by the number of the request, counted from 1."""

    at: tuple[tuple[int, str], ...]

    def __str__(self) -> str:
        return " and ".join(f"{name} at request {nth}" for nth, name in self.at)

    @property
    def kind(self) -> str:
        return self.at[0][1] if len(self.at) == 1 else "two faults"

    @property
    def group(self) -> Group:
        if len(self.at) > 1:
            return "two faults in one run"
        return "one refusal (4xx)" if self.at[0][1] in REFUSALS else "one fault"


@attrs.frozen
class Twice:
    """A fault in the call, and one in the call that follows it; each counts in its own requests."""

    first: Faulty
    second: Faulty

    def __str__(self) -> str:
        return f"{self.first}, and in the next run {self.second}"

    @property
    def kind(self) -> str:
        return "a fault in each of two runs"

    @property
    def group(self) -> Group:
        return "a fault in each of two runs"


@attrs.frozen
class Beside:
    """Somebody else does something, one of `STRANGERS`, just before our nth request."""

    nth: int
    does: str

    def __str__(self) -> str:
        return f"somebody {self.does} before request {self.nth}"

    @property
    def kind(self) -> str:
        return f"somebody {self.does}"

    @property
    def group(self) -> Group:
        return "somebody else acts"


@attrs.frozen
class Death:
    """The process ends instead of sending a request, or of seeing its answer.

    It may still clean up, as after Ctrl-C; or it is gone at once, as after SIGKILL.
    """

    nth: int
    applied: bool
    ending: Ending

    def __str__(self) -> str:
        return f"the process {self.ending} {'after' if self.applied else 'before'} request {self.nth}"

    @property
    def kind(self) -> str:
        return f"the process {self.ending}"

    @property
    def group(self) -> Group:
        return "the process ends"

    def wrap(self, inner: Transport) -> Transport:
        """Return the transport of a process that dies so."""
        return Mortal(inner, self)


#: What one call meets.
OneTrouble: TypeAlias = Faulty | Death
Trouble: TypeAlias = OneTrouble | Twice | Beside
Transport: TypeAlias = httpx.BaseTransport | httpx.AsyncBaseTransport


class Around(Protocol):
    """What stands between a process and the service."""

    def wrap(self, inner: Transport) -> Transport:
        """Return the transport that the process uses instead of `inner`."""


def single(clean: Sequence[RecordedRequest]) -> Iterator[Faulty]:
    """Every fault at every request of the clean run."""
    for (nth, request), name in itertools.product(enumerate(clean, 1), ALL_FAULTS):
        if _happens(name, request):
            yield Faulty(((nth, name),))


def pairs(clean: Sequence[RecordedRequest], count: int, seed: object) -> Iterator[Faulty]:
    """So many pairs of faults; the second counts in what is really sent, so it may meet a retry."""
    chance = random.Random(f"{seed}")  # noqa: S311  # a sample, not cryptography
    names = sorted(ALL_FAULTS)
    while count:
        first, second = sorted((chance.randint(1, len(clean)), chance.randint(1, len(clean) + 4)))
        one, two = chance.choice(names), chance.choice(names)
        if first < second and first <= len(clean) and _happens(one, clean[first - 1]) and two != "stale":
            count -= 1
            yield Faulty(((first, one), (second, two)))


def twice(clean: Sequence[RecordedRequest], count: int, seed: object) -> Iterator[Twice]:
    """So many faults in each of two runs.

    None of the first takes effect in the second: what lands later than the client looks may be made twice.
    """
    chance = random.Random(f"{seed}")  # noqa: S311  # a sample, not cryptography
    names = [name for name in sorted(ALL_FAULTS) if name not in {"stale", "lands 120 s late"}]
    while count:
        first, second = chance.randint(1, len(clean)), chance.randint(1, len(clean) + 4)
        one, two = chance.choice(names), chance.choice(names)
        if _happens(one, clean[first - 1]):
            count -= 1
            yield Twice(Faulty(((first, one),)), Faulty(((second, two),)))


def beside(clean: Sequence[RecordedRequest]) -> Iterator[Beside]:
    """Every stranger between any two requests, and before the first."""
    for nth, does in itertools.product(range(1, len(clean) + 1), STRANGERS):
        yield Beside(nth, does)


def deaths(clean: Sequence[RecordedRequest]) -> Iterator[Death]:
    """The end of the process between any two requests."""
    for nth, applied, ending in itertools.product(range(1, len(clean) + 1), (False, True), ENDINGS):
        yield Death(nth, applied, ending)


def _happens(name: str, request: RecordedRequest) -> bool:
    """Whether a fault of this kind can meet the request."""
    if name == "stale":
        return request.method == "GET"
    return name not in _OF_WRITES or request.method != "GET"


class DiedError(BaseException):
    """The process has ended."""


class Mortal(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends what a process sends until it dies."""

    def __init__(self, inner: Transport, death: Death) -> None:
        self._inner = inner
        self._death = death
        self._sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.BaseTransport)
        dies = self._count()
        response = self._inner.handle_request(request)
        if dies:
            raise DiedError
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(self._inner, httpx.AsyncBaseTransport)
        dies = self._count()
        response = await self._inner.handle_async_request(request)
        if dies:
            raise DiedError
        return response

    def _count(self) -> bool:
        """Count a request; whether its answer is not seen any more."""
        self._sent += 1
        dead = self._sent > self._death.nth and self._death.ending == "is dropped"
        if dead or (self._sent == self._death.nth and not self._death.applied):
            raise DiedError
        return self._sent == self._death.nth
