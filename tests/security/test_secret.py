"""A `Secret` and what holds one show nothing of it, whoever looks."""

from __future__ import annotations

import ast
import copy
import io
import json
import pickle
import pprint
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from fly_machines.api.machines import machines_list
from rich.console import Console
from rich.pretty import pretty_repr

from fly_resources import (
    App,
    AsyncFly,
    Certificate,
    Fly,
    FlySecret,
    Machine,
    RateLimit,
    RetryPolicy,
    Secret,
    Volume,
    errors,
)
from fly_resources.testing import FlySimulator
from tests.security.canaries import KEY_PEM, MARK, TOKEN, Seen, holds_a_secret

if TYPE_CHECKING:
    from collections.abc import Callable


TESTS = Path(__file__).parents[1]
VALUE = f"p4ss-{MARK}"
HOLDERS: dict[str, Any] = {
    "secret": Secret(VALUE),
    "in a list": [Secret(VALUE)],
    "in a mapping": {"key": Secret(VALUE)},
    "fly secret of text": FlySecret("web", "K", VALUE),
    "fly secret": FlySecret("web", "K", Secret(VALUE)),
    "certificate": Certificate("web", "www.example.com", VALUE, VALUE),
    "machine": Machine("web", "server", {"image": "x", "env": {"A": Secret(VALUE)}}),
    "extra": Machine("web", "server", {"image": "x"}, extra={"key": Secret(VALUE)}),
}
WAYS: dict[str, Callable[[Any], str]] = {
    "repr": repr,
    "str": str,
    "format": lambda thing: f"{thing} {thing!r} {thing!s} {thing!a}",
    "percent": lambda thing: "%s %r %a" % (thing, thing, thing),  # noqa: UP031  # one more way
    "pprint": pprint.pformat,
    "rich": lambda thing: pretty_repr(thing, expand_all=True),
    "json": lambda thing: json.dumps(thing, default=repr),
    "settings": lambda thing: repr(thing.settings()) if hasattr(thing, "settings") else "",
    "attrs": lambda thing: repr(attrs.asdict(thing)) if attrs.has(type(thing)) else "",
    "tuple": lambda thing: repr(attrs.astuple(thing)) if attrs.has(type(thing)) else "",
    "copy": lambda thing: repr(copy.deepcopy(thing)) + repr(copy.copy(thing)),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS.keys())
def test_it_shows_nothing(holder: object, way: Callable[[Any], str]) -> None:
    assert not holds_a_secret(way(holder))


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS.keys())
def test_a_traceback_with_local_variables_shows_nothing_of_it(holder: object) -> None:
    screen = io.StringIO()
    console = Console(file=screen, width=200)
    try:
        repr(holder) + 1  # type: ignore[operator]  # the mistake
    except TypeError:
        console.print_exception(show_locals=True)
    assert "holder" in screen.getvalue()
    assert not holds_a_secret(screen.getvalue())


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS.keys())
def test_it_is_not_written_down(holder: object) -> None:
    with pytest.raises(TypeError, match="pickle") as caught:
        pickle.dumps(holder)
    assert not holds_a_secret(str(caught.value))


def test_it_gives_its_value_back() -> None:
    kept = Secret(VALUE)
    assert kept.reveal() == VALUE
    assert copy.deepcopy(kept) is kept
    assert copy.copy(kept) is kept
    assert kept == Secret(VALUE)
    assert kept != VALUE
    assert kept != Secret("o-2")
    assert len({kept, Secret(VALUE), Secret("o-2")}) == 2
    with pytest.raises(AttributeError, match="is immutable"):
        kept.value = "other"
    assert not hasattr(kept, "__dict__")


class SecretStr:
    """What another library calls a secret."""

    def __repr__(self) -> str:
        return VALUE


#: What is given in the wrong place or form.
MISTAKES: dict[str, Callable[[], object]] = {
    "secret of bytes": lambda: Secret(VALUE.encode()),  # type: ignore[arg-type]  # the mistake
    "value of bytes": lambda: FlySecret("web", "K", VALUE.encode()),  # type: ignore[arg-type]  # the mistake
    "value of another library": lambda: FlySecret("web", "K", SecretStr()),  # type: ignore[arg-type]  # the mistake
    "key of bytes": lambda: Certificate("web", "a.example", "chain", KEY_PEM.encode()),  # type: ignore[arg-type]  # the mistake
    "half a certificate": lambda: Certificate("web", "a.example", private_key=KEY_PEM),
    "name and value swapped": lambda: FlySecret("web", VALUE, "DATABASE_URL"),
    "key as hostname": lambda: Certificate("web", KEY_PEM, "www.example.com"),
    "base url with password": lambda: Fly("t", base_url=f"https://user:{VALUE}@api.example"),
    "base url with password, http": lambda: Fly("t", base_url=f"http://user:{VALUE}@localhost"),
    "base url with password as port": lambda: Fly("t", base_url=f"https://user:{VALUE}"),
    "base url with password and slash": lambda: Fly("t", base_url=f"https://user:{VALUE}/x@api.example"),
    "base url with token in query": lambda: Fly("t", base_url=f"https://api.example?token={VALUE}"),
    "base url with line break": lambda: Fly("t", base_url=f"https://user:{VALUE}\n@api.example"),
    "token with line break": lambda: Fly(f"{VALUE}\nX-Other: 1"),
    "token that is not ASCII": lambda: AsyncFly(Secret(f"{VALUE}\xe9")),
    "token of bytes": lambda: Fly(VALUE.encode()),  # type: ignore[arg-type]  # the mistake
}


