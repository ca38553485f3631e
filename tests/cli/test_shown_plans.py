"""The command does at most what it has shown; what more would be lost is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fly_resources.cli import _session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cli.conftest import Cli

WORKERS = """
from fly_resources import App, Machine

app = App("web", primary_region="iad")
resources = [Machine(app, f"worker-{number}", {"image": "nginx:alpine"}) for number in (NUMBERS)]
"""
ONLY_APP = 'from fly_resources import App\nresources = [App("web")]'


class Person:
    """Agrees to what is listed; meanwhile a colleague does something, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], agrees: int = 9) -> None:
        self.asked: list[list[str]] = []
        acts = [act]

        def confirm(_: _session.Session, losses: Sequence[str], *others: Sequence[str]) -> None:
            assert not any(others)
            if not losses:
                return
            self.asked.append([line.split(" (")[0].strip() for line in losses])
            if len(self.asked) > agrees:
                raise _session.NotConfirmedError("Not confirmed. Nothing was done.")
            while acts:
                acts.pop()()

        monkeypatch.setattr(_session.Session, "confirm", confirm)


def _workers(cli: Cli, *numbers: int) -> str:
    return cli.write(WORKERS.replace("NUMBERS", "".join(f"{number}, " for number in numbers)))


def _there(cli: Cli) -> list[str]:
    return sorted(each["name"] for each in cli.send("GET", "/apps/web/machines"))


def _start_another(cli: Cli) -> None:
    cli.ok("ensure", cli.write(WORKERS.replace("NUMBERS", "9,"), "more.py"), "--owner", "me")


@pytest.mark.parametrize("agrees", [1, 2])
def test_a_machine_made_meanwhile_is_pruned_only_if_that_is_agreed_to(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, agrees: int
) -> None:
    cli.ok("ensure", _workers(cli, 1, 2), "--owner", "me")
    person = Person(monkeypatch, lambda: _start_another(cli), agrees)
    result = cli.run("ensure", _workers(cli, 1), "--owner", "me", "--prune")
    assert person.asked == [["destroy machine web/worker-2"], ["destroy machine web/worker-9"]]
    assert _there(cli) == (["worker-1"] if agrees == 2 else ["worker-1", "worker-2", "worker-9"])
    assert result.exit_code == (0 if agrees == 2 else 1)
    assert (
        "machine web/worker-9: planned: nothing, because it is absent; now: destroy of"
        in result.stderr.replace("\n", " ")
    )


@pytest.mark.parametrize("agrees", [1, 2])
def test_a_volume_made_meanwhile_goes_with_its_app_only_if_that_is_agreed_to(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, agrees: int
) -> None:
    cli.ok("ensure", _workers(cli, 1), "--owner", "me")
    person = Person(
        monkeypatch,
        lambda: cli.send("POST", "/apps/web/volumes", {"name": "precious", "region": "iad"}),
        agrees,
    )
    cli.run("destroy", cli.write(ONLY_APP, "app.py"), "--everything", "--force", "--owner", "me")
    assert person.asked[1] == ["with it, though not described: volume precious"]
    assert (cli.sim.snapshot() == {"apps": {}}) == (agrees == 2)


def test_less_than_was_agreed_to_is_not_asked_for_again(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("ensure", _workers(cli, 1, 2, 3), "--owner", "me")
    cli.clock.sleep(10.0)
    [second] = [each for each in cli.send("GET", "/apps/web/machines") if each["name"] == "worker-2"]

    def destroy_it() -> None:
        cli.clock.sleep(10.0)
        cli.send("DELETE", f"/apps/web/machines/{second['id']}?force=true")

    person = Person(monkeypatch, destroy_it)
    cli.ok("ensure", _workers(cli, 1), "--owner", "me", "--prune")
    cli.clock.sleep(10.0)
    assert len(person.asked) == 1
    assert _there(cli) == ["worker-1"]
