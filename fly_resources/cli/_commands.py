"""The commands, and what they take."""

import enum
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from fly_resources._version import __version__
from fly_resources.cli import _document, _importing, _progress, _screen, _stackfile
from fly_resources.cli._losses import losses
from fly_resources.cli._session import CHANGES, FAILED, Session, session
from fly_resources.client import Fly
from fly_resources.dns import dns_records
from fly_resources.errors import ConfigurationError, EnsureError, StalePlanError
from fly_resources.report import Plan, Report
from fly_resources.report import Replace as _Replace
from fly_resources.resources import Certificate, Machine, Resource, Secret

#: A world that changes more often than this between a plan and its end is left to a person.
_MOST_PLANS = 5
#: The parent of all that the framework raises about a command line.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


class Timings(enum.StrEnum):
    """How long a simulated machine's states take."""

    INSTANT = "instant"
    TYPICAL = "typical"


class _Commands(TyperGroup):
    """Ends with 1 where the command line is wrong: 2 says that a plan has changes, and nothing else."""

    def main(self, *args: Any, **settings: Any) -> Any:  # noqa: ANN401  # the framework's own signature
        """Run one command and exit."""
        try:
            code = super().main(*args, **{**settings, "standalone_mode": False})
        except _USAGE_ERROR as wrong:
            cast("Any", wrong).show()  # the framework's class of errors is not public
            sys.exit(FAILED)
        except typer.Abort:
            sys.exit(FAILED)
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    cls=_Commands,
    help="Run things on Fly.io: say in Python what should exist, see what would change, and make it so.",
    epilog="Exit codes: 0 done, 1 error (of usage too), 2 plan --exit-code found changes, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they show the values of variables, which may be secrets
    rich_markup_mode=None,
)

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.py[:NAME]",
        help="Python file, and the list or function in it that names resources (default: resources).",
        show_default=False,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[RESOURCE]...",
        help="Only these, as a plan calls them ('machine my-app/web', or 'web').",
        show_default=False,
    ),
]
Owner = Annotated[
    str | None,
    typer.Option(help="Mark the machines that this file keeps; needed to prune.", show_default=False),
]
Prune = Annotated[
    bool, typer.Option("--prune", help="Destroy this owner's machines that are no longer named.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Destroy and make again a machine that cannot be changed in place.")
]
WithUndeclared = Annotated[
    bool,
    typer.Option(
        "--with-undeclared",
        help="With --replace: also if that could lose what others have put on the machine.",
    ),
]
TakeOver = Annotated[bool, typer.Option("--take-over", help="Also change machines that flyctl deploys.")]
Everything = Annotated[
    bool, typer.Option("--everything", help="Destroy an app with all that it holds, named or not.")
]
Force = Annotated[bool, typer.Option("--force", help="Do not stop machines gently first.")]
Timeout = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Begin nothing more after so long.", show_default=False),
]
StepTimeout = Annotated[float, typer.Option(metavar="SECONDS", help="How long one machine may take.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before something is destroyed.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Proxy = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Go through this proxy; else HTTPS_PROXY or ALL_PROXY, unless NO_PROXY names the host.",
        show_default=False,
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show where in the code an error came from.")]


def _print_version(value: bool) -> None:  # noqa: FBT001  # called by the framework
    if value:
        sys.stdout.write(f"fly-resources {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take what stands before a command's name."""


@app.command()
def plan(
    file: File,
    *,
    destroy: Annotated[bool, typer.Option("--destroy", help="Plan to destroy instead.")] = False,
    prune: Prune = False,
    replace: Replace = False,
    with_undeclared: WithUndeclared = False,
    take_over: TakeOver = False,
    everything: Everything = False,
    force: Force = False,
    owner: Owner = None,
    unmanaged: Annotated[
        bool, typer.Option("--unmanaged", help="List what these apps hold and the file does not name.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 2 if something would change.")
    ] = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Show what ensure (or destroy) would do. Only reads are sent."""
    with session("plan", as_json=as_json, debug=debug, proxy=proxy) as run:
        nouns = _stackfile.load(str(file))
        with run.connect(owner) as fly:
            found = fly.plan(
                *nouns,
                prune=prune,
                destroy=destroy,
                replace=_replacing(replace, with_undeclared),
                take_over=take_over,
                everything=everything,
                force=force,
            )
        run.fields |= _document.planned(found)
        _tell_plan(run, found)
        if unmanaged:
            run.fields["unmanaged"] = [
                {"kind": each.kind, "app": each.app, "id": each.id, "name": each.name}
                for each in found.unmanaged
            ]
            run.say(f"Not named: {len(found.unmanaged)}", "bold")
            for each in found.unmanaged:
                run.say(f"  {each}")
        run.exit_code = CHANGES if exit_code and found.changed else run.exit_code


@app.command()
def ensure(
    file: File,
    *,
    prune: Prune = False,
    replace: Replace = False,
    with_undeclared: WithUndeclared = False,
    take_over: TakeOver = False,
    owner: Owner = None,
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Return only when machines that were changed run.")
    ] = True,
    max_unavailable: Annotated[
        str, typer.Option(metavar="N|N%", help="How many running machines of an app change at once.")
    ] = "1",
    smoke: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="How long a machine without checks has to stay up before the next one is taken down.",
        ),
    ] = 10.0,
    step_timeout: StepTimeout = 300.0,
    timeout: Timeout = None,
    yes: Yes = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Bring the resources, and what they refer to, to the described state."""
    with session("ensure", as_json=as_json, debug=debug, proxy=proxy) as run:
        nouns = _stackfile.load(str(file))
        options: dict[str, Any] = {
            "prune": prune,
            "replace": _replacing(replace, with_undeclared),
            "take_over": take_over,
        }
        limits: dict[str, Any] = {
            "wait": wait,
            "max_unavailable": int(max_unavailable) if max_unavailable.isdecimal() else max_unavailable,
            "smoke_s": smoke,
            "step_timeout_s": step_timeout,
            "timeout_s": timeout,
        }
        with run.connect(owner) as fly:
            _carry_out(
                run,
                fly,
                lambda: fly.plan(*nouns, **options),
                lambda planned: fly.ensure(*nouns, plan=planned, **options, **limits),
                agreed=yes,
            )


@app.command()
def destroy(
    file: File,
    *,
    everything: Everything = False,
    force: Force = False,
    owner: Owner = None,
    step_timeout: StepTimeout = 300.0,
    timeout: Timeout = None,
    yes: Yes = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Destroy the resources, and nothing that they only refer to. What is absent is fine."""
    with session("destroy", as_json=as_json, debug=debug, proxy=proxy) as run:
        nouns = _stackfile.load(str(file))
        limits: dict[str, Any] = {"step_timeout_s": step_timeout, "timeout_s": timeout}
        with run.connect(owner) as fly:
            _carry_out(
                run,
                fly,
                lambda: fly.plan(*nouns, destroy=True, everything=everything, force=force),
                lambda planned: fly.destroy(
                    *nouns, plan=planned, everything=everything, force=force, **limits
                ),
                agreed=yes,
            )


@app.command()
def read(
    file: File, names: Names = None, *, as_json: Json = False, proxy: Proxy = None, debug: Debug = False
) -> None:
    """Show what there is of the resources now; --json shows all that the API says."""
    with session("read", as_json=as_json, debug=debug, proxy=proxy) as run:
        nouns = _chosen(file, names)
        with run.connect() as fly:
            rows = [(noun, fly.read(noun)) for noun in nouns]
        run.fields |= _document.found(rows, _hidden_in(nouns))
        for noun, model in rows:
            run.say(f"{noun}: {_screen.describe(model)}", "" if model is not None else "dim")
            if isinstance(noun, Certificate) and model is not None:
                for record in dns_records(model):
                    run.say(f"  {record}")


@app.command()
def wait(
    file: File,
    names: Names = None,
    *,
    state: Annotated[str, typer.Option(help="The state that machines shall be in.")] = "started",
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="For each resource.")] = 300.0,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Wait until machines are in a state, with their checks passing; a certificate that is named: issued."""
    with session("wait", as_json=as_json, debug=debug, proxy=proxy) as run:
        nouns = _chosen(file, names)
        awaited = [
            each for each in nouns if isinstance(each, Machine) or (names and isinstance(each, Certificate))
        ]
        if not awaited:
            raise ConfigurationError("There is nothing to wait for: give machines, or name a certificate.")
        rows: list[tuple[Resource[Any], Any]] = []
        with run.connect() as fly:
            for noun in awaited:
                if isinstance(noun, Certificate):
                    rows.append((noun, fly.wait(noun, timeout_s=timeout)))
                else:
                    rows.append((noun, fly.wait(noun, state=state, timeout_s=timeout)))
                run.say(f"{noun}: {_screen.describe(rows[-1][1])}")
        run.fields |= _document.found(rows, _hidden_in(nouns))


@app.command(name="import")
def import_(
    name: Annotated[
        str, typer.Argument(metavar="APP", help="Name of an app that exists.", show_default=False)
    ],
    *,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Print Python that names what an app holds: its next plan changes nothing, but for marks of ours."""
    with session("import", debug=debug, proxy=proxy) as run, run.connect() as fly:
        found = _importing.write(_importing.read(fly, name))
        sys.stdout.write(found.source)
        for note in found.notes:
            _screen.show(run.err, note, "yellow")


@app.command()
def simulate(
    *,
    port: Annotated[int, typer.Option(help="Where to listen on 127.0.0.1; 0 takes a free port.")] = 4280,
    latency: Annotated[float, typer.Option(metavar="SECONDS", help="How long each request takes.")] = 0.0,
    rate_limits: Annotated[
        bool, typer.Option("--rate-limits", help="Refuse with 429 what exceeds Fly.io's limits.")
    ] = False,
    timings: Annotated[
        Timings, typer.Option(help="instant, or typical: states take as long as was measured.")
    ] = Timings.INSTANT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Behave as older servers do, where they differ.")
    ] = False,
    state: Annotated[
        Path | None,
        typer.Option(
            help="Load the world from this file, if it exists, and save it at the end.", show_default=False
        ),
    ] = None,
    debug: Debug = False,
) -> None:
    """Serve a simulated Fly Machines API on this machine, for any client, until Ctrl-C."""
    from fly_resources.cli import _simulate  # noqa: PLC0415  # no other command needs the simulator

    with session("simulate", debug=debug) as run:
        _simulate.serve(
            run.err,
            port=port,
            latency=latency,
            rate_limits=rate_limits,
            timings="typical" if timings is Timings.TYPICAL else "instant",
            strict=strict,
            state=state,
        )


def _replacing(replace: bool, with_undeclared: bool) -> _Replace:  # noqa: FBT001  # two options
    if with_undeclared and not replace:
        raise ConfigurationError("--with-undeclared says how to replace: give --replace too.")
    return "with_undeclared" if with_undeclared else replace


def _chosen(file: Path, names: Sequence[str] | None) -> list[Resource[Any]]:
    nouns = _stackfile.load(str(file))
    return _stackfile.select(nouns, names) if names else nouns


def _hidden_in(nouns: Sequence[Resource[Any]]) -> list[Secret]:
    return [each for noun in nouns for each in _document.secrets_in(list(noun.settings().values()))]


def _tell_plan(run: Session, plan: Plan) -> None:
    if not run.as_json:
        _screen.show_plan(run.out, plan)


def _carry_out(
    run: Session, fly: Fly, plan: Callable[[], Plan], verb: Callable[[Plan], Report], *, agreed: bool
) -> None:
    """Show a plan, ask if something would be lost, carry out just that, and say what was done.

    If the world has changed meanwhile, the new plan is shown, and what more would be lost is asked for.
    """
    accepted: set[str] = set()
    for left in reversed(range(_MOST_PLANS)):
        planned = plan()
        run.fields["plan"] = _document.planned(planned)
        _tell_plan(run, planned)
        if not planned.changed:
            run.fields |= {"changed": False, "resources": run.fields["plan"]["resources"]}
            return
        if not agreed:
            lost = losses(planned, fly)
            run.confirm([line for line in lost if line not in accepted])
            accepted.update(lost)
        try:
            with _progress.watch(planned, run.err, run.clock) as run.watcher:
                report = verb(planned)
        except StalePlanError as stale:
            if not left:
                raise
            _screen.show(run.err, stale, "yellow")
        except EnsureError as error:
            _tell_report(run, error.report)
            raise
        else:
            _tell_report(run, report)
            return


def _tell_report(run: Session, report: Report) -> None:
    run.fields |= _document.reported(report)
    if run.as_json:
        return
    run.say("Result:", "bold")
    _screen.show_steps(run.out, report)
    _screen.show_records(run.out, report)
    run.say(_screen.summary(tuple(report), seconds=run.seconds, requests=run.requests))
