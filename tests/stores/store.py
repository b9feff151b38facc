"""What every store can do."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.parse
import urllib.request
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Self

from stores.answer import Answer, from_json
from stores.place import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from stores.service import Service

LONGEST_GET = 1500
ANSWERED = 120.0


class StoreError(Exception):
    """The store refused. The message is its own, shortened."""


class Store(ABC):
    """`folder` is this store's own, for data and logs. Data in named graphs is asked for as their union."""

    name: ClassVar[str]

    def __init__(self, folder: Path) -> None:
        self.folder = folder / type(self).__name__.lower()
        self.folder.mkdir(parents=True, exist_ok=True)

    @classmethod
    @abstractmethod
    def missing(cls) -> str | None:
        """What is not installed; None if all is there."""

    @classmethod
    @abstractmethod
    def version(cls) -> str: ...

    @abstractmethod
    def load(self, path: Path) -> None:
        """Take a .nt or .nq file by the store's own loader."""

    def push_arguments(self) -> list[str]:
        """What `kb push` is told to reach this store; empty if it cannot be pushed to."""
        return []

    def push_account(self) -> dict[str, str]:
        """The credentials that `kb push` finds in its environment."""
        return {"NO_PROXY": "*"}

    @abstractmethod
    def rows(self, query: str) -> Answer:
        """Raises StoreError if the store refuses the query."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:  # noqa: B027 - in a library there is nothing to stop
        pass


class Server(Store):
    """A store that runs as a process of its own and speaks the SPARQL protocol on `port`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.port = free_port()
        self._service: Service | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    @abstractmethod
    def query_url(self) -> str: ...

    @property
    def update_url(self) -> str | None:
        """None if it cannot be changed."""
        return None

    @property
    def gsp_url(self) -> str | None:
        return None

    @abstractmethod
    def _started(self) -> Service:
        """The process, just begun."""

    def push_arguments(self) -> list[str]:
        return [self.gsp_url] if self.gsp_url else []

    @property
    def service(self) -> Service:
        assert self._service, f"{self.name} is not started"
        return self._service

    def start(self) -> None:
        """On the same folder and port as before, if it ran before."""
        self._service = self._started()
        self._service.wait_until(self.answers)

    def stop(self) -> None:
        if self._service:
            self._service.stop()
            self._service = None

    def kill(self) -> None:
        self.service.kill()
        self._service = None

    def answers(self) -> bool:
        try:
            return not self.rows("SELECT ?nothing WHERE { FILTER(false) }").rows
        except (StoreError, OSError):
            return False

    def rows(self, query: str) -> Answer:
        return from_json(self.ask(query))

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> bytes:
        """By GET, or by POST if it is long."""
        form = urllib.parse.urlencode({"query": query})
        url, body = (f"{self.query_url}?{form}", None) if len(form) < LONGEST_GET else (self.query_url, form.encode())
        request = urllib.request.Request(url, body, {"Accept": accept})  # noqa: S310 - a server of ours
        try:
            with urllib.request.urlopen(request, timeout=ANSWERED) as response:  # noqa: S310
                return bytes(response.read())
        except urllib.error.HTTPError as error:
            with error:
                told = error.read().decode(errors="replace").strip()
            raise StoreError(f"{error.code}: {told[:300]}") from error

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
