"""The agency of a report, out of witnesses in falling order of trust, completed by its place where it is printed without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.identity.bodies import (
    Mentioned,
    bare_level,
    clean_body,
    fits_self,
    fitting,
    is_township_alone,
    place_in,
    same_body,
    self_place,
    self_words,
    stands_alone,
    without_sub_office,
)  # fmt: skip
from corpus.identity.front import PUBLISHER, SITE, Front
from corpus.identity.mentions import addresses, full_names, governments, in_contact, in_preface, in_rules, site_places
from corpus.identity.places import Place, counties_with, divisions, place_of, place_of_host, read_place
from corpus.identity.titles import TitleReading
from corpus.model import Document
from corpus.textual import squash

_ASK = "请用 --agency 写出机关全称。"


@dataclass(frozen=True, slots=True)
class AgencyFound:
    """``name`` None with ``problem`` when a name was found that does not say whose it is."""

    name: str | None
    where: str = ""
    sure: bool = False
    place: Place = field(default_factory=Place)
    doubts: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A name with its place, how it came to it, and whether that is beyond doubt."""

    name: str
    place: Place
    how: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Witnesses:
    """What a document says of its agency, by witness. Computed when first asked for: most reports are settled by the title."""

    document: Document
    front: Front
    title: TitleReading | None
    title_where: str
    head: str
    tail: str
    signature: str

    @cached_property
    def publishers(self) -> list[Mentioned]:
        """Who published the page, by its labels and the file's metadata, in order of trust; offices of offices left out."""
        values = [(x.label, x.value) for x in self.front.values(PUBLISHER)]
        values += [("网页元数据", self.document.meta["publisher"])] if self.document.meta.get("publisher") else []
        found = []
        for label, value in values:
            name = clean_body(squash(re.split(r"\s{2,}|[\s　](?=[\u4e00-\u9fff]{2,6}[:：])", value)[0]))
            if name and not re.fullmatch(r"(?:党政|综合|政务公开|信息公开|本)?办公[室厅]|.{0,4}政务公开.{0,6}|本站|本网|.{0,6}网站?", name):
                found.append(Mentioned(without_sub_office(name), None, label))
        return found

    @cached_property
    def preface(self) -> list[Mentioned]:
        return in_preface(self.head[:3000])

    @cached_property
    def signed(self) -> list[Mentioned]:
        """Who signed: at the end, or alone on a line of the opening that no title follows (广州市人民政府, 2015年3月)."""
        name = clean_body(self.signature)
        return [Mentioned(without_sub_office(name), None, "落款")] if name else []

    @cached_property
    def opening(self) -> list[Mentioned]:
        """Bodies that stand alone on one of the first lines. A parent's masthead looks the same, so this is a weak witness."""
        names = [clean_body(squash(line)) for line in self.front.lines[:6] if len(line) <= 40]
        return [
            Mentioned(n, None, "开头")
            for n in names
            if n and (n.endswith(("局", "委员会", "政府", "厅", "办公室", "办事处", "管委会", "镇", "乡", "街道")))
        ]

    @cached_property
    def contact(self) -> list[Mentioned]:
        return in_contact(self.head + "。" + self.tail)

    @cached_property
    def rules(self) -> list[Mentioned]:
        return in_rules(self.head)

    @cached_property
    def area(self) -> list[Mentioned]:
        """The place of the web site when the text speaks of 我市 and of no bureau of its own: the report of the area itself."""
        unit = "" if self.self_word else self_place(self.head)
        names = (place.narrowest for place, _, _ in self.sites)
        return [Mentioned(n, None, "正文提到的网站") for n in names if unit and n.endswith((unit, "自治区" if unit == "区" else unit))]

    @cached_property
    def self_word(self) -> str:
        return self_words(self.head)

    @cached_property
    def sites(self) -> list[tuple[Place, str, bool]]:
        """Places of the web site: (place, where said, whether that is worth trusting alone)."""
        found: list[tuple[Place, str, bool]] = []
        names = [("网站名称", self.document.meta.get("site", ""))] + [(x.label, x.value) for x in self.front.values(SITE)]
        names += [("网页标题", part) for part in re.split(r"[-_|–—\s]", self.document.meta.get("title", "")[:200])[1:]]
        names += [(x.where, x.name) for x in self.publishers]
        for where, name in names:
            reading = read_place(squash(name)[:40])
            if reading.known and not reading.place.candidates:
                found.append((reading.place, where, True))
        found += [(place, "正文提到的网站", True) for place in site_places(self.head + "。" + self.tail)]
        # A new or renamed county, or a zone, that the table lacks: its own site says that there is one.
        found += [(place, where, False) for where, name in names if (place := _government_of(squash(name)[:40]))]
        # A body to ask is often the government's own office: it tells the place, and not for certain the same one.
        found += [(place, "联系方式", False) for m in self.contact if (place := place_in(m.name)).full and read_place(m.name).known]
        found += [(place, "联系地址", False) for place in addresses(self.head + "。" + self.tail)]
        found += [(place, "正文提到的政府", False) for place in governments(self.head)]
        host = self.document.meta.get("host") or _host(self.document.meta.get("url", ""))
        hosts = place_of_host(host) if host else ()
        if len({d.code for d in hosts}) == 1:
            found.append((place_of(hosts[0]), "网址", False))
        return found

    def of(self, *kinds: str) -> Iterator[Mentioned]:
        for kind in kinds:
            yield from getattr(self, kind)


