"""What git is asked, in real repositories: the commit to compare with, what changed, and the inputs as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repos import commit, git, repository, write

from msgcheck.config import Config, Pages
from msgcheck.errors import UsageError
from msgcheck.gate.before import Before, Named, inputs_before
from msgcheck.gate.lines import changed_lines
from msgcheck.gate.since import work_tree
from msgcheck.inputs import Inputs
from msgcheck.model import Positioning
from msgcheck.sources import collect, collect_calls

POSITIONING = "version: 1\nproduct: Fernlight\ncategory: order software\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages and a blog, committed."""
    top = repository(tmp_path / "repo")
    for name in ("index.md", "prices.md", "blog/first.md"):
        write(top / "site" / name, f"# The page {name}\n\nIts first text.\n")
    write(top / "positioning.yaml", POSITIONING)
    write(top / ".gitignore", "built/\n")
    commit(top)
    monkeypatch.chdir(top)
    return top


def before(
    *targets: str,
    ref: str = "HEAD",
    calls: tuple[str, ...] = (),
    agreed: Positioning | None = None,
    config: Config | None = None,
) -> Before:
    config = config or Config()
    found = work_tree(Path.cwd())
    now = Inputs(collect(targets, config).documents, collect_calls(calls).documents, agreed)
    named = Named(targets, calls, agreed.source if agreed else "")
    return inputs_before(found, found.base(ref), now, named, config)


def texts(found: Before) -> dict[str, str]:
    return {raw.key: raw.content.decode() for raw in found.inputs.pages}


def test_changed_pages_come_as_they_were_and_the_others_as_they_are(repo: Path) -> None:
    write(repo / "site" / "index.md", "# Reworded\n")
    found = before("site")
    assert texts(found) == {
        name: f"# The page {name}\n\nIts first text.\n" for name in ("index.md", "prices.md", "blog/first.md")
    }
    assert {raw.source for raw in found.inputs.pages} == {"site/index.md", "site/prices.md", "site/blog/first.md"}
    assert found.notes == ()


@pytest.mark.parametrize("target", ["site", "site/", "site/**/*.md", "site/index.md", "."])
def test_old_pages_have_the_keys_of_the_new_ones_however_they_were_named(repo: Path, target: str) -> None:
    write(repo / "site" / "index.md", "# Reworded\n")
    now = collect([target], Config()).documents
    old = before(target).inputs.pages
    assert {(raw.key, raw.source, raw.name) for raw in old} == {(raw.key, raw.source, raw.name) for raw in now}
    assert all(raw.content.startswith(b"# The page") for raw in old if raw.name.endswith(".md"))


