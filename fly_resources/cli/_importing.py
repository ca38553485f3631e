"""`import APP`: print Python that describes what an app holds; its next plan changes nothing."""

from __future__ import annotations

import builtins
import keyword
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources._client.inside import (
    OWN_CERTIFICATE,
    address_fields,
    app_fields,
    describe,
    given,
    is_dying,
    is_live,
    is_reachable,
    list_certificates,
    list_secrets,
    read_whole,
    run,
    send,
    type_of,
    volume_fields,
)
from fly_resources.cli import _source
from fly_resources.cli._source import Call, Name
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.resources import App, Certificate, FlySecret, IpAddress, Volume

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fly_machines import models

    from fly_resources.client import Fly

_PLACEHOLDER: Final = "REPLACE-ME"
_ADDRESS_FIELDS: Final = ("region", "network", "service_name")
_HEADER: Final = '''"""What the app {name} holds, as `fly-resources import` found it.

Its next plan says `adopt` or `none` for all of it: nothing restarts, and nothing is
lost. What is not declared here (more config keys, other resources) stays as it is.
"""
'''
_ABOUT_SECRETS: Final = (
    f"Values of secrets are never asked for. With if_absent=True what the app has is never overwritten: the "
    f"value given here is used only where a secret is missing. Set these variables before you use this file "
    f"for a new app, or it gets {_PLACEHOLDER!r}."
)
_ABOUT_CONFIGS: Final = (
    "Configs are printed as the API shows them, env and files too. Before you share this file, look for "
    "values that nobody else should know: they belong in a FlySecret."
)


@attrs.frozen
class Held:
    """What an app holds, as the API lists it; its name is the one that was asked for."""

    name: str
    app: models.App
    machines: Sequence[models.Machine]
    volumes: Sequence[models.Volume]
    secrets: list[models.AppSecret]
    certificates: list[models.CertificateSummary]
    addresses: list[models.IpAssignment]


@attrs.frozen
class Imported:
    """The source, and remarks about it."""

    source: str
    notes: tuple[str, ...]


def read(fly: Fly, name: str) -> Held:
    """Read everything that an app holds. A kind that the token may not read is an error, not empty.

    Raises:
        ConfigurationError: The app does not exist.
        ContradictionError: Its lists lack something that other responses show.
    """
    App(name)  # refuses what cannot be an app's name
    state = run(fly, read_whole(name))
    if state.app is None:
        raise ConfigurationError(f"App {name!r} does not exist; check the name.")
    return Held(
        name,
        state.app,
        state.machines,
        state.volumes,
        send(fly, list_secrets(name)),
        send(fly, list_certificates(name)),
        state.addresses,
    )


def write(held: Held) -> Imported:
    """Return source that describes everything, the same for the same app.

    Nothing from the service's responses becomes code: names and values are written as literals.

    Raises:
        ReconcileError: A response has a value of another type than the API describes.
    """
    try:
        return _Writer(held).write()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        odd = type(error).__name__
    raise ReconcileError(
        f"What app {held.name!r} holds cannot be written down: an answer has a value of another kind than "
        f"the API describes ({odd}). A proxy in between, or a newer API?"
    )


