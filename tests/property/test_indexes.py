"""What is looked up in an index is what a search through all of it finds, also after a list is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_machines import models
from hypothesis import given
from hypothesis import strategies as st

from fly_resources import App, FlySecret, Machine, Volume
from fly_resources._nouns.listings import Machines, Volumes
from fly_resources._nouns.run import Context, Options
from fly_resources._nouns.volume.matching import Match, _assign, _places, is_at, match
from fly_resources._nouns.world import AppState
from fly_resources._sdk import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

APPS = [App("shop", primary_region="iad"), App("blog", primary_region="iad")]
NAMES = ["data", "logs"]
REGIONS = ["iad", "ewr"]
IDS = [f"vol_{number}" for number in range(6)]
HOSTS = [f"e{number}" for number in range(4)]


def _disk(  # noqa: PLR0917  # as the strategy gives them
    number: str,
    name: str = "data",
    region: str = "iad",
    state: str = "created",
    holder: str | None = None,
    host: str = "ok",
    size_gb: int = 3,
    created_at: str = "2026-01-01T00:00:00Z",
) -> models.Volume:
    return models.Volume.from_dict(
        {
            "id": number,
            "name": name,
            "region": region,
            "state": state,
            "attached_machine_id": holder,
            "host_status": host,
            "size_gb": size_gb,
            "encrypted": True,
            "zone": "a1b2",
            "created_at": created_at,
        }
    )


def _host(number: str, name: str, state: str, image: str | None, mounted: str | None) -> models.Machine:
    return models.Machine.from_dict(
        {
            "id": number,
            "name": name,
            "state": state,
            "region": "iad",
            "created_at": "2026-01-01T00:00:00Z",
            "instance_id": "01",
            "private_ip": "fdaa::1",
            "config": {"image": image, "mounts": [{"path": "/data", "volume": mounted}] if mounted else []},
        }
    )


disks = st.builds(
    _disk,
    st.sampled_from(IDS),
    st.sampled_from(NAMES),
    st.sampled_from(REGIONS),
    st.sampled_from(["created", "created", "created", "pending_destroy"]),
    st.sampled_from([None, *HOSTS]),
    st.sampled_from(["ok", "ok", "unreachable"]),
    st.integers(1, 3),
)
hosts = st.builds(
    _host,
    st.sampled_from(HOSTS),
    st.sampled_from(["web", "worker"]),
    st.sampled_from(["started", "stopped", "destroyed", "destroying"]),
    st.sampled_from(["nginx", "nginx", None]),
    st.sampled_from([None, *IDS]),
)
nouns = st.builds(
    lambda app, name, region, pinned, source, allow_empty: Volume(
        app,
        name,
        region=region,
        id=pinned,
        source_volume_id=source,
        allow_empty=allow_empty,
    ),
    st.sampled_from(APPS),
    st.sampled_from(NAMES),
    st.sampled_from([None, "iad", "ewr", "iad,ewr", "any"]),
    st.sampled_from([None, None, None, *IDS]),
    st.sampled_from([None, None, None, IDS[0]]),
    st.booleans(),
)
listed_disks = st.lists(disks, max_size=6, unique_by=lambda disk: disk.id)
listed_hosts = st.lists(hosts, max_size=4, unique_by=lambda machine: machine.id)


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    volumes = draw(st.lists(nouns, max_size=5, unique_by=lambda noun: noun.identity))
    mounting = [
        Machine(noun.app, name, {"image": "nginx"}, mounts={"/data": noun})
        for noun, name in zip(volumes, ["web", "worker"], strict=False)
    ]
    secrets = [FlySecret(app, "KEY", "hidden-value-93") for app in APPS]
    world = {
        app.name: AppState(
            app.name, machines=Machines(draw(listed_hosts)), volumes=Volumes(draw(listed_disks))
        )
        for app in APPS
    }
    return Context(draw(st.permutations([*volumes, *mounting, *secrets])), world, Options())


@given(contexts(), listed_hosts, listed_disks)
def test_a_match_is_what_a_search_through_all_finds_also_after_another_read(
    context: Context, machines: list[models.Machine], volumes: list[models.Volume]
) -> None:
    _check_matches(context)

    context.world["shop"].volumes = Volumes(volumes)
    _check_matches(context)

    context.world["shop"].machines = Machines(machines)
    _check_matches(context)


@given(contexts(), nouns)
def test_a_match_of_what_was_not_asked_for_changes_no_other(context: Context, stranger: Volume) -> None:
    assert match(stranger, context) == _search(stranger, context)

    _check_matches(context)


def _found(context: Context, *wanted: Volume) -> list[str | None]:
    return [None if (found := match(noun, context)).disk is None else found.disk.id for noun in wanted]


def test_what_a_machine_mounts_by_now_is_nobody_elses() -> None:
    mounted, other = (Volume(APPS[0], "data", region=region) for region in ("iad", "iad,ewr"))
    web = Machine(APPS[0], "web", {"image": "nginx"}, mounts={"/data": mounted})
    state = AppState("shop", volumes=Volumes([_disk("vol_0"), _disk("vol_1")]))
    context = Context((mounted, other, web), {"shop": state}, Options())
    assert _found(context, mounted, other) == ["vol_0", "vol_1"]
    state.machines = Machines([_host("e0", "web", "started", "nginx", "vol_1")])
    assert _found(context, mounted, other) == ["vol_1", "vol_0"]


def test_what_a_machine_mounts_is_for_nobody_else() -> None:
    mounted, other = (Volume(APPS[0], "data", region=region) for region in ("iad", "any"))
    web = Machine(APPS[0], "web", {"image": "nginx"}, mounts={"/data": mounted})
    hosts = Machines([_host("e0", "web", "started", "nginx", "vol_0")])
    state = AppState("shop", machines=hosts, volumes=Volumes([_disk("vol_0")]))
    assert _found(Context((mounted, other, web), {"shop": state}, Options()), mounted, other) == [
        "vol_0",
        None,
    ]


def test_a_pinned_volume_that_is_not_there_is_no_other_of_its_name() -> None:
    pinned = Volume(APPS[0], "data", id="vol_5")
    context = Context((pinned,), {"shop": AppState("shop", volumes=Volumes([_disk("vol_0")]))}, Options())
    assert _found(context, pinned) == [None]


def test_what_a_machine_mounts_is_no_fork_of_itself() -> None:
    fork = Volume(APPS[0], "data", source_volume_id="vol_0")
    web = Machine(APPS[0], "web", {"image": "nginx"}, mounts={"/data": fork})
    hosts = Machines([_host("e0", "web", "started", "nginx", "vol_0")])
    state = AppState("shop", machines=hosts, volumes=Volumes([_disk("vol_0")]))
    assert _found(Context((fork, web), {"shop": state}, Options()), fork) == [None]


def test_a_fork_that_names_no_region_is_in_that_of_its_source_as_long_as_that_is_there() -> None:
    fork = Volume(APPS[0], "data", source_volume_id="vol_0")
    source, other = _disk("vol_0"), _disk("vol_1", region="ewr")
    for disks, found in (([source, other], None), ([other], "vol_1"), ([source, _disk("vol_2")], "vol_2")):
        state = AppState("shop", volumes=Volumes(disks))
        assert _found(Context((fork,), {"shop": state}, Options()), fork) == [found]


def test_a_fork_may_be_in_another_region_than_its_source() -> None:
    fork = Volume(APPS[0], "data", region="ewr", source_volume_id="vol_0")
    state = AppState("shop", volumes=Volumes([_disk("vol_0"), _disk("vol_1", region="ewr")]))
    assert _found(Context((fork,), {"shop": state}, Options()), fork) == ["vol_1"]


def test_of_two_that_are_alike_the_older_is_meant() -> None:
    noun = Volume(APPS[0], "data")
    state = AppState(
        "shop", volumes=Volumes([_disk("vol_0", created_at="2026-01-02T00:00:00Z"), _disk("vol_1")])
    )
    assert _found(Context((noun,), {"shop": state}, Options()), noun) == ["vol_1"]


def test_a_large_volume_is_for_who_asked_for_most() -> None:
    small = Volume(APPS[0], "data", region="iad,ewr", size_gb=1)
    large = Volume(APPS[0], "data", region="iad,sjc", size_gb=3)
    state = AppState("shop", volumes=Volumes([_disk("vol_0", size_gb=3)]))
    assert _found(Context((small, large), {"shop": state}, Options()), small, large) == [None, "vol_0"]


def test_who_has_fewer_choices_chooses_first() -> None:
    wide, narrow = (Volume(APPS[0], "data", region=region) for region in ("iad,ewr", "iad,sjc"))
    state = AppState("shop", volumes=Volumes([_disk("vol_0"), _disk("vol_1", region="ewr")]))
    assert _found(Context((wide, narrow), {"shop": state}, Options()), wide, narrow) == ["vol_1", "vol_0"]


def test_what_was_not_asked_for_is_matched_beside_what_was() -> None:
    asked, one, two = (Volume(APPS[0], "data", region=region) for region in ("iad,ewr", "iad", "any"))
    context = Context((asked,), {"shop": AppState("shop", volumes=Volumes([_disk("vol_0")]))}, Options())
    assert _found(context, one, two, asked) == ["vol_0", None, "vol_0"]


@given(contexts())
def test_the_resources_of_a_call_are_found_by_app_kind_and_mount(context: Context) -> None:
    described = context.described
    for app in APPS:
        of_app = [noun for noun in context.resources if noun.app_name == app.name]
        assert list(described.of_app(app.name)) == of_app
        for kind in (Machine, Volume, FlySecret):
            of_kind: Sequence[Any] = described.of_kind(kind, app.name)
            assert list(of_kind) == [noun for noun in of_app if isinstance(noun, kind)]
    for noun in context.resources:
        assert noun in described
        if isinstance(noun, Volume):
            assert list(described.mounting(noun)) == _users(noun, context)


@given(listed_hosts, listed_disks)
def test_what_is_listed_is_found_by_id_name_and_holder(
    machines: list[models.Machine], volumes: list[models.Volume]
) -> None:
    hosts_listed, disks_listed = Machines(machines), Volumes(volumes)

    assert list(hosts_listed.live) == [each for each in machines if reading.is_live(each)]
    assert list(disks_listed.live) == [each for each in volumes if not reading.is_dying(each)]
    assert [hosts_listed.by_id[each.id] for each in machines] == machines
    for name in NAMES:
        assert list(disks_listed.named(name)) == [each for each in volumes if each.name == name]
    for machine in machines:
        held = [each for each in volumes if each.attached_machine_id == machine.id]
        assert list(disks_listed.held_by(machine)) == held


def _check_matches(context: Context) -> None:
    for noun in context.resources:
        if isinstance(noun, Volume):
            assert match(noun, context) == _search(noun, context)


def _search(noun: Volume, context: Context) -> Match:
    """Match one volume without an index: by going through all that was asked for and listed."""
    named = _pointed(noun, context)
    if named is not None or noun.id is not None:
        return Match(named)
    state = context.state(noun)
    beside = [
        other
        for other in context.resources
        if isinstance(other, Volume)
        and other.app_name == noun.app_name
        and (other.name == noun.name or other.id is not None)
    ]
    pointed = {other: _pointed(other, context) for other in beside}
    taken = {disk.id for disk in pointed.values() if disk is not None}
    fitting = {
        other: [disk for disk in _fitting(other, state) if disk.id not in taken]
        for other in (noun, *(each for each in beside if pointed[each] is None and each.id is None))
    }
    assigned = _assign(fitting, state)
    disk = next((each for each in fitting[noun] if assigned.get(each.id) == noun), None)
    if disk is None:
        return Match(None)
    free = tuple(each for each in fitting[noun] if each.id not in assigned)
    return Match(disk, disk.region in _places(noun, state), free)


def _users(noun: Volume, context: Context) -> list[Machine]:
    return [each for each in context.resources if isinstance(each, Machine) and noun in each.mounts.values()]


def _pointed(noun: Volume, context: Context) -> models.Volume | None:
    state = context.state(noun)
    live = [disk for disk in state.volumes if not reading.is_dying(disk)]
    if noun.id is not None:
        return next((disk for disk in live if disk.id == noun.id), None)
    for machine in _users(noun, context):
        mounted = _mounted(machine, state)
        for disk in live:
            if disk.id == mounted and disk.name == noun.name and disk.id != noun.source_volume_id:
                return disk
    return None


def _mounted(machine: Machine, state: AppState) -> str | None:
    found = [each for each in state.machines if each.name == machine.name and reading.is_live(each)]
    if not found:
        return None
    if not reading.has_config(found[0]):
        return next((disk.id for disk in state.volumes if disk.attached_machine_id == found[0].id), None)
    mounts = reading.config_of(found[0]).get("mounts") or []
    return next((str(mount["volume"]) for mount in mounts), None)


def _fitting(noun: Volume, state: AppState) -> list[models.Volume]:
    source = next((each for each in state.volumes if each.id == noun.source_volume_id), None)
    return [
        disk
        for disk in state.volumes
        if disk.name == noun.name
        and is_at(noun, disk.region)
        and (noun.where or source is None or disk.region == source.region)
        and disk.id != noun.source_volume_id
        and not reading.is_dying(disk)
        and (reading.is_reachable(disk) or not noun.allow_empty)
    ]
