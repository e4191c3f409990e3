"""Where a speaker's name ends and the talk begins, in lines of the form `Name: text`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

#: One to five words with letters, each starting with a capital or digit (particles like `van` may be small), and
#: perhaps a role in brackets. Longer prefixes are speech with a colon in it.
_PREFIX = re.compile(
    r"""^(?:\*\*|__)?
    (?P<name>
      (?:Dr\.|Mr\.|Mrs\.|Ms\.|Prof\.)?\s*
      [A-Z0-9À-ÖØ-Þ][\w'’.\-]*
      (?:\s(?:[A-Z0-9À-ÖØ-Þ(&][\w'’.\-)]*|van|von|de|der|den|da|di|del|la|le|bin|al|el|y|&)){0,4}
      (?:\s*[(\[][^()\[\]]{1,40}[)\]])?
    )
    (?:\*\*|__)?\s*:(?:\*\*|__)?(?:\s+|$)""",
    re.VERBOSE,
)
_NO_NAMES = re.compile(
    r"(?i)^(?:(?:step|part|day|week|tip|chapter|phase|option|plan)\s*\w{1,6}|note|notes|so|and|but|ok|okay|yes|no|well|"
    r"question|answer|example|first|second|third|next|also|because|then|now|action items?|next steps?|summary|date|"
    r"time|subject|title|attendees|participants|duration|location|agenda|topic|break|recording|transcript|host|meeting|"
    r"source|url|https?|re|ps|p\.s\.)$"
)
#: Names in small letters, as in chats, count when they head so many lines.
_SMALL_PREFIX = re.compile(r"^(?P<name>[a-z][\w.\-]{0,30}(?: \d{1,3})?)\s*:\s+(?=\S)")
_SMALL_LEAST = 3
_WORD = re.compile(r"[^\W\d_]+")


def split_name(line: str) -> tuple[str, str]:
    """(name, rest) of a line; name is '' where the line does not begin with what may be one."""
    match = _PREFIX.match(line[:160])
    if match is None:
        return "", line
    name = match["name"].strip()
    if _NO_NAMES.match(name) or name.isdigit():
        return "", line
    return name, line[match.end() :]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that head lines of one file."""

    known: frozenset[str]

    @classmethod
    def among(cls, lines: Iterable[str]) -> Names:
        """Told from all lines together: what stands once before a colon is speech if it is a common word of this talk.

        Names in small letters count where they recur and no other names are there.
        """
        texts = list(lines)
        heads = Counter(name for line in texts if (name := split_name(line)[0]))
        small = {word for line in texts for word in _WORD.findall(line) if word.islower()}
        known = {name for name, count in heads.items() if count > 1 or " " in name or name.lower() not in small}
        if not known:
            chats = Counter(match["name"] for line in texts if (match := _SMALL_PREFIX.match(line)))
            known = {name for name, count in chats.items() if count >= _SMALL_LEAST and not _NO_NAMES.match(name)}
        return cls(frozenset(known))

    def split(self, line: str) -> tuple[str, str]:
        """(name, rest) of a line that a known name heads; ('', line) otherwise."""
        name, rest = split_name(line)
        if not name and (match := _SMALL_PREFIX.match(line)) is not None:
            name, rest = match["name"], line[match.end() :]
        return (name, rest) if name in self.known else ("", line)


def name_from(address: str) -> str:
    """The name in an e-mail address: `ada.byron@firm.example` is Ada Byron; '' without an address."""
    local, at, _ = address.partition("@")
    return " ".join(word.capitalize() for word in re.split(r"[._\-+\d]+", local) if word) if at else ""
