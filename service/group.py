"""Groups of bodies that a question asks about: 各街道, 云溪市所有部门, 哪个区, 全省的教育局."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.identity.places import Place
from service.directory import LEVEL_OF, Body, Directory
from service.replacing import replace

# Kinds of bodies by the noun that a question uses, the longer noun first.
_NOUNS: tuple[tuple[str, str], ...] = (
    (
        "streets and towns",
        r"街道(?:办)?(?:跟|和|与|、|及|加)(?:乡镇|镇|乡)(?:政府)?|乡镇(?:跟|和|与|、|及|加)街道|乡镇街道|乡镇和街道|街道和乡镇|街道乡镇|镇乡街道|[镇乡]、[镇乡]、街道|街道、[镇乡]、[镇乡]|街道、乡镇|乡镇、街道|镇街|街镇|镇办(?!结|理|了|件)|基层单位|乡镇办(?!结|理|了|件)",
    ),
    (
        "any",
        r"(?:部门|机关|单位)(?:跟|和|与|、|及|加)?(?:乡镇|街道|镇街|镇)|(?:乡镇|街道|镇街)(?:跟|和|与|、|及|加)(?:部门|机关|单位)",
    ),
    ("street", r"街道办事处|街道办(?!结|理|了|件)|街道|街办"),
    ("town", r"乡、镇一级政府|乡镇(?:一级)?政府|乡镇|镇乡|[乡镇][和跟与、][乡镇]|镇政府|乡政府|镇(?!江)|乡(?!村)"),
    ("government office", r"政府办公室|政府办公厅|政府办(?!结|理|了|件)|府办(?!结|理|了|件)"),
    ("zone", r"(?:开发区|园区|功能区|高新区|经开区)(?:的?管委会|管理委员会)?|管委会"),
    ("department", r"政府部门|职能部门|工作部门|直属部门|部委办局|委办局|局委办|部门|厅局|局委"),
    ("government", r"省、市、区县(?:各级)?(?:人民)?政府|各级(?:人民)?政府|省、市、县"),
    (
        "cities and counties",
        r"市(?:级|人民)?政府(?:和|与|、|及|跟|加)(?:[两二三四五六七八九十]|\d{1,2})?个?(?:区县|县区|区|县)(?:级|人民)?政府|市、区县政府|市、区县|市、[县区]、[县区](?:人民)?政府|市区县|市和区县|市、县、区",
    ),
    (
        "county",
        r"[区县][和与跟及、][区县](?:政府)?|区县一?级的?(?:人民)?政府|县级(?:人民)?政府|县区政府|区(?:级)?政府|县(?:级)?政府|区县政府|区县|县区|县市区|市县区|(?<!地)区(?!别|分|间|域)|县(?!域)",
    ),
    ("city", r"地级市|地市|市州|城市|市(?!场|民|面|级|直|里|区|局)"),
    ("province", r"省(?!级|直|里|份)|省份"),
    ("government", r"地方政府|政府|(?<!报告哪个)(?<!年报哪个)(?<!在哪个)(?<!报告的哪个)(?<!年报的哪个)(?<!报告里哪个)地方|地区"),
    ("bureau", r"局"),
    ("hall", r"厅"),
    ("any", r"行政机关|机关单位|行政单位|公开主体|单位|机关|机构|主体"),
)
_NOUN = "|".join(f"(?P<n{at}>{pattern})" for at, (_, pattern) in enumerate(_NOUNS))
_LEVELS = r"(?:省|市|州|盟|区|县|旗|乡镇)(?:级|直属?|属)|(?:区县|县区)级?(?=局|部门|机关|单位)"
_LEVEL = rf"(?P<level>{_LEVELS})?"
_LEVEL_OR_UNIT = rf"(?P<level>{_LEVELS}|[省市州盟区县旗](?=局(?!长)))?"  # 各县局
_EACH = r"[那这][几些](?:个|家)?|各(?:个|家|地|级)?|所有的?|全部的?|全体|每一?(?:个|家)|任何一?个?|哪[一两三四五几]?(?:个|家|些)|哪|什么|几(?:个|家)|多少(?:个|家)?|有(?:没有|无)(?:哪个|哪些|什么)?|(?:下属|下辖|所辖|下面|下边|底下|辖内|辖区内?)的?(?:各|所有|几个|哪些)?"
_COUNTED = r"(?:(?<!第)[两二三四五六七八九十]|(?<![第\d])\d{1,2})(?:个|家|大|条|座)?"
_OF_UNITS = re.compile(
    rf"(?P<each>{_COUNTED}|全[省市州盟区县旗]的?|{_EACH})(?:(?P<units>[省市州盟区县旗]{{1,3}})(?:一?级)?的?|地)?(?=[\u4e00-\u9fff])"
)
_EACH_OF = re.compile(rf"(?P<each>{_EACH})(?=[\u4e00-\u9fff])")
_GROUPS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<each>{_EACH}){_LEVEL_OR_UNIT}的?(?:{_NOUN})",
        rf"(?P<each>{_COUNTED}){_LEVEL}(?:{_NOUN})",
        rf"(?P<level>(?:省|市|州|盟|区|县|旗|乡镇)(?:级|直属?|属))(?:{_NOUN})",
        rf"(?<=是)(?P<each>那(?:个|家)){_LEVEL}(?:{_NOUN})(?=$|[?？呀啊呢])",  # as 哪 is often typed
        rf"^(?:那|换成|再看看?|看看|改成|换|要是|如果是)?(?P<each>){_LEVEL}(?:{_NOUN})(?=的?呢|的?$|[?？]|看看|那边|这边)",
        # 最多的单位, 超过五十件的街道; 单位有哪些, 区县按申请量排
        rf"(?:(?<=的)|(?<=最多)|(?<=最少)|(?<=最高)|(?<=最低))(?P<each>){_LEVEL}(?:{_NOUN})(?=$|[\s，,。?？!！：:、（(]|[各又]?是|各?有|共|叫|都|排|数|前|名字|名单|列|给|报|分别|[一二三四五六七八九十\d])",
        rf"(?P<each>){_LEVEL}(?:{_NOUN})(?=这?一级|里|中|之中|当中|之间|按|有(?:(?:哪|几|多少)(?![几些一]?个?年)|谁|没有)|都有|都是|是哪|名单|排(?!除|查|污|水)|那[几些]|的?总报告|收录|共(?:几|有)|的?(?:年报|报告|材料)|前[一二两三四五六七八九十\d]|放|比一|一起|一块|合计|加起来|(?:一共|总共)?(?:有|收录?|存)?了?(?:几|多少)[个家])",
    )
)
# 街道办事处去年一共收到多少, 县区政府平均多少: all of them, where the question begins with their kind
_ALL_OF_A_KIND = re.compile(
    r"^(?:去年|前年|(?:20)?\d\d年(?:度)?)?(?:的)?(?P<noun>(?:区县|县区)(?:政府)?|街道(?:办(?:事处)?)?|乡镇(?:政府)?|镇街)(?=[^,，。?？]{0,20}(?:一共|总共|合计|平均|加起来)[^,，。?？]{0,10}(?:多少|几))"
)
_SPOKEN_NOUN = r"[\u4e00-\u9fff]{2}"
_PLURAL = re.compile(
    r"(?:^|年(?:度)?(?:的)?|[,，:：])(?P<noun>(?:区县|县区)(?:政府)?|街道(?:办(?:事处)?)?|乡镇|镇街|单位|部门|机关|厅局|委办局)(?=[^,，。?？]{2,24}(?:最[多少高低大小]|排|超过|不到|前[一二三两\d]|是谁|有几|有哪|垫底|第一))"
)
# Asked for without a noun: 谁搞了短信提醒, 超过七十件的列名单.
_WHO = re.compile(
    r"谁家|哪[一两几]?份(?:年报|报告)|哪[一两三四五六七八九十几]?家|有几家|(?<=[的上吗])(?:一共|总共|统共|共)?有?多少家(?=$|[,，。?？呢])|(?<=[件条份元块分]的)(?:(?:一共|总共|共)?有?多少个|(?:都)?有哪些)(?=$|[,，。?？呢呀])|(?<!加)(?<!等于)谁(?!加谁|来?(?:审核|把关|签字|出镜|讲解|牵头|审查|盯)|申请|提(?!到)|递|来|告|写的|负责|是|的申请|家|能|去|要|想|问)|哪里的?(?=申请|收到)|哪儿(?=收到)|(?:都)?有谁|都是谁|(?<![黑白红灰])名单|有哪些家|(?:最[\u4e00-\u9fff]{1,2}的?)前(?:[两二三四五六七八九十]|\d{1,2})(?:个|名|家)?(?=[,，(（]|$|一共|总共|合计|共|加|总和|之和|占)|最[多少高低]的?[两二三四五六七八九十]家|[一共统总]+共几[个家]|符合(?:条件)?的(?:有)?(?:哪些|几[个家]|谁)|(?<=[,，])几家(?=$|[?？])|(?:(?<=[数量额请罚可费议讼])|(?<=[数量额请罚可费议讼]的))(?=前(?:[两二三四五六七八九十]|\d{1,2})名?(?:$|[,，。(（]))|有没有(?=[^?？]{6,24}的[,，?？]+(?:都)?[列点报])"
)
_WHOLE = re.compile(r"(?:全|(?=[省市州盟区县旗]里(?:那份|的)?总(?:的)?(?:那份)?报告))(?P<unit>[省市州盟区县旗])(?:的|上下|范围内?)?")
_NATION = re.compile(r"全国")


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies of one kind.

    kind   as in _NOUNS, or "named" (all 教育局: ``names``)
    level  省级, 市直 …: the level of the government that they belong to, or ""
    whole  全市, 全县: the unit of the place that they lie in, when the question does not name it
    noun   as the question has it
    spans  every stretch of the question that speaks of the group
    vague  whether the question asks who without saying of what kind
    each   whether every one of them is meant to be told (各, 每个), rather than some picked out
    """

    kind: str
    noun: str
    level: str = ""
    whole: str = ""
    each: bool = False
    names: tuple[str, ...] = ()
    span: tuple[int, int] = (0, 0)
    spans: tuple[tuple[int, int], ...] = ()
    vague: bool = False


