"""Errors, nouns, plans and reports stay what they are when they are copied, pickled or sent to a process."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
from fly_machines.errors import UnexpectedStatus
from hypothesis import given, settings
from hypothesis import strategies as st

from fly_resources import (
    App,
    Certificate,
    Change,
    Event,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Outcome,
    Plan,
    Planned,
    RateLimit,
    Report,
    RetryPolicy,
    Secret,
    Unmanaged,
    Volume,
    dns_records,
    errors,
)
from fly_resources.testing import Fault, FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUE: Final = "hunter2hunter2"
APP: Final = App("shop", primary_region="iad")
MACHINE: Final = Machine(APP, "web", {"image": "nginx", "env": {"PASSWORD": Secret(VALUE)}})
SECRET: Final = FlySecret(APP, "KEY", VALUE)
KINDS: Final = sorted(errors.__all__)


def pickled(value: Any) -> Any:  # noqa: ANN401
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # our own


WAYS: Final[dict[str, Callable[[Any], Any]]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": pickled,
    "the oldest pickle": lambda value: pickle.loads(pickle.dumps(value, protocol=0)),  # noqa: S301
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
texts = st.text(max_size=5)
ARGUMENTS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "attempts": st.integers(1, 9),
    "body": st.one_of(st.none(), texts, st.dictionaries(texts, texts, max_size=2)),
    "candidates": st.lists(texts, max_size=2),
    "snapshots": st.lists(texts, max_size=2),
    "errors": st.lists(st.builds(errors.ReconcileError, texts), max_size=2),
    "pages": st.integers(0, 9),
    "report": st.just(Report((Outcome(SECRET, "set", changed=True), Outcome(MACHINE, "none")))),
    "status": st.integers(300, 599),
    "subjects": st.lists(texts, max_size=1),
    "waited_s": st.floats(0, 9),
}


@st.composite
def raised(draw: st.DrawFn, kind: type[errors.FlyError]) -> errors.FlyError:
    """Return an error of that kind as the library makes it, and with what is set on it later."""
    named = inspect.isfunction(kind.__init__)  # else it is Python's own, which takes a message
    init = list(inspect.signature(kind.__init__).parameters.values())[1:] if named else []
    values = {each.name: draw(ARGUMENTS.get(each.name, texts)) for each in init}
    if kind is errors.DecodeError:
        values["body"] = b"<html>"
    keywords = {each.name: values.pop(each.name) for each in init if each.kind is each.KEYWORD_ONLY}
    error = kind(*(values.values() or [draw(texts)]), **keywords)
    for name in inspect.get_annotations(kind):
        if not name.startswith("_") and name not in vars(error):
            setattr(error, name, draw(texts))
    if draw(st.booleans()):
        error.add_note(draw(texts))
    if draw(st.booleans()):
        error.__cause__ = draw(
            st.sampled_from([errors.ConfigurationError("why"), KeyError("x"), httpx.ConnectError("refused")])
        )
    return error


def held(error: BaseException | None) -> object:
    """Return all that an error says and holds, for a comparison."""
    if error is None:
        return None
    attributes = {
        name: [held(each) for each in value] if name == "errors" else value
        for name, value in vars(error).items()
    }
    return type(error), error.args, str(error), attributes, held(error.__cause__)


@ways
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_an_error_stays_what_it_is(kind: str, way: Callable[[Any], Any], data: st.DataObject) -> None:
    error = data.draw(raised(getattr(errors, kind)))
    if isinstance(error.__cause__, httpx.ConnectError):
        assert type(way(error).__cause__) is httpx.ConnectError
        error.__cause__ = None
    twin = way(error)

    assert twin is not error
    assert held(twin) == held(error)
    assert getattr(twin, "__notes__", None) == getattr(error, "__notes__", None)


def test_every_kind_of_error_is_listed() -> None:
    public = {
        name for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, Exception)
    }
    assert public == set(KINDS)


def raise_while_handling(error: Exception) -> None:
    try:
        raise KeyError("x")  # noqa: TRY301
    except KeyError:
        raise error  # noqa: B904  # without a cause, on purpose


@ways
def test_an_error_that_is_raised_again_has_the_context_of_the_new_place(way: Callable[[Any], Any]) -> None:
    twin = way(errors.ReconcileError("no"))
    with pytest.raises(errors.ReconcileError) as caught:
        raise_while_handling(twin)
    assert isinstance(caught.value.__context__, KeyError)
    assert not caught.value.__suppress_context__


@ways
def test_the_sdks_own_error_stays_what_it_is(way: Callable[[Any], Any]) -> None:
    error = UnexpectedStatus(499, b"\xff")
    error.add_note("seen at noon")
    twin = way(error)
    assert (type(twin), twin.args, vars(twin)) == (UnexpectedStatus, error.args, vars(error))


class PickyError(Exception):
    def __init__(self, *, needed: int) -> None:
        super().__init__(f"needed {needed}")


def test_a_pickle_goes_without_what_another_librarys_error_holds() -> None:
    request = httpx.Request("GET", "https://api.machines.dev", headers={"Authorization": f"Bearer {VALUE}"})
    error = errors.NotSentError("no", method="GET", route="/apps")
    error.__cause__ = httpx.ConnectError("refused", request=request)
    written = pickle.dumps(error)

    assert VALUE.encode() not in written
    cause = pickle.loads(written).__cause__  # noqa: S301
    assert (type(cause), str(cause)) == (httpx.ConnectError, "refused")
    error.__cause__ = PickyError(needed=3)
    assert repr(pickled(error).__cause__) == "RuntimeError('PickyError: needed 3')"


def test_an_error_of_a_run_holds_itself_and_still_can_be_copied() -> None:
    failed = errors.ReconcileError("it")
    error = errors.EnsureError([failed], Report((Outcome(APP, "create", error=failed),)))
    error.__cause__ = failed
    twin = copy.deepcopy(error)
    assert twin.report == error.report
    assert twin.errors[0] is not failed
    error.itself = error  # type: ignore[attr-defined]
    assert (again := copy.deepcopy(error)).itself is again  # type: ignore[attr-defined]
    assert (again := pickled(error)).itself is again


def stack() -> list[Any]:
    data = Volume(APP, "data")
    return [
        APP,
        data,
        Machine(APP, "server", {"image": "nginx", "env": {"A": "1"}}, mounts={"/data": data}),
        MACHINE,
        SECRET,
        Certificate(APP, "www.example.com"),
        IpAddress(APP, "shared_v4"),
    ]


@ways
def test_what_a_run_answers_stays_what_it_is(way: Callable[[Any], Any]) -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock)
    with Fly("t", transport=sim.transport(), clock=clock, owner="me") as fly:
        before = fly.plan(*stack())
        report = fly.ensure(*stack())
        fly.ensure(Machine(APP, "other", {"image": "nginx"}))
        after = fly.plan(*stack())
        doomed = fly.plan(APP, destroy=True, everything=True)
        model = fly.read(MACHINE)

    for answer in (before, report, after, doomed, model, *before, *report):
        assert way(answer) == answer
    assert way(after).unmanaged == after.unmanaged
    assert len(after.unmanaged) == 1
    twin = way(report)
    assert twin[MACHINE].observed == report[MACHINE].observed
    assert twin[MACHINE].model.to_dict() == report[MACHINE].model.to_dict()
    assert str(twin) == str(report)


@ways
def test_failures_in_a_report_or_plan_stay_what_they_are(
    way: Callable[[Any], Any],
) -> None:
    refused = errors.PermissionDeniedError("no", status=403, method="GET", route="/apps")
    rows = [Outcome(APP, "create", error=errors.ReconcileError(why)) for why in ("no", "other")]
    report = Report((rows[0], Outcome(MACHINE, "none")))
    step = Planned(MACHINE, "update", (Change("env.A", None, "1"),))
    plan = Plan((step,), unreadable=(("shop", "secrets", refused),))
    assert way(report) == report
    assert way(plan) == plan
    assert way(rows[0]) != rows[1]


def test_a_pickled_report_holds_no_secrets_value_and_says_so_when_asked() -> None:
    rows = (Planned(SECRET, "set"), Outcome(MACHINE, "none"), Event(SECRET, "set", "done"))
    for row in rows:
        written = pickle.dumps(row)
        assert VALUE.encode() not in written
        assert pickle.loads(written) == row  # noqa: S301
    noun: FlySecret = pickled(Planned(SECRET, "set")).resource
    assert noun.value is not None
    assert repr(noun.value) == "Secret('***')"
    with pytest.raises(errors.ConfigurationError, match="describe the resource again"):
        noun.value.reveal()
    assert pickled(pickled(Planned(SECRET, "set"))).resource == SECRET
    twin: Any = copy.deepcopy(Planned(SECRET, "set"))
    assert twin.resource.value == Secret(VALUE)


def test_a_deep_copy_of_a_report_shares_no_model_with_it() -> None:
    with Fly("t", transport=FlySimulator().transport()) as fly:
        report = fly.ensure(MACHINE)
    twin = copy.deepcopy(report)
    twin[MACHINE].model.name = "other"
    assert report[MACHINE].model.name == "web"


@ways
@pytest.mark.parametrize(
    "value",
    [
        APP,
        Volume(APP, "data", size_gb=3),
        Machine(APP, "server", {"image": "nginx"}, region="iad"),
        Certificate(APP, "www.example.com"),
        IpAddress(APP, "v6"),
        FlySecret.absent(APP, "GONE"),
        RetryPolicy(attempts=2),
        RateLimit(per_second=3),
        Change("env.A", {"a": 1}, None),
        Unmanaged("machine", "shop", "148ed", "web"),
        Event(APP, "create", "started"),
        Fault("reset_after", operation="Machines_create"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_is_described_stays_what_it_is(way: Callable[[Any], Any], value: object) -> None:
    assert way(value) == value


@ways
def test_dns_records_stay_what_they_are(way: Callable[[Any], Any]) -> None:
    certificate = Certificate(APP, "www.example.com")
    with Fly("t", transport=FlySimulator().transport()) as fly:
        records = dns_records(fly.ensure(certificate)[certificate].model)
    assert records
    assert way(records) == records


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_process_pool_returns_errors(method: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.replace("METHOD", repr(method)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.splitlines(), done.stderr) == (["NotFoundError 404", "EnsureError web", "shop"], "")


#: The class of its error is found by a worker in the installed library; its functions in this file.
PROGRAM: Final = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from fly_machines.api.machines import machines_get
from fly_resources import App, Fly, FlySecret, Machine, RateLimit, errors
from fly_resources.testing import FlySimulator

app = App("shop", primary_region="iad")


def get(name):
    with Fly("t", transport=FlySimulator().transport()) as fly:
        return machines_get.sync(name, "0" * 14, client=fly.sdk)


def ensure(name):
    sim = FlySimulator()
    sim.images["broken"] = "unknown"
    with Fly("t", transport=sim.transport()) as fly:
        return fly.ensure(FlySecret(app, "KEY", "v"), Machine(app, "web", {"image": name}, region="iad"))


if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(METHOD)) as pool:
        try:
            pool.submit(get, "shop").result(30)
        except errors.NotFoundError as error:
            print(type(error).__name__, error.status)
        try:
            pool.submit(ensure, "broken").result(30)
        except errors.EnsureError as error:
            print(type(error).__name__, [row.resource.name for row in error.report if row.error][0])
        print(pool.submit(ensure, "nginx").result(30)[app].model.name)
"""


@pytest.mark.parametrize("way", [pickle.dumps, copy.deepcopy])
def test_a_client_says_why_it_cannot_be_pickled(way: Callable[[Any], Any]) -> None:
    with Fly("t", transport=FlySimulator().transport()) as fly:
        with pytest.raises(TypeError, match="a Fly cannot be pickled or copied: create one in each process"):
            way(fly)
        assert copy.copy(fly) is fly
