"""The 勾稽 relations of a report, its text against its tables, its form, and one year against the next.

A check has one of three outcomes: it holds (pass), it does not (fail), it cannot be judged because a cell is blank,
missing or not a number, or because the words are not certain (unknown). A notice is a remark that no relation backs.
Nothing here changes a printed cell, and a fail is given only where both sides are certain.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.audit.cells import cells
from corpus.audit.counts import counts
from corpus.audit.dates import dates
from corpus.audit.fees import fees
from corpus.audit.headings import headings
from corpus.audit.material import Material, prose
from corpus.audit.relations import relation, relations
from corpus.audit.repeats import repeats
from corpus.audit.statements import statements
from corpus.audit.years import across_years, carried_metrics
from corpus.model import Figure, Finding, Quantity, Section, Span

__all__ = ["RULES", "across_years", "audit", "carried_metrics", "relation"]

RULES: dict[str, str] = {
    "requests.balance": "每一列：新收＋上年结转＝办理结果总计＋结转下年度",
    "outcome.sum": "每一列：（一）至（六）各项之和＝（七）总计",
    "row.sum": "每一行：自然人＋五类法人或其他组织＝总计",
    "dispute.sum": "复议、诉讼每一块：维持＋纠正＋其他＋未审结＝总计",
    "text.table": "叙述中的数量与表中的数字一致",
    "text.zero": "叙述说没有的，表中是零",
    "text.all": "叙述说全部办结、全部维持的，表中没有例外",
    "fees.table": "叙述所说的收费与表中的数字一致",
    "fees.untold": "第六部分说明了信息处理费的收取情况",
    "years.carried": "上年报告的结转下年度＝本年报告的上年结转",
    "years.in_force": "上年现行有效＋本年制发＝本年现行有效＋本年废止",
    "years.items": "上年报告的上一年项目数量＋本年增/减＝本年报告的上一年项目数量",
    "cells.blank": "表中没有空白的单元格",
    "cells.na": "表中没有以“/”“—”“无”代替数字的单元格",
    "cells.text": "数字单元格里没有文字",
    "cells.unsure": "表格没有损坏，每个单元格只有一种读法",
    "cells.implausible": "表中的数字合乎情理",
    "tables.missing": "三张表都在",
    "sections.missing": "六个部分的标题都在",
    "sections.headings": "各部分标题的编号依次为一至六",
    "sections.announced": "前言所说的部分与正文一致",
    "sections.numbering": "小标题的编号连续",
    "sections.empty": "叙述部分有内容",
    "text.year": "文中没有旧年度的遗留文字",
    "period.range": "统计期限是报告年度的一月一日至十二月三十一日",
    "text.repeated": "没有重复的句子",
    "text.doubled": "没有重复的词",
    "text.template": "没有模板的遗留",
    "pages.unread": "每一页都读出了文字",
    "identity.doubt": "哪个机关、哪一年的报告没有疑义",
    "text.script": "显示的文字与印出来的是同一种字体",
    "text.recognised": "文字取自文件本身，不是机器识别的",
}

# A whole report gives some sixty checks; a broken text must not give as many as it has sentences.
_MOST = 2000


def audit(
    edition: str,
    figures: Sequence[Figure],
    quantities: Sequence[Quantity],
    sections: Sequence[Section],
    text: str,
    *,
    year: int | None = None,
    scope: str | None = None,
    agency: str | None = None,
    paragraphs: Sequence[Span] | None = None,
    unread: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """All checks of one report, passed ones included.

    What hangs on ``year`` (leftovers, 统计期限, the fee wording), ``scope`` (whose counts the narrative gives) or ``agency``
    (whether it can make 规章) is not judged where it is None. ``paragraphs`` are the document's; without them every line
    outside a table counts as one. ``unread`` names what the reader could not read (第3页), one place each.
    """
    by_key = {(f.metric, f.applicant): f for f in figures}
    pieces = prose(text, sections, paragraphs)
    material = Material(edition, by_key, quantities, sections, text, pieces, year, scope, agency)
    checks: list[Finding] = []
    for check in (relations, counts, statements, fees, cells, headings, dates, repeats):
        checks += islice(check(material), _MOST)
    checks += _unread(unread)
    return tuple(_once(checks))


def _once(checks: Sequence[Finding]) -> Iterator[Finding]:
    """Each statement that there was none (未发生行政诉讼) once: as text.zero, where it is also a count of zero in words."""
    zeros: dict[tuple[str, ...], list[tuple[int, int]]] = {}  # by the cells that they speak of, places after the first
    for check in checks:
        if check.rule == "text.zero" and check.spans:
            zeros.setdefault(check.places[1:], []).append((check.spans[0].start, check.spans[0].end))
    for check in checks:
        if check.rule == "text.table" and check.spans and check.values[:1] == (0,):
            told = zeros.get(check.places[1:], [])  # in reading order
            at = bisect_right(told, (check.spans[0].start, sys.maxsize))
            if at and check.spans[0].end <= told[at - 1][1]:
                continue
        yield check


def _unread(places: Sequence[str]) -> Iterator[Finding]:
    if places:
        shown = "、".join(places[:5]) + ("等" if len(places) > 5 else "")
        yield Finding("pages.unread", "notice", f"有 {len(places)} 处没有读出文字：{shown}，其中的内容无从得知。", tuple(places))
