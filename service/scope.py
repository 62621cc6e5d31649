"""Steps before any figure: abuse, definitions, what is held, what no report says, and which reports a question is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.forms import LEGAL_PERSONS, applicants, concepts, forms, glossary, metrics
from corpus.identity.lineage import lineage
from corpus.identity.places import Place
from corpus.model import Span
from corpus.outline import TITLES, section_label
from corpus.textual import sentences, stated_number, tidy
from index.store import StoredReport
from service import compose, safety
from service.agencies import place_of_a_bureau
from service.case import Case
from service.contract import Answer, Caution, Choice
from service.directory import LEVEL_OF, LEVELS, Body, Directory, directory
from service.evidence import full_label
from service.group import Group, asks_across, members
from service.lexicon import find_terms
from service.movement import FALLS, RISES
from service.query import Query
from service.replacing import replace
from service.years import years_ago


def abuse(case: Case) -> Answer | None:
    query = case.query
    if safety.abusive(case.request.question) and not query.has_topic and not query.weak and query.operation in ("value", "find", "exists"):
        return Answer("refused", "这里只回答政府信息公开年度报告里的内容。请直接写要问的事，例如某一年收到多少件信息公开申请。")
    if safety.asks_to_invent(case.request.question):
        return Answer("refused", "这里只给出报告里印出来的数和由它们算出的数，不编造数字。")
    return None


_THREE_OTHERS = (
    "表格里有三处“其他”：申请人中的“其他”，是不属于商业企业、科研机构、社会公益组织、法律服务机构的法人或其他组织；"
    "办理结果中的“其他处理”，是予以公开、部分公开、不予公开、无法提供、不予处理以外的处理；"
    "行政复议、行政诉讼中的“其他结果”，是维持和纠正以外的审结结果。"
)


def define(case: Case) -> Answer | None:
    query = case.query
    if (structure := _structure(case)) is not None:
        return structure
    if query.operation != "define" and not _asks_meaning(case):
        return None
    site = case.request.agency or case.settings.agency or len(directory(case.snapshot.reports).bodies) == 1
    if site and re.search(r"(?:成|分)(?:成|为)?哪几[种类]", query.matter):
        case.query = replace(query, operation="list")  # of the one report that can be meant, with its figures
        return None
    if query.bare_other and not (query.has_cells or query.results or query.applicants) and query.operation == "define":
        return Answer("answered", _THREE_OTHERS)
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
    labels, parted = applicants(), re.search("哪[几些两三四五六七八]|都是|[成拆]", query.matter)
    for concept in concepts():
        if (concept.kind, concept.id) in wanted:
            label = labels.get(concept.id, concept.label) if concept.kind == "applicant" else concept.label
            if concept.kind in ("column", "result", "block"):
                label = next((t for t in concept.terms), label)
            found.append((label, concept.definition + (_parts_of(concept.kind, concept.id) if parted else ""), (label,)))
    if not found:
        return None
    if len(found) > 1:  # 年报里说的补正: where it is said is not asked about
        found = [f for f in found if f[0] != "政府信息公开工作年度报告"]
    text = "".join(f"{'' if definition.startswith(label) else label + '：'}{definition}" for label, definition, _ in found[:3])
    choose_reports(case)
    for report in (case.reports or case.snapshot.reports)[:1]:
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


_MEANING = re.compile(
    r"是(?:说|指)?(?:个)?(?:什么|啥)(?:情况|情形)|(?:情形|种类?|类别?|项|个)(?:都)?(?:是|叫)(?:什么|啥|哪些?)|(?:成|分为?|下面分|拆成|分成)了?(?:哪|几)[几两三四五六七八]?[类种项个]|各?叫(?:什么|啥)名"
)


def _asks_meaning(case: Case) -> bool:
    """Whether what the form means is asked, with no body in sight whose figures could be meant: 其他处理拆成了哪三种."""
    query, request = case.query, case.request
    about = query.mention.agencies or query.mention.unknown or query.group or request.agency or case.settings.agency
    if (
        about
        or query.asks_number
        or (request.context is not None and request.context.agencies)
        or len(directory(case.snapshot.reports).bodies) < 2
    ):
        return False
    return bool((query.has_cells or query.results or query.columns or query.applicants) and _MEANING.search(query.matter))


def _parts_of(kind: str, concept: str) -> str:
    """What the form prints below a row of outcomes or in a block of results."""
    if kind == "metric" and concept in metrics() and concept.startswith("outcome."):
        labels = [metrics()[m].label for m in metrics()[concept].parts]
    elif kind == "applicant" and concept == "legal_persons":
        labels = [applicants()[a] for a in LEGAL_PERSONS]
    elif kind == "block":
        labels = [c.label for c in concepts() if c.kind == "result" and c.id != "total"]
    else:
        labels = []
    return f"表中分列：{'、'.join(labels)}。" if len(labels) > 1 else ""


_STRUCTURE = re.compile(
    r"(?:年报|报告)[^,，。]{0,8}(?:分成?|有|包括|由)[^,，。]{0,4}(?:几|哪[些几])(?:大|个)?(?:块|部分|节|章|大项)|(?:在|写在|看)[^,，。]{0,4}(?:年报|报告)[^,，。]{0,6}哪(?:一|个)?(?:块|部分|节|章)"
)


def _structure(case: Case) -> Answer | None:
    """The six sections of the national form, where no body is asked about: 一份年报总共分几大块."""
    query, context = case.query, case.request.context
    about = query.mention.agencies or query.mention.unknown or query.years or case.request.agency or case.settings.agency
    if (
        about
        or (context is not None and context.agencies)
        or not _STRUCTURE.search(query.text)
        or query.has_cells
        or query.subject not in (None, "published")
    ):
        return None
    spans = "；".join(section_label(n) for n in range(1, 7))
    text = f"全国统一格式的年度报告分六个部分：{spans}。申请件数和办理结果在第三部分的表格里，复议和诉讼在第四部分。"
    if query.section:
        text = f"写在“{section_label(query.section)}”这一部分。" + text
    for report in case.snapshot.reports[:1]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    return Answer("answered", text)


def _printed_label(text: str, label: str) -> Span | None:
    """Where a label is printed in a report, white space inside it allowed."""
    pattern = r"\s*".join(re.escape(c) for c in label if not c.isspace())
    tables = text.find("\t")
    match = re.compile(pattern).search(text, max(0, tables - 200)) or re.search(pattern, text)
    return Span(*match.span()) if match else None


_DATE = re.compile(
    r"(?:什么时候|何时|啥时候|哪天|哪一天|几月|几号|日期).{0,8}(?:发布|公布|发的|发出|出的|公开的|挂)|(?:发布|公布|公开|挂网|上网)(?:的)?(?:日期|时间)"
)
_IN_FULL = re.compile("(?:年报|报告)的?原文[^?？]{0,6}(?:在哪|哪[里儿个]|怎么找|找得?到|下载|链接)|(?:年报|报告)的?(?:全文|原件|链接|网址|地址|下载|电子版|[pP][dD][fF]|完整版)|(?:全文|原件|链接|网址|完整版)(?:发|给|在|看|下载|[?？]|$)|下载[^,，。?？]{0,6}(?:年报|报告)")
_EDITION = re.compile(r"版式|哪一?版|[新旧老]式(?:的)?表|新版还是老版|[新旧老]版[^,，]{0,12}(?:表|吗|么)|新表|老表|哪个版本|哪种表")


# What stands before the first section: on what a report is based, and what time it counts.
_PREFACE = (
    (re.compile("(?:依据|根据|按照?|参照)(?:的是)?(?:什么|啥|哪一?[个部份条]|何)[^,，。?？]{0,8}(?:编|写|做|报告|年报|要求|规定)|编[写制]?(?:的)?(?:依据|根据)|(?:报告|年报)的?(?:编[写制])?依据"), re.compile("根据|依据|按照|依照")),
    (re.compile("统计(?:的)?(?:期限|时段|时间|区间|周期|范围)|(?:数据|数字)[^,，。?？]{0,6}(?:统计|截至|截止|算)[到至在]?(?:哪|什么|几|何)|统计[到至]哪"), re.compile("期限|期间|起[,，]?至|截至|截止|止")),
)


def _in_the_preface(case: Case, report: StoredReport) -> Answer | None:
    """依据哪个文件编的, 统计期限到哪天: the sentence that says so before the first section; None where nothing of the kind is asked."""
    asked = next((words for question, words in _PREFACE if question.search(case.query.text)), None)
    if asked is None or case.query.has_cells:
        return None
    end = next((s.end for s in case.snapshot.sections(report.row) if s.number == 0), 0)
    preface = case.snapshot.quote(report.row, 0, min(end, 1200))
    for start, stop in sentences(preface):
        if asked.search(preface[start:stop]):
            out = case.desk.passage_out(report, Span(start, stop), 0, (), 1.0)
            return Answer("answered", f"{report.agency}{report.year}年的报告写道：“{tidy(out.text)}”", passages=(out,))
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写明。没有写不等于没有。")


def about(case: Case) -> Answer | None:
    """What is asked about a report itself: when it was published, which form it uses, whether its figures agree."""
    query, desk = case.query, case.desk
    dated = _DATE.search(query.text) and re.search("报告|年报|[这那]份|^(?:那)?(?:发布|公布)(?:日期|时间)", query.text)
    if query.has_cells and query.asks_number and not dated:
        return None
    report = case.reports[-1]
    lead = f"{report.agency}{report.year}年的报告"
    if (preface := _in_the_preface(case, report)) is not None:
        return preface
    if dated or (
        _DATE.search(query.matter)
        and re.search(r"报告|年报|这份|它|什么时候|日期|哪一?天|何时", query.text + query.matter)
        and (re.search(r"报告|年报|[这那]份", query.text + query.matter) or not query.subject_only)
    ):
        if report.published:
            desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
            return Answer("answered", f"{lead}公布日期是 {report.published}。")
        return Answer("not_reported", f"{lead}没有注明公布日期。")
    if _IN_FULL.search(query.text) and not (query.has_cells or query.asks_number or query.section):
        desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
        case.frame = f"{lead}全文"
        return Answer("answered", f"{lead}全文见下面的引文，点开可以看整份报告和它的来源。")
    if _EDITION.search(query.matter) and not (query.has_cells and query.asks_number):  # 老表核对：总计那行填的是几
        desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
        claimed = re.search(
            r"([新旧老])[版式](?!还是)[^,，]{0,12}(?:吗|么|吧|对不对)|(?:是不是|是否)[^,，]{0,4}用[^,，]{0,2}([新旧老])[版式]", query.text
        )
        if claimed and report.edition in ("2019", "2021"):
            lead = ("是的。" if ((claimed[1] or claimed[2]) == "新") == (report.edition == "2021") else "不是。") + lead
        said = "没有可以辨认版式的表格。" if report.edition == "unknown" else f"用的是 {report.edition} 版表格。"
        if report.edition == "2008":
            said = "是 2019 年统一表格以前的自由格式报告，数字在附表的指标里。"
        return Answer("answered", lead + said)
    return None


# Words of the reports and of those who write them; what has none of them is about something else.
_DOMAIN = re.compile(
    r"报告|年报|公开|政务|政府信息|微信|微博|网站|网页|公众号|专栏|培训|解读|发布会|申请|复议|诉讼|机关|单位|写了|提到|办结|管委会|办公室|行政|这一年|那年|全年|年度|表[一二三四格]|总计|(?:19|20)\d\d"
)


def of_reports(case: Case) -> bool:
    """Whether a question that nothing answers is one for the reports at all."""
    query, before = case.query, case.request.context
    goes_on = query.follows or query.years or query.relative  # 再早一年，22年呢: of what was spoken of
    spoken = before is not None and before.agencies and goes_on
    named = query.mention.agencies and (query.years or query.relative)  # 某局去年有没有…: its report was looked into
    return bool(spoken or named or query.has_cells or query.weak or query.section or _DOMAIN.search(query.text))


_WORKS_OUT = re.compile(r"趋势|走势|变化|历年|每年|逐年|平均|最[多少高低]|合计|一共|总共|加起来|占比|比例|增长|同比|排(?:名|第|行|序)")
_OF_NOTHING = frozenset(("趋势", "走势", "变化", "情况", "数据", "数字", "图", "曲线", "多少"))
_CHOOSES = (
    ("收到的申请", "新收到的申请"),
    ("予以公开的申请", "予以公开"),
    ("不予公开的申请", "不予公开"),
    ("行政复议", "行政复议"),
    ("行政诉讼", "行政诉讼"),
)


def thing_unsaid(case: Case) -> Answer | None:
    """What could be meant where a question asks to work something out and does not say of what: 历年趋势, 平均每年多少."""
    query = case.query
    named = query.has_topic or query.weak or query.applicants or query.results or query.columns or query.condition or case.request.context
    if (
        named
        or len(query.matter) > 14
        or not _WORKS_OUT.search(query.text)
        or {*query.residue} - _OF_NOTHING
        or query.operation in ("define", "where")
    ):
        return None
    choices = tuple(Choice(label, f"{words}{query.text}") for label, words in _CHOOSES)
    return Answer("clarify", "问的是哪一项？请选一项，或者写出项目的名称。", choices=choices)


def out_of_scope(case: Case) -> Answer | None:
    query = case.query
    if safety.greeting(query.text):
        return Answer("out_of_scope", compose.GREETING)
    if safety.asks_for_numbers(query.text):
        return Answer("refused", "这里不提供任何人的身份证号、电话、住址等个人信息；年度报告只写件数，也不写这些。")
    if safety.asks_for_person(query.text):
        return Answer("not_reported", "年度报告只写件数，不写申请人的姓名、住址等个人信息，这里也不提供。")
    if safety.errand(query.text):
        return Answer("out_of_scope", compose.OUT_OF_SCOPE["other"])
    if safety.asks_for_law(query.text):
        return Answer("out_of_scope", compose.OUT_OF_SCOPE["law"])
    if safety.seeks_redress(query.text):
        return Answer("out_of_scope", compose.OUT_OF_SCOPE["howto"])
    of_report = bool(query.mention.agencies or query.group or re.search(r"年报|报告|做法", query.text))
    if re.search("勾稽|平不平|对[得不]上", query.text):
        return None  # 申请表的勾稽关系平不平: whether numbers agree
    kind = safety.out_of_scope(query.matter, of_report)
    if kind is None and len(query.asked) > 6:  # a follow-up's own words: 明天碧原下不下雨
        kind = safety.out_of_scope(query.asked, of_report)
    nobody = not query.mention.agencies and (query.group is None or query.group.vague) and case.request.context is None
    if kind is None and nobody and not (query.has_topic or query.section) and safety.tells_of_a_crime(case.request.question):
        kind = "other"
    if kind is None or (
        query.has_cells and (query.asks_number or (kind != "other" and query.applicants) or query.operation in ("list", "sum", "share"))
    ):
        return None
    if kind == "other" and query.has_topic and query.asks_number:
        return None
    if (
        kind in ("howto", "law")
        and not nobody
        and not re.search(r"条例|法律|规定|法定", query.matter)
        and query.asks_number
        and query.subject in ("handling_fee", "days", "training", "weight")
    ):
        return None
    return Answer("out_of_scope", compose.OUT_OF_SCOPE[kind])


def choose(case: Case) -> Answer | None:
    """Choose the reports that the question is about; an answer when none or too many fit."""
    return choose_reports(case)


# 云溪、碧原两个市局: of governments that are named, whose bureau is not said
_TWO_BUREAUS = re.compile("(?:[两俩三仨四]|这[两几])个?[省市州盟县区旗]局(?!长)")


def choose_reports(case: Case) -> Answer | None:
    query, listed = case.query, directory(case.snapshot.reports)
    if not listed.bodies:
        return Answer("no_report", "现在还没有收录任何报告。")
    if query.group is not None and not case.request.agency and query.operation != "define":
        chosen = choose_group(case, query.group)
        if chosen is not None or case.reports:
            return chosen
    names = list(query.mention.agencies)
    if query.mention.unknown:
        if bureaus := _bureaus_of(query, listed):
            return _which_agency(case, bureaus)
        names = _called_now(case, query.mention.unknown)
        if not names:
            return not_held(case, query.mention.unknown)
    if query.mention.named:
        kinds = {listed.bodies[a].kind for named in query.mention.named for a in named if a in listed.bodies}
        if kinds == {"government"} and (unsaid := _TWO_BUREAUS.search(query.text)):
            return Answer("clarify", f"“{unsaid.group()}”没有说是哪个系统的局，请写出局的名称，例如“教育局”“公安局”。")
        return _choose_several(case)
    if not names:
        default = case.request.agency or case.settings.agency
        if default:
            known = listed.bodies.get(default) or case.snapshot.report(default)
            if known is None:
                return not_held(case, default)
            names = [known.agency]
        elif asks_across(query.text) and (not query.has_cells or query.operation == "find"):
            return choose_group(case, Group("any", "单位"))
        elif query.whole in LEVEL_OF:
            names = _governments(case, query.whole)
        if not names and query.operation == "where" and len(listed.bodies) > 1 and (place := _usual_place(query)):
            return Answer("answered", place)
        names = names or _who_writes_of(case) or list(listed.names)
    bodies = {r.lineage or r.agency for r in listed.reports_of(names)}
    if len(names) > 1 and len(bodies) > 1:
        return _which_agency(case, names)
    if query.mention.partial and query.operation != "coverage" and (query.has_topic or query.weak or query.applicants):
        place = "".join(query.text[a:b] for a, b in query.mention.spans)
        question = query.matter or case.request.question
        spoken = "".join(f"{y}年" for y in query.years)
        own_choice = Choice(names[0], f"{names[0]}{spoken}{question}", names[0])
        return Answer("clarify", f"没有收录“{place}”整体的报告；收录的是那里的{names[0]}，您问的是它吗？", choices=(own_choice,))
    own = listed.reports_of_kin(names)
    years = _wanted_years(case, {r.year for r in own})
    so_called = {r.year for r in own if r.agency == names[0]}
    spoken_of = case.request.context.agencies if case.request.context is not None else ()
    renamed = (
        query.mention.spans and names[0] not in spoken_of and {listed.bodies[a].lineage for a in spoken_of if a in listed.bodies} == bodies
    )
    if renamed and so_called and not {*years} & so_called and not _DATED.search(query.text):
        years = [max(so_called)]  # 乡村振兴局呢, after 扶贫办2020年: what it was called then is another year's name
        case.query = query = replace(query, years=tuple(years), operation="value" if query.operation == "compare" else query.operation)
    if (successor := listed.went_into(names[0])) is not None and (instead := _succeeded(case, names[0], successor, own)) is not None:
        return instead
    held_years = {r.year for r in own}
    missing = [y for y in years if y not in held_years]
    if len(years) == 1 and missing and query.metrics == ("requests.carried_out",) and years[0] + 1 in held_years:
        # 2018年转到2019年的: the later report prints the same number as what was carried in.
        case.noted.append(
            Caution("next_report", f"没有收录 {years[0]} 年度的报告；下面是 {years[0] + 1} 年度报告的“上年结转”，指的是同一个数。")
        )
        case.query = query = replace(query, metrics=("requests.carried_in",), years=tuple(y + 1 for y in years))
        years, missing = list(query.years), []
    if missing:
        years = [y for y in years if y in held_years]
        # 石门县同期呢, after another's two years: what there is of them
        taken_over = case.request.context is not None and not _DATED.search(query.text) and bool(years) and bool(query.mention.spans)
        if taken_over and len(years) == 1 and query.operation in ("compare", "list"):
            case.query = query = replace(query, operation="value", growth="")
        elif len(years) < 2 or len(missing) >= len(years):
            if len(missing) == 1 and not years:
                case.told_years = (missing[0],)  # 前年的没有收录; 再前一年呢 counts from it
            return years_missing(case, own, missing)
        case.missing = [(own[0].agency, y) for y in missing]
        case.noted.append(
            Caution("years_missing", f"没有收录{own[0].agency} {'、'.join(map(str, missing))} 年度的报告，答案只含收录的年度。")
        )
    chosen_reports: list[StoredReport] = []
    for year in years:
        given = _of_year(case, own, year, names[0])
        if isinstance(given, Answer):
            return given
        chosen_reports.append(given)
    case.reports = chosen_reports
    return None


def _succeeded(case: Case, agency: str, successor: str, own: Sequence[StoredReport]) -> Answer | None:
    """Which of the two is meant, where the body named went into another one and its own reports end before the year asked for."""
    query = case.query
    theirs = {r.year for r in directory(case.snapshot.reports).reports_of_kin([successor])}
    last = max(r.year for r in own)
    later = [y for y in query.years if y in theirs and y not in {r.year for r in own}]
    dated = query.years and not later
    if dated or query.relative in ("历年", "每年") or query.operation == "coverage" or successor in query.mention.agencies:
        return None
    question = query.matter or case.request.question
    newest = later[-1] if later else max(theirs)
    choices = (
        Choice(f"{successor}（{newest}年）", f"{successor}{newest}年{question}", successor, newest),
        Choice(f"{agency}（{last}年）", f"{agency}{last}年{question}", agency, last),
    )
    case.candidates = (successor, agency)
    text = f"{agency}的报告只收录到 {last} 年度；它的职责后来并入{successor}，收录到 {max(theirs)} 年度。请问您问的是哪一个？"
    return Answer("clarify", text, choices=choices)


_DATED = re.compile(r"\d\d年|\d{4}|[去前今上]年|上一年|近[两三四五六几]年|历年|逐年|比|较")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]{2,14})[”\"」』]")
_MOST_HITS = 16


def _who_writes_of(case: Case) -> list[str]:
    """The one body whose reports hold a name that a question gives to something (“蒲小政”, 西春夜话), where it names no body; none where
    several write it, or none does."""
    query, snapshot = case.query, case.snapshot
    coined = [w for w in query.residue if len(w) > 2 and not snapshot.segmenter.known(w)]
    for term in (*_QUOTED.findall(case.request.question), *coined):
        hits = [h for h in snapshot.search(term, None, _MOST_HITS) if term in h.passage.text]
        rows = {h.passage.report for h in hits}
        own = {r.lineage or r.agency: r.agency for r in snapshot.reports if r.row in rows}
        if len(own) == 1 and len(hits) < _MOST_HITS:
            case.noted.append(Caution("by_term", f"问题没有写明机关；写到“{term}”的只有{next(iter(own.values()))}的报告。"))
            return list(own.values())
    return []


_PARTS = {
    "表二": "第二部分“主动公开政府信息情况”的表格",
    "表三": "第三部分“收到和处理政府信息公开申请情况”的表格",
    "表四": "第四部分“政府信息公开行政复议、行政诉讼情况”的表格",
}


def _usual_place(query: Query) -> str | None:
    """Where every report on the national form prints a figure, for a question that names no report."""
    if query.subject_only and not query.has_cells:
        number = 6 if query.subject == "handling_fee" else 1
        return f"按统一格式，这样的内容写在年度报告的第{'〇一二三四五六'[number]}部分“{TITLES[number]}”。"
    if query.section:
        return f"按统一格式，这些内容写在年度报告的第{'〇一二三四五六'[query.section]}部分“{TITLES[query.section]}”。"
    metric = next(iter(query.metrics), "")
    table = (
        "表三"
        if metric.startswith(("requests.", "outcome.")) or (query.weak and not (query.rows or "fees" in query.weak))
        else "表四"
        if query.blocks or metric.startswith(("review", "litigation"))
        else "表二"
    )
    if not (query.has_cells or query.weak):
        return None
    clauses = [c.label for form in forms().values() for c in form.clauses for r in c.rows if r.id in (query.rows or query.weak)]
    under = f"的“{clauses[-1]}”下面" if clauses else ""
    if table == "表三" and (printed := [place.split(" · ")[1] for m, _, _, place in forms()["2021"].cells() if m == metric]):
        under = f"里，行名是“{printed[0]}”"
    return f"按统一格式，这一项印在年度报告{_PARTS[table]}（{table}）{under or '里'}。"


def _of_year(case: Case, own: Sequence[StoredReport], year: int, name: str) -> StoredReport | Answer:
    """The report of a year; a choice where several of different scope are held."""
    same = [r for r in own if r.year == year]
    if len(same) > 1 and len({r.agency for r in same}) > 1:
        same = [r for r in same if r.agency == name] or same  # a body held under two names for one year
    if len(same) > 1:
        scoped = [r for r in same if r.scope != "未知" and r.scope in case.query.text]
        if len(scoped) != 1:
            choices = tuple(Choice(f"{r.scope}：{r.title}", f"{case.request.question}（{r.scope}）", r.agency, r.year) for r in same[:5])
            return Answer("clarify", f"{name}{year}年有 {len(same)} 份范围不同的报告，请选一份。", choices=choices)
        same = scoped
    return same[0]


# From the year before: 谁涨得多. Held against a year that is named (甲跟乙比2024年谁多), a figure need not move.
_FROM_THE_YEAR_BEFORE = re.compile(rf"{RISES}|增|{FALLS}|[上去前一]年")


def _choose_several(case: Case) -> Answer | None:
    """Several bodies named in one question: each must be told apart from its namesakes."""
    query, listed = case.query, directory(case.snapshot.reports)
    chosen: list[StoredReport] = []
    for names in query.mention.named[:_MOST_NAMED]:
        own = listed.reports_of_kin(names)
        if len({r.lineage or r.agency for r in own}) > 1:
            return _which_agency(case, list(names))
        years = _wanted_years(case, {r.year for r in own})
        if len(years) == 1 and query.growth and query.operation == "rank" and _FROM_THE_YEAR_BEFORE.search(query.asked):
            years = [years[0] - 1, years[0]]
        for year in years:
            if not any(r.year == year for r in own):
                case.missing.append((names[0], year))
                continue
            given = _of_year(case, own, year, names[0])
            if isinstance(given, Answer):
                return given
            chosen.append(given)
    if case.missing:
        words = "、".join(f"{agency} {year} 年度" for agency, year in case.missing[:6])
        if not chosen or len({r.agency for r in chosen}) < 2:
            agency, year = case.missing[0]
            return years_missing(case, listed.reports_of([agency]), [y for a, y in case.missing if a == agency])
        case.noted.append(Caution("years_missing", f"没有收录{words}的报告。"))
    case.reports = list({r.row: r for r in chosen}.values())
    return None


_MOST_NAMED = 12


def choose_group(case: Case, group: Group) -> Answer | None:
    """The reports of a group of bodies; None with no reports when the group is empty and the place's own report may tell."""
    query, listed = case.query, directory(case.snapshot.reports)
    place = query.mention.place
    if place is None and query.mention.unknown:
        return not_held(case, query.mention.unknown)
    words = "".join(query.text[a:b] for a, b in query.mention.spans) or _last_name(place) if place else ""
    own_level = {"county": "区县", "city": "市", "province": "省"}.get(group.kind, "")
    if place is None and group.whole and group.whole not in own_level:  # 哪个区县, 全区全县的数: the whole of each is meant
        governments = _governments(case, group.whole)
        if len(governments) > 1:
            return _which_agency(case, governments)
        if governments:
            place = listed.bodies[governments[0]].place
            words = _last_name(place)
    # Many questions are asked about the same thousands of bodies.
    asked = (group.kind, group.noun, group.level, group.names, place, query.excluded)
    bodies = listed.keep(("bodies", asked), lambda: _less_excluded(members(group, listed, place), group, query, listed))
    if not bodies and place is not None and not query.mention.spans:  # 那乡镇呢, where the district spoken of has none
        return Answer("no_report", f"收录的报告里没有{_last_name(place)}的{group.noun}，无法回答。")
    if not bodies:
        return None
    years = listed.keep(("years", asked), lambda: frozenset(y for b in bodies for y in b.years))
    newest = max(years)
    wanted = _wanted_years(case, years) if query.years or query.relative else []
    if not wanted:
        wanted = [newest - 1, newest] if query.growth and query.operation in ("rank", "list", "compare", "value") else [newest]
        if query.operation != "coverage":
            case.noted.append(Caution("year_assumed", f"没有说年份，按收录的最新年度（{newest} 年）回答。"))
    elif len(wanted) == 1 and query.growth and (query.condition or query.operation in ("rank", "compare")):
        wanted = [wanted[0] - 1, wanted[0]]
    held, missing = listed.keep(("reports", asked, tuple(wanted)), lambda: _of_years(bodies, listed, wanted))
    case.missing = list(missing)
    case.among = f"{words}{'的' if words else ''}{_but(query.excluded)}{group.noun}"
    if not held:
        have = sorted(years)
        spoken = "、".join(map(str, wanted))
        text = f"收录的{case.among}都没有 {spoken} 年度的报告，无法回答。现在有：{'、'.join(f'{y} 年度' for y in have)}。"
        return Answer("no_report", text)
    case.reports = list(held)
    return None


