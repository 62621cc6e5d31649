"""Who is held: each body's kind, level and place, and every form of its name that people use.

A form is a stretch of text (云溪市教育局, 云溪教育, 市教育局, 教育局); finding a body in a question is looking its stretches up. Made once
for each published state.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

from corpus.identity.bodies import place_in
from corpus.identity.lineage import abbreviations, lineage, successors
from corpus.identity.places import Place, read_place, shortened
from index.store import StoredReport
from service.normalise import spoken
from service.replacing import replace

LEVELS = ("province", "city", "county", "township", "")
LEVEL_OF = {"省": "province", "市": "city", "州": "city", "盟": "city", "区": "county", "县": "county", "旗": "county"}
# Municipalities directly under the State: to those who live there a city, with districts and counties below it.
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")

# Short forms of parts, by the part's full form. Usage, not anybody's name.
_SHORT: dict[str, tuple[str, ...]] = {
    "经济技术开发区": ("经济技术开发区", "经济开发区", "经开区", "经开", "开发区"),
    "经济开发区": ("经济开发区", "经济技术开发区", "经开区", "经开", "开发区"),
    "高新技术产业开发区": ("高新技术产业开发区", "高新技术开发区", "高新开发区", "高新区", "高新", "开发区"),
    "管理委员会": ("管理委员会", "管委会", "管委"),
    "人民政府": ("人民政府", "政府", "府"),
    "办公厅": ("办公厅", "厅办", "办", "办公室"),
    "办公室": ("办公室", "办公厅", "办"),
    "办事处": ("办事处", "办"),
    "自然资源和规划局": ("自然资源和规划局", "自然资源规划局", "自然资源局", "自规局", "资规局", "规划局"),
    "住房和城乡建设局": ("住房和城乡建设局", "住房城建局", "住房建设局", "城建局", "住房城乡建设局", "住建局", "建设局"),
    "发展和改革委员会": ("发展和改革委员会", "发展改革委", "发改委"),
    "生态环境局": ("生态环境局", "环保局", "环境局"),
    "城市管理局": ("城市管理局", "城管局", "城管"),
    "交通运输局": ("交通运输局", "交通局", "交运局"),
    "农业农村局": ("农业农村局", "农业局"),
    "综合行政执法局": ("综合行政执法局", "综合执法局", "行政执法局"),
    "行政审批服务局": ("行政审批服务局", "行政审批局", "审批局"),
    "住房和城乡建设委员会": ("住房和城乡建设委员会", "住房城乡建设委", "住建委"),
}
_UNIT = re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|(?<!高)新区|街道|地区|省|市|县|区|旗|州|盟|镇|乡)$")
_PEOPLES = (
    "哈萨克|达斡尔|鄂温克|鄂伦春|维吾尔|柯尔克孜|塔吉克|乌孜别克|俄罗斯|塔塔尔|土家|哈尼|傈僳|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|德昂|保安|裕固|独龙|赫哲|门巴|"
    "珞巴|基诺|蒙古|布依|朝鲜|高山|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|京"
)
_AUTONOMOUS = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2,4}}?)(?:(?:{_PEOPLES})族?|各族)+自治(?P<unit>[县州区旗])")
_PEOPLES_TOWNSHIP = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2,4}}?)(?:(?:{_PEOPLES})族?)+(?P<unit>民族乡|[乡镇])")
_OFFICE = re.compile(r"(?:(?:人民)?政府|行(?:政公)?署)办(?:公[室厅])?$")
_ZONE_BODY = re.compile(r"^(?:开发|建设|发展|综合)*(?:管理委员会|管委会)(?:办公室)?$")  # 西咸新区开发建设管理委员会
# Words that mean "the body", whichever it is: they name none.
_NOBODY = frozenset(
    "办公室 办公厅 管委会 管委 管理委员会 政府 人民政府 府 办 委 办事处 街道办 街道 政府办 政府办公室 委员会 厅办 局 厅 经开 高新 开发区 经开区 高新区".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body held.

    kind   government (of a whole place), office (of a government), street, town, zone, department, or other (companies, schools)
    level  of the place that it serves: province, city, county, township, or "" where the name says no place
    own    its name without the place
    """

    agency: str
    kind: str
    level: str
    place: Place
    own: str
    lineage: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What stands at ``text[start:end]``: the bodies that it can mean.

    rank   0 by a name of their own, 1 by the place that they stand for, 2 by a name without its place (教育局, 市教育局)
    places  the place that is named, where one is (several of one name); ``agencies`` is empty when no body stands for it
    own    the form of the body's own name, behind the place
    """

    start: int
    end: int
    agencies: tuple[str, ...]
    rank: int
    places: tuple[Place, ...] = ()
    own: str = ""


_Kept = TypeVar("_Kept")
_MOST_KEPT = 256  # groups of bodies, their years and reports


class Directory:
    """The bodies of a published state, by every form of their names."""

    def __init__(self, reports: Sequence[StoredReport]) -> None:
        self._reports = reports
        self._kept: dict[Hashable, object] = {}
        years: dict[str, set[int]] = {}
        first: dict[str, StoredReport] = {}
        self._own: dict[str, list[StoredReport]] = {}
        self._of_lineage: dict[str, list[StoredReport]] = {}
        self._of_year: dict[int, dict[str, list[StoredReport]]] = {}
        for report in reports:
            self._of_year.setdefault(report.year, {}).setdefault(report.agency, []).append(report)
            years.setdefault(report.agency, set()).add(report.year)
            first.setdefault(report.agency, report)
            self._own.setdefault(report.agency, []).append(report)
            self._of_lineage.setdefault(report.lineage or report.agency, []).append(report)
        bodies = [body_of(r.agency, r.lineage or r.agency, r.label) for r in first.values()]
        above = _parents(bodies)
        self.bodies: dict[str, Body] = {
            b.agency: replace(b, place=_completed(b.place, above), years=tuple(sorted(years[b.agency]))) for b in bodies
        }
        self.names = tuple(self.bodies)
        self.position = {name: at for at, name in enumerate(self.names)}
        self.places: dict[str, tuple[Place, ...]] = self._place_names()
        self._behind: dict[Place, dict[str, list[str]]] = {}
        self._stands: dict[Place, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        self._with_pair: dict[str, list[str]] = {}
        self._inside: dict[tuple[str, str], list[Body]] = {}
        self._called: dict[str, list[str]] = {}
        for body in self.bodies.values():
            self._enter(body)
            self._called.setdefault(body.own, []).append(body.agency)
            for pair in _pairs(body.agency):
                self._with_pair.setdefault(pair, []).append(body.agency)
            for level in ("province", "city", "county", "township"):
                if name := getattr(body.place, level):
                    self._inside.setdefault((level, name), []).append(body)
        # A name rarely says its province: where just one is held, the cities and counties lie there.
        provinces = [name for level, name in self._inside if level == "province"]
        self._lone_province = provinces[0] if len(provinces) == 1 else ""
        if self._lone_province:
            unsaid = (b for b in self.bodies.values() if not b.place.province and (b.place.city or b.place.county))
            self._inside["province", self._lone_province].extend(unsaid)
        # What a name begins with: almost no place in a question begins one.
        self._whole = frozenset((*self.places, *self._bare, *self.names, *self.bodies))
        # How long the names are that begin with two signs: no other stretch of a text can be one of them.
        self._sizes: dict[str, tuple[int, ...]] = {}
        for form in self._whole:
            self._sizes[form[:2]] = (*self._sizes.get(form[:2], ()), len(form), len(form) + 1)  # 涪陵的龙潭
        self._sizes = {start: tuple(sorted(set(sizes), reverse=True)) for start, sizes in self._sizes.items()}
        self._matched = lru_cache(maxsize=256)(self._match)
        self.stems: dict[str, tuple[str, ...]] = {}
        for body in self.bodies.values():
            if body.kind in ("street", "town") and len(stem := _UNIT.sub("", body.place.township)) == 2:
                self.stems[stem] = (*self.stems.get(stem, ()), body.agency)
        # What a slip of the keyboard may have meant, by its sound.
        behind = self._own_forms = frozenset(form for own in self._behind.values() for form in own)
        # 碧原公安: a place and the field of a body there, both said short
        short = (name + form for name, held in self.places.items() if len(name) in (2, 3) for p in held for form in self._behind.get(p, ()) if len(form) == 2)
        every = {f for f in (*self.places, *self._bare, *self.names, *behind) if f not in _NOBODY}
        self._written = frozenset(every)
        whole = (f for f in every if 2 <= len(f) <= 12 and (len(f) > 3 or f not in behind or f in self._bare))
        self.spoken = spoken(dict.fromkeys((*whole, *short)), self._known)

    def keep(self, key: Hashable, made: Callable[[], _Kept]) -> _Kept:
        """What was made for ``key``, made once; some of the last are kept. It must not be changed by whoever gets it."""
        found = self._kept.get(key)
        if found is None:
            while len(self._kept) >= _MOST_KEPT:
                with suppress(StopIteration, KeyError, RuntimeError):  # another thread was faster
                    del self._kept[next(iter(self._kept))]
            found = self._kept[key] = made()
        return cast("_Kept", found)

    def reports_of(self, agencies: Iterable[str]) -> list[StoredReport]:
        """The reports of bodies under the names given, by name, the newest first."""
        return [report for agency in dict.fromkeys(agencies) for report in self._own.get(agency, ())]

    def reports_of_years(self, agencies: Iterable[str], years: Iterable[int]) -> list[StoredReport]:
        """The reports of some years of bodies under the names given, year by year and each year's by name."""
        names = sorted(set(agencies) & self.position.keys(), key=self.position.__getitem__)
        held = [self._of_year.get(year, {}) for year in dict.fromkeys(years)]
        return [report for of_year in held for name in names for report in of_year.get(name, ())]

    def reports_in(self, years: tuple[int, ...]) -> list[StoredReport]:
        """Every report of some years, in their order; kept, so that it must not be changed."""
        return self.keep(("reports in", years), lambda: [r for r in self._reports if r.year in years])

    def reports_of_kin(self, agencies: Iterable[str]) -> list[StoredReport]:
        """The reports of bodies under whatever name they went by."""
        kin = dict.fromkeys(report.lineage or report.agency for report in self.reports_of(agencies))
        return [report for lineage in kin for report in self._of_lineage[lineage]]

    def went_into(self, agency: str) -> str | None:
        """The one body of the same place that this one went into, with newer reports than its own: 教育体育局 for 教育局; None where none is held."""
        own = self.bodies.get(agency)
        if own is None or not own.years or not own.lineage:
            return None
        where, _, matter = own.lineage.partition("|")
        later = [r for into in successors(matter) for r in self._of_lineage.get(f"{where}|{into}", ()) if r.year > max(own.years)]
        found = {r.lineage: r.agency for r in sorted(later, key=lambda r: r.year)}
        return next(iter(found.values())) if len(found) == 1 else None

    def names_of(self, lineage: str) -> list[str]:
        """The names under which a body is held that has gone by several."""
        return list(dict.fromkeys(report.agency for report in self._of_lineage.get(lineage, ()) if report.lineage))

    def in_full(self, agency: str | None) -> str | None:
        """The name under which the body is held that a page or caller calls ``agency``: 十堰市 for 十堰市人民政府. As given where none is."""
        if not agency or agency in self.bodies:
            return agency
        names = self.names_of(lineage(agency))
        return names[0] if len(names) == 1 else agency

    def _known(self, text: str) -> bool:
        """Whether a text is right as it stands: a form of a name, or a place with a form behind it."""
        if text in self._written:
            return True
        match = self.match(text, 0)
        return match is not None and match.end == len(text)

    def _enter(self, body: Body) -> None:
        place = _plain(body.place)
        named, behind = _own_forms(body)
        own = self._behind.setdefault(place, {})
        for form in (*named, *behind):
            own.setdefault(form, []).append(body.agency)
        if body.kind in ("government", "zone", "street", "town"):
            self._stands.setdefault(place, []).append(body.agency)
        if body.kind in ("street", "town"):
            return
        if body.kind == "office":
            for word in _level_words(body):
                for form in ("办公厅", "办公室"):
                    self._bare.setdefault(word + form, []).append(body.agency)
        if body.kind == "zone":
            for form in (f for f in behind if f != "管委"):
                self._bare.setdefault(form, []).append(body.agency)
        for form in named:
            if form not in _NOBODY and (len(form) >= 3 or form == "行署"):
                self._bare.setdefault(form, []).append(body.agency)
            for word in _level_words(body):
                self._bare.setdefault(word + form, []).append(body.agency)

    def _place_names(self) -> dict[str, tuple[Place, ...]]:
        """Names of the places in which bodies lie, with and without their unit."""
        found: dict[str, dict[Place, None]] = {}
        for body in self.bodies.values():
            for level in ("township", "county", "city", "province"):
                if getattr(body.place, level):
                    upper = _cut(body.place, level)
                    for form in (*_place_forms(upper, body.agency), *(_zone_words(upper.county) if level == "county" else ())):
                        found.setdefault(form, {})[upper] = None
        for place in dict.fromkeys(_cut(b.place, "county") for b in self.bodies.values() if _is_zone(b.place)):
            for stem in _zone_stem(place.county):
                found.setdefault(stem, {place: None})  # 武当山, unless a city or county of that name is held
        return {form: tuple(places) for form, places in found.items()}

    def match(self, text: str, start: int) -> Match | None:
        """The longest name of a body or place that begins at ``start``; of equal ones that of the lower rank."""
        # Most places of a text begin no name, and the others are asked about from several sides.
        return self._matched(text, start) if text[start : start + 2] in self._sizes else None

    def _match(self, text: str, start: int) -> Match | None:
        best: Match | None = None
        for size in self._sizes[text[start : start + 2]]:
            end = start + size
            if end > len(text) or not (text[start:end] in self._whole or "的" in text[start + 2 : end - 2]):
                continue
            for found in self._ending(text, start, end):
                if best is None or (found.end, -found.rank) > (best.end, -best.rank):
                    best = found
        return best

    def _ending(self, text: str, start: int, end: int) -> Iterable[Match]:
        word = text[start:end]
        if word in self.bodies:
            body = self.bodies[word]
            yield Match(start, end, (word,), 0, (_plain(body.place),), body.own)
        if (bare := self._bare.get(word)) and not (word.endswith("办") and _is_verb(text, start, end)):
            yield Match(start, end, tuple(bare), 2, (), word)
        places = self.places.get(word)
        if places is None and "的" in word[2:-2] and not re.search(r"[和与跟及加、,，]$", text[:start]):
            places = self.places.get(word.replace("的", "", 1))  # 涪陵的龙潭
        if not places:
            return
        at = end + 1 if text[end : end + 1] == "的" else end
        for stop in range(min(len(text), at + _LONGEST_OWN), at, -1):
            if text[at:stop] not in self._own_forms:
                continue
            own = tuple(a for p in places for a in self._behind.get(p, {}).get(text[at:stop], ()))
            if own and not _is_verb(text, at, stop):
                yield Match(start, stop, own, 0, places, text[at:stop])
                break
        yield Match(start, end, tuple(a for p in places for a in self._stands.get(p, ())), 1, places)

    def stands_at(self, body: Body, place: Place) -> bool:
        """Whether a body serves a place itself, not one below or above it."""
        return _plain(body.place) == _plain(place)

    def serving(self, place: str) -> list[Body]:
        """The bodies that serve a place of this bare name themselves, not those below or above it."""
        named = self.places.get(place, ())
        return [b for b in self.bodies.values() if any(self.stands_at(b, p) for p in named)] if named else []

    def places_in(self, text: str) -> bool:
        """Whether a place in which bodies lie is named, with or without its unit."""
        return any(len(name) >= 2 and name in text for name in self.places)

    def behind(self, place: Place, own: str) -> tuple[str, ...]:
        """The bodies of a place that go by a name without it: 教育局 in 望川区."""
        return tuple(self._behind.get(_plain(place), {}).get(own, ()))

    def standing(self, place: Place) -> tuple[str, ...]:
        """The bodies that a place's bare name stands for."""
        return tuple(self._stands.get(_plain(place), ()))

    def like(self, name: str, most: int = 5) -> tuple[str, ...]:
        """Bodies whose names share much with ``name``, the nearest first: 云溪市体育局 → 云溪市教育局; none where nothing is near."""
        pairs = _pairs(name)
        shared = Counter(agency for pair in pairs for agency in self._with_pair.get(pair, ()))
        scored = [(-count / (len(pairs) + len(_pairs(agency)) - count), agency) for agency, count in shared.items()]
        return tuple(agency for _, agency in heapq.nsmallest(most, scored))

    def government_above(self, agency: str, unit: str) -> str | None:
        """The government of the whole 省, 市 or 县 that a body lies in and is not itself; None where none is held."""
        level, own = LEVEL_OF.get(unit, ""), self.bodies.get(agency)
        if not level or own is None:
            return None
        name = getattr(own.place, level)
        found = [b for b in self.bodies.values() if b.kind == "government" and b.level == level]
        if name:
            found = [b for b in found if getattr(b.place, level) == name]
        elif LEVELS.index(own.level) <= LEVELS.index(level):
            return None
        # A name rarely says its province: where just one is held, it lies there.
        return found[0].agency if len(found) == 1 and found[0].agency != agency else None

    def within(self, place: Place) -> list[Body]:
        """The bodies that lie in a place, the place's own among them."""
        wanted = [(level, getattr(place, level)) for level in ("province", "city", "county", "township") if getattr(place, level)]
        if not wanted:
            return list(self.bodies.values())
        fewest = min((self._inside.get(part, []) for part in wanted), key=len)
        return [b for b in fewest if all((getattr(b.place, level) or self._unsaid(level)) == name for level, name in wanted)]

    def _unsaid(self, level: str) -> str:
        return self._lone_province if level == "province" else ""

    def owns(self) -> frozenset[str]:
        """The names of bodies of their own, without their places: 教育局. Governments, townships and zones have none."""
        return self.keep("owns", lambda: frozenset(b.own for b in self.bodies.values() if b.kind in ("department", "office", "other")))

    def owns_at(self, place: Place) -> frozenset[str]:
        """The names, without the place, of all bodies that serve a place itself."""
        return self.keep(("owns", _plain(place)), lambda: frozenset(b.own for b in self.within(place) if self.stands_at(b, place)))

    def called(self, own: Iterable[str]) -> tuple[str, ...]:
        """The bodies whose names without their places are among ``own``, whatever their places."""
        return tuple(sorted((a for name in set(own) for a in self._called.get(name, ())), key=self.position.__getitem__))


