"""Whether what was found is about the question: what speaks for a sentence, and what against it."""

from __future__ import annotations

from dataclasses import replace

from index.store import Background, Hit, StoredPassage
from service.relevance import LEAST, PLAIN, relevance, share_held

GROUND = Background(count=40, mean=0.85, spread=0.01)


def hit(text: str, nearness: float | None) -> Hit:
    passage = StoredPassage(1, 1, 1, None, text, 0, len(text))
    return Hit(passage, 1.0, (0, len(text)) if nearness else None, nearness)


def test_a_sentence_is_told_where_it_stands_out_of_its_report() -> None:
    found = hit("试行公开工作轮岗，新任人员先跟班学习一个月。", 0.885)
    outstanding = relevance(found, ["新人"], GROUND, 0.885)
    usual = relevance(found, ["新人"], replace(GROUND, mean=0.875), 0.885)
    assert outstanding >= LEAST > usual


def test_the_nearest_of_many_must_stand_out_farther_than_that_of_few() -> None:
    found = hit("在办事大厅增设自助查阅机。", 0.89)
    few, many = (relevance(found, ["机器"], replace(GROUND, count=count), 0.89) for count in (40, 20_000))
    assert few > many
    assert relevance(found, ["机器"], replace(GROUND, count=12), 0.89) == few  # but not less far in a short report


def test_a_bare_figure_is_no_answer_where_none_is_asked_for() -> None:
    figure, words = hit("参加培训36人。", 0.89), ["带教"]
    assert relevance(figure, words, GROUND, 0.89) < relevance(hit("新任人员先跟班学习。", 0.89), words, GROUND, 0.89)
    assert relevance(figure, words, GROUND, 0.89, counts=True) > relevance(figure, words, GROUND, 0.89)
    long = "通过微信公众平台，以数字化、图像、视频等形式，及时发布重大政策和相关政策解读，全年共发布152条，群众反映良好。"
    assert relevance(hit(long, 0.89), words, GROUND, 0.89) > relevance(figure, words, GROUND, 0.89)


def test_its_very_words_are_told_however_far_its_meaning() -> None:
    found = hit("建立政务公开工作网络联系表。", 0.84)
    assert relevance(found, ["网络", "联系表"], GROUND, 0.9) >= PLAIN
    assert relevance(found, ["公交", "站台"], GROUND, 0.9) < LEAST


def test_without_vectors_words_decide() -> None:
    found = hit("设立政务公开专区，周末照常开放。", None)
    assert relevance(found, ["专区", "周末"], None, 0.0) >= PLAIN
    assert relevance(found, ["无人机"], None, 0.0) < LEAST
    assert share_held(["专区", "无人机"], found.passage.text) == 2 / 5
