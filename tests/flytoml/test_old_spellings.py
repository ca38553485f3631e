"""Spellings of earlier years that flyctl still accepts (FT-20 to FT-36)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flytoml.conftest import Read, Refused

    Config = Callable[..., dict[str, Any]]

MOUNT = "source = 'data'\ndestination = '/data'\n"


@pytest.mark.parametrize("head", ["[mount]", "[[mount]]", "[mounts]", "[[mounts]]"])
def test_ft20_a_mount_is_written_in_four_ways(config: Config, head: str) -> None:
    assert config(f"{head}\n{MOUNT}")["mounts"] == [{"name": "data", "path": "/data"}]


def test_ft20_all_spellings_of_mounts_are_joined(read: Read) -> None:
    toml = read(
        "[processes]\na = ''\nb = ''\n"
        f"[mount]\n{MOUNT}[[mounts]]\nsource = 'more'\ndestination = '/more'\nprocesses = ['b']\n"
    )
    assert {name: group.mount and group.mount.source for name, group in toml.groups.items()} == {
        "a": "data",
        "b": "more",
    }


@pytest.mark.parametrize("head", ["[compute]", "[[compute]]", "[[computes]]", "[vm]", "[[vm]]"])
def test_ft21_a_size_is_written_in_five_ways(config: Config, head: str) -> None:
    assert config(f"{head}\nsize = 'shared-cpu-2x'\n")["guest"]["cpus"] == 2


def test_ft21_spellings_are_joined_in_their_order(config: Config) -> None:
    # the first that names nobody counts
    text = "[[vm]]\ncpus = 8\n[[computes]]\ncpus = 4\n[[compute]]\ncpus = 2\n"
    assert config(text)["guest"]["cpus"] == 2
    assert config(text.partition("[[compute]]")[0])["guest"]["cpus"] == 4


@pytest.mark.parametrize("head", ["[metric]", "[metrics]", "[[metrics]]"])
def test_ft22_metrics_are_written_in_three_ways(config: Config, head: str) -> None:
    assert config(f"{head}\nport = 9091\npath = '/metrics'\n")["metrics"] == {
        "port": 9091,
        "path": "/metrics",
    }


def test_ft22_the_singular_comes_first(config: Config) -> None:
    assert config("[[metrics]]\nport = 1\n[metric]\nport = 2\n")["metrics"] == {"port": 2}


@pytest.mark.parametrize("ports", ["[services.ports]", "[[services.ports]]"])
@pytest.mark.parametrize("kind", ["tcp", "http"])
def test_ft23_one_port_and_one_check_may_be_tables(config: Config, ports: str, kind: str) -> None:
    for check in (f"[services.{kind}_checks]", f"[[services.{kind}_checks]]"):
        text = f"[[services]]\ninternal_port = 80\n{ports}\nport = '443'\n{check}\ninterval = 2000\n"
        [service] = config(text)["services"]
        assert service["ports"] == [{"port": 443}]
        assert service["checks"] == [{"type": kind, "interval": "2s"}]


def test_ft23_one_service_may_be_a_table(config: Config) -> None:
    assert config("[services]\ninternal_port = 80\nprotocol = 'tcp'\n")["services"] == [
        {"protocol": "tcp", "internal_port": 80}
    ]


@pytest.mark.parametrize("text", ["[services]\n", "[[services]]\n", "services = []"])
def test_ft23_a_service_without_keys_is_none(config: Config, text: str) -> None:
    assert "services" not in config(text)


def test_ft24_a_list_of_tables_of_env_is_merged_and_the_later_wins(config: Config) -> None:
    env = config("[[env]]\nA = 'x'\nB = 2\n[[env]]\nA = true\n")["env"]
    assert (env["A"], env["B"]) == ("true", "2")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2", "2"),
        ("-7", "-7"),
        ("true", "true"),
        ("false", "false"),
        ("1.5", "1.5"),
        ("2.0", "2"),
        ("0.0", "0"),
        ("-0.0", "-0"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("1.25e-5", "1.25e-05"),
        ("0.0001", "0.0001"),
        ("inf", "+Inf"),
        ("-inf", "-Inf"),
        ("nan", "NaN"),
    ],
)
def test_ft24_values_are_printed_as_go_prints_them(config: Config, written: str, printed: str) -> None:
    assert config(f"[env]\nA = {written}\n")["env"]["A"] == printed


def test_ft24_a_number_beyond_64_bits_is_refused(refused: Refused) -> None:
    assert refused("[env]\nA = 99999999999999999999\n").startswith("env.A: ")


def test_ft25_a_list_of_processes_is_a_map(read: Read) -> None:
    toml = read(
        "[[processes]]\nname = 'web'\ncommand = 'run web'\n[[processes]]\nname = 'idle'\n"
        "[[processes]]\ncommand = 'nameless'\n"
    )
    assert {name: group.config["init"] for name, group in toml.groups.items()} == {
        "idle": {},
        "web": {"cmd": ["run", "web"]},
    }


@pytest.mark.parametrize("text", ["processes = []", "[processes]", "[[processes]]\ncommand = 'x'"])
def test_ft25_no_process_is_no_section(read: Read, text: str) -> None:
    toml = read(f"{text}\n[http_service]\ninternal_port = 80\n")
    assert list(toml.groups) == ["app"]


def test_ft26_a_list_of_checks_is_a_map(config: Config) -> None:
    checks = config("[[checks]]\nname = 'up'\ntype = 'tcp'\nport = 80\ninterval = 5000\n")["checks"]
    assert checks == {"up": {"type": "tcp", "port": 80, "interval": "5s"}}


def test_ft27_concurrency_may_be_two_numbers_in_a_text(config: Config, refused: Refused) -> None:
    service = config("[[services]]\ninternal_port = 1\nconcurrency = '12,23'\n")["services"][0]
    assert service["concurrency"] == {"type": "requests", "soft_limit": 12, "hard_limit": 23}
    assert refused("[[services]]\nconcurrency = 'many'\n").startswith("services[0].concurrency: ")


def test_ft28_ports_of_services_may_be_text(config: Config, refused: Refused) -> None:
    service = config("[[services]]\ninternal_port = '8080'\n[[services.ports]]\nport = '80'\n")["services"][0]
    assert (service["internal_port"], service["ports"]) == (8080, [{"port": 80}])
    assert refused("[[services]]\ninternal_port = 'http'\n").startswith("services[0].internal_port: ")
    assert refused("[[services]]\n[[services.ports]]\nport = 'x'\n").startswith("services[0].ports[0].port: ")
    assert refused("[http_service]\ninternal_port = '8080'\n").startswith("http_service.internal_port: ")


def test_ft29_headers_may_be_a_list_and_hold_what_is_no_text(config: Config) -> None:
    text = "[checks.up]\ntype = 'http'\nport = 1\n"
    wanted = [{"name": "Host", "values": ["a"]}, {"name": "X", "values": ["1"]}]
    rows = "headers = [{name = 'Host', value = 'a'}, {name = 'X', value = 1}]\n"
    assert config(text + rows)["checks"]["up"]["headers"] == wanted
    assert config(text + "headers = {Host = 'a', X = 1}\n")["checks"]["up"]["headers"] == wanted
    service = "[[services]]\n[[services.http_checks]]\nheaders = {Host = 'a', X = 1}\n"
    assert config(service)["services"][0]["checks"][0]["headers"] == wanted


@pytest.mark.parametrize("empty", ["[]", "{}"])
def test_ft29_no_headers_are_none(config: Config, empty: str) -> None:
    assert (
        "headers" not in config(f"[checks.up]\ntype = 'http'\nport = 1\nheaders = {empty}\n")["checks"]["up"]
    )


def test_ft29_headers_of_http_service_are_a_map_of_texts(refused: Refused) -> None:
    text = "[http_service]\n[[http_service.checks]]\nheaders = "
    for headers in ("{X = 1}", "[{name = 'X', value = '1'}]"):
        assert refused(text + headers).startswith("http_service.checks[0].headers")
    assert refused("[checks.up]\nheaders = ['Host']").startswith("checks.up.headers[0]")


def test_ft30_experimental_texts_are_one_word(config: Config) -> None:
    made = config("[experimental]\ncmd = 'run it'\nentrypoint = 'a b'\nexec = 'c d'\n")
    assert made["init"] == {"cmd": ["run it"], "entrypoint": ["a b"], "exec": ["c d"]}


def test_ft31_an_experimental_kill_timeout_counts_where_there_is_no_other(config: Config) -> None:
    experimental = "[experimental]\nkill_timeout = 3\n"
    assert config(experimental)["stop_config"] == {"timeout": "3s"}
    assert config("kill_timeout = 9\n" + experimental)["stop_config"] == {"timeout": "9s"}


def test_ft32_experimental_metrics_count_where_there_are_no_others(config: Config) -> None:
    experimental = "[experimental]\nmetrics_port = 9000\nmetrics_path = '/m'\n"
    assert config(experimental)["metrics"] == {"port": 9000, "path": "/m"}
    # flyctl puts [metric] before what it has moved to [metrics], and takes the first
    assert config(experimental + "[metric]\nport = 1\n")["metrics"] == {"port": 1}
    assert config(experimental + "[metrics]\nport = 1\n")["metrics"] == {"port": 1}


def test_ft33_build_target_has_two_spellings(read: Read) -> None:
    assert read("[build]\nbuild_target = 'a'\n").warnings == ()
    assert read("[build]\nbuild-target = 'a'\n").warnings == ()


@pytest.mark.parametrize(
    ("written", "sent"),
    [("true", "stop"), ("false", "off"), ("'off'", "off"), ("'stop'", "stop"), ("'suspend'", "suspend")],
)
def test_ft34_machines_are_stopped_by_word_or_flag(config: Config, written: str, sent: str) -> None:
    assert config(f"[http_service]\nauto_stop_machines = {written}\n")["services"][0]["autostop"] == sent


@pytest.mark.parametrize("written", ["'on'", "1", "['stop']"])
def test_ft34_other_words_are_refused(refused: Refused, written: str) -> None:
    message = refused(f"[http_service]\nauto_stop_machines = {written}\n")
    assert message.startswith("http_service.auto_stop_machines: ")


def test_ft35_keys_of_nomad_are_ignored_with_a_warning(read: Read) -> None:
    toml = read(
        "[experimental]\nallowed_public_ports = []\nauto_rollback = true\n"
        "[[services]]\ninternal_port = 8080\nprotocol = 'tcp'\nscript_checks = []\n"
        "[[services.ports]]\nport = 80\nhandlers = ['http']\n"
        "[[services.tcp_checks]]\ninterval = '15s'\nrestart_limit = 0\n"
    )
    assert [each.partition(":")[0] for each in toml.warnings] == [
        "experimental.allowed_public_ports",
        "services[0].script_checks",
        "services[0].tcp_checks[0].restart_limit",
    ]
    assert toml.groups["app"].config["services"][0]["checks"] == [{"type": "tcp", "interval": "15s"}]


@pytest.mark.parametrize("key", ["restart", "files", "statics", "machine_checks", "http_service.checks"])
def test_ft36_one_table_where_an_array_belongs_is_refused(refused: Refused, key: str) -> None:
    message = refused(f"[{key}]\n")
    assert message.startswith(f"{key}: is a table; write an array of tables: [[{key}]].")


def test_ft36_what_to_write_has_no_number_in_it(refused: Refused) -> None:
    message = refused("[[services]]\nports = 80")
    assert message == ("services[0].ports: is a number; write an array of tables: [[services.ports]].")


def test_ft36_two_http_services_are_refused(refused: Refused) -> None:
    assert refused("[[http_service]]\n[[http_service]]\n").startswith(
        "http_service: is an array; it must be a table"
    )


@pytest.mark.parametrize("key", ["mounts", "vm", "metrics"])
def test_neither_table_nor_array_is_refused(refused: Refused, key: str) -> None:
    assert refused(f"{key} = 5\n").startswith(f"{key}: is a number")
    assert refused(f"{key} = [5]\n").startswith(f"{key}[0]: is a number")