@lru_cache(maxsize=65536)
def body_of(agency: str, lineage: str, label: str = "") -> Body:
    """Kind, level and place of a body, read from its name."""
    bare = re.sub(r"[（(].*?[）)]", "", agency)
    below = re.sub(r"^(?:国家税务总局|中华人民共和国|国家统计局|国家[\u4e00-\u9fff]{2,6}局)(?=.{4})", "", bare)
    reading = read_place(below)
    place = _as_city(reading.place if reading.length else place_in(agency))
    own = below[reading.length :]
    level = next((name for name in ("township", "county", "city", "province") if getattr(place, name)), "")
    if label or re.search(r"(?:公司|集团|大学|学院|医院|学校|中学|小学)$", bare):
        kind = "other"
        if not reading.length and not (place.province or place.city or place.county):  # 九江公交集团
            place, size = _led_by_stem(bare)
            own, level = bare[size:], level or ("city" if place.city and not place.county else "county" if place.county else "")
    elif place.township and re.fullmatch(r"|人民政府|政府|(?:街道)?办事处|地区办事处", own):
        kind = "street" if "办事处" in own or place.township.endswith("街道") else "town"
    elif own in ("", "人民政府", "政府", "行政公署", "行署") and level in ("province", "city", "county") and not _is_zone(place):
        kind = "government"
    elif _OFFICE.fullmatch(own):
        kind = "office"
    elif _ZONE_BODY.match(own) or (_is_zone(place) and own in ("", "人民政府", "办公室")):
        kind = "zone"
    else:
        kind = "department"
    return Body(agency, kind, level, place, own, lineage)


