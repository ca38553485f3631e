"""Arguments that there are not: first guesses are answered with the right word."""

from __future__ import annotations

import asyncio
import copy
import inspect
import pickle
from typing import Any

import pytest

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    IpAddress,
    Machine,
    RateLimit,
    RetryPolicy,
    Volume,
)
from fly_resources.errors import ConfigurationError
from tests.unit.fakes import Script

SHOP = App("shop")


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        (Machine, {"image": "nginx"}, r"Machine has no argument 'image': use config=\{'image': 'nginx'\}"),
        (Machine, {"config": {}, "env": {}}, r"use config=\{'env'"),
        (Machine, {"config": {}, "volume": "x"}, "use mounts="),
        (Machine, {"config": {}, "regoin": "iad"}, "use region"),
        (Machine, {"config": {}, "zzz": 1}, "its arguments are app, config, extra"),
        (App, {"region": "iad"}, "App has no argument 'region': use primary_region"),
        (App, {"org_slug": "x"}, "use org"),
        (Volume, {"size": 1, "region": "iad"}, "Volume has no argument 'size': use size_gb"),
        (FlySecret, {"key": "A", "value": "b"}, "use name"),
        (Certificate, {"domain": "a.example"}, "use hostname"),
        (IpAddress, {"kind": "v4"}, "use type"),
    ],
)
def test_a_noun_names_the_argument_that_is_meant(kind: Any, arguments: dict[str, Any], said: str) -> None:  # noqa: ANN401  # a noun
    with pytest.raises(ConfigurationError, match=said) as caught:
        kind(*(["shop"] if kind is App else [SHOP, "a"]), **arguments)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        (RetryPolicy, "max_attempts", "RetryPolicy has no argument 'max_attempts': use attempts."),
        (RetryPolicy, "retries", "RetryPolicy has no argument 'retries': use attempts."),
        (RetryPolicy, "timeout", r"use deadline_s \(seconds\)"),
        (RetryPolicy, "budgit", "use budget"),
        (RateLimit, "rate", "RateLimit has no argument 'rate': use per_second."),
        (RateLimit, "zzz", "its arguments are app_deletions_per_minute, burst"),
    ],
)
def test_a_policy_names_the_argument_that_is_meant(kind: Any, name: str, said: str) -> None:  # noqa: ANN401  # a class
    with pytest.raises(ConfigurationError, match=said):
        kind(**{name: 3})


@pytest.mark.parametrize(
    ("verb", "arguments", "said"),
    [
        ("ensure", {"dry_run": True}, r"ensure has no argument 'dry_run': use fly\.plan\(\.\.\.\)"),
        ("ensure", {"timeout": 30}, "use timeout_s"),
        ("ensure", {"max_unavailble": 2}, "use max_unavailable"),
        ("ensure", {"owner": "me"}, r"use Fly\(owner="),
        ("destroy", {"dry_run": True}, r"use fly\.plan"),
        ("plan", {"timeout": 30}, "has no argument 'timeout'"),
        (
            "run",
            {"app": "shop", "config": {}, "mounts": {}},
            "'mounts': its arguments are app, command, config",
        ),
        ("wait", {"timeout": 30}, "use timeout_s"),
        ("read", {"timeout": 30}, "has no argument 'timeout'"),
        ("lease", {"ttl": 30}, "use ttl_s"),
    ],
)
def test_a_verb_names_the_argument_that_is_meant(verb: str, arguments: dict[str, Any], said: str) -> None:
    script = Script(200)
    with Fly("test", transport=script) as fly, pytest.raises(ConfigurationError, match=f"Fly.{said}|{said}"):
        getattr(fly, verb)(SHOP, **arguments)

    async def run() -> None:
        async with AsyncFly("test", transport=script) as fly:
            with pytest.raises(ConfigurationError, match=said):
                await getattr(fly, verb)(SHOP, **arguments)

    asyncio.run(run())
    assert script.sent == 0


def test_nothing_else_changes() -> None:
    noun = Volume(SHOP, "data", 2, region="iad")
    assert copy.deepcopy(noun).settings() == pickle.loads(pickle.dumps(noun)).settings() == noun.settings()  # noqa: S301  # ours
    assert list(inspect.signature(App).parameters) == ["name", "org", "network", "primary_region", "protect"]
    assert inspect.iscoroutinefunction(AsyncFly.ensure)
    assert "smoke_s" in inspect.signature(Fly.ensure).parameters
