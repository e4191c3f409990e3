"""Rules about the reading itself: what could not be judged because it was not read."""