def _as_city(place: Place) -> Place:
    """A municipality's place with it as the city; others as they are."""
    return replace(place, province="", city=place.province) if place.province in _MUNICIPALITIES and not place.city else place


def _led_by_stem(name: str) -> tuple[Place, int]:
    """The city, else the county, whose name without its unit a name begins with, and how long that is; of no place where none does."""
    return next(((place, size) for size in (4, 3, 2) if len(name) - size > 3 and (place := _place_of_stem(name[:size]))), (Place(), 0))


def _place_of_stem(stem: str) -> Place | None:
    """The city, else the county, that is called so without its unit; None where none or several are."""
    readings = (read_place(stem + unit) for unit in "市县区")
    return next((r.place for r in readings if r.known and r.length == len(stem) + 1 and not r.place.candidates), None)


def _is_zone(place: Place) -> bool:
    return bool(re.search(r"(?:开发区|高新区|园区|示范区|度假区|保税区|合作区|风景区|名胜区|商务区|特区)$", place.county))


def _parents(bodies: Iterable[Body]) -> dict[str, Place]:
    """County → what lies above it, as far as the names of the bodies held tell and agree."""
    found: dict[str, set[tuple[str, str]]] = {}
    for body in bodies:
        if body.place.county and (body.place.city or body.place.province):
            found.setdefault(body.place.county, set()).add((body.place.province, body.place.city))
    cities: dict[str, set[str]] = {}
    stems = {_UNIT.sub("", b.place.city): b.place.city for b in bodies if b.place.city}
    for body in bodies:
        if _is_zone(body.place) and not body.place.city:  # 云溪高新区 lies in 云溪市
            city = next((full for stem, full in stems.items() if len(stem) >= 2 and body.place.county.startswith(stem)), "")
            if city:
                found.setdefault(body.place.county, set()).add(("", city))
    for body in bodies:
        if body.place.city and body.place.province:
            cities.setdefault(body.place.city, set()).add(body.place.province)
    return {county: Place(*above.pop()) for county, above in found.items() if len(above) == 1} | {
        city: Place(provinces.pop()) for city, provinces in cities.items() if len(provinces) == 1
    }


