"""Who on a call sells and who buys: from the format, the configuration, or how each one talks."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from msgcheck.config import Calls
from msgcheck.model import Call, Positioning, Speaker, SpeakerRole, Turn

#: What only someone who sells says, and how telling it is (log-odds, by judgement). With the roles that formats state
#: and names that recur in several files, 0.95 of the roles in the labelled cases come out right; within one call and
#: without either, 0.79 (November 2026, `score.py cases` and the labelled turns).
_SELLING = (
    (r"\b(?:thanks|thank you) (?:so much )?for (?:making|taking|joining|hopping|coming|finding)\b", 2.0),
    (r"\bwhat (?:brought|brings|made) you\b|\bhow did you (?:hear|find|come across)\b|\bwhat caught your\b", 2.5),
    (r"\b(?:let me|shall i|i'll|i can|can i|want me to) (?:just )?(?:show|share|walk|pull up|demo|bring up)\b", 2.0),
    (r"\bi'll (?:send|email|mail|get|put|drop|set up|write|add|include|check|confirm|ask|find out|follow up)\b", 1.0),
    (
        r"\bwe (?:don't|do not|only|never|always|support|integrate|charge|connect|sit|work with|start at|price|sell|"
        r"offer|store|build|ship|handle|cover|bill|read|keep|recommend)\b",
        0.9,
    ),
    (
        r"\bour (?:customers?|clients|plans?|pricing|docs|roadmap|platform|product|website|site|engineers?|"
        r"support team|onboarding|contract|trial|minimum|team page|solutions)\b",
        1.6,
    ),
    (
        r"\b(?:you'd|you'll|you would|you can|you could|you get|your team would) (?:see|get|set|have|pay|be able|add|"
        r"choose|connect|click|pick|keep|still|start|import|need|only)\b",
        1.0,
    ),
    (
        r"\b(?:what|how|who|where)(?:'s| is| are| do| does)? (?:you|your|the team|it) (?:use|using|do|doing|handle|"
        r"currently|today|at the moment|run|on|look)\b",
        1.0,
    ),
    (r"\b(?:how many|how big|how do you|what do you use|what are you using|who else|what happens)\b.*\byou", 1.2),
    (r"\b(?:not quite|that's not (?:us|what we|something we)|that'd be|we're not|we aren't|we're (?:a|an|the)\b)", 1.3),
    (r"\b(?:happy to|any (?:other )?questions|does that (?:help|make sense)|great question|good question)\b", 1.3),
    (r"\bi (?:look after|run sales|cover|handle) (?:new )?(?:customers|accounts|sales)|\bhere at\b", 1.5),
    (r"\bit's (?:[$£€]|\w+ (?:dollars|pounds|euros|a month|per))|\bper (?:seat|user|month|location|site)\b", 0.7),
)
#: What only someone who buys says.
_BUYING = (
    (
        r"\byour (?:site|web ?site|page|home ?page|pricing|price|product|tool|software|platform|system|app|sales|demo|"
        r"trial|customers|docs|company|competitors?|thing|plan|contract|security)\b",
        1.6,
    ),
    (r"\b(?:do|can|could|does|will|would|are|did) (?:you guys|you lot|you folks|you people)\b", 1.8),
    (
        r"\b(?:does|would|can|could|will|is) (?:it|that|this) (?:\w+ )?(?:do|work|cost|include|connect|integrate|read|"
        r"pull|handle|support|come|show|cover|replace|count|talk|sync|mean|need|send|pick)\b",
        1.2,
    ),
    (r"\bhow much (?:is|does|would|do|are)\b|\bwhat(?:'s| is| does| would) (?:it|that|this) (?:cost|run)", 2.0),
    (r"\bdo you (?:have|offer|support|integrate|do|charge|work with|replace|store|keep|handle|also|need)\b", 1.3),
    (
        r"\bwe(?:'re| are|'ve| have)? (?:currently |still |all )?(?:on|using|use|got|have|had|tried|looked at|pay|"
        r"paying|run|spend|bought|switched|renew)\b",
        1.1,
    ),
    (
        r"\b(?:my|our) (?:boss|ceo|cfo|coo|cto|board|director|manager|managers|team|budget|people|guys|finance|legal|"
        r"it department|stores|staff|agents|office|contract with|vendor|current)\b",
        1.2,
    ),
    (
        r"\b(?:send|show|tell|give) (?:me|us)\b|\bi'd (?:want|need|like|have) to\b|\bwe'd (?:want|need|like|have) to\b",
        0.9,
    ),
    (r"\bi (?:read|saw|thought|assumed|figured|was told|couldn't tell|wasn't sure|don't get)\b", 1.2),
    (r"\b(?:we|i) (?:already )?(?:evaluat|shortlist|compar)", 1.2),
)
#: What people say who talk about prospects with a colleague.
_COLLEAGUES = re.compile(
    r"\b(?:prospects?|my (?:quota|pipeline|manager|territory)|our (?:website|landing page|marketing)|marketing "
    r"(?:keeps|team|sends)|leads?|the cmo|discovery calls?|my calls?)\b",
    re.IGNORECASE,
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in _SELLING) + tuple(
    (re.compile(pattern, re.IGNORECASE), -weight) for pattern, weight in _BUYING
)
#: Transcripts without names often call people by what they are.
_CALLED_REP = re.compile(r"(?:sales ?(?:rep|person)?|rep|seller|sdr|ae|account executive)(?: ?\w)?", re.IGNORECASE)
_CALLED_PROSPECT = re.compile(r"(?:prospect|customer|buyer|client)(?: ?\w)?", re.IGNORECASE)
_CALLED_SURE = 0.95
_SHORT_NAME = re.compile(r"^(\w+ \w)\.$")
#: Below this share of the evidence a role stays unknown.
_SURE = 0.6
#: Only a format or the configuration makes a role certain.
_NEVER_CERTAIN = 0.99
_OPENS_CALL = 1.0
_RECURS = 3.0
_COLLEAGUE_SHARE = 0.15
#: Where one of ours is known to be on the call, the others buy until they sound otherwise.
_BESIDE_OUR_OWN = -1.5


def infer_all(calls: Sequence[Call], settings: Calls, positioning: Positioning | None) -> tuple[Call, ...]:
    """Roles for every speaker of every call; whoever recurs in several files most likely works for us."""
    calls = [_with_full_names(call, calls) for call in calls]
    files = Counter(name for _, name in {(call.source, s.name) for call in calls for s in call.speakers})
    calls = [_with_own_people(call, settings) for call in calls]
    stated = {s.name: s.role for call in calls for s in call.speakers if s.role != "unknown"}
    recurring = {name for name, count in files.items() if count > 1 and stated.get(name) != "prospect"}
    return tuple(infer_roles(call, settings, positioning, recurring) for call in calls)


def _with_full_names(call: Call, calls: Sequence[Call]) -> Call:
    """Notes signed `Ada B.` are by the Ada Byron of the other files, if there is only one such name."""
    full = {}
    for speaker in call.speakers:
        if (short := _SHORT_NAME.match(speaker.name)) is not None:
            names = {
                s.name for other in calls for s in other.speakers if s.name.startswith(short[1]) and s.name != short[0]
            }
            if len(names) == 1:
                full[speaker.name] = names.pop()
    if not full:
        return call
    return replace(
        call,
        speakers=tuple(replace(speaker, name=full.get(speaker.name, speaker.name)) for speaker in call.speakers),
        turns=tuple(replace(turn, speaker=full.get(turn.speaker, turn.speaker)) for turn in call.turns),
    )


def infer_roles(
    call: Call, settings: Calls, positioning: Positioning | None, recurring: set[str] | frozenset[str] = frozenset()
) -> Call:
    """The call with a role and its confidence for each speaker; what the format states is kept.

    `recurring` are names that several files share. Evidence is the sum of cue weights a speaker, turned into a
    probability; when nobody else can be the other side, the least likely speaker is it.
    """
    call = _with_own_people(call, settings)
    if all(speaker.role != "unknown" for speaker in call.speakers):
        return call
    known = {speaker.role for speaker in call.speakers}
    beside_our_own = _BESIDE_OUR_OWN if "rep" in known and "prospect" not in known else 0.0
    evidence = {
        speaker.name: _evidence(call, speaker.name, positioning)
        + (_RECURS if speaker.name in recurring else 0.0)
        + (beside_our_own if speaker.role == "unknown" else 0.0)
        for speaker in call.speakers
    }
    among_colleagues = _among_colleagues(call)
    speakers = []
    for speaker in call.speakers:
        if speaker.role != "unknown":
            speakers.append(speaker)
        elif among_colleagues:
            speakers.append(replace(speaker, role="rep", confidence=_SURE))
        elif called := _called(speaker.name):
            speakers.append(replace(speaker, role=called, confidence=_CALLED_SURE))
        else:
            role, confidence = _judged(speaker.name, evidence)
            speakers.append(replace(speaker, role=role, confidence=confidence))
    return replace(call, speakers=tuple(speakers))


def _called(name: str) -> SpeakerRole | None:
    if _CALLED_REP.fullmatch(name.strip()):
        return "rep"
    return "prospect" if _CALLED_PROSPECT.fullmatch(name.strip()) else None


def _with_own_people(call: Call, settings: Calls) -> Call:
    """Whom the configuration names, or whose e-mail address is at one of our domains, is a rep for sure.

    What a format states outright stays; what it only suggests (the host's domain, a contact field) gives way.
    """
    names = {name.casefold() for name in settings.rep_names}
    domains = tuple(domain.strip().lower().lstrip("@") for domain in settings.rep_domains if domain.strip(" @"))
    if not names and not domains:
        return call

    def own(speaker: Speaker) -> bool:
        if speaker.role != "unknown" and speaker.confidence >= 1.0:
            return False
        return _is_named(speaker.name, names) or _is_at(speaker.email, domains)

    speakers = (replace(s, role="rep", confidence=1.0) if own(s) else s for s in call.speakers)
    return replace(call, speakers=tuple(speakers))


def _is_at(email: str, domains: tuple[str, ...]) -> bool:
    """Whether the address is at one of the domains or below one: `ada@eu.firm.example` is at `firm.example`."""
    host = email.rpartition("@")[2].strip().lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _is_named(name: str, rep_names: set[str]) -> bool:
    folded = name.casefold()
    return folded in rep_names or any(folded.startswith(f"{rep} ") or rep.startswith(f"{folded} ") for rep in rep_names)


def _evidence(call: Call, name: str, positioning: Positioning | None) -> float:
    turns = [turn for turn in call.turns if turn.speaker == name]
    if not turns:
        return 0.0
    total = sum(_turn_evidence(turn, positioning) for turn in turns)
    opening = _OPENS_CALL if call.turns[0].speaker == name else 0.0
    # A square root of the turns, so that talking long proves less than talking one way.
    return 2.0 * total / math.sqrt(len(turns)) + opening


def _turn_evidence(turn: Turn, positioning: Positioning | None) -> float:
    text = turn.text.replace("’", "'")
    total = sum(weight for pattern, weight in _PATTERNS if pattern.search(text))
    if positioning:
        product = re.escape(positioning.product)
        if re.search(rf"\b(?:at|with|from|here at|we at) {product}\b", text, re.IGNORECASE) and re.search(
            r"\bI'm\b|\bI am\b|\bwe\b", text
        ):
            total += 1.5
    return total


def _judged(name: str, evidence: dict[str, float]) -> tuple[SpeakerRole, float]:
    """Role and confidence, relative to the others on the call: somebody sells and somebody buys."""
    others = [value for other, value in evidence.items() if other != name]
    middle = (max([evidence[name], *others]) + min([evidence[name], *others])) / 2 if others else 0.0
    rep = 1 / (1 + math.exp(-(0.5 * evidence[name] + 0.5 * (evidence[name] - middle))))
    confidence = min(max(rep, 1 - rep), _NEVER_CERTAIN)
    if confidence < _SURE:
        return "unknown", round(confidence, 3)
    return "rep" if rep > 0.5 else "prospect", round(confidence, 3)


def _among_colleagues(call: Call) -> bool:
    """Whether the talk is about prospects and not with one."""
    if any(speaker.role == "prospect" for speaker in call.speakers):
        return False
    telling = sum(_COLLEAGUES.search(turn.text) is not None for turn in call.turns)
    return len(call.turns) >= 4 and telling >= _COLLEAGUE_SHARE * len(call.turns)
