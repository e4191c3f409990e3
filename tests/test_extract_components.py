"""MDX and JSX: the text and the strings of components are copy, their code is not."""

from __future__ import annotations

import pytest

from tests.contents import copy, misplaced, read

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
