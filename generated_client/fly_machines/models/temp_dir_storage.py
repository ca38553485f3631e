from enum import StrEnum


class TempDirStorage(StrEnum):
    DISK = "disk"
    MEMORY = "memory"

    def __str__(self) -> str:
        return str(self.value)
