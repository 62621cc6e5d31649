"""Numbers that are part of another in a way of their own: one year's share of a total, the cases on disclosure among all cases.

``before`` is the clause up to the number, ``lead`` the sentence up to the clause, ``follows`` what comes after the number, all
folded and without white space.
"""

from __future__ import annotations

import re

from corpus.forms import unit_classes

# 累计公开 1892 条，其中 2022 年新增 417 条: a part that is a whole of its own, the year's.
_YEARS_SHARE = re.compile(r"^(?:其中)?[,:]?(?:20\d\d年度?|本年度?|当年|今年|全年)(?:新增|新|增加|公开|发布|主动|共|计|了|为)*$")
# Cases told in times: 被申请行政复议 0 次. Not 行政复议听证 2 次.
_CASES_BEFORE = re.compile(r"(?:复议|诉讼|公开申请)(?:案件?|事项)?(?:总?数量?|共计?|总计|合计|均|各|为|有|发生|:)*$")
_CASES_AFTER = re.compile(r"^(?:的|因?政府信息公开)*(?:行政)?(?:复议|诉讼)(?:案件?|申请|事项)?(?:[、和及与,]|$)")
_ABOUT_DISCLOSURE = r"(?:依申请公开|(?:政府|政务)?信息公开|政务公开)"
# 行政复议 12 件，其中涉及政府信息公开 3 件: the twelve are of all matters of the body.
_PART_ON_DISCLOSURE = re.compile(
    rf"^(?:案件?)?[,(;]?(?:其中[^,。;()\d]{{0,12}}{_ABOUT_DISCLOSURE}[^,。;()\d]{{0,14}}|(?:涉及|涉|属于?){_ABOUT_DISCLOSURE}[^,。;()\d]{{0,6}})"
    r"(?:\d|[一二两三四五六七八九十]+[件起宗])"
)
_DISCLOSURE_PART = re.compile(
    rf"^(?:其中)?[,:]?(?:有|涉及?|因|由|属于?|关于|有关|针对|的)*{_ABOUT_DISCLOSURE}(?:申请|工作|答复|方面|类|事项|问题|引发|引起|产生|而|案件|案|的|有|共|为)*$"
)


def unit_of(unit: str, before: str, after: str) -> str:
    """The unit in which a number is to be understood: cases told in times (被提起行政诉讼 0 次) are cases."""
    return "件" if unit == "次" and (_CASES_BEFORE.search(before) or _CASES_AFTER.search(after)) else unit


def years_share(before: str) -> bool:
    """Whether words say of a number that it is one year's part of a total of years."""
    return bool(_YEARS_SHARE.search(before))


def parts_on_disclosure(before: str, follows: str) -> bool:
    """Whether a number of cases takes in other matters: those on disclosure are told after it as its part."""
    return "公开" not in before and bool(_PART_ON_DISCLOSURE.match(follows))


def disclosure_part(before: str, lead: str, unit: str) -> str | None:
    """``review`` or ``litigation`` for the cases on disclosure among all of them: 行政复议 12 件，其中涉及政府信息公开 3 件."""
    if unit_classes().get(unit) != "request" or not _DISCLOSURE_PART.search(before):
        return None
    sentence = re.split(r"[。;]", lead)[-1]
    named = set(re.findall(r"复议|诉讼|应诉|起诉", sentence))
    if len(named) != 1 or "公开" in sentence or re.search(r"维持|纠正|其[他它]结果|审结|驳回|撤|胜诉|败诉|终止", sentence):
        return None
    told = re.search(r"(?:复议|诉讼)(?:案件?|申请)?[^,。;]{0,10}\d[^,。;\d]{1,3}[,(]?(?:其中)?[,:]?$", sentence)
    return {"复议": "review", "诉讼": "litigation"}.get(named.pop()) if told else None
