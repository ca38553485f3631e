"""The commands and their options."""

from __future__ import annotations

import enum
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer
from typer.core import TyperGroup

from fly_resources import __version__
from fly_resources._lazy import lazy
from fly_resources.cli import _look_commands, _machine_commands, _rollback_commands, _verb_commands
from fly_resources.cli._options import Debug

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.cli import _session
else:
    _session = lazy("fly_resources.cli._session")

#: The base class of the framework's usage errors.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


#: Commands by what other tools call them; the nearest spelling of deploy would be destroy.
_MEANT: Final = {
    word: command
    for command, words in {
        "ensure": "deploy apply up launch create update",
        "destroy": "delete down rm remove",
        "plan": "diff preview validate",
        "status": "show list ls ps",
        "exec": "ssh console",
    }.items()
    for word in words.split()
}


class Timings(enum.StrEnum):
    """How long a simulated machine's states take."""

    INSTANT = "instant"
    TYPICAL = "typical"


class _Commands(TyperGroup):
    """Exits with 1 on usage errors, because 2 is reserved for plans with changes."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  # the framework's own types
        """Find the command; for another tool's word, name the command that does that here."""
        try:
            return super().resolve_command(ctx, args)
        except _USAGE_ERROR as wrong:
            if args and args[0] in _MEANT:
                cast("Any", wrong).message = f"No such command {args[0]!r}. Did you mean {_MEANT[args[0]]!r}?"
            raise

    def main(self, *args: Any, **settings: Any) -> Any:  # noqa: ANN401  # the framework's own signature
        """Run one command and exit."""
        try:
            code = super().main(*args, **{**settings, "standalone_mode": False})
        except _USAGE_ERROR as wrong:
            given = sys.argv[1:] if settings.get("args") is None else settings["args"]
            _refuse(cast("Any", wrong), as_json="--json" in itertools.takewhile("--".__ne__, given))
            sys.exit(_session.FAILED)
        except typer.Abort:
            sys.exit(_session.FAILED)
        sys.exit(code if isinstance(code, int) else 0)


def _refuse(wrong: Any, *, as_json: bool) -> None:  # noqa: ANN401  # the framework's class is not public
    """Show a usage error, and print it as the JSON document where that was asked for."""
    wrong.show()
    if as_json:
        _, *words = wrong.ctx.command_path.split() if wrong.ctx else [""]  # the first is the program's name
        _session.open_session(" ".join(words), as_json=True).refuse(wrong.format_message())


app = typer.Typer(
    cls=_Commands,
    help="Run apps on Fly.io: describe them in a Python file or a fly.toml, see what would change, and apply "
    "it.",
    epilog="Exit codes: 0 done, 1 error (also usage), 2 plan --exit-code found changes, "
    "130 interrupted; exec and run exit with the code of their command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they show the values of variables, which may be secrets
    rich_markup_mode=None,
)


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
    """Handle options before the command's name."""


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "plan": _verb_commands.plan,
    "ensure": _verb_commands.ensure,
    "destroy": _verb_commands.destroy,
    "status": _look_commands.status,
    "read": _look_commands.read,
    "wait": _look_commands.wait,
    "logs": _machine_commands.logs,
    "exec": _machine_commands.exec_,
    "restart": _machine_commands.restart,
    "run": _machine_commands.run_,
    "import": _look_commands.import_,
    "convert": _look_commands.convert,
    "rollback": _rollback_commands.rollback,
}
for _name, _function in _COMMANDS.items():
    app.command(name=_name)(_function)
_secrets = typer.Typer(
    help="Set an app's secrets; no file is needed.", no_args_is_help=True, rich_markup_mode=None
)
_secrets.command(name="import")(_machine_commands.import_secrets)
app.add_typer(_secrets, name="secrets")


@app.command()
def simulate(
    *,
    port: Annotated[int, typer.Option(metavar="N", help="Port on 127.0.0.1; 0 for any free one.")] = 4280,
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Load the simulated world from this file, if it exists, and save it there at the end.",
            show_default=False,
        ),
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=PROGRAM",
            help="What an image does, such as web:1=crashes or job:1=exit_code=1,prints=done; repeatable.",
        ),
    ] = None,
    org: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="An organisation besides personal; repeatable."),
    ] = None,
    behaviour: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="How the service behaves, such as app_unseen_s=3; repeatable."
        ),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND[:OPERATION][,NAME=VALUE]",
            help="What goes wrong, such as status:Machines_create,status=503,times=2; repeatable.",
        ),
    ] = None,
    latency: Annotated[float, typer.Option(metavar="SECONDS", help="How long each answer takes.")] = 0.0,
    rate_limits: Annotated[
        bool, typer.Option("--rate-limits", help="Answer 429 to requests that exceed Fly.io's limits.")
    ] = False,
    timings: Annotated[
        Timings, typer.Option(help="typical: state changes take as long as on Fly.io.")
    ] = Timings.INSTANT,
    strict: Annotated[
        bool, typer.Option("--strict", help="Behave as older servers do where they differ.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", help="Other ids.")] = 0,
    debug: Debug = False,
) -> None:
    """Serve a simulated Fly.io on this computer until Ctrl-C.

    For this command and any other client of the Machines API; no account is needed.
    """
    from fly_resources.cli import _simulate  # noqa: PLC0415  # no other command needs the simulator

    with _session.session("simulate", debug=debug, acknowledges=False) as run:
        _simulate.serve(
            run.err,
            port=port,
            latency=latency,
            rate_limits=rate_limits,
            timings="typical" if timings is Timings.TYPICAL else "instant",
            strict=strict,
            state=state,
            steering=_simulate.Steering(org or (), behaviour or (), fault or (), image or (), seed),
        )
