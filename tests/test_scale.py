"""What a large corpus rests on: the index goes on with what it has, and finds what an index made anew would find."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Finding, Report, Span
from corpus.read import read_bytes
from index import dense, store
from index.embed import RememberingEncoder, Vectors, unit
from index.lexical import LexicalIndex, write
from index.segment import Segmenter, the_segmenter
from index.sentences import Occurrences, Ranges, split
from index.store import DATABASE, GENERATIONS, Hit, Index, Store, doctor
from service.bench import corpus
from tests.conftest import SEED, HashEncoder

QUERIES = ("方便群众查找", "政策解读材料", "各科室检查了学校招生方案", "热线来电办结率", "培训")


def made(number: int) -> tuple[Report, bytes, str]:
    data = corpus.report(number).encode()
    return read_bytes(data), data, f"{number}.txt"


def found(home: Path, encoder: HashEncoder) -> dict[tuple[str, int | None], list[str]]:
    """For each query, over all and within every other report: what is found, as report and text."""
    index = Index(home)
    told: dict[tuple[str, int | None], list[str]] = {}
    with index.reading() as snapshot:
        names = {r.row: r.report_id for r in snapshot.reports}
        some = [r.row for r in snapshot.reports][::2]
        for query in QUERIES:
            for size, rows in ((None, None), (len(some), some), (1, some[:1])):
                hits = snapshot.search(query, rows, 6, encoder)
                # Sentences that differ in numbers are equally near, and any of them may come first.
                nearest = max(h.nearness or 0 for h in hits)
                told[query, size] = sorted({_best(h) for h in hits if h.nearness == nearest})
                assert all(rows is None or h.passage.report in rows for h in hits)
                assert all(names[h.passage.report] for h in hits)
    index.close()
    return told


def _best(hit: Hit) -> str:
    return next(told for start, end, told in split(hit.passage.text) if (start, end) == hit.sentence)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A main index from forty sentences on, so that a handful of reports goes through every stage of growth."""
    monkeypatch.setattr(dense, "MAIN_FROM", 40)
    monkeypatch.setattr(dense, "_ONE_BY_ONE", 5)
    monkeypatch.setattr(dense, "_AT_LEAST", 5)


@pytest.mark.usefixtures("few")
def test_an_index_that_grew_finds_what_one_made_anew_finds(tmp_path: Path, encoder: HashEncoder) -> None:
    home = tmp_path / "grown"
    dice = Random(4)
    held: dict[int, tuple[Report, bytes, str]] = {}
    for step in range(14):
        if step % 4 == 3:
            gone = dice.choice(sorted(held))
            Store(home).remove([held.pop(gone)[0].report_id], encoder)
        else:
            numbers = [step * 10, step * 10 + 1] if step % 2 else [step * 10]
            for number in numbers:
                held[number] = made(number)
            Store(home).add([held[n] for n in numbers], encoder)
    changed = sorted(held)[0]
    text = held[changed][1].decode().replace("热线", "电话")
    held[changed] = (read_bytes(text.encode()), text.encode(), "changed.txt")
    Store(home).add([held[changed]], encoder)
    folder = max((home / GENERATIONS).iterdir())
    assert {"main.faiss", "main.npy", "tail.npy"} <= {p.name for p in folder.iterdir()}
    assert doctor(home) == []

    Store(tmp_path / "anew").add(list(held.values()), encoder)
    assert found(home, encoder) == found(tmp_path / "anew", encoder)
    Store(home).rebuild(encoder)
    assert found(home, encoder) == found(tmp_path / "anew", encoder)


def test_what_has_not_changed_is_linked_and_not_written_again(tmp_path: Path, encoder: HashEncoder) -> None:
    Store(tmp_path).add([made(0), made(1)], encoder)
    before = max((tmp_path / GENERATIONS).iterdir())
    segments = {p.name for p in (before / "lexical").iterdir() if p.suffix == ".idx"}
    contents = {p: p.read_bytes() for p in before.rglob("*") if p.is_file()}
    Store(tmp_path).add([made(2)], encoder)
    after = max((tmp_path / GENERATIONS).iterdir())
    assert after != before
    assert all((after / "lexical" / name).samefile(before / "lexical" / name) for name in segments)
    assert all(path.read_bytes() == data for path, data in contents.items())  # a reader may still be there


class Failing(HashEncoder):
    """Gives up after some batches, as a process does that is killed."""

    def __init__(self, batches: int) -> None:
        self.batches = batches
        self.seen: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not self.batches:
            raise KeyboardInterrupt
        self.batches -= 1
        self.seen += texts
        return super().encode_passages(texts)


