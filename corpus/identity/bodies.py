"""Names of bodies: what is one, which stand on their own and which (教育局, 区统计局) need their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.identity.places import Place, read_place

# What a name may end with. Without such an ending a string before the year is no body but a stray phrase.
BODY_ENDINGS = (
    "人民政府办公厅", "人民政府办公室", "人民政府", "管理委员会办公室", "管理委员会", "管委会办公室", "管委会", "办事处", "办公厅", "办公室",
    "委员会", "分局", "队", "中心", "公司", "集团", "大学", "学院", "学校", "中学", "小学", "医院", "银行", "法院", "检察院", "协会", "联合会", "政府",
    "厅", "局", "委", "办", "部", "院", "署", "镇", "乡", "街道", "苏木", "兵团", "师", "开发区", "新区", "高新区", "园区", "示范区", "度假区",
    "自治区", "自治州", "自治县", "省", "市", "区", "县", "旗", "盟", "州", "站", "所", "处", "社", "馆", "台", "海关", "总工会", "妇联", "残联",
    "文联", "科协", "团委", "农场", "林场", "监狱", "监察专员办", "军分区", "地区", "分行", "支行",
    # Regiments and companies of the construction corps: 十团, 121团, 四连.
    *(figure + unit for unit in "团连" for figure in "一二三四五六七八九十〇零0123456789"),
)  # fmt: skip
_BEFORE = re.compile(
    r"^(?:【[^】]{0,20}】|（[^）]{0,12}版）|关于(?:公布|发布|印发)?|现将|现就|现公布|公布|发布|编制|以下是|下面是|按照.{0,60}?[，,]|根据.{0,60}?[，,]|(?:信息|文件|公文)?(?:标题|名称)[:：]?(?=[\u4e00-\u9fff])|题名[:：]?|中文名|政府信息公开(?:工作)?(?:年报|年度报告|专栏|目录)?(?=[\u4e00-\u9fff])|\d{1,2}[.、]|[a-zA-Z]+)+"
)
_OURSELVES = re.compile(
    r"^(?:我|本)(?:局|镇|区|委|办|厅|旗|中心|单位|机关|公司|市|县|街道|乡|部门|院|省|州|盟|校|集团|支队|管委会)?$|^(?:本|该|各)"
)
_NO_NAME = re.compile(
    r"[，。；：、？！“”?]|\d(?!\d{0,2}[团连师])|信息公开|根据|按照|条例|规定|关于|通知|年度|报告|依法|有关|所属|以及|工作(?!办公室|办事处|委员会|部|领导小组|局|站|中心|队|处|所)|"
    r"领导|^(?:请|结合|围绕|通过|依托|对照)|博彩|官网|投注|葡京|赌|棋牌|体育平台|网站|平台|专栏|栏目|门户|首页|公众号|某|×|XX|xx|上级|下级|各级|[我你您他她]|全[省市县区州]|本[市县区局]|当前位置|您的位置"
)
# 市财政局, 县统计局: a level and no place. 市场监督管理局 is no such name.
_BARE = re.compile(
    r"^(?P<level>自治区|省|市(?!场|容|政(?![府数务协法])|民(?![族宗政])|辖区)|州|盟|县(?!域|城)|区(?!域|划|块)|旗|镇(?!江)|乡(?!村|镇)|街道)(?=[\u4e00-\u9fff]{1,})"
)
_CENTRAL = re.compile(
    r"^(?:国家|国务院|中国|中华|全国|中共中央|中央|最高人民|新华|国网|生态环境部|水利部|自然资源部|交通运输部|财政部)|^(?:审计|海关总|铁路总)署$|(?:总局|总署)$|^(?:新疆生产建设兵团)?第[一二三四五六七八九十]{1,3}师|^新疆生产建设兵团|"
    # Bodies of the state for a river and its lands; a place of that name (太湖县, 长江路街道) is followed by other words.
    r"^(?:长江|黄河|淮河|珠江|海河|松辽|太湖)(?:水利委员会|流域|[\u4e00-\u9fff]{0,6}(?:航道|航务|海事|水文)[\u4e00-\u9fff]{0,8}(?:局|处|中心)$)|"
    r"^(?:外交|国防|教育|科技|科学技术|工业和信息化|公安|安全|民政|监察|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境|环境保护|住房和?城乡建设|交通运输|"
    r"铁道|水利|农业农村|农业|商务|文化和?旅游|文化|卫生|退役军人事务|应急管理)部(?:办公厅)?$"
)
_OWN_NAME = re.compile(r"(?:大学|学院|学校|中学|医院|公司|集团|银行|研究院|研究所)$")
# 第一师阿拉尔市: a division of the construction corps stands before its city.
_CORPS = re.compile(r"^(?:新疆生产建设兵团)?第[一二三四五六七八九十]{1,3}师(?=[\u4e00-\u9fff]{2})")
# An office inside a body that answers for it: 水务局办公室, 镇党政办, 局政务公开科. A government's or a zone's own office is a body.
_SUB_OFFICE = re.compile(r"(?<=[局厅委镇乡府处道院会心区校学])(?:党政(?:综合)?办(?:公室)?|党政综合办公室|行政办公室|行政办|综合(?:科|处|股|办公室|办)|[院校]务公开(?:办公室|办)|政务公开(?:办公室|办|科|股)|信息公开(?:办公室|办|科)|办公室|办|秘书科|法规[科处股]|政策法规[科处股]|宣传科)$")  # fmt: skip
_OFFICE_IS_BODY = re.compile(r"(?:政府|管委会|管理委员会)(?:办公[室厅]|办)$")
_STATE_COMPANY = re.compile(r"(?:公司|集团|银行|供电局|电网)$")
_INSTITUTION = re.compile(r"(?:中心|大学|学院|学校|中学|小学|幼儿园|医院|研究[院所]|图书馆|博物馆|站|协会|出版社)$")


def clean_body(text: str | None) -> str | None:
    """The body's name in ``text`` (no white space), None when it is no name of a body."""
    if not text:
        return None
    name = _BEFORE.sub("", re.split(r"[>＞|｜/·»›_]|-{2,}", text)[-1]).strip("《》“”\"'（）() -—–:：,，")
    if text.rstrip().endswith(("）", ")")) and ("（" in name or "(" in name):
        name += "）"
    name = name.replace("(", "（").replace(")", "）")
    name = re.sub(r"(?:（(?:机关|本级|公开|公章|盖章)）|本级)$", "", name)
    name = re.sub(r"(?:关于|发布|公布|编制|印发|的)$", "", name)
    name = _once(name)
    bare = re.sub(r"（[^（）]*）$", "", name)
    if (
        len(bare) < 2
        or bare in BODY_ENDINGS
        or len(name) > 40
        or _OURSELVES.match(name)
        or not bare.endswith(BODY_ENDINGS)
        or _NO_NAME.search(name)
    ):
        return None
    if name.count("（") != name.count("）"):
        return None
    # A joint report of a statistics office and the national survey team beside it.
    return re.sub(r"(?<=[局委队])(?=国家统计局)", "、", name)


