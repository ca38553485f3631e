"""Resolve which machine a caller means: a description, an SDK model, or an id or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs
from fly_machines import models

from fly_resources._checks import fields
from fly_resources._engine.effects import Flow, call
from fly_resources._nouns.witnesses import read_whole
from fly_resources._sdk import reading, requests
from fly_resources.errors import ConfigurationError, ReconcileError
from fly_resources.resources import App, Machine

_ID: Final = re.compile(r"[0-9a-f]{12,16}")

#: A machine of a known app.
OneMachine: TypeAlias = Machine | models.Machine | models.OrgMachine | str
#: A machine, and its app if the machine itself does not name it.
AnyMachine: TypeAlias = OneMachine | tuple[App | str, OneMachine]


@attrs.frozen
class Target:
    """A machine by its id or name; `app` is empty if not given. `model`: the model that the caller passed."""

    app: str
    name: str
    model: models.Machine | None = None

    def __str__(self) -> str:
        """Return its name for messages."""
        return f"machine {self.app}/{self.name}" if self.app else f"machine {self.name}"


def named_app(app: object) -> str:
    """Return the name of an app.

    Raises:
        ConfigurationError: The argument is not an app.
    """
    if isinstance(app, App | models.App):
        return str(app.name)
    if not isinstance(app, str):
        raise ConfigurationError(f"Expected an App or the name of one, got {fields.kind_of(app)}.")
    fields.check("App", "name", app, fields.APP_NAME, "use 1 to 62 of a-z, 0-9 and dash")
    return app


def target(machine: object, app: object = None) -> Target:
    """Return which machine is meant; nothing is read.

    Raises:
        ConfigurationError: The argument is not a machine, or is a name without an app.
    """
    if isinstance(machine, tuple) and len(machine) == 2:  # noqa: PLR2004  # (app, machine)
        return target(machine[1], machine[0])
    known = "" if app is None else named_app(app)
    found = _without_app(machine)
    if found.app and known and found.app != known:
        raise ConfigurationError(f"{found} is of app {found.app!r}, not of {known!r}.")
    found = attrs.evolve(found, app=found.app or known)
    if not found.app and not _ID.fullmatch(found.name):
        raise ConfigurationError(
            f"{found.name!r} is the name of a machine in some app: say in which, as in "
            f"('my-app', {found.name!r})."
        )
    return found


def _without_app(machine: object) -> Target:
    if isinstance(machine, Machine):
        return Target(machine.app_name, machine.name)
    if isinstance(machine, models.Machine):
        return Target("", machine.id, machine)
    if isinstance(machine, models.OrgMachine):
        return Target(reading.given(machine.app_name) or "", reading.given(machine.id) or "")
    if not isinstance(machine, str):
        raise ConfigurationError(
            "Expected a fly_resources.Machine, the SDK's model of one, its id, or (app, id or name), "
            f"got {fields.kind_of(machine)}."
        )
    fields.check("Machine", "id or name", machine, fields.MACHINE_NAME, "give the id or the name of one")
    return Target("", machine)


def find_id(wanted: Target) -> Flow[tuple[str, str]]:
    """Return the app and the id; a name takes one list read, an unknown app two or more reads.

    Raises:
        ContradictionError: The machine is missing from the list, but other responses contradict that.
        ReconcileError: The machine does not exist.
    """
    app = wanted.app or (yield from _find_app(wanted))
    if _ID.fullmatch(wanted.name):
        return app, wanted.name
    found = _named((yield from call(requests.list_machines(app))), wanted)
    if found is None:
        # a single list may be wrong
        found = _named((yield from read_whole(app)).machines, wanted)
    if found is None:
        raise ReconcileError(f"There is no {wanted}: ensure it first, or correct its name.")
    return app, found.id


def _named(machines: Sequence[models.Machine], wanted: Target) -> models.Machine | None:
    return next((each for each in machines if each.name == wanted.name and reading.is_live(each)), None)


def find_model(wanted: Target) -> Flow[tuple[str, models.Machine]]:
    """Return the app and the machine as it is now, or the model that the caller passed."""
    app, machine_id = yield from find_id(wanted)
    model = wanted.model
    if model is None or not reading.has_config(model):
        model = yield from call(requests.get_machine(app, machine_id))
    return app, model


def as_resource(machine: object) -> Flow[Machine]:
    """Return a machine as a description: the given one, or one of the live machine."""
    wanted = target(machine)
    if isinstance(machine, Machine):
        return machine
    app, model = yield from find_model(wanted)
    return described(app, model)


def described(app: str, model: models.Machine) -> Machine:
    """Return a live machine as a description."""
    return Machine(app, model.name, reading.given(model.config) or models.MachineConfig())


def _find_app(wanted: Target) -> Flow[str]:
    """Find a machine's app in the organisations that the token is for."""
    orgs = yield from call(requests.get_token_orgs())
    for org in orgs:
        for each in (yield from call(requests.list_org_machines(org))):
            app = reading.given(each.app_name)
            if app and each.id == wanted.name:
                return app
    raise ReconcileError(
        f"There is no {wanted} in {', '.join(orgs) or 'any organisation of this token'}, or it is too new to "
        f"be listed there: give its app too, as in ('my-app', {wanted.name!r})."
    )
