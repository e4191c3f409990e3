"""Every place where msgcheck reads what others wrote, and the means to throw bytes at it (README.md)."""
