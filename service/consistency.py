"""Whether numbers agree: carried over from year to year, text against table, and the relations of a report's own tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.forms import LEGAL_PERSONS, applicants, metrics, subjects
from corpus.model import Span
from corpus.textual import show_number, tidy
from index.store import StoredReport
from service.case import Case
from service.cells import wanted_metrics
from service.compose import difference, taken_off
from service.compose import said as said_
from service.contract import Answer, Caution, FigureOut
from service.directory import directory
from service.evidence import Value, full_label
from service.lexicon import find_terms
from service.query import Query
from service.replacing import replace
from service.spoken.cells import BETWEEN

_AUDIT = re.compile(
    r"对得上|对得[起拢齐]来?|能对上|对上[吗么]|(?:是否|是不是|相不)相等|相等[吗么]|对不对得上|对不上|对的上|平不平|勾稽.{0,40}(?:成立|对|平|通过|错|等不等|相等|是否等)|(?:报告|年报)[里中上]?(?:有没有|有无|是否有|有)(?:填|写|算|印)?错|(?:数据|数字|表).{0,6}(?:有没有[填写算印]?错|有错|准不准|准确|一致|矛盾|问题)|相符|(?:正文|文字)[^,，]{0,8}[跟和与]表[^,，]{0,8}差|表[^,，]{0,8}[跟和与](?:正文|文字)[^,，]{0,8}差|(?:(?:是不是|是)?同一个|(?<!另)(?<!哪)是(?:不是)?一个)数(?!据|字)|一致吗|一致不|是否一致|一不一致|一样的?(?:数|数字)?[吗不么]|一不一样|一致不|是不是一样|是否一样|[接对合]得上(?!号|头)|接上了?(?:没|吗|么)|(?<!工作)(?<!实际)(?<!情况)(?<!需要)(?<!需求)接不上|衔接|打架|(?:相加|加起来|之和).{0,4}(?:等于|等不等于|是不是等于|就是|是不是)[^,，。]{0,5}总|(?:表|正文|文字).{0,8}也.{0,3}(?:写|是|填|印)|(?:正文|文字|叙述).{0,14}[跟和与].{0,4}表.{0,12}(?:一样|相同|同样|一致)"
)


_MEETS = re.compile("得上|不上|衔接|打架|相符|对的上")
_TWO_PLACES = re.compile(r"(?:两处|两个地方|[这那]?[俩两]个?数|表和文|文和表|正文和表|表和正文)[^,，]{0,6}(?:差|一样|相|对|同)")
# 表格里是多少件，正文里又写的多少
_BOTH_ASKED = re.compile(
    "表(?:格|[二三四])?里?[^,，。]{0,14}(?:多少|几)[^,，。]{0,4}[,，][^,，。]{0,4}(?:正文|文字|叙述)[^,，。]{0,6}(?:多少|几)"
    "|(?:正文|文字|叙述)里?[^,，。]{0,14}(?:多少|几)[^,，。]{0,4}[,，][^,，。]{0,4}表(?:格|[二三四])?[^,，。]{0,6}(?:多少|几)"
    "|表(?:格|[二三四])?(?:里|上|中)?的?(?:数字?)?[和跟与、](?:正文|文字|叙述)[^,，。]{0,8}(?:分别|各)(?:是|写|填)?(?:的)?(?:多少|几)|[两二]处(?:分别|各)"
)
# 新收＋上年结转＝办理结果总计＋结转下年度
RECEIVED = "requests.received"
_BALANCE = (RECEIVED, "requests.carried_in", "outcome.total", "requests.carried_out")
_CAME = r"(?:(?:新收|收到|本年收)[^?？]{0,4}(?:加上?|[+＋和与、])[^?？]{0,6}结转|应办|要办)"
_WENT = r"(?:办结|办理|办完|办好|处理|答复|总计)[^?？]{0,8}(?:加上?|[+＋和与、])[^?？]{0,6}(?:结转|下年|没办完|未办完)"
_IS_EQUAL = "等于|是平的|平的?吧|相等|对[得的不]上|能对上|平不平|平[吗么]|平衡|一致|相符|吻合|等不等|[=＝]"
_SIDES = re.compile(rf"{_CAME}[^?？]*?{_WENT}|{_WENT}[^?？]*?{_CAME}")
_BY_ITEM = re.compile(
    "第?一项?[^,，。]{0,4}第?二项?[^,，。]{0,6}第?三项?[^,，。]{0,4}第?四项[^。]{0,8}(?:平|等|对|一样|一致)"
    "|第?一项?[^,，。]{0,4}第?二项?[^,，。]{0,6}(?:等于|等不等于|相等|[=＝])[^,，。]{0,4}第?三项?[^,，。]{0,4}第?四项"
    "|前[两二]项(?:之和|相加|合计|加起来)[^?？]{0,8}后[两二]项(?:之和|相加|合计|加起来)"
)  # of table 三


# 2021年末转出的件数，与2022年初转入的件数
_OUT_AND_IN = re.compile("[转结留带](?:出|走)[^?？]{0,24}[转接带](?:入|进|过来)|[转接带](?:入|进|过来)[^?？]{0,24}[转结留带](?:出|走)")
_GROWTH_CLAIMED = re.compile(
    r"(?:增长|上升|增加|下降|减少|降低|涨|降)了?(?:约|近)?(?:百分之[一二三四五六七八九十零点\d]|\d+(?:\.\d+)?\s*[%％])"
)


_BETWEEN_YEARS = re.compile("一致|是否一致|一样|是不是一样|是否一样|相等|是否相等|是不是相等")


def _of_two_years(query: Query) -> bool:
    """Whether one figure is held against itself in another year, and not against another place of a report: 2023年复议和2022年一样吗."""
    named = (len(query.years) > 1 or query.relative) and not {*query.metrics, *query.weak} & {"requests.carried_in", "requests.carried_out"}
    return bool(named) and not re.search("表|正文|文字|叙述|文中|合计|总计|之和|加起来|相加|勾稽|报告|年报", query.asked)


def consistency(case: Case) -> Answer | None:
    """An answer to whether figures agree; None for other questions."""
    query = case.query
    before = case.request.context
    linked = next((s.metric for s in subjects() if s.metric and case.request.context and s.id == case.request.context.subject), None)
    twice = before is not None and BETWEEN.match(query.text) and before.earlier_metrics[-1:] == (linked,)  # 差几件, after both were told
    if linked and (twice or _TWO_PLACES.search(query.asked)) and all(h.weak for h in find_terms(query.asked)):
        spoken = case.request.context.years if case.request.context else ()
        own = [r for r in directory(case.snapshot.reports).reports_of_kin([case.reports[-1].agency]) if r.year in spoken]
        case.query = replace(query, metrics=(linked,), years=spoken)
        case.reports = own[-1:] or case.reports[-1:]
        return _text_and_table(case, case.reports[-1])
    if len(query.channels) > 1:
        return None  # 微信加网站跟主动公开总数一样吗: what the text counts, and no relation of the tables
    if before is not None and not case.several and (checked := _checked_again(case, before.matter)) is not None:
        return checked
    if not case.several and (summed := _results_of_block(case, case.reports[-1])) is not None:
        return summed
    if _all_columns(query) and not case.several and (across := _across_row(case, case.reports[-1])) is not None:
        return across
    if _BOTH_ASKED.search(query.asked) and not case.several:
        return _text_and_table(case, case.reports[-1])
    both = {"requests.carried_in", "requests.carried_out"} <= {h.id for h in find_terms(query.asked) if not h.weak}
    # 2024年底结转的跟2025年报的上年结转是不是一个数
    both = both or (len(re.findall("结转", query.asked)) == 2 and bool(_AUDIT.search(query.asked)))
    both = both or bool(_OUT_AND_IN.search(query.asked) and _AUDIT.search(query.asked))
    if both and len(query.years) == 2 and abs(query.years[0] - query.years[1]) == 1 and not case.several:
        case.reports = [r for r in case.reports if r.year == max(query.years)] or case.reports[-1:]
        return _carried(case)  # 2022年上年结转填的是几件，2021年报的结转下年度又是几件
    again = before is not None and before.metrics and {*before.metrics} <= {"requests.carried_in", "requests.carried_out"}
    if not case.several and (_BY_ITEM.search(query.asked) or _both_sides(query.asked, query.text)):
        return _balance(case, case.reports[-1])
    if _IN_FORCE.search(query.asked) and not case.several and (stock := _in_force(case)) is not None:
        return stock
    audit = _AUDIT.search(query.asked) or (re.search("对一?下|核一?下|核对", query.asked) if again else None)
    if not audit or case.several:
        return None
    if _BETWEEN_YEARS.match(audit.group()) and _of_two_years(query):
        return None
    if _GROWTH_CLAIMED.search(query.asked):
        return None  # 年报说增长13%，拿表里的数算对得上不: held against the year before
    if re.search("怎么|打算|如何|办法|措施|咋", query.asked) and not query.has_cells:
        return None  # 口径对不上，打算怎么统一: what is done about it
    if query.section and not (query.has_cells or query.weak):
        return None  # 2023年的毛病跟这个一不一样: what the text says
    if _MEETS.search(audit.group()) and not (query.has_cells or query.weak) and not re.search("数(?!据)|表|报告|年报|合计|总", query.asked):
        return None  # 目录跟省上的对不对得上: no figures
    carried = {"requests.carried_in", "requests.carried_out"}
    last = before.ledger[-2:] if before else ()
    if (
        again
        and before
        and query.years in ((), before.years)
        and not query.mention.spans
        and len(last) == 2
        and {c[2] for c in last} == carried
        and abs(int(last[0][1]) - int(last[1][1])) == 1
    ):
        own = directory(case.snapshot.reports).reports_of_kin([last[0][0]])  # 这俩对得上吗: the two told last
        case.reports = [r for r in own if str(r.year) == max(c[1] for c in last)] or case.reports
        return _carried(case)
    if again and len(query.years) == 2 and abs(query.years[0] - query.years[1]) == 1:
        return _carried(case)  # 那22转23这一步接上了没
    if carried <= set(query.weak) and len(set(re.findall(r"(?:20)?\d\d(?=年)", query.text))) > 1:
        return _carried(case)  # 2022年的结转数对得上2021年报吗
    report = case.reports[-1]
    if len(query.years) == 2 and not query.has_cells and len(case.reports) > 1:
        case.reports = [r for r in case.reports if r.year == max(query.years)] or case.reports
    context = case.request.context
    named = {*query.metrics, *query.weak} & carried
    alone = context is not None and ({*context.metrics} <= carried or (query.years and {*query.metrics} <= carried))
    if context is not None and named and alone and {*context.metrics} & carried and len(query.years) < 3:
        years = [*query.years, *context.years]
        if query.years and len(query.years) == 2:
            years = [*query.years]
        elif query.years and re.search(r"转出|转到|转20|结转下|转下|转\d", query.text):
            years = [query.years[0] + 1]  # 2022转2023的: what the report of the year after carried in
        case.reports = [r for r in directory(case.snapshot.reports).reports_of_kin([report.agency]) if r.year == max(years)] or case.reports
        return _carried(case)  # 跟它2023年转出去的数对得上吗
    if carried <= set(query.metrics) or (carried & set(query.metrics) and len(query.years) == 2 and set(query.metrics) <= carried):
        return _carried(case)
    of_text = linked is not None and context is not None and not context.metrics and "表" in query.asked  # 表里也是这数吗
    if of_text or re.search(r"正文|叙述|文字|文中|前面|说明|总体情况|第一部分", query.matter):
        return _text_and_table(case, report)
    parts = re.search(
        "(?:各[行项类]|分项|细项)[^,，。?？]{0,8}(?:加|合)|[加合](?:出来|起来)[^,，。?？]{0,4}(?:是不是|等|一样|一致)", query.matter
    )
    if query.has_cells and query.asks_number and not parts and not re.search(r"勾稽|对[得的不]上|平不平", query.matter):
        return None
    return _relations(case, report)


def _both_sides(asked: str, text: str) -> bool:
    """Whether both sides of the balance are asked about, each as a sum: 新收加上年结转等于办理总数加结转下年吗."""
    return bool(_SIDES.search(asked) and re.search(_IS_EQUAL, text) and not re.search("[减扣除]|差", asked))


_CHECK_AGAIN = re.compile(
    r"照(?:着|这个|这条|此|上面|刚才)*的?(?:关系|公式|等式|办法|算法|法子)?[^?？]{0,4}[核验推算](?!的|得)|(?:同样|也|照样)(?:核|验|推)(?:一|[核验推对算下遍次])"
)


def _checked_again(case: Case, matter: str) -> Answer | None:
    """自然人那一列也照这个关系核一次, 高新区管委会同样核一核: the last check, of another column, body or year; None for any other question."""
    if not _CHECK_AGAIN.search(case.query.asked):
        return None
    if _both_sides(matter, matter):
        return _balance(case, case.reports[-1])
    return _in_force(case) if _IN_FORCE.search(matter) else None


_SUM_OF_RESULTS = re.compile("(?:各[项类种]|四[项类种个]|维持[^?？]{0,20}审结)[^?？]{0,8}(?:加总|加起来|相加|之和|合计|加)")


def _results_of_block(case: Case, report: StoredReport) -> Answer | None:
    """The results of reviews, or of one way to court, against their total: 总计66件，和维持、纠正、其他、未审结四项加总一致吗; None for any other question."""
    query = case.query
    blocks = [*query.blocks, *(m.rpartition(".")[0] for m in query.metrics if m.startswith(("review.", "litigation.")))]
    asked = _SUM_OF_RESULTS.search(query.asked) and _AUDIT.search(query.asked) and re.search("总计|总数|合计", query.asked)
    if len(blocks) != 1 or f"{blocks[0]}.upheld" not in metrics() or f"{blocks[0]}.total" not in metrics() or not asked:
        return None
    parts = [case.desk.value(report, f"{blocks[0]}.{result}") for result in ("upheld", "corrected", "other", "pending")]
    total = case.desk.value(report, f"{blocks[0]}.total")
    return _against_total(case, parts, total, full_label(total.metric).removesuffix(" 总计"), "四种结果之和", "四种结果之和")


def _all_columns(query: Query) -> bool:
    """Whether the columns of applicants of one row are asked about, all of them, against its total."""
    rows = {m for m in (*query.metrics, *query.weak) if m in metrics() and metrics()[m].by_applicant}
    whole = query.premise is None and not {*query.applicants} & {*LEGAL_PERSONS} and len(rows) < 2
    return bool(whole and _ACROSS.search(query.asked) and re.search("总计|总数|合计", query.asked))


def _balance(case: Case, report: StoredReport) -> Answer | None:
    """新收＋上年结转 against 办理结果总计＋结转下年度, of all or of one kind of applicant, both sums told; None where one of the four holds no number."""
    column = case.query.applicants[0] if len(case.query.applicants) == 1 else "total"
    values = [case.desk.value(report, metric, column) for metric in _BALANCE]
    if any(v.value is None for v in values):
        return None
    sides = [case.desk.add(report, pair) for pair in (values[:2], values[2:])]
    names = ("本年新收与上年结转之和", "办理结果总计与结转下年度之和")
    told = "，".join(
        f"{name} {show_number(side.value or 0)} 件（计算所得：{side.formula}）" for name, side in zip(names, sides, strict=True)
    )
    figures = tuple(replace(case.desk.figure_out(side), label=name) for name, side in zip(names, sides, strict=True))
    figures += tuple(map(case.desk.figure_out, values))
    one, other = (side.value or 0 for side in sides)
    of_whom = "" if column == "total" else f"{applicants()[column]}这一列的"
    return _weighed(f"{report.agency}{report.year}年的报告，{of_whom}{told}", figures, one, other, "两边相等", "两边不相等，")


def _weighed(told: str, figures: tuple[FigureOut, ...], one: int | float, other: int | float, alike: str, unlike: str = "") -> Answer:
    """Whether two numbers that are told agree, and by how much they do not."""
    if one == other:
        return Answer("answered", f"对得上。{told}，{alike}。", figures)
    apart, words = _apart(figures, one, other, "件")
    return Answer("answered", f"对不上。{told}，{unlike}{words}。", (*figures, apart))


def _apart(figures: tuple[FigureOut, ...], one: int | float, other: int | float, unit: str) -> tuple[FigureOut, str]:
    """How far two numbers lie apart, as a figure and in words."""
    apart = difference(figures, max(one, other), min(one, other))
    return apart, f"相差 {show_number(apart.value or 0)} {unit}（计算所得：{apart.formula}）"


_ACROSS = re.compile(
    r"(?:(?:自然人|个人)(?:[和与跟加、]|加上)?(?:[五各]类)?(?:法人|组织|机构)|[六各]类申请人|各列|六列|每一?列|各栏)[^?？]{0,14}(?:加|合|之和)[^?？]{0,8}(?:等|对得上|总计|平|吻合|一致|相符)"
    r"|总计(?:[跟和与]|是不是|是否)?[^?？]{0,4}(?:各列|六列|各栏|[六各]类)[^?？]{0,8}(?:加|合|之和)"
)


def _across_row(case: Case, report: StoredReport) -> Answer | None:
    """The columns of applicants against the total of a row of table 三; None where one of them holds no number."""
    metric = next((m for m in (*case.query.metrics, *case.query.weak, RECEIVED) if m in metrics() and metrics()[m].by_applicant), RECEIVED)
    columns = [case.desk.value(report, metric, a) for a in ("natural", *LEGAL_PERSONS)]
    total = case.desk.value(report, metric, "total")
    return _against_total(case, columns, total, f"{full_label(metric)}这一行", "各类申请人之和", "自然人与五类法人或其他组织之和")


def _against_total(case: Case, parts: Sequence[Value], total: Value, of: str, called: str, label: str) -> Answer | None:
    """What the parts come to against the total that is printed, ``called`` so in the text and ``label`` as a figure; None where a cell holds no
    number of its own."""
    if total.value is None or total.figure is None or any(v.value is None for v in parts):
        return None
    report, whole = total.report, case.desk.add(total.report, parts)
    figures = (replace(case.desk.figure_out(whole), label=label), *map(case.desk.figure_out, (total, *parts)))
    told = f"{report.agency}{report.year}年的报告，{of}{called}是 {show_number(whole.value or 0)} 件（计算所得：{whole.formula}），总计填的是 {total.amount()}"
    return _weighed(told, figures, whole.value or 0, total.value, "两个数相等")


_AGREES = "(?:接[得不]?上|衔接|对[得不]?上|吻合|相符|一致|相等|等不等于|等于|推得出|平不平|平[吗么])"
_IN_FORCE = re.compile(
    rf"(?:有效|存量)[^?？]{{0,24}}{_AGREES}|(?:有效|存量)[^?？]{{0,16}}加[^?？]{{0,14}}(?:减|扣)[^?？]{{0,24}}{_AGREES}"
    rf"|\d+(?:加上?|[+＋])\d+(?:减去?|[-－])\d+[^?？]{{0,10}}{_AGREES}"
)
_IN_AND_OUT = re.compile("制发|新发|新制|出台|废止|作废|减|扣")


def _in_force(case: Case) -> Answer | None:
    """Documents in force at the end of one year, plus those made, less those repealed in the next, against those in force at its end; None where
    no row of documents is spoken of, or not in two years that follow each other."""
    query, before = case.query, case.request.context
    spoken = [*query.metrics, *(f"{r}." for r in query.rows), *(before.metrics if before else ())]
    row = next((r for r in ("normative", "rules") if any(m.startswith(f"{r}.") for m in spoken)), None)
    if row is None and before is None and _IN_AND_OUT.search(query.text) and "规章" not in query.text:
        row = "normative"  # 年末有效的加制发减废止: of the row that every body fills in
    years = sorted({*query.years, *(before.years if before and len(query.years) < 2 else ())})[-2:]
    newest = max(r.year for r in directory(case.snapshot.reports).reports_of_kin([case.reports[-1].agency]))
    if query.relative in ("前年", "去年", "前年和大前年") and not query.years:
        years = [newest - 1, newest]
    elif len(years) < 2:
        years = [y for last in years or [newest] for y in (last - 1, last)]
    stated = re.search(r"(\d+)(?:加上?|[+＋])(\d+)(?:减去?|[-－])(\d+)", query.text)
    if row is not None and stated:  # 39加4减1: of the two years that these are the numbers of
        years = _years_of_stock(case, row, [float(n) for n in stated.groups()])
    if row is None or len(years) != 2 or years[1] - years[0] != 1:
        return None
    kin = [r for r in directory(case.snapshot.reports).reports_of_kin([case.reports[-1].agency]) if r.scope == case.reports[-1].scope]
    by_year = {r.year: r for r in kin}
    if not {*years} <= {*by_year}:
        return None
    first, last = (by_year[y] for y in years)
    values = [case.desk.value(first, f"{row}.in_force", None)]
    values += [case.desk.value(last, f"{row}.{column}", None) for column in ("issued", "repealed", "in_force")]
    figures = tuple(case.desk.figure_out(v) for v in values)
    numbers = [v.value for v in values if v.value is not None]
    if len(numbers) < len(values):
        return Answer("not_reported", "其中一个数没有取得，无法核对。", figures)
    old, made, repealed, now = numbers
    expected = taken_off(figures[:3], [(1, old), (1, made), (-1, repealed)])
    same = expected.value == now
    text = (
        f"{'接得上' if same else '接不上'}。{last.agency}{first.year}年末现行有效 {show_number(old)} 件，{last.year}年制发 {show_number(made)} 件、"
        f"废止 {show_number(repealed)} 件，应为 {show_number(expected.value or 0)} 件（计算所得：{expected.formula}）；{last.year}年填的现行有效是 "
        f"{show_number(now)} 件，两个数{'一致' if same else '不一致'}。"
    )
    return Answer("answered", text, (figures[3], *figures[:3], expected))


def _years_of_stock(case: Case, row: str, stated: Sequence[float]) -> list[int]:
    """The two years of which the numbers stated were in force at the end of the first, and made and repealed in the second; the last such, [] for
    none."""
    own = sorted(directory(case.snapshot.reports).reports_of_kin([case.reports[-1].agency]), key=lambda r: r.year)
    for first, last in reversed(list(itertools.pairwise(r for r in own if r.scope == case.reports[-1].scope))):
        cells = [(first, "in_force"), (last, "issued"), (last, "repealed")]
        if [case.desk.value(report, f"{row}.{column}", None).value for report, column in cells] == list(stated):
            return [first.year, last.year]
    return []


def _carried(case: Case) -> Answer | None:
    """What one year carried out against what the next carried in."""
    last = case.reports[-1]
    own = directory(case.snapshot.reports).reports_of_kin([last.agency])
    before = next((r for r in own if (r.scope, r.year) == (last.scope, last.year - 1)), None)
    if before is None:
        return Answer("no_report", f"没有收录{last.agency} {last.year - 1} 年度的报告，不能和 {last.year} 年度的上年结转核对。")
    out, into = case.desk.value(before, "requests.carried_out", "total"), case.desk.value(last, "requests.carried_in", "total")
    figures = (case.desk.figure_out(out), case.desk.figure_out(into))
    if out.value is None or into.value is None:
        return Answer("not_reported", "其中一年的数没有取得，无法核对。", figures)
    told = f"{before.year}年报告的结转下年度是 {show_number(out.value)} 件，{last.year}年报告的上年结转是 {show_number(into.value)} 件"
    if out.value == into.value:
        return Answer("answered", f"对得上。{last.agency}{told}，两个数一致。", figures)
    return Answer("answered", f"对不上。{last.agency}{told}，两个数不一致。", figures)


def _text_and_table(case: Case, report: StoredReport) -> Answer | None:
    """The number that the narrative states beside the cell of the form."""
    of_one = replace(case.query, operation="value")  # of a block its total
    wanted = [m for m in wanted_metrics(of_one, report.edition) if m in metrics()][:1] or ["requests.received"]
    value = case.desk.value(report, wanted[0], "total")
    subject = next((s.id for s in subjects() if s.metric == wanted[0]), None)
    stated = [
        q for _, q in (case.snapshot.quantities([report.row], subject) if subject else [])
        if not q.channel and q.period == "year" and q.section == 1
    ]  # fmt: skip
    if not stated:
        return Answer(
            "not_reported", f"{report.agency}{report.year}年的报告叙述里没有写这个数，无法与表格核对。", (case.desk.figure_out(value),)
        )
    figures = (case.desk.figure_out(value), *(case.desk.quantity_out(report, q) for q in stated[:3]))
    spoken = "、".join(f"{q.counted} {tidy(q.printed)}" for q in stated[:3])
    same = value.value is not None and all(q.value == value.value for q in stated)
    cell = value.amount() if value.value is not None else "没有数字"
    verdict = "一致。" if same else "不一致。"
    apart_asked = stated[0].value != value.value or "差" in case.query.asked
    if value.value is not None and len(stated) == 1 and apart_asked and not stated[0].approximate:
        apart, words = _apart(figures, value.value, stated[0].value, value.unit)
        verdict += f"{words}。"
        figures = (*figures, apart)
    return Answer("answered", f"{verdict}{report.agency}{report.year}年的报告，表格里是 {cell}，叙述里写的是“{spoken}”。", figures)


def _relations(case: Case, report: StoredReport) -> Answer:
    checks = case.snapshot.checks(report.row)
    failed = [c for c in checks if c.status == "fail"]
    case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    said = "没有发现不成立的勾稽关系。" if not failed else "有不成立的勾稽关系：" + "".join(c.message for c in failed[:3])
    open_ = [c for c in checks if c.status == "unknown"]
    more = "有的关系无法判断：" + open_[0].message if open_ else ""
    noted = tuple(Caution(c.rule, c.message) for c in (*failed[:5], *open_[:1]))
    named = [m for m in wanted_metrics(case.query, report.edition) if m in metrics()] if case.query.has_cells else []
    if any(m in _BALANCE or m == "requests.to_handle" for m in named):
        named = list(_BALANCE)
    figures = tuple(case.desk.figure_out(case.desk.value(report, m)) for m in named[:6])
    shown = "；".join(f"{full_label(m)} {said_(case.desk.value(report, m))}" for m in named[:6])
    return Answer("answered", f"{report.agency}{report.year}年的报告{said}{shown + '。' if shown else ''}{more}", figures, warnings=noted)
