"""The words that say what a number counts, as an answer shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.forms import unit_classes
from corpus.model import Quantity
from corpus.narrative.counted import Around

_FILLER = re.compile(
    r"^(?:(?:截至|截止)?(?:20\d{2}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|本年度?|全年|今年|\d{1,2}月[初底中]?)"
    r"|(?:其中|共计|共|总共|合计|总计|累计|一年来|目前|分别|和|及|与|并|的|,|、|:|;|明确|安排|配备|确定|设立|举办|召开))+"
    r"|(?:共计|共|总共|合计|总计|累计|达到?|为|有|了|均|各|是|计|等|提高到|增加到|数量为|多达|高达|:)+$"
)
_VERB_ONLY = re.compile(
    r"(?:我[局委办镇区县市厅院乡]|本机关|本单位|本级|全[市区县镇省])?(?:专门|新|全年|已)?(?:收到|接到|受理|收办|办理|处理|办结|答复|公开|发布|主动公开|推送|更新|编制|印发|制发|开展|组织|举行|举办|召开|编发|回应|开设|设立|设置|配备|安排|发放|收取|参加|涉及|提出|在)?"
)
_NOUN_ENDS = re.compile(r"[,。;:(#]|其中|并|均|已|全部")
_SHARE = re.compile(
    r"所?占比?例?|同比|环比|[较比]?(?:上一?年|去年|20\d\d年)?度?(?:同期)?(?:相比)?,?(?:同比)?"
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低)?(?:率|比例|幅度)?|[增降]幅|占.{1,12}的?"
)
_BARE = re.compile(
    r"(?:其中|共计?|总共|总计|合计|累计|全年|历年来?|本年度?|今年|已|均|各|并|的|等|方面|平台|渠道|形式|方式|途径|账号|收到|接到|受理|办理|处理|发布|推送"
    r"|公开|提交|提出|递交|有|为|是|达|通过|以|和|与|及|以及|另|还|[、,:;]|20\d\d年度?)*+"
)


def squash_line(line: str) -> str:
    """A stretch of a line without white space and blanked brackets."""
    return line.replace(" ", "").replace("\x01", "")


def strip_fillers(words: str) -> str:
    """Without what only leads up to a number: 2022年, 其中, 共计, 达."""
    words = words.strip()
    while True:
        shorter = _FILLER.sub("", words).strip(" 、,:;")
        if shorter == words:
            return words
        words = shorter


def name_of(around: Around, last: Quantity | None) -> str:
    """The words that say what was counted: those before the number; a verb alone takes the noun after it.

    A share or a rise names what it is of: 占比 alone says nothing.
    """
    if around.sums_up:
        return "合计"
    words = strip_fillers(around.before)
    ends = _NOUN_ENDS.search(around.after)
    noun = strip_fillers(around.after[: ends.start() if ends else len(around.after)])[:24]
    if unit_classes().get(around.unit) == "percent":
        bare = _SHARE.fullmatch(words)
        if (bare or len(words) < 2) and last is not None and last.counted and last.unit not in ("%", "‰", "个百分点"):
            return last.counted + words
        return words or noun
    if _VERB_ONLY.fullmatch(words):
        if noun:
            return words + noun
        return words or (last.counted if last is not None else "") or strip_fillers(re.split(r"[,;。]", around.lead.rstrip(",:;"))[-1])
    return words if len(words) >= 2 else words + noun


def is_bare(words: str, channels: Iterable[str]) -> bool:
    """Whether words name nothing but channels: what is counted was said before."""
    for channel in channels:
        words = words.replace(channel, "")
    return bool(_BARE.fullmatch(words))
