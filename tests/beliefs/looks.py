"""The simulated world as it is, seen past every door that may show it otherwise."""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fly_resources.testing import _lifecycle as lifecycle
from tests.sweep.scenarios import APP, OTHER_APP

if TYPE_CHECKING:
    from fly_resources.testing import FlySimulator
    from fly_resources.testing._state import App, Ip, Machine, Volume

Json: TypeAlias = Any
#: The name of what somebody else has in our app.
THEIRS: Final = "theirs"
#: Keys of env and metadata that others put on our machines.
MARKS: Final = ("THEIRS", "theirs.team")


@attrs.frozen
class Look:
    """Copies of the records of our app, and a digest of what is not ours, at one moment."""

    at: float
    app: App | None
    foreign: Json
    #: Checks by the machine's id: names to how they stand.
    checks: dict[str, dict[str, str]]

    @property
    def machines(self) -> list[Machine]:
        """Our machines, those that go away included."""
        found = [] if self.app is None else self.app.machines.values()
        return [machine for machine in found if machine.state != "destroyed" and machine.name != THEIRS]

    @property
    def volumes(self) -> list[Volume]:
        """Our volumes that are not going away."""
        found = [] if self.app is None else self.app.volumes.values()
        return [volume for volume in found if volume.deleted_at is None and volume.name != THEIRS]

    @property
    def addresses(self) -> list[Ip]:
        """All addresses of the app but the one of somebody else, which is its only plain IPv4."""
        found = [] if self.app is None else self.app.ips.values()
        return [address for address in found if address.type != "v4"]

    def machine(self, name: str) -> Machine | None:
        """Return the machine of that name that is there to stay, the only one."""
        found = [machine for machine in self.machines if machine.name == name and not machine.gone]
        return found[0] if len(found) == 1 else None

    def volume(self, name: str) -> Volume | None:
        """Return the volume of that name, the only one."""
        found = [volume for volume in self.volumes if volume.name == name]
        return found[0] if len(found) == 1 else None

    def count(self) -> Counter[tuple[str, ...]]:
        """Count what there is of each kind and name."""
        certificates = {} if self.app is None else self.app.certificates
        return Counter(
            [
                *(("machine", each.name) for each in self.machines if not each.gone),
                *(("volume", each.name) for each in self.volumes),
                *(
                    ("address", each.type, each.network or "", each.region or "", each.service_name or "")
                    for each in self.addresses
                ),
                *(("certificate", hostname) for hostname in certificates),
            ]
        )


def look(sim: FlySimulator) -> Look:
    """Look at the world; it takes no time, and sees only what has happened by now."""
    sim.snapshot()  # lets happen what is due
    service = sim._service  # noqa: SLF001  # every door may lie under a belief
    with service.lock:
        apps = service.world.apps
        now = sim.clock.now()
        ours = copy.deepcopy(apps.get(APP))
        checks = {
            machine.id: {
                str(c["name"]): str(c["status"]) for c in lifecycle.checks(machine, now, service.platform)
            }
            for machine in ([] if ours is None else ours.machines.values())
        }
        return Look(now, ours, _foreign(apps), checks)


def _foreign(apps: dict[str, App]) -> Json:
    """Return what is not ours: all of another app, and what bears their name in ours."""
    other, ours = apps.get(OTHER_APP), apps.get(APP)
    return {
        "other": None if other is None else _belongings(other, everything=True),
        "in ours": ([], [], {}, []) if ours is None else _belongings(ours, everything=False),
    }


def _belongings(app: App, *, everything: bool) -> Json:
    machines = [
        (each.id, each.instance_id, each.state, each.cordoned, copy.deepcopy(each.config))
        for each in app.machines.values()
        if each.state != "destroyed" and (everything or each.name == THEIRS)
    ]
    volumes = [
        (each.id, each.size_gb, each.snapshot_retention, each.machine_id)
        for each in app.volumes.values()
        if each.deleted_at is None and (everything or each.name == THEIRS)
    ]
    secrets = {name: each.digest for name, each in app.secrets.items() if everything or name == MARKS[0]}
    addresses = sorted(each.address for each in app.ips.values() if everything or each.type == "v4")
    return machines, volumes, secrets, addresses
