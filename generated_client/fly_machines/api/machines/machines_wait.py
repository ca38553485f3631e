import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.wait_machine_response import WaitMachineResponse
from ...models.wait_state import WaitState
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str,
    machine_id: str,
    *,
    from_event_id: str | Unset = UNSET,
    instance_id: str | Unset = UNSET,
    state: list[str | WaitState] | str | Unset | WaitState = UNSET,
    timeout: int | Unset = UNSET,
    version: str | Unset = UNSET,
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "get",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/wait",
        query={
            "from_event_id": from_event_id,
            "instance_id": instance_id,
            "state": state,
            "timeout": timeout,
            "version": version,
        },
    )


def parse(response: httpx.Response) -> WaitMachineResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), WaitMachineResponse.from_dict)


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    from_event_id: str | Unset = UNSET,
    instance_id: str | Unset = UNSET,
    state: list[str | WaitState] | str | Unset | WaitState = UNSET,
    timeout: int | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[WaitMachineResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        from_event_id=from_event_id,
        instance_id=instance_id,
        state=state,
        timeout=timeout,
        version=version,
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    from_event_id: str | Unset = UNSET,
    instance_id: str | Unset = UNSET,
    state: list[str | WaitState] | str | Unset | WaitState = UNSET,
    timeout: int | Unset = UNSET,
    version: str | Unset = UNSET,
) -> WaitMachineResponse:
    """Wait until a Machine is in a state

    Returns as soon as it is, at once if it is already, and answers 408 when the timeout is over. The
    client's own timeout has to be longer. 404 means that it is gone, which is what a wait for
    `destroyed` wants.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        from_event_id (str | Unset): Wait for what comes after this event.
        instance_id (str | Unset): Older name of `version`; some servers want it when waiting for
            `stopped`.
        state (list[str | WaitState] | str | Unset | WaitState): States to wait for, any of which
            will do. Default: `started`.
        timeout (int | Unset): Seconds to wait, 1 to 60. Default: 60.
        version (str | Unset): Version of the Machine that has to be in the state.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        WaitMachineResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        from_event_id=from_event_id,
        instance_id=instance_id,
        state=state,
        timeout=timeout,
        version=version,
    )
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    from_event_id: str | Unset = UNSET,
    instance_id: str | Unset = UNSET,
    state: list[str | WaitState] | str | Unset | WaitState = UNSET,
    timeout: int | Unset = UNSET,
    version: str | Unset = UNSET,
) -> Response[WaitMachineResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        from_event_id=from_event_id,
        instance_id=instance_id,
        state=state,
        timeout=timeout,
        version=version,
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    from_event_id: str | Unset = UNSET,
    instance_id: str | Unset = UNSET,
    state: list[str | WaitState] | str | Unset | WaitState = UNSET,
    timeout: int | Unset = UNSET,
    version: str | Unset = UNSET,
) -> WaitMachineResponse:
    """Wait until a Machine is in a state

    Returns as soon as it is, at once if it is already, and answers 408 when the timeout is over. The
    client's own timeout has to be longer. 404 means that it is gone, which is what a wait for
    `destroyed` wants.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        from_event_id (str | Unset): Wait for what comes after this event.
        instance_id (str | Unset): Older name of `version`; some servers want it when waiting for
            `stopped`.
        state (list[str | WaitState] | str | Unset | WaitState): States to wait for, any of which
            will do. Default: `started`.
        timeout (int | Unset): Seconds to wait, 1 to 60. Default: 60.
        version (str | Unset): Version of the Machine that has to be in the state.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        WaitMachineResponse
    """

    kwargs = request_parts(
        app_name=app_name,
        machine_id=machine_id,
        from_event_id=from_event_id,
        instance_id=instance_id,
        state=state,
        timeout=timeout,
        version=version,
    )
    return parse(await client.get_async_httpx_client().request(**kwargs))