def _completed(place: Place, above: dict[str, Place]) -> Place:
    if place.county and not place.city and not place.province and place.county in above:
        place = replace(place, province=above[place.county].province, city=above[place.county].city)
    if place.city and not place.province and place.city in above:
        place = replace(place, province=above[place.city].province)
    return place


def _cut(place: Place, level: str) -> Place:
    """The place down to a level."""
    return Place(
        place.province,
        place.city if level != "province" else "",
        place.county if level in ("county", "township") else "",
        place.township if level == "township" else "",
    )


def _plain(place: Place) -> Place:
    return Place(place.province, place.city, place.county, place.township)


# Pairs of characters that stand in too many names to make two alike.
_EVERYWHERE = frozenset(
    ("人民", "民政", "政府", "府办", "办公", "公室", "管理", "理局", "办事", "事处", "委员", "员会", "街道", "道办", "务局", "育局")
)
_LONGEST_OWN = 24


def _pairs(name: str) -> set[str]:
    """The pairs of characters of a name that tell it from others."""
    return {name[i : i + 2] for i in range(len(name) - 1)} - _EVERYWHERE


_VERBS_OF_OFFICE = ("理", "结", "了", "完", "法", "证", "件", "过", "得", "事", "好")


def _is_verb(text: str, at: int, stop: int) -> bool:
    """Whether a short form goes on as a verb: 云溪办理了, where 办 is no office; or as another word: 政府信息, 教育培训."""
    if text[stop - 1] == "办":
        return text[stop : stop + 1] in _VERBS_OF_OFFICE
    if text[at:stop].endswith("政府"):
        plain = text[at:stop] == "人民政府"  # 人民政府集中采购: 政府 belongs to the name, whatever the row is called
        return bool(re.match(r"信息|网站?|公报|门户|公开(?!.{0,3}[多几])|规章" + ("" if plain else "|采购|集中"), text[stop:]))
    return False


