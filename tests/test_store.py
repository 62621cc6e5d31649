"""The data folder: one commit publishes everything, damage is told, nothing is lost."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.read import Override, read_bytes
from index import Damaged, NotReady, StoreError
from index.embed import Vectors
from index.generation import MANIFEST
from index.sentences import split
from index.store import DATABASE, GENERATIONS, Index, Store, doctor
from tests.conftest import SEED, HashEncoder


def put(home: Path, encoder: HashEncoder, agency: str = "云溪市教育局", year: int = 2019, text: str | None = None) -> str:
    data = (text or SEED.read_text("utf-8")).encode()
    report = read_bytes(data, Override(agency=agency, year=year))
    return Store(home).add([(report, data, "x.txt")], encoder)[0].status


def held(home: Path) -> set[tuple[str, int]]:
    index = Index(home)
    with index.reading() as snapshot:
        found = {(r.agency, r.year) for r in snapshot.reports}
    index.close()
    return found


def test_added_unchanged_replaced(tmp_path: Path, encoder: HashEncoder) -> None:
    assert put(tmp_path, encoder) == "added"
    assert put(tmp_path, encoder) == "unchanged"
    newer = SEED.read_text("utf-8").replace("发布信息 152 条", "发布信息 153 条")
    assert put(tmp_path, encoder, text=newer) == "replaced"
    index = Index(tmp_path)
    with index.reading() as snapshot:
        (report,) = snapshot.reports
        assert report.version == 2
        assert [q.value for _, q in snapshot.quantities([report.row]) if q.channel == "wechat"] == [153]
        name, data = snapshot.original(report.report_id) or ("", b"")
        assert (name, data.decode()) == ("x.txt", newer)
    index.close()
    history = sqlite3.connect(tmp_path / DATABASE).execute("SELECT count(*) FROM originals").fetchone()[0]
    assert history == 2


def test_embeddings_are_made_once_for_the_same_text(tmp_path: Path) -> None:
    class Counting(HashEncoder):
        count = 0

        def encode_passages(self, texts):
            self.count += len(texts)
            return super().encode_passages(texts)

    encoder = Counting()
    put(tmp_path, encoder, year=2019)
    first = encoder.count
    put(tmp_path, encoder, year=2018)
    Store(tmp_path).rebuild(encoder)
    assert first > 10
    assert encoder.count == first


def test_search_is_filtered_hard_by_report(tmp_path: Path, encoder: HashEncoder) -> None:
    put(tmp_path, encoder, "云溪市教育局", text=SEED.read_text("utf-8").replace("专题培训班", "网上培训班"))
    put(tmp_path, encoder, "青禾县水务局")
    index = Index(tmp_path)
    with index.reading() as snapshot:
        rows = {r.agency: r.row for r in snapshot.reports}
        hits = snapshot.search("政务公开专题培训班", [rows["青禾县水务局"]], 5, encoder)
        assert hits
        assert {h.passage.report for h in hits} == {rows["青禾县水务局"]}
        assert "培训班" in hits[0].passage.text
        assert snapshot.search("培训班", [], 5, encoder) == []
        assert {h.passage.report for h in snapshot.search("培训班", None, 10, encoder)} == set(rows.values())
    index.close()


def test_a_reader_keeps_its_state_while_another_is_published(tmp_path: Path, encoder: HashEncoder) -> None:
    put(tmp_path, encoder, year=2019)
    index = Index(tmp_path)
    with index.reading() as snapshot:
        put(tmp_path, encoder, year=2018)
        assert [r.year for r in snapshot.reports] == [2019]
        assert snapshot.search("培训班", None, 3, encoder)
    with index.reading() as snapshot:
        assert [r.year for r in snapshot.reports] == [2019, 2018]
    index.close()


def test_figures_that_are_kept_for_the_next_question_are_those_published(
    tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store._MANY_REPORTS", 1)
    row = "本年新收政府信息公开申请数量\t\t5\t0\t0\t0\t0\t0\t5"
    assert row in SEED.read_text("utf-8")
    put(tmp_path, encoder)
    index = Index(tmp_path)

    def received() -> list[float | None]:
        with index.reading() as snapshot:
            return [f.value for _, f in snapshot.figures([r.row for r in snapshot.reports], ["requests.received"], ["total"])]

    assert received() == received() == [5]
    assert put(tmp_path, encoder, text=SEED.read_text("utf-8").replace(row, row.replace("5", "6"))) == "replaced"
    assert received() == [6]
    index.close()


def test_a_crash_while_publishing_leaves_the_last_state(tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, encoder, year=2019)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    for point in ("index.store._write_sentences", "index.store.lexical.write", "index.store.sync"):
        monkeypatch.setattr(point, crash)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, encoder, year=2018)
        monkeypatch.undo()
        assert held(tmp_path) == {("云溪市教育局", 2019)}
        assert doctor(tmp_path) == []
    assert put(tmp_path, encoder, year=2018) == "added"
    assert held(tmp_path) == {("云溪市教育局", 2019), ("云溪市教育局", 2018)}
    assert not list((tmp_path / GENERATIONS).glob("*.partial"))


def test_old_generations_are_deleted_while_no_other_can_write(
    tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another writer has half written lies beside them and looks like what a dead one left."""
    locked = []

    def sweep(store: Store) -> None:
        with (store.home / ".lock").open("a") as other:
            try:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                locked.append(True)

    monkeypatch.setattr(Store, "_sweep", sweep)
    put(tmp_path, encoder, year=2019)
    assert locked == [True]