def test_it_works_from_a_folder_inside_the_repository(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(repo / "site" / "blog" / "first.md", "# Reworded\n")
    monkeypatch.chdir(repo / "site" / "blog")
    assert texts(before("first.md")) == {"first.md": "# The page blog/first.md\n\nIts first text.\n"}
    assert texts(before("..", ref="main"))["blog/first.md"] == "# The page blog/first.md\n\nIts first text.\n"


@pytest.mark.parametrize("staged", [True, False])
def test_added_pages_were_not_there_and_removed_ones_were(repo: Path, staged: bool) -> None:
    write(repo / "site" / "new.md", "# New\n")
    (repo / "site" / "prices.md").unlink()
    if staged:
        git(repo, "add", "-A")
    assert set(texts(before("site"))) == {"index.md", "prices.md", "blog/first.md"}


def test_the_base_is_where_the_branch_began_not_where_main_is_now(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "topic")
    write(repo / "site" / "index.md", "# On the branch\n")
    commit(repo)
    git(repo, "checkout", "-q", "main")
    write(repo / "site" / "prices.md", "# Meanwhile on main\n")
    commit(repo)
    git(repo, "checkout", "-q", "topic")
    found = texts(before("site", ref="main"))
    assert found["index.md"] == "# The page index.md\n\nIts first text.\n"
    assert found["prices.md"] == "# The page prices.md\n\nIts first text.\n"


def test_removed_pages_that_the_configuration_excludes_were_not_read(repo: Path) -> None:
    (repo / "site" / "blog" / "first.md").unlink()
    config = Config(pages=Pages(exclude=["site/blog/**"])).model_copy(update={"folder": repo})
    assert set(texts(before("site", config=config))) == {"index.md", "prices.md"}


@pytest.mark.parametrize("name", ["a b.md", "ta\tb.md", "new\nline.md", "[slug].md", "-x.md", "ü.md", ":(top)x.md"])
def test_strange_names_are_names(repo: Path, name: str) -> None:
    write(repo / "site" / name, "# Before\n")
    commit(repo)
    write(repo / "site" / name, "# After\n")
    assert texts(before("site"))[name] == "# Before\n"
    assert texts(before(f"site/{name}")) == {f"site/{name}": "# Before\n"}


def test_pages_that_git_ignores_count_as_new_and_that_is_said(repo: Path) -> None:
    write(repo / "built" / "index.md", "# Built\n")
    found = before("built", "site")
    assert "built/index.md" not in {raw.source for raw in found.inputs.pages}
    assert found.notes == ("1 of the pages git ignores: all that is found there counts as new.",)


def test_calls_that_git_does_not_know_were_there_before(repo: Path) -> None:
    write(repo / "built" / "secret.txt", "Ada: Hello.\nBo: Hello.\n")
    write(repo / "calls" / "one.txt", "Ada: Hello.\nBo: Hello.\n")
    commit(repo)
    write(repo / "calls" / "one.txt", "Ada: Hello.\nBo: Not any more.\n")
    found = before("site", calls=("calls", "built/secret.txt"))
    assert {raw.name: raw.content for raw in found.inputs.calls} == {
        "one.txt": b"Ada: Hello.\nBo: Hello.\n",
        "secret.txt": b"Ada: Hello.\nBo: Hello.\n",
    }


def test_the_positioning_comes_as_it_was_and_that_is_said(repo: Path) -> None:
    agreed = Positioning("positioning.yaml", "Fernlight", category="flower shop")
    assert before("site", agreed=agreed).inputs.positioning == agreed
    write(repo / "positioning.yaml", POSITIONING.replace("order software", "flower shop"))
    found = before("site", agreed=agreed)
    assert found.inputs.positioning is not None
    assert found.inputs.positioning.category == "order software"
    assert found.notes == (
        "positioning.yaml has changed since then, so that pages which have not may have new findings.",
    )


def test_a_positioning_that_was_broken_is_taken_as_it_is(repo: Path) -> None:
    write(repo / "positioning.yaml", "version: 1\nproduct: [")
    commit(repo)
    write(repo / "positioning.yaml", POSITIONING)
    agreed = Positioning("positioning.yaml", "Fernlight")
    found = before("site", agreed=agreed)
    assert found.inputs.positioning == agreed
    assert found.notes == ("What stood in positioning.yaml then cannot be read; it is taken as it is now.",)


def test_a_positioning_that_is_new_was_not_there(repo: Path) -> None:
    git(repo, "rm", "-q", "--cached", "positioning.yaml")
    commit(repo)
    git(repo, "checkout", "-q", "-b", "topic")
    write(repo / "agreed.yaml", POSITIONING)
    git(repo, "add", "-A")
    agreed = Positioning("agreed.yaml", "Fernlight")
    assert before("site", agreed=agreed).inputs.positioning is None


def test_links_have_no_old_text(repo: Path) -> None:
    (repo / "site" / "link.md").symlink_to("index.md")
    commit(repo)
    (repo / "site" / "link.md").unlink()
    assert set(texts(before("site"))) == {"index.md", "prices.md", "blog/first.md"}


def test_a_shallow_clone_gets_the_hint_that_mends_it(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repo, "checkout", "-q", "-b", "topic")
    commit(repo, "One")
    git(repo, "checkout", "-q", "main")
    commit(repo, "Two")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", repo.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    for ref in ("origin/topic", "HEAD~1"):
        with pytest.raises(UsageError) as caught:
            work_tree(Path.cwd()).base(ref)
        assert ref in caught.value.message
        assert "git fetch --unshallow" in caught.value.hint
        assert "fetch-depth: 0" in caught.value.hint


@pytest.mark.parametrize("ref", ["nowhere", "--upload-pack=touch owned", "-", "", "main:site", "a..b"])
def test_a_commit_that_git_does_not_know_is_one_clear_line(repo: Path, ref: str) -> None:
    with pytest.raises(UsageError) as caught:
        work_tree(Path.cwd()).base(ref)
    assert str(caught.value).startswith("--changed-since: git knows no commit")
    assert not (repo / "owned").exists()


def test_histories_that_never_met_are_one_clear_line(repo: Path) -> None:
    git(repo, "checkout", "-q", "--orphan", "other")
    commit(repo, "Another beginning")
    with pytest.raises(UsageError) as caught:
        work_tree(Path.cwd()).base("main")
    assert "no commit in common" in caught.value.message


def test_outside_git_and_without_git_are_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError) as caught:
        work_tree(tmp_path)
    assert "needs a git work tree" in caught.value.message
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as caught:
        work_tree(tmp_path)
    assert "needs git, which cannot be run" in caught.value.message


@pytest.mark.parametrize("target", ["-", "https://example.com/", "s3://bucket/site", "../elsewhere"])
def test_pages_that_are_no_files_of_the_work_tree_are_refused(repo: Path, target: str) -> None:
    write(repo.parent / "elsewhere" / "a.md", "# Elsewhere\n")
    found = work_tree(Path.cwd())
    with pytest.raises(UsageError) as caught:
        inputs_before(found, found.base("main"), Inputs(), Named([target]), Config())
    assert "--changed-since" in caught.value.message


def test_changed_lines_are_those_that_did_not_stand_there_before() -> None:
    assert changed_lines(b"a\nb\nc\n", b"a\nx\ny\nc\r\n") == {2, 3}
    assert changed_lines(b"", b"a\nb") == {1, 2}
    assert changed_lines(b"a\nb\nc", b"a\nc") == frozenset()
