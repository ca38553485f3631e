"""IP addresses: matched by what the answer says; allocating again would add another (IP-2, IP-6)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

import attrs

from fly_resources import _ops
from fly_resources._effects import Flow, call, now
from fly_resources._flows.ambiguous import create_once
from fly_resources._flows.run import Context, Run, call_on_app, destroy_step
from fly_resources.errors import AmbiguousMatchError, ConflictError, NotFoundError, UnprocessableError
from fly_resources.report import Change, Planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fly_machines import models

    from fly_resources.resources import IpAddress

#: Billed, and gone for good when released.
DEDICATED: Final = frozenset({"v4", "egress_v4", "egress_v6"})
_PAIR: Final = frozenset({"egress_v4", "egress_v6"})
_BILLED: Final = DEDICATED | {"egress_pair"}


def type_of(address: models.IpAssignment) -> str:
    """Tell the type from the address: the service does not name it (IP-2)."""
    family = "v4" if "." in address.ip else "v6"
    if _ops.given(address.egress):
        return f"egress_{family}"
    if family == "v4":
        return "shared_v4" if _ops.given(address.shared) else "v4"
    return "private_v6" if address.ip.lower().startswith("fd") else "v6"


def matching(noun: IpAddress, addresses: Iterable[models.IpAssignment]) -> list[models.IpAssignment]:
    """Return the addresses that `noun` describes, in the service's order."""
    return [address for address in addresses if _matches(noun, address)]


def _matches(noun: IpAddress, address: models.IpAssignment) -> bool:
    kind = type_of(address)
    if kind != noun.type and not (noun.type == "egress_pair" and kind in _PAIR):
        return False
    network = _ops.given(address.network)
    stated = {
        "region": _ops.given(address.region),
        "service_name": _ops.given(address.service_name),
        "network": _ops.given(network.name) if network else None,
    }
    # An answer may leave these out (IP-5): only a stated and different value is another address.
    return all(
        getattr(noun, field) is None or value in {None, "", getattr(noun, field)}
        for field, value in stated.items()
    )


def find(noun: IpAddress, context: Context) -> models.IpAssignment | None:
    """Return the first address that fits."""
    return next(iter(matching(noun, context.state(noun).addresses)), None)


def diff(noun: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Look whether an address of this kind is there."""
    found = matching(noun, context.state(noun).addresses)
    kinds = {type_of(address) for address in found}
    if kinds >= (_PAIR if noun.type == "egress_pair" else {noun.type}):
        return Planned(noun, "none", observed=found[0])
    notes = ("billed monthly",) if noun.type in _BILLED else ()
    return Planned(noun, "create", (Change("type", None, noun.type),), notes)


def diff_destroy(noun: IpAddress, context: Context) -> Planned[models.IpAssignment]:
    """Look what would be released.

    Raises:
        AmbiguousMatchError: Several addresses fit, and nothing says which one is meant.
    """
    found = matching(noun, context.state(noun).addresses)
    if len(found) > 1 and noun.type != "egress_pair":
        listed = [address.ip for address in found]
        raise AmbiguousMatchError(
            f"{noun}: {len(found)} addresses fit: {', '.join(listed)}. Release the right one by its address "
            "(ip_assignments_delete in the SDK).",
            candidates=listed,
        )
    return destroy_step(noun, found[0] if found else None)


def apply(planned: Planned[models.IpAssignment], noun: IpAddress, run: Run) -> Flow[None]:
    """Allocate the address. One of a kind that the app may have twice is never asked for twice."""
    if planned.action == "none":
        run.record(planned, planned.observed, changed=False)
        return
    app = noun.app_name
    known = {address.ip for address in run.context.world[app].addresses}
    network = noun.network
    owner = run.context.state(noun).app
    if network is None and noun.type == "private_v6" and owner is not None:
        # The service would take the organisation's default network, not the app's own (IP-4).
        network = _ops.given(owner.network) or None

    def create() -> Flow[models.IpAssignment]:
        request = _ops.create_address(app, noun.type, noun.region, network, noun.service_name)
        return (yield from call_on_app(run, app, lambda: request))

    def find_new() -> Flow[list[models.IpAssignment]]:
        listed = yield from call(_ops.list_addresses(app))
        return [address for address in matching(noun, listed) if address.ip not in known]

    try:
        model = yield from create_once(create, find_new, str(noun))
    except (ConflictError, UnprocessableError):
        # Another process may have been faster with what an app has only one of (IP-6).
        found = yield from find_new()
        if not found:
            raise
        run.record(planned, found[0], changed=False, action="none", changes=())
        return
    run.last_created = yield from now()
    run.record(planned, model)


def settle(nouns: Sequence[IpAddress], run: Run) -> Flow[None]:
    """List once more after creating: of two made by a race, the later one goes, if it is ours."""
    app = nouns[0].app_name
    listed = yield from call(_ops.list_addresses(app))
    for noun in nouns:
        ours = run.outcomes[noun].resource
        rivals = matching(noun, listed)
        known = {address.ip for address in run.context.world[app].addresses}
        known |= {run.outcomes[other].resource.ip for other in nouns if other != noun}
        fresh = [address for address in rivals if address.ip not in known]
        if noun.type == "egress_pair" or ours.ip not in {address.ip for address in fresh}:
            continue
        first = min(fresh, key=lambda address: (_ops.moment(address.created_at), address.ip))
        if first.ip != ours.ip:
            yield from _delete(app, ours.ip)
            run.outcomes[noun] = attrs.evolve(run.outcomes[noun], model=first)


def destroy(planned: Planned[models.IpAssignment], noun: IpAddress, run: Run) -> Flow[None]:
    """Release the address, or both of a pair; absent is success."""
    if planned.action != "none":
        for address in matching(noun, run.context.state(noun).addresses):
            yield from _delete(noun.app_name, address.ip)
    run.record(planned, planned.observed, changed=planned.action != "none")


def _delete(app: str, ip: str) -> Flow[None]:
    with contextlib.suppress(NotFoundError):
        yield from call(_ops.delete_address(app, ip))
