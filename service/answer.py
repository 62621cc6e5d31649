"""How an answer comes about: named steps over one context, tried in order.

safe → understand → inherit → define, coverage, out of scope → choose reports → figures → narrative numbers → passages →
check. Each step either gives the answer or passes on. The last step looks at every number in the answer's text again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.forms import LEGAL_PERSONS, applicants, concepts, forms, glossary, metrics, subjects
from corpus.model import Quantity, Span
from corpus.textual import chinese_number, sentences, show_number, tidy
from index.embed import Encoder
from index.segment import STOPWORDS, words_of
from index.store import Hit, Index, Snapshot, StoredReport
from service import compose, safety
from service.check import unsupported_numbers
from service.config import Settings
from service.contract import Answer, AnswerStatus, Caution, Chart, Choice, FigureOut, PassageOut, Understood
from service.conversation import Context, inherit
from service.evidence import (
    Desk,
    Value,
    channel_label,
    fitting_quantities,
    full_label,
    narrow,
    speaking_of,
    subject_label,
)
from service.normalise import MAX_QUESTION
from service.question import GENERIC, Query, understand

_log = logging.getLogger(__name__)

# A passage answers when it shares this part of the question's telling words, or fewer and is this close in meaning.
# Measured on the tuning questions: unrelated ones stay below .45 of the words and .86 of cosine (multilingual-e5-small).
_COVERAGE = 0.5
_COSINE = 0.86
_OUTCOME_CLASSES = (
    "outcome.granted",
    "outcome.partial",
    "outcome.refused",
    "outcome.unavailable",
    "outcome.unprocessed",
    "outcome.other",
)


class QuestionError(ValueError):
    """The question cannot be taken; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what came with it."""

    question: str
    context: Context | None = None
    agency: str | None = None
    year: int | None = None


@dataclass(slots=True)
class _Case:
    """One question on its way to an answer."""

    request: Request
    query: Query
    desk: Desk
    settings: Settings
    encoder: Encoder | None
    reports: list[StoredReport]
    noted: list[Caution]

    @property
    def snapshot(self) -> Snapshot:
        return self.desk.snapshot


def answer(
    question: str,
    index: Index,
    settings: Settings,
    *,
    context: Context | None = None,
    agency: str | None = None,
    year: int | None = None,
    encoder: Encoder | None = None,
) -> Answer:
    """The answer to a question over what ``index`` holds.

    ``agency`` and ``year`` are what the page or caller is about: they hold where the question names none. ``encoder`` is
    asked only when no exact figure answers; without one, passages are found by words alone.

    Raises QuestionError for an empty or too long question.
    """
    question = check_question(question)
    if safety.personal_data(question):
        return Answer(
            "refused",
            "问题里像是有身份证号、手机号、银行卡号或邮箱等个人信息，本服务不处理、也不保存这样的内容。请去掉个人信息后再问。",
            understood=Understood("含有个人信息，未作处理", operation="refused"),
        )
    with index.reading() as snapshot:
        return _answer(Request(question, context, agency, year), snapshot, settings, encoder)


def check_question(question: str) -> str:
    """The question stripped. Raises QuestionError."""
    question = question.strip()
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", question):
        raise QuestionError("问题里有看不见的控制字符，请重新输入。")
    if not re.search(r"\w", question):
        raise QuestionError("问题是空的，请输入要问的内容。")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"问题太长（{len(question)} 个字），请控制在 {MAX_QUESTION} 个字以内。")
    return question


def _answer(request: Request, snapshot: Snapshot, settings: Settings, encoder: Encoder | None) -> Answer:
    names = list(dict.fromkeys(r.agency for r in snapshot.reports))
    question = safety.without_abuse(request.question) if safety.abusive(request.question) else request.question
    query = inherit(understand(question, names, snapshot.segmenter), request.context)
    case = _Case(request, query, Desk(snapshot), settings, encoder, [], [])
    for step in _STEPS:
        result = step(case)
        if result is not None:
            return _finish(case, result)
    return _finish(case, _nothing(case))


# ---------------------------------------------------------------------------------------------------- before any report


def _abuse(case: _Case) -> Answer | None:
    query = case.query
    if safety.abusive(case.request.question) and not query.has_topic and not query.weak and query.operation in ("value", "find", "exists"):
        return Answer("refused", "这里只回答政府信息公开年度报告里的内容。请直接写要问的事，例如某一年收到多少件信息公开申请。")
    return None


def _define(case: _Case) -> Answer | None:
    query = case.query
    if query.operation != "define":
        return None
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for term in sorted(glossary(), key=lambda t: -len(t.label)):
        if any(word in query.matter for word in term.terms) and not query.has_cells:
            found.append((term.label, term.definition, term.quote))
    wanted = [(kind, i) for kind, ids in (
        ("metric", query.metrics), ("derived", query.metrics), ("rate", query.metrics), ("row", query.rows), ("column", query.columns),
        ("block", query.blocks), ("result", query.results), ("applicant", query.applicants),
    ) for i in ids]  # fmt: skip
    if not wanted and not found:
        wanted = [("metric", i) for i in query.weak]
    labels = applicants()
    for concept in concepts():
        if (concept.kind, concept.id) in wanted:
            label = labels.get(concept.id, concept.label) if concept.kind == "applicant" else concept.label
            if concept.kind in ("column", "result", "block"):
                label = next((t for t in concept.terms), label)
            found.append((label, concept.definition, (label,)))
    if not found:
        return None
    text = "".join(f"{'' if label in definition[: len(label) + 2] else label + '：'}{definition}" for label, definition, _ in found[:3])
    _choose_reports(case)
    for report in case.reports[:1]:
        whole = case.snapshot.text(report.row)
        for _, _, quotes in found[:3]:
            for quote in quotes:
                span = _printed_label(whole, quote)
                if span:
                    place = "表格中的项目名称" if whole.count("\t", max(0, span.start - 80), span.end + 80) else "正文"
                    number = next((s.number for s in case.snapshot.sections(report.row) if s.start <= span.start < s.end), 0)
                    case.desk.cite(report, span, place, number, case.desk.row_of(report, span)[:160])
                    break
    return Answer("answered", text)


def _printed_label(text: str, label: str) -> Span | None:
    """Where a label is printed in a report, white space inside it allowed."""
    pattern = r"\s*".join(re.escape(c) for c in label if not c.isspace())
    tables = text.find("\t")
    match = re.compile(pattern).search(text, max(0, tables - 200)) or re.search(pattern, text)
    return Span(*match.span()) if match else None


def _coverage(case: _Case) -> Answer | None:
    query = case.query
    if query.operation != "coverage" or query.has_cells:
        return None
    held = case.snapshot.reports
    if query.mention.unknown:
        return _not_held(case, query.mention.unknown)
    chosen = [r for r in held if not query.mention.agencies or r.agency in query.mention.agencies]
    if query.years and not any(r.year in query.years for r in chosen):
        return _years_missing(case, chosen, query.years)
    text = compose.coverage(chosen, query.years)
    choices = tuple(Choice(f"{r.agency}{r.year}年", f"{r.agency}{r.year}年的报告有哪些主要数字？", r.agency, r.year) for r in chosen[:5])
    for report in chosen[:20]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    return Answer("answered", text, choices=choices)


def _out_of_scope(case: _Case) -> Answer | None:
    query = case.query
    if safety.greeting(query.text):
        return Answer("out_of_scope", compose.GREETING)
    if safety.asks_for_person(query.text):
        return Answer("not_reported", "年度报告只写件数，不写申请人的姓名、住址等个人信息，这里也不提供。")
    kind = safety.out_of_scope(query.matter)
    if kind is None or (query.has_cells and (query.asks_number or query.applicants or query.operation in ("list", "sum", "share"))):
        return None
    if kind == "other" and query.has_topic:
        return None
    if kind in ("howto", "law") and query.asks_number and query.subject in ("handling_fee", "days", "training", "weight"):
        return None
    return Answer("out_of_scope", compose.OUT_OF_SCOPE[kind])


def _reports(case: _Case) -> Answer | None:
    """Choose the reports that the question is about; an answer when none or too many fit."""
    return _choose_reports(case)


def _choose_reports(case: _Case) -> Answer | None:
    query, held = case.query, case.snapshot.reports
    if query.mention.unknown:
        return _not_held(case, query.mention.unknown)
    names = list(query.mention.agencies)
    if not names:
        default = case.request.agency or case.settings.agency
        if default:
            known = [r.agency for r in held if r.agency == default or r.report_id == default]
            if not known:
                return _not_held(case, default)
            names = known[:1]
        else:
            names = list(dict.fromkeys(r.agency for r in held))
    if len(names) > 1:
        return _which_agency(case, names)
    own = [r for r in held if r.agency == names[0]] if names else []
    if not own:
        return Answer("no_report", "现在还没有收录任何报告。")
    years = _wanted_years(case, own)
    missing = [y for y in years if y not in {r.year for r in own}]
    if missing:
        return _years_missing(case, own, missing)
    chosen: list[StoredReport] = []
    for year in years:
        same = [r for r in own if r.year == year]
        if len(same) > 1:
            named = [r for r in same if r.scope != "未知" and r.scope in query.text]
            if len(named) != 1:
                choices = tuple(
                    Choice(f"{r.scope}：{r.title}", f"{case.request.question}（{r.scope}）", r.agency, r.year) for r in same[:5]
                )
                return Answer("clarify", f"{names[0]}{year}年有 {len(same)} 份范围不同的报告，请选一份。", choices=choices)
            same = named
        chosen += same
    case.reports = chosen
    return None


def _wanted_years(case: _Case, own: Sequence[StoredReport]) -> list[int]:
    """Years named, or counted back from the newest report that the agency has."""
    query = case.query
    newest = max(r.year for r in own)
    if query.years:
        return list(query.years)
    relative = query.relative or ""
    spoken = re.search(r"近(.+?)年|过去(.+?)年", relative)
    if spoken:
        count = _small_number(next(g for g in spoken.groups() if g))
        return list(range(newest - count + 1, newest + 1))
    if relative in ("历年", "每年", "逐年", "这几年"):
        return sorted({r.year for r in own})
    if query.operation == "compare" and case.request.year is None and not relative:
        return [newest - 1, newest]
    if relative in ("今年", "本年", "本年度"):
        case.noted.append(Caution("relative_year", f"“{relative}”按收录的最新一份报告理解，即 {newest} 年度。"))
    steps = {"前年": 1, "大前年": 2}.get(relative, 0)
    if relative in ("去年", "上年", "上年度", "上一年", "上一年度", "前年", "大前年"):
        case.noted.append(Caution("relative_year", f"“{relative}”从收录的最新一份报告（{newest} 年度）算起。"))
    return [case.request.year or newest - steps] if not relative else [newest - steps]


def _small_number(text: str) -> int:
    value = int(text) if text.isdigit() else chinese_number(text) or 3
    return max(1, min(value, 30))


def _not_held(case: _Case, name: str) -> Answer:
    """The agency is not held; never another one's figures instead."""
    held = list(dict.fromkeys(r.agency for r in case.snapshot.reports))
    shown = "、".join(held[:5]) + ("等" if len(held) > 5 else "")
    name = tidy(name)[:40]
    text = f"没有收录“{name}”的报告，无法回答。现在收录的是：{shown}。" if held else "现在还没有收录任何报告。"
    question = case.query.matter or "收到多少件信息公开申请"
    choices = tuple(Choice(agency, f"{agency}{question}", agency) for agency in held[:5])
    return Answer("no_report", text, choices=choices)


