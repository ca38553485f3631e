from enum import StrEnum


class PostgresPoolMode(StrEnum):
    SESSION = "session"
    TRANSACTION = "transaction"

    def __str__(self) -> str:
        return str(self.value)
