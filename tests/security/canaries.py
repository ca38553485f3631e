"""Values that must show nowhere, and where to look for them."""

from __future__ import annotations

import copy
import json
import logging
import traceback
from typing import TYPE_CHECKING, Any

import attrs

from fly_resources import App, Certificate, FlySecret, IpAddress, Machine, Resource, Secret, Volume, errors
from tests.flows.pems import HOST, chain_pem, key_pem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from fly_resources import Event

#: In every one of them; written backwards, so that the source lines of a traceback do not hold it.
MARK = "eiranak"[::-1]
TOKEN = f"FlyV1 fm2_{MARK}Zm9vYmFyYmF6cXV4,fm2_{MARK}c2Vjb25kIG1hY2Fyb29u"
KEY_PEM = key_pem()
CHAIN_PEM = chain_pem(HOST)
#: The base64 of the key, but for its first line's head, which every such key has.
KEY_PARTS = [line for line in KEY_PEM.splitlines() if "---" not in line][1:]


def secret(place: str) -> Secret:
    return Secret(f'p4ss"word\\{MARK}\n{place} ä')


def app() -> App:
    return App("web", primary_region="iad")


def stack(version: str = "1") -> list[Resource[Any]]:
    """Return the seed stack, with a secret in every place that takes a value."""
    data = Volume(app(), "data")
    config: Any = {
        "image": f"nginx:{version}",
        "env": {"A": secret("env"), "PORT": "80"},
        "init": {
            "cmd": ["run", secret("cmd")],
            "entrypoint": [secret("entrypoint")],
            "exec": [secret("exec")],
        },
        "files": [{"guest_path": "/etc/key", "raw_value": secret("file")}],
        "metadata": {"team": secret("metadata")},
        "processes": [{"cmd": [secret("process")], "env": {"B": secret("process env")}}],
        "services": [
            {
                "protocol": "tcp",
                "internal_port": 80,
                "checks": [
                    {
                        "type": "http",
                        "path": "/",
                        "headers": [{"name": "Authorization", "values": [secret("service check")]}],
                    }
                ],
            }
        ],
        "checks": {
            "alive": {
                "type": "http",
                "port": 80,
                "headers": [{"name": "Authorization", "values": [secret("check")]}],
            }
        },
    }
    return [
        app(),
        FlySecret(app(), "FROM_TEXT", secret("text").reveal()),
        FlySecret(app(), "FROM_SECRET", secret(f"secret {version}")),
        data,
        Machine(app(), "server", config, mounts={"/data": data}, extra={"future": {"key": secret("extra")}}),
        Certificate(app(), HOST, CHAIN_PEM, KEY_PEM),
        IpAddress(app(), "v6"),
    ]


@attrs.define
class Seen:
    """Everything that a user of the library can come to see."""

    texts: list[tuple[str, str]] = attrs.field(factory=list)

    def add(self, what: str, *things: object) -> None:
        for thing in things:
            self.texts += [(f"repr of {what}", repr(thing)), (f"str of {what}", str(thing))]

    def event(self, event: Event) -> None:
        self.add("event", event)
        self.add("event detail", event.detail)

    def error(self, error: BaseException) -> None:
        self.texts.append(("traceback", "".join(traceback.format_exception(error))))
        for each in family(error):
            self.add(type(each).__name__, each, each.args, getattr(each, "__notes__", ()), vars(each))
            if isinstance(each, errors.EnsureError):
                self.add("report", each.report, *each.report)
                self.add("changes", *(change for outcome in each.report for change in outcome.changes))

    def logs(self, caplog: pytest.LogCaptureFixture) -> None:
        for record in caplog.records:
            self.add(f"log of {record.name}", record.getMessage(), record.args)
            self.texts.append((f"log of {record.name}", logging.Formatter().format(record)))

    def leaks(self) -> list[tuple[str, str]]:
        return [(what, text) for what, text in self.texts if holds_a_secret(text)]


def holds_a_secret(text: str) -> bool:
    return MARK in text or any(
        part[at : at + 12] in text for part in KEY_PARTS for at in range(0, len(part), 4)
    )


def family(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and all that belongs to it, hidden or not."""
    todo, seen = [error], list[BaseException]()
    while todo:
        each = todo.pop()
        if any(each is one for one in seen):
            continue
        seen.append(each)
        yield each
        linked: Iterable[object] = (each.__cause__, each.__context__)
        if isinstance(each, errors.EnsureError):
            linked = (*linked, *each.errors, *(outcome.error for outcome in each.report))
        todo += [one for one in linked if isinstance(one, BaseException)]


def as_json(value: object) -> str:
    return json.dumps(copy.deepcopy(value), ensure_ascii=False, default=repr)
