from enum import StrEnum


class CpuKind(StrEnum):
    PERFORMANCE = "performance"
    SHARED = "shared"

    def __str__(self) -> str:
        return str(self.value)
