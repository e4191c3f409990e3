"""Which named strings (front matter, YAML, JSON, component props) are copy, and in which role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgcheck.extract.names import names

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
#: The last word of a key that holds copy, and the role of what it holds. Keys are folded: `ctaText` is `cta text`.
_ROLES = {
    "title": "heading-2",
    "heading": "heading-2",
    "headline": "heading-2",
    "header": "heading-2",
    "question": "heading-3",
    "q": "heading-3",
    "summary": "heading-3",
    "cta": "cta",
    "button": "cta",
    "quote": "quote",
    "testimonial": "quote",
    "alt": "alt",
    "caption": "caption",
    "hero": "heading-1",
} | dict.fromkeys(
    names(
        """
        answer badge benefit blurb body bullet bullets bulletpoints children content copy deck description desc
        disclaimer excerpt eyebrow feature features benefits highlight intro introduction kicker label lead lede list
        message note overline paragraph paragraphs points price promise shout slogan standfirst statement subheader
        subheading subhead subline subtext subtitle tagline teaser text tooltip
    """
    ),
    "body",
)
#: A key whose last word is one of these says how a button or link reads when another word names it.
_LABELS = names("text label title children copy content message")
_BUTTONS = names("cta button btn link action")
_OPENINGS = names("hero masthead banner jumbotron splash")
#: Keys that name, place, style or date things. What they hold is no copy, whatever it looks like.
_NO_COPY = names(
    """
    aliases analytics anchor author authors bg bibliography breadcrumb canonical category categories class classes
    code color colour command component config css currency date draft email encoding env executable extends file
    filename font format ga geekdoc github gradient handle height hex href hreflang icon icons id ids identifier
    image images img import include json key keys keyword keywords kind lang language lastmod lat layout license lng
    locale logo match menu meta-author method mime name-id namespace og ogimage order outputs owner param params
    parent path pattern permalink phone photo pid platform plugin plugins position prefix publisher pubdate query
    redirect redirects ref regex rel repo repository role route schema script scripts section-id selector sha sidebar
    size slug snippet source src style styles stylesheet sub suffix svg tag tags target tel template theme thumbnail
    timezone toc token translationkey twitter type types uid uri url urls uuid variant version video website weight
    width yaml
"""
)
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//\S+|(?:mailto|tel|data|javascript):\S*|[\w.+-]+@[\w-]+\.[\w.-]+|www\.\S+", re.I
)
_PATH = re.compile(r"[~.@#/\\]?[\w@.~-]*(?:[/\\][\w@.~#?=&%+-]*)+|#[\w-]*|[\w-]+\.[a-z][a-z0-9]{1,4}")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
#: A token as style sheets and command lines have them: `px-4`, `md:flex`, `--force`, `#fff`, `12px`, `a=b`.
_CODE_TOKEN = re.compile(
    r"-{1,2}\w|[a-z][a-z0-9]*(?:[-:_][\w\[\]%./#-]+)+|#[0-9a-fA-F]{3,8}|\d+(?:px|rem|em|vh|vw|fr|ms)|\S*[=;{}$|<>]\S*"
)
_PRICE = re.compile(r"(?:US)?[$£€]\s?\d")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*[.!?…:]?")


def fold(key: str) -> list[str]:
    """`ctaText`, `cta_text` and `CTA-text` as `["cta", "text"]`."""
    return [word.lower() for word in _WORDS.findall(key)]


def role_of(key: str) -> str | None:
    """The role of what a key holds; None for a key that says nothing of copy."""
    words = fold(key)
    if not words or is_technical(key):
        return None
    if words[-1] in _LABELS and any(word in _BUTTONS for word in words[:-1]):
        return "cta"
    if words[-1] in ("text", "alt") and "alt" in words:
        return "alt"
    return "heading-1" if key.lower() == "h1" else _ROLES.get(words[-1]) or _ROLES.get("".join(words))


def is_technical(key: str) -> bool:
    """Whether a key names, places, styles or dates something."""
    words = fold(key)
    last = words[-1] if words else ""
    return last in _NO_COPY or "".join(words) in _NO_COPY or last == "at" or (len(words) > 1 and words[-1] == "date")


def opens_page(path: Sequence[str]) -> bool:
    """Whether a key path lies in the part that a reader sees first (`hero.title`, `heroTitle`)."""
    named = [word for key in path for word in fold(key)]
    return not _OPENINGS.isdisjoint(named[:-1]) or named[-1:] in (["hero"], ["h1"])


def reads_as_copy(text: str, *, named: bool) -> bool:
    """Whether a string is words for a reader, not a name, place, date, style or command.

    `named`: its key says that it is copy; then one capitalised word is enough.
    """
    text = text.strip()
    if _PRICE.match(text):
        return True
    if not _LETTERS.search(text) or _URL.fullmatch(text) or _PATH.fullmatch(text) or _DATE.fullmatch(text):
        return False
    tokens = text.split()
    if len(tokens) == 1:
        return named and text[0].isupper() and _WORD.fullmatch(text) is not None
    coded = sum(_CODE_TOKEN.fullmatch(token) is not None for token in tokens)
    plain = sum(_WORD.fullmatch(token.strip("“”\"'‘’()[],;")) is not None for token in tokens)
    if 2 * coded >= len(tokens) or 2 * plain < len(tokens):
        return False
    return named or len(tokens) > 2 or text[0].isupper()
