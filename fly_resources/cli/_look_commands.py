"""status, read, wait, import and convert: commands that only read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fly_resources._lazy import lazy
from fly_resources.cli._options import (
    AllocateV4,
    AllowUnknown,
    AppArgument,
    AppName,
    Count,
    Debug,
    File,
    Image,
    Json,
    Names,
    Org,
    PrimaryRegion,
    Proxy,
    Strategy,
)
from fly_resources.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fly_machines import models

    from fly_resources import dns
    from fly_resources import resources as kinds
    from fly_resources._client import inside
    from fly_resources.cli import _document, _flytoml, _importing, _screen, _session, _stackfile, _status
    from fly_resources.client import Fly
    from fly_resources.resources import Resource, Secret
else:
    # imported here, so that --help does not wait for it
    dns = lazy("fly_resources.dns")
    kinds = lazy("fly_resources.resources")
    inside = lazy("fly_resources._client.inside")
    _document = lazy("fly_resources.cli._document")
    _flytoml = lazy("fly_resources.cli._flytoml")
    _importing = lazy("fly_resources.cli._importing")
    _screen = lazy("fly_resources.cli._screen")
    _session = lazy("fly_resources.cli._session")
    _stackfile = lazy("fly_resources.cli._stackfile")
    _status = lazy("fly_resources.cli._status")


def status(
    app: Annotated[
        str | None,
        typer.Argument(metavar="[APP]", help="The app's name (FLY_APP_NAME).", show_default=False),
    ] = None,
    *,
    org: Annotated[
        str | None,
        typer.Option(metavar="SLUG", help="List this organisation's apps instead.", show_default=False),
    ] = None,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Show what an app holds; no file is needed."""
    with _session.session("status", as_json=as_json, debug=debug, proxy=proxy) as run, run.connect() as fly:
        if app is not None and org is not None:
            raise ConfigurationError("Give either APP or --org, not both.")
        name = app or os.environ.get("FLY_APP_NAME")
        if org is not None:
            _show_apps(run, _status.read_apps(fly, org))
        elif name:
            _show_app(run, name, _status.read(fly, name))
        else:
            raise ConfigurationError(
                "Give APP, set FLY_APP_NAME, or list an organisation's apps with --org (--org personal)."
            )


def _show_app(run: _session.Session, name: str, held: _status.Held) -> None:
    run.fields["resources"] = [
        _document.row("app", name, name, held.app),
        *(_document.row(row.kind, name, row.name, row.model) for row in held.rows),
    ]
    run.fields["notes"] = [f"{name}: its {kind} cannot be read with this token" for kind in held.unreadable]
    run.say(_status.about(held.app))
    width = run.out.width if run.out.is_terminal else None
    for index, line in enumerate(_status.lines(held, width)):
        run.quote(line, "" if index or not line.startswith("KIND") else "bold")
    for note in run.fields["notes"]:
        run.say(f"? {note}", "yellow")


def _show_apps(run: _session.Session, apps: Sequence[models.App]) -> None:
    run.fields["resources"] = [_document.row("app", app.name, app.name, app) for app in apps]
    for index, line in enumerate(_status.app_lines(apps)):
        run.quote(line, "" if index else "bold")


def read(
    file: File,
    names: Names = None,
    *,
    app_name: AppName = None,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Show the file's resources as they are now.

    With --json, everything that the API returns.
    """
    with _session.session("read", as_json=as_json, debug=debug, proxy=proxy) as run:
        source = _flytoml.open_file(run, str(file), _flytoml.Asked(app=app_name), deploys=False)
        with run.connect() as fly:
            resources = _chosen(source, fly, names)
            rows = [(resource, fly.read(resource)) for resource in resources]
        run.fields |= _document.found(rows, _hidden_in(resources))
        for resource, model in rows:
            run.say(f"{resource}: {_screen.describe(model)}", "" if model is not None else "dim")
            if isinstance(resource, kinds.Certificate) and model is not None:
                for record in dns.dns_records(model):
                    run.say(f"  {record}")


def wait(
    file: File,
    names: Names = None,
    *,
    app_name: AppName = None,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="The state to wait for.")
    ] = "started",
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="Time limit for all of them together.")
    ] = 300.0,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Wait until the file's machines run and pass their checks.

    A certificate is waited for, until it is issued, only if it is named.
    """
    with _session.session("wait", as_json=as_json, debug=debug, proxy=proxy) as run:
        source = _flytoml.open_file(run, str(file), _flytoml.Asked(app=app_name), deploys=False)
        with run.connect() as fly:
            resources = _chosen(source, fly, names)
            awaited = [
                each
                for each in resources
                if isinstance(each, kinds.Machine) or (names and isinstance(each, kinds.Certificate))
            ]
            if not awaited:
                raise ConfigurationError(
                    "There is nothing to wait for: add a machine to the file, or name a certificate."
                )
            report = inside.run(fly, inside.wait_for_all(awaited, state=state, timeout_s=timeout))
        rows = [(outcome.resource, outcome.observed) for outcome in report]
        for resource, model in rows:
            run.say(f"{resource}: {_screen.describe(model)}")
        run.fields |= _document.found(rows, _hidden_in(resources))


def import_(
    name: AppArgument,
    *,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Print Python that describes what an app holds.

    Save it as a file for plan and ensure: they find nothing to change but this library's metadata.
    """
    with _session.session("import", debug=debug, proxy=proxy) as run, run.connect() as fly:
        found = _importing.write(_importing.read(fly, name))
        run.write(found.source)
        for note in found.notes:
            _screen.quote(run.err, note, "yellow")


def convert(
    file: Annotated[Path, typer.Argument(metavar="fly.toml", help="The file.", show_default=False)],
    *,
    image: Image = None,
    app_name: AppName = None,
    count: Count = None,
    strategy: Strategy = None,
    primary_region: PrimaryRegion = None,
    org: Org = None,
    allocate_v4: AllocateV4 = False,
    allow_unknown: AllowUnknown = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Print Python that describes the same as a fly.toml.

    Save it as a file for plan and ensure: after a deploy of the fly.toml, they find nothing to do.
    """
    with _session.session("convert", debug=debug, proxy=proxy) as run, run.connect() as fly:
        asked = _flytoml.Asked(
            image, app_name, strategy, primary_region, count or (), allocate_v4, org, allow_unknown
        )
        _flytoml.convert(run, fly, str(file), asked)


def _chosen(source: _flytoml.Source, fly: Fly, names: Sequence[str] | None) -> list[Resource[Any]]:
    resources = source.describe(fly, whole=False)
    return _stackfile.select(resources, names) if names else resources


def _hidden_in(resources: Sequence[Resource[Any]]) -> list[Secret]:
    return [
        each for resource in resources for each in _document.secrets_in(list(resource.settings().values()))
    ]
