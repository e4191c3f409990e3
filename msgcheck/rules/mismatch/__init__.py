"""Words that disagree: with the agreed positioning, with another page, or with what buyers heard."""
