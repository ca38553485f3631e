from enum import StrEnum


class VolumeState(StrEnum):
    CREATED = "created"
    CREATING = "creating"
    DESTROYED = "destroyed"
    DESTROYING = "destroying"
    FORK_CLEANUP = "fork_cleanup"
    HYDRATING = "hydrating"
    PENDING_DESTROY = "pending_destroy"
    RESTORING = "restoring"
    SCHEDULING_DESTROY = "scheduling_destroy"
    WAITING_FOR_DETACH = "waiting_for_detach"

    def __str__(self) -> str:
        return str(self.value)
