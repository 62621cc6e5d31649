"""The 勾稽 relations of a report, a cell at a time, and its text against its tables.

Each check has one of three outcomes: it holds (pass), it does not (fail), it cannot be judged because a cell is blank,
missing or not a number (unknown). Nothing here changes a printed cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.forms import LEGAL_PERSONS, Form, applicants, forms, metrics, subjects
from corpus.model import Figure, Finding, Quantity, Section, Span, Status
from corpus.textual import show_number

Figures = Mapping[tuple[str, str | None], Figure]

RULES: dict[str, str] = {
    "requests.balance": "每一列：新收＋上年结转＝办理结果总计＋结转下年度",
    "outcome.sum": "每一列：（一）至（六）各项之和＝（七）总计",
    "row.sum": "每一行：自然人＋五类法人或其他组织＝总计",
    "dispute.sum": "复议、诉讼每一块：维持＋纠正＋其他＋未审结＝总计",
    "text.table": "叙述中的数量与表中的数字一致",
    "cells.blank": "表中没有空白的单元格",
    "cells.text": "数字单元格里没有文字",
    "cells.unsure": "表格没有损坏，每个单元格只有一种读法",
    "tables.missing": "三张表都在",
    "sections.numbering": "小标题的编号连续",
}


def audit(
    edition: str, figures: Sequence[Figure], quantities: Sequence[Quantity], sections: Sequence[Section], text: str
) -> tuple[Finding, ...]:
    """All checks of one report, passed ones included."""
    by_key = {(f.metric, f.applicant): f for f in figures}
    checks: list[Finding] = []
    form = forms().get(edition)
    if form is not None:
        checks += _balances(by_key)
        checks += _outcome_sums(form, by_key)
        checks += _row_sums(form, by_key)
        checks += _dispute_sums(form, by_key)
    checks += _text_against_table(by_key, quantities)
    checks += _cells(figures)
    checks += _numbering(sections, text)
    return tuple(checks)


def relation(rule: str, what: str, left: Iterable[Figure | None], right: Iterable[Figure | None], names: tuple[str, str]) -> Finding:
    """``left`` and ``right`` summed and compared; unknown as soon as one operand is no number."""
    sides = [list(left), list(right)]
    operands = [f for side in sides for f in side]
    known = [f for f in operands if f is not None]
    places = tuple(f.place for f in known)
    values = tuple(f.value for f in known)
    spans = tuple(f.span for f in known if f.span)
    holes = [f for f in operands if f is None or f.value is None or not f.sure]
    if holes:
        words = "、".join(sorted({_why(f) for f in holes}))
        message = f"{what}：有单元格{words}，无法判断{names[0]}是否等于{names[1]}。"
        return Finding(rule, "unknown", message, places, values, spans)
    sums = [sum(f.value or 0 for f in side if f) for side in sides]
    if abs(sums[0] - sums[1]) < 1e-9:
        return Finding(rule, "pass", f"{what}：{names[0]}＝{names[1]}＝{show_number(sums[0])}。", places, values, spans)
    message = (
        f"{what}：{names[0]}为 {show_number(sums[0])}，{names[1]}为 {show_number(sums[1])}，相差 {show_number(abs(sums[0] - sums[1]))}。"
    )
    return Finding(rule, "fail", message, places, values, spans)


def _why(figure: Figure | None) -> str:
    if figure is None or figure.state == "missing":
        return "没有取得"
    if not figure.sure:
        return "读法不确定"
    return {"blank": "空白", "na": "标为不适用", "text": "写的是文字"}.get(figure.state, "不是数字")


def _balances(figures: Figures) -> Iterator[Finding]:
    for applicant, label in applicants().items():
        if applicant == "legal_persons":
            continue
        yield relation(
            "requests.balance",
            f"表三“{label}”列",
            [figures.get(("requests.received", applicant)), figures.get(("requests.carried_in", applicant))],
            [figures.get(("outcome.total", applicant)), figures.get(("requests.carried_out", applicant))],
            ("新收与上年结转之和", "办理结果总计与结转下年度之和"),
        )


def _outcome_sums(form: Form, figures: Figures) -> Iterator[Finding]:
    rows = [r.metric for r in form.requests if r.metric.startswith("outcome.") and r.metric != "outcome.total"]
    for applicant in form.applicants:
        yield relation(
            "outcome.sum",
            f"表三“{applicant.label}”列",
            [figures.get((metric, applicant.id)) for metric in rows],
            [figures.get(("outcome.total", applicant.id))],
            ("（一）至（六）各项之和", "（七）总计"),
        )


def _row_sums(form: Form, figures: Figures) -> Iterator[Finding]:
    for row in form.requests:
        yield relation(
            "row.sum",
            f"{row.place}",
            [figures.get((row.metric, a)) for a in ("natural", *LEGAL_PERSONS)],
            [figures.get((row.metric, "total"))],
            ("自然人与五类法人或其他组织之和", "总计"),
        )


def _dispute_sums(form: Form, figures: Figures) -> Iterator[Finding]:
    for block in form.blocks:
        yield relation(
            "dispute.sum",
            f"表四“{block.label}”",
            [figures.get((f"{block.id}.{r.id}", None)) for r in form.results if r.id != "total"],
            [figures.get((f"{block.id}.total", None))],
            ("四种结果之和", "总计"),
        )


def _text_against_table(figures: Figures, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """A narrative count of the report's own year, of no one channel, against the cell (or sum) that it names."""
    linked = {s.id: s.metric for s in subjects() if s.metric}
    for quantity in quantities:
        metric = linked.get(quantity.subject or "")
        if not metric or quantity.channel or quantity.period != "year" or quantity.approximate or quantity.unit in ("%", "％"):
            continue
        if quantity.section != 1 or quantity.unit not in ("件", "条", "份", "起", "宗", "封", "案"):
            continue
        info = metrics()[metric]
        applicant = "total" if info.by_applicant else None
        parts = info.parts if info.kind == "sum" else (metric,)
        operands = [figures.get((part, applicant)) for part in parts]
        places = ("叙述：" + quantity.counted + " " + quantity.printed, *(f.place for f in operands if f))
        spans = (quantity.span, *(f.span for f in operands if f and f.span))
        if any(f is None or f.value is None or not f.sure for f in operands):
            status: Status = "unknown"
            message = f"叙述写“{quantity.counted} {quantity.printed}”，表中对应的“{info.label}”没有数字，无法核对。"
            values: tuple[int | float | None, ...] = (quantity.value, None)
        else:
            total = sum(f.value or 0 for f in operands if f)
            values = (quantity.value, total)
            status = "pass" if total == quantity.value else "fail"
            verb = "一致" if status == "pass" else f"不一致，相差 {show_number(abs(total - quantity.value))}"
            message = f"叙述写“{quantity.counted} {quantity.printed}”，表中“{info.label}”为 {show_number(total)} 件，{verb}。"
        yield Finding("text.table", status, message, places, values, spans)


