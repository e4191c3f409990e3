"""Configuration: defaults, overlays, and one clear line for whatever is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgcheck.config import Config, find_config, load_config
from msgcheck.errors import ConfigError, UsageError
from msgcheck.rules.registry import check_settings, selected


def written(folder: Path, text: str, name: str = "msgcheck.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None) == Config()


def test_a_file_overlays_the_defaults(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'fail_on = "note"\n[pages]\ninclude = ["site"]\n'))
    assert (config.fail_on, config.pages.include, config.web.timeout) == ("note", ["site"], 20.0)


def test_the_nearest_file_upward_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) == path


def test_pyproject_counts_only_with_a_section(tmp_path: Path) -> None:
    written(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    assert find_config(tmp_path) is None
    path = written(tmp_path, "[tool.msgcheck]\nfail_on = 'never'\n", "pyproject.toml")
    assert find_config(tmp_path) == path
    assert load_config(path).fail_on == "never"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('positionin = "x"', "unknown key `positionin`", "`positioning`"),
        ("[pages]\ninclud = []", "unknown key `pages.includ`", "`include`"),
        ("[pages]\nmap = [{uri = 'x', url = 'x', path = 'y'}]", "unknown key `pages.map.0.uri`", "`url`"),
        ("[rules.'jargon.buzzword']\nseverity = 'loud'", "`rules.jargon.buzzword.severity`", "README"),
        ('fail_on = "bad"', "`fail_on`", "README"),
        ('[web]\ntimeout = "soon"', "`web.timeout`", "README"),
        ("[[overrides]]\nignore = []", "`overrides.0.paths`", "README"),
        ("a = ", "not valid TOML", "quotes"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(path) in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message


def test_bytes_that_are_no_text_are_one_line(tmp_path: Path) -> None:
    path = tmp_path / "msgcheck.toml"
    path.write_bytes(b"a = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(path)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "none.toml")
    assert "init" in caught.value.hint


@pytest.mark.parametrize("value", ["'high'", "true", "[1]"])
@pytest.mark.parametrize("section", ["rules", "overrides"])
def test_an_option_of_the_wrong_kind_is_an_error(tmp_path: Path, value: str, section: str) -> None:
    table = '[rules."vague.hard-to-read"]' if section == "rules" else '[overrides.rules."vague.hard-to-read"]'
    text = "" if section == "rules" else "[[overrides]]\npaths = ['*']\n"
    config = load_config(written(tmp_path, f"{text}{table}\nreading_grade = {value}\n"))
    with pytest.raises(ConfigError) as caught:
        check_settings(config)
    assert "`rules.vague.hard-to-read.reading_grade`" in caught.value.message
    assert "is not a number" in caught.value.message
    assert caught.value.hint == "The default is 12."


def test_a_number_may_have_a_fraction(tmp_path: Path) -> None:
    check_settings(load_config(written(tmp_path, '[rules."vague.hard-to-read"]\nreading_grade = 9.5\n')))


def test_an_unknown_rule_or_option_in_the_settings_is_an_error(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, '[rules."jargon.buzzwrd"]\nseverity = "off"\n'))
    with pytest.raises(ConfigError) as caught:
        check_settings(config)
    assert "`jargon.buzzword`" in caught.value.hint
    config = load_config(written(tmp_path, '[rules."jargon.buzzword"]\nvolume = 11\n'))
    with pytest.raises(ConfigError, match="no such option"):
        check_settings(config)


def test_a_prefix_that_fits_no_rule_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        selected(["jargn"], [])
    assert "`jargon`" in caught.value.hint


def test_select_and_ignore_narrow_the_rules() -> None:
    ids = [rule.id for rule in selected(["jargon"], ["jargon.buzzword"])]
    assert ids
    assert all(rule_id.startswith("jargon.") for rule_id in ids)
    assert "jargon.buzzword" not in ids


def test_overrides_change_severity_on_their_pages_only(tmp_path: Path) -> None:
    text = """
[rules."vague.empty-claim"]
severity = "error"
[[overrides]]
paths = ["blog/**"]
ignore = ["jargon"]
[overrides.rules."vague.empty-claim"]
severity = "note"
"""
    config = load_config(written(tmp_path, text))
    assert config.severity_of("vague.empty-claim", "warning", "index.html") == "error"
    assert config.severity_of("vague.empty-claim", "warning", "blog/a.html") == "note"
    assert config.severity_of("jargon.buzzword", "warning", "blog/a.html") == "off"
    assert config.severity_of("jargon.buzzword", "warning", "index.html") == "warning"