def _but(excluded: Sequence[str]) -> str:
    """Who was left out as asked, before the word for the others: 除云岭省教育厅外的."""
    out = list(dict.fromkeys(excluded))
    return f"除{'、'.join(out[:3])}{f'等 {len(out)} 个机关' if len(out) > 3 else ''}外的" if out else ""


def _less_excluded(bodies: Sequence[Body], group: Group, query: Query, listed: Directory) -> tuple[Body, ...]:
    """The bodies of a group but those that a question leaves out: by name, or by the place that they lie in (除了松岚县，其他财政局)."""
    out = {*query.excluded}
    if group.kind not in ("any", "every", "government", "county", "city", "cities and counties"):
        for whole in (listed.bodies[a] for a in query.excluded if a in listed.bodies and listed.bodies[a].kind == "government"):
            inside = listed.within(whole.place)
            out |= {b.agency for b in inside if b.level == whole.level or group.kind in ("street", "town")}
    return tuple(b for b in bodies if b.agency not in out)


def _last_name(place: Place) -> str:
    return place.township or place.county or place.city or place.province


def _of_years(
    bodies: Sequence[Body], listed: Directory, wanted: Sequence[int]
) -> tuple[tuple[StoredReport, ...], tuple[tuple[str, int], ...]]:
    """The reports of some years, by year and body; and the bodies and years of which none is held."""
    held = listed.reports_of_years([b.agency for b in bodies], wanted)
    order = sorted(held, key=lambda r: (r.year, listed.position[r.agency]))
    return tuple(order), tuple(_not_held(bodies, held, wanted))


