"""Every key of fly.toml and its type; wrong types and unknown keys are rejected (FT-2 to FT-5)."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from fly_resources._flytoml.values import parse_duration, print_duration, print_value, refusal, shown

Reader: TypeAlias = Callable[[str, Any], Any]


@attrs.frozen
class Table:
    """A table with known keys."""

    keys: Mapping[str, Kind]
    #: Keys of earlier flyctl versions, which it now ignores (FT-35).
    dead: frozenset[str] = frozenset()


@attrs.frozen
class Rows:
    """An array of tables, written with double brackets; a single table is a type error (FT-36)."""

    row: Table


@attrs.frozen
class Names:
    """A table whose keys are chosen by the user."""

    each: Kind


Kind: TypeAlias = "Table | Rows | Names | Reader"


@attrs.define
class Check:
    """Checks one file and collects the keys that flyctl would ignore."""

    #: Unknown keys, each with a hint at the closest known key.
    unknown: list[str] = attrs.field(factory=list)
    warnings: list[str] = attrs.field(factory=list)

    def read(self, kind: Kind, key: str, value: Any) -> Any:  # noqa: ANN401  # a value of the file
        """Return the value, converted as its type requires.

        Raises:
            ConfigurationError: The value has another type, which makes flyctl reject the file too (FT-3).
        """
        if isinstance(kind, Table):
            return self._read_table(kind, key, value)
        if isinstance(kind, Rows):
            if not isinstance(value, list):
                place = re.sub(r"\[\d+\]", "", key)
                raise refusal(key, f"is {name_type(value)}; write an array of tables: [[{place}]].")
            return [self.read(kind.row, f"{key}[{index}]", each) for index, each in enumerate(value)]
        if isinstance(kind, Names):
            _want(isinstance(value, dict), key, value, "a table of names and their values")
            return {name: self.read(kind.each, f"{key}.{name}", each) for name, each in value.items()}
        return kind(key, value)

    def _read_table(self, kind: Table, key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401  # the same
        _want(isinstance(value, dict), key, value, "a table")
        found: dict[str, Any] = {}
        for written, each in value.items():
            # Go matches JSON keys case-insensitively (FT-2)
            name = written if written in kind.keys else written.lower()
            here = f"{key}.{written}" if key else written
            if name not in kind.keys:
                self._note_unknown(kind, here, written)
            elif name in found:
                raise refusal(here, f"is given twice, as {name!r} in another case; keep one.")
            else:
                found[name] = self.read(kind.keys[name], here, each)
        return found

    def _note_unknown(self, kind: Table, here: str, written: str) -> None:
        if written in kind.dead:
            self.warnings.append(f"{here}: flyctl ignores this key today; remove it.")
            return
        near = _find_nearest(written.lower()[:80], kind.keys)
        hint = f"did you mean {near!r}?" if near else f"known here: {', '.join(sorted(kind.keys))}."
        hint = _ELSEWHERE.get(written.lower(), hint)
        # nothing is built here, so only a misspelt image key would be missed
        collected = self.warnings if here.startswith("build.") and near != "image" else self.unknown
        collected.append(f"{here}: flyctl knows no such key; {hint}")


def _find_nearest(written: str, known: Iterable[str]) -> str | None:
    """Return the likely key: one with a similar spelling, else one that contains all of it."""
    alike = difflib.get_close_matches(written, known, n=1)
    longer = sorted((each for each in known if len(written) > 2 and written in each), key=len)  # noqa: PLR2004 - a word
    return next(iter((*alike, *longer)), None)


def name_type(value: object) -> str:
    """Return the TOML name of a value's type."""
    for kind, name in (
        (bool, "true or false"),
        (str, "a string"),
        (int | float, "a number"),
        (dict, "a table"),
        (list, "an array"),
    ):
        if isinstance(value, kind):
            return name
    return "a date or time"


def _want(fits: bool, key: str, value: object, wanted: str) -> None:  # noqa: FBT001  # a question's answer
    if not fits:
        raise refusal(key, f"is {name_type(value)}; it must be {wanted}.")


def _text(key: str, value: Any) -> str:  # noqa: ANN401  # a value of the file
    _want(isinstance(value, str), key, value, "a string")
    return str(value)


def _flag(key: str, value: Any) -> bool:  # noqa: ANN401  # the same
    _want(isinstance(value, bool), key, value, "true or false")
    return bool(value)


def _number(key: str, value: Any) -> int | float:  # noqa: ANN401  # the same
    fits = isinstance(value, int | float) and not isinstance(value, bool)
    _want(fits, key, value, "a number")
    if print_value(value) is None or not math.isfinite(value):
        raise refusal(key, "is out of range.")
    return int(value) if int(value) == value else float(value)


