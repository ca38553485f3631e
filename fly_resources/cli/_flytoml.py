"""The input of a command: the resources of a Python file or of a fly.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs

from fly_resources._client.inside import check_shown
from fly_resources.cli import _converting, _screen, _stackfile
from fly_resources.errors import ConfigurationError, FlyError, WaitTimeoutError
from fly_resources.flytoml import FlyToml, Live, load
from fly_resources.report import Plan, Report
from fly_resources.resources import App, Machine, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fly_machines.config_types import MachineConfigDict

    from fly_resources.cli._session import Session
    from fly_resources.client import Fly
    from fly_resources.report import LogLine

#: A placeholder image for commands that only find resources by name.
_ANY_IMAGE: Final = "unknown"


class ReleaseCommandError(FlyError):
    """The release command failed, so no machine was changed."""


@attrs.frozen
class Asked:
    """The options that apply to a fly.toml."""

    image: str | None = None
    app: str | None = None
    strategy: str | None = None
    primary_region: str | None = None
    count: Sequence[str] = ()
    allocate_v4: bool = False
    org: str | None = None
    allow_unknown: bool = False

    def counts(self) -> dict[str, int]:
        """Return how many machines each group should have.

        Raises:
            ConfigurationError: An option that is not GROUP=N.
        """
        pairs = {}
        for text in self.count:
            group, _, number = text.rpartition("=")
            if not group or not number.isdecimal():
                raise ConfigurationError(f"--count {text}: expected GROUP=N, such as --count web=2.")
            pairs[group] = int(number)
        return pairs


@attrs.frozen
class Limits:
    """The deploy options, and which of them were given: those override the file's strategy."""

    limits: Mapping[str, Any]
    said: Mapping[str, Any]


class Stack:
    """A Python file that describes resources."""

    release_command = None
    warnings: tuple[str, ...] = ()

    def __init__(self, resources: list[Resource[Any]]) -> None:
        """Keep the file's resources."""
        self._nouns = resources

    def describe(self, _fly: Fly, *, whole: bool = True) -> list[Resource[Any]]:  # noqa: ARG002  # a fly.toml's
        """Return the resources."""
        return self._nouns

    def left_over(self) -> list[Machine]:
        """Return nothing: resources that a Python file no longer describes are left to `--prune`."""
        return []

    def ensure(
        self,
        _run: Session,
        fly: Fly,
        planned: Plan,
        options: Mapping[str, Any],
        limits: Limits,
    ) -> Report:
        """Apply a plan."""
        return fly.ensure(*self._nouns, plan=planned, **options, **limits.limits)


@attrs.define
class Toml:
    """A fly.toml, and what its app held when it was last read."""

    toml: FlyToml
    asked: Asked
    resources: list[Resource[Any]] = attrs.field(factory=list)
    live: Live = attrs.field(factory=Live)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what flyctl ignores, and what is not supported here."""
        checks = ("machine_checks are not run here: run each with fly-resources run APP IMAGE -- COMMAND.",)
        return self.toml.warnings + (checks if self.toml.machine_checks else ())

    @property
    def release_command(self) -> str | None:
        """Return the command that runs before any machine changes, or None."""
        release = self.toml.release_command
        return None if release is None else release.text

    def describe(self, fly: Fly, *, whole: bool = True) -> list[Resource[Any]]:
        """Return the resources, given what the app holds now; `whole`: for a deployment."""
        self.live = Live.read(fly, self.toml.app)
        if whole:
            self.toml.ensure_options(self.live)  # raises for an unsupported strategy
        self.resources = self.toml.resources(
            self.live,
            counts=self.asked.counts(),
            allocate_v4=self.asked.allocate_v4,
            org=self.asked.org,
        )
        return self.resources

    def left_over(self) -> list[Machine]:
        """Return the machines beyond `--count`, but not those of groups that the file no longer has."""
        gone = {each.name for each in self.toml.surplus(self.live)}
        return [
            each for each in self.toml.surplus(self.live, counts=self.asked.counts()) if each.name not in gone
        ]

    def ensure(
        self,
        run: Session,
        fly: Fly,
        planned: Plan,
        options: Mapping[str, Any],
        limits: Limits,
    ) -> Report:
        """Run the release command, then deploy with the file's strategy."""
        _warn(run, self)
        done = self._release(run, fly, planned, options)
        remaining = _after(planned, done)
        of_file = self.toml.ensure_options(self.live)
        first = self._canary(planned)
        if first is not None:
            own = {**limits.limits, **of_file, **limits.said}
            shown = attrs.evolve(remaining, steps=(remaining[first],))
            done = _together(done, fly.ensure(first, plan=shown, **options, **own))
            remaining = _after(planned, done)
            of_file = attrs.evolve(self.toml, strategy="rolling").ensure_options(self.live)
        own = {**limits.limits, **of_file, **limits.said}
        return _together(done, fly.ensure(*self.resources, plan=remaining, **options, **own))

    def _canary(self, planned: Plan) -> Machine | None:
        """Return the machine to update alone before the others (FT-183)."""
        changing = [step.resource for step in planned if step.action == "update"]
        machines = [resource for resource in changing if isinstance(resource, Machine)]
        return machines[0] if self.toml.strategy == "canary" and len(machines) > 1 else None

    def _release(self, run: Session, fly: Fly, planned: Plan, options: Mapping[str, Any]) -> Report:
        """Run the release command; a new app is created first.

        Raises:
            ReleaseCommandError: It did not exit with 0.
            StalePlanError: What would be done differs from the plan that was shown.
        """
        if self.toml.release_command is None:
            return Report(())
        check_shown(planned, fly.plan(*self.resources, **options))
        release = self.toml.release_command.beside(self.live)
        app = next(resource for resource in self.resources if isinstance(resource, App))
        done = Report(())
        if planned[app].action == "create":
            done = fly.ensure(app, plan=attrs.evolve(planned, steps=(planned[app],)))
        run.say(f"Release command: {release.text}", "bold")
        try:
            result = fly.run(
                app,
                cast("MachineConfigDict", dict(release.config)),
                region=release.region,
                timeout_s=release.timeout_s,
            )
        except WaitTimeoutError as late:
            _tell(run, release.text, late.log, None)
            raise
        _tell(run, release.text, result.log, result.exit_code)
        if result.exit_code != 0:
            raise ReleaseCommandError(
                f"The release command {release.text!r} of app {app.name} ended with "
                f"{_ending(result.exit_code, oom_killed=result.oom_killed)}, so no machine was changed. Its "
                "output is above. Fix it and run ensure again, which runs it again."
            )
        return done


