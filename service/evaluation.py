"""The evaluation: questions with gold answers, asked of the same ``answer`` that everybody asks.

Two kinds of questions: hand-written ones in files of JSON lines (tests/eval), and generated ones: every cell of every report
held, in several wordings. What is right is decided by metric, applicant, state, value, status and quoted words; citations are
followed into the report and must hold what was printed.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.forms import forms, metrics
from corpus.textual import squash, tidy
from index.embed import Encoder
from index.store import Index, Snapshot
from service.answer import answer
from service.config import Settings
from service.context import Context
from service.contract import Answer, FigureOut
from service.evidence import full_label

_REFUSALS = {"not_reported", "no_report", "out_of_scope", "refused"}


@dataclass(frozen=True, slots=True)
class Item:
    """A question and what its answer must hold. ``after`` names the question whose conversation it follows."""

    id: str
    type: str
    question: str
    expect: dict[str, Any]
    after: str | None = None
    agency: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    item: Item
    answer: Answer
    milliseconds: float
    faults: tuple[str, ...]
    wrong_figure: bool
    false_refusal: bool
    cited: bool | None  # None: nothing to cite

    @property
    def right(self) -> bool:
        return not self.faults


@dataclass(slots=True)
class Tally:
    """Counts of one type of question."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    refused: int = 0
    clarified: int = 0
    cited: int = 0
    to_cite: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.asked += 1
        self.right += result.right
        self.wrong += result.wrong_figure
        self.refused += result.false_refusal
        self.clarified += result.answer.status == "clarify"
        if result.cited is not None:
            self.to_cite += 1
            self.cited += result.cited
        self.milliseconds.append(result.milliseconds)


