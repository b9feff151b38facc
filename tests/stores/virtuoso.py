"""Virtuoso 7, the open-source edition, with a database of its own in a folder of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, ClassVar

from stores.place import free_port, program
from stores.service import Service
from stores.store import Server, StoreError

if TYPE_CHECKING:
    from pathlib import Path

# Triples without a graph go into this one: Virtuoso has none without a name. Its default graph is the union of all.
GRAPH = "urn:kb:all"
SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CaseMode = 2
CheckpointInterval = 0
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
MaxClientConnections = 20
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 10
MaxClientConnections = 20
Charset = UTF-8
[SPARQL]
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 60
ResultSetMaxRows = 1000000
"""


class Virtuoso(Server):
    name = "Virtuoso"
    account: ClassVar[tuple[str, str]] = ("dba", "dba")  # for the URLs that want a password, by HTTP digest

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sql_port = free_port()

    @classmethod
    def missing(cls) -> str | None:
        absent = [name for name in ("virtuoso-t", "isql-vt") if not program(name)]
        return f"the program {absent[0]}" if absent else None

    @classmethod
    def version(cls) -> str:
        told = subprocess.run(["virtuoso-t", "+version"], capture_output=True, text=True, check=False)
        return (told.stdout + told.stderr).partition("Version ")[2].split("-")[0]

    @property
    def query_url(self) -> str:
        return f"{self.origin}/sparql"

    @property
    def update_url(self) -> str:
        return f"{self.origin}/sparql"

    @property
    def gsp_url(self) -> str:
        return f"{self.origin}/sparql-graph-crud"

    def push_arguments(self) -> list[str]:
        return [f"{self.origin}/sparql-graph-crud-auth"]

    def push_account(self) -> dict[str, str]:
        user, password = self.account
        return {**super().push_account(), "KB_USER": user, "KB_PASSWORD": password}

    def start(self) -> None:
        """Anybody on this machine's loopback may write, but to the addresses that want a password."""
        super().start()
        try:
            self.sql('GRANT SPARQL_UPDATE TO "SPARQL"', "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7)")
        except StoreError as error:
            if "already have role" not in str(error):  # of an earlier start on this folder
                raise

    def stop(self) -> None:
        if self._service:
            self._service.stop(lambda: self._isql("shutdown"))
            self._service = None

    def load(self, path: Path) -> None:
        """By its bulk loader."""
        file = self.folder / f"load-{path.name}"
        file.write_bytes(path.read_bytes())
        self.sql(
            f"ld_dir('{self.folder}', '{file.name}', '{GRAPH}')",
            "rdf_loader_run()",
            "checkpoint",
        )
        failed = self.sql("SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL OR ll_state <> 2")
        if "0 Rows" not in failed:
            raise StoreError(f"{path.name} was not loaded:\n{failed}")

    def sql(self, *statements: str) -> str:
        """Run as dba. Raises StoreError with what isql says if a statement fails."""
        done = self._isql(*statements)
        if done.returncode or "*** Error" in done.stdout + done.stderr:
            raise StoreError(done.stdout + done.stderr)
        return done.stdout

    def _isql(self, *statements: str) -> subprocess.CompletedProcess[str]:
        command = ["isql-vt", f"127.0.0.1:{self.sql_port}", *self.account, f"exec={'; '.join(statements)};"]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    def _started(self) -> Service:
        file = self.folder / "virtuoso.ini"
        settings = SETTINGS.format(folder=self.folder, port=self.port, sql_port=self.sql_port)
        file.write_text(settings, encoding="utf-8")
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # a killed server leaves it
        return Service(["virtuoso-t", "+foreground", "+configfile", str(file)], self.folder)
