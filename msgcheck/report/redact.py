"""Take the people out of a report: names of outside speakers, e-mail addresses and phone numbers in call text.

What a page says is public and stays as it is, so that the offsets of findings hold. Names of the company's own
speakers stay too. Only people who speak on a call are known by name; somebody who is merely talked about is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from msgcheck.model import (
    CallReport,
    Finding,
    Location,
    Misconception,
    Moment,
    RepDrift,
    Report,
    Speaker,
    SpeakerRole,
    Suspect,
    Turn,
)

_LABELS: Mapping[SpeakerRole, str] = {"prospect": "Prospect", "unknown": "Speaker"}
#: Stands for a name that several people share, at least one of them from outside.
_SHARED = "[name]"
#: Speaker labels that name nobody.
_NOBODY = frozenset(
    (
        "account",
        "attendee",
        "buyer",
        "caller",
        "client",
        "company",
        "contact",
        "customer",
        "guest",
        "host",
        "interviewer",
        "lead",
        "manager",
        "me",
        "note",
        "notes",
        "owner",
        "participant",
        "person",
        "prospect",
        "rep",
        "sales",
        "seller",
        "speaker",
        "team",
        "them",
        "unknown",
        "user",
        "voice",
        "you",
    )
)
_TITLES = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "sir",
        "de",
        "van",
        "von",
        "der",
        "den",
        "del",
        "la",
        "le",
        "da",
        "di",
        "bin",
        "al",
        "the",
        "and",
        "of",
    )
)
#: First names that are also everyday words; at the start of a sentence they are taken for the word.
_ALSO_WORDS = frozenset(
    (
        "april",
        "art",
        "august",
        "bill",
        "chase",
        "dawn",
        "drew",
        "faith",
        "frank",
        "grace",
        "grant",
        "guy",
        "hope",
        "jack",
        "joy",
        "june",
        "mark",
        "max",
        "may",
        "miles",
        "pat",
        "penny",
        "ray",
        "rich",
        "rob",
        "rose",
        "sky",
        "sue",
        "summer",
        "will",
    )
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_PHONE = re.compile(
    r"(?<![\w.,$€£/-])(?:\+\d[\d\s().-]{6,18}\d|\(\d{2,5}\)[\s.-]?\d{3,4}[\s.-]?\d{3,4}"
    r"|(?:1[\s.-])?\d{3}[\s.-]\d{3}[\s.-]\d{4}|0\d{1,4}[\s-]\d{3,4}[\s-]?\d{3,4}|[01]?\d{10})(?![\w%])"
)

_Scrub = Callable[[str], str]


def redact(report: Report) -> Report:
    """The same report without outside people; one person keeps one label ('Prospect A') through the whole run."""
    labels = _labels(report.calls)
    scrub = _scrubber(labels)
    pages = {page.document.key for page in report.pages}
    return replace(
        report,
        calls=tuple(_call(call, labels, scrub) for call in report.calls),
        misconceptions=tuple(_misconception(found, scrub) for found in report.misconceptions),
        findings=tuple(_finding(finding, pages, scrub) for finding in report.findings),
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _names_nobody(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", _key(name))
    return all(word in _NOBODY or len(word) == 1 for word in words)


def _labels(calls: Sequence[CallReport]) -> dict[str, str]:
    """A label for everybody from outside, lettered in the order in which they appear."""
    roles: dict[str, set[SpeakerRole]] = {}
    for call in calls:
        for speaker in call.call.speakers:
            roles.setdefault(_key(speaker.name), set()).add(speaker.role)
    labels: dict[str, str] = {}
    counts = {"Prospect": 0, "Speaker": 0}
    for name, seen in roles.items():
        if "rep" in seen or _names_nobody(name):
            continue
        kind = _LABELS["prospect" if "prospect" in seen else "unknown"]
        labels[name] = f"{kind} {_letters(counts[kind])}"
        counts[kind] += 1
    # What the reps are called must be known too: a first name that both sides share cannot keep one label.
    return labels | {name: "" for name, seen in roles.items() if "rep" in seen}


def _letters(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = chr(ord("A") + number % 26)
    return letters if number < 26 else _letters(number // 26 - 1) + letters


def _scrubber(labels: Mapping[str, str]) -> _Scrub:
    table = _spellings(labels)
    ordered = sorted(table, key=lambda name: (-len(name), name))
    names = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered) + r")(?!\w)",
        re.IGNORECASE,
    )

    def scrub(text: str) -> str:
        text = _EMAIL.sub("[e-mail]", text)
        text = _PHONE.sub("[phone]", text)
        return names.sub(lambda found: _replacement(found, table), text) if table else text

    return scrub


def _spellings(labels: Mapping[str, str]) -> dict[str, str]:
    """Full names and their parts, folded; a part that two people share maps to no one person's label."""
    people: dict[str, set[str]] = {}
    for name, label in labels.items():
        for part in _parts(name):
            people.setdefault(part, set()).add(label)
    table = {part: next(iter(found)) if len(found) == 1 else _SHARED for part, found in people.items()}
    full = {name: label for name, label in labels.items() if label}
    return {part: label for part, label in (table | full).items() if label}