def find_group(text: str, held: Directory) -> Group | None:
    """The group of bodies that ``text`` names, if it does; what brackets say to be of it (含省厅) belongs to its words."""
    group = _group_in(text, held)
    within = re.finditer(r"[(（](?:含|包括|包含|连|算上)[^()（）]{1,8}[)）]", text) if group else ()
    return replace(group, spans=(*group.spans, *(m.span() for m in within))) if group else None


def _group_in(text: str, held: Directory) -> Group | None:
    if len(held.bodies) < 2:
        return None
    whole = _WHOLE.search(text)
    unit = whole["unit"] if whole else ""
    for match in _OF_UNITS.finditer(text):
        for at in (match.end(), match.end("each")):
            named = held.match(text, at)
            namesakes = named is not None and named.rank == 1 and len(named.agencies) > 1 and not match["units"]  # 所有城关镇
            if named and (named.rank == 2 or namesakes) and not re.search(r"有没有|有无", match["each"]):
                noun = text[named.start : named.end]
                names = named.agencies if namesakes else _alike(noun, held, text)
                if len(names) > 1 and held.bodies[names[0]].kind != "government":
                    if match["units"]:
                        noun = match["units"] + noun if at == match.end() else noun
                        names = _of_units(noun, held) or names
                    span = (match.start(), named.end)
                    return Group("named", noun, _breadth(names, held), unit, _every(match["each"]), names, span, (span,))
    for match in re.finditer(
        r"(?:(?:[省市区县旗](?:级|里|直)?的?[和与及、,，]?){2,}(?:各|这几个|几个|所有)?|(?<![\u4e00-\u9fff])[省市州盟区县旗]{1,2}一?级的?"
        r"|(?<=[省市区县年的])[省市州盟区县旗]{1,2}一?级的?)(?=[\u4e00-\u9fff])",
        text,
    ):
        named = held.match(text, match.end())  # 市、县、区教育局, 县一级的教育局
        names = _alike(text[named.start : named.end], held, text) if named and named.rank == 2 else ()
        if named and len(names) > 1 and held.bodies[names[0]].kind == "department":
            span = (match.start(), named.end)
            noun = "".join(re.findall("[省市州盟区县旗]", match.group())) + text[named.start : named.end]
            names = _of_units(noun, held)
            return Group("named", noun, _breadth(names, held), unit, True, names, span, (span,))
    for match in _EACH_OF.finditer(text):  # 哪家公安: a field without its 局
        for size in (4, 3, 2):
            stem = text[match.end() : match.end() + size]
            names = _alike(stem + "局", held, text) if len(stem) == size and not re.search(r"有没有|有无", match["each"]) else ()
            if len(names) > 1 and text[match.end() + size : match.end() + size + 1] != "局":
                organ = re.match("机关|系统|部门", text[match.end() + size :])  # 公安机关: the 厅 as well
                names = held.called((stem + "局", stem + "厅")) if organ else names
                span = (match.start(), match.end() + size + (organ.end() if organ else 0))
                return Group(
                    "named",
                    stem + (organ.group() if organ else "局"),
                    _breadth(names, held),
                    unit,
                    _every(match["each"]),
                    names,
                    span,
                    (span,),
                )
    at = 0
    while at < len(text):
        named = held.match(text, at)
        if (
            named
            and named.rank == 2
            and len(named.agencies) > 1
            and held.bodies[named.agencies[0]].kind != "government"
            and re.match(
                r"(?:里头?|里面|当中|中|之中|之间|系统|口(?=[（(里，,])|们)(?!国|心|小学)|有(?:几|哪|多少)[个家些]|都有谁|共几",
                text[named.end :],
            )
        ):
            noun = text[named.start : named.end]
            span = (named.start, named.end)
            more = re.finditer(rf"{noun[:-1]}[局厅]", text) if noun[-1:] in "局厅" else ()
            spans = (span, *(m.span() for p in _GROUPS[:1] for m in p.finditer(text)), *(m.span() for m in more))
            names = _alike(noun, held, text)
            return Group("named", noun, _breadth(names, held), unit, False, names, span, spans)
        at = named.end if named else at + 1
    if (field := _field(text, held, unit)) is not None:
        return field
    for pattern in _GROUPS:
        found = pattern.search(text)
        if found and pattern is _GROUPS[-1] and not re.search(_SPOKEN_NOUN, found.group()):
            found = None  # 大厅里: a single character is too little to be a kind of body
        if (
            found
            and pattern is _GROUPS[-1]
            and re.fullmatch(r"(?:省|市|区|县)?政府", found.group())
            and re.match("的?(?:年报|报告|材料)", text[found.end() :])
        ):
            found = None  # 市政府年报: the place's own
        if found and pattern is _GROUPS[-1] and re.fullmatch("(?:高新区|经开区)(?:的?管委会|管理委员会)?", found.group()):
            found = None  # what one zone is called, though others are of its kind
        if found:
            group = _group(found, unit)
            if group.kind == "county" and all(re.search(rf"[各哪每个有]{one}", text) for one in "区县"):
                group = replace(group, noun="区县")  # 各区各县
            again = re.finditer(rf"(?:^|(?<=[，,。：:])){re.escape(group.noun)}", text) if len(group.noun) > 1 else ()
            spans = tuple(m.span() for each in (*(p.finditer(text) for p in _GROUPS), again) for m in each)
            return replace(group, spans=spans)
    if plural := _PLURAL.search(text) or _ALL_OF_A_KIND.search(text):
        kind = next(k for k, p in _NOUNS if re.fullmatch(p, plural["noun"]))
        return Group(kind, plural["noun"], "", unit, False, (), plural.span("noun"), (plural.span("noun"),))
    return None


