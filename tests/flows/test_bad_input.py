"""What cannot be right is refused with a named error that says what to do, before anything is written."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fly_machines import models

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
from fly_resources.testing import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from tests.flows.conftest import Api, Stranger

APP = App("web", primary_region="iad")
IMAGE: MachineConfigDict = {"image": "nginx:alpine"}
DATA = Volume(APP, "data")


def _machine(config: object, **settings: Any) -> Machine:  # noqa: ANN401  # the fields of the noun
    return Machine(APP, "server", config, **settings)  # type: ignore[arg-type]  # some are mistakes


#: What the noun itself refuses.
NOUNS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "app name": (lambda: App("My_App"), ["'My_App'", "a-z"]),
    "app name too long": (lambda: App("a" * 63), ["62"]),
    "app name empty": (lambda: App(""), ["''"]),
    "app of another kind": (lambda: Machine(7, "m", IMAGE), ["7", "App"]),  # type: ignore[arg-type]  # the mistake
    "primary region": (lambda: App("web", primary_region="Ashburn"), ["'Ashburn'", "iad"]),
    "volume without region": (lambda: Volume("web", "data"), ["region='iad'", "primary_region"]),
    "volume name": (lambda: Volume(APP, "my data"), ["'my data'"]),
    "volume size": (lambda: Volume(APP, "data", size_gb=0), ["size_gb must", "500", "got 0"]),
    "volume size as text": (lambda: Volume(APP, "data", size_gb="10"), ["'10'"]),  # type: ignore[arg-type]  # the mistake
    "retention": (lambda: Volume(APP, "data", snapshot_retention=61), ["61", "60"]),
    "machine name": (lambda: Machine(APP, "a b", IMAGE), ["'a b'"]),
    "machine state": (lambda: Machine(APP, "m", IMAGE, state="running"), ["'running'", "'started'"]),
    "two mounts": (
        lambda: Machine(APP, "m", IMAGE, mounts={"/a": DATA, "/b": Volume(APP, "other")}),
        ["2 mounts", "one"],
    ),
    "mounts is None": (
        lambda: _machine(IMAGE, mounts=None),
        ["server", "mounts must be a mapping", "got NoneType"],
    ),
    "mounts is a list": (lambda: _machine(IMAGE, mounts=[DATA]), ["got list", "{'/path': volume}"]),
    "extra is a text": (
        lambda: _machine(IMAGE, extra="canary"),
        ["extra must be a mapping of config keys to values, got str"],
    ),
    "path of a mount": (
        lambda: _machine(IMAGE, mounts={Path("/data"): DATA}),
        ["server", "mount path", "'/data'"],
    ),
    "follow_secrets is a text": (lambda: _machine(IMAGE, follow_secrets="no"), ["follow_secrets", "False"]),
    "encrypted is a text": (
        lambda: Volume(APP, "data", encrypted="no"),  # type: ignore[arg-type]  # the mistake
        ["encrypted must be True or False, got str"],
    ),
    "backups are a text": (
        lambda: Volume(APP, "data", auto_backup_enabled="no"),  # type: ignore[arg-type]  # the mistake
        ["auto_backup_enabled must be True or False, got str"],
    ),
    "NUL in a secret": (lambda: FlySecret(APP, "K", "canary\0"), ["'K'", "NUL"]),
    "half of a pair in a secret": (lambda: FlySecret(APP, "K", "canary\ud800"), ["'K'", "surrogate pair"]),
    "another app's volume": (
        lambda: Machine(APP, "m", IMAGE, mounts={"/a": Volume("db", "data", region="iad")}),
        ["'web'", "db/data", "one app"],
    ),
    "secret name": (lambda: FlySecret(APP, "MY-KEY", "v"), ["'MY-KEY'", "environment variable"]),
    "hostname": (lambda: Certificate(APP, "localhost"), ["'localhost'", "domain name"]),
    "hostname with scheme": (lambda: Certificate(APP, "https://example.com"), ["https://example.com"]),
    "address type": (lambda: IpAddress(APP, "ipv4"), ["'ipv4'", "shared_v4"]),
}


@pytest.mark.parametrize(("make", "words"), NOUNS.values(), ids=NOUNS.keys())
def test_an_impossible_noun_is_refused_when_it_is_made(make: Callable[[], object], words: list[str]) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        make()
    for word in words:
        assert word in str(caught.value)
    assert "canary" not in str(caught.value)


#: What is known to be wrong without asking the service.
DESCRIPTIONS: dict[str, tuple[list[object], list[str]]] = {
    "unknown key": ([_machine({"imagee": "nginx"})], ["'imagee'", "'image'", "extra="]),
    "unknown key inside": (
        [_machine({**IMAGE, "services": [{"internal_prt": 80}]})],
        ["'services[0].internal_prt'", "'internal_port'"],
    ),
    "unknown key inside a map": (
        [_machine({**IMAGE, "checks": {"alive": {"intervall": "1s"}}})],
        ["'checks.alive.intervall'", "'interval'"],
    ),
    "key like no other": ([_machine({**IMAGE, "zzz": 1})], ["'zzz'", "known keys", "image"]),
    "no image": ([_machine({"env": {"A": "1"}})], ["image", "registry/name:tag"]),
    "auto_destroy": ([_machine({**IMAGE, "auto_destroy": True})], ["auto_destroy", "fly.run"]),
    "env is a number": ([_machine({**IMAGE, "env": {"PORT": 80}})], ["'PORT'", "int", "strings"]),
    "env is a list": ([_machine({**IMAGE, "env": ["A=1"]})], ["server", "config"]),
    "metadata is a list": (
        [_machine({**IMAGE, "metadata": ["canary"]})],
        ["got list", "keys"],
    ),
    "metadata is a text": (
        [_machine({**IMAGE, "metadata": "canary"})],
        ["got str", "keys"],
    ),
    "metadata is a number": ([_machine({**IMAGE, "metadata": {"n": 1}})], ["metadata 'n' is int", "strings"]),
    "metadata in extra": ([_machine(IMAGE, extra={"metadata": "canary"})], ["got str"]),
    "no number": (
        [_machine({**IMAGE, "spot": {"max_price_fraction": float("nan")}})],
        ["'spot.max_price_fraction' is nan", "use a finite number"],
    ),
    "half of a pair": (
        [_machine({**IMAGE, "env": {"A": "canary\ud800"}})],
        ["'env.A'", "surrogate", "decode"],
    ),
    "half of a pair that is hidden": (
        [_machine({**IMAGE, "env": {"A": Secret("canary\ud800")}})],
        ["'env.A'", "surrogate", "decode"],
    ),
    "NUL in a variable": ([_machine({**IMAGE, "env": {"A": "canary\0"}})], ["env 'A'", "NUL"]),
    "NUL in a hidden variable": (
        [_machine({**IMAGE, "containers": [{"name": "a", "env": {"A": Secret("canary\0")}}]})],
        ["env 'A'", "NUL"],
    ),
    "half of a pair in a key": ([_machine({**IMAGE, "env": {"A\ud800": "b"}})], ["ud800", "surrogate"]),
    "None in a list": ([_machine({**IMAGE, "services": [None]})], ["'services[0]' is None", "leave it out"]),
    "a set": ([_machine(IMAGE, extra={"new": {1}})], ["'new' is set", "a list"]),
    "command is a text": ([_machine({**IMAGE, "init": {"cmd": "run it"}})], ["'init.cmd'", "a list"]),
    "standbys are a text": ([_machine({**IMAGE, "standbys": "abc"})], ["'standbys'", "a list"]),
    "config is a text": (
        [_machine("nginx:alpine")],
        ["web/server", "config must be a mapping", "got str", "{'image': 'nginx'}"],
    ),
    "config is None": ([_machine(None)], ["web/server", "NoneType", "{'image': 'nginx'}"]),
    "config is a model of something else": (
        [_machine(models.MachineGuest(cpus=1))],
        ["fly_machines.models.machine_guest.MachineGuest", "fly_machines.models.MachineConfig"],
    ),
    "config is an object": ([_machine(object())], ["web/server", "config must be a mapping", "got object"]),
    "a part of a config is the wrong model": (
        [_machine({**IMAGE, "guest": models.MachineConfig(image="nginx")})],
        ["'guest.image'"],
    ),
    "bytes in env": ([_machine({**IMAGE, "env": {"A": b"canary"}})], ["'env.A' is bytes", "use a string"]),
    "half a number of CPUs": (
        [_machine({**IMAGE, "guest": {"cpu_kind": "shared", "cpus": 1.5, "memory_mb": 256}})],
        ["'guest.cpus'", "a whole number"],
    ),
    "MiB from a division": (
        [_machine({**IMAGE, "guest": {"cpu_kind": "shared", "cpus": 1, "memory_mb": 1024 / 2}})],
        ["'guest.memory_mb'", "a whole number"],
    ),
    "mounts twice": (
        [_machine({**IMAGE, "mounts": [{"path": "/a", "volume": "vol_1"}]}, mounts={"/a": DATA})],
        ["mounts=", "not both"],
    ),
    "region is not the volume's": (
        [_machine(IMAGE, region="lhr", mounts={"/a": DATA})],
        ["'lhr'", "'iad'", "leave region out"],
    ),
    "one volume for two machines": (
        [
            Machine(APP, "one", IMAGE, mounts={"/a": DATA}),
            Machine(APP, "two", IMAGE, mounts={"/a": DATA}),
        ],
        ["web/data", "web/one", "web/two"],
    ),
    "two sizes": ([Volume(APP, "data", 3), Volume(APP, "data", 4)], ["web/data", "twice", "size_gb"]),
    "two sizes, one by reference": (
        [Volume(APP, "data", 4), _machine(IMAGE, mounts={"/a": DATA})],
        ["web/data", "twice", "size_gb"],
    ),
    "two regions of one app": (
        [APP, Volume(App("web", primary_region="lhr"), "data")],
        ["web", "twice", "primary_region"],
    ),
    "two values": ([FlySecret(APP, "K", "a"), FlySecret(APP, "K", "b")], ["web/K", "twice", "value"]),
    "two configs": ([_machine(IMAGE), _machine({"image": "nginx:1"})], ["web/server", "twice", "config"]),
    "no resource": (["web"], ["str", "App"]),
    "a class": ([App], ["type", "App"]),
    "the SDK's model": (
        [models.AppOrganization(slug="personal", internal_numeric_id=1, name="canary")],
        ["fly_resources.App", "got fly_machines.models.app_organization.AppOrganization"],
    ),
    "a list": ([[APP, DATA]], ["list", "*"]),
    "None": ([None], ["NoneType"]),
}


@pytest.mark.parametrize("verb", ["plan", "ensure"])
@pytest.mark.parametrize(("nouns", "words"), DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_an_impossible_description_is_refused_before_any_request(
    api: Api, verb: str, nouns: list[object], words: list[str]
) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        getattr(api, verb)(*nouns)
    for word in words:
        assert word in str(caught.value)
    assert "canary" not in str(caught.value)
    assert str(caught.value).encode()  # it can be printed
    assert api.sent == []


def test_destroying_what_is_no_resource_is_refused(api: Api) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"Expected a resource, .* got str"):
        api.destroy("web")  # type: ignore[arg-type]  # the mistake
    assert api.sent == []


@pytest.mark.parametrize(
    ("verb", "setting"),
    [
        *(("ensure", each) for each in ("prune", "wait", "take_over")),
        *(("destroy", each) for each in ("everything", "force")),
        *(("plan", each) for each in ("prune", "everything", "force", "take_over")),
    ],
)
@pytest.mark.parametrize("value", ["no", "false", 1, None])
def test_a_word_in_place_of_true_or_false_is_refused(
    connect: Callable[..., Api], verb: str, setting: str, value: object
) -> None:
    """The text "false", as of a variable of the environment, would count as true."""
    api = connect(owner="team")
    with pytest.raises(errors.ConfigurationError, match=f"{setting} must be True or False"):
        getattr(api, verb)(APP, **{setting: value})
    assert api.sent == []


@pytest.mark.parametrize("kind", [Fly, AsyncFly])
def test_a_client_without_a_token_is_refused(
    kind: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FLY_ACCESS_TOKEN", "FLY_API_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(errors.ConfigurationError, match=r"token=.*FLY_API_TOKEN"):
        kind()


def test_a_refused_token_says_so(connect: Callable[..., Api], api: Api) -> None:
    api.sim.tokens = ["good"]
    with pytest.raises(errors.AuthenticationError, match="FLY_API_TOKEN"):
        connect(token="bad").ensure(APP)
    assert api.writes == []


@pytest.mark.parametrize(
    "settings", [{"max_unavailable": 0}, {"max_unavailable": "0%"}, {"max_unavailable": "half"}]
)
def test_an_impossible_width_is_refused(api: Api, settings: dict[str, object]) -> None:
    with pytest.raises(errors.ConfigurationError, match="max_unavailable"):
        api.ensure(APP, **settings)
    assert api.sent == []


@pytest.mark.parametrize(
    "settings",
    [
        {"timeout_s": "5"},
        {"timeout_s": -1},
        {"timeout_s": math.nan},
        {"timeout_s": 10**400},
        {"step_timeout_s": None},
    ],
    ids=repr,
)
def test_an_impossible_time_limit_is_refused(api: Api, settings: dict[str, object]) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"time limit must be a number of seconds"):
        api.ensure(APP, **settings)
    assert api.sent == []


@pytest.mark.parametrize("limit", ["5", None])
def test_an_impossible_time_limit_of_a_wait_is_refused(api: Api, limit: object) -> None:
    with pytest.raises(errors.ConfigurationError, match="time limit"):
        api.wait(Machine(APP, "server", IMAGE), timeout_s=limit)
    with (
        pytest.raises(errors.ConfigurationError, match="time limit"),
        api.lease(Machine(APP, "server", IMAGE), timeout_s=limit),
    ):
        pass
    assert api.sent == []


@pytest.mark.parametrize("noun", [APP, DATA])
def test_only_a_machine_can_be_waited_for_or_leased(api: Api, noun: Any) -> None:  # noqa: ANN401  # the mistake
    with pytest.raises(errors.ConfigurationError, match=r"Expected a fly_resources\.Machine"):
        api.wait(noun)
    with (
        pytest.raises(errors.ConfigurationError, match=r"Expected a fly_resources\.Machine"),
        api.lease(noun),
    ):
        pass
    assert api.sent == []


@pytest.mark.parametrize("owner", ["", "  ", "\t"])
def test_an_owner_without_a_name_is_refused(connect: Callable[..., Api], owner: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"owner is empty.*leave owner out"):
        connect(owner=owner)


@pytest.mark.parametrize(
    "owner", [5, True, False, b"x", 0, ["shop"], "a b", "shop ", "a\nb", "-", "x" * 129, "\u0430"]
)
def test_an_owner_that_is_no_name_is_refused(connect: Callable[..., Api], owner: object) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"owner .* is not valid: name this program"):
        connect(owner=owner)


@pytest.mark.parametrize("owner", ["shop", "a", "Team.web_1:prod/eu@acme-2", "x" * 128])
def test_a_name_is_an_owner(connect: Callable[..., Api], owner: str) -> None:
    api = connect(owner=owner)
    machine = Machine(APP, "server", IMAGE)
    api.ensure(machine)
    assert api.ensure(machine)[machine].action == "none"


@pytest.fixture
def running(api: Api) -> Api:
    """An app in iad with a machine and its volume."""
    api.ensure(_machine(IMAGE, mounts={"/data": DATA}), Machine(APP, "other", IMAGE))
    api.sent.clear()
    return api


#: What only the service's present state shows to be impossible.
MOVES: dict[str, tuple[Resource[Any], type[errors.FlyError], list[str]]] = {
    "volume to another region": (
        Volume(App("web", primary_region="lhr"), "data"),
        errors.VolumeLostError,
        ["web/data", "region='iad'", "allow_empty"],
    ),
    "machine to another region": (
        Machine("web", "other", IMAGE, region="lhr"),
        errors.ImmutableFieldError,
        ["web/other", "'iad'", "'lhr'", "another name"],
    ),
    "machine with its app to another region": (
        Machine(App("web", primary_region="lhr"), "other", IMAGE),
        errors.ImmutableFieldError,
        ["web/other", "'iad'", "'lhr'"],
    ),
    "machine to another mount path": (
        Machine("web", "server", IMAGE, mounts={"/elsewhere": Volume("web", "data", region="iad")}),
        errors.ImmutableFieldError,
        ["web/server", "/elsewhere", "/data"],
    ),
    "mount for a machine without": (
        Machine("web", "other", IMAGE, mounts={"/data": Volume("web", "new", region="iad")}),
        errors.ImmutableFieldError,
        ["web/other", "nothing"],
    ),
    "app to another organisation": (
        App("web", org="acme"),
        errors.ImmutableFieldError,
        ["org", "'personal'", "'acme'", "another name"],
    ),
    "app to another network": (
        App("web", network="inner"),
        errors.ImmutableFieldError,
        ["network", "'inner'"],
    ),
    "pinned volume that is not there": (
        Volume("web", "data", region="iad", id="vol_gone"),
        errors.VolumeLostError,
        ["vol_gone", "leave id out"],
    ),
}


@pytest.mark.parametrize("verb", ["plan", "ensure"])
@pytest.mark.parametrize(("noun", "kind", "words"), MOVES.values(), ids=MOVES.keys())
def test_what_cannot_become_so_is_refused_before_any_write(
    running: Api, verb: str, noun: Resource[Any], kind: type[errors.FlyError], words: list[str]
) -> None:
    with pytest.raises(kind) as caught:
        getattr(running, verb)(noun, Certificate("web", "www.example.com"))
    for word in words:
        assert word in str(caught.value)
    assert running.writes == []


BY_NAME: dict[str, Resource[Any]] = {
    "volume": Volume("ghost", "data", region="iad"),
    "machine": Machine("ghost", "server", IMAGE),
    "secret": FlySecret("ghost", "K", "v"),
    "certificate": Certificate("ghost", "www.example.com"),
    "address": IpAddress("ghost", "v6"),
}


@pytest.mark.parametrize("verb", ["plan", "ensure"])
@pytest.mark.parametrize("noun", BY_NAME.values(), ids=BY_NAME.keys())
def test_an_app_named_but_absent_is_reported(api: Api, verb: str, noun: Resource[Any]) -> None:
    with pytest.raises(errors.FlyError) as caught:
        getattr(api, verb)(noun)
    assert not isinstance(caught.value, errors.EnsureError)
    assert "'ghost'" in str(caught.value)
    assert "App(" in str(caught.value)
    assert api.writes == []


@pytest.mark.parametrize("noun", BY_NAME.values(), ids=BY_NAME.keys())
def test_nothing_of_an_absent_app_is_left_to_destroy_or_read(api: Api, noun: Resource[Any]) -> None:
    assert not api.destroy(noun).changed
    assert api.read(noun) is None
    assert api.writes == []


FOREIGN: dict[str, Resource[Any]] = {
    "app": App("theirs"),
    "app with org": App("theirs", org="personal"),
    "volume": Volume("theirs", "data", region="iad"),
    "machine": Machine("theirs", "server", IMAGE),
    "secret": FlySecret("theirs", "K", "v"),
    "certificate": Certificate("theirs", "www.example.com"),
    "address": IpAddress("theirs", "v6"),
}


@pytest.mark.parametrize("verb", ["plan", "ensure", "destroy"])
@pytest.mark.parametrize("noun", FOREIGN.values(), ids=FOREIGN.keys())
def test_somebody_elses_app_is_refused(api: Api, verb: str, noun: Resource[Any]) -> None:
    api.sim.add_foreign_app("theirs")
    with pytest.raises(
        errors.PermissionDeniedError, match="belongs to another organisation, or your token does not cover it"
    ):
        getattr(api, verb)(noun)
    assert api.writes == []


def test_a_name_that_somebody_takes_meanwhile_is_reported(api: Api) -> None:
    app = App("wanted")
    reads = api.sim.faults
    reads.clear()
    api.sim.add_foreign_app("wanted")
    reads.add(Fault("status", operation="Apps_show", status=404, body={"error": "app not found"}))
    with pytest.raises(errors.EnsureError) as caught:
        api.ensure(app)
    assert isinstance(caught.value.__cause__, errors.NameTakenError)
    assert "another name" in str(caught.value)


def test_a_deploy_token_of_another_app_is_refused(connect: Callable[..., Api], stranger: Stranger) -> None:
    stranger.create_app("web")
    stranger.create_app("other")
    api = connect(token="FlyV1 fm2_deploy")
    api.sim.restrict_token("FlyV1 fm2_deploy", "other")
    with pytest.raises(errors.PermissionDeniedError):
        api.ensure(APP, DATA)
    assert api.ensure(Volume("other", "data", region="iad")).changed


def test_no_secret_is_in_the_message_of_a_refused_description(api: Api) -> None:
    hidden = Secret("canary-3141")
    with pytest.raises(errors.ConfigurationError) as caught:
        api.plan(_machine({**IMAGE, "env": {"A": hidden}, "evn": {"B": hidden}}))
    assert "canary" not in str(caught.value) + repr(caught.value)
