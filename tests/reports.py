"""A finished report of an invented company, rich enough to show everything that a renderer can show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from msgcheck.model import (
    Anchor,
    Block,
    BuyerTerm,
    Call,
    CallReport,
    CallsPeriod,
    CategoryGuess,
    CategoryNoun,
    Clarity,
    Clearing,
    Document,
    Evidence,
    Fact,
    Fault,
    Finding,
    JargonSpan,
    Location,
    Message,
    MessageCoverage,
    Metrics,
    Misconception,
    Moment,
    PageReport,
    Positioning,
    RepDrift,
    Report,
    Run,
    SentenceReport,
    Severity,
    Skipped,
    Speaker,
    Summary,
    Suspect,
    TalkTrack,
    Tool,
    Turn,
)
from msgcheck.rules.base import locate, whole

HOSTILE = "<script>alert('x')</script> \x1b[31mred\x1b[0m \u202edesrever\u202c [bold]markup[/bold] \ud83d </p>"

_HOME = (
    ("title", "Kilnhouse | The customer platform for modern studios"),
    ("description", "Unlock seamless growth for your studio."),
    ("nav", "Product Pricing Log in"),
    ("heading-1", "The all-in-one customer platform for modern studios"),
    ("hero", "Kilnhouse unlocks seamless growth with best-in-class orchestration."),
    ("cta", "Start free"),
    ("cta", "Learn more"),
    ("heading-2", "One place for every class"),
    (
        "body",
        "Students book, pay and cancel in one calendar. You see who comes, and what is still owed, before you fire up.",
    ),
    ("list-item", "Waiting lists that fill themselves"),
    ("list-item", "An OMS that empowers your team to do more with less"),
    ("list-item", "Deposits for kiln space"),
    ("quote", "We stopped chasing payments. It is the first thing I open in the morning."),
    ("caption", "Owner of a pottery studio with three wheels"),
    ("alt", "A calendar"),
    ("footer", "The world's leading platform. Contact hello@kilnhouse.example"),
)
_PRICING = (
    ("title", "Pricing"),
    ("heading-1", "One price for each studio"),
    ("body", "Kilnhouse costs $59 a month. Students pay nothing to book."),
    ("table", "Plan"),
    ("table", "Studio"),
    ("table", "$59 a month"),
)
_BROKEN = (("heading-3", HOSTILE), ("body", f"Before {HOSTILE} after"))


def document(key: str, blocks: tuple[tuple[str, str], ...], title: str = "") -> Document:
    """A page whose n-th block stands on source line 10 + n, from column 5 on."""
    placed = tuple(
        Block(role, text, (Anchor(0, 10 + index, 5),), selector="p", section=1)
        for index, (role, text) in enumerate(blocks)
    )
    return Document(key, f"site/{key}", "html", title or blocks[0][1], "en", placed, visible_words=120)


HOME = document("index.html", _HOME)
PRICING = replace(document("pricing.html", _PRICING), source="https://kilnhouse.example/pricing")
BROKEN = document("<b>odd</b>.html", _BROKEN)


def finding(
    rule: str, severity: Severity, document: Document, block: int, words: str, message: str, advice: str = ""
) -> Finding:
    """A finding on the first `words` of a block."""
    start = document.blocks[block].text.index(words)
    place = locate(document, block, start, start + len(words))
    return Finding(rule, severity, 0.8754, message, advice, (place,), fingerprint=f"{rule}-{block}-{start}")


def _home_findings() -> tuple[Finding, ...]:
    category = finding(
        "mismatch.category", "error", HOME, 3, "customer platform",
        "The headline calls it a “customer platform”; the agreed category is “class booking software”.",
        "Say “class booking software for pottery studios”.",
    )  # fmt: skip
    confused = finding(
        "mismatch.confused-by", "error", HOME, 3, "all-in-one customer platform for modern studios",
        "Two prospects took you for a CRM, and both had read this headline.",
        "Name the job that studios hire you for in the headline.",
    )  # fmt: skip
    related = Location("talks/brook.vtt", "related", 2, quote="So you're a CRM, like the one Dana Whitfield uses?")
    missing = Finding(
        "mismatch.missing-message", "error", 0.91,
        "This page never says what the positioning wants on it: “Studios keep their own card reader.”",
        "Add a sentence that says it, near the top if it decides the purchase.",
        (whole(HOME), locate(HOME, 8, 0, 45, kind="related", note="the closest line")),
        fingerprint="missing",
    )  # fmt: skip
    return (
        missing,
        category,
        replace(confused, locations=(*confused.locations, related)),
        finding("jargon.buzzword", "warning", HOME, 4, "seamless",
                "“seamless” tells a buyer nothing they can picture.", "Say what they will not have to do."),
        finding("vague.empty-claim", "warning", HOME, 4, "unlocks seamless growth with best-in-class orchestration",
                "After this line a reader still cannot say what you do.", "Which job, for whom, with what result?"),
        finding("jargon.undefined-acronym", "warning", HOME, 10, "OMS",
                "“OMS” is never spelt out here.", "Write the words once, then the letters."),
        finding("vague.unsupported-superlative", "warning", HOME, 15, "leading",
                "“leading” stands without proof.", "Name the source, or drop it."),
        finding("vague.empty-claim", "note", HOME, 10, "empowers your team to do more with less",
                "“do more with less” could be said of any tool.", "More of what, with less of what?"),
        finding("jargon.buzzword", "note", HOME, 1, "Unlock seamless growth",
                "“Unlock seamless growth” tells a searcher nothing.", "Say what the studio gets."),
    )  # fmt: skip


def _findings() -> tuple[Finding, ...]:
    contradiction = finding(
        "mismatch.contradiction", "error", PRICING, 2, "$59 a month",
        "The page says $59 a month; the agreed fact says $49.", "Find out which is right, and say it once.",
    )  # fmt: skip
    agreed = Location("positioning.yaml", "related", quote="Kilnhouse costs $49 a month.", note="agreed")
    contradiction = replace(contradiction, locations=(*contradiction.locations, agreed))
    hostile = finding("house.style", "note", BROKEN, 1, HOSTILE, f"Says {HOSTILE}", HOSTILE)
    silenced = finding("jargon.buzzword", "warning", PRICING, 1, "studio", "A silenced finding.")
    return (
        *_home_findings(),
        contradiction,
        hostile,
        replace(silenced, suppressed=True),
        replace(silenced, rule="jargon.insider-term", baselined=True),
    )


def _page(page: Document, words: int, confusion: float, clarity: Clarity, alignment: float | None) -> PageReport:
    return PageReport(
        page,
        words,
        confusion,
        clarity,
        (CategoryGuess("customer platform", 0.512), CategoryGuess("class booking software", 0.31)),
        Metrics(6.1239, 0.4, alignment, 9.25, 0.8),
        (),
    )


def _pages() -> tuple[PageReport, ...]:
    sold = Evidence(3, 15, 32, "customer platform")
    home = _page(HOME, 92, 0.7126, Clarity(0.3, 0.61, 0.42, None, Evidence(3, 33, 51, "for modern studios")), 0.35)
    pricing = _page(PRICING, 20, 0.2, Clarity(0.8, 0.7, 0.55, replace(sold, block=1, quote="each studio")), None)
    broken = _page(BROKEN, 8, 0.4, Clarity(0.5, 0.5, 0.5), None)
    quote = "Students book, pay and cancel in one calendar."
    return (
        replace(home, category_nouns=(CategoryNoun("customer platform", "other", "headline", 3),), messages=(
            MessageCoverage("calendar", "covered", 0.93, quote, 8, 0, 46),
            MessageCoverage("reader", "missing", 0.12, quote, 8, 0, 46),
            MessageCoverage("waiting", "partial", 0.55, "Waiting lists that fill themselves", 9, 0, 34),
        )),
        broken,
        replace(pricing, category_nouns=(CategoryNoun("class booking software", "exact", "title", 0),), messages=(
            MessageCoverage("calendar", "missing", 0.02),
            MessageCoverage("reader", "missing", 0.01),
            MessageCoverage("waiting", "missing", 0.03),
        )),
    )  # fmt: skip


def _calls() -> tuple[CallReport, ...]:
    turns = (
        Turn(0, "Ines Okafor", "Thanks for the time, Dana. Shall we start?", 0.0, 4.0),
        Turn(1, "Dana Whitfield", "Sure. Mail me at dana@brook.example or call +44 20 7946 0958.", 4.0, 9.0),
        Turn(2, "Dana Whitfield", "So you're a CRM, right?  That's what the site said, Ines.", 9.0, 13.5),
        Turn(3, "Ines Okafor", "No, we fill classes. It's more of a growth engine.", 13.5, 200.0),
    )
    brook = Call(
        "talks/brook.vtt", "calls/talks/brook.vtt", "zoom-vtt", "2026-03-03",
        (Speaker("Ines Okafor", "rep", 0.9), Speaker("Dana Whitfield", "prospect", 0.8)), turns, 1260.0,
    )  # fmt: skip
    suspect = Suspect("index.html", "The all-in-one customer platform for modern studios", 0.8123, 3, 0, 51)
    moment = Moment(
        brook.key, 2, 9.0, "Dana Whitfield", "prospect", "misconception", turns[2].text, 0.91239,
        "takes it for a CRM", "CRM", suspects=(suspect,),
    )  # fmt: skip
    told = Turn(0, "Maud", "Rosalind (Ferris & Co) wasn't sure that it is for a studio of two.", note=True)
    people = (Speaker("Maud"), Speaker("Rosalind (Ferris & Co)", "prospect"))
    notes = Call("crm.csv#2", "calls/crm.csv", "hubspot-csv", "", people, (told,), accounts=("Ferris & Co",))
    doubt = Moment(
        notes.key, 0, None, "Maud", "rep", "audience-doubt", told.text, 0.6,
        "doubts that it is for companies like theirs",
    )  # fmt: skip
    drift = RepDrift(3, "Ines Okafor", turns[3].text, "class booking software", 0.71)
    quiet = Call("quiet.txt", "calls/quiet.txt", "plain", "2026-03-09", (Speaker("Rep", "rep", 1.0),), ())
    return (
        CallReport(brook, (moment,), (drift,), Clearing(190.04, 0.151, 1260.0, estimated=False)),
        CallReport(notes, (doubt,), ()),
        CallReport(quiet, (), ()),
    )


def sample() -> Report:
    """Three pages, three calls, every state and family, overlapping findings, and text that attacks the renderer."""
    calls, pages, findings = _calls(), _pages(), _findings()
    moment = calls[0].moments[0]
    belief = Misconception(
        "took it for a CRM",
        2,
        ("talks/brook.vtt", "crm.csv#2"),
        (moment.quote, "Dana told us: a CRM."),
        moment.suspects,
    )
    return Report(
        tool=Tool("0.1.0", "encoder-x", "nlp-y"),
        run=Run("2026-11-24T12:00:00+00:00", 1.2345, "msgcheck.toml"),
        summary=Summary(3, 3, 120, {"error": 4, "warning": 4, "note": 3}, 0.6061, 1, 1),
        positioning=POSITIONING,
        pages=pages,
        sentences=(
            SentenceReport(
                "index.html", "An OMS that empowers your team", "list-item", 0.81239, 0.7,
                (JargonSpan(3, 6, "OMS", "acronym", 0.9),),
            ),
        ),
        calls=calls,
        misconceptions=(belief,),
        findings=findings,
        skipped=(Skipped("blog/fr.html", "its language is 'fr'; msgcheck reads English"),),
        faults=(Fault("vague.weasel", "index.html", "unexpected ValueError: <odd>"),),
        clearing=Clearing(190.04, 0.151, 1260.0, estimated=False),
        talk_tracks=(
            TalkTrack("Ines Okafor", "category", "class booking software", True, 3, ("talks/brook.vtt",), "It books."),
            TalkTrack(
                "Ines Okafor", "category", "growth engine", False, 1, ("talks/brook.vtt",), calls[0].call.turns[3].text
            ),
            TalkTrack("Ines Okafor", "value", "Studios keep their own card reader.", True, 1, ("crm.csv#2",), "Kept."),
        ),
        voice=(
            BuyerTerm(
                "product", "booking app", 3, ("talks/brook.vtt", "crm.csv#2"), 2, "A booking app, Dana said.",
                (("talks/brook.vtt", 1), ("crm.csv#2", 0)), 0, "customer platform", 2,
            ),
            BuyerTerm("alternative", "paper diary", 1, ("crm.csv#2",), 1, "A paper diary.", (("crm.csv#2", 0),)),
        ),
        calls_trend=(
            CallsPeriod("2026-02-23", "week", 4, 4, 5, 300.0),
            CallsPeriod("2026-03-02", "week", 3, 1, 1, 190.0),
        ),
    )  # fmt: skip


POSITIONING = Positioning(
    source="positioning.yaml",
    product="Kilnhouse",
    category="class booking software",
    messages=(
        Message("calendar", "Students book, pay and cancel in one calendar."),
        Message("reader", "Studios keep their own card reader."),
        Message("waiting", "Free places go to the waiting list by themselves, at once."),
    ),
    facts=(Fact("price", "Kilnhouse costs $49 a month."),),
)


def empty() -> Report:
    """A run over one page on which nothing is wrong, without positioning and calls."""
    fine = document("fine.html", (("heading-1", "Booking for pottery classes"),))
    page = _page(fine, 4, 0.1, Clarity(0.9, 0.9, 0.9), None)
    full = sample()
    return Report(
        full.tool, full.run, Summary(1, 0, 4, {"error": 0, "warning": 0, "note": 0}, 0.1, 0, 0), None,
        (page,), (), (), (), (), (), (),
    )  # fmt: skip


def golden(name: str, actual: str, *, accept: bool) -> str:
    """What `tests/golden` holds under that name; `accept` writes it anew. Line ends are those that were written."""
    path = Path(__file__).parent / "golden" / name
    if accept:
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8", newline="")
    return path.read_bytes().decode("utf-8")
