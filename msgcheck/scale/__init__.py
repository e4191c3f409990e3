"""The same pipeline on more than one processor: pages are read elsewhere, and everything else stays as it is."""