def _years_missing(case: _Case, own: Sequence[StoredReport], missing: Sequence[int]) -> Answer:
    have = sorted({r.year for r in own})
    agency = own[0].agency if own else ""
    wanted = "、".join(str(y) for y in missing)
    text = f"没有收录{agency} {wanted} 年度的报告，无法回答。现在有：{'、'.join(f'{y} 年度' for y in have)}。"
    question = case.query.matter or "收到多少件信息公开申请"
    choices = tuple(Choice(f"{y}年", f"{y}年{question}", agency, y) for y in have[-5:][::-1])
    return Answer("no_report", text, choices=choices)


def _which_agency(case: _Case, names: Sequence[str]) -> Answer:
    question = case.query.matter or case.request.question
    years = "".join(f"{y}年" for y in case.query.years)
    choices = tuple(Choice(name, f"{name}{years}{question}", name) for name in names[:5])
    more = f"（共 {len(names)} 个，这里列出前 {len(choices)} 个）" if len(names) > len(choices) else ""
    return Answer("clarify", f"请问您问的是哪个机关？{more}", choices=choices)


# ---------------------------------------------------------------------------------------------------- figures


def _annual(case: _Case) -> Answer | None:
    """Reports count by the year; a question about months cannot be answered from them."""
    if case.query.part_of_year and (case.query.has_cells or case.query.weak) and case.query.asks_number:
        return Answer("not_reported", "年度报告按全年统计，没有按月、按季度或按日的数字。")
    return None


