"""Run a user's Python file and find the resources in it."""

from __future__ import annotations

import contextlib
import inspect
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fly_resources.errors import ConfigurationError
from fly_resources.resources import Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

DEFAULT_NAME: Final = "resources"
#: The module name that the file runs under, so that its `if __name__ == "__main__"` part does not run.
_MODULE: Final = "fly_resources_stackfile"


def split(spec: str) -> tuple[Path, str]:
    """Return the file and the name in `FILE.py:name`; without one, the name is `resources`."""
    path, colon, name = spec.rpartition(":")
    if colon and path and not {"/", "\\"} & set(name):
        if not name.isidentifier():
            raise ConfigurationError(f"{spec}: {name!r} is not a Python name; use FILE.py:NAME.")
        return Path(path), name
    return Path(spec), DEFAULT_NAME


def load(spec: str) -> list[Resource[Any]]:
    """Run the file and return its resources: a list, a tuple, or a function's result.

    Its output goes to standard error, because standard output belongs to the command.

    Raises:
        ConfigurationError: The file or name does not exist, the file fails, or holds something else.
    """
    path, name = split(spec)
    found = _run(path)
    if name not in found:
        raise ConfigurationError(f"{path} has no {name!r}. {_candidates(path, found)}")
    value = found[name]
    if not isinstance(value, list | tuple) and callable(value) and not isinstance(value, type):
        value = _called(path, name, value)
    return _checked(f"{path}:{name}", value)


def select(resources: Sequence[Resource[Any]], wanted: Iterable[str]) -> list[Resource[Any]]:
    """Return the resources with these names: `machine my-app/web` as in a plan, or its end, `web`.

    Raises:
        ConfigurationError: No resource has that name.
    """
    chosen: dict[Resource[Any], None] = {}
    for word in wanted:
        fitting = [resource for resource in resources if word in _names(resource)]
        if not fitting:
            listed = ", ".join(str(resource) for resource in resources)
            raise ConfigurationError(f"The file has no resource {word!r}; it has {listed}.")
        chosen |= dict.fromkeys(fitting)
    return list(chosen)


def _names(resource: Resource[Any]) -> set[str]:
    text = str(resource)
    return {text, text.partition(" ")[2], text.rpartition("/")[2]}


def _run(path: Path) -> dict[str, Any]:
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise ConfigurationError(f"{path} {what}; expected the Python file with your resources.")
    module = types.ModuleType(_MODULE)
    module.__file__ = str(path)
    sys.modules[_MODULE] = module  # classes look their module up
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)  # as for any script, so that it can import its neighbours
    with _blamed(path, "fails"):
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102  # running the user's program is what this is for
    return module.__dict__


def _called(path: Path, name: str, function: Callable[..., object]) -> object:
    if inspect.iscoroutinefunction(function):
        raise ConfigurationError(
            f"{path}:{name} is async; use a plain function: describing resources sends nothing."
        )
    required = _required(function)
    if required:
        raise ConfigurationError(
            f"{path}:{name} takes {', '.join(required)}; use a function without required arguments."
        )
    with _blamed(path, f"{name}() fails"):
        result = function()
        if inspect.isgenerator(result):
            return list(result)
    return result


def _required(function: Callable[..., object]) -> list[str]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # some built-in callables have no signature
        return []
    optional = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return [each.name for each in parameters if each.default is each.empty and each.kind not in optional]


def _checked(where: str, value: object) -> list[Resource[Any]]:
    if not isinstance(value, list | tuple):
        raise ConfigurationError(
            f"{where} must be a list or tuple of resources, or return one, got {_kind(value)}."
        )
    for index, each in enumerate(value):
        if not isinstance(each, Resource):
            # do not show its value: it could be a secret
            raise ConfigurationError(
                f"{where}[{index}] must be a resource (App, Machine, Volume ...), got {_kind(each)}."
            )
    if not value:
        raise ConfigurationError(f"{where} is empty; add at least one resource.")
    return list(value)


def _kind(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _candidates(path: Path, found: dict[str, Any]) -> str:
    fitting = [
        name
        for name, value in found.items()
        if isinstance(value, list | tuple) and value and all(isinstance(each, Resource) for each in value)
    ]
    fitting += [
        name
        for name, value in found.items()
        if isinstance(value, types.FunctionType) and value.__module__ == _MODULE and not name.startswith("_")
    ]
    if not fitting:
        return f"Define {DEFAULT_NAME} = [...], a list of resources, or a function that returns one."
    return f"It has {', '.join(fitting)}; write {path}:{fitting[0]}, or call the list {DEFAULT_NAME}."


@contextlib.contextmanager
def _blamed(path: Path, what: str) -> Generator[None]:
    """Turn an exception of the user's code into an error with its location, without source lines.

    A source line may contain a secret; file, line number and function say where to look.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except SyntaxError as error:
        raise ConfigurationError(f"{error.filename}, line {error.lineno}: {error.msg}.") from error
    except (Exception, SystemExit) as error:
        lines = [f"{path} {what}:", *_frames(path, error), f"  {type(error).__name__}: {error}"]
        raise ConfigurationError("\n".join(lines)) from error


def _frames(path: Path, error: BaseException) -> list[str]:
    """Return the frames of the user's files, outermost first."""
    folder, lines = path.resolve().parent, []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        own = file.resolve()
        if own == path.resolve() or (
            own.is_file() and own.is_relative_to(folder) and "site-packages" not in own.parts
        ):
            where = f", in {code.co_name}" if code.co_name != "<module>" else ""
            lines.append(f"  {file}, line {trace.tb_lineno}{where}")
        trace = trace.tb_next
    return lines
