"""Values of a machine's config that the service would misread are refused before anything is written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

import pytest
from fly_machines import models

from fly_resources import App, Fly, Machine, Secret
from fly_resources.errors import ConfigurationError
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_machines.config_types import MachineConfigDict

SHOP = App("shop", primary_region="iad")


@pytest.fixture
def sim() -> FlySimulator:
    return FlySimulator(clock=VirtualClock())


@pytest.fixture
def fly(sim: FlySimulator) -> Iterator[Fly]:
    with Fly("test", transport=sim.transport(), clock=sim.clock) as client:
        yield client


def _machine(extra: dict[str, Any] | None = None, **config: Any) -> Machine:  # noqa: ANN401  # a config
    return Machine(SHOP, "server", cast("MachineConfigDict", {"image": "nginx", **config}), extra=extra)


def _at(place: str, value: object) -> dict[str, Any]:
    """Return a config with a duration at one of the places that hold one."""
    check: dict[str, Any] = {"type": "http", "port": 80, "interval": "15s", "timeout": "2s"}
    places: dict[str, dict[str, Any]] = {
        "checks": {"checks": {"up": {**check, "interval": value}}},
        "grace": {"checks": {"up": {**check, "grace_period": value}}},
        "services": {
            "services": [{"internal_port": 80, "protocol": "tcp", "checks": [{**check, "timeout": value}]}]
        },
        "stop": {"stop_config": {"timeout": value}},
        "containers": {"containers": [{"name": "a", "image": "nginx", "stop": {"timeout": value}}]},
    }
    return places[place]


PLACES = ["checks", "grace", "services", "stop", "containers"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", [30, 1, 15, 999_999, 0.5, -1, -(10**9)])
def test_a_number_whose_unit_can_be_mistaken_is_refused(fly: Fly, place: str, value: float) -> None:
    for verb in (fly.plan, fly.ensure):
        with pytest.raises(
            ConfigurationError, match=f"write '{abs(value):g}s'" if value == 30 else "write '"
        ):
            verb(_machine(**_at(place, value)))


def test_the_message_says_the_right_spelling(fly: Fly) -> None:
    said = r"machine shop/server: config key 'stop_config.timeout': 30 is 30 nanoseconds; write '30s'"
    with pytest.raises(ConfigurationError, match=said):
        fly.plan(_machine(stop_config={"timeout": 30}))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", ["30", "30 s", "thirty", "", "1m 30s", "30S", "-5s", True])
def test_a_text_that_is_no_duration_is_refused_by_the_plan(fly: Fly, place: str, value: object) -> None:
    with pytest.raises(ConfigurationError, match="duration"):
        fly.plan(_machine(**_at(place, value)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "value",
    [
        "30s",
        "1m30s",
        "500ms",
        "1.5s",
        0,
        30 * 10**9,
        dt.timedelta(seconds=30),
        dt.timedelta(milliseconds=1500),
    ],
    ids=str,
)
def test_a_duration_whose_unit_is_clear_is_taken_and_converges(fly: Fly, place: str, value: object) -> None:
    noun = _machine(**_at(place, value))
    fly.ensure(noun)

    assert not fly.ensure(noun).changed


def test_a_timedelta_is_what_it_says(fly: Fly) -> None:
    fly.ensure(_machine(stop_config={"timeout": dt.timedelta(minutes=1, milliseconds=500)}))

    assert fly.api.machines.list("shop")[0].to_dict()["config"]["stop_config"]["timeout"] == "1m0.5s"


@pytest.mark.parametrize("value", [dt.timedelta(seconds=-1), dt.timedelta(days=-1)])
def test_a_negative_timedelta_is_refused(fly: Fly, value: dt.timedelta) -> None:
    with pytest.raises(ConfigurationError, match="duration"):
        fly.plan(_machine(stop_config={"timeout": value}))


def test_numbers_elsewhere_are_what_the_api_has(fly: Fly) -> None:
    """Whole seconds in the health checks of containers, and names of the user's."""
    health = {"name": "up", "interval": 10, "timeout": 5, "tcp": {"port": 80}}
    fly.plan(
        _machine(
            containers=[{"name": "a", "image": "nginx", "healthchecks": [health]}],
            env={"timeout": "30", "interval": "x"},
            metadata={"timeout": "30"},
        )
    )


def test_a_duration_of_a_model_is_checked_too(fly: Fly) -> None:
    config = models.MachineConfig.from_dict({"image": "nginx", "stop_config": {"timeout": 30}})
    with pytest.raises(ConfigurationError, match="30 nanoseconds"):
        fly.plan(Machine(SHOP, "server", config))


