"""Numbers about pages and calls; rules judge them, reports show them."""
