"""Words that a prospect stumbles over."""
