"""IP addresses: matched by what the answer says; allocating again would add another (IP-2, IP-6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources import _ops, _readings
from fly_resources._effects import Flow, call, now, sleep
from fly_resources._flows.ambiguous import create_once, list_settled, unclear
from fly_resources._flows.deletions import delete_surely
from fly_resources._flows.regions import allows, places
from fly_resources._flows.run import Context, Run, destroy_step, read_together, remember_gone
from fly_resources.errors import (
    AmbiguousMatchError,
    ConflictError,
    FlyError,
    QuotaExceededError,
    UnprocessableError,
)
from fly_resources.report import Change, Planned
from fly_resources.resources import IpAddress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from fly_machines import models

    from fly_resources._effects import Call

#: Billed, and gone for good when released.
DEDICATED: Final = frozenset({"v4", "egress_v4", "egress_v6"})
_PAIR: Final = frozenset({"egress_v4", "egress_v6"})
_BILLED: Final = DEDICATED | {"egress_pair"}
#: A second one of these costs nothing, and the next list shows it.
_FREE: Final = frozenset({"shared_v4", "v6", "private_v6"})
#: The spelling of an organisation that may be any one's own (PL-4).
_ALIAS: Final = "personal"
#: How a refusal says that the app has what it may have once; the text is not recorded (IP-6).
_ONE_ONLY: Final = re.compile(r"already|exist|only one|at most one", re.IGNORECASE)
#: Seconds between looks for an address that a refusal speaks of.
_LOOKS_S: Final = (1.0, 2.0, 4.0)
#: How no region is spelled.
_ANYWHERE: Final = frozenset({None, "", "global"})


def type_of(address: models.IpAssignment) -> str:
    """Tell the type from the address: the service does not name it (IP-2)."""
    family = "v4" if "." in address.ip else "v6"
    if _readings.given(address.egress):
        return f"egress_{family}"
    if family == "v4":
        return "shared_v4" if _readings.given(address.shared) else "v4"
    return "private_v6" if address.ip.lower().startswith("fd") else "v6"


def matching(
    noun: IpAddress, found: Iterable[models.IpAssignment], app: models.App | None = None
) -> list[models.IpAssignment]:
    """Return the addresses that `noun` may mean, in the service's order.

    `app` tells which private network a private_v6 without one means, and whose; None if it is unknown.
    """
    return [address for address in found if _matches(noun, address, app)]


def _matches(noun: IpAddress, address: models.IpAssignment, app: models.App | None) -> bool:
    kind = type_of(address)
    if kind not in _kinds(noun):
        return False
    if kind == "shared_v4":
        # An app has one (IP-6).
        return True
    if _is_anothers(address, app):
        return False
    wanted, stated = _wanted(noun, app), _stated(address)
    # An answer may leave these out (IP-5): only a stated and different value is another address.
    return all(
        value is None
        or stated[field] in {None, value}
        or (field == "region" and _is_in(value, stated[field]))
        for field, value in wanted.items()
    )


def _wanted(noun: IpAddress, app: models.App | None) -> dict[str, str | None]:
    """Return what `noun` wishes for beside its type; a private address without a network, the app's own."""
    network = noun.network
    if noun.type == "private_v6" and network is None:
        network = _own_network(app)
    return {"region": noun.region, "service_name": noun.service_name, "network": network}


def _is_anothers(address: models.IpAssignment, app: models.App | None) -> bool:
    """Return whether the address is on a private network of another organisation than the app's."""
    network = _readings.given(address.network)
    theirs = _readings.given(network.org_slug) if network else None
    ours = _readings.org_slug(app) if app else None
    return bool(theirs and ours and theirs != ours and _ALIAS not in {theirs, ours})


def _is_in(wanted: str, region: str | None) -> bool:
    """Return whether what the service chose satisfies a list of regions or an alias (MA-3)."""
    return region is not None and allows(wanted, region)


def _is_vague(noun: IpAddress, address: models.IpAssignment) -> bool:
    """Return whether only a word for several regions fits: which it stands for, only the service knows."""
    region = _stated(address)["region"]
    named = {None, noun.region, *places(noun.region or "")}
    return type_of(address) != "shared_v4" and noun.region is not None and region not in named


def _kinds(noun: IpAddress) -> frozenset[str]:
    return _PAIR if noun.type == "egress_pair" else frozenset({noun.type})


