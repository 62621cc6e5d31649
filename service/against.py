"""One number against another after it was told: 比它多几件, 是县局的几倍, 后面三家加起来有没有超过第一家, 反过来了没.

Each is put into a question that is whole by itself, with the names, the year and the thing that were told, so that it is read and checked like
any other; whom the talk is about stays (``answer._still_among``).
"""

from __future__ import annotations

import re

from corpus.textual import stated_number
from index.segment import Segmenter
from service.agencies import find_agencies
from service.context import Context
from service.directory import Directory
from service.evidence import label_of
from service.lexicon import find_terms, mask
from service.reframe import CELLS
from service.years import years_in

# 碧原经开区是不是更高, 碧原市教育局比它多吗, after another body's number: of both, and whether it is so
_MORE_THAN_IT = re.compile(
    r"^(?:我(?:猜|估计|觉得|看|想)|那|估计|想必|恐怕|会不会)*(?P<own>[^,，?？]{3,24}?)(?P<claim>是不是|是否|会不会|应该|肯定|也|要|会|得)*"
    r"(?:比(?:它|他们|其|前者|这家|那家|上面那个|前面那个)(?:的)?(?:还|更|要)*|更|还要?)(?P<way>[多少高低])(?:一?些|一?点儿?|出)?(?P<either>还是(?:更)?[多少高低])?(?P<end>[,，]?(?:是这样|对不对|是不是|对|是)?(?:吗|么|吧|没有)?)"
    r"(?:[?？,，。](?:都|也)?(?:[报说给列]|告诉)(?:我)?(?:一?下|出)?个?(?:数字?|件数|金额|数值)?)?[?？。]?$"
)

# 青禾县政府的总数跟它比，谁多
_HELD_TO_IT = re.compile(
    r"^(?:那)?(?P<own>[^,，?？]{3,20}?)[跟和与同](?:它|他们|前者|这家|那家)(?:相?比|比起来|比一比)[,，]?(?P<either>谁|哪[个家边])(?:更|还)?(?P<way>[多少高低])[?？]?$"
)

# 云溪的比它少了几件, after another body's number
_HOW_MUCH_MORE = re.compile(
    r"^(?:那)?(?P<own>[^,，?？]{2,20}?)比(?:它|他们|前者|这家|那家)的?(?:还|更|要)?(?P<way>[多少高低])(?:了|出)?(?P<either>多少|几)(?:[件条个份次篇人场期块元]|[万亿]元)?(?:来着|呢|啊|呀)?(?:[(（][^()（）]{1,8}[)）])?[?？]?$"
)

# 是县局的几倍, after one body's number: that body's over this one's
_OF_ANOTHER = re.compile(
    r"^(?:那)?(?:它|这|那)?(?:就)?(?:是|相当于|抵得?上?|顶)(?P<own>[^,，?？]{3,20}?)的?(?P<ask>(?:几|多少)倍|百分之(?:几|多少)|几成)(?:来着|呢|啊|呀)?[?？]?$"
)


