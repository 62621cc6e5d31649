"""Files that try to break the readers: each is told in one line with its reason, in bounded time and memory, and the rest of the folder is added.

The makers of bad files stand in tests/spoil.py. Readers that hang, eat memory or die are put in the place of the real one, in a forked process.
"""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import batch
from corpus.batch import read_all
from corpus.cells import read_cell
from corpus.formats import Limits, expand
from corpus.model import CorpusError, NotAReport, Report, UnreadableFile
from corpus.read import read_bytes
from index.store import Added
from service import cli
from tests import spoil
from tests.conftest import SEED, HashEncoder

Add = Callable[..., tuple[int, list[dict[str, Any]]]]
LIMITS = Limits(seconds=20, megabytes=1024)
SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。")
fuzzed = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def assert_sentence(error: str | None) -> None:
    assert error is not None
    assert SENTENCE.fullmatch(error), error
    assert "Traceback" not in error
    assert "Errno" not in error


# --------------------------------------------------------------------------------------------- a folder through the command


@pytest.fixture(scope="module")
def add(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Add]:
    """Runs ``nianbao add --json`` in a process like the command's own, with an encoder that needs no model: (status, lines)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "_encoder", lambda _settings, **_: HashEncoder())

        def run(*paths: Path, home: Path | None = None) -> tuple[int, list[dict[str, Any]]]:
            home = home or tmp_path_factory.mktemp("home")
            out, error = home / "out", home / "err"
            with out.open("w") as one, error.open("w") as two, pytest.MonkeyPatch.context() as streams:
                streams.setattr(sys, "stdout", one)
                streams.setattr(sys, "stderr", two)
                status = cli.main(["--home", str(home), "add", "--json", *map(str, paths)])
            assert error.read_text("utf-8") == ""
            return status, [json.loads(line) for line in out.read_text("utf-8").splitlines()]

        yield run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every bad file of tests/spoil.py in one folder, with a good one before, between and after them."""
    made = tmp_path_factory.mktemp("bad")
    for name, (make, _) in spoil.BAD.items():
        (made / name).write_bytes(make())
    for name, data in spoil.good().items():
        (made / name).write_bytes(data)
    with (made / "enormous.html").open("wb") as file:  # written as it is asked for: 100 MB
        file.write(b"<html><body>")
        for _ in range(100):
            file.write(b"<p>text</p>" * 95_326)
    return made


