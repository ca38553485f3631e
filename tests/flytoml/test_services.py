"""Services, their checks, and the checks of a machine (FT-75 to FT-89)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flytoml.conftest import Read, Refused

    Config = Callable[..., dict[str, Any]]

HTTP = "[http_service]\ninternal_port = 8080\n"


def test_ft75_http_service_comes_first(config: Config) -> None:
    services = config(f"[[services]]\ninternal_port = 1\n[[services]]\ninternal_port = 2\n{HTTP}")["services"]
    assert [each["internal_port"] for each in services] == [8080, 1, 2]


def test_ft76_http_service_has_two_ports(config: Config) -> None:
    assert config(HTTP)["services"] == [
        {
            "protocol": "tcp",
            "internal_port": 8080,
            "ports": [{"port": 80, "handlers": ["http"]}, {"port": 443, "handlers": ["http", "tls"]}],
        }
    ]
    options = (
        f"{HTTP}force_https = true\n[http_service.http_options]\ncompress = true\n"
        "[http_service.tls_options]\nalpn = ['h2']\ndefault_self_signed = false\n"
    )
    plain, secure = config(options)["services"][0]["ports"]
    assert plain == {
        "port": 80,
        "handlers": ["http"],
        "force_https": True,
        "http_options": {"compress": True},
    }
    assert secure == {
        "port": 443,
        "handlers": ["http", "tls"],
        "http_options": {"compress": True},
        "tls_options": {"alpn": ["h2"], "default_self_signed": False},
    }


def test_ft77_nothing_is_filled_in(config: Config) -> None:
    service = config("[[services]]\nauto_start_machines = true\n[[services.ports]]\nport = 80\n")["services"]
    assert service == [{"autostart": True, "ports": [{"port": 80}]}]


def test_ft78_stopping_and_starting_have_other_names(config: Config) -> None:
    text = "auto_stop_machines = 'suspend'\nauto_start_machines = false\nmin_machines_running = 0\n"
    wanted = {"autostop": "suspend", "autostart": False, "min_machines_running": 0}
    for section in (HTTP, "[[services]]\ninternal_port = 8080\n"):
        assert wanted.items() <= config(section + text)["services"][0].items()
    assert not wanted.keys() & config(HTTP)["services"][0].keys()


def test_ft79_ports_are_as_they_are_written(config: Config) -> None:
    text = """
        [[services]]
        [[services.ports]]
        start_port = 100
        end_port = 200
        handlers = ["tls"]
        force_https = false
        proxy_proto_options = { version = "v2" }
        tls_options = { versions = ["TLSv1.3"] }
        [services.ports.http_options]
        h2_backend = true
        idle_timeout = 60
        headers_read_timeout = 15
        [[services.ports.http_options.replay_cache]]
        path_prefix = "/"
        ttl_seconds = 60
        type = "cookie"
        name = "s"
        allow_bypass = true
        [services.ports.http_options.response]
        pristine = true
        headers = { X = "1", Y = ["1", "2"], Z = false }
    """
    assert config(text)["services"] == [
        {
            "ports": [
                {
                    "start_port": 100,
                    "end_port": 200,
                    "handlers": ["tls"],
                    "proxy_proto_options": {"version": "v2"},
                    "tls_options": {"versions": ["TLSv1.3"]},
                    "http_options": {
                        "h2_backend": True,
                        "idle_timeout": 60,
                        "headers_read_timeout": 15,
                        "replay_cache": [
                            {
                                "path_prefix": "/",
                                "ttl_seconds": 60,
                                "type": "cookie",
                                "name": "s",
                                "allow_bypass": True,
                            }
                        ],
                        "response": {"pristine": True, "headers": {"X": "1", "Y": ["1", "2"], "Z": False}},
                    },
                }
            ]
        }
    ]


@pytest.mark.parametrize("value", ["true", "1", "[1]"])
def test_ft79_a_header_is_text_texts_or_false(refused: Refused, value: str) -> None:
    message = refused(f"{HTTP}[http_service.http_options.response.headers]\nX = {value}\n")
    assert message.startswith("http_service.http_options.response.headers.X")


def test_ft80_concurrency_is_not_checked(config: Config) -> None:
    text = "[http_service.concurrency]\ntype = 'donuts'\nhard_limit = 10\nsoft_limit = 0\n"
    assert config(text)["services"][0]["concurrency"] == {"type": "donuts", "hard_limit": 10}


HTTP_CHECK = (
    "interval = '10s'\ntimeout = '2s'\ngrace_period = '5s'\nmethod = 'get'\npath = '/up'\n"
    "protocol = 'https'\ntls_skip_verify = false\ntls_server_name = 'a.example'\n"
)
SENT = {
    "type": "http",
    "interval": "10s",
    "timeout": "2s",
    "grace_period": "5s",
    "method": "get",
    "path": "/up",
    "protocol": "https",
    "tls_skip_verify": False,
    "tls_server_name": "a.example",
}


def test_ft81_tcp_checks_come_before_http_checks(config: Config) -> None:
    services = config(
        f"[[services]]\n[[services.http_checks]]\n{HTTP_CHECK}[[services.tcp_checks]]\ninterval = '9s'\n"
        f"[http_service]\n[[http_service.checks]]\n{HTTP_CHECK}"
    )["services"]
    assert services[0]["checks"] == [SENT]
    assert services[1]["checks"] == [{"type": "tcp", "interval": "9s"}, SENT]


def test_ft82_headers_are_a_list_of_names_and_values(config: Config) -> None:
    check = "[[http_service.checks]]\n[http_service.checks.headers]\nB = '1'\nA = '2'\n"
    assert config(HTTP + check)["services"][0]["checks"][0]["headers"] == [
        {"name": "B", "values": ["1"]},
        {"name": "A", "values": ["2"]},
    ]


@pytest.mark.parametrize(
    ("time", "warned"),
    [
        ("interval = '500ms'", True),
        ("interval = '1s'", False),
        ("timeout = '61s'", True),
        ("timeout = '1m'", False),
        ("grace_period = '0s'", False),
        ("grace_period = '1ms'", True),
    ],
)
def test_ft83_times_that_the_service_moves_are_warned_of(read: Read, time: str, *, warned: bool) -> None:
    warnings = read(f"{HTTP}[[http_service.checks]]\n{time}\n").warnings
    key = time.partition(" ")[0]
    assert [each.partition(":")[0] for each in warnings] == (
        [f"http_service.checks[0].{key}"] if warned else []
    )


def test_ft84_odd_services_are_warned_of(read: Read) -> None:
    assert "services[0]: it has no ports" in read("[[services]]\ninternal_port = 1\n").warnings[0]
    port = "[[services.ports]]\nport = 80\nhandlers = ['http']\n"
    twice = read(f"{HTTP}[[services]]\nprotocol = 'tcp'\ninternal_port = 1\n{port}")
    assert twice.warnings == ("services: group 'app' serves tcp 80 2 times.",)
    udp = read("[[services]]\nprotocol = 'udp'\nauto_start_machines = true\n[[services.ports]]\nport = 53\n")
    assert udp.warnings[0].startswith("services[0].auto_start_machines: ")


@pytest.mark.parametrize(
    ("ports", "shared"),
    [
        (["start_port = 8000\nend_port = 8100", "port = 8080"], "tcp 8000-8100 and 8080"),
        (
            ["start_port = 8000\nend_port = 8100", "start_port = 8100\nend_port = 8200"],
            "tcp 8000-8100 and 8100-8200",
        ),
        (["start_port = 9000", "port = 9001"], "tcp 9000-65535 and 9001"),
        (["end_port = 100", "port = 80"], "tcp 0-100 and 80"),
        (["port = 1\nstart_port = 1\nend_port = 2"], "tcp 1 and 1-2"),
        (["start_port = 8000\nend_port = 8100", "port = 8101"], None),
        (["start_port = 8000\nend_port = 8100", "start_port = 8101\nend_port = 8200"], None),
    ],
)
def test_ft84_ranges_of_ports_that_overlap_are_warned_of(
    read: Read, ports: list[str], shared: str | None
) -> None:
    rows = "".join(f"[[services.ports]]\n{each}\n" for each in ports)
    service = f"[[services]]\nprotocol = 'tcp'\ninternal_port = 1\n{rows}"
    udp = "[[services]]\nprotocol = 'udp'\ninternal_port = 1\n[[services.ports]]\nport = 8080\n"
    said = [each for each in read(service + udp).warnings if "group" in each]
    assert said == ([f"services: group 'app' serves {shared}, which overlap."] if shared else [])


def test_ft84_a_range_that_is_given_twice_is_warned_of(read: Read) -> None:
    row = "[[services.ports]]\nstart_port = 8000\nend_port = 8100\n"
    said = read(f"[[services]]\nprotocol = 'tcp'\ninternal_port = 1\n{row}{row}").warnings
    assert said[0] == "services: group 'app' serves tcp 8000-8100 2 times."


def test_ft85_no_force_instance_key_is_written(config: Config) -> None:
    assert "force_instance_key" not in config(HTTP)["services"][0]


def test_ft87_top_level_checks(config: Config) -> None:
    text = f"[checks.up]\ntype = 'http'\nport = 1\n{HTTP_CHECK}[checks.db]\ntype = 'tcp'\nport = 2\n"
    assert config(text)["checks"] == {
        "up": {**SENT, "port": 1, "method": "GET"},
        "db": {"type": "tcp", "port": 2},
    }


@pytest.mark.parametrize("kind", ["", "type = 'HTTP'\n", "type = 'script'\n"])
def test_ft87_a_check_has_one_of_two_types(refused: Refused, kind: str) -> None:
    assert refused(f"[checks.up]\nport = 1\n{kind}").startswith("checks.up.type: is ")


def test_ft87_readiness_cannot_be_written(refused: Refused) -> None:
    assert refused("[checks.up]\nport = 1\ntype = 'tcp'\nkind = 'readiness'\n").startswith("checks.up.kind: ")


def test_ft88_a_check_without_a_port_takes_that_of_http_service(config: Config, refused: Refused) -> None:
    check = "[checks.up]\ntype = 'tcp'\n"
    assert config(HTTP + check)["checks"]["up"]["port"] == 8080
    message = refused(check)
    assert message.startswith("checks.up.port: is missing")
    groups = f"[processes]\nweb = ''\nwork = ''\n{HTTP}processes = ['web']\n{check}processes = ['work']\n"
    assert "group 'work' has no [http_service]" in refused(groups)


@pytest.mark.parametrize("time", ["interval = '1999ms'", "timeout = '61s'", "interval = 1000"])
def test_ft89_times_of_top_level_checks_have_bounds(refused: Refused, time: str) -> None:
    key = time.partition(" ")[0]
    assert refused(f"[checks.up]\ntype = 'tcp'\nport = 1\n{time}\n").startswith(f"checks.up.{key}: is ")


def test_ft89_the_bounds_themselves_are_fine(config: Config) -> None:
    text = "[checks.up]\ntype = 'tcp'\nport = 1\ninterval = '2s'\ntimeout = '60s'\n"
    assert config(text)["checks"]["up"] == {"type": "tcp", "port": 1, "interval": "2s", "timeout": "1m0s"}