def against_it(question: str, context: Context | None, held: Directory, segmenter: Segmenter) -> str | None:
    """The whole question whether another body's number is more, or less, than that of the body spoken of; None for any other question."""
    alone = context is not None and len(context.agencies) == 1 and len(context.metrics) == 1
    match = next((m for p in (_MORE_THAN_IT, _HELD_TO_IT, _HOW_MUCH_MORE, _OF_ANOTHER) if alone and (m := p.match(question.strip()))), None)
    if context is None or match is None or context.agencies[0] not in held.bodies:
        return None
    said = match.groupdict("")
    if not any(said.get(part) for part in ("claim", "end", "either", "ask")):
        return None
    if re.search("[这那]一?[家个]", match["own"]):
        return None  # 望川这家23年是不是更多: the body spoken of, in another year
    named = find_agencies(match["own"], held, segmenter)
    own = tuple(a for a in named.agencies if a not in context.agencies)
    base = held.bodies[context.agencies[0]]
    if named.places and not any(held.bodies[a].own == base.own for a in own):
        own = tuple(dict.fromkeys(a for p in named.places for a in held.behind(p, base.own))) or own  # 云溪的: the body there
    if len(own) > 1:
        own = tuple(a for a in own if held.bodies[a].own == base.own)
    if len(own) != 1 or named.unknown or named.named:
        return None
    thing = re.sub(r"\s+|^(?:那)?(?:回到|说回|再说|再看)|[:：]|同年|当年|同一?期|(?:新收|收到?|办理?)的$|总数$|的$|^的", "", mask(match["own"], named.spans)).strip("的")
    hits = [h for h in find_terms(thing) if h.kind in CELLS]
    if hits and "元" in match.group() and {h.id for h in hits} == {"fees"}:
        thing = f"{thing}金额"
    elif not [h for h in hits if not h.weak]:
        if thing and not years_in(thing, ())[0]:
            return None
        thing = f"{thing}{label_of(context.metrics[0])}{'占比' if context.operation == 'share' else ''}"
    year = "" if years_in(thing, ())[0] or len(context.years) != 1 else f"{context.years[0]}年"
    if said.get("ask"):
        return f"{context.agencies[0]}{year}{thing}是{own[0]}的{said['ask']}"
    if said["either"]:
        return f"{own[0]}和{context.agencies[0]}{year}{thing}谁多，相差多少"
    return f"{own[0]}{year}{thing}比{context.agencies[0]}{match['way']}，对吗"


_THE_FIRST = "(?:排?第一(?:名|家|位)?(?:的那?[一]?[家个])?|头名|头一家|榜首|冠军|打头的?那?[一]?[家个]?|最[多高大]的?那?一?[家个]|它)"
_THE_REST = "(?:后[面头]|其[余他它]|剩下|余下|另外)的?(?:那|这)?(?P<n>[两三四五六])?(?:个|家)(?:单位|局|街道|乡镇)?"
_ADDED_UP = "(?:一共|总共|都)?(?:的)?(?:[加合摞捆凑拢]起来|合计|之和|总和|相加|[加合摞捆凑拢](?:在|到)?一[起块]儿?)"
# 后面三家加起来有没有超过第一家; 第一家比其余三家之和还多吗
_REST_AGAINST_FIRST = (
    re.compile(
        rf"^(?:那)?{_THE_REST}{_ADDED_UP}(?:是|有)?(?:多少|几)?[件条个]?[,，]?(?:是不是|是否|能不能|能|够不够|还|都|有没有)*(?P<way>超过|超得过|多过|比得[上过]|赶[得不]?上|赶不赶得上|顶[得不]上|抵[得不]上|不如|比)(?:得?了)?{_THE_FIRST}(?P<ask>[^,，。?？]{{0,8}})[?？。]?$"
    ),
    re.compile(
        rf"^(?:那)?{_THE_FIRST}(?:是不是|是否|有没有|还|都)*(?P<way>超过|多过|比|赶[得不]?上|顶[得不]上|抵[得不]上|不如)(?:了)?{_THE_REST}{_ADDED_UP}(?P<ask>[^,，。?？]{{0,8}})[?？。]?$"
    ),
)
# 公安局一家罚的，比另外三家之和还多: one that is named against the others
_NAMED_AGAINST_REST = re.compile(
    rf"^(?:那|这么说来?|这么看|所以|也就是说|听说|[,，])*(?P<who>[^,，。?？比]{{3,20}}?)(?:一家|一个)?(?:[收罚办发批来交]+(?:到)?的|的数?)?[,，]?(?:就|都|还|是不是|是否)*(?P<way>超过|多过|比|赶[得不]?上|顶[得不]上|抵[得不]上|不如)(?:了)?{_THE_REST}{_ADDED_UP}(?P<ask>[^。?？]{{0,12}})[?？。]?$"
)
# 24年反过来了没, after which of two has more
_TURNED = re.compile(
    r"^(?:那|到)?(?P<year>(?:20)?\d\d年|去年|前年|[上前]一年)?(?:的?时候)?[,，]?(?:是不是|有没有)?(?:就)?(?:反过来|倒过来|掉了?个个儿|反转)(?:了)?(?:没有?|吗|么)?[?？]?$"
)


