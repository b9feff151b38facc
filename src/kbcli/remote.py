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
from kbcli.address import checked, shown
from kbcli.display import printable
from kbcli.errors import KbError, LimitError, RemoteError, UsageError
from kbcli.failure import LackingError, TransientError, UnreachableError, kind, reason, remedy
from kbcli.intake import begun_in_time, body

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    import requests

CONNECT = 10.0  # seconds to wait for a connection
EXCERPT = 200  # characters of an error page that are told
_LOOKED_AT = 8192  # bytes of it that are read
REDIRECTS = 5
_UNAUTHORIZED, _FORBIDDEN = 401, 403


@dataclass
class Remote:
    """One service. `timeout` is in seconds of silence; 0: for ever."""

    url: str
    timeout: float = 60.0
    _auth: Callable[..., Any] | None = field(default=None, repr=False)
    _secrets: set[str] = field(default_factory=set, repr=False)
    _authorization: str = field(default="", repr=False)  # as it was last sent

    def __post_init__(self) -> None:
        self.url = checked(self.url)
        if self.timeout != self.timeout:
            raise UsageError("--timeout nan: not a number of seconds")

    @property
    def host(self) -> str:
        return printable(urlsplit(self.url).netloc)

    @property
    def shown(self) -> str:
        """The address as messages show it: what stands behind a question mark may be a key."""
        return shown(self.url)

    def concealed(self, text: str) -> str:
        """`text` of the service without the credentials it was given: some services echo what they are asked with."""
        return credentials.concealed(text, {*self._secrets, *credentials.spellings(self._authorization)})

    def body(self, response: requests.Response) -> io.BufferedReader:
        return body(response, self.shown, self.timeout)

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
            response = self._answered(method, url or self.url, parts)
            try:
                self._refuse(response, accepted)
                yield response
            finally:
                response.close()

    def broken(self, response: requests.Response, error: SyntaxError) -> RemoteError:
        """For an answer that does not parse: worth another try only where it may have been cut short."""
        whole = {"Content-Length", "Transfer-Encoding"} & {name.title() for name in response.headers}
        what = printable(self.concealed(error.msg))
        if whole and not re.search("unexpected end|end of input", what, re.IGNORECASE):
            return RemoteError(f"{self.shown}: the answer is damaged: {what}", "the service writes it wrongly")
        return TransientError(f"{self.shown}: the answer breaks off: {what}", "try again")

    def _answered(self, method: str, url: str, parts: dict[str, Any]) -> requests.Response:
        """What cannot be sent, or leads to no address, is told without the library's words: it quotes headers."""
        from requests.exceptions import RequestException

        try:
            return self._followed(method, url, parts)
        except ValueError as error:
            if isinstance(error, RequestException):
                raise
            what = f"{self.shown}: an address or credentials that no request can carry, or an answer that is none"
        raise RemoteError(what, "is this the address of the endpoint itself, and are the credentials right?")

    def _followed(self, method: str, url: str, parts: dict[str, Any]) -> requests.Response:
        for _ in range(REDIRECTS + 1):
            response = self._tried(method, url, **parts)
            target = self._session.get_redirect_target(response)
            if method != "GET" or target is None:
                return response
            response.close()
            url, parts = urljoin(response.url, target), {**parts, "params": None}
            if urlsplit(url).scheme not in ("http", "https"):
                raise RemoteError(f"{self.shown}: has moved to {shown(self.concealed(url))}", "name an address of HTTP")
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
        self._secrets |= credentials.secrets(who) if who else set()
        self._auth = credentials.presented(who, response.headers.get("WWW-Authenticate", "")) if who else None
        if self._auth is None:
            return response
        response.close()
        return self._send(method, url, **parts)

    def _send(self, method: str, url: str, **parts: Any) -> requests.Response:
        with begun_in_time(self.shown, self.timeout):
            response = self._session.request(
                method,
                url,
                auth=(self._auth if self._is_ours(url) else None) or _nobody,
                stream=True,
                timeout=(CONNECT, self.timeout or None),
                allow_redirects=False,
                **parts,
            )
        sent = response.request.headers.get("Authorization") or ""
        self._authorization = sent.decode() if isinstance(sent, bytes) else sent
        return response

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url)[:2] == urlsplit(self.url)[:2]

    def _refuse(self, response: requests.Response, accepted: frozenset[int]) -> None:
        status = response.status_code
        if status in accepted:
            return
        where = self._target(response)
        if response.is_redirect or not self._is_ours(where):
            raise RemoteError(f"{self.shown}: has moved to {shown(self.concealed(where))}", "name that address")
        said = self._excerpt(response)
        told = f"{self.shown}: HTTP {status} {printable(self.concealed(response.reason or ''))}".rstrip()
        error = kind(status)(f"{told}: {said}" if said else told, remedy(status, signed=self._auth is not None))
        if isinstance(error, LackingError):
            error.status = status
        raise error

    def _target(self, response: requests.Response) -> str:
        location = response.headers.get("Location", "")
        try:
            where = urljoin(response.url, location)
            urlsplit(where)
        except ValueError:
            raise RemoteError(f"{self.shown}: has moved to no address: {shown(self.concealed(location))}") from None
        return where

    def _excerpt(self, response: requests.Response) -> str:
        """The first words of an error's body, without markup and without what was to be kept secret."""
        raw = self.body(response).read(_LOOKED_AT)
        page = raw.decode("utf-8", "replace")
        if len(raw) == _LOOKED_AT:  # the last word may be the beginning of one that is to be hidden
            page = page[: -len(page.split()[-1])] if page.split() else ""
        text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]*>", " ", self.concealed(page))
        return printable(self.concealed(" ".join(text.split())))[:EXCERPT]

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong below HTTP, in words."""
        import requests
        import urllib3

        try:
            yield
        except KbError as error:
            error.what = self.concealed(error.what)
            raise
        except MemoryError as error:
            if "buffer" not in str(error):
                raise
            what = f"{self.shown}: a value in the answer is longer than the engine reads: {printable(str(error))}"
            raise LimitError(what, "leave it out of what is asked") from error
        except requests.exceptions.SSLError as error:
            raise RemoteError(
                f"{self.shown}: its certificate cannot be trusted: {reason(error)}",
                "a certificate of your own: name its file in REQUESTS_CA_BUNDLE",
            ) from error
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ConnectionError) as error:
            if isinstance(error.__context__, urllib3.exceptions.ReadTimeoutError) or "Read timed out" in str(error):
                raise self._silence() from error
            raise UnreachableError(
                f"{self.shown}: no connection: {reason(error)}", "is it running, and is the address right?"
            ) from error
        except (requests.exceptions.ReadTimeout, urllib3.exceptions.ReadTimeoutError) as error:
            raise self._silence() from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise TransientError(f"{self.shown}: the answer breaks off: {reason(error)}", "try again") from error

    def _silence(self) -> LimitError:
        return LimitError(f"{self.shown}: silent for {self.timeout:g} s", "allow more with --timeout (0: no limit)")


def media_type(response: requests.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().casefold()


def _nobody(request: Any) -> Any:
    """No credentials: without it, requests would send those of netrc unasked."""
    return request
