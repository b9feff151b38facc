"""`python -m kbcli` is `kb`."""

from kbcli.start import main

main()
