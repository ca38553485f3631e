import sys
from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
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
    """The request, as `httpx.Client.request` takes it."""

    params: dict[str, Any] = {}

    params["from_event_id"] = from_event_id

    params["instance_id"] = instance_id

    json_state: list[str] | str | Unset
    if isinstance(state, Unset):
        json_state = UNSET
    elif isinstance(state, list):
        json_state = []
        for state_type_0_item_data in state:
            state_type_0_item: str
            if isinstance(state_type_0_item_data, WaitState):
                state_type_0_item = state_type_0_item_data.value
            else:
                state_type_0_item = state_type_0_item_data
            json_state.append(state_type_0_item)

    elif isinstance(state, WaitState):
        json_state = state.value
    else:
        json_state = state
    params["state"] = json_state

    params["timeout"] = timeout

    params["version"] = version

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/wait",
        "params": params,
    }

    return _kwargs


def _unexpected(response: httpx.Response) -> Exception:
    kind = response.extensions.get("unexpected", errors.UnexpectedStatus)
    return cast("Exception", kind(response.status_code, response.content))


def parse(response: httpx.Response) -> WaitMachineResponse:
    """What a success answers; anything else is raised."""
    if response.status_code == 200:
        try:
            response_body = response.json()
            if not isinstance(response_body, dict):
                raise TypeError("another kind of JSON value than declared")
            response_200 = WaitMachineResponse.from_dict(response_body)

            return response_200

        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise _unexpected(response) from error
    raise _unexpected(response)


def _build_response(*, response: httpx.Response) -> Response[WaitMachineResponse]:
    parsed = parse(response)
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


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
        Status, headers, raw content and what `sync` returns, as `parsed`.
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

    return _build_response(response=client.get_httpx_client().request(**kwargs))


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
        Status, headers, raw content and what `asyncio` returns, as `parsed`.
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

    return _build_response(response=await client.get_async_httpx_client().request(**kwargs))


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