def load(path: Path) -> list[Item]:
    """The questions of a file of JSON lines. Raises ValueError naming the line that is wrong."""
    items: list[Item] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            items.append(
                Item(
                    str(data["id"]),
                    data.get("type", ""),
                    data["question"],
                    data.get("expect", {}),
                    data.get("after"),
                    data.get("agency"),
                    data.get("year"),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path} 第 {number} 行不是一个问题：{error}") from error
    return items


# ---------------------------------------------------------------------------------------------------- generated


def cell_questions(snapshot: Snapshot, most: int | None = None) -> Iterator[Item]:
    """Every cell of every report held, in three wordings made of the form's own labels."""
    made = 0
    for report in snapshot.reports:
        form = forms().get(report.edition)
        if form is None:
            continue
        people = {a.id: a.label for a in form.applicants}
        for _, figure in snapshot.figures([report.row]):
            if not figure.sure:
                continue
            for number, question in enumerate(_wordings(figure.metric, figure.applicant, people)):
                expect: dict[str, Any] = {"metric": figure.metric, "applicant": figure.applicant, "state": figure.state}
                expect["status"] = "answered" if figure.value is not None else "not_reported"
                if figure.value is not None:
                    expect["value"] = figure.value
                if figure.span:
                    expect["cell"] = [figure.span.start, figure.span.end]
                name = f"{report.report_id}/{figure.metric}/{figure.applicant or ''}/{number}"
                yield Item(name, f"cell:{figure.place[:2]}", f"{report.agency}{report.year}年{question}", expect)
                made += 1
                if most and made >= most:
                    return


def _wordings(metric: str, applicant: str | None, people: dict[str, str]) -> Iterator[str]:
    if applicant is None:
        first, _, last = metrics()[metric].label.partition(" ")
        if metric.startswith(("litigation.", "review.")):
            block, _, result = metrics()[metric].label.rpartition(" ")
            yield f"{block}{result}有多少件？"
            yield f"{block.split(' ')[-1]}的案件中，{result}的有几件"
            yield f"表四里{block.split(' ')[-1]}一栏的{result}填的是多少"
        else:
            yield f"{first}的{last}是多少？"
            yield f"{first}{last}"
            yield f"请问表二中{first}这一行，{last}填了多少"
        return
    label = {"outcome.total": "本年度办理结果总计", "outcome.other.rest": "其他处理的其他"}.get(metric, full_label(metric).split("——")[-1])
    who = {"other": "其他申请人", "total": ""}.get(applicant, people[applicant])
    yield f"“{label}”{'中' + who + '的数量' if who else '总共'}是多少？"
    yield f"{who}{label}有几件"
    yield f"表三里{label}这一行，{who or '总计'}那一列填的是多少"


# ---------------------------------------------------------------------------------------------------- asking


def run(
    items: Iterable[Item],
    index: Index,
    settings: Settings,
    encoder: Encoder | None,
    progress: Callable[[int], None] | None = None,
) -> list[Result]:
    """Ask every question, follow-ups in their conversations, and grade the answers."""
    contexts: dict[str, Context | None] = {}
    results = []
    for count, item in enumerate(items, 1):
        begun = time.perf_counter()
        given = answer(
            item.question, index, settings, context=contexts.get(item.after) if item.after else None, agency=item.agency,
            year=item.year, encoder=encoder,
        )  # fmt: skip
        elapsed = (time.perf_counter() - begun) * 1000
        contexts[item.id] = Context.from_dict(given.context) if given.context else None
        results.append(grade(item, given, elapsed, index))
        if progress:
            progress(count)
    return results


def grade(item: Item, given: Answer, milliseconds: float, index: Index) -> Result:
    """What is right and wrong about an answer."""
    expect = item.expect
    faults: list[str] = []
    statuses = expect.get("status")
    statuses = [statuses] if isinstance(statuses, str) else list(statuses or [])
    if statuses and given.status not in statuses:
        faults.append(f"status {given.status}, not {'/'.join(statuses)}")
    figure_faults = _figure_faults(expect, given)
    if given.status in (statuses or [given.status]) or given.status == "answered":
        faults += figure_faults if not _may_lack_figures(expect, given) else []
    faults += _text_faults(expect, given)
    with index.reading() as snapshot:
        cited = cites_well(given, snapshot)
    if expect.get("cell") and not any(c.url.endswith(f"mark={expect['cell'][0]}-{expect['cell'][1]}#mark") for c in given.citations):
        cited = False
        faults.append("not cited to the cell")
    stated = any(f.value is not None for f in given.figures)
    wants_number = any(k in expect for k in ("value", "values", "metric", "figures", "count"))
    wrong = (
        given.status == "answered" and stated and (bool(figure_faults) if wants_number else bool(statuses) and "answered" not in statuses)
    )
    refusal = statuses == ["answered"] and given.status in _REFUSALS
    return Result(item, given, milliseconds, tuple(faults), wrong, refusal, cited)


def _may_lack_figures(expect: dict[str, Any], given: Answer) -> bool:
    """Several statuses are allowed and the given one states no figure: then none is asked for."""
    return isinstance(expect.get("status"), list) and given.status != "answered"


def _figure_faults(expect: dict[str, Any], given: Answer) -> list[str]:
    faults = []
    figures = list(given.figures)
    if "metric" in expect:
        figures = [f for f in figures if f.metric == expect["metric"] and ("applicant" not in expect or f.applicant == expect["applicant"])]
        if not figures:
            faults.append(f"no figure {expect['metric']} {expect.get('applicant') or ''}".strip())
    if "state" in expect and figures and not any(f.state == expect["state"] for f in figures):
        faults.append(f"state {figures[0].state}, not {expect['state']}")
    if "value" in expect and not any(_same(f.value, expect["value"]) for f in figures):
        faults.append(f"value {expect['value']} not among {[f.value for f in figures][:8]}")
    for wanted in expect.get("figures", ()):
        if not any(_matches(f, wanted) for f in given.figures):
            faults.append(f"no figure {wanted}")
    if "count" in expect and not any(f.metric == "count" and _same(f.value, expect["count"]) for f in given.figures):
        faults.append(f"count is not {expect['count']}")
    for value in expect.get("values", ()):
        # A difference is asked for as 多了几件 or 少了几件: its sign is no part of the gold.
        told = [abs(f.value) if f.value and f.metric in ("difference", "growth") else f.value for f in given.figures]
        told += [v / 1e4 for f, v in zip(given.figures, told, strict=True) if v is not None and f.unit == "人次"]  # as printed, in 万人次
        if not any(_same(v, value) for v in told):
            faults.append(f"value {value} is missing")
    if expect.get("no_number") and any(f.value is not None for f in given.figures):
        faults.append("a figure where there must be none")
    return faults


def _matches(figure: FigureOut, wanted: Mapping[str, Any]) -> bool:
    """Whether a figure is the wanted one, in all that is said of it."""
    return all(
        _same(figure.value, gold) if name == "value" and gold is not None else getattr(figure, name) == gold
        for name, gold in wanted.items()
    )


def _same(value: float | None, gold: float) -> bool:
    return value is not None and abs(float(value) - float(gold)) < 1e-6


def _text_faults(expect: dict[str, Any], given: Answer) -> list[str]:
    faults = []
    quoted = squash(" ".join([*(c.quote for c in given.citations), *(p.text for p in given.passages)]))
    for words in expect.get("quote_has", ()):
        if squash(words) not in quoted:
            faults.append(f"quote lacks {words}")
    text = squash(given.text)
    for words in expect.get("text_has", ()):
        options = [words] if isinstance(words, str) else words
        if not any(squash(o) in text for o in options):
            faults.append(f"text lacks {words}")
    for name in expect.get("names", ()):
        if squash(name) not in text:
            faults.append(f"text does not name {name}")
    for name in expect.get("not_names", ()):
        if squash(name) in text:
            faults.append(f"text names {name}")
    if expect.get("first") and not _named_first(expect["first"], given):
        faults.append(f"{expect['first']} is not first")
    for words in expect.get("text_not", ()):
        if squash(words) in text:
            faults.append(f"text has {words}")
    return faults


def _named_first(name: str, given: Answer) -> bool:
    """Whether a body is the first that the text names, of those that its figures are about."""
    places = {f.agency: given.text.find(f.agency) for f in given.figures if f.agency and f.agency in given.text}
    return name in given.text and places.get(name, 0) == min(places.values(), default=0)


def cites_well(given: Answer, snapshot: Snapshot) -> bool | None:
    """Whether each printed figure's citation leads to exactly what was printed, and each passage's to its words."""
    citations = {c.n: c for c in given.citations}
    wanted = [(f.citation, f.printed) for f in given.figures if f.state in ("value", "zero", "na", "text") and not f.operands]
    wanted += [(o.citation, o.printed) for f in given.figures for o in f.operands if o.value is not None]
    wanted += [(p.citation, p.text) for p in given.passages]
    if not wanted:
        return None
    for number, printed in wanted:
        citation = citations.get(number or 0)
        report = snapshot.report(citation.report_id) if citation else None
        mark = re.search(r"mark=(\d+)-(\d+)#mark$", citation.url) if citation else None
        if not citation or not report or not mark:
            return False
        marked = tidy(snapshot.quote(report.row, int(mark[1]), int(mark[2])))
        if squash(printed) not in squash(marked):
            return False
    return True


# ---------------------------------------------------------------------------------------------------- telling


def tally(results: Sequence[Result]) -> dict[str, Tally]:
    """Counts by type, with a last row over all."""
    found: dict[str, Tally] = {}
    for result in results:
        found.setdefault(result.item.type, Tally()).add(result)
    whole = Tally()
    for result in results:
        whole.add(result)
    return dict(sorted(found.items())) | {"all": whole}


def table(results: Sequence[Result]) -> str:
    """The tally as text: right, wrong figures, false refusals, clarified, citations right, latency."""
    lines = [f"{'type':<18}{'asked':>7}{'right':>8}{'wrong':>7}{'refused':>9}{'clarify':>9}{'cited':>8}{'median ms':>11}{'p95 ms':>9}"]
    for name, row in tally(results).items():
        spread = sorted(row.milliseconds)
        p95 = spread[min(len(spread) - 1, int(0.95 * len(spread)))]
        cited = f"{100 * row.cited / row.to_cite:.1f}%" if row.to_cite else "–"
        lines.append(
            f"{name:<18}{row.asked:>7}{100 * row.right / row.asked:>7.1f}%{row.wrong:>7}{row.refused:>9}{row.clarified:>9}"
            f"{cited:>8}{statistics.median(spread):>11.1f}{p95:>9.1f}"
        )
    return "\n".join(lines)
