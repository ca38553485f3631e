"""Files written for one test, read by `load`; and an app that flyctl has deployed, on a simulator."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
import pytest

from fly_resources import Fly
from fly_resources.errors import ConfigurationError
from fly_resources.flytoml import FlyToml, load
from fly_resources.testing import FlySimulator, VirtualClock

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = "registry.fly.io/shop:v1"
HEAD = 'app = "shop"\nprimary_region = "iad"\n'

Read: TypeAlias = Callable[..., FlyToml]
Refused: TypeAlias = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Load a file of this text; `HEAD` comes before it unless `bare`. It is run from another folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    def load_text(text: str = "", *, bare: bool = False, **options: Any) -> FlyToml:  # noqa: ANN401  # those of load
        file = folder / "fly.toml"
        file.write_text(text if bare else HEAD + text, encoding="utf-8")
        return load(file, **{"image": IMAGE, **options})

    return load_text


@pytest.fixture
def refused(read: Read, tmp_path: Path) -> Refused:
    """Return why a file of this text is refused; the message begins with the file's name."""

    def message(text: str, **options: Any) -> str:  # noqa: ANN401  # those of load
        with pytest.raises(ConfigurationError) as caught:
            read(text, **options)
        file, _, why = str(caught.value).partition("fly.toml")
        assert file == str(tmp_path / "project") + "/"
        return why.removeprefix(": ")

    return message


@pytest.fixture
def config(read: Read) -> Callable[..., dict[str, Any]]:
    """Return the config of a group, by default the only one, of a file of this text."""

    def of_group(text: str, group: str | None = None, **options: Any) -> dict[str, Any]:  # noqa: ANN401  # the same
        toml = read(text, **options)
        return toml.groups[group or toml.default_group].config

    return of_group


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def sim(clock: VirtualClock) -> FlySimulator:
    return FlySimulator(clock=clock)


@pytest.fixture
def fly(sim: FlySimulator, clock: VirtualClock) -> Iterator[Fly]:
    with Fly(token="test", owner="tests", transport=sim.transport(), clock=clock) as client:
        yield client


class Flyctl:
    """What `fly deploy` leaves behind: machines without names of ours, with its metadata and its spelling."""

    def __init__(self, sim: FlySimulator) -> None:
        self._http = httpx.Client(
            transport=sim.transport(),
            base_url="https://api.machines.dev/v1",
            headers={"Authorization": "Bearer flyctl"},
        )

    def send(self, path: str, body: object) -> dict[str, Any]:
        answer = self._http.post(path, json=body)
        assert answer.is_success, answer.text
        made: dict[str, Any] = answer.json() if answer.content else {}
        return made

    def launch(self, toml: FlyToml, counts: dict[str, int], region: str = "iad") -> list[dict[str, Any]]:
        """Make the app, its volumes and machines."""
        self.send("/apps", {"name": toml.app, "org_slug": "personal"})
        return [self.start(toml, name, region) for name, count in counts.items() for _ in range(count)]

    def start(self, toml: FlyToml, group: str, region: str = "iad") -> dict[str, Any]:
        """Make one machine, and the volume that it mounts."""
        config = spelt_by_flyctl(toml.groups[group].config)
        for row in config.get("mounts", []):
            size = {"name": row["name"], "region": region, "size_gb": 1}
            row["volume"] = self.send(f"/apps/{toml.app}/volumes", size)["id"]
        return self.machine(toml.app, config, region)

    def machine(self, app: str, config: dict[str, Any], region: str = "iad") -> dict[str, Any]:
        return self.send(f"/apps/{app}/machines", {"region": region, "config": config})

    def close(self) -> None:
        self._http.close()


def spelt_by_flyctl(config: dict[str, Any]) -> dict[str, Any]:
    """Return a config as flyctl's client writes it (FT-78, FT-82, FT-110)."""
    config = copy.deepcopy(dict(config))
    config["metadata"] |= {
        "fly_flyctl_version": "0.3.180",
        "fly_release_id": "rel_1",
        "fly_release_version": "7",
    }
    for service in config.get("services", []):
        if "autostop" in service:
            service["autostop"] = {"off": False, "stop": True, "suspend": "suspend"}[service["autostop"]]
    for check in (
        *config.get("checks", {}).values(),
        *(check for service in config.get("services", []) for check in service.get("checks", [])),
    ):
        check.get("headers", []).reverse()
    return config


@pytest.fixture
def flyctl(sim: FlySimulator) -> Iterator[Flyctl]:
    someone = Flyctl(sim)
    yield someone
    someone.close()
