"""Roll back the last change: describe the app's machines as their previous versions were."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from fly_resources._config import compare
from fly_resources._config.keys import OURS, find_oddities
from fly_resources._engine.effects import Flow, call, gathered
from fly_resources._nouns.machine.marks import is_protected
from fly_resources._nouns.machine.mounts import growth_of
from fly_resources._nouns.witnesses import read_whole
from fly_resources._sdk import reading, requests
from fly_resources._secret import Secret
from fly_resources.errors import ReconcileError, UnreadableMachineError
from fly_resources.resources import Machine

if TYPE_CHECKING:
    from fly_machines import models
    from fly_machines.config_types import MachineConfigDict

#: Metadata that tools keep for themselves: it does not affect what the machine runs.
_BOOKKEEPING: Final = (OURS, "fly_release_", "fly_flyctl_version")
#: Places of values that may have been given as a `Secret`.
_HIDDEN: Final = frozenset({"cmd", "entrypoint", "env", "exec", "files", "headers", "kernel_args"})


@attrs.frozen
class _History:
    """A machine, its newest version, and its configs, beginning with the one that it runs.

    Without configs, the service gave up its newest version, and the machine runs the previous one (LC-37).
    """

    machine: models.Machine
    version: str
    configs: list[dict[str, Any]] = attrs.field(repr=False)

    def ends(self) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return the config that its last change gave it, and the one before; None if it has only one.

        A machine that was rolled back runs the one before again.
        """
        plain = [_bare(config) for config in self.configs]
        other = next((index for index, each in enumerate(plain) if each != plain[0]), None)
        if other is None:
            return None
        is_back = plain[0] in plain[other:]
        return (self.configs[other if is_back else 0], self.configs[0 if is_back else other])

    def is_changed(self) -> bool:
        """Return whether it runs the config that its last change gave it."""
        ends = self.ends()
        return ends is not None and ends[0] is self.configs[0]

    def change(self) -> object:
        """Return its last change: the image if that changed, else everything that differs."""
        if (ends := self.ends()) is None:
            return None
        now, before = ends
        if now.get("image") != before.get("image"):
            return now.get("image")
        pairs = ((_bare(now), _bare(before)), (_bare(before), _bare(now)))
        return frozenset(str(each) for pair in pairs for each in compare.differences(*pair))


def find_last_good(app: str) -> Flow[list[Machine]]:
    """Return the machines that took part in the app's last change, as they were before it.

    Those that were rolled back already come first: a roll-out does not pass one that does not run.

    Raises:
        ReconcileError: There is no such app, or no machine has an earlier config to roll back to.
        UnreadableMachineError: No machine can be read.
    """
    state = yield from read_whole(app)
    if state.absent:
        raise ReconcileError(f"There is no app {app!r}. Correct the name.")
    live = [each for each in state.machines if reading.is_live(each) and not reading.is_one_off(each)]
    readable = [each for each in live if reading.why_unreadable(each) is None]
    histories = yield from gathered(functools.partial(_read, app, each) for each in readable)
    change = _last_change(app, histories, live)
    took_part = sorted((each for each in histories if each.change() == change), key=_History.is_changed)
    # whether an unreadable machine took part is unknown: the plan says why
    unknown = [Machine(app, each.name, {"image": "unknown"}) for each in live if each not in readable]
    return [*map(functools.partial(_described, app), took_part), *unknown]


def _last_change(app: str, histories: list[_History], live: list[models.Machine]) -> object:
    """Return the last change. Raises ReconcileError if there is nothing to undo, or it is unknown."""
    if live and not histories:
        raise UnreadableMachineError(f"machine {app}/{live[0].name}: {reading.why_unreadable(live[0])}.")
    changed = [each for each in histories if each.is_changed() or not each.configs]
    newest = max(changed, key=lambda each: each.version, default=None)
    if newest is None or not newest.configs:
        raise ReconcileError(
            f"App {app!r} has no machine with an earlier config to go back to: each is new, or runs what it "
            "ran before. Deploy the image that you want with ensure."
        )
    return newest.change()


def _read(app: str, machine: models.Machine) -> Flow[_History]:
    """Read the versions of a machine."""
    listed = yield from call(requests.list_versions(app, machine.id))
    rows = {}
    for each in listed:
        version, config = reading.given(each.version), reading.given(each.user_config)
        if version and not config:  # the API document calls it optional
            shown = yield from call(requests.get_machine(app, machine.id, version))
            config = reading.given(shown.config)
        if version and config:
            rows[version] = config.to_dict()
    newest = max(rows, default="")
    # for a while, reads may show the version that an update has replaced (LC-43)
    running = newest if machine.state == "replaced" else reading.version_of(machine) or ""
    if newest > running:
        return _History(machine, newest, [])
    now = rows.pop(running, None) or reading.config_of(machine)
    return _History(machine, running, [now, *(rows[each] for each in sorted(rows, reverse=True))])


def _bare(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a config without the metadata that tools keep for themselves."""
    metadata = config.get("metadata") or {}
    kept = {key: each for key, each in metadata.items() if not key.startswith(_BOOKKEEPING)}
    return {**config, "metadata": kept}


def _described(app: str, history: _History) -> Machine:
    """Describe a machine as it was: what was declared then or differs now; its volume does not change."""
    machine, (_, before) = history.machine, history.ends() or ({}, {})
    paths = _declared_then(machine, _bare(before), before)
    declared = _bare(_restricted((), before, paths, compare.secret_places(before)))
    growth = [growth_of(row) for row in declared.pop("mounts", None) or []]
    if any(growth):
        declared["mounts"] = growth
    extra = {key: each for key, each in declared.items() if find_oddities({key: each})}
    config = {key: each for key, each in declared.items() if key not in extra}
    return Machine(
        app,
        machine.name,
        cast("MachineConfigDict", config),
        mounts={str(row["path"]): str(row["volume"]) for row in reading.mounts_of(machine)},
        extra=extra or None,
        protect=is_protected(machine),
    )


def _declared_then(
    machine: models.Machine, bare: Mapping[str, Any], before: Mapping[str, Any]
) -> frozenset[compare.Path] | None:
    """Return the paths declared then; without a marker from then, those declared now and what differs.

    None: the machine has none of our marks, so all of it is described.
    """
    marked = compare.read_marker((before.get("metadata") or {}).get(compare.MARKER_KEY))
    if marked is not None:
        return marked
    now = reading.config_of(machine)
    marked = compare.read_marker((now.get("metadata") or {}).get(compare.MARKER_KEY))
    if marked is None:
        return None
    leaves = compare.declared_paths(bare)
    return marked | {path for path in leaves if compare.lookup(bare, path) != compare.lookup(now, path)}


def _restricted(
    path: compare.Path,
    value: Any,  # noqa: ANN401  # any JSON value
    paths: frozenset[compare.Path] | None,
    secret: frozenset[compare.Path],
) -> Any:  # noqa: ANN401  # as above
    """Return the parts of a config at these paths; lists keep every row, because their length matters.

    Values that may have been given as a `Secret` are masked: no plan shows them.
    """
    if isinstance(value, Mapping):
        inner = ((key, (*path, key), each) for key, each in value.items())
        return {
            key: _restricted(here, each, paths, secret)
            for key, here, each in inner
            if paths is None or any(wanted[: len(here)] == here for wanted in paths)
        }
    if isinstance(value, list):
        return [_restricted((*path, index), each, paths, secret) for index, each in enumerate(value)]
    hides = bool(_HIDDEN.intersection(path)) or compare.without_indices(path) in secret
    return Secret(value) if hides and isinstance(value, str) else value
