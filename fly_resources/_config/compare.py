"""Compare the desired machine config with the one the service returns: the differences, and what to send.

Only declared keys are compared, and only after undoing what the service rewrites: durations (MA-12), autostop
(MA-13), filled defaults (MA-6), `size` next to `guest` (MA-7), an image's digest (MA-43). The config to send
is the observed config, without what we declared earlier and no longer declare, overlaid with what is declared
now; so additions by other tools are kept (LC-15).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from fly_resources._config.keys import known_keys
from fly_resources._sdk.reading import same_image
from fly_resources._wire.masking import hide_in_use
from fly_resources.report import Change
from fly_resources.resources import Secret

Path: TypeAlias = tuple[str | int, ...]

#: The key of a machine's metadata that holds the marker.
MARKER_KEY: Final = "fly_resources.applied"
MARKER_VERSION: Final = "v1:"
#: Prefix of marker entries that say where a `Secret` was given; no path begins with it.
_FLAG: Final = "~6"
_NS: Final = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_DURATION_PART: Final = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)")
_DURATION: Final = re.compile(rf"[+-]?({_DURATION_PART.pattern})+")
#: Paths of durations. Elsewhere such keys are whole seconds (`healthchecks`) or user-chosen names (`env`).
_DURATION_HOLDERS: Final = frozenset({"checks", "stop", "stop_config"})
_DURATION_KEYS: Final = frozenset({"interval", "timeout", "grace_period"})
_AUTOSTOP: Final = {False: "off", True: "stop"}
#: Maps of objects: an entry that we no longer declare is removed whole, because half a check is no check.
_MAPS_OF_OBJECTS: Final = frozenset({("checks",)})
#: Keys that identify a mount's volume and path: an update never removes them, whatever the marker says.
MOUNTED: Final = frozenset({"path", "volume", "name", "encrypted", "size_gb"})
_SIZED: Final = ("cpu_kind", "cpus", "memory_mb")
#: Go servers omit false, 0 and "" for these; an absent key means the same.
_LEFT_OUT_IF_ZERO: Final = frozenset(
    {
        "allow_bypass",
        "auto_destroy",
        "force_https",
        "https",
        "max_retries",
        "min_machines_running",
        "skip_registration",
        "tty",
    }
)
#: User-chosen names, and flags that default to true: there, absent is not the same as false.
_NOT_ZERO_IF_ABSENT: Final = frozenset({"autostart", "compress", "env", "h2_backend", "metadata"})
#: Values here may have been given as a `Secret`, which is unknown once it is no longer declared.
_CONFIDENTIAL: Final = frozenset(
    {"cmd", "entrypoint", "env", "exec", "files", "headers", "kernel_args", "metadata"}
)
_HIDDEN: Final = "***"
#: Characters that a marker escapes, as `~` and their place here.
_SEPARATORS: Final = "~/ \n\t"
_ESCAPES: Final = str.maketrans({each: f"~{place}" for place, each in enumerate(_SEPARATORS)})
_ESCAPED: Final = re.compile(r"~([0-4])")
#: Length of the path of a key in a row of a list of the config: `containers[0].image`.
_IN_ROW: Final = 3
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_INDEX: Final = re.compile(r"[0-9]{1,6}")
#: Checked first: most config values have one of these types, and checks of abstract types are slow.
_SCALARS: Final = (str, int, float, type(None))


def render(path: Path) -> str:
    """Format a path for display: `services[0].ports[1].port`, `env["a.b"]`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_KEY.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f"[{json.dumps(part)}]"
    return text


def plain(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Return `value` as plain JSON with secrets revealed; only for sending."""
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value]


def without_nulls(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Drop keys whose value is None: None declares nothing."""
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, Mapping):
        return {str(key): without_nulls(each) for key, each in value.items() if each is not None}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [without_nulls(each) for each in value]
    return value


@functools.lru_cache(maxsize=256)  # few distinct values are in use, and every machine repeats them
def parse_duration(value: str | int) -> int | None:
    """Return the nanoseconds of a Go duration ("1m30s") or of an integer (already nanoseconds).

    None if it is not a duration.
    """
    if isinstance(value, int):
        return value
    if value in {"0", "+0", "-0"}:
        return 0
    if not _DURATION.fullmatch(value):
        return None
    total = sum(int(Decimal(number) * _NS[unit]) for number, unit in _DURATION_PART.findall(value))
    return -total if value.startswith("-") else total