_FIELD = re.compile(r"(?:系统|条线|口(?=[的里上中,，各几谁哪内]))(?:的|里|内|各|几)?(?:几?个?单位|机关|部门|几?家)?")


_FIELD_ORGANS = re.compile(r"(?:主管)?(?:部门|机关)(?P<count>[两三四五六七八](?:家|个))?")


def _field(text: str, held: Directory, unit: str) -> Group | None:
    """All bodies of one field of work at every level: 教育系统几家里, 公安口的, 一厅六局教育部门."""
    counted = (
        m
        for m in _FIELD_ORGANS.finditer(text)
        if re.search(r"(?:[一二两三四五六七八九十\d][厅局个家]|各级?|所有|全部)[\u4e00-\u9fff]{2,6}$", text[: m.start()])
        or m["count"]
        or re.match("(?:里[面头]?|当中|中|内|之[中间内])(?!国|心)", text[m.end() :])  # 公安机关里谁最多
    )
    for match in (*_FIELD.finditer(text), *counted):
        for size in range(min(8, match.start()), 1, -1):
            noun = text[match.start() - size : match.start()] + "局"
            names = _alike(noun, held, field=True)
            if len(names) > 1:
                span = (match.start() - size, match.end())
                return Group("named", noun, "field", unit, False, names, span, (span,))
    return None


