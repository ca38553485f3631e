"""What has to be so after a call, found in the records of the simulator and not by the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from fly_machines import models

from fly_resources import App, FlySecret, IpAddress, Machine, Resource, Volume, errors
from fly_resources.report import Plan, Report
from tests.beliefs.looks import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fly_resources.testing import RecordedRequest
    from fly_resources.testing._state import Machine as MachineRecord
    from tests.beliefs.looks import Look
    from tests.sweep.scenarios import Step

#: Virtual seconds that no call of these stories needs, whatever the service does.
LONGEST_S: Final = 900.0
#: Requests beside those that wait: one list a second, and one read of each machine (RL-1).
MOST_REQUESTS: Final = 150
_MACHINES: Final = 5
_NONE: Final[Mapping[tuple[str, ...], int]] = {}
#: Writes that change nothing of what is described.
_LEASES: Final = frozenset({"Machines_create_lease", "Machines_release_lease"})
_GOING: Final = frozenset({"destroying", "destroyed"})


def safety(
    before: Look, after: Look, step: Step, theirs: Mapping[tuple[str, ...], int] = _NONE
) -> Iterator[str]:
    """Whatever came of the call: nothing foreign touched, nothing lost, nothing doubled.

    `theirs`: how many of each kind and name somebody else has made.
    """
    if after.foreign != before.foreign:
        yield f"something of others has changed: {_first_difference(before.foreign, after.foreign)}"
    yield from _lost(before, after, step)
    yield from _unmarked(before, after)
    for each, number in after.count().items():
        if number > max(1 + theirs.get(each, 0), before.count()[each]):
            yield f"{' '.join(each)} is there {number} times"


def _first_difference(one: Any, other: Any) -> str:  # noqa: ANN401  # any JSON value
    if isinstance(one, dict) and isinstance(other, dict):
        return next(
            (
                f"{key}: {_first_difference(one[key], other.get(key))}"
                for key in one
                if one[key] != other.get(key)
            ),
            "something more",
        )
    return f"{one!r:.150} became {other!r:.150}"


def _lost(before: Look, after: Look, step: Step) -> Iterator[str]:
    if before.app is None or (step.verb == "destroy" and _names_app(step)):
        return
    if after.app is None:
        yield "the app is gone"
        return
    named = {name_of(noun) for noun in step.nouns}
    destroyed = named if step.verb == "destroy" else set()
    there = {volume.id for volume in after.volumes}
    for volume in before.volumes:
        if volume.id not in there and volume.name not in destroyed:
            yield f"volume {volume.name} ({volume.id}) is gone"
    yield from _lost_machines(before, after, step, named)
    addresses = {address.address for address in after.addresses}
    wanted = [noun for noun in step.nouns if isinstance(noun, IpAddress)] if step.verb == "destroy" else []
    for address in before.addresses:
        if address.address not in addresses and not any(_is_address(noun, address) for noun in wanted):
            yield f"address {address.type} in network {address.network!r} is gone"
    for name in before.app.secrets.keys() - after.app.secrets.keys() - destroyed - _unset(step):
        yield f"secret {name} is gone"
    for hostname in before.app.certificates.keys() - after.app.certificates.keys() - destroyed:
        yield f"certificate {hostname} is gone"


def _lost_machines(before: Look, after: Look, step: Step, named: set[str]) -> Iterator[str]:
    there = {machine.id for machine in after.machines if not machine.gone}
    for machine in before.machines:
        may_go = machine.gone or (
            machine.name in named
            if step.verb == "destroy" or step.options.get("replace")
            else step.options.get("prune") and machine.name not in named
        )
        # One that could never be started is made again (rule 10).
        may_go = may_go or machine.state in {"launch_failed", "failed"}
        if machine.id not in there and not may_go:
            yield f"machine {machine.name} ({machine.id}) is gone"


def _unmarked(before: Look, after: Look) -> Iterator[str]:
    """What others put on our machines stays (rule 2)."""
    now = {machine.id: machine for machine in after.machines}
    for machine in before.machines:
        found = now.get(machine.id)
        for kind, key in (("env", MARKS[0]), ("metadata", MARKS[1])):
            had = _get(machine.config, kind).get(key)
            if had is not None and found is not None and _get(found.config, kind).get(key) != had:
                yield f"{kind} {key} of others on {machine.name} is gone"
        if found is not None and machine.config.get("files") and not found.config.get("files"):
            yield f"files of others on {machine.name} are gone"


def _get(config: Mapping[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = config.get(key) or {}
    return found


def name_of(noun: Resource[Any]) -> str:
    """Return the noun's own name: that of a certificate is its hostname."""
    return str(getattr(noun, "name", None) or getattr(noun, "hostname", None) or getattr(noun, "type", ""))