def is_duration(path: Path) -> bool:
    """Return whether a config leaf at this path is a Go duration (MA-12)."""
    return path[-1] in _DURATION_KEYS and bool(_DURATION_HOLDERS.intersection(path[:-1]))


def differences(
    declared: Mapping[str, Any], observed: Mapping[str, Any], applied: frozenset[Path] | None = None
) -> list[Change]:
    """Return the values of `declared` that differ in `observed`, each with its exact path.

    Values that we have `applied` and that the service omits from its response are not sent again.
    """
    earlier = _Earlier(applied or frozenset(), secret_places(observed))
    return list(_differences((), declared, observed, earlier))


def declared_paths(declared: Mapping[str, Any]) -> frozenset[Path]:
    """Return the paths of all leaves: scalars, lists of scalars, empty lists. `{}` declares nothing."""
    return frozenset(_leaves((), declared, {}))


def write_marker(declared: Mapping[str, Any]) -> str:
    """Return the marker: the declared paths, without values, for the next run's three-way merge.

    If a `Secret` is given under a key whose values are normally shown, the path is added again with a prefix:
    the next plan then hides the live value, although the secret is no longer known.
    """
    leaves = _leaves((), declared, {})
    flags = (path for path, leaf in leaves.items() if _holds_secret(leaf) and not _is_confidential(path))
    words = [*sorted(map(_escape, leaves)), *sorted(_FLAG + _escape(path) for path in flags)]
    return MARKER_VERSION + " ".join(words)


def read_marker(text: str | None) -> frozenset[Path] | None:
    """Return the paths of a marker; None if there is none, or if another version wrote it."""
    return _parse_marker(text)[0] if text else None


@functools.lru_cache(maxsize=256)  # machines with the same description have the same marker
def _parse_marker(text: str) -> tuple[frozenset[Path] | None, frozenset[Path]]:
    """Return the paths of a marker, and, without indices, those where a `Secret` was given."""
    if not text.startswith(MARKER_VERSION):
        return None, frozenset()
    words = text.removeprefix(MARKER_VERSION).split(" ")
    paths = frozenset(_unescape(word) for word in words if word and not word.startswith(_FLAG))
    flags = (word.removeprefix(_FLAG) for word in words if word.startswith(_FLAG))
    return paths, frozenset(without_indices(_unescape(flag)) for flag in flags)


def secret_places(config: Mapping[str, Any]) -> frozenset[Path]:
    """Return the paths, without indices, where the machine's marker, by any owner, records a `Secret`."""
    marker = lookup(config, ("metadata", MARKER_KEY))
    return _parse_marker(marker)[1] if isinstance(marker, str) else frozenset()


def without_indices(path: Path) -> Path:
    """Return the path without list indices, because rows can move."""
    return tuple(part for part in path if not isinstance(part, int))


