"""Content repositories: MDX and JSX, front matter, templates, YAML, JSON, Word drafts and mails."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.errors import InputError
from msgcheck.extract.pages import extract_page
from msgcheck.model import Document, RawDocument


def read(text: str | bytes, name: str, keys: tuple[str, ...] = (), *, found: bool = False) -> Document:
    content = text if isinstance(text, bytes) else text.encode()
    return extract_page(RawDocument(name, name, name, content, found=found), keys)


def copy(document: Document) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in document.blocks]


def misplaced(document: Document, source: str) -> list[str]:
    """Words that do not stand in the source where their block says."""
    lines = re.split(r"\r\n|\n|\r", source)
    wrong = []
    for block in document.blocks:
        for word in re.finditer(r"[A-Za-z]{2,}", block.text):
            place = block.position(word.start())
            if not lines[place.line - 1][place.column - 1 :].startswith(word[0]):
                wrong.append(f"{place.line}:{place.column} {word[0]}")
    return wrong


# MDX and JSX

MDX = """import { Hero } from '../hero'
import Swap from './swap.mdx'

export const metadata = {
  title: "Rotas for bakeries",
  description: 'Plan a week in minutes, the baker\\'s way.',
}

<Hero
  title="Rotas that bake themselves"
  subtitle={`Planned before the ovens are warm.`}
  cta="See a week" href="/demo"
  className="px-4 md:flex"
  icon={<Oven size={3} />}
  onClick={() => { track("Opened the hero") }}
  features={[
    { title: "Swap shifts", description: "Two taps, and the rota holds.", icon: "arrow-left" },
  ]}
/>

## For {props.kind} bakeries

Crumbline plans the **early** shift for{" "}
<Tooltip text="Ovens on by four.">early risers</Tooltip> and `night owls`.

{/* <Old>Gone for good.</Old> */}
{shop.open && <p>Open on <b>Sundays</b>.</p>}

<ul>
  <li>Ask the team</li>
  <li><a href="/one">Approve in one tap</a></li>
</ul>
<Button href="/start">Start free</Button>

<CodeBlock lang="sh">
  npm run nothing
</CodeBlock>

<Details summary="What if {someone} is ill?">

- Crumbline asks who is free.

</Details>

```tsx
<Hero title="Not this one" />
```
"""


def test_mdx_gives_the_text_and_the_strings_of_components_and_nothing_of_code() -> None:
    document = read(MDX, "page.mdx")
    assert copy(document) == [
        ("title", "Rotas for bakeries"),
        ("description", "Plan a week in minutes, the baker's way."),
        ("heading-1", "Rotas that bake themselves"),
        ("hero", "Planned before the ovens are warm."),
        ("cta", "See a week"),
        ("heading-2", "Swap shifts"),
        ("body", "Two taps, and the rota holds."),
        ("heading-2", "For bakeries"),
        ("body", "Crumbline plans the early shift for early risers and night owls."),
        ("body", "Ovens on by four."),
        ("body", "Open on Sundays."),
        ("list-item", "Ask the team"),
        ("cta", "Approve in one tap"),
        ("cta", "Start free"),
        ("heading-3", "What if is ill?"),
        ("list-item", "Crumbline asks who is free."),
    ]
    assert [block.href for block in document.blocks if block.role == "cta"] == ["/demo", "/one", "/start"]
    assert document.title == "Rotas for bakeries"


def test_every_word_of_mdx_stands_where_its_block_says() -> None:
    assert misplaced(read(MDX, "page.mdx"), MDX) == []


JSX = """import React, { useState } from "react"

type Props = { name: Array<string> }

const FEATURES = [
  { name: "swap", title: "Swap shifts", text: "Two taps, and the rota holds.", points: ["No calls", "Any phone"] },
]

