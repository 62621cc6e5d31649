"""Zero said in words: 未收到政府信息公开申请, 未发生行政复议和行政诉讼, 申请数量为零, 未收取信息处理费.

Only where the words speak of all requests, reviews, lawsuits or handling fees: 未收到法人申请 says nothing of natural persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Span


@dataclass(frozen=True, slots=True)
class Absence:
    """``start``–``end`` is the whole phrase in the line, ``printed`` the word that says zero, ``words`` what there was none of, counted in
    ``unit``."""

    start: int
    end: int
    printed: Span
    subject: str
    words: str
    unit: str = "件"  # as the forms count


_JOIN = r"(?:、|和|与|及|或者?|以及|且)"
_ANYBODY = r"(?:(?:来自)?(?:社会公众|公众|群众|社会各界|任何单位和个人|申请人|(?:公民|自然人)(?:[、,]|和|与|及|或)法人(?:[、,]|和|与|及|或者?|以及)其[他它](?:社会)?组织)(?:的)?)?"
_REQUEST = (
    r"(?:书面)?(?:依申请公开(?:政府信息|信息)?(?:的)?(?:申请|请求|事项|件|情况|业务)?|(?:要求|申请)(?:依法)?公开(?:政府)?信息(?:的)?(?:申请|情况|要求|事项)?"
    r"|(?:政府)?信息(?:依申请)?公开(?:的)?申请(?:事项|件)?|公开(?:政府)?信息(?:的)?申请|公开申请|申请公开(?:件|事项|情况)?|申请件)"
)
_CAUSE = r"(?:(?:因|由|有关|涉及|针对|关于)?(?:依申请公开)?(?:政府|政务)?信息公开(?:工作|申请|答复|行为|问题|事务)?(?:而|所)?(?:引起|引发|导致|产生|提起|被|的)*)?"
_CASE = r"(?:案件|案|申请|事项|情况|情形|事件)?"
_DISPUTE = r"(?:被?(?:申请|提起|提出))?(?:行政)?(?:复议|诉讼)" + _CASE
_ITEM = rf"(?:{_CAUSE}{_DISPUTE}|(?:举报|投诉|申诉|信访|上访|纠纷|争议){_CASE})"
_LIST = rf"{_ITEM}(?:{_JOIN}{_ITEM}){{0,5}}"
_END = r"(?=[,。;)]|$|且|也|均)"
_TAIL = r"(?:等)?(?:的)?(?:案件|案|情况|情形|事项|事件|记录|现象)?" + _END
_NONE = r"(?:未(?:曾|被)?(?:收到|接到|接收到|发生|产生|出现|引发|涉及)?(?:过)?|没有(?:收到|接到|发生|产生|出现)?(?:过)?|无|不存在)"
_BEFORE = re.compile(
    rf"(?=[未没无不])(?<![有如若凡毫确保防止避免])(?P<none>{_NONE})(?:任何|有关|相关|1件|一件|一起)?{_ANYBODY}(?:(?:提出|提交|递交|发来|申请)的?)?"
    rf"(?:(?P<request>{_REQUEST})(?:{_JOIN}(?P<also>{_LIST}))?|(?P<disputes>{_LIST})){_TAIL}"
)
_AFTER = re.compile(
    rf"(?:(?P<request>{_REQUEST})(?:总?数量?|件数|总量)?|(?P<disputes>{_LIST})(?:总?数量?|件数)?)"
    rf"(?:均|都|也|全部)?(?P<none>为零|为0|为〇|未发生|未收到|未接到|未产生|没有发生){_END}"
)
_FEE = r"(?:依申请公开|(?:政府)?信息公开(?:申请)?)?的?(?:信息(?:公开)?)?(?:(?:处理|检索|复制|邮寄)(?:、|和|及|或)?){1,4}等?的?费用?"
_NO_FEE = re.compile(
    rf"(?P<none>(?:未|没有|不曾|从未)(?:向(?:申请人|任何申请人|公众))?(?:收取|收|产生|发生|涉及)(?:过)?|无|不存在(?:收取)?)(?:任何)?(?P<fee>{_FEE}){_TAIL}"
    rf"|(?:收取)?(?P<named>{_FEE})(?:的)?(?:收取)?(?:情况)?(?:[:：,]|均|都)?(?P<nought>为[零0〇]|无|未发生|没有发生|未收取|没有收取){_END}"
)
_OF_SOME = re.compile("(?:[上下]半年|季度|\\d月份?|对[^,。;:]{0,14})$")  # 对低保户未收取: of some, or for a while
_ZERO_WORD = re.compile(r"未|无|没有|不存在|为零|为0|为〇")
_ZERO_AFTER = re.compile(r"为[零0〇]|未[发收接产]|没有发生")
_LEAD = re.compile(r"(?:确保|力争|防止|避免|如果|若|倘|假如)[^,。;]{0,12}$")


def absences(line: str) -> list[Absence]:
    """Every zero in words of a folded line, in order; white space inside the words is passed over."""
    if not _ZERO_WORD.search(line):
        return []
    where = [i for i, c in enumerate(line) if c != " "]
    text = "".join(line[i] for i in where)
    found: list[Absence] = []
    patterns = (_BEFORE, *((_AFTER,) if _ZERO_AFTER.search(text) else ()), *((_NO_FEE,) if "费" in text else ()))
    for pattern in patterns:
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 16) : match.start()]
            if _LEAD.search(before):
                continue
            if pattern is not _NO_FEE:
                found += _each(match, where)
            elif not _OF_SOME.search(before):
                found += _fee(match, where)
    return found


def _fee(match: re.Match[str], where: list[int]) -> Iterator[Absence]:
    """That no handling fee was taken, in both units, as a report that took some would tell it: 收取信息处理费 2 件、300 元."""
    first, last = match.span("none" if match["none"] else "nought")
    start, end, printed = where[match.start()], where[match.end() - 1] + 1, Span(where[first], where[last - 1] + 1)
    for unit in ("件", "元"):
        yield Absence(start, end, printed, "handling_fee", match["fee"] or match["named"], unit)


def _each(match: re.Match[str], where: list[int]) -> Iterator[Absence]:
    start, end = where[match.start()], where[match.end() - 1] + 1
    first, last = match.span("none")
    if match["none"].startswith("为"):
        first = last - 1  # 为零: the figure alone
    printed = Span(where[first], where[last - 1] + 1)
    if match["request"]:
        yield Absence(start, end, printed, "requests.received", match["request"])
    listed = match["disputes"] or match.groupdict().get("also") or ""
    for subject, name in (("review", "复议"), ("litigation", "诉讼")):
        named = re.search(rf"(?:行政)?{name}", listed)
        if named:
            yield Absence(start, end, printed, subject, named.group())
