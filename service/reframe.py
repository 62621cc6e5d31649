"""A question of several parts asked again with one of them changed: 2023年呢, 教育局呢, 不予公开呢, after 公安局在市直部门里排第几.

What such a question works out (a place among others, one sum against another, one body's share of another's) is no slot that a
follow-up could take over; its own words are kept instead (``Context.frame``), and the part that is named anew is put into them. The words of
any other question that says all of it are kept as well (``Context.whole``), for follow-ups that are nothing but another year, body or thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.segment import Segmenter
from service.agencies import find_agencies
from service.context import Context
from service.directory import Directory
from service.group import Group, find_group
from service.lexicon import find_terms, mask
from service.years import years_in

_BRIEF = re.compile(
    r"(?:那么?|再|换成|改成|换|改|看看?|要是|如果是?|同样|一样)*(?P<core>[^,，?？]{2,20}?)(?:的)?(?:呢|怎么样|如何|又是多少|的话)?[?？。!！]*"
)
# 那2022年呢, 不对，我要的是2021年的: nothing but a year
_YEAR_ALONE = re.compile(
    r"(?:(?:不对|不是|错了|哦|好|嗯)[,，。]?)?(?:我(?:要|问|说)的?是|换成|改成|改查|再[查看]一?下?|看看?|要是|如果是?|年份[换改]成|那么?|同样的?[,，]?|(?:对比|比较|参考)一下[,，]?)*(?P<core>(?:20)\d\d年?)(?:度)?(?:的)?"
    r"(?:同样的数|又?(?:是|有)(?:多少|几[件条个次份])|呢|怎么样)?[?？。!！]*"
)
# 碧原市公安局同样的数; 那松岚县教育局呢: nothing but a body, and perhaps a year
_SAME = "(?:同样|一样|相同|同一个?)的?(?:口径|数字|数据|这?个?数)?"
_BODY_ALONE = re.compile(
    rf"(?:(?:不对|不是|错了|哦|好|嗯)[,，。]?)?(?:我(?:要|问|说)的?是|换成|改成|换|改查|改|再[查看问]一?下?|看看|看一?下|查一?下|要是|如果是?|那么?|(?:再问)?{_SAME}[,，:：\s]?|(?:对比|比较|参考)一下[,，]?)*"
    rf"(?P<core>[^,，?？]{{2,30}}?)(?:的)?(?:{_SAME}|又?(?:是|有)(?:多少|几[件条个次份])|呢|怎么样|的话)*[?？。!！]*"
)
_LEANS = re.compile("^(?:那|再|其中|还有|同样|这|它|换|改)|它|他们|她们|上面|刚才|前面|之前|上述|这[几两三]|那[几两三个家年]|同期|也")
_LONGEST = 120
_AS_A_TABLE = re.compile(
    "(?:请|帮我|给我|再|能不能|可以)*(?:(?:列|做|整理|画|出|导出|下载)(?:成|个|张|一[个张])*[^,，]{0,4}(?:表|图)|导出|下载)[^,，]{0,4}"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年?|去年|前年|今年|上一?年度?(?!结转)")
CELLS = ("metric", "row", "block", "result", "column", "derived", "rate")


_ALSO_SO = re.compile(
    r"^(?:那么?)?(?P<year>(?:20)?\d\d年|去年|前年|上一?年|前一年)(?:度)?(?:的)?(?:呢)?[,，]?(?:是不是)?(?:也|还|同样|照样)(?:都)?是?(?:不是)?(?:这样|如此|一样|这种?情况|这么回事)(?:的)?(?:吗|么|吧|不)?[?？]?$"
)
_CLAIMED = re.compile(r"对[吗吧不]|属实|是不是|是否|真的|没错|[吗么吧]$|听说")


# 青禾县政府也一样变少了吗
_ALSO_THERE = re.compile(
    r"^(?:那么?)?(?P<who>[^,，?？\d]{2,16}?)(?:那边|那里|那儿)?(?:是不是|是否)?也(?:都)?是?(?:不是)?(?:这样|如此|一样|同样|这么回事|这种?情况)(?:的|地)?(?:[变]?[多少高低]了|[增减上下][加少长升降]了?)?(?:的)?(?:吗|么|吧|不)[?？]?$"
)


def also_so(question: str, context: Context | None, held: Directory) -> str | None:
    """那23年也是这样么, 青禾县政府也一样吗, after a claim about one body was judged: the claim again, of that year or body; None for any other
    question."""
    if context is None or len(context.agencies) != 1 or context.group or context.agencies[0] not in held.bodies:
        return None
    there = _ALSO_THERE.match(question.strip())
    body = held.match(there["who"], 0) if there is not None else None
    if there is not None and body is not None and body.end == len(there["who"]) and len(body.agencies) == 1:
        dated = f"{context.years[0]}年" if len(context.years) == 1 else ""
        return f"{there['who']}{dated}{context.matter}" if _CLAIMED.search(context.matter) else None
    match = _ALSO_SO.match(question.strip())
    if match is None:
        return None
    years, relative, _ = years_in(match["year"], ())
    if not years and relative in ("上年", "上一年", "前一年") and len(context.years) == 1:
        years = (context.years[0] - 1,)  # before the one that was told; 去年 is counted from the newest
    said = f"{years[0]}年" if years else relative if relative in ("去年", "前年") else ""
    return f"{context.agencies[0]}{said}{context.matter}" if said and _CLAIMED.search(context.matter) else None


def reframed(question: str, context: Context | None, held: Directory, segmenter: Segmenter) -> str | None:
    """The last question with the year, the body or the thing that ``question`` names in place of its own; None where it does more than that."""
    brief = _BRIEF.fullmatch(question.strip()) if context is not None and context.frame else None
    if context is None or brief is None:
        return None
    core, frame = brief["core"], context.frame
    if context.this_year and context.years and core in ("去年", "前年"):  # after 今年: of the year before it
        core = f"{max(context.years) - (1 if core == '去年' else 2)}年"
    if _AS_A_TABLE.fullmatch(question.strip("?？。 ")):
        return frame
    for put in (_another_year, _another_thing):
        if (again := put(core, frame)) is not None:
            return again
    return _another_body(core, frame, held, segmenter)


def put_into_whole(question: str, context: Context | None, held: Directory, segmenter: Segmenter) -> tuple[str, bool] | None:
    """The last question as a follow-up that is nothing but a year, a body, or (of a group) a thing or another group asks it again, and whether
    that says all of it, so that nothing is taken over; None for any other follow-up.

    那2022年呢, 碧原市公安局同样的数; 行政处罚呢 and 换成各街道 behind 一共多少件, 前三名, 有几家是0. What was worked out (a share, a breakdown, a mean, a
    count of bodies) is no slot that a follow-up could take over, and is worked out again.
    """
    if context is None or not context.whole or context.frame:
        return None
    question, whole = question.strip(), context.whole
    if (year := _YEAR_ALONE.fullmatch(question)) is not None:
        again = _of_another_year(year["core"], context, held, segmenter)
        if again is not None:
            return again, False
    if (alone := _BODY_ALONE.fullmatch(question)) is None:
        return None
    own = _group_of_whole(context, held)
    if own is not None and not any(h.id == "total" for h in find_terms(alone["core"])):  # 合计, after a ranking: of those told
        core = re.sub("的$", "", alone["core"])
        again = _another_thing(core, whole, own.spans) or _another_group(core, whole, own, held, segmenter)
        if again is not None:
            return again, bool(_YEAR.search(again))  # said in full: of whose group the talk was is no longer meant
    again = _of_another_body(alone["core"], whole, held, segmenter)
    return (again, False) if again is not None else None


def _of_another_year(core: str, context: Context, held: Directory, segmenter: Segmenter) -> str | None:
    if context.item or not _names_one_year(context.whole):
        return None  # a number told by the text's own words is looked for by these in the other year
    found = find_agencies(context.whole, held, segmenter)  # looked for here, since few questions are followed by a year alone
    named = (found.agencies and not found.unknown) or _group_of_whole(context, held) is not None
    return _another_year(core, context.whole) if named else None


def _group_of_whole(context: Context, held: Directory) -> Group | None:
    group = find_group(context.whole, held) if context.group else None
    return group if group is not None and not group.vague else None


def _of_another_body(core: str, whole: str, held: Directory, segmenter: Segmenter) -> str | None:
    if (dated := _YEAR.search(core)) is not None:  # 碧原市公安局2022年的
        if not _names_one_year(whole) or (again := _another_year(dated.group(), whole)) is None:
            return None
        core, whole = core[: dated.start()] + core[dated.end() :], again
    if re.sub("的?(?:那一?[个家边份]|这一?[个家])?的?$", "", core) in held.places:
        return None  # 枫林区那个呢, after a bureau: its bureau there, which the follow-up finds by its kind
    return _another_body(core, whole, held, segmenter) if len(core) > 1 else None


def _another_group(core: str, whole: str, own: Group, held: Directory, segmenter: Segmenter) -> str | None:
    found = find_group(f"{core}，合计", held)
    place = find_agencies(core, held, segmenter).spans
    if found is None or found.vague or re.sub("[的各里]", "", mask(core, [s for s in (*found.spans, *place) if s[1] <= len(core)]).replace("\n", "")):
        return None
    spans = [*own.spans, *find_agencies(whole, held, segmenter).spans]
    start, end = min(s[0] for s in spans), max(s[1] for s in spans)
    if re.sub(r"[\s的各]|所有", "", mask(whole, spans)[start:end]):
        return None  # 碧原市公安局在市直部门里: what stands between is asked about too
    return whole[:start] + core + whole[end:]


def stands_alone(question: str) -> bool:
    """Whether another year or body can be put into a question as it stands: it leans on nothing said before."""
    return len(question) <= _LONGEST and not _LEANS.search(question)


def _names_one_year(question: str) -> bool:
    years = {m.group().rstrip("年") for m in _YEAR.finditer(question)}
    return len(years) == 1 and next(iter(years)).isdigit()


def _another_year(core: str, frame: str) -> str | None:
    core = re.sub("那?[一两二三四五六七八九十]*[件份个](?:申请)?$", "", core)  # 前年那份呢
    years, relative, rest = years_in(core, ())
    if len(years) + bool(relative) != 1 or re.sub(r"\s|[年的度]", "", rest) or not (years or _YEAR.fullmatch(core)):
        return None
    said = f"{years[0]}年" if years else core
    own = {m.group().rstrip("年") for m in _YEAR.finditer(frame)}
    if len(own) > 1:
        return None
    return _YEAR.sub(said, frame) if own else said + frame


def _another_thing(core: str, frame: str, bodies: Sequence[tuple[int, int]] = ()) -> str | None:
    hits = [h for h in find_terms(core) if h.kind in CELLS and not h.weak]
    if not hits or re.sub(r"\s|[的数量件]|申请|信息", "", mask(core, [(h.start, h.end) for h in hits])):
        return None
    named = [h for h in find_terms(mask(frame, bodies)) if h.kind in CELLS and h.id != "total" and not re.search("[几多]", frame[h.start : h.end])]
    spans = sorted({(h.start, h.end) for h in named if not h.weak} or {(h.start, h.end) for h in named})
    if not spans or len(re.sub("[的之]|申请|数量", "", frame[spans[0][0] : spans[-1][1]])) > 2 * sum(b - a for a, b in spans):
        return None  # its parts stand apart, and more than one thing may be meant
    return frame[: spans[0][0]] + core + frame[spans[-1][1] :]


def _same_kind_at(core: str, frame: str, unknown: str, held: Directory) -> str | None:
    """望川区的呢, after a body that is not held was asked about (云溪市住建局): the same kind of body there."""
    place, at = re.sub("的?(?:那[个家边]|这[个家])?的?$", "", core), frame.find(unknown)
    upper = next((unknown[:size] for size in (5, 4, 3, 2) if unknown[:size] in held.places and len(unknown) > size), "")
    if place not in held.places or at < 0 or not upper:
        return None
    return f"{frame[:at]}{place}{unknown[len(upper) :]}{frame[at + len(unknown) :]}"


def _another_body(core: str, frame: str, held: Directory, segmenter: Segmenter) -> str | None:
    others = re.search("[在占比](?P<others>[^,，在占比]{2,20}?)(?:里|中|当中|排|平均|合计|的)", frame)
    group = find_group(f"{others['others']}，合计", held) if others else None
    own = find_agencies(frame[: others.start()] if others and group else frame, held, segmenter)
    if own.unknown and not own.agencies:
        return _same_kind_at(core, frame, own.unknown, held)
    found = find_agencies(core, held, segmenter)
    if own.named or len(own.agencies) != 1 or not own.spans or found.unknown or find_terms(mask(core, found.spans)):
        return None  # 教育局呢, after one bureau's share of another's: of both, perhaps
    base, bodies = held.bodies[own.agencies[0]], found.agencies
    if found.places and not any(held.bodies[a].own == base.own for a in bodies):
        bodies = tuple(dict.fromkeys(a for p in found.places for a in held.behind(p, base.own)))  # 碧原的呢
    if len(bodies) > 1:
        bodies = tuple(a for a in bodies if held.bodies[a].place.city == base.place.city and held.bodies[a].level == base.level)
    if len(bodies) != 1 or re.sub(r"\s|[的那这个家]", "", mask(core, found.spans)):
        return None
    start, end = own.spans[0]
    return frame[:start] + bodies[0] + frame[end:]
