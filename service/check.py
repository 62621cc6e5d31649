"""The last step of an answer: every number in its text stands in a cited place, or is marked computed with its formula."""

from __future__ import annotations

import re

from corpus.textual import fold, show_number
from index.store import StoredReport
from service.contract import Answer, FigureOut

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


# How many bodies or reports an answer speaks of: counted by the service, no figure of a report.
_COUNTS = re.compile(r"(?:等|其余|共|有|相关|的) ?\d+ ?(?:个|份|项)|\d+ ?(?:份(?:相关)?报告|个年度|个机关)|\d{4} 版表格|排第 \d+")


def body_count(count: int, report: StoredReport, among: int) -> FigureOut:
    """How many reports fulfil what was asked, as a figure: counted, printed nowhere."""
    return FigureOut(
        "count", "符合条件的个数", "", report.year, "", report.edition, None, count, "个", "", "computed", None, f"在 {among} 份报告中逐份核对",
    )  # fmt: skip


def numbers(text: str) -> set[str]:
    """The numbers in a text, thousands unseparated, as strings."""
    return {_plain(number) for number in set(_NUMBER.findall(fold(text)))}


def _plain(number: str) -> str:
    number = number.replace(",", "").rstrip(".")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number.lstrip("0") or "0"


def unsupported_numbers(answer: Answer) -> set[str]:
    """Numbers in the answer's text that no figure, quote, formula, title or year accounts for; empty when all is well."""
    said: list[str] = []  # everything that may hold a number which the text repeats
    for figure in answer.figures:
        if figure.state == "computed" and not (figure.formula and (figure.operands or figure.metric == "count")):
            continue  # a computed number without its formula and operands is no evidence
        if figure.state != "computed" and figure.value is not None and figure.citation is None:
            continue
        for value in (figure.value, *(o.value for o in figure.operands)):
            if value is not None:
                said += (show_number(value), str(value))
        said += (figure.printed, figure.formula or "", str(figure.year), figure.agency, figure.edition, figure.label)
    said += (passage.text for passage in answer.passages)
    for citation in answer.citations:
        said += (citation.published or "", citation.quote, citation.title, citation.place, str(citation.year))
    said += (warning.text for warning in answer.warnings)  # worded from the records of the audit
    if answer.understood:
        said += map(str, answer.understood.years)
        # How many reports were looked at, and the bound that the question itself sets, state no figure of a report.
        said += (str(answer.understood.among or ""), answer.understood.condition or "")
    if answer.understood and answer.understood.operation == "coverage":
        return set()  # counts reports held, states no figure of one
    if answer.status in ("clarify", "no_report", "out_of_scope", "refused"):
        return set()  # these state no figure: their numbers count choices and name years held
    left = numbers(_COUNTS.sub(" ", answer.text)) - numbers("\n".join(said))
    if left and answer.understood:  # a body's name may hold one; there may be thousands of them
        left -= numbers("\n".join(answer.understood.agencies))
    return left