def _cells(figures: Sequence[Figure]) -> Iterator[Finding]:
    kinds = (
        ("cells.blank", lambda f: f.state == "blank", "{}个单元格空白（空白不等于零）：{}。"),
        ("cells.text", lambda f: f.state == "text", "{}个数字单元格里写的是文字：{}。"),
        ("cells.unsure", lambda f: not f.sure, "{}个单元格因表格损坏读法不确定，不作为数字引用：{}。"),
    )
    for _number, name in ((2, "表二"), (3, "表三"), (4, "表四")):
        own = [f for f in figures if f.place.startswith(name)]
        if own and all(f.state == "missing" for f in own):
            yield Finding("tables.missing", "notice", f"{name}没有取得（可能是图片或附件），其中的数字无从得知。", (name,))
            continue
        for rule, test, message in kinds:
            hit = [f for f in own if test(f)]
            if hit:
                places = [f.place.removeprefix(f"{name} · ") for f in hit]
                shown = "；".join(places[:3]) + ("等" if len(places) > 3 else "")
                spans = tuple(f.span for f in hit if f.span)
                yield Finding(
                    rule,
                    "notice",
                    f"{name}有" + message.format(len(hit), shown),
                    tuple(f.place for f in hit),
                    (),
                    spans,
                )
        lost = [f for f in own if f.state == "missing"]
        if lost:
            places = [f.place.removeprefix(f"{name} · ") for f in lost]
            shown = "；".join(places[:3]) + ("等" if len(places) > 3 else "")
            yield Finding(
                "tables.missing",
                "notice",
                f"{name}有{len(lost)}个单元格没有取得：{shown}。",
                tuple(f.place for f in lost),
            )


def _numbering(sections: Sequence[Section], text: str) -> Iterator[Finding]:
    for section in sections:
        if section.number in (0, 2, 3, 4):
            continue
        starts = [(int(m[1]), m.start(1)) for m in re.finditer(r"(?m)^\s*(\d{1,2})[.、．]\s*(?=\D)", text[section.start : section.end])]
        numbers = [n for n, _ in starts]
        if len(numbers) < 3 or numbers[0] != 1 or numbers == list(range(1, len(numbers) + 1)):
            continue
        spans = tuple(Span(section.start + at, section.start + at + len(str(n))) for n, at in starts)
        shown = "、".join(map(str, numbers))
        yield Finding(
            "sections.numbering",
            "notice",
            f"第{'〇一二三四五六'[section.number]}部分的小标题编号不连续：{shown}。",
            (section.title,),
            (),
            spans,
        )
