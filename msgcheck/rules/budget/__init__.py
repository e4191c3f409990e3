"""Judgements about how much a page or site may have."""