def _once(name: str) -> str:
    """The name without what stands twice at its front: a masthead of the parent (正定县人民政府正定县人民政府办公室)."""
    for size in range(len(name) // 2, 1, -1):
        if name[:size] == name[size : 2 * size]:
            return name[size:]
    return name


def without_sub_office(name: str) -> str:
    """水务局办公室 → 水务局, 小河镇人民政府党政办公室 → 小河镇人民政府; 县人民政府办公室 stays."""
    name = re.sub(r"(?<=[镇乡])政府(?=$|党政|办公室)", "人民政府", name)
    if _OFFICE_IS_BODY.search(name) and not re.search(r"[镇乡]人民政府办公?室?$", name):
        return name
    bare = _SUB_OFFICE.sub("", name)
    return bare if len(bare) >= 3 and bare.endswith(BODY_ENDINGS) else name


def bare_level(name: str) -> str:
    """The level word that a name begins with instead of a place (市财政局 → 市), or ``""``."""
    match = _BARE.match(name)
    return match["level"] if match else ""


def is_central(name: str) -> bool:
    return bool(_CENTRAL.search(name))


def place_in(name: str) -> Place:
    """The place that the name of a body says, empty where it says none. 国家税务总局珠海市税务局 says 珠海市."""
    corps = _CORPS.match(name)
    found = read_place(name[corps.end() :] if corps else name)
    if not found.length:
        branch = re.match(
            r"^(?:国家税务总局|中国人民银行|国家统计局|中国[\u4e00-\u9fff]{2,6}?|国家金融监督管理总局|中华人民共和国|国网|国家[\u4e00-\u9fff]{2,8}?局)(?=[\u4e00-\u9fff])",
            name,
        )
        if branch:
            found = read_place(name[branch.end() :])
    return found.place


def stands_alone(name: str) -> bool:
    """Whether the name tells which body of the whole country it is (a county shared by several places is judged elsewhere)."""
    place = place_in(name)
    if place.province or place.city or place.county or place.candidates:
        return True
    if bare_level(name):
        return False
    return is_central(name) or bool(_OWN_NAME.search(name) and len(name) >= 4 and not re.match(r"^(?:人民|中心|第[一二三四五])", name))


def is_township_alone(name: str) -> bool:
    """小河镇人民政府: a township without its county, of which the country has several."""
    place = place_in(name)
    return place.level == "township" and not place.county and not place.city and not place.province


def fitting(name: str, place: Place) -> str | None:
    """The full name of a bare body (市财政局, 教育局, 小河镇) in ``place``; None when its level word does not fit the place."""
    level = bare_level(name)
    if not level and place.level == "province" and not place.province.endswith("市") and not re.search(r"厅|委员会$|委$", name):
        return None  # 教育局 on a province's site is any county's
    names = {"自治区": place.province, "省": place.province, "州": place.city, "盟": place.city, "县": place.county, "旗": place.county}
    if level in ("镇", "乡", "街道"):
        front = place.township if place.township.endswith(level) else ""
        return place.county + front + name[len(level) :] if front else None
    if level == "市":
        front = place.county if place.county.endswith("市") else place.city or (place.province if place.province.endswith("市") else "")
        if place.county and not place.county.endswith("市"):
            return None
    elif level == "区":
        front = place.county if place.county.endswith(("区", "园", "新城")) else ""
    elif level:
        front = names[level]
        if not front or not _unit_fits(level, front):
            return None
    elif re.search(r"厅$|厅（", name):
        front = place.province if not place.city and not place.county else ""
    else:
        front = place.county or place.city or place.province
    if not front:
        return None
    # A district says its city (杭州市滨江区), since districts of one name are many.
    lead = place.city if front == place.county and front.endswith("区") and not front.startswith(place.city[:2] or "#") else ""
    return lead + front + name[len(level) :]


def _unit_fits(level: str, front: str) -> bool:
    return front.endswith({"自治区": "自治区", "省": "省", "州": "州", "盟": "盟", "县": "县", "旗": "旗"}[level])


_SELF_PLACE = re.compile(r"(?:我|全)(?P<what>省|市|区|县|旗|州|盟)(?!级|直|属|人民|民|委|长|政府)")


def self_place(squashed: str) -> str:
    """The unit that a text calls its own (市 of 我市) when it says so twice and no other, else ``""``."""
    units = [match["what"] for match in _SELF_PLACE.finditer(squashed)]
    return units[0] if len(units) >= 2 and len(set(units)) == 1 else ""


_SELF = re.compile(r"[我本](?P<what>局|镇|乡|街道|办事处|委(?!托)|办(?!法|理)|厅|院|中心|公司|集团|管委会|学校|校|支队)(?!长)")
_SELF_FITS = {
    "局": ("局", "队", "局）"), "镇": ("镇", "镇人民政府", "镇政府"), "乡": ("乡", "乡人民政府", "乡政府"), "街道": ("街道", "街道办事处", "街道办"),
    "办事处": ("办事处", "街道"), "委": ("委", "委员会", "委）", "委员会）"), "办": ("办", "办公室", "办公厅", "办事处", "办公室）"), "厅": ("厅", "办公厅"),
    "院": ("院",), "中心": ("中心",), "公司": ("公司", "集团"), "集团": ("公司", "集团"), "管委会": ("管委会", "管理委员会", "办公室", "区"),
    "学校": ("学校", "学院", "大学", "中学", "小学"), "校": ("学校", "学院", "大学", "中学", "小学"), "支队": ("支队",),
}  # fmt: skip


def self_words(squashed: str) -> str:
    """What the text calls its own body most (局 of 我局), or ``""`` where it does not say or says several alike."""
    counts: dict[str, int] = {}
    for match in _SELF.finditer(squashed):
        counts[match["what"]] = counts.get(match["what"], 0) + 1
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return ""
    return ranked[0][0]


def fits_self(name: str, word: str) -> bool:
    """Whether a body of this name can call itself 我局, 我镇, … (true where the text does not)."""
    bare = re.sub(r"（[^（）]*）$", "", name)
    return not word or bare.endswith(_SELF_FITS[word]) or name.endswith(_SELF_FITS[word])


def label_of(name: str) -> str:
    """国有企业, 事业单位 or ``""``: bodies whose reports look like an administrative organ's."""
    bare = re.sub(r"（[^（）]*）$", "", name)
    if _STATE_COMPANY.search(bare):
        return "国有企业"
    return "事业单位" if _INSTITUTION.search(bare) and not bare.endswith(("委员会", "工作站")) else ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A body that running text names, with the year said beside it."""

    name: str
    year: int | None
    where: str


def same_body(a: str, b: str) -> bool:
    """Whether two printed names can mean one body: equal but for place, office, short form or alias in brackets."""
    a, b = (re.sub(r"[（(].*?[）)]", "", without_sub_office(n)) for n in (a, b))
    if a == b or a.endswith(b) or b.endswith(a):
        return True
    pa, pb = place_in(a), place_in(b)
    ra, rb = (_matter(n) for n in (a, b))
    if ra != rb and not (ra and rb and (_subsequence(ra, rb) or _subsequence(rb, ra))):
        return False
    return all(
        not x or not y or x == y
        for x, y in ((pa.province, pb.province), (pa.city, pb.city), (pa.county, pb.county), (pa.township, pb.township))
    )


def _matter(name: str) -> str:
    """What is left of a name without place, level and the words that all bodies share."""
    found = read_place(name)
    rest = name[found.length :]
    rest = rest[len(bare_level(rest)) :]
    return re.sub(r"人民政府|政府|委员会|委|办公室|办公厅|办事处|办|管理|局|厅|和", "", rest)


def _subsequence(short: str, long: str) -> bool:
    """卫健 in 卫生健康, 住建 in 住房城乡建设."""
    if len(short) < 2 or short[:1] != long[:1]:
        return False
    rest = iter(long)
    return all(c in rest for c in short)
