"""The whole evaluation: generated questions over the made-up province, hand-written ones, and retrieval alone.

``python -m tests.evaluate [FOLDER]`` builds the data folders it needs, prints a table by type for each set, keeps the run in
``FOLDER/last.json`` and says what changed since the one before. tests/test_evaluation.py holds the floors.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus.read import read_bytes, read_file
from corpus.textual import squash
from index.embed import Encoder
from index.encoders import encoder_for
from index.store import Hit, Index, Snapshot, Store
from service.config import Settings
from service.evaluation import Item, Result, cell_questions, load, run, table, tally
from tests.world import WorldReport, world
from tests.world_questions import questions

ROOT = Path(__file__).parent.parent
EVAL = ROOT / "tests" / "eval"
SEED = ROOT / "corpus" / "reports" / "淄博经济开发区管理委员会办公室-2019.txt"
OF_SEED = ("handwritten", "colloquial", "opened", "heldback")
OF_WORLD = ("many_tuned", "many_heldback")
OF_OTHERS = (
    "plain",
    "hills",
    "steppe",
    "coast",
    "river",
    "lake",
    "gorge",
    "border",
    "league",
    "capital",
    "county",
    "port",
)  # twelve more regions


@dataclass(frozen=True, slots=True)
class Recall:
    """Of how many narrative questions the first five passages hold the sentence that answers."""

    asked: int
    fused: int
    words: int
    meaning: int

    def __str__(self) -> str:
        told = (
            f"{name} {100 * found / self.asked:.1f}%"
            for name, found in (("fused", self.fused), ("BM25", self.words), ("encoder", self.meaning))
        )
        return f"{self.asked} asked, recall@5: " + ", ".join(told)


def build_seed(home: Path, encoder: Encoder) -> None:
    """A data folder with the shipped report alone."""
    report, data = read_file(SEED)
    Store(home).add([(report, data, SEED.name)], encoder)


def build_world(home: Path, encoder: Encoder, reports: Sequence[WorldReport] | None = None) -> None:
    """A data folder with the made-up province, or with some of its reports."""
    made = world() if reports is None else reports
    Store(home).add([(read_bytes(w.text.encode()), w.text.encode(), w.name) for w in made], encoder)


def build_others(folder: Path, encoder: Encoder) -> None:
    """A data folder for each further province, whose reports are in the words and markup of other writers (tests/eval/others)."""
    for province in OF_OTHERS:
        files = [(read_file(path), path.name) for path in sorted((EVAL / "others" / province).iterdir())]
        Store(folder / province).add([(report, data, name) for (report, data), name in files], encoder)


# One set over one data folder: its name, the folder, the questions, and whether the encoder is asked (figures need none).
Job = tuple[str, Path, list[Item], bool]


def jobs(folder: Path) -> list[Job]:
    """Every set with the data folder that it is asked of: cells and generated questions without the encoder, hand-written ones with it."""
    index = Index(folder / "seed")
    with index.reading() as snapshot:
        cells = list(cell_questions(snapshot))
    index.close()
    return [
        ("cells of the shipped report", folder / "seed", cells, False),
        *((name, folder / "seed", load(EVAL / f"{name}.jsonl"), True) for name in OF_SEED),
        ("generated", folder / "world", list(questions()), False),
        *((name, folder / "world", load(EVAL / f"{name}.jsonl"), True) for name in OF_WORLD),
        *((name, folder / name, load(EVAL / f"{name}.jsonl"), True) for name in OF_OTHERS),
    ]


def run_all(folder: Path, cache: Path, processes: int = 2) -> dict[str, list[Result]]:
    """The results of every set, in the order of its questions. Conversations are shared out whole among ``processes``."""
    sets = jobs(folder)
    parts: list[Job] = []
    for name, home, items, meaning in sets:
        talks = conversations(items)
        for at in range(0, len(talks), TALKS_AT_ONCE):
            parts.append((name, home, [item for talk in talks[at : at + TALKS_AT_ONCE] for item in talk], meaning))
    found: dict[str, dict[str, Result]] = {name: {} for name, *_ in sets}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=begin, initargs=(cache,)) as pool:
        for part, results in zip(parts, pool.map(run_part, parts), strict=True):
            found[part[0]].update({r.item.id: r for r in results})
    return {name: [found[name][item.id] for item in items] for name, _, items, _ in sets}


TALKS_AT_ONCE = 400
_ENCODER: list[Encoder] = []


def begin(cache: Path) -> None:
    """Loads the encoder once in a process that asks."""
    _ENCODER.append(encoder_for("bundled", cache))


def run_part(part: Job) -> list[Result]:
    """The results of one job, in the order of its questions."""
    _, home, items, meaning = part
    index = Index(home)
    try:
        return run(items, index, Settings(home=home), _ENCODER[0] if meaning else None)
    finally:
        index.close()


def conversations(items: Sequence[Item]) -> list[list[Item]]:
    """The questions with those that follow them, in their order."""
    first: dict[str, str] = {}
    talks: dict[str, list[Item]] = {}
    for item in items:
        first[item.id] = first[item.after] if item.after else item.id
        talks.setdefault(first[item.id], []).append(item)
    return list(talks.values())


# --------------------------------------------------------------------------------------------------------- retrieval


def recall(home: Path, encoder: Encoder) -> dict[str, Recall]:
    """Retrieval alone over the made-up province: questions in quite other words, and those of the hand-written sets."""
    index = Index(home)
    with index.reading() as snapshot:
        rows = {(r.agency, r.year): r.row for r in snapshot.reports}
        far = [json.loads(line) for line in (EVAL / "retrieval.jsonl").read_text("utf-8").splitlines()]
        named = [(q["question"], [q["gold"]], [rows[q["agency"], q["year"]]]) for q in far if q["agency"]]
        nameless = [(q["question"], [q["gold"]], None) for q in far if not q["agency"]]
        found = {
            "told in other words, report known": _recall(snapshot, named, encoder),
            "told in other words, any report": _recall(snapshot, nameless, encoder),
            "hand-written narrative questions": _recall(snapshot, handwritten(rows), encoder),
        }
    index.close()
    return found


Asked = tuple[str, list[str], list[int] | None]


def handwritten(rows: dict[tuple[str, int], int], sets: Sequence[str] = OF_WORLD) -> list[Asked]:
    """Narrative questions of the hand-written sets whose words stand in one report, which the world itself tells."""
    asked: list[Asked] = []
    for name in sets:
        for item in load(EVAL / f"{name}.jsonl"):
            quotes = item.expect.get("quote_has", [])
            year = next((y for y in range(2019, 2025) if str(y) in item.question or f"{y % 100}年" in item.question), None)
            if item.type != "narrative" or item.after or not quotes or year is None:
                continue
            holders = [w for w in world() if w.made.year == year and all(squash(q) in squash(w.text) for q in quotes)]
            told = [w for w in holders if _is_named(w.made.agency, item.question)]
            if len(told) == 1:
                asked.append((item.question, quotes[:1], [rows[told[0].made.agency, year]]))
    return asked


def _is_named(agency: str, question: str) -> bool:
    """Whether a question says a body's place and field, in whatever short form."""
    stems = [agency[i : i + 2] for i in range(len(agency) - 1)]
    return agency in question or ((stems[0] in question or stems[3] in question) and any(s in question for s in stems[3:]))


