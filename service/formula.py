"""A formula that a question spells out over cells of one report: 制发的减去废止的, 新收加上结转再减掉办结的."""

from __future__ import annotations

import re

from corpus.forms import metrics
from corpus.textual import show_number
from service import compose
from service.case import Case
from service.cells import prefers_narrative, wanted_metrics
from service.concepts import things_in
from service.contract import Answer
from service.query import Query
from service.replacing import replace

MINUS = re.compile(r"再?(?:减[去掉]|扣[掉除去]|[－−]|(?<![增加缩裁/])减(?=[\u4e00-\u9fff])(?![少免轻了几多得幅]))")
_OPERATOR = re.compile(rf"(?P<minus>{MINUS.pattern})|再?加上?(?!起|在|总|大|强|快)|[＋+]")

_RESULT = re.compile(r"[,，]?(?:结果|一共|总共)?(?:等于|得|是|还?剩下?|余下?|算下来|算出来)[了是有]?(?:多少|几).*$")


def formula_step(case: Case) -> Answer | None:
    """What comes out, with every cell that went in; None where nothing is taken off and no minus stands between two cells of the form."""
    query = case.query
    if len(case.reports) != 1 or query.operation in ("find", "define", "rank", "share", "where"):
        return None
    if not (query.less or MINUS.search(query.asked)):
        return None
    report = case.reports[0]
    if query.less:
        terms = [*((1, m) for m in wanted_metrics(query, report.edition)), *((-1, m) for m in query.less)]
    else:
        terms = _terms(case, _RESULT.sub("", query.asked))
    people = query.applicants[0] if len(query.applicants) == 1 else "total"
    if len(query.applicants) > 1 or len({m for _, m in terms}) < max(len(terms), 2):
        return None
    values = [(s, case.desk.value(report, m, people if metrics()[m].by_applicant else None)) for s, m in terms]
    figures = [case.desk.figure_out(v) for _, v in values]
    shown = "；".join(f"{compose.named(v)} {compose.said(v)}" for _, v in values)
    lead = f"{report.agency}{report.year}年，{shown}"
    if any(v.value is None for _, v in values) or len({v.unit for _, v in values}) > 1:
        return Answer("not_reported", f"{lead}，不能放在一起算。", tuple(figures))
    whole = compose.taken_off(figures, [(sign, v.value or 0) for sign, v in values])
    text = f"{lead}。算下来是 {show_number(whole.value or 0)} {whole.unit}（计算所得：{whole.formula}）。"
    return Answer("answered", text, (whole, *figures))


def _terms(case: Case, text: str) -> list[tuple[int, str]]:
    """(sign, metric) of each side of the operators in their order; empty where one of them is no cell of the form."""
    edition = case.reports[0].edition
    terms: list[tuple[int, str]] = []
    sign, start = 1, 0
    for mark in [*_OPERATOR.finditer(text), None]:
        words = text[start : mark.start() if mark else None]
        part = _named(case, words)
        wanted = [] if part is None else wanted_metrics(part, edition)
        if terms[:1] == [(1, "requests.received")] and sign > 0 and not wanted and "结转" in words:
            wanted = ["requests.carried_in"]  # 新收加结转: what there was to handle
        if len(wanted) != 1 or wanted[0] not in metrics():
            wanted = wanted_metrics(case.query, edition)  # 发的减去废的, said of what was spoken of
            plain = len(wanted) == 2 and len(_OPERATOR.findall(text)) == 1 and all(m in metrics() for m in wanted)
            return [(1, wanted[0]), (-1, wanted[1])] if plain else []
        terms.append((sign, wanted[0]))
        if mark:
            sign, start = -1 if mark["minus"] else 1, mark.end()
    return terms


def _named(case: Case, words: str) -> Query | None:
    """The cell that one side of an operator names; its row or block may have been named before it."""
    part, query = things_in(words), case.query
    if part.columns and not part.rows:
        part = replace(part, rows=query.rows or _only_row(case, part.columns[0]), subject=None)
    if part.results and not part.blocks:
        part = replace(part, blocks=query.blocks[:1])
    return None if prefers_narrative(part) or not part.has_cells else part


def _only_row(case: Case, column: str) -> tuple[str, ...]:
    """The row that a column's name alone means: the one of those that have it where the report printed a number."""
    report = case.reports[0]
    rows = [m.rpartition(".")[0] for m in metrics() if m.rpartition(".")[2] == column]
    filled = [r for r in rows if case.desk.value(report, f"{r}.{column}").value is not None]
    return tuple(filled) if len(filled) == 1 else ()
