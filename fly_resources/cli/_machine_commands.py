"""logs, exec, restart, run and secrets import: commands for an existing app."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fly_resources._lazy import lazy
from fly_resources.cli._options import (
    AppArgument,
    Command,
    Debug,
    Json,
    MachineName,
    Proxy,
    StepTimeout,
    Timeout,
)
from fly_resources.errors import ConfigurationError, FlyError, WaitTimeoutError

if TYPE_CHECKING:
    from fly_resources import resources as kinds
    from fly_resources._client import inside
    from fly_resources.cli import _carrying, _document, _dotenv, _screen, _session
    from fly_resources.client import Fly
    from fly_resources.report import LogLine
    from fly_resources.resources import Resource
else:
    # imported here, so that --help does not wait for it
    kinds = lazy("fly_resources.resources")
    inside = lazy("fly_resources._client.inside")
    _carrying = lazy("fly_resources.cli._carrying")
    _document = lazy("fly_resources.cli._document")
    _dotenv = lazy("fly_resources.cli._dotenv")
    _screen = lazy("fly_resources.cli._screen")
    _session = lazy("fly_resources.cli._session")

#: A shell's exit code for a program that was killed by a signal: this plus the signal's number.
_BY_SIGNAL = 128
_SIGKILL = 9


class NotStartedError(FlyError):
    """The app has no started machine."""


def logs(
    app: AppArgument,
    machine: Annotated[
        str | None,
        typer.Argument(metavar="[MACHINE]", help="Only this machine, by name or id.", show_default=False),
    ] = None,
    *,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on with new lines, until Ctrl-C.")
    ] = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Show the latest lines of an app's log."""
    with _session.session("logs", as_json=as_json, debug=debug, proxy=proxy) as run, run.connect() as fly:
        if as_json and follow:
            raise ConfigurationError(
                "--json prints one document at the end, so it cannot be used with --follow."
            )
        lines: list[LogLine] = []
        for line in fly.logs(app, machine, follow=follow):
            run.quote(line)
            if not follow:
                lines.append(line)
        run.fields["log"] = _document.log(lines)