@pytest.mark.parametrize("make", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_with_it_is_reported_without_it(make: Callable[[], object]) -> None:
    seen = Seen()
    with pytest.raises(errors.ConfigurationError) as caught:
        make()
    seen.error(caught.value)
    assert seen.leaks() == []


_CONFIGS: dict[str, Any] = {
    "env is a list": {"image": "x", "env": [Secret(VALUE)]},
    "env is a secret": {"image": "x", "env": Secret(VALUE)},
    "a key is unknown": {"image": "x", "evn": {"A": Secret(VALUE)}},
    "services is a secret": {"image": "x", "services": Secret(VALUE)},
    "a port is a secret": {"image": "x", "services": [{"internal_port": Secret(VALUE)}]},
    "cpus are a secret": {"image": "x", "guest": {"cpus": Secret(VALUE)}},
    "checks are a secret": {"image": "x", "checks": [Secret(VALUE)]},
    "it is a secret": Secret(VALUE),
    "files is a secret": {"image": "x", "files": Secret(VALUE)},
}


@pytest.mark.parametrize("config", _CONFIGS.values(), ids=_CONFIGS.keys())
def test_a_config_that_cannot_be_is_reported_without_its_secrets(config: Any) -> None:  # noqa: ANN401  # a mistake
    seen = Seen()
    with Fly("t") as fly, pytest.raises(errors.ConfigurationError) as caught:
        fly.plan(Machine("web", "server", config))
    seen.error(caught.value)
    assert seen.leaks() == []


@pytest.mark.parametrize("spelling", [TOKEN, TOKEN.removeprefix("FlyV1 "), f"Bearer {TOKEN}", f" {TOKEN}\n"])
@pytest.mark.parametrize("source", ["argument", "secret", "FLY_API_TOKEN", "FLY_ACCESS_TOKEN"])
@pytest.mark.parametrize("kind", [Fly, AsyncFly])
def test_a_client_shows_nothing_of_its_token(
    kind: type[Fly | AsyncFly], source: str, spelling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {"argument": spelling, "secret": Secret(spelling)}
    if source not in given:
        monkeypatch.setenv(source, spelling)
    fly = kind(given.get(source), retry=RetryPolicy(), rate_limit=RateLimit())
    seen = Seen()
    seen.add("client", fly, vars(fly), fly.sdk, RetryPolicy(), RateLimit())
    for part in (*vars(fly).values(), *vars(vars(fly)["_transport"]).values(), vars(vars(fly)["_auth"])):
        seen.add("part", part, getattr(part, "__dict__", None))
    assert seen.leaks() == []


def test_two_descriptions_of_one_secret_are_reported_without_their_values() -> None:
    with Fly("t") as fly, pytest.raises(errors.ConfigurationError, match="different value") as caught:
        fly.plan(FlySecret("web", "K", f"{VALUE}1"), FlySecret("web", "K", f"{VALUE}2"))
    assert not holds_a_secret(str(caught.value))


def test_the_models_of_what_was_declared_as_a_secret_do_not_show_it() -> None:
    config: Any = {
        "image": "x",
        "init": {"cmd": ["login", Secret(VALUE)]},
        "env": {"A": Secret(VALUE)},
    }
    machine = Machine(App("web", primary_region="iad"), "server", config)
    with Fly("t", transport=FlySimulator().transport()) as fly:
        report = fly.ensure(machine)
        read = fly.read(machine)
        listed = machines_list.sync("web", client=fly.sdk)
    assert report[machine].model.to_dict()["config"]["init"]["cmd"] == ["login", VALUE]
    for model in (report[machine].model, read, listed, report, report[machine]):
        assert not holds_a_secret(repr(model))
        assert not holds_a_secret(f"{model}")
        assert not holds_a_secret(pprint.pformat(model))


def test_nouns_without_secrets_can_be_written_down() -> None:
    data = Volume(App("web", primary_region="iad"), "data")
    assert pickle.loads(pickle.dumps(data)) == data  # noqa: S301  # our own


def test_no_test_makes_a_common_word_a_secret() -> None:
    """While one lives, that word is hidden in the messages of every other test of its process."""
    found = [
        f"{path.relative_to(TESTS)}:{call.lineno}"
        for path in TESTS.rglob("*.py")
        if path.parent.name not in {"live", "typing"}  # these do not run with the others
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"FlySecret", "Secret"}
        and call.args
        if isinstance(last := call.args[-1], ast.Constant) and re.fullmatch("[a-z ]{4,}", str(last.value))
        if len(call.args) == (1 if call.func.id == "Secret" else 3)  # type: ignore[attr-defined]  # a name
    ]
    assert found == []