def _parts(name: str) -> Iterator[str]:
    """'dana whitfield (acme)' -> 'dana whitfield', 'dana', 'whitfield'."""
    person = re.split(r"\s*[(\[|/,<]|\s[-–—]\s", name, maxsplit=1)[0].strip()
    if person:
        yield person
    for word in person.split():
        bare = word.strip(".,'’\"")
        if len(bare) > 2 and bare not in _TITLES and bare not in _NOBODY and "@" not in bare:
            yield bare


def _replacement(found: re.Match[str], table: Mapping[str, str]) -> str:
    words = found[0]
    if words == words.lower() and " " not in words and "@" not in words:
        return words  # 'mark it down', 'we may': a name is written with a capital
    folded = _key(words)
    if folded in _ALSO_WORDS and _opens_sentence(found):
        return words
    return table.get(folded, _SHARED)


def _opens_sentence(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].rstrip()
    goes_on = re.match(r"\s+[a-z]", found.string[found.end() :]) is not None
    return goes_on and (not before or before[-1] in '.!?…:"“')


def _label(name: str, labels: Mapping[str, str]) -> str:
    return labels.get(_key(name)) or name


def _call(report: CallReport, labels: Mapping[str, str], scrub: _Scrub) -> CallReport:
    call = report.call
    spoken = replace(
        call,
        speakers=tuple(_speaker(speaker, labels) for speaker in call.speakers),
        turns=tuple(_turn(turn, labels, scrub) for turn in call.turns),
    )
    return replace(
        report,
        call=spoken,
        moments=tuple(_moment(moment, labels, scrub) for moment in report.moments),
        rep_drift=tuple(_drift(drift, labels, scrub) for drift in report.rep_drift),
    )


def _speaker(speaker: Speaker, labels: Mapping[str, str]) -> Speaker:
    return replace(speaker, name=_label(speaker.name, labels))


def _turn(turn: Turn, labels: Mapping[str, str], scrub: _Scrub) -> Turn:
    return replace(turn, speaker=_label(turn.speaker, labels), text=scrub(turn.text))


def _moment(moment: Moment, labels: Mapping[str, str], scrub: _Scrub) -> Moment:
    return replace(
        moment,
        speaker=_label(moment.speaker, labels),
        quote=scrub(moment.quote),
        about=scrub(moment.about),
        perceived_category=scrub(moment.perceived_category),
        term=scrub(moment.term),
        suspects=_suspects(moment.suspects, scrub),
    )


def _drift(drift: RepDrift, labels: Mapping[str, str], scrub: _Scrub) -> RepDrift:
    return replace(drift, speaker=_label(drift.speaker, labels), quote=scrub(drift.quote))


def _misconception(found: Misconception, scrub: _Scrub) -> Misconception:
    return replace(
        found,
        label=scrub(found.label),
        quotes=tuple(scrub(quote) for quote in found.quotes),
        suspects=_suspects(found.suspects, scrub),
    )


def _suspects(suspects: Iterable[Suspect], scrub: _Scrub) -> tuple[Suspect, ...]:
    """The quote is a page's and stays; the reason may repeat what somebody said."""
    return tuple(replace(suspect, reason=scrub(suspect.reason)) for suspect in suspects)


def _finding(finding: Finding, pages: set[str], scrub: _Scrub) -> Finding:
    return replace(
        finding,
        message=scrub(finding.message),
        advice=scrub(finding.advice),
        locations=tuple(_location(location, pages, scrub) for location in finding.locations),
    )


def _location(location: Location, pages: set[str], scrub: _Scrub) -> Location:
    quote = location.quote if location.document in pages else scrub(location.quote)
    return replace(location, quote=quote, note=scrub(location.note))
