"""A web service that gives each user a sandbox: a machine that sleeps while idle, and a disk that is theirs.

    FLY_API_TOKEN=... uvicorn service:app

    PUT    /users/ada/sandbox   makes it, or finds it; 200 when it runs
    GET    /users/ada/sandbox   says what it is doing
    POST   /users/ada/sandbox   wakes it, runs the Python code of the body in it, and answers what that prints
    DELETE /users/ada/sandbox   takes the machine away; the disk stays for the next time

It is plain ASGI, so that its tests need no framework. In FastAPI, each method of `Sandboxes` is a route, and
`_live` is the `lifespan`: see docs/recipes/service.md.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from fly_resources import App, AsyncFly, Machine, Volume
from fly_resources.errors import FlyError, InsufficientCapacityError, RateLimitedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from fly_machines.config_types import MachineServiceDict

    Receive: TypeAlias = Callable[[], Awaitable[Any]]
    Send: TypeAlias = Callable[[Any], Awaitable[None]]

APP = App("sandboxes", primary_region="iad")
#: Below the time limit of the proxy in front of this service.
LIMIT_S = 50.0
USER = re.compile(r"[a-z0-9_]{1,20}")


def sandbox(user: str) -> Machine:
    """Describe one user's machine."""
    service: MachineServiceDict = {
        "protocol": "tcp",
        "internal_port": 8080,
        "ports": [{"port": 443, "handlers": ["tls", "http"]}],
        "autostop": "suspend",  # the proxy lets it sleep when nobody asks for it,
        "autostart": True,  # and wakes it for the next request
    }
    return Machine(
        APP,
        f"user-{user}",
        {"image": "python:3.13-slim", "services": [service]},
        mounts={"/home/user": Volume(APP, f"home_{user}", size_gb=1)},
    )


class Sandboxes:
    """What the service does, by the names of its users."""

    def __init__(self, fly: AsyncFly) -> None:
        self.fly = fly

    async def open(self, user: str) -> dict[str, object]:
        """Make a user's sandbox, or find it: who clicks twice gets one."""
        machine = sandbox(user)
        report = await self.fly.ensure(machine, timeout_s=LIMIT_S)
        return {"id": report[machine].model.id, "new": report[machine].action == "create"}

    async def look(self, user: str) -> dict[str, object]:
        """Say what it is doing."""
        found = await self.fly.read(sandbox(user))
        return {"state": str(found.state) if found else "none"}

    async def execute(self, user: str, code: str) -> dict[str, object]:
        """Run code in it; one that sleeps is woken first."""
        machine = await self.fly.start(sandbox(user), timeout_s=LIMIT_S)
        ended = await self.fly.exec((APP, machine), ["python", "-c", code], timeout_s=20)
        return {"exit_code": ended.exit_code, "output": ended.stdout}

    async def close(self, user: str) -> dict[str, object]:
        """Take the machine away. Only what is named goes: the disk is not."""
        return {"closed": (await self.fly.destroy(sandbox(user), timeout_s=LIMIT_S)).changed}


class Service:
    """The ASGI application: one client for all requests, made when it starts and closed when it ends."""

    def __init__(self, make_fly: Callable[[], AsyncFly]) -> None:
        self._make_fly = make_fly
        self._sandboxes: Sandboxes | None = None

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        status, answer = await self._answer(scope["method"], scope["path"], await _body(receive))
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._make_fly() as fly:
            await fly.ensure(APP)
            self._sandboxes = Sandboxes(fly)
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, method: str, path: str, body: str) -> tuple[int, dict[str, object]]:
        match path.strip("/").split("/"):
            case ["users", user, "sandbox"] if USER.fullmatch(user) and self._sandboxes is not None:
                work = {
                    "PUT": lambda boxes: boxes.open(user),
                    "GET": lambda boxes: boxes.look(user),
                    "POST": lambda boxes: boxes.execute(user, body),
                    "DELETE": lambda boxes: boxes.close(user),
                }.get(method)
            case _:
                return 404, {"error": "There is nothing here."}
        if work is None:
            return 405, {"error": f"{method} is not possible here."}
        try:
            return 200, await work(self._sandboxes)
        except FlyError as error:
            causes = [error, *getattr(error, "errors", ())]
            later = any(isinstance(each, InsufficientCapacityError | RateLimitedError) for each in causes)
            return 503 if later or error.maybe_applied else 500, {"error": str(error)}


async def _body(receive: Receive) -> str:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body.decode()


app = Service(lambda: AsyncFly(owner="sandboxes"))
