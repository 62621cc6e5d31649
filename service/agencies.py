"""Which agency a question means: by parts of names and their usual short forms, never by a guess.

A name is a chain of parts (淄博 · 经济开发区 · 管理委员会 · 办公室). A mention fits an agency when every part that the
mention names is one of the agency's, in the name's order. A mention with a part that no agency held has means another body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.identity.places import read_place
from index.segment import Segmenter

# Short forms of parts, by the part's full form. Usage, not anybody's name.
_SHORT: dict[str, tuple[str, ...]] = {
    "经济技术开发区": ("经济技术开发区", "经济开发区", "经开区", "经开", "开发区"),
    "经济开发区": ("经济开发区", "经济技术开发区", "经开区", "经开", "开发区"),
    "高新技术产业开发区": ("高新技术产业开发区", "高新技术开发区", "高新开发区", "高新区"),
    "管理委员会": ("管理委员会", "管委会", "管委"),
    "人民政府": ("人民政府", "政府", "府"),
    "办公厅": ("办公厅", "厅办", "办"),
    "办公室": ("办公室", "办公厅", "办"),
    "街道办事处": ("街道办事处", "街道办", "街道", "街办"),
    "市场监督管理局": ("市场监督管理局", "市场监管局", "市监局"),
    "人力资源和社会保障局": ("人力资源和社会保障局", "人力资源社会保障局", "人社局"),
    "自然资源和规划局": ("自然资源和规划局", "自然资源规划局", "自然资源局", "自规局", "资规局"),
    "住房和城乡建设局": ("住房和城乡建设局", "住房城乡建设局", "住建局"),
    "卫生健康委员会": ("卫生健康委员会", "卫生健康委", "卫健委"),
    "卫生健康局": ("卫生健康局", "卫健局"),
    "发展和改革委员会": ("发展和改革委员会", "发展改革委", "发改委"),
    "发展和改革局": ("发展和改革局", "发展改革局", "发改局"),
    "教育和体育局": ("教育和体育局", "教育体育局", "教体局"),
    "生态环境局": ("生态环境局", "环保局", "环境局"),
    "综合行政执法局": ("综合行政执法局", "综合执法局", "行政执法局"),
    "城市管理局": ("城市管理局", "城管局"),
    "交通运输局": ("交通运输局", "交通局", "交运局"),
    "农业农村局": ("农业农村局", "农业局"),
    "应急管理局": ("应急管理局", "应急局"),
    "退役军人事务局": ("退役军人事务局", "退役军人局"),
    "文化和旅游局": ("文化和旅游局", "文化旅游局", "文旅局"),
    "行政审批服务局": ("行政审批服务局", "行政审批局", "审批局"),
    "工业和信息化局": ("工业和信息化局", "工信局"),
}
_PARTS = re.compile("|".join(sorted(map(re.escape, _SHORT), key=len, reverse=True)))
_PLACE = re.compile(r"[^省市县区旗州盟镇乡]{1,8}?(?:自治区|自治州|自治县|特别行政区|新区|省|市|县|区|旗|州|盟|镇|乡|街道)")
# What an unknown body's name ends with; each beside words that only look like one.
_BODY = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:人民政府|政府(?!信息|采购|集中|网站|公报|门户|公开|部门|规章|机关)|管理委员会|管委会|办事处|街道办?|办公[室厅]|自治[区州县]|"
    r"[省市县区旗镇乡](?!民|场|里|别|间|域|分|的?[多几]|级|委|长)|[厅局](?!长|部|面|里|限)|委员会|委(?!托|员|屈|任|派))"
)
_NOT_BODY = re.compile(
    r"(?:哪|什么|某|各|每|本|我|你|贵|该|那|这|全|其他|其它|别|一|有|整|咱|您|他|们|多少|几)个?(?:个|些|家)?(?:的)?(?:区|市|县|镇|乡|局|厅|委|办公室|街道|政府|管委会|街道办|单位|省)$"
    r"|(?:行政|政府|国家|上级|下级|主管|有关|相关|地方|各级|人民)(?:机关|政府|部门)$|当局$|结局$|格局$|布局$|大局$|地区$|社区$|小区$|城市$|上市$|超市$|都市$|城区$|片区$|辖区$|园区$|全市$|全区$|全县$|我市$|我区$|我县$|本市$|本区$|本县$|城乡$|家乡$|老乡$|邮局$|法院$|专区$|分区$|雷区$|误区$|景区$|考区$|灾区$|山区$|时区$|禁区$|特区$|学区$|街区$"
)
_ZONE = re.compile(r"(?:高新技术产业|高新技术|经济技术|经济)开发区|高新区|经开区|保税区|自贸区|示范区|度假区|工业园区?")
_GENERIC_BODIES = frozenset(("办公室", "管委会", "街道", "政府", "人民政府", "委员会", "办事处", "管理委员会", "街道办", "乡镇"))
_LEAD = re.compile(
    r"^(?:向|由|给|让|请|被|到|去|找|为|以|换成|我们|你们|咱们|他们|请问|看看|查查|查询|关于|如果|那么|比如|那|查|问|在|比|跟|对|从)+"
)
_MINISTRY = re.compile(
    r"(?:外交|国防|教育|科技|科学技术|工业和信息化|工信|公安|安全|民政|司法|财政|人社|人力资源和?社会保障|自然资源|生态环境|环保|住建|住房和?城乡建设|交通运输|交通|水利|农业农村|农业|商务|"
    r"文化和?旅游|文旅|退役军人事务|应急管理|应急)部(?!门|分)|国务院(?!办公厅令)|国家[\u4e00-\u9fff]{2,8}(?:总局|局|委)|(?:税务|海关|市场监管)总[局署]|央行|最高法|最高检"
)
_NATION = re.compile(r"全国|我国|中国(?!人)|各省|各地|各市")


@dataclass(frozen=True, slots=True)
class Mention:
    """What a question says of agencies.

    agencies  names held that fit; several when the mention does not tell them apart
    spans     stretches of the question that belong to the mention
    unknown   words that name a body which is not held, or None
    partial   only the place that a body lies in is named (淄博), which is no name of the body
    """

    agencies: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()
    unknown: str | None = None
    partial: bool = False


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a name, each with the forms it goes by, the full form first."""
    parts: list[tuple[str, ...]] = []
    at = 0
    name = re.sub(r"[（()）]", "", name)
    while at < len(name):
        known = _PARTS.match(name, at)
        if known:
            parts.append(_SHORT[known.group()])
            at = known.end()
            continue
        following = _PARTS.search(name, at)
        chunk = name[at : following.start() if following else len(name)]
        place = _PLACE.match(chunk)
        if place and len(place.group()) >= 2:
            full = place.group()
            stem = re.sub(r"(?:自治区|自治州|自治县|特别行政区|新区|省|市|县|区|旗|州|盟|镇|乡|街道)$", "", full)
            parts.append((full, stem) if len(stem) >= 2 else (full,))
            at += len(full)
            continue
        parts.append(_place_forms(chunk))
        at += len(chunk)
    return tuple(parts)