def _whole(key: str, value: Any) -> int:  # noqa: ANN401  # the same
    number = _number(key, value)
    if not isinstance(number, int):
        raise refusal(key, f"is {number}; it must be a whole number.")
    return number


def _texts(key: str, value: Any) -> list[str]:  # noqa: ANN401  # the same
    if isinstance(value, str):
        raise refusal(key, f"is a string; it must be an array of strings: [{shown(value)}].")
    _want(isinstance(value, list), key, value, "an array of strings")
    return [_text(f"{key}[{index}]", each) for index, each in enumerate(value)]


def _duration(key: str, value: Any) -> str:  # noqa: ANN401  # the same
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise refusal(
            key,
            "is a bare number, which flyctl reads as nanoseconds, although its documentation says "
            f'otherwise; write a unit: "{value}s" or "{value}ms".',
        )
    _want(isinstance(value, str), key, value, 'a duration such as "10s"')
    nanoseconds = parse_duration(str(value))
    if nanoseconds is None:
        raise refusal(key, f'{shown(value)} is not a duration; write one such as "10s", "1m30s" or "500ms".')
    return print_duration(nanoseconds)


def _duration_or_none(key: str, value: Any) -> str:  # noqa: ANN401  # the same
    return "none" if value == "none" else _duration(key, value)


def _size(key: str, value: Any) -> str:  # noqa: ANN401  # the same
    printed = None if isinstance(value, bool) else print_value(value)
    _want(printed is not None, key, value, 'a size such as "1gb"')
    return str(printed)


def _autostop(key: str, value: Any) -> str:  # noqa: ANN401  # the same
    if isinstance(value, bool):
        return "stop" if value else "off"
    if value not in {"off", "stop", "suspend"} if isinstance(value, str) else True:
        raise refusal(key, f'is {shown(value)}; use "off", "stop" or "suspend".')
    return str(value)


def _header_value(key: str, value: Any) -> str | bool | list[str]:  # noqa: ANN401  # the same
    if value is False:
        return False
    if isinstance(value, list):
        return _texts(key, value)
    _want(isinstance(value, str), key, value, "a string, an array of strings, or false (to remove it)")
    return str(value)


def _compose(key: str, _value: Any) -> None:  # noqa: ANN401  # the same
    raise refusal(
        key,
        "Docker compose files are not read here. Describe the containers in [experimental] machine_config "
        '(JSON: {"containers": [...]}), or deploy this app with flyctl.',
    )


def _anything(_key: str, value: Any) -> Any:  # noqa: ANN401  # the same
    return value


