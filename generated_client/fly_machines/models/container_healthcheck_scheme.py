from enum import StrEnum


class ContainerHealthcheckScheme(StrEnum):
    HTTP = "http"
    HTTPS = "https"

    def __str__(self) -> str:
        return str(self.value)
