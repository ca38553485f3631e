"""What flyctl rejects (FT-200), what it warns about (FT-201), and what it accepts silently (FT-202)."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._flytoml import addresses, configs, files, guests, services
from fly_resources._flytoml.values import refusal, shown, split_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

STRATEGIES: Final = ("rolling", "immediate", "canary", "bluegreen")
_COMPRESSIONS: Final = ("gzip", "zstd")
_MOST_LEVEL: Final = 9
_MOST_STATICS: Final = 10
_LAST_PORT: Final = 65_535
_SECRET_WORDS: Final = ("KEY", "PRIVATE", "DATABASE_URL", "PASSWORD", "SECRET")
_BUILDERS: Final = ("builder", "builtin", "dockerfile", "image")


def validate(manifest: Manifest) -> None:
    """Reject what flyctl rejects.

    Raises:
        ConfigurationError: Names the key and what to write instead.
    """
    for key, row in manifest.services():
        _validate_processes(manifest, key, row)
    for key, row in manifest.rows("restart"):
        configs.validate_restart(key, row)
        _validate_groups(manifest, key, row)
    for key, row in manifest.checks():
        services.validate_check(key, row)
    for key, row in manifest.rows("mounts"):
        configs.validate_mount(key, row)
    for key, row in manifest.rows("statics"):
        configs.validate_static(key, row)
    for key, row in manifest.rows("vm"):
        guests.compute(key, row)
    _validate_deploy(manifest)
    _validate_build(manifest)
    for key in ("console_command", "deploy.seed_command"):
        section, _, name = key.rpartition(".")
        split_command(key, (manifest.table(section) if section else manifest.tree).get(name) or "")


def _validate_processes(manifest: Manifest, key: str, row: Tree) -> None:
    """Reject a service without `processes` if the file names its groups (FT-44, FT-45)."""
    if "processes" in manifest.tree and not row.get("processes"):
        raise refusal(
            f"{key}.processes",
            f"is missing, and [processes] requires it; name some of {', '.join(manifest.groups)}.",
        )
    _validate_groups(manifest, key, row)


def _validate_groups(manifest: Manifest, key: str, row: Tree) -> None:
    for name in row.get("processes") or []:
        if name and name not in manifest.groups:
            raise refusal(
                f"{key}.processes",
                f"there is no group {shown(name)}; the groups are {', '.join(manifest.groups)}.",
            )


def _validate_deploy(manifest: Manifest) -> None:
    """Reject what flyctl rejects in `[deploy]` (FT-180, FT-182)."""
    deploy = manifest.table("deploy")
    strategy = deploy.get("strategy") or STRATEGIES[0]
    if strategy not in STRATEGIES:
        raise refusal("deploy.strategy", f"is {shown(strategy)}; use rolling, immediate or canary.")
    if strategy == "canary" and manifest.tree.get("mounts"):
        raise refusal(
            "deploy.strategy", 'is "canary", which flyctl refuses beside [[mounts]]; use "rolling".'
        )
    if deploy.get("max_unavailable", 1) <= 0:
        raise refusal(
            "deploy.max_unavailable",
            f"is {deploy['max_unavailable']}; give a share such as 0.33, or a number from 1.",
        )


def _validate_build(manifest: Manifest) -> None:
    build = manifest.table("build")
    if build.get("compression") and build["compression"] not in _COMPRESSIONS:
        raise refusal("build.compression", f"is {shown(build['compression'])}; use gzip or zstd.")
    if not 0 <= build.get("compression_level", 0) <= _MOST_LEVEL:
        raise refusal("build.compression_level", f"is {build['compression_level']}; it must be 0 to 9.")


def find_warnings(manifest: Manifest) -> Iterator[str]:
    """Yield warnings about a file that flyctl accepts."""
    yield from manifest.warnings
    yield from _find_contradictions(manifest)
    yield from files.find_odd_files(manifest)
    yield from _find_odd_names(manifest)
    yield from _find_odd_services(manifest)
    for key, row in manifest.rows("vm"):
        yield from guests.find_odd(key, guests.compute(key, row))
    for key, row in manifest.rows("mounts"):
        if not row["destination"].startswith("/") or row["destination"] == "/":
            yield f"{key}.destination: {row['destination']!r} should be an absolute path below '/'."
    if len(manifest.rows("statics")) > _MOST_STATICS:
        yield f"statics: the service takes {_MOST_STATICS} at most."
    yield from addresses.find_warnings(manifest)


def _find_contradictions(manifest: Manifest) -> Iterator[str]:
    """Yield where flyctl does less than documented, or a key has no effect (FT-46, FT-163)."""
    if len(manifest.groups) > 1:
        for key, row in manifest.rows("restart"):
            if not row.get("processes"):
                yield (
                    f"{key}: without processes it is for group {manifest.default_group!r} only, although "
                    "flyctl's documentation says otherwise; name the groups."
                )
    if "PRIMARY_REGION" in manifest.table("env") and not manifest.text("primary_region"):
        yield "env.PRIMARY_REGION: it does not choose a region; set primary_region at the top of the file."
    deploy = manifest.table("deploy")
    if "max_unavailable" in deploy and deploy.get("strategy") in {"immediate", "bluegreen"}:
        yield f"deploy.max_unavailable: strategy {deploy['strategy']!r} ignores it."
    if sum(bool(manifest.table("build").get(key)) for key in _BUILDERS) > 1:
        yield "build: it names several ways to build; the image is used."
    for key in ("lazy_load_images", "attached"):
        if key in manifest.table("experimental"):
            yield f"experimental.{key}: a deployment ignores it."


def _find_odd_names(manifest: Manifest) -> Iterator[str]:
    """Yield names that refer to nothing, or should not be there (FT-44, FT-57)."""
    for name in manifest.table("env"):
        if name.startswith("FLY_"):
            yield f"env.{name}: names that begin with FLY_ are Fly.io's own."
        if any(word in name for word in _SECRET_WORDS):
            yield f"env.{name}: it looks like a secret; a FlySecret keeps it out of the file."
    sections = [row for key in ("mounts", "files", "metrics", "vm") for row in manifest.rows(key)]
    for key, row in [*sections, *manifest.checks()]:
        for name in row.get("processes") or []:
            if name and name not in manifest.groups:
                yield f"{key}.processes: there is no group {name!r}, so this has no effect."


def _find_odd_services(manifest: Manifest) -> Iterator[str]:
    """Yield services without ports, ports that are served twice, and adjusted times (FT-83, FT-84)."""
    for key, row in manifest.services():
        if key != "http_service" and not row.get("ports"):
            yield f"{key}: it has no ports, so the proxy does not serve it."
        if row.get("protocol") == "udp" and row.get("auto_start_machines"):
            yield f"{key}.auto_start_machines: UDP traffic does not start a machine."
        for kind in ("tcp_checks", "http_checks", "checks"):
            for index, check in enumerate(row.get(kind, [])):
                yield from services.find_odd_times(f"{key}.{kind}[{index}]", check)
    for group in manifest.groups:
        yield from _find_shared_ports(manifest, group)


def _find_shared_ports(manifest: Manifest, group: str) -> Iterator[str]:
    spans = Counter(
        (service.get("protocol"), *span)
        for service in services.services_of(manifest, group)
        for port in service.get("ports", [])
        for span in _spans(port)
    )
    for (protocol, *span), count in spans.items():
        if count > 1:
            yield f"services: group {group!r} serves {protocol or 'port'} {_spelled(*span)} {count} times."
    for (protocol, *one), (other_protocol, *other) in itertools.combinations(spans, 2):
        if protocol == other_protocol and one[0] <= other[1] and other[0] <= one[1]:
            both = f"{_spelled(*one)} and {_spelled(*other)}"
            yield f"services: group {group!r} serves {protocol or 'port'} {both}, which overlap."


def _spans(port: Tree) -> Iterator[tuple[int, int]]:
    """Yield the first and the last port of what is served; a range without one end is open there."""
    if "port" in port:
        yield port["port"], port["port"]
    if "start_port" in port or "end_port" in port:
        yield port.get("start_port", 0), port.get("end_port", _LAST_PORT)


def _spelled(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
