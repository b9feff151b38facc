"""`python -m kbcli` is `kb`."""

from kbcli.cli import main

main()