def _unit_forms(name: str) -> tuple[str, ...]:
    """A unit's name with and without its unit word: 云溪市, 云溪; a zone's usual short forms."""
    for full, shorts in _SHORT.items():
        if name.endswith(full) and len(name) > len(full):
            return tuple(name[: -len(full)] + s for s in shorts)
    if zone := _zone_stem(name):
        return (name, *(stem + "特区" for stem in zone if name.endswith("特区")), *_zone_forms(name))
    if zone := _zone_forms(name):
        return (name, *zone)
    if autonomous := _AUTONOMOUS.fullmatch(name):  # 务川仡佬族苗族自治县
        stem, unit = autonomous["stem"], autonomous["unit"]
        return name, stem, f"{stem}自治{unit}", stem + unit
    if township := _PEOPLES_TOWNSHIP.fullmatch(name):  # 枫树维吾尔族回族乡
        return name, township["stem"] + township["unit"], township["stem"]
    stem = _UNIT.sub("", name)
    if short := shortened(stem, name[-1]):
        return name, stem, *short
    if name.endswith("街道") and len(stem) >= 2:
        return name, stem, stem + "街"
    return (name, stem) if len(stem) >= 2 else (name,)


# What a zone's name ends with: 武当山旅游经济特区 is called 武当山 where no other place is.
_ZONE_TAIL = re.compile(
    r"(?:国家级?|省级)?(?:保护|经济|技术|高新|产业|旅游|度假|生态|文化|风景|名胜|扶贫|综合|自由|贸易|保税|现代|农业|工业|示范|试验|实验|合作|商务|开发)+(?:特区|区)$"
)


