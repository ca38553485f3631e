"""Key by key: the config of a group's machines (FT-50 to FT-70, FT-110)."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App
from fly_resources.errors import ConfigurationError
from fly_resources.flytoml import Live, load
from tests.flytoml.conftest import IMAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fly_resources import Fly
    from tests.flytoml.conftest import Read, Refused

    Config = Callable[..., dict[str, Any]]


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_ft50_the_app_is_a_resource_and_not_in_the_config(read: Read) -> None:
    toml = read("")
    app = toml.resources(None, org="acme", network="inner")[0]
    assert isinstance(app, App)
    assert (app.name, app.org, app.network, app.primary_region) == ("shop", "acme", "inner", "iad")
    assert "app" not in toml.groups["app"].config


def test_ft51_the_primary_region_wins_over_env(read: Read) -> None:
    env = "[env]\nPRIMARY_REGION = 'ams'\n"
    assert read(env).groups["app"].config["env"]["PRIMARY_REGION"] == "iad"
    toml = read(f"app = 'shop'\n{env}", bare=True)
    assert (toml.primary_region, toml.groups["app"].config["env"]["PRIMARY_REGION"]) == (None, "ams")
    assert "PRIMARY_REGION" not in read("app = 'shop'", bare=True).groups["app"].config["env"]


def test_ft52_an_empty_command_leaves_the_images(config: Config) -> None:
    assert config("[processes]\nweb = ''\n")["init"] == {}
    assert config("[processes]\nweb = 'run -p 80'\n")["init"] == {"cmd": ["run", "-p", "80"]}


def test_ft53_experimental_cmd_is_for_groups_without_a_command(read: Read) -> None:
    toml = read("[processes]\na = ''\nb = 'run'\n[experimental]\ncmd = ['x', 'y']\n")
    assert [group.config["init"]["cmd"] for group in toml.groups.values()] == [["x", "y"], ["run"]]


def test_ft54_entrypoint_and_exec_are_for_all(read: Read) -> None:
    toml = read(
        "[experimental]\ncmd = ['c']\nentrypoint = ['e']\nexec = ['x']\n"
        "[deploy]\nrelease_command = 'r'\n[[machine_checks]]\ncommand = ['t']\nentrypoint = ['own']\n"
    )
    assert toml.groups["app"].config["init"] == {"cmd": ["c"], "entrypoint": ["e"], "exec": ["x"]}
    assert toml.release_command is not None
    assert toml.release_command.config["init"] == {"cmd": ["r"], "entrypoint": ["e"]}
    assert toml.machine_checks[0].config["init"] == {"cmd": ["t"], "entrypoint": ["e"]}


def test_ft55_swap_is_for_all(read: Read) -> None:
    toml = read("swap_size_mb = 512\n[deploy]\nrelease_command = 'r'\n[[machine_checks]]\ncommand = ['t']\n")
    assert toml.groups["app"].config["init"] == {"swap_size_mb": 512}
    assert toml.release_command is not None
    assert toml.release_command.config["init"]["swap_size_mb"] == 512
    assert toml.machine_checks[0].config["init"]["swap_size_mb"] == 512


def test_ft56_how_it_is_stopped(config: Config) -> None:
    assert "stop_config" not in config("")
    assert config("kill_signal = 'SIGTERM'\n")["stop_config"] == {"signal": "SIGTERM"}
    assert config("kill_timeout = '500s'\n")["stop_config"] == {"timeout": "8m20s"}


def test_ft57_the_group_is_always_in_the_environment(read: Read) -> None:
    toml = read("[processes]\nweb = ''\n[env]\nA = ''\nFLY_PROCESS_GROUP = 'x'\nAPI_KEY = 'hush'\n")
    assert toml.groups["web"].config["env"] == {
        "A": "",
        "API_KEY": "hush",
        "FLY_PROCESS_GROUP": "web",
        "PRIMARY_REGION": "iad",
    }
    assert [each.partition(":")[0] for each in toml.warnings] == ["env.FLY_PROCESS_GROUP", "env.API_KEY"]
    assert not any("hush" in each for each in toml.warnings)


def test_ft58_the_first_metrics_of_a_group_count(config: Config) -> None:
    text = "[[metrics]]\nport = 1\npath = '/a'\nhttps = true\n[[metrics]]\nport = 2\n"
    assert config(text)["metrics"] == {"port": 1, "path": "/a", "https": True}
    assert config("[[metrics]]\nport = 1\nhttps = false\n")["metrics"] == {"port": 1}


@pytest.mark.parametrize(
    ("policy", "sent"), [("always", "always"), ("never", "no"), ("on-failure", "on-failure")]
)
def test_ft59_restart_policies_have_other_names(config: Config, policy: str, sent: str) -> None:
    assert config(f"[[restart]]\npolicy = '{policy}'\nretries = 0\n")["restart"] == {"policy": sent}


def test_ft59_the_last_policy_of_a_group_counts(config: Config) -> None:
    text = "[[restart]]\npolicy = 'never'\n[[restart]]\npolicy = 'on-failure'\nretries = 3\n"
    assert config(text)["restart"] == {"policy": "on-failure", "max_retries": 3}
    assert "restart" not in config("")


@pytest.mark.parametrize("policy", ["'no'", "'sometimes'", "''"])
def test_ft59_other_policies_are_refused(refused: Refused, policy: str) -> None:
    message = refused(f"[[restart]]\npolicy = {policy}\n")
    assert message.startswith("restart[0].policy: ")
    assert ('write "never"' in message) == (policy == "'no'")
    assert refused("[[restart]]\nretries = 1\n").startswith("restart[0].policy: is missing")


def test_ft60_statics_hold_empty_texts_for_what_is_not_set(config: Config) -> None:
    text = "[[statics]]\nguest_path = '/public'\nurl_prefix = '/static'\n"
    assert config(text)["statics"] == [
        {"guest_path": "/public", "url_prefix": "/static", "tigris_bucket": "", "index_document": ""}
    ]
    more = "tigris_bucket = 'b'\nindex_document = 'i.html'\n"
    assert config(text + more)["statics"][0]["tigris_bucket"] == "b"


def test_ft60_more_than_ten_statics_are_warned_of(read: Read) -> None:
    text = "[[statics]]\nguest_path = '/public'\nurl_prefix = '/static'\n"
    assert read(text * 10).warnings == ()
    assert read(text * 11).warnings == ("statics: the service takes 10 at most.",)


def test_ft60_a_static_needs_both_its_paths(refused: Refused) -> None:
    assert refused("[[statics]]\nguest_path = '/public'\n").startswith("statics[0]: ")


def test_ft61_of_a_repeated_path_the_later_file_counts(config: Config) -> None:
    text = "[[files]]\nguest_path = '/a'\nraw_value = 'x'\n[[files]]\nguest_path = '/b'\n"
    assert config(text)["files"] == [
        {"guest_path": "/a", "raw_value": _encoded("x")},
        {"guest_path": "/b"},
    ]
    assert config(text + "[[files]]\nguest_path = '/a'\nsecret_name = 'S'\n")["files"] == [
        {"guest_path": "/a", "secret_name": "S"},
        {"guest_path": "/b"},
    ]
    assert config(text + "[[files]]\nguest_path = '/a'\n")["files"] == [{"guest_path": "/b"}]


def test_ft61_a_local_file_counts_before_a_secret_and_a_secret_before_a_text(
    config: Config, tmp_path: Path
) -> None:
    (tmp_path / "project" / "f").write_text("local")
    text = "[[files]]\nguest_path = '/a'\nraw_value = 'x'\nsecret_name = 'S'\n"
    assert config(text)["files"] == [{"guest_path": "/a", "secret_name": "S"}]
    assert config(text + "local_path = 'f'\n")["files"] == [
        {"guest_path": "/a", "raw_value": _encoded("local")}
    ]


def test_ft61_a_file_has_a_place(refused: Refused) -> None:
    assert refused("[[files]]\nraw_value = 'x'\n").startswith("files[0].guest_path: is missing")


LOCAL = "[[files]]\nguest_path = '/a'\nlocal_path = 'f'\n"


def test_ft62_a_local_file_is_in_the_working_directory_or_beside_the_file(
    config: Config, tmp_path: Path
) -> None:
    beside, working = tmp_path / "project" / "f", tmp_path / "elsewhere" / "f"
    beside.write_text("one")
    assert config(LOCAL)["files"][0]["raw_value"] == _encoded("one")
    working.write_text("one")
    assert config(LOCAL)["files"][0]["raw_value"] == _encoded("one")
    beside.unlink()
    assert config(LOCAL)["files"][0]["raw_value"] == _encoded("one")


def test_ft62_two_that_differ_are_refused(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "project" / "f").write_text("one")
    (tmp_path / "elsewhere" / "f").write_text("two")
    message = refused(LOCAL)
    assert message.startswith("files[0].local_path: ")
    assert "differ" in message


@pytest.mark.parametrize("path", ["f", "a" * 5000, "\\u0000"])
def test_ft62_a_missing_one_is_refused(refused: Refused, path: str) -> None:
    assert refused(f'[[files]]\nguest_path = "/a"\nlocal_path = "{path}"\n').startswith(
        "files[0].local_path: "
    )


@pytest.mark.parametrize("raw", ["e30=", "aGVsbG8=", "aGVsbG8gd29ybGQK"])
def test_ft63_raw_values_are_encoded_as_they_are_written_with_a_warning(read: Read, raw: str) -> None:
    text = f"[[files]]\nguest_path = '/a'\nraw_value = '{raw}'\n"
    toml = read(text)
    assert toml.groups["app"].config["files"][0]["raw_value"] == _encoded(raw)
    assert [each for each in toml.warnings if each.startswith("files[0].raw_value: ") and "base64" in each]
    assert read(text.replace(raw, "hello world!")).warnings == ()
    assert read(text.replace(raw, "=" * 12)).warnings == ()


def test_ft64_the_secrets_that_files_read_are_listed(read: Read) -> None:
    toml = read(
        "[[files]]\nguest_path = '/a'\nsecret_name = 'S'\n[[files]]\nguest_path = '/b'\nsecret_name = 'S'\n"
        "[[files]]\nguest_path = '/c'\nsecret_name = 'T'\n"
    )
    assert toml.secret_names == ("S", "T")


def test_ft65_the_console_command_is_told_and_nothing_else(read: Read) -> None:
    toml = read("console_command = '/bin/bash -l'\n")
    assert toml.console_command == "/bin/bash -l"
    assert toml.groups["app"].config == read("").groups["app"].config


def test_ft66_a_dedicated_host_goes_with_vm_and_into_new_machines(read: Read) -> None:
    top = "host_dedication_id = 'h1'\n"
    assert "guest" not in read(top).groups["app"].config
    with_size = read(top + "[[vm]]\nsize = 'shared-cpu-2x'\n")
    assert with_size.groups["app"].config["guest"]["host_dedication_id"] == "h1"
    own = read(top + "[[vm]]\nhost_dedication_id = 'h2'\n")
    assert own.groups["app"].config["guest"]["host_dedication_id"] == "h2"

    guests = [toml.resources(None)[1].config["guest"] for toml in (read(top), with_size, own)]  # type: ignore[attr-defined]
    assert guests[0] == {"cpu_kind": "shared", "cpus": 1, "memory_mb": 256, "host_dedication_id": "h1"}
    assert [each["host_dedication_id"] for each in guests] == ["h1", "h1", "h1"]


def test_ft66_a_machine_stays_on_the_dedicated_host_that_it_was_made_for(read: Read, fly: Fly) -> None:
    toml = read(
        "host_dedication_id = 'h1'\n[processes]\na = ''\nb = ''\n"
        "[[vm]]\nhost_dedication_id = 'h2'\nprocesses = ['b']\n"
    )
    fly.ensure(*toml.resources(None))
    assert not fly.plan(*toml.resources(Live.read(fly, "shop"))).changed


BASE = {
    "dns": {"nameservers": ["1.1.1.1"]},
    "guest": {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024},
    "schedule": "daily",
    "init": {"tty": True, "kernel_args": ["quiet"], "cmd": ["lost"], "swap_size_mb": 1},
    "metadata": {"team": "a", "fly_process_group": "lost"},
    "env": {"LOST": "1"},
    "services": [{"internal_port": 1}],
    "restart": {"policy": "always"},
    "checks": {"lost": {}},
    "image": "lost",
}


@pytest.mark.parametrize("place", ["", "[experimental]\n"])
def test_ft67_machine_config_is_what_everything_else_is_laid_on(config: Config, place: str) -> None:
    made = config(f"{place}machine_config = '{json.dumps(BASE)}'\n")
    assert made == {
        "dns": {"nameservers": ["1.1.1.1"]},
        "guest": {"cpu_kind": "shared", "cpus": 4, "memory_mb": 1024},
        "schedule": "daily",
        "init": {"tty": True, "kernel_args": ["quiet"]},
        "metadata": {"team": "a", "fly_platform_version": "v2", "fly_process_group": "app"},
        "env": {"FLY_PROCESS_GROUP": "app", "PRIMARY_REGION": "iad"},
        "image": IMAGE,
    }


def test_ft67_vm_replaces_its_guest_and_experimental_wins(config: Config) -> None:
    text = f"machine_config = '{json.dumps(BASE)}'\n"
    assert config(f"{text}[[vm]]\nsize = 'shared-cpu-1x'\n")["guest"]["cpus"] == 1
    assert "schedule" not in config(text + "[experimental]\nmachine_config = '{}'\n")
    assert config(text + "[experimental]\nmachine_config = ''\n")["schedule"] == "daily"


def test_ft67_it_may_be_a_file(config: Config, tmp_path: Path) -> None:
    (tmp_path / "project" / "base.json").write_text('{"schedule": "hourly"}')
    assert config("machine_config = 'base.json'\n")["schedule"] == "hourly"


@pytest.mark.parametrize(
    "text",
    [
        "base.yaml",
        "missing.json",
        "{",
        "[]",
        '{"init": []}',
        '{"metadata": 5}',
        '{"guest": "big"}',
        '{"containers": {}}',
        '{"containers": [1]}',
        '{"a":' * 100_000,
    ],
)
def test_ft67_what_is_no_config_is_refused(refused: Refused, text: str) -> None:
    assert refused(f"machine_config = '{text}'\n").startswith("machine_config")


def test_ft67_a_file_that_is_no_json_is_refused(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "project" / "base.json").write_bytes(b"\xff")
    assert refused("machine_config = 'base.json'\n").startswith("machine_config: is not valid JSON")


def _containers(*containers: dict[str, str]) -> str:
    return f"machine_config = '{json.dumps({'containers': list(containers)})}'\n"


def test_ft68_the_image_goes_to_one_container(config: Config) -> None:
    def images(*names: str, container: str = "") -> list[str]:
        rows = [{"name": name, "image": f"{name}:1"} for name in names]
        made = config(f"container = '{container}'\n" + _containers(*rows))
        return [each["image"] for each in made["containers"]]

    assert images("a", "b", container="b") == ["a:1", IMAGE]
    assert images("a", "app") == ["a:1", IMAGE]
    assert images("a", "b") == [IMAGE, "b:1"]


def test_ft68_an_unknown_container_or_one_without_an_image_is_refused(refused: Refused) -> None:
    both = _containers({"name": "a"}, {"name": "b"})
    assert refused(f"container = 'c'\n{both}").startswith("container: there is no container 'c'")
    assert "container 'b' has no image" in refused(both)


def test_ft69_compose_is_refused_with_what_to_do(refused: Refused) -> None:
    message = refused("[build.compose]\nfile = 'compose.yaml'\n")
    assert message.startswith("build.compose: ")
    assert "machine_config" in message


def test_ft70_experimental_switches_say_nothing_of_a_machine(read: Read) -> None:
    quiet = read("[experimental]\nenable_consul = true\nenable_etcd = true\nauto_rollback = true\n")
    assert quiet.warnings == ()
    assert quiet.groups["app"].config == read("").groups["app"].config
    loud = read("[experimental]\nlazy_load_images = true\n[experimental.attached.secrets.export]\nA = 'B'\n")
    assert [each.partition(":")[0] for each in loud.warnings] == [
        "experimental.lazy_load_images",
        "experimental.attached",
    ]


def test_ft110_flyctl_manages_what_is_made(config: Config) -> None:
    # never fly_release_*: those say that flyctl deployed a machine
    assert config("[processes]\nweb = ''\n")["metadata"] == {
        "fly_platform_version": "v2",
        "fly_process_group": "web",
    }


def test_errors_name_the_file_the_key_and_what_to_write(tmp_path: Path) -> None:
    file = tmp_path / "fly.toml"
    file.write_text('app = "shop"\nkill_timeout = "soon"\n')
    with pytest.raises(ConfigurationError) as caught:
        load(file, image=IMAGE)
    assert str(caught.value) == (
        f'{file}: kill_timeout: \'soon\' is not a duration; write one such as "10s", "1m30s" or "500ms".'
    )
