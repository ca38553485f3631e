"""The release command, test machines, strategies and builds (FT-160 to FT-192)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fly_machines import models

from fly_resources import Fly, Machine
from fly_resources.errors import ConfigurationError, EnsureError
from fly_resources.flytoml import Live, ReleaseCommand
from tests.flytoml.conftest import IMAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator
    from tests.flytoml.conftest import Flyctl, Read, Refused

RELEASE = "[deploy]\nrelease_command = 'bin/rails db:migrate'\n"
GROUPS = "[processes]\nweb = ''\nwork = ''\n"


@pytest.fixture
def release(read: Read) -> Callable[..., ReleaseCommand]:
    def of(text: str, **options: Any) -> ReleaseCommand:  # noqa: ANN401  # those of load
        command = read(text, **options).release_command
        assert command is not None
        return command

    return of


def _machine(group: str, memory_mb: int, state: str = "started") -> models.Machine:
    name = f"{group}-{memory_mb}"
    metadata = {"fly_platform_version": "v2", "fly_process_group": group}
    guest = {"cpu_kind": "shared", "cpus": memory_mb // 256, "memory_mb": memory_mb}
    return models.Machine.from_dict(
        {
            "id": name,
            "name": name,
            "state": state,
            "region": "iad",
            "instance_id": "v1",
            "private_ip": "fdaa::7",
            "created_at": "2026-01-01T00:00:00Z",
            "config": {"image": "a:1", "metadata": metadata, "guest": guest, "env": {"OF": "machine"}},
        }
    )


def test_ft160_the_release_command_is_told_with_its_words(
    read: Read, release: Callable[..., ReleaseCommand]
) -> None:
    assert read("").release_command is None
    assert read("[deploy]\nrelease_command = ''\n").release_command is None
    command = release(RELEASE)
    assert (command.text, command.command) == ("bin/rails db:migrate", ("bin/rails", "db:migrate"))


def test_ft161_its_machine_has_nothing_but_what_it_needs(release: Callable[..., ReleaseCommand]) -> None:
    command = release(
        "kill_signal = 'SIGTERM'\n"
        f"{RELEASE}[env]\nA = '1'\n[http_service]\ninternal_port = 80\n[metrics]\nport = 1\n"
        "[[statics]]\nguest_path = '/a'\nurl_prefix = '/a'\n[mount]\nsource = 'd'\ndestination = '/d'\n"
        "[[restart]]\npolicy = 'always'\n[checks.up]\ntype = 'tcp'\n"
        "[experimental]\ncmd = ['lost']\nexec = ['lost']\nmachine_config = '{\"schedule\": \"daily\"}'\n"
    )
    assert command.config == {
        "init": {"cmd": ["bin/rails", "db:migrate"]},
        "env": {
            "A": "1",
            "RELEASE_COMMAND": "1",
            "FLY_PROCESS_GROUP": "fly_app_release_command",
            "PRIMARY_REGION": "iad",
        },
        "metadata": {"fly_platform_version": "v2", "fly_process_group": "fly_app_release_command"},
        "restart": {"policy": "no"},
        "auto_destroy": True,
        "dns": {"skip_registration": True},
        "stop_config": {"signal": "SIGTERM"},
        "guest": {"cpu_kind": "shared", "cpus": 2, "memory_mb": 512},
        "image": IMAGE,
    }


def test_ft162_its_size_is_its_own_or_that_of_the_largest_of_the_default_group(
    release: Callable[..., ReleaseCommand], refused: Refused
) -> None:
    live = Live(machines=[_machine("web", 256), _machine("web", 1024), _machine("work", 2048)])
    free = release(f"{GROUPS}{RELEASE}[[vm]]\nmemory = '8gb'\n")
    assert free.config["guest"]["memory_mb"] == 512
    assert free.beside(live).config["guest"] == {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024}
    assert free.beside(Live()) == free
    assert free.beside(Live(machines=[_machine("work", 2048)])) == free

    sized = release(f"{GROUPS}{RELEASE}[deploy.release_command_vm]\nsize = 'performance-2x'\nmemory = '8g'\n")
    assert sized.config["guest"] == {"cpu_kind": "performance", "cpus": 2, "memory_mb": 8192}
    assert sized.beside(live) == sized
    assert refused(f"{RELEASE}release_command_vm.size = 'tiny'\n").startswith(
        "deploy.release_command_vm.size: "
    )


def test_ft163_it_runs_in_the_primary_region_whatever_env_says(
    release: Callable[..., ReleaseCommand], read: Read
) -> None:
    assert release(RELEASE).region == "iad"
    text = f"app = 'shop'\n{RELEASE}[env]\nPRIMARY_REGION = 'ams'\n"
    assert release(text, bare=True).region is None
    assert read(text, bare=True).warnings[0].startswith("env.PRIMARY_REGION: ")


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("", 300.0),
        ("release_command_timeout = '90s'\n", 90.0),
        ("release_command_timeout = '3m'\n", 180.0),
        ("release_command_timeout = 'none'\n", None),
    ],
)
def test_ft164_it_may_take_its_time(
    release: Callable[..., ReleaseCommand], line: str, seconds: float | None
) -> None:
    assert release(RELEASE + line).timeout_s == seconds


def test_ft166_a_seed_command_is_told(read: Read) -> None:
    assert read("[deploy]\nseed_command = 'seed all'\n").seed_command == "seed all"
    assert read("").seed_command is None


TEST = "command = ['curl', 'x']\n"


def test_ft170_machine_checks_are_machines(read: Read) -> None:
    toml = read(
        "kill_signal = 'SIGTERM'\n"
        f"{GROUPS}[[machine_checks]]\n{TEST}kill_timeout = '9s'\n"
        "[http_service]\ninternal_port = 80\nprocesses = ['web']\n"
        f"[[http_service.machine_checks]]\n{TEST}image = 'curl:1'\nentrypoint = ['/bin/sh']\n"
        f"[[services]]\nprocesses = ['work']\n[[services.machine_checks]]\n{TEST}"
    )
    assert [each.groups for each in toml.machine_checks] == [("web", "work"), ("web",), ("work",)]
    ours, theirs, _ = (each.config for each in toml.machine_checks)
    # with an image of its own, how the app is stopped says nothing about it
    assert (ours["image"], ours["stop_config"]) == (IMAGE, {"signal": "SIGTERM", "timeout": "9s"})
    assert (theirs["image"], theirs["stop_config"]) == ("curl:1", {})
    assert theirs["init"] == {"cmd": ["curl", "x"], "entrypoint": ["/bin/sh"]}
    assert theirs["env"] == {
        "FLY_TEST_COMMAND": "1",
        "FLY_PROCESS_GROUP": "fly_app_test_machine_command",
        "FLY_TEST_MACHINE_IP": "",
        "PRIMARY_REGION": "iad",
    }
    assert (theirs["restart"], theirs["auto_destroy"]) == ({"policy": "no"}, True)


def test_ft170_a_check_knows_the_machine_that_it_tests(read: Read) -> None:
    check = read(f"[[machine_checks]]\n{TEST}").machine_checks[0]
    env = check.config_for(_machine("app", 256))["env"]
    assert (env["FLY_TEST_MACHINE_IP"], env["OF"]) == ("fdaa::7", "machine")
    assert env["FLY_PROCESS_GROUP"] == "fly_app_test_machine_command"


def test_ft170_a_check_has_a_command(refused: Refused) -> None:
    assert refused("[[machine_checks]]\nimage = 'a'\n").startswith("machine_checks[0].command: is missing")


def test_ft180_there_are_four_strategies(read: Read, refused: Refused) -> None:
    assert read("").strategy == "rolling"
    for strategy in ("rolling", "immediate", "canary", "bluegreen"):
        assert read(f"[deploy]\nstrategy = '{strategy}'\n").strategy == strategy
    assert refused("[deploy]\nstrategy = 'rolling-eyes'\n").startswith(
        "deploy.strategy: is 'rolling-eyes'; use rolling, immediate or canary"
    )


def test_ft180_canary_with_mounts_is_refused(refused: Refused) -> None:
    mount = "[mount]\nsource = 'd'\ndestination = '/d'\n"
    assert refused(f"{mount}[deploy]\nstrategy = 'canary'\n").startswith('deploy.strategy: is "canary"')
    assert refused(mount, strategy="canary").startswith("deploy.strategy: ")


def test_ft181_rolling_goes_by_max_unavailable(read: Read) -> None:
    live = Live(machines=[_machine("app", size * 256) for size in range(1, 11)])
    assert read("").ensure_options(live)["max_unavailable"] == 4
    assert read("[deploy]\nmax_unavailable = 3.9\n").ensure_options(live)["max_unavailable"] == 3


@pytest.mark.parametrize(
    ("share", "running", "width"),
    [(0.33, 4, 2), (0.33, 3, 1), (0.33, 1, 1), (0.5, 5, 3), (0.005, 3, 1), (0.99, 10, 10)],
)
def test_ft182_a_share_of_running_machines_is_rounded_up(
    read: Read, share: float, running: int, width: int
) -> None:
    live = Live(
        machines=[
            *(_machine("app", size * 256) for size in range(1, running + 1)),
            *(_machine("app", size * 256, "stopped") for size in range(20, 30)),
        ]
    )
    toml = read("", max_unavailable=share)
    assert toml.max_unavailable == share
    assert toml.ensure_options(live)["max_unavailable"] == width
    assert toml.ensure_options(None)["max_unavailable"] == 1


def test_ft182_of_several_groups_the_least_counts(read: Read) -> None:
    live = Live(machines=[_machine("web", size * 256) for size in range(1, 9)] + [_machine("work", 256)])
    assert read(GROUPS).ensure_options(live)["max_unavailable"] == 1


@pytest.mark.parametrize("number", ["0", "-1", "0.0"])
def test_ft182_none_at_all_is_refused(refused: Refused, number: str) -> None:
    assert refused(f"[deploy]\nmax_unavailable = {number}\n").startswith("deploy.max_unavailable: ")


@pytest.mark.parametrize("strategy", ["immediate", "bluegreen"])
def test_ft182_where_it_is_ignored_there_is_a_warning(read: Read, strategy: str) -> None:
    toml = read(f"[deploy]\nstrategy = '{strategy}'\nmax_unavailable = 2\n")
    assert toml.warnings == (f"deploy.max_unavailable: strategy '{strategy}' ignores it.",)


def test_ft183_immediate_waits_for_nothing_and_canary_takes_one_at_a_time(read: Read) -> None:
    immediate = read("[deploy]\nstrategy = 'immediate'\n")
    assert immediate.ensure_options(None) == {"max_unavailable": "100%", "wait": False}
    live = Live(machines=[_machine("app", size * 256) for size in range(1, 9)])
    assert read("[deploy]\nstrategy = 'canary'\n").ensure_options(live)["max_unavailable"] == 1


def test_ft184_bluegreen_is_no_roll_out(read: Read) -> None:
    toml = read("[deploy]\nstrategy = 'bluegreen'\n")
    with pytest.raises(ConfigurationError, match="strategy='rolling'"):
        toml.ensure_options(None)
    assert read("[deploy]\nstrategy = 'bluegreen'\n", strategy="rolling").ensure_options(None)


def test_ft185_a_machine_may_take_as_long_as_the_file_says(read: Read) -> None:
    assert read("").ensure_options(None)["step_timeout_s"] == 300.0
    assert read("[deploy]\nwait_timeout = '10m'\n").ensure_options(None)["step_timeout_s"] == 600.0


def test_ft185_the_options_are_those_of_ensure(read: Read, fly: Fly) -> None:
    for strategy in ("rolling", "canary", "immediate"):
        toml = read(f"[deploy]\nstrategy = '{strategy}'\n")
        live = Live.read(fly, "shop")
        fly.ensure(*toml.resources(live), **toml.ensure_options(live))


def test_ft186_what_is_stopped_stays_so(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    text = "[http_service]\ninternal_port = 80\nauto_stop_machines = 'stop'\n"
    asleep, _ = flyctl.launch(read(text), {"app": 2})
    flyctl.send(f"/apps/shop/machines/{asleep['id']}/stop", {})
    fly.wait(Machine("shop", asleep["name"], {}), state="stopped")
    newer = read(text, image="registry.fly.io/shop:v2")
    fly.ensure(*newer.resources(Live.read(fly, "shop")), take_over=True)
    states = {
        each.name: (str(each.state), each.config and each.config.image)
        for each in Live.read(fly, "shop").machines
    }
    assert states.pop(asleep["name"]) == ("stopped", "registry.fly.io/shop:v2")
    assert list(states.values()) == [("started", "registry.fly.io/shop:v2")]


def test_ft181_one_failure_stops_the_rest(read: Read, flyctl: Flyctl, fly: Fly, sim: FlySimulator) -> None:
    flyctl.launch(read(""), {"app": 3})
    broken = "registry.fly.io/shop:broken"
    sim.images[broken] = "crashes"
    live = Live.read(fly, "shop")
    toml = read("", image=broken)
    with pytest.raises(EnsureError):
        fly.ensure(*toml.resources(live), take_over=True, **toml.ensure_options(live))
    images = [each.config and each.config.image for each in Live.read(fly, "shop").machines]
    assert images.count(broken) == 1


def test_ft190_an_image_is_given_or_named(read: Read, refused: Refused) -> None:
    assert read("[build]\nimage = 'a:1'\n", image=None).image == "a:1"
    assert read("[build]\nimage = 'a:1'\n").image == IMAGE
    assert {group.config["image"] for group in read(GROUPS).groups.values()} == {IMAGE}
    for build in ("", "[build]\ndockerfile = 'Dockerfile'\n", "[build]\nbuilder = 'heroku/builder:24'\n"):
        message = refused(build, image=None)
        assert message.startswith("build: the file names no image")
        assert "fly deploy --build-only --push" in message
        assert "--image" in message


@pytest.mark.parametrize(
    "text",
    [
        "builder = 'x'\nbuildpacks = ['a']\n",
        "builtin = 'node'\nsettings = { a = 1 }\n",
        "dockerfile = 'D'\nignorefile = '.i'\nbuild-target = 't'\nargs = { A = '1' }\n",
        "compression = 'zstd'\ncompression_level = 9\n",
    ],
)
def test_ft190_how_it_is_built_is_no_matter_once_it_is(read: Read, text: str) -> None:
    toml = read(f"[build]\n{text}")
    assert (toml.image, toml.warnings) == (IMAGE, ())
    assert toml.groups["app"].config == read("").groups["app"].config


@pytest.mark.parametrize("line", ["compression = 'lz4'", "compression_level = 10", "compression_level = -1"])
def test_ft190_compression_has_bounds(refused: Refused, line: str) -> None:
    assert refused(f"[build]\n{line}\n").startswith(f"build.{line.partition(' ')[0]}: is ")


def test_ft191_of_several_ways_the_image_is_taken_with_a_warning(read: Read) -> None:
    toml = read("[build]\nimage = 'a:1'\ndockerfile = 'D'\n", image=None)
    assert toml.image == "a:1"
    assert toml.warnings == ("build: it names several ways to build; the image is used.",)


def test_ft192_an_image_is_sent_as_it_is_written(read: Read) -> None:
    digest = f"registry.fly.io/shop@sha256:{'0' * 64}"
    assert read("", image=digest).groups["app"].config["image"] == digest