def _ambiguous(case: _Case) -> Answer | None:
    """Parts of a metric without the rest: ask which one is meant."""
    query = case.query
    if query.has_cells or query.operation in ("find", "define", "coverage"):
        return None
    year = "".join(f"{y}年" for y in query.years)
    if query.results and not query.subject and query.results != ("total",):
        words = [_concept_label("result", r) for r in query.results]
        options = [f"行政复议{word}" for word in words] + [f"行政诉讼{word}" for word in words]
    elif query.columns and not query.subject and not query.weak and query.columns != ("amount",):
        column = query.columns[0]
        edition = case.reports[0].edition if case.reports else "2021"
        form = forms().get(edition) or forms()["2021"]
        options = [f"{row.label}{c.label}" for clause in form.clauses for row in clause.rows for c in clause.columns if c.id == column]
    elif query.bare_other and not query.channels and (not query.subject or query.subject.startswith("requests")) and query.asks_number:
        options = ["其他申请人的申请数量", "其他处理", "行政复议其他结果"]
    else:
        return None
    if not options:
        return None
    return Answer(
        "clarify",
        "这个说法在报告里对应几个不同的数字，请选一个。",
        choices=tuple(Choice(o, f"{year}{o}是多少？") for o in options[:5]),
    )


def _concept_label(kind: str, concept: str) -> str:
    return next((c.terms[0] if kind == "result" else c.label) for c in concepts() if c.kind == kind and c.id == concept)


def wanted_metrics(query: Query, edition: str) -> list[str]:
    """The metric ids that a query's rows, columns, blocks and results combine to, in a form of ``edition``."""
    wanted = list(query.metrics)
    form = forms().get(edition) or forms()["2021"]
    for row in query.rows:
        own = [c.id for clause in form.clauses for r in clause.rows if r.id == row for c in clause.columns]
        anywhere = {m.partition(".")[2] for m in metrics() if m.startswith(row + ".")}
        named = [c for c in query.columns if c in anywhere]
        default = next((c.default for c in concepts() if c.kind == "row" and c.id == row), None)
        if query.unit == "money" and "amount" not in named:
            named = ["amount"]  # also where no form has one: it is then said so, rather than another number given
        elif not named and query.operation in ("list",):
            named = own
        elif not named:
            named = [default] if default and (default in own or not own) else own
        if not own and not named:
            named = sorted(anywhere)
        wanted += [f"{row}.{c}" for c in named]
    for block in query.blocks:
        results = list(query.results) or ["total"]
        if query.bare_other and not query.results:
            results = ["other"]
        if query.operation == "list" and set(results) <= {"total"}:
            results = [r.id for r in form.results]
        if len(results) > 1 and "total" in results and query.operation != "list":
            results.remove("total")
        wanted += [f"{block}.{r}" for r in results]
    if not wanted and not query.subject_only:
        weak = [w for w in query.weak if "." in w]
        rows = [w for w in query.weak if "." not in w]
        wanted += weak[:1]
        if rows and not weak:
            return wanted_metrics(replace(query, rows=tuple(rows), weak=()), edition)
    return list(dict.fromkeys(wanted))


def _prefers_narrative(query: Query) -> bool:
    """Whether the question is about a number of the text rather than a cell."""
    table_channels = {"in_person", "letter", "online", "email", "fax"}
    if set(query.channels) & table_channels and not (query.rows or query.blocks):
        return True
    if query.subject in ("ontime", "days") or query.unit == "days":
        return True
    if query.has_cells:
        own = {
            "handling_fee",
            "training",
            "press",
            "visits",
            "followers",
            "interpretation",
            "gazette",
            "letters",
            "motions",
            "weight",
            "responses",
        }
        strong = query.rows or query.blocks or any(m not in ("requests.received", "outcome.total") for m in query.metrics)
        return bool(query.channels and not strong) or bool(not strong and query.subject in own)
    return (
        bool(query.channels)
        or query.subject not in (None, "requests.received", "requests.completed", "published")
        or query.subject == "published"
    )


def _figures(case: _Case) -> Answer | None:
    query = case.query
    if _prefers_narrative(query) or query.operation == "find":
        return None
    if query.operation == "where" and not (query.has_cells or query.weak):
        return None
    if len(case.reports) > 1:
        return _across(case)
    report = case.reports[0]
    wanted = wanted_metrics(query, report.edition)
    if not wanted:
        return _by_applicant_alone(case, report)
    unknown = [m for m in wanted if m not in metrics()]
    if unknown or (query.unit in ("days",) and query.has_cells):
        return _no_such_column(case, report, [m for m in wanted if m in metrics()])
    if query.qualifier or (query.residue and not query.has_cells and "申请" not in query.matter and not query.applicants):
        return _qualified(case, report, wanted)
    if len(set(wanted) & set(_OUTCOME_CLASSES)) >= 3 and query.operation == "value":
        return _list(case, report, [m for m in wanted if m in _OUTCOME_CLASSES])
    operation = {"share": _share, "sum": _sum, "list": _list, "rank": _rank, "where": _place}.get(query.operation)
    return (operation or _value)(case, report, wanted)


