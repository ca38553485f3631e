"""Checks of the resources' fields: values that the service would refuse, or that are ambiguous."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._checks.arguments import is_number, is_whole, refuse
from fly_resources._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import attrs

    Validator: TypeAlias = Callable[[Any, attrs.Attribute[Any], Any], None]

APP_NAME: Final = re.compile(r"[a-z0-9-]{1,62}")
MACHINE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
VOLUME_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,30}")
VOLUME_ID: Final = re.compile(r"vol_[a-z0-9]+")
SNAPSHOT_ID: Final = re.compile(r"vs_[A-Za-z0-9]+")
SECRET_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
VARIABLE: Final = re.compile(r"[A-Z_][A-Z0-9_]+")
#: Slugs and names that are sent in a request's body.
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")
#: Stored in metadata, which takes any text; a short name with a single spelling is enough.
_OWNER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,127}")
REGION: Final = re.compile(r"[a-z]{2,4}(,[a-z]{2,4})*")
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOSTNAME: Final = re.compile(rf"(\*\.)?({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?")
IP_TYPES: Final = ("v4", "shared_v4", "v6", "private_v6", "egress_v4", "egress_v6", "egress_pair")
IP_TYPE: Final = re.compile("|".join(IP_TYPES))
PATH: Final = re.compile(r".+", re.DOTALL)
STATE: Final = re.compile("started|stopped")
_AWAITED: Final = re.compile("started|stopped|suspended|destroyed|failed|settled")
MAX_HOSTNAME: Final = 253
MAX_VOLUME_GB: Final = 500
_MAX_SHOWN: Final = 40


def check(kind: str, field: str, value: object, pattern: re.Pattern[str], rule: str) -> None:
    """Check that a value is a string that matches a pattern; `rule` says how to correct it."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        text = repr(value)
        # long enough to recognise, too short for a key that was passed by mistake
        shown = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
        raise ConfigurationError(f"{kind}: {field} {shown} is not valid: {rule}.")


def check_awaited(state: object) -> None:
    """Check that a machine can be waited for to be in this state: others would not come, or pass."""
    check("wait", "state", state, _AWAITED, "use 'started', 'stopped', 'suspended' or 'destroyed'")


def _validator(check_value: Callable[[str, str, object], None]) -> Validator:
    """Return a validator of attrs; None is valid if it is the default."""

    def validate(resource: object, field: attrs.Attribute[Any], value: object) -> None:
        if value is not None or field.default is not None:
            check_value(type(resource).__name__, field.name, value)

    return validate


def like(pattern: re.Pattern[str], rule: str) -> Validator:
    """Return a validator for strings that match a pattern."""
    return _validator(lambda title, field, value: check(title, field, value, pattern, rule))


#: A validator for slugs and names.
word: Final = like(_WORD, "use letters, digits, '.', '_', ':' and '-'")


def between(least: int, most: int) -> Validator:
    """Return a validator for whole numbers in a range."""
    return _validator(lambda title, field, value: check_range(title, field, value, least, most))


def check_range(title: str, field: str, value: object, least: int, most: int) -> None:
    """Check that a value is a whole number in a range."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise refuse(title, field, f"a whole number from {least} to {most}", value)


def check_flag(title: str, value: object) -> None:
    """Check that a value is a bool, because the string "no" would be true."""
    if not isinstance(value, bool):
        raise ConfigurationError(f"{title} must be True or False, got {type(value).__name__}.")


#: A validator for bools.
flag: Final = _validator(lambda title, field, value: check_flag(f"{title}: {field}", value))


def check_owner(owner: object) -> None:
    """Check that the owner is None or a name of the allowed form."""
    if owner is None or (isinstance(owner, str) and _OWNER.fullmatch(owner)):
        return
    # an empty value would remove the mark (ME-3), and metadata values are strings
    given = "is empty" if isinstance(owner, str) and not owner.strip() else f"{owner!r:.60} is not valid"
    raise ConfigurationError(
        f"owner {given}: name this program with 1 to 128 letters, digits, '_', '.', ':', '/', '@' and '-', "
        "the first a letter or digit; or leave owner out."
    )


def kind_of(value: object) -> str:
    """Name the class of a value with its module, because the SDK's models have the names of resources."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def check_ttl(seconds: object) -> None:
    """Check that a lease's duration is one that the API accepts."""
    if not is_whole(seconds, 1) or not is_number(seconds):
        raise ConfigurationError(f"ttl_s must be a whole number of seconds, at least 1, got {seconds!r}.")


def check_mapping(kind: str, field: str, value: object, rule: str) -> None:
    """Check that a value is a mapping; it is not shown, because it could be a secret."""
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"{kind}: {field} must be {rule}, got {type(value).__name__}.")


def is_sendable(text: str) -> bool:
    """Return whether a string can be encoded as UTF-8; half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
