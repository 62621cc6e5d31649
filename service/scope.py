"""Steps before any figure: abuse, definitions, what is held, what no report says, and which reports a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.forms import applicants, concepts, glossary
from corpus.identity.lineage import lineage
from corpus.model import Span
from corpus.textual import chinese_number, tidy
from index.store import StoredReport
from service import compose, safety
from service.case import Case
from service.contract import Answer, Caution, Choice


def abuse(case: Case) -> Answer | None:
    query = case.query
    if safety.abusive(case.request.question) and not query.has_topic and not query.weak and query.operation in ("value", "find", "exists"):
        return Answer("refused", "这里只回答政府信息公开年度报告里的内容。请直接写要问的事，例如某一年收到多少件信息公开申请。")
    return None


def define(case: Case) -> Answer | None:
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
    choose_reports(case)
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


_DATE = re.compile(
    r"(?:什么时候|何时|啥时候|哪天|哪一天|几月|几号|日期).{0,8}(?:发布|公布|发的|出的|公开的|挂)|(?:发布|公布|公开)(?:的)?(?:日期|时间)"
)
_EDITION = re.compile(r"版式|哪一?版|新版还是老版|新表|老表|哪个版本|哪种表")
_AUDIT = re.compile(
    r"对得上|对不上|平不平|勾稽.{0,6}(?:成立|对|平|通过|错)|(?:数据|数字|表).{0,6}(?:有没有错|有错|准不准|准确|一致|矛盾|问题)|相符"
)


def about(case: Case) -> Answer | None:
    """What is asked about a report itself: when it was published, which form it uses, whether its figures agree."""
    query, desk = case.query, case.desk
    if query.has_cells and query.asks_number:
        return None
    report = case.reports[-1]
    lead = f"{report.agency}{report.year}年的报告"
    if (
        _DATE.search(query.matter)
        and re.search(r"报告|年报|这份|它|什么时候|日期", query.matter)
        and (re.search(r"报告|年报|这份", query.matter) or not query.subject_only)
    ):
        if report.published:
            desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
            return Answer("answered", f"{lead}公布日期是 {report.published}。")
        return Answer("not_reported", f"{lead}没有注明公布日期。")
    if _EDITION.search(query.matter):
        desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
        said = "没有可以辨认版式的表格。" if report.edition == "unknown" else f"用的是 {report.edition} 版表格。"
        if report.edition == "2008":
            said = "是 2019 年统一表格以前的自由格式报告，数字在附表的指标里。"
        return Answer("answered", lead + said)
    if _AUDIT.search(query.matter):
        checks = case.snapshot.checks(report.row)
        failed = [c for c in checks if c.status == "fail"]
        desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
        said = "没有发现不成立的勾稽关系。" if not failed else "有不成立的勾稽关系：" + "".join(c.message for c in failed[:3])
        open_ = [c for c in checks if c.status == "unknown"]
        more = "有的关系因单元格空白无法判断：" + open_[0].message if open_ else ""
        noted = tuple(Caution(c.rule, c.message) for c in failed[:5])
        return Answer("answered", lead + said + more, warnings=noted)
    return None


def coverage(case: Case) -> Answer | None:
    query = case.query
    if query.operation != "coverage" or query.has_cells:
        return None
    held = case.snapshot.reports
    if query.mention.unknown:
        return not_held(case, query.mention.unknown)
    chosen = [r for r in held if not query.mention.agencies or r.agency in query.mention.agencies]
    if query.years and not any(r.year in query.years for r in chosen):
        return years_missing(case, chosen, query.years)
    text = compose.coverage(chosen, query.years)
    choices = tuple(Choice(f"{r.agency}{r.year}年", f"{r.agency}{r.year}年的报告有哪些主要数字？", r.agency, r.year) for r in chosen[:5])
    for report in chosen[:20]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    return Answer("answered", text, choices=choices)


def out_of_scope(case: Case) -> Answer | None:
    query = case.query
    if safety.greeting(query.text):
        return Answer("out_of_scope", compose.GREETING)
    if safety.asks_for_person(query.text):
        return Answer("not_reported", "年度报告只写件数，不写申请人的姓名、住址等个人信息，这里也不提供。")
    kind = safety.out_of_scope(query.matter)
    if kind is None or (
        query.has_cells and (query.asks_number or (kind != "other" and query.applicants) or query.operation in ("list", "sum", "share"))
    ):
        return None
    if kind == "other" and query.has_topic and query.asks_number:
        return None
    if (
        kind in ("howto", "law")
        and not re.search(r"条例|法律|规定|法定", query.matter)
        and query.asks_number
        and query.subject in ("handling_fee", "days", "training", "weight")
    ):
        return None
    return Answer("out_of_scope", compose.OUT_OF_SCOPE[kind])


def choose(case: Case) -> Answer | None:
    """Choose the reports that the question is about; an answer when none or too many fit."""
    return choose_reports(case)


def choose_reports(case: Case) -> Answer | None:
    query, held = case.query, case.snapshot.reports
    names = list(query.mention.agencies)
    if query.mention.unknown:
        names = _called_now(case, query.mention.unknown)
        if not names:
            return not_held(case, query.mention.unknown)
    if not names:
        default = case.request.agency or case.settings.agency
        if default:
            known = [r.agency for r in held if r.agency == default or r.report_id == default]
            if not known:
                return not_held(case, default)
            names = known[:1]
        else:
            names = list(dict.fromkeys(r.agency for r in held))
    bodies = {r.lineage or r.agency for r in held if r.agency in names}
    if len(names) > 1 and len(bodies) > 1:
        return _which_agency(case, names)
    if query.mention.partial and query.operation != "coverage" and (query.has_topic or query.weak or query.applicants):
        place = "".join(query.text[a:b] for a, b in query.mention.spans)
        question = query.matter or case.request.question
        spoken = "".join(f"{y}年" for y in query.years)
        own_choice = Choice(names[0], f"{names[0]}{spoken}{question}", names[0])
        return Answer("clarify", f"没有收录“{place}”整体的报告；收录的是那里的{names[0]}，您问的是它吗？", choices=(own_choice,))
    own = [r for r in held if r.agency in names or (r.lineage or r.agency) in bodies]
    if not own:
        return Answer("no_report", "现在还没有收录任何报告。")
    years = _wanted_years(case, own)
    held_years = {r.year for r in own}
    missing = [y for y in years if y not in held_years]
    if missing and query.metrics == ("requests.carried_out",) and all(y + 1 in held_years for y in missing):
        # 2018年转到2019年的: the later report prints the same number as what was carried in.
        case.query = query = replace(query, metrics=("requests.carried_in",), years=tuple(y + 1 for y in years))
        years, missing = list(query.years), []
    if missing:
        return years_missing(case, own, missing)
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


def _called_now(case: Case, name: str) -> list[str]:
    """The names under which a body is held that the question calls by another of its names over time."""
    key = lineage(name)
    names = list(dict.fromkeys(r.agency for r in case.snapshot.reports if r.lineage == key))
    if names:
        case.noted.append(Caution("renamed", f"“{tidy(name)[:40]}”与{'、'.join(names[:3])}是同一个机关先后的名称。"))
    return names


def _wanted_years(case: Case, own: Sequence[StoredReport]) -> list[int]:
    """Years named, or counted back from the newest report that the agency has."""
    query = case.query
    newest = max(r.year for r in own)
    if query.years:
        return list(query.years)
    relative = query.relative or ""
    if query.operation == "compare" and case.request.year is None and not re.search(r"近|过去|历年|每年|逐年|这几年", relative):
        return [newest - 1, newest]
    spoken = re.search(r"近(.+?)年|过去(.+?)年", relative)
    if spoken:
        count = _small_number(next(g for g in spoken.groups() if g))
        return list(range(newest - count + 1, newest + 1))
    if relative in ("历年", "每年", "逐年", "这几年"):
        return sorted({r.year for r in own})
    if relative in ("今年", "本年", "本年度"):
        case.noted.append(Caution("relative_year", f"“{relative}”按收录的最新一份报告理解，即 {newest} 年度。"))
    steps = {"前年": 1, "大前年": 2}.get(relative, 0)
    if relative in ("去年", "上年", "上年度", "上一年", "上一年度", "前年", "大前年"):
        case.noted.append(Caution("relative_year", f"“{relative}”从收录的最新一份报告（{newest} 年度）算起。"))
    return [case.request.year or newest - steps] if not relative else [newest - steps]


def _small_number(text: str) -> int:
    value = int(text) if text.isdigit() else chinese_number(text) or 3
    return max(1, min(value, 30))


def not_held(case: Case, name: str) -> Answer:
    """The agency is not held; never another one's figures instead."""
    held = list(dict.fromkeys(r.agency for r in case.snapshot.reports))
    shown = "、".join(held[:5]) + ("等" if len(held) > 5 else "")
    name = tidy(name)[:40]
    text = f"没有收录“{name}”的报告，无法回答。现在收录的是：{shown}。" if held else "现在还没有收录任何报告。"
    question = case.query.matter or "收到多少件信息公开申请"
    choices = tuple(Choice(agency, f"{agency}{question}", agency) for agency in held[:5])
    return Answer("no_report", text, choices=choices)


def years_missing(case: Case, own: Sequence[StoredReport], missing: Sequence[int]) -> Answer:
    have = sorted({r.year for r in own})
    agency = own[0].agency if own else ""
    wanted = "、".join(str(y) for y in missing)
    text = f"没有收录{agency} {wanted} 年度的报告，无法回答。现在有：{'、'.join(f'{y} 年度' for y in have)}。"
    question = case.query.matter or "收到多少件信息公开申请"
    choices = tuple(Choice(f"{y}年", f"{y}年{question}", agency, y) for y in have[-5:][::-1])
    return Answer("no_report", text, choices=choices)


def _which_agency(case: Case, names: Sequence[str]) -> Answer:
    question = case.query.matter or case.request.question
    years = "".join(f"{y}年" for y in case.query.years)
    choices = tuple(Choice(name, f"{name}{years}{question}", name) for name in names[:5])
    more = f"（共 {len(names)} 个，这里列出前 {len(choices)} 个）" if len(names) > len(choices) else ""
    return Answer("clarify", f"请问您问的是哪个机关？{more}", choices=choices)