def test_writers_queue_and_both_are_kept(tmp_path: Path, encoder: HashEncoder) -> None:
    threads = [threading.Thread(target=put, args=(tmp_path, encoder, "云溪市教育局", year)) for year in (2015, 2016, 2017)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert {year for _, year in held(tmp_path)} == {2015, 2016, 2017}


def test_a_process_that_is_started_while_writing_does_not_keep_others_from_writing(tmp_path: Path) -> None:
    """A new reader of files is forked at any time, and has whatever is open then; the lock must end with the writing all the same."""
    context = multiprocessing.get_context("fork")
    begun, stop = context.Event(), context.Event()

    def linger() -> None:
        begun.set()
        stop.wait(30)

    class Forking(HashEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            if not begun.is_set():
                context.Process(target=linger, daemon=True).start()
                assert begun.wait(10)
            return super().encode_passages(texts)

    try:
        put(tmp_path, Forking())
        assert begun.is_set()
        with open(tmp_path / ".lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where somebody still has it
    finally:
        stop.set()


def test_remove_takes_out_and_keeps_the_original(tmp_path: Path, encoder: HashEncoder) -> None:
    put(tmp_path, encoder, year=2019)
    put(tmp_path, encoder, year=2018)
    index = Index(tmp_path)
    with index.reading() as snapshot:
        gone = snapshot.reports[0].report_id
    index.close()
    assert Store(tmp_path).remove([gone, "rnothing"], encoder) == [gone]
    assert {year for _, year in held(tmp_path)} == {2018}
    assert doctor(tmp_path) == []


def _generation(home: Path) -> Path:
    name = sqlite3.connect(home / DATABASE).execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0]
    return home / GENERATIONS / name


@pytest.mark.parametrize("victim", ["tail.npy", MANIFEST, "lexical/meta.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "delete"])
def test_every_damaged_file_is_named_and_a_rebuild_mends_it(tmp_path: Path, encoder: HashEncoder, victim: str, harm: str) -> None:
    put(tmp_path, encoder)
    path = _generation(tmp_path) / victim
    data = path.read_bytes()
    if harm == "delete":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if harm == "cut" else bytes([data[0] ^ 255]) + data[1:])
    with pytest.raises(Damaged, match="rebuild"):
        Index(tmp_path)
    assert doctor(tmp_path)
    Store(tmp_path).rebuild(encoder)
    assert doctor(tmp_path) == []
    assert held(tmp_path)


def test_a_damaged_or_foreign_database_is_told(tmp_path: Path, encoder: HashEncoder) -> None:
    put(tmp_path, encoder)
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Damaged, match="另一个版本"):
        Index(tmp_path)
    with pytest.raises(Damaged, match="另一个版本"):
        put(tmp_path, encoder, year=2018)
    for leftover in tmp_path.glob(DATABASE + "*"):
        leftover.unlink()
    (tmp_path / DATABASE).write_bytes(b"this is no database at all" * 100)
    with pytest.raises(Damaged, match="损坏"):
        Index(tmp_path)
    assert doctor(tmp_path)


def test_an_altered_original_is_found(tmp_path: Path, encoder: HashEncoder) -> None:
    put(tmp_path, encoder)
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("UPDATE originals SET digest = 'x'")
    connection.commit()
    connection.close()
    assert any("原文件" in problem for problem in doctor(tmp_path))


def test_nothing_added_yet(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="nianbao add"):
        Index(tmp_path)
    assert doctor(tmp_path)


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="无法写入"):
        Store(tmp_path / "file" / "home")


def test_the_manifest_counts_and_names_what_it_was_built_with(home: Path, encoder: HashEncoder) -> None:
    manifest = json.loads((_generation(home) / MANIFEST).read_text("utf-8"))
    assert (manifest["reports"], manifest["passages"], manifest["model"], manifest["dimension"]) == (1, 10, encoder.name, 256)
    assert {"tail.npy", "lexical/meta.json"} <= set(manifest["files"])


def test_who_says_something_is_told_as_reading_every_sentence_tells_it(tmp_path: Path, encoder: HashEncoder) -> None:
    text = SEED.read_text("utf-8")
    put(tmp_path, encoder, "云溪市教育局", text=text)
    put(tmp_path, encoder, "青禾县水务局", text=text.replace("29 人", "31 人"))
    put(tmp_path, encoder, "碧原市财政局", text=text.replace("政务公开专题培训班", "专题讲座"))
    store = Store(tmp_path)
    with Index(tmp_path).reading() as snapshot:
        store.remove([r.report_id for r in snapshot.reports if r.agency == "云溪市教育局"], encoder)
    put(tmp_path, encoder, "碧原市教育局", text=text)  # its sentences were known, and stood nowhere for a while
    index = Index(tmp_path)
    with index.reading() as snapshot:
        rows = [r.row for r in snapshot.reports]
        for texts in (
            ["政务公开专题培训班"],
            ["公开", "申请"],
            ["培训班", "31 人"],
            ["31 人"],
            ["专题", "班为"],
            ["没有这样的话"],
            ["务"],
            ["9"],
        ):
            for asked in (rows, rows[:1]):
                wanted: dict[int, tuple[int, int, int]] = {}
                for passage in snapshot.passages(asked):
                    for start, end, _ in split(passage.text):
                        if all(t in passage.text[start:end] for t in texts):
                            wanted.setdefault(passage.report, (passage.id, start, end))
                told = {p.report: (p.passage, p.start, p.end) for p in snapshot.saying(texts, asked)}
                assert told == wanted
                assert list(told) == sorted(told, key=lambda row: told[row][0])
    index.close()
