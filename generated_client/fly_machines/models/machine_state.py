from enum import StrEnum


class MachineState(StrEnum):
    CREATED = "created"
    CREATING = "creating"
    DESTROYED = "destroyed"
    DESTROYING = "destroying"
    FAILED = "failed"
    LAUNCH_FAILED = "launch_failed"
    MIGRATED = "migrated"
    REPLACED = "replaced"
    REPLACING = "replacing"
    RESTARTING = "restarting"
    STARTED = "started"
    STARTING = "starting"
    STOPPED = "stopped"
    STOPPING = "stopping"
    SUSPENDED = "suspended"
    SUSPENDING = "suspending"
    UPDATING = "updating"

    def __str__(self) -> str:
        return str(self.value)
