"""rollback: return to what an app ran before its last change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fly_resources._lazy import lazy
from fly_resources.cli._options import (
    AppArgument,
    Debug,
    Json,
    MaxUnavailable,
    OwnerOfMachines,
    Proxy,
    StepTimeout,
    TakeOver,
    Timeout,
    Yes,
)

if TYPE_CHECKING:
    from fly_resources.cli import _carrying, _session
else:
    _carrying = lazy("fly_resources.cli._carrying")
    _session = lazy("fly_resources.cli._session")


def rollback(
    name: AppArgument,
    *,
    yes: Yes = False,
    take_over: TakeOver = False,
    max_unavailable: MaxUnavailable = "1",
    owner: OwnerOfMachines = None,
    step_timeout: StepTimeout = 300.0,
    timeout: Timeout = None,
    as_json: Json = False,
    proxy: Proxy = None,
    debug: Debug = False,
) -> None:
    """Return an app's machines to what they ran before.

    The last change of the app is undone, machine by machine. Shows the plan, and asks first. Volumes, secrets
    and the file are not touched.
    """
    with _session.session("rollback", as_json=as_json, debug=debug, proxy=proxy) as run:
        limits: dict[str, Any] = {
            "max_unavailable": _carrying.unavailable(max_unavailable),
            "step_timeout_s": step_timeout,
            "timeout_s": timeout,
        }
        with run.connect(owner) as fly:
            resources = fly.last_good(name)
            _carrying.carry_out(
                run,
                fly,
                lambda: fly.plan(*resources, take_over=take_over),
                lambda planned: fly.ensure(*resources, plan=planned, take_over=take_over, **limits),
                agreed=yes,
                always=True,
            )
