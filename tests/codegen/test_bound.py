"""Every operation is a method too: blocking and awaited, by tag, and it sends what the functions send."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import json
import re
import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any

import attrs
import fly_machines.api
import fly_machines.models
import httpx
import pytest
from fly_machines import Client
from fly_machines.api.machines import machines_create
from fly_machines.bound import Api, AsyncApi
from fly_machines.errors import UnexpectedStatus
from fly_machines.models import (
    CreateMachineRequest,
    Machine,
    MachineConfig,
    MachineGuest,
    StopConfig,
    UpdateMachineRequest,
    Volume,
)
from fly_machines.types import UNSET

from scripts.tools.codegen import documents
from scripts.tools.codegen.layout import Layout
from tests.codegen.bodies import DOCUMENT, random_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scripts.tools.codegen.documents import Json, Operation

BASE_URL = "https://api.machines.dev/v1"
OPERATIONS = {operation.id: operation for operation in documents.operations(DOCUMENT)}
IDS = {"app_name": "shop", "machine_id": "3d8d413b29d089", "volume_id": "vol_1r2e3p4l5q6z7x8v"}
every_operation = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())


def _body(operation: Operation) -> Any:  # noqa: ANN401 - the model of it
    (media,) = documents.media_types(operation.data)
    name = documents.reference_name(media["schema"]) or ""
    body = random_object(Random(7), documents.schemas(DOCUMENT)[name], depth=3)  # noqa: S311 - no secret
    return getattr(fly_machines.models, name).from_dict(body)


def _value(schema: Json) -> object:
    samples: dict[str, object] = {"integer": 3, "boolean": True, "array": ["a", "b"]}
    return samples.get(schema.get("type", ""), "x y")


class _SentError(Exception):
    """Ends a call where its request is known."""


class Wire:
    """A client that answers nothing, or what it is told, and keeps what was sent."""

    def __init__(self, *answers: httpx.Response) -> None:
        self.seen: list[httpx.Request] = []
        self._answers = iter(answers)
        transport = httpx.MockTransport(self._answer)
        self.client = (
            Client(base_url=BASE_URL)
            .set_httpx_client(httpx.Client(base_url=BASE_URL, transport=transport))
            .set_async_httpx_client(httpx.AsyncClient(base_url=BASE_URL, transport=transport))
        )
        self.api = Api(self.client)
        self.async_api = AsyncApi(self.client)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        try:
            return next(self._answers)
        except StopIteration:
            raise _SentError from None


def _spelt(request: httpx.Request) -> tuple[object, ...]:
    return request.method, str(request.url), sorted(request.headers.items()), request.content


def _sent(call: Callable[[Wire], object]) -> tuple[object, ...]:
    wire = Wire()
    with pytest.raises(_SentError):
        call(wire)
    (request,) = wire.seen
    return _spelt(request)


@every_operation
def test_it_sends_what_the_function_sends(operation: Operation) -> None:
    tag, verb = operation.data["tags"][0], operation.id.removeprefix(f"{operation.data['tags'][0]}_")
    function = import_module(f"fly_machines.api.{tag}.{operation.id}")
    parameters = list(inspect.signature(function.sync).parameters)
    by_name = {
        parameter["name"].replace("-", "_"): parameter["schema"] for parameter in operation.data["parameters"]
    }
    path = (
        [IDS.get(name, "one/two") for name in parameters[: parameters.index("client")]]
        if "client" in parameters
        else []
    )
    given: dict[str, Any] = {
        name: _value(by_name[name.removesuffix("_") if name not in by_name else name])
        for name in parameters[len(path) :]
        if name not in {"client", "body"}
    }
    if "body" in parameters:
        given["body"] = _body(operation)

    expected = _sent(lambda wire: function.sync(*path, client=wire.client, **given))
    assert _sent(lambda wire: getattr(getattr(wire.api, tag), verb)(*path, **given)) == expected
    assert (
        _sent(lambda wire: asyncio.run(getattr(getattr(wire.async_api, tag), verb)(*path, **given)))
        == expected
    )
    if "body" in parameters:
        given["body"] = given["body"].to_dict()
        assert _sent(lambda wire: getattr(getattr(wire.api, tag), verb)(*path, **given)) == expected


@every_operation
def test_it_is_described_and_takes_what_the_function_takes(operation: Operation) -> None:
    tag, verb = operation.data["tags"][0], operation.id.removeprefix(f"{operation.data['tags'][0]}_")
    function = import_module(f"fly_machines.api.{tag}.{operation.id}").sync
    blocking = getattr(getattr(Wire().api, tag), verb)
    awaited = getattr(getattr(Wire().async_api, tag), verb)
    own = "request_timeout" if "timeout" in inspect.signature(function).parameters else "timeout"

    assert operation.data["summary"] in " ".join(blocking.__doc__.split())
    assert operation.data["summary"] in " ".join(awaited.__doc__.split())
    assert inspect.iscoroutinefunction(awaited)
    taken = list(inspect.signature(blocking).parameters)
    assert taken == list(inspect.signature(awaited).parameters)
    assert taken == [name for name in inspect.signature(function).parameters if name != "client"] + [
        own,
        "headers",
    ]


def _methods(api: object) -> set[str]:
    return {
        f"{tag}.{verb}"
        for tag in dir(api)
        if not tag.startswith("_")
        for verb in dir(getattr(api, tag))
        if not verb.startswith("_")
    }


def test_there_are_all_operations_and_nothing_else() -> None:
    paged = {"machines.iterate", "volumes.iterate", "apps.iterate", "certificates.iterate"}
    paged |= {"organizations.iterate_machines", "organizations.iterate_volumes"}
    expected = {
        f"{tag}.{name.removeprefix(f'{tag}_')}"
        for name, operation in OPERATIONS.items()
        for tag in operation.data["tags"]
    }
    assert _methods(Wire().api) == _methods(Wire().async_api) == expected | paged


def test_they_show_what_they_have() -> None:
    wire = Wire()
    assert repr(wire.api).startswith("<Api: apps, certificates, ")
    assert repr(wire.async_api).startswith("<AsyncApi: apps, ")
    assert repr(wire.api.volumes) == "<volumes: create, delete, extend, get, iterate, list, update>"


def _loaded_by(statement: str) -> set[str]:
    folder = str(Layout().sdk.parent)
    program = f"import sys; sys.path.insert(0, {folder!r})\n{statement}\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name for name in done.stdout.split() if name.startswith("fly_machines.")}


def test_nothing_is_imported_that_is_not_used() -> None:
    bound = {"fly_machines.bound", "fly_machines.bound.machines"}
    loaded = _loaded_by(
        "from fly_machines import Client\nfrom fly_machines.bound import Api\n"
        "api = Api(Client(base_url='https://x'))\nassert 'list' in dir(api.machines)\n"
        "assert 'volumes' in dir(api)"
    )
    assert {name for name in loaded if name.startswith("fly_machines.bound")} == bound
    assert not [name for name in loaded if name.startswith(("fly_machines.api.", "fly_machines.models."))]
    assert not bound & _loaded_by("import fly_machines, fly_machines.models")


def test_all_functions_can_be_found_before_they_are_imported() -> None:
    listed = _loaded_by(
        "import fly_machines.api as api; assert 'machines_wait' in dir(api.machines); api.apps.apps_list.sync"
    )
    assert {name for name in listed if name.count(".") == 3} == {"fly_machines.api.apps.apps_list"}
    assert set(dir(fly_machines.api)) >= {operation.data["tags"][0] for operation in OPERATIONS.values()}
    for package in (fly_machines.api, fly_machines.api.apps):
        with pytest.raises(AttributeError, match="has no attribute 'moon'"):
            _ = package.moon


def test_an_operation_that_is_called_itself_says_what_to_call() -> None:
    module: Any = import_module("fly_machines.api.machines.machines_list")
    with pytest.raises(TypeError, match=r"machines_list\.sync\(.*fly\.api\.machines\.list\("):
        module("shop")


def test_a_function_refuses_what_is_no_name() -> None:
    get: Any = import_module("fly_machines.api.machines.machines_get")
    with pytest.raises(TypeError, match=r"A Machine is no name or id: give its text \(model\.id"):
        get.sync("shop", MACHINE, client=Wire().client)


@attrs.frozen
class App:
    """Described as in fly_resources, of which this package knows nothing."""

    name: str
    primary_region: str | None = None
    kind: str = "app"


@attrs.frozen
class Thing:
    """A Machine or volume, likewise."""

    kind: str
    app: App | str
    name: str
    config: object = None
    size_gb: int | None = None


MACHINE = Machine.from_dict(
    {
        "id": IDS["machine_id"],
        "name": "web",
        "state": "started",
        "region": "iad",
        "instance_id": "01HEPA330HZ37A78TK080NAK1M",
        "private_ip": "fdaa::2",
        "created_at": "",
    }
)
VOLUME = Volume.from_dict(
    {
        "id": IDS["volume_id"],
        "name": "data",
        "state": "created",
        "region": "iad",
        "zone": "",
        "size_gb": 1,
        "encrypted": True,
        "created_at": "",
        "blocks": 0,
        "block_size": 0,
        "blocks_free": 0,
        "blocks_avail": 0,
        "fstype": "ext4",
        "snapshot_retention": 5,
        "auto_backup_enabled": True,
        "attached_machine_id": None,
        "host_status": "ok",
    }
)
SHOP = fly_machines.models.App.from_dict({"id": "1", "name": "shop", "status": "deployed"})


def _answer(body: object, **headers: str) -> httpx.Response:
    return httpx.Response(
        200, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def _paths(requests: Iterable[httpx.Request]) -> list[str]:
    return [str(request.url.raw_path.decode()).removeprefix("/v1") for request in requests]


@pytest.mark.parametrize("app", ["shop", App("shop"), SHOP], ids=["name", "described", "model"])
@pytest.mark.parametrize("machine", [IDS["machine_id"], MACHINE], ids=["id", "model"])
def test_an_app_is_given_by_name_description_or_model_and_a_machine_by_id_or_model(
    app: Any,  # noqa: ANN401
    machine: Any,  # noqa: ANN401
) -> None:
    wire = Wire(_answer(MACHINE.to_dict()), _answer(MACHINE.to_dict()))
    assert wire.api.machines.get(app, machine) == MACHINE
    assert asyncio.run(wire.async_api.machines.get(app, machine)) == MACHINE
    assert _paths(wire.seen) == [f"/apps/shop/machines/{IDS['machine_id']}"] * 2


@pytest.mark.parametrize(
    "machine", ["web", Thing("machine", App("shop"), "web"), Thing("machine", "shop", "web")]
)
def test_a_name_is_looked_up_in_the_list_of_the_app(machine: Any) -> None:  # noqa: ANN401
    gone = {**MACHINE.to_dict(), "id": "00000000000000", "state": "destroyed"}
    other = {**MACHINE.to_dict(), "id": "11111111111111", "name": "other"}

    def answers() -> list[httpx.Response]:
        pages = [_answer([gone, other], fly_next_cursor="c"), _answer([MACHINE.to_dict()])]
        return [*pages, _answer(MACHINE.to_dict())]

    wire = Wire(*answers(), *answers())
    assert wire.api.machines.get("shop", machine) == MACHINE
    assert asyncio.run(wire.async_api.machines.get("shop", machine)) == MACHINE
    first = "/apps/shop/machines?summary=true"
    second = "/apps/shop/machines?cursor=c&limit=1000&summary=true"
    assert _paths(wire.seen) == [first, second, f"/apps/shop/machines/{IDS['machine_id']}"] * 2


def test_a_volume_is_looked_up_too_and_several_of_one_name_are_refused() -> None:
    twin = {**VOLUME.to_dict(), "id": "vol_2"}
    dying = {**twin, "state": "pending_destroy"}
    wire = Wire(
        _answer([dying, VOLUME.to_dict()]), _answer(VOLUME.to_dict()), _answer([twin, VOLUME.to_dict()])
    )
    assert wire.api.volumes.get("shop", Thing("volume", "shop", "data")) == VOLUME
    with pytest.raises(TypeError, match=r"Several volumes are named 'data': vol_2, vol_1r2e\w+\. Give"):
        wire.api.volumes.delete("shop", "data")
    assert _paths(wire.seen)[1:] == [f"/apps/shop/volumes/{VOLUME.id}", "/apps/shop/volumes?summary=true"]


def test_a_name_that_nothing_has_is_left_to_the_service() -> None:
    wire = Wire(_answer([]), httpx.Response(404, text="no"))
    with pytest.raises(UnexpectedStatus):
        wire.api.machines.get("shop", "web")
    assert _paths(wire.seen)[1] == "/apps/shop/machines/web"


class RefusedError(Exception):
    """The error that the caller wants."""


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda api: api.machines.list(3), "A int is no app"),
        (lambda api: api.machines.list(MACHINE), r"A fly_machines\.models\.machine\.Machine is no app"),
        (lambda api: api.machines.list(Thing("machine", "shop", "web")), "Thing is no app"),
        (lambda api: api.machines.get("shop", SHOP), r"models\.app\.App is no machine: give its id or name"),
        (lambda api: api.machines.get("shop", None), "A NoneType is no machine"),
        (lambda api: api.machines.get("shop", Thing("volume", "shop", "data")), "Thing is no machine"),
        (
            lambda api: api.machines.get("other", Thing("machine", "shop", "web")),
            "of app 'other' but of 'shop'",
        ),
        (lambda api: api.volumes.get("shop", MACHINE), "is no volume: give its id or name, a Volume"),
        (
            lambda api: api.machines.create("shop", body="nginx"),
            "body is a str: give the SDK's model, or a mapping",
        ),
        (
            lambda api: api.machines.list("shop", timeout=dt.timedelta(seconds=5)),
            "timeout is a datetime.timedelta",
        ),
        (lambda api: api.machines.get("shop", "web", timeout="5"), "timeout is a str: give seconds"),
        (lambda api: list(api.machines.iterate("shop", timeout=True)), "timeout is a bool"),
        (lambda api: api.machines.list("shop", headers=[("X-A", "b")]), "headers has to be a mapping"),
        (lambda api: list(api.machines.iterate("shop", headers="X-A")), "headers has to be a mapping"),
        (
            lambda api: api.machines.list("shop", headers={"X-A": 1}),
            "headers has to be a mapping of names to str",
        ),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent(call: Callable[[Api], object], why: str) -> None:
    wire = Wire()
    with pytest.raises(TypeError, match=why):
        call(wire.api)
    with pytest.raises(RefusedError, match=why):
        call(Api(wire.client, refuse=RefusedError))
    assert not wire.seen


class Hidden:
    """As `fly_resources.Secret`."""

    def reveal(self) -> str:
        return "hunter2"


class Word(StrEnum):
    STOP = "stop"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            {"stop_config": {"timeout": 30}},
            "body.config.stop_config.timeout: 30 is 30 nanoseconds; write '30s'",
        ),
        (
            {"checks": {"up": {"interval": 1.5}}},
            "body.config.checks.up.interval: 1.5 is 1.5 nanoseconds; write '1.5s'",
        ),
        (
            {"services": [{"checks": [{"grace_period": 10**6 - 1}]}]},
            "body.config.services[0].checks[0].grace_period: 999999 is",
        ),
        ({"stop_config": StopConfig(timeout=5)}, "body.config.stop_config.timeout: 5 is 5 nanoseconds"),
        (
            MachineConfig(stop_config=StopConfig(timeout=5)),
            "body.config.stop_config.timeout: 5 is 5 nanoseconds",
        ),
    ],
)
def test_seconds_where_the_service_counts_nanoseconds_are_refused(config: Any, said: str) -> None:  # noqa: ANN401
    wire = Wire(_answer(MACHINE.to_dict()))
    bodies: list[Any] = [{"config": config}, CreateMachineRequest(config=config)]
    for body in bodies:
        with pytest.raises(TypeError, match=re.escape(said)):
            wire.api.machines.create("shop", body=body)
    with pytest.raises(TypeError, match="write '"):
        wire.api.machines.update("shop", IDS["machine_id"], body={"config": config})
    assert not wire.seen


def test_durations_that_nobody_can_mistake_are_sent_as_they_are() -> None:
    wire = Wire(_answer(MACHINE.to_dict()))
    config: Any = {
        "stop_config": {"timeout": 10**9},
        "checks": {
            "up": {"interval": "15s", "timeout": 0, "port": 80, "grace_period": dt.timedelta(seconds=2)}
        },
        "env": {"timeout": "30"},
        "metadata": {"interval": "5"},
    }
    wire.api.machines.create("shop", body={"config": config})
    checks = {"up": {"interval": "15s", "timeout": 0, "port": 80, "grace_period": "2000000us"}}
    assert json.loads(wire.seen[0].content)["config"] == {**config, "checks": checks}


@pytest.mark.parametrize("is_bound", [True, False])
def test_a_mapping_is_sent_as_it_is_with_models_and_hidden_values_in_it(*, is_bound: bool) -> None:
    wire = Wire(_answer(MACHINE.to_dict()))
    config: Any = {
        "image": "nginx",
        "guest": MachineGuest(cpus=2),
        "env": {"A": Hidden()},
        "stop_config": {"timeout": dt.timedelta(seconds=1.5)},
        "services": ({"autostop": Word.STOP, "moon": None},),
        "size": UNSET,
        "metadata": {"since": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    }
    body: Any = {"name": "web", "config": config}
    if is_bound:
        wire.api.machines.create("shop", body=body)
    else:
        machines_create.sync("shop", client=wire.client, body=body)
    assert json.loads(wire.seen[0].content) == {
        "name": "web",
        "config": {
            "image": "nginx",
            "guest": {"cpus": 2},
            "env": {"A": "hunter2"},
            "stop_config": {"timeout": "1500000us"},
            "services": [{"autostop": "stop", "moon": None}],
            "metadata": {"since": "2026-01-01T00:00:00+00:00"},
        },
    }


@pytest.mark.parametrize("body", ["nginx", None, [1]])
def test_a_function_says_what_is_no_body(body: Any) -> None:  # noqa: ANN401  # the mistake
    wire = Wire()
    with pytest.raises(TypeError, match=r"body is a .*: give the SDK's model, or a mapping"):
        machines_create.sync("shop", client=wire.client, body=body)
    assert not wire.seen


def test_timeout_and_headers_are_for_one_call() -> None:
    wire = Wire(*[_answer([])] * 2, _answer({"ok": True}), _answer([]), _answer(MACHINE.to_dict()))
    wire.api.machines.list("shop", timeout=3, headers={"X-Trace": "1"})
    wire.api.machines.list("shop")
    wire.api.machines.wait("shop", IDS["machine_id"], timeout=60, request_timeout=httpx.Timeout(70.0))
    asyncio.run(wire.async_api.machines.list("shop", timeout=None))
    wire.api.machines.update(
        "shop",
        MACHINE,
        body=UpdateMachineRequest(config=MachineConfig(image="nginx")),
        fly_machine_lease_nonce="n",
        headers={"X-Trace": "2"},
    )
    times = [request.extensions["timeout"]["read"] for request in wire.seen]
    assert times == [3, 5.0, 70.0, None, 5.0]
    assert [request.headers.get("X-Trace") for request in wire.seen] == ["1", None, None, None, "2"]
    assert wire.seen[2].url.query == b"timeout=60"
    assert wire.seen[4].headers["fly-machine-lease-nonce"] == "n"


def test_lists_are_gone_through_page_after_page() -> None:
    app = {"id": "1", "name": "shop", "status": "deployed"}

    def answers() -> list[httpx.Response]:
        return [
            _answer({"apps": [app], "total_apps": 2, "next_cursor": "c2"}),
            _answer({"apps": None, "total_apps": 2, "next_cursor": "c3"}),
            _answer({"apps": [{**app, "name": "other"}], "total_apps": 2, "next_cursor": ""}),
        ]

    async def names(api: AsyncApi) -> list[str]:
        return [each.name async for each in api.apps.iterate(org_slug="personal")]

    wire = Wire(*answers(), *answers())
    assert [each.name for each in wire.api.apps.iterate(org_slug="personal")] == ["shop", "other"]
    assert asyncio.run(names(wire.async_api)) == ["shop", "other"]
    asked = [dict(request.url.params) for request in wire.seen]
    more = [{"cursor": cursor, "limit": "1000", "org_slug": "personal"} for cursor in ("c2", "c3")]
    assert asked == [{"org_slug": "personal"}, *more] * 2


def test_a_page_is_asked_for_when_it_is_wanted_and_with_the_limit_that_was_given() -> None:
    wire = Wire(_answer([MACHINE.to_dict()], fly_next_cursor="c"), _answer([MACHINE.to_dict()]))
    going = wire.api.machines.iterate("shop", limit=1)
    assert not wire.seen
    next(going)
    assert len(wire.seen) == 1
    assert len(list(going)) == 1
    assert _paths(wire.seen)[1] == "/apps/shop/machines?cursor=c&limit=1"


def test_a_list_that_goes_round_in_a_circle_is_not_followed_for_ever() -> None:
    page = _answer([MACHINE.to_dict()], fly_next_cursor="c")
    with pytest.raises(UnexpectedStatus):
        list(Wire(page, page, page).api.machines.iterate("shop"))


def test_a_body_that_may_be_left_out_is_left_out() -> None:
    wire = Wire(_answer({"ok": True}))
    wire.api.machines.stop("shop", MACHINE)
    assert wire.seen[0].content == b""


def test_a_model_is_a_body_too() -> None:
    body = CreateMachineRequest(config=MachineConfig(image="nginx"))
    wire = Wire(_answer(MACHINE.to_dict()))
    wire.api.machines.create("shop", body=body)
    assert json.loads(wire.seen[0].content) == body.to_dict()
