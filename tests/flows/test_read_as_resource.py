"""What is there, read as it would be described: its plan changes nothing, and it makes others like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Secret, Volume, errors, scale
from tests.flows import pems

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.resources import Resource
    from tests.flows.conftest import Api, Stranger

APP: Final = App("web", org="personal", network="own", primary_region="iad")
DATA: Final = Volume(APP, "data", size_gb=7, snapshot_retention=9, auto_backup_enabled=False)
SERVER: Final = Machine(
    APP,
    "server",
    {"image": "nginx:1", "env": {"PORT": "80", "API_TOKEN": "odd-value"}, "restart": {"policy": "always"}},
    mounts={"/data": DATA},
)
STACK: Final[list[Resource[Any]]] = [
    APP,
    FlySecret(APP, "KEY", "odd-value"),
    DATA,
    SERVER,
    Certificate(APP, "www.example.com"),
    IpAddress(APP, "private_v6"),
    IpAddress(APP, "egress_pair", region="iad"),
    IpAddress(APP, "shared_v4"),
]
#: As little as tells which one is meant.
BARE: Final[list[Resource[Any]]] = [
    App("web", primary_region="iad"),
    FlySecret(APP, "KEY", "other-value"),
    Volume(APP, "data"),
    Machine(APP, "server", {}),
    *STACK[4:],
]


@pytest.fixture
def api(connect: Callable[..., Api]) -> Api:
    made = connect()
    made.ensure(*STACK)
    made.sent.clear()
    return made


def test_each_kind_is_read_with_all_that_tells_it(api: Api) -> None:
    found = [api.described(noun) for noun in BARE]
    assert found == STACK
    assert api.writes == []
    plan = api.plan(*[noun for noun in found if noun is not None])
    assert {step.action for step in plan} == {"none", "adopt"}  # the server's defaults are declared now
    api.ensure(*[noun for noun in found if noun is not None])
    assert not api.plan(*[noun for noun in found if noun is not None]).writes
    app, secret, volume, server = found[:4]
    assert isinstance(app, App)
    assert isinstance(secret, FlySecret)
    assert (app.org, app.network, app.primary_region) == ("personal", "own", "iad")
    assert (secret.value, secret.if_absent) == (Secret("other-value"), True)
    assert isinstance(volume, Volume)
    assert (volume.size_gb, volume.region, volume.id) == (7, "iad", None)
    assert (volume.snapshot_retention, volume.auto_backup_enabled) == (9, False)
    assert isinstance(server, Machine)
    assert server.mounts == {"/data": DATA}
    assert isinstance(server.config, dict)
    assert server.config["image"] == "nginx:1"
    assert server.config["env"] == {"PORT": "80", "API_TOKEN": Secret("odd-value")}
    assert "odd-value" not in repr(found)


def test_values_given_as_secrets_are_hidden_wherever_they_stand(api: Api) -> None:
    word, page = Secret("plain-word-17"), Secret("cGxhaW4gcGFnZQ==")
    command: Any = ["run", "--as", word]
    config: MachineConfigDict = {
        "image": "nginx:1",
        "env": {"MODE": word},
        "files": [{"guest_path": "/page", "raw_value": page}],
        "init": {"cmd": command},
        "metadata": {"note": word, "team": "web"},
    }
    api.ensure(attrs.evolve(SERVER, config=config))
    found = api.described(Machine(APP, "server", {}))
    assert found is not None
    assert isinstance(found.config, dict)
    assert found.config["env"] == {"MODE": word}
    assert found.config["files"] == [{"guest_path": "/page", "raw_value": page}]
    assert found.config["init"] == {"cmd": ["run", "--as", word]}
    assert found.config["metadata"] == {"note": word, "team": "web"}
    assert not any(each.reveal() in repr(found) for each in (word, page))
    api.ensure(found)
    assert not api.plan(found).writes
    sent: Any = api.sim.snapshot()["apps"]
    [now] = [each["config"] for each in sent["web"]["machines"]]
    assert (now["init"], now["env"]) == ({"cmd": ["run", "--as", "plain-word-17"]}, {"MODE": "plain-word-17"})


def test_an_app_that_was_read_goes_with_resources_that_hold_the_described_one(api: Api) -> None:
    plain = App("web", primary_region="iad")
    server = Machine(plain, "server", {"image": "nginx:1"})
    read = api.described(plain)
    assert read is not None
    assert (read.org, read.network) == ("personal", "own")
    for stack in ([read, server], [server, read]):
        plan = api.plan(*stack)
        assert [str(step.resource) for step in plan] == ["app web", "machine web/server"]
        assert plan[plain].resource.settings() == read.settings()
    with pytest.raises(errors.ConfigurationError, match="app web is described twice, with different org"):
        api.plan(read, attrs.evolve(server, app=attrs.evolve(plain, org="acme")))
    with pytest.raises(errors.ConfigurationError, match="described twice, with different primary_region"):
        api.plan(read, attrs.evolve(server, app=App("web")))


def test_one_field_is_changed_and_the_rest_stays(api: Api) -> None:
    server = api.described(Machine(APP, "server", {}))
    assert server is not None
    assert isinstance(server.config, dict)
    server.config["image"] = "nginx:2"
    plan = api.plan(server)
    assert [str(change) for change in plan[SERVER].changes] == ['config.image: "nginx:1" -> "nginx:2"']


def test_others_are_made_like_it(api: Api) -> None:
    server = api.described(Machine(APP, "server", {}))
    assert server is not None
    api.ensure(*scale(server, 2))
    state: Any = api.sim.snapshot()["apps"]
    first, second = (machine["config"]["env"] for machine in state["web"]["machines"])
    assert first == second == {"PORT": "80", "API_TOKEN": "odd-value"}
    disk = api.read(Volume(APP, "data_2"))
    assert disk is not None
    assert disk.size_gb == 7


def test_what_is_not_there_is_none(api: Api) -> None:
    others = [
        App("other"),
        FlySecret(APP, "OTHER", "x"),
        Volume(APP, "other"),
        Machine(APP, "other", {}),
        Certificate(APP, "other.example.com"),
        IpAddress(APP, "v4"),
    ]
    assert [api.described(noun) for noun in others] == [None] * len(others)


def test_a_protected_machine_is_described_as_protected(api: Api) -> None:
    api.ensure(attrs.evolve(SERVER, protect=True))
    server = api.described(Machine(APP, "server", {}))
    assert server is not None
    assert server.protect
    assert api.plan(server)[server].action == "adopt"
    api.ensure(server)
    with pytest.raises(errors.ProtectedError):
        api.destroy(Machine(APP, "server", {}))
    api.ensure(SERVER)
    server = api.described(Machine(APP, "server", {}, protect=True))
    assert server is not None
    assert not server.protect


@pytest.mark.parametrize("noun", [Machine(APP, "server", {}), Volume(APP, "data")])
def test_what_stands_on_a_lost_host_is_refused(api: Api, noun: Resource[Any]) -> None:
    api.sim.set_host_status("web", "server", "unreachable")
    with pytest.raises(errors.ReconcileError, match=r"cannot be described .*: its host is unreachable"):
        api.described(noun)


def test_what_cannot_be_read_back_has_to_be_given(api: Api) -> None:
    with pytest.raises(errors.ReconcileError, match=r"KEY cannot be described .*: its value is not read"):
        api.described(FlySecret.absent(APP, "KEY"))
    host = "own.example.com"
    chain = pems.chain_pem(host, end=pems.TODAY + 36_500 * pems.DAY)
    own = Certificate(APP, host, fullchain=chain, private_key=pems.key_pem())
    api.ensure(own)
    with pytest.raises(errors.ReconcileError, match="certificate of your own"):
        api.described(Certificate(APP, host))
    given = api.described(own)
    assert given is not None
    assert given.fullchain == own.fullchain


def test_a_volume_of_several_is_read_by_the_id_that_is_given(api: Api, stranger: Stranger) -> None:
    other = stranger.create_volume("web", "data", size_gb=2)
    found = api.described(Volume(APP, "any", id=other))
    assert found is not None
    assert (found.id, found.name, found.size_gb) == (other, "data", 2)
