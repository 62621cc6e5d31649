"""Places: the administrative divisions of China, and the place that the name of a body begins with.

``divisions.tsv`` lists provinces, prefectures and counties with the codes of GB/T 2260 and the years in which a name was in
use, so that 武隆县 and 武隆区 can be told to be one place over time while 临夏市 and 临夏县 are two. ``townships.tsv`` lists what
lies in a county. A name that neither knows is read by its shape (云溪市, 望川区白石街道).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "city", "county"]
_ORDER: tuple[Level, ...] = ("province", "city", "county")


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county. ``first`` and ``last`` are years of lists that have it (None: open to that side).

    ``stem`` is the name without its unit (淄博, 大通), empty for a development zone; ``pinyin`` is that of the stem.
    """

    code: str
    name: str
    stem: str
    first: int | None
    last: int | None
    pinyin: str

    @property
    def level(self) -> Level:
        return "province" if self.code[2:] == "0000" else "city" if self.code[4:] == "00" else "county"

    def within(self, code: str) -> bool:
        """Whether it lies in the province or city ``code`` (or in its province, where the city has no list of its own)."""
        return self.code[:2] == code[:2] if code[2:4] in ("00", "") else self.code[:4] == code[:4]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body is, as names; what is not known is empty. Municipalities and counties under a province have no city.

    ``candidates`` are full names when the place is one of several of the same name, and the county is all that is printed.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    township: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        return self.province + self.city + self.county + self.township

    def with_unit(self, level: str, name: str) -> Place:
        """The place with the unit of that level called ``name``."""
        return Place(
            name if level == "province" else self.province,
            name if level == "city" else self.city,
            name if level == "county" else self.county,
            name if level == "township" else self.township,
            self.candidates,
        )

    @property
    def level(self) -> str:
        """``township``, ``county``, ``city``, ``province`` or ``""``: the smallest unit that is named."""
        named = (("township", self.township), ("county", self.county), ("city", self.city), ("province", self.province))
        return next((level for level, name in named if name), "")

    @property
    def narrowest(self) -> str:
        return self.township or self.county or self.city or self.province


@dataclass(frozen=True, slots=True)
class Reading:
    """The place that a name begins with: its first ``length`` characters. ``known``: the table has it; ``code`` then says which."""

    place: Place
    length: int
    known: bool
    code: str = ""


NOWHERE = Reading(Place(), 0, False)

# Units that make a compound word and no place: 城市管理, 社区服务, 园区, 市场监督.
_NO_PLACE = re.compile(
    r"^(?:城市|都市|社区|园区|景区|校区|小区|灾区|库区|林区|辖区|山区|牧区|矿区|[全各本我该两]|直属|县区|市区|市县|区县|地区(?!行)|自治)|[局厅委办的和与年]"
    r"|^(?:经济|技术|高新|高|产业|开发|工业|示范|度假|旅游|保税|经开|综合|生态|商务|特|新|园)+区$"
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|自治县|自治旗|省|市(?!场|容|政(?![府数务协法])|民(?![族宗政])|区)|州(?!市)|盟|地区|县(?!域|城(?![关郊厢东西南北中]))|区(?!域|划|块)|旗)"
)
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,14}?(?:开发区|高新区|新区|园区|示范区|度假区|实验区|试验区|管理区|风景区|名胜区|保税区|合作区|商务区|经济区|经济特区|产业带|新城|片区)"
)
_TOWNSHIP = re.compile(r"(?:[\u4e00-\u9fff]{1,8}?(?:民族乡|苏木|街道|镇|乡)|[\u4e00-\u9fff]{2,4}地区(?=办事处|街道办))")
_NO_TOWNSHIP = re.compile(r"城乡|城镇|乡镇|村镇|老街道|[局厅委办和与的]|^(?:各|全|本|我)")
# After a bare stem only these may follow: 珠海税务局, 淄博经济开发区, 宁波海关. A university, a company or a shop takes such names from anywhere.
_AFTER_STEM = re.compile(
    r"(?!街道|街|路|镇|乡|社区|村)(?:海关|税务局|海事局|监管局|监狱|调查[总支]?队|中心支行|支行|分行|营业管理部)|(?!街道|街|路|镇|乡|社区|村)[\u4e00-\u9fff]{0,12}(?:厅|局|委员会|管委会|办公室|办事处|监察专员办)$"
)
# Initials that provinces use as hosts.
_HOSTS = {
    "bj": "北京市", "sh": "上海市", "tj": "天津市", "cq": "重庆市", "nmg": "内蒙古自治区", "hlj": "黑龙江省", "ln": "辽宁省", "jl": "吉林省",
    "zj": "浙江省", "ah": "安徽省", "fj": "福建省", "sd": "山东省", "gd": "广东省", "gx": "广西壮族自治区", "gxzf": "广西壮族自治区",
    "gz": "", "sc": "四川省", "yn": "云南省", "xz": "", "gs": "甘肃省", "qh": "青海省", "nx": "宁夏回族自治区", "xj": "新疆维吾尔自治区",
    "neimenggu": "内蒙古自治区", "shaanxi": "陕西省", "shanxi": "山西省", "hainan": "海南省", "jilin": "吉林省", "haerbin": "哈尔滨市",
    "huhhot": "呼和浩特市", "urumqi": "乌鲁木齐市", "wlmq": "乌鲁木齐市",
}  # fmt: skip


