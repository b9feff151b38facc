"""The way in: until a command can answer it, Ctrl-C just ends the process, quietly.

The commonest call, a plain `kb query`, is answered without click (see `queryline`), and in haste: it waits for a
child that does the work, has no garbage worth collecting, and leaves without clearing up what the system frees.
"""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """The script `kb`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    plain = sys.argv[1:2] == ["query"] and _plain_query(sys.argv[2:])
    if not plain:
        _any_command()


def _plain_query(args: list[str]) -> bool:
    """Answer it; False if it is none."""
    gc.disable()
    from kbcli import process, queryline

    wanted = queryline.read(args)
    if wanted is None:
        gc.enable()
        return False
    from kbcli.asking import ask

    signal.signal(signal.SIGINT, signal.default_int_handler)
    process.main(lambda: ask(None, **wanted), at_once=True)
    return True


def _any_command() -> None:
    from kbcli import cli, process

    signal.signal(signal.SIGINT, signal.default_int_handler)
    process.main(cli.run)