def _zone_stem(name: str) -> tuple[str, ...]:
    """What is left of a zone's name, where it is of no place that a table knows."""
    stem = _ZONE_TAIL.sub("", name)
    return (stem,) if 2 <= len(stem) < len(name) and not read_place(name).known else ()


_ZONE_KIND = re.compile(r"(?:开发区|高新区|经开区|新区|园区|示范区|度假区|保税区|合作区|商务区|管理区|实验区|试验区|特区)$")


def _parted_zone(name: str) -> tuple[str, str, str]:
    """A zone's name as the place that it is called after, what it is for and what it is: 珲春, 海洋经济发展, 示范区; empty where it has no such parts."""
    kind = _ZONE_KIND.search(name)
    led = next((n for n in (4, 3, 2) if kind and n <= kind.start() and _place_of_stem(name[:n])), 0)
    if kind and not led and kind.group() in ("高新区", "经开区", "新区") and kind.start() in (2, 4):
        led = 2 if kind.group() != "新区" or kind.start() == 4 else 0  # called after a place that no table knows
    return (name[:led], name[led : kind.start()], kind.group()) if kind and led else ("", "", "")


def _zone_forms(name: str) -> tuple[str, ...]:
    """珲春示范区, 珲春海洋示范区, 海洋经济发展示范区: a zone's name with less in it."""
    place, purpose, kind = _parted_zone(name)
    if len(purpose) < 4:
        return (purpose + kind, purpose) if len(purpose) == 2 and kind == "新区" else ()  # 两江新区, 两江
    return (place + kind, place + purpose[:2] + kind, purpose + kind, purpose[:2] + kind)