def merge(
    observed: Mapping[str, Any], applied: frozenset[Path] | None, declared: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the config to send: observed - (applied earlier, no longer declared) + declared."""
    base = plain(observed)
    kept = declared_paths(declared)
    for path in _cut_points(applied or frozenset(), kept):
        _remove(base, path)
    _resolve_size(base, declared)
    merged: dict[str, Any] = _overlay(base, declared)
    return merged


def removed_paths(
    observed: Mapping[str, Any], applied: frozenset[Path] | None, declared: Mapping[str, Any]
) -> list[Change]:
    """Return what we declared earlier, no longer declare, and is still present."""
    changes = []
    secret = secret_places(observed)
    for path in sorted(_cut_points(applied or frozenset(), declared_paths(declared)), key=render):
        before = lookup(observed, path)
        if not _is_empty(before):
            changes.append(Change(render(path), veiled(path, before, secret), None))
    return changes


def _cut_points(applied: frozenset[Path], declared: frozenset[Path]) -> set[Path]:
    """Return the paths to remove: leaves, or a whole list or map entry that only we declared."""
    cuts = set()
    for path in applied - declared:
        if path[0] == "mounts":
            # A volume that is no longer declared stays mounted; its automatic growth was declared by us.
            if len(path) >= _IN_ROW and path[-1] not in MOUNTED:
                cuts.add(path)
            continue
        cut = _first_entry(path, declared) or path
        if isinstance(cut[-1], int):
            # a list is removed whole; while it is declared, its length decides
            cut = cut[:-1]
        if not _begins_any(cut, declared):
            cuts.add(cut)
    return cuts


def _first_entry(path: Path, declared: frozenset[Path]) -> Path | None:
    """Return the first row or map entry along the path with nothing declared in it; both are below a key."""
    for end in range(2, len(path) + 1):
        head = path[:end]
        entry = isinstance(path[end - 1], int) or head[:-1] in _MAPS_OF_OBJECTS
        if entry and not _begins_any(head, declared):
            return head
    return None


def _begins_any(head: Path, declared: frozenset[Path]) -> bool:
    return any(each[: len(head)] == head for each in declared)


@attrs.frozen
class _Earlier:
    """The declarations of earlier runs: the paths, and where a `Secret` was given."""

    applied: frozenset[Path]
    secret: frozenset[Path]


def _differences(path: Path, want: Any, have: Any, earlier: _Earlier) -> Iterator[Change]:  # noqa: ANN401  # any JSON value
    if want == have:
        return
    if isinstance(want, Secret):
        if want.reveal() != have:
            yield Change(render(path), None if have is None else _HIDDEN, _HIDDEN)
    elif isinstance(want, dict) and (want or isinstance(have, dict)):
        there = have if isinstance(have, dict) else {}
        for key in want:
            yield from _differences((*path, key), want[key], there.get(key), earlier)
    elif _is_rows(want):
        yield from _differing_rows(path, _rows_of(want), _rows_of(have), earlier)
    elif not _is_same(path, want, have, earlier.applied):
        yield _changed_leaf(path, want, have, earlier)


def _rows_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _changed_leaf(path: Path, want: Any, have: Any, earlier: _Earlier) -> Change:  # noqa: ANN401  # any JSON value
    shown = _masked(want)
    # The live value may be one that another run gave as a `Secret`.
    return Change(render(path), _HIDDEN if shown != want else veiled(path, have, earlier.secret), shown)


def _differing_rows(path: Path, want: list[Any], have: list[Any], earlier: _Earlier) -> Iterator[Change]:
    for index in range(max(len(want), len(have))):
        here = (*path, index)
        if index >= len(want):
            yield Change(render(here), veiled(here, have[index], earlier.secret), None)
        elif index >= len(have):
            yield Change(render(here), None, _masked(want[index]))
        else:
            yield from _differences(here, want[index], have[index], earlier)


def _is_same(path: Path, want: Any, have: Any, applied: frozenset[Path]) -> bool:  # noqa: ANN401  # any JSON value
    if _is_image(path) and isinstance(want, str) and isinstance(have, str):
        return same_image(want, have)
    if _normal(path, want) == _normal(path, have) or (_is_empty(want) and _is_empty(have)):
        return True
    # False is 0, too
    if have is not None or want not in (0, "") or _NOT_ZERO_IF_ABSENT.intersection(path):
        return False
    return path in applied or path[-1] in _LEFT_OUT_IF_ZERO


def _is_image(path: Path) -> bool:
    """Return whether the path is the image of the machine, or of a container or volume in its config."""
    return path == ("image",) or (len(path) == _IN_ROW and path[-1] == "image" and isinstance(path[1], int))


def _normal(path: Path, value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Undo the service's rewriting of one leaf."""
    key = path[-1]
    if key == "autostop" and value == "":
        return _AUTOSTOP[False]
    if isinstance(value, bool):
        return _AUTOSTOP[value] if key == "autostop" else value
    if is_duration(path) and isinstance(value, str | int):
        parsed = parse_duration(value)
        return value if parsed is None else parsed
    return plain(value)


def _masked(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, Secret):
        return _HIDDEN
    if isinstance(value, dict):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return hide_in_use(value) if isinstance(value, str) else value


def veiled(path: Path, value: Any, secret: frozenset[Path]) -> Any:  # noqa: ANN401  # any JSON value
    """Mask a value that may have been declared as a `Secret`, or that is a secret elsewhere."""
    if _is_confidential(path) or _was_secret(path, value, secret):
        return None if value is None else _HIDDEN
    if isinstance(value, dict):
        return {key: veiled((*path, key), each, secret) for key, each in value.items()}
    if isinstance(value, list):
        return [veiled((*path, index), each, secret) for index, each in enumerate(value)]
    return hide_in_use(value) if isinstance(value, str) else value


def _is_confidential(path: Path) -> bool:
    """Return whether values at this path are never shown, as for unknown keys."""
    return bool(_CONFIDENTIAL.intersection(path)) or path[0] not in known_keys()


def _was_secret(path: Path, value: Any, secret: frozenset[Path]) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether a `Secret` was given there, above it, or in a container that a scalar has replaced."""
    place = without_indices(path)
    return any(
        place[: len(flag)] == flag or (not isinstance(value, dict | list) and flag[: len(place)] == place)
        for flag in secret
    )


def _holds_secret(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    return isinstance(value, Secret) or (isinstance(value, list) and any(map(_holds_secret, value)))


def _is_rows(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether it is a list of objects, whose items are compared one by one."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _is_empty(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    return value is None or (isinstance(value, dict | list) and not value)


def _leaves(path: Path, holder: Mapping[str, Any] | list[Any], found: dict[Path, Any]) -> dict[Path, Any]:
    """Add the leaves of an object, or of a list of objects, to `found` by path, and return `found`."""
    for key, each in enumerate(holder) if isinstance(holder, list) else holder.items():
        here, before = (*path, key), len(found)
        if isinstance(each, dict) or _is_rows(each):
            _leaves(here, each, found)
        if not isinstance(each, dict) and len(found) == before:
            found[here] = each  # rows without declared keys still determine the length
    return found


def _overlay(base: Any, want: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(want, dict):
        result = dict(base) if isinstance(base, dict) else {}
        for key in want:
            result[key] = _overlay(result.get(key), want[key])
        return result
    if _is_rows(want):
        rows = base if isinstance(base, list) else []
        return [_overlay(rows[index] if index < len(rows) else None, each) for index, each in enumerate(want)]
    return plain(want)


def _resolve_size(base: dict[str, Any], declared: Mapping[str, Any]) -> None:
    """Let the declared `size` or `guest` override the other's echo (MA-7)."""
    guest = base.get("guest")
    sized = declared.get("guest")
    if "size" in declared:
        if declared["size"] != base.get("size") and isinstance(guest, dict):
            for key in _SIZED:
                guest.pop(key, None)
            if not guest:
                # an empty one would be treated as a size of its own
                del base["guest"]
    elif isinstance(sized, dict) and any(key in sized for key in _SIZED):
        base.pop("size", None)


def lookup(tree: Any, path: Path) -> Any:  # noqa: ANN401  # any JSON value
    """Return the value at a path, or None."""
    for part in path:
        if isinstance(part, int):
            tree = tree[part] if isinstance(tree, list) and part < len(tree) else None
        else:
            tree = tree.get(part) if isinstance(tree, dict) else None
    return tree


def _remove(tree: dict[str, Any], path: Path) -> None:
    """Remove a path, and the containers that become empty."""
    holders: list[tuple[Any, str | int]] = [(tree, path[0])]
    for part in path[:-1]:
        inner = lookup(holders[-1][0], (part,))
        if not isinstance(inner, dict | list):
            return
        holders.append((inner, path[len(holders)]))
    for holder, part in reversed(holders):
        if isinstance(holder, dict):
            holder.pop(part, None)
        if holder:
            return


@functools.lru_cache(maxsize=4096)
def _escape(path: Path) -> str:
    return "/".join(str(part) if isinstance(part, int) else _escape_key(part) for part in path)


def _escape_key(key: str) -> str:
    """Escape path separators, and mark keys that look like an index."""
    text = key.translate(_ESCAPES)
    return f"~5{text}" if not text or _INDEX.fullmatch(text) else text


def _unescape(word: str) -> Path:
    return tuple(_unescape_part(part) for part in word.split("/"))


def _unescape_part(part: str) -> str | int:
    if _INDEX.fullmatch(part):
        return int(part)
    return _ESCAPED.sub(lambda code: _SEPARATORS[int(code[1])], part.removeprefix("~5"))
