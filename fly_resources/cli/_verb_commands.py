"""plan, ensure and destroy: the commands for a file's resources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fly_resources._lazy import lazy
from fly_resources.cli._options import (
    AllocateV4,
    AllowUnknown,
    AppName,
    Ask,
    Count,
    Debug,
    Everything,
    File,
    Force,
    Image,
    Json,
    MaxUnavailable,
    Org,
    Owner,
    OwnerOfMachines,
    PlanFile,
    PrimaryRegion,
    Proxy,
    Prune,
    Replace,
    StepTimeout,
    Strategy,
    TakeOver,
    Timeout,
    WithUndeclared,
    Yes,
)
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fly_resources.cli import _carrying, _document, _flytoml, _screen, _session
    from fly_resources.report import Replace as _Replace
else:
    # imported here, so that --help does not wait for it
    _carrying = lazy("fly_resources.cli._carrying")
    _document = lazy("fly_resources.cli._document")
    _flytoml = lazy("fly_resources.cli._flytoml")
    _screen = lazy("fly_resources.cli._screen")
    _session = lazy("fly_resources.cli._session")


def plan(
    file: File,
    *,
    image: Image = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="PLAN", help="Save the plan here, for --plan.", show_default=False),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 2 if something would change.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown for a comment on a pull request.")
    ] = False,
    unmanaged: Annotated[
        bool,
        typer.Option("--unmanaged", help="Also list what these apps hold and the file does not describe."),
    ] = False,
    owner: Owner = None,
    prune: Prune = False,
    replace: Replace = False,
    with_undeclared: WithUndeclared = False,
    take_over: TakeOver = False,
    destroy: Annotated[
        bool, typer.Option("--destroy", help="Show what destroy would do, instead of ensure.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="With --destroy: an app with all that it holds.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --destroy: without stopping machines first.")
    ] = False,
    app_name: AppName = None,
    count: Count = None,
    strategy: Strategy = None,
    primary_region: PrimaryRegion = None,
    org: Org = None,
    allocate_v4: AllocateV4 = False,
    allow_unknown: AllowUnknown = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Show what ensure would do. Nothing is changed."""
    with _session.session("plan", as_json=as_json, debug=debug, proxy=proxy) as run:
        asked = _flytoml.Asked(
            image, app_name, strategy, primary_region, count or (), allocate_v4, org, allow_unknown
        )
        source = _flytoml.open_file(run, str(file), asked, deploys=not destroy)
        with run.connect(owner) as fly:
            found = fly.plan(
                *source.describe(fly, whole=not destroy),
                prune=prune,
                destroy=destroy,
                replace=_replacing(replace, with_undeclared),
                take_over=take_over,
                everything=everything,
                force=force,
            )
        run.fields |= _carrying.told(found)
        if out is not None:
            found.save(out)
        if markdown and not as_json:
            run.write(_screen.as_markdown(found))
        else:
            _carrying.tell_plan(run, found)
        if not destroy:
            _flytoml.tell(run, source, writes=found.writes)
        if unmanaged:
            run.fields["unmanaged"] = [
                {"kind": each.kind, "app": each.app, "id": each.id, "name": each.name}
                for each in found.unmanaged
            ]
            run.say(f"Not described: {len(found.unmanaged)}", "bold")
            for each in found.unmanaged:
                run.say(f"  {each}")
        run.exit_code = _session.CHANGES if exit_code and found.changed else run.exit_code


def ensure(
    context: typer.Context,
    file: File,
    *,
    image: Image = None,
    yes: Yes = False,
    ask: Ask = False,
    plan_file: PlanFile = None,
    owner: Owner = None,
    prune: Prune = False,
    replace: Replace = False,
    with_undeclared: WithUndeclared = False,
    take_over: TakeOver = False,
    max_unavailable: MaxUnavailable = "1",
    smoke: Annotated[
        float,
        typer.Option(
            metavar="SECONDS",
            help="How long a machine without checks must stay up before the next one is taken down.",
        ),
    ] = 10.0,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until changed machines run.")] = True,
    step_timeout: StepTimeout = 300.0,
    timeout: Timeout = None,
    app_name: AppName = None,
    count: Count = None,
    strategy: Strategy = None,
    primary_region: PrimaryRegion = None,
    org: Org = None,
    allocate_v4: AllocateV4 = False,
    allow_unknown: AllowUnknown = False,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Create and change what differs from the file.

    What its resources refer to, such as an app and volumes, is included. Shows the plan, and asks before it
    destroys anything.
    """
    with _session.session("ensure", as_json=as_json, debug=debug, proxy=proxy) as run:
        asked = _flytoml.Asked(
            image, app_name, strategy, primary_region, count or (), allocate_v4, org, allow_unknown
        )
        source = _flytoml.open_file(run, str(file), asked)
        options: dict[str, Any] = {
            "prune": prune,
            "replace": _replacing(replace, with_undeclared),
            "take_over": take_over,
        }
        limits: dict[str, Any] = {
            "wait": wait,
            "max_unavailable": _carrying.unavailable(max_unavailable),
            "smoke_s": smoke,
            "step_timeout_s": step_timeout,
            "timeout_s": timeout,
        }
        with run.connect(owner) as fly:
            if plan_file:
                source.describe(fly)
            _carrying.carry_out(
                run,
                fly,
                lambda: fly.plan(*source.describe(fly), **options),
                lambda planned: source.ensure(
                    run, fly, planned, options, _flytoml.Limits(limits, _chosen_ones(context, limits))
                ),
                agreed=yes,
                saved=plan_file,
                ask=ask,
            )
            left = source.left_over()
            if left and not plan_file:
                done, run.fields = run.fields, _document.empty()
                _carrying.carry_out(
                    run,
                    fly,
                    lambda: fly.plan(*left, destroy=True),
                    lambda planned: fly.destroy(*left, plan=planned, step_timeout_s=step_timeout),
                    agreed=yes,
                )
                run.fields = {**done, "left_over": run.fields}


def destroy(
    file: File,
    *,
    yes: Yes = False,
    everything: Everything = False,
    force: Force = False,
    plan_file: PlanFile = None,
    owner: OwnerOfMachines = None,
    step_timeout: StepTimeout = 300.0,
    timeout: Timeout = None,
    app_name: AppName = None,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Destroy the file's resources.

    What they only refer to stays. Shows the plan, and asks first. What does not exist is skipped.
    """
    with _session.session("destroy", as_json=as_json, debug=debug, proxy=proxy) as run:
        source = _flytoml.open_file(run, str(file), _flytoml.Asked(app=app_name), deploys=False)
        limits: dict[str, Any] = {"step_timeout_s": step_timeout, "timeout_s": timeout}
        with run.connect(owner) as fly:
            resources = source.describe(fly, whole=False)
            _carrying.carry_out(
                run,
                fly,
                lambda: fly.plan(*resources, destroy=True, everything=everything, force=force),
                lambda planned: fly.destroy(
                    *resources, plan=planned, everything=everything, force=force, **limits
                ),
                agreed=yes,
                saved=plan_file,
            )


def _replacing(replace: bool, with_undeclared: bool) -> _Replace:  # noqa: FBT001  # two options
    if with_undeclared and not replace:
        raise ConfigurationError("--with-undeclared needs --replace.")
    return "with_undeclared" if with_undeclared else replace


def _chosen_ones(context: typer.Context, limits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the deploy options that were given, which override those of a fly.toml."""
    given = {
        name
        for name in limits
        if (where := context.get_parameter_source(name.removesuffix("_s"))) and where.name != "DEFAULT"
    }
    return {name: limits[name] for name in given}