export default function Page({ open }: Props) {
  const [week, setWeek] = useState<string>("monday week")
  if (week.length < 3 && open) return null
  return (
    <>
      <h1 className="text-4xl font-bold">Rotas that bake&nbsp;themselves</h1>
      <p>
        Crumbline&apos;s planner asks {open ? "nobody" : <em>the team</em>} first,
        {" "}then you.
      </p>
      {/* <p>Gone</p> */}
      {FEATURES.map((f) => <Card key={f.name} title="Ready by four">{f.text}</Card>)}
      <Plan benefits={["Forty bakeries", `One price`]} sizes={["Large van"]} />
      <Link to="/start">Start free</Link>
    </>
  )
}
"""


def test_jsx_gives_element_text_props_and_named_strings() -> None:
    assert copy(read(JSX, "page.tsx")) == [
        ("heading-2", "Swap shifts"),
        ("body", "Two taps, and the rota holds."),
        ("body", "No calls"),
        ("body", "Any phone"),
        ("heading-1", "Rotas that bake themselves"),
        ("hero", "Crumbline's planner asks the team first, then you."),
        ("heading-2", "Ready by four"),
        ("body", "Forty bakeries"),
        ("body", "One price"),
        ("cta", "Start free"),
    ]


def test_a_module_without_copy_says_so() -> None:
    document = read("export const add = (a: number, b: number) => a < b ? a : b\n", "add.tsx")
    assert ([skip.reason for skip in document.skipped], document.blocks) == (["holds no copy"], ())


@pytest.mark.parametrize(
    "text",
    [
        "Bread {is baked.\n\nBy four.\n",
        "Bread is <baked.\n\nBy four.\n",
        "{`Bread\n\nBy four.\n",
        "</p>Bread\n\nBy four.",
    ],
)
def test_broken_mdx_loses_no_words(text: str) -> None:
    words = " ".join(block.text for block in read(text, "page.mdx").blocks)
    assert ("Bread" in words, "four" in words) == (True, True)


@pytest.mark.parametrize(
    "hostile", ["<a b={" * 4000, "{" * 30000, "<a " * 20000, "{`" * 20000, "<A x={'" * 5000, "```" * 9000]
)
def test_hostile_mdx_is_read_in_moderate_time(hostile: str) -> None:
    assert read(f"{hostile}\n\nBread is baked.\n", "page.mdx").kind == "markdown"


# Markdown with HTML and templates

JEKYLL = """---
layout: docs
title: Rotas for bakeries
permalink: /rotas/
hero:
  title: Rotas that bake themselves
  cta: {text: See a week, url: /week}
features:
  - title: Swap shifts
    text: >-
      Two taps, and the
      rota *holds*.
    icon: arrow-left
redirect_from: [/old/]
date: 2026-03-01
---
<div class="cols">
  <h2>For {{ page.kind }} bakeries</h2>
  <p>
    Crumbline plans the
    <a href="{{ site.baseurl }}/early">early shift</a>.
  </p>
  <table><tr><td>Shop</td><td>$19</td></tr>
  <tr><td>Mill</td><td>$49</td></tr></table>

    <p>Ask <b>the</b> team.</p>
</div>

{% comment %}Gone for good.{% endcomment %}
{% highlight sh %}
npm run nothing
{% endhighlight %}
{{< youtube abc >}}

Mail [us]({{ site.baseurl }}{% link mail.md %}) at <https://crumbline.example>, or
see it [in the shop][shop] &mdash; today.

    indented code

> [!NOTE]
> We sleep longer.

[shop]: https://shop.example
"""


def test_markdown_with_html_and_templates_keeps_blocks_apart_and_sentences_whole() -> None:
    assert copy(read(JEKYLL, "page.md")) == [
        ("title", "Rotas for bakeries"),
        ("heading-1", "Rotas that bake themselves"),
        ("cta", "See a week"),
        ("heading-2", "Swap shifts"),
        ("body", "Two taps, and the rota holds."),
        ("heading-2", "For bakeries"),
        ("hero", "Crumbline plans the early shift."),
        ("table", "Shop"),
        ("table", "$19"),
        ("table", "Mill"),
        ("table", "$49"),
        ("hero", "Ask the team."),
        ("body", "Mail us at , or see it in the shop — today."),
        ("quote", "We sleep longer."),
    ]
    assert misplaced(read(JEKYLL, "page.md"), JEKYLL) == []


def test_front_matter_that_the_text_repeats_is_left_out_and_listed() -> None:
    text = '---\nfaq:\n  - question: "Is it free?"\n    answer: "For a month."\n---\n## Is it free?\n\nFor 30 days.\n'
    document = read(text, "page.md")
    assert copy(document) == [("heading-2", "Is it free?"), ("hero", "For 30 days.")]
    assert [skip.reason for skip in document.skipped] == ["front matter `faq` repeats the page's text"]


def test_front_matter_that_is_no_yaml_still_gives_title_and_description_and_says_so() -> None:
    document = read("---\ntitle: Rotas: baked\ndescription: Planned.\n---\nBread.\n", "page.md")
    assert copy(document)[:2] == [("title", "Rotas: baked"), ("description", "Planned.")]
    assert [skip.reason for skip in document.skipped] == [
        "front matter: is not valid YAML (line 2: mapping values are not allowed in this context)"
    ]


def test_toml_front_matter_is_read_with_its_places() -> None:
    fields = 'title = "Rotas for bakeries"\ndraft = false\n[[features]]\ntext = """Swap shifts\nin two taps."""\n'
    text = f"+++\n{fields}+++\nBread.\n"
    document = read(text, "page.md")
    assert copy(document) == [
        ("title", "Rotas for bakeries"),
        ("body", "Swap shifts in two taps."),
        ("body", "Bread."),
    ]
    assert ([block.selector for block in document.blocks][1], misplaced(document, text)) == ("features[0].text", [])


DJANGO = """---
title: Rotas
---
{% extends "base.html" %}
<h1>{% trans "Rotas that bake themselves" %}</h1>
<p>{% blocktrans trimmed %}
  When {{ name }} rises, the rota is there.
{% endblocktrans %}<br>Every <% if open %>day<% end %>.</p>
<a href="{% url 'start' %}">Start free</a>
<script>const a = {{ data }}</script>
"""


def test_html_templates_are_read_without_their_syntax() -> None:
    document = read(DJANGO, "page.html")
    assert copy(document) == [
        ("title", "Rotas"),
        ("heading-1", "Rotas that bake themselves"),
        ("hero", "When rises, the rota is there. Every day."),
        ("cta-stock", "Start free"),
    ]
    assert misplaced(document, DJANGO) == []


# YAML and JSON

YAML = """# what the home page says
hero:
  title: "Rotas that bake\\u0020themselves"
  subtitle: 'The baker''s planner.'
  image: /img/oven.png
  button: {label: See a week, link: /week, variant: primary}