def _names_app(step: Step) -> bool:
    return any(isinstance(noun, App) for noun in step.nouns)


def _unset(step: Step) -> set[str]:
    return {noun.name for noun in step.nouns if isinstance(noun, FlySecret) and noun.value is None}


# What `ensure` says is done.


def ensured(step: Step, before: Look, after: Look, *, naps: bool, rests: Iterable[str] = ()) -> Iterator[str]:
    """What `ensure` calls done is there and runs, at that moment.

    `naps`: the proxy puts what may sleep to sleep at any time. `rests`: machines that may rest although
    nothing in their description says so.
    """
    if after.app is None:
        yield "there is no app"
        return
    for noun in step.nouns:
        if isinstance(noun, Machine):
            yield from _machine_runs(noun, before, after, naps=naps, rests=noun.name in rests)
        elif isinstance(noun, Volume):
            yield from _volume_is_there(noun, after)
        elif isinstance(noun, FlySecret):
            yield from _secret_is_set(noun, step.nouns, after)
        elif not _is_there(noun, after):
            yield f"{noun} is not there"
    yield from _not_pruned(step, after)


def _not_pruned(step: Step, after: Look) -> Iterator[str]:
    if step.options.get("prune"):
        named = {noun.name for noun in step.nouns if isinstance(noun, Machine)}
        yield from (
            f"machine {machine.name} is still there"
            for machine in after.machines
            if machine.name not in named and machine.state not in _GOING and _is_ours(machine, step.owner)
        )


def _is_ours(machine: MachineRecord, owner: str) -> bool:
    metadata = _get(machine.config, "metadata")
    return metadata.get("fly_resources.owner") == owner and metadata.get("fly_resources.name") == machine.name


def _machine_runs(noun: Machine, before: Look, after: Look, *, naps: bool, rests: bool) -> Iterator[str]:
    found = after.machine(noun.name)
    if found is None:
        yield f"{noun} is not there"
        return
    config = declared(noun)
    for path, wanted, has in _missing(config, found.config):
        yield f"{noun} has {path} {has!r:.80} instead of {wanted!r:.80}"
    yield from _mounts(noun, found, after)
    allowed = states(noun, before.machine(noun.name), naps=naps, rests=rests)
    if found.state not in allowed:
        yield f"{noun} is {found.state}, not {' or '.join(sorted(allowed))}"
    if found.state == "started":
        bad = [f"{name} {status}" for name, status in after.checks[found.id].items() if status != "passing"]
        if bad:
            yield f"{noun} is called done while its checks are {', '.join(bad)}"


def declared(noun: Machine) -> dict[str, Any]:
    """Return the config that a machine declares, as plain data, without keys that the service may drop."""
    return noun.config.to_dict() if isinstance(noun.config, models.MachineConfig) else dict(noun.config)


def states(noun: Machine, before: MachineRecord | None, *, naps: bool, rests: bool) -> set[str]:
    """Return the states in which the machine is as described (rule 5)."""
    if noun.state == "stopped":
        return {"stopped", "suspended"}
    config = declared(noun)
    if config.get("schedule") or config.get("standbys") or rests:
        return {"started", "stopped", "suspended"}
    stops = any(
        service.get("autostop") not in {None, False, "off"} for service in config.get("services") or []
    )
    asleep = before is not None and before.state in {"stopped", "suspended", "failed"}
    if stops and (naps or (asleep and noun.state is None) or (asleep and noun.state == "started")):
        return {"started", "stopped", "suspended"}
    return {"started"}


