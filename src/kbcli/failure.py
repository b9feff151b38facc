"""What it means that a service refused or did not answer, and what to do about it."""

from __future__ import annotations

import re

from kbcli.display import printable
from kbcli.errors import RemoteError

TRANSIENT = frozenset([408, 425, 429, 500, 502, 503, 504])
LACKING = frozenset([404, 405, 501])
_UNAUTHORIZED, _PARTIAL = 401, 206


class TransientError(RemoteError):
    """A failure that may pass: the same request is worth another try."""


class UnreachableError(TransientError):
    """Nobody listens there, or not yet again."""


class LackingError(RemoteError):
    """The service does not do this at this address: HTTP 404, 405, 501."""

    status = 0


class NotUnderstoodError(RemoteError):
    """The service says that the request is none (HTTP 400)."""


def kind(status: int) -> type[RemoteError]:
    if status in TRANSIENT:
        return TransientError
    if status in LACKING:
        return LackingError
    return NotUnderstoodError if status == 400 else RemoteError  # noqa: PLR2004 400 is a number of HTTP


def remedy(status: int, *, signed: bool) -> str:
    if signed and status == _UNAUTHORIZED:
        return "the credentials are not accepted"
    return {
        _PARTIAL: "the store gives only a part of it: raise its limit of rows (Virtuoso: ResultSetMaxRows)",
        401: "set KB_USER and KB_PASSWORD (or KB_TOKEN), or write them into ~/.netrc",
        403: "the credentials are not allowed to do this",
    }.get(status, "is this the address of the endpoint itself?" if status in LACKING else "")


def reason(error: BaseException) -> str:
    """The innermost reason, which is the one that says something."""
    seen: set[int] = set()
    while id(error) not in seen:
        seen.add(id(error))
        inner = next((a for a in error.args if isinstance(a, BaseException)), None) or getattr(error, "reason", None)
        if not isinstance(inner, BaseException):
            break
        error = inner
    text = getattr(error, "strerror", None) or getattr(error, "verify_message", None) or str(error)
    return printable(re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", text))
