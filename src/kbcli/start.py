"""The way in: until the command line is imported and can answer it, Ctrl-C just ends the process, quietly."""

from __future__ import annotations

import signal


def main() -> None:
    """The script `kb`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kbcli import cli

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()
