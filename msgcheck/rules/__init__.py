"""Judgements over measures: each rule says what is wrong, why a buyer cares, and what to do."""