def _stated(address: models.IpAssignment) -> dict[str, str | None]:
    """Return what the answer says beside the address; "global" is what tools show for no region (IP-5)."""
    region = _readings.given(address.region)
    return {
        "region": None if region in _ANYWHERE else region,
        "service_name": _readings.given(address.service_name) or None,
        "network": _readings.network_name(address),
    }


def found_for(noun: IpAddress, context: Context) -> list[models.IpAssignment]:
    """Return the addresses that stand for `noun`; of a call's nouns, no two share one.

    A noun whose every wish an answer confirms comes before one that it merely does not contradict. Of two
    that fit, the older: it stays if they were made by a race that is not settled yet.
    """
    state = context.state(noun)
    by_age = _by_age(state.addresses)
    rivals = [
        other for other in context.nouns if isinstance(other, IpAddress) and other.app_name == noun.app_name
    ]
    taken: dict[str, IpAddress] = {}
    for exact in (True, False):
        for rival in sorted(rivals, key=_wishes, reverse=True):
            missing = _kinds(rival) - {
                type_of(each) for each in state.addresses if taken.get(each.ip) == rival
            }
            for address in matching(rival, by_age, state.app):
                fits = type_of(address) in missing and address.ip not in taken
                if fits and (not exact or _confirms(rival, address)):
                    taken[address.ip] = rival
                    missing -= {type_of(address)}
    return [address for address in by_age if taken.get(address.ip) == noun]


def _wishes(noun: IpAddress) -> int:
    return sum(value is not None for value in (noun.region, noun.service_name, noun.network))


def _confirms(noun: IpAddress, address: models.IpAssignment) -> bool:
    stated = _stated(address)
    return all(value in {None, stated[field]} for field, value in _wanted(noun, None).items())


def _own_network(app: models.App | None) -> str | None:
    """Return the app's private network; without one, it is the organisation's default."""
    return None if app is None else _readings.network_name(app) or _readings.DEFAULT_NETWORK


def find(noun: IpAddress, context: Context) -> models.IpAssignment | None:
    """Return the first address that stands for it."""
    return next(iter(found_for(noun, context)), None)


def is_missing(noun: IpAddress, context: Context) -> bool:
    """Return whether an address of this kind, or half of a pair, is not there."""
    return bool(_missing(noun, found_for(noun, context)))


