"""One key for a body over time (环境保护局 and 生态环境局, 武隆县 and 武隆区), and which bodies went into another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from corpus.identity.places import Place, divisions, named, now_called, place_of, read_place

Kind = Literal["renamed", "merged into"]
_UNIT = r"(?P<unit>委员会|委|局|厅|部|办公室|办|总局)"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A matter (工商行政管理) whose body became or went into another's."""

    matter: str
    kind: Kind


@lru_cache(maxsize=1)
def _data() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Newest name of each matter; and what was merged into each newest name."""
    raw = tomllib.loads((files("corpus.identity") / "bodies.toml").read_text("utf-8"))
    renamed = {old: names[0] for names in raw["renamed"] for old in names}
    return renamed, {m["into"]: tuple(m["from"]) for m in raw["merged"]}


@lru_cache(maxsize=1)
def _short() -> tuple[dict[str, str], dict[str, str]]:
    """The matter of each usual abbreviation (市监), as it is called today; and the full names of bodies that are always abbreviated as one (教委)."""
    raw = tomllib.loads((files("corpus.identity") / "bodies.toml").read_text("utf-8"))
    renamed, _ = _data()
    return {short: renamed.get(full, full) for short, full in raw["short"].items()}, raw["whole"]


@lru_cache(maxsize=1)
def _matters() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, {**_data()[0], **_short()[0]}), key=len, reverse=True))
    return re.compile(rf"^(?P<matter>{words}){_UNIT}(?=$|[\u4e00-\u9fff])")


def fullest(names: Collection[str]) -> dict[str, str]:
    """The fullest of the names of one body that differ only in what they leave out or abbreviate, by each that is another: 十堰市 is
    十堰市人民政府, 郧阳区卫健局 is 十堰市郧阳区卫生健康局. A name that a body had before it was renamed stays its own."""
    alike: dict[tuple[str, str], list[tuple[int, int, str, str]]] = {}
    for name in dict.fromkeys(names):
        bare = re.sub(r"[（(].*?[）)]", "", name)
        reading = read_place(bare)
        province = reading.place.province
        # A body of a city or county goes by its province nowhere but in a title.
        led = province.endswith(("省", "自治区")) and bare.startswith(province) and reading.length > len(province)
        bare = bare[len(province) :] if led else bare
        rest = bare[reading.length - len(province) * led :]
        alike.setdefault((lineage(name), _spelt_out(rest, reading.place)), []).append((len(rest), len(bare), bare, name))
    found = {name: max(own)[2] for own in alike.values() if len(own) > 1 for *_, name in own}
    return {name: full for name, full in (found | _zones(names, found)).items() if name != full}


_ZONE_ABBREVIATED = {"经开区": ("经济技术开发区", "经济开发区"), "高新区": ("高新技术产业开发区", "高新技术开发区")}
_ZONE_ORGAN = r"(?:管理委员会|管委会|管委)?"


def _zones(names: Collection[str], found: dict[str, str]) -> dict[str, str]:
    """九江经开区 as 九江经济技术开发区管理委员会, where one such zone alone is held."""
    every = {found.get(name, name) for name in names}
    full = {}
    for name in names:
        match = re.fullmatch(rf"(?P<stem>.+?)市?(?P<zone>经开区|高新区|经济技术开发区|经济开发区|高新技术产业开发区){_ZONE_ORGAN}", name)
        if match is None:
            continue
        kinds = "|".join(_ZONE_ABBREVIATED.get(match["zone"], (match["zone"],)))
        stem = re.escape(match["stem"])
        whole = {n for n in every if re.fullmatch(rf"(?:.*[省市])?{stem}市?(?:{kinds})管理委员会", n)}
        if len(whole) == 1:
            full[name] = whole.pop()
    return full


def _unabbreviated(rest: str) -> str:
    """The body's own name with what is always abbreviated as a whole written out, and a commissioner's office (行署) as the government that it is."""
    rest = re.sub("^行(?:政公)?署", "人民政府", rest)  # of a prefecture or a league that has no congress of its own
    return _short()[1].get(rest, rest).replace("管委会", "管理委员会")


def _spelt_out(rest: str, place: Place) -> str:
    """The body's own name without what usage leaves out: 政府, 人民政府 and nothing are one; 委 and 委员会; 城管 and 城市管理."""
    rest = _unabbreviated(rest)
    if rest in ("", "政府", "人民政府") or (place.township.endswith("街道") and rest in ("办事处", "街道办", "街道办事处")):
        return ""
    rest = re.sub("^政府办", "人民政府办", rest)
    if match := _matters().match(rest):
        matter, renamed = match["matter"], _data()[0]
        longer = [n for n, newest in renamed.items() if newest == renamed.get(matter) and len(n) > len(matter) and within(matter, n)]
        whole = matter if renamed.get(matter) == matter or not longer else longer[0]
        rest = _raw_short().get(matter, whole) + rest[len(matter) :]
    return re.sub("委员会$", "委", re.sub("办公室$", "办", rest))


