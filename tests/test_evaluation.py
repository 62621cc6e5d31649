"""Floors of the evaluation, asked with the real encoder: below one of them the build fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embed import Encoder
from index.encoders import encoder_for
from service.evaluation import Result, load
from tests.evaluate import (
    EVAL,
    OF_OTHERS,
    OF_SEED,
    OF_WORLD,
    Recall,
    build_others,
    build_seed,
    build_world,
    recall,
    run_all,
)

pytestmark = pytest.mark.encoder
SETS = (*OF_SEED, *OF_WORLD, *OF_OTHERS)
# Right at least, of each set; what was reached stands in docs/evaluation.md. The held-back sets were not tuned on.
FLOORS = {
    "handwritten": 0.99,
    "colloquial": 0.98,
    "opened": 0.98,
    "heldback": 0.97,
    "many_tuned": 0.969,
    "many_heldback": 0.978,
    "plain": 0.98,
    "hills": 0.96,
    "steppe": 0.92,
    "coast": 0.75,  # the text in quite other words: what is still to be done
    "river": 0.93,
    "lake": 0.92,
    "gorge": 0.86,
    "border": 0.94,
    "league": 0.80,
    "capital": 0.95,
    "county": 0.90,
    "port": 0.88,
}
# Figures stated as sure that the gold does not have, at most.
WRONG = {
    "handwritten": 0, "colloquial": 1, "opened": 1, "heldback": 0, "many_tuned": 112, "many_heldback": 4, "plain": 0, "hills": 0, "steppe": 1,
    "coast": 2, "river": 1, "lake": 1, "gorge": 3, "border": 1, "league": 3,
    "capital": 0, "county": 3, "port": 1,
}  # fmt: skip
RECALL = {
    "told in other words, report known": 0.95,
    "told in other words, any report": 0.55,
    "hand-written narrative questions": 0.97,
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Encoder]:
    folder = tmp_path_factory.mktemp("eval")
    encoder = encoder_for("bundled", folder / "cache")
    build_seed(folder / "seed", encoder)
    build_world(folder / "world", encoder)
    build_others(folder, encoder)
    return folder, encoder


@pytest.fixture(scope="module")
def asked(homes: tuple[Path, Encoder]) -> dict[str, list[Result]]:
    return run_all(homes[0], homes[0] / "cache")


@pytest.fixture(scope="module")
def found(homes: tuple[Path, Encoder]) -> dict[str, Recall]:
    return recall(homes[0] / "world", homes[1])


@pytest.mark.parametrize(("name", "least"), [("cells of the shipped report", 594), ("generated", 2600)])
def test_every_generated_question_is_answered_and_cited_without_the_encoder(asked: dict[str, list[Result]], name: str, least: int) -> None:
    results = asked[name]
    assert len(results) >= least
    assert [(r.item.question, r.faults) for r in results if not r.right or r.cited is False] == []


@pytest.mark.parametrize("name", SETS)
def test_handwritten_questions_stay_above_their_floor(asked: dict[str, list[Result]], name: str) -> None:
    results = asked[name]
    assert sum(r.right for r in results) / len(results) >= FLOORS[name]
    assert sum(r.wrong_figure for r in results) <= WRONG[name]


def test_every_citation_leads_to_what_was_printed(asked: dict[str, list[Result]]) -> None:
    assert [r.item.id for results in asked.values() for r in results if r.cited is False] == []


@pytest.mark.parametrize("name", RECALL)
def test_the_sentence_that_answers_is_among_the_first_five(found: dict[str, Recall], name: str) -> None:
    assert found[name].fused / found[name].asked >= RECALL[name]
    best = max(found[name].words, found[name].meaning)
    # Never much behind the better of both, whichever that is. Without VNNI the encoder's whole numbers round otherwise: by one question of 120.
    assert found[name].fused >= best - 0.03 * found[name].asked


@pytest.mark.parametrize("name", SETS)
def test_the_sets_are_sound(name: str) -> None:
    seen: set[str] = set()
    checks = {"status", "metric", "value", "values", "figures", "count", "first", "names", "quote_has", "text_has", "no_number"}
    for item in load(EVAL / f"{name}.jsonl"):
        assert item.id not in seen
        assert item.after is None or item.after in seen
        assert set(item.expect) & checks
        seen.add(item.id)
    assert len(seen) >= 80