def _not_held(bodies: Sequence[Body], held: Sequence[StoredReport], years: Sequence[int]) -> list[tuple[str, int]]:
    """(agency, year) of the bodies whose report is not held, one entry for a body that went by two names."""
    there = {(r.lineage or r.agency, r.year) for r in held}
    found: dict[tuple[str, int], str] = {}
    for body in bodies:
        for year in years:
            if (body.lineage, year) not in there:
                found[body.lineage, year] = body.agency
    return [(agency, year) for (_, year), agency in found.items()]


def _governments(case: Case, unit: str) -> list[str]:
    """The governments that 全市, 全县 can mean: of the default body's place, or of any place of that unit."""
    bodies = directory(case.snapshot.reports).bodies
    level = {"省": "province", "市": "city"}.get(unit, "county")
    found = [b for b in bodies.values() if b.kind == "government" and b.level == level]
    if level == "county":
        found = [b for b in found if b.place.county.endswith(unit)]
    if (own := bodies.get(case.settings.agency or "")) is not None:
        found = [b for b in found if getattr(b.place, level) == getattr(own.place, level)] or found
    return [b.agency for b in found]


def _bureaus_of(query: Query, listed: Directory) -> list[str]:
    """The bureaus of a place of which 云溪市局 names one without saying which; none where the question does not name one so."""
    place = place_of_a_bureau(query.mention, query.text, listed)
    return [b.agency for b in listed.serving(place) if b.agency.endswith("局")]