@lru_cache(maxsize=2048)
def lineage(agency: str) -> str:
    """The same string for the same body over time: its place as it is called today, then its matter without the kind of organ.

    Two bodies that only went into one another have different keys (see ``predecessors``).
    """
    name = re.sub(r"[（(].*?[）)]", "", agency)
    reading = read_place(name)
    return f"{_place_key(reading.place, reading.code)}|{_matter(name[reading.length :])}"


@lru_cache(maxsize=1)
def matters_of_the_past() -> frozenset[str]:
    """Matters whose bodies have another name by now or went into others: 工商, 质监."""
    renamed, merged = _data()
    return frozenset(old for old, new in renamed.items() if old != new) | frozenset(old for names in merged.values() for old in names)


@lru_cache(maxsize=4096)
def abbreviations(matter: str) -> tuple[str, ...]:
    """Short names of a matter as it is called now: 卫健 and 卫生健康; those of its earlier names are not among them."""
    renamed, _ = _data()
    shorts = [short for short, full in _raw_short().items() if full == matter]
    kin = [name for name, newest in renamed.items() if newest == renamed.get(matter) and name != matter]
    return tuple(dict.fromkeys([*shorts, *(name for name in kin if len(name) < len(matter) and within(name, matter))]))


def within(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in their order."""
    at = iter(full)
    return all(char in at for char in short)


@lru_cache(maxsize=1)
def _raw_short() -> dict[str, str]:
    raw: dict[str, str] = tomllib.loads((files("corpus.identity") / "bodies.toml").read_text("utf-8"))["short"]
    return raw


def predecessors(agency: str) -> tuple[Predecessor, ...]:
    """What became this body, or went into it, by matter; empty where nothing is known."""
    name = re.sub(r"[（(].*?[）)]", "", agency)
    matter = _matter(name[read_place(name).length :])
    renamed, merged = _data()
    own = tuple(Predecessor(old, "renamed") for old, new in renamed.items() if new == matter and old != matter)
    return own + tuple(Predecessor(old, "merged into") for old in merged.get(matter, ()))


def successors(matter: str) -> tuple[str, ...]:
    """The matters whose bodies those of a matter went into, as they are called now: 教育和体育 for 教育; empty for nearly all."""
    return tuple(into for into, gone in _data()[1].items() if matter in gone)


def _matter(rest: str) -> str:
    rest = _unabbreviated(rest)
    if not rest or re.fullmatch(r"人民政府|政府", rest):
        return "人民政府"
    if re.fullmatch(r"(?:人民)?政府办(?:公[室厅])?", rest):
        return "人民政府办公室"
    if re.fullmatch(r"办事处|街道办(?:事处)?", rest):
        return "人民政府"
    if rest.startswith("国家") and len(rest) > 4:
        return "国家" + _matter(rest[2:])
    match = _matters().match(rest)
    if match:
        matter = match["matter"]
        # 法制办 is an office and no bureau of that matter, as in the full names below.
        office = "办公室" if match["unit"].startswith("办") and matter in _short()[0] else ""
        return (_data()[0].get(matter) or _short()[0][matter]) + office + rest[match.end() :]
    plain = re.match(rf"^(?P<matter>[\u4e00-\u9fff]{{2,12}}?){_UNIT}$", rest)
    return plain["matter"] + ("办公室" if plain["unit"].startswith("办") else "") if plain else rest


@lru_cache(maxsize=2048)
def _place_key(place: Place, code: str) -> str:
    """The place as it is called today. A place that no table knows stays as printed."""
    if place.candidates:
        return f"{place.county or place.city}{place.township}?"
    found = [d for d in divisions() if d.code == code and d.name == (place.county or place.city or place.province)] if code else []
    found = found or [
        d
        for d in named(place.county or place.city or place.province)
        if place_of(d).full == Place(place.province, place.city, place.county).full
    ]
    if len(found) != 1:
        return _by_parent(place)
    return place_of(now_called(found[0])).full + place.township


def _by_parent(place: Place) -> str:
    """A county of no table: within a printed parent, 县, 区 and 市 of one stem are one place; without a parent nothing tells."""
    county = re.sub(r"[县区市]$", "", place.county) if (place.city or place.province) and len(place.county) > 2 else place.county
    return place.province + place.city + county + place.township