def test_what_was_embedded_before_a_kill_is_not_embedded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_EMBEDDED_AT_ONCE", 8)
    killed, after = Failing(3), Failing(1000)
    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path).add([made(0)], killed)
    assert Store(tmp_path).add([made(0)], after)[0].status == "added"
    wanted = {told for p in made(0)[0].passages for _, _, told in split(p.text)}
    assert len(killed.seen) == 24
    assert not set(killed.seen) & set(after.seen)
    assert set(killed.seen) | set(after.seen) == wanted
    assert doctor(tmp_path) == []


def test_another_model_gets_vectors_of_its_own(tmp_path: Path, encoder: HashEncoder) -> None:
    class Other(HashEncoder):
        name = "other"

        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            return super().encode_passages(texts)[:, ::-1].copy()

    Store(tmp_path).add([made(0)], encoder)
    before = found(tmp_path, encoder)
    Store(tmp_path).add([made(1)], Other())
    Store(tmp_path).remove([made(1)[0].report_id], Other())
    assert found(tmp_path, Other()) == before
    assert doctor(tmp_path) == []


@pytest.mark.parametrize("harm", ["cut", "flip", "delete"])
def test_a_damaged_vector_file_is_told_and_mended(tmp_path: Path, encoder: HashEncoder, harm: str) -> None:
    Store(tmp_path).add([made(0)], encoder)
    before = found(tmp_path, encoder)
    [path] = (tmp_path / "vectors").iterdir()
    data = path.read_bytes()
    path.unlink()
    if harm != "delete":
        path.write_bytes(data[: len(data) // 2] if harm == "cut" else bytes([data[0] ^ 255]) + data[1:])
    assert any("句向量" in problem for problem in doctor(tmp_path))
    Store(tmp_path).rebuild(encoder)
    assert doctor(tmp_path) == []
    assert found(tmp_path, encoder) == before


def test_a_folder_of_the_version_before_is_brought_up_to_date(tmp_path: Path, encoder: HashEncoder) -> None:
    """The tables of version 3 with one report in them, as that version wrote it."""
    report, data, name = made(0)
    failed = Finding("cells.applicants", "fail", "各类申请人之和与总计不符。", ("表三 一 总计",), (3, None), (Span(1, 2),))
    report = replace(report, checks=(failed, *report.checks))
    Store(tmp_path / "new").add([(report, data, name)], encoder)
    old = tmp_path / "old"
    (old / GENERATIONS).mkdir(parents=True)
    connection = sqlite3.connect(old / DATABASE)
    connection.executescript((Path(__file__).parent / "fixtures" / "version_3.sql").read_text("utf-8"))
    values = {
        "report_id": report.report_id, "agency": report.agency, "year": report.year, "scope": report.scope, "edition": report.edition,
        "title": report.title, "format": report.format, "digest": report.digest, "version": 1, "added": "", "text": report.text,
        "found": "{}", "sections": _objects(report.sections), "checks": _objects(report.checks), "paragraphs": "[]",
        "counts": '{"figures": 0, "passages": 0, "findings": 0}', "lineage": report.lineage,
    }  # fmt: skip
    columns, marks = ",".join(values), ",".join("?" * len(values))
    connection.execute(f"INSERT INTO reports ({columns}) VALUES ({marks})", list(values.values()))  # noqa: S608
    connection.executemany(
        "INSERT INTO passages VALUES (?,1,?,?,?,?,?,'')",
        [(n, p.section, p.topic, p.text, p.start, p.end) for n, p in enumerate(report.passages, 1)],
    )
    connection.executemany(
        "INSERT INTO figures VALUES (1,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (n, f.metric, f.applicant, f.value, f.unit, f.printed, f.state, f.place, f.span and f.span.start, f.span and f.span.end, f.sure)
            for n, f in enumerate(report.figures)
        ],
    )
    connection.commit()
    connection.close()
    Store(old).rebuild(encoder)
    assert found(old, encoder) == found(tmp_path / "new", encoder)
    told = []
    for home in (old, tmp_path / "new"):
        index = Index(home)
        with index.reading() as snapshot:
            [held] = snapshot.reports
            told.append((snapshot.figures([held.row]), snapshot.checks(held.row), snapshot.sections(held.row), snapshot.text(held.row)))
            assert snapshot.failures([held.row]) == {held.row: (failed,)}
        index.close()
    assert told[0] == told[1]
    assert len(told[0][0]) > 100


def _objects(held: Sequence[object]) -> str:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(item) for item in held], ensure_ascii=False)  # type: ignore[call-overload]


