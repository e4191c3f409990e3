"""Tell buttons that say something from those with a label that every site has."""

from __future__ import annotations

import re
from itertools import islice

from msgcheck.extract.html.tree import Node, lineage

#: A button says what to do in a few words; longer link texts are headlines or teasers. Chosen by reading.
_BUTTON_WORDS = 6
#: With a second line, as in "Book a demo 30 minutes, free".
_STOCK_WORDS = 8
_SENTENCE = re.compile(r"[.?:]$")
#: Labels by which a site asks to sign up, call, buy or download, or leads to one of its lists: the same words on any
#: site, whatever it sells.
_ASKS = (
    r"get(?! \d)|start|try|sign|log|book|request|schedule|contact|talk|speak|chat|download|buy|order|shop|subscribe"
    r"|join|register|apply|call(?! to action)|reserve|enroll?|deploy|let.s|send|email|begin|claim|record|install"
)
_LISTS = (
    r"plans?|pric(?:es|ing)|products?|features|(?:customer |success )?stories|case studies|templates|resources"
    r"|integrations|use cases|industries|solutions"
)
_STOCK = re.compile(
    rf"\W*(?:(?:{_ASKS})|(?:see|view|explore|browse|compare)(?:(?: (?:all|our|more|the))* (?:{_LISTS})| all| more))\b",
    re.IGNORECASE,
)
#: A card holds a few lines of text and stands beside others like it. Chosen by reading pages.
_CARD_WORDS = 120
_CARD_LEVELS = 3
_CARD_SIBLINGS = 2
_LINE_WORDS = 4


def is_button(text: str) -> bool:
    """Whether the text of a link is short enough for a button, and no sentence."""
    return len(text.split()) <= _BUTTON_WORDS and not _SENTENCE.search(text)


def is_stock(text: str, link: Node) -> bool:
    """Whether a button has a stock label and stands alone; on a card, it belongs to what the card says."""
    if len(text.split()) > _STOCK_WORDS or _SENTENCE.search(text) or not _STOCK.match(text):
        return False
    return not _on_card(link)


def _on_card(link: Node) -> bool:
    """Whether the smallest box round the button that says more than it is one of several alike, under one heading."""
    box = next((above for above in lineage(link) if above.words >= link.words + _LINE_WORDS), None)
    if box is None:
        return False
    for above in islice(lineage(box), _CARD_LEVELS):
        if above.parent is None or above.words > _CARD_WORDS or above.heading < 3:
            return False
        if sum(_alike(above, other) for other in above.parent.first_nodes()) > _CARD_SIBLINGS:
            return True
    return False


def _alike(node: Node, other: Node) -> bool:
    return (
        other.name == node.name
        and other.get("class") == node.get("class")
        and other.words >= _LINE_WORDS
        and other.links > 0
    )
