"""Rates that the text of a report states in words of its own: 满意率93.2%, 整改率100%. No form prints them."""

from __future__ import annotations

import re

from corpus.model import Quantity
from corpus.textual import tidy
from index.store import StoredReport
from service.case import Case
from service.contract import Answer
from service.directory import NOBODY
from service.lexicon import find_terms, mask
from service.narrative import narrative_numbers
from service.question import understand
from service.replacing import replace

_RATE = re.compile(r"(?P<rate>[\u4e00-\u9fff]{2,8}?(?:率|满意度))(?:是|为|达到?|有)?(?:了)?(?:多少|百分之几|几|多高)?")
_ASKS = re.compile(r"多少|几|百分之")
_PERCENT = ("%", "％")


def rates_step(case: Case) -> Answer | None:
    """The rates that a question names and the reports' texts state; with what else is asked for beside them. None where no such rate is told."""
    query = case.query
    if query.operation not in ("value", "share", "list", "exists", "find", "where") or not _RATE.search(query.matter + query.asked):
        return None
    # 满意率呢, after something else of the text was told
    spoken = query.asked if _RATE.search(query.asked) else query.matter
    matter = mask(spoken, [(h.start, h.end) for h in find_terms(spoken) if h.kind == "rate"])
    by_row = case.listed.by_row
    percents = [(row, q) for row, q in case.snapshot.quantities(list(by_row)) if q.unit in _PERCENT]
    found: list[tuple[int, Quantity]] = []
    rest = matter
    for match in _RATE.finditer(matter) if percents else ():
        own = _stated(match["rate"], percents)
        found += [pair for pair in own if pair not in found]
        if own:
            rest = rest.replace(match.group(), "", 1)
    if not found or len(found) > 4:
        return None
    figures = tuple(case.desk.quantity_out(by_row[row], q) for row, q in found)
    passages = tuple(case.desk.passage_out(by_row[row], q.sentence, q.section, [tidy(q.printed), q.counted], 1.0) for row, q in found)
    told = Answer("answered", _sentence(found, by_row), figures, tuple({p.text: p for p in passages}.values()))
    if not _ASKS.search(rest):
        return told
    other = understand(rest.strip("，,、 \n"), NOBODY, case.snapshot.segmenter)
    before = narrative_numbers(replace(case, query=replace(other, mention=query.mention, years=query.years)))
    if before is None or before.status != "answered":
        return None  # half of what is asked for would read like the whole
    passages = tuple({p.text: p for p in (*before.passages, *told.passages)}.values())
    return Answer("answered", before.text + told.text, (*before.figures, *figures), passages)


def _stated(rate: str, percents: list[tuple[int, Quantity]]) -> list[tuple[int, Quantity]]:
    """The numbers of a rate: by all of its words (按时答复率), or by the last that a number's own words end with (群众满意率 of 满意率)."""
    for at in range(len(rate) - 2):
        own = [(row, q) for row, q in percents if q.counted.endswith(rate[at:]) or (at == 0 and rate in q.counted)]
        if own:
            return own
    return []


def _sentence(found: list[tuple[int, Quantity]], by_row: dict[int, StoredReport]) -> str:
    said = "；".join(f"{by_row[row].agency}{by_row[row].year}年 {q.counted} {tidy(q.printed)}" for row, q in found)
    return f"报告叙述中写道：{said}。"
