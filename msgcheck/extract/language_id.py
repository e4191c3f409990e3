"""Tell which language a text is in."""

from __future__ import annotations

#: Below this many words the guess is a coin toss (names and slogans look like any language).
_ENOUGH_WORDS = 20
#: More of the page tells no more about its language.
_ENOUGH_CHARACTERS = 5000


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, or an empty string when there is too little to tell."""
    if len(text.split()) < _ENOUGH_WORDS:
        return ""
    import py3langid

    language, _ = py3langid.classify(text[:_ENOUGH_CHARACTERS])
    return str(language)