def someone(text: str) -> Group | None:
    """Any body, where the question asks who without a noun; with the governments where it asks which report."""
    if report := re.search(r"(?<!出自)(?<!来自)(?<!从)(?<!在)(?<!是)哪[几些]?份(?:年报|报告)|哪些(?:年报|报告)", text):
        return Group("every", "机关", "", "", False, (), report.span(), (report.span(),))
    found = _WHO.search(text) or (
        re.search("哪些(?:家)?[?？]?$", text) if re.search("\\d[件条个次]?及?以[上下]", text) else None
    )  # 20件及以上哪些
    if (
        found
        and re.search("(?:企业|公司|机构|学校|医院|商户|网吧|门店)有?$", text[: found.start()])
        and re.match("有?(?:几|多少)家", found.group())
    ):
        return None  # 黑名单企业有几家: no bodies
    whole = _WHOLE.search(text)
    return Group("any", "单位", "", whole["unit"] if whole else "", False, (), found.span(), (found.span(),), True) if found else None


def _group(match: re.Match[str], unit: str) -> Group:
    at = next(n for n in range(len(_NOUNS)) if match[f"n{n}"])
    kind, noun = _NOUNS[at][0], match[f"n{at}"]
    level = (LEVEL_OF | {"乡": "township"}).get((match["level"] or " ")[0], "")
    if match["level"]:
        noun = match["level"] + noun
    each = match.groupdict().get("each") or ""
    return Group(kind, noun, level, unit, _every(each) or bool(re.fullmatch(_COUNTED, each)), (), match.span())