features:
  - &swap
    title: Swap shifts
    text: |
      Two taps, and the [rota](/rota) holds.

      - Ask the team
      - Approve
    icon: arrow-left
    class: px-4 md:flex
  - *swap
stats: ["40 bakeries", 12, true, null, 2026-03-01]
quote: !text >
  We sleep
  longer.
"""


def test_yaml_gives_strings_for_readers_with_key_path_and_place() -> None:
    document = read(YAML, "home.yml")
    assert [(block.role, block.text, block.selector) for block in document.blocks] == [
        ("heading-1", "Rotas that bake themselves", "hero.title"),
        ("hero", "The baker's planner.", "hero.subtitle"),
        ("cta", "See a week", "hero.button.label"),
        ("heading-2", "Swap shifts", "features[0].title"),
        ("body", "Two taps, and the rota holds.", "features[0].text"),
        ("list-item", "Ask the team", "features[0].text"),
        ("list-item", "Approve", "features[0].text"),
        ("quote", "We sleep longer.", "quote"),
    ]
    assert (document.kind, misplaced(document, YAML)) == ("yaml", [])


JSON = """{
  "hero": {"title": "Rotas \\"that\\" bake\\n\\nCaf\\u00e9s \\ud83d\\ude00 too", "href": "/week", "cta": "See a week"},
  "nav.pricing.title": "Pricing",
  "items": ["Swap shifts in two taps", "px-4 md:flex", "https://x.example/a b"],
  "price": "$19 a month"
}
"""


def test_json_gives_strings_for_readers_with_key_path_and_place() -> None:
    document = read(JSON, "home.json")
    assert [(block.role, block.text, block.selector, block.line, block.column) for block in document.blocks] == [
        ("heading-1", 'Rotas "that" bake', "hero.title", 2, 22),
        ("heading-1", "Cafés 😀 too", "hero.title", 2, 45),
        ("cta", "See a week", "hero.cta", 2, 100),
        ("heading-2", "Pricing", "nav.pricing.title", 3, 25),
        ("body", "Swap shifts in two taps", "items[0]", 4, 14),
        ("body", "$19 a month", "price", 5, 13),
    ]
    assert misplaced(document, JSON) == []


def test_keys_choose_what_is_copy() -> None:
    keys = ("hero.*", "items", "!*.cta")
    assert [block.selector for block in read(JSON, "home.json", keys).blocks] == [
        "hero.title",
        "hero.title",
        "hero.href",
        "items[0]",
        "items[1]",
        "items[2]",
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "package.json",
            '{"name": "x", "scripts": {}, "description": "Plans the early shift."}',
            "is a package manifest",
        ),
        ("api.yaml", "openapi: 3.0.0\ninfo: {description: Plans the early shift.}\n", "is an API description"),
        ("positioning.yaml", "product: Crumbline\ncategory: rota software\n", "is a positioning statement"),
        ("colours.json", '{"primary": "#ff0000", "spacing": "4px 8px"}', "holds no copy"),
        ("call.json", '{"callTranscripts": []}', "is a call (name it with --calls)"),
    ],
)
def test_data_that_is_no_copy_is_skipped_with_its_reason(name: str, text: str, reason: str) -> None:
    document = read(text, name)
    assert (document.blocks, [skip.reason for skip in document.skipped]) == ((), [reason])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"a": 1,\n}', "a.json: is not valid JSON (line 2, column 1)."),
        ("a.json", "[" * 100_000, "a.json: is not JSON that can be read (RecursionError)."),
        ("a.yaml", "a: [1\nb: 2\n", "a.yaml: is not valid YAML (line 2: did not find expected ',' or ']')."),
        ("a.docx", "PK\x03\x04 nothing", "a.docx: is not a readable Word document."),
    ],
)
def test_a_file_that_is_not_what_its_type_says_is_refused_when_named(name: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, name)
    assert caught.value.message == message


def test_broken_data_that_a_folder_holds_is_skipped_with_its_reason() -> None:
    document = read('{"a": 1,\n}', "a.json", found=True)
    assert [skip.reason for skip in document.skipped] == ["is not valid JSON (line 2, column 1)"]


SYMBOLS = (
    """--- +++ ``` ~~~ { } {{ }} {% %} < > </ /> <a <b> <!-- --> " ' ` : - # | > & [ ] ( ) \\ = , title: "title": """
    "import export $ ${ \n \n\n \t é 😀 \u200b \ufeff \r\n a word <script> <pre> [a](b) ![a](b) &amp; "
)
MARKS = st.lists(st.sampled_from(SYMBOLS.split(" ")), max_size=40).map("".join)


