"""Words that tell nothing."""
