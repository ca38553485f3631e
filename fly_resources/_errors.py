"""The base errors, and those that plans and reports refer to; `errors` has them all."""

from __future__ import annotations

import copy
import pickle
from http import HTTPStatus
from typing import Any, Final

#: After a timeout, here or at a proxy (499), or a 5xx, a write may have been applied.
_MAYBE_APPLIED: Final = frozenset({408, 499})


#: The module from which users import them.
_PUBLIC: Final = "fly_resources.errors"


class FlyError(Exception):
    """Base class of every error that this library raises."""

    __module__ = _PUBLIC

    def __init_subclass__(cls) -> None:
        """Show the class under its public module."""
        if cls.__module__ == __name__:
            cls.__module__ = _PUBLIC

    #: Whether a write may have been carried out although its answer did not arrive as success.
    maybe_applied: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the attributes instead of the constructor's arguments: process pools pickle errors."""
        return filled, (type(self), self.args), _state(self, _portable(self.__cause__))

    def __copy__(self) -> FlyError:
        """Return a copy with the same attributes."""
        return filled(type(self), self.args, _state(self, self.__cause__))

    def __deepcopy__(self, memo: dict[int, Any]) -> FlyError:
        """Return a copy with copied attributes and the same cause."""
        memo[id(self)] = twin = filled(type(self), self.args)
        twin.__setstate__(copy.deepcopy(vars(self), memo))
        twin.__setstate__(_state(twin, self.__cause__))
        return twin


class ConfigurationError(FlyError, ValueError):
    """An argument or description is invalid; nothing was sent."""


class ReconcileError(FlyError):
    """The described state cannot be reached as asked."""


class DependencyError(ReconcileError):
    """Not attempted, because something it depends on failed."""


class ApiError(FlyError):
    """The service answered with an error status.

    Attributes: `status` (HTTP), `code` (the service's error code, an open set, or None), `message`,
    `request_id` (quote it to Fly.io's support), `method`, `route`, `body` (decoded JSON or text),
    `attempts`. A secret that the response repeats is replaced by `***`.
    """

    #: What to do next; shown at the end of the message.
    advice: str = ""
    #: True if this error means that nothing was done, whatever the status.
    _refused: bool = False

    def __init__(
        self,
        message: str,
        *,
        status: int,
        method: str,
        route: str,
        path: str = "",
        code: str | None = None,
        request_id: str | None = None,
        body: object = None,
        attempts: int = 1,
    ) -> None:
        """Record the response."""
        self.status = status
        self.code = code
        self.message = message
        self.request_id = request_id
        self.method = method
        self.route = route
        self.body = body
        self.attempts = attempts
        ambiguous = status in _MAYBE_APPLIED or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        self.maybe_applied = ambiguous and not self._refused  # ER-9
        tried = f" after {attempts} attempts" if attempts > 1 else ""
        trace = f" [request {request_id}]" if request_id else ""
        said = message.rstrip(".") or "no message"
        text = f"{method} {path or route} answered {status}{tried}: {said}.{trace}"
        super().__init__(text)

    def __str__(self) -> str:
        """Return what was tried, what the service answered, and what to do next."""
        text = super().__str__()
        return f"{text} {self.advice}" if self.advice else text


class PermissionDeniedError(ApiError):
    """403: the token lacks the scope, or the app belongs to another organisation (AU-6, AP-11)."""

    advice = "It belongs to another organisation, or your token does not cover it: use another name or token."


def filled(kind: type[FlyError], args: tuple[Any, ...], state: dict[str, Any] | None = None) -> FlyError:
    """Return an error of that class without calling its constructor."""
    error = kind.__new__(kind, *args)
    error.args = args  # OSError, a base of timeouts, sets it in its constructor only
    error.__setstate__(state or {})
    return error


def _state(error: FlyError, cause: BaseException | None) -> dict[str, Any]:
    """Return all attributes of an error, including its notes and cause."""
    return {**vars(error), **({"__cause__": cause} if cause else {})}


def _portable(cause: BaseException | None) -> BaseException | None:
    """Return the cause of an error in a form that can be sent to another process.

    An exception of another library loses its attributes, because one may be a request with its token.
    """
    if cause is None or isinstance(cause, FlyError):
        return cause
    try:
        bare = type(cause)(*cause.args)
        pickle.loads(pickle.dumps(bare))  # noqa: S301  # if this fails, unpickling would fail too
    except Exception:  # noqa: BLE001  # whatever its class does
        return RuntimeError(f"{type(cause).__name__}: {cause}")
    return bare
