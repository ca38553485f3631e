"""A user's file that names resources: run it, and find them in it."""

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
#: The name that the file runs under: its `if __name__ == "__main__"` part does not run.
_MODULE: Final = "fly_resources_stackfile"


def split(spec: str) -> tuple[Path, str]:
    """Return the file and the name in `FILE.py:name`; without one, the name is `resources`."""
    path, colon, name = spec.rpartition(":")
    if colon and path and not {"/", "\\"} & set(name):
        if not name.isidentifier():
            raise ConfigurationError(f"{spec}: {name!r} is no Python name; write FILE.py:NAME.")
        return Path(path), name
    return Path(spec), DEFAULT_NAME


def load(spec: str) -> list[Resource[Any]]:
    """Run the file and return the resources that it names, as a list, a tuple, or what a function returns.

    What it prints goes to standard error, which leaves standard output to the command.

    Raises:
        ConfigurationError: There is no such file or name, it does not run, or it names something else.
    """
    path, name = split(spec)
    found = _run(path)
    if name not in found:
        raise ConfigurationError(f"{path} has no {name!r}. {_candidates(path, found)}")
    value = found[name]
    if not isinstance(value, list | tuple) and callable(value) and not isinstance(value, type):
        value = _called(path, name, value)
    return _checked(f"{path}:{name}", value)


def select(nouns: Sequence[Resource[Any]], wanted: Iterable[str]) -> list[Resource[Any]]:
    """Return the resources that are called so: `machine my-app/web` as a plan shows it, or its end, `web`.

    Raises:
        ConfigurationError: None is called so.
    """
    chosen: dict[Resource[Any], None] = {}
    for word in wanted:
        fitting = [noun for noun in nouns if word in _names(noun)]
        if not fitting:
            listed = ", ".join(str(noun) for noun in nouns)
            raise ConfigurationError(f"The file names no resource {word!r}; it names {listed}.")
        chosen |= dict.fromkeys(fitting)
    return list(chosen)


def _names(noun: Resource[Any]) -> set[str]:
    text = str(noun)
    return {text, text.partition(" ")[2], text.rpartition("/")[2]}


def _run(path: Path) -> dict[str, Any]:
    if not path.is_file():
        what = "is no file" if path.exists() else "does not exist"
        raise ConfigurationError(f"{path} {what}; give the Python file that names your resources.")
    module = types.ModuleType(_MODULE)
    module.__file__ = str(path)
    sys.modules[_MODULE] = module  # what its classes look up
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)  # as for any script, so that it can import what is beside it
    with _blamed(path, "does not run"):
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102  # running the user's program is what this is for
    return module.__dict__


def _called(path: Path, name: str, function: Callable[..., object]) -> object:
    if inspect.iscoroutinefunction(function):
        raise ConfigurationError(
            f"{path}:{name} is async; give a plain function: naming resources sends nothing."
        )
    required = _required(function)
    if required:
        raise ConfigurationError(
            f"{path}:{name} takes {', '.join(required)}; give a function without arguments."
        )
    with _blamed(path, f"{name}() fails"):
        result = function()
        if inspect.isgenerator(result):
            return list(result)
    return result


def _required(function: Callable[..., object]) -> list[str]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # of some built-in callables nothing is known
        return []
    optional = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return [each.name for each in parameters if each.default is each.empty and each.kind not in optional]


def _checked(where: str, value: object) -> list[Resource[Any]]:
    if not isinstance(value, list | tuple):
        raise ConfigurationError(
            f"{where} is {_kind(value)}; give a list or tuple of resources, or a function that returns one."
        )
    for index, each in enumerate(value):
        if not isinstance(each, Resource):
            # its value is not shown: it could be a secret
            raise ConfigurationError(
                f"{where}[{index}] is {_kind(each)}; give App, Machine, Volume and the like."
            )
    if not value:
        raise ConfigurationError(f"{where} is empty; name at least one resource.")
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
        return f"Give it {DEFAULT_NAME} = [...], a list of resources, or a function that returns one."
    return f"It has {', '.join(fitting)}; write {path}:{fitting[0]}, or call the list {DEFAULT_NAME}."


@contextlib.contextmanager
def _blamed(path: Path, what: str) -> Generator[None]:
    """Turn what the user's code raises into an error that shows where, without the source's text.

    A line of source may hold a secret; its file, number and function say where to look.
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
    """Return the frames of the user's own files, outermost first."""
    folder, lines = path.resolve().parent, []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        own = file.resolve()
        if own == path.resolve() or (own.is_relative_to(folder) and "site-packages" not in own.parts):
            where = f", in {code.co_name}" if code.co_name != "<module>" else ""
            lines.append(f"  {file}, line {trace.tb_lineno}{where}")
        trace = trace.tb_next
    return lines
