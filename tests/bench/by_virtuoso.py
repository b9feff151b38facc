"""The same with Virtuoso, a server: started, loaded, asked over HTTP, stopped. by_virtuoso.py FILE.nt QUERY.rq"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from stores.virtuoso import Virtuoso


def main(file: str, query: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Virtuoso(Path(folder)) as store:
        store.load(Path(file))
        sys.stdout.buffer.write(store.ask(Path(query).read_text(encoding="utf-8"), "text/csv"))


if __name__ == "__main__":
    main(*sys.argv[1:])
