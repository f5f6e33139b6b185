"""`python -m ui` is `kb`."""

from ui.cli import main

main()
