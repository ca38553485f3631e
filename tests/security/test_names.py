"""No name, id or header leads a request elsewhere: refused before it is sent, or sent so that it cannot."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import string
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import fly_machines.api
import httpx
import pytest
from fly_machines.api.apps import apps_delete, apps_get
from fly_machines.api.leases import leases_release
from fly_machines.api.machines import machines_create, machines_delete, machines_list
from fly_machines.api.secrets import secrets_update
from fly_machines.models import CreateMachineRequest, MachineConfig, UpdateAppSecretsRequest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    Resource,
    Secret,
    Volume,
    errors,
)
from fly_resources._wire.operations import OPERATIONS, find
from tests.security.conftest import Between, connected

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator

HOSTILE = [
    "",
    ".",
    "..",
    "../apps",
    "a/../b",
    "a/b",
    "a\\b",
    "%2e%2e",
    "..%2f",
    "%2e%2e%2fapps",
    "a%00",
    "a\x00b",
    "a\nb",
    "a\r\nX-Other: 1",
    "a\tb",
    "a b",
    "a?force=true",
    "a#b",
    "a;b",
    "a@evil.example",
    "https://evil.example",
    "//evil.example",
    "\u00e9",
    "\u2025",
    "\uff0e\uff0e",
    "\u212aube",
    "a\u202eb",
    "a\n",
    "\na",
    "{app_name}",
    "a" * 10_000,
    None,
    7,
    b"web",
    ["web"],
]

_APP = App("web", primary_region="iad")
#: Every field of a noun that takes a name, an id, a region or the like.
FIELDS: dict[str, Callable[[Any], object]] = {
    "app": App,
    "app org": lambda text: App("web", org=text),
    "app network": lambda text: App("web", network=text),
    "app region": lambda text: App("web", primary_region=text),
    "volume app": lambda text: Volume(text, "data", region="iad"),
    "volume": lambda text: Volume(_APP, text),
    "volume region": lambda text: Volume("web", "data", region=text),
    "volume id": lambda text: Volume(_APP, "data", id=text),
    "volume snapshot": lambda text: Volume(_APP, "data", snapshot_id=text),
    "volume source": lambda text: Volume(_APP, "data", source_volume_id=text),
    "machine app": lambda text: Machine(text, "server", {"image": "x"}),
    "machine": lambda text: Machine(_APP, text, {"image": "x"}),
    "machine region": lambda text: Machine("web", "server", {"image": "x"}, region=text),
    "machine state": lambda text: Machine(_APP, "server", {"image": "x"}, state=text),
    "machine mount": lambda text: Machine(_APP, "server", {"image": "x"}, mounts={"/data": text}),
    "secret app": lambda text: FlySecret(text, "K", "v"),
    "secret": lambda text: FlySecret(_APP, text, "v"),
    "certificate app": lambda text: Certificate(text, "www.example.com"),
    "certificate": lambda text: Certificate(_APP, text),
    "address app": lambda text: IpAddress(text, "v6"),
    "address": lambda text: IpAddress(_APP, text),
    "address region": lambda text: IpAddress(_APP, "v4", region=text),
    "address network": lambda text: IpAddress(_APP, "private_v6", network=text),
    "address service": lambda text: IpAddress(_APP, "v4", service_name=text),
}
#: Where None means that nothing is given.
OPTIONAL = {
    "app org",
    "app network",
    "app region",
    "volume id",
    "volume snapshot",
    "volume source",
    "machine region",
    "machine state",
    "address region",
    "address network",
    "address service",
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_hostile_name_is_refused_when_the_noun_is_made(field: str) -> None:
    for text in HOSTILE:
        if (text is None and field in OPTIONAL) or (text == "a" * 10_000 and field == "secret"):
            continue  # nothing is given; or it is long, which nobody forbids
        with pytest.raises(errors.ConfigurationError) as caught:
            pytest.fail(f"{text!a} makes {FIELDS[field](text)!r}")
        assert len(str(caught.value)) < 400
        assert str(caught.value).isprintable()


@given(st.text(max_size=12), st.sampled_from(sorted(FIELDS)))
def test_a_name_that_is_taken_is_harmless_in_a_path(text: str, field: str) -> None:
    try:
        FIELDS[field](text)
    except errors.ConfigurationError:
        return
    assert set(text) <= set(string.ascii_letters + string.digits + "_.:,-*")
    assert text.strip(".")


#: What JSON cannot hold, wherever a noun has room for it.
_NOUNS: dict[str, Callable[[], Resource[Any]]] = {
    "half a pair in a secret": lambda: FlySecret("web", "K", "hidden \ud800 value"),
    "half a pair in a variable": lambda: Machine(
        "web", "m", {"image": "x", "env": {"A": Secret("hidden \udfff")}}
    ),
    "no number in a config": lambda: Machine("web", "m", {"image": "x"}, extra={"future": float("nan")}),
    "an object in a config": lambda: Machine("web", "m", {"image": "x"}, extra={"future": object()}),
    "bytes in a config": lambda: Machine("web", "m", {"image": "x"}, extra={"future": b"hidden"}),
}


@pytest.mark.parametrize("make", _NOUNS.values(), ids=_NOUNS.keys())
def test_what_json_cannot_hold_is_refused_before_anything_is_sent(
    kind: type[Fly | AsyncFly], sim: FlySimulator, make: Callable[[], Resource[Any]]
) -> None:
    with connected(kind, sim) as api:
        with pytest.raises(errors.ConfigurationError, match="cannot") as caught:
            api.ensure(App("web"), make())
        assert "hidden" not in str(caught.value)
        assert api.sent == []


#: The same in what only the SDK is given.
_CONFIGS: dict[str, dict[str, Any]] = {
    "half a pair": {"image": "x", "env": {"A": "hidden \udfff"}},
    "no number": {"image": "x", "future": float("nan")},
    "an object": {"image": "x", "future": object()},
}


@pytest.mark.parametrize("config", _CONFIGS.values(), ids=_CONFIGS.keys())
def test_what_json_cannot_hold_is_not_sent_by_the_sdk_either(
    sim: FlySimulator, config: dict[str, Any]
) -> None:
    body = CreateMachineRequest(config=MachineConfig.from_dict(config))
    with Fly(token="t", transport=sim.transport()) as fly:
        with pytest.raises(errors.ConfigurationError, match="Nothing was sent") as caught:
            machines_create.sync("web", client=fly.sdk, body=body)
        assert "hidden" not in str(caught.value)
    assert sim.requests == []


def _operations() -> dict[str, Any]:
    """Return the SDK's operations that have names in their path: module name to module."""
    found = {}
    for group in pkgutil.iter_modules(fly_machines.api.__path__):
        package = importlib.import_module(f"fly_machines.api.{group.name}")
        for each in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{each.name}")
            if _path_parameters(module):
                found[each.name] = module
    return found


