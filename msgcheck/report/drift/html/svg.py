"""Draw Altair charts as SVG that takes its colours from the page and reads the same in every run."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markupsafe import Markup

from msgcheck.errors import UsageError
from msgcheck.report.drift.html.picture import FORMATS, Drawing, Format, Picture, Table

if TYPE_CHECKING:
    import altair

_SVG = "http://www.w3.org/2000/svg"
#: Attributes that say nothing to a reader: the picture as a whole has a title and a description.
_IDLE = ("class", "role", "aria-label", "aria-roledescription", "aria-hidden", "pointer-events")
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"


def load_altair() -> Any:
    """The altair module, which takes seconds to load. Raises UsageError where it or its renderer is missing."""
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"The pictures of the report need {error.name}.", "Install msgcheck again: pip install -c constraints.txt ."
        ) from error
    return altair


def pictured(id: str, title: str, note: str, chart: Callable[[Format], altair.TopLevelMixin], table: Table) -> Picture:
    """A picture in all formats."""
    drawings = tuple(Drawing(form.name, draw(chart(form), f"{id}-{form.name}", title, note)) for form in FORMATS)
    return Picture(id, title, note, drawings, table)


def draw(chart: altair.TopLevelMixin, name: str, title: str, description: str) -> Markup:
    """The chart as an <svg> element; `name` is unique in the document, title and description are for screen readers."""
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(_styled(chart).to_dict(), allowed_base_urls=[])
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    _name_parts(root, name)
    for element in root.iter():
        for attribute in _IDLE:
            element.attrib.pop(attribute, None)
    _describe(root, name, title, description)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _styled(chart: altair.TopLevelMixin) -> Any:
    """Calm and flat: no frame, no grid, and text as large as it must be."""
    styled: Any = chart
    return (
        styled.configure(background="transparent", font=_FONT, padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            domain=False, ticks=False, grid=False, labelColor="var(--dim)", titleColor="var(--dim)", labelFontSize=12,
            labelPadding=6,
        )
        .configure_text(fontSize=13, color="var(--ink)")
    )  # fmt: skip


def _name_parts(root: ElementTree.Element, name: str) -> None:
    """Ids that count from one in each picture: the renderer counts on from picture to picture."""
    known: dict[str, str] = {}
    for element in root.iter():
        if old := element.get("id"):
            element.set("id", known.setdefault(old, f"{name}-{len(known) + 1}"))
    for element in root.iter():
        for attribute, value in element.items():
            element.set(attribute, re.sub(r"url\(#(\w+)\)", lambda found: f"url(#{known[found[1]]})", value))


def _describe(root: ElementTree.Element, name: str, title: str, description: str) -> None:
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(place, element)
