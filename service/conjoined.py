"""A claim of several parts judged part by part: 听说收了101件，其中企业提的13件，对吗; 收的比上年多，办结的也比上年多，属实吗.

Read as one question such a claim would be held against one number, and be called wrong for another part than was meant, or right where only
one part of it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.hearsay import as_a_claim

_FRAME = re.compile(
    r"(?:听说|听讲|据说|说是|我记得|记得)?[,，:：]?(?P<claim>.+?)"
    r"(?:[,，。?？](?:我)?(?:这么?样?)?(?:这|那)?(?:[两三]?[个样点条句])?(?:话|说法|数字?|数据)?(?:都|全)?(?:说|记|写)?(?:得|的)?(?:是)?(?:[^,，。?？\d]{1,6}的)?"
    r"(?:对(?:不对|吗|吧|么)|属实(?:吗|么)?|是这样的?(?:吗|么|吧)|是(?:吗|吧|不是|真的吗|真的么)|真的(?:吗|么)|没(?:说|记|写)?错吧?|准(?:吗|不准)|成立(?:吗|么)|站得住(?:脚)?(?:吗|么)|[吗么吧])|[,，](?:这)?[两三][样个点条项]都是[^,，?？\d]{2,8})[?？。]?"
)
_ASKS = re.compile("多少|(?<!好)几(?![十百千]件)|谁|哪|什么|啥|怎|如何|为何")
# What a part holds true of its own: a number with its unit, or which way a number moved.
_ASSERTS = re.compile(
    r"\d[\d,]*(?:\.\d+)?\s*(?:件|条|次|人|元|万元|万|份|个|场|期|起|宗|%|％)|百分之[一二三四五六七八九十百零点\d]|[一二三四五六七八九]成|一半"
    r"|一[件条份次分个](?:都|也)?(?:没|不)|(?:全都?|都|全部)(?:给|已)?(?:予以)?公开了|比[^,，]{1,12}?[多少高低大小涨降增减]|(?:上升|下降|增加|减少|增长|上涨|[涨降升跌])了"
)
_MOVED_TO = "[,，]?(?:直接|一路)?(?:降|升|涨|增加?|减少?|跌|掉)(?:了)?到(?:了)?"
# 从2023年的19件降到2024年的9件: two numbers
_FROM_TO = re.compile(
    rf"从(?P<y1>20\d\d年?)的?(?P<n1>\d[\d,]*[件条次人]){_MOVED_TO}(?P<y2>20\d\d年?)的?(?P<n2>\d[\d,]*[件条次人])"
)
# 2024年…从2023年的20件降到8件: the second number is of the year that the claim is of
_TO_THAT_YEAR = re.compile(
    rf"(?P<y2>20\d\d年)(?P<what>[^,，。?？]{{0,24}}?)[,，]?(?:从|由)(?P<y1>20\d\d年?)的?(?P<n1>\d[\d,]*[件条次人]){_MOVED_TO}(?P<n2>\d[\d,]*[件条次人])"
)
# 信访8件里头自然人有6件: two numbers, of a whole and of a part
_PART_OF_WHOLE = re.compile(
    r"(?P<whole>\d[\d,]*[件起份])(?:申请)?(?:里头?|里面|当中|之中|中|其中)+[,，]?(?=[^,，。?？\d]{1,14}?\d[\d,]*[件起份])|(?P<bare>\d[\d,]*[件起份])[ ,，]+其中[,，]?(?=[^,，。?？\d]{1,14}?\d[\d,]*[件起份])"
)
_ENDS_CLAIM = re.compile(r"(?P<n>\d[\d,]*[件起份条次人])(?=(?:对吗|对吧|对不对|对么|是吗|是吧|是不是|没错吧|吗|吧|么)[?？]?$)")
_CLAIMS = re.compile("[对实是真错准立吗么吧]|站得住")
_MOST_PARTS = 4
_YES, _NO = re.compile("是的"), re.compile("不[对是]")
_OPENING = re.compile("^(?:是的|不对|不是)(?:[,，]不是这样)?[,，。:：]")


def parts_of_claim(question: str) -> tuple[str, ...]:
    """The parts of a claim, each as a claim of its own; none where there are not several, or where anything else is asked."""
    if not _CLAIMS.search(question):  # most questions claim nothing: the frame is looked for in the others alone
        return ()
    claim = _TO_THAT_YEAR.sub(r"\g<y1>\g<what>\g<n1>，\g<y2>\g<n2>", as_a_claim(question.strip()))
    claim = _PART_OF_WHOLE.sub(lambda m: f"{m['whole'] or m['bare']}，其中", _FROM_TO.sub(r"\g<y1>\g<n1>，\g<y2>\g<n2>", claim))
    claim = _FEWER_THEN.sub(r"\g<first>年\g<what>，\g<second>年比\g<first>年\g<way>了\g<n>件", claim)
    frame = _FRAME.fullmatch(_ENDS_CLAIM.sub(r"\g<n>，", claim))
    if frame is None or _ASKS.search(frame["claim"]):
        return ()
    parts: list[str] = []
    lead = ""
    for clause in re.split("[,，;；。、]+", frame["claim"]):
        lead += f"，{clause}" if lead else clause
        if _ASSERTS.search(clause):
            parts.append(lead)
            lead = ""
    if lead or not 1 < len(parts) <= _MOST_PARTS:
        return ()
    return tuple(f"{part}，对吗" for part in parts)


# 2020年1533件，2021年少了398件: against the year before it
_FEWER_THEN = re.compile(
    r"(?P<first>20\d\d)年(?P<what>[^,，。]{0,20}\d[\d,]*件)[,，](?P<second>20\d\d)年(?:就|又|则|反而)?(?P<way>减少|增加|下降|[少多降减增涨])了?(?P<n>\d[\d,]*)件"
)


def verdict_of(text: str) -> bool | None:
    """Whether an answer says that a claim is right; None where it gives no verdict."""
    return True if _YES.match(text) else False if _NO.match(text) else None


def without_verdict(text: str) -> str:
    """An answer without 是的 or 不对 at its beginning."""
    return _OPENING.sub("", text, count=1)


def judged(texts: Sequence[str]) -> str:
    """The answers to the parts as one: whether all, some or none of them are right, then each."""
    verdicts = [verdict_of(text) for text in texts]
    names = ("前一点", "后一点") if len(texts) == 2 else tuple(f"第{'一二三四'[at]}点" for at in range(len(texts)))
    count = "两三四"[len(texts) - 2]
    opening = f"是的，{count}点都对。" if all(verdicts) else f"不对，{count}点都不对。" if not any(verdicts) else "不全对。"
    told = [
        f"{name}{'对' if verdict else '不对'}：{without_verdict(text)}"
        for name, verdict, text in zip(names, verdicts, texts, strict=True)
    ]
    return opening + "".join(told)
