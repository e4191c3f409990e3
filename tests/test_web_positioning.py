"""The agreed positioning in the browser app: checked, saved with who and when, never over somebody else's change."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from web_server import Serving

from msgcheck.config import load_config

AGREED = "# ours\nproduct: Kiln\ncategory: bakery software\nmessages:\n  - {id: oven, text: It plans the oven.}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "msgcheck.toml").write_text('positioning = "positioning.yaml"\n', encoding="utf-8")
    (tmp_path / "positioning.yaml").write_text(AGREED, encoding="utf-8")
    return tmp_path


def test_what_is_saved_is_in_the_file_and_both_states_are_kept(project: Path) -> None:
    with Serving(project) as serving:
        url = f"{serving.url}/api/v1/positioning"
        now = requests.get(url).json()
        now["fields"]["category"] = "oven planner"
        change = {"fields": now["fields"], "tag": now["tag"], "note": "the new name"}
        saved = requests.put(url, json=change).json()
        versions = requests.get(f"{url}/versions").json()
        first = requests.get(f"{url}/versions/1").json()
    assert "category: oven planner" in (project / "positioning.yaml").read_text(encoding="utf-8")
    assert (saved["fields"], saved["tag"] != now["tag"]) == (now["fields"], True)
    assert [(version["number"], version["who"], version["note"]) for version in versions] == [
        (2, "local", "the new name"),
        (1, "", "as the file was before"),
    ]
    assert first["fields"]["category"] == "bakery software"


def test_a_change_over_somebody_elses_is_refused(project: Path) -> None:
    with Serving(project) as serving:
        url = f"{serving.url}/api/v1/positioning"
        now = requests.get(url).json()
        (project / "positioning.yaml").write_text(AGREED.replace("oven", "bread"), encoding="utf-8")
        answer = requests.put(url, json={"fields": now["fields"], "tag": now["tag"]})
    assert (answer.status_code, "bread" in (project / "positioning.yaml").read_text(encoding="utf-8")) == (409, True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"category": "bakery software"}, "the key 'product' is missing"),
        ({"product": "Kiln"}, "says only the product's name"),
        ({"product": "Kiln", "messages": [{"id": "a", "text": "A."}, {"id": "a", "text": "B."}]}, "“a” is used twice"),
        ({"product": "Kiln", "categry": "x"}, "fields.categry: Extra inputs are not permitted"),
        ({"product": 7}, "fields.product: Input should be a valid string"),
    ],
)
def test_what_is_not_valid_is_refused_in_a_line_and_changes_nothing(project: Path, fields: object, said: str) -> None:
    with Serving(project) as serving:
        url = f"{serving.url}/api/v1/positioning"
        answer = requests.put(url, json={"fields": fields, "tag": requests.get(url).json()["tag"]})
    assert (answer.status_code, said in answer.json()["error"]["message"]) == (422, True)
    assert (project / "positioning.yaml").read_text(encoding="utf-8") == AGREED


def test_in_an_empty_folder_the_first_save_makes_a_project(tmp_path: Path) -> None:
    fields = {"product": "Kiln", "category": "bakery software"}
    with Serving(tmp_path) as serving:
        url = f"{serving.url}/api/v1/positioning"
        before = requests.get(url).json()
        after = requests.put(url, json={"fields": fields, "tag": before["tag"]}).json()
    assert (before["tag"], after["fields"]["product"]) == ("", "Kiln")
    assert load_config(tmp_path / "msgcheck.toml").positioning == "positioning.yaml"


def test_a_configuration_without_a_positioning_gets_its_key_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "msgcheck.toml").write_text('# ours\n[pages]\ninclude = ["site"]\n', encoding="utf-8")
    with Serving(tmp_path) as serving:
        change = {"fields": {"product": "Kiln", "category": "bakery software"}}
        requests.put(f"{serving.url}/api/v1/positioning", json=change)
    config = load_config(tmp_path / "msgcheck.toml")
    assert (config.positioning, config.pages.include) == ("positioning.yaml", ["site"])


def test_a_paragraph_stays_a_paragraph(tmp_path: Path) -> None:
    (tmp_path / "msgcheck.toml").write_text('positioning = "agreed.md"\n', encoding="utf-8")
    (tmp_path / "agreed.md").write_text("Kiln is bakery software that plans the oven.\n", encoding="utf-8")
    words = "Kiln is an oven planner that saves flour."
    with Serving(tmp_path) as serving:
        url = f"{serving.url}/api/v1/positioning"
        tag = requests.get(url).json()["tag"]
        refused = requests.put(url, json={"fields": {"product": "Kiln", "statement": words}, "tag": tag})
        requests.put(url, json={"fields": {"statement": words}, "tag": tag})
    assert (refused.status_code, (tmp_path / "agreed.md").read_text(encoding="utf-8")) == (409, words + "\n")


def test_a_statement_is_taken_apart_and_what_it_lacks_is_named(tmp_path: Path) -> None:
    statement = "For bakers who waste flour, Kiln is an oven planner that fills every tray."
    with Serving(tmp_path) as serving:
        slots = requests.post(f"{serving.url}/api/v1/positioning/parse", json={"statement": statement}).json()
    assert (slots["product"], slots["audience"], slots["category"], slots["missing"]) == (
        "Kiln",
        "bakers",
        "oven planner",
        ["alternatives", "difference"],
    )