@pytest.mark.parametrize("suffix", ["md", "mdx", "tsx", "yaml", "json", "html", "txt", "eml", "docx"])
@settings(max_examples=25, deadline=None)
@given(text=MARKS)
def test_any_text_is_read_or_refused_in_one_line(suffix: str, text: str) -> None:
    try:
        document = read(text, f"a.{suffix}")
    except InputError as error:
        assert "\n" not in error.message
    else:
        assert all(block.text and block.line >= 1 and block.column >= 1 for block in document.blocks)


#: No markup: what stands between marks is one word to a reader, and two to a search in the source.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="`*_[]<>{}()%$\\"),
    min_size=1,
    max_size=40,
)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_json_string_is_placed_where_its_words_stand(texts: list[str]) -> None:
    source = json.dumps({"text": [f"Plans {text} today" for text in texts]}, ensure_ascii=False, indent=1)
    document = read(source, "a.json", ("*",))
    assert misplaced(document, source) == []
    assert [block.text.split()[0] for block in document.blocks] == ["Plans"] * len(texts)


# Word and mail


def docx() -> bytes:
    from docx import Document as Word

    word = Word()
    word.add_heading("Rotas for bakeries", 0)
    word.add_paragraph("Planned before the ovens are warm.", "Subtitle")
    word.add_heading("Swap shifts", 1)
    word.add_paragraph("Two taps, and\nthe rota holds.")
    word.add_paragraph("Ask the team", "List Bullet")
    word.add_paragraph("We sleep longer.", "Quote")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Shop", "$19"
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def test_a_word_draft_is_read_by_its_styles_and_placed_by_paragraph() -> None:
    document = read(docx(), "draft.docx")
    assert [(block.role, block.text, block.line) for block in document.blocks] == [
        ("heading-1", "Rotas for bakeries", 1),
        ("hero", "Planned before the ovens are warm.", 2),
        ("heading-1", "Swap shifts", 3),
        ("body", "Two taps, and the rota holds.", 4),
        ("list-item", "Ask the team", 5),
        ("quote", "We sleep longer.", 6),
        ("table", "Shop", 7),
        ("table", "$19", 8),
    ]
    assert (document.kind, document.title) == ("docx", "Rotas for bakeries")


HEAD = """From: Petra <petra@crumbline.example>
To: you@shop.example
Subject: =?utf-8?q?Rotas_for_caf=C3=A9s?=
MIME-Version: 1.0
"""


def test_a_mail_gives_its_subject_and_the_html_part() -> None:
    mail = HEAD + (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain\n\nPlain words.\n'
        "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<h1>Hello *|FNAME|*</h1>\n<p>Crumbline plans the early shift for =\ncaf=C3=A9s and kiosks.</p>\n"
        '--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n--b--\n'
    )
    document = read(mail, "news.eml")
    assert [(block.role, block.text, block.line, block.column) for block in document.blocks] == [
        ("title", "Rotas for cafés", 3, 10),
        ("heading-1", "Hello", 15, 5),
        ("hero", "Crumbline plans the early shift for cafés and kiosks.", 16, 4),
    ]
    place = document.blocks[2].position(document.blocks[2].text.index("cafés"))
    assert (place.line, place.column) == (17, 1)
    assert [skip.reason for skip in document.skipped] == ["attachment a.pdf is not read"]
    assert document.kind == "email"


def test_a_plain_mail_is_placed_exactly_and_known_by_its_head() -> None:
    mail = HEAD + "Content-Type: text/plain; charset=utf-8\n\nPlans the early shift.\n\n- Swap shifts\n"
    document = read(mail, "message")
    assert (document.kind, [word for word in misplaced(document, mail) if word[0] != "3"]) == ("email", [])
    assert copy(document)[1:] == [("body", "Plans the early shift."), ("list-item", "Swap shifts")]
