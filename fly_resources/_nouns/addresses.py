"""IP addresses: matched by what the answer says, because allocating again adds another one (IP-2, IP-6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources._engine.effects import Flow, call, now
from fly_resources._nouns.existence import delete_surely, look_until
from fly_resources._nouns.lost_answers import create_once, list_settled, unclear
from fly_resources._nouns.regions import allows, places
from fly_resources._nouns.run import Context, Run, destroy_step, remember_gone
from fly_resources._sdk import reading, requests
from fly_resources.errors import (
    AmbiguousMatchError,
    ConflictError,
    ContradictionError,
    OutcomeUnknownError,
    QuotaExceededError,
    UnprocessableError,
)
from fly_resources.report import Change, Planned
from fly_resources.resources import IpAddress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Sequence

    from fly_machines import models

    from fly_resources._engine.effects import Call

#: Types that are billed, and lost for good when released.
DEDICATED: Final = frozenset({"v4", "egress_v4", "egress_v6"})
_PAIR: Final = frozenset({"egress_v4", "egress_v6"})
BILLED: Final = DEDICATED | {"egress_pair"}
#: Types of which a second one costs nothing, and the next list shows it.
_FREE: Final = frozenset({"shared_v4", "v6", "private_v6"})
#: How a refusal says that the app already has its only one; the text is not recorded (IP-6).
_ONE_ONLY: Final = re.compile(r"already|exist|only one|at most one", re.IGNORECASE)
#: Seconds between reads for an address that a refusal mentions.
_LOOKS_S: Final = (1.0, 2.0, 4.0)
#: The ways in which no region is expressed.
_ANYWHERE: Final = frozenset({None, "", "global"})


def type_of(address: models.IpAssignment) -> str:
    """Derive the type from the address, because the service does not state it (IP-2)."""
    family = "v4" if "." in address.ip else "v6"
    if reading.given(address.egress):
        return f"egress_{family}"
    if family == "v4":
        return "shared_v4" if reading.given(address.shared) else "v4"
    return "private_v6" if address.ip.lower().startswith("fd") else "v6"


def matching(
    resource: IpAddress, found: Iterable[models.IpAssignment], app: models.App | None = None
) -> list[models.IpAssignment]:
    """Return the addresses that `resource` may mean, in the service's order.

    `app` determines the private network of a private_v6 without one, and its organisation; None if unknown.
    """
    return [address for address in found if _matches(resource, address, app)]


def _matches(resource: IpAddress, address: models.IpAssignment, app: models.App | None) -> bool:
    kind = type_of(address)
    if kind not in _kinds(resource):
        return False
    if kind == "shared_v4":
        # An app has one (IP-6).
        return True
    if _is_anothers(address, app):
        return False
    wanted, stated = _wanted(resource, app), _stated(address)
    # An answer may omit these (IP-5), so only a stated, different value makes it another address.
    return all(
        value is None
        or stated[field] in {None, value}
        # The region that the service chose satisfies a list of regions or an alias (MA-3).
        or (field == "region" and allows(value, stated[field]))
        for field, value in wanted.items()
    )


def _wanted(resource: IpAddress, app: models.App | None) -> dict[str, str | None]:
    """Return the declared values except the type. A private address without a network gets the app's own.

    If the app states none, that is the organisation's default network.
    """
    network = resource.network
    if resource.type == "private_v6" and network is None and app is not None:
        network = reading.network_name(app) or reading.DEFAULT_NETWORK
    return {"region": resource.region, "service_name": resource.service_name, "network": network}


def _is_anothers(address: models.IpAssignment, app: models.App | None) -> bool:
    """Return whether the address is on a private network of an organisation other than the app's."""
    network = reading.given(address.network)
    theirs = reading.given(network.org_slug) if network else None
    ours = reading.org_slug(app) if app else None
    return bool(theirs and ours and theirs != ours and reading.DEFAULT_ORG not in {theirs, ours})


def _is_vague(resource: IpAddress, address: models.IpAssignment) -> bool:
    """Return whether the region fits only by an alias; which regions that covers, only the service knows."""
    region = _stated(address)["region"]
    named = {None, resource.region, *places(resource.region or "")}
    return type_of(address) != "shared_v4" and resource.region is not None and region not in named


def _kinds(resource: IpAddress) -> frozenset[str]:
    return _PAIR if resource.type == "egress_pair" else frozenset({resource.type})


