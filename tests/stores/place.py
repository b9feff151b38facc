"""Where the stores' programs are, and ports that nobody listens on."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

ROOT = Path(__file__).parents[2]


def home() -> Path:
    """The folder that `.ci/stores` installs into: $KB_STORES_HOME, else .kb/stores in the checkout."""
    return Path(os.environ.get("KB_STORES_HOME") or ROOT / ".kb" / "stores")


def python() -> Path:
    """The interpreter that has the stores' Python packages; the tests' own has none of them."""
    return home() / "py" / "bin" / "python"


def program(name: str) -> str | None:
    """A program among the installed packages, or on the PATH."""
    folders = (home() / "py" / "bin", home() / "node" / "node_modules" / ".bin")
    return next((str(folder / name) for folder in folders if (folder / name).exists()), None) or shutil.which(name)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