def _alike(noun: str, held: Directory, text: str = "", field: bool = False) -> tuple[str, ...]:
    """All bodies of one name in different places: every 教育局, of 区教育局 those of districts; with the 厅 above them where the text speaks of the whole field."""
    if not field and (units := _of_units(noun, held)):
        return units
    stem = noun[:-1]
    text = re.sub("(?:不算|不含|不包括|别算|除[了开去掉]?|去掉)[^,，。]{0,3}厅", "", text)
    if noun[-1:] in "局厅" and (
        field or "系统" in text or f"{stem}口" in text or (f"{stem}厅" in text and f"{stem}局" in text) or "厅" in text
    ):
        short = held.match(noun, 0)
        stems = {stem} | (
            {held.bodies[a].own[:-1] for a in short.agencies} if short and short.rank == 2 and short.end == len(noun) else set()
        )
        return held.called(stem + organ for stem in stems for organ in "局厅")
    match = held.match(noun, 0)
    own = {held.bodies[a].own for a in match.agencies} if match and match.rank == 2 and match.end == len(noun) else set()
    return held.called(own)


def _namesakes(noun: str, held: Directory) -> tuple[str, ...]:
    """The bodies of one place name: every 城关镇."""
    match = held.match(noun, 0)
    return match.agencies if match and match.end == len(noun) and len(match.agencies) > 1 else ()


def _of_units(noun: str, held: Directory) -> tuple[str, ...]:
    """The bodies of one name that serve places of some units: of 区教育局 and 区县教育局 those of districts, or of counties too."""
    for behind in range(1, len(noun) - 1):
        if noun[behind - 1] not in "省市州盟区县旗":
            break
        forms = [unit + noun[behind:] for unit in noun[:behind]]  # 区市场监管局: 市 belongs to the name
        found = {a for form in forms if (m := held.match(form, 0)) and m.rank == 2 and m.end == len(form) for a in m.agencies}
        if found:
            return tuple(sorted(found, key=held.position.__getitem__))
    return ()


def _breadth(names: tuple[str, ...], held: Directory) -> str:
    """``field`` for a group that has both 局 and 厅."""
    return "field" if len({held.bodies[a].own for a in names}) > 1 else ""


def told_again(described: tuple[str, ...], held: Directory) -> Group | None:
    """The group that an earlier question asked about, from its kind, noun, level and unit; None for what describes none."""
    kind, noun, level, whole = described
    if kind == "named":
        # 县教育局 are those of counties, and no other bodies of that name.
        names = _alike(noun, held, field=level == "field") or _namesakes(noun, held)
        return Group(kind, noun, level, whole, True, names) if names else None
    return Group(kind, noun, level, whole, True) if kind in {"every", *(k for k, _ in _NOUNS)} else None


