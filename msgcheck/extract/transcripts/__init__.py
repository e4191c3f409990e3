"""Call notes and transcripts, one module a format."""