def _stated(address: models.IpAssignment) -> dict[str, str | None]:
    """Return the other values in the answer; tools show "global" for no region (IP-5)."""
    region = reading.given(address.region)
    return {
        "region": None if region in _ANYWHERE else region,
        "service_name": reading.given(address.service_name) or None,
        "network": reading.network_name(address),
    }


def found_for(resource: IpAddress, context: Context) -> list[models.IpAssignment]:
    """Return the addresses matched to `resource`; no address is matched to two resources of a call.

    Resources whose values the answer confirms are matched before those that it merely does not contradict. If
    two addresses fit, the older one is taken: it stays if both come from a race that is not settled yet.
    """
    taken = _taken(resource.app_name, context)
    return [each for each in _by_age(context.state(resource).addresses) if taken.get(each.ip) == resource]


def _taken(app: str, context: Context) -> dict[str, IpAddress]:
    """Return the resource that each matched address of the app belongs to, by its IP."""
    state = context.world[app]
    by_age, rivals = _by_age(state.addresses), context.described.of_kind(IpAddress, app)
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
    return taken


def _wishes(resource: IpAddress) -> int:
    return sum(value is not None for value in (resource.region, resource.service_name, resource.network))


def _confirms(resource: IpAddress, address: models.IpAssignment) -> bool:
    stated = _stated(address)
    return all(value in {None, stated[field]} for field, value in _wanted(resource, None).items())


def find(resource: IpAddress, context: Context) -> models.IpAssignment | None:
    """Return the first address matched to the resource, or None."""
    return next(iter(found_for(resource, context)), None)


def is_missing(resource: IpAddress, context: Context) -> bool:
    """Return whether the address, or half of a pair, is missing."""
    return bool(_missing(resource, found_for(resource, context)))


