"""What is kept of earlier checks, in `.kb/validation/`: safe to delete, and of no use to another version."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from typing import TYPE_CHECKING

from kbcli.incremental.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from kbcli.incremental.content import Content
    from kbcli.incremental.unit import Outcome

_TABLES = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, state TEXT, trusted INTEGER, sum TEXT);
    CREATE TABLE body (id INTEGER PRIMARY KEY, sound INTEGER, held BLOB);
    CREATE TABLE entry (key INTEGER, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
    CREATE TABLE reading (key INTEGER, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
    CREATE TABLE unit (id INTEGER PRIMARY KEY, told TEXT, keys BLOB, day INTEGER, ahead INTEGER,
                       articles INTEGER, claims INTEGER, spans INTEGER, sentences INTEGER, files TEXT,
                       outcomes TEXT, applied BLOB);
    CREATE INDEX unsound ON body (id) WHERE NOT sound;
    CREATE INDEX telling ON unit (id) WHERE told != '';
    CREATE INDEX days ON unit (day, ahead, id);
    CREATE INDEX tallies ON unit (articles, claims, spans, sentences);
    CREATE INDEX names ON unit (files, id);
    CREATE TABLE term (term TEXT PRIMARY KEY, number INTEGER);
    CREATE TABLE language (predicate TEXT, language TEXT, number INTEGER, PRIMARY KEY (predicate, language));
"""
PROJECT = ""  # the path that stands for the project's own files
_PATIENCE = 10  # seconds that another's writing is waited for


def named(files: str) -> list[str]:
    """The names that are kept as `files`."""
    return [str(name) for name in json.loads(files)] if files else []