def _path_parameters(module: Any) -> list[str]:  # noqa: ANN401  # a module
    parameters = inspect.signature(module.sync_detailed).parameters.values()
    return [each.name for each in parameters if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]


SDK = _operations()
_ROUTES = {(each.method, each.route): each for each in OPERATIONS}


def test_every_operation_with_a_name_in_its_path_is_covered() -> None:
    assert len(SDK) == sum("{" in each.route for each in OPERATIONS)


@given(st.sampled_from(sorted(SDK)), st.data())
def test_whatever_is_put_into_a_path_the_route_stays_the_one_that_was_meant(
    name: str, data: st.DataObject
) -> None:
    module = SDK[name]
    values = {each: data.draw(_PATH_TEXT) for each in _path_parameters(module)}
    plain = _sent(module, dict.fromkeys(values, "x"))
    assert plain is not None
    meant = find(plain.method, plain.url.raw_path.partition(b"?")[0].decode())
    assert meant is not None
    request = _sent(module, values)
    if request is None:
        assert any(not value.strip(".") and len(value) <= 2 for value in values.values())
        return
    met = find(request.method, request.url.raw_path.partition(b"?")[0].decode())
    assert met is not None
    assert met.operation is meant.operation
    assert [unquote(each) for each in met.parameters.values()] == list(values.values())
    assert request.url.host == "api.machines.dev"
    assert request.url.query == plain.url.query


_PATH_TEXT = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from([text for text in HOSTILE if isinstance(text, str)]),
    st.text("./%2eEfF\\?#;&= ", max_size=8),
)


def _sent(module: Any, values: dict[str, str]) -> httpx.Request | None:  # noqa: ANN401  # a module
    """Build what an operation would send, or None if it is refused."""
    with Fly("t", transport=httpx.MockTransport(lambda _: httpx.Response(200))) as fly:
        needed = {
            each.name: _Body()
            for each in inspect.signature(module.request_parts).parameters.values()
            if each.name == "body"
        }
        others = {
            each.name: "x"
            for each in inspect.signature(module.request_parts).parameters.values()
            if each.kind is inspect.Parameter.KEYWORD_ONLY
            and each.default is inspect.Parameter.empty
            and each.name != "body"
        }
        try:
            return fly.sdk.get_httpx_client().build_request(
                **module.request_parts(**values, **needed, **others)
            )
        except errors.ConfigurationError:
            return None


class _Body:
    """Any body."""

    def to_dict(self) -> dict[str, object]:
        return {}


_NAMELESS: dict[str, Callable[[Fly], object]] = {
    "an app without a name": lambda fly: apps_get.sync("", client=fly.sdk),
    "deleting an app without a name": lambda fly: apps_delete.sync("", client=fly.sdk),
    "deleting a parent": lambda fly: apps_delete.sync("..", client=fly.sdk),
    "machines of no app": lambda fly: machines_list.sync("", client=fly.sdk),
    "deleting a machine without an id": lambda fly: machines_delete.sync("web", "", client=fly.sdk),
    "deleting the machines' parent": lambda fly: machines_delete.sync("web", "..", client=fly.sdk),
    "a nonce with a line break": lambda fly: leases_release.sync(
        "web", "m", client=fly.sdk, fly_machine_lease_nonce="a\r\nX-Other: 1"
    ),
    "a nonce that is not ASCII": lambda fly: leases_release.sync(
        "web", "m", client=fly.sdk, fly_machine_lease_nonce="\u00e9"
    ),
    "a nonce with a zero byte": lambda fly: leases_release.sync(
        "web", "m", client=fly.sdk, fly_machine_lease_nonce="a\x00"
    ),
    "half a pair in a body": lambda fly: secrets_update.sync(
        "web", client=fly.sdk, body=UpdateAppSecretsRequest.from_dict({"values": {"K": "\ud800"}})
    ),
}


@pytest.mark.parametrize("send", _NAMELESS.values(), ids=_NAMELESS.keys())
def test_the_sdk_refuses_what_would_address_something_else(
    sim: FlySimulator, send: Callable[[Fly], object]
) -> None:
    wire = Between(sim.transport())
    with Fly("t", transport=wire) as fly, pytest.raises(errors.ConfigurationError, match="Nothing was sent"):
        send(fly)
    assert wire.requests == []
