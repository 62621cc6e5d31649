"""Steps over the forms' cells: value, list, sum, share, comparison, place; and asking back where words fit several cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.forms import LEGAL_PERSONS, applicants, concepts, forms, metrics, subjects
from corpus.textual import show_number, stated_number, tidy
from index.segment import STOPWORDS
from index.store import StoredReport
from service import compose
from service.affirmed import asks_whether_and_how_many
from service.case import Case, cut
from service.claims import alike, borne_out
from service.concepts import things_in
from service.contract import Answer, AnswerStatus, Caution, Choice, FigureOut, Operand, PassageOut
from service.directory import directory
from service.evidence import Value, full_label, percent_of, times_of
from service.leftover import GENERIC
from service.lexicon import TermHit, find_terms, mask
from service.narrative import asks_channels, find_passages
from service.operation import BOTH_ENDS, DEALT_WITH, HOW_ENDED, OF_TEXT, WHICH_REASON
from service.paraphrase import paraphraser
from service.query import OUTCOME_CLASSES, REQUEST_CHANNELS, WHOLES, Query
from service.relevance import telling
from service.remainder import WAYS_TO_COURT
from service.replacing import replace

# 有多少是关于拆迁的, 申请人来自哪个区: by what and by whence requests are not counted in the tables
_BY_MATTER = re.compile(r"(?:关于|涉及|有关|针对|反映)(?P<what>[\u4e00-\u9fff]{2,8}?)(?:问题|方面|事项)?的?(?:申请)?(?:有|是|占)?(?:多少|几|[?？]|$)|(?:多少|几)[件份个起宗]?(?:申请)?(?:是|都是)?(?:关于|涉及|有关|针对|反映)(?P<last>[\u4e00-\u9fff]{2,8}?)(?:问题|方面|事项)?的?(?:申请)?(?:呢|啊)?(?:[,，?？]|$)")
_BY_PLACE = re.compile("(?:申请人|申请的人|提申请的)[^,，。?？]{0,6}(?:来自|是)[^,，。?？]{0,3}(?:哪[里儿]|哪[个些一几]*(?:区|县|市|省|地方|街道))")
_OF_THE_WORK = re.compile("信息|公开|申请|复议|诉讼|行政|机关|单位|部门|年报|报告|秘密|隐私|过程|内部|执法|查询|第三方|案卷|掌握|补正")


def by_matter(case: Case) -> Answer | None:
    """Requests, reviews and suits by what they were about, or by where the askers live: told only where the text says it."""
    query = case.query
    if any(m != "requests.received" and not m.startswith(("review.", "litigation.")) for m in (*query.metrics, *query.weak)) or query.rows or query.blocks or query.results or case.several or not case.reports:
        return None
    lead = f"{case.reports[-1].agency}{case.reports[-1].year}年的报告"
    if _BY_PLACE.search(query.text):
        return Answer("not_reported", f"{lead}没有写申请人来自哪里；表格只按自然人和五类法人或其他组织分列申请。")
    match = _BY_MATTER.search(query.text)
    what = (match["what"] or match["last"] or "") if match is not None else ""
    if not what or not re.search("多少|几", query.text) or re.search("[去前今上]年|最|我们|他们|它|哪|什么|[啥咋谁几何]|多少", what) or _OF_THE_WORK.search(what) or find_terms(what):
        return None
    counted = re.search("申请|复议|诉讼|官司", query.text)
    if counted is None:
        return None
    if any(what[:2] in p.text for p in case.snapshot.passages([r.row for r in case.reports])):
        return None  # the text speaks of it
    return Answer("not_reported", f"{lead}没有写有多少{counted.group()}是关于“{what}”的；表格不按{counted.group()}的内容分列。没有写不等于没有。")


def no_such_part(case: Case) -> Answer | None:
    """A part that the form does not know, of several reports: not ranked, compared or added up by the whole."""
    query = case.query
    reckoned = query.operation in ("rank", "compare", "sum", "share") or query.growth or query.condition is not None
    if not query.qualifier or not reckoned or len(case.reports) < 2 or not (query.has_cells or query.weak or query.channels):
        return None
    return Answer("not_reported", f"报告的表格没有就“{query.qualifier}”单独列数，不能比较或相加。没有写不等于没有。")


def annual(case: Case) -> Answer | None:
    """Reports count by the year; a question about months cannot be answered from them."""
    of_a_day = re.search("哪一?天|哪个月|几月", case.query.text)
    if case.query.part_of_year and (case.query.has_cells or case.query.weak) and (case.query.asks_number or of_a_day):
        return Answer("not_reported", "年度报告按全年统计，没有按月、按季度或按日的数字。")
    if _FORECAST.search(case.query.asked) and not case.query.section:
        return Answer("not_reported", "年度报告只写已经发生的，不写以后会怎样，无法预测。")
    if _BY_HEAD.search(case.query.asked) and case.query.subject in (None, "requests.received") and not case.query.channels:
        return Answer("not_reported", "年度报告按申请的件数统计，一个人可以提几件申请；没有按人数的数字。")
    return None


_FORECAST = re.compile(
    r"(?:明年|后年|来年|今后|以后|未来)[^,，。]{0,6}(?:会不会|(?<!社)会|能|估计|预计)|会不会(?:接着|继续|再|还)?[涨降增减升]|预测|预估"
)
_BY_HEAD = re.compile(r"按人(?:数|头)|人头|申请(?:的)?人数|同一(?:个)?人[^,，。]{0,6}(?:算|可能)|(?:不是|不问|不要)件数")


def ambiguous(case: Case) -> Answer | None:
    """Parts of a metric without the rest: ask which one is meant."""
    query = case.query
    if query.has_cells or query.operation in ("find", "define", "coverage"):
        return None
    year = "".join(f"{y}年" for y in query.years)
    if query.results and not query.subject and query.results != ("total",):
        words = [_concept_label("result", r) for r in query.results]
        options = [f"行政复议{word}" for word in words] + [f"行政诉讼{word}" for word in words]
    elif (
        query.columns
        and (not query.subject or query.columns[0] in ("published_total", "newly_published") or _of_the_form(case))
        and not query.weak
        and query.columns != ("amount",)
    ):
        column = query.columns[0]
        edition = case.reports[0].edition if case.reports else "2021"
        form = forms().get(edition) or forms()["2021"]
        options = [f"{row.label}{c.label}" for clause in form.clauses for row in clause.rows for c in clause.columns if c.id == column]
    elif (
        query.bare_other
        and not query.applicants
        and not query.channels
        and (not query.subject or query.subject.startswith("requests"))
        and query.asks_number
    ):
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


def _of_the_form(case: Case) -> bool:
    """Whether 制发件数 can only be the form's column: the narrative counts no documents."""
    query = case.query
    if query.subject != "documents" or query.channels or OF_TEXT.search(query.text) or query.operation not in ("value", "list", "sum"):
        return False
    return not case.snapshot.quantities([r.row for r in case.reports[:1]], "documents")


def _concept_label(kind: str, concept: str) -> str:
    return next((c.terms[0] if kind == "result" else c.label) for c in concepts() if c.kind == kind and c.id == concept)


def _one_with_money(rows: Sequence[str]) -> bool:
    """Whether one of several rows has an amount, which is what the money is of: 处罚数和收费金额."""
    return len(rows) > 1 and any(f"{row}.amount" in metrics() for row in rows)


# One of the results named beside all of them: 几种结果分别列一下，连同没审完的
_ONE_MORE = re.compile(
    "(?:几|各|每一?|所有|全部)(?:种|类|个|项)?结果[^。?？]*(?<!不)(?:连同|包括|连着|连带|带上|加上|算上|(?:也|都)(?:要|算|带))"
)


def wanted_metrics(query: Query, edition: str) -> list[str]:
    """The metric ids that a query's rows, columns, blocks and results combine to, in a form of ``edition``."""
    wanted = list(query.metrics)
    form = forms().get(edition) or forms()["2021"]
    for row in query.rows:
        own = [c.id for clause in form.clauses for r in clause.rows if r.id == row for c in clause.columns]
        anywhere = {m.partition(".")[2] for m in metrics() if m.startswith(row + ".")}
        named = [c for c in query.columns if c in anywhere]
        if named == ["issued"] and own and "issued" not in own and query.operation == "exists":
            named = []  # 那年出过规章吗, of the form of 2019: of what it counts instead
        default = next((c.default for c in concepts() if c.kind == "row" and c.id == row), None)
        if len(query.rows) > 1 and set(named) & set(own):
            named = [c for c in named if c in own]  # 采购和收费那几格: each row's own columns
        elif query.unit == "money" and "amount" not in named and not ("amount" not in anywhere and _one_with_money(query.rows)):
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
        if query.bare_other:
            results = [*query.results, *(["other"] if "other" not in query.results else [])]
        if query.operation == "list" and (set(results) <= {"total"} or _ONE_MORE.search(query.text)):
            results = [r.id for r in form.results]
        if (
            len(results) > 1
            and "total" in results
            and query.operation != "list"
            and not re.search(r"总[数计量]?[和、与及跟]|[和、与及跟]总|总[数计量](?:结果)?(?:维持|纠正|其他|尚未|未审)", query.text)
        ):
            results.remove("total")
        wanted += [f"{block}.{r}" for r in results]
    if not wanted and (not query.subject_only or query.subject == "requests.carried"):
        weak = [w for w in query.weak if "." in w]
        rows = [w for w in query.weak if "." not in w]
        wanted += weak[:1] if set(weak) != {"requests.carried_in", "requests.carried_out"} else weak
        if rows and not weak:
            return wanted_metrics(replace(query, rows=tuple(rows), weak=()), edition)
    return list(dict.fromkeys(wanted))