class Shelf:
    """One database. Who reads it sees one state of it; it is written in one go."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if create:
            path.unlink(missing_ok=True)
        mode = "rwc" if create else "rw"
        self.db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None
        )
        if create:
            self.db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        self.begin()

    def meta(self, name: str) -> str | None:
        found = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def note(self, **values: str) -> None:
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def states(self) -> dict[str, str]:
        """The states of all files; empty where it may be that of another content, too."""
        return dict(self.db.execute("SELECT path, iif(trusted, state, '') FROM file"))

    def sum(self, path: str) -> str:
        found = self.db.execute("SELECT sum FROM file WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found else ""

    def under(self, key: int) -> list[str]:
        rows = self.db.execute("SELECT path FROM entry JOIN file USING (id) WHERE key = ?", (key,))
        return [path for (path,) in rows]

    def readers(self, keys: Iterable[int]) -> set[str]:
        """The files whose checks have read one of these."""
        query = "SELECT path FROM reading JOIN file USING (id) WHERE key = ?"
        return {path for key in keys for (path,) in self.db.execute(query, (key,))}

    def held(self, path: str) -> bytes:
        (found,) = self.db.execute("SELECT held FROM body JOIN file USING (id) WHERE path = ?", (path,)).fetchone()
        return zlib.decompress(found)

    def unsound(self) -> list[str]:
        return [path for (path,) in self.db.execute("SELECT path FROM body JOIN file USING (id) WHERE NOT sound")]

    def applied(self, path: str) -> tuple[str, bytes] | None:
        """What came of the shapes in a file, if it was checked."""
        query = "SELECT outcomes, applied FROM unit JOIN file USING (id) WHERE path = ?"
        found: tuple[str, bytes] | None = self.db.execute(query, (path,)).fetchone()
        return found

    def ahead(self, today: int) -> list[str]:
        """Whose result another day may change: something was still to come, or the clock has been put back."""
        query = "SELECT path FROM unit JOIN file USING (id) WHERE (ahead AND day != ?1) OR day > ?1"
        return [path for (path,) in self.db.execute(query, (today,))]

    def told(self) -> list[tuple[str, str]]:
        return self.db.execute("SELECT path, told FROM unit JOIN file USING (id) WHERE told != ''").fetchall()

    def counts(self, replaced: Iterable[str]) -> dict[str, int]:
        """Of all files but those that are replaced."""
        found = self.db.execute("SELECT total(articles), total(claims), total(spans), total(sentences) FROM unit")
        sums = list(found.fetchone())
        query = "SELECT articles, claims, spans, sentences FROM unit JOIN file USING (id) WHERE path = ?"
        for path in replaced:
            for row in self.db.execute(query, (path,)):
                sums = [one - other for one, other in zip(sums, row, strict=True)]
        return dict(zip(("articles", "claims", "spans", "sentences"), map(int, sums), strict=True))

    def named_files(self, replaced: Iterable[str]) -> set[str]:
        """The names of the files of seeds/ that articles say they are."""
        numbers = {number for path in replaced if (number := self._known(path)) is not None}
        rows = self.db.execute("SELECT id, files FROM unit WHERE files != ''")
        names = ",".join(files for number, files in rows if number not in numbers)
        return set[str]().union(*json.loads(f"[{names}]"))

    def knows(self, path: str) -> bool:
        return self._known(path) is not None

    def terms(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT term, number FROM term"))

    def languages(self) -> dict[tuple[str, str], int]:
        return {(p, language): n for p, language, n in self.db.execute("SELECT * FROM language")}

    def put_file(self, path: str, kept: tuple[str, bool, str]) -> int:
        """Note the state and the sum of a file."""
        self.db.execute(
            "INSERT INTO file (path, state, trusted, sum) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE "
            "SET state = excluded.state, trusted = excluded.trusted, sum = excluded.sum",
            (path, *kept),
        )
        return self._number(path)

    def put_content(self, path: str, held: bytes, content: Content, before: Collection[int] = ()) -> None:
        """Note what a file holds; `before` are the keys under which it is found already."""
        number, rows = self._number(path), content.rows
        body = zlib.compress(held, 1)
        self.db.execute("INSERT OR REPLACE INTO body VALUES (?, ?, ?)", (number, content.sound, body))
        self.db.executemany(
            "INSERT OR IGNORE INTO entry VALUES (?, ?)", ((key, number) for key in rows.difference(before))
        )
        self._drop_entries(number, (key for key in before if key not in rows))

    def _drop_entries(self, number: int, keys: Iterable[int]) -> None:
        self.db.executemany("DELETE FROM entry WHERE key = ? AND id = ?", ((key, number) for key in keys))

    def put_unit(self, path: str, outcome: Outcome) -> None:
        number, wanted = self._number(path), frozenset(outcome.keys)
        before = self._readings(number)
        self._drop_readings(number, before - wanted)
        found = (outcome.told, packed(outcome.keys), outcome.day, outcome.ahead, *outcome.counts, outcome.files)
        values = (number, *found, *outcome.applied)
        self.db.execute(f"INSERT OR REPLACE INTO unit VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
        self.db.executemany("INSERT OR IGNORE INTO reading VALUES (?, ?)", ((key, number) for key in wanted - before))

    def drop_file(self, path: str, content: Content | None) -> None:
        number = self._number(path)
        self._drop_readings(number, self._readings(number))
        self._drop_entries(number, content.rows if content else ())
        for table in ("unit", "body", "file"):
            self.db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608

    def put_tallies(self, terms: Mapping[str, int], languages: Mapping[tuple[str, str], int]) -> None:
        self.db.execute("DELETE FROM term")
        self.db.execute("DELETE FROM language")
        self.db.executemany("INSERT INTO term VALUES (?, ?)", ((t, n) for t, n in terms.items() if n > 0))
        rows = ((*which, number) for which, number in languages.items() if number > 0)
        self.db.executemany("INSERT INTO language VALUES (?, ?, ?)", rows)

    def begin(self) -> None:
        self.db.execute("BEGIN")

    def commit(self) -> None:
        """What was put is there for others from now on."""
        self.db.execute("COMMIT")

    def close(self) -> None:
        """What was put and not committed is forgotten."""
        self.db.close()

    def publish(self, path: Path) -> None:
        """Give a database that was made aside its name."""
        self.commit()
        self.close()
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # of a run that was killed as it wrote
        os.replace(self.path, path)  # noqa: PTH105 as atomic as it says
        self.path = path

    def _readings(self, number: int) -> frozenset[int]:
        found = self.db.execute("SELECT keys FROM unit WHERE id = ?", (number,)).fetchone()
        return frozenset(unpacked(found[0])) if found else frozenset()

    def _drop_readings(self, number: int, keys: Iterable[int]) -> None:
        self.db.executemany("DELETE FROM reading WHERE key = ? AND id = ?", ((key, number) for key in keys))

    def _number(self, path: str) -> int:
        found: tuple[int] = self.db.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        return found[0]

    def _known(self, path: str) -> int | None:
        found = self.db.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        return found and int(found[0])
