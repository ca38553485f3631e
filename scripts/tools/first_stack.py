"""A newcomer's first stack, in the simulator, with nothing but the library: `scripts/tools/wheel` runs it."""

import asyncio

from fly_resources import App, AsyncFly, Fly, Machine
from fly_resources.testing import FlySimulator

app = App("first", primary_region="iad")
server = Machine(app, "server", {"image": "nginx:alpine"})


async def ensure_again(sim: FlySimulator) -> bool:
    """Ensure the same stack, awaited."""
    async with AsyncFly("any", transport=sim.transport()) as fly:
        return (await fly.ensure(app, server)).changed


def main() -> None:
    """Make the stack; then it is there for the other kind of client too."""
    sim = FlySimulator()
    with Fly("any", transport=sim.transport()) as fly:
        report = fly.ensure(app, server)
    print(report)
    if report[server].model.state != "started" or asyncio.run(ensure_again(sim)):
        raise SystemExit("the first stack is not as it was described")


main()
