"""The internal parts that the command line and `flytoml` use; they use nothing else that is not public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from fly_resources._engine.clock import Clock, SystemClock
from fly_resources._engine.effects import call
from fly_resources._http.address import find_base_url
from fly_resources._http.network import Network, find_network
from fly_resources._nouns.addresses import BILLED as BILLED_ADDRESSES
from fly_resources._nouns.addresses import type_of
from fly_resources._nouns.machine.live import describe
from fly_resources._nouns.machine.marks import deployed_by_flyctl
from fly_resources._nouns.machine.running import describe_exit, failing_checks, has_checks
from fly_resources._nouns.staleness import check_shown
from fly_resources._nouns.witnesses import read_whole
from fly_resources._sdk.reading import (
    config_of,
    given,
    has_config,
    is_dying,
    is_live,
    is_one_off,
    is_reachable,
    org_slug,
)
from fly_resources._sdk.requests import (
    list_addresses,
    list_certificates,
    list_machines,
    list_secrets,
    list_volumes,
)
from fly_resources._verbs.live import OWN_CERTIFICATE, address_fields, app_fields, volume_fields
from fly_resources._verbs.verbs import wait_for_all

if TYPE_CHECKING:
    from fly_resources._engine.blocking import BlockingDriver
    from fly_resources._engine.effects import Flow, Request

__all__ = [
    "BILLED_ADDRESSES",
    "OWN_CERTIFICATE",
    "Clock",
    "Network",
    "SystemClock",
    "address_fields",
    "app_fields",
    "check_shown",
    "config_of",
    "deployed_by_flyctl",
    "describe",
    "describe_exit",
    "failing_checks",
    "find_base_url",
    "find_network",
    "given",
    "has_checks",
    "has_config",
    "is_dying",
    "is_live",
    "is_one_off",
    "is_reachable",
    "list_addresses",
    "list_certificates",
    "list_machines",
    "list_secrets",
    "list_volumes",
    "org_slug",
    "read_whole",
    "run",
    "send",
    "type_of",
    "volume_fields",
    "wait_for_all",
]

T = TypeVar("T")


class _Fly(Protocol):
    """A `Fly`, which is above this module."""

    def _driver(self) -> BlockingDriver: ...


def run(fly: _Fly, flow: Flow[T]) -> T:
    """Carry out a flow as the verbs of this client are carried out."""
    return fly._driver().run(flow)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # not for users


def send(fly: _Fly, request: Request[T]) -> T:
    """Send one request of the verbs, and return its answer."""
    return run(fly, call(request))
