"""Hypothesis strategies for what users declare: machine configs that the service accepts, however spelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from fly_resources import Secret

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Config = dict[str, Any]

#: Keys that users choose: environment variables, metadata, checks. Everything that a marker could stumble on.
user_keys: Final = st.one_of(
    st.sampled_from(
        ["A", "B", "LOG_LEVEL", "a b", "a/b", "~", "~1", "~5", "7", "007", "", ".", "timeout", "ä"]
    ),
    st.text(max_size=6),
)
texts: Final = st.one_of(st.sampled_from(["", "x", "60s", "1m", "true", "0"]), st.text(max_size=8))
ports: Final = st.integers(1, 65535)
#: The same times in several spellings, as Go prints them and otherwise, and as integer nanoseconds.
durations: Final = st.one_of(
    st.sampled_from(["10s", "60s", "1m", "1m0s", "90s", "1m30s", "1.5m", "1500ms", "1h", "2h0m0s", "100us"]),
    st.integers(1, 600).map(lambda seconds: seconds * 10**9),
)
images: Final = st.sampled_from(["nginx:alpine", "nginx:1.27", "registry.fly.io/app:v1", "redis"])
commands: Final = st.lists(texts, min_size=1, max_size=3)


def some(**fields: SearchStrategy[Any]) -> SearchStrategy[Config]:
    """Return objects that hold any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def _guests() -> SearchStrategy[Config]:
    shared = st.sampled_from([1, 2, 4, 6, 8]).flatmap(
        lambda cpus: st.integers(cpus, cpus * 8).map(
            lambda steps: {"cpu_kind": "shared", "cpus": cpus, "memory_mb": steps * 256}
        )
    )
    performance = st.sampled_from([1, 2, 4]).map(
        lambda cpus: {"cpu_kind": "performance", "cpus": cpus, "memory_mb": 2048 * cpus}
    )
    return st.one_of(shared, performance)


_check: Final = some(
    type=st.sampled_from(["tcp", "http"]),
    port=ports,
    path=texts,
    interval=durations,
    timeout=durations,
    grace_period=durations,
)
_port: Final = st.fixed_dictionaries(
    {"port": ports},
    optional={
        "handlers": st.lists(st.sampled_from(["http", "tls", "pg_tls"]), max_size=2, unique=True),
        "force_https": st.booleans(),
    },
)
_service: Final = st.fixed_dictionaries(
    {"protocol": st.sampled_from(["tcp", "udp"]), "internal_port": ports},
    optional={
        "ports": st.lists(_port, max_size=3),
        "checks": st.lists(_check, max_size=2),
        "autostop": st.sampled_from(["off", "stop", "suspend", True, False]),
        "autostart": st.booleans(),
        "min_machines_running": st.integers(0, 3),
        "concurrency": some(type=st.just("requests"), soft_limit=ports, hard_limit=ports),
    },
)
_sizes: Final[SearchStrategy[Config]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"guest": _guests()}),
    st.sampled_from(["shared-cpu-1x", "shared-cpu-4x", "performance-2x"]).map(lambda name: {"size": name}),
)
_rest: Final = st.fixed_dictionaries(
    {"image": images},
    optional={
        "env": st.dictionaries(user_keys, texts, max_size=4),
        "metadata": st.dictionaries(user_keys, texts.filter(bool), max_size=3),
        "services": st.lists(_service, max_size=3),
        "checks": st.dictionaries(user_keys, _check, max_size=3),
        "init": some(cmd=commands, entrypoint=commands, exec=commands, tty=st.booleans()),
        "restart": some(
            policy=st.sampled_from(["no", "always", "on-failure"]), max_retries=st.integers(1, 9)
        ),
        "stop_config": some(signal=st.sampled_from(["SIGINT", "SIGTERM"]), timeout=durations),
        "files": st.lists(
            st.fixed_dictionaries({"guest_path": texts, "raw_value": st.just("aGk=")}), max_size=2
        ),
        "schedule": st.sampled_from(["hourly", "daily"]),
        "auto_destroy": st.just(False),  # noqa: FBT003  # the declared value
    },
)
#: Whole machine configs.
configs: Final[SearchStrategy[Config]] = st.builds(lambda rest, size: {**rest, **size}, _rest, _sizes)

_confusing_keys: Final = st.sampled_from(
    ["env", "checks", "guest", "size", "cpus", "timeout", "stop_config", "autostop", "files", "0", "", "a/b"]
)
_scalars: Final = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["", "1s", "stop", "x"]))
_trees: Final = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_confusing_keys, inner, max_size=3)),
    max_leaves=12,
)
#: Objects that are no config at all, but use its words: what the comparison must survive.
objects: Final[SearchStrategy[Config]] = st.dictionaries(_confusing_keys, _trees, max_size=4)

#: No part of it is likely to turn up by itself.
HIDDEN: Final = "s3cr3t"


@st.composite
def configs_with_secrets(draw: st.DrawFn) -> Config:
    """Return configs in which some values are `Secret`, each containing `HIDDEN`."""
    config = draw(configs)
    secrets = st.text(max_size=3).map(lambda text: Secret(f"{HIDDEN}{text}"))
    if draw(st.booleans()):
        config["env"] = {**config.get("env", {}), **draw(st.dictionaries(user_keys, secrets, max_size=3))}
    if draw(st.booleans()):
        config["files"] = [
            {"guest_path": "/etc/key", "raw_value": draw(secrets)} for _ in range(draw(st.integers(1, 3)))
        ]
    if draw(st.booleans()):
        config["init"] = {**config.get("init", {}), "cmd": ["serve", "--key", draw(secrets)]}
    if draw(st.booleans()):
        config["processes"] = [{"env": {"KEY": draw(secrets)}, "cmd": [draw(secrets)]}]
    return config
