"""The library's messages in the words of the command: its options and commands instead of Python's calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fly_resources.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Before an argument's name: neither a part of another name, nor a key that a message quotes.
_BARE: Final = r"(?<![\w.'\"])"
#: What the library writes, and what the command writes instead, in this order. APP and MACHINE become the
#: names of the machine that the message speaks of.
_SAID: Final = (
    # what connects: Fly(...)
    (r"pass token=, or set FLY_API_TOKEN", "set FLY_API_TOKEN"),
    (r"\bbase_url \((\w+)\)", r"\1"),
    (rf"{_BARE}base_url\b", "FLY_FLAPS_BASE_URL"),
    (r"Fly\.in_machine\(\).*, and need no token", "in a machine, use http://_api.internal:4280"),
    (r"\b(?:Async)?Fly\(owner=\.\.\.\)", "--owner NAME"),
    # arguments of its methods
    (r"\btake_over=True(?: \(--take-over\))?", "--take-over"),
    (r"\ballocate_v4=True(?: \(--allocate-v4\))?", "--allocate-v4"),
    (r"\bimage='([^']*)' \(--image on the command line\)", r"--image \1"),
    (r"\breplace=(['\"])with_undeclared\1", "--replace --with-undeclared"),
    (r"\b(replace|everything|force|prune)=True", r"--\1"),
    (r"\btake_over=False", "no --take-over"),
    (r"\b(replace|everything|force|prune)=False", r"no --\1"),
    (r"\ballow_unknown=True", "--allow-unknown"),
    (r"\bstrategy='(\w+)'", r"--strategy \1"),
    (r"\bPass primary_region='(\w+)'", r"Pass --primary-region \1"),
    (r"\bset primary_region, or pass it", "set primary_region, or pass --primary-region"),
    (r"\bcounts=\{['\"]?([\w-]+)['\"]?: (\w+)\}", r"--count \1=\2"),
    (r"\bpass app=", "pass --app NAME"),
    (r"\bpass org=", "pass --org SLUG"),
    (rf"{_BARE}(step_timeout|timeout|smoke)_s=(?=\d)", r"--\1 "),
    (rf"{_BARE}(step_timeout|timeout|smoke)_s\b=?", r"--\1"),
    (r"--step_timeout", "--step-timeout"),
    (r", or None for no limit", ""),
    (
        rf"{_BARE}max_unavailable must be (.*), or '1%' to '100%'",
        r"--max-unavailable must be \1, or 1% to 100%",
    ),
    # calls
    (r"\bpass the App to prune in", "describe the app to prune in"),
    (r"\bor pass App\([^)]*\) to create it", "or describe it in a file and run fly-resources ensure FILE"),
    (
        r"\badd IpAddress\([^)]*\) and IpAddress\([^)]*\)",
        "add some (IpAddress in a Python file, or fly ips allocate-v4 --shared and allocate-v6)",
    ),
    (r"\bfly\.ensure\(\*fly\.last_good\('?([\w-]+)'?\)\)", r"fly-resources rollback \1"),
    (r"\bfly\.start\(\.\.\.\)(?: first)?", "fly-resources restart APP MACHINE starts it"),
    (r"\bfly\.run\b(?:\(\.\.\.\))?", "fly-resources run APP IMAGE"),
    (r"See what it wrote in this error's log", "What it wrote is shown above"),
    (
        r"\(machines_list_events\) and logs",
        "(fly-resources status APP --json) and logs (fly-resources logs APP)",
    ),
    (r"\(machines_list_events\)", "(fly-resources status APP --json)"),
    (r"\bSee its logs", "See its logs (fly-resources logs APP MACHINE)"),
    (r"\(machines_show\)", "(fly-resources status APP)"),
    (r"\(machines_restart(?: in the SDK)?\)", "(fly-resources restart APP MACHINE)"),
    (r"\(ip_assignments_delete(?: in the SDK)?\)", "(fly ips release ADDRESS)"),
    (r": see `errors`", ""),
    (r": ensure it first, or correct its name", "; fly-resources status APP lists those that there are"),
)
_RULES: Final = tuple((re.compile(pattern), said) for pattern, said in _SAID)
_MACHINE: Final = re.compile(r"\bmachine ([\w-]+)/(\w(?:[\w.-]*\w)?)")
#: Arguments of resources: in a Python file they are the right words.
_DESCRIBED: Final = re.compile(
    rf"{_BARE}(allow_empty|config|encrypted|extra|follow_secrets|id|mounts|protect|region|snapshot_id|state)="
)
_NO_ORG: Final = "Check the organisation's slug; fly orgs list shows those of your token."
_NO_APP: Final = "Check the app's name; fly-resources status --org SLUG lists an organisation's apps."
_NO_PART: Final = "fly-resources status {app} lists what there is."


def in_options(text: str) -> str:
    """Return a message of the library in the command's words."""
    about = _MACHINE.search(text)
    for pattern, said in _RULES:
        named = said if about is None else said.replace("APP", about[1]).replace("MACHINE", about[2])
        text = pattern.sub(named, text)
    return text


def of(error: BaseException, *, file_is_python: bool = True) -> str:
    """Return an error's message in the command's words; what it quotes (a log, a traceback) stays as it is.

    Of a command without a Python file, it says how to get one if a resource's argument has to be given.
    """
    if isinstance(error, NotFoundError):
        error.advice = _advice_for(error)
    return "\n".join(_lines(str(error), file_is_python=file_is_python))


def _lines(text: str, *, file_is_python: bool) -> Iterator[str]:
    lines = text.splitlines()
    for line in lines:
        yield line if is_quoted(line) else in_options(line)
    needed = [found[1] for line in lines if not is_quoted(line) for found in _DESCRIBED.finditer(line)]
    if needed and not file_is_python:
        yield (
            f"{needed[0]}= is for a Python file: fly-resources import APP and fly-resources convert fly.toml "
            "print one."
        )


def is_quoted(line: str) -> bool:
    """Return whether a line of a message is another program's, or of the user's file."""
    return line.startswith("  ") and not line.startswith("  - ")


def _advice_for(error: NotFoundError) -> str:
    """Return what to check: the last thing that the request names."""
    match re.findall(r"\{(\w+)\}", error.route):
        case []:
            return _NO_ORG
        case ["app_name"]:
            return _NO_APP
        case _:
            app = re.search(r"/apps/([^/ ]+)", str(error.args[0]))
            return _NO_PART.format(app=app[1] if app else "APP")