def turned_about(question: str, context: Context | None, held: Directory) -> str | None:
    """Whether of two bodies the one that had less has more in another year; None for any other question."""
    match = _TURNED.match(question.strip())
    if match is None or match["year"] is None or context is None or len(context.metrics) != 1 or len(context.years) != 1:
        return None
    if len(context.order) != 2 or {*context.order} != {*context.agencies} or not {*context.order} <= {*held.bodies}:
        return None
    more, less = context.order
    years, relative, _ = years_in(match["year"], ())
    year = years[0] if years else context.years[0] - 1 if relative in ("上一年", "前一年") else None
    said = f"{year}年" if year else relative or ""
    return f"{said}{less}{label_of(context.metrics[0])}比{more}多，对吗"


# 那比打头的还少几件, after those behind it were added up
_THAN_FIRST = re.compile(
    rf"^(?:那|哦|噢|那么|加起来|合起来|[,，])*比(?!它){_THE_FIRST}(?:还|要|更)?(?P<ask>[多少](?:了|出)?(?:多少|几)[件条个]?|[多少](?:吗|么|不))[?？。]?$"
)


def rest_against_first(question: str, context: Context | None, held: Directory) -> str | None:
    """The whole question whether what the others of a ranking have together is more than the first has, or the other way round; None for any
    other question, and where it is not known who the others are."""
    match = next((m for p in _REST_AGAINST_FIRST if (m := p.match(question.strip()))), None)
    if context is not None and match is None and (alone := _THAN_FIRST.match(question.strip())):
        order, own = context.order, context.agencies
        added = context.operation == "sum" and 1 < len(own) < len(order) and {*own} <= {*order[1:]} and len(context.metrics) == 1
        if added and {*order} <= {*held.bodies} and len(context.years) == 1 and not context.group:
            return f"{'、'.join(own)}{context.years[0]}年{label_of(context.metrics[0])}加起来比{order[0]}{alone['ask']}"
    if context is None or len(context.metrics) != 1 or len(context.years) != 1 or context.group:
        return None
    order, thing = context.order, f"{context.years[0]}年{label_of(context.metrics[0])}"
    if match is None:
        match = _NAMED_AGAINST_REST.match(question.strip())
        whose = held.match(match["who"], 0) if match else None
        pool = context.pool or order
        rest = tuple(a for a in pool if whose and a not in whose.agencies)
        counted = stated_number(match["n"]) if match and match["n"] else len(rest)
        if match is None or whose is None or len(whose.agencies) != 1 or len(rest) != len(pool) - 1 or not 1 < len(rest) == counted:
            return None
        return f"{whose.agencies[0]}{thing}比{'、'.join(rest)}之和{_asked_of_two(match)}"
    rest = order[-int(stated_number(match["n"]) or 0) :] if match["n"] else order[1:]
    if len(rest) < 2 or not {*order} <= {*held.bodies} or order[0] in rest or context.ranks[:2] == (1, 1):
        return None
    together = "、".join(rest)
    if match.re is _REST_AGAINST_FIRST[0]:
        return f"{together}{thing}加起来比{order[0]}{_asked_of_two(match)}"
    return f"{order[0]}{thing}比{together}之和{_asked_of_two(match)}"


def _asked_of_two(match: re.Match[str]) -> str:
    if re.search("多少|几", match["ask"]):
        return "差多少"
    return "少吗" if re.search("不如|不上", match["way"]) or "少" in match["ask"] else "多吗"
