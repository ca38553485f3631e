"""Process groups, and which section belongs to which (FT-40 to FT-47)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.flytoml.conftest import Read, Refused

    Config = Callable[..., dict[str, Any]]

GROUPS = "[processes]\nweb = 'run web'\nbeat = ''\napp = 'run app'\n"
TWO = "[processes]\nweb = 'run web'\nbeat = ''\n"


def test_ft40_groups_are_the_keys_of_processes_sorted(read: Read) -> None:
    assert list(read(GROUPS).groups) == ["app", "beat", "web"]
    assert list(read(TWO).groups) == ["beat", "web"]
    assert list(read("").groups) == ["app"]


def test_ft40_a_group_has_a_name(refused: Refused) -> None:
    assert refused("[processes]\n'' = 'x'\n").startswith("processes: ")


def test_ft41_the_default_group_is_app_or_the_first(read: Read) -> None:
    assert read(GROUPS).default_group == "app"
    assert read(TWO).default_group == "beat"
    assert read("").default_group == "app"


SECTIONS = {
    "checks": "[checks.up]\ntype = 'tcp'\nport = 1\n",
    "mounts": "[[mounts]]\nsource = 'data'\ndestination = '/data'\n",
    "metrics": "[[metrics]]\nport = 1\n",
    "restart": "[[restart]]\npolicy = 'always'\n",
}


@pytest.mark.parametrize("key", SECTIONS)
def test_ft42_a_section_without_processes_is_for_the_default_group(read: Read, key: str) -> None:
    toml = read(TWO + SECTIONS[key])
    assert [name for name, group in toml.groups.items() if key in group.config] == ["beat"]


@pytest.mark.parametrize("key", [*SECTIONS, "services"])
def test_ft42_a_section_with_processes_is_for_those(read: Read, key: str) -> None:
    section = SECTIONS.get(key, "[[services]]\ninternal_port = 1\n")
    toml = read(f"{GROUPS}{section}processes = ['web', 'app']\n")
    assert [name for name, group in toml.groups.items() if key in group.config] == ["app", "web"]


@pytest.mark.parametrize("key", SECTIONS)
def test_ft42_an_empty_name_is_the_default_group(read: Read, key: str) -> None:
    toml = read(f"{TWO}{SECTIONS[key]}processes = ['', 'web']\n")
    assert [name for name, group in toml.groups.items() if key in group.config] == ["beat", "web"]


def test_ft43_some_sections_are_for_all_groups(read: Read) -> None:
    toml = read(
        "kill_signal = 'SIGTERM'\nswap_size_mb = 512\n"
        f"{TWO}[env]\nA = '1'\n[experimental]\nentrypoint = ['e']\n[[vm]]\nsize = 'shared-cpu-2x'\n"
        "[[statics]]\nguest_path = '/a'\nurl_prefix = '/b'\n[[machine_checks]]\ncommand = ['c']\n"
    )
    for group in toml.groups.values():
        assert group.config["stop_config"] == {"signal": "SIGTERM"}
        assert group.config["init"]["swap_size_mb"] == 512
        assert group.config["init"]["entrypoint"] == ["e"]
        assert group.config["env"]["A"] == "1"
        assert group.config["guest"]["cpus"] == 2
        assert group.config["statics"][0]["guest_path"] == "/a"
    assert [each.groups for each in toml.machine_checks] == [("beat", "web")]


@pytest.mark.parametrize(
    "section", ["[http_service]\ninternal_port = 1\n", "[[services]]\n", "[[restart]]\npolicy = 'always'\n"]
)
def test_ft44_an_unknown_group_of_a_service_or_restart_is_refused(refused: Refused, section: str) -> None:
    message = refused(f"{TWO}{section}processes = ['wob']\n")
    assert ".processes: there is no group 'wob'; the groups are beat, web" in message


@pytest.mark.parametrize(
    "section",
    [
        SECTIONS["checks"],
        SECTIONS["mounts"],
        SECTIONS["metrics"],
        "[[files]]\nguest_path = '/a'\nraw_value = 'x'\n",
        "[[vm]]\nsize = 'shared-cpu-2x'\n",
    ],
)
def test_ft44_elsewhere_it_is_unused_with_a_warning(read: Read, section: str) -> None:
    toml = read(f"{section}processes = ['wob']\n")
    assert any("there is no group 'wob'" in each for each in toml.warnings)


@pytest.mark.parametrize(
    "section", ["[http_service]\ninternal_port = 1\n", "[[services]]\ninternal_port = 1\n"]
)
def test_ft45_with_processes_a_service_names_its_own(refused: Refused, read: Read, section: str) -> None:
    message = refused(f"[processes]\nweb = 'run'\n{section}")
    assert "processes: is missing" in message
    assert "name some of web." in message
    assert read(f"[processes]\nweb = 'run'\n{section}processes = ['web']\n").groups["web"].has_services


def test_ft46_restart_without_processes_is_for_the_default_group_with_a_warning(read: Read) -> None:
    section = SECTIONS["restart"]
    assert [each for each in read(TWO + section).warnings if each.startswith("restart[0]: ")]
    assert read(section).warnings == ()
    assert read(f"{TWO}{section}processes = ['web']\n").warnings == ()


def test_ft47_every_group_gets_every_file_with_a_warning(read: Read) -> None:
    toml = read(
        f"{TWO}[[files]]\nguest_path = '/a'\nraw_value = 'x'\nprocesses = ['web']\n"
        "[deploy]\nrelease_command = 'r'\n"
    )
    for group in toml.groups.values():
        assert [each["guest_path"] for each in group.config["files"]] == ["/a"]
    assert toml.release_command is not None
    assert [each["guest_path"] for each in toml.release_command.config["files"]] == ["/a"]
    assert [each for each in toml.warnings if each.startswith("files[0].processes: ")]
