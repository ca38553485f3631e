from enum import StrEnum


class PersistRootfs(StrEnum):
    ALWAYS = "always"
    NEVER = "never"
    RESTART = "restart"

    def __str__(self) -> str:
        return str(self.value)
