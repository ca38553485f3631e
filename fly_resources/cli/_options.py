"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A Python file that has a list or function called resources (FILE.py:NAME for another name), or "
        "a fly.toml.",
        show_default=False,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[RESOURCE]...",
        help="Only these, written as in a plan (machine my-app/web) or by name (web).",
        show_default=False,
    ),
]
AppArgument = Annotated[str, typer.Argument(metavar="APP", help="The app's name.", show_default=False)]
MachineName = Annotated[
    str, typer.Argument(metavar="MACHINE", help="The machine's name or id.", show_default=False)
]
Command = Annotated[
    list[str],
    typer.Argument(metavar="-- COMMAND...", help="The command and its arguments.", show_default=False),
]
Ask = Annotated[bool, typer.Option("--ask", help="Also ask before creating anything that is billed.")]
Owner = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Mark the machines that this file manages with this name; --prune needs it.",
        show_default=False,
    ),
]
OwnerOfMachines = Annotated[
    str | None,
    typer.Option(
        "--owner",
        metavar="NAME",
        help="The name that ensure --owner has marked the machines with.",
        show_default=False,
    ),
]
Prune = Annotated[
    bool, typer.Option("--prune", help="Destroy machines of --owner that the file no longer describes.")
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace", help="Destroy and recreate machines that cannot be changed in place; volumes stay."
    ),
]
WithUndeclared = Annotated[
    bool,
    typer.Option(
        "--with-undeclared",
        help="With --replace: even if settings that other tools made on a machine could be lost.",
    ),
]
TakeOver = Annotated[bool, typer.Option("--take-over", help="Also change machines that flyctl deploys.")]
Everything = Annotated[
    bool, typer.Option("--everything", help="Destroy an app with all that it holds, described or not.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Destroy machines at once, without stopping them gently first.")
]
Timeout = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS", help="Start nothing new after this time; without it, no limit.", show_default=False
    ),
]
StepTimeout = Annotated[float, typer.Option(metavar="SECONDS", help="Time limit for each machine.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
PlanFile = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="Do what this plan says, saved by plan --out, and nothing else; does not ask.",
        show_default=False,
    ),
]
MaxUnavailable = Annotated[
    str, typer.Option(metavar="N|N%", help="How many running machines of an app change at once.")
]
Image = Annotated[
    str | None, typer.Option(metavar="REF", help="fly.toml: the image to deploy.", show_default=False)
]
AppName = Annotated[
    str | None,
    typer.Option(
        "--app", "-a", metavar="NAME", help="fly.toml: another app than the file's.", show_default=False
    ),
]
Count = Annotated[
    list[str] | None,
    typer.Option(
        metavar="GROUP=N",
        help="fly.toml: how many machines a process group should have; repeatable.",
        show_default=False,
    ),
]
Strategy = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="fly.toml: rolling, immediate or canary, instead of the file's.",
        show_default=False,
    ),
]
PrimaryRegion = Annotated[
    str | None,
    typer.Option(metavar="REGION", help="fly.toml: region of new machines and volumes.", show_default=False),
]
AllocateV4 = Annotated[
    bool,
    typer.Option(
        "--allocate-v4", help="fly.toml: allocate a dedicated IPv4 (billed) if a new app needs one."
    ),
]
Org = Annotated[
    str | None,
    typer.Option(
        metavar="SLUG", help="fly.toml: the organisation of a new app (personal).", show_default=False
    ),
]
AllowUnknown = Annotated[
    bool,
    typer.Option("--allow-unknown", help="fly.toml: ignore keys that flyctl does not know, as it does."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Proxy = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Use this proxy instead of HTTPS_PROXY or ALL_PROXY.",
        show_default=False,
    ),
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