def _every(each: str) -> bool:
    return bool(re.match(r"各|所有|全部|全体|每|全|下|所辖|辖", each))


def whole_place(text: str) -> str:
    """The unit of 全市, 全县 … in a question that names no kind of body: the place's own report is meant."""
    match = _WHOLE.search(text)
    return match["unit"] if match else "国" if _NATION.search(text) else ""


def every_namesake(text: str, spans: tuple[tuple[int, int], ...], held: Directory) -> Group | None:
    """All bodies of a name, where a question picks among them: 教育局里谁收到的申请最多."""
    if not spans or (
        not re.search(r"谁|哪[个家几些]|最[多少高低]|排名|排个?队|系统|平均|加起来|合起来|所有|全部|各家|共几[个家]|有几[个家]", text)
        and not re.match("(?:一共|总共|有|共)*(?:几|多少)家", text[spans[0][1] :])
    ):  # 够20件的财政局几家
        return None
    noun = text[spans[0][0] : spans[0][1]]
    names = _alike(noun, held, text)
    return Group("named", noun, names=names, span=spans[0], spans=spans) if len(names) > 1 else None


def asks_across(text: str) -> bool:
    """Whether a question that names no body is about what any of them did: 借鉴, 举个例子."""
    return bool(
        re.search(r"借鉴|参考一?下|举[个几些]?例|例子|典型|别的(?:单位|地方|部门)|别人|人家|各地|大家都|其他(?:单位|地方|部门)怎么", text)
    )


def members(group: Group, held: Directory, place: Place | None) -> list[Body]:
    """The bodies held that belong to a group, within a place where one is given."""
    inside = held.within(place) if place else list(held.bodies.values())
    if group.kind == "named":
        return [b for b in inside if b.agency in group.names]
    chosen = [b for b in inside if _is_of(b, group.kind)]
    if place and place.province and not place.city and not any(b.level not in ("province", "") for b in chosen):
        # Names rarely say their province: those of no known one are taken to lie in the one asked about.
        chosen += [b for b in held.bodies.values() if _is_of(b, group.kind) and not b.place.province and b not in chosen]
    if place and group.kind in ("county", "city", "cities and counties", "government"):
        own = [b for b in chosen if not _is_place_itself(b, place)]
        chosen = own or chosen
    if group.kind == "county" and (unit := re.fullmatch(r"([区县])(?:级)?(?:政府)?", group.noun)):
        chosen = [b for b in chosen if b.place.county.endswith(unit[1])] or chosen  # 哪个县: no district
    if group.kind == "town" and (unit := re.fullmatch(r"([乡镇])(?:人民)?(?:政府)?", group.noun)):
        chosen = [b for b in chosen if b.place.township.endswith(unit[1])] or chosen  # 各镇: no 乡
    if group.level and group.level != "field":
        chosen = [b for b in chosen if b.level == group.level]
        if one := re.match("(?:区(?!县)|县(?![区级属直]))", group.noun):  # 各县局, 区直部门; 县级 is said of districts as well
            chosen = [b for b in chosen if b.place.county.endswith(one.group())]
    elif group.kind in ("department", "bureau", "hall") and place:
        # 望川区各部门: the district's own; of a city, too, its own are meant before those of its counties.
        direct = [b for b in chosen if _same(b.place, place)]
        chosen = direct or chosen
    return chosen


def _is_of(body: Body, kind: str) -> bool:
    match kind:
        case "street" | "town" | "zone":
            return body.kind == kind
        case "streets and towns":
            return body.kind in ("street", "town")
        case "government office":
            return body.kind == "office"
        case "department":
            return body.kind in ("department", "office")
        case "bureau" | "hall":
            return body.kind == "department" and body.own.endswith("局" if kind == "bureau" else "厅")
        case "cities and counties":
            return body.kind == "government" and body.level in ("city", "county")
        case "city" | "province":
            return body.kind == "government" and body.level == kind
        case "county":
            return body.kind == "government" and body.level == "county"
        case "every":
            return True
        case "government":
            return body.kind == "government"
        case _:
            return body.kind != "government"


def _is_place_itself(body: Body, place: Place) -> bool:
    return body.kind == "government" and _same(body.place, place)


def _same(a: Place, b: Place) -> bool:
    return (a.city, a.county, a.township) == (b.city, b.county, b.township) and (
        not b.province or not a.province or a.province == b.province
    )
