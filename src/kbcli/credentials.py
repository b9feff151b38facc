"""Who asks a remote: from the environment, from netrc, or asked of whoever sits at the terminal; never from a URL.

KB_TOKEN is a bearer token; KB_USER and KB_PASSWORD are for Basic and Digest, whichever the remote wants.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Credentials(NamedTuple):
    """`token` is for Bearer; else `user` and `password`. Shown to nobody: its text says only where it came from."""

    user: str
    password: str
    token: str
    origin: str

    def __repr__(self) -> str:
        return f"Credentials from {self.origin}"


def known(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """What the environment or netrc has for the host of `url`."""
    if token := environment.get("KB_TOKEN"):
        return Credentials("", "", token, "KB_TOKEN")
    if user := environment.get("KB_USER"):
        return Credentials(user, environment.get("KB_PASSWORD", ""), "", "KB_USER and KB_PASSWORD")
    from requests.utils import get_netrc_auth

    found = get_netrc_auth(url)
    return Credentials(*found, "", "netrc") if found else None


@lru_cache
def asked(host: str) -> Credentials | None:
    """What a person at the terminal answers, who is asked once; None where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    import getpass

    print(f"user for {host}: ", end="", file=sys.stderr, flush=True)
    user = sys.stdin.readline().strip()
    return Credentials(user, getpass.getpass(f"password of {user}: "), "", "the terminal") if user else None


def presented(credentials: Credentials, challenge: str) -> Callable[..., Any] | None:
    """How the credentials answer a WWW-Authenticate header; None if it asks for something else."""
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth

    wanted = challenge.casefold()
    if credentials.token:
        return bearer(credentials.token)
    if "digest" in wanted:
        return HTTPDigestAuth(credentials.user, credentials.password)
    return HTTPBasicAuth(credentials.user, credentials.password) if "basic" in wanted or not wanted else None


def bearer(token: str) -> Callable[..., Any]:
    def sign(request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign
