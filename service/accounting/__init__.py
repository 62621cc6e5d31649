"""The accounting of a question: what it asks for against what an answer gives.

A question names things (rows, results, applicants, channels), says how many of them (五种原因, 三家), brings numbers (不到二十件), asks
for an operation (占比, 差几件, 加起来) and a unit (多少钱). An answer that states figures must account for each of them. Where one is left
over the reading is not sure, whatever the words were: the answer then asks back instead of stating a figure.

Everything here looks at the question's own words and at the finished answer, never at how the one was made from the other, so that
a fault of understanding cannot hide itself.
"""

from __future__ import annotations

from corpus.forms import applicants, metrics
from service.accounting.base import COMPUTED, Doubt, Told
from service.accounting.numbers import numbers, paired, years
from service.accounting.operations import conditions, operations
from service.accounting.pointed import had_none, of_whom, pointed, repeated
from service.accounting.remaining import beside, restrictions
from service.accounting.things import asked, things, units
from service.case import Case
from service.contract import Answer, Choice
from service.evidence import full_label


def doubts(case: Case, given: Answer) -> list[Doubt]:
    """What ``given`` leaves out of what was asked; empty where it states no figure as sure."""
    query = case.query
    if given.status != "answered" or not any(f.value is not None for f in given.figures):
        return []
    if query.operation in ("define", "coverage", "where", "overview"):
        return []
    told = Told(case, given)
    if query.operation == "find":
        return list(had_none(case, told))
    found = [
        *had_none(case, told),
        *years(case, told),
        *numbers(case, told),
        *operations(query, told),
        *conditions(query, told),
        *units(query, told),
        *things(query, told),
        *asked(query, told),
        *beside(case, told),
        *paired(case, told),
        *pointed(case, told),
        *repeated(case, told),
        *of_whom(case, told),
        *restrictions(query, told),
    ]
    return list(dict.fromkeys(found))


def settle(case: Case, given: Answer) -> Answer:
    """The answer itself; where it does not account for the question, what could be meant as choices; where the question parts applicants by
    what no form parts them by, that nothing is reported."""
    found = doubts(case, given)
    if not found:
        return given
    words = "、".join(f"“{d.words}”" for d in found[:3])
    if trait := next((d.words for d in found if d.kind == "trait"), ""):
        return Answer("not_reported", f"报告的表只按自然人和五类法人或其他组织分列申请，没有就“{trait}”另列数字。")
    if noun := next((d.words for d in found if d.kind == "noun"), ""):
        return Answer("not_reported", f"报告里没有找到“{noun}”对应的数字。没有写不等于没有。")
    kinds = {f.metric for f in given.figures} - {*COMPUTED}
    cases = bool(kinds) and all(m.startswith(("review", "litigation")) for m in kinds)
    if cases and any((d.kind, d.words) == ("unit", "天数") for d in found):  # no report counts them
        return Answer("not_reported", "报告只写行政复议和行政诉讼有多少件，没有写用了多少天。没有写不等于没有。")
    options: dict[str, Choice] = {}
    for figure in given.figures:
        if figure.metric in COMPUTED or figure.metric not in metrics():
            continue
        people = applicants().get(figure.applicant or "", "") if figure.applicant not in (None, "total") else ""
        label = f"{people}{full_label(figure.metric)}"
        options.setdefault(
            f"{figure.agency}{figure.year}年{label}",
            Choice(f"{figure.year}年{label}", f"{figure.year}年{label}是多少？", figure.agency, figure.year),
        )
    if any(d.words == "收费" for d in found):
        year = case.reports[-1].year
        options["fee"] = Choice(f"{year}年申请信息公开收取的费用", f"{year}年收取信息处理费多少元？", case.reports[-1].agency, year)
    text = f"问题里的{words}没有能和找到的数对上，问的是哪一个数还不能确定。"
    text += "请选一项，或者把要问的几样分开问。" if options else "请换个说法，或者把要问的几样分开问。"
    return Answer("clarify", text, choices=tuple(options.values())[:5])