Source: TypeAlias = Stack | Toml


def open_file(run: Session, spec: str, asked: Asked, *, deploys: bool = True) -> Source:
    """Read a file: a fly.toml as data, any other as Python, which is run.

    Raises:
        ConfigurationError: It cannot be read, or the options are for the other kind of file.
    """
    if _is_toml(Path(spec)):
        image = asked.image or (None if deploys else _ANY_IMAGE)
        toml = load(
            spec,
            image=image,
            app=asked.app,
            strategy=asked.strategy,
            primary_region=asked.primary_region,
            allow_unknown=asked.allow_unknown or not deploys,
        )
        return Toml(toml, asked)
    if asked != Asked():
        raise ConfigurationError(
            f"{spec} is not a fly.toml: --image, --app, --count and so on need one. Set "
            "these values in the Python file."
        )
    run.file_is_python = True
    return Stack(_stackfile.load(spec))


def _is_toml(path: Path) -> bool:
    if path.suffix in {".toml", ".json"}:
        return True
    if ".py" in path.suffix or not path.is_file():
        return False
    try:
        return bool(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return False


def convert(run: Session, fly: Fly, spec: str, asked: Asked) -> None:
    """Print Python that describes the resources of a fly.toml.

    Raises:
        ConfigurationError: It is not a fly.toml.
    """
    source = open_file(run, spec, asked)
    if not isinstance(source, Toml):
        raise ConfigurationError(f"{spec} is Python already; convert takes a fly.toml.")
    run.write(_converting.write(source.toml, source.describe(fly)))
    for line in source.warnings:
        _screen.show(run.err, line, "yellow")


def _warn(run: Session, source: Source) -> None:
    for line in source.warnings:
        _screen.show(run.err, line, "yellow")


def tell(run: Session, source: Source, *, writes: bool) -> None:
    """Print what a plan does not show: warnings, and the command that runs first."""
    _warn(run, source)
    for machine in source.left_over():
        run.say(f"  - {machine}: no longer needed with --count: ensure asks, then destroys it last", "red")
    if source.release_command is not None and writes:
        run.fields["release_command"] = {"command": source.release_command}
        run.say(f"  First, ensure runs the release command: {source.release_command}", "cyan")


def _tell(run: Session, text: str, log: Sequence[LogLine], exit_code: int | None) -> None:
    for line in log:
        run.quote(f"  | {line.message}")
    lines = [line.message for line in log]
    run.fields["release_command"] = {"command": text, "exit_code": exit_code, "output": lines}


def _ending(exit_code: int | None, *, oom_killed: bool) -> str:
    if oom_killed:
        return "too little memory (set deploy.release_command_vm)"
    return "an unknown exit code" if exit_code is None else f"exit code {exit_code}"


def _after(planned: Plan, done: Report) -> Plan:
    """Return the remaining part of a plan."""
    ended = {outcome.resource for outcome in done}
    steps = (
        attrs.evolve(step, action="none", changes=()) if step.resource in ended else step for step in planned
    )
    return attrs.evolve(planned, steps=tuple(steps))


def _together(first: Report, second: Report) -> Report:
    """Return the report of two stages; outcomes that changed something in the first one win."""
    changed = {outcome.resource: outcome for outcome in first if outcome.changed}
    return Report(tuple(changed.get(outcome.resource, outcome) for outcome in second))
