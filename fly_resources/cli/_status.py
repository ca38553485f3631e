"""`status`: show what an app holds, or an organisation's apps, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._client.inside import (
    config_of,
    deployed_by_flyctl,
    describe_exit,
    failing_checks,
    given,
    has_checks,
    has_config,
    list_certificates,
    list_secrets,
    org_slug,
    read_whole,
    run,
    send,
    type_of,
)
from fly_resources.errors import ConfigurationError, PermissionDeniedError
from fly_resources.resources import App

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fly_machines import models

    from fly_resources.client import Fly

_HEADINGS: Final = ("KIND", "NAME", "STATE", "REGION", "ID", "ABOUT")


@attrs.frozen
class Row:
    """Something that an app holds, with its SDK model."""

    kind: str
    name: str
    state: str
    region: str
    id: str
    about: str
    model: Any = attrs.field(repr=False)

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the columns."""
        return (self.kind, self.name, self.state, self.region, self.id, self.about)

    @property
    def sentence(self) -> str:
        """Return the columns as a sentence, which can be wrapped."""
        state = " in ".join(part for part in (self.state, self.region) if part)
        told = ", ".join(part for part in (state, self.id, self.about) if part)
        return f"{self.kind} {self.name}: {told}"


@attrs.frozen
class Held:
    """An app and what it holds; `unreadable` lists the kinds that this token may not read."""

    app: models.App
    rows: tuple[Row, ...]
    unreadable: tuple[str, ...]


def read(fly: Fly, name: str) -> Held:
    """Read an app and everything that it holds.

    Raises:
        ConfigurationError: The app does not exist.
    """
    App(name)  # refuses what cannot be an app's name
    state = run(fly, read_whole(name))
    if state.app is None:
        raise ConfigurationError(f"App {name!r} does not exist; check the name.")
    users = {volume: machine.name or machine.id for machine in state.machines for volume in _mounted(machine)}
    rows = sorted((_machine(each) for each in state.machines), key=lambda row: row.name)
    rows += [_volume(each, users.get(each.id)) for each in state.volumes]
    unreadable = []
    more: dict[str, Callable[[], Iterable[Row]]] = {
        "secrets": lambda: map(_secret, send(fly, list_secrets(name))),
        "certificates": lambda: map(_certificate, send(fly, list_certificates(name))),
    }
    for kind, look in more.items():
        try:
            rows += look()
        except PermissionDeniedError:
            unreadable.append(kind)
    rows += [
        Row("address", each.ip, "", given(each.region) or "", "", type_of(each), each)
        for each in state.addresses
    ]
    return Held(state.app, tuple(rows), tuple(unreadable))


def read_apps(fly: Fly, org: str) -> list[models.App]:
    """Return an organisation's apps."""
    return sorted(fly.api.apps.list(org_slug=org).apps or [], key=lambda app: app.name)


def about(app: models.App) -> str:
    """Describe an app in one line."""
    return f"app {app.name} in organisation {org_slug(app) or '(not stated)'}, {given(app.status) or 'there'}"


def lines(held: Held, width: int | None = None) -> list[str]:
    """Return the table of what an app holds; if it is wider than the terminal, a sentence per row."""
    if not held.rows:
        return ["The app is empty."]
    table = align([_HEADINGS, *(row.cells for row in held.rows)])
    if width is None or max(map(len, table)) <= width:
        return table
    return [row.sentence for row in held.rows]


def app_lines(apps: Sequence[models.App]) -> list[str]:
    """Return the table of an organisation's apps."""
    counts = [
        (app.name, str(given(app.machine_count) or 0), str(given(app.volume_count) or 0)) for app in apps
    ]
    return align([("APP", "MACHINES", "VOLUMES"), *counts])


def align(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return aligned lines; empty columns are left out."""
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    ]


def _machine(machine: models.Machine) -> Row:
    notes = ["config unknown"]
    if has_config(machine):
        config = config_of(machine)
        notes = [config.get("image") or "containers"]
        notes += ["deployed by flyctl"] if deployed_by_flyctl(config) else []
    if machine.state == "started" and has_checks(machine):
        notes.append(f"checks {failing_checks(machine) or 'passing'}")
    elif machine.state in {"stopped", "failed"}:
        notes.append(describe_exit(machine).strip(" ()"))
    host = given(machine.host_status)
    notes += [f"host {host}"] if host not in {None, "ok"} else []
    text = ", ".join(note for note in notes if note)
    return Row(
        "machine", machine.name or "", str(machine.state), machine.region or "", machine.id, text, machine
    )


def _mounted(machine: models.Machine) -> list[str]:
    config = config_of(machine) if has_config(machine) else {}
    return [str(mount.get("volume")) for mount in config.get("mounts") or []]


def _volume(volume: models.Volume, user: str | None) -> Row:
    text = f"{volume.size_gb} GB" + (f", mounted by {user}" if user else ", not mounted")
    return Row("volume", volume.name, str(volume.state), volume.region or "", volume.id, text, volume)


def _secret(secret: models.AppSecret) -> Row:
    return Row("secret", secret.name, "", "", "", "set", secret)


def _certificate(certificate: models.CertificateSummary) -> Row:
    hostname = given(certificate.hostname) or ""
    return Row("certificate", hostname, str(given(certificate.status) or ""), "", "", "", certificate)
