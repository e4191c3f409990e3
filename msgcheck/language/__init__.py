"""Sentences, words and meaning of text: the home of spaCy and the encoder."""