def exec_(
    app: AppArgument,
    machine: MachineName,
    command: Command,
    *,
    timeout: Annotated[int, typer.Option(metavar="SECONDS", help="Time limit for the command.")] = 60,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Run a command on a started machine.

    Shows its output, and exits with its exit code.
    """
    with _session.session("exec", as_json=as_json, debug=debug, proxy=proxy) as run, run.connect() as fly:
        run.begin()
        result = fly.exec((app, machine), command, timeout_s=timeout)
        signal = result.exit_signal
        run.fields["result"] = {
            "exit_code": result.exit_code,
            "signal": signal,
            "stdout": result.stdout,
            "stderr": result.stderr,
        }
        run.write(result.stdout)
        _screen.write(run.err, result.stderr)
        run.exit_code = _BY_SIGNAL + signal if signal else result.exit_code


def restart(
    app: AppArgument,
    machines: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MACHINE]...", help="Only these machines, by name or id.", show_default=False
        ),
    ] = None,
    *,
    step_timeout: StepTimeout = 300.0,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Restart an app's machines, one after the other.

    Each is restarted once the one before it runs again; the first that does not ends the command. Without
    names, all started machines.
    """
    with _session.session("restart", as_json=as_json, debug=debug, proxy=proxy) as run, run.connect() as fly:
        chosen = machines or _started(fly, app)
        done: list[dict[str, Any]] = []
        run.fields |= {"resources": done, "changed": False}
        run.begin(*(f"machine {app}/{name}" for name in chosen))
        for name in chosen:
            model = fly.restart((app, name), timeout_s=step_timeout)
            run.progress.end(f"machine {app}/{name}")
            run.say(f"machine {app}/{model.name}: restarted; {_screen.describe(model)}")
            done.append(_document.row("machine", app, model.name or name, model))
            run.fields["changed"] = True


def _started(fly: Fly, app: str) -> list[str]:
    """Return the ids of the started machines, sorted by name."""
    listed = [
        each
        for each in inside.send(fly, inside.list_machines(app))
        if inside.is_live(each) and not inside.is_one_off(each)
    ]
    started = sorted((each.name or "", each.id) for each in listed if each.state == "started")
    if not started:
        raise NotStartedError(f"App {app!r} has no started machine; name the machines to start.")
    return [each[1] for each in started]


def run_(
    app: AppArgument,
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="The image to run.", show_default=False)],
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[-- COMMAND]...", help="What to run instead of the image's command.", show_default=False
        ),
    ] = None,
    *,
    region: Annotated[
        str | None, typer.Option("--region", metavar="REGION", help="Where to run it.", show_default=False)
    ] = None,
    env: Annotated[
        list[str] | None,
        typer.Option("--env", "-e", metavar="NAME=VALUE", help="An environment variable; repeatable."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="Time limit; then the machine is destroyed.")
    ] = 600.0,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Run an image once, on a machine of its own.

    Shows its output, destroys the machine, and exits with its exit code.
    """
    with _session.session("run", as_json=as_json, debug=debug, proxy=proxy) as run, run.connect() as fly:
        config: Any = {"image": image, "env": _pairs(env or [])}
        run.begin()
        try:
            result = fly.run(app, config, command or None, timeout_s=timeout, region=region)
        except WaitTimeoutError as late:
            _show_log(run, late.log)
            raise
        run.fields["result"] = {
            "exit_code": result.exit_code,
            "oom_killed": result.oom_killed,
            "requested_stop": result.requested_stop,
        }
        _show_log(run, result.log)
        if result.exit_code is None:
            raise ExitUnknownError(
                f"machine {app}/{result.machine.name} has ended, and the service no longer reports how: "
                "check its log and its results."
            )
        run.exit_code = result.exit_code
        if result.oom_killed:
            _screen.show(run.err, "run: out of memory: use a larger machine.", "bold red")
            run.exit_code = result.exit_code or _BY_SIGNAL + _SIGKILL
        elif result.requested_stop:
            _screen.show(run.err, "run: someone stopped it before it had finished.", "bold red")
            run.exit_code = result.exit_code or 1


class ExitUnknownError(FlyError):
    """A machine has ended with an unknown exit code."""


def _show_log(run: _session.Session, log: tuple[LogLine, ...]) -> None:
    run.fields["log"] = _document.log(log)
    for line in log:
        run.quote(line.message)


def _pairs(texts: list[str]) -> dict[str, str]:
    """Return the variables; no message contains a value."""
    for index, text in enumerate(texts, 1):
        if "=" not in text:
            raise ConfigurationError(f"--env number {index} must be NAME=VALUE; it has no '='.")
    return dict(text.split("=", 1) for text in texts)


def import_secrets(
    app: AppArgument,
    *,
    timeout: Timeout = None,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Set secrets from standard input, such as a .env file.

    One NAME=VALUE per line. Values are never shown.
    """
    with _session.session("secrets import", as_json=as_json, debug=debug, proxy=proxy) as run:
        resources: list[Resource[Any]] = [
            kinds.FlySecret(app, name, value) for name, value in _read_standard_input().items()
        ]
        with run.connect() as fly:
            _carrying.carry_out(
                run,
                fly,
                lambda: fly.plan(*resources),
                lambda planned: fly.ensure(*resources, plan=planned, timeout_s=timeout),
                agreed=True,  # nothing that exists is lost
            )
        if run.fields["changed"]:
            run.say("Running machines keep the old values until they are updated or restarted.", "dim")


def _read_standard_input() -> dict[str, str]:
    if sys.stdin.isatty():
        raise ConfigurationError("Pass the file on standard input: fly-resources secrets import APP < .env")
    try:
        text = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise ConfigurationError("The standard input is not UTF-8 text.") from None
    values = _dotenv.parse(text)
    if not values:
        raise ConfigurationError("The standard input contains no secret; expected NAME=VALUE lines.")
    return values
