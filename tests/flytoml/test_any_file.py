"""Any tree of keys is a `FlyToml` or a `ConfigurationError`; nothing else escapes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st

from fly_resources._flytoml import schema
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.flytoml import FlyToml, load
from tests.flytoml.conftest import IMAGE

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_TEXTS: Final = st.one_of(
    st.sampled_from(
        ["", "app", "web", "tcp", "http", "10s", "1gb", "5", "none", "{}", "a.json", "'", "\\", "/", "\0"]
    ),
    st.text(max_size=8),
)
_SCALARS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    _TEXTS,
)
_VALUES: Final = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)
_OLD_KEYS: Final = ("compute", "computes", "metric", "mount", "name", "build_target", "metrics_port", "value")


def _keys(kind: schema.Kind) -> set[str]:
    """Return every key of the schema, at whatever depth."""
    if isinstance(kind, schema.Table):
        return set(kind.keys) | kind.dead | {key for each in kind.keys.values() for key in _keys(each)}
    if isinstance(kind, schema.Rows):
        return _keys(kind.row)
    return _keys(kind.each) if isinstance(kind, schema.Names) else set()


_KEYS: Final = st.sampled_from(sorted({*_keys(schema.FILE), *_OLD_KEYS}))
_RANDOM_TREES: Final = st.dictionaries(
    _KEYS | _TEXTS,
    st.recursive(
        _VALUES,
        lambda inner: (
            st.lists(st.dictionaries(_KEYS | _TEXTS, inner, max_size=4), max_size=3)
            | st.dictionaries(_KEYS | _TEXTS, inner, max_size=4)
        ),
        max_leaves=8,
    ),
    max_size=6,
)


def _plausible(kind: schema.Kind) -> SearchStrategy[Any]:
    """Return values of the right shape, with leaves that mostly fit: they get further into the code."""
    if isinstance(kind, schema.Table):
        rows = {key: _plausible(each) for key, each in kind.keys.items()}
        return st.fixed_dictionaries({}, optional=rows)
    if isinstance(kind, schema.Rows):
        return st.lists(_plausible(kind.row), max_size=2)
    if isinstance(kind, schema.Names):
        return st.dictionaries(st.sampled_from(["app", "web", "A"]), _plausible(kind.each), max_size=2)
    return _leaves(kind)


def _leaves(kind: schema.Reader) -> SearchStrategy[Any]:
    """Return values that a leaf takes, found by trying."""
    candidates: tuple[Any, ...] = (
        *("tcp", "http", "always", "rolling", "app", "10s", "1gb", "2gb", "/data", "stop", "shared-cpu-2x"),
        *(True, False, 0, 1, 60, 8080, 0.5, ["app"], ["web"], ["http", "tls"], [], {"a": 1}),
    )
    return st.sampled_from([each for each in candidates if _takes(kind, each)] or ["x"])


def _takes(kind: schema.Reader, value: Any) -> bool:  # noqa: ANN401  # a value of a file
    try:
        kind("key", value)
    except ConfigurationError:
        return False
    return True


def _load(tree: Any, **options: Any) -> FlyToml | None:  # noqa: ANN401  # a tree of JSON values
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fly.json"
        file.write_text(json.dumps(tree), encoding="utf-8")
        try:
            toml = load(file, image=IMAGE, **options)
        except ConfigurationError as error:
            assert str(file) in str(error)  # noqa: PT017 - either outcome is right
            return None
    return toml


def _use(toml: FlyToml) -> None:
    """Ask for everything that can be asked for."""
    assert str(toml)
    for ask in (
        lambda: toml.resources(None, ha=False),
        lambda: toml.resources(None, counts=dict.fromkeys(toml.groups, 1), allocate_v4=True),
        lambda: toml.ensure_options(None),
    ):
        try:
            ask()
        except (ConfigurationError, ReconcileError) as error:
            assert str(error)  # noqa: PT017 - either outcome is right


@given(_RANDOM_TREES)
def test_any_mapping_is_read_or_refused(tree: dict[str, Any]) -> None:
    toml = _load(tree, app="shop", allow_unknown=True)
    if toml is not None:
        _use(toml)


@given(_VALUES)
def test_so_is_whatever_json_holds(tree: Any) -> None:  # noqa: ANN401  # any JSON value
    toml = _load(tree)
    assert toml is None or toml.app == tree["app"]


@given(_plausible(schema.FILE))
def test_so_is_a_file_whose_values_fit(tree: dict[str, Any]) -> None:
    toml = _load({**tree, "app": "shop", "primary_region": "iad"})
    if toml is not None:
        _use(toml)
        assert all(group.config["env"]["FLY_PROCESS_GROUP"] == name for name, group in toml.groups.items())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_so_are_any_bytes(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fly.toml"
        file.write_bytes(content)
        try:
            load(file, image=IMAGE, app="shop", allow_unknown=True)
        except ConfigurationError as error:
            assert str(file) in str(error)  # noqa: PT017 - either outcome is right


def test_a_tree_that_is_deeper_than_python_goes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "fly.json"
    for depth in (100, 300, 450, 480, 900, 100_000):
        file.write_text('{"app": "shop", "build": {"settings": ' + "[" * depth + "]" * depth + "}}")
        try:
            load(file, image=IMAGE)
        except ConfigurationError as error:
            assert "nested too deeply" in str(error)  # noqa: PT017 - either outcome is right
            assert depth > 100
        else:
            assert depth < 100_000