def _recall(snapshot: Snapshot, asked: Sequence[Asked], encoder: Encoder) -> Recall:
    def hits(search: Callable[[str, list[int] | None], list[str]]) -> int:
        return sum(any(squash(gold) in squash(text) for gold in golds for text in search(q, rows)) for q, golds, rows in asked)

    def fused(question: str, rows: list[int] | None) -> list[str]:
        return _texts(snapshot.search(question, rows, 5, encoder))

    def words(question: str, rows: list[int] | None) -> list[str]:
        return _texts(snapshot.search(question, rows, 5, None))

    def meaning(question: str, rows: list[int] | None) -> list[str]:
        return [p.text for p in snapshot.nearest(question, rows, 5, encoder)]

    return Recall(len(asked), hits(fused), hits(words), hits(meaning))


def _texts(found: Sequence[Hit]) -> list[str]:
    return [hit.passage.text for hit in found]


# ------------------------------------------------------------------------------------------------------------ command


def summary(results: dict[str, list[Result]]) -> dict[str, dict[str, Any]]:
    """Per set: asked, right, wrong figures, false refusals, clarified, cited of those to cite."""
    told = {}
    for name, found in results.items():
        row = tally(found)["all"]
        told[name] = {
            "asked": row.asked, "right": row.right, "wrong": row.wrong, "refused": row.refused, "clarified": row.clarified,
            "cited": row.cited, "to_cite": row.to_cite, "failed": sorted(r.item.id for r in found if not r.right),
        }  # fmt: skip
    return told


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    encoder = encoder_for("bundled", folder / "cache")  # what the server asks too
    build_seed(folder / "seed", encoder)
    build_world(folder / "world", encoder)
    build_others(folder, encoder)
    for name in ("seed", "world", *OF_OTHERS):
        Store(folder / name).rebuild(encoder)  # terms may have been added since the folder was made
    results = run_all(folder, folder / "cache")
    for name, found in results.items():
        print(f"== {name}\n{table(found)}\n")
    for title, figures in recall(folder / "world", encoder).items():
        print(f"{title}: {figures}")
    now, kept = summary(results), folder / "last.json"
    before = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for name, row in now.items():
        old = before.get(name)
        if old and old != row:
            worse = sorted(set(row["failed"]) - set(old["failed"]))
            better = sorted(set(old["failed"]) - set(row["failed"]))
            print(f"{name}: right {old['right']} → {row['right']}; newly wrong {worse[:20]}, newly right {better[:20]}")
    kept.write_text(json.dumps(now, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "eval")
