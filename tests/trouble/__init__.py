"""Bad days: runs that are killed at any moment, and many runs in one process (README.md)."""