_RUNS_THE_SITE = re.compile(r"^(?:人民政府|管理委员会|管委会)(?:办公[室厅])?(?:门户|官方|政务|公众|政府信息公开)*(?:网站?)?$")


def _government_of(site: str) -> Place | None:
    """The county of no table whose government a site's name is (望川县人民政府门户网站), None for all other names."""
    reading = read_place(site)
    unknown = not reading.known and bool(reading.place.county) and not reading.place.township
    return reading.place if unknown and _RUNS_THE_SITE.match(site[reading.length :]) else None


def _host(url: str) -> str:
    match = re.match(r"^https?://([^/:?#]{3,100})", url)
    return match[1] if match else ""


def find_agency(w: Witnesses) -> AgencyFound:
    """Who reports."""
    problem: str | None = None
    for name, where in _candidates(w):
        placed = _with_place(name, w)
        if placed and problem:  # a stronger witness named a body that could not be placed
            return replace(_judged(placed, name, where, w), sure=False)
        if placed:
            return _judged(placed, name, where, w)
        problem = problem or f"只找到机关名称“{name}”，没有写明是哪个地方的；{_ASK}"
    return AgencyFound(None, problem=problem)


def _candidates(w: Witnesses) -> Iterator[tuple[str, str]]:
    """Names in falling order of trust, those that cannot be 我局 behind those that can."""
    if w.title and w.title.agency:
        yield w.title.agency, w.title_where
        return
    ordered = [*w.of("publishers", "preface", "signed", "contact", "opening", "rules", "area")]
    misfits = [m for m in ordered if not fits_self(m.name, w.self_word)]
    for m in (*(m for m in ordered if m not in misfits), *misfits):
        yield m.name, m.where


# ------------------------------------------------------------------------------------------------------------- place


def _with_place(name: str, w: Witnesses) -> _Placed | None:
    """The name with its place: its own, or one that the document tells; None when it remains a name without a place."""
    if is_township_alone(name):
        return _township(name, w)
    if stands_alone(name):
        place = place_in(name)
        if place.candidates:
            one = _one_of(place, w)
            return _Placed(name, one or place, "", one is not None)
        return _Placed(name, place)
    return _completed(name, w)


def _one_of(place: Place, w: Witnesses) -> Place | None:
    """Which of several counties of one name is meant: the only one whose city or full name the document says."""
    sites = [s for s, _, _ in w.sites]
    fitting_sites = [c for c in place.candidates for s in sites if s.full and (c == s.full or c.startswith(s.full))]
    if len(set(fitting_sites)) == 1:
        return _from_full(fitting_sites[0], place)
    text = w.head + w.tail
    said = []
    for candidate in place.candidates:
        reading = read_place(candidate)
        parent = reading.place.city or reading.place.province
        if parent and (parent in text or parent[:-1] + place.county in text):
            said.append(candidate)
    return _from_full(said[0], place) if len(said) == 1 else None


