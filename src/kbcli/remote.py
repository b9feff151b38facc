"""HTTP to one service that the user named: its address checked, who asks, and every failure as a sentence.

Certificates are verified, with no way to say otherwise but the system's own (SSL_CERT_FILE, REQUESTS_CA_BUNDLE).
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from kbcli import __version__, credentials
from kbcli.display import printable
from kbcli.errors import LimitError, RemoteError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import requests

CONNECT = 10.0  # seconds to wait for a connection
TRANSIENT = frozenset([408, 425, 429, 500, 502, 503, 504])
EXCERPT = 200  # characters of an error page that are told
LACKING = frozenset([404, 405, 501])
REDIRECTS = 5
_UNAUTHORIZED, _FORBIDDEN, _PARTIAL = 401, 403, 206


class TransientError(RemoteError):
    """A failure that may pass: the same request is worth another try."""


class UnreachableError(TransientError):
    """Nobody listens there, or not yet again."""


class LackingError(RemoteError):
    """The service does not do this at this address: HTTP 404, 405, 501."""

    status = 0


class NotUnderstoodError(RemoteError):
    """The service says that the request is none (HTTP 400)."""


@dataclass
class Remote:
    """One service. `timeout` is in seconds of silence; 0: for ever."""

    url: str
    timeout: float = 60.0
    _auth: Callable[..., Any] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.url = checked(self.url)

    @property
    def host(self) -> str:
        return printable(urlsplit(self.url).netloc)

    @property
    def shown(self) -> str:
        """The address as messages show it: what stands behind a question mark may be a key."""
        return shown(self.url)

    @cached_property
    def _session(self) -> requests.Session:
        import requests

        session = requests.Session()
        session.headers["User-Agent"] = f"kb/{__version__}"
        return session

    @contextlib.contextmanager
    def sent(
        self, method: str, url: str = "", *, accepted: frozenset[int] = frozenset([200]), **parts: Any
    ) -> Iterator[requests.Response]:
        """The response to one request, its body not read yet. `parts` are those of requests: params, data, headers.

        Only a GET follows redirects: a body sent on, or dropped on the way, would do what nobody asked for.
        Raises RemoteError for whatever is not one of the `accepted` states, LimitError for silence.
        """
        with self._told():
            response = self._followed(method, url or self.url, parts)
            try:
                self._refuse(response, accepted)
                yield response
            finally:
                response.close()

    def _followed(self, method: str, url: str, parts: dict[str, Any]) -> requests.Response:
        for _ in range(REDIRECTS + 1):
            response = self._tried(method, url, **parts)
            target = self._session.get_redirect_target(response)
            if method != "GET" or target is None:
                return response
            response.close()
            url, parts = urljoin(response.url, target), {**parts, "params": None}
            if urlsplit(url).scheme not in ("http", "https"):
                raise RemoteError(f"{self.shown}: has moved to {shown(url)}", "name an address of HTTP")
        raise RemoteError(f"{self.shown}: redirects in a circle", "name the address that answers")

    def _tried(self, method: str, url: str, **parts: Any) -> requests.Response:
        """The response, with credentials only if it asks for them, and only for the host that the user named.

        Some services do not ask but forbid; they get what the environment has.
        """
        response = self._send(method, url, **parts)
        status = response.status_code
        if status not in (_UNAUTHORIZED, _FORBIDDEN) or self._auth is not None or not self._is_ours(url):
            return response
        who = credentials.known(self.url) or (credentials.asked(self.host) if status == _UNAUTHORIZED else None)
        self._auth = credentials.presented(who, response.headers.get("WWW-Authenticate", "")) if who else None
        if self._auth is None:
            return response
        response.close()
        return self._send(method, url, **parts)

    def _send(self, method: str, url: str, **parts: Any) -> requests.Response:
        return self._session.request(
            method,
            url,
            auth=(self._auth if self._is_ours(url) else None) or _nobody,
            stream=True,
            timeout=(CONNECT, self.timeout or None),
            allow_redirects=False,
            **parts,
        )

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url)[:2] == urlsplit(self.url)[:2]

    def _refuse(self, response: requests.Response, accepted: frozenset[int]) -> None:
        status = response.status_code
        if status in accepted:
            return
        where = urljoin(response.url, response.headers.get("Location", ""))
        if response.is_redirect or not self._is_ours(where):
            raise RemoteError(f"{self.shown}: has moved to {shown(where)}", "name that address")
        said = _excerpt(response)
        told = f"{self.shown}: HTTP {status} {printable(response.reason or '')}".rstrip()
        error = _kind(status)(f"{told}: {said}" if said else told, _remedy(status, signed=self._auth is not None))
        if isinstance(error, LackingError):
            error.status = status
        raise error

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong below HTTP, in words."""
        import requests
        import urllib3

        try:
            yield
        except requests.exceptions.SSLError as error:
            raise RemoteError(
                f"{self.shown}: its certificate cannot be trusted: {_reason(error)}",
                "a certificate of your own: name its file in REQUESTS_CA_BUNDLE",
            ) from error
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ConnectionError) as error:
            if isinstance(error.__context__, urllib3.exceptions.ReadTimeoutError) or "Read timed out" in str(error):
                raise self._silence() from error
            raise UnreachableError(
                f"{self.shown}: no connection: {_reason(error)}", "is it running, and is the address right?"
            ) from error
        except (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError) as error:
            raise self._silence() from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise TransientError(f"{self.shown}: the answer breaks off: {_reason(error)}", "try again") from error

    def _silence(self) -> LimitError:
        return LimitError(f"{self.shown}: silent for {self.timeout:g} s", "allow more with --timeout (0: no limit)")


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
    """An address without what may be a secret in it: a user, or what stands behind a question mark."""
    address, question, _ = url.partition("?")
    return printable(_without_user(address) + ("?…" if question else ""))


def _without_user(url: str) -> str:
    return re.sub(r"^(\w+://)?.*@", r"\1", url)


def media_type(response: requests.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().casefold()


def _nobody(request: Any) -> Any:
    """No credentials: without it, requests would send those of netrc unasked."""
    return request


def _kind(status: int) -> type[RemoteError]:
    if status in TRANSIENT:
        return TransientError
    if status in LACKING:
        return LackingError
    return NotUnderstoodError if status == 400 else RemoteError  # noqa: PLR2004 400 is a number of HTTP


def _remedy(status: int, *, signed: bool) -> str:
    if signed and status == _UNAUTHORIZED:
        return "the credentials are not accepted"
    return {
        _PARTIAL: "the store gives only a part of it: raise its limit of rows (Virtuoso: ResultSetMaxRows)",
        401: "set KB_USER and KB_PASSWORD (or KB_TOKEN), or write them into ~/.netrc",
        403: "the credentials are not allowed to do this",
    }.get(status, "is this the address of the endpoint itself?" if status in LACKING else "")


def _excerpt(response: requests.Response) -> str:
    """The first words of an error's body, without markup."""
    raw = response.raw.read(4096, decode_content=True) or b""
    text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]*>", " ", raw.decode("utf-8", "replace"))
    return printable(" ".join(text.split()))[:EXCERPT]


def _reason(error: BaseException) -> str:
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
