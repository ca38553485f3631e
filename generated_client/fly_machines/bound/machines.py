"""The operations of `machines` as methods. Machines: virtual machines that start fast, their configs and their life."""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING

from .. import models
from ..types import UNSET, Unset
from . import AnyApp, AnyMachine, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    from .. import config_types
else:
    from . import config_types


class Machines(BlockingOperations):
    """Machines: virtual machines that start fast, their configs and their life."""

    _tag = "machines"

    def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        include_leases: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.Machine]:
        """List the Machines of an app

        Returns all of them; destroyed ones are left out unless asked for. While an answer has the header
        `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

        Args:
            app_name: Name of the app.
            cursor: Where to go on: the last page's header `fly-next-cursor`, good for 30 minutes from the
                first page on. Needs `limit`.
            include_deleted: Include destroyed Machines.
            include_leases: Include who holds a lease, without its nonce.
            limit: Machines a page, 1 to 1000. A page may hold fewer, or none, with more to come. Without it
                all Machines come at once.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out config, checks, events, host status and nonce.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.Machine] = self._call(
            "machines.machines_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "include_leases": include_leases,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        include_deleted: bool | Unset = UNSET,
        include_leases: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[models.Machine]:
        """List the Machines of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        Args:
            app_name: Name of the app.
            include_deleted: Include destroyed Machines.
            include_leases: Include who holds a lease, without its nonce.
            limit: Machines a page, 1 to 1000. A page may hold fewer, or none, with more to come. Without it
                all Machines come at once.
            region: Only those in this region.
            state: Only those in these states, as in `started,stopped`.
            summary: Leave out config, checks, events, host status and nonce.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        return self._pages(
            "machines.machines_list",
            "",
            {
                "app_name": app_name,
                "include_deleted": include_deleted,
                "include_leases": include_leases,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
            },
            timeout,
            headers,
        )

    def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateMachineRequest | config_types.CreateMachineRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Create a Machine

        Returns the Machine, which starts unless told otherwise; see `machines_wait`. A name that another
        Machine of the app has is refused with 409 and that Machine's id in the text; 408 may have created
        it; 412 and 422 can mean that there is no room.

        Args:
            app_name: Name of the app.
            body: A new Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Machine = self._call(
            "machines.machines_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        include_leases: bool | Unset = UNSET,
        version: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Get a Machine

        Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
        any more.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            include_leases: Include who holds a lease, without its nonce.
            version: Version to return instead of the current one.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Machine = self._call(
            "machines.machines_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "include_leases": include_leases,
                "version": version,
            },
            timeout,
            headers,
        )
        return answer

    def update(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMachineRequest | config_types.UpdateMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Replace the config of a Machine

        Returns the Machine with a new version. The config is replaced whole, so begin with the present one;
        a running Machine reboots, one that does not run stays as it is. If the new version cannot be
        started, Fly.io goes back to the former one later. Answers 409 while someone else has the lease, and
        if `current_version` is no longer current.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: A new config for a Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.Machine = self._call(
            "machines.machines_update",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def delete(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        force: bool | Unset = UNSET,
        kill: bool | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Destroy a Machine

        Returns at once, while the Machine goes from `destroying` to `destroyed`; its volume stays. Answers
        412 for one that runs, unless forced.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            force: Kill it if it runs. Default: false.
            kill: Older name of `force`.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_delete",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "force": force,
                "kill": kill,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    def cordon(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Take a Machine out of the proxy

        The proxy sends it no more requests; it goes on running.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_cordon",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    def list_events(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.MachineEvent]:
        """List the events of a Machine

        Returns the latest first: launches, starts, stops, exits and who caused them.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            limit: How many, up to 50. Default: 20.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.MachineEvent] = self._call(
            "machines.machines_list_events",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "limit": limit,
            },
            timeout,
            headers,
        )
        return answer

    def exec(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.ExecMachineRequest | config_types.ExecMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ExecMachineResponse:
        """Run a command on a Machine

        Returns exit code and output, also if the command failed. The Machine has to be started, and not
        leased by someone else.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: A command to run; `command` is needed.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ExecMachineResponse = self._call(
            "machines.machines_exec",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def get_memory(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMemory:
        """Get the memory limit of a Machine

        Returns the limit and what is available below it, in MiB.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.MachineMemory = self._call(
            "machines.machines_get_memory",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    def set_memory_limit(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.SetMemoryLimitRequest | config_types.SetMemoryLimitRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMemory:
        """Set the memory limit of a Machine

        Changes how much memory a running Machine may use, in MiB. Returns the new limit.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.MachineMemory = self._call(
            "machines.machines_set_memory_limit",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def reclaim_memory(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.ReclaimMemoryRequest | config_types.ReclaimMemoryRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ReclaimMemoryResponse:
        """Take unused memory back from a Machine

        Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.ReclaimMemoryResponse = self._call(
            "machines.machines_reclaim_memory",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def list_processes(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        order: str | Unset = UNSET,
        sort_by: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.ProcessStat]:
        """List the processes on a Machine

        Returns what runs on it, with use of CPU and memory and open ports.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            order: Direction to sort in.
            sort_by: Key to sort by.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.ProcessStat] = self._call(
            "machines.machines_list_processes",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "order": order,
                "sort_by": sort_by,
            },
            timeout,
            headers,
        )
        return answer

    def restart(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        signal: models.StopSignal | str | Unset = UNSET,
        timeout: int | str | Unset = UNSET,
        force_stop: bool | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        request_timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Restart a Machine

        Stops and starts it again, on the same host and with the same config.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            signal: Signal that asks the process to end. Default: SIGINT.
            timeout: How long to wait for the process to end before it is killed: a Go duration (`10s`) or a
                number of seconds.
            force_stop: Kill it at once. Default: false.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            request_timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_restart",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "signal": signal,
                "timeout": timeout,
                "force_stop": force_stop,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            request_timeout,
            headers,
        )
        return answer

    def signal(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.SignalMachineRequest | config_types.SignalMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Send a signal to a Machine's process

        Returns once it is sent. What it does is up to the process.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: The model, or a mapping of its keys.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_signal",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def start(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.StartMachineResponse:
        """Start a Machine

        Returns the state before. Answers 412 while it is still stopping, being replaced or not ready yet,
        409 if its host has no room.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.StartMachineResponse = self._call(
            "machines.machines_start",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    def stop(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.StopMachineRequest | config_types.StopMachineRequestDict | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Stop a Machine

        Returns once the signal is sent; the Machine is killed when the timeout is over. Stopping one that
        is stopped succeeds.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            body: How to stop, if not as the config says.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_stop",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    def suspend(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Suspend a Machine

        Keeps its memory in a snapshot, from which it resumes in a fraction of a second. Not for Machines
        with more than 2 GB of memory, swap, a schedule or a GPU.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_suspend",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    def uncordon(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Put a Machine back into the proxy

        Undoes `machines_cordon`: the proxy sends it requests again.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            fly_machine_lease_nonce: Nonce of the lease that you hold on the Machine, if any.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.OkResponse = self._call(
            "machines.machines_uncordon",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    def list_versions(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.MachineVersion]:
        """List the versions of a Machine

        Returns every config that it has had, with its version.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: builtins.list[models.MachineVersion] = self._call(
            "machines.machines_list_versions",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    def wait(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        from_event_id: str | Unset = UNSET,
        instance_id: str | Unset = UNSET,
        state: builtins.list[str | models.WaitState] | str | Unset | models.WaitState = UNSET,
        timeout: int | Unset = UNSET,
        version: str | Unset = UNSET,
        request_timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.WaitMachineResponse:
        """Wait until a Machine is in a state

        Returns as soon as it is, at once if it is already, and answers 408 when the timeout is over. The
        client's own timeout has to be longer. 404 means that it is gone, which is what a wait for
        `destroyed` wants.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            from_event_id: Wait for what comes after this event.
            instance_id: Older name of `version`; some servers want it when waiting for `stopped`.
            state: States to wait for, any of which will do. Default: `started`.
            timeout: Seconds to wait, 1 to 60. Default: 60.
            version: Version of the Machine that has to be in the state.
            request_timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: models.WaitMachineResponse = self._call(
            "machines.machines_wait",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "from_event_id": from_event_id,
                "instance_id": instance_id,
                "state": state,
                "timeout": timeout,
                "version": version,
            },
            request_timeout,
            headers,
        )
        return answer


class AsyncMachines(AsyncOperations):
    """Machines: virtual machines that start fast, their configs and their life."""

    _tag = "machines"

    async def list(
        self,
        app_name: AnyApp,
        *,
        cursor: str | Unset = UNSET,
        include_deleted: bool | Unset = UNSET,
        include_leases: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.Machine]:
        """List the Machines of an app

        Returns all of them; destroyed ones are left out unless asked for. While an answer has the header
        `fly-next-cursor`, it is a page and there is more: read on with it as `cursor`.

        """

        answer: builtins.list[models.Machine] = await self._call(
            "machines.machines_list",
            {
                "app_name": app_name,
                "cursor": cursor,
                "include_deleted": include_deleted,
                "include_leases": include_leases,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
            },
            timeout,
            headers,
        )
        return answer

    def iterate(
        self,
        app_name: AnyApp,
        *,
        include_deleted: bool | Unset = UNSET,
        include_leases: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
        region: str | Unset = UNSET,
        state: builtins.list[str] | str | Unset = UNSET,
        summary: bool | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[models.Machine]:
        """List the Machines of an app, to the end

        Asks for page after page, as far as the entries are wanted.

        """

        return self._pages(
            "machines.machines_list",
            "",
            {
                "app_name": app_name,
                "include_deleted": include_deleted,
                "include_leases": include_leases,
                "limit": limit,
                "region": region,
                "state": state,
                "summary": summary,
            },
            timeout,
            headers,
        )

    async def create(
        self,
        app_name: AnyApp,
        *,
        body: models.CreateMachineRequest | config_types.CreateMachineRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Create a Machine

        Returns the Machine, which starts unless told otherwise; see `machines_wait`. A name that another
        Machine of the app has is refused with 409 and that Machine's id in the text; 408 may have created
        it; 412 and 422 can mean that there is no room.

        """

        answer: models.Machine = await self._call(
            "machines.machines_create",
            {
                "app_name": app_name,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def get(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        include_leases: bool | Unset = UNSET,
        version: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Get a Machine

        Returns the Machine with config, checks and latest events; 404 if there is none of that id, or none
        any more.

        """

        answer: models.Machine = await self._call(
            "machines.machines_get",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "include_leases": include_leases,
                "version": version,
            },
            timeout,
            headers,
        )
        return answer

    async def update(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.UpdateMachineRequest | config_types.UpdateMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.Machine:
        """Replace the config of a Machine

        Returns the Machine with a new version. The config is replaced whole, so begin with the present one;
        a running Machine reboots, one that does not run stays as it is. If the new version cannot be
        started, Fly.io goes back to the former one later. Answers 409 while someone else has the lease, and
        if `current_version` is no longer current.

        """

        answer: models.Machine = await self._call(
            "machines.machines_update",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def delete(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        force: bool | Unset = UNSET,
        kill: bool | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Destroy a Machine

        Returns at once, while the Machine goes from `destroying` to `destroyed`; its volume stays. Answers
        412 for one that runs, unless forced.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_delete",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "force": force,
                "kill": kill,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    async def cordon(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Take a Machine out of the proxy

        The proxy sends it no more requests; it goes on running.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_cordon",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    async def list_events(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        limit: int | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.MachineEvent]:
        """List the events of a Machine

        Returns the latest first: launches, starts, stops, exits and who caused them.

        """

        answer: builtins.list[models.MachineEvent] = await self._call(
            "machines.machines_list_events",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "limit": limit,
            },
            timeout,
            headers,
        )
        return answer

    async def exec(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.ExecMachineRequest | config_types.ExecMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ExecMachineResponse:
        """Run a command on a Machine

        Returns exit code and output, also if the command failed. The Machine has to be started, and not
        leased by someone else.

        """

        answer: models.ExecMachineResponse = await self._call(
            "machines.machines_exec",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def get_memory(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMemory:
        """Get the memory limit of a Machine

        Returns the limit and what is available below it, in MiB.

        """

        answer: models.MachineMemory = await self._call(
            "machines.machines_get_memory",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    async def set_memory_limit(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.SetMemoryLimitRequest | config_types.SetMemoryLimitRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.MachineMemory:
        """Set the memory limit of a Machine

        Changes how much memory a running Machine may use, in MiB. Returns the new limit.

        """

        answer: models.MachineMemory = await self._call(
            "machines.machines_set_memory_limit",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def reclaim_memory(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.ReclaimMemoryRequest | config_types.ReclaimMemoryRequestDict,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.ReclaimMemoryResponse:
        """Take unused memory back from a Machine

        Asks a running Machine for memory that it does not use. Returns how much that was, in MiB.

        """

        answer: models.ReclaimMemoryResponse = await self._call(
            "machines.machines_reclaim_memory",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def list_processes(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        order: str | Unset = UNSET,
        sort_by: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.ProcessStat]:
        """List the processes on a Machine

        Returns what runs on it, with use of CPU and memory and open ports.

        """

        answer: builtins.list[models.ProcessStat] = await self._call(
            "machines.machines_list_processes",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "order": order,
                "sort_by": sort_by,
            },
            timeout,
            headers,
        )
        return answer

    async def restart(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        signal: models.StopSignal | str | Unset = UNSET,
        timeout: int | str | Unset = UNSET,
        force_stop: bool | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        request_timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Restart a Machine

        Stops and starts it again, on the same host and with the same config.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_restart",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "signal": signal,
                "timeout": timeout,
                "force_stop": force_stop,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            request_timeout,
            headers,
        )
        return answer

    async def signal(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.SignalMachineRequest | config_types.SignalMachineRequestDict,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Send a signal to a Machine's process

        Returns once it is sent. What it does is up to the process.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_signal",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def start(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.StartMachineResponse:
        """Start a Machine

        Returns the state before. Answers 412 while it is still stopping, being replaced or not ready yet,
        409 if its host has no room.

        """

        answer: models.StartMachineResponse = await self._call(
            "machines.machines_start",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    async def stop(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        body: models.StopMachineRequest | config_types.StopMachineRequestDict | Unset = UNSET,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Stop a Machine

        Returns once the signal is sent; the Machine is killed when the timeout is over. Stopping one that
        is stopped succeeds.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_stop",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
                "body": body,
            },
            timeout,
            headers,
        )
        return answer

    async def suspend(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Suspend a Machine

        Keeps its memory in a snapshot, from which it resumes in a fraction of a second. Not for Machines
        with more than 2 GB of memory, swap, a schedule or a GPU.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_suspend",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    async def uncordon(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        fly_machine_lease_nonce: str | Unset = UNSET,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.OkResponse:
        """Put a Machine back into the proxy

        Undoes `machines_cordon`: the proxy sends it requests again.

        """

        answer: models.OkResponse = await self._call(
            "machines.machines_uncordon",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "fly_machine_lease_nonce": fly_machine_lease_nonce,
            },
            timeout,
            headers,
        )
        return answer

    async def list_versions(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> builtins.list[models.MachineVersion]:
        """List the versions of a Machine

        Returns every config that it has had, with its version.

        """

        answer: builtins.list[models.MachineVersion] = await self._call(
            "machines.machines_list_versions",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer

    async def wait(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        from_event_id: str | Unset = UNSET,
        instance_id: str | Unset = UNSET,
        state: builtins.list[str | models.WaitState] | str | Unset | models.WaitState = UNSET,
        timeout: int | Unset = UNSET,
        version: str | Unset = UNSET,
        request_timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> models.WaitMachineResponse:
        """Wait until a Machine is in a state

        Returns as soon as it is, at once if it is already, and answers 408 when the timeout is over. The
        client's own timeout has to be longer. 404 means that it is gone, which is what a wait for
        `destroyed` wants.

        """

        answer: models.WaitMachineResponse = await self._call(
            "machines.machines_wait",
            {
                "app_name": app_name,
                "machine_id": machine_id,
                "from_event_id": from_event_id,
                "instance_id": instance_id,
                "state": state,
                "timeout": timeout,
                "version": version,
            },
            request_timeout,
            headers,
        )
        return answer