def diff(resource: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Plan the address: check whether it exists, or both halves of a pair.

    Raises:
        ContradictionError: It is billed, and the service does not say which addresses there are.
    """
    found = found_for(resource, context)
    missing = _missing(resource, found)
    if not missing:
        vague = (each for each in found if _is_vague(resource, each))
        taken = tuple(f"{each.ip} in {_stated(each)['region']} counts as {resource.region}" for each in vague)
        return Planned(resource, "none", notes=taken, observed=found[0])
    if resource.type in BILLED and context.state(resource).addresses_null:
        raise ContradictionError(
            f"{resource}: the list of the app's addresses is null, which does not say that there are none, "
            "and another one would be billed. Compare with fly ips list. If there are none, allocate a free "
            "one first (type v6): the list then shows it."
        )
    notes = ("billed monthly",) if resource.type in BILLED else ()
    changes = tuple(Change("type", None, kind) for kind in missing)
    return Planned(resource, "create", changes, notes, found[0] if found else None)


def _age(address: models.IpAssignment) -> tuple[dt.datetime, str]:
    return reading.moment(address.created_at), address.ip


def _by_age(addresses: Sequence[models.IpAssignment]) -> list[models.IpAssignment]:
    """Sort the addresses so that the one to keep comes first; pairs are ordered by their IPv4 halves.

    The answer does not say which halves belong to a pair; they are listed in the order of their creation.
    """
    fours = [each for each in addresses if type_of(each) == "egress_v4"]
    sixes = [each for each in addresses if type_of(each) == "egress_v6"]
    mates: dict[str, models.IpAssignment] = {six.ip: four for four, six in zip(fours, sixes, strict=False)}
    return sorted(addresses, key=lambda address: _age(mates.get(address.ip) or address))


def _missing(resource: IpAddress, found: Sequence[models.IpAssignment]) -> list[str]:
    """Return the types to request: of a pair, only the missing half; a second pair would be a surplus."""
    missing = sorted(_kinds(resource) - {type_of(address) for address in found})
    return [resource.type] if len(missing) > 1 else missing


def diff_destroy(resource: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Plan the release of the address.

    Raises:
        AmbiguousMatchError: Several addresses fit and nothing tells which one is meant, or one fits only by a
            region alias.
    """
    found = _released(resource, context)
    unsure = _why_unsure(resource, found, context)
    if unsure is not None:
        listed = [address.ip for address in found]
        raise AmbiguousMatchError(
            f"{resource}: {len(found)} addresses match, {unsure}: {', '.join(listed)}. Release the right one "
            "by its address (ip_assignments_delete in the SDK).",
            candidates=listed,
        )
    return destroy_step(resource, found[0] if found else None)


def _why_unsure(resource: IpAddress, found: Sequence[models.IpAssignment], context: Context) -> str | None:
    """Return why the address is ambiguous; None if it is not, or if all go with the app anyway."""
    with_app = context.names_app_of(resource)
    if not with_app and any(_is_vague(resource, address) for address in found):
        return "but only through a region alias"
    network = _wanted(resource, context.state(resource).app)["network"]
    is_told = all(_stated(each)["network"] for each in found)
    if not with_app and network not in {None, reading.DEFAULT_NETWORK} and not is_told:
        return "but only because the response does not state its network"
    several = _has_twins(found) and not (with_app and context.options.everything)
    return "and nothing tells which one is meant" if several else None


def _released(resource: IpAddress, context: Context) -> list[models.IpAssignment]:
    """Return the fitting addresses not matched to others, preferably those that confirm all values."""
    state = context.state(resource)
    taken = _taken(resource.app_name, context)
    fitting = matching(resource, state.addresses, state.app)
    free = [each for each in fitting if taken.get(each.ip, resource) == resource]
    return [each for each in free if _confirms(resource, each)] or free


def apply(planned: Planned[models.IpAssignment], resource: IpAddress, run: Run) -> Flow[None]:
    """Allocate the address. A billed address that an app can have twice is never requested twice."""
    wanted = [change.after for change in planned.changes]
    yield from _read_owner(resource, run)
    known = yield from _known(resource.app_name, run)

    def find_new() -> Flow[list[list[models.IpAssignment]]]:
        listed = yield from call(requests.list_addresses(resource.app_name))
        fresh = _fresh(resource, listed, known, run)
        return _sets(fresh, _PAIR if wanted == ["egress_pair"] else frozenset(wanted))

    request, is_free = _request(resource, wanted[0], run), wanted[0] in _FREE
    try:
        made = yield from create_once(lambda: call(request), find_new, str(resource), _spell, free=is_free)
    except (ConflictError, UnprocessableError) as refused:
        return (yield from _take_refused(planned, resource, refused, find_new, run))
    run.note_created(resource, *(address.ip for address in made.thing if made.answered))
    run.last_created = yield from now()
    if not made.answered and not made.lost:
        planned = attrs.evolve(planned, action="none", changes=(), notes=())
    run.record(planned, planned.observed or made.thing[0], changed=planned.action != "none")


def _fresh(
    resource: IpAddress, listed: Iterable[models.IpAssignment], known: Collection[str], run: Run
) -> list[models.IpAssignment]:
    """Return the new addresses that `resource` may mean and no answer named as another resource's."""
    found = matching(resource, listed, run.context.state(resource).app)
    return [each for each in found if each.ip not in known and not run.is_claimed_by_other(resource, each.ip)]


def _known(app: str, run: Run) -> Flow[frozenset[str]]:
    """Return the addresses that existed before this run or are gone, whatever a list says."""
    listed = {address.ip for address in run.context.world[app].addresses}
    return run.options.departed.ids((yield from now())) | listed


def _take_refused(
    planned: Planned[models.IpAssignment],
    resource: IpAddress,
    refused: ConflictError | UnprocessableError,
    find_new: Callable[[], Flow[list[list[models.IpAssignment]]]],
    run: Run,
) -> Flow[None]:
    """Adopt an address that another process created first, if an app can have only one of it (IP-6)."""
    is_only = _says_there_is_one(resource, refused)
    sets = yield from look_until(find_new, bool, _LOOKS_S if is_only else ())
    if not sets and not is_only:
        raise refused
    notes = () if sets else (f"not listed, but a refusal says that it exists: {refused.message}",)
    run.record_as_found(planned, sets[0][0] if sets else None, *notes)


def _read_owner(resource: IpAddress, run: Run) -> Flow[None]:
    """Read the app again if a private address needs its organisation, which is not known."""
    state = run.context.state(resource)
    if resource.type == "private_v6" and (state.app is None or reading.org_slug(state.app) is None):
        state.app = yield from call(requests.get_app(resource.app_name))


def _request(resource: IpAddress, kind: str, run: Run) -> Call[list[models.IpAssignment]]:
    """Build the request; only a private address names its organisation (IP-13).

    The organisation's default network is never named in a request, however answers spell it (IP-4, IP-12).
    """
    owner, is_private = run.context.state(resource).app, kind == "private_v6"
    network = _wanted(resource, owner)["network"]
    return requests.create_address(
        resource.app_name,
        kind,
        region=resource.region,
        network=None if is_private and network == reading.DEFAULT_NETWORK else network,
        org=reading.org_slug(owner) if is_private and owner else None,
        service_name=resource.service_name,
    )


def _says_there_is_one(resource: IpAddress, refused: ConflictError | UnprocessableError) -> bool:
    """Return whether the refusal proves that the app has its one shared address; lists may lack it."""
    one_only = resource.type == "shared_v4" and not isinstance(refused, QuotaExceededError)
    return one_only and _ONE_ONLY.search(refused.message) is not None


def _sets(fresh: Sequence[models.IpAssignment], kinds: frozenset[str]) -> list[list[models.IpAssignment]]:
    """Group new addresses by request; a pair with only one half has not appeared yet."""
    rows = [[each for each in _by_age(fresh) if type_of(each) == kind] for kind in sorted(kinds)]
    longest = max(map(len, rows)) if all(rows) else 0
    return [[row[min(index, len(row) - 1)] for row in rows] for index in range(longest)]


def settle(resources: Sequence[IpAddress], run: Run) -> Flow[None]:
    """List once more after creating: if a race created two addresses, release the later one if it is ours.

    Raises:
        OutcomeUnknownError: There are two, and the answer that names ours was lost; or no list shows a billed
            one.
    """
    app = resources[0].app_name
    known = yield from _known(app, run)

    def unanswered(listed: Sequence[models.IpAssignment]) -> list[IpAddress]:
        lost = [resource for resource in resources if not run.created[resource]]
        return [resource for resource in lost if _has_twins(_fresh(resource, listed, known, run))]

    def unseen(listed: Sequence[models.IpAssignment]) -> list[IpAddress]:
        shown = {each.ip for each in listed}
        return [each for each in resources if each.type in BILLED and not shown.issuperset(run.created[each])]

    listed = yield from list_settled(
        lambda: call(requests.list_addresses(app)), lambda listed: bool(unanswered(listed) or unseen(listed))
    )
    for resource in resources:
        yield from _settle_one(resource, _fresh(resource, listed, known, run), run)
    for resource in unanswered(listed):
        raise unclear(resource, (address.ip for address in _fresh(resource, listed, known, run)))
    for resource in unseen(listed):
        made = " and ".join(run.created[resource])
        raise OutcomeUnknownError(
            f"{resource}: the service allocated {made}, which no list shows. Run it again only when fly ips "
            "list does: until then, each run allocates another one.",
            method="POST",
            route="",
        )


def _settle_one(resource: IpAddress, fresh: Sequence[models.IpAssignment], run: Run) -> Flow[None]:
    """Release our address if another one came first. Pairs are compared by their IPv4 halves.

    An address that was only found may belong to a competing process, which releases it if it is not the
    first.
    """
    ours = run.created[resource]
    mine = next((address for address in fresh if address.ip in ours), None)
    model = mine or (None if ours else run.outcomes[resource].model)
    rivals = [each for each in fresh if model is not None and _is_twin(each, model)]
    first = min(rivals, key=_age, default=None)
    if first is not None and first.ip not in ours:
        for ip in ours:
            yield from _delete(resource.app_name, ip)
        run.outcomes[resource] = attrs.evolve(run.outcomes[resource], observed=first)


def _is_twin(one: models.IpAssignment, other: models.IpAssignment) -> bool:
    """Return whether both have the same type and region; one elsewhere may belong to another description."""
    regions = {_stated(each)["region"] for each in (one, other)}
    return type_of(one) == type_of(other) and len(regions - {None}) <= 1


def _has_twins(addresses: Sequence[models.IpAssignment]) -> bool:
    return len({type_of(address) for address in addresses}) < len(addresses)


def _spell(addresses: Sequence[models.IpAssignment]) -> str:
    return " and ".join(address.ip for address in addresses)


def destroy(planned: Planned[models.IpAssignment], resource: IpAddress, run: Run) -> Flow[None]:
    """Release the address, or both of a pair. An absent address is a success."""
    for address in _released(resource, run.context):
        yield from _delete(resource.app_name, address.ip)
        yield from remember_gone(run, [address.ip])
    run.record(planned, planned.observed)


def _delete(app: str, ip: str) -> Flow[None]:
    """Release an address; a 404 counts as success only if the list lacks the address as well."""

    def is_there() -> Flow[bool]:
        return any(each.ip == ip for each in (yield from call(requests.list_addresses(app))))

    yield from delete_surely(f"Address {ip}", lambda: call(requests.delete_address(app, ip)), is_there)
