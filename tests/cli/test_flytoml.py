"""The commands on a fly.toml: planned, ensured with its release command, changed, failed and destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from fly_resources.cli import _session
from fly_resources.flytoml import load
from fly_resources.testing import Program
from tests.flytoml.test_given_files import ACCEPTED, FOLDER
from tests.flytoml.test_in_the_simulator import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Cli

HEAD: Final = 'app = "shop"\nprimary_region = "iad"\n'
V1: Final = "registry.fly.io/shop:v1"
V2: Final = "registry.fly.io/shop:v2"
RELEASED: Final = (
    HEAD
    + """
[http_service]
internal_port = 8080
[http_service.concurrency]
type = "requests"
[[http_service.checks]]
interval = "15s"
timeout = "2s"
path = "/up"
[deploy]
release_command = "bin/migrate --all"
"""
)


def migrates(cli: Cli, image: str, exit_code: int = 0) -> None:
    cli.sim.images[f"{image} bin/migrate --all"] = Program(
        prints=["2 migrations", "done"], exit_code=exit_code, after_s=2
    )


def machines(cli: Cli, app: str = "shop") -> list[dict[str, Any]]:
    cli.clock.sleep(10)  # the rate limit counts these reads too
    found: list[dict[str, Any]] = cli.send("GET", f"/apps/{app}/machines")
    return found


def images(cli: Cli) -> list[str]:
    return [each["config"]["image"] for each in machines(cli)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_file_of_each_kind_is_planned_ensured_changed_and_destroyed(cli: Cli, kind: str) -> None:
    file = cli.write(HEAD + KINDS[kind], "fly.toml")
    for image in (V1, V2):
        cli.sim.images[f"{image} bin/migrate"] = Program(exit_code=0)

    assert "create" in cli.ok("plan", file, "--image", V1).stdout
    assert not cli.writes
    cli.ok("ensure", file, "--image", V1, "--allocate-v4")
    assert cli.ok("plan", file, "--image", V1).stdout.startswith("Plan: nothing to do")

    cli.ok("ensure", file, "--image", V2)
    assert set(images(cli)) == {V2}
    assert V2 in cli.ok("read", file).stdout

    cli.ok("destroy", file, "--everything", "--yes")
    assert cli.http.get("/apps/shop").status_code == 404


def test_the_release_command_runs_first_and_its_output_is_shown(cli: Cli) -> None:
    file = cli.write(RELEASED, "fly.toml")
    migrates(cli, V1)
    planned = cli.ok("plan", file, "--image", V1).stdout
    assert "First, ensure runs the release command: bin/migrate --all" in planned
    assert not cli.writes

    result = cli.ok("ensure", file, "--image", V1)
    assert "  | 2 migrations\n  | done\n" in result.stdout
    # the app that it runs in, its machine, and only then what the file describes
    assert cli.writes[:2] == ["Apps_create", "Machines_create"]
    assert cli.writes.count("Machines_create") == 3
    assert "5 created" in result.stdout

    # with nothing to do, it does not run again
    cli.sim.requests.clear()
    assert "release command" not in cli.ok("ensure", file, "--image", V1).stdout
    assert not cli.writes


def test_a_release_command_that_fails_stops_before_anything_is_changed(cli: Cli) -> None:
    file = cli.write(RELEASED, "fly.toml")
    migrates(cli, V1)
    migrates(cli, V2, exit_code=1)
    cli.ok("ensure", file, "--image", V1)
    before = machines(cli)
    cli.sim.requests.clear()

    failed = cli.run("ensure", file, "--image", V2)
    assert failed.exit_code == 1
    assert "  | 2 migrations\n" in failed.stdout
    assert (
        "'bin/migrate --all' of app shop ended with exit code 1, so no machine was changed" in failed.stderr
    )
    assert cli.writes == ["Machines_create"]
    assert [each["instance_id"] for each in machines(cli)] == [each["instance_id"] for each in before]

    document = cli.document("ensure", file, "--image", V2)
    assert document["release_command"] == {
        "command": "bin/migrate --all",
        "exit_code": 1,
        "output": ["2 migrations", "done"],
    }
    assert document["error"]["type"] == "ReleaseCommandError"


def test_a_release_command_without_an_end_is_stopped_and_what_it_wrote_is_shown(cli: Cli) -> None:
    file = cli.write(RELEASED + 'release_command_timeout = "1m"\n', "fly.toml")
    cli.sim.images[f"{V1} bin/migrate --all"] = Program(prints=["waiting for a lock"])
    failed = cli.run("ensure", file, "--image", V1)
    assert failed.exit_code == 1
    assert "  | waiting for a lock\n" in failed.stdout
    assert "had not ended within 60 s" in failed.stderr
    assert machines(cli) == []


def test_a_new_image_that_is_unhealthy_stops_at_the_first_machine_and_names_the_way_back(cli: Cli) -> None:
    file = cli.write(RELEASED, "fly.toml")
    migrates(cli, V1)
    migrates(cli, V2)
    cli.ok("ensure", file, "--image", V1)
    cli.sim.images[V2] = "unhealthy"

    failed = cli.run("ensure", file, "--image", V2)
    assert failed.exit_code == 1
    assert sorted(images(cli)) == [V1, V2]
    assert failed.stderr.splitlines()[-1] == "Or roll back: fly-resources rollback shop"


def test_canary_updates_one_machine_alone_and_then_as_many_as_max_unavailable_says(cli: Cli) -> None:
    file = cli.write(
        HEAD + '[http_service]\ninternal_port = 80\n[deploy]\nstrategy = "canary"\nmax_unavailable = 2\n',
        "fly.toml",
    )
    cli.ok("ensure", file, "--image", V1, "--count", "app=4")
    cli.sim.requests.clear()
    cli.ok("ensure", file, "--image", V2)
    changed = [(each.at, each.path) for each in cli.sim.requests if each.operation == "Machines_update"]
    assert [at == changed[1][0] for at, _ in changed] == [False, True, True, False]

    # as many as are said at once win over the file
    cli.sim.requests.clear()
    cli.ok("ensure", file, "--image", V1, "--strategy", "rolling", "--max-unavailable", "100%")
    times = {each.at for each in cli.sim.requests if each.operation == "Machines_update"}
    assert len(times) == 1


def test_bluegreen_is_refused_before_anything_runs(cli: Cli) -> None:
    file = cli.write(RELEASED + 'strategy = "bluegreen"\n', "fly.toml")
    for command in ("plan", "ensure"):
        failed = cli.run(command, file, "--image", V1)
        assert failed.exit_code == 1
        assert "blue/green" in failed.stderr
        assert "--strategy rolling" in failed.stderr
    assert not cli.writes


def test_count_makes_and_removes_machines_and_asks_before_it_removes(cli: Cli) -> None:
    file = cli.write(HEAD, "fly.toml")
    cli.ok("ensure", file, "--image", V1, "--count", "app=3")
    assert len(machines(cli)) == 3
    assert "no longer needed with --count" in cli.ok("plan", file, "--image", V1, "--count", "app=1").stdout

    refused = cli.run("ensure", file, "--image", V1, "--count", "app=1")
    assert refused.exit_code == 1
    assert "no terminal to ask on" in refused.stderr
    assert len(machines(cli)) == 3
    cli.ok("ensure", file, "--image", V1, "--count", "app=1", "--yes")
    assert [each["name"] for each in machines(cli)] == ["app-1"]
    # the file holds no numbers: what there is, is kept
    assert cli.ok("plan", file, "--image", V1).stdout.startswith("Plan: nothing to do")


def test_what_is_not_done_here_is_said_with_the_plan_and_with_the_deployment(cli: Cli) -> None:
    file = cli.write(HEAD + "[[machine_checks]]\ncommand = ['x']\n", "fly.toml")
    for command in ("plan", "ensure"):
        assert "machine_checks are not run here" in cli.ok(command, file, "--image", V1).stderr


@pytest.mark.parametrize("count", ["web", "web=x", "=2", "web=-1"])
def test_a_count_that_is_none_is_refused(cli: Cli, count: str) -> None:
    failed = cli.run("plan", cli.write(HEAD, "fly.toml"), "--image", V1, "--count", count)
    assert failed.exit_code == 1
    assert "--count web=2" in failed.stderr


def test_what_is_no_python_is_never_run(cli: Cli) -> None:
    named = cli.write('app = "shop"\n[env]\nA = "1"\n', "staging.conf")
    assert "create" in cli.ok("plan", named, "--image", V1, "--app", "shop-staging").stdout
    # a fly.toml that does not parse is an error of it, and no program
    broken = cli.run("plan", cli.write("raise SystemExit(7)\n", "fly.toml"), "--image", V1)
    assert broken.exit_code == 1
    assert "fly.toml" in broken.stderr


def test_a_key_that_flyctl_does_not_know_is_refused_and_ignored_only_on_a_word(cli: Cli) -> None:
    file = cli.write(HEAD + "[http_service]\ninternal_port = 80\nmax_machines_running = 1\n", "fly.toml")
    refused = cli.run("plan", file, "--image", V1)
    assert refused.exit_code == 1
    assert "--count GROUP=N" in refused.stderr
    assert "--allow-unknown does so too" in refused.stderr

    cli.ok("ensure", file, "--image", V1, "--allow-unknown", "--org", "personal", "--count", "app=1")
    assert len(machines(cli)) == 1
    # what only reads or destroys asks for no word
    cli.ok("destroy", file, "--everything", "--yes")


def test_an_app_is_made_in_the_organisation_that_is_asked_for(cli: Cli) -> None:
    file = cli.write(HEAD, "fly.toml")
    assert "organization not found" in cli.run("ensure", file, "--image", V1, "--org", "acme").stderr
    cli.clock.sleep(10)  # the rate limit counts this read too
    assert cli.http.get("/apps/shop").status_code == 404


def test_options_of_a_fly_toml_are_refused_for_python(cli: Cli) -> None:
    failed = cli.run("plan", cli.write("resources = []\n"), "--image", V1)
    assert "is not a fly.toml" in failed.stderr


def test_an_image_is_needed_to_deploy_and_not_to_look_or_to_destroy(cli: Cli) -> None:
    file = cli.write(HEAD, "fly.toml")
    assert "--image" in cli.run("plan", file).stderr
    cli.ok("ensure", file, "--image", V1)
    assert "started" in cli.ok("read", file, "app-1").stdout
    cli.ok("wait", file)
    assert "destroy" in cli.ok("plan", file, "--destroy", "--everything").stdout


def test_a_saved_plan_runs_no_release_command_once_it_is_stale(cli: Cli) -> None:
    file = cli.write(RELEASED, "fly.toml")
    migrates(cli, V1)
    migrates(cli, V2)
    cli.ok("ensure", file, "--image", V1)
    saved = str(cli.folder / "plan.json")
    cli.ok("plan", file, "--image", V2, "--out", saved)
    cli.ok("ensure", file, "--image", V2)
    cli.sim.requests.clear()
    stale = cli.run("ensure", file, "--image", V2, "--plan", saved)
    assert stale.exit_code == 1
    assert "changed since this plan was made" in stale.stderr
    assert not cli.writes


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_plan_of_what_convert_prints_finds_nothing_to_do(cli: Cli, kind: str) -> None:
    file = cli.write(HEAD + KINDS[kind], "fly.toml")
    cli.sim.images[f"{V1} bin/migrate"] = Program(exit_code=0)
    cli.ok("ensure", file, "--image", V1, "--allocate-v4")
    source = cli.ok("convert", file, "--image", V1).stdout
    converted = cli.write(source)
    planned = cli.ok("plan", converted).stdout
    assert planned.startswith("Plan: nothing to do"), planned
    if "vol_" in source:
        return  # it names the volume that is there, by its id
    # without anything there, it makes the same
    cli.ok("destroy", file, "--everything", "--yes")
    cli.clock.sleep(60)
    cli.ok("ensure", converted)
    assert cli.ok("plan", file, "--image", V1).stdout.startswith("Plan: nothing to do")


def test_what_a_new_app_would_get_is_converted_with_its_release_command(cli: Cli) -> None:
    file = cli.write(RELEASED, "fly.toml")
    source = cli.ok("convert", file, "--image", V1).stdout
    assert not cli.writes
    assert "machine_app_1 = Machine(" in source
    assert 'address_shared_v4 = IpAddress(app, "shared_v4")' in source
    assert "release_command = {" in source
    assert "# Before ensure: fly.run('shop', release_command, region='iad', timeout_s=300.0)" in source
    assert "fly-resources ensure FILE.py --max-unavailable 33%" in source


def test_a_failed_deployment_is_rolled_back_after_it_was_agreed_to(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cli.write(RELEASED, "fly.toml")
    migrates(cli, V1)
    migrates(cli, V2)
    cli.ok("ensure", file, "--image", V1)
    cli.sim.images[V2] = "unhealthy"
    assert cli.run("ensure", file, "--image", V2).exit_code == 1

    cli.sim.requests.clear()
    refused = cli.run("rollback", "shop")
    assert refused.exit_code == 1
    assert f'config.image: "{V2}" -> "{V1}"' in refused.stdout
    assert "This changes:\n  update machine shop/app-" in refused.stderr
    assert not cli.writes

    monkeypatch.setattr(_session, "can_ask", lambda: True)
    assert "1 updated" in cli.ok("rollback", "shop", answer="y\n").stdout
    assert images(cli) == [V1, V1]
    # as the file says it with the image of before, so nothing is left to do
    assert cli.ok("plan", file, "--image", V1).stdout.startswith("Plan: nothing to do")
    again = cli.run("rollback", "shop", "--yes")
    assert again.exit_code == 1
    assert "no machine with an earlier config" in again.stderr


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_file_of_each_kind_is_rolled_back_to_what_it_was(cli: Cli, kind: str) -> None:
    file = cli.write(HEAD + KINDS[kind], "fly.toml")
    for image in (V1, V2):
        cli.sim.images[f"{image} bin/migrate"] = Program(exit_code=0)
    cli.ok("ensure", file, "--image", V1, "--allocate-v4")
    changed = cli.write(
        HEAD
        + 'kill_signal = "SIGQUIT"\n'
        + KINDS[kind].replace('kill_signal = "SIGTERM"', "")
        + '\n[[vm]]\nmemory = "2gb"\n',
        "next.toml",
    )
    cli.ok("ensure", changed, "--image", V2)
    cli.clock.sleep(60)
    assert set(images(cli)) == {V2}
    cli.ok("rollback", "shop", "--yes")
    assert set(images(cli)) == {V1}
    assert cli.ok("plan", file, "--image", V1).stdout.startswith("Plan: nothing to do")


@pytest.mark.skipif(not FOLDER.is_dir(), reason="another project's samples: they stand beside the checkout")
@pytest.mark.parametrize("file", ACCEPTED, ids=lambda file: str(file.stem))
def test_a_given_file_is_ensured_and_what_convert_prints_of_it_changes_nothing(cli: Cli, file: Path) -> None:
    asked = ("--image", V1, "--app", "shop", "--strategy", "rolling", "--primary-region", "iad")
    toml = load(file, image=V1, app="shop")
    if toml.release_command is not None:
        cli.sim.images[f"{V1} {' '.join(toml.release_command.command)}"] = Program(exit_code=0)
    cli.ok("ensure", str(file), *asked, "--allocate-v4")
    assert cli.ok("plan", str(file), *asked).stdout.startswith("Plan: nothing to do")
    converted = cli.write(cli.ok("convert", str(file), *asked).stdout)
    assert cli.ok("plan", converted).stdout.startswith("Plan: nothing to do")