def _year(text: str) -> int | None:
    return None if text == "-" else int(text)


@lru_cache(maxsize=1)
def divisions() -> tuple[Division, ...]:
    """Every division, in order of code."""
    lines = (files("corpus.identity") / "divisions.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return tuple(Division(c, n, "" if s == "-" else s, _year(f), _year(to), "" if p == "-" else p) for c, n, s, f, to, p in rows)


def shortened(stem: str, unit: str) -> tuple[str, ...]:
    """What a league or a banner of a long name is called: 锡盟, 西乌旗; nothing for other units."""
    kept = {"盟": 1, "旗": 2}.get(unit, 0)
    return (stem[:kept] + unit,) if kept and len(stem) > kept + 1 else ()


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Division, ...]]:
    """Divisions by name and by customary short name: 临夏州, 大通县, 鄂温克旗, 彭水自治县."""
    found: dict[str, list[Division]] = {}
    for d in divisions():
        short = [d.stem + d.name[-1], d.stem + d.name[-3:]] if "自治" in d.name and d.level != "province" else []
        if "自治" not in d.name:
            short += shortened(d.stem, d.name[-1])
        for name in dict.fromkeys((d.name, *short)):
            found.setdefault(name, []).append(d)
    return {name: tuple(ds) for name, ds in found.items()}


@lru_cache(maxsize=1)
def _stems() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for d in divisions():
        if len(d.stem) >= 2:
            found.setdefault(d.stem, []).append(d)
    return {stem: tuple(ds) for stem, ds in found.items()}


@lru_cache(maxsize=1)
def _codes() -> dict[str, Division]:
    """The division that has a code now, or had it last."""
    return {d.code: d for d in sorted(divisions(), key=lambda d: d.last or 9999)}


@lru_cache(maxsize=1)
def _townships() -> dict[str, tuple[str, ...]]:
    """Codes of the counties that have a township of the name."""
    found: dict[str, list[str]] = {}
    for line in (files("corpus.identity") / "townships.tsv").read_text("utf-8").splitlines()[1:]:
        code, _, names = line.partition("\t")
        for name in names.split(" "):
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def current(found: Iterable[Division]) -> tuple[Division, ...]:
    """Those still in use, or all where none is."""
    found = tuple(found)
    return tuple(d for d in found if d.last is None) or found


def place_of(division: Division) -> Place:
    """A division with what it lies in."""
    codes = _codes()
    province = codes.get(division.code[:2] + "0000")
    city = codes.get(division.code[:4] + "00") if division.level != "province" else None
    above = Place(province.name if province else "", city.name if city else "")
    return above if division.level == "city" else above.with_unit(division.level, division.name)


def named(name: str) -> tuple[Division, ...]:
    """The divisions of that full or customary name, in use now where any is."""
    return current(_names().get(name, ()))


def is_division(name: str) -> bool:
    """Whether a province, prefecture or county is called so, with its unit or without."""
    return name in _names() or name in _stems()


def counties_with(township: str, code: str = "") -> tuple[str, ...]:
    """Codes of the counties (in the province, city or county ``code``) that have a township of this name."""
    found = _townships().get(township, ())
    if not code:
        return found
    start = code.rstrip("0") if len(code) == 6 and code[4:] == "00" else code
    start = code[:2] if code[2:] == "0000" else code[:4] if code[4:] == "00" else start
    return tuple(c for c in found if c.startswith(start))


