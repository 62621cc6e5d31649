"""The 勾稽 relations within one report, a cell at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.audit.material import Figures, Material
from corpus.forms import LEGAL_PERSONS, Form, applicants, forms
from corpus.model import Figure, Finding
from corpus.textual import show_number


def relation(rule: str, what: str, left: Iterable[Figure | None], right: Iterable[Figure | None], names: tuple[str, str]) -> Finding:
    """``left`` and ``right`` summed and compared; unknown as soon as one operand is no number."""
    sides = [list(left), list(right)]
    operands = [f for side in sides for f in side]
    known = [f for f in operands if f is not None]
    places = tuple(f.place for f in known)
    values = tuple(f.value for f in known)
    spans = tuple(f.span for f in known if f.span)
    holes = [f for f in operands if not is_number(f)]
    if holes:
        words = "、".join(sorted({why(f) for f in holes}))
        message = f"{what}：有单元格{words}，无法判断{names[0]}是否等于{names[1]}。"
        return Finding(rule, "unknown", message, places, values, spans)
    sums = [sum(f.value or 0 for f in side if f) for side in sides]
    if same(*sums):
        return Finding(rule, "pass", f"{what}：{names[0]}＝{names[1]}＝{show_number(sums[0])}。", places, values, spans)
    message = (
        f"{what}：{names[0]}为 {show_number(sums[0])}，{names[1]}为 {show_number(sums[1])}，相差 {show_number(abs(sums[0] - sums[1]))}。"
    )
    return Finding(rule, "fail", message, places, values, spans)


def is_number(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None and figure.sure


def same(left: float, right: float) -> bool:
    """Amounts are decimals, so that sums of them are compared with a grain of the smallest that is printed."""
    return abs(left - right) < 1e-6


def why(figure: Figure | None) -> str:
    """Why a cell is no number to reckon with."""
    if figure is None or figure.state == "missing":
        return "没有取得"
    if not figure.sure:
        return "读法不确定"
    return {"blank": "空白", "na": "标为不适用", "text": "写的是文字"}.get(figure.state, "不是数字")


def form_of(material: Material) -> Form | None:
    """The form whose relations hold: the edition's; where no label tells it, the one that the cells are laid out by."""
    known = forms().get(material.edition)
    if known or material.edition != "unknown" or not any(f.span for f in material.figures.values()):
        return known
    return forms()["2021" if ("outcome.other.rest", "total") in material.figures else "2019"]


def relations(material: Material) -> Iterator[Finding]:
    """All relations of tables 三 and 四. Those of a table that could not be had are told in one finding a rule."""
    form = form_of(material)
    if form is None:
        return
    figures = material.figures
    yield from _or_one("表三", "每一列", _balances(figures))
    yield from _or_one("表三", "每一列", _outcome_sums(form, figures))
    yield from _or_one("表三", "每一行", _row_sums(form, figures))
    yield from _or_one("表四", "每一块", _dispute_sums(form, figures))


def _or_one(table: str, each: str, checks: Iterator[Finding]) -> Sequence[Finding]:
    found = list(checks)
    if any(check.spans for check in found):
        return found
    places = tuple(place for check in found for place in check.places)
    return [Finding(found[0].rule, "unknown", f"{table}没有取得，{each}的勾稽关系无法判断。", places)]


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
