"""`convert fly.toml`: print Python that describes the same resources; its plan has nothing to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from fly_resources.cli import _source
from fly_resources.cli._source import Call, Name
from fly_resources.resources import App, IpAddress, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fly_resources.flytoml import FlyToml

_HEADER: Final = '''"""What {file} says of the app {app}, as `fly-resources convert` wrote it."""
'''


def write(toml: FlyToml, resources: Sequence[Resource[Any]]) -> str:
    """Return Python source for the resources of a fly.toml; all of the file's values become literals."""
    writer = _Writer()
    for resource in resources:
        writer.add(resource)
    release = _release(toml)
    listed = _source.assignment("resources", [Name(name) for name in writer.names.values()])
    kinds = sorted({type(resource).__name__ for resource in resources})
    header = _HEADER.format(file=toml.path.name.replace("\\", "/").replace('"', "'"), app=toml.app)
    parts = [header, _source.imports("fly_resources", kinds), ""]
    parts += ["\n\n".join([*_advice(toml), *release, *writer.statements, listed]), ""]
    return "\n".join(parts)


def _advice(toml: FlyToml) -> list[str]:
    width = f"{toml.max_unavailable:.0%}" if toml.max_unavailable < 1 else str(toml.max_unavailable)
    limits = {
        "immediate": "--max-unavailable 100% --no-wait",
        "rolling": f"--max-unavailable {width}",
    }.get(toml.strategy, "--max-unavailable 1")
    return [_source.comment(f"Its strategy is {toml.strategy}: fly-resources ensure FILE.py {limits}")]


def _release(toml: FlyToml) -> list[str]:
    release = toml.release_command
    if release is None:
        return []
    where = "" if release.region is None else f", region={release.region!r}"
    told = _source.comment(
        f"Before ensure: fly.run({toml.app!r}, release_command{where}, timeout_s={release.timeout_s}). Go on "
        "only if its exit_code is 0."
    )
    return [f"{told}\n{_source.assignment('release_command', dict(release.config))}"]


@attrs.define
class _Writer:
    """Writes a statement for each resource, after those that it refers to."""

    names: dict[int, str] = attrs.field(factory=dict)
    statements: list[str] = attrs.field(factory=list)

    def add(self, resource: Resource[Any]) -> None:
        """Write a resource's statement."""
        variable = self._variable(resource)
        call = Call(type(resource).__name__, tuple(self._arguments(resource)))
        self.names[id(resource)] = variable
        self.statements.append(_source.assignment(variable, call))

    def _variable(self, resource: Resource[Any]) -> str:
        if isinstance(resource, App):
            return "app"
        name = resource.type if isinstance(resource, IpAddress) else str(getattr(resource, "name", ""))
        # the prefix avoids Python's keywords and our own names
        base = f"{resource.kind}_" + re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        taken = set(self.names.values())
        return next(each for each in (base, *(f"{base}_{n}" for n in range(2, 10_000))) if each not in taken)

    def _arguments(self, resource: Resource[Any]) -> Iterable[tuple[str | None, Any]]:
        """Return the arguments that differ from the defaults; required ones are positional."""
        for field in attrs.fields(type(resource)):
            if not field.init:
                continue
            value = self._value(getattr(resource, field.name))
            if value not in (field.default, {}):
                yield (None if field.default is attrs.NOTHING else field.alias), value

    def _value(self, value: Any) -> Any:  # noqa: ANN401  # any field's
        if isinstance(value, Resource):
            return Name(self.names[id(value)])
        if isinstance(value, dict):
            return {key: self._value(each) for key, each in value.items()}
        return value
