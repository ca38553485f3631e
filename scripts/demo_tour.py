"""The tour that `scripts/demo` gives: plan, ensure, nothing to do, drift, repair, destroy."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

from fly_machines.api.apps import apps_list
from fly_machines.api.machines import machines_get, machines_update
from fly_machines.models import UpdateMachineRequest
from web_app import WebApp, dns_records, web_app

from fly_resources import Fly, Secret
from fly_resources.errors import FlyError
from fly_resources.testing import FlySimulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from fly_resources import Event

DATABASE_URL = Secret("postgres://user:canary-password@db.internal/shop")


class CountingTransport(httpx.HTTPTransport):
    """Counts what really goes over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.writes = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Count it, then send it."""
        if request.method == "GET":
            self.reads += 1
        else:
            self.writes += 1
        return super().handle_request(request)


@attrs.frozen
class Tour:
    """One tour, on whichever service `fly` speaks to."""

    fly: Fly
    wire: CountingTransport
    site: WebApp

    def walk(self) -> None:
        """Go through all of it."""
        self.chapter(
            "1. The plan: what would change. Only reads are sent.", lambda: print(self.fly.plan(*self.site))
        )
        self.chapter("2. Ensure: carry it out, as wide as the dependencies allow.", self.create)
        self.chapter(
            "3. The same again: nothing to do. (Values of secrets are not asked for, so it is set again.)",
            self.again,
        )
        self.chapter("4. Somebody changes the server behind our back.", self.meddle)
        self.chapter("5. The plan sees it.", lambda: print(self.fly.plan(*self.site)))
        self.chapter("6. Ensure repairs just that, under a lease.", self.again)
        self.chapter("7. Destroy.", lambda: print(self.fly.destroy(*self.site)))
        self.chapter("8. What is left.", self.show_account)

    def chapter(self, title: str, do: Callable[[], object]) -> None:
        """Do one step; say how long it took and what it sent."""
        print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n{title}")
        reads, writes, began = self.wire.reads, self.wire.writes, time.monotonic()
        do()
        took = time.monotonic() - began
        print(f"  [{self.wire.reads - reads} reads, {self.wire.writes - writes} writes, {took:.1f} s]")

    def create(self) -> None:
        """Ensure the stack for the first time and show what a person needs to know of it."""
        report = self.fly.ensure(*self.site)
        server = report[self.site.server].resource
        print(
            f"  server {server.id} is {server.state} in {server.region}, private address {server.private_ip}"
        )
        print("  publish these DNS records:")
        for record in dns_records(self.site, report):
            print(f"    {record}")

    def again(self) -> None:
        """Ensure the stack once more."""
        print(self.fly.ensure(*self.site))

    def meddle(self) -> None:
        """Change the machine as another tool would, through the SDK alone."""
        app, sdk = self.site.app.name, self.fly.sdk
        machine = self.fly.read(self.site.server)
        if machine is None:
            raise SystemExit("the server is gone")
        body = machines_get.sync(app, machine.id, client=sdk).to_dict()["config"]
        body["image"] = "nginx:1.25"
        body["env"] = {"ADDED_BY": "someone else"}
        machines_update.sync(
            app, machine.id, client=sdk, body=UpdateMachineRequest.from_dict({"config": body})
        )
        print('  image is now "nginx:1.25", and there is a variable ADDED_BY that nobody here declared')

    def show_account(self) -> None:
        """List the apps of the organisation."""
        names = [app.name for app in apps_list.sync(client=self.fly.sdk, org_slug="personal").apps or []]
        left = [name for name in names if name == self.site.app.name]
        print(
            f"  {len(left)} apps of this demo"
            + (f", {len(names)} in the organisation" if names else "; the account is empty")
        )


def show(event: Event) -> None:
    """Print a step as it happens."""
    marks = {"started": "...", "progress": "...", "done": "ok ", "failed": "!! "}
    detail = f" ({event.detail})" if event.detail else ""
    # One write a line: two steps may come at once.
    sys.stdout.write(f"  {marks[event.stage]} {event.noun}: {event.action}{detail}\n")


def simulated() -> None:
    """Give the tour on the simulator, served on loopback."""
    with FlySimulator(latency=0.02, timings="typical").serve() as server:
        print(f"No account is used: a simulated Fly.io answers at {server.url}")
        wire = CountingTransport()
        with Fly("demo", base_url=server.url, owner="demo", transport=wire, on_event=show) as fly:
            Tour(fly, wire, web_app(DATABASE_URL)).walk()


def live() -> None:
    """Give the tour on Fly.io, and clean up whatever happens."""
    if not (os.environ.get("FLY_ACCESS_TOKEN") or os.environ.get("FLY_API_TOKEN")):
        raise SystemExit("scripts/demo --live needs FLY_API_TOKEN (fly tokens create org).")
    name = f"fly-resources-demo-{secrets.token_hex(4)}"
    print(f"This creates the app {name} on Fly.io with a machine, a 10 GB volume and two addresses,")
    print("and destroys it again. Your organisation pays for those minutes.")
    if input("Type the app's name to go on: ").strip() != name:
        raise SystemExit("Nothing was created.")
    wire = CountingTransport()
    site = web_app(DATABASE_URL, name=name, hostname=f"{name}.example.com")
    with Fly(owner=name, transport=wire, on_event=show) as fly, contextlib.ExitStack() as stack:
        stack.callback(clean_up, fly, site)
        Tour(fly, wire, site).walk()
        stack.pop_all()


def clean_up(fly: Fly, site: WebApp) -> None:
    """Destroy what an interrupted tour has left."""
    print("\nCleaning up after an interrupted tour.")
    fly.destroy(site.app, everything=True)


def main() -> int:
    """Parse the command line and give the tour."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description="Show what fly-resources does.")
    parser.add_argument(
        "--live", action="store_true", help="on Fly.io itself, with FLY_API_TOKEN; costs money"
    )
    try:
        live() if parser.parse_args().live else simulated()
    except FlyError as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