def _place_forms(place: Place, agency: str = "") -> tuple[str, ...]:
    """A place as people name it: its last unit, with any of the units above before it."""
    units = [u for u in (place.province, place.city, place.county, place.township) if u]
    if not units:
        return ()
    last = list(_unit_forms(units[-1]))
    if re.search(r"(?:镇|乡|街道)$", units[-1]):
        last = [f for f in last if f == units[-1] or len(f) >= 3 or len(units) > 1]
    if agency and not agency.startswith(units[-1]) and len(units) > 1 and re.match(r".*(?:开发区|高新区|园区)", units[-1]):
        last += [units[-1]]
    found = [f for f in last if not (place.township and len(f) < 3 and f != units[-1])]
    for count in range(1, len(units)):
        for upper in itertools.combinations(units[:-1], count):
            for forms in itertools.product(*map(_unit_forms, upper)):
                found += ["".join(forms) + f for f in last]
    return tuple(dict.fromkeys(found))


def _own_forms(body: Body) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(forms of the name without its place, those that name the body only right behind its place)."""
    own = body.own
    if body.kind == "street":
        return (), ("办事处", "办", "街道办", "街道办事处")
    if body.kind == "town":
        return (), ("人民政府", "政府", "府", "镇政府", "乡政府")
    commissioner = ("行政公署", "行署") if "署" in own or body.place.narrowest.endswith(("地区", "盟")) else ()
    if body.kind == "government":
        return ("人民政府", "政府", *commissioner), ("府",)
    if body.kind == "office":
        return tuple(a + b for a in ("人民政府", "政府", "府", *commissioner) for b in ("办公室", "办公厅", "办")), (
            "办公厅" if own.endswith("厅") else "办公室",
        )
    if body.kind == "zone":
        names = ("管理委员会", "管委会", "管委")
        return (), (*names, *(name + office for name in names for office in ("办公室", "办") if own.endswith("办公室")))
    if (bare := re.match("(?:人民)?政府(?=.{4,})", own)) and body.kind in ("department", "other"):  # 遵义市人民政府政务服务中心
        named, behind = _own_forms(replace(body, own=own[bare.end() :]))
        return (own, *named), behind
    shorts = _SHORT.get(own, (own,))
    if hospital := re.fullmatch("第([一二三四五六])人民医院", own):  # 一院 behind its city's name
        return (own,), (f"{hospital[1]}院", f"第{hospital[1]}医院")
    if own.endswith("中心"):  # 公积金中心, and 公积金 behind its place; 政务服务 alone names no 中心
        usual = abbreviations(own.removesuffix("中心"))
        return (*shorts, *(f"{m}{organ}" for m in usual for organ in ("中心", "管理中心"))), usual
    organ = re.search(r"(委员会|局|厅|委|署)$", own)
    if not organ:
        return shorts, ()
    units = ("委员会", "委") if organ[1] == "委员会" else (organ[1],)
    matter = own[: -len(organ[1])]
    plain = [matter, *abbreviations(matter)]
    if len(shorter := re.sub(r"管理$|事务$", "", matter)) > 2:
        plain.append(shorter)
    forms = dict.fromkeys([*shorts, *(m + unit for m in plain for unit in units)])
    return tuple(forms), tuple(dict.fromkeys(m for m in (*plain, *(s.removesuffix("局") for s in shorts)) if len(m) >= 2))


def _zone_words(name: str) -> tuple[str, ...]:
    """What a zone is called by those who live there: 经开区."""
    usual = next((tuple(s for s in shorts if s.endswith("区")) for full, shorts in _SHORT.items() if name.endswith(full)), ())
    place, purpose, kind = _parted_zone(name)
    return usual or ((kind,) if place and not purpose else ())  # 高新区 for 重庆高新区


def _level_words(body: Body) -> tuple[str, ...]:
    if body.level == "county":
        return (body.place.county[-1],) if body.place.county[-1:] in ("区", "县", "市", "旗") and body.kind != "zone" else ()
    if body.level == "city":
        return next(((unit,) for unit in ("州", "盟", "地区") if body.place.city.endswith(unit)), ("市",))
    return ("自治区" if body.place.province.endswith("自治区") else "省",) if body.level == "province" else ()


_made: dict[int, tuple[tuple[StoredReport, ...], Directory]] = {}


def directory(reports: tuple[StoredReport, ...]) -> Directory:
    """The directory of a published state; made once for it."""
    held = _made.get(id(reports))
    if held is None or held[0] is not reports:
        if len(_made) >= 4:
            _made.clear()
        held = _made[id(reports)] = (reports, Directory(reports))
    return held[1]


NOBODY = Directory(())