def _called_now(case: Case, name: str) -> list[str]:
    """The names under which a body is held that the question calls by another of its names over time."""
    names = directory(case.snapshot.reports).names_of(lineage(name))
    if names:
        case.noted.append(Caution("renamed", f"“{tidy(name)[:40]}”与{'、'.join(names[:3])}是同一个机关先后的名称。"))
    return names


_YEARS_TOGETHER = re.compile(
    r"(?<![近前后头这那过去第\d续最一二三四五六七八九十])(?P<n>[两三四五六七八])年(?=(?:里|间|下来|来)?(?:一共|总共|合计|加起来|累计|总计)|[^,，。;；?？年比]{0,14}(?:平均|均值|中位数|总和|之和))"
)
_COUNTED_BACK = {"去年": 0, "前年": 1, "大前年": 2}


def _wanted_years(case: Case, held: Collection[int]) -> list[int]:
    """Years named, or counted back from the newest of those that are ``held``."""
    query = case.query
    newest = max(held)
    relative = query.relative or ""
    if ago := years_ago(relative):
        if query.operation == "compare":  # 2024年比三年前多几件; of no year that is named the newest is meant
            last = query.years[0] if len(query.years) == 1 else newest
            return [last - ago, last]
        if not query.years:
            _note_counted_back(case, relative, newest)
            return [newest - ago + 1]
    if relative == "前年和大前年":
        _note_counted_back(case, relative, newest)
        return [newest - 2, newest - 1]
    if relative == "至今":
        return [y for y in sorted(held) if y >= query.years[0]] or list(query.years)
    if query.years and relative in _COUNTED_BACK and not _same_year(query.text, relative):  # 2022年多少件，去年呢; 2022年到去年
        last = newest - _COUNTED_BACK[relative]
        if query.years == (last,) and re.search(rf"(?:比|较|[跟和与同])起?{relative}", query.text):
            return [last - 1, last]  # 2024年比去年多了一倍, where 2024 is the newest: than the year before it
        _note_counted_back(case, relative, newest)
        span = re.search(rf"\d\d年?度?(?:一直)?[到至]{relative}", query.text)
        return list(range(min(query.years), last + 1)) if span and min(query.years) < last else sorted({*query.years, last})
    between = bool(query.mention.named or query.group)  # bodies are compared, not years
    if len(query.years) == 1 and query.operation == "compare" and not between:
        return _against(case, query.years[0], newest)
    if len(query.years) == 1 and between and _moves_from(query):
        return sorted((query.years[0], newest if newest != query.years[0] else query.years[0] + 1))
    if query.years:
        return sorted(query.years)
    picks = query.condition or re.search(r"比|[多少大小高低]于|超过", query.text)
    before = bool(query.growth) and relative in ("上年", "上年度", "上一年", "上一年度", "去年", "前一年")  # than the year before each
    told = (
        query.subject_only and (query.asks_number or query.operation == "value") and re.search(r"哪[几些]个?年", query.text)
    )  # 哪几年写了收费，各多少钱
    if (
        (query.operation == "rank" or picks or told)
        and (not relative or before)
        and re.search(r"哪(?:一|几|些)?个?年|年份|(?<![近前第])[共有]几个?年", query.text)
    ):
        return sorted(held)
    if (
        query.operation == "compare"
        and not between
        and case.request.year is None
        and not re.search(r"近|过去|历年|每年|各年|各个年份|逐年|这.年|连续|连年|年年|年来", relative)
    ):
        return [newest - 1, newest]
    if re.fullmatch(r"最近的?那?一年|最[晚近]的?那?一?份", relative):
        return [newest]
    together = None if case.request.context or relative else _YEARS_TOGETHER.search(query.text)
    if together and len(held) > 1:  # 六年一共收了多少: the last six
        return list(range(newest - _small_number(together["n"]) + 1, newest + 1))
    spoken = re.search(r"近(.+?)年|这([^几])年|过去(.+?)年|连续(.+?)年|^(.)年来", relative)
    if spoken:
        count = _small_number(next(g for g in spoken.groups() if g))
        if spoken[4] and re.search(rf"{relative}(?:都|在|是|每年)*(?:{RISES}|{FALLS}|[增减])", query.text):
            count += 1  # 连续两年增长: from the year before them
        return list(range(newest - count + 1, newest + 1))
    if relative.startswith("最早"):
        return [min(held)]
    if relative in ("历年", "每年", "各年", "各个年份", "逐年", "连年", "年年", "这几年"):
        return [y for y in sorted(held) if y != query.without_year]
    if relative in ("今年", "本年", "本年度"):
        case.noted.append(Caution("relative_year", f"“{relative}”按收录的最新一份报告理解，即 {newest} 年度。"))
    steps = _COUNTED_BACK.get(relative, 0)
    before_it = case.request.context
    if relative in _COUNTED_BACK and before_it is not None and before_it.this_year:  # 今年几件, 去年呢
        case.noted.append(Caution("relative_year", f"前面的“今年”按 {newest} 年度理解，“{relative}”即 {newest - steps - 1} 年度。"))
        return [newest - steps - 1]
    if relative in ("去年", "上年", "上年度", "上一年", "上一年度", "前年", "大前年"):
        _note_counted_back(case, relative, newest)
    return [case.request.year or newest - steps] if not relative else [newest - steps]