def diff(noun: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Look whether an address of this kind is there, of a pair both."""
    found = found_for(noun, context)
    missing = _missing(noun, found)
    if not missing:
        vague = (each for each in found if _is_vague(noun, each))
        taken = tuple(f"{each.ip} in {_stated(each)['region']} is taken for {noun.region}" for each in vague)
        return Planned(noun, "none", notes=taken, observed=found[0])
    notes = ("billed monthly",) if noun.type in _BILLED else ()
    changes = tuple(Change("type", None, kind) for kind in missing)
    return Planned(noun, "create", changes, notes, found[0] if found else None)


def _age(address: models.IpAssignment) -> tuple[dt.datetime, str]:
    return _readings.moment(address.created_at), address.ip


def _by_age(addresses: Sequence[models.IpAssignment]) -> list[models.IpAssignment]:
    """Put first what stays if several were made at once; of pairs, the IPv4 halves tell whose came first.

    Which halves are of one pair, an answer does not say: they come in the order in which they were made.
    """
    fours = [each for each in addresses if type_of(each) == "egress_v4"]
    sixes = [each for each in addresses if type_of(each) == "egress_v6"]
    mates: dict[str, models.IpAssignment] = {six.ip: four for four, six in zip(fours, sixes, strict=False)}
    return sorted(addresses, key=lambda address: _age(mates.get(address.ip) or address))


def _missing(noun: IpAddress, found: Sequence[models.IpAssignment]) -> list[str]:
    """Return what to ask for: of a pair, the half that is missing; a second pair would be a surplus."""
    missing = sorted(_kinds(noun) - {type_of(address) for address in found})
    return [noun.type] if len(missing) > 1 else missing


def diff_destroy(noun: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Look what would be released.

    Raises:
        AmbiguousMatchError: Several addresses fit, and nothing says which one is meant; or one does only by
            a word for several regions.
    """
    found = _released(noun, context)
    with_app = context.names_app_of(noun)
    several = len({type_of(address) for address in found}) < len(found)
    vague = any(_is_vague(noun, address) for address in found)
    unstated = _may_be_elsewhere(noun, found, context.state(noun).app)
    if (several and not (with_app and context.options.everything)) or ((vague or unstated) and not with_app):
        listed = [address.ip for address in found]
        fits = "and nothing says which is meant"
        if vague or unstated:
            fits = f"only {'by a word for several regions' if vague else 'because its network is not stated'}"
        raise AmbiguousMatchError(
            f"{noun}: {len(found)} addresses fit, {fits}: {', '.join(listed)}. Release the right one by its "
            "address (ip_assignments_delete in the SDK).",
            candidates=listed,
        )
    return destroy_step(noun, found[0] if found else None)


def _may_be_elsewhere(noun: IpAddress, found: Sequence[models.IpAssignment], app: models.App | None) -> bool:
    """Return whether an address may be on another private network than the one that `noun` names."""
    wanted = _wanted(noun, app)["network"]
    return wanted not in {None, _readings.DEFAULT_NETWORK} and any(
        _stated(each)["network"] is None for each in found
    )


def _released(noun: IpAddress, context: Context) -> list[models.IpAssignment]:
    """Return what fits and stands for no other noun of the call, best those that confirm every wish."""
    state = context.state(noun)
    others = {
        address.ip
        for other in context.nouns
        if isinstance(other, IpAddress) and other.app_name == noun.app_name and other != noun
        for address in found_for(other, context)
    }
    fitting = matching(noun, state.addresses, state.app)
    free = [each for each in fitting if each.ip not in others]
    return [each for each in free if _confirms(noun, each)] or free


def apply(planned: Planned[models.IpAssignment], noun: IpAddress, run: Run) -> Flow[None]:
    """Allocate the address. One that is billed and that the app may have twice is never asked for twice."""
    if planned.action == "none":
        run.record(planned, planned.observed, changed=False)
        return
    app = noun.app_name
    known = {address.ip for address in run.context.world[app].addresses}
    known |= run.options.departed.ids((yield from now()))
    owner = yield from _read_owner(noun, run)
    wanted = [change.after for change in planned.changes]
    request = _request(noun, wanted[0], owner)

    lost = False

    def create() -> Flow[list[models.IpAssignment]]:
        nonlocal lost
        try:
            made = yield from call(request)
        except FlyError as error:
            lost = lost or error.maybe_applied
            raise
        run.answered[noun] = tuple(address.ip for address in made)
        return made

    def find_new() -> Flow[list[list[models.IpAssignment]]]:
        listed = yield from read_together(run, app, _ops.list_addresses)
        taken = known | run.answered_to_others(noun)
        fresh = [each for each in matching(noun, listed, owner) if each.ip not in taken]
        return _sets(fresh, _PAIR if wanted == ["egress_pair"] else frozenset(wanted))

    try:
        made = yield from create_once(create, find_new, str(noun), _spell, free=wanted[0] in _FREE)
    except (ConflictError, UnprocessableError) as refused:
        # Another process may have been faster with what an app has only one of (IP-6).
        sets = yield from _find_refused(noun, refused, find_new)
        if not sets and not _says_there_is_one(noun, refused):
            raise
        found = sets[0][0] if sets else None
        notes = () if found else (f"not listed, but there by the words of a refusal: {refused.message}",)
        there = attrs.evolve(planned, action="none", changes=(), notes=notes)
        run.record(there, found, changed=False)
        return
    run.last_created = yield from now()
    if noun not in run.answered:
        run.found.add(noun)
        if not lost:
            run.record(planned, planned.observed or made[0], changed=False, action="none", changes=())
            return
    run.record(planned, planned.observed or made[0])


def _read_owner(noun: IpAddress, run: Run) -> Flow[models.App | None]:
    """Return the app whose organisation and network a private address is for; of others, what is known."""
    owner = run.context.state(noun).app
    if noun.type == "private_v6" and (owner is None or _readings.org_slug(owner) is None):
        owner = yield from call(_ops.get_app(noun.app_name))
    return owner


def _request(noun: IpAddress, kind: str, owner: models.App | None) -> Call[list[models.IpAssignment]]:
    """Build the request: a private address names its organisation (IP-13), and no other kind does.

    The organisation's default network is the one that is not named, however answers spell it (IP-4, IP-12).
    """
    network, is_private = _wanted(noun, owner)["network"], kind == "private_v6"
    return _ops.create_address(
        noun.app_name,
        kind,
        region=noun.region,
        network=None if is_private and network == _readings.DEFAULT_NETWORK else network,
        org=_readings.org_slug(owner) if is_private and owner else None,
        service_name=noun.service_name,
    )


def _find_refused(
    noun: IpAddress,
    refused: ConflictError | UnprocessableError,
    find_new: Callable[[], Flow[list[list[models.IpAssignment]]]],
) -> Flow[list[list[models.IpAssignment]]]:
    """Return what another process has made meanwhile; of a shared address, look more than once."""
    sets = yield from find_new()
    for pause in _LOOKS_S if _says_there_is_one(noun, refused) else ():
        if sets:
            return sets
        yield from sleep(pause)
        sets = yield from find_new()
    return sets


def _says_there_is_one(noun: IpAddress, refused: ConflictError | UnprocessableError) -> bool:
    """Return whether the refusal proves that the app has its one shared address; lists may lack it."""
    one_only = noun.type == "shared_v4" and not isinstance(refused, QuotaExceededError)
    return one_only and _ONE_ONLY.search(refused.message) is not None


def _sets(fresh: Sequence[models.IpAssignment], kinds: frozenset[str]) -> list[list[models.IpAssignment]]:
    """Group new addresses into what one request makes; a pair that is half there has not appeared yet."""
    rows = [[each for each in _by_age(fresh) if type_of(each) == kind] for kind in sorted(kinds)]
    if min(len(row) for row in rows) == 0:
        return []
    longest = max(len(row) for row in rows)
    return [[row[min(index, len(row) - 1)] for row in rows] for index in range(longest)]


def settle(nouns: Sequence[IpAddress], run: Run) -> Flow[None]:
    """List once more after creating: of two made by a race, the later one goes, if it is ours.

    Raises:
        OutcomeUnknownError: Two are there, and the answer that names ours was lost.
    """
    app = nouns[0].app_name
    known = {address.ip for address in run.context.world[app].addresses}
    known |= run.options.departed.ids((yield from now()))

    def fresh_of(noun: IpAddress, listed: Sequence[models.IpAssignment]) -> list[models.IpAssignment]:
        others = known | run.answered_to_others(noun)
        fitting = matching(noun, listed, run.context.state(noun).app)
        return [address for address in fitting if address.ip not in others]

    def unanswered(listed: Sequence[models.IpAssignment]) -> list[IpAddress]:
        lost = [noun for noun in nouns if noun not in run.answered]
        return [noun for noun in lost if _has_twins(fresh_of(noun, listed))]

    listed = yield from list_settled(
        lambda: call(_ops.list_addresses(app)), lambda listed: bool(unanswered(listed))
    )
    for noun in nouns:
        ours = run.answered.get(noun, ())
        fresh = fresh_of(noun, listed)
        # Of pairs, the IPv4 halves tell whose came first. One that was only found may be a rival's, who
        # releases it if it is not the first.
        mine = [address for address in fresh if address.ip in ours]
        model = mine[0] if mine else None if ours else run.outcomes[noun].resource
        rivals = [each for each in fresh if model is not None and _is_twin(each, model)]
        first = min(rivals, key=_age, default=None)
        if first is not None and first.ip not in ours:
            for ip in ours:
                yield from _delete(app, ip)
            run.outcomes[noun] = attrs.evolve(run.outcomes[noun], model=first)
    for noun in unanswered(listed):
        raise unclear(noun, (address.ip for address in fresh_of(noun, listed)))


def _is_twin(one: models.IpAssignment, other: models.IpAssignment) -> bool:
    """Return whether both are of one kind and place: one elsewhere may belong to another description."""
    regions = {_stated(each)["region"] for each in (one, other)}
    return type_of(one) == type_of(other) and len(regions - {None}) <= 1


def _has_twins(addresses: Sequence[models.IpAssignment]) -> bool:
    return len({type_of(address) for address in addresses}) < len(addresses)


def _spell(addresses: Sequence[models.IpAssignment]) -> str:
    return " and ".join(address.ip for address in addresses)


def destroy(planned: Planned[models.IpAssignment], noun: IpAddress, run: Run) -> Flow[None]:
    """Release the address, or both of a pair; absent is success."""
    if planned.action != "none":
        for address in _released(noun, run.context):
            yield from _delete(noun.app_name, address.ip)
            yield from remember_gone(run, [address.ip])
    run.record(planned, planned.observed, changed=planned.action != "none")


def _delete(app: str, ip: str) -> Flow[None]:
    """Release an address; a 404 counts if the list lacks it as well."""

    def is_there() -> Flow[bool]:
        return any(each.ip == ip for each in (yield from call(_ops.list_addresses(app))))

    yield from delete_surely(f"Address {ip}", lambda: call(_ops.delete_address(app, ip)), is_there)