# ------------------------------------------------------------------------------------------------------- the parts


@pytest.mark.usefixtures("few")
def test_the_nearest_are_found_by_every_means_and_under_every_filter(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    vectors = unit(dice.normal(size=(4000, 32)).astype(np.float32)).astype(np.float16)
    dense.build(tmp_path / "main", vectors[:3000])
    dense.extend(tmp_path / "main", tmp_path / "more", vectors[:3500], 3000)
    index = dense.DenseIndex(vectors, tmp_path / "more")  # five hundred came later
    recalled = []
    for query in unit(dice.normal(size=(20, 32)).astype(np.float32)):
        cosines = vectors.astype(np.float32) @ query
        some = [np.flatnonzero(dice.random(4000) < share).astype(np.int32) for share in (0.5, 0.1, 0.001)]
        farthest = np.sort(np.argsort(cosines)[:400]).astype(np.int32)  # what is near is not allowed
        later, before = np.arange(3500, 4000, dtype=np.int32), np.arange(3000, dtype=np.int32)
        for allowed in (None, *some, farthest, later, before):
            ids = np.arange(4000, dtype=np.int32) if allowed is None else allowed
            hits = index.search(query[None], allowed, 5)
            assert [c for _, c in hits] == pytest.approx(sorted((float(cosines[i]) for i, _ in hits), reverse=True), abs=1e-6)
            assert set(ids.tolist()) >= {i for i, _ in hits}
            assert len(hits) == min(5, len(ids))
            recalled.append(index.recall(query[None], allowed, 5))
    assert float(np.mean(recalled)) > 0.9  # vectors without any order are the hardest there are


def test_occurrences_know_where_a_sentence_stands_and_what_a_passage_says() -> None:
    columns = np.array([(1, 7, 0, 5), (1, 3, 5, 9), (2, 7, 0, 5), (4, 7, 2, 8), (9, 1, 0, 4)], dtype=np.int32)
    where = Occurrences.of(columns)
    none, some, seven = Ranges([]), Ranges([(2, 4)]), np.array([7], dtype=np.int32)
    assert where.told(seven, None, none, 2) == [[(1, 0, 5), (2, 0, 5)]]
    assert where.told(seven, some, none, 9) == [[(2, 0, 5), (4, 2, 8)]]
    assert where.told(seven, None, some, 9) == [[(1, 0, 5)]]
    assert where.inside(Ranges([(1, 1), (9, 9)])).tolist() == [1, 3, 7]
    assert where.inside(Ranges([(3, 3)])).tolist() == []
    assert where.of_passage(1) == [(7, 0, 5), (3, 5, 9)]
    assert where.without(some).tolist() == [[1, 7, 0, 5], [1, 3, 5, 9], [9, 1, 0, 4]]


def test_the_first_places_of_a_sentence_are_told_under_every_filter() -> None:
    dice = Random(4)
    columns = sorted((passage, dice.randrange(12) // dice.choice([1, 4]), start, start + 5) for passage in range(600) for start in (0, 5))
    where = Occurrences.of(np.array(columns, dtype=np.int32))
    asked = np.array([0, 99, 5, 1, 11], dtype=np.int32)
    none, third, late = Ranges([]), range(0, 600, 3), range(480, 600)
    filters: list[tuple[Ranges | None, Ranges, Collection[int]]] = [
        (None, none, range(600)),
        (None, Ranges([(0, 200)]), range(201, 600)),
        (Ranges([(10, 40), (300, 300)]), none, {*range(10, 41), 300}),
        (Ranges((n, n) for n in third), none, third),
        (Ranges((n, n) for n in late), none, late),
    ]
    for permitted, gone, held in filters:
        for most in (1, 2, 70):
            expected = [[(p, s, e) for p, n, s, e in columns if n == sentence and p in held][:most] for sentence in asked.tolist()]
            assert where.told(asked, permitted, gone, most) == expected


def test_a_filter_on_words_is_exact_whether_it_is_narrow_or_wide(tmp_path: Path) -> None:
    dice = Random(2)
    told = {n: "".join(dice.choice("公开申请办理培训热线网站") for _ in range(30)) for n in range(300)}
    segmenter = the_segmenter(tmp_path / "cache")
    write(tmp_path, told, segmenter)
    index = LexicalIndex(tmp_path, segmenter)
    every = index.search("公开培训热线", None, 300)
    for count in (1, 5, 6, 20, 150, 299):
        allowed = np.array(sorted(dice.sample(range(300), count)), dtype=np.int32)
        wanted = [(n, round(score, 4)) for n, score in every if n in allowed]
        given = [(n, round(score, 4)) for n, score in index.search("公开培训热线", allowed, 300)]
        assert sorted(given) == sorted(wanted)
        best = index.search("公开培训热线", allowed, 4)
        assert [round(score, 4) for _, score in best] == [score for _, score in wanted[:4]]


def test_a_sentence_that_comes_again_is_indexed_once(tmp_path: Path) -> None:
    segmenter = the_segmenter(tmp_path / "cache")
    write(tmp_path, {3: "公开政策解读几篇。", 5: "举办培训几次。"}, segmenter)
    write(tmp_path, {5: "举办培训几次。", 8: "举办培训的机关几家。"}, segmenter)
    write(tmp_path, {3: "公开政策解读几篇。"}, segmenter)
    index = LexicalIndex(tmp_path, segmenter)
    assert len(index) == 3
    assert {n for n, _ in index.search("培训", None, 9)} == {5, 8}
    told = index.holding(["举办培训 12 次"])
    assert told is not None
    assert told.tolist() == [5]
    assert index.holding(["次"]) is None  # a single character: no pair tells


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="政府信息公开年度报告不予收到多少件申请，。、1290.%abAB（）\u3400 \n", max_size=60))
def test_words_are_cut_alike_whether_remembered_or_not(text: str) -> None:
    segmenter = the_segmenter(Path("build/cache"))
    assert segmenter.indexed_words(text) == segmenter.search_words(text)


def test_passages_of_a_report_are_cut_alike_whether_remembered_or_not(tmp_path: Path) -> None:
    segmenter = the_segmenter(tmp_path)
    for passage in read_bytes(SEED.read_bytes()).passages:
        assert segmenter.indexed_words(passage.text) == segmenter.search_words(passage.text)


def test_sentences_are_embedded_without_their_numbers_and_keep_their_place() -> None:
    text = "1. 全年发布信息1,052条，微信 37 条。办结率为98.5%。"
    found = split(text)
    assert [told for _, _, told in found] == ["全年发布信息几条，微信几条。", "办结率为几%。"]
    assert "".join(text[start:end] for start, end, _ in found).endswith("微信 37 条。办结率为98.5%。")


def test_a_question_is_encoded_once(encoder: HashEncoder) -> None:
    asked: list[str] = []

    class Counting(HashEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            asked.extend(texts)
            return super().encode_queries(texts)

    remembering = RememberingEncoder(Counting())
    first, second = remembering.encode_queries(["有什么措施"]), remembering.encode_queries(["有什么措施"])
    assert asked == ["有什么措施"]
    assert np.array_equal(first, second)
    assert np.array_equal(first, encoder.encode_queries(["有什么措施"]))


# ---------------------------------------------------------------------------------------------------- the benchmark


def test_the_benchmark_s_reports_are_read_whole_and_differ() -> None:
    reports = [made(number)[0] for number in range(12)]
    assert len({r.report_id for r in reports}) == 12
    for number, report in enumerate(reports):
        assert (report.agency, report.year) == corpus.which(number)
        figures = {(f.metric, f.applicant): f.value for f in report.figures}
        assert figures["requests.received", "total"] == corpus.received(number)
        assert [c for c in report.checks if c.status == "fail"] == []
        assert len(report.passages) > 25
    assert corpus.report(7) == corpus.report(7)


def test_bodies_of_the_benchmark_have_names_of_their_own() -> None:
    assert len({corpus.body(number) for number in range(4000)}) == 4000


def test_the_kept_dictionary_cuts_as_the_parsed_one_and_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    text = "2023年，云溪市教育局收到政府信息公开申请，予以公开的占多数；三安全一稳定不予公开。"
    parsed = Segmenter(tmp_path).words(text)  # writes what jieba keeps
    kept = tmp_path / "jieba.cache"
    assert Segmenter(tmp_path).words(text) == parsed == Segmenter().words(text)
    for damaged in (b"", b"\x00nothing of jieba's", kept.read_bytes()[:1000]):
        kept.write_bytes(damaged)
        assert Segmenter(tmp_path).words(text) == parsed


def test_a_report_comes_out_of_a_process_as_it_was_read() -> None:
    report, _, _ = made(0)
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301  (our own)
