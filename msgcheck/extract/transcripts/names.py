"""Where a speaker's name ends and the talk begins, in lines of the form `Name: text`."""

from __future__ import annotations

import re

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
    r"(?i)^(?:(?:step|part|day|week|tip|chapter|phase|option|plan)\s*\w{1,6}|note|notes|so|and|but|ok|okay|yes|no|well|question|answer|example|first|second|third|next|also|"
    r"because|then|now|action items?|next steps?|summary|date|time|subject|title|attendees|participants|duration|"
    r"location|agenda|topic|break|recording|transcript|host|meeting|source|url|https?|re|ps|p\.s\.)$"
)


def split_name(line: str) -> tuple[str, str]:
    """(name, rest) of a line; name is '' where the line does not begin with one."""
    match = _PREFIX.match(line[:160])
    if match is None:
        return "", line
    name = match["name"].strip()
    if _NO_NAMES.match(name) or name.isdigit():
        return "", line
    return name, line[match.end() :]


def name_from(address: str) -> str:
    """The name in an e-mail address: `ada.byron@firm.example` is Ada Byron; '' without an address."""
    local, at, _ = address.partition("@")
    return " ".join(word.capitalize() for word in re.split(r"[._\-+\d]+", local) if word) if at else ""
