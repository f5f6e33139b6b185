"""`python -m ui` is `kb`."""

from ui.cli import main

if __name__ == "__main__":
    main()
