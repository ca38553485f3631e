"""Desired machine config against what the service answers: differences, and what to send.

Only what is declared is compared, and only after undoing what the service rewrites: durations
(MA-12), autostop (MA-13), filled defaults (MA-6), `size` beside `guest` (MA-7), an image's digest (MA-43).
What is sent is the observed config without what we declared earlier and no longer do, overlaid with what
is declared now; so what other tools added stays (LC-15).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from fly_resources._config_keys import known_keys
from fly_resources._masking import hide_in_use
from fly_resources._readings import same_image
from fly_resources.report import Change
from fly_resources.resources import Secret

Path: TypeAlias = tuple[str | int, ...]

#: The key of a machine's metadata under which the marker stands.
MARKER_KEY: Final = "fly_resources.applied"
MARKER_VERSION: Final = "v1:"
#: Begins those words of a marker that say where a `Secret` was given; no path does.
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
#: Where durations are. Elsewhere such keys are whole seconds (`healthchecks`) or names of the user's (`env`).
_DURATION_HOLDERS: Final = frozenset({"checks", "stop", "stop_config"})
_DURATION_KEYS: Final = frozenset({"interval", "timeout", "grace_period"})
_AUTOSTOP: Final = {False: "off", True: "stop"}
#: Of a map of objects, an entry that we no longer declare goes whole: half a check is not a check.
_MAPS_OF_OBJECTS: Final = frozenset({("checks",)})
#: Of a mount, which volume it is and where: whatever marks say, not for an update to take away.
MOUNTED: Final = frozenset({"path", "volume", "name", "encrypted", "size_gb"})
_SIZED: Final = ("cpu_kind", "cpus", "memory_mb")
#: Servers written in Go leave out false, 0 and "" of these, which is what an absent one means as well.
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
#: Names of the user's, and what is on unless it is off: there, absent is not false.
_NOT_ZERO_IF_ABSENT: Final = frozenset({"autostart", "compress", "env", "h2_backend", "metadata"})
#: What is kept here may have been given as a `Secret`, which nobody knows once it is no longer declared.
_CONFIDENTIAL: Final = frozenset(
    {"cmd", "entrypoint", "env", "exec", "files", "headers", "kernel_args", "metadata"}
)
_HIDDEN: Final = "***"
#: Length of the path of a key in a row of a list of the config: `containers[0].image`.
_IN_ROW: Final = 3
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_INDEX: Final = re.compile(r"[0-9]{1,6}")


def render(path: Path) -> str:
    """Write a path as people read it: `services[0].ports[1].port`, `env["a.b"]`."""
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
    """Return `value` as JSON can hold it, with hidden values revealed: only for sending."""
    if isinstance(value, Secret):
        return value.reveal()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(each) for each in value]
    return value


def without_nulls(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Drop keys whose value is None: None declares nothing."""
    if isinstance(value, Mapping):
        return {str(key): without_nulls(each) for key, each in value.items() if each is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_nulls(each) for each in value]
    return value


def parse_duration(value: str | int) -> int | None:
    """Return nanoseconds of a Go duration ("1m30s") or of an integer (already nanoseconds).

    None if it is no duration.
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
    """Return whether a leaf of a config at this path is a duration as Go has them (MA-12)."""
    return bool(path) and path[-1] in _DURATION_KEYS and bool(_DURATION_HOLDERS.intersection(path[:-1]))


def differences(
    declared: Mapping[str, Any], observed: Mapping[str, Any], applied: frozenset[Path] | None = None
) -> list[Change]:
    """Return what of `declared` is not so in `observed`, each by its exact path.

    What we have `applied` and the service leaves out of its answer is not sent again and again.
    """
    earlier = _Earlier(applied or frozenset(), secret_places(observed))
    return list(_differences((), declared, observed, earlier))


def declared_paths(declared: Mapping[str, Any]) -> frozenset[Path]:
    """Return the paths of all leaves: scalars, lists of scalars, empty lists. `{}` declares nothing."""
    return frozenset(_leaves((), declared))


def write_marker(declared: Mapping[str, Any]) -> str:
    """Say which paths we declare, without values, for the next run's three-way merge.

    Where a `Secret` stands under a key whose values are shown otherwise, the path comes once more, with a
    sign: the next plan hides what is there, although nobody knows the value any longer.
    """
    paths = declared_paths(declared)
    flags = (path for path in paths if not _is_confidential(path) and _holds_secret(lookup(declared, path)))
    words = [*sorted(map(_escape, paths)), *sorted(_FLAG + _escape(path) for path in flags)]
    return MARKER_VERSION + " ".join(words)


def read_marker(text: str | None) -> frozenset[Path] | None:
    """Return the paths of a marker; None if there is none, or one that another version wrote."""
    if text is None or not text.startswith(MARKER_VERSION):
        return None
    words = text.removeprefix(MARKER_VERSION).split(" ")
    return frozenset(_unescape(word) for word in words if word and not word.startswith(_FLAG))


def secret_places(config: Mapping[str, Any]) -> frozenset[Path]:
    """Return where a machine's marker, whoever wrote it, says that a `Secret` was given: without indices."""
    marker = lookup(config, ("metadata", MARKER_KEY))
    if not isinstance(marker, str) or not marker.startswith(MARKER_VERSION):
        return frozenset()
    words = marker.removeprefix(MARKER_VERSION).split(" ")
    flags = (word.removeprefix(_FLAG) for word in words if word.startswith(_FLAG))
    return frozenset(without_indices(_unescape(flag)) for flag in flags)


