"""`python -m msgcheck` is `msgcheck`."""

from msgcheck.cli.main import main

if __name__ == "__main__":
    main()
