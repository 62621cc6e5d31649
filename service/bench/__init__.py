"""The benchmark: adding, opening, searching, asking and serving, at growing sizes of one corpus of made-up reports.

Every figure is of the machine that it was measured on, beside whatever else it does; docs/performance.md keeps the last table.
"""

from __future__ import annotations

import gc
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from corpus.batch import read_all
from corpus.model import Report
from corpus.read import read_bytes
from index.embed import Encoder, RememberingEncoder, Vectors, WrappedEncoder
from index.encoders import encoder_for
from index.store import Index, Snapshot, Store
from service.answer import answer, warm_up
from service.bench import corpus, serving
from service.config import Settings
from service.paraphrase import paraphraser

_BATCH = 1000
_ASKED = 60
_LOAD_SECONDS = 8.0

KINDS: dict[str, tuple[str, ...]] = {
    "figure": ("{agency}{year}年收到多少件信息公开申请？", "{agency}{year}年不予公开的有几件", "{agency}{year}年自然人占比多少"),
    "trend": ("{agency}近三年收到的申请有什么变化", "{agency}历年行政处罚有多少"),
    "rank": ("{year}年哪个教育局收到的申请最多", "{year}年各统计局新收申请排名前三"),
    "number in text": ("{agency}{year}年微信发了多少条", "{agency}{year}年培训了多少人"),
    "passage of a report": ("{agency}{year}年{who}是怎么{purpose}的", "{agency}{year}年在{object}上做了什么"),
    "passage of a year": ("{year}年各地{who}是怎么{purpose}的", "{year}年有哪些单位检查了{object}"),
    "passage of any": ("哪些单位的{who}核对过{object}", "各地{who}怎么{purpose}"),
}
"""Questions by kind; an agency, a year and what a passage is about are put in, so that the encoder is asked of hardly any of them twice."""

# What a portal is asked: figures mostly, now and then a passage.
_MIXED = (
    "figure",
    "figure",
    "figure",
    "number in text",
    "trend",
    "passage of a report",
    "rank",
    "passage of a report",
    "figure",
    "passage of a year",
)


class _Timed(WrappedEncoder):
    """An encoder that says how much it was given, and how long it took."""

    def __init__(self, inner: Encoder) -> None:
        super().__init__(inner)
        self.texts = 0
        self.seconds = 0.0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        begun = time.perf_counter()
        vectors = super().encode_passages(texts)
        self.seconds += time.perf_counter() - begun
        self.texts += len(texts)
        return vectors


