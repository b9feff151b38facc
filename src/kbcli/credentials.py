"""Who asks a remote: from the environment, from netrc, or asked of whoever sits at the terminal; never from a URL.

KB_TOKEN is a bearer token; KB_USER and KB_PASSWORD are for Basic and Digest, whichever the remote wants.
"""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kbcli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Credentials(NamedTuple):
    """`token` is for Bearer; else `user` and `password`. Shown to nobody: its text says only where it came from."""

    user: str
    password: str
    token: str
    origin: str

    def __repr__(self) -> str:
        return f"Credentials from {self.origin}"


def known(url: str, environment: Mapping[str, str] = os.environ) -> Credentials | None:
    """What the environment or netrc has for the host of `url`. Raises UsageError for what no header can carry."""
    if token := _sound("KB_TOKEN", environment.get("KB_TOKEN", "")):
        return Credentials("", "", token, "KB_TOKEN")
    if user := _sound("KB_USER", environment.get("KB_USER", "")):
        password = _sound("KB_PASSWORD", environment.get("KB_PASSWORD", ""))
        return Credentials(user, password, "", "KB_USER and KB_PASSWORD")
    from requests.utils import get_netrc_auth

    found = get_netrc_auth(url)
    if not found:
        return None
    return Credentials(_sound("the user in netrc", found[0]), _sound("the password in netrc", found[1]), "", "netrc")


def _sound(name: str, value: str) -> str:
    """`value` without the line break that secrets from a file end in; what is wrong with it is told without it."""
    value = value.rstrip("\r\n")
    if any(ord(character) < ord(" ") or character == "\x7f" for character in value):
        raise UsageError(f"{name} has a line break or another control character in it", "set it anew, without")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"{name} is not UTF-8", "set it anew, in UTF-8")
    return value


@lru_cache
def asked(host: str) -> Credentials | None:
    """What a person at the terminal answers, who is asked once; None where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    import getpass

    print(f"user for {host}: ", end="", file=sys.stderr, flush=True)
    user = sys.stdin.readline().strip()
    if not user:
        return None
    password = _sound("the password", getpass.getpass(f"password of {user}: "))
    return Credentials(_sound("the user", user), password, "", "the terminal")


def presented(credentials: Credentials, challenge: str) -> Callable[..., Any] | None:
    """How the credentials answer a WWW-Authenticate header; None if it asks for something else."""
    from requests.auth import HTTPBasicAuth

    wanted = challenge.casefold()
    if credentials.token:
        return bearer(credentials.token)
    if "digest" in wanted:
        return _digest(credentials)
    if "basic" in wanted or not wanted:
        return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
    return None


def bearer(token: str) -> Callable[..., Any]:
    def sign(request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {token}".encode()
        return request

    return sign


def _digest(credentials: Credentials) -> Callable[..., Any]:
    from requests.auth import HTTPDigestAuth

    class Digest(HTTPDigestAuth):
        """Its header in UTF-8, as its digest is: the library leaves it to Latin-1."""

        def build_digest_header(self, method: str, url: str) -> Any:
            header = super().build_digest_header(method, url)  # type: ignore[no-untyped-call]
            return header.encode() if header else header

    return Digest(credentials.user, credentials.password)


def secrets(credentials: Credentials) -> set[str]:
    """What must not be shown of them, as servers may echo it."""
    plain = [credentials.token, credentials.password]
    if credentials.password:
        plain.append(b64encode(f"{credentials.user}:{credentials.password}".encode()).decode())
    return {spelling for secret in plain if secret for spelling in spellings(secret)}


def spellings(secret: str) -> Iterator[str]:
    """As it is, as pages, addresses and JSON have it, and as a header is read."""
    import html
    import json
    from urllib.parse import quote, quote_plus

    yield from (secret, html.escape(secret), quote(secret), quote(secret, safe=""), quote_plus(secret))
    yield from (json.dumps(secret)[1:-1], secret.encode().decode("latin-1"))


def concealed(text: str, hidden: Iterable[str]) -> str:
    """`text` with an ellipsis for everything that is to be hidden."""
    for secret in sorted(filter(None, hidden), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text
