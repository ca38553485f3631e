"""flyctl's own sample files, where they stand beside the checkout: what flyctl makes of them, we make too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources.errors import ConfigurationError
from fly_resources.flytoml import FlyToml, Live, load
from tests.flytoml.conftest import IMAGE, spelt_by_flyctl

if TYPE_CHECKING:
    from fly_resources import Fly
    from tests.flytoml.conftest import Flyctl

#: Beside the checkout, or beside the folder of its worktrees.
_PLACES = [each / "shared" / "upstream" / "fly-toml" for each in Path(__file__).resolve().parents[3:5]]
FOLDER = next((each for each in _PLACES if each.is_dir()), _PLACES[0])
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="another project's samples: they stand beside the checkout, or nowhere"
)
FILES = sorted(FOLDER.glob("*.toml"))


def _expected(file: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((FOLDER / "expected" / f"{file.stem}.json").read_text("utf-8"))
    return expected


def _load(file: Path, expected: dict[str, Any]) -> FlyToml:
    return load(file, image=IMAGE, app=expected["app"] or "shop")


def _without_image(config: Any) -> dict[str, Any]:  # noqa: ANN401  # a mapping of JSON values
    return {key: value for key, value in config.items() if key != "image"}


ACCEPTED = [file for file in FILES if _expected(file)["accepted"]]
REFUSED = [file for file in FILES if file not in ACCEPTED]


def _name(file: Path) -> str:
    return file.stem


def test_there_are_files_of_both_kinds() -> None:
    assert len(ACCEPTED) > 15
    assert len(REFUSED) > 2


@pytest.mark.parametrize("file", REFUSED, ids=_name)
def test_what_flyctl_refuses_is_refused(file: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        _load(file, _expected(file))
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("file", ACCEPTED, ids=_name)
def test_every_group_has_the_config_that_flyctl_makes(file: Path) -> None:
    expected = _expected(file)
    toml = _load(file, expected)
    configs = {name: _without_image(group.config) for name, group in toml.groups.items()}
    assert configs == expected["machines"]
    assert list(toml.groups) == expected["process_groups"]
    assert toml.default_group == expected["default_group"]


@pytest.mark.parametrize("file", ACCEPTED, ids=_name)
def test_a_first_deployment_is_what_flyctl_makes(file: Path) -> None:
    expected = _expected(file)
    toml = _load(file, expected)
    made = {
        name: dict(zip(("started", "standby"), group.first_deployment(), strict=True))
        for name, group in toml.groups.items()
    }
    assert made == expected["first_deploy"]
    assert list(toml.addresses) == expected["ips_first_deploy"]
    assert toml.needs_dedicated_v4 == ("v4" in expected["ips_first_deploy"])
    volumes = [
        {
            "name": group.mount.source,
            "region": toml.primary_region,
            "size_gb": group.mount.size_gb,
            "encrypted": True,
            "process_group": group.name,
            **(
                {"snapshot_retention": group.mount.snapshot_retention}
                if group.mount.snapshot_retention
                else {}
            ),
        }
        for group in toml.groups.values()
        if group.mount
    ]
    assert volumes == expected["volumes_first_deploy"]


@pytest.mark.parametrize("file", ACCEPTED, ids=_name)
def test_the_resources_are_those_of_a_first_deployment(file: Path) -> None:
    expected = _expected(file)
    if expected["volumes_first_deploy"] and expected["primary_region"] is None:
        toml = load(file, image=IMAGE, app=expected["app"], primary_region="iad")
    else:
        toml = _load(file, expected)
    resources = toml.resources(None, allocate_v4=True)
    kinds = [each.kind for each in resources]
    assert kinds.count("machine") == sum(each["started"] for each in expected["first_deploy"].values())
    assert kinds.count("volume") == len(expected["volumes_first_deploy"])
    addresses = [each.identity[2] for each in resources if each.kind == "address"]
    assert addresses == expected["ips_first_deploy"]


@pytest.mark.parametrize("file", ACCEPTED, ids=_name)
def test_short_lived_machines_are_what_flyctl_makes(file: Path) -> None:
    expected = _expected(file)
    toml = _load(file, expected)
    command, wanted = toml.release_command, expected.get("release_command")
    assert (command is None) == (wanted is None)
    if command is not None and wanted is not None:
        assert _without_image(command.config) == wanted["config"]
        assert command.region == wanted["region"]
    # a test machine's image is its own where the file gives one, which all samples do
    assert [dict(each.config) for each in toml.machine_checks] == expected.get("test_machines", [])


@pytest.mark.parametrize("file", ACCEPTED, ids=_name)
def test_machines_as_flyctl_makes_them_are_adopted_without_a_restart(
    file: Path, flyctl: Flyctl, fly: Fly
) -> None:
    expected = _expected(file)
    toml = _load(file, expected)
    flyctl.send("/apps", {"name": toml.app, "org_slug": "personal"})
    for name, made in expected["first_deploy"].items():
        for _ in range(made["started"]):
            config = spelt_by_flyctl({**expected["machines"][name], "image": IMAGE})
            for mount in config.get("mounts", []):
                wanted = {"name": mount["name"], "region": "iad", "size_gb": 1}
                mount["volume"] = flyctl.send(f"/apps/{toml.app}/volumes", wanted)["id"]
            flyctl.machine(toml.app, config)
    live = Live.read(fly, toml.app)

    resources = toml.resources(live)
    assert not fly.plan(*resources).changed
    plan = fly.plan(*resources, take_over=True)
    assert {each.action for each in plan if each.resource.kind == "machine"} == {"adopt"}
    fly.ensure(*resources, take_over=True)
    after = {each.name: each.instance_id for each in Live.read(fly, toml.app).machines}
    assert after == {each.name: each.instance_id for each in live.machines}


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_only_an_image_of_the_file_makes_one_unnecessary(file: Path) -> None:
    expected = _expected(file)
    if not expected["accepted"]:
        with pytest.raises(ConfigurationError):
            load(file, app=expected["app"])
    elif expected["needs_build"]:
        with pytest.raises(ConfigurationError, match="image="):
            load(file, app=expected["app"] or "shop")
    else:
        assert load(file).image == expected["image"]
