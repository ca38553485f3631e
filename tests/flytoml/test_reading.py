"""The file itself: where it is found, what it may hold, and how its values are read (FT-1 to FT-15)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import Secret
from fly_resources.errors import ConfigurationError
from fly_resources.flytoml import load
from tests.flytoml.conftest import IMAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.flytoml.conftest import Read, Refused


def test_ft1_a_folder_stands_for_the_file_in_it(tmp_path: Path) -> None:
    (tmp_path / "fly.json").write_text('{"app": "from-json", "deploy": null}')
    assert load(tmp_path, image=IMAGE).app == "from-json"
    (tmp_path / "fly.toml").write_text('app = "from-toml"')
    assert load(tmp_path, image=IMAGE).app == "from-toml"
    assert load(str(tmp_path / "fly.json"), image=IMAGE).path == tmp_path / "fly.json"


def test_ft1_the_working_directory_is_looked_into_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fly.toml").write_text('app = "here"')
    monkeypatch.chdir(tmp_path)
    assert load(image=IMAGE).app == "here"


@pytest.mark.parametrize("name", ["fly.toml", "staging.toml", "no/such/folder/fly.toml"])
def test_ft1_a_file_that_is_missing_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"fly.toml|staging.toml"):
        load(tmp_path / name, image=IMAGE)


def test_ft1_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"holds no fly\.toml"):
        load(tmp_path, image=IMAGE)


def test_ft1_yaml_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "fly.yaml").write_text("app: shop")
    with pytest.raises(ConfigurationError, match=r"Convert it to fly\.toml"):
        load(tmp_path, image=IMAGE)


def test_ft1_yml_is_read_as_toml(tmp_path: Path) -> None:
    file = tmp_path / "fly.yml"
    file.write_text('app = "shop"')
    assert load(file, image=IMAGE).app == "shop"


@pytest.mark.parametrize("path", [3, "a\0b", None])
def test_ft1_what_is_no_path_is_refused(path: Any) -> None:  # noqa: ANN401  # anything
    with pytest.raises(ConfigurationError):
        load(path, image=IMAGE)


def test_ft2_keys_are_read_in_any_case(config: Callable[..., dict[str, Any]]) -> None:
    written = config("[HTTP_Service]\nInternal_Port = 80\n[[VM]]\nMemory_MB = 512\n")
    assert written["services"][0]["internal_port"] == 80
    assert written["guest"]["memory_mb"] == 512


def test_ft2_one_key_in_two_cases_is_refused(refused: Refused) -> None:
    assert refused("[http_service]\ninternal_port = 80\nInternal_Port = 81\n").startswith(
        "http_service.Internal_Port: is given twice"
    )


def test_ft3_a_syntax_error_names_the_line(refused: Refused) -> None:
    assert "line 4" in refused("[env]\nA = \n")
    assert "is not valid TOML" in refused("[env]\nA = \n")


def test_ft3_of_json_too(tmp_path: Path) -> None:
    (tmp_path / "fly.json").write_text('{\n"app": }')
    with pytest.raises(ConfigurationError, match="line 2"):
        load(tmp_path, image=IMAGE)


@pytest.mark.parametrize("content", [b'app = "\xff"', b"[" * 100_000, b'["app"]'])
def test_ft3_what_is_no_tree_of_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ("fly.json" if content.startswith(b"[") else "fly.toml")
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=file.name):
        load(file, image=IMAGE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[[services]]\nconcurrency = 20", "services[0].concurrency"),
        ("[http_service]\nforce_https = 'yes'", "http_service.force_https"),
        ("[http_service]\ninternal_port = '8080'", "http_service.internal_port"),
        ("[http_service]\ninternal_port = 80.5", "http_service.internal_port"),
        ("[http_service]\ninternal_port = inf", "http_service.internal_port"),
        ("env = 'A=B'", "env"),
        ("[env]\nA = ['b']", "env.A"),
        ("[env]\nA = 2026-01-01", "env.A"),
        ("kill_signal = 9", "kill_signal"),
        ("kill_timeout = true", "kill_timeout"),
        ("mounts = 'data'", "mounts"),
        ("services = 5", "services"),
        ("[[services]]\nports = ['80']", "services[0].ports[0]"),
        ("services = ['web']", "services[0]"),
        ("[[services]]\n[services.http_options]\n", "services[0].http_options"),
        ("[[vm]]\nprocesses = 'web'", "vm[0].processes"),
        ("[deploy]\nmax_unavailable = 'half'", "deploy.max_unavailable"),
        ("[processes]\nweb = ['run']", "processes.web"),
        ("processes = ['web']", "processes"),
        ("checks = [{ type = 'tcp' }]", "checks[0]"),
        ("checks = { alive = 5 }", "checks.alive"),
        ("build = 'Dockerfile'", "build"),
        ("[build]\nargs = { A = 1 }", "build.args.A"),
    ],
)
def test_ft3_a_wrong_type_is_refused_by_its_key(refused: Refused, text: str, key: str) -> None:
    assert refused(text).startswith(f"{key}: ")


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("http_servce = {}", "http_servce", "http_service"),
        ("[http_service]\ninternal_prot = 8080", "http_service.internal_prot", "internal_port"),
        ("[[services]]\ninternal_port = 1\nauto_stop = true", "services[0].auto_stop", "auto_stop_machines"),
        ("[[vm]]\nmemroy = '1gb'", "vm[0].memroy", "memory"),
        ("[checks.up]\ntype = 'tcp'\nport = 1\nintervall = '9s'", "checks.up.intervall", "interval"),
        ("[deploy]\nrelease_comand = 'x'", "deploy.release_comand", "release_command"),
        ("[[mounts]]\nsource = 'a'\ndestination = '/a'\nsize = '1gb'", "mounts[0].size", "initial_size"),
    ],
)
def test_ft4_an_unknown_key_is_refused_with_the_nearest(
    refused: Refused, read: Read, text: str, key: str, nearest: str
) -> None:
    message = refused(text)
    assert message.startswith(f"{key}: ")
    assert f"did you mean {nearest!r}?" in message
    assert "allow_unknown=True" in message

    assert any(each.startswith(key) for each in read(text, allow_unknown=True).warnings)


def test_ft4_an_unknown_key_that_resembles_none_names_those_that_there_are(refused: Refused) -> None:
    message = refused("[deploy]\nxyz = 1\nzyx = 2")
    assert "known here: max_unavailable, release_command" in message
    assert "1 more unknown key" in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[http_service]\ninternal_port = 1\nmax_machines_running = 1", "counts={GROUP: N}"),
        ("[[vm]]\ncount = 2", "counts={GROUP: N}"),
        ("org = 'acme'", "org= where the app is created"),
        ("region = 'iad'", "did you mean 'primary_region'?"),
    ],
)
def test_ft4_what_is_said_elsewhere_is_told_where(refused: Refused, text: str, told: str) -> None:
    assert told in refused(text)


def test_ft4_an_unknown_key_of_what_is_built_elsewhere_is_only_told(read: Read, refused: Refused) -> None:
    toml = read("[build]\ncontext = '.'\ntarget = 'app'\n")
    assert [each.partition(";")[0] for each in toml.warnings] == [
        "build.context: flyctl knows no such key",
        "build.target: flyctl knows no such key",
    ]
    assert "did you mean 'image'?" in refused("[build]\nimages = 'app:1'\n")


def test_ft4_names_of_the_users_are_free(read: Read) -> None:
    toml = read("[env]\nanything = 'x'\n[build]\nargs = { a = 'b' }\nsettings = { c = [1] }\n")
    assert toml.warnings == ()


def test_ft5_every_top_level_key_is_known(tmp_path: Path, read: Read) -> None:
    (tmp_path / "project" / "config.json").write_text("{}")
    toml = read(
        """
        app = "shop"
        primary_region = "iad"
        kill_signal = "SIGTERM"
        kill_timeout = "5s"
        swap_size_mb = 512
        console_command = "bin/console"
        host_dedication_id = "h1"
        machine_config = "config.json"
        container = ""
        experimental = {}
        build = {}
        deploy = {}
        env = {}
        processes = {}
        http_service = {}
        checks = {}
        mounts = []
        services = []
        files = []
        machine_checks = []
        restart = []
        vm = []
        statics = []
        metrics = []
        """,
        bare=True,
    )
    assert toml.groups["app"].config["stop_config"] == {"signal": "SIGTERM", "timeout": "5s"}


def test_ft6_a_name_is_wanted(refused: Refused, read: Read) -> None:
    assert refused("", bare=True).startswith("app: is missing")
    assert read("", bare=True, app="other").app == "other"


def test_ft6_arguments_win_over_the_file(read: Read) -> None:
    toml = read(
        "[env]\nA = '1'\nB = '2'\n[deploy]\nstrategy = 'canary'\nmax_unavailable = 1\n[build]\nimage = 'a:1'",
        app="other",
        primary_region="fra",
        image="b:2",
        env={"B": "3", "C": Secret("hid-77")},
        strategy="rolling",
        max_unavailable=0.5,
    )
    assert (toml.app, toml.primary_region, toml.image) == ("other", "fra", "b:2")
    assert (toml.strategy, toml.max_unavailable) == ("rolling", 0.5)
    env = toml.groups["app"].config["env"]
    assert {key: env[key] for key in ("A", "B", "C", "PRIMARY_REGION")} == {
        "A": "1",
        "B": "3",
        "C": Secret("hid-77"),
        "PRIMARY_REGION": "fra",
    }


@pytest.mark.parametrize(
    "options",
    [
        {"app": 5},
        {"app": "No Name"},
        {"primary_region": "nowhere at all"},
        {"image": ""},
        {"image": 5},
        {"env": 5},
        {"env": {"A": 1}},
        {"strategy": "slow"},
        {"max_unavailable": 0},
        {"max_unavailable": True},
        {"max_unavailable": "33%"},
    ],
)
def test_ft6_an_argument_that_cannot_be_is_refused(refused: Refused, options: dict[str, Any]) -> None:
    assert refused("", **options)


def test_ft7_one_file_serves_several_environments_by_arguments(read: Read) -> None:
    text = "[env]\nRAILS_ENV = 'production'"
    production, staging = read(text), read(text, app="staging", env={"RAILS_ENV": "staging"})
    assert production.groups["app"].config["env"]["RAILS_ENV"] == "production"
    assert staging.groups["app"].config["env"]["RAILS_ENV"] == "staging"
    assert staging.app == "staging"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("81s", "1m21s"),
        ("120s", "2m0s"),
        ("1000ms", "1s"),
        ("300ms", "300ms"),
        ("1.5s", "1.5s"),
        ("2h", "2h0m0s"),
        ("1h1m1s", "1h1m1s"),
        ("0", "0s"),
        ("1500us", "1.5ms"),
        ("10ns", "10ns"),
        (".5m", "30s"),
    ],
)
def test_ft10_durations_are_printed_as_go_prints_them(
    config: Callable[..., dict[str, Any]], written: str, printed: str
) -> None:
    made = config(f"kill_timeout = '{written}'\n")
    assert made["stop_config"]["timeout"] == printed


@pytest.mark.parametrize("written", ["5", "s", "5 s", "5sec", "-5s", "1d", "9" * 30 + "h", "9" * 99 + "s"])
def test_ft10_what_is_no_duration_is_refused(refused: Refused, written: str) -> None:
    assert refused(f"kill_timeout = '{written}'\n").startswith("kill_timeout: ")


def test_ft11_bare_numbers_have_the_unit_of_their_place(config: Callable[..., dict[str, Any]]) -> None:
    made = config(
        "kill_timeout = 120\n"
        "[checks.up]\ntype = 'tcp'\nport = 1\ninterval = 15000\ntimeout = 2000.9\n"
        "[[services]]\ninternal_port = 1\n"
        "[[services.tcp_checks]]\ninterval = 10000\n"
        "[[services.http_checks]]\ngrace_period = 1500\ntimeout = ''\n"
    )
    assert made["stop_config"]["timeout"] == "2m0s"
    assert made["checks"]["up"] == {"port": 1, "type": "tcp", "interval": "15s", "timeout": "2s"}
    assert made["services"][0]["checks"] == [
        {"type": "tcp", "interval": "10s"},
        {"type": "http", "grace_period": "1.5s"},
    ]
    assert "stop_config" not in config("kill_timeout = ''\n")


@pytest.mark.parametrize("number", ["-1", "inf", "nan", "1e300"])
def test_ft11_a_number_out_of_range_is_refused(refused: Refused, number: str) -> None:
    assert refused(f"kill_timeout = {number}\n").startswith("kill_timeout: is out of range")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[http_service]\n[[http_service.checks]]\ninterval = 10000", "http_service.checks[0].interval"),
        ("[deploy]\nwait_timeout = 60", "deploy.wait_timeout"),
        ("[deploy]\nrelease_command_timeout = 60", "deploy.release_command_timeout"),
        ("[[machine_checks]]\ncommand = ['x']\nkill_timeout = 5", "machine_checks[0].kill_timeout"),
    ],
)
def test_ft12_a_bare_number_that_means_nanoseconds_is_refused_with_the_unit(
    refused: Refused, text: str, key: str
) -> None:
    message = refused(text)
    assert message.startswith(f"{key}: is a bare number, which flyctl reads as nanoseconds")
    assert 's"' in message
    assert 'ms"' in message
    assert refused(text.rpartition("=")[0] + "= ''").startswith(key)


@pytest.mark.parametrize(
    ("written", "memory"),
    [
        ("'512'", 512),
        ("512", 512),
        ("'512mb'", 512),
        ("'512 MiB'", 512),
        ("'1gb'", 1024),
        ("'1G'", 1024),
        ("'1.5g'", 1536),
        ("'262144k'", 256),
        ("'1.9999gb'", 2047),
    ],
)
def test_ft13_sizes_are_cut_to_whole_units(
    config: Callable[..., dict[str, Any]], written: str, memory: int
) -> None:
    assert config(f"[[vm]]\nmemory = {written}")["guest"]["memory_mb"] == memory


@pytest.mark.parametrize(
    "written", ["'0'", "'0.5'", "1.5", "'512b'", "'much'", "'1  gb'", "'-1gb'", "'9" + "9" * 50 + "gb'"]
)
def test_ft14_no_memory_at_all_is_refused(refused: Refused, written: str) -> None:
    assert refused(f"[[vm]]\nmemory = {written}").startswith("vm[0].memory: ")


@pytest.mark.parametrize("written", ["30", "'30'", "'30gb'", "'30GiB'", "'30 gb'"])
def test_ft14_sizes_of_volumes_are_in_gigabytes(read: Read, written: str) -> None:
    toml = read(f"[[mounts]]\nsource = 'data'\ndestination = '/data'\ninitial_size = {written}")
    mount = toml.groups["app"].mount
    assert mount is not None
    assert mount.size_gb == 30


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("run web", ["run", "web"]),
        ("  a\tb  ", ["a", "b"]),
        ("sh -c 'echo $HOME | cat'", ["sh", "-c", "echo $HOME | cat"]),
        (r'echo "a\n"', ["echo", "an"]),
        (r'echo "say \"hi\""', ["echo", 'say "hi"']),
        (r"echo 'a\n'", ["echo", r"a\n"]),
        (r"a\ b", ["a b"]),
        ("a# b", ["a#", "b"]),
        ("a # b c", ["a"]),
        ("a # b\nc", ["a", "c"]),
        ("''", [""]),
        ("a''b", ["ab"]),
        ("a'b c'd", ["ab cd"]),
    ],
)
def test_ft15_commands_are_split_as_google_shlex_does(
    config: Callable[..., dict[str, Any]], written: str, words: list[str]
) -> None:
    made = config(f"[processes]\nweb = {json.dumps(written)}")
    assert made["init"] == {"cmd": words}


@pytest.mark.parametrize("written", ["echo 'a", 'echo "a', "echo a\\", 'echo "a\\'])
def test_ft15_a_command_that_cannot_be_split_is_refused(refused: Refused, written: str) -> None:
    text = json.dumps(written)
    assert refused(f"[processes]\nweb = {text}").startswith("processes.web: ")
    assert refused(f"console_command = {text}").startswith("console_command: ")
    assert refused(f"[deploy]\nrelease_command = {text}").startswith("deploy.release_command: ")
    assert refused(f"[deploy]\nseed_command = {text}").startswith("deploy.seed_command: ")


def test_ft15_a_comment_alone_runs_what_the_image_says(config: Callable[..., dict[str, Any]]) -> None:
    assert config("[processes]\nweb = '# nothing'")["init"] == {}


@pytest.mark.parametrize("name", ["fly.toml", "fly.json"])
def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path, name: str) -> None:
    text = 'app = "shop"\r\n' if name == "fly.toml" else '{"app": "shop"}'
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(tmp_path / name, image=IMAGE).app == "shop"