# Known values


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"restart": {"policy": "alwayz"}}, "'restart.policy'.*did you mean 'always'"),
        ({"restart": {"policy": "spot-price"}}, "'restart.policy'.*always, no, on-failure"),
        ({"restart": {"policy": "on-fail"}}, "did you mean 'on-failure'"),
        ({"restart": {"policy": "unless-stopped"}}, r"is none of always, no, on-failure\. A value"),
        ({"guest": {"cpu_kind": "sharedd", "cpus": 1, "memory_mb": 256}}, "'guest.cpu_kind'.*'shared'"),
        ({"schedule": "every day"}, "'schedule'.*daily, hourly, monthly, weekly"),
        ({"services": [{"internal_port": 80, "protocol": "http"}]}, r"'services\[0\].protocol'.*tcp, udp"),
        (
            {
                "services": [
                    {"internal_port": 80, "protocol": "tcp", "ports": [{"port": 443, "handlers": ["tsl"]}]}
                ]
            },
            r"'services\[0\].ports\[0\].handlers\[0\]'.*'tls'",
        ),
        ({"services": [{"internal_port": 80, "protocol": "tcp", "autostop": "suspended"}]}, "'suspend'"),
        ({"checks": {"up": {"type": "htpp", "port": 80}}}, "'checks.up.type'.*'http'"),
        (
            {"containers": [{"name": "a", "image": "nginx", "restart": {"policy": "never"}}]},
            r"'containers\[0\].restart.policy'",
        ),
    ],
    ids=str,
)
def test_a_value_that_is_none_of_the_known_is_refused_before_any_write(
    sim: FlySimulator, fly: Fly, config: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        fly.ensure(_machine(**config))

    assert "extra=" in str(caught.value)
    assert not [request for request in sim.requests if request.method != "GET"]


@pytest.mark.parametrize(
    "config",
    [
        {"restart": {"policy": "spot-price"}},
        {"schedule": "every day"},
        {"services": [{"internal_port": 80, "protocol": "http"}]},
        {"stop_config": {"timeout": 30}},
    ],
    ids=str,
)
def test_extra_passes_what_this_library_does_not_know(fly: Fly, config: dict[str, Any]) -> None:
    fly.ensure(_machine(extra=config))

    assert fly.api.machines.list("shop")


@pytest.mark.parametrize("autostop", [True, False, "off", "stop", "suspend"])
def test_both_spellings_of_autostop_are_known(fly: Fly, autostop: bool | str) -> None:  # noqa: FBT001  # a value
    fly.plan(_machine(services=[{"internal_port": 80, "protocol": "tcp", "autostop": autostop}]))


# The environment


@pytest.mark.parametrize("value", [None, 5, True, ["a"]])
def test_a_variable_that_is_no_text_is_refused(fly: Fly, value: object) -> None:
    with pytest.raises(ConfigurationError, match="env 'HOME_URL' is"):
        fly.plan(_machine(env={"HOME_URL": value, "OTHER": "x"}))


def test_a_variable_that_is_none_says_what_to_do(fly: Fly) -> None:
    for noun in (
        _machine(env={"HOME_URL": None}),
        _machine(extra={"env": {"HOME_URL": None}}),
        Machine(
            SHOP, "server", models.MachineConfig.from_dict({"image": "nginx", "env": {"HOME_URL": None}})
        ),
    ):
        with pytest.raises(ConfigurationError, match=r"env .HOME_URL. is None.*not set.*leave it out"):
            fly.plan(noun)


def test_a_hidden_variable_is_fine(fly: Fly) -> None:
    fly.ensure(_machine(env={"KEY": Secret("hunter2hunter2")}))


# Words of flyctl


def test_a_whole_number_too_large_for_a_float_is_declared(fly: Fly) -> None:
    machine = _machine(extra={"new": 10**400})

    changes = {change.path: change.after for change in fly.plan(machine)[machine].changes}

    assert changes["config.new"] == 10**400


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"vm": {"memory": "1gb"}}, "'guest'"),
        ({"http_service": {"internal_port": 80}}, "'services'"),
        ({"kill_timeout": 5}, "'stop_config.timeout'"),
        ({"kill_signal": "SIGINT"}, "'stop_config.signal'"),
        ({"cmd": ["a"]}, "'init.cmd'"),
        ({"entrypoint": ["a"]}, "'init.entrypoint'"),
        ({"memory": "1gb"}, "'guest.memory_mb'"),
        ({"memory_mb": 512}, "'guest.memory_mb'"),
        ({"cpus": 1}, "'guest.cpus'"),
        ({"cpu_kind": "shared"}, "'guest.cpu_kind'"),
        ({"swap_size_mb": 512}, "'init.swap_size_mb'"),
        ({"ports": [80]}, "'services[0].ports'"),
        ({"internal_port": 80}, "'services[0].internal_port'"),
        ({"environment": {}}, "'env'"),
        ({"region": "iad"}, "Machine(..., region=...)"),
        ({"name": "x"}, "Machine(app, name, config)"),
        ({"guest": {"memory": "1gb"}}, "'memory_mb'"),
        ({"services": [{"auto_stop_machines": True}]}, "'autostop'"),
        ({"services": [{"auto_start_machines": True}]}, "'autostart'"),
    ],
    ids=str,
)
def test_words_of_flyctl_get_the_word_of_the_api(fly: Fly, config: dict[str, Any], word: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        fly.plan(_machine(**config))

    assert word in str(caught.value)
