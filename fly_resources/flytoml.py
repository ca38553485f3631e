"""Read fly.toml as flyctl does, and turn it into resources.

`load` reads the file; `FlyToml.resources` returns the resources for `Fly.plan` and `Fly.ensure`. No other
module of the library uses this one.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import attrs
from fly_machines import models  # noqa: TC002  # for typing.get_type_hints

from fly_resources._flytoml import addresses, configs, document, files, guests, manifest, rules, short_lived
from fly_resources._flytoml.configs import Mount
from fly_resources._flytoml.deployment import Deployment, ProcessGroup
from fly_resources._flytoml.live import Live, config_of, group_of, kept_machines
from fly_resources._flytoml.values import split_command
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.resources import App, IpAddress, Machine, Resource, Secret

__all__ = ["FlyToml", "Live", "MachineCheck", "Mount", "ProcessGroup", "ReleaseCommand", "load"]

_ROLLING, _IMMEDIATE, _CANARY, _BLUEGREEN = rules.STRATEGIES
_MAX_UNAVAILABLE = 0.33
_WAIT_TIMEOUT_S = 300.0


@attrs.frozen
class ReleaseCommand:
    """`deploy.release_command`: a command that runs once before any machine changes (FT-160).

    Attributes:
        text: The command as written in the file.
        command: The command split into words.
        config: The config of the machine that runs it, with its image and command, in the API's keys: all
            that `fly.run` needs.
        region: Where it runs: the primary region (FT-163); None lets the service choose.
        timeout_s: Time limit in seconds; None for no limit (FT-164).
    """

    text: str
    command: tuple[str, ...]
    config: Mapping[str, Any] = attrs.field(repr=False)
    region: str | None
    timeout_s: float | None
    _default_group: str = attrs.field(repr=False, alias="default_group")
    _is_sized: bool = attrs.field(repr=False, alias="is_sized")

    def beside(self, live: Live) -> ReleaseCommand:
        """Return the command with the size of the default group's largest live machine (FT-162).

        If the file sets `release_command_vm`, or there are no such machines, it is unchanged.
        """
        found = [
            config_of(each).get("guest") or {}
            for each in kept_machines(live)
            if group_of(each, self._default_group) == self._default_group
        ]
        sized = [guest for guest in found if isinstance(guest.get("memory_mb"), int)]
        if self._is_sized or not sized:
            return self
        largest = max(sized, key=_memory)
        return attrs.evolve(self, config={**self.config, "guest": largest})


def _memory(guest: Mapping[str, Any]) -> int:
    return int(guest["memory_mb"])


@attrs.frozen
class MachineCheck:
    """One of `machine_checks`: a command that tests an updated machine (FT-170).

    Attributes:
        groups: The process groups whose machines it tests.
        config: The config of the machine that runs the test.
    """

    groups: tuple[str, ...]
    config: Mapping[str, Any] = attrs.field(repr=False)

    def config_for(self, machine: models.Machine) -> dict[str, Any]:
        """Return the config for testing this machine, with its environment and private address."""
        env = {**(config_of(machine).get("env") or {}), **self.config["env"]}
        return {**self.config, "env": {**env, "FLY_TEST_MACHINE_IP": machine.private_ip}}


@attrs.frozen
class FlyToml:
    """A parsed fly.toml, and the resources that it describes.

    Attributes:
        path: The file.
        app: Name of the app.
        primary_region: Region of new machines and volumes; None lets the service choose.
        image: The image that every machine runs.
        groups: The process groups by name, sorted.
        default_group: The group that sections without `processes` belong to (FT-41).
        release_command: The command to run before any machine changes, or None.
        strategy: "rolling", "immediate", "canary" or "bluegreen" (FT-180).
        max_unavailable: Below 1 a share of a group's running machines, otherwise a number (FT-182);
            `ensure_options` converts it for `Fly.ensure`.
        wait_timeout_s: Seconds that one machine may take (FT-185).
        machine_checks: The tests of an updated machine (FT-170).
        addresses: Types of address that flyctl requests for a new app, in order (FT-140 to FT-142).
        needs_dedicated_v4: Whether a service needs a dedicated IPv4, which is billed.
        secret_names: Secrets of the app that `[[files]]` refer to (FT-64).
        host_dedication_id: The dedicated host for new machines (FT-66).
        console_command: The command of `fly console` (FT-65).
        seed_command: The command that `fly launch` would run (FT-166).
        url: The app's URL once it has an address, or None (FT-144).
        warnings: What flyctl ignores or only warns about, one line each.
    """

    path: Path
    app: str
    primary_region: str | None
    image: str
    groups: Mapping[str, ProcessGroup] = attrs.field(repr=False)
    default_group: str
    release_command: ReleaseCommand | None
    strategy: str
    max_unavailable: int | float
    wait_timeout_s: float
    machine_checks: tuple[MachineCheck, ...]
    addresses: tuple[str, ...]
    needs_dedicated_v4: bool
    secret_names: tuple[str, ...]
    host_dedication_id: str | None
    console_command: str | None
    seed_command: str | None
    url: str | None
    warnings: tuple[str, ...] = attrs.field(repr=False)

    def resources(
        self,
        live: Live | None,
        *,
        counts: Mapping[str, int] | None = None,
        ha: bool = True,
        allocate_v4: bool = False,
        public_ips: bool = True,
        flycast: bool = False,
        org: str | None = None,
        network: str | None = None,
    ) -> list[Resource[Any]]:
        """Return the app, its volumes, machines and addresses, for `Fly.plan` and `Fly.ensure`.

        The file contains no counts or regions: a group that has machines keeps them, with their names and
        regions, and gets no others. A group without machines gets what flyctl would create: two machines if
        it has services and no mount, otherwise one. The standby that flyctl adds to a group without
        services is not created, because its config refers to another machine's id (FT-122, FT-124).

        Args:
            live: What the app holds now (`Live.read`); None or `Live()` for a new app.
            counts: How many machines a group should have, instead of the current number. New ones are created
                in the primary region; `surplus` returns those that are no longer needed.
            ha: Whether a new group with services gets two machines instead of one.
            allocate_v4: Allocate a dedicated IPv4 for a new app whose services need one; it is billed.
            public_ips: Whether a new app gets public addresses.
            flycast: Allocate a private address for a new app instead.
            org: The organisation of a new app.
            network: The private network of a new app.

        Raises:
            ConfigurationError: Invalid counts, a volume without a region, or two new volumes that cannot be
                told apart.
            ReconcileError: A live machine's volume differs from the file, or the machine belongs to no group
                or shows no config.
        """
        with _naming(self.path):
            deployment = self._settle(live, counts, ha=ha, org=org, network=network)
            types = self._new_addresses(live, allocate_v4=allocate_v4, public_ips=public_ips, flycast=flycast)
            named = [IpAddress(deployment.app, each) for each in types]
        return [deployment.app, *deployment.volumes, *deployment.machines, *named]

    def surplus(self, live: Live, *, counts: Mapping[str, int] | None = None) -> list[Machine]:
        """Return the live machines beyond `counts` or the file's groups, for `Fly.destroy`.

        Standbys go first, then the youngest. Volumes stay (FT-126).

        Raises:
            ConfigurationError, ReconcileError: As `resources` does.
        """
        with _naming(self.path):
            return self._settle(live, counts).surplus

    def ensure_options(self, live: Live | None) -> dict[str, Any]:
        """Return the options of `Fly.ensure` for the file's deploy strategy (FT-180 to FT-185).

        rolling: `max_unavailable` machines at a time; a share is taken of each group's running machines and
        rounded up as flyctl does, and the smallest number over the groups is used. canary: one at a time.
        immediate: all at once, without waiting.

        Raises:
            ConfigurationError: The strategy is "bluegreen", which a rolling deploy cannot do.
        """
        if self.strategy == _BLUEGREEN:
            raise ConfigurationError(
                f"{self.path}: deploy.strategy: bluegreen needs a second set of machines, which a rolling "
                "deploy does not create: see the blue/green recipe, or pass strategy='rolling'."
            )
        if self.strategy == _IMMEDIATE:
            return {"max_unavailable": "100%", "wait": False}
        width = 1 if self.strategy == _CANARY else self._width(live or Live())
        return {"max_unavailable": width, "step_timeout_s": self.wait_timeout_s}

    def _width(self, live: Live) -> int:
        if self.max_unavailable >= 1:
            return int(self.max_unavailable)
        running = [
            group_of(each, self.default_group) for each in kept_machines(live) if each.state == "started"
        ]
        sizes = [running.count(name) for name in self.groups if name in running]
        return max(1, min((math.ceil(self.max_unavailable * size) for size in sizes), default=1))

    def _settle(
        self,
        live: object,
        counts: Mapping[str, int] | None,
        *,
        ha: bool = True,
        org: str | None = None,
        network: str | None = None,
    ) -> Deployment:
        if live is not None and not isinstance(live, Live):
            raise ConfigurationError(
                f"live must be Live.read(fly, {self.app!r}), or None for a new app; "
                f"got {type(live).__name__}."
            )
        if live is not None and live.app not in {None, self.app}:
            raise ConfigurationError(f"live is of app {live.app!r}; pass Live.read(fly, {self.app!r}).")
        app = App(self.app, org=org, network=network, primary_region=self.primary_region)
        deployment = Deployment(app, self.groups, self.default_group, live or Live(), self.host_dedication_id)
        deployment.settle(counts, ha=ha)
        return deployment

    def _new_addresses(
        self, live: Live | None, *, allocate_v4: bool, public_ips: bool, flycast: bool
    ) -> tuple[str, ...]:
        """Return the addresses to allocate: only at the first deployment, if the app has none (FT-140)."""
        live = live or Live()
        managed = [each for each in kept_machines(live) if group_of(each, self.default_group) is not None]
        if managed or live.addresses or not self.addresses:
            return ()
        if flycast:
            return ("private_v6",)
        # a dedicated IPv4 is billed, so it must be asked for; flyctl asks for confirmation (FT-142)
        return self.addresses if public_ips and (allocate_v4 or not self.needs_dedicated_v4) else ()


def load(
    path: str | os.PathLike[str] = "fly.toml",
    *,
    image: str | None = None,
    app: str | None = None,
    primary_region: str | None = None,
    env: Mapping[str, str | Secret] | None = None,
    strategy: str | None = None,
    max_unavailable: float | None = None,
    allow_unknown: bool = False,
) -> FlyToml:
    """Read a fly.toml, or a fly.json of the same keys, as `fly deploy` reads it.

    Arguments override the file, as flyctl's options do (FT-6).

    Args:
        path: The file, or a folder that contains fly.toml (FT-1).
        image: The image to deploy; required unless the file has `build.image`, because nothing is built.
        app: Name of the app.
        primary_region: Region of new machines and volumes.
        env: Environment variables in addition to those of the file.
        strategy: The deploy strategy.
        max_unavailable: How many machines of a group, or which share of them, may be down at a time.
        allow_unknown: Ignore keys that flyctl does not know, as flyctl does, instead of refusing them.

    Raises:
        ConfigurationError: The file cannot be read or parsed, flyctl would refuse it, or it needs something
            that is not supported. The message names the file, the key, and the line of a syntax error.
    """
    file = document.find(path)
    tree = document.parse(file)
    with _naming(file):
        read = manifest.read(tree, file.parent, allow_unknown=allow_unknown)
        _override(read, "app", app)
        _override(read, "primary_region", primary_region)
        _override(read, "strategy", strategy, section="deploy")
        _override(read, "max_unavailable", max_unavailable, section="deploy")
        _override_env(read, env)
        return _build(file, read, image)


def _override(read: manifest.Manifest, key: str, value: object, section: str | None = None) -> None:
    if value is None:
        return
    wanted = (int, float) if key == "max_unavailable" else (str,)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise ConfigurationError(
            f"{key} must be a {'number' if float in wanted else 'string'}, got {type(value).__name__}."
        )
    table = read.tree if section is None else read.tree.setdefault(section, {})
    table[key] = value


def _override_env(read: manifest.Manifest, env: Mapping[str, str | Secret] | None) -> None:
    if env is None:
        return
    try:
        given: dict[Any, Any] = dict(env)
    except (TypeError, ValueError):
        raise ConfigurationError(f"env must map names to values, got {type(env).__name__}.") from None
    for name, value in given.items():
        if not isinstance(name, str) or not isinstance(value, str | Secret):
            raise ConfigurationError(f"env: {name!r} must be a string, got {type(value).__name__}.")
    read.tree["env"] = {**read.table("env"), **given}


def _build(file: Path, read: manifest.Manifest, image: str | None) -> FlyToml:
    rules.validate(read)
    name = read.text("app")
    if name is None:
        raise ConfigurationError("app: is missing; name the app in the file, or pass app=.")
    region = read.text("primary_region")
    App(name, primary_region=region)  # raises for an invalid name or region
    reference = configs.image_of(read, image)
    deploy = read.table("deploy")
    wait = deploy.get("wait_timeout")
    return FlyToml(
        path=file,
        app=name,
        primary_region=region,
        image=reference,
        groups=_groups(read, reference),
        default_group=read.default_group,
        release_command=_release(read, reference),
        strategy=deploy.get("strategy") or _ROLLING,
        max_unavailable=_whole_from_one(deploy.get("max_unavailable", _MAX_UNAVAILABLE)),
        wait_timeout_s=short_lived.seconds(wait) if wait else _WAIT_TIMEOUT_S,
        machine_checks=tuple(MachineCheck(*each) for each in short_lived.test_configs(read, reference)),
        addresses=addresses.wanted(read),
        needs_dedicated_v4=addresses.needs_dedicated(read),
        secret_names=tuple(
            dict.fromkeys(each["secret_name"] for each in files.files(read) if "secret_name" in each)
        ),
        host_dedication_id=read.text("host_dedication_id"),
        console_command=read.text("console_command"),
        seed_command=deploy.get("seed_command") or None,
        url=addresses.url(read, name),
        warnings=tuple(dict.fromkeys(rules.find_warnings(read))),
    )


def _groups(read: manifest.Manifest, image: str) -> dict[str, ProcessGroup]:
    base, shared = files.base_config(read), files.files(read)
    return {
        name: ProcessGroup(
            name=name,
            config=configs.config_of(read, name, image, base, shared),
            mount=configs.mount_of(read, name),
            has_services=any(read.is_of(row, name) for _, row in read.services()),
        )
        for name in read.groups
    }


def _release(read: manifest.Manifest, image: str) -> ReleaseCommand | None:
    config = short_lived.release_config(read, image)
    if config is None:
        return None
    text = str(read.table("deploy")["release_command"])
    return ReleaseCommand(
        text=text,
        command=tuple(split_command("deploy.release_command", text)),
        config={"guest": guests.preset("deploy.release_command_vm", guests.RELEASE_SIZE), **config},
        region=read.text("primary_region"),
        timeout_s=short_lived.release_timeout_s(read),
        default_group=read.default_group,
        is_sized="guest" in config,
    )


def _whole_from_one(number: float) -> int | float:
    """Round a number of machines down; a share below 1 is returned as it is (FT-182)."""
    return int(number) if number >= 1 else number


@contextlib.contextmanager
def _naming(path: Path) -> Generator[None]:
    """Prefix errors with the file's name."""
    try:
        yield
    except RecursionError as error:
        raise ConfigurationError(f"{path} is nested too deeply to be read.") from error
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    except ReconcileError as error:
        raise type(error)(f"{path}: {error}") from error
