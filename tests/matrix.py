"""Print the portability matrix: every saved query, in every store that is installed (.ci/stores installs them).

`python tests/matrix.py [STORE…]`; names of stores as in tests/stores/__init__.py.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from stores import STORES
from stores.matrix import markdown
from stores.outcome import columns, outcomes


def main(names: list[str]) -> None:
    results = {}
    for store, load in columns(store for store in STORES if not names or store.__name__ in names):
        if absent := store.missing():
            print(f"{store.name}: not installed, {absent} is missing", file=sys.stderr)
            continue
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            results[store, load] = outcomes(store, load, Path(folder))
        print(f"{store.name}, {load}: {time.monotonic() - started:.1f} s", file=sys.stderr)
    print(markdown(results))


if __name__ == "__main__":
    main(sys.argv[1:])
