"""`typing.get_type_hints`, as FastAPI, pydantic, attrs and cattrs call it, resolves what is public."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import typing
from typing import TYPE_CHECKING

import attrs
import pytest

import fly_resources
from fly_resources import App, AsyncFly, Fly, Machine, report

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = (
    "fly_resources",
    "fly_resources.errors",
    "fly_resources.flytoml",
    "fly_resources.report",
    "fly_resources.testing",
    "fly_resources.testing.cassettes",
)


def _functions(kind: type) -> Iterator[object]:
    """Go through the functions that a class defines, of its properties too."""
    for name, member in vars(kind).items():
        if name.startswith("_") and not name.startswith("__"):
            continue
        inner = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if inspect.isfunction(inner) and str(inner.__module__).startswith("fly_"):
            yield inner


def _with_functions(thing: object) -> Iterator[object]:
    if not inspect.isclass(thing):
        yield thing
        return
    for kind in thing.__mro__:
        if kind.__module__.startswith("fly_"):
            yield kind
            yield from _functions(kind)


def _public() -> Iterator[object]:
    for name in MODULES:
        module = importlib.import_module(name)
        for each in vars(module)["__all__"]:
            thing = getattr(module, each)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield from _with_functions(thing)


def _unresolved(things: Iterator[object]) -> list[str]:
    found = set()
    for thing in things:
        try:
            typing.get_type_hints(thing, include_extras=True)
        except NameError as error:
            found.add(f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', '')}: {error}")
    return sorted(found)


def test_hints_of_all_that_is_public_are_resolved() -> None:
    things = list(_public())
    assert {Fly, AsyncFly, Machine, Fly.ensure, AsyncFly.run, report.Plan.save} <= set(things)
    assert _unresolved(iter(things)) == []


def test_hints_are_the_real_types() -> None:
    hints = typing.get_type_hints(Fly.plan)
    assert hints["return"] is fly_resources.Plan
    assert typing.get_origin(hints["resources"]) is fly_resources.Resource
    resource = typing.get_type_hints(fly_resources.Planned)["resource"]
    assert typing.get_origin(resource) is fly_resources.Resource


def test_attrs_resolves_the_types_of_resources() -> None:
    attrs.resolve_types(Machine)
    assert attrs.fields(Machine).app.type == App | str


def test_resolved_types_change_nothing_about_the_checks_of_configs() -> None:
    program = (
        "import attrs\nfrom fly_machines import models\n"
        "for name in models.__all__:\n"
        "    if attrs.has(getattr(models, name)): attrs.resolve_types(getattr(models, name))\n"
        "from fly_resources import App, Fly, Machine, errors\n"
        "from fly_resources.testing import FlySimulator\n"
        "with Fly('t', transport=FlySimulator().transport()) as fly:\n"
        "    config = {'image': 'x', 'services': [{'protocol': 'tcp', 'internal_port': 80}]}\n"
        "    fly.ensure(Machine(App('shop', primary_region='iad'), 'a', config))\n"
        "    try:\n        fly.plan(Machine('shop', 'a', {'image': 'x', 'guest': {'memory': 1}}))\n"
        "    except errors.ConfigurationError as error:\n        print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "the API calls it 'memory_mb'" in done.stdout, done.stderr


def test_hints_are_resolved_in_a_process_that_has_used_nothing_yet() -> None:
    program = (
        "import sys, typing\nfrom fly_resources import Fly\n"
        "assert 'fly_resources.report' not in sys.modules\n"
        "print(typing.get_type_hints(Fly.ensure)['return'].__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "Report\n"


@pytest.mark.parametrize(
    "name", ["fly_resources.resources", "fly_resources.report", "fly_machines.config_types"]
)
def test_resolving_costs_no_import_before(name: str) -> None:
    program = f"import sys\nfrom fly_resources import Fly\nprint({name!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