def _by_applicant_alone(case: _Case, report: StoredReport) -> Answer | None:
    """Only an applicant is named: the requests that it made."""
    if not case.query.applicants or case.query.operation == "find":
        return None
    return {"share": _share, "sum": _sum, "rank": _rank}.get(case.query.operation, _value)(case, report, ["requests.received"])


def _columns(query: Query, metric: str) -> list[str | None]:
    """The applicant columns asked for: None for metrics without any."""
    if not metrics()[metric].by_applicant:
        return [None]
    if query.applicants:
        return list(query.applicants)
    if (
        query.bare_other
        and not metric.startswith("outcome.other")
        and "其他" not in metrics()[metric].label
        and not query.has_rows_named_other
    ):
        return ["other"]
    return ["total"]


def _value(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    values = [desk.value(report, metric, column) for metric in wanted for column in _columns(query, metric)]
    if query.applicants and any(not metrics()[m].by_applicant for m in wanted):
        case.noted.append(Caution("no_applicants", "这一项在表中不按申请人分列，给出的是全部。"))
    return _told(case, report, values)


def _told(case: _Case, report: StoredReport, values: list[Value], lead: str = "") -> Answer:
    """Values as sentences, with the narrative sentences that state the same and a warning where they disagree."""
    desk, query = case.desk, case.query
    figures = tuple(desk.figure_out(v) for v in values)
    text = lead + compose.values(values, query.operation == "exists", query.premise)
    status: AnswerStatus = "answered" if any(v.value is not None for v in values) else "not_reported"
    passages = _same_in_text(case, report, values)
    chart = compose.chart(values) if len(values) > 1 else None
    return Answer(status, text, figures, passages, chart=chart)


def _same_in_text(case: _Case, report: StoredReport, values: Sequence[Value]) -> tuple[PassageOut, ...]:
    """Sentences of the narrative that state a value of the answer, as a second witness."""
    linked = {s.metric: s.id for s in subjects() if s.metric}
    found: list[PassageOut] = []
    wanted = {linked[v.metric]: v for v in values if v.metric in linked and v.applicant in (None, "total")}
    if not wanted:
        return ()
    for _, quantity in case.snapshot.quantities([report.row]):
        value = wanted.get(quantity.subject or "")
        if value is None or quantity.channel or quantity.period != "year" or quantity.section != 1:
            continue
        if quantity.unit not in ("件", "条", "份", "起", "宗", "封"):
            continue
        found.append(case.desk.passage_out(report, quantity.sentence, quantity.section, [tidy(quantity.printed), quantity.counted], 1.0))
        if value.value is not None and value.value != quantity.value and not quantity.approximate:
            case.noted.append(
                Caution(
                    "text_table",
                    f"报告叙述写“{quantity.counted} {tidy(quantity.printed)}”，与表中的 {value.amount()} 不同；以表为准，请自行核对原文。",
                )
            )
    unique = {p.text: p for p in found}
    return tuple(unique.values())[:2]


def _no_such_column(case: _Case, report: StoredReport, nearest: list[str]) -> Answer:
    names = "、".join(
        dict.fromkeys(
            m.label for r in case.query.rows for m in metrics().values() if m.id.startswith(r + ".") and report.edition in m.editions
        )
    )
    if not names:
        names = "、".join(dict.fromkeys(full_label(m) for m in nearest))
    extra = f"表中与此有关的项目是：{names}。" if names else ""
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有这样的数字。{extra}")


def _qualified(case: _Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """The question restricts a metric by something that the form does not know."""
    word = case.query.qualifier or case.query.residue[-1]
    labels = "、".join(full_label(m) for m in wanted[:2] if m in metrics())
    spoken = _passages(case, need=[word])
    text = f"{report.agency}{report.year}年的报告没有就“{word}”单独列出“{labels}”的数字。"
    if spoken and spoken.status == "answered":
        return replace(spoken, status="not_reported", text=text + "报告里提到它的地方见下面的引文。", figures=())
    return Answer("not_reported", text)


def _share(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    if wanted and wanted[0].startswith("rate."):
        columns = query.applicants or ("total",)
        return _told(case, report, [desk.value(report, m, c) for m in wanted for c in columns])
    pairs: list[tuple[Value, Value]] = []
    if query.shares and set(query.shares) <= set(metrics()):
        part, whole = query.shares
        column = query.applicants[0] if query.applicants else "total"
        pairs.append((desk.value(report, part, column), desk.value(report, whole, column)))
    else:
        for metric in wanted:
            if metrics()[metric].by_applicant and query.applicants:
                pairs += [(desk.value(report, metric, a), desk.value(report, metric, "total")) for a in query.applicants]
            elif query.operation == "share" and metrics()[metric].parts and _asks_parts(query):
                pairs += [(desk.value(report, p), desk.value(report, metric)) for p in metrics()[metric].parts]
            else:
                base = _base(metric)
                if base is None:
                    continue
                pairs.append((desk.value(report, metric), desk.value(report, base)))
    if not pairs:
        return Answer("not_reported", f"“{full_label(wanted[0])}”没有可以作分母的合计，算不出占比。")
    if len(query.applicants) > 1 and re.search(r"合|加|一共|总共", query.text):
        parts = [top for top, _ in pairs]
        pairs = [(desk.add(report, parts), pairs[0][1])]
    values = [replace(desk.ratio("share", top, base), metric="share", applicant=top.applicant) for top, base in pairs]
    figures = tuple(replace(desk.figure_out(v), label=compose.share_label(v), metric="share") for v in values)
    status: AnswerStatus = "answered" if any(v.value is not None for v in values) else "not_reported"
    return Answer(status, compose.shares(values), figures)


def _asks_parts(query: Query) -> bool:
    return bool(re.search(r"分别|各|每", query.text))


def _base(metric: str) -> str | None:
    """What a metric is naturally a share of."""
    for group in ("outcome.refused", "outcome.unavailable", "outcome.unprocessed", "outcome.other"):
        if metric.startswith(group + "."):
            return "outcome.total"
    if metric.startswith("outcome.") and metric != "outcome.total":
        return "outcome.total"
    if metric in ("outcome.total", "requests.received", "requests.carried_in", "requests.carried_out"):
        return "requests.to_handle"
    if metric.startswith(("review.", "litigation.")) and not metric.endswith(".total"):
        return metric.rpartition(".")[0] + ".total"
    if metric in ("litigation.direct.total", "litigation.after_review.total"):
        return "litigation.total"
    return None


def _sum(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    whole = next((m.id for m in metrics().values() if m.kind == "sum" and m.parts and set(m.parts) == set(wanted)), None)
    if whole:  # the sum asked for has a name of its own
        wanted = [whole]
    values = [desk.value(report, metric, column) for metric in wanted for column in _columns(query, metric)]
    if len(values) < 2:
        return _told(case, report, values)
    total = desk.add(report, values)
    total = replace(total, unit=total.unit or values[0].unit)
    label = "＋".join(compose.named(v) for v in values)
    figure = replace(desk.figure_out(total), label=label, metric="sum")
    status: AnswerStatus = "answered" if total.value is not None else "not_reported"
    others = tuple(desk.figure_out(v) for v in values) if total.value is None else ()
    return Answer(status, compose.total(total, values), (figure, *others))


def _list(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    """The parts of what was asked for: columns of applicants, rows of a group, results of a block."""
    query, desk = case.query, case.desk
    values: list[Value] = []
    by_person = re.search(r"申请人|谁|各类人|什么人|哪些人|人群|主体", query.text)
    if len(set(wanted) & set(_OUTCOME_CLASSES)) >= 3:
        wanted = [*_OUTCOME_CLASSES, "outcome.total"]
    for metric in wanted:
        info = metrics()[metric]
        if info.by_applicant and len(query.applicants) > 1:
            values += [desk.value(report, metric, a) for a in query.applicants]
        elif "legal_persons" in query.applicants and info.by_applicant:
            values += [desk.value(report, metric, a) for a in LEGAL_PERSONS]
        elif info.by_applicant and not query.applicants and (by_person or (metric.startswith("requests.") and len(wanted) == 1)):
            values += [desk.value(report, metric, a) for a in ("natural", *LEGAL_PERSONS, "total")]
        elif metric == "outcome.total" and len(wanted) == 1:
            column = query.applicants[0] if query.applicants else "total"
            values += [desk.value(report, m, column) for m in (*_OUTCOME_CLASSES, "outcome.total")]
        elif info.kind == "sum" and info.parts and len(wanted) == 1:
            chosen = query.applicants[0] if query.applicants else None
            values += [desk.value(report, p, chosen) for p in info.parts]
            values.append(desk.value(report, metric, chosen))
        else:
            values += [desk.value(report, metric, c) for c in _columns(query, metric)]
    return _told(case, report, values)


def _rank(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    """Within one report: which applicant, which result, is the most or the least."""
    listed = _list(replace_operation(case, "list"), report, wanted)
    candidates = [
        f
        for f in listed.figures
        if f.value is not None
        and f.applicant != "total"
        and not f.metric.endswith(".total")
        and not (f.metric in _SUMS and len(listed.figures) > 2)
    ]
    if len(candidates) < 2:
        return listed
    least = bool(re.search(r"最少|最低|倒数|更少", case.query.text))
    pick: Callable[..., float] = min if least else max
    best = pick(f.value or 0 for f in candidates)
    top = [f for f in candidates if f.value == best]
    names = "、".join(compose.figure_name(f) for f in top[:4])
    word = "最少" if least else "最多"
    return replace(listed, text=f"{word}的是{names}，{show_number(best)} {top[0].unit}。" + listed.text)


_SUMS = ("requests.to_handle", "outcome.total")


def replace_operation(case: _Case, operation: str) -> _Case:
    return _Case(
        case.request,
        replace(case.query, operation=operation),
        case.desk,
        case.settings,
        case.encoder,
        case.reports,
        case.noted,
    )


def _place(case: _Case, report: StoredReport, wanted: list[str]) -> Answer:
    """Where a figure is printed."""
    told = _value(case, report, wanted)
    places = "；".join(c.place for c in case.desk.citations if c.place.startswith("表"))
    if not places:
        return told
    return replace(told, text=f"写在报告的{places}。{told.text}")


def _across(case: _Case) -> Answer | None:
    """The same metric over several years of one agency: the series, differences, and what cannot be compared."""
    query, desk = case.query, case.desk
    reports = sorted(case.reports, key=lambda r: r.year)
    wanted = wanted_metrics(query, reports[-1].edition)[:1]
    if not wanted or wanted[0] not in metrics():
        return None
    metric = wanted[0]
    column = _columns(query, metric)[0]
    values = [desk.value(r, metric, column) for r in reports]
    changed = (
        len({r.edition for r in reports}) > 1 and not metrics()[metric].by_applicant and not metric.startswith(("review", "litigation"))
    )
    if changed:
        case.noted.append(Caution("form_changed", "这些年份的报告用的是不同版式的表格，这一项的口径不同，不能直接比较。"))
    figures = tuple(desk.figure_out(v) for v in values)
    status: AnswerStatus = "answered" if any(v.value is not None for v in values) else "not_reported"
    chart = Chart(
        compose.named(values[0]), values[0].unit, tuple(f"{v.report.year}年" for v in values),
        ((reports[0].agency, tuple(v.value for v in values)),),
    )  # fmt: skip
    difference = None if changed else compose.difference(values[0], values[-1])
    if difference is not None:
        figures = (*figures, replace(desk.figure_out(difference), metric="difference", label="差"))
    return Answer(status, compose.series(values, difference), figures, chart=chart)


# ---------------------------------------------------------------------------------------------------- narrative


def _narrative_numbers(case: _Case) -> Answer | None:
    """Numbers that the narrative states: given only when matter, channel, unit and period all fit."""
    query, desk = case.query, case.desk
    if not (query.subject or query.channels) and not (query.asks_number and query.residue):
        return None
    if query.operation == "find" or (query.section and query.operation != "value"):
        return None
    if query.operation == "where" and not query.asks_number and not query.channels and query.subject == "published":
        return None
    by_row = {r.row: r for r in case.reports}
    found = case.snapshot.quantities(list(by_row))
    relaxed = replace(query, unit=None) if query.operation in ("exists", "where", "sum", "share") else query
    words = case.snapshot.segmenter.words(query.matter)
    fitting = fitting_quantities(relaxed, found, desk)
    if query.operation in ("value", "exists", "where") and len(query.channels) < 2:
        fitting = narrow(query, fitting, words)
    if query.residue and not query.asks_number:
        # Asked without a number: a sentence that also speaks of the rest answers, a number beside it does not.
        fitting = [(r, q) for r, q in fitting if all(w in desk.snapshot.quote(r, q.sentence.start, q.sentence.end) for w in query.residue)]
        if not fitting:
            return None
    if (
        query.subject == "requests.received"
        and query.operation in ("value", "list")
        and re.search(r"方式|渠道|途径|怎么(?:来|递|提)", query.text)
    ):
        fitting = [(row, q) for row, q in found if q.subject == "requests.received" and q.channel]
    if not fitting:
        return _no_number(case)
    if query.operation == "share" and not all(q.unit in ("%", "％") for _, q in fitting):
        return _quantity_share(case, fitting, found, by_row)
    figures = tuple(desk.quantity_out(by_row[row], q) for row, q in fitting[:8])
    sentences_ = list(dict.fromkeys((row, q.sentence, q.section) for row, q in fitting))[:3]
    marks = [m for _, q in fitting for m in (tidy(q.printed), q.counted)]
    passages = tuple(desk.passage_out(by_row[row], span, section, marks, 1.0) for row, span, section in sentences_)
    text = compose.quantities([(by_row[row], q) for row, q in fitting[:8]], query)
    if query.operation == "sum" and len(fitting) > 1:
        return _quantity_sum(case, fitting, figures, passages, by_row)
    _warn_quantities(case, [q for _, q in fitting])
    return Answer("answered", text, figures, passages)


def _warn_quantities(case: _Case, found: Sequence[Quantity]) -> None:
    if any(q.approximate for q in found):
        case.noted.append(Caution("approximate", "报告用的是约数，原样照录。"))
    if any(q.period == "cumulative" for q in found):
        case.noted.append(Caution("cumulative", "其中有累计数，不是当年一年的数。"))


def _quantity_sum(
    case: _Case,
    fitting: Sequence[tuple[int, Quantity]],
    figures: tuple[FigureOut, ...],
    passages: tuple[PassageOut, ...],
    by_row: dict[int, StoredReport],
) -> Answer:
    if len({q.unit for _, q in fitting}) > 1 or any(q.approximate or q.period != "year" for _, q in fitting):
        return Answer("answered", compose.quantities([(by_row[r], q) for r, q in fitting], case.query), figures, passages)
    total = sum(q.value for _, q in fitting)
    formula = "＋".join(show_number(q.value) for _, q in fitting) + f"＝{show_number(total)}"
    parts = "、".join(f"{q.counted} {tidy(q.printed)}" for _, q in fitting)
    operands = tuple(compose.operand(f) for f in figures)
    whole = replace(
        figures[0],
        metric="sum",
        label="合计",
        value=total,
        printed="",
        state="computed",
        citation=None,
        formula=formula,
        operands=operands,
    )
    text = f"报告没有写合计数。报告写到的各项相加是 {show_number(total)} {fitting[0][1].unit}（计算所得：{formula}）。各项是：{parts}。"
    return Answer("answered", text, (whole, *figures), passages)


def _quantity_share(
    case: _Case,
    fitting: Sequence[tuple[int, Quantity]],
    found: Sequence[tuple[int, Quantity]],
    by_row: dict[int, StoredReport],
) -> Answer:
    """A channel's number over the whole that the same sentence states."""
    row, part = fitting[0]
    wholes = [
        q
        for r, q in found
        if r == row and q.subject == part.subject and not q.channel and q.unit == part.unit and q.sentence == part.sentence
    ]
    if part.channel is None or len(wholes) != 1:
        figures = tuple(case.desk.quantity_out(by_row[r], q) for r, q in fitting[:4])
        text = compose.quantities([(by_row[r], q) for r, q in fitting[:4]], case.query) + "报告没有写合计数，算不出占比。"
        return Answer("not_reported" if not figures else "answered", text, figures)
    desk, report, whole = case.desk, by_row[row], wholes[0]
    operands = tuple(compose.operand(desk.quantity_out(report, q)) for q in (part, whole))
    figure = replace(
        desk.quantity_out(report, part),
        metric="share",
        state="computed",
        unit="%",
        printed="",
        citation=None,
        operands=operands,
    )
    if not whole.value:
        return Answer("not_reported", f"{whole.counted}是 0，算不出占比。", (replace(figure, value=None, state="missing"),))
    percent = round(100 * part.value / whole.value, 2)
    formula = f"{show_number(part.value)}÷{show_number(whole.value)}＝{show_number(percent)}%"
    text = f"{report.agency}{report.year}年，{part.counted}占{whole.counted}的 {show_number(percent)}%（计算所得：{formula}）。"
    passages = (desk.passage_out(report, part.sentence, part.section, [tidy(part.printed), tidy(whole.printed)], 1.0),)
    return Answer(
        "answered",
        text,
        (replace(figure, value=percent, formula=formula, label=f"{part.counted}占{whole.counted}"),),
        passages,
    )


def _no_number(case: _Case) -> Answer | None:
    """No number fits: the sentences that speak of the matter, without a headline number; or that there are none."""
    query, desk = case.query, case.desk
    if query.operation == "find" or not (query.subject or query.channels):
        return None
    report = case.reports[0]
    spoken = [s for r in case.reports for s in speaking_of(query, r, desk)]
    # Requests and publishing are spoken of everywhere; that says nothing about the question.
    generic = query.subject in ("published", "requests.received") and not query.channels
    matter = "、".join(
        filter(
            None,
            [
                *(channel_label(c) for c in query.channels),
                subject_label(query.subject) if query.subject not in (None, "published") else "",
            ],
        )
    )
    if not spoken or generic:
        if generic and query.operation not in ("value", "exists", "sum", "list", "share"):
            return None
        if generic and query.residue:
            return _absent(case, query.residue[0])
        if generic and not query.asks_number:
            return None
        return _absent(case, matter)
    passages = tuple(
        desk.passage_out(report, span, p.section, list(case.snapshot.segmenter.words(query.matter)), 1.0) for p, span, _ in spoken[:3]
    )
    quoted = tidy(spoken[0][2])
    if query.operation in ("exists", "where") or (not query.asks_number and query.operation == "value"):
        return Answer("answered", f"{report.agency}{report.year}年的报告写道：“{_cut(quoted)}”", passages=passages)
    return Answer("not_reported", f"{report.agency}{report.year}年的报告提到了{matter}，但没有写出这个数字。", passages=passages)


def _absent(case: _Case, matter: str) -> Answer:
    report = case.reports[0]
    return Answer(
        "not_reported",
        f"{report.agency}{report.year}年的报告没有提到{'“' + matter + '”' if matter else '这件事'}。没有提到不等于没有，也不等于零。",
    )


def _cut(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


# ---------------------------------------------------------------------------------------------------- passages


def _sections(case: _Case) -> Answer | None:
    """What a section says: problems, measures, other matters."""
    query, desk = case.query, case.desk
    if not query.section:
        return None
    report = case.reports[-1]
    passages = case.snapshot.passages([report.row], query.section)
    wanted = [p for p in passages if query.topic is None or p.topic == query.topic] or passages
    if re.search(r"问题|不足|短板|差距", query.text) and re.search(r"改进|措施|怎么办|整改|解决|打算", query.text):
        wanted = passages
    if not wanted:
        return Answer(
            "not_reported",
            f"{report.agency}{report.year}年的报告没有取得第{'〇一二三四五六'[query.section]}部分的内容。",
        )
    words = case.snapshot.segmenter.words(query.matter)
    outs = tuple(desk.passage_out(report, Span(p.start, p.end), p.section, words, 1.0) for p in wanted[:6])
    body = "".join(o.text for o in outs)
    title = {"problems": "存在的主要问题", "measures": "改进措施"}.get(query.topic or "", "其他需要报告的事项")
    if len(body) <= 6:
        text = f"{report.agency}{report.year}年的报告在“{title}”部分只写了“{body.rstrip('。')}”。"
    else:
        text = f"{report.agency}{report.year}年的报告在“{title}”部分写道：“{_cut(body, 400)}”"
    return Answer("answered", text, passages=outs)


def _overview(case: _Case) -> Answer | None:
    """A bare agency or year: the main figures of the report."""
    query = case.query
    bare = not query.residue and not query.has_topic and not query.weak
    asked = re.search(r"主要(?:数字|数据|指标|情况)|概况|总体情况|总的情况|整体情况|大致情况|基本情况|概览|摘要|总结", query.text)
    if not (asked and not query.has_cells) and not (
        bare and (query.mention.agencies or query.years) and query.operation in ("value", "find", "list", "exists")
    ):
        return None
    report = case.reports[-1]
    metrics_ = [
        "requests.received",
        "requests.carried_in",
        "outcome.granted",
        "outcome.total",
        "requests.carried_out",
        "review.total",
        "litigation.total",
    ]
    return _told(case, report, [case.desk.value(report, m) for m in metrics_], lead=f"{report.title}的主要数字：")


def _verbatim(case: _Case) -> Answer | None:
    """Words that the question puts in quotation marks, where the report prints them."""
    if case.query.operation != "where":
        return None
    for words in re.findall(r"[“\"「『‘']([^”\"」』’']{2,80})[”\"」』’']", case.request.question):
        pattern = r"\s*".join(re.escape(c) for c in words if not c.isspace())
        for report in case.reports:
            for passage in case.snapshot.passages([report.row]):
                source = case.snapshot.quote(report.row, passage.start, passage.end)
                for start, end in sentences(source):
                    if re.search(pattern, source[start:end]):
                        span = Span(passage.start + start, passage.start + end)
                        out = case.desk.passage_out(report, span, passage.section, [words], 1.0)
                        section = next(c.section for c in case.desk.citations if c.n == out.citation)
                        return Answer(
                            "answered",
                            f"写在{report.agency}{report.year}年报告的“{section}”部分：“{_cut(out.text, 220)}”",
                            passages=(out,),
                        )
    return None


def _search(case: _Case) -> Answer | None:
    return _passages(case)


def _passages(case: _Case, need: Sequence[str] = ()) -> Answer | None:
    """The passages that answer, cut to the sentences that do; None when nothing held is about the question."""
    query, desk = case.query, case.desk
    matter = query.matter or query.text
    words = _telling(case, matter)
    if not words:
        return None
    rows = {r.row: r for r in case.reports}
    hits = case.snapshot.search(matter, list(rows), 8, case.encoder)
    good = [h for h in hits if _relevant(h, words) and all(w in h.passage.text for w in need)]
    if not good:
        return None
    best = good[:3]
    outs: list[PassageOut] = []
    for hit in best:
        outs.append(
            desk.passage_out(
                rows[hit.passage.report],
                Span(hit.passage.start, hit.passage.end),
                hit.passage.section,
                words,
                hit.score,
            )
        )
    report = rows[best[0].passage.report]
    quoted = _sentences_for(best[0].passage.text, words)
    if query.asks_number and query.operation in ("value", "sum", "list", "share", "compare", "rank"):
        return Answer(
            "not_reported",
            f"{report.agency}{report.year}年的报告没有写出这个数字；与问题最接近的原文见下面的引文。",
            passages=tuple(outs),
        )
    if query.operation == "where":
        section = next(c.section for c in desk.citations if c.n == outs[0].citation)
        return Answer("answered", f"写在报告的“{section}”部分：“{_cut(quoted, 220)}”", passages=tuple(outs))
    return Answer("answered", f"{report.agency}{report.year}年的报告写道：“{_cut(quoted, 260)}”", passages=tuple(outs))


_PLAIN = words_of("service", "plain_words.txt")


def _telling(case: _Case, matter: str) -> list[str]:
    words = [w for w in case.snapshot.segmenter.words(matter) if len(w) >= 2 and w not in STOPWORDS and w not in _PLAIN]
    telling = [w for w in words if w not in GENERIC]
    return list(dict.fromkeys(telling or [w for w in words if w not in ("年报", "报告", "怎么", "什么")]))


def _relevant(hit: Hit, words: Sequence[str]) -> bool:
    text = hit.passage.text
    total = sum(len(w) for w in words)
    shared = sum(len(w) for w in words if w in text) + 0.5 * sum(len(w) for w in words if w not in text and _half(w, text))
    coverage = shared / total if total else 0.0
    return coverage >= _COVERAGE or (coverage > 0 and hit.cosine is not None and hit.cosine >= _COSINE)


def _half(word: str, text: str) -> bool:
    """Whether a longer word stands in a text by its half: 培训班 by 培训."""
    return len(word) >= 3 and any(word[i : i + 2] in text for i in range(len(word) - 1))


def _sentences_for(text: str, words: Sequence[str]) -> str:
    """The sentences of a passage that hold the telling words, in their order; the whole when it is short."""
    if len(text) <= 120:
        return text
    parts = [text[a:b] for a, b in sentences(text)]
    scores = [sum(len(w) for w in words if w in part) for part in parts]
    best = max(scores, default=0)
    if not best:
        return text
    kept = [p for p, s in zip(parts, scores, strict=True) if s >= best * 0.5]
    return "".join(kept)


_DOMAIN = re.compile(r"报告|年报|公开|政务|政府信息|申请|复议|诉讼|机关|单位|管委会|办公室|行政|这一年|那年|全年|年度|(?:19|20)\d\d")


def _nothing(case: _Case) -> Answer:
    if not case.reports:
        return Answer("no_report", "现在还没有收录可以回答这个问题的报告。")
    query, report = case.query, case.reports[0]
    if not (query.has_topic or query.weak or query.mention.agencies or _DOMAIN.search(query.text)):
        return Answer("out_of_scope", compose.OUT_OF_SCOPE["other"])
    return Answer(
        "not_reported",
        f"{report.agency}{report.year}年的报告里没有找到与这个问题有关的内容。没有写不等于没有，也不等于零。",
    )


# ---------------------------------------------------------------------------------------------------- after


def _finish(case: _Case, result: Answer) -> Answer:
    """Citations, the understood question, context and suggestions; then the check of every number."""
    query = case.query
    corrections = query.corrections
    understood = Understood(
        text=compose.understood(query, case.reports, result),
        agencies=tuple(dict.fromkeys(r.agency for r in case.reports)) or query.mention.agencies,
        years=tuple(sorted({r.year for r in case.reports})) or query.years,
        metrics=tuple(dict.fromkeys(f.metric for f in result.figures)),
        applicant=next((f.applicant for f in result.figures if f.applicant), None),
        operation=query.operation,
        corrections=corrections,
    )
    if corrections:
        words = "、".join(f"“{typed}”按“{meant}”理解" for typed, meant in corrections)
        case.noted.append(Caution("corrected", f"问题中的{words}。"))
    citations = tuple(case.desk.citations)
    result = replace(
        result,
        citations=citations,
        warnings=(*result.warnings, *_damage(case, result), *case.noted),
        understood=understood,
        context=_context(case, result).to_dict(),
        suggestions=result.suggestions or compose.suggestions(case.query, case.reports, case.desk, result),
    )
    wrong = unsupported_numbers(result)
    if wrong:
        _log.error("an answer held numbers without evidence and was withheld: %d of them", len(wrong))
        return replace(
            result,
            status="not_reported",
            text="找到了可能有关的内容，但其中的数字没有通过核对，因此不作回答；请看下面的原文。",
            figures=(),
            chart=None,
        )
    return result


def _damage(case: _Case, result: Answer) -> tuple[Caution, ...]:
    """Failed relations that an answer's cells take part in."""
    cells = {(c.report_id, c.place) for c in result.citations if c.place.startswith("表")}
    rows = {r.report_id: r for r in case.reports}
    found: list[Caution] = []
    for report_id in {r for r, _ in cells}:
        report = rows.get(report_id)
        if report is None or not report.findings:
            continue
        for check in case.snapshot.checks(report.row):
            if check.status == "fail" and any((report_id, place) in cells for place in check.places):
                found.append(Caution(check.rule, f"报告自身有一处对不上：{check.message}"))
    return tuple(dict.fromkeys(found))[:3]


def _context(case: _Case, result: Answer) -> Context:
    query = case.query
    if result.status in ("refused", "out_of_scope"):
        return case.request.context or Context()
    edition = case.reports[-1].edition if case.reports else "2021"
    narrative = _prefers_narrative(query) or not (query.has_cells or query.weak)
    named = () if narrative else tuple(m for m in wanted_metrics(query, edition) if m in metrics())
    if not named and not narrative and query.applicants:
        named = ("requests.received",)
    if not named and query.applicants and not query.has_topic:
        named = ("requests.received",)
    return Context(
        agencies=tuple(dict.fromkeys(r.agency for r in case.reports)) or query.mention.agencies[:5],
        years=tuple(sorted({r.year for r in case.reports})) if query.years or query.relative or case.reports else (),
        metrics=named,
        applicants=query.applicants,
        operation=query.operation,
        subject=query.subject if not named else None,
        channels=query.channels if not named else (),
        unit=query.unit if not named else None,
        section=query.section,
        topic=query.topic,
        matter=query.matter[:MAX_QUESTION],
    )


_STEPS: tuple[Callable[[_Case], Answer | None], ...] = (
    _abuse, _out_of_scope, _define, _coverage, _reports, _overview, _annual, _verbatim, _ambiguous, _figures, _narrative_numbers, _sections, _search,
)  # fmt: skip