def _place_forms(chunk: str) -> tuple[str, ...]:
    """A leading place without its suffix (淄博) also goes with one (淄博市)."""
    if re.search(r"[局厅委办院部署会社站所处队司心]$", chunk):
        return (chunk,)
    return (chunk, chunk + "市", chunk + "县", chunk + "区", chunk + "省") if len(chunk) <= 4 else (chunk,)


def find_agencies(text: str, names: Sequence[str], segmenter: Segmenter, protected: Sequence[tuple[int, int]] = ()) -> Mention:
    """What ``text`` says of agencies, among ``names`` held. ``protected`` spans are terms that no name may claim."""
    if told := _by_own_name(text, names):
        return told
    best: list[tuple[float, str, tuple[tuple[int, int], ...]]] = []
    for name in names:
        spans = _fit(text, name)
        if spans:
            best.append((sum(end - start for start, end in spans) + (100 if name in text else 0), name, spans))
    best.sort(key=lambda item: -item[0])
    chosen = [item for item in best if item[0] == best[0][0]] if best else []
    spans = chosen[0][2] if chosen else ()
    unknown = _unknown(text, spans, segmenter, protected)
    if unknown:
        return Mention((), spans, unknown)
    partial = bool(chosen) and all(_only_place(text, name, spans) for _, name, spans in chosen)
    return Mention(tuple(name for _, name, _ in chosen), spans, None, partial)


@lru_cache(maxsize=65536)
def _own_names(name: str) -> tuple[str, ...]:
    """What a body is called by those who know where it is: its name without the ministry above it and without its place."""
    bare = re.sub(r"[（(].*?[）)]", "", name)
    below = re.sub(r"^(?:国家税务总局|中华人民共和国)(?=.{4})", "", bare)
    own = below[read_place(below).length :]
    forms = [below] if below != bare else []
    # 沙河湾街道办事处, 税务局: the first is a name of its own, the second any place's.
    if _TOWNSHIP.match(own):
        forms += [own, re.sub(r"办事处$|人民政府$", "", own)]
    elif (township := read_place(bare).place.township) and len(township) >= 3:
        forms += [township + bare.partition(township)[2], township]
    return tuple(form for form in dict.fromkeys(forms) if len(form) >= 4)


_TOWNSHIP = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?:街道办事处|街道|镇人民政府|乡人民政府|镇|乡)$")


_PLACES_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{1,5}?[省市县区旗州])+$")


