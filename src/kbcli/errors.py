"""What can go wrong outside the data, each with its exit code.

    KbError (2)
    ├── UsageError (2)    wrong use, or input that cannot be used
    ├── LimitError (3)    a limit was hit: time, memory, nesting
    └── RemoteError (4)   a remote or the engine failed

Defects of the data are not errors but findings (see `finding`), gathered and never raised.
"""

from __future__ import annotations


class KbError(Exception):
    """`what` is the sentence the user reads; `hint` says what to do about it."""

    exit_code = 2

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\nhint: {self.hint}" if self.hint else self.what


class UsageError(KbError):
    """The command was used wrongly, or what it was given cannot be used."""


class LimitError(KbError):
    """A limit of time, memory or nesting was hit."""

    exit_code = 3


class RemoteError(KbError):
    """A remote service or the query engine failed."""

    exit_code = 4
