"""Pages read by a real Ray on this machine come out as from one process; what dies there costs no other page."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from scale_readers import EchoOrder, alive, batches, readers

from msgcheck.cache import Cache
from msgcheck.cli.check import command
from msgcheck.errors import ModelError, UsageError
from msgcheck.inputs import Inputs, Settings
from msgcheck.model import RawDocument
from msgcheck.reading import Made
from msgcheck.recall import Checker
from msgcheck.report import json_v1
from msgcheck.report.view import View
from msgcheck.scale import cluster
from msgcheck.scale.cluster import Cluster
from msgcheck.scale.readers import Readers

PAGES = {
    "home.md": "# Bread at your door\n\nWe bake at four and deliver by seven. Best-in-class synergy for every table.\n",
    "about.md": "# Who bakes\n\nThree bakers and a mill from 1890. We leverage seamless, innovative ovens.\n",
    "prices.md": "# Prices\n\nA loaf costs $4. Save time and money, and unlock the power of breakfast.\n",
}


@pytest.fixture(scope="module", autouse=True)
def ray() -> Iterator[Any]:
    """A Ray with two workers for all tests here, which import this file."""
    ray = cluster._load_ray(at_home=True)
    environment = {"env_vars": {"PYTHONPATH": paths()}}
    quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    ray.init("local", num_cpus=2, runtime_env=environment, **quiet)
    yield ray
    ray.shutdown()


def paths() -> str:
    return os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])


def shared_out(work: list[dict[bytes, RawDocument]]) -> list[Made]:
    order: Any = EchoOrder()
    return list(Cluster(order)(iter(work)))


def test_batches_come_back_in_order_and_are_read_elsewhere() -> None:
    work = [*batches(3), {}, *batches(2)]
    made = shared_out(work)
    assert [list(item.pages) for item in made] == [list(batch) for batch in work]
    assert str(os.getpid()) not in readers(made)
    assert len(readers(made)) <= 2


def test_a_page_that_kills_its_worker_is_a_fault_and_the_others_are_read() -> None:
    made = shared_out(batches(6, 2, p5="die"))
    assert [fault.document for item in made for fault in item.faults] == ["p5"]
    assert {key for item in made for key in item.pages} == {b"%d" % n for n in range(12) if n != 5}


def test_what_a_lost_worker_had_is_read_by_another(tmp_path: Path) -> None:
    made = shared_out(batches(6, 2, p5=f"die-once {tmp_path / 'died'}"))
    assert (tmp_path / "died").exists()
    assert [fault for item in made for fault in item.faults] == []
    assert {key for item in made for key in item.pages} == {b"%d" % n for n in range(12)}


def test_no_more_batches_are_drawn_than_the_workers_have_room_for() -> None:
    drawn = 0

    def work() -> Iterator[dict[bytes, RawDocument]]:
        nonlocal drawn
        for batch in batches(40):
            drawn += 1
            yield batch

    order: Any = EchoOrder()
    made = iter(Cluster(order)(work()))
    next(made)
    assert drawn == 2 * cluster._AHEAD + 1
    made.close()


def test_what_keeps_the_workers_from_reading_is_told_in_one_line() -> None:
    with pytest.raises(ModelError, match=r"The model is not here\."):
        shared_out(batches(1, p2="fail"))


def test_workers_with_another_msgcheck_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_program", lambda: "another")
    with pytest.raises(UsageError, match="have another msgcheck"):
        shared_out(batches(1))


def test_nothing_is_asked_of_ray_when_nothing_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_load_ray", lambda **_: pytest.fail("Ray was loaded"))
    assert shared_out([{}, {}]) == [Made({}), Made({})]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--ray-address", "127.0.0.1:1"], "without `--engine ray`"),
        (["--engine", "ray", "--ray-address", "127.0.0.1:1"], "Ray cannot be used at 127.0.0.1:1"),
    ],
)
def test_an_address_that_is_of_no_use_is_told(
    options: list[str], said: str, tmp_path: Path, ray: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    (tmp_path / "page.md").write_text("# Bread\n\nWe bake it at four.\n", encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path), "--no-cache", "--no-record", *options])
    assert isinstance(result.exception, UsageError)
    assert said in result.exception.message


def test_without_the_extra_one_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'msgcheck\[ray\]'"):
        shared_out(batches(1))


def test_ctrl_c_stops_ray_and_all_its_processes(tmp_path: Path) -> None:
    """Pressed in a terminal it reaches every process of the group."""
    with TemporaryDirectory() as folder:  # Sockets have short names.
        environment = {**os.environ, "RAY_TMPDIR": folder, "PYTHONPATH": paths()}
        command = [sys.executable, __file__, str(tmp_path / "pid")]
        started = subprocess.Popen(command, env=environment, start_new_session=True)
        deadline = time.monotonic() + 120
        while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(of_session(folder)) > 1
        os.killpg(started.pid, signal.SIGINT)
        assert started.wait(60) != 0
        while of_session(folder) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert of_session(folder) == []
    assert not alive(int((tmp_path / "pid").read_text()))


def of_session(folder: str) -> list[str]:
    """Command lines of processes that name the folder of a Ray."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if f"{folder}/ray" in line:
            lines.append(line)
    return lines


@pytest.mark.models
def test_the_report_is_byte_for_byte_that_of_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.reading._BATCH", 1)
    pages = tuple(RawDocument(name, name, name, text.encode()) for name, text in PAGES.items())
    shown = []
    for chosen in (Readers(1), Readers(ray=True)):
        report = Checker(Settings(), Cache(None), readers=chosen).check(Inputs(pages))
        content = json.loads(json_v1.render(report, View(sentences=True)))
        shown.append(json.dumps({name: value for name, value in content.items() if name != "run"}))
    assert shown[0] == shown[1]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # What runs in the background ignores it.
    order: Any = EchoOrder()
    list(Cluster(order, jobs=1)(iter(batches(1, p0=f"wait {sys.argv[1]}"))))