# Subjects that the forms have no cell for: a word of handling or asking beside them (办了, 收到) names no metric.
_NARRATIVE_ALONE = frozenset(
    "handling_fee training press visits followers interpretation gazette letters motions weight responses".split()  # noqa: SIM905
)


def prefers_narrative(query: Query) -> bool:
    """Whether the question is about a number of the text rather than a cell."""
    if set(query.channels) & REQUEST_CHANNELS and not (query.rows or query.blocks):
        return True
    if query.subject and OF_TEXT.search(query.text) and not re.search(r"(?<!不要)(?<!不看)(?<!别看)(?<!不是)表", query.text):
        return True
    if query.applicants and "申请" in query.text and not query.channels and query.subject in ("letters", "published"):
        return False  # 接待的申请里个人的: the table's columns
    if query.subject in ("ontime", "days") or query.unit in ("days", "bodies") or asks_channels(query):
        return True
    if query.has_cells:
        strong = query.rows or query.blocks or any(m not in ("requests.received", "outcome.total") for m in query.metrics)
        return bool(query.channels and not strong) or bool(not strong and query.subject in _NARRATIVE_ALONE)
    return bool(query.channels) or query.subject not in (None, "requests.received", "requests.completed", "requests.carried")


def figures_step(case: Case) -> Answer | None:
    query = case.query
    if (
        query.operation == "find"
        and query.has_cells
        and len(case.reports) == 1
        and re.search(r"为什么|为何(?!数|值)|为啥|咋(?!样)|(?:什么|啥)原因|原因(?:是|在|何)|怎么会", query.text)
    ):
        return _unexplained(case, case.reports[0])
    if prefers_narrative(query) or query.operation == "find":
        return None
    if _of_more(case) and (spoken := find_passages(case)) is not None and spoken.status == "answered":
        return spoken
    if query.operation == "where" and (not (query.has_cells or query.weak) or re.search(r"[段句]", query.text)):
        return None
    report = case.reports[0]
    wanted = wanted_metrics(query, report.edition)
    if not wanted:
        return _by_applicant_alone(case, report)
    listed = set(wanted) & set(OUTCOME_CLASSES)
    if listed and "outcome.granted" not in listed and re.search(r"(?:^|[,，、:：;；\s])(?:予以)?公开的?(?=[、,，和])", query.matter):
        wanted.insert(0, "outcome.granted")  # 公开的、部分公开的、不公开的: the bare word stands for the first of them
    if wanted == ["requests.received"] and query.attributive and not query.qualifier and query.operation != "where":
        return _paraphrased(case, report)
    unknown = [m for m in wanted if m not in metrics()]
    if unknown or (query.unit in ("days",) and query.has_cells):
        return _no_such_column(case, report, [m for m in wanted if m in metrics()])
    if re.search(r"平均|人均", query.text) and query.residue and re.search("得分|评分|分数|分值|满意", query.text):
        return None  # 第三方评估平均得分: what the text says, perhaps
    if re.search(r"平均|人均", query.text):
        return Answer("not_reported", f"{report.agency}{report.year}年的报告没有写平均数。")
    if query.unit_only and not query.has_cells and not query.applicants and query.operation != "where":
        return _paraphrased(case, report) if _DOMAIN_VERB.search(query.matter) else None
    if (items := _itemised(query)) and query.operation in ("value", "list"):
        return told(case, report, [case.desk.value(report, metric, column) for metric, column in items])
    if query.operation == "list" and len(wanted) == 1 and metrics()[wanted[0]].parts and not query.qualifier:
        return _list(case, report, wanted)
    if query.qualifier or (query.residue and not query.has_cells and query.operation != "where" and not query.applicants):
        return _qualified(case, report, wanted)
    if len(set(wanted) & set(OUTCOME_CLASSES)) >= 3 and query.operation == "value":
        return _list(case, report, [m for m in wanted if m in OUTCOME_CLASSES])
    if (
        whole := _one_way(case, report, wanted)
        or _all_of(case, report, wanted)
        or _all_by(case, report, wanted)
        or _all_closed(case, report, wanted)
    ) is not None:
        return whole
    operation = {"share": _share, "sum": _sum, "list": _list, "rank": _rank, "where": _place}.get(query.operation)
    return (operation or _value)(case, report, wanted)


def _of_more(case: Case) -> bool:
    """Whether 有没有 is asked of more than the words that weakly name a figure: 申请人怎么知道办到哪一步，有没有提醒."""
    query = case.query
    if (
        query.has_cells
        or query.asks_number
        or query.operation not in ("exists", "where", "value")
        or query.condition
        or query.premise is not None
    ):
        return False
    hits = find_terms(query.matter)
    rest = mask(query.matter, [(h.start, h.end) for h in hits if not h.loose])
    return len("".join(telling(case, rest.replace("\n", "，")))) >= 4


