from enum import StrEnum


class Autostop(StrEnum):
    OFF = "off"
    STOP = "stop"
    SUSPEND = "suspend"

    def __str__(self) -> str:
        return str(self.value)