class _Writer:
    """Collects the file's sections: each a comment and its statements."""

    def __init__(self, held: Held) -> None:
        """Create an empty file."""
        self._held = held
        self._sections: list[list[str]] = []
        self._used: set[str] = set()
        self._taken = {"app", "os", "resources"}
        self._named: list[str] = []
        self._notes: list[str] = []
        #: By id: the variable of a volume, and its region.
        self._disks: dict[str, tuple[Any, str]] = {}

    def write(self) -> Imported:
        """Return the file."""
        self._write_app()
        self._write_secrets()
        self._write_volumes()
        self._write_machines()
        self._write_certificates()
        self._write_addresses()
        sections = ["\n".join(section) for section in self._sections if section]
        listed = _source.assignment("resources", [Name(name) for name in self._named])
        imports = [
            *(["import os\n"] if "FlySecret" in self._used else []),
            _source.imports("fly_resources", sorted(self._used)),
        ]
        header = _HEADER.format(name=self._held.name)
        source = "\n".join([header, *imports, "", "\n\n".join([*sections, listed]), ""])
        return Imported(source, tuple(self._notes))

    def _write_app(self) -> None:
        self._begin()
        self._add("app", "App", (None, self._held.name), *app_fields(self._held.app).items())

    def _write_secrets(self) -> None:
        self._begin(_ABOUT_SECRETS if self._held.secrets else "")
        for secret in sorted(self._held.secrets, key=lambda secret: secret.name):
            name = secret.name
            value = Call("os.environ.get", ((None, name), (None, _PLACEHOLDER)))
            refused = _refusal(lambda name=name: FlySecret("app", name, "x"))  # type: ignore[misc]  # bound now
            self._add(
                self._variable(name, "secret"),
                "FlySecret",
                (None, Name("app")),
                (None, name),
                (None, value),
                ("if_absent", True),
                refused=refused,
            )

    def _write_volumes(self) -> None:
        self._begin()
        live = [volume for volume in self._held.volumes if not is_dying(volume)]
        places = Counter((volume.name, volume.region) for volume in live)
        for volume in sorted(live, key=lambda volume: (volume.name, volume.region, volume.id)):
            fields = volume_fields(volume)
            if places[volume.name, volume.region] > 1:
                fields["id"] = volume.id
            stated = {key: value for key, value in fields.items() if value is not None and value is not True}
            refused = _refusal(lambda stated=stated: Volume("app", **stated))  # type: ignore[misc]  # bound now
            if not is_reachable(volume):
                refused = refused or f"its host is {volume.host_status}; import again when it is back"
            variable = self._variable(volume.name, "volume")
            if not refused:
                self._disks[volume.id] = (Name(variable), volume.region)
            named = [(None if key == "name" else key, value) for key, value in stated.items()]
            self._add(variable, "Volume", (None, Name("app")), *named, refused=refused)

    def _write_machines(self) -> None:
        live = [machine for machine in self._held.machines if is_live(machine)]
        self._begin(_ABOUT_CONFIGS if live else "")
        digests = {secret.name: given(secret.digest) or "" for secret in self._held.secrets}
        for machine in sorted(live, key=lambda machine: (machine.name, machine.id)):
            described = describe(machine, digests, self._disks)
            for remark in described.remarks:
                self._sections[-1].append(_source.comment(remark))
            self._add(
                self._variable(machine.name, "machine"),
                "Machine",
                (None, Name("app")),
                (None, machine.name),
                *((None if key == "config" else key, each) for key, each in described.arguments.items()),
                refused=described.refused,
            )

    def _write_certificates(self) -> None:
        self._begin()
        for summary in sorted(self._held.certificates, key=lambda each: given(each.hostname) or ""):
            hostname = given(summary.hostname) or ""
            refused = _refusal(lambda hostname=hostname: Certificate("app", hostname))  # type: ignore[misc]  # bound now
            if given(summary.acme_requested) is False and not given(summary.has_fly_certificate):
                refused = refused or OWN_CERTIFICATE
            self._add(
                self._variable(hostname, "certificate"),
                "Certificate",
                (None, Name("app")),
                (None, hostname),
                refused=refused,
            )

    def _write_addresses(self) -> None:
        self._begin()
        rows = Counter(self._addresses())
        for (kind, *fields), count in sorted(rows.items(), key=lambda row: [part or "" for part in row[0]]):
            if count > 1:
                self._sections[-1].append(
                    _source.comment(
                        f"The app has {count} of these; this stands for one, the others are left."
                    )
                )
            refused = _refusal(lambda kind=str(kind): IpAddress("app", kind))  # type: ignore[misc]  # bound now
            self._add(
                self._variable(str(kind), "address"),
                "IpAddress",
                (None, Name("app")),
                (None, kind),
                *zip(_ADDRESS_FIELDS, fields, strict=True),
                refused=refused,
            )

    def _addresses(self) -> list[tuple[str | None, ...]]:
        """Return the identity of each address; an egress pair counts as one."""
        rows = []
        for address in self._held.addresses:
            fields = address_fields(address, self._held.app)
            rows.append((type_of(address), *(fields[name] for name in _ADDRESS_FIELDS)))
        singles = Counter(rows)
        for row, count in list(singles.items()):
            twin = ("egress_v6", *row[1:])
            pairs = min(count, singles[twin]) if row[0] == "egress_v4" else 0
            singles[row] -= pairs
            singles[twin] -= pairs
            singles["egress_pair", *row[1:]] += pairs
        return list(singles.elements())

    def _begin(self, text: str = "") -> None:
        self._sections.append([_source.comment(text)] if text else [])

    def _add(
        self, variable: str, resource: str, *arguments: tuple[str | None, Any], refused: str | None = None
    ) -> None:
        """Write one statement; a resource that cannot be described becomes a comment that says why."""
        given_ones = tuple((name, value) for name, value in arguments if name is None or value is not None)
        code = _source.assignment(variable, Call(resource, given_ones))
        if refused:
            self._notes.append(f"Commented out: {variable}: {refused}")
            code = f"{_source.comment(f'Not named: {refused}')}\n{_source.commented_out(code)}"
        else:
            self._named.append(variable)
            self._used.add(resource)
        self._sections[-1].append(code)

    def _variable(self, name: str, kind: str) -> str:
        """Return an unused variable name, based on the resource's name."""
        word = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        plain = word.isidentifier() and not keyword.iskeyword(word) and not hasattr(builtins, word)
        base = word if plain and word not in self._taken else f"{word}_{kind}".strip("_")
        base = base if base.isidentifier() else f"{kind}_{word}"
        chosen, number = base, 2
        while chosen in self._taken:
            chosen, number = f"{base}_{number}", number + 1
        self._taken.add(chosen)
        return chosen


def _refusal(build: Callable[[], object]) -> str | None:
    """Return why the resource cannot be described, or None if it can."""
    try:
        build()
    except ConfigurationError as error:
        return str(error)
    return None
