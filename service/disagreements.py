"""Which reports disagree with themselves, or with the one of the year before: 哪些单位正文和表格的数对不上, asked of a group.

What disagrees was found when the reports were read (corpus/audit); here it is only looked up and told.
"""

from __future__ import annotations

import re

from corpus.model import Span
from service.case import Case
from service.check import body_count
from service.context import Context
from service.contract import Answer, Caution
from service.directory import directory

_DISAGREE = re.compile(
    "对不[上起]|接不上|不一致|不相?符|不吻合|不成立|不等于|不相等|不平|打架|矛盾|有出入|(?:有|存在)(?:差错|错误|出入)|填错|算错"
)
_SUMS = ("row.sum", "outcome.sum", "dispute.sum", "requests.balance")
# (what the question speaks of, the checks that say so, how an answer says it)
_KINDS: tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...] = (
    (re.compile("正文|叙述|文字|文表"), ("text.table", "text.all"), "正文与表格的数不一致"),
    (re.compile("结转|接不上|衔接|上年(?:的)?(?:报告|年报)"), ("years.carried",), "上年结转与上一年度报告的结转下年度不一致"),
    (re.compile("有效"), ("years.in_force",), "现行有效件数与上一年度报告接不上"),
    (re.compile("勾稽|加起来|相加|合计|总计|之和|平衡|不平"), _SUMS, "表内的勾稽关系不成立"),
    (re.compile("数据|数字|表格?|数"), ("text.table", "text.all", "years.carried", *_SUMS), "数字有对不上的地方"),
)
_LISTED = 10  # bodies told one by one
_OTHERS = re.compile(
    r"(?:其[他它]|别的?|另外的?|还有(?:哪些|没有)?(?:别的?)?)(?P<noun>单位|部门|机关|厅局|局|街道|乡镇|地方|家)?(?:的)?(?:里|中)?"
    r"(?:有没有|有无|也有|还有|有|是不是也有?|会不会)?(?:也)?(?:这样|这种|这个|类似|同样)的?(?:情况|情形|问题|毛病|现象|差错|事)?(?:的)?(?:吗|么|没有?)?[?？]?$"
)
_TOLD = re.compile("正文|叙述|文字|结转|勾稽|相加|加起来|总计|合计")


def others_like_it(question: str, context: Context | None) -> str | None:
    """其他厅局有没有这种情况, after one report's numbers were held against each other: which of them have it; None for any other question."""
    match = _OTHERS.search(question.strip()) if context is not None else None
    if (
        context is None
        or match is None
        or not context.years
        or not re.search("[对接合]得[上起]|[对接]不上|一致|相符|勾稽|一样", context.matter)
    ):
        return None
    told = _TOLD.search(context.matter)
    noun = "单位" if match["noun"] in (None, "家", "地方", "机关") else match["noun"]
    return f"{context.years[-1]}年哪些{noun}{told.group() if told else '表格'}的数不一致"


def disagreements(case: Case) -> Answer | None:
    """The bodies of a group whose reports hold numbers that do not agree; None for any other question."""
    query = case.query
    if not query.group or not case.several or not _DISAGREE.search(query.text) or not re.search("哪|几|多少|谁|有没有|名单", query.text):
        return None
    found = next(((rules, words) for pattern, rules, words in _KINDS if pattern.search(query.matter)), None)
    if found is None:
        return None
    rules, words = found
    # 哪些单位: those of whole places as well, for no numbers are added up
    everywhere = query.group.kind == "any" and not query.mention.place
    reports = directory(case.snapshot.reports).reports_in(case.years) if everywhere else case.reports
    failed = {r.row: [c for c in case.snapshot.checks(r.row) if c.status == "fail" and c.rule in rules] for r in reports}
    those = [r for r in reports if failed[r.row]]
    years = case.years
    span = f"{years[0]}—{years[-1]}年" if len(years) > 1 else f"{years[0]}年"
    lead = f"收录的{span}{case.among or '单位'}的报告共 {len(reports)} 份，{words}的"
    count = body_count(len(those), reports[-1], len(reports))
    if not those:
        return Answer("answered", f"{lead}没有。", (count,))
    noted = [Caution(c.rule, f"{r.agency}{r.year}年：{c.message}") for r in those[:_LISTED] for c in failed[r.row][:2]]
    for report in those[:_LISTED]:
        case.desk.cite(report, Span(0, 0), "整份报告", 0, report.title)
    told = "；".join(
        f"{r.agency}{f'{r.year}年' if len(years) > 1 else ''}（{failed[r.row][0].message.rstrip('。')}）" for r in those[:_LISTED]
    )
    more = f"；其余 {len(those) - _LISTED} 个从略" if len(those) > _LISTED else ""
    case.told_bodies = tuple(dict.fromkeys(r.agency for r in those))
    return Answer("answered", f"{lead}有 {len(those)} 个：{told}{more}。", (count,), warnings=tuple(noted))
