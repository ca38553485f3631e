"""`scripts/bench --recorded`: any client's requests, counted as ours are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fly_resources import App, Fly, Volume
from fly_resources.testing import FlySimulator, VirtualClock
from scripts.tools.benchmarks.__main__ import FAMILIES, main
from scripts.tools.benchmarks.figures import Figure
from scripts.tools.benchmarks.recorded import Counts, Sent, count, from_simulator, read_file

if TYPE_CHECKING:
    from pathlib import Path


def _file(folder: Path, *rows: dict[str, Any] | str) -> Path:
    file = folder / "other.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_requests_rounds_writes_and_duplicates_are_counted(tmp_path: Path) -> None:
    create = {"method": "POST", "path": "/v1/apps/web/volumes", "body": '{"name": "data"}'}
    file = _file(
        tmp_path,
        {"method": "get", "path": "/v1/apps/web", "at": 10},
        {"method": "GET", "path": "/v1/apps/web/volumes", "at": 10.0004, "status": 200},
        "",
        {**create, "at": 10.05, "status": 429},
        {**create, "at": 11.05, "status": 504},
        {**create, "at": 12.05, "status": 200, "more": "is ignored"},
        {**create, "body": '{"name": "logs"}', "at": 12.05},
    )

    assert count(read_file(file)) == Counts(requests=6, rounds=4, writes=4, duplicates=1, too_many=1)


def test_nothing_sent_counts_nothing() -> None:
    assert count([]) == Counts(requests=0, rounds=0, writes=0, duplicates=0, too_many=0)


def test_the_order_of_the_lines_does_not_matter() -> None:
    sent = [Sent("GET", "/v1/apps", float(at)) for at in (3, 1, 2, 1)]

    assert count(sent) == count(sent[::-1])
    assert count(sent).rounds == 3


def test_what_a_simulator_records_counts_the_same_from_a_file(tmp_path: Path) -> None:
    clock = VirtualClock()
    sim = FlySimulator(clock=clock, latency=0.05)
    with Fly("test", transport=sim.transport(), clock=clock) as fly:
        fly.ensure(Volume(App("web", primary_region="iad"), "data"))
    rows = [
        {"method": each.method, "path": each.path, "at": each.at, "status": each.status}
        for each in sim.requests
    ]

    assert count(read_file(_file(tmp_path, *rows))) == count(from_simulator(sim.requests))


@pytest.mark.parametrize(
    "row",
    [
        "not json",
        "[]",
        "null",
        '{"method": "GET", "path": "/"}',
        '{"method": "GET", "path": "/", "at": "noon"}',
        '{"method": "GET", "path": "/", "at": 1, "status": "good"}',
    ],
)
def test_a_line_that_is_no_request_is_named(tmp_path: Path, row: str) -> None:
    file = _file(tmp_path, {"method": "GET", "path": "/", "at": 0}, row)

    with pytest.raises(ValueError, match=r"other\.jsonl, line 2 is not like"):
        read_file(file)


def test_the_command_prints_a_table_and_writes_names_to_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = {"method": "POST", "path": "/v1/apps", "at": 0.0}
    target = tmp_path / "figures.json"

    main(["--recorded", str(_file(tmp_path, twice, twice)), "--json", str(target)])

    assert json.loads(target.read_text()) == {
        "other.requests": 2,
        "other.rounds": 1,
        "other.writes": 2,
        "other.duplicates": 1,
        "other.too_many": 0,
    }
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "! <= 0" in lines["other.duplicates"]
    assert "!" not in lines["other.too_many"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["wrong"], "no family wrong; there are stacks, fleet"),
        (["--recorded", "absent.jsonl"], "absent.jsonl"),
    ],
)
def test_what_cannot_be_measured_is_said(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert words in capsys.readouterr().err


def test_one_family_alone_is_measured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAMILIES, "fleet", lambda: [Figure("a.b", 2.5, 3.0, "because")])

    main(["fleet"])

    assert capsys.readouterr().out.split() == ["a.b", "2.500", "<=", "3", "because"]


def test_the_example_stack_costs_what_it_has_to() -> None:
    figures = FAMILIES["stacks"]()

    assert [figure.name for figure in figures if not figure.met] == []
    assert sum(figure.limit is not None for figure in figures) >= 11
