"""The way to a simulator, with answers that are changed on their way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import attrs
import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources.testing import FlySimulator


@attrs.define
class Doctored(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Changes the JSON of successful answers to GET: `change` gets the path and the body, and returns it."""

    sim: FlySimulator
    change: Callable[[str, Any], Any]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.sim.transport().handle_request(request)
        answer.read()
        return self._changed(request, answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.sim.transport().handle_async_request(request)
        await answer.aread()
        return self._changed(request, answer)

    def _changed(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.method != "GET" or not answer.is_success:
            return answer
        body = self.change(request.url.path.removeprefix("/v1"), json.loads(answer.content))
        return httpx.Response(answer.status_code, json=body)


def is_machine(body: Any) -> bool:  # noqa: ANN401 - any JSON
    """Return whether this is a machine, and no other object with an id."""
    return isinstance(body, dict) and "instance_id" in body and "config" in body


def each_machine(body: Any, change: Callable[[dict[str, Any]], None]) -> Any:  # noqa: ANN401 - any JSON
    """Change the machine that the body is, or each in the list that it is."""
    for machine in body if isinstance(body, list) else [body]:
        if is_machine(machine):
            change(machine)
    return body


def apps_of(sim: FlySimulator) -> dict[str, Any]:
    """Return the simulator's apps and what they hold."""
    apps: dict[str, Any] = dict(cast("Any", sim.snapshot()["apps"]))
    return apps