def _from_full(full: str, place: Place) -> Place:
    found = read_place(full).place
    return Place(found.province, found.city, found.county, place.township)


def _completed(name: str, w: Witnesses) -> _Placed | None:
    """A bare name (教育局, 市财政局) with the place that the document tells: by its full name elsewhere, else by its site."""
    matter = re.sub(r"^政府(?=[\u4e00-\u9fff]{2,}[局委办])", "", name[len(bare_level(name)) :])
    told = [
        m.name for m in w.of("publishers", "signed", "contact", "preface", "opening") if m.name.endswith(matter) and stands_alone(m.name)
    ]
    strong = tuple(dict.fromkeys(told))
    level_fits = [n for n in strong if _fits_level(name, n)]
    if len(level_fits) == 1:
        return _Placed(level_fits[0], place_in(level_fits[0]), "文中的全称")
    titled = tuple(
        dict.fromkeys(
            n for n in full_names(w.head + "。" + w.tail + "。" + squash(w.document.meta.get("title", "")), matter) if _fits_level(name, n)
        )
    )
    by_site = _by_site(name, w)
    if len(titled) == 1:
        # The full name of a superior (市教育局) may be the only one said; the site must not tell another place.
        agrees = by_site is None or place_in(titled[0]) == by_site.place
        return _Placed(titled[0], place_in(titled[0]), "文中的全称", agrees and (bool(bare_level(name)) or by_site is not None))
    return by_site


def _fits_level(name: str, full: str) -> bool:
    """Whether ``full`` is ``name`` with its place before it, of the level that the name says."""
    level = bare_level(name)
    matter = re.sub(r"^政府(?=[\u4e00-\u9fff]{2,}[局委办])", "", name[len(level) :])
    if not full.endswith(matter):
        return False
    front = full[: len(full) - len(matter)]
    return not level or front.endswith(level) or (level == "市" and front.endswith("市"))


def _by_site(name: str, w: Witnesses) -> _Placed | None:
    """The bare name in the place of the web site, when one and only one fits."""
    options: dict[str, tuple[Place, str, bool]] = {}
    for place, where, trusted in w.sites:
        full = fitting(name, place)
        if full and (full not in options or (trusted and not options[full][2])):
            options[full] = (place, where, trusted)
    if not options:
        return None
    trusted_only = {n: o for n, o in options.items() if o[2]}
    chosen = trusted_only or options
    full, (place, where, trusted) = next(iter(chosen.items()))
    # On a province's or prefecture's portal stand the reports of its counties, too: a name without any level may be theirs.
    narrow = bool(bare_level(name)) or bool(place.county) or "厅" in name
    return _Placed(
        full,
        Place(place.province, place.city, place.county if place.county in full else ""),
        where,
        trusted and narrow and len(options) == 1 and place.narrowest in full,
    )


def _township(name: str, w: Witnesses) -> _Placed | None:
    """小河镇人民政府 in its county: by its full name in the text, by the site, or because only one county has such a township."""
    township = place_in(name).township
    for m in w.of("publishers", "signed", "contact", "preface"):
        place = place_in(m.name)
        if place.township == township and place.county:
            return _Placed(place_full(m.name, name), place, "文中的全称")
    for place, where, trusted in w.sites:
        code = _code_of(place)
        counties = counties_with(township, code) if code else ()
        if len(set(counties)) == 1 or (place.county and not place.township):
            county = place if place.county else _county(counties[0])
            sure = trusted and bool(counties)
            return _Placed((county.city if county.county.endswith("区") else "") + county.county + name, _in(county, township), where, sure)
    counties = tuple(dict.fromkeys(counties_with(township)))
    if len(counties) == 1:
        county = _county(counties[0])
        return _Placed(
            (county.city if county.county.endswith("区") else "") + county.county + name, _in(county, township), "全国唯一的同名乡镇", False
        )
    return None


def place_full(longer: str, name: str) -> str:
    """The name led by what ``longer`` says before the township."""
    at = longer.find(place_in(name).township)
    return longer[:at] + name if at > 0 else name


def _in(county: Place, township: str) -> Place:
    return Place(county.province, county.city, county.county, township)


def _county(code: str) -> Place:
    found = next((d for d in divisions() if d.code == code and d.last is None), None)
    return place_of(found) if found else Place()


