"""Why a figure rose or fell: what the report of the later year says of it, told beside the figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.forms import metrics
from corpus.passages import CORRECTED
from index.store import StoredReport
from service.case import Case, cut
from service.contract import Answer, FigureOut, PassageOut
from service.directory import directory
from service.evidence import full_label
from service.leftover import GENERIC
from service.lexicon import find_terms
from service.replacing import replace

_WHY = re.compile(
    r"为什么|为啥|为何|(?:什么|啥)[^,，。?？]{0,4}(?:造成|导致|引起|带来)|(?:造成|导致)的原因|咋回事|怎么回事|(?:什么|啥)原因|原因(?:是|在|呢|$|[?？])|(?:咋|怎么)(?:就|又|突然|一下子?|会|还)?[^,，。?？]{0,10}[多少涨降增减升跌]"
)
_REQUESTS = ["申请", "新收"]  # the heading before it may say 申请: （二）依申请公开情况。新收97件
_MOVES = re.compile("[多少涨降增减升跌]")
_MOVED = re.compile("增|减|上升|下降|上涨|下滑|回落|降低|升高|翻[了番倍]|同比|较上年|比上年|较20|比20|激增|骤")
# What a report says of a cell that seems wrong: 关于上年结转数的说明：…其中1件因申请人撤回…
_EXPLAINED = re.compile("解释|给?(?:个)?说法|说明|交代")
_NO_CAUSE = re.compile("因(?:政府)?(?:信息)?公开")  # 因政府信息公开被申请行政复议: what they were about
_OWN_WORDS = (("requests.carried", "结转"), ("review.", "复议"), ("litigation.", "诉讼"))
_BECAUSE = re.compile(
    r"原因|(?:主要|多|大多)?(?:来自|来源于|源于|出自)|因为|由于|所致|缘于|得益于|主要[是系因]|[系因](?=[\u4e00-\u9fff]{4})|引[发起]|影响|带来|带动|集中(?:提出|申请)|导致"
)


def with_reason(case: Case, given: Answer) -> Answer:
    """``given`` with the sentence that says why, where it is asked why one body's figure moved; or with the word that none says so."""
    if given.status == "no_report" and _WHY.search(case.query.text) and _MOVES.search(case.query.text):
        return _said_of_the_year(case) or given
    if (cause := _correction(case, given) or _cause(case, given) or _why_it_moved(case, given)) is not None:
        return cause
    if given.status == "not_reported" and len(given.figures) == 1 and given.text.endswith("报告没有写明原因。") and not case.several:
        figure = given.figures[0]
        kin = directory(case.snapshot.reports).reports_of_kin(case.agencies)
        own = next((r for r in kin if r.year == figure.year), None)
        said = _said(case, own, figure) if own is not None and _MOVES.search(case.query.text) else None
        if said is not None:  # 他们自己说为什么少了, 说涨是因为啥子
            text = given.text.removesuffix("报告没有写明原因。") + f"报告写的原因是：“{cut(said.text, 200)}”"
            return replace(given, status="answered", text=text, passages=(*given.passages, said))
    moved = [f for f in given.figures if f.metric in ("difference", "growth")]
    alone = (
        len(given.figures) == 1 and not case.query.asks_number and _MOVES.search(case.query.text)
    )  # 前年申请咋突然多起来了, where the year before is not held
    if given.status != "answered" or not (moved or alone) or case.several or not _WHY.search(case.query.text) or "原因" in given.text:
        return given
    told = [f for f in given.figures if f not in moved]
    year = max((f.year for f in told if f.year), default=None)
    report = next((r for r in directory(case.snapshot.reports).reports_of_kin(case.agencies) if r.year == year), None)
    if report is None:
        return given
    found = _said(case, report, told[-1])
    if found is None:
        why_alone = not (case.query.asks_number or any(not h.weak for h in find_terms(case.query.text)) or re.search("[多少降涨]了(?:多少|几)", case.query.text))
        text = f"{given.text}{report.agency}{report.year}年的报告没有写明原因。"
        return replace(given, status="not_reported" if why_alone else given.status, text=text)
    return replace(given, text=f"{given.text}报告写的原因是：“{cut(found.text, 200)}”", passages=(*given.passages, found))


_PUT_RIGHT = re.compile(
    "更正|勘误|误[录写填]|(?:原来|原先|最初|最开始|起初|当初)[^,，。?？]{0,4}(?:发布|公布|挂|写|登|填|报)|(?:之前|年初|网上)[^,，。?？]{0,6}看[见到]"
)


