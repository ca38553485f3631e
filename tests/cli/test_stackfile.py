"""The user's file: what it may name, and what is said when it cannot be used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fly_resources import App, Machine, errors
from fly_resources.cli import _stackfile

APP = 'from fly_resources import App, Machine\napp = App("web")\n'


@pytest.fixture(autouse=True)
def _path_and_modules_are_left_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def load(folder: Path, text: str, name: str = "") -> list[object]:
    path = folder / "stack.py"
    path.write_text(text, encoding="utf-8")
    return list(_stackfile.load(f"{path}{name}"))


def refused(folder: Path, text: str, name: str = "") -> str:
    with pytest.raises(errors.ConfigurationError) as caught:
        load(folder, text, name)
    return str(caught.value).replace(str(folder / "stack.py"), "FILE")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("resources = [app]", ""),
        ("resources = (app,)", ""),
        ("stack = [app]", ":stack"),
        ("def resources():\n    return [app]", ""),
        ("def resources(name='web'):\n    return [App(name)]", ""),
        ("def resources():\n    yield app", ""),
        ("resources = lambda *args, **more: (app,)", ""),
    ],
)
def test_a_list_a_tuple_or_a_function_names_resources(tmp_path: Path, text: str, name: str) -> None:
    assert load(tmp_path, APP + text, name) == [App("web")]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "", "FILE has no 'resources'. Define resources = [...], a list of resources"),
        ("stack = [app]", "", "It has stack; write FILE:stack, or call the list resources."),
        ("def make():\n    return [app]", ":other", "FILE has no 'other'. It has make; write FILE:make"),
        (
            "resources = app",
            "",
            "FILE:resources must be a list or tuple of resources, or return one, got an App",
        ),
        (
            "resources = {'a': app}",
            "",
            "FILE:resources must be a list or tuple of resources, or return one, got a dict",
        ),
        (
            "resources = App",
            "",
            "FILE:resources must be a list or tuple of resources, or return one, got a type",
        ),
        ("def resources():\n    return None", "", "got a NoneType"),
        (
            "resources = [app, 'hunter2']",
            "",
            "FILE:resources[1] must be a resource (App, Machine, Volume ...), got a str",
        ),
        ("resources = []", "", "FILE:resources is empty; add at least one"),
        ("async def resources():\n    return [app]", "", "FILE:resources is async; use a plain function"),
        ("def resources(name, /, *, size):\n    ...", "", "FILE:resources takes name, size; use a function"),
    ],
)
def test_what_is_no_list_of_resources_is_named_without_its_value(
    tmp_path: Path, text: str, name: str, said: str
) -> None:
    message = refused(tmp_path, APP + text, name)
    assert said in message
    assert "hunter2" not in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"stak\.py does not exist; expected the Python file"):
        _stackfile.load(str(tmp_path / "stak.py"))
    with pytest.raises(errors.ConfigurationError, match="is not a file"):
        _stackfile.load(str(tmp_path))


def test_a_name_that_is_no_name_is_refused(tmp_path: Path) -> None:
    assert "'a-b' is not a Python name" in refused(tmp_path, APP, ":a-b")


def test_a_colon_in_a_folder_is_no_name() -> None:
    assert _stackfile.split("C:/stacks/web.py") == (Path("C:/stacks/web.py"), "resources")
    assert _stackfile.split("C:/stacks/web.py:all") == (Path("C:/stacks/web.py"), "all")


def test_what_attrs_generates_is_no_frame_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "from fly_resources import FlySecret\nFlySecret('web', 'KEY', None)\n"
    said = refused(tmp_path, text).splitlines()
    assert said[1] == "  FILE, line 2"
    assert said[2].startswith("  ConfigurationError: FlySecret 'KEY': the value is None")


def test_an_error_of_the_file_shows_its_own_frames_and_no_line_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "parts_of_it.py").write_text("def make(value):\n    raise KeyError('DATABASE_URL')\n")
    text = "import parts_of_it\n\ndef resources():\n    return parts_of_it.make('hunter2')\n"
    message = refused(tmp_path, text).replace(str(tmp_path), "DIR")
    assert message.splitlines() == [
        "FILE resources() fails:",
        "  FILE, line 4, in resources",
        "  DIR/parts_of_it.py, line 2, in make",
        "  KeyError: 'DATABASE_URL'",
    ]


def test_an_error_of_this_library_in_the_file_shows_the_file_alone(tmp_path: Path) -> None:
    message = refused(tmp_path, 'from fly_resources import App\n\nApp("No Such Name")\n')
    assert message.splitlines()[:2] == ["FILE fails:", "  FILE, line 3"]
    assert "ConfigurationError: App: name 'No Such Name' is not valid" in message
    assert "attrs" not in message


def test_a_syntax_error_names_the_line_and_hides_it(tmp_path: Path) -> None:
    message = refused(tmp_path, "password = 'hunter2\n")
    assert message.startswith("FILE, line 1: ")
    assert "hunter2" not in message


def test_a_file_that_exits_is_an_error(tmp_path: Path) -> None:
    assert "SystemExit: 0" in refused(tmp_path, "raise SystemExit(0)")


def test_what_the_file_prints_leaves_standard_output_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(tmp_path, "print('loading')\n" + APP + "def resources():\n    print('naming')\n    return [app]")
    assert capsys.readouterr() == ("", "loading\nnaming\n")


def test_the_file_is_no_program_here_and_its_classes_work(tmp_path: Path) -> None:
    text = APP + (
        "import attrs\n"
        "if __name__ == '__main__':\n    raise SystemExit(3)\n"
        "@attrs.define\nclass Size:\n    memory: 'int' = 256\n"
        "attrs.resolve_types(Size)\n"
        "resources = [app]"
    )
    assert load(tmp_path, text) == [App("web")]


def test_resources_are_chosen_by_their_names() -> None:
    app, web, worker = App("web"), Machine("web", "web", {}), Machine("web", "worker", {})
    nouns = [app, web, worker]
    assert _stackfile.select(nouns, ["worker"]) == [worker]
    assert _stackfile.select(nouns, ["web/worker", "machine web/worker"]) == [worker]
    assert _stackfile.select(nouns, ["web"]) == [app, web]
    with pytest.raises(errors.ConfigurationError, match="has no resource 'wrker'; it has app web, machine"):
        _stackfile.select(nouns, ["wrker"])