def _note_counted_back(case: Case, relative: str, newest: int) -> None:
    case.noted.append(Caution("relative_year", f"“{relative}”从收录的最新一份报告（{newest} 年度）算起。"))


def _same_year(text: str, relative: str) -> bool:
    """Whether a year is said twice: 前年呢？就是2022年, 2024年（去年）."""
    year, is_it = r"(?:20)?\d\d", "[,，?？]?(?:就是|也就是|即|是)"
    return bool(
        re.search(
            rf"{relative}(?:呢|的)?(?:{is_it}|[(（]){year}|{year}年?(?:{is_it}{relative}|[(（](?:就是|也就是|即)?{relative}[)）])", text
        )
    )


def _moves_from(query: Query) -> bool:
    """Whether the one year named is that from which figures move: 哪些局的申请比2023年多. In 甲跟乙比2023年谁多 bodies are compared."""
    year, text = query.years[0], query.text
    moved = rf"(?:比|较|[跟和与同](?=[^,，]{{4,8}}比))起?(?:{year}|{year % 100})年?[^,，谁哪跟和]{{0,6}}?(?:是[谁哪])?[^,，谁哪]{{0,4}}?(?:{RISES}|增|{FALLS}|[多少高低])"
    return bool(re.search(moved, text)) and not re.search(rf"[跟和与同][^,，。]{{2,12}}比起?(?:{year}|{year % 100})年?", text)