def _code_of(place: Place) -> str:
    return read_place(place.full).code if place.full else ""


# ---------------------------------------------------------------------------------------------------------- judgement


def _judged(placed: _Placed, printed: str, where: str, w: Witnesses) -> AgencyFound:
    """The agency with what speaks against it."""
    doubts: list[str] = []
    if placed.how:
        doubts.append(f"{where}只写了“{printed}”，所在地按{placed.how}补为“{placed.name}”。")
    if placed.place.candidates:
        doubts.append(
            f"“{placed.place.county or placed.place.city}”不止一个（{'、'.join(placed.place.candidates[:4])}），文中没有写明是哪一个。"
        )
    from_title = bool(w.title and w.title.agency)
    others = [*(() if where in _PUBLISHED_BY else w.publishers[:1]), *w.preface[:3], *w.signed, *w.contact[:1]]
    against = [m for m in others if stands_alone(m.name) and not same_body(m.name, placed.name) and not _superior(m.name, placed.name)]
    for m in against[:2]:
        doubts.append(f"{m.where}写的机关是“{m.name}”，与{where}中的“{placed.name}”不同，以{where}为准。")
    sure = placed.sure
    if from_title:
        # Portals name the body that runs them as publisher, and prefaces are copied: one voice is no contradiction, two that agree are.
        loud = [m for m in against if m.where not in _PUBLISHED_BY]
        rivals = [name for name, _ in w.title.rivals if not same_body(name, placed.name)] if w.title else []
        doubts += [f"开头还有“{name}”的报告标题，以“{placed.name}”为准。" for name in rivals[:2]]
        sure = sure and (not rivals or _confirmed(placed.name, rivals, w))
        sure = sure and not any(a is not b and a.where != b.where and same_body(a.name, b.name) for a in loud for b in loud)
    else:
        sure = (
            sure
            and not against
            and fits_self(placed.name, w.self_word)
            and where not in _WEAK
            and not (where in _ANSWERABLE and _RUNS_PORTALS.search(placed.name))
        )
        if not fits_self(placed.name, w.self_word):
            doubts.append(f"文中自称“我{w.self_word}”，与{where}中的“{placed.name}”不符。")
    how = f"{where}，所在地取自{placed.how}" if placed.how else where
    return AgencyFound(placed.name, how, sure, placed.place, tuple(doubts))


def _confirmed(name: str, rivals: list[str], w: Witnesses) -> bool:
    """Whether other witnesses name the body, and none of its rivals."""
    said = [m.name for m in (*w.publishers, *w.preface, *w.signed, *w.contact)]
    return any(same_body(s, name) for s in said) and not any(same_body(s, rival) for s in said for rival in rivals)


# Whom to ask, and who publishes, is often the office that runs the portal and no reporter of its own.
_RUNS_PORTALS = re.compile(r"(?:政府|管委会|管理委员会)办(?:公[室厅])?$|政务服务|政务公开|大数据|数据局|行政审批|信息中心|融媒体")
_WEAK = frozenset(("开头", "所引的本机关制度", "正文提到的网站"))
_PUBLISHED_BY = frozenset(("网页元数据",)) | frozenset(
    ("发布机构", "发布机关", "发布单位", "公开机构", "公开机关", "公开单位", "信息来源", "来源", "文章来源", "索引单位", "供稿单位", "发文机关", "发文机构", "信息提供单位",
     "提供单位", "责任单位", "责任部门", "公开责任部门", "公开主体", "制发机关", "编制单位", "编制机关", "填报单位", "报告单位", "单位名称", "机构名称", "信息所属单位", "所属机构")
)  # fmt: skip

_ANSWERABLE = _PUBLISHED_BY | {"联系方式"}


def _superior(other: str, name: str) -> bool:
    """Whether ``other`` is the government above ``name``, which prefaces name all the time, or an office of one place."""
    a, b = place_in(other), place_in(name)
    above = all(not x or x == y for x, y in ((a.province, b.province), (a.city, b.city), (a.county, b.county)))
    return above and a.full != b.full and bool(re.search(r"政府(?:办公[室厅])?$|[省市县区州旗]$|委员会办公室$", other))
