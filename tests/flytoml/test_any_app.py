"""Whatever an app holds, nothing is made beside what a group has, and nothing but our errors escapes."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fly_machines import models
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import Machine, Volume
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.flytoml import FlyToml, Live, load
from tests.flytoml.conftest import HEAD, IMAGE

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TEXT: Final = HEAD + (
    "[processes]\nweb = ''\nwork = ''\ndb = ''\n"
    "[http_service]\ninternal_port = 80\nprocesses = ['web']\n"
    "[mounts]\nsource = 'data'\ndestination = '/data'\nprocesses = ['db']\n"
)
GROUPS: Final = ("web", "work", "db")
_GOING: Final = ("destroyed", "destroying")
_VOLUMES: Final = tuple(f"vol_{letter}" for letter in "abcdef")


@cache
def _toml() -> FlyToml:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fly.toml"
        file.write_text(TEXT, encoding="utf-8")
        return load(file, image=IMAGE)


_grouped: Final = st.sampled_from(GROUPS).map(
    lambda group: {"fly_platform_version": "v2", "fly_process_group": group}
)
_odd: Final = st.fixed_dictionaries(
    {},
    optional={
        "fly_platform_version": st.just("v2"),
        "fly_process_group": st.sampled_from([*GROUPS, "", "retired", "fly_app_console"]),
        "process_group": st.sampled_from(["web", ""]),
    },
)
_metadata: Final = st.integers(0, 5).flatmap(lambda kind: _grouped if kind else _odd)
_configs: Final = st.fixed_dictionaries(
    {"image": st.just("a:1"), "metadata": _metadata},
    optional={
        "standbys": st.just(["other"]),
        "mounts": st.lists(
            st.fixed_dictionaries(
                {"volume": st.sampled_from(_VOLUMES), "path": st.just("/data")},
                optional={"name": st.sampled_from(["data", "other"])},
            ),
            max_size=1,
        ),
        "services": st.just([{"internal_port": 1, "protocol": "tcp"}]),
        "init": st.just({"cmd": ["x"]}),
    },
)


def _machines() -> SearchStrategy[list[models.Machine]]:
    rows = st.fixed_dictionaries(
        {
            "name": st.sampled_from(
                [*(f"{group}-{number}" for group in GROUPS for number in (1, 2)), "calm-sea"]
            ),
            "state": st.sampled_from(["started", "stopped", "replaced", *_GOING]),
            "region": st.sampled_from(["iad", "fra"]),
            "config": _configs,
            "instance_id": st.just("v1"),
            "private_ip": st.just("fdaa::1"),
            "created_at": st.sampled_from(["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "no time"]),
        }
    )
    named = st.lists(rows, max_size=5, unique_by=lambda row: str(row["name"]))
    return named.map(lambda found: [models.Machine.from_dict({**row, "id": row["name"]}) for row in found])


def _disks() -> SearchStrategy[list[models.Volume]]:
    rows = st.fixed_dictionaries(
        {
            "id": st.sampled_from(_VOLUMES),
            "name": st.sampled_from(["data", "other"]),
            "region": st.sampled_from(["iad", "fra"]),
            "state": st.sampled_from(["created", "pending_destroy"]),
            "size_gb": st.sampled_from([1, 1000]),
            "encrypted": st.just(value=True),
            "zone": st.just("z"),
            "created_at": st.just("2026-01-01T00:00:00Z"),
            "attached_machine_id": st.sampled_from([None, "web-1"]),
        }
    )
    found = st.lists(rows, max_size=4, unique_by=lambda row: str(row["id"]))
    return found.map(lambda disks: [models.Volume.from_dict(row) for row in disks])


def _groups(live: Live) -> dict[str, list[str]]:
    """Say, in other words than the module's, which live machines are whose."""
    groups: dict[str, list[str]] = {}
    for machine in live.machines:
        assert machine.config
        marks = machine.config.to_dict()["metadata"]
        group = marks.get("fly_process_group") or marks.get("process_group")
        if not group and marks.get("fly_platform_version") == "v2":
            group = "db"  # the default group: the first by name
        if machine.state not in _GOING and group:
            groups.setdefault(group, []).append(machine.name)
    return groups


_counts: Final = st.none() | st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 3), max_size=3)


@given(_machines(), _disks(), _counts)
def test_no_group_gets_more_machines_than_it_has_or_was_asked_for(
    machines: list[models.Machine], disks: list[models.Volume], counts: dict[str, int] | None
) -> None:
    live, toml = Live(machines=machines, volumes=disks), _toml()
    try:
        resources: list[Any] = toml.resources(live, counts=counts)
    except (ConfigurationError, ReconcileError):
        return
    nouns = [each for each in resources if isinstance(each, Machine)]
    assert len({each.name for each in nouns}) == len(nouns)
    there = _groups(live)
    for name in GROUPS:
        ours = [each.name for each in nouns if _group_of(each) == name]
        held = there.get(name, [])
        count = (counts or {}).get(name, len(held) or toml.groups[name].first_deployment()[0])
        assert len(ours) == count
        # what is there goes first: a new one only where all of them stay
        assert set(ours) <= set(held) if count <= len(held) else set(held) <= set(ours)
    left = {each.name for each in toml.surplus(live, counts=counts)}
    assert not left & {each.name for each in nouns}
    assert left <= {name for names in there.values() for name in names}
    mounted = [volume for each in nouns for volume in each.mounts.values()]
    assert len({volume.identity for volume in mounted if isinstance(volume, Volume)}) >= len(
        mounted
    ) - _shared(live)


def _group_of(machine: Machine) -> str:
    config: Any = machine.config
    group: str = config["metadata"]["fly_process_group"]
    return group


def _shared(live: Live) -> int:
    """Count live machines that claim a volume which another one claims too: the service has no such app."""
    claims = [
        str(row["volume"])
        for machine in live.machines
        if machine.config
        for row in machine.config.to_dict().get("mounts") or []
    ]
    return len(claims) - len(set(claims))
