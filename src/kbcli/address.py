"""The address of a service: whether it is one, and how messages show it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kbcli.display import printable
from kbcli.errors import UsageError


def checked(url: str) -> str:
    """`url`, if it is an address of HTTP without credentials in it. Raises UsageError."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"{shown(url)}: no address: {printable(_without_user(str(error)))}") from error
    if parts.username or parts.password:
        raise UsageError(
            f"{shown(url)}: a user or password in the address",
            "set KB_USER and KB_PASSWORD, or write them into ~/.netrc",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{shown(url)}: no address of a service", "as in http://localhost:7878/query")
    return url


def shown(url: str) -> str:
    """An address without what may be a secret in it: a user, or what stands behind a question mark or a hash."""
    mark = re.search(r"[?#]", url)
    address = url[: mark.start()] if mark else url
    return printable(_without_user(address) + (f"{mark[0]}…" if mark else ""))


def _without_user(url: str) -> str:
    return re.sub(r"^(\w+://)?.*@", r"\1", url)
