"""What flyctl refuses, what it only warns of, and what it takes in silence (FT-200 to FT-210)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.flytoml.conftest import Read, Refused

GROUPS = "[processes]\nweb = ''\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[env\n", "is not valid TOML"),
        ("kill_signal = 1", "kill_signal"),
        ('[deploy]\nrelease_command = "a \'b"', "deploy.release_command"),
        ('console_command = "a \'b"', "console_command"),
        ('[processes]\nweb = "a \'b"', "processes.web"),
        ("[deploy]\nstrategy = 'fast'", "deploy.strategy"),
        ("[deploy]\nstrategy = 'canary'\n[mount]\nsource = 'a'\ndestination = '/a'", "deploy.strategy"),
        ("[checks.up]\nport = 1", "checks.up.type"),
        ("[checks.up]\nport = 1\ntype = 'tcp'\ninterval = '1s'", "checks.up.interval"),
        ("[checks.up]\nport = 1\ntype = 'tcp'\ntimeout = '2m'", "checks.up.timeout"),
        (f"{GROUPS}[[services]]\ninternal_port = 1", "services[0].processes"),
        (f"{GROUPS}[http_service]\ninternal_port = 1", "http_service.processes"),
        (f"{GROUPS}[[services]]\nprocesses = ['x']", "services[0].processes"),
        (f"{GROUPS}[[restart]]\npolicy = 'always'\nprocesses = ['x']", "restart[0].processes"),
        ("[[restart]]\npolicy = 'no'", "restart[0].policy"),
        ("[mount]\nsource = 'a'\ndestination = '/a'\ninitial_size = '1mb'", "mounts[0].initial_size"),
        (
            "[mount]\nsource = 'a'\ndestination = '/a'\nsnapshot_retention = 90",
            "mounts[0].snapshot_retention",
        ),
        (
            "[mount]\nsource = 'a'\ndestination = '/a'\nauto_extend_size_threshold = 5",
            "mounts[0].auto_extend_size_threshold",
        ),
        ("[build]\ncompression = 'xz'", "build.compression"),
        ("[build]\ncompression_level = 99", "build.compression_level"),
        ("[checks.up]\ntype = 'tcp'", "checks.up.port"),
        ("[[vm]]\nsize = 'x'", "vm[0].size"),
        ("[[vm]]\nmemory = '0'", "vm[0].memory"),
        ('container = \'x\'\nmachine_config = \'{"containers": [{"name": "a"}]}\'', "container"),
        ("machine_config = 'x.txt'", "machine_config"),
        ("[[files]]\nguest_path = '/a'\nlocal_path = 'none'", "files[0].local_path"),
    ],
)
def test_ft200_what_flyctl_refuses(refused: Refused, text: str, key: str) -> None:
    message = refused(text)
    assert key in message
    assert message.startswith((key, " is not valid TOML"))


def test_ft200_an_app_has_a_name(refused: Refused) -> None:
    assert refused("", bare=True).startswith("app: ")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[build]\nbuilder = 'a'\ndockerfile = 'D'", "build"),
        ("[[services]]\ninternal_port = 1", "services[0]"),
        ("[http_service]\n[[http_service.checks]]\ninterval = '2m'", "http_service.checks[0].interval"),
        ("[env]\nDATABASE_URL = 'x'", "env.DATABASE_URL"),
        ("[deploy]\nstrategy = 'immediate'\nmax_unavailable = 1", "deploy.max_unavailable"),
    ],
)
def test_ft201_what_flyctl_warns_of(read: Read, text: str, key: str) -> None:
    assert [each.partition(":")[0] for each in read(text).warnings] == [key]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("[[metrics]]\nport = 1\nprocesses = ['none']", True),
        ("[mount]\nsource = 'a'\ndestination = '/'", True),
        ("[env]\nFLY_X = '1'", True),
        ("kill_signal = 'SIGNONE'", False),
        ("[http_service]\ninternal_port = 99999", False),
        ("[http_service.concurrency]\ntype = 'donuts'", False),
        ("[[services]]\nprotocol = 'sctp'\n[[services.ports]]\nport = 1\nhandlers = ['x']", False),
        ("primary_region = 'zzz'", False),
    ],
)
def test_ft202_what_flyctl_takes_in_silence_is_warned_of_where_that_helps(
    read: Read, text: str, *, warned: bool
) -> None:
    toml = read(f"app = 'shop'\n{text}\n", bare=True)
    assert bool(toml.warnings) == warned


def test_ft202_unknown_keys_are_refused(refused: Refused) -> None:
    assert "did you mean 'env'?" in refused("envs = {}")


def test_ft210_what_fly_launch_writes(read: Read) -> None:
    toml = read(
        """
        [build]

        [http_service]
          internal_port = 8080
          force_https = true
          auto_stop_machines = 'stop'
          auto_start_machines = true
          min_machines_running = 0
          processes = ['app']

        [[vm]]
          memory = '1gb'
          cpu_kind = 'shared'
          cpus = 1
        """
    )
    assert toml.warnings == ()
    config = toml.groups["app"].config
    assert config["guest"] == {"cpu_kind": "shared", "cpus": 1, "memory_mb": 1024}
    assert config["services"] == [
        {
            "protocol": "tcp",
            "internal_port": 8080,
            "autostop": "stop",
            "autostart": True,
            "min_machines_running": 0,
            "ports": [
                {"port": 80, "handlers": ["http"], "force_https": True},
                {"port": 443, "handlers": ["http", "tls"]},
            ],
        }
    ]
    assert [each.kind for each in toml.resources(None)] == ["app", "machine", "machine", "address", "address"]