def _longest(text: str, inside: str, below: int) -> tuple[str, tuple[Division, ...]]:
    """The longest name of a division that ``text`` begins with, in ``inside`` and under the level ``below``."""
    names = _names()
    for size in range(min(len(text), 15), 1, -1):
        found = names.get(text[:size])
        fit = [d for d in found or () if _ORDER.index(d.level) > below and (not inside or d.within(inside))]
        if fit and not _cut_word(text, size):
            return text[:size], current(fit)
    return "", ()


def _cut_word(text: str, size: int) -> bool:
    """Whether the name's last character rather begins the next word: 海城市 in 上海城市管理局 never, 区 in 区划 does."""
    return bool(re.match(r"市(?:场|容|政(?![府数务协法]))|区(?:域|划)|县域", text[size - 1 : size + 2]))


@lru_cache(maxsize=4096)
def read_place(name: str) -> Reading:
    """The place at the beginning of ``name``, which has no white space. NOWHERE when it begins with none."""
    name = name[:60]
    at, inside, depth = 0, "", -1
    last: tuple[Division, ...] = ()
    while depth < 2:
        text, found = _longest(name[at:], inside, depth)
        if not found:
            break
        at, last, depth = at + len(text), found, _ORDER.index(found[0].level)
        inside = found[0].code if len({d.code for d in found}) == 1 else inside
        if len(found) > 1:
            break
    if not last:
        return _by_stem(name) or _by_shape(name, 0, Place(), "")
    places = tuple(dict.fromkeys(place_of(d) for d in last))
    if len(places) > 1:
        common = Place(county=places[0].county if len({p.county for p in places}) == 1 else "", candidates=tuple(p.full for p in places))
        if not common.county:
            common = Place(city=places[0].city, candidates=common.candidates)
        return _with_township(name, at, common, True, "")
    return _below(name, at, places[0], last[0].code)


def _below(name: str, at: int, place: Place, code: str) -> Reading:
    """What follows a known place: an unknown county (a zone, a new district), a township."""
    if not place.county:
        shaped = _by_shape(name, at, place, code)
        if shaped.length > at:
            return shaped
    return _with_township(name, at, place, True, code)


def _with_township(name: str, at: int, place: Place, known: bool, code: str) -> Reading:
    # 荔湾区人民政府南源街道办事处: a street's office is the district government's.
    skip = 4 if name.startswith("人民政府", at) and at else 0
    rest = name[at + skip :]
    own = next((rest[:n] for n in range(min(len(rest), 12), 1, -1) if code and len(code) == 6 and counties_with(rest[:n], code)), "")
    match = None if own else _TOWNSHIP.match(rest)
    township = own or (match.group() if match and not _NO_TOWNSHIP.search(match.group()) else "")
    if not township:
        return Reading(place, at, known, code)
    if skip and not re.match(r"街道办|办事处", rest[len(township) - 2 * township.endswith("街道") :]):
        return Reading(place, at, known, code)
    return Reading(place.with_unit("township", township), at + skip + len(township), known, code)


def _by_stem(name: str) -> Reading | None:
    """A place printed without its unit: 淄博经济开发区, 珠海税务局, 云南滇中新区."""
    for size in range(min(len(name), 5), 1, -1):
        found = current(_stems().get(name[:size], ()))
        upper = tuple(d for d in found if d.level != "county")
        rest = name[size:]
        zone = _ZONE.match(rest)
        if zone and not upper and found:  # 德清经济开发区: whose stem it is, is likely, and not certain
            return _with_township(name, size + zone.end(), Place(county=name[: size + zone.end()]), False, "")
        if zone and len({d.code for d in upper}) == 1:
            division = upper[0]
            inner, inside = _longest(rest, division.code, _ORDER.index(division.level))
            if len(inside) == 1 and len(inner) == zone.end():
                return _with_township(name, size + len(inner), place_of(inside[0]), True, inside[0].code)
            place = place_of(division).with_unit("county", name[: size + zone.end()])
            return _with_township(name, size + zone.end(), place, True, division.code)
        if len(upper) == 2 and upper[0].stem == "吉林":
            upper = upper[:1]
        if len({d.code for d in upper}) == 1 and _AFTER_STEM.match(rest):
            return Reading(place_of(upper[0]), size, True, upper[0].code)
    return None


