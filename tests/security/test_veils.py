"""A value that was given as a `Secret` stays out of later plans, whatever key it stood under (B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, AsyncFly, Fly, Machine, Secret
from fly_resources._config.compare import MARKER_KEY, differences, read_marker, removed_paths, write_marker
from tests.security.conftest import connected

if TYPE_CHECKING:
    from fly_machines.config_types import MachineConfigDict

    from fly_resources.testing import FlySimulator

VALUE = "/health?token=s3cretvalue99"
APP = App("web", primary_region="iad")
CHECK = {"type": "http", "port": 80, "path": "/alive", "interval": "5s", "timeout": "2s"}
SERVICE = {"protocol": "tcp", "internal_port": 80}

#: A config with the value somewhere, and one that does without it. As text: a `Secret` that lives here would
#: be masked in all tests.
PLACES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a check's path, check removed": ({"checks": {"a": CHECK | {"path": VALUE}}}, {}),
    "a check's path, another now": (
        {"checks": {"a": CHECK | {"path": VALUE}}},
        {"checks": {"a": CHECK}},
    ),
    "the image": ({"image": VALUE}, {"image": "nginx:1"}),
    "name servers": (
        {"dns": {"nameservers": [VALUE, "1.1.1.1"]}},
        {"dns": {"nameservers": ["1.1.1.1"]}},
    ),
    "name servers, removed": ({"dns": {"nameservers": [VALUE]}}, {}),
    "statics": ({"statics": [{"guest_path": VALUE, "url_prefix": "/s"}]}, {}),
    "a row that moved": (
        {
            "services": [
                SERVICE | {"checks": [{"type": "http", "path": VALUE}]},
                SERVICE | {"checks": [{"type": "http", "path": "/"}]},
            ]
        },
        {"services": [SERVICE | {"checks": [{"type": "http", "path": "/"}]}]},
    ),
    "a whole service, removed": (
        {"services": [SERVICE, SERVICE | {"checks": [{"type": "http", "path": VALUE}]}]},
        {"services": [SERVICE]},
    ),
}


def _server(config: dict[str, Any], **more: Any) -> Machine:  # noqa: ANN401  # a Machine's
    return Machine(APP, "server", cast("MachineConfigDict", {"image": "nginx:1"} | config), **more)


@pytest.mark.parametrize(("first", "then"), PLACES.values(), ids=list(PLACES))
@pytest.mark.parametrize("owners", [("tests", "tests"), ("tests", "others"), (None, None)])
def test_a_later_plan_hides_it(
    kind: type[Fly | AsyncFly],
    sim: FlySimulator,
    first: dict[str, Any],
    then: dict[str, Any],
    owners: tuple[str | None, str | None],
) -> None:
    with connected(kind, sim, owner=owners[0]) as api:
        api.ensure(_server(_hidden(first)))
    with connected(kind, sim, owner=owners[1]) as api:
        plan = api.plan(_server(then))
    shown = str(plan) + repr([step.changes for step in plan])
    assert "s3cret" not in shown
    if owners[0] == owners[1]:
        assert "***" in shown


def test_what_was_never_a_secret_is_still_shown(kind: type[Fly | AsyncFly], sim: FlySimulator) -> None:
    with connected(kind, sim) as api:
        api.ensure(_server({"checks": {"a": CHECK, "b": CHECK | {"path": Secret(VALUE)}}}))
        [change] = [
            change
            for change in api.plan(_server({"checks": {"a": CHECK | {"port": 81}}}))[_server({})].changes
            if change.path != "config.checks.b"
        ]
    assert (change.path, change.before, change.after) == ("config.checks.a.port", 80, 81)


def test_once_given_as_plain_text_it_is_shown_again(sim: FlySimulator) -> None:
    with connected(Fly, sim) as api:
        api.ensure(_server({"checks": {"a": CHECK | {"path": Secret(VALUE)}}}))
        api.ensure(_server({"checks": {"a": CHECK | {"path": "/open"}}}))
        [change] = api.plan(_server({"checks": {"a": CHECK | {"path": "/other"}}}))[_server({})].changes
    assert (change.before, change.after) == ("/open", "/other")


def test_a_value_that_is_a_secret_elsewhere_in_this_process_is_hidden_too(sim: FlySimulator) -> None:
    with connected(Fly, sim) as api:
        api.ensure(_server({"checks": {"a": CHECK | {"path": VALUE}}}))
        kept = Secret(VALUE)
        [change] = api.plan(_server({"checks": {"a": CHECK}}))[_server({})].changes
        assert (change.before, change.after) == ("***", "/alive")
        del kept


def test_what_will_be_is_shown_without_what_is_a_secret_elsewhere(sim: FlySimulator) -> None:
    with connected(Fly, sim) as api:
        api.ensure(_server({"checks": {"a": CHECK}}))
        kept = Secret(VALUE)
        [change] = api.plan(_server({"checks": {"a": CHECK | {"path": f"{VALUE}&more=1"}}}))[
            _server({})
        ].changes
        assert change.after == "***&more=1"
        del kept


def test_the_marker_names_the_paths_and_no_values() -> None:
    declared = {
        "image": "x",
        "checks": {"a b": {"path": Secret(VALUE), "port": 80}},
        "env": {"A": Secret("v")},
    }
    marker = write_marker(declared)
    assert marker == "v1:checks/a~2b/path checks/a~2b/port env/A image ~6checks/a~2b/path"
    assert read_marker(marker) == frozenset(
        [("checks", "a b", "path"), ("checks", "a b", "port"), ("env", "A"), ("image",)]
    )


def test_a_key_that_looks_like_a_flag_is_none() -> None:
    declared = {"env": {"~6checks": "1"}, "checks": {"~6": {"path": "/"}}}
    assert read_marker(write_marker(declared)) == frozenset([("env", "~6checks"), ("checks", "~6", "path")])


_KEYS = st.sampled_from(["checks", "services", "dns", "image", "statics", "restart", "a", "0", "~6a", "x y"])
_TREES = st.recursive(
    st.sampled_from([VALUE, 1, True, "plain"]),
    lambda inner: (
        st.dictionaries(_KEYS, inner, max_size=3)
        | st.lists(st.dictionaries(_KEYS, inner, min_size=1, max_size=2), max_size=3)
        | st.lists(st.sampled_from([VALUE, "plain"]), max_size=2)
    ),
    max_leaves=8,
)


def _hidden(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Give each secret text as a `Secret`."""
    if isinstance(value, dict):
        return {key: _hidden(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_hidden(each) for each in value]
    return Secret(value) if value == VALUE else value


@given(st.dictionaries(_KEYS, _TREES, max_size=3), st.dictionaries(_KEYS, _TREES, max_size=3))
def test_no_later_description_brings_it_out(before: dict[str, Any], after: dict[str, Any]) -> None:
    marker = write_marker(_hidden(before))
    observed = before | {"metadata": {MARKER_KEY: marker}}
    declared = _without_value(after)
    changes = [
        *differences(declared, observed, read_marker(marker)),
        *removed_paths(observed, read_marker(marker), declared),
        *differences(declared, observed),
    ]
    assert VALUE not in repr([change.before for change in changes])
    assert VALUE not in marker


def _without_value(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, dict):
        return {key: _without_value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_value(each) for each in value]
    return "other" if value == VALUE else value
