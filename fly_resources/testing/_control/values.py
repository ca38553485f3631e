"""Parse and validate the settings of a simulator, from JSON and from the command line."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any, get_args

import attrs

from fly_resources.testing._amounts import is_seconds
from fly_resources.testing._behaviour import Behaviour
from fly_resources.testing._faults import Fault, FaultKind
from fly_resources.testing._platform import ImageBehaviour
from fly_resources.testing._programs import Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fly_resources.testing._switches import Switch

#: Switches that accept any string.
_ANY_TEXT = frozenset({"default_network_name", "hub_registry"})
_KINDS: tuple[str, ...] = get_args(FaultKind)
_IMAGES: tuple[str, ...] = get_args(ImageBehaviour)


class WrongValueError(ValueError):
    """An input value is invalid."""


def behaviour_with(now: Behaviour, changes: Mapping[str, Any]) -> Behaviour:
    """Return a behaviour with some switches changed.

    Raises:
        ValueError: The switch does not exist, or does not accept that value.
    """
    known = {each.name: each for each in Behaviour.facts()}
    for name in changes:
        _check_known("behaviour", name, known)
    return attrs.evolve(now, **{name: _switched(known[name], value) for name, value in changes.items()})


def _switched(switch: Switch, value: Any) -> Any:  # noqa: ANN401 - whatever the switch takes
    first = switch.default
    if isinstance(first, frozenset) and isinstance(value, list | frozenset | set):
        return frozenset(value)
    if isinstance(first, dict) or (switch.name in _ANY_TEXT and isinstance(value, str)):
        return value
    is_count = None in switch.values or isinstance(first, float)
    if is_count and (is_seconds(value) or (value is None and None in switch.values)):
        return value
    if any(value == each and type(value) is type(each) for each in switch.values):
        return value
    taken = (
        "a number of seconds or a count"
        if is_count
        else ", ".join(json.dumps(_plain(v)) for v in switch.values)
    )
    raise WrongValueError(
        f"behaviour {switch.name} ({switch.fact}) must be one of {taken}, got {json.dumps(value)}"
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    return sorted(map(str, value)) if isinstance(value, frozenset) else value


def plain_behaviour(behaviour: Behaviour) -> dict[str, Any]:
    """Return all switches and their values, as JSON."""
    return {each.name: _plain(getattr(behaviour, each.name)) for each in Behaviour.facts()}


def image_of(value: Any) -> ImageBehaviour | Program:  # noqa: ANN401 - JSON
    """Return the behaviour of an image.

    Raises:
        ValueError: The value is neither one of the words nor a program.
    """
    if isinstance(value, str):
        if value not in _IMAGES:
            raise WrongValueError(
                f"an image must be one of {', '.join(_IMAGES)}, or a program, got {value!r}"
            )
        known: Any = value
        return known  # type: ignore[no-any-return] # one of the words
    if not isinstance(value, dict):
        raise WrongValueError(f"an image must be a word or an object, got {json.dumps(value)}")
    fields = {field.name for field in attrs.fields(Program)}
    for name in value:
        _check_known("programme", name, fields)
    return Program(**value)


def plain_image(image: ImageBehaviour | Program) -> Any:  # noqa: ANN401 - JSON
    """Return the behaviour of an image in the form that `image_of` takes."""
    return attrs.asdict(image) if isinstance(image, Program) else image


def fault_of(value: Any) -> Fault:  # noqa: ANN401 - JSON
    """Parse a fault.

    Raises:
        ValueError: The value is not a fault.
    """
    if not isinstance(value, dict) or value.get("kind") not in _KINDS:
        raise WrongValueError(f"a fault must be an object whose kind is one of {', '.join(_KINDS)}")
    fields = {field.name: field for field in attrs.fields(Fault)}
    for name, given in value.items():
        _check_known("fault", name, fields)
        default = fields[name].default
        if isinstance(default, int | float) and not _is_like(given, default):
            raise WrongValueError(
                f"{name} of a fault must be like {json.dumps(default)}, got {json.dumps(given)}"
            )
    return Fault(**value)


def _is_like(given: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(given, bool):
        return isinstance(given, bool) and isinstance(default, bool)
    return isinstance(given, (int, float) if isinstance(default, float) else int)


def _check_known(kind: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, 3, 0.0)
        raise WrongValueError(f"no {kind} has {name!r}; did you mean {', '.join(near)}?")


def from_words(text: str) -> Any:  # noqa: ANN401 - JSON
    """Parse a value from the command line: JSON, `name=value,...` as an object, or the string itself.

    `exit_code=1,prints=done` is `{"exit_code": 1, "prints": "done"}`.
    """
    try:
        return json.loads(text)
    except ValueError:
        pass
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(equals for _, equals, _ in pairs):
        return text
    return {name.strip(): from_words(value) for name, _, value in pairs}


def fault_from_words(text: str) -> Fault:
    """Parse a fault from the command line: `KIND[:OPERATION][,NAME=VALUE...]`, or JSON.

    Raises:
        ValueError: The value is not a fault.
    """
    value = from_words(text)
    if not isinstance(value, dict) or "kind" not in value:
        head, _, more = text.partition(",")
        kind, _, operation = head.partition(":")
        value = {"kind": kind} | ({"operation": operation} if operation else {})
        value |= from_words(more) if more else {}
    return fault_of(value)
