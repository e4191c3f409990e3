"""Markdown with HTML, front matter and template syntax in it."""

from __future__ import annotations

from tests.contents import copy, misplaced, read

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
