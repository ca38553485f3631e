"""Build the machine config of each process group (FT-50 to FT-70, FT-110)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources._flytoml import guests, services
from fly_resources._flytoml.values import refusal, split_command, volume_gb

if TYPE_CHECKING:
    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

#: Metadata that lets flyctl manage a machine, and names its process group (FT-110, FT-112).
PLATFORM: Final = "fly_platform_version"
GROUP: Final = "fly_process_group"
V2: Final = "v2"
_POLICIES: Final = {"always": "always", "never": "no", "on-failure": "on-failure"}
_GPU_VOLUME_GB: Final = 100


@attrs.frozen
class Mount:
    """The volume mount of a group's machines (FT-100 to FT-104)."""

    source: str
    destination: str
    size_gb: int
    snapshot_retention: int | None
    auto_backup_enabled: bool | None
    #: Automatic growth settings, with the API's keys.
    growth: Tree


def image_of(manifest: Manifest, given: str | None) -> str:
    """Return the image to deploy: the given one, else `build.image` (FT-190).

    Raises:
        ConfigurationError: No image is given; this library does not build from source.
    """
    image = given if given is not None else manifest.table("build").get("image")
    if isinstance(image, str) and image.strip():
        return image
    if given is not None:
        raise refusal("image", "must be a non-empty string, such as 'registry.fly.io/app:v2'.")
    section = (
        "[build] says how to build one from source" if "build" in manifest.tree else "there is no [build]"
    )
    raise refusal(
        "build",
        f"the file names no image ({section}), and images are not built here. Build and push it with "
        "'fly deploy --build-only --push' or with docker, then pass image='registry.fly.io/APP:TAG' "
        "(--image on the command line).",
    )


def config_of(manifest: Manifest, group: str, image: str, base: Tree, shared_files: list[Tree]) -> Tree:
    """Return the config of a group's machines as flyctl builds it; only keys that are set are written."""
    guest = guest_of(manifest, group)
    mount = mount_of(manifest, group)
    parts: Tree = {
        "env": environment(manifest, group),
        "init": {**base.get("init", {}), **_init(manifest, group)},
        "metadata": {**base.get("metadata", {}), **metadata(group)},
        "services": services.services_of(manifest, group),
        "checks": services.checks_of(manifest, group),
        "metrics": _metrics(manifest, group),
        "restart": _restart(manifest, group),
        "statics": [_static(row) for _, row in manifest.rows("statics")],
        "files": shared_files,
        "mounts": [{"name": mount.source, "path": mount.destination, **mount.growth}] if mount else [],
        "stop_config": stop_config(manifest),
        "guest": guest,
    }
    always = ("env", "init", "metadata")
    config = {**base, **{key: each for key, each in parts.items() if each or key in always}}
    return with_image(manifest, config, image)


def with_image(manifest: Manifest, config: Tree, image: str) -> Tree:
    """Return a config with its image; with several containers, `container` names the one to set (FT-68)."""
    containers = config.get("containers")
    if not containers:
        return {**config, "image": image}
    names = [each.get("name") for each in containers]
    wanted = manifest.text("container")
    if wanted is not None and wanted not in names:
        raise refusal("container", f"there is no container {wanted!r}; use one of {names}.")
    chosen = names.index(wanted or "app") if (wanted or "app") in names else 0
    filled = [{**each, "image": image} if index == chosen else each for index, each in enumerate(containers)]
    for each in filled:
        if not each.get("image"):
            raise refusal("machine_config", f"container {each.get('name')!r} has no image; give it one.")
    return {**config, "containers": filled, "image": image}


def environment(manifest: Manifest, group: str, more: Tree | None = None) -> dict[str, str]:
    """Return the environment variables of a group's machines (FT-51, FT-57)."""
    region = manifest.text("primary_region")
    return {
        **manifest.table("env"),
        **(more or {}),
        "FLY_PROCESS_GROUP": group,
        **({"PRIMARY_REGION": region} if region else {}),
    }


def metadata(group: str) -> dict[str, str]:
    """Return the metadata that names a machine's process group (FT-110)."""
    return {PLATFORM: V2, GROUP: group}


def _init(manifest: Manifest, group: str) -> Tree:
    """Return the command to run (FT-52 to FT-55)."""
    experimental = manifest.table("experimental")
    key = f"processes.{group}"
    command = split_command(key, manifest.table("processes").get(group, "")) or experimental.get("cmd")
    parts = {
        "cmd": command,
        "entrypoint": experimental.get("entrypoint"),
        "exec": experimental.get("exec"),
        "swap_size_mb": manifest.tree.get("swap_size_mb"),
    }
    return {name: each for name, each in parts.items() if each or each == 0}


def stop_config(manifest: Manifest) -> Tree:
    """Return the stop signal and timeout (FT-56)."""
    parts = {"signal": manifest.text("kill_signal"), "timeout": manifest.tree.get("kill_timeout")}
    return {name: each for name, each in parts.items() if each}


def _metrics(manifest: Manifest, group: str) -> Tree:
    """Return the metrics endpoint: the first entry of the group (FT-58)."""
    rows = [row for _, row in manifest.rows("metrics") if manifest.is_of(row, group)]
    row = rows[0] if rows else {}
    return {key: row[key] for key in ("port", "path", "https") if row.get(key)}


