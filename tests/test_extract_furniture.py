"""What of a page is its copy and what is furniture, on pages that name nothing by the usual classes too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, RawDocument

#: Enough copy round a part that its share of the page is that of a real one.
COPY = "".join(
    f"<p>Bakers in town {n} plan their early shift with it, and swap it when the oven is late.</p>" for n in range(9)
)
#: A page header as every site has one.
HEADER = (
    "<header><a href=/>Crumbline</a><a href=/p>Product</a><a href=/prices>Prices</a><a href=/log>Log in</a></header>"
)


def read(body: str, head: str = "") -> Document:
    page = (
        f"<!doctype html><html><head>{head}</head><body>{HEADER}<h1>Rotas for bakeries</h1>{COPY}{body}</body></html>"
    )
    return extract_page(RawDocument("p.html", "p.html", "p.html", page.encode()))


def copy(document: Document) -> list[str]:
    """The copy of the page but the headline and the filler."""
    blocks = [block for block in document.blocks if block.is_copy and block.role not in ("title", "description")]
    return [
        block.text for block in blocks if block.text != "Rotas for bakeries" and "plan their early" not in block.text
    ]


def roles(document: Document, text: str) -> list[str]:
    return [block.role for block in document.blocks if block.text == text]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<nav><a href=/a>Ovens</a></nav>", "navigation"),
        ("<div role=navigation><a href=/a>Ovens</a></div>", "navigation"),
        (
            "<div><ul>" + "".join(f"<li><a href=/{n}>Guide number {n}</a></li>" for n in range(14)) + "</ul></div>",
            "mega menu without a name",
        ),
        ("<ul>" + "".join(f"<li><a href=/{n}>Town {n}</a></li>" for n in range(6)) + "</ul>", "list of links"),
        ("<div>Home / Products / Rotas</div>", "breadcrumb in words"),
        (
            "<ol itemscope itemtype='https://schema.org/BreadcrumbList'><li><a href=/>Start</a><li>Rotas</ol>",
            "breadcrumb",
        ),
        ("<div id=cookieBanner><p>We use cookies to count visits.</p><button>Accept</button></div>", "cookie banner"),
        ("<div role=dialog aria-modal=true><p>Get our letter every Monday.</p></div>", "pop-up"),
        ("<div class='modal fade'><p>Get our letter every Monday.</p></div>", "pop-up by name"),
        (
            "<section><h3>Subscribe to our newsletter</h3><p>One letter a month about flour, no more.</p></section>",
            "newsletter",
        ),
        ("<form><p>Required fields are marked.</p><input name=mail><button>Send</button></form>", "form"),
        (
            "<section><h2>Related posts</h2><h3>Rye</h3><p>Bakers grow it again, and what it costs them.</p></section>",
            "related posts",
        ),
        ("<section><h2>Contact us</h2><p>Oven Lane 4, Leeds</p><p>+44 113 000 000</p></section>", "contact"),
        (
            "<section><h4>Disclaimer</h4><p>All figures come from bakeries that answered our letter.</p></section>",
            "legal",
        ),
        ("<div style='display: none'><p>Old copy that nobody sees.</p></div>", "hidden for good"),
        ("<template><p>Row for {{ name }}</p></template>", "template"),
        ("<script>var text = '<p>not copy</p>'</script>", "script"),
        ("<button>Next slide</button><p>3 / 9</p><a href=#top>Back to top</a>", "controls"),
        ("<footer><p>Crumbline Ltd, Leeds</p></footer>", "footer"),
        (
            "<div><p>© 2026 Crumbline</p>" + "".join(f"<a href=/{n}>Page {n}</a> " for n in range(6)) + "</div>",
            "footer without a name",
        ),
    ],
)
def test_furniture_is_not_copy(body: str, why: str) -> None:
    assert copy(read(body)) == [], why


@pytest.mark.parametrize(
    "body",
    [
        "<div role=tabpanel hidden><p>Works in the cellar as well.</p></div>",
        "<div class=accordion-body style='display:none'><p>Works in the cellar as well.</p></div>",
        "<details><summary></summary><p>Works in the cellar as well.</p></details>",
        "<button role=tab aria-controls=x></button><div id=x hidden><p>Works in the cellar as well.</p></div>",
        "<i aria-expanded=false aria-controls=x></i><div id=x hidden><p>Works in the cellar as well.</p></div>",
        "<div hidden=until-found><p>Works in the cellar as well.</p></div>",
        "<h3 aria-label='Works'><span aria-hidden=true>Works in the cellar as well.</span></h3>",
        "<section class=card><p>Works in the cellar as well.</p></section>",
        "<a class=open-modal href=#x><p>Works in the cellar as well.</p></a>",
    ],
)
def test_what_a_reader_can_open_is_copy(body: str) -> None:
    assert copy(read(body)) == ["Works in the cellar as well."]


def test_answers_that_open_on_a_click_are_copy_without_any_name() -> None:
    answer = "<div class=q><div>{}</div><div style='display:none'>{}</div></div>"
    questions = [
        ("Does it work offline?", "Yes, the rota is kept on the phone."),
        ("Is it dear?", "It costs $19 a shop."),
    ]
    body = "<div>" + "".join(answer.format(*pair) for pair in questions) + "</div>"
    assert copy(read(body)) == [text for pair in questions for text in pair]


def test_a_question_and_its_answer_are_apart() -> None:
    body = "<dl><dt>Is it dear?<dd>It costs $19 a shop.</dl><details><summary>Offline?</summary>Yes.</details>"
    assert copy(read(body)) == ["Is it dear?", "It costs $19 a shop.", "Offline?", "Yes."]


def test_a_plan_is_read_with_its_price_and_button() -> None:
    plan = "<div class=plan><h3>{}</h3><p>{} a month for one shop</p><a class=btn href=/x>Get {}</a></div>"
    body = (
        "<div>"
        + "".join(plan.format(name, price, name) for name, price in (("Crumb", "$9"), ("Loaf", "$19"), ("Cake", "$29")))
        + "</div>"
    )
    document = read(body)
    assert [roles(document, text) for text in ("Loaf", "$19 a month for one shop", "Get Loaf")] == [
        ["heading-3"],
        ["body"],
        ["cta"],
    ]


def test_a_stock_label_alone_is_kept_apart_from_the_copy() -> None:
    document = read("<div><a class=btn href=/a>Book a demo</a> <a class=btn href=/b>See a bakery's week</a></div>")
    assert (roles(document, "Book a demo"), copy(document)) == (["cta-stock"], ["See a bakery's week"])


def test_a_link_drawn_as_a_button_is_no_part_of_the_line_beside_it() -> None:
    assert copy(read("<div><a class='btn wide' href=/a>Plan my week</a><span>Free for one shop</span></div>")) == [
        "Plan my week",
        "Free for one shop",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><p>We stopped phoning round.</p></blockquote>",
        "<div class=testimonial-card><p>We stopped phoning round.</p></div>",
    ],
)
def test_what_customers_say_is_a_quote(quote: str) -> None:
    assert roles(read(quote), "We stopped phoning round.") == ["quote"]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>Plan a week in five minutes</p></div><div><p>Plan a week in five minutes</p></div>",
        "<a href=/x><b>Plan a week in five minutes</b><b>Plan a week in five minutes</b></a>",
        "<ul><li>Plan a week in five minutes<li>Plan a week in five minutes</ul>",
    ],
)
def test_a_copy_for_other_screens_is_read_once(body: str) -> None:
    assert copy(read(body)) == ["Plan a week in five minutes"]


def test_a_row_of_short_cards_that_comes_again_is_read_once() -> None:
    row = "<div><h3>Rotas</h3></div><div><h3>Swaps</h3></div><div><h3>Hours</h3></div>"
    assert copy(read(f"<div>{row}</div><div>{row}</div>")) == ["Rotas", "Swaps", "Hours"]


def test_equal_cells_of_a_table_are_all_read() -> None:
    assert copy(read("<table><tr><th>Support</th><td>Included</td><td>Included</td></tr></table>")) == [
        "Support",
        "Included",
        "Included",
    ]


def test_a_name_beside_its_picture_is_read_as_text() -> None:
    document = read("<img alt='Ada Miller' src=a.png><h3>Ada Miller</h3>")
    assert roles(document, "Ada Miller") == ["heading-3"]


def test_the_hero_is_found_by_position_and_level() -> None:
    page = (
        "<body><div><p>Rated best oven of the year by readers of Loaf</p></div><div><h2>Rotas that bake themselves</h2>"
        "<div>Plan the early shift in one list.</div></div><h2>Swaps</h2><p>Swap with one tap.</p>"
    )
    document = extract_page(RawDocument("p", "p", "p.html", page.encode()))
    assert [block.text for block in document.blocks if block.role == "hero"] == ["Plan the early shift in one list."]


def extract(*options: str, page: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "msgcheck", "extract", "-", "--stdin-filename", "p.html", *options]
    return subprocess.run(command, input=page, capture_output=True, text=True, check=True)


def test_extract_tells_on_request_why_parts_are_left_out() -> None:
    done = extract("-v", page=f"<h1>Rotas</h1>{COPY}\n<div class=cookie><p>We use\x1b[31m cookies</p></div>")
    assert done.stderr.splitlines() == ["p.html:2:22: left out, named “cookie” (3 words): “We use[31m cookies”"]


def test_extract_is_silent_about_parts_unless_asked() -> None:
    assert extract(page=f"<h1>Rotas</h1>{COPY}<div class=cookie><p>We use cookies</p></div>").stderr == ""