def run(
    sizes: Sequence[int],
    settings: Settings,
    tell: Callable[[str], None],
    keep: Path | None = None,
    done: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Measure one corpus as it grows through ``sizes``; the machine, and a row a size, also given to ``done`` as soon as there is one more.

    ``keep`` is where the corpus stays, and goes on from; of the size that it has all but adding is measured.
    """
    building = _Timed(encoder_for(settings.model, settings.cache_folder, building=True))
    building.encode_passages(["预热"])
    data: dict[str, Any] = {"machine": _machine(), "rows": []}
    with tempfile.TemporaryDirectory() as folder:
        home = keep or Path(folder) / "home"
        begin = _held(home)
        for size in sorted(set(sizes)):
            if size >= begin:
                data["rows"].append(_measured(size, begin, Settings(home=home, cache=settings.cache_folder), building, Path(folder), tell))
                begin = size
                if done:
                    done(data)
    return data


def _held(home: Path) -> int:
    try:
        index = Index(home)
    except Exception:  # nothing there yet, or nothing that can be used
        return 0
    with index.reading() as snapshot:
        held = len(snapshot.reports)
    index.close()
    return held


def _machine() -> dict[str, Any]:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "cpu": names[0].partition(":")[2].strip() if names else platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _measured(size: int, begin: int, settings: Settings, encoder: _Timed, scratch: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    row: dict[str, Any] = {"reports": size}
    if size > begin:
        tell(f"{size} 份报告：添加")
        row |= _adding(begin, size, settings, encoder, scratch, tell)
    row |= _held_now(settings)
    tell(f"{size} 份报告：提问")
    row |= _asking(size, settings)
    tell(f"{size} 份报告：并发")
    with serving.serving(settings.home, settings.cache_folder, os.cpu_count() or 1) as server:
        row["ready_s"] = round(server.ready, 2)
        row["resident_mb_ready"] = server.resident()
        questions = list(_questions(_MIXED, size, 2000))
        serving.load(server.port, questions[-200:], 8, 2.0)
        row["load"] = [serving.load(server.port, questions, clients, _LOAD_SECONDS) for clients in (1, 8, 32)]
        row["resident_mb"] = server.resident()
    return row


# --------------------------------------------------------------------------------------------------------- adding


def _adding(begin: int, size: int, settings: Settings, encoder: _Timed, scratch: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    files = scratch / f"{size}"
    files.mkdir()
    for number in range(begin, size):
        (files / f"{number:06d}.txt").write_text(corpus.report(number), "utf-8")
    sample = sorted(files.iterdir())[:300]
    began = time.perf_counter()
    for _ in read_all(sample):
        pass
    row: dict[str, Any] = {"read_per_s": round(len(sample) / (time.perf_counter() - began), 1)}
    encoder.texts, encoder.seconds = 0, 0.0
    began = time.perf_counter()
    added = 0
    for batch in _batches(files):
        Store(settings.home).add(batch, encoder)
        added += len(batch)
        if added % 5000 == 0:
            tell(f"  已添加 {begin + added} 份，每秒 {added / (time.perf_counter() - began):.1f}")
    spent = time.perf_counter() - began
    row |= {
        "add_per_s": round((size - begin) / spent, 1),
        "new_sentences": encoder.texts,
        "embed_per_s": round(encoder.texts / encoder.seconds, 1) if encoder.seconds else None,
        "add_per_s_without_encoder": round((size - begin) / (spent - encoder.seconds), 1),
    }
    shutil.rmtree(files)
    return row | {"add_one_ms": _added_alone(settings, encoder)}


def _held_now(settings: Settings) -> dict[str, Any]:
    row: dict[str, Any] = {"disk_mb": round(sum(p.stat().st_size for p in _files(settings.home)) / 1e6, 1)}
    began = time.perf_counter()
    index = Index(settings.home)
    row["open_ms"] = round(1000 * (time.perf_counter() - began), 1)
    with index.reading() as snapshot:
        row |= {"passages": snapshot.manifest["passages"], "sentences": snapshot.manifest["sentences"]}
    index.close()
    return row


def _batches(folder: Path) -> Iterator[list[tuple[Report, bytes, str]]]:
    batch: list[tuple[Report, bytes, str]] = []
    for outcome in read_all(sorted(folder.iterdir())):
        if outcome.report is None:
            raise RuntimeError(f"a report of the benchmark cannot be read: {outcome.error}")
        batch.append((outcome.report, outcome.data, Path(outcome.name).name))
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _added_alone(settings: Settings, encoder: Encoder) -> float:
    """Milliseconds to read, embed and publish one more report; the median of three, which are taken out again."""
    spent, ids = [], []
    for number in range(3):
        data = corpus.report(10_000_000 + 10 * number).encode()
        began = time.perf_counter()
        report = read_bytes(data)
        Store(settings.home).add([(report, data, "one.txt")], encoder)
        spent.append(1000 * (time.perf_counter() - began))
        ids.append(report.report_id)
    Store(settings.home).remove(ids, encoder)
    return round(statistics.median(spent), 1)


def _files(home: Path) -> Iterator[Path]:
    return (p for p in home.rglob("*") if p.is_file() and "cache" not in p.relative_to(home).parts)


# --------------------------------------------------------------------------------------------------------- asking


def _questions(kinds: Sequence[str], size: int, count: int) -> Iterator[str]:
    dice = Random(size)
    for at in range(count):
        agency, year = corpus.which(dice.randrange(size))
        yield dice.choice(KINDS[kinds[at % len(kinds)]]).format(
            agency=agency, year=year, who=dice.choice(corpus.WHO), object=dice.choice(corpus.OBJECT), purpose=dice.choice(corpus.PURPOSE)
        )


def _asking(size: int, settings: Settings) -> dict[str, Any]:
    index = Index(settings.home)
    encoder = encoder_for(settings.model, settings.cache_folder)
    warm_up(index, settings)
    encoder.encode_queries(["预热"])
    paraphraser(encoder, settings.cache_folder).prepare()
    gc.collect()
    gc.freeze()  # as the server does, which answers these questions
    row: dict[str, Any] = {}
    for kind in KINDS:
        questions = list(dict.fromkeys(_questions((kind,), size, 3 * _ASKED)))[:_ASKED]
        fresh = encoder_for(settings.model, settings.cache_folder)  # no vector of an earlier round is remembered
        fresh.encode_queries(["预热"])
        row[kind] = _latency(partial(answer, index=index, settings=settings, encoder=fresh), questions)
    with index.reading() as snapshot:
        row |= _searching(snapshot, size, encoder)
    gc.unfreeze()
    index.close()
    return row


def _latency(ask: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    ask(questions[0])
    spent = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        spent.append(1000 * (time.perf_counter() - began))
    spent.sort()
    return {
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(spent[int(0.95 * len(spent))], 2),
        "p99_ms": round(spent[int(0.99 * len(spent))], 2),
    }


def _searching(snapshot: Snapshot, size: int, encoder: Encoder) -> dict[str, Any]:
    """Retrieval alone, the encoder's work done before: without a filter, within a year, within one report. And how true it is."""
    dice = Random(1)
    questions = [f"{dice.choice(corpus.WHO)}{dice.choice(corpus.OBJECT)}，{dice.choice(corpus.PURPOSE)}" for _ in range(200)]
    # To a question of few words thousands of sentences are about as near: there an approximate index is put to the test.
    short = [f"怎么{dice.choice(corpus.PURPOSE)}" for _ in range(50)]
    remembered = RememberingEncoder(encoder)
    for question in (*questions, *short):
        remembered.encode_queries([question])
    year = [r.row for r in snapshot.reports if r.year == corpus.YEARS[-1]]
    one = [snapshot.reports[len(snapshot.reports) // 2].row]
    row: dict[str, Any] = {
        f"search, {name}": _latency(partial(snapshot.search, reports=rows, encoder=remembered), questions)
        for name, rows in (("all", None), ("a year", year), ("a report", one))
    }
    for name, rows in (("all", None), ("a year", year)):
        found = [snapshot.recall(q, rows, 10, remembered) for q in (*questions[:50], *short)]
        row[f"recall@10, {name}"] = round(float(np.mean(found)), 4)
    return row


# ---------------------------------------------------------------------------------------------------------- telling


def table(data: dict[str, Any]) -> str:
    """The rows as Markdown, a measure a line and a size a column; – for what was not measured."""
    rows = data["rows"]
    lines = [["", *(f"{row['reports']:,} reports" for row in rows)]]

    def line(name: str, told: Callable[[dict[str, Any]], object]) -> None:
        lines.append([name, *(_told(told, row) for row in rows)])

    def spread(name: str) -> Callable[[dict[str, Any]], str]:
        return lambda row: " / ".join(str(row[name][part]) for part in ("median_ms", "p95_ms", "p99_ms"))

    def loaded(at: int) -> Callable[[dict[str, Any]], str]:
        return lambda row: "{per_s}, {median_ms} / {p95_ms}, {errors}".format(**row["load"][at])

    line("passages, distinct sentences", lambda r: f"{r['passages']:,}, {r['sentences']:,}")
    line("read, reports/s", lambda r: r["read_per_s"])
    line("embed, sentences/s", lambda r: r["embed_per_s"])
    line("add, reports/s (without the encoder)", lambda r: f"{r['add_per_s']} ({r['add_per_s_without_encoder']})")
    line("add one report, ms", lambda r: r["add_one_ms"])
    line("on disk, MB", lambda r: r["disk_mb"])
    line("open the index, ms", lambda r: r["open_ms"])
    for name in (*KINDS, "search, all", "search, a year", "search, a report"):
        line(f"{name}, median / p95 / p99 ms", spread(name))
    line("recall@10 of sentences, all, within a year", lambda r: f"{r['recall@10, all']}, {r['recall@10, a year']}")
    line("server ready, s", lambda r: r["ready_s"])
    line("resident, all workers, MB (at the start)", lambda r: f"{r['resident_mb']} ({r['resident_mb_ready']})")
    for at, load in enumerate(rows[0]["load"] if rows else ()):
        line(f"{load['clients']} clients: answers/s, median / p95 ms, errors", loaded(at))
    head, *rest = lines
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rest))


def _told(told: Callable[[dict[str, Any]], object], row: dict[str, Any]) -> str:
    try:
        return str(told(row))
    except KeyError:
        return "–"