def _all_by(case: Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """To a claim that one kind of applicants filed them, or all of them: 那一件是个人提的吗, 全是个人提的吗."""
    query, columns = case.query, ("natural", *LEGAL_PERSONS)
    people = [a for a in query.applicants if a != "total"]
    if len(wanted) > 1 and "outcome.total" in wanted and all(m.startswith("outcome.") for m in wanted):
        wanted = ["outcome.total"]  # 都是个人吗, after what became of the requests
    one = bool(_FILED_BY.search(query.text) and _CLAIMED.search(query.text)) and not re.search("半|成|%|百分", query.text)
    all_ = re.search(r"全(?:都)?是|都是|全部(?:都)?是|只有", query.text)
    if len(people) != 1 or len(wanted) != 1 or query.asks_number or not (one or all_):
        return None
    one = one and not all_
    if not metrics()[wanted[0]].by_applicant:
        return None
    part, whole = case.desk.value(report, wanted[0], people[0]), case.desk.value(report, wanted[0], "total")
    others = [v for a in columns if (v := case.desk.value(report, wanted[0], a)).value and a != people[0]] if one and not part.value else []
    given = told(case, report, [part, *others, whole])
    case.query = replace(query, applicants=())  # 前年有几件: of all of them
    case.frame = f"{report.agency}{report.year}年{full_label(wanted[0])}都是{applicants()[people[0]]}提的吗"
    if part.value is None or whole.value is None or not whole.value:
        return given
    if one:  # 就收了一件，是个人提的吧
        return replace(given, text=("是的。" if part.value == whole.value else "不全是。" if part.value else "不是。") + given.text)
    return replace(given, text=("是的。" if part.value == whole.value else "不是全部。") + given.text)


_FILED_BY = re.compile(r"(?:一|\d+)[件份个](?:申请)?[^?？]{0,10}(?<!不)是(?:由)?[^,，。?？几多]{1,6}(?:提交?|递|交|申请)的")
_ALL_CLOSED = re.compile("(?:^(?:那|这)?(?:一?年)?(?:的)?(?:申请)?|都|全都?|全部|统统)(?:已经?|给)?(?:(?:办(?:结|完|好)|处理完|答复完|答完)了?|(?:答复|回复|办|处理)(?:过|了))(?:吗|么|没有?|吧|[?？]|$|[,，](?:对|是|属实|真|没错))")


def _all_closed(case: Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """申请都办结了吗: what was closed beside what was carried over, which says so."""
    query, desk = case.query, case.desk
    of_requests = {*wanted} <= {"outcome.total", "requests.received", "requests.to_handle", "requests.carried_out"}
    column = query.applicants[0] if len(query.applicants) == 1 else "total"
    if not of_requests or len(query.applicants) > 1 or query.asks_number or not _ALL_CLOSED.search(query.text):
        return None
    closed, left = desk.value(report, "outcome.total", column), desk.value(report, "requests.carried_out", column)
    given = told(case, report, [closed, left])
    if closed.value is None or left.value is None:
        return given
    return _judged(given, "不是全部。" if left.value else "是的。")


def _judged(given: Answer, verdict: str) -> Answer:
    """``given``, opened by ``verdict`` in place of an opening of its own."""
    return replace(given, text=verdict + re.sub("^(?:有|没有|是的|不对)。", "", given.text))


def _one_way(case: Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """To a claim that all lawsuits came one way (只有未经复议的吗): both ways, and whether the other one had none."""
    query = case.query
    own = next((w for w in WAYS_TO_COURT if wanted == [f"{w}.total"]), None)
    if own is None or query.asks_number or not re.search("只有|只是|光有|全(?:都)?是|都是", query.text):
        return None
    other = next(w for w in WAYS_TO_COURT if w != own)
    given = told(case, report, [case.desk.value(report, f"{w}.total") for w in (own, other)])
    count = case.desk.value(report, f"{other}.total").value
    return given if count is None else _judged(given, "不是。" if count else "是的。")


def _all_of(case: Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """To a claim that all of them came out one way (复议全都维持了吧): the figure beside the whole, and the other results."""
    query, desk = case.query, case.desk
    if (
        len(wanted) != 1
        or len(query.applicants) > 1
        or re.search(r"全[^,，。?？]{1,10}的(?:呢|有|是|那|申请|[?？]|$)", query.text)  # 全给人家看了的呢: which of them, and no claim
        or not re.search(r"全都|全部|是不是都|(?:都|(?<![完安健])全)(?=维持|公开|予以|答复|办结|驳回|给|同意|被|纠正|打?赢|打?输|败诉|胜诉)|均", query.text)
    ):
        return None
    counted = query.asks_number and re.search("多少|几", query.text[query.text.rfind("，") + 1 :].rpartition(",")[2])  # 收了几份，全给了吗
    if query.operation not in ("exists", "value", "find") or counted or wanted[0].endswith(".total") or "." not in wanted[0]:
        return None
    block = wanted[0].rpartition(".")[0]
    base = f"{block}.total" if wanted[0].startswith(("review.", "litigation.")) else "outcome.total" if block == "outcome" else None
    if base is None:
        return None
    column = query.applicants[0] if query.applicants else None  # 公司提的都给了吗: of what companies filed
    if column is not None and not metrics()[base].by_applicant:
        return None
    part, whole = desk.value(report, wanted[0], column), desk.value(report, base, column)
    others = [desk.value(report, f"{block}.{r}") for r in ("corrected", "other", "pending")] if base != "outcome.total" else []
    given = told(case, report, [part, *others, whole])
    if part.value is None or whole.value is None:
        return given
    if not whole.value:
        return replace(given, text=f"没有这样的案件：{given.text}")
    return replace(given, text=("是的。" if part.value == whole.value else "不是全部。") + given.text)


def _itemised(query: Query) -> list[tuple[str, str]]:
    """自然人新收、商业企业新收、办理结果总计: what each item of a list names by itself, where several name an applicant and others none; else nothing."""
    items: list[tuple[str, str]] = []
    for part in re.split(r"[、,，;；:：]|以及|还有|和|与|及", query.asked):
        thing = things_in(part)
        named = [m for m in thing.metrics if m in metrics() and metrics()[m].by_applicant]
        if len(named) == 1 and len(thing.applicants) < 2 and not (thing.rows or thing.blocks):
            items.append((named[0], thing.applicants[0] if thing.applicants else "total"))
    people = {column for _, column in items}
    return items if len(people) > 2 and "total" in people and len({m for m, _ in items}) > 1 else []


def _unexplained(case: Case, report: StoredReport) -> Answer | None:
    """Why a figure is as it is: a report hardly ever says; then the figure is given, and that the reason is not."""
    spoken = find_passages(
        case, need=[re.sub(r"\s", "", full_label(m)).split("——")[-1][:4] for m in wanted_metrics(case.query, report.edition)[:1]]
    )
    if spoken is not None and spoken.status == "answered" and re.search(r"因为|由于|原因|鉴于", spoken.text):
        return spoken
    wanted = [m for m in wanted_metrics(case.query, report.edition) if m in metrics()]
    if not wanted:
        return None
    told_ = _value(case, report, wanted)
    return replace(told_, status="not_reported", text=told_.text + "报告没有写明原因。")


# 没给的有几件: a unit alone names no metric, but these words say that an outcome of some kind is meant.
_DOMAIN_VERB = re.compile(r"给|拒|批|退|撤|办|答|回|公开|处理|驳|告|判|输|赢|结|补|交|拖|剩|压|成功|失败|通过|同意|提供")


_MONEY_FOR = re.compile(
    r"(?:多少|几)(?:[万亿]?元|块钱|钱)?的?(?P<what>[\u4e00-\u9fff]{0,3}?(?:补助|补贴|补偿|奖金|工资|经费|贷款|资金|救助|抚恤|赔偿)[款金费]?)(?=$|[?？,，。呢啊呀吗])"
)


def _paraphrased(case: Case, report: StoredReport) -> Answer:
    """The question says which requests it means in words that no term knows: the nearest metrics as choices."""
    lead = f"{report.agency}{report.year}年的报告按固定的项目统计，没有"
    if spent := _MONEY_FOR.search(case.query.text):  # no row of the forms is near to what something costs
        return Answer("not_reported", f"{lead}“{spent['what']}”这一项。没有写不等于没有。")
    text = f"{lead}同样说法的一项；问的可能是下面的某一项，请选择。"
    if case.encoder is None:
        near = ["requests.received", "outcome.total", "requests.carried_out"]
    else:
        near = [i for i, _ in paraphraser(case.encoder, case.settings.cache_folder).nearest(case.query.matter, 5)]
    choices = []
    for concept in near:
        name = "本年新收的申请" if concept == "requests.received" else next(c.label for c in concepts() if c.id == concept)
        choices.append(Choice(name, f"{report.year}年{name}有几件？", report.agency, report.year))
    return Answer("clarify", text, choices=tuple(choices[:5]))


def _by_applicant_alone(case: Case, report: StoredReport) -> Answer | None:
    """Only an applicant is named: the requests that it made."""
    if not case.query.applicants or case.query.operation == "find":
        return None
    return {"share": _share, "sum": _sum, "rank": _rank}.get(case.query.operation, _value)(case, report, ["requests.received"])


def columns_of(query: Query, metric: str) -> list[str | None]:
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


def _value(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    if len(wanted) > 1:
        desk.load([report], wanted)
    values = [desk.value(report, metric, column) for metric in wanted for column in columns_of(query, metric)]
    if query.applicants and any(not metrics()[m].by_applicant for m in wanted):
        case.noted.append(Caution("no_applicants", "这一项在表中不按申请人分列，给出的是全部。"))
    return told(case, report, values)


_FILLED = re.compile(r"填(?:数|写)?了(?:数)?(?:没有?|吗|么)|填没填|(?:有没有|有无)填|是(?:不是)?空(?:着|白|的)(?:吗|么|[?？]|$)")
_NOT_SO = re.compile("(?:从来?|一直|都|并|又)?(?:(?<!有)没有?|未|不曾)(?:曾|有)?$")
_FILLED_AS = {"value": "填了。", "zero": "填了。", "computed": "", "blank": "没有填。", "na": "没有填数。", "text": "没有填数。"}


_COUNTED = r"(?P<n>\d[\d,]*|[零一两二三四五六七八九十百千]+)(?:件|起|个|条|份|场|次)"


def _behind(text: str, hit: TermHit) -> float | None:
    match = re.match(rf"(?:提?的)?(?:申请)?(?:是|为|有|了)?(?:{_COUNTED}|(?P<bare>\d[\d,]*)(?![\d年]))", text[hit.end :])
    return stated_number((match["n"] or match["bare"]).replace(",", "")) if match else None


def _ahead(text: str, hit: TermHit) -> float | None:
    match = re.search(rf"{_COUNTED}(?:是|的|被|都|为|了|给)*$", text[: hit.start])
    return stated_number(match["n"].replace(",", "")) if match else None


def _claimed_apiece(text: str, values: Sequence[Value]) -> str:
    """The opening of an answer to a claim of several cells (维持1、纠正2，对吗); "" where not each of them is claimed."""
    if not re.search("对吗|对吧|对不对|属实|是真的?吗|是吧|是不是|没错", text):
        return ""
    hits = [h for h in find_terms(text) if not h.weak]
    if len({v.applicant for v in values}) == len(values) > 1:
        hits = [h for h in hits if h.kind == "applicant"]  # 科研机构的申请2件、社会公益组织的1件
    if re.search("多少|几(?![乎十百千])", text):
        return ""
    # 维持10件、纠正1件 or 10件维持、1件纠正: all numbers behind their names, or all before
    for where in (_behind, _ahead):
        said = [
            [n for h in hits if h.id in (v.metric, v.applicant) or v.metric.endswith((f".{h.id}", f"{h.id}.total")) if (n := where(text, h)) is not None]
            for v in values
        ]
        if all(len(own) == 1 for own in said):
            break
    else:
        return ""
    claimed = [own[0] for own in said]
    if any(n != v.value for n, v in zip(claimed, values, strict=True)):
        return "不对。"
    others = [n for m in re.finditer(_COUNTED, text) if (n := stated_number(m["n"].replace(",", ""))) is not None and n not in claimed]
    return "" if any(n != sum(claimed) for n in others) else "是的。"  # 复议两件，一件维持一件纠正: nothing is said of a number not told


_AS_MANY = re.compile("有[^,，。?？]{0,6}[这那]么[多高]")
_THE_SAME_NUMBER = re.compile("(?:也|还)(?:是|有)?(?:同样)?[这那]个数字?(?:吗|么|吧|不|[?？])|[跟和与](?:这个|刚才|上面|它)?(?:的)?(?:数)?(?:是)?一样(?:多)?(?:吗|么|吧|不)|(?:也|还)是?(?:[这那]么多|一样多?)(?:吗|么|吧|不|[?？])")


def _as_many_as_told(case: Case, value: Value) -> tuple[str, tuple[FigureOut, ...]]:
    """Whether a figure is as large as, or (也是这个数吗) the same as, the one that was told last, of another year or body, with that one and how far they lie apart; "" where
    there is none to hold it against."""
    before = case.request.context
    own = (value.report.agency, str(value.report.year))
    cells = [c for c in (before.ledger if before else ()) if c[2] == value.metric and tuple(c[:2]) != own]
    cells = [c for c in cells if c[0] == own[0]] or cells
    held = directory(case.snapshot.reports).reports_of_years([cells[-1][0]], [int(cells[-1][1])]) if cells else []
    last = held[0] if held else None
    other = case.desk.value(last, value.metric, value.applicant) if last else None
    if other is None or other.value is None or value.value is None:
        return "", ()
    told = case.desk.figure_out(other)
    if not _AS_MANY.search(case.query.text):  # 前年也是这个数吗
        return ("是的，一样。" if value.value == other.value else f"不是，{other.report.year}年是 {told.printed} {other.unit}。"), (told,)
    if value.value >= other.value:
        return "有。", (told,)
    apart = compose.difference((told, case.desk.figure_out(value)), other.value, value.value)
    return f"没有这么多，少 {show_number(apart.value or 0)} {value.unit}（计算所得：{apart.formula}）。", (apart, told)


def told(case: Case, report: StoredReport, values: list[Value], lead: str = "") -> Answer:
    """Values as sentences, with the narrative sentences that state the same and a warning where they disagree."""
    desk, query = case.desk, case.query
    figures = tuple(desk.figure_out(v) for v in values)
    # 不止一个吧, 超过三件: what they put forward is no plain yes or no to the figure.
    filled = _FILLED.search(query.text) if len(values) == 1 else None
    plain = not filled and not re.search(r"不止|超过|多于|少于|以上|以下|不到|至少|不足|不满|大于|小于|更", query.text)
    bound = query.condition if query.premise is None or (query.condition and query.condition.value) else None
    if bound and bound.percent and any(v.unit != "%" for v in values):
        bound = None  # a share or growth, and no number of pieces, is what the bound is of
    if bound and len(values) == 1 and values[0].value is not None and (bound.value or bound.sign != "="):
        denied = _NOT_SO.search(query.text[: max(query.text.find(bound.words), 0)])  # 从没超过20件: that it is not so
        holds = bound.holds(values[0].value, values[0].unit) != bool(denied)
        lead = ("是的，" if holds else "不对，" if denied else f"{bound.denied}：") + lead
        plain = False
    claimed = (
        bound is not None
        and bound.sign == "="
        and not bound.value
        and re.search(r"是不是|是吗|对吗|对吧|对不对|属实|[吧吗么][?？]?$|听说|真的|(?<![几多少谁哪])[?？]$", query.text)
    )
    if claimed and len(values) == 1 and values[0].value is not None:
        lead = ("是的，" if not values[0].value else "不对，不是这样：") + lead
        plain = False
    asked = (
        query.operation == "exists"
        and plain
        and bool(re.search(r"有没|有无|是否|有.*[吗么没]|[过了][吗么没]|没.*吧|都没|[过了][^,，。?？]{0,12}吧|[过了][^,，。?？]{0,14}[,，](?:对吗|是真的?|真的|属实)|过[^,，。?？]{0,12}没有?[?？]?$", query.text))
    )
    asked = asked or (plain and query.premise is None and asks_whether_and_how_many(query.text))
    if len(values) == 1 and not lead and (_AS_MANY.search(query.text) or _THE_SAME_NUMBER.search(query.text)):
        asked = False
        lead, beside = _as_many_as_told(case, values[0])  # 它2023年有罚这么多吗
        figures += beside
    if len(values) == 1 and not lead and values[0].value is not None and _THAT_ONE_IS.search(query.text):
        lead, asked = ("是的。" if values[0].value else "不是。"), False
    if filled and values[0].state in _FILLED_AS:
        lead = _FILLED_AS["blank" if values[0].left_blank else values[0].state]  # 总计填了没有: of the cell, whatever its parts add up to
    if not lead and len(values) > 1:
        lead = _claimed_apiece(query.text, values)
    text = lead + compose.values(values, asked, query.premise if plain else None, query.premise_top, query.text)
    if asked and not lead and _DENIES.search(query.text):  # 没有一件被纠正，对吗: whether it is so, before what there is
        text = re.sub("^有。", "不对，有。", re.sub("^没有。", "是的，没有。", text))
    status: AnswerStatus = "answered" if any(v.value is not None for v in values) else "not_reported"
    passages = _same_in_text(case, report, values)
    shown_ = {v.printed for v in values if v.printed and len(v.printed) > 1}
    for passage in case.snapshot.passages([report.row], 0):
        if any(re.search(rf"(?<!\d)(?<!\d[,，]){re.escape(number)}(?!\d|[,，]\d)", passage.text) for number in shown_):
            case.noted.append(Caution("corrected_since", f"报告有更正说明：“{cut(passage.text, 160)}”"))
    if len(values) == 1 and values[0].state == "missing" and (stated := _stated(case, report, values[0])) is not None:
        shown = f"{stated.label} {stated.printed}"
        return Answer("answered", f"{text}报告的叙述里写的是：{shown}。", (stated, *figures), passages)
    # Both ways to court, as they are printed; one of them alone, where the other says nothing, would read as the sum.
    if status == "answered" and len(values) == 1 and values[0].metric.startswith("litigation.") and len(values[0].parts) == 2:
        text += f"其中{'、'.join(f'{compose.named(p)} {compose.said(p)}' for p in values[0].parts)}。"
        figures = (*figures, *(desk.figure_out(p) for p in values[0].parts))
    chart = compose.chart(values) if len(values) > 1 else None
    if len(values) == 2 and _unlike(values) and (verdict := alike(query.text, [v.value or 0 for v in values])):
        text = verdict + re.sub("^(?:有|没有)。", "", text)
    elif verdict := _as_much(query.text, values):
        text = verdict + text
    elif (exceeds := _more_than(query.text, values)) is not None:
        text = f"{'是的。' if exceeds else '不是。'}{text}"
    if (apart := _apart(query, values, figures)) is not None:
        more = "多" if values[0].value != values[1].value else "两者相同"
        best = max(values, key=lambda v: v.value or 0)
        text += f"{compose.named(best) if more == '多' else ''}{more}，相差 {show_number(apart.value or 0)} {apart.unit}（计算所得：{apart.formula}）。"
        figures = (*figures, apart)
    if (times := _times(query, values, figures)) is not None:
        text += (
            f"{compose.named(values[0])}是{compose.named(values[1])}的 {show_number(times.value or 0)} 倍（计算所得：{times.formula}）。"
        )
        figures = (*figures, times)
    return Answer(status, text, figures, passages, chart=chart)


# 那件是不是信访件: whether it is, and not how many there are
_THAT_ONE_IS = re.compile("(?:那|这|唯一的?)一?(?:[件份](?:申请)?|个申请)(?:是不是|是否|算不算|属不属于)(?!都|被|没)")
_DENIES = re.compile("(?<!有)没(?!错)(?!有?(?:审|结|办|判|打|处理)[完结掉])[^?？]{2,}(?:对吗|对吧|对不对|属实|是吗|是吧|真的[吗么]?)[?？]?$")
_CLAIMED = re.compile("是不是|是否|[对真]的?[吗么吧]|对不对|属实|站得住|说法|这话|没错|准不准|听说|[吗么吧]$|能成立|成立[吗么]?$")
_MORE_THAN = re.compile(
    "(?P<joint>多于|高于|大于|超过|(?P<less>少于|低于|小于|不如|不及|不比|没有?(?=[^,，。]{1,10}(?:多|高))))|比(?=[^,，。]{1,14}?(?:要|还|都|来得)?(?:[多高大]|(?P<few>[少低小])))"
)


def _unlike(values: Sequence[Value]) -> bool:
    """Whether two values, both of them numbers, are of different things and count alike."""
    first, second = values
    both = first.value is not None and second.value is not None and first.unit == second.unit
    return both and (first.metric, first.applicant) != (second.metric, second.applicant)


def _as_much(text: str, values: Sequence[Value]) -> str:
    """What becomes of a claim that one of two figures is so many times, or half, the other: 许可超过处罚的三倍; "" where none is made."""
    numbers = [v.value for v in values]
    if len(numbers) != 2 or None in numbers or values[0].unit != values[1].unit or not re.search("倍|一半", text):
        return ""
    if re.search("(?:几|多少)倍|同比|比上年|去年|上一?年", text):
        return ""
    first, second = numbers
    return borne_out(text, second or 0, first or 0)


def _more_than(text: str, values: Sequence[Value]) -> bool | None:
    """Whether the first of two figures of one report is larger or smaller than the other, as a question claims: 企业申请比个人多，对吗; None where it claims none."""
    text = text.rstrip('?？。”" ')
    match = _MORE_THAN.search(text)
    if (
        match is None
        or len(values) != 2
        or not _CLAIMED.search(text)
        or re.search("多少|[多少高低]几|几[件个倍]|谁|哪|为什么|为啥|为何|原因", text)
    ):
        return None
    hits = [h for h in find_terms(text) if not h.weak]

    def named(value: Value, before: bool) -> bool:
        ids = {value.metric, value.applicant, *metrics()[value.metric].parts} if value.metric in metrics() else {value.metric}
        own = [h for h in hits if (h.end <= match.start()) == before]
        # 废止得比制发的多: the columns of one row
        return any(
            h.id in ids or value.metric.startswith(f"{h.id}.") or (h.kind == "column" and value.metric.endswith(f".{h.id}")) for h in own
        )

    first, second = values
    if named(second, True) and named(first, False) and not (named(first, True) and named(second, False)):
        first, second = second, first
    elif not (named(first, True) and named(second, False)):
        return None
    if first.value is None or second.value is None or first.unit != second.unit:
        return None
    return first.value < second.value if match["less"] or match["few"] else first.value > second.value


def _apart(query: Query, values: Sequence[Value], figures: Sequence[FigureOut]) -> FigureOut | None:
    """How far two figures of one report lie apart, where that is asked: 企业比个人少几件."""
    asked = re.search(r"[多少差高低大小](?:了|出)?(?:多少|几)|相差|差额|差距|谁[多少]|哪[个类种项]更?[多少]", query.text)
    first, second = (v.value for v in values) if len(values) == 2 else (None, None)
    if not asked or first is None or second is None or values[0].unit != values[1].unit or values[0].report != values[1].report:
        return None
    return compose.difference(figures, max(first, second), min(first, second))


def _times(query: Query, values: Sequence[Value], figures: Sequence[FigureOut]) -> FigureOut | None:
    """How many times as much the figure named first is as the second of the same report: 行政许可是行政处罚的几倍."""
    first, second = (v.value for v in values) if len(values) == 2 else (None, None)
    if not re.search("(?:几|多少)倍", query.text) or first is None or not second or values[0].unit != values[1].unit:
        return None
    times, formula = times_of(first, second)
    return replace(compose.difference(figures, first, second), metric="times", label="倍数", value=times, unit="倍", formula=formula)


def _stated(case: Case, report: StoredReport, value: Value) -> FigureOut | None:
    """The one number that the narrative states for a metric whose table is not there."""
    subject = next((s.id for s in subjects() if s.metric == value.metric), None)
    if subject is None or value.applicant not in (None, "total"):
        return None
    found = [
        q for _, q in case.snapshot.quantities([report.row], subject)
        if not q.channel and q.period == "year" and q.section == 1 and not q.approximate
    ]  # fmt: skip
    return case.desk.quantity_out(report, found[0]) if len({q.value for q in found}) == 1 else None


def _same_in_text(case: Case, report: StoredReport, values: Sequence[Value]) -> tuple[PassageOut, ...]:
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


def _no_such_column(case: Case, report: StoredReport, nearest: list[str]) -> Answer:
    names = "、".join(
        dict.fromkeys(
            m.label for r in case.query.rows for m in metrics().values() if m.id.startswith(r + ".") and report.edition in m.editions
        )
    )
    if not names:
        names = "、".join(dict.fromkeys(full_label(m) for m in nearest))
    extra = f"表中与此有关的项目是：{names}。" if names else ""
    return Answer("not_reported", f"{report.agency}{report.year}年的报告没有这样的数字。{extra}")


def _qualified(case: Case, report: StoredReport, wanted: list[str]) -> Answer | None:
    """The question restricts a metric by something that the form does not know."""
    word = case.query.qualifier or case.query.residue[-1]
    labels = "、".join(full_label(m) for m in wanted[:2] if m in metrics())
    spoken = find_passages(case, need=[word])
    text = f"{report.agency}{report.year}年的报告没有就“{word}”单独列出“{labels}”的数字。"
    if spoken and spoken.status == "answered":
        return replace(spoken, status="not_reported", text=text + "报告里提到它的地方见下面的引文。", figures=())
    return Answer("not_reported", text)


def _share(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    if wanted and wanted[0].startswith("rate."):
        columns = query.applicants or ("total",)
        return told(case, report, [desk.value(report, m, c) for m in wanted for c in columns])
    column = query.applicants[0] if len(query.applicants) == 1 else "total"
    rows = len(wanted) > 1 and not query.base and all(m.startswith("outcome.") and m != "outcome.total" for m in wanted)
    if rows and re.search("(?:各自?|分别)的?占", query.text):  # 各占多少: of all results
        whole = desk.value(report, "outcome.total", column)
        pairs = [(desk.value(report, m, column), whole) for m in wanted]
    else:
        pairs = share_pairs(case, report, wanted)
    two = [m for m in wanted if m in metrics()]
    if not pairs and len(two) == 2 and re.search("相当于|是.{2,16}的(?:百分|几成)", query.text):
        order = [h.id for h in find_terms(query.text) if h.kind in ("row", "metric") and not h.weak]
        two.sort(key=lambda m: next((at for at, i in enumerate(order) if m == i or m.startswith(i + ".")), len(order)))
        pairs = [(desk.value(report, two[0]), desk.value(report, two[1]))]  # 处罚相当于许可的百分之几
    if not pairs and not re.search(r"占|比|率|成|百分", query.text):
        return _value(case, report, wanted)  # carried over from a question that did ask for a share
    if not pairs:
        return Answer("not_reported", f"“{full_label(wanted[0])}”没有可以作分母的合计，算不出占比。")
    if len(query.applicants) > 1 and re.search(r"合|加|一共|总共", query.text):
        parts = [top for top, _ in pairs]
        pairs = [(desk.add(report, parts), pairs[0][1])]
    values = [share_of(case, top, base) for top, base in pairs]
    bound = query.condition
    if bound and bound.percent and len(values) == 1 and values[0].value is not None:  # 超过一半吗
        return Answer(
            "answered",
            compose.on_share(bound, values[0].value) + compose.shares(values),
            (share_out(case, values[0]), *(desk.figure_out(v) for v in pairs[0] if v.value is not None)),
        )
    figures = tuple(share_out(case, v) for v in values)
    status: AnswerStatus = "answered" if any(v.value is not None for v in values) else "not_reported"
    if len(pairs) == 1 and re.search(r"(?:几|多少)[件起宗条][^,，]{0,3}[,，]", query.text):  # …有几件，占多少: both
        count = told(case, report, [pairs[0][0]])
        return Answer(status, count.text + compose.shares(values), (*count.figures, *figures))
    if len(pairs) == 1:
        figures = (*figures, *(desk.figure_out(v) for v in pairs[0] if v.figure is not None and v.value is not None))  # as they are printed
    return Answer(status, compose.shares(values), figures)


def share_pairs(case: Case, report: StoredReport, wanted: Sequence[str]) -> list[tuple[Value, Value]]:
    """What a question about a share divides by what, in one report; none where nothing is a natural whole."""
    query, desk = case.query, case.desk
    pairs: list[tuple[Value, Value]] = []
    if query.base:
        columns = query.applicants or ("total",)
        parts = [desk.value(report, m, column) for m in wanted for column in columns]
        if len(parts) > 1 and len(columns) == 1 and _asks_parts(query):
            return [(part, desk.value(report, query.base, columns[0])) for part in parts]  # 三条各占这一类的多少
        pairs.append((desk.add(report, parts), desk.value(report, query.base, columns[0] if len(columns) == 1 else "total")))
    elif query.shares and set(query.shares) <= set(metrics()):
        part, whole = query.shares
        column = query.applicants[0] if query.applicants else "total"
        beside = _in_one_breath(query, wanted)
        if len(beside) > 1 and part in beside and whole not in beside:  # 信访投诉和重新出具两类占不予处理的百分之几
            parts, over = [desk.value(report, m, column) for m in beside], desk.value(report, whole, column)
            return [(p, over) for p in parts] if _asks_parts(query) else [(desk.add(report, parts), over)]
        pairs.append((desk.value(report, part, column), desk.value(report, whole, column)))
    elif (part_of := _row_of_sum(query, wanted)) is not None:
        pairs.append((desk.value(report, part_of), desk.add(report, [desk.value(report, m) for m in wanted])))
    else:
        for metric in (m for m in wanted if m in metrics()):
            if metrics()[metric].by_applicant and query.applicants:
                people = [a for a in query.applicants if a != "total"] or list(query.applicants)
                inner = [a for a in people if a in LEGAL_PERSONS]
                if len(people) == 2 and "legal_persons" in people and len(inner) == 1:  # 法人或其他组织里企业占多少
                    pairs.append((desk.value(report, metric, inner[0]), desk.value(report, metric, "legal_persons")))
                    continue
                pairs += [(desk.value(report, metric, a), desk.value(report, metric, "total")) for a in people]
            elif query.operation == "share" and len(wanted) == 1 and metrics()[metric].parts and _asks_parts(query):
                pairs += [(desk.value(report, p), desk.value(report, metric)) for p in metrics()[metric].parts]
            else:
                base = natural_base(metric)
                if base is None:
                    continue
                pairs.append((desk.value(report, metric), desk.value(report, base)))
    return pairs


def _in_one_breath(query: Query, wanted: Sequence[str]) -> list[str]:
    """The metrics that a question names one right behind the other, with nothing but 和 between them; empty where anything else stands there."""
    if re.search("除|不算|不含|以外|之外", query.text):
        return []
    hits = sorted((h for h in find_terms(query.text) if h.id in wanted and not h.weak), key=lambda h: h.start)
    found: list[str] = []
    for at, hit in enumerate(hits):
        if at and not re.fullmatch("[和与跟及、]|以及|还有|再?加上?|连同", query.text[hits[at - 1].end : hit.start]):
            break
        found.append(hit.id)
    return list(dict.fromkeys(found))


def _row_of_sum(query: Query, wanted: Sequence[str]) -> str | None:
    """许可和处罚加起来，处罚占多少: the one of several rows that is asked for as a part of what they add up to."""
    share = re.search("占(?!用|地)", query.asked)
    if share is None or len(query.rows) < 2 or len(wanted) != len(query.rows) or query.base:
        return None
    before = query.asked[: share.start()]
    added = re.search("加|合|一起|之和", before)
    named = [
        h.id
        for h in sorted(find_terms(before), key=lambda h: h.start)
        if h.kind == "row" and h.start > (added.end() if added else len(before))
    ]
    own = [m for m in wanted if named and m.partition(".")[0] == named[-1]]
    return own[0] if len(own) == 1 else None


def share_of(case: Case, top: Value, base: Value) -> Value:
    share = replace(case.desk.ratio("share", top, base), metric="share", applicant=top.applicant)
    if top.metric == "sum" and share.formula and "＋" in (top.formula or ""):  # what was added up, before what it is over
        share = replace(share, formula=f"{top.formula}；{share.formula}")
    return share


def share_out(case: Case, share: Value) -> FigureOut:
    return replace(case.desk.figure_out(share), label=compose.share_label(share), metric=_rate_of(share))


def _rate_of(share: Value) -> str:
    """The rate that a share is by another name (不予公开占办理结果总计 is 不予公开率), else ``share``."""
    top, base = share.parts
    numerator = tuple(v.metric for v in top.parts) if top.metric == "sum" else (top.metric,)
    named = (m.id for m in metrics().values() if m.kind == "rate" and m.parts == numerator and m.base == (base.metric,))
    return next(named, "share") if top.applicant in (None, "total") else "share"


def _asks_parts(query: Query) -> bool:
    """Whether each part of a class is asked for; of two bodies or years 分别 is said of these."""
    several = len(query.mention.named) > 1 or len(query.years) > 1 or query.group is not None
    return bool(re.search(r"[项类种条]分别|各[项类种条个]|每一?[项类种条个]" if several else r"分别|各|每", query.text))


def asked_for(case: Case, figures: Sequence[FigureOut]) -> list[FigureOut]:
    """The figures of an answer less the printed ones that stand behind them as proof: the parts of a sum, what a share was worked out of."""
    first = figures[0].metric if figures else ""
    parts = set(metrics()[first].parts) if first in metrics() else set()
    if parts and {f.metric for f in figures[1:]} == parts:
        named = {m for r in case.reports[:1] for m in wanted_metrics(case.query, r.edition)}
        return list(figures) if parts <= named else list(figures[:1])
    found: list[FigureOut] = []
    cited: set[int | None] = set()
    for figure in figures:
        if figure.metric not in metrics() or figure.citation not in cited:
            found.append(figure)
        if figure.metric == "share":
            cited |= {o.citation for o in figure.operands}
    return found


def natural_base(metric: str) -> str | None:
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


def _sum(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    query, desk = case.query, case.desk
    whole = next((m.id for m in metrics().values() if m.kind == "sum" and m.parts and set(m.parts) == set(wanted)), None)
    if whole:  # the sum asked for has a name of its own
        wanted = [whole]
    parts = {p for m in wanted if m in metrics() for p in metrics()[m].parts}
    wanted = [m for m in wanted if m not in parts]  # what a sum among them holds already is not added once more
    columns = {metric: columns_of(query, metric) for metric in wanted}
    values = [
        desk.value(report, metric, column)
        for metric, own in columns.items()
        for column in own
        if column == "total" or "total" not in own  # nor a column that the total holds
    ]
    plainly = query.together or re.search(r"加|相加|总和|之和|合起来|合在一起", query.text)
    if len(wanted) == 1 and metrics().get(wanted[0]) and metrics()[wanted[0]].parts and re.search("小?项|类|原因|情形|理由", query.text):
        return told(case, report, values)  # 下面三个小项加总: what they add up to
    if len(values) < 2 and not whole and plainly and re.search(r"[两三四几]样|[两三四几]个|俩|都", query.text):
        return Answer("clarify", "请说明要把哪几项加起来，例如“不予公开和不予处理加起来多少”。")
    kinds = {m.partition(".")[0] if m.startswith(("requests.", "outcome.")) else m.rpartition(".")[2] for m in wanted}
    mixed = len(wanted) > 1 and (len(query.applicants) > 1 or len(kinds) > 1 or "outcome.total" in wanted)
    if len(values) < 2 or (mixed and not plainly):
        return told(case, report, values)
    total = desk.add(report, values)
    total = replace(total, unit=total.unit or values[0].unit)
    label = "＋".join(compose.named(v) for v in values)
    figure = replace(desk.figure_out(total), label=label, metric="sum")
    status: AnswerStatus = "answered" if total.value is not None else "not_reported"
    # A part that is itself a sum is told with its own formula.
    others = tuple(desk.figure_out(v) for v in values if total.value is None or v.state == "computed" or "呢" in query.text)
    return Answer(status, compose.total(total, values), (figure, *others))


_HANDLED = re.compile(
    r"(?:怎么|咋|如何|怎样)(?:个)?(?:处理|办理|答复|办结|处置|回复|了结)(?:人家|他们|对方|申请人)?的|(?:处理|办理|答复)结果[^,，。]{0,6}(?:哪几?[项类种]|落在)|卡在哪"
    r"|最后(?:都|是|又)?(?:怎么|咋)(?:个)?(?:办|弄|搞)的|每一?[类种项]的?(?:办理|处理|答复)?结果"
)
_DEALT_WITH = re.compile(f"{DEALT_WITH}|{HOW_ENDED}")


def how_handled(case: Case) -> Answer | None:
    """那件申请最后怎么处理的: every outcome of one report that was not zero, and their total."""
    query = case.query
    plain = {*query.metrics} <= {"requests.received", "outcome.total", "outcome.granted", "outcome.refused"} and not (
        query.rows or query.blocks
    )
    asked = (query.metrics or "requests.received" in query.weak) and not query.residue and query.operation != "define"
    how = _HANDLED.search(query.text) or ("outcome.refused" not in query.metrics and _DEALT_WITH.search(query.text))
    if len(case.reports) != 1 or case.several or not (plain and asked and how):
        return None
    report = case.reports[0]
    form = forms().get(report.edition)
    rows = [r.metric for r in form.requests if r.metric.startswith("outcome.") and r.metric != "outcome.total"] if form else []
    column = query.applicants[0] if query.applicants else "total"
    values = [case.desk.value(report, metric, column) for metric in (*rows, "outcome.total")]
    told_ = [v for v in values if v.value is None or v.value]
    if not rows or not told_:
        return None
    filled = [v for v in values[:-1] if v.value]
    unfilled = bool(filled) and any(v.value is None for v in values[:-1])
    if unfilled:
        told_ = [*filled, values[-1]]
    if len(told_) > 13 and not re.search("列|分别|逐[项条一]|明细|摆出", query.text):  # most of the table: its classes say more
        told_ = [case.desk.value(report, metric, column) for metric in (*OUTCOME_CLASSES, "outcome.total")]
    counted = "requests.received" in (*query.metrics, *query.weak) and re.search("是不是|[吗么][?？]|几件|多少件", query.text)
    before = ("requests.received",) if counted else ()
    case.query = replace(query, operation="list", metrics=(*before, "outcome.total"), premise=None)
    people = applicants()[column] if column != "total" else ""
    case.frame = f"{report.agency}{report.year}年{people}申请最后怎么处理的"
    given = told(case, report, [*(case.desk.value(report, m, column) for m in before), *told_])
    return replace(given, text=f"{given.text}其余各项没有填数。") if unfilled else given


# 逐条列，零的不用; 完整分布: each class with those of its rows that hold a number above zero
_IN_FULL = re.compile("有数的|零的(?:就|都)?(?:不|别)|完整|全列|列全|逐[条项]|明细|细项|小项")


def _rows_in_full(case: Case, report: StoredReport) -> list[Value]:
    values = []
    for metric in (*OUTCOME_CLASSES, "outcome.total"):
        values.append(case.desk.value(report, metric, "total"))
        values += [
            v for part in metrics()[metric].parts if metric != "outcome.total" and (v := case.desk.value(report, part, "total")).value
        ]
    return values


def _list(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    """The parts of what was asked for: columns of applicants, rows of a group, results of a block."""
    query, desk = case.query, case.desk
    whole = re.search(r"一共|总共|合计|共有?(?:多少|几)", query.text) and not re.search(r"各|分别|每|列|明细", query.text)
    if whole and len(wanted) > 1 and not query.applicants and len({m.rpartition(".")[0] for m in wanted}) == 1 and wanted[0].count(".") > 1:
        return _sum(case, report, wanted)  # 下面三小项一共几件
    values: list[Value] = []
    by_person = len(wanted) == 1 and re.search(r"申请人|谁|各类人|什么人|啥人|哪些人|人群|主体|身份", query.text)
    if len(set(wanted) & set(OUTCOME_CLASSES)) >= 3:
        wanted = [*OUTCOME_CLASSES, "outcome.total"]
    if wanted in (["outcome.total"], [*OUTCOME_CLASSES, "outcome.total"]) and _IN_FULL.search(query.text) and not query.applicants:
        return told(case, report, _rows_in_full(case, report))
    for metric in wanted:
        info = metrics()[metric]
        if info.by_applicant and len(query.applicants) > 1:
            if "legal_persons" in query.applicants and re.search(r"拆|五[种类列个]|各|每", query.text):
                query = replace(query, applicants=("natural", *LEGAL_PERSONS))
            values += [desk.value(report, metric, a) for a in query.applicants]
        elif "legal_persons" in query.applicants and info.by_applicant and re.search(r"一?共(?:多少|几|有)|合计|总共", query.text):
            values.append(desk.value(report, metric, "legal_persons"))
        elif "legal_persons" in query.applicants and info.by_applicant:
            values += [desk.value(report, metric, a) for a in LEGAL_PERSONS]
        elif info.by_applicant and not query.applicants and (by_person or (metric.startswith("requests.") and len(wanted) == 1)):
            values += [desk.value(report, metric, a) for a in ("natural", *LEGAL_PERSONS, "total")]
        elif metric == "outcome.total" and len(wanted) == 1:
            column = query.applicants[0] if query.applicants else "total"
            values += [desk.value(report, m, column) for m in (*OUTCOME_CLASSES, "outcome.total")]
        elif metric == "outcome.refused" and len(wanted) == 1 and (other := _not_granted_otherwise(case, report)) is not None:
            return other
        elif info.parts and len(wanted) == 1 and (info.kind == "sum" or desk.value(report, metric).figure is None):
            chosen = query.applicants[0] if query.applicants else None
            values += [desk.value(report, p, chosen) for p in info.parts]
            values.append(desk.value(report, metric, chosen))
        else:
            values += [desk.value(report, metric, c) for c in columns_of(query, metric)]
    return told(case, report, values)


def _not_granted_otherwise(case: Case, report: StoredReport) -> Answer | None:
    """没给的都是什么理由, where nothing was refused: what else kept requests from being granted; None where some were refused, or it is unknown."""
    column = case.query.applicants[0] if case.query.applicants else "total"
    refused = case.desk.value(report, "outcome.refused", column)
    rows = [
        p for m in ("outcome.unavailable", "outcome.unprocessed", "outcome.other") if m in metrics() for p in metrics()[m].parts or (m,)
    ]
    others = [v for m in rows if (v := case.desk.value(report, m, column)).value]
    if refused.value != 0 or not others or not re.search(WHICH_REASON, case.query.text):
        return None
    given = told(case, report, [refused, *others])
    return replace(given, text=f"没有不予公开的，另有没能公开的：{given.text}")


def _rank(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    """Within one report: which applicant, which result, is the most or the least."""
    if re.search(
        r"哪[一个些几]{0,2}(?:街道|乡镇|镇|区县|区|县|市|单位|机关|部门|局)|(?:镇|街道|局|单位|部门)(?:里|中|当中|之中)(?:头|面)?",
        case.query.text,
    ):
        given = _value(case, report, wanted)
        return replace(given, text=f"这里只有{report.agency}的报告，不能在机关之间排名。{given.text}")
    if any(m.startswith("rate.") for m in wanted):
        return _value(case, report, wanted)  # 最低的呢, after one body's rate: it is no part of what it is worked out of
    # 申请最多的是自然人吗: among all of them, and whether it is so
    claimed = case.query.applicants[0] if len(case.query.applicants) == 1 and _MOST_IS.search(case.query.text) else ""
    if claimed:
        case.query = replace(case.query, applicants=())
    listed = _list(case.asking("list"), report, wanted)
    if 2 < len(wanted) < len(OUTCOME_CLASSES) and {*wanted} < {*OUTCOME_CLASSES}:  # 不予公开、不予处理、无法提供哪个最多: of those alone
        column = case.query.applicants[0] if case.query.applicants else "total"
        listed = told(case.asking("list"), report, [case.desk.value(report, m, column) for m in wanted])
    people = {f.applicant for f in listed.figures} - {None, "total"}
    candidates = [
        f
        for f in listed.figures
        if f.value is not None
        and f.metric != "difference"  # how far the others lie apart is none of them
        and (f.applicant != "total" or not people)
        and not f.metric.endswith(".total")
        and not any(o.metric.startswith(f.metric + ".") for o in listed.figures)
        and not (f.metric in _SUMS and len(listed.figures) > 2)
    ]
    if len(candidates) < 2:
        return listed
    if len(wanted) == 2 == len(listed.figures) and re.search(r"[多少差高低大小](?:了|出)?(?:几|多少)|相差|差额", case.query.text):
        return listed  # 哪个大，大多少: their difference is told
    if (apart := _rows_apart(case, report, candidates, listed)) is not None:
        return apart
    least = bool(re.search(r"最少|最低|倒数|更少", case.query.text))
    pick: Callable[..., float] = min if least else max
    best = pick(f.value or 0 for f in candidates)
    word = "最少" if least else "最多"
    if (nth := _NTH_ROW.search(case.query.text)) is not None:  # 第二多的那类
        values = sorted((f.value or 0 for f in candidates), reverse=not (least or nth["way"] in ("少", "小", "低")))
        place = int(stated_number(nth["n"]) or 1)
        if place > len(values):
            return listed
        best, word = values[place - 1], f"排第 {place} "
    top = [f for f in candidates if f.value == best]
    names = "、".join(compose.figure_name(f) for f in top[:4])
    listed = replace(listed, figures=(*top, *(f for f in listed.figures if f not in top)))
    if len(top) == 1 and len(wanted) == 1 and re.search(r"百分|占比|比例|占.{0,8}(?:多少|几)", case.query.text):
        of = [h.id for h in find_terms(case.query.text.rpartition("占")[2]) if h.id in WHOLES]  # 占全部办理结果: of more than the rows ranked
        part, whole = case.desk.value(report, top[0].metric, top[0].applicant), case.desk.value(report, of[0] if of else wanted[0], "total")
        share = share_of(case, part, whole)
        if share.value is not None:
            listed = replace(listed, figures=(*listed.figures, share_out(case, share)), text=compose.shares([share]) + listed.text)
    verdict = ("是的，" if any(f.applicant == claimed for f in top) else "不是，") if claimed else ""
    return replace(listed, text=f"{verdict}{word}的是{names}，{show_number(best)} {top[0].unit}。" + listed.text)


_NTH_ROW = re.compile(
    "第(?P<n>[二三四五六])(?:名|位|(?P<way>[多少高低大小]))?的?(?:[那这]?一?[类种项条](?!年)|(?:又|就)?是?(?:哪|什么|啥)(?!年|一年))"
)
_MOST_IS = re.compile("最[多少]的?(?:申请人|一类)?(?:就|应该|肯定|会)?(?:不?是)(?!谁|哪|什么|啥)|(?:是不是|是否)最[多少]")
_FIRST_FEW = re.compile("前(?P<n>[两三四五])[^占。]{0,14}占")


def _rows_apart(case: Case, report: StoredReport, rows: Sequence[FigureOut], listed: Answer) -> Answer | None:
    """How far the largest and the smallest of the rows lie apart, or what the largest few make up of all; None where that is not asked for."""
    text = case.query.text
    lead, order = f"{report.agency}{report.year}年", sorted(rows, key=lambda f: -(f.value or 0))
    rest = [f for f in listed.figures if f not in order]
    if len({f.unit for f in rows}) != 1 or len(rows) < 3:
        return None
    if BOTH_ENDS.search(text) and re.search("[差多少高低](?:了|出)?(?:几|多少)|相差|差距", text):
        high, low = order[0], order[-1]
        apart = compose.difference((high, low), high.value or 0, low.value or 0)
        words = f"{lead}，最多的是{compose.figure_name(high)} {show_number(high.value or 0)} {high.unit}，最少的是{compose.figure_name(low)} {show_number(low.value or 0)} {low.unit}"
        words += f"，相差 {show_number(apart.value or 0)} {apart.unit}（计算所得：{apart.formula}）。"
        return replace(listed, text=words + listed.text, figures=(apart, *order, *rest))
    few = _FIRST_FEW.search(text)
    count = int(stated_number(few["n"]) or 0) if few else 0
    whole = sum(f.value or 0 for f in rows)
    if not 1 < count < len(order) or not whole or order[count - 1].value == order[count].value:
        return None  # where two share the last place, which of them is meant is not said
    part = sum(f.value or 0 for f in order[:count])
    percent, formula = percent_of(part, whole)
    spelt = "＋".join(show_number(f.value or 0) for f in order[:count])
    formula = f"{spelt}＝{show_number(part)}；{formula}"
    operands = tuple(Operand(compose.figure_name(f), f.value, f.printed, f.state, f.citation) for f in order)
    share = replace(
        order[0],
        metric="share",
        label=f"前 {count} 项占各项之和",
        value=percent,
        unit="%",
        formula=formula,
        operands=operands,
        state="computed",
        citation=None,
    )
    names = "、".join(f"{compose.figure_name(f)} {show_number(f.value or 0)} {f.unit}" for f in order[:count])
    words = f"{lead}，最多的 {count} 项是{names}，占各项之和 {show_number(whole)} {order[0].unit}的 {show_number(percent)}%（计算所得：{formula}）。"
    return replace(listed, text=words + listed.text, figures=(share, *order, *rest))


_SUMS = ("requests.to_handle", "outcome.total")


_PART_OF = {"表二": "二", "表三": "三", "表四": "四"}


def _place(case: Case, report: StoredReport, wanted: list[str]) -> Answer:
    """Where a figure is printed."""
    told = _value(case, report, wanted)
    places = "；".join(c.place for c in case.desk.citations if c.place.startswith("表"))
    if not places:
        return told
    parts = {_PART_OF.get(c.place[:2], "") for c in case.desk.citations if c.place.startswith("表")}
    part = f"第{parts.pop()}部分" if len(parts) == 1 and "" not in parts else ""
    return replace(told, text=f"写在报告{part}的{places}。{told.text}")


_WHOLE_TABLE = re.compile(r"(?:表|第)([二三四])(?:部分|张表|个表|这张表|那张表)?")


def whole_table(case: Case) -> Answer | None:
    """A whole table of the form: of table 三 the column of totals."""
    query = case.query
    named = _WHOLE_TABLE.search(query.matter) or (_WHOLE_TABLE.search(query.asked) if query.follows else None)
    if not named or query.has_cells or query.applicants or query.operation in ("define", "where") or not re.search(r"表", query.matter + query.asked):
        return None
    if case.several:
        return None
    report = case.reports[-1]
    form = forms().get(report.edition)
    if form is None:
        return None
    wanted = [(m, a) for m, a, _, place in form.cells() if place.startswith(f"表{named[1]}") and a in (None, "total")]
    lead = f"表{named[1]}" + ("“总计”一列：" if named[1] == "三" else "：")
    if len(case.reports) > 1:
        return _tables_side_by_side(case, wanted, lead)
    return told(case, report, [case.desk.value(report, metric, applicant) for metric, applicant in wanted], lead=lead)


_MOST_TABLES = 3


def _tables_side_by_side(case: Case, wanted: Sequence[tuple[str, str | None]], lead: str) -> Answer:
    """A table of several years of one body, row by row; the last of them where more are asked for."""
    reports = case.reports[-_MOST_TABLES:]
    if len(reports) < len(case.reports):
        case.noted.append(Caution("fewer_years", f"一次最多并列 {_MOST_TABLES} 个年度的整张表，这里是最近的 {_MOST_TABLES} 个。"))
    if len({r.edition for r in reports}) > 1:
        case.noted.append(Caution("form_changed", "这些报告用的是不同版式的表格，只有最近一年表格里有的项目列在这里。"))
    rows_ = [[case.desk.value(r, metric, applicant) for r in reports] for metric, applicant in wanted]
    said = [
        f"{_row_label(own[-1])} {'，'.join(f'{r.year}年 {compose.said(v)}' for r, v in zip(reports, own, strict=True))}" for own in rows_
    ]
    figures = tuple(case.desk.figure_out(v) for own in rows_ for v in own)
    return Answer("answered", f"{reports[-1].agency}{lead}{'；'.join(said)}。", figures)


def _row_label(value: Value) -> str:
    return compose.named(value).removesuffix("（总计）")


def overview(case: Case) -> Answer | None:
    """A bare agency or year: the main figures of the report."""
    query = case.query
    rest = [w for w in case.snapshot.segmenter.words(query.matter) if len(w) >= 2 and w not in GENERIC and w not in STOPWORDS]
    bare = not rest and query.section is None and not query.has_topic and not query.weak and query.condition is None
    if case.several:
        return None
    if re.search(r"第[一二三]段|原文|开头|抄|看一眼", query.text):
        return None
    asked = re.search(
        r"年(?:度)?的?(?:信息公开)?(?:情况|工作)(?:怎么样|如何|咋样|怎样)[?？]?$|主要的?(?:几个|一些)?(?:数字|数据|指标|情况)|总体(?:上|的)?(?:给我|跟我|来|大概)*(?:说|讲|介绍|谈)|概况|总体情况|总的情况|[整总]体(?:的)?[\u4e00-\u9fff]{0,3}(?:情况|怎么?样|如何)|大致情况|基本情况|概[览要述]|[速一]览|简况|整体面貌|面貌|摘要|提要|要点|梗概|总结(?![里中上])|概括|整体什么情况|整体啥情况|给个大概|三言两语|(?:信息公开|政务公开|公开工作)(?:工作)?(?:干|做|搞|办)得(?:怎么?样|咋样|如何)|大概(?:情况|念|说|讲)|(?:讲|说|念|来)个大概|(?:简单|大概|大致)(?:念|说|讲|介绍|概括)|粗略(?:地)?(?:说|讲)|说点?重点|捋一?捋|捋一下|捋个|主要说了(?:些)?(?:什么|啥)|都写了(?:些)?(?:什么|啥)|主要内容|念念",
        query.text,
    )
    if asked and query.asks_number and OF_TEXT.search(query.text):
        return None  # 总体情况那段文字里写全年共收到多少件
    if not (asked and not query.has_cells and not query.section) and not (
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
    return told(case, report, [case.desk.value(report, m) for m in metrics_], lead=f"{report.title}的主要数字：")