@pytest.fixture(scope="module")
def told(add: Add, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of each file in the folder, by the file's name."""
    status, lines = add(folder)
    assert status == 1
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(Path(line["path"]).relative_to(folder).parts[0], []).append(line)
    return found


def test_every_file_of_the_folder_is_told_and_the_good_ones_are_added(told: dict[str, list[dict[str, Any]]], folder: Path) -> None:
    assert set(told) == {path.name for path in folder.iterdir()}
    for name in spoil.good():
        assert [(line["status"], line["error"]) for line in told[name]] == [("added", None)]


@pytest.mark.parametrize("name", [*spoil.BAD, "enormous.html"])
def test_a_bad_file_is_rejected_with_its_reason(told: dict[str, list[dict[str, Any]]], name: str) -> None:
    reason = spoil.BAD[name][1] if name in spoil.BAD else "文件太大"
    for line in told[name]:
        assert (line["status"], line["report_id"], line["figures"]) == ("rejected", None, 0)
        assert_sentence(line["error"])
    assert re.search(reason, told[name][-1]["error"])


def test_an_archive_that_unpacks_to_too_much_gives_what_fits_and_says_how_many_are_left(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(
        spoil.zipped({"a.txt": SEED.read_bytes(), "b.bin": bytes(6_000_000), "c.bin": bytes(6_000_000), "d.txt": SEED.read_bytes()})
    )
    first, second, third = read_all([path], limits=replace(LIMITS, unpacked=10_000_000))
    assert first.report is not None
    assert (second.name, third.name) == (f"{path}/b.bin", str(path))
    assert "其中 2 个文件没有读取" in (third.error or "")


def test_archives_in_archives_share_one_limit() -> None:
    inner = spoil.zipped({f"{at}.txt": b"x" * 1000 for at in range(30)})
    outer = spoil.zipped({f"{at}.zip": inner for at in range(30)})
    contents = list(expand("a.zip", outer, replace(LIMITS, members=100)))
    assert sum(not isinstance(content, UnreadableFile) for _, content in contents) <= 100
    assert any("文件太多" in str(content) for _, content in contents if isinstance(content, UnreadableFile))


def test_unpacking_is_given_up_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(name: str, *_: object) -> Iterator[tuple[str, bytes]]:
        for at in range(10**9):
            time.sleep(0.2)
            yield f"{name}/{at}", b""

    monkeypatch.setattr(batch, "expand", endless)
    slow, after = tmp_path / "slow.zip", tmp_path / "z.pipe"
    slow.write_bytes(b"x")
    os.mkfifo(after)
    outcomes = list(read_all([slow, after], limits=replace(LIMITS, seconds=1)))
    assert outcomes[-2].name == str(slow)
    assert "解压超过 1 秒" in (outcomes[-2].error or "")
    assert outcomes[-1].name == str(after)


# ------------------------------------------------------------------------------------------------ what a folder may hold


def test_links_pipes_and_folders_named_like_files(add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, elsewhere = tmp_path / "in", tmp_path / "elsewhere"
    (folder / "folder.txt" / "deep").mkdir(parents=True)
    elsewhere.mkdir()
    shutil.copy(SEED, folder / "folder.txt" / "deep" / "good.txt")
    (folder / "linked.txt").symlink_to(folder / "folder.txt" / "deep" / "good.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "outside").symlink_to(elsewhere, target_is_directory=True)
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "~$good.docx").write_bytes(b"somebody has it open")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(folder)  # a socket's name has to be short
        listening.bind("socket.txt")
        status, lines = add(folder)
    assert status == 1
    assert {str(Path(line["path"]).relative_to(folder)): line["status"] for line in lines} == {
        "folder.txt/deep/good.txt": "added",
        "linked.txt": "unchanged",
        "self.txt": "rejected",
        "gone.txt": "rejected",
        "outside": "rejected",
        "device.txt": "rejected",
        "pipe.txt": "rejected",
        "socket.txt": "rejected",
    }
    for line in lines:
        if line["status"] == "rejected":
            assert line["error"].endswith("。")


def test_a_pipe_that_is_named_itself_does_not_stop_the_command(add: Add, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    status, [line] = add(tmp_path / "pipe")
    assert (status, line["status"]) == (1, "rejected")
    assert "不是普通文件" in line["error"]


def test_files_that_vanish_or_cannot_be_opened(tmp_path: Path) -> None:
    gone, locked, good = tmp_path / "gone.txt", tmp_path / "locked.txt", tmp_path / "good.txt"
    for path in (gone, locked, good):
        shutil.copy(SEED, path)
    locked.chmod(0)

    def listed() -> Iterator[Path]:
        gone.unlink()
        yield from (gone, locked, good, tmp_path / ("长" * 90))

    outcomes = list(read_all(listed(), limits=LIMITS))
    assert [o.report is not None for o in outcomes] == [False, os.geteuid() == 0, True, False]
    assert all("打不开" in (o.error or "") for o in outcomes if o.report is None)


def test_a_folder_that_cannot_be_listed_is_told(add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    shutil.copy(SEED, tmp_path / "good.txt")
    listing = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: _refused(path) if str(path).endswith("locked") else listing(path))
    status, lines = add(tmp_path)
    assert status == 1
    assert {Path(line["path"]).name: line["status"] for line in lines} == {"good.txt": "added", "locked": "rejected"}


def _refused(path: object) -> Any:
    raise PermissionError(13, "Permission denied", str(path))


NAMES = {
    b"line\nbreak.txt": "line\\u000abreak.txt",
    b"bell\x07\x1b[2J.txt": "bell\\u0007\\u001b[2J.txt",
    "turned\u202etxt.exe".encode(): "turned\\u202etxt.exe",
    "年报.txt".encode("gbk"): "年报.txt",
    b"\xff\xfe.txt": "\ufffd\ufffd.txt",
    b"x" * 251 + b".txt": "x" * 251 + ".txt",
}


def test_names_of_every_kind_take_one_line_each(add: Add, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        text = SEED.read_text("utf-8").replace("2019年", f"{2010 + number}年")
        (Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))).write_text(text, "utf-8")
    status, lines = add(folder)
    assert [line["error"] for line in lines if line["error"]] == []
    assert status == 0
    assert {os.path.basename(line["path"]) for line in lines} == set(NAMES.values())


def test_names_take_one_line_each_where_no_json_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in NAMES:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_bytes(b"")
    assert cli.main(["--home", str(tmp_path / ".home"), "add", str(tmp_path)]) == 1
    out = capsys.readouterr()
    assert out.out == ""
    assert {line.split("\t")[1].rsplit("/", 1)[-1] for line in out.err.splitlines()} == {
        f"{n}：文件是空的，没有任何内容。" for n in NAMES.values()
    }


# 2,500 files: more than are published at once (2,000) and than one process reads (200), which is what a folder of ten thousand adds to one
# of ten. The reader is a stand-in, since the real one takes 50 ms a report and is not what is looked at here; so is the store.
MANY = 2_500


def test_of_thousands_of_files_two_broken_ones_are_named_and_all_others_added(
    add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    broken = {"1234.txt": "这一份坏了。", "2100.txt": "读取程序崩溃"}
    light = replace(report, figures=(), checks=(), quantities=(), passages=(), text="", paragraphs=())

    def quick(data: bytes, *_: object) -> Report:
        if data == b"1234":
            raise NotAReport("这一份坏了。")
        if data == b"2100":
            os._exit(9)
        return replace(light, agency=data.decode())

    class EmptyStore:
        def __init__(self, home: Path) -> None:
            pass

        def add(self, reports: list[tuple[Report, bytes, str]], *_: object) -> list[Added]:
            assert all(report.agency.encode() == data for report, data, _ in reports)
            return [Added(report.report_id, "added") for report, _, _ in reports]

    monkeypatch.setattr(batch, "read_bytes", quick)
    monkeypatch.setattr(cli, "Store", EmptyStore)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:04}.txt").write_bytes(b"%04d" % number)
    status, lines = add(folder)
    assert status == 1
    assert [Path(line["path"]).name for line in lines] == [f"{number:04}.txt" for number in range(MANY)]
    assert {Path(line["path"]).name: line["status"] for line in lines if line["status"] != "added"} == dict.fromkeys(broken, "rejected")
    for line in lines:
        assert re.match(broken.get(Path(line["path"]).name, ""), line["error"] or "")


# ------------------------------------------------------------------------------------------------- readers that misbehave


def hang(_: Limits) -> None:
    while True:
        time.sleep(60)


def hang_and_ignore(_: Limits) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    hang(_)


def eat(limits: Limits) -> None:
    held = []
    while True:
        held.append(bytes(1 << 20))


def die(_: Limits) -> None:
    os._exit(1)


def fall(_: Limits) -> None:
    faulthandler.disable()  # pytest's own
    os.kill(os.getpid(), signal.SIGSEGV)


def recurse(_: Limits) -> None:
    recurse(_)


class Unpicklable(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("一行\n两行")


def slip(_: Limits) -> None:
    raise Unpicklable(1, 2)


MISBEHAVING: dict[str, tuple[Callable[[Limits], None], str]] = {
    "hang": (hang, "读取超过 4 秒"),
    "hang_and_ignore": (hang_and_ignore, "读取超过 4 秒"),
    "eat": (eat, "内存超过 300 MB"),
    "die": (die, "读取程序崩溃"),
    "fall": (fall, "读取程序崩溃"),
    "recurse": (recurse, "嵌套太深"),
    "slip": (slip, "读取时出错（Unpicklable）"),
}


@pytest.fixture
def misbehave(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Reading b"hang" hangs, and so on; all else is the shipped report."""

    def reader(data: bytes, _override: object, limits: Limits) -> Report:
        if data.decode() in MISBEHAVING:
            MISBEHAVING[data.decode()][0](limits)
        return replace(report, agency=data.decode())

    monkeypatch.setattr(batch, "read_bytes", reader)


@pytest.mark.usefixtures("misbehave")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_misbehaves_costs_its_own_file_only(tmp_path: Path, workers: int) -> None:
    names = [name for bad in MISBEHAVING for name in (f"before-{bad}", bad, f"after-{bad}")]
    for name in names:
        (tmp_path / name).write_text(name, "utf-8")
    outcomes = list(read_all([tmp_path / name for name in names], limits=Limits(seconds=4, megabytes=300), workers=workers))
    assert [Path(o.name).name for o in outcomes] == names
    for name, outcome in zip(names, outcomes, strict=True):
        if name in MISBEHAVING:
            assert outcome.report is None
            assert MISBEHAVING[name][1] in (outcome.error or "")
            assert_sentence(outcome.error)
        else:
            assert outcome.error is None
            assert outcome.report is not None
            assert outcome.report.agency == name


@pytest.mark.usefixtures("misbehave")
def test_processes_that_the_system_ends_are_followed_by_others(tmp_path: Path) -> None:
    """As the kernel does where memory is short: it takes any process, also one that is between two files."""
    paths = [tmp_path / f"{number}" for number in range(6)]
    for path in paths:
        path.write_text(path.name, "utf-8")

    def listed() -> Iterator[Path]:
        for number, path in enumerate(paths):
            if number == 3:
                time.sleep(0.5)
                for child in multiprocessing.active_children():
                    os.kill(child.pid or 0, signal.SIGKILL)
                time.sleep(0.5)
            yield path

    outcomes = list(read_all(listed(), limits=replace(LIMITS, seconds=5), workers=1))
    assert [o.report.agency if o.report else o.error for o in outcomes] == [path.name for path in paths]


@pytest.mark.usefixtures("misbehave")
def test_what_the_program_itself_holds_is_not_counted_against_a_file(tmp_path: Path) -> None:
    held = bytearray(600 << 20)  # as an encoder of sentences takes
    (tmp_path / "good").write_text("good", "utf-8")
    [outcome] = read_all([tmp_path / "good"], limits=Limits(seconds=20, megabytes=256), workers=1)
    assert (outcome.error, len(held)) == (None, 600 << 20)


@pytest.mark.parametrize(
    ("does", "reason"),
    [("sleep 600 & echo $! > {pid}; wait", "转换超过 1 秒"), ("exit 3", "不能转换"), ("mkdir -p {out}; : > {out}/x.docx", "损坏|空的")],
)
def test_a_converter_that_hangs_fails_or_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, reason: str) -> None:
    program = tmp_path / "soffice"
    pid = tmp_path / "pid"
    out = '"$(while [ "$1" != --outdir ]; do shift; done; echo "$2")"'
    program.write_text(f"#!/bin/sh\n{does.format(pid=pid, out=out)}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(UnreadableFile, match=reason) as refused:
        read_bytes(spoil.old_word(), limits=replace(LIMITS, seconds=1))
    assert_sentence(str(refused.value))
    if pid.exists():  # what it started ends with it
        deadline = time.monotonic() + 10
        while is_running(int(pid.read_text())):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


# ------------------------------------------------------------------------------- bad input that still is a report


def sure(report: Report) -> dict[tuple[str, str | None], object]:
    return {(f.metric, f.applicant): f.value for f in report.figures if f.sure and f.value is not None}


def assert_true_to_print(report: Report) -> None:
    """Every figure that is called sure stands in the text, and is what its cell says."""
    for figure in report.figures:
        if figure.sure and figure.value is not None:
            assert figure.span is not None
            assert report.text[figure.span.start : figure.span.end] == figure.printed
            assert read_cell(figure.printed).value == figure.value
    for quantity in report.quantities:
        assert report.text[quantity.span.start : quantity.span.end] == quantity.printed
    report.text.encode("utf-8")


def read_or_refused(data: bytes) -> Report | None:
    """The report, true to print, or None when the file is refused with a sentence."""
    try:
        report = read_bytes(data, limits=LIMITS)
    except CorpusError as error:
        assert_sentence(str(error))
        return None
    assert_true_to_print(report)
    return report


def test_spans_of_a_billion_change_no_figure() -> None:
    page = spoil.page()
    before = sure(read_bytes(page))
    for name in ("colspan", "rowspan"):
        beside = page.replace(b"<body>", f'<body><table><tr><td {name}="1000000000">x</td><td>y</td></tr></table>'.encode())
        assert sure(read_bytes(beside)) == before
        everywhere = read_or_refused(page.replace(b"<td", f'<td {name}="1000000000"'.encode()))
        assert everywhere is None or sure(everywhere).items() <= before.items()


def test_entities_of_a_drawing_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密内容", "utf-8")
    inside = spoil.LAUGHS + f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode()
    page = spoil.page()
    report = read_bytes(page.replace(b"<body>", b"<body><svg>" + inside + b"<text>&laugh;&s;</text></svg><p>&s;</p>"))
    assert sure(report) == sure(read_bytes(page))
    assert "机密内容" not in report.text
    assert len(report.text) < 2 * len(read_bytes(page).text)


@pytest.mark.parametrize("kind", ["txt", "html", "xlsx", "docx"])
def test_a_cell_of_a_megabyte_changes_no_other_figure(kind: str) -> None:
    plain, spoilt = spoil.with_cell(kind, "字" * 350_000)
    report = read_or_refused(spoilt)
    assert report is None or sure(report).items() <= sure(read_bytes(plain)).items()


def test_marks_of_direction_do_not_turn_a_number_round() -> None:
    """12 between such marks shows as 21."""
    for kind in ("txt", "html"):
        report = read_bytes(spoil.with_cell(kind, "\u202e12\u202c")[1])
        assert spoil.CELL not in sure(report)
        assert_true_to_print(report)


# ------------------------------------------------------------------------------------------------------------- fuzzing

seeds = st.integers(0, 10**9)


@pytest.mark.parametrize("kind", sorted(spoil.SAMPLES))
@settings(fuzzed, max_examples=25)
@given(seed=seeds)
def test_only_corpus_errors_come_out_of_damaged_files(kind: str, seed: int) -> None:
    read_or_refused(spoil.damaged(kind, seed))


@pytest.mark.parametrize("kind", ["txt", "html"])
@settings(fuzzed, max_examples=40)
@given(seed=seeds)
def test_a_report_with_other_digits_or_cells_is_read_as_printed(kind: str, seed: int) -> None:
    read_or_refused(spoil.rearranged(kind, seed))