def _by_shape(name: str, at: int, place: Place, code: str) -> Reading:
    """Places that no table knows, by their units. 市 is a city unless a city is already named."""
    known = bool(code)
    for _ in range(3):
        rest = name[at:]
        zone = _ZONE.match(rest)
        match = _UNIT.match(rest)
        if zone and (not match or match.end() >= zone.end()) and not _NO_PLACE.search(zone.group()) and zone.end() > 3:
            return _with_township(name, at + zone.end(), place.with_unit("county", zone.group()), known, code)
        if not match or _NO_PLACE.search(match.group()) or place.county:
            break
        unit = match.group()
        level = _level_of(unit, place)
        if level == "province" and (place.province or place.city):
            break
        place, at, known = place.with_unit(level, unit), at + len(unit), False
        code = "" if level != "county" else code
    return _with_township(name, at, place, known, code)


def _level_of(unit: str, place: Place) -> str:
    if unit.endswith(("省", "自治区")):
        return "province"
    return "city" if unit.endswith(("市", "州", "盟", "地区")) and not place.city else "county"


@lru_cache(maxsize=1)
def _pinyin() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for d in divisions():
        if d.pinyin:
            found.setdefault(d.pinyin, []).append(d)
            unit = {"市": "shi", "县": "xian", "区": "qu", "州": "zhou", "旗": "qi", "省": "sheng", "盟": "meng"}.get(d.name[-1], "")
            found.setdefault(d.pinyin + unit, []).append(d)
    return {pinyin: current(ds) for pinyin, ds in found.items()}


@lru_cache(maxsize=1024)
def place_of_host(host: str) -> tuple[Division, ...]:
    """The divisions that the pinyin of a host name can mean, narrowest label first that means any: jimei.xm.gov.cn → 集美区.

    Several when the pinyin is shared; none for initials, which would fit too many.
    """
    labels = [label for label in host.lower().split(".") if label not in ("www", "gov", "cn", "com", "net", "org", "zwgk", "xxgk")]
    if ".gov.cn" not in "." + host.lower() or len(labels) > 6:
        return ()
    for at, label in enumerate(labels):
        word = re.sub(r"^(?:www|zgzh|zg|china)|(?:zf|gov)$", "", label)
        if word in _HOSTS:
            return named(_HOSTS[word]) if _HOSTS[word] else ()
        found = _pinyin().get(word, ())
        outer = [d for other in labels[at + 1 :] for d in _pinyin().get(other, ()) if d.level != "county"]
        inside = tuple(d for d in found if any(d.within(o.code) for o in outer))
        if found:
            return inside or found
    return ()


def same_place_over_time(a: Division, b: Division) -> bool:
    """Whether ``b`` is ``a`` under another name or code: the same code, or the same stem in one province, and no list has both.

    So 武隆县 and 武隆区 are one place, 临夏市 and 临夏县 (both still there) are two.
    """
    apart = (a.last or 9999) < (b.first or 0) or (b.last or 9999) < (a.first or 0)
    if a.level != b.level or a.code[:2] != b.code[:2] or not apart:
        return a == b
    return a.code == b.code or (a.stem == b.stem and bool(a.stem)) or (a.name, b.name) in RENAMED or (b.name, a.name) in RENAMED


# Counties that took another stem when they became a district or a city. Code and stem both changed, so they are listed.
RENAMED = frozenset(
    (
        ("沙县", "沙县区"), ("横县", "横州市"), ("户县", "鄠邑区"), ("陕县", "陕州区"), ("赣县", "赣县区"), ("蓟县", "蓟州区"), ("达县", "达川区"),
        ("大同县", "云州区"), ("上饶县", "广信区"), ("滦县", "滦州市"), ("任县", "任泽区"), ("彬县", "彬州市"), ("华县", "华州区"), ("郫县", "郫都区"),
        ("九江县", "柴桑区"), ("长治县", "上党区"), ("梅县", "梅县区"), ("绍兴县", "柯桥区"), ("开封县", "祥符区"), ("许昌县", "建安区"),
        ("芜湖县", "湾沚区"), ("陵县", "陵城区"), ("襄阳区", "襄州区"), ("安县", "安州区"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def now_called(division: Division) -> Division:
    """What the division is called today, as far as the table tells; itself where nothing followed it."""
    for _ in range(3):
        if division.last is None:
            break
        later = [d for d in divisions() if d != division and (d.first or 0) > (division.last or 9999) and same_place_over_time(division, d)]
        if len({d.code for d in later}) != 1:
            break
        division = later[-1]
    return division
