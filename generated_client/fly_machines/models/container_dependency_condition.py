from enum import StrEnum


class ContainerDependencyCondition(StrEnum):
    EXITED_SUCCESSFULLY = "exited_successfully"
    HEALTHY = "healthy"
    STARTED = "started"

    def __str__(self) -> str:
        return str(self.value)
