"""Floors of the evaluation, asked with the real encoder: below one of them the build fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.read import read_file
from index.embed import SentenceEncoder
from index.store import Index, Store
from service.config import Settings
from service.evaluation import Result, cell_questions, load, run
from tests.conftest import ROOT, SEED

pytestmark = pytest.mark.encoder
SETS = ("handwritten", "colloquial", "opened", "heldback")
# Right at least, of each set; what was reached stands in docs/evaluation.md. The held-back set was not tuned on.
FLOORS = {"handwritten": 0.98, "colloquial": 0.96, "opened": 0.97, "heldback": 0.95}
# Figures stated as sure that the gold does not have, at most.
WRONG = {"handwritten": 0, "colloquial": 1, "opened": 1, "heldback": 1}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[Result]]]:
    home = tmp_path_factory.mktemp("eval")
    encoder = SentenceEncoder("bundled", home / "cache")
    report, data = read_file(SEED)
    Store(home).add([(report, data, SEED.name)], encoder)
    index, settings = Index(home), Settings(home=home)
    with index.reading() as snapshot:
        cells = list(cell_questions(snapshot))
    results = {"cells": run(cells, index, settings, None)}  # figures need no encoder
    for name in SETS:
        results[name] = run(load(ROOT / "tests" / "eval" / f"{name}.jsonl"), index, settings, encoder)
    yield results
    index.close()


def test_every_cell_is_answered_and_cited_in_every_wording_without_the_encoder(asked: dict[str, list[Result]]) -> None:
    results = asked["cells"]
    assert len(results) == 594
    assert [(r.item.question, r.faults) for r in results if not r.right or r.cited is False] == []


@pytest.mark.parametrize("name", SETS)
def test_handwritten_questions_stay_above_their_floor(asked: dict[str, list[Result]], name: str) -> None:
    results = asked[name]
    assert sum(r.right for r in results) / len(results) >= FLOORS[name]
    assert sum(r.wrong_figure for r in results) <= WRONG[name]


def test_every_citation_leads_to_what_was_printed(asked: dict[str, list[Result]]) -> None:
    assert [r.item.id for results in asked.values() for r in results if r.cited is False] == []


@pytest.mark.parametrize("name", SETS)
def test_the_sets_are_sound(name: str) -> None:
    seen: set[str] = set()
    for item in load(Path(ROOT / "tests" / "eval" / f"{name}.jsonl")):
        assert item.id not in seen
        assert item.after is None or item.after in seen
        assert set(item.expect) & {"status", "metric", "value", "values", "quote_has", "text_has", "no_number"}
        seen.add(item.id)
        json.dumps(item.expect)
    assert len(seen) >= 90
