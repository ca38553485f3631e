"""The operations of `logs` as methods. Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md
says what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..types import UNSET
from . import AnyApp, AnyMachine, AsyncOperations, BlockingOperations, Timeout

if TYPE_CHECKING:
    pass
else:
    pass


class Logs(BlockingOperations):
    """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md
    says what is known."""

    _tag = "logs"

    def list_app(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get recent log lines of an app

        Returns text: a JSON object a line, of all the app's Machines.

        Args:
            app_name: Name of the app.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: str = self._call(
            "logs.logs_list_app",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    def list_machine(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get recent log lines of a Machine

        Returns text: a JSON object a line.

        Args:
            app_name: Name of the app.
            machine_id: Id of the Machine.
            timeout: Seconds that this call may take, or an `httpx.Timeout`.
            headers: Headers to send besides.
        """

        answer: str = self._call(
            "logs.logs_list_machine",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer


class AsyncLogs(AsyncOperations):
    """Recent log lines. Not in the published document, and the least certain part of this one: openapi/README.md
    says what is known."""

    _tag = "logs"

    async def list_app(
        self,
        app_name: AnyApp,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get recent log lines of an app

        Returns text: a JSON object a line, of all the app's Machines.

        """

        answer: str = await self._call(
            "logs.logs_list_app",
            {
                "app_name": app_name,
            },
            timeout,
            headers,
        )
        return answer

    async def list_machine(
        self,
        app_name: AnyApp,
        machine_id: AnyMachine,
        *,
        timeout: Timeout = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Get recent log lines of a Machine

        Returns text: a JSON object a line.

        """

        answer: str = await self._call(
            "logs.logs_list_machine",
            {
                "app_name": app_name,
                "machine_id": machine_id,
            },
            timeout,
            headers,
        )
        return answer
