"""How sure a found sentence answers: the weights of service/relevance.py, fitted and measured.

``python -m tests.calibrate [HOME]`` asks narrative questions of the report that answers them, and of a dozen that do not say it, over the
made-up province, and prints the weights that part them best, what they reach on questions that they were not fitted to, and what the
weights in use reach.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from corpus.textual import squash
from index.embed import Encoder
from index.encoders import encoder_for
from index.store import Index, Snapshot
from service.case import Case, Request
from service.config import Settings
from service.directory import directory
from service.evidence import Desk
from service.narrative import asks_about
from service.question import understand
from service.relevance import LEAST, PLAIN, features, nearest_of, plainly_about, relevance, telling
from tests.evaluate import EVAL, Asked, build_world, handwritten

_OTHERS = 12
Floats = NDArray[np.float64]


def main() -> None:
    encoder = encoder_for("bundled", Path("build/eval/cache"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder)
        if len(sys.argv) < 2:
            build_world(home, encoder)
        index = Index(home)
        with index.reading() as snapshot:
            told = list(_told(snapshot, Settings(home=home), encoder))
        index.close()
    right, group, made = (np.array(column) for column in list(zip(*told, strict=True))[:3])
    print(f"{right.sum()} answered by the passage found first, {(~right).sum()} asked of reports that do not say it")
    model = LogisticRegression(C=100, class_weight="balanced", fit_intercept=False, max_iter=1000)
    unseen = cross_val_predict(model, made, right, groups=group, cv=GroupKFold(5), method="decision_function")
    model.fit(made, right)
    print("weights:", ", ".join(f"{w:.2f}" for w in model.coef_[0]))
    _tell("fitted, on questions left out", unseen, right)
    _tell("in use", np.array([s for *_, s, _ in told]), right)
    plain = np.array([p for *_, p in told])
    print(f"by shared words or a cosine alone: {plain[right].mean():.1%} of those that answer, {plain[~right].mean():.1%} of the others")


def _tell(name: str, score: Floats, right: NDArray[np.bool_]) -> None:
    print(name)
    for least in (-1.0, LEAST, 0.0, PLAIN, 1.0):
        print(
            f"  from {least:4.1f}: {np.mean(score[right] >= least):6.1%} of those that answer, {np.mean(score[~right] >= least):6.1%} of the others"
        )


def _asked(rows: dict[tuple[str, int], int]) -> list[Asked]:
    far = [json.loads(line) for line in (EVAL / "retrieval.jsonl").read_text("utf-8").splitlines()]
    return [(q["question"], [q["gold"]], [rows[q["agency"], q["year"]]]) for q in far if q["agency"]] + handwritten(rows, ("many_tuned",))


def _told(snapshot: Snapshot, settings: Settings, encoder: Encoder) -> Iterator[tuple[bool, int, tuple[float, ...], float, bool]]:
    """(whether it answers, number of the question, features, score in use, whether words or a cosine alone would take it) of the passage
    found first in each report asked."""
    dice = Random(5)
    held = directory(snapshot.reports)
    texts = {r.row: squash(snapshot.text(r.row)) for r in snapshot.reports}
    for number, (question, golds, rows) in enumerate(_asked({(r.agency, r.year): r.row for r in snapshot.reports})):
        query = understand(question, held, snapshot.segmenter)
        if query.section or asks_about(query.matter):
            continue  # every report has its problems, and says what it was asked for
        case = Case(Request(question), query, Desk(snapshot), settings, encoder)
        words = telling(case, query.matter)
        silent = [row for row, text in texts.items() if not any(squash(g) in text for g in golds)]
        for row in (*(rows or ()), *dice.sample(silent, _OTHERS)):
            made = _first(snapshot, query.matter, row, words, encoder)
            if made is None:
                continue
            right = any(squash(g) in squash(made[0].passage.text) for g in golds)
            if row in silent or right:  # what another passage than the first answers tells nothing about the first
                hit, ground, nearest = made
                seen = features(hit, words, ground, nearest, counts=False)
                yield right, number, seen, relevance(hit, words, ground, nearest), plainly_about(hit, words)


def _first(snapshot: Snapshot, matter: str, row: int, words: list[str], encoder: Encoder) -> Any:
    hits = snapshot.search(matter, [row], 8, encoder)
    ground = snapshot.background(matter, [row], encoder)
    return (hits[0], ground, nearest_of(hits)) if hits and hits[0].sentence and ground and words else None


if __name__ == "__main__":
    main()
