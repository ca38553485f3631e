"""What holds of the three-way merge whatever users declare, servers answer and other tools change."""

from __future__ import annotations

import copy
import functools
import itertools
from typing import Any

from fly_machines import models
from fly_machines.api.machines import machines_create
from hypothesis import assume, given
from hypothesis import strategies as st

from fly_resources import App, Fly, RateLimit
from fly_resources._config.compare import (
    Path,
    declared_paths,
    differences,
    merge,
    plain,
    read_marker,
    removed_paths,
    render,
    write_marker,
)
from fly_resources.testing import FlySimulator, VirtualClock
from tests.property.strategies import HIDDEN, Config, configs, configs_with_secrets, objects, user_keys


@functools.cache
def _service() -> tuple[Fly, itertools.count[int]]:
    clock = VirtualClock()
    simulator = FlySimulator(clock=clock)
    fly = Fly(token="test", transport=simulator.transport(), clock=clock, rate_limit=RateLimit(enabled=False))
    fly.ensure(App("a", org="personal"))
    return fly, itertools.count()


def _as_the_service_keeps_it(config: Config) -> Config:
    """Make a machine of a config in the simulator and return the config that it echoes."""
    fly, numbers = _service()
    body = models.CreateMachineRequest.from_dict(
        {"name": f"m{next(numbers)}", "region": "iad", "config": plain(config), "skip_launch": True}
    )
    kept = machines_create.sync("a", client=fly.sdk, body=body).config
    assert isinstance(kept, models.MachineConfig)
    return kept.to_dict()


def _at(tree: Any, path: Path) -> Any:  # noqa: ANN401  # any JSON value
    for part in path:
        tree = tree[part]
    return tree


def _changed(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}?"
        case list():
            return [*value, "?"]
        case _:
            return "?"


@given(configs)
def test_what_was_just_made_does_not_differ(declared: Config) -> None:
    observed = _as_the_service_keeps_it(declared)

    assert differences(declared, observed) == []
    assert removed_paths(observed, declared_paths(declared), declared) == []


@given(configs, st.data())
def test_one_change_by_hand_is_named_by_its_path(declared: Config, data: st.DataObject) -> None:
    observed = _as_the_service_keeps_it(declared)
    path = data.draw(st.sampled_from(sorted(declared_paths(declared), key=repr)))
    holder = _at(observed, path[:-1])
    before = holder.get(path[-1])
    holder[path[-1]] = _changed(before)

    [change] = differences(declared, observed)

    assert change.path == render(path)
    veiled = path[0] in {"env", "files", "metadata"} or (path[0] == "init" and path[-1] != "tty")
    assert change.before == ("***" if veiled else _changed(before))
    assert change.after == _at(declared, path)


@given(configs, configs)
def test_what_is_sent_is_kept_as_declared(observed: Config, declared: Config) -> None:
    """An update from any state of the service to any other needs no second one."""
    sent = merge(_as_the_service_keeps_it(observed), declared_paths(observed), declared)

    assert differences(declared, _as_the_service_keeps_it(sent)) == []


@given(objects, st.none() | objects.map(declared_paths), objects)
def test_after_merging_nothing_differs(
    observed: Config, applied: frozenset[Path] | None, declared: Config
) -> None:
    merged = merge(observed, applied, declared)

    assert differences(declared, merged) == []
    assert removed_paths(merged, applied, declared) == []


@given(objects, st.none() | objects.map(declared_paths), objects)
def test_merging_twice_is_merging_once(
    observed: Config, applied: frozenset[Path] | None, declared: Config
) -> None:
    merged = merge(observed, applied, declared)

    assert merge(merged, applied, declared) == merged


@given(objects, objects.map(declared_paths), objects)
def test_merging_changes_nothing_that_it_was_given(
    observed: Config, applied: frozenset[Path], declared: Config
) -> None:
    before = copy.deepcopy((observed, declared))

    merge(observed, applied, declared)["env"] = "changed"

    assert (observed, declared) == before


@given(
    others=st.dictionaries(user_keys, st.just("theirs")),
    earlier=st.dictionaries(user_keys, st.just("earlier")),
    declared=st.dictionaries(user_keys, st.just("ours")),
    field=st.sampled_from(["env", "metadata"]),
)
def test_ours_go_and_theirs_stay(
    others: dict[str, str], earlier: dict[str, str], declared: dict[str, str], field: str
) -> None:
    applied = read_marker(write_marker({"image": "x", field: earlier}))

    merged = merge({"image": "x", field: {**others, **earlier}}, applied, {"image": "x", field: declared})

    assert merged[field] == {**{key: "theirs" for key in others if key not in earlier}, **declared}


@given(configs, configs)
def test_what_nobody_declared_here_stays(theirs: Config, declared: Config) -> None:
    observed = _as_the_service_keeps_it(theirs)

    merged = merge(observed, None, declared)

    untouched = observed.keys() - declared.keys() - {"guest", "size"}
    assert {key: merged[key] for key in untouched} == {key: observed[key] for key in untouched}


@given(st.one_of(configs, objects))
def test_a_marker_gives_its_paths_back(declared: Config) -> None:
    assert read_marker(write_marker(declared)) == declared_paths(declared)


@given(st.lists(user_keys, min_size=1, max_size=4, unique=True))
def test_a_marker_keeps_any_key(keys: list[str]) -> None:
    declared = {"env": dict.fromkeys(keys, "x"), "checks": {key: {"port": 80} for key in keys}}

    assert read_marker(write_marker(declared)) == frozenset(
        [*(("env", key) for key in keys), *(("checks", key, "port") for key in keys)]
    )


@given(st.one_of(st.none(), st.text(), st.text().map(lambda text: f"v1:{text}")))
def test_any_marker_can_be_read(text: str | None) -> None:
    applied = read_marker(text)

    assert (applied is None) == (text is None or not text.startswith("v1:"))
    assert differences({"image": "x"}, merge({"image": "y"}, applied, {"image": "x"})) == []


def _hidden(config: Config) -> set[Path]:
    """Return the leaves that are secret, or hold something secret."""
    return {path for path in declared_paths(config) if HIDDEN in repr(plain(_at(config, path)))}


@given(configs_with_secrets(), configs_with_secrets())
def test_no_secret_shows_in_any_change(earlier: Config, declared: Config) -> None:
    observed = plain(earlier)
    # Who declares a variable in the open that was hidden before has decided to show it.
    shown = {path for path in declared_paths(declared) if "env" in path} - _hidden(declared)
    assume(not _hidden(earlier) & shown)

    changes = [
        *differences(declared, observed),
        *differences(declared, {}),
        *removed_paths(observed, declared_paths(earlier), declared),
    ]

    assert HIDDEN not in "".join(f"{each} {each!r} {each.before} {each.after}" for each in changes)


@given(configs_with_secrets())
def test_the_same_secrets_do_not_differ(declared: Config) -> None:
    assert differences(declared, _as_the_service_keeps_it(declared)) == []


@given(configs_with_secrets())
def test_a_marker_holds_no_values(declared: Config) -> None:
    assert HIDDEN not in write_marker(declared)
