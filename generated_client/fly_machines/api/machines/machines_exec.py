import sys
from typing import Any

import httpx

from ...calls import detailed, parse_object, request
from ...client import AuthenticatedClient, Client
from ...models.exec_machine_request import ExecMachineRequest
from ...models.exec_machine_response import ExecMachineResponse
from ...types import UNSET, OperationModule, Response, Unset, segment

sys.modules[__name__].__class__ = OperationModule


def request_parts(
    app_name: str, machine_id: str, *, body: ExecMachineRequest, fly_machine_lease_nonce: str | Unset = UNSET
) -> dict[str, Any]:
    """Return the request, as `httpx.Client.request` takes it."""
    return request(
        "post",
        f"/apps/{segment(app_name)}/machines/{segment(machine_id)}/exec",
        headers={"fly-machine-lease-nonce": fly_machine_lease_nonce, "Content-Type": "application/json"},
        body=body,
    )


def parse(response: httpx.Response) -> ExecMachineResponse:
    """Return what a success answers; raise anything else."""
    return parse_object(response, (200,), ExecMachineResponse.from_dict)


def sync_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExecMachineRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[ExecMachineResponse]:
    """Do as `sync`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(client.get_httpx_client().request(**kwargs), parse)


def sync(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExecMachineRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> ExecMachineResponse:
    """Run a command on a Machine

    Returns exit code and output, also if the command failed. The Machine has to be started, and not
    leased by someone else.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (ExecMachineRequest): A command to run; `command` is needed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ExecMachineResponse
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return parse(client.get_httpx_client().request(**kwargs))


async def asyncio_detailed(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExecMachineRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> Response[ExecMachineResponse]:
    """Do as `asyncio`, and return the status, headers and content besides, as a `Response`."""
    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return detailed(await client.get_async_httpx_client().request(**kwargs), parse)


async def asyncio(
    app_name: str,
    machine_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: ExecMachineRequest,
    fly_machine_lease_nonce: str | Unset = UNSET,
) -> ExecMachineResponse:
    """Run a command on a Machine

    Returns exit code and output, also if the command failed. The Machine has to be started, and not
    leased by someone else.

    Args:
        app_name (str): Name of the app.
        machine_id (str): Id of the Machine.
        fly_machine_lease_nonce (str | Unset): Nonce of the lease that you hold on the Machine, if
            any.
        body (ExecMachineRequest): A command to run; `command` is needed.

    Raises:
        errors.UnexpectedStatus: The answer's status is not a success, or its body cannot be read.
        httpx.TransportError: No answer was received.

    Returns:
        ExecMachineResponse
    """

    kwargs = request_parts(
        app_name=app_name, machine_id=machine_id, body=body, fly_machine_lease_nonce=fly_machine_lease_nonce
    )
    return parse(await client.get_async_httpx_client().request(**kwargs))
