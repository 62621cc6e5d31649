"""The words around a count: what it is said of, over what time, and of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.audit.material import Material, Prose
from corpus.model import Quantity

TOPIC = re.compile(
    r"(?P<request>依申请公开|信息公开申请|公开信息申请|公开的?申请|申请公开|信息公开的申请|政府信息的?申请)"
    r"|(?P<direct>未经(?:行政)?复议直接(?:起诉|提?起?(?:行政)?诉讼))"
    r"|(?P<after>(?:经|先)?(?:行政)?复议[后再]+又?(?:提?起?(?:行政)?诉讼|起诉))"
    r"|(?P<review>行政复议|复议)|(?P<litigation>行政诉讼|诉讼|起诉|应诉)"
    r"|(?P<other>主动公开|建议|提案|议案|信箱|热线|12345|留言|信访(?!举报)|投诉(?!类)|咨询|培训|规范性文件|行政许可|行政处罚|行政强制"
    r"|政务服务|公文|微信|微博|头条|视频|新闻|解读|公报|稿件|档案|目录|信息处理费|收费|检查|督查|会议)"
)  # fmt: skip
# A count of a part: of one channel, of last year, of some months, of a change.
CHANNEL = re.compile(r"当面|现场|信函|邮寄|邮政|网上|网络|在线|互联网|邮件|邮箱|传真|平台|窗口|电话|微信|线上|线下|来信|书面|网站|小程序")
OTHER_PERIOD = re.compile(r"累计|历年|近[年几两三四五]|以来|[去上往]一?年|季度|半年|(?:\d{1,2}|[一二三四五六七八九十])月份?(?!底|末)")
WHOLE_YEAR = re.compile(r"1月1日|12月31日|12月底")
_WIDER = re.compile(r"全[省市县区旗州盟镇乡系]|系统|所属|下属|各[级部镇乡街单县市区委科]|基层|辖区|直属")
_NARROWER = re.compile(
    r"(?:[省市县区州旗]|人民)政府(?!信息|网|门户|公报|工作部门|各|系统|所属)|本级|(?<!行政)机关|办公[厅室]|部门|街道|乡镇|[^我本全]局|政府办|委办"
)
_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,14}(?:局|委|办|厅|部门|乡镇|街道|镇|乡|办公室|政府|中心|单位|管委会|办事处|科|处))(?:共|累计|全年|年内|总共|合计)*"
    r"(?:收到|接到|接收|受理|办理|办结|新收|未收到|没有收到)"
)
_OWN = re.compile(r"^(?:截至|目前|全年|年度?|一年来|期间|我|本|共|全|其中|由)+")
_ORGAN_LEVEL = re.compile(r"本级|机关本身|局机关|委机关")
_NUMBER_BEFORE = re.compile(r"\d(?:[\d,.]*\d)?[万亿余多]*(?:件次|份次|[件条份封起宗案次项笔部人个名元%])+")
_LEAD = re.compile(r"^(?:其中|分别|另|共计?|和|及|与|、|:)+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around a count, without white space.

    before, after   its clause before the number (from where the clause's last number ends) and after it
    head, tail      its sentence before and after the number
    topic           what the sentence, else its paragraph, named last before the number; ``since``: the words after that name
    own             whether the topic is the sentence's own
    part            whether the count is said to be a part (其中)
    disclosure      whether the paragraph speaks of information disclosure at all
    """

    before: str
    after: str
    head: str
    tail: str
    topic: str | None
    since: str
    own: bool
    part: bool
    disclosure: bool


def wording(piece: Prose, quantity: Quantity) -> Wording:
    begin, finish = piece.find(quantity.span.start), piece.find(quantity.span.end)
    start, end = piece.sentence(begin)
    head, tail = piece.text[start:begin], piece.text[finish : max(end, finish)]
    cut = max(head.rfind(mark) for mark in ",:()") + 1
    for match in _NUMBER_BEFORE.finditer(head, cut):
        cut = match.end()
    topic, since = topic_of(head)
    own = topic is not None
    if not own:
        topic, since = topic_of(piece.before(start))[0], head
    return Wording(
        before=_LEAD.sub("", head[cut:]),
        after=re.split(r"[,:()、]", tail, maxsplit=1)[0],
        head=head,
        tail=tail,
        topic=topic,
        since=since,
        own=own,
        part=bool(re.match(r"[、,]?(?:其中|其余|另)", head[cut:])),
        disclosure=bool(re.search(r"信息公开|政务公开|申请公开|依申请", piece.before(end))),
    )


def topic_of(text: str) -> tuple[str | None, str]:
    """The topic named last, and the words after it."""
    last = None
    for match in TOPIC.finditer(text):
        last = match
    return (last.lastgroup, text[last.end() :]) if last else (None, "")


def scope_doubt(head: str, material: Material) -> str:
    """Why words may speak of another circle of bodies than the tables, "" when nothing says so."""
    if material.scope == "全域汇总":
        hit = _NARROWER.search(head)
    else:
        hit = _WIDER.search(head) or (_ORGAN_LEVEL.search(head) if material.scope != "本级" else None)
    words = hit.group() if hit else _another_body(head, material.agency)
    return f"叙述中有“{words}”，统计范围可能不同" if words else ""


def _another_body(head: str, agency: str | None) -> str:
    """The body that took the requests in, where it is named and its name is no shorter form of the agency's.

    管委会办公室 is one of 管理委员会办公室: its characters stand there in this order.
    """
    match = _BODY.search(head) if agency else None
    if not match or not agency:
        return ""
    name = _OWN.sub("", match["name"])
    rest = iter(agency)
    return "" if all(char in rest for char in name) else name
