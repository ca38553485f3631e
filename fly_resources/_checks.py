"""What the nouns refuse when they are made: values that the service would, or that mean something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from fly_resources.errors import ConfigurationError

APP_NAME: Final = re.compile(r"[a-z0-9-]{1,62}")
MACHINE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
VOLUME_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,30}")
VOLUME_ID: Final = re.compile(r"vol_[a-z0-9]+")
SNAPSHOT_ID: Final = re.compile(r"vs_[A-Za-z0-9]+")
SECRET_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
VARIABLE: Final = re.compile(r"[A-Z_][A-Z0-9_]+")
#: Slugs and names that go into the body of a request.
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")
#: Metadata is text, of any length as far as is known; a name that is short and has one spelling is enough.
_OWNER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,127}")
REGION: Final = re.compile(r"[a-z]{2,4}(,[a-z]{2,4})*")
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOSTNAME: Final = re.compile(rf"(\*\.)?({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?")
IP_TYPES: Final = ("v4", "shared_v4", "v6", "private_v6", "egress_v4", "egress_v6", "egress_pair")
IP_TYPE: Final = re.compile("|".join(IP_TYPES))
STATE: Final = re.compile("started|stopped")
MAX_HOSTNAME: Final = 253
MAX_VOLUME_GB: Final = 500
_MAX_SHOWN: Final = 40


def check(noun: str, field: str, value: object, pattern: re.Pattern[str], rule: str) -> None:
    """Refuse what is no text of that form."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        text = repr(value)
        # long enough to find it by, too short for a key that was given in the wrong place
        shown = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
        raise ConfigurationError(f"{noun}: {field} {shown} is not possible: {rule}.")


def check_word(noun: str, field: str, value: object) -> None:
    """Refuse what is neither None nor a slug or name."""
    if value is not None:
        check(noun, field, value, _WORD, "use letters, digits, '.', '_', ':' and '-'")


def check_owner(owner: object) -> None:
    """Refuse what is neither None nor a name that tells one program's machines from another's."""
    if owner is None or (isinstance(owner, str) and _OWNER.fullmatch(owner)):
        return
    # an empty value would take the mark away (ME-3); one of another type is no text of metadata
    given = "is empty" if isinstance(owner, str) and not owner.strip() else f"{owner!r:.60} is not possible"
    raise ConfigurationError(
        f"owner {given}: name this program with 1 to 128 letters, digits, '_', '.', ':', '/', '@' and '-', "
        "the first a letter or digit; or leave owner out."
    )


def check_range(noun: str, field: str, value: object, least: int, most: int) -> None:
    """Refuse what is no whole number within bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ConfigurationError(
            f"{noun}: {field} must be a whole number from {least} to {most}, got {value!r}."
        )


def check_ttl(seconds: object) -> None:
    """Refuse a time for a lease that the service could not be asked for."""
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds < 1:
        raise ConfigurationError(f"ttl_s must be a whole number of seconds, at least 1, got {seconds!r}.")


def check_flag(noun: str, field: str, value: object) -> None:
    """Refuse what is neither true nor false: the text "no" would count as true."""
    if not isinstance(value, bool):
        raise ConfigurationError(f"{noun}: {field} is {type(value).__name__}; give True or False.")


def check_mapping(noun: str, field: str, value: object, rule: str) -> None:
    """Refuse what is no mapping; its value is not shown, because it could be a secret."""
    if not isinstance(value, Mapping):
        raise ConfigurationError(f"{noun}: {field} is {type(value).__name__}; give {rule}.")


def is_sendable(text: str) -> bool:
    """Return whether a text can be written as UTF-8: half of a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
