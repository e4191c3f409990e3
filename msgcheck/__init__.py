"""msgcheck shows a company where its own website confuses the people it wants to sell to."""

__version__ = "0.1.0"