def without_indices(path: Path) -> Path:
    """Leave out which row of a list it is: rows move."""
    return tuple(part for part in path if not isinstance(part, int))


def merge(
    observed: Mapping[str, Any], applied: frozenset[Path] | None, declared: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the config to send: observed - (applied earlier, no longer declared) + declared."""
    base = plain(observed)
    kept = declared_paths(declared)
    for path in sorted(_cut_points(applied or frozenset(), kept), key=len):
        _remove(base, path)
    _resolve_size(base, declared)
    merged = _overlay(base, declared)
    assert isinstance(merged, dict)  # noqa: S101  # an object overlaid on an object
    return merged


def removed_paths(
    observed: Mapping[str, Any], applied: frozenset[Path] | None, declared: Mapping[str, Any]
) -> list[Change]:
    """Return what we declared earlier, no longer do, and is still there."""
    changes = []
    secret = secret_places(observed)
    for path in sorted(_cut_points(applied or frozenset(), declared_paths(declared)), key=render):
        before = lookup(observed, path)
        if not _is_empty(before):
            changes.append(Change(render(path), veiled(path, before, secret), None))
    return changes


def _cut_points(applied: frozenset[Path], declared: frozenset[Path]) -> set[Path]:
    """Return the paths to cut out: leaves, or the whole list or map entry that was ours alone."""
    cuts = set()
    for path in applied - declared:
        if path[0] == "mounts":
            # No longer said, a volume stays mounted; how it grows by itself was ours to say.
            if path[-1] not in MOUNTED and len(path) > 1:
                cuts.add(path)
            continue
        cut = path
        for end in range(1, len(path) + 1):
            head = path[:end]
            entry = isinstance(path[end - 1], int) or head[:-1] in _MAPS_OF_OBJECTS
            if entry and not any(each[: len(head)] == head for each in declared):
                cut = head
                break
        if isinstance(cut[-1], int):
            # a list goes whole; while it is declared, its length decides
            cut = cut[:-1]
        if not any(each[: len(cut)] == cut for each in declared):
            cuts.add(cut)
    return cuts


@attrs.frozen
class _Earlier:
    """What earlier runs declared: which paths, and where a `Secret` was given."""

    applied: frozenset[Path]
    secret: frozenset[Path]


def _differences(path: Path, want: Any, have: Any, earlier: _Earlier) -> Iterator[Change]:  # noqa: ANN401  # any JSON value
    if isinstance(want, Secret):
        if want.reveal() != have:
            yield Change(render(path), None if have is None else _HIDDEN, _HIDDEN)
    elif isinstance(want, Mapping) and (want or have is None or isinstance(have, Mapping)):
        there = have if isinstance(have, Mapping) else {}
        for key in want:
            yield from _differences((*path, key), want[key], there.get(key), earlier)
    elif _is_rows(want):
        rows = have if isinstance(have, list) else []
        for index in range(max(len(want), len(rows))):
            here = (*path, index)
            if index >= len(want):
                yield Change(render(here), veiled(here, rows[index], earlier.secret), None)
            elif index >= len(rows):
                yield Change(render(here), None, _masked(want[index]))
            else:
                yield from _differences(here, want[index], rows[index], earlier)
    elif not _is_same(path, want, have, earlier.applied):
        shown = _masked(want)
        # What stands there may be a value that another run gave as a `Secret`.
        yield Change(render(path), _HIDDEN if shown != want else veiled(path, have, earlier.secret), shown)


def _is_same(path: Path, want: Any, have: Any, applied: frozenset[Path]) -> bool:  # noqa: ANN401  # any JSON value
    if _is_image(path) and isinstance(want, str) and isinstance(have, str):
        return same_image(want, have)
    if _normal(path, want) == _normal(path, have) or (_is_empty(want) and _is_empty(have)):
        return True
    zero = want is False or (not isinstance(want, bool) and want in (0, ""))
    if have is not None or not zero or _NOT_ZERO_IF_ABSENT.intersection(path):
        return False
    return path in applied or path[-1] in _LEFT_OUT_IF_ZERO


def _is_image(path: Path) -> bool:
    """Return whether it is the machine's image, or that of a container or volume of its config."""
    return path == ("image",) or (len(path) == _IN_ROW and path[-1] == "image" and isinstance(path[1], int))


def _normal(path: Path, value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Undo the service's rewriting of one leaf."""
    key = path[-1] if path else ""
    if key == "autostop" and value == "":
        return _AUTOSTOP[False]
    if isinstance(value, bool):
        return _AUTOSTOP[value] if key == "autostop" else value
    if is_duration(path) and isinstance(value, str | int):
        parsed = parse_duration(value)
        return value if parsed is None else ("ns", parsed)
    return plain(value)


def _masked(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(value, Secret):
        return _HIDDEN
    if isinstance(value, Mapping):
        return {key: _masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return hide_in_use(value) if isinstance(value, str) else value


def veiled(path: Path, value: Any, secret: frozenset[Path]) -> Any:  # noqa: ANN401  # any JSON value
    """Hide what may have been a `Secret` when it was declared, or is one elsewhere."""
    if _is_confidential(path) or _was_secret(path, value, secret):
        return None if value is None else _HIDDEN
    if isinstance(value, Mapping):
        return {key: veiled((*path, key), each, secret) for key, each in value.items()}
    if isinstance(value, list):
        return [veiled((*path, index), each, secret) for index, each in enumerate(value)]
    return hide_in_use(value) if isinstance(value, str) else value


def _is_confidential(path: Path) -> bool:
    """Return whether values there are never shown; of a key that we do not know, nobody knows its use."""
    return bool(_CONFIDENTIAL.intersection(path)) or (bool(path) and path[0] not in known_keys())


def _was_secret(path: Path, value: Any, secret: frozenset[Path]) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether a `Secret` was given there, around it, or in place of what holds others now."""
    if not secret:
        return False
    place = without_indices(path)
    return any(
        place[: len(flag)] == flag or (not isinstance(value, Mapping | list) and flag[: len(place)] == place)
        for flag in secret
    )


def _holds_secret(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    return isinstance(value, Secret) or (
        isinstance(value, Sequence) and not isinstance(value, str) and any(map(_holds_secret, value))
    )


def _is_rows(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    """Return whether it is a list of objects, whose items are compared one by one."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _is_empty(value: Any) -> bool:  # noqa: ANN401  # any JSON value
    return value is None or (isinstance(value, Mapping | list) and not value)


def _leaves(path: Path, value: Any) -> list[Path]:  # noqa: ANN401  # any JSON value
    if isinstance(value, Mapping):
        return [leaf for key in value for leaf in _leaves((*path, key), value[key])]
    if _is_rows(value):
        within = [leaf for index, each in enumerate(value) for leaf in _leaves((*path, index), each)]
        # rows that say nothing still say how many there are
        return within or [path]
    return [path] if path else []


def _overlay(base: Any, want: Any) -> Any:  # noqa: ANN401  # any JSON value
    if isinstance(want, Mapping):
        result = dict(base) if isinstance(base, Mapping) else {}
        for key in want:
            result[key] = _overlay(result.get(key), want[key])
        return result
    if _is_rows(want):
        rows = base if isinstance(base, list) else []
        return [_overlay(rows[index] if index < len(rows) else None, each) for index, each in enumerate(want)]
    return plain(want)


def _resolve_size(base: dict[str, Any], declared: Mapping[str, Any]) -> None:
    """Let the declared one of `size` and `guest` win over the other's echo (MA-7)."""
    guest = base.get("guest")
    sized = declared.get("guest")
    if "size" in declared:
        if declared["size"] != base.get("size") and isinstance(guest, dict):
            for key in _SIZED:
                guest.pop(key, None)
            if not guest:
                # an empty one would be taken for a size of its own
                del base["guest"]
    elif isinstance(sized, Mapping) and any(key in sized for key in _SIZED):
        base.pop("size", None)


def lookup(tree: Any, path: Path) -> Any:  # noqa: ANN401  # any JSON value
    """Return what is at a path; None if nothing is."""
    for part in path:
        if isinstance(part, int):
            tree = tree[part] if isinstance(tree, list) and part < len(tree) else None
        else:
            tree = tree.get(part) if isinstance(tree, Mapping) else None
    return tree


def _remove(tree: dict[str, Any], path: Path) -> None:
    """Cut one path out, and the containers that this leaves empty."""
    holders: list[tuple[Any, str | int]] = [(tree, path[0])]
    for part in path[:-1]:
        inner = lookup(holders[-1][0], (part,))
        if not isinstance(inner, dict | list):
            return
        holders.append((inner, path[len(holders)]))
    for holder, part in reversed(holders):
        if isinstance(holder, dict) and isinstance(part, str):
            holder.pop(part, None)
        if holder:
            return


def _escape(path: Path) -> str:
    return "/".join(str(part) if isinstance(part, int) else _escape_key(part) for part in path)


def _escape_key(key: str) -> str:
    """Escape what separates paths, and mark keys that look like an index."""
    text = (
        key.replace("~", "~0").replace("/", "~1").replace(" ", "~2").replace("\n", "~3").replace("\t", "~4")
    )
    return f"~5{text}" if not text or _INDEX.fullmatch(text) else text


def _unescape(word: str) -> Path:
    return tuple(_unescape_part(part) for part in word.split("/"))


def _unescape_part(part: str) -> str | int:
    if _INDEX.fullmatch(part):
        return int(part)
    text = part.removeprefix("~5")
    for code, character in (("~4", "\t"), ("~3", "\n"), ("~2", " "), ("~1", "/"), ("~0", "~")):
        text = text.replace(code, character)
    return text