def _by_own_name(text: str, names: Sequence[str]) -> Mention | None:
    """The body called by its own name (溪口县税务局 for 国家税务总局溪口县税务局), where no other place stands before it."""
    hits: list[tuple[int, int, str]] = []
    for name in names:
        for form in _own_names(name):
            at = text.find(form)
            if at < 0:
                continue
            lead = _PLACES_BEFORE.search(text[:at])
            if lead is None or lead[0] in name:
                hits.append((at - len(lead[0]) if lead else at, at + len(form), name))
                break
    longest = max((end - start for start, end, _ in hits), default=0)
    chosen = [hit for hit in hits if hit[1] - hit[0] == longest]
    # A full name in the text, or one that goes on behind the form (沙河镇卫生院), is for the closer look.
    if not chosen or any(name in text for name in names):
        return None
    if re.match(r"[\u4e00-\u9fff]{1,6}?(?:局|厅|委|办|院|所|站|中心|学校|支队|大队|办事处)", text[chosen[0][1] :]):
        return None
    return Mention(tuple(name for _, _, name in chosen), (chosen[0][:2],))


def _fit(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Spans of the parts of ``name`` found in ``text`` in the name's order and close together; () when too little fits."""
    found: list[tuple[int, int]] = []
    at = 0
    telling = False
    for number, forms in enumerate(parts_of(name)):
        for form in forms:
            generic = (
                len(form) < 2
                or (number == 0 and form != forms[0] and form.startswith(forms[0]))
                or form in ("政府", "办公室", "办公厅", "办", "府")
            )
            start = text.find(form, at)
            # A generic part counts only right behind another part: 市府办, 管委会办公室.
            alone = generic and number > 0 and (not found or start != found[-1][1])
            if start < 0 or (found and start - found[-1][1] > 2) or alone:
                continue
            if len(form) == 1 and text[start : start + 2] in (
                "办理",
                "办结",
                "办了",
                "办法",
                "办证",
                "办完",
                "办件",
                "办过",
            ):
                continue
            found.append((start, start + len(form)))
            at = start + len(form)
            telling = telling or not generic
            break
        else:
            if number == 0 and not found:
                continue
    return tuple(found) if telling else ()


_EVERYDAY_ZONES = re.compile(
    r"(?:风景|居民|工业|保护|服务|办公|老城|新城|商业|住宅|行政|生活|学校|公共|主城|中心城|功能|片|辖|校|厂|库|库存|休息|等候|窗口)区$"
)


def _is_everyday(words: str, segmenter: Segmenter) -> bool:
    """Whether a word that ends like a place is none. The dictionary's tags are no help: it has 周村区 as a common noun."""
    if len(words) >= 3 and words[-1] in "省市县区旗镇乡":
        return bool(_EVERYDAY_ZONES.search(words)) or words in ("大城市", "小城镇", "各城市", "老城区", "主城区")
    return segmenter.common(words)


_GOVERNMENT = ("人民政府", "办公室", "办公厅")


def _only_place(text: str, name: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a mention names no more than the place before the body's own name."""
    parts = parts_of(name)
    own = [part for part in parts[1:] if part[0] not in _GOVERNMENT]
    return len(spans) == 1 and bool(own) and text[spans[0][0] : spans[0][1]] in parts[0]


def _unknown(text: str, spans: Sequence[tuple[int, int]], segmenter: Segmenter, protected: Sequence[tuple[int, int]]) -> str | None:
    """A body or place that the question names beside what was matched."""
    masked = list(text)
    for start, end in (*spans, *protected):
        masked[start:end] = ["\n"] * (end - start)
    rest = "".join(masked)
    rest = re.sub(r"(?:19|20)\d\d年?度?|\d+年", lambda m: " " * len(m.group()), rest)
    ministry = _MINISTRY.search(rest)
    if ministry:
        return ministry.group()
    nation = _NATION.search(rest)
    if nation:
        return nation.group()
    for word, start in segmenter.places(rest):
        # A place right before a matched part belongs to a name that is not held: 济南经开区 is not 淄博经开区.
        tail = _BODY.match(rest, start)
        return tail.group() if tail else word
    zone = _ZONE.search(rest)
    if zone:
        before = next((text[start:end] for start, end in spans if end == zone.start()), "")
        return before + zone.group()
    for match in _BODY.finditer(rest):
        words = _LEAD.sub("", match.group())
        if _NOT_BODY.search(words):
            continue
        tokens = segmenter.words(words)
        # A body's name is made of nouns; 收到的申请里有几个区 is none.
        if re.search(r"[的了吗呢是有被把和与或里中多少几]", words):
            words = _LEAD.sub("", re.split(r"[的了吗呢是有被把和与或里中多少几]", words)[-1])
            if len(words) < 2 or _NOT_BODY.search(words) or not _BODY.fullmatch(words):
                continue
        joint = next((start for start, end in spans if end == match.start()), None)
        if joint is not None and len(words) >= 2:
            return text[joint : match.end()]  # the part behind a place that was matched is no part of the body held
        if len(words) < 2 or not tokens or words in _GENERIC_BODIES:
            continue
        if (words[-1] in "厅局委" and len(words) >= 3) or not _is_everyday(words, segmenter):
            return words
    return None