def _restart(manifest: Manifest, group: str) -> Tree:
    """Return the restart policy: the last entry of the group (FT-59)."""
    rows = [row for _, row in manifest.rows("restart") if manifest.is_of(row, group)]
    if not rows:
        return {}
    retries = {"max_retries": rows[-1]["retries"]} if rows[-1].get("retries") else {}
    return {"policy": _POLICIES[rows[-1]["policy"]], **retries}


def validate_restart(key: str, row: Tree) -> None:
    """Reject a policy that flyctl rejects (FT-59)."""
    policy = row.get("policy")
    if policy not in _POLICIES:
        hint = ' "no" is the API\'s word: write "never".' if policy == "no" else ""
        raise refusal(f"{key}.policy", f"is {policy or 'missing'}; use one of {', '.join(_POLICIES)}.{hint}")


def _static(row: Tree) -> Tree:
    """Return a directory that the proxy serves, with the empty strings that flyctl writes (FT-60)."""
    return {"tigris_bucket": "", "index_document": "", **row}


def validate_static(key: str, row: Tree) -> None:
    """Reject directories that flyctl would upload to its own bucket (FT-150)."""
    if not row.get("guest_path") or not row.get("url_prefix"):
        raise refusal(key, "guest_path and url_prefix are required.")
    if not row["guest_path"].startswith("/") and not row.get("tigris_bucket"):
        raise refusal(
            f"{key}.guest_path",
            "is relative: flyctl would upload that folder to a bucket made through a private API. Upload "
            "it to a bucket of yours and set tigris_bucket, or put it into the image and give its absolute "
            "path.",
        )


def guest_of(manifest: Manifest, group: str) -> Tree:
    """Return CPUs and memory of a group; empty if no `[[vm]]` applies to it (FT-66, FT-95)."""
    chosen = guests.choose(manifest.rows("vm"), group)
    if chosen is None:
        return {}
    host = manifest.text("host_dedication_id")
    guest = guests.compute(*chosen)
    return {**({"host_dedication_id": host} if host else {}), **guest}


def mount_of(manifest: Manifest, group: str) -> Mount | None:
    """Return the mount of a group, or None.

    Raises:
        ConfigurationError: The group has two mounts; the service accepts one volume per machine (FT-105).
    """
    rows = [row for row in manifest.rows("mounts") if manifest.is_of(row[1], group)]
    if len(rows) > 1:
        raise refusal(
            rows[1][0],
            f"group {group!r} has {len(rows)} mounts, but a machine can mount only one volume. Mount one, "
            "and put the other's files below it.",
        )
    if not rows:
        return None
    key, row = rows[0]
    size = volume_gb(row["initial_size"]) if row.get("initial_size") else None
    gpu = guest_of(manifest, group).get("gpu_kind")
    return Mount(
        source=row["source"],
        destination=row["destination"],
        size_gb=size or (_GPU_VOLUME_GB if gpu else 1),
        snapshot_retention=row.get("snapshot_retention"),
        auto_backup_enabled=row.get("scheduled_snapshots"),
        growth=_growth(key, row),
    )


_GROWTH: Final = {
    "auto_extend_size_increment": ("add_size_gb", 100),
    "auto_extend_size_limit": ("size_gb_limit", 500),
}
_LEAST_THRESHOLD: Final = 50
_MOST_THRESHOLD: Final = 99
_MOST_RETENTION: Final = 60


def _growth(key: str, row: Tree) -> Tree:
    """Return the volume's automatic growth settings, within flyctl's bounds (FT-103, FT-104)."""
    threshold = row.get("auto_extend_size_threshold")
    sizes = {name: row[name] for name in _GROWTH if row.get(name)}
    if not threshold and not sizes:
        return {}
    if not _LEAST_THRESHOLD <= (threshold or 0) <= _MOST_THRESHOLD:
        raise refusal(f"{key}.auto_extend_size_threshold", f"is {threshold}; it must be 50 to 99 (percent).")
    growth: Tree = {"extend_threshold_percent": threshold}
    for name, (api, most) in _GROWTH.items():
        if name not in sizes and name == "auto_extend_size_limit":
            continue
        size = volume_gb(sizes.get(name, "")) or 0
        if not 1 <= size <= most:
            raise refusal(f"{key}.{name}", f'is {sizes.get(name, "missing")}; use "1GB" to "{most}GB".')
        growth[api] = size
    return growth


def validate_mount(key: str, row: Tree) -> None:
    """Reject what flyctl rejects for any mount, whether or not its group exists (FT-101, FT-102, FT-104)."""
    for name in ("source", "destination"):
        if not row.get(name):
            raise refusal(f"{key}.{name}", "is missing.")
    if row.get("initial_size"):
        size = volume_gb(row["initial_size"])
        if size is None:
            raise refusal(
                f"{key}.initial_size", f'{row["initial_size"]!r} is not a size; write one such as "10GB".'
            )
        if size < 1:
            raise refusal(f"{key}.initial_size", f"{row['initial_size']!r} is smaller than 1 GB.")
    retention = row.get("snapshot_retention")
    if retention is not None and not 1 <= retention <= _MOST_RETENTION:
        raise refusal(f"{key}.snapshot_retention", f"is {retention}; it must be 1 to 60 (days).")
    _growth(key, row)