def _correction(case: Case, given: Answer) -> Answer | None:
    """What a report says it corrected since it was published, where that is asked: 原来发布的是多少, 什么时候更正的; 网上原来挂的是185."""
    if given.status == "refused" or not _PUT_RIGHT.search(case.query.text) or case.several or len(case.reports) != 1:
        return None
    report = case.reports[0]
    found = _first(case, report, CORRECTED.search, ["更正"])
    if found is None:
        return None
    before = case.request.context
    if before is not None and before.metrics:  # 网上 is no channel here: the next question goes on with what was told
        case.query = replace(case.query, channels=(), subject=None, metrics=before.metrics, residue=(), operation="value")
    quoted = f"{report.agency}{report.year}年的报告有更正说明：“{cut(found.text, 260)}”"
    return replace(given, status="answered", text=quoted, figures=(), choices=(), passages=(found,))


def _cause(case: Case, given: Answer) -> Answer | None:
    """What a report says of why there were reviews or lawsuits, or why what was carried over is not what the year before carried out:
    怎么会差一件，有解释没, after that was told. None where nothing of the kind is asked, or said."""
    before, query = case.request.context, case.query
    asked = _WHY.search(query.text) or (re.search("怎么会|咋会|有没有|[有给]", query.text) and _EXPLAINED.search(query.text))
    if not asked or case.several or len(case.reports) != 1 or (given.passages and given.status == "answered") or query.applicants:
        return None
    spoken = dict.fromkeys((*query.metrics, *(f"{b}." for b in query.blocks))) or dict.fromkeys(before.metrics if before else ())
    matters = [word for start, word in _OWN_WORDS if spoken and all(m.startswith(start) for m in spoken)]
    if len(spoken) == 1 and not matters:  # why there were so many 重复申请: by the last part of the row's name
        matters = [full_label(m).split("——")[-1] for m in spoken if m.startswith("outcome.") and m in metrics()]
    if not matters or any(f.metric in ("difference", "growth") for f in given.figures):
        return None
    report = case.reports[0]
    found = _first(case, report, lambda text: matters[0] in text and _BECAUSE.search(_NO_CAUSE.sub("", text)), [*matters, "原因"])
    if found is None:
        return None
    told = given.text.removesuffix("报告没有写明原因。").removeprefix("是的。") if given.figures else ""
    quoted = f"{told}{report.agency}{report.year}年的报告写道：“{cut(found.text, 200)}”"
    return replace(given, status="answered", text=quoted, passages=(found,))


def _why_it_moved(case: Case, given: Answer) -> Answer | None:
    """去年为什么申请涨得多, where no figure was told: the sentence of that report that says so; None where none does."""
    asked = case.query.text
    told = given.status == "not_reported" and not given.figures and not case.several and len(case.reports) == 1
    if not told or "申请" not in asked or not (_WHY.search(asked) and _MOVES.search(asked)):
        return None
    report = case.reports[0]
    found = _sentence(case, report, _REQUESTS)
    if found is None:
        return None
    text = f"{report.agency}{report.year}年的报告写道：“{cut(found.text, 200)}”"
    return replace(given, status="answered", text=text, passages=(found,))


def _said_of_the_year(case: Case) -> Answer | None:
    """Why a year had more requests than the one before, where no report of that one is held: the later report may say it all the same."""
    own = directory(case.snapshot.reports).reports_of_kin(case.query.mention.agencies)
    report = next((r for r in own if r.year == max(case.query.years, default=0)), None)
    if report is None or not re.search("申请|办", case.query.text) or len({r.lineage or r.agency for r in own}) > 1:
        return None
    found = _sentence(case, report, _REQUESTS)
    if found is None:
        return None
    case.reports = [report]
    return Answer(
        "answered",
        f"{report.agency}{report.year}年的报告写道：“{cut(found.text, 200)}”没有收录上一年度的报告，不能核对增减。",
        passages=(found,),
    )


def _said(case: Case, report: StoredReport, figure: FigureOut) -> PassageOut | None:
    """The sentence of a report that says of what ``figure`` counts that it moved, and why."""
    if figure.metric.startswith(("requests.", "outcome.")):
        matters = _REQUESTS
    elif figure.metric in metrics():
        matters = [full_label(figure.metric).removeprefix("行政")[:2]]
    else:
        matters = [w for w in case.snapshot.segmenter.words(figure.label) if len(w) > 1 and w not in GENERIC]
    return _sentence(case, report, matters)


def _sentence(case: Case, report: StoredReport, matters: Sequence[str]) -> PassageOut | None:
    """The first sentence of a report that says of one of some matters that it moved, and why."""

    def says_why(text: str) -> object:
        return any(m in text for m in matters) and _MOVED.search(text) and _BECAUSE.search(text)

    return _first(case, report, says_why, [*matters, "原因"])


def _first(case: Case, report: StoredReport, fits: Callable[[str], object], marks: Sequence[str]) -> PassageOut | None:
    """The first sentence of a report that ``fits``, with its marks."""
    for passage, span, text in case.desk.sentences_in(report):
        if fits(text):
            return case.desk.passage_out(report, span, passage.section, marks, 1.0)
    return None