def _against(case: Case, year: int, newest: int) -> list[int]:
    """The two years of a comparison that names one: 比2022年 against the year spoken of, 2023年比上年 against the one before."""
    text = case.query.text
    if re.search(
        rf"(?:比|跟|和|与|较|同|对比)(?:起)?(?:[一两二三四五六]年前的?)?(?:{year}|{year % 100}年|去年|前年)", text
    ) and not re.search(r"上年|上一年|同比", text):
        before = case.request.context.years if case.request.context else ()
        other = next((y for y in reversed(before) if y != year), None) or (newest if newest != year else year + 1)
        return sorted((year, other))
    context = case.request.context
    same = context and {*context.metrics} == {*case.query.metrics} and {*case.query.mention.agencies} <= {*context.agencies}
    spoken = context.years if context and same else ()
    if len(spoken) == 1 and spoken[0] != year and not re.search(r"上年|上一?年|前一?年|同比|去年|逐年", text):
        return sorted((year, spoken[0]))  # 2024年同一项呢，多了还是少了几件, after 2022 was told
    return [year - 1, year]


def _small_number(text: str) -> int:
    value = stated_number(text)
    return max(1, min(3 if value is None else int(value), 30))


def not_held(case: Case, name: str) -> Answer:
    """The agency is not held; never another one's figures instead. Those whose names are like it are offered."""
    held = directory(case.snapshot.reports)
    name = re.sub("哪一?[个家些]", "", tidy(name))[:40]
    near = held.like(name)
    if not held.names:
        return Answer("no_report", "现在还没有收录任何报告。")
    if near:
        shown = f"收录的机关里名称相近的是：{'、'.join(near)}。"
    else:
        shown = f"现在收录的是：{'、'.join(held.names[:5])}{f'等 {len(held.names)} 个机关' if len(held.names) > 5 else ''}。"
    question = _alone(case.query)
    years = "".join(f"{y}年" for y in case.query.years)
    choices = tuple(Choice(agency, f"{agency}{years}{question}", agency) for agency in (near or held.names[:5]))
    return Answer("no_report", f"没有收录“{name}”的报告，无法回答。{shown}", choices=choices)


