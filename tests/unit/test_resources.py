"""The nouns as values: identity, and the named refusal of what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs
import pytest

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Secret, Volume
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_machines.config_types import MachineConfigDict

    from fly_resources import Resource

_APP = App("web", primary_region="iad")
_IMAGE: MachineConfigDict = {"image": "nginx:alpine"}
_LONG = "a" * 63
_HIDDEN = "hunter2"

_IMPOSSIBLE: dict[str, tuple[Callable[[], object], list[str]]] = {
    "app: no name": (lambda: App(""), ["App: name ''", "1 to 62"]),
    "app: capitals": (lambda: App("My-App"), ["App: name 'My-App'", "a-z"]),
    "app: underscore": (lambda: App("my_app"), ["App: name 'my_app'"]),
    "app: too long": (lambda: App(_LONG), ["App: name", "1 to 62"]),
    "app: a line more": (lambda: App("web\n"), ["App: name 'web\\n'"]),
    "app: other digits": (lambda: App("web\u0663"), ["App: name"]),
    "app: a number": (lambda: App(5), ["App: name 5"]),  # type: ignore[arg-type]  # the mistake
    "app: a city": (lambda: App("web", primary_region="Ashburn"), ["primary_region 'Ashburn'", "'iad'"]),
    "volume: app name": (
        lambda: Volume("No!", "data", region="iad"),
        ["Volume: app 'No!'", "App or its name"],
    ),
    "volume: no region": (lambda: Volume("web", "data"), ["'data' has no region", "region='iad'"]),
    "volume: no region of its app": (lambda: Volume(App("web"), "data"), ["has no region", "primary_region"]),
    "volume: region": (lambda: Volume(_APP, "data", region="IAD"), ["Volume: region 'IAD'"]),
    "volume: name": (lambda: Volume(_APP, "my data"), ["Volume: name 'my data'", "1 to 30"]),
    "volume: long name": (lambda: Volume(_APP, "a" * 31), ["Volume: name", "1 to 30"]),
    "volume: no size": (lambda: Volume(_APP, "data", size_gb=0), ["size_gb must", "from 1 to 500", "got 0"]),
    "volume: too big": (
        lambda: Volume(_APP, "data", size_gb=501),
        ["size_gb must", "from 1 to 500", "got 501"],
    ),
    "volume: half a size": (
        lambda: Volume(_APP, "data", size_gb=1.5),  # type: ignore[arg-type]  # the mistake
        ["size_gb must be a whole number", "got 1.5"],
    ),
    "volume: size yes": (
        lambda: Volume(_APP, "data", size_gb=True),
        ["size_gb must be a whole number", "got True"],
    ),
    "volume: no retention": (
        lambda: Volume(_APP, "data", snapshot_retention=0),
        ["snapshot_retention must", "from 1 to 60", "got 0"],
    ),
    "volume: long retention": (
        lambda: Volume(_APP, "data", snapshot_retention=61),
        ["snapshot_retention must", "got 61"],
    ),
    "machine: app name": (lambda: Machine("", "m", _IMAGE), ["Machine: app ''"]),
    "machine: no name": (lambda: Machine(_APP, "", _IMAGE), ["Machine: name ''"]),
    "machine: name": (lambda: Machine(_APP, "a b", _IMAGE), ["Machine: name 'a b'"]),
    "machine: region": (
        lambda: Machine(_APP, "m", _IMAGE, region="iad, ewr"),
        ["Machine: region 'iad, ewr'"],
    ),
    "machine: state": (
        lambda: Machine(_APP, "m", _IMAGE, state="running"),
        ["'m'", "state 'running'", "'started' or 'stopped'"],
    ),
    "machine: mounts the other way round": (
        lambda: Machine(_APP, "m", _IMAGE, mounts=cast("Any", {Volume(_APP, "d"): "/data"})),
        ["'m'", "{'/path': volume}", "other way round"],
    ),
    "machine: two mounts": (
        lambda: Machine(_APP, "m", _IMAGE, mounts={"/a": "vol_1", "/b": "vol_2"}),
        ["'m'", "2 mounts", "allows one"],
    ),
    "machine: mount of another app": (
        lambda: Machine(_APP, "m", _IMAGE, mounts={"/a": Volume("other", "data", region="iad")}),
        ["'m' of app 'web'", "volume other/data/iad", "'/a'"],
    ),
    "secret: app name": (lambda: FlySecret("a.b", "KEY", "x"), ["FlySecret: app 'a.b'"]),
    "secret: digit first": (lambda: FlySecret(_APP, "1KEY", "x"), ["FlySecret: name '1KEY'", "environment"]),
    "secret: dash": (lambda: FlySecret(_APP, "MY-KEY", "x"), ["FlySecret: name 'MY-KEY'"]),
    "secret: no name": (lambda: FlySecret(_APP, "", "x"), ["FlySecret: name ''"]),
    "certificate: app name": (lambda: Certificate("A", "a.example.com"), ["Certificate: app 'A'"]),
    "certificate: one label": (
        lambda: Certificate(_APP, "localhost"),
        ["hostname 'localhost'", "full domain"],
    ),
    "certificate: address": (lambda: Certificate(_APP, "10.0.0.1"), ["hostname '10.0.0.1'"]),
    "certificate: URL": (
        lambda: Certificate(_APP, "https://a.example.com"),
        ["hostname 'https://a.example.com'"],
    ),
    "certificate: umlaut": (lambda: Certificate(_APP, "bücher.example"), ["punycode"]),
    "certificate: inner star": (lambda: Certificate(_APP, "a.*.example.com"), ["hostname 'a.*.example.com'"]),
    "certificate: dash": (lambda: Certificate(_APP, "-a.example.com"), ["hostname '-a.example.com'"]),
    "certificate: too long": (
        lambda: Certificate(_APP, ".".join(["a" * 60] * 5) + ".com"),
        ["more than 253"],
    ),
    "address: app name": (lambda: IpAddress("A", "v4"), ["IpAddress: app 'A'"]),
    "address: type": (lambda: IpAddress(_APP, "v5"), ["type 'v5'", "shared_v4", "private_v6"]),
}


@pytest.mark.parametrize("case", _IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_name(case: str) -> None:
    make, words = _IMPOSSIBLE[case]

    with pytest.raises(ConfigurationError) as caught:
        make()

    assert [word for word in words if word not in str(caught.value)] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: App("a" * 62),
        lambda: App("0-"),
        lambda: Volume(_APP, "My_data-1", 500, snapshot_retention=60),
        lambda: Volume("web", "d", 1, region="iad", snapshot_retention=1),
        lambda: Machine("web", "a.B_c-9", _IMAGE, region="iad,ewr", state="stopped"),
        lambda: Machine(_APP, "m", _IMAGE, mounts={"/data": Volume("web", "data", region="iad")}),
        lambda: Machine(_APP, "m", _IMAGE, mounts={"/data": "vol_1"}, state="started"),
        lambda: FlySecret(_APP, "_key", ""),
        lambda: Certificate(_APP, "*.example.com"),
        lambda: Certificate(_APP, "xn--bcher-kva.example"),
        lambda: IpAddress(_APP, "egress_pair", region="iad", network="n", service_name="s"),
    ],
)
def test_what_can_be_is_made(make: Callable[[], Resource[object]]) -> None:
    assert make().app_name


_PAIRS: list[tuple[Resource[Any], Resource[Any]]] = [
    (App("web"), App("web", org="acme", network="n", primary_region="iad")),
    (Volume(_APP, "data"), Volume("web", "data", 9, region="iad", auto_backup_enabled=False)),
    (Volume(_APP, "data", id="vol_1"), Volume("web", "other", region="ewr", id="vol_1")),
    (Machine(_APP, "m", _IMAGE), Machine("web", "m", {"image": "redis"}, region="ewr", state="stopped")),
    (FlySecret(_APP, "KEY", "one"), FlySecret.absent("web", "KEY")),
    (Certificate(_APP, "www.example.com"), Certificate("web", "WWW.Example.com")),
    (IpAddress(_APP, "v4"), IpAddress("web", "v4")),
]
_OTHERS: list[tuple[Resource[Any], Resource[Any]]] = [
    (App("web"), App("web2")),
    (Volume(_APP, "data"), Volume(_APP, "data", region="ewr")),
    (Volume(_APP, "data"), Volume(_APP, "data", id="vol_1")),
    (Machine(_APP, "m", _IMAGE), Machine("web2", "m", _IMAGE)),
    (Machine(_APP, "KEY", _IMAGE), FlySecret(_APP, "KEY", "x")),
    (FlySecret(_APP, "KEY", "x"), FlySecret(_APP, "key", "x")),
    (Certificate(_APP, "a.example.com"), Certificate(_APP, "*.example.com")),
    (IpAddress(_APP, "v4"), IpAddress(_APP, "shared_v4")),
    (IpAddress(_APP, "private_v6"), IpAddress(_APP, "private_v6", network="n")),
    (IpAddress(_APP, "v6", region="iad"), IpAddress(_APP, "v6", network="iad")),
]


@pytest.mark.parametrize(("one", "same"), _PAIRS, ids=lambda noun: noun.kind)
def test_nouns_of_one_identity_are_equal(one: Resource[Any], same: Resource[Any]) -> None:
    assert one == same
    assert hash(one) == hash(same)
    assert {one: "found"}[same] == "found"


@pytest.mark.parametrize(("one", "other"), _OTHERS, ids=lambda noun: noun.kind)
def test_nouns_of_two_identities_differ(one: Resource[Any], other: Resource[Any]) -> None:
    assert one != other
    assert len({one, other}) == 2


def test_a_noun_equals_nothing_else() -> None:
    assert App("web") != ("app", "web")
    assert App("web") != "web"


def test_nouns_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        App("web").name = "other"  # type: ignore[misc]  # the mistake


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        (App("web"), "app web"),
        (Volume(_APP, "data"), "volume web/data/iad"),
        (Volume(_APP, "data", id="vol_1"), "volume web/vol_1"),
        (Machine(_APP, "m", _IMAGE), "machine web/m"),
        (FlySecret(_APP, "KEY", "x"), "secret web/KEY"),
        (Certificate(_APP, "WWW.example.com"), "certificate web/www.example.com"),
        (IpAddress(_APP, "v6"), "address web/v6"),
        (IpAddress(_APP, "private_v6", network="n"), "address web/private_v6/n"),
    ],
    ids=str,
)
def test_a_noun_names_itself(noun: Resource[Any], text: str) -> None:
    assert str(noun) == text
    assert noun.app_name == "web"


def test_settings_tell_two_descriptions_apart() -> None:
    assert Volume(_APP, "data").settings() == Volume(App("web", primary_region="iad"), "data").settings()
    assert Volume(_APP, "data").settings() != Volume(_APP, "data", 4).settings()
    assert FlySecret(_APP, "KEY", "a").settings() != FlySecret(_APP, "KEY", "b").settings()
    assert FlySecret(_APP, "KEY", "a").settings() == FlySecret("web", "KEY", Secret("a")).settings()


def test_a_volume_lies_in_its_own_region_or_its_apps() -> None:
    assert Volume(_APP, "data").where == "iad"
    assert Volume(_APP, "data", region="ewr").where == "ewr"
    assert Volume("web", "data", region="ewr").where == "ewr"


# Secrets


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(_HIDDEN)),
        str(Secret(_HIDDEN)),
        f"{Secret(_HIDDEN)}",
        f"{Secret(_HIDDEN)!r:>30}",
        "%s %r" % (Secret(_HIDDEN), Secret(_HIDDEN)),  # noqa: UP031  # the form is what is tested
        repr([Secret(_HIDDEN)]),
        repr(FlySecret(_APP, "KEY", _HIDDEN)),
        str(FlySecret(_APP, "KEY", _HIDDEN)),
        repr(FlySecret(_APP, "KEY", Secret(_HIDDEN)).settings()),
        repr(Machine(_APP, "m", {"image": "x", "env": {"KEY": Secret(_HIDDEN)}})),
    ],
)
def test_a_secret_shows_itself_nowhere(shown: str) -> None:
    assert _HIDDEN not in shown
    assert shown


def test_a_secret_gives_its_value_only_on_request() -> None:
    assert Secret(_HIDDEN).reveal() == _HIDDEN
    secret = FlySecret(_APP, "KEY", _HIDDEN).value
    assert secret == Secret(_HIDDEN)
    assert secret != Secret("o-2")
    assert FlySecret.absent(_APP, "KEY").value is None


def test_a_variable_that_is_not_set_is_refused_and_never_removes_a_secret() -> None:
    unset: Any = None
    with pytest.raises(ConfigurationError, match=r"environment variable not set.*FlySecret\.absent"):
        FlySecret(_APP, "KEY", unset)
    with pytest.raises(ConfigurationError, match="None"):
        attrs.evolve(FlySecret(_APP, "KEY", "one"), value=unset)


def test_a_secret_that_shall_be_absent_is_the_same_thing_as_the_one_that_is_set() -> None:
    gone = FlySecret.absent(_APP, "KEY")
    assert gone == FlySecret("web", "KEY", "one")
    assert attrs.evolve(gone, name="OTHER").value is None
    with pytest.raises(ConfigurationError):
        attrs.evolve(gone, value="one")
