"""Rules about what calls show beside the pages."""
