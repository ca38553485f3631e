"""Machines that run one command and exit: the release command and machine checks (FT-160 to FT-170)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fly_resources._flytoml import configs, files, guests
from fly_resources._flytoml.values import SECOND_NS, parse_duration, refusal, split_command

if TYPE_CHECKING:
    from fly_resources._flytoml.manifest import Manifest

Tree: TypeAlias = dict[str, Any]

RELEASE_GROUP: Final = "fly_app_release_command"
TEST_GROUP: Final = "fly_app_test_machine_command"
#: Groups of flyctl's own short-lived machines; they are not part of the app's set.
SHORT_LIVED: Final = frozenset({RELEASE_GROUP, TEST_GROUP, "fly_app_console"})
_RELEASE_TIMEOUT_S: Final = 300.0


def _base(manifest: Manifest, group: str, more: Tree) -> Tree:
    return {
        "env": configs.environment(manifest, group, more),
        "metadata": configs.metadata(group),
        "restart": {"policy": "no"},
        "auto_destroy": True,
        "dns": {"skip_registration": True},
    }


def _init(manifest: Manifest, command: list[str], entrypoint: list[str] | None) -> Tree:
    parts = {
        "cmd": command,
        "entrypoint": manifest.table("experimental").get("entrypoint") or entrypoint,
        "swap_size_mb": manifest.tree.get("swap_size_mb"),
    }
    return {name: each for name, each in parts.items() if each or each == 0}


def release_config(manifest: Manifest, image: str) -> Tree | None:
    """Return the config for `deploy.release_command`; None if there is no such command.

    Its guest is that of `release_command_vm`, or none if the live machines determine it (FT-162).
    """
    text = manifest.table("deploy").get("release_command")
    if not text:
        return None
    command = split_command("deploy.release_command", text)
    shared = files.files(manifest)
    stop = configs.stop_config(manifest)
    row = manifest.table("deploy").get("release_command_vm")
    return {
        **_base(manifest, RELEASE_GROUP, {"RELEASE_COMMAND": "1"}),
        "init": _init(manifest, command, None),
        **({"files": shared} if shared else {}),
        **({"stop_config": stop} if stop else {}),
        **({"guest": guests.compute("deploy.release_command_vm", row)} if row else {}),
        "image": image,
    }


def release_timeout_s(manifest: Manifest) -> float | None:
    """Return the time limit of the release command in seconds; None for no limit (FT-164)."""
    text = manifest.table("deploy").get("release_command_timeout")
    if text is None:
        return _RELEASE_TIMEOUT_S
    return None if text == "none" else seconds(text)


def seconds(text: str) -> float:
    """Return a duration from the file in seconds."""
    return (parse_duration(text) or 0) / SECOND_NS


def test_configs(manifest: Manifest, image: str) -> list[tuple[tuple[str, ...], Tree]]:
    """Return the configs of `machine_checks`, run after a machine update, each with its groups (FT-170)."""
    found = [(manifest.groups, key, row) for key, row in manifest.rows("machine_checks")]
    for place, section in manifest.services():
        groups = manifest.groups_of(section)
        found += [
            (groups, f"{place}.machine_checks[{index}]", row)
            for index, row in enumerate(section.get("machine_checks", []))
        ]
    return [(groups, _test_config(manifest, key, row, image)) for groups, key, row in found]


def _test_config(manifest: Manifest, key: str, row: Tree, image: str) -> Tree:
    if not row.get("command"):
        raise refusal(f"{key}.command", "is missing; say what to run.")
    stop = {"signal": row.get("kill_signal"), "timeout": row.get("kill_timeout")}
    # with an image of its own, the app's stop settings do not apply
    app_stop = {} if row.get("image") else configs.stop_config(manifest)
    return {
        **_base(manifest, TEST_GROUP, {"FLY_TEST_COMMAND": "1", "FLY_TEST_MACHINE_IP": ""}),
        "init": _init(manifest, row["command"], row.get("entrypoint")),
        "stop_config": {**app_stop, **{name: each for name, each in stop.items() if each}},
        "image": row.get("image") or image,
    }