def _missing(wanted: Any, has: Any, path: str = "config") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401
    """Find what is declared and not so; digests of an image and equal spellings of autostop are no matter."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            yield from _missing(value, has.get(key) if isinstance(has, dict) else None, f"{path}.{key}")
    elif isinstance(wanted, list) and isinstance(has, list) and len(wanted) == len(has):
        for index, (one, other) in enumerate(zip(wanted, has, strict=True)):
            yield from _missing(one, other, f"{path}[{index}]")
    elif _plain(path, wanted) != _plain(path, has):
        yield path, wanted, has


def _plain(path: str, value: Any) -> Any:  # noqa: ANN401  # any JSON value
    key = path.rpartition(".")[2]
    if key == "image" and isinstance(value, str):
        return value.partition("@")[0]
    if key == "autostop":
        return {"off": False, None: False, "stop": True}.get(value, value)
    if key in {"interval", "timeout", "grace_period"}:
        return None  # spelled anew by the service
    return value


def _mounts(noun: Machine, found: MachineRecord, after: Look) -> Iterator[str]:
    has: Any = found.config.get("mounts") or []
    for path, volume in noun.mounts.items():
        record = after.volume(volume.name) if isinstance(volume, Volume) else None
        if record is None:
            continue  # said of the volume
        if not has or has[0].get("volume") != record.id or record.held_by(after.at) != found.id:
            yield f"{noun} does not mount {record.name}"
        elif has[0].get("path") != path:
            yield f"{noun} mounts {record.name} at {has[0].get('path')}, not {path}"


def _volume_is_there(noun: Volume, after: Look) -> Iterator[str]:
    found = after.volume(noun.name)
    if found is None:
        yield f"{noun} is not there"
    elif found.size_gb < noun.size_gb:
        yield f"{noun} has {found.size_gb} GB"


def _secret_is_set(noun: FlySecret, described: Iterable[Resource[Any]], after: Look) -> Iterator[str]:
    assert after.app is not None
    found = after.app.secrets.get(noun.name)
    if noun.value is None:
        if found is not None:
            yield f"{noun} is still there"
    elif found is None or (found.value != noun.value.reveal() and not noun.if_absent):
        yield f"{noun} is not set"
    else:
        named = {each.name for each in described if isinstance(each, Machine)}
        for machine in (each for each in after.machines if each.name in named):
            runs = machine.state == "started" and machine.secrets is not None
            if runs and (machine.secrets or {}).get(noun.name) != found.digest:
                yield f"machine {machine.name} runs with an older value of {noun.name}"


def _is_address(noun: IpAddress, record: Any) -> bool:  # noqa: ANN401  # a record of the simulator
    default = {None, "", "default"}
    same = noun.network == record.network or {noun.network, record.network} <= default
    types = {"egress_v4", "egress_v6"} if noun.type == "egress_pair" else {noun.type}
    return bool(record.type in types and same and noun.service_name in {None, record.service_name})


# What `destroy` says is gone.


def destroyed(step: Step, report: Report, after: Look) -> Iterator[str]:
    """What `destroy` calls gone is gone soon after, or was said to be on its way."""
    for noun in step.nouns:
        if not _is_there(noun, after):
            continue
        record = next((m for m in after.machines if m.name == name_of(noun)), None)
        said = str(report[noun]) + " ".join(report[noun].notes)
        told = "being destroyed" in said or "its host" in said
        if isinstance(noun, Machine) and record is not None and record.gone and told:
            continue
        yield f"{noun} is still there" + (f": {record.state}" if record is not None else "")


def _is_there(noun: Resource[Any], after: Look) -> bool:
    if after.app is None:
        return False
    there = {
        "app": {noun.app_name},
        "machine": {machine.name for machine in after.machines},
        "volume": {volume.name for volume in after.volumes},
        "secret": set(after.app.secrets),
        "certificate": set(after.app.certificates),
    }
    if isinstance(noun, IpAddress):
        return any(_is_address(noun, address) for address in after.addresses)
    return name_of(noun) in there[noun.kind]


# How a call may fail, and what one costs.


def causes(error: BaseException) -> list[BaseException]:
    """Return what went wrong, without what only depended on it."""
    if not isinstance(error, errors.EnsureError):
        return [error]
    found = [leaf for each in error.errors for leaf in causes(each)]
    return [each for each in found if not isinstance(each, errors.DependencyError)] or found


def explained(error: BaseException, sent: Sequence[RecordedRequest], after: Look) -> Iterator[str]:
    """The error is ours and says why; what says that nothing was written is true.

    A contradiction that shows only while something is done, as in a refusal, does not say so.
    """
    if not isinstance(error, errors.FlyError):
        yield f"{type(error).__name__} came out: {error}"
        return
    for each in causes(error):
        if not isinstance(each, errors.FlyError) or not re.search(r"\w{3}", str(each)):
            yield f"the error says nothing: {each!r}"
    if any("Nothing was written" in text for text in _contradictions(error)):
        wrote = sorted({str(each.operation) for each in writes(sent)})
        if wrote:
            yield f"wrote {', '.join(wrote)} in spite of a contradiction"
    for each in causes(error):
        if type(each).__name__ == "UnreadableMachineError":
            ids = [machine.id for machine in after.machines if f"/{machine.name}" in str(each)]
            for request in writes(sent):
                if any(f"/{id}" in request.path for id in ids):
                    yield f"sent {request.operation} to a machine that it could not read"


def _contradictions(error: BaseException) -> list[str]:
    return [str(each) for each in causes(error) if type(each).__name__ == "ContradictionError"]


def tells(error: BaseException, words: str) -> bool:
    """Return whether an error says one of these words."""
    return any(re.search(words, str(each), re.IGNORECASE) for each in (error, *causes(error)))


def writes(sent: Iterable[RecordedRequest]) -> list[RecordedRequest]:
    """Return the requests that change something."""
    return [each for each in sent if each.method != "GET" and each.operation not in _LEASES]


def quiet(
    sent: Iterable[RecordedRequest], plan: object, step: Step, *, blocked: bool = False, adopts: bool = False
) -> Iterator[str]:
    """A second run has nothing to do, and does nothing but set secrets that cannot be compared.

    `blocked`: the plan may say that it cannot know. `adopts`: it may put its marks on what another made.
    """
    may = (
        {"Secrets_update"}
        if any(isinstance(n, FlySecret) for n in step.nouns) and step.verb == "ensure"
        else set()
    )
    may_say = {"none", "set"} | ({"blocked"} if blocked else set())
    if adopts:
        may, may_say = may | {"Machines_patch_metadata"}, may_say | {"adopt"}
    wrote = {str(each.operation) for each in writes(sent)} - may
    if wrote:
        yield f"the second run wrote {', '.join(sorted(wrote))}"
    if isinstance(plan, Plan):
        left = [str(each) for each in plan if each.action not in may_say]
        if left:
            yield f"after success the plan has still something to do: {'; '.join(left):.300}"


def bounded(took_s: float, sent: Sequence[RecordedRequest], *, longest_s: float = LONGEST_S) -> Iterator[str]:
    """No call takes for ever, and none floods the service."""
    if took_s > longest_s:
        yield f"it took {took_s:.0f} s"
    if len(sent) > MOST_REQUESTS + took_s * (1 + _MACHINES):
        yield f"it sent {len(sent)} requests"


def leased(look: Look) -> list[str]:
    """Return the machines whose lease is still in force."""
    return [
        machine.name
        for machine in look.machines
        if machine.lease is not None and machine.lease.expires_at > look.at and not machine.gone
    ]
