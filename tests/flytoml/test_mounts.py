"""Mounts and the volumes behind them (FT-100 to FT-106, FT-130 to FT-133)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import Fly, Machine, Volume
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.flytoml import Live, Mount

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator, VirtualClock
    from tests.flytoml.conftest import Flyctl, Read, Refused

    Config = Callable[..., dict[str, Any]]

MOUNT = "[[mounts]]\nsource = 'data'\ndestination = '/data'\n"


def _nouns(toml_resources: list[Any]) -> tuple[list[Volume], list[Machine]]:
    return (
        [each for each in toml_resources if isinstance(each, Volume)],
        [each for each in toml_resources if isinstance(each, Machine)],
    )


def test_ft100_a_mount_is_a_volume_of_that_name_at_that_path(read: Read) -> None:
    toml = read(MOUNT)
    assert toml.groups["app"].config["mounts"] == [{"name": "data", "path": "/data"}]
    (volume,), (machine,) = _nouns(toml.resources(None))
    assert (volume.name, volume.region) == ("data", "iad")
    assert machine.mounts == {"/data": volume}
    assert "mounts" not in machine.config


@pytest.mark.parametrize("destination", ["/", "data"])
def test_ft100_an_odd_destination_is_warned_of(read: Read, destination: str) -> None:
    warnings = read(MOUNT.replace("/data", destination)).warnings
    assert [each.partition(":")[0] for each in warnings] == ["mounts[0].destination"]


@pytest.mark.parametrize("key", ["source", "destination"])
def test_ft100_source_and_destination_are_wanted(refused: Refused, key: str) -> None:
    lines = [line for line in MOUNT.splitlines() if not line.startswith(key)]
    assert refused("\n".join(lines)).startswith(f"mounts[0].{key}: is missing")


def test_ft101_the_initial_size_is_for_new_volumes_only(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    old, new = read(MOUNT), read(f"{MOUNT}initial_size = '20gb'\n")
    assert [each.size_gb for each in _nouns(old.resources(None))[0]] == [1]
    assert [each.size_gb for each in _nouns(new.resources(None))[0]] == [20]
    flyctl.launch(old, {"app": 1})
    assert [each.size_gb for each in _nouns(new.resources(Live.read(fly, "shop")))[0]] == [1]
    assert not fly.plan(*new.resources(Live.read(fly, "shop"))).changed


def test_ft101_with_a_gpu_the_default_is_larger(read: Read) -> None:
    mount = read(f"{MOUNT}[[vm]]\nsize = 'l40s'\n").groups["app"].mount
    assert mount is not None
    assert mount.size_gb == 100


@pytest.mark.parametrize("size", ["'15Mb'", "'much'", "'0'", "0.5"])
def test_ft101_a_size_below_1_gb_is_refused(refused: Refused, size: str) -> None:
    assert refused(f"{MOUNT}initial_size = {size}\n").startswith("mounts[0].initial_size: ")
    unused = f"{MOUNT}processes = ['none']\ninitial_size = {size}\n"
    assert refused(unused).startswith("mounts[0].initial_size: ")


def test_ft102_snapshots_are_settings_of_a_new_volume(read: Read) -> None:
    (volume,), _ = _nouns(
        read(f"{MOUNT}snapshot_retention = 10\nscheduled_snapshots = false\n").resources(None)
    )
    assert (volume.snapshot_retention, volume.auto_backup_enabled) == (10, False)
    (volume,), _ = _nouns(read(MOUNT).resources(None))
    assert (volume.snapshot_retention, volume.auto_backup_enabled, volume.encrypted) == (None, None, True)


@pytest.mark.parametrize("days", [0, 61, -1])
def test_ft102_retention_has_bounds(refused: Refused, days: int) -> None:
    assert refused(f"{MOUNT}snapshot_retention = {days}\n").startswith("mounts[0].snapshot_retention: ")


GROWTH = (
    "auto_extend_size_threshold = 80\nauto_extend_size_increment = '1GB'\nauto_extend_size_limit = '100GB'\n"
)
GROWN = {"extend_threshold_percent": 80, "add_size_gb": 1, "size_gb_limit": 100}


def test_ft103_how_a_volume_grows_is_config(read: Read) -> None:
    toml = read(MOUNT + GROWTH)
    assert toml.groups["app"].config["mounts"] == [{"name": "data", "path": "/data", **GROWN}]
    _, (machine,) = _nouns(toml.resources(None))
    assert machine.config["mounts"] == [GROWN]


def test_ft103_it_changes_in_place(read: Read, fly: Fly) -> None:
    fly.ensure(*read(MOUNT + GROWTH).resources(None))
    later = read(MOUNT + GROWTH.replace("80", "90"))
    plan = fly.plan(*later.resources(Live.read(fly, "shop")))
    (change,) = [change for each in plan for change in each.changes]
    assert str(change) == "config.mounts[0].extend_threshold_percent: 80 -> 90"


def test_ft103_sizes_are_text(refused: Refused) -> None:
    assert refused(f"{MOUNT}auto_extend_size_increment = 1\n").startswith(
        "mounts[0].auto_extend_size_increment: is a number"
    )


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("80", "49"), "threshold"),
        (("80", "100"), "threshold"),
        (("auto_extend_size_threshold = 80", ""), "threshold"),
        (("'1GB'", "'101GB'"), "increment"),
        (("'1GB'", "'1MB'"), "increment"),
        (("auto_extend_size_increment = '1GB'", ""), "increment"),
        (("'100GB'", "'501GB'"), "limit"),
        (("'100GB'", "'lots'"), "limit"),
    ],
)
def test_ft104_growth_has_bounds(refused: Refused, change: tuple[str, str], key: str) -> None:
    message = refused(MOUNT + GROWTH.replace(*change))
    assert message.startswith(f"mounts[0].auto_extend_size_{key}: is ")


def test_ft104_a_limit_is_optional(config: Config) -> None:
    growth = GROWTH.replace("auto_extend_size_limit = '100GB'", "")
    assert "size_gb_limit" not in config(MOUNT + growth)["mounts"][0]


def test_ft105_two_mounts_of_a_group_are_refused(refused: Refused) -> None:
    message = refused(MOUNT + MOUNT.replace("data", "more"))
    assert message.startswith("mounts[1]: group 'app' has 2 mounts")


GROUPS = "[processes]\na = ''\nb = ''\n"


def test_ft106_groups_that_mount_one_name_have_a_volume_each(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    toml = read(f"{GROUPS}{MOUNT}processes = ['a', 'b']\n")
    wanted = Mount("data", "/data", 1, None, None, {})
    assert {name: group.mount for name, group in toml.groups.items()} == {"a": wanted, "b": wanted}
    with pytest.raises(ConfigurationError, match="group 'b' needs a second new volume 'data'"):
        toml.resources(None)

    # what flyctl has made is told apart by ids
    flyctl.launch(toml, {"a": 1, "b": 1})
    volumes, machines = _nouns(toml.resources(Live.read(fly, "shop")))
    assert len({each.id for each in volumes}) == len(machines) == 2
    assert not fly.plan(*machines).changed


def test_ft106_volumes_made_before_are_told_apart_by_ids(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    toml = read(f"{GROUPS}{MOUNT}processes = ['a', 'b']\n")
    flyctl.send("/apps", {"name": "shop", "org_slug": "personal"})
    for _ in range(2):
        flyctl.send("/apps/shop/volumes", {"name": "data", "region": "iad", "size_gb": 1})
    fly.ensure(*toml.resources(Live.read(fly, "shop")))
    volumes, machines = _nouns(toml.resources(Live.read(fly, "shop")))
    assert len({each.id for each in volumes}) == len(machines) == 2


def test_ft130_without_a_region_there_is_no_volume(read: Read) -> None:
    toml = read("app = 'shop'\n" + MOUNT, bare=True)
    with pytest.raises(
        ConfigurationError, match="primary_region: is missing, and group 'app' mounts a volume"
    ):
        toml.resources(None)
    assert read("app = 'shop'\n" + MOUNT, bare=True, primary_region="iad").resources(None)


def test_ft131_a_new_machine_takes_the_first_free_volume(
    read: Read, flyctl: Flyctl, fly: Fly, clock: VirtualClock
) -> None:
    toml = read(MOUNT)
    flyctl.send("/apps", {"name": "shop", "org_slug": "personal"})
    made = []
    for region in ("fra", "iad", "iad"):
        made.append(flyctl.send("/apps/shop/volumes", {"name": "data", "region": region, "size_gb": 7})["id"])
        clock.sleep(1.0)
    elsewhere, first, _ = made
    (volume,), _ = _nouns(toml.resources(Live.read(fly, "shop")))
    assert (volume.id, volume.size_gb, volume.region) == (first, 7, "iad")
    fly.ensure(*toml.resources(Live.read(fly, "shop")))
    (again,), _ = _nouns(toml.resources(Live.read(fly, "shop")))
    assert again.id == first

    # without a primary region the oldest will do, wherever it is
    anywhere = read("app = 'shop'\n" + MOUNT, bare=True)
    (volume, other), _ = _nouns(anywhere.resources(Live.read(fly, "shop"), counts={"app": 2}))
    assert (volume.id, other.id, other.region) == (first, elsewhere, "fra")


def test_ft131_no_empty_volume_is_made_while_one_of_that_name_is_free_elsewhere(
    read: Read, flyctl: Flyctl, fly: Fly
) -> None:
    flyctl.send("/apps", {"name": "shop", "org_slug": "personal"})
    flyctl.send("/apps/shop/volumes", {"name": "data", "region": "fra", "size_gb": 7})
    live = Live.read(fly, "shop")
    with pytest.raises(ReconcileError, match="primary_region='fra'"):
        read(MOUNT).resources(live)
    assert fly.ensure(*read(MOUNT, primary_region="fra").resources(live)).changed


def test_ft132_a_machine_keeps_its_volume(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    flyctl.launch(read(MOUNT), {"app": 1})
    with pytest.raises(ReconcileError, match="mounts volume 'data', and group 'app' needs 'other'"):
        read(MOUNT.replace("'data'", "'other'")).resources(Live.read(fly, "shop"))


def test_ft132_another_path_is_not_changed_in_silence(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    flyctl.launch(read(MOUNT), {"app": 1})
    moved = read(MOUNT.replace("/data", "/moved")).resources(Live.read(fly, "shop"))
    with pytest.raises(ReconcileError, match="mounts"):
        fly.ensure(*moved, take_over=True)


def test_ft132_a_mount_that_the_file_lacks_stays(read: Read, flyctl: Flyctl, fly: Fly) -> None:
    (made,) = flyctl.launch(read(MOUNT), {"app": 1})
    bare = read("").resources(Live.read(fly, "shop"))
    fly.ensure(*bare, take_over=True)
    assert fly.read(Machine("shop", made["name"], {})).config.mounts  # type: ignore[union-attr]


def test_ft133_a_machine_on_an_unreachable_host_is_left_alone(
    read: Read, flyctl: Flyctl, fly: Fly, sim: FlySimulator
) -> None:
    (made,) = flyctl.launch(read(MOUNT + GROWTH), {"app": 1})
    sim.set_host_status("shop", made["name"], "unreachable")
    resources = read(MOUNT + GROWTH, image="registry.fly.io/shop:v2").resources(Live.read(fly, "shop"))
    volumes, machines = _nouns(resources)
    assert [each.name for each in machines] == [made["name"]]
    assert volumes == []
    assert [each.action for each in fly.plan(*resources, take_over=True)] == ["none", "blocked"]
