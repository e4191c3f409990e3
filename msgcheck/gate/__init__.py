"""What stands between a report and a failed build: what was known before, what changed, and how much is allowed."""