def _alone(query: Query) -> str:
    """The question in words that stand alone: of a follow-up (的呢，有吗) those of what it goes on with."""
    if find_terms(query.matter) or query.matter != query.asked or len(query.asked) > 8:
        return query.matter
    known = [m for m in query.metrics if m in metrics()]
    return f"{full_label(known[0])}是多少" if known else "收到多少件信息公开申请"


def years_missing(case: Case, own: Sequence[StoredReport], missing: Sequence[int]) -> Answer:
    have = sorted({r.year for r in own})
    agency = own[0].agency if own else ""
    wanted = "、".join(str(y) for y in missing)
    text = f"没有收录{agency} {wanted} 年度的报告，无法回答。现在有：{'、'.join(f'{y} 年度' for y in have)}。"
    question = _alone(case.query)
    choices = tuple(Choice(f"{y}年", f"{y}年{question}", agency, y) for y in have[-5:][::-1])
    return Answer("no_report", text, choices=choices)


def _which_agency(case: Case, names: Sequence[str]) -> Answer:
    """The likely ones first: what the last answer was about, then the higher level, then whoever has the year asked for."""
    listed = directory(case.snapshot.reports)
    before = set(case.request.context.agencies) if case.request.context else set()
    own = case.request.agency or case.settings.agency  # on a body's own page those of its city are the likely ones
    places = [listed.bodies[a].place for a in (*before, own) if a in listed.bodies]
    one_each = list({listed.bodies[n].lineage: n for n in names if n in listed.bodies}.values())

    def order(name: str) -> tuple[object, ...]:
        body = listed.bodies[name]
        near = any(body.place.city and body.place.city == p.city for p in places)
        lacks = bool(case.query.years) and not set(case.query.years) & set(body.years)
        kind = ("government", "office").index(body.kind) if body.kind in ("government", "office") else 2
        return lacks, not near, LEVELS.index(body.level), kind

    ranked = sorted(one_each, key=order)
    case.candidates = tuple(ranked[:40])
    question = case.query.matter or case.request.question
    wanted = case.query.years
    if not wanted and case.query.relative in _COUNTED_BACK:  # 市府办前年的: whichever of them is meant, of that year
        wanted = case.told_years = tuple(_wanted_years(case, {r.year for r in listed.reports_of(ranked)}))
    years = "".join(f"{y}年" for y in wanted)
    choices = tuple(Choice(name, f"{name}{years}{question}", name) for name in ranked[:5])
    more = f"（共 {len(ranked)} 个，这里列出前 {len(choices)} 个）" if len(ranked) > len(choices) else ""
    which = f"可能是{'、'.join(ranked)}。" if 1 < len(ranked) <= 3 else ""
    return Answer("clarify", f"请问您问的是哪个机关？{more}{which}", choices=choices)