_CHECK: Final[dict[str, Kind]] = {
    "interval": _duration,
    "timeout": _duration,
    "grace_period": _duration,
    "method": _text,
    "path": _text,
    "protocol": _text,
    "tls_skip_verify": _flag,
    "tls_server_name": _text,
    "headers": Names(_text),
}
_MACHINE_CHECKS: Final = Rows(
    Table(
        {
            "command": _texts,
            "image": _text,
            "entrypoint": _texts,
            "kill_signal": _text,
            "kill_timeout": _duration,
        }
    )
)
_CONCURRENCY: Final = Table({"type": _text, "hard_limit": _whole, "soft_limit": _whole})
_TLS: Final = Table({"alpn": _texts, "versions": _texts, "default_self_signed": _flag})
_HTTP: Final = Table(
    {
        "compress": _flag,
        "response": Table({"headers": Names(_header_value), "pristine": _flag}),
        "h2_backend": _flag,
        "idle_timeout": _whole,
        "headers_read_timeout": _whole,
        "replay_cache": Rows(
            Table(
                {
                    "path_prefix": _text,
                    "ttl_seconds": _whole,
                    "type": _text,
                    "name": _text,
                    "allow_bypass": _flag,
                }
            )
        ),
    }
)
_SERVED: Final[dict[str, Kind]] = {
    "internal_port": _whole,
    "auto_stop_machines": _autostop,
    "auto_start_machines": _flag,
    "min_machines_running": _whole,
    "concurrency": _CONCURRENCY,
    "machine_checks": _MACHINE_CHECKS,
    "processes": _texts,
}
_PORT: Final = Table(
    {
        "port": _whole,
        "start_port": _whole,
        "end_port": _whole,
        "handlers": _texts,
        "force_https": _flag,
        "tls_options": _TLS,
        "http_options": _HTTP,
        "proxy_proto_options": Table({"version": _text}),
    }
)
_OF_NOMAD: Final = frozenset(
    {
        "allowed_public_ports",
        "kill_signal",
        "kill_timeout",
        "restart_limit",
        "script_checks",
    }
)
_HTTP_CHECKS: Final = Rows(Table(_CHECK, dead=_OF_NOMAD))
_SERVICE: Final = Table(
    {
        **_SERVED,
        "protocol": _text,
        "ports": Rows(_PORT),
        "tcp_checks": Rows(
            Table(
                {"interval": _duration, "timeout": _duration, "grace_period": _duration},
                dead=_OF_NOMAD,
            )
        ),
        "http_checks": _HTTP_CHECKS,
    },
    dead=_OF_NOMAD,
)
_HTTP_SERVICE: Final = Table(
    {
        **_SERVED,
        "force_https": _flag,
        "tls_options": _TLS,
        "http_options": _HTTP,
        "checks": _HTTP_CHECKS,
    },
    dead=_OF_NOMAD,
)
_VM: Final = Table(
    {
        "size": _text,
        "memory": _size,
        "cpus": _whole,
        "cpu_kind": _text,
        "memory_mb": _whole,
        "max_memory_mb": _whole,
        "gpus": _whole,
        "gpu_kind": _text,
        "host_dedication_id": _text,
        "persist_rootfs": _text,
        "kernel_args": _texts,
        "processes": _texts,
    }
)
_BUILD: Final = Table(
    {
        "builder": _text,
        "args": Names(_text),
        "buildpacks": _texts,
        "image": _text,
        "settings": _anything,
        "builtin": _text,
        "dockerfile": _text,
        "ignorefile": _text,
        "build-target": _text,
        "compression": _text,
        "compression_level": _whole,
        "compose": _compose,
    }
)
_DEPLOY: Final = Table(
    {
        "release_command": _text,
        "release_command_timeout": _duration_or_none,
        "release_command_vm": _VM,
        "seed_command": _text,
        "strategy": _text,
        "max_unavailable": _number,
        "wait_timeout": _duration,
    }
)
_EXPERIMENTAL: Final = Table(
    {
        "cmd": _texts,
        "entrypoint": _texts,
        "exec": _texts,
        "auto_rollback": _flag,
        "enable_consul": _flag,
        "enable_etcd": _flag,
        "lazy_load_images": _flag,
        "attached": Table({"secrets": Table({"export": Names(_text)})}),
        "machine_config": _text,
    },
    dead=frozenset({"allowed_public_ports", "private_network"}),
)
_MOUNT: Final = Table(
    {
        "source": _text,
        "destination": _text,
        "initial_size": _size,
        "snapshot_retention": _whole,
        "scheduled_snapshots": _flag,
        "auto_extend_size_threshold": _whole,
        "auto_extend_size_increment": _text,
        "auto_extend_size_limit": _text,
        "processes": _texts,
    }
)

_COUNTED: Final = "the file cannot say how many machines there are: pass counts={GROUP: N}."
#: Keys that people write into a fly.toml, and where each setting belongs instead.
_ELSEWHERE: Final = {
    "count": _COUNTED,
    "max_machines_running": _COUNTED,
    "org": "an app's organisation is not in the file: pass org= where the app is created.",
    "organization": "an app's organisation is not in the file: pass org= where the app is created.",
    "region": "did you mean 'primary_region'? Machines that exist stay where they are.",
    "regions": "the file holds one region, 'primary_region': machines that exist stay where they are.",
}

#: The whole file, after old spellings have been rewritten.
FILE: Final = Table(
    {
        "app": _text,
        "primary_region": _text,
        "kill_signal": _text,
        "kill_timeout": _duration,
        "swap_size_mb": _whole,
        "console_command": _text,
        "host_dedication_id": _text,
        "machine_config": _text,
        "container": _text,
        "experimental": _EXPERIMENTAL,
        "build": _BUILD,
        "deploy": _DEPLOY,
        "env": Names(_text),
        "processes": Names(_text),
        "http_service": _HTTP_SERVICE,
        "checks": Names(Table({**_CHECK, "port": _whole, "type": _text, "processes": _texts})),
        "mounts": Rows(_MOUNT),
        "services": Rows(_SERVICE),
        "files": Rows(
            Table(
                {
                    "guest_path": _text,
                    "local_path": _text,
                    "secret_name": _text,
                    "raw_value": _text,
                    "processes": _texts,
                }
            )
        ),
        "machine_checks": _MACHINE_CHECKS,
        "restart": Rows(Table({"policy": _text, "retries": _whole, "processes": _texts})),
        "vm": Rows(_VM),
        "statics": Rows(
            Table(
                {
                    "guest_path": _text,
                    "url_prefix": _text,
                    "tigris_bucket": _text,
                    "index_document": _text,
                }
            )
        ),
        "metrics": Rows(Table({"port": _whole, "path": _text, "https": _flag, "processes": _texts})),
    }
)
