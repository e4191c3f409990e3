"""Word drafts and mails."""

from __future__ import annotations

import io

from tests.contents import copy, misplaced, read


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
