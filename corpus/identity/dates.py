"""Years and dates: what is printed in all its forms, and which year a report is on when its title does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.textual import chinese_number

# A year as titles print it. 二O二〇, 二○一九 and 二零一九 are all met; so are years of three numerals with ten (二〇二十).
YEAR = r"(?:(?<!\d)(?:19[89]|20[0-4])\d(?!\d)|[二2][〇○零OО0]{1,2}[一二三四五六七八九〇○零OО十]{1,2}|二[〇○零OО][一二三四五六七八九〇○零OО]{2})"
FIRST_YEAR, LAST_YEAR = 2003, 2049  # nothing was reported before the first local rules; a year beyond is a plan's (2035 is, too)

_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s?[-/.．年]\s?(?P<m>1[0-2]|0?[1-9])\s?[-/.．月]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?:日|(?=[012]\d:)|(?!\d))"
    r"|(?<!\d)(?P<d2>3[01]|[012]\d)\.(?P<m2>1[0-2]|0[1-9])\.(?P<y2>(?:19|20)\d{2})(?!\d)"
    r"|(?P<cy>[二][〇○零OО0][一二三四五六七八九〇○零OО]{2})年(?P<cm>十[一二]?|[一二三四五六七八九])月(?P<cd>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_IN_URL = re.compile(r"(?<!\d)(?P<y>20[0-4]\d)[-/_]?(?P<m>0[1-9]|1[0-2])(?:[-/_]?(?P<d>0[1-9]|[12]\d|3[01]))?(?!\d)")
_IN_URL_TIGHT = re.compile(r"(?:^|[/_a-z])t?(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d{7})", re.IGNORECASE)

# 201911日起至1231日: digits and 年月 lost. Only with both ends is it that and no number.
_LOST = re.compile(r"(?P<y>20[0-4]\d)年?1?月?1日?起?[，,]?(?:至|到|—|-)(?:(?P=y))?年?12月?31日")
_PERIOD = re.compile(r"(?<!\d)(?P<y>20[0-4]\d)(?P<md>[年月日0-9./-]{0,8})(?:00:00)?(?:起|始|开始)?[，,]?(?:至|到|截至|截止|—+|-+|~|－|–)")
_PERIOD_END = re.compile(
    r"^[^。；0-9]{0,6}(?:(?P<y>20[0-4]\d)\s?[年\-/.]?)?\s?(?P<m>1[0-2]|0?[1-9])\s?(?:[月\-/.]\s?)?(?P<d>3[01]|[12]\d|0?[1-9])"
)
_MONTHS = re.compile(r"(?P<y>20[0-4]\d)年1(?:月份?)?(?:至|到|—+|-+|~|－|–)12月")
_CUE = re.compile(r"统计|期限|时限|时间段|核定|数据|起止|报告期")
# A year that belongs to another thing: a budget, a yearbook, a document, a plan, a meeting, a comparison.
_OTHER_YEARS = re.compile(
    r"(?:比|较|相比|同比|与)(?:20[0-4]\d)年|20[0-4]\d年度?(?:部门)?(?:预算|决算|财政|年报|年鉴|规划|远景)|[〔\[【（(]20[0-4]\d[〕\]】）)]|《[^》]{0,80}》"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date and where it was found (Chinese)."""

    iso: str
    where: str

    @property
    def year(self) -> int:
        return int(self.iso[:4])


@dataclass(frozen=True, slots=True)
class Period:
    """The stretch that the figures are on. ``whole`` when it is one calendar year."""

    first: int
    last: int
    printed: str

    @property
    def whole(self) -> bool:
        return self.first == self.last


def read_year(text: str) -> int | None:
    """2019, 二〇一九 or 二○一九 as a year; None outside 1990 to 2049."""
    if re.fullmatch(r"[0-9]{4}", text):
        year: int | None = int(text)
    else:
        year = chinese_number(re.sub(r"[OОo0]", "〇", text).replace("2", "二"))
    return year if year and 1990 < year <= LAST_YEAR else None


def days(text: str) -> Iterator[tuple[int, str]]:
    """Dates in ``text`` as (offset, ISO form), in order; those that no calendar has are left out."""
    for match in _DAY.finditer(text):
        if match["y"]:
            parts = (match["y"], match["m"], match["d"])
        elif match["y2"]:
            parts = (match["y2"], match["m2"], match["d2"])
        else:
            parts = tuple(str(_numeral(match[name])) for name in ("cy", "cm", "cd"))  # type: ignore[assignment]
        found = iso(*parts)
        if found:
            yield match.start(), found


def _numeral(text: str) -> int:
    return chinese_number(re.sub(r"[OО0]", "〇", text)) or 0


def iso(year: str, month: str, day: str) -> str | None:
    """The date in ISO form; None when the calendar has no such day or the year is no year of a report."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def first_day(text: str) -> str | None:
    return next((found for _, found in days(text)), None)


def day_in_url(url: str) -> str | None:
    """The date in an address: t20200118_1, /2020/01/18/, /2020-01-18/. An epoch (19700101) or a month alone is none."""
    match = _IN_URL_TIGHT.search(url) or next((m for m in _IN_URL.finditer(url) if m["d"]), None)
    return iso(match["y"], match["m"], match["d"]) if match else None


def year_in_url(url: str) -> int | None:
    """The year of publication that an address tells: of a date, or of a month (/202001/)."""
    day = day_in_url(url)
    if day:
        return int(day[:4])
    match = _IN_URL.search(url)
    return int(match["y"]) if match else None


def periods(squashed: str) -> list[Period]:
    """The stretches that the text says its figures are on (统计期限), in order. ``squashed`` has no white space."""
    found: list[Period] = []
    for match in _LOST.finditer(squashed):
        year = int(match["y"])
        found.append(Period(year, year, match.group()))
    for match in _PERIOD.finditer(squashed):
        end = _PERIOD_END.match(squashed[match.end() : match.end() + 24])
        if not end:
            continue
        first = int(match["y"])
        last = int(end["y"]) if end["y"] else first
        before = squashed[max(0, match.start() - 24) : match.start()]
        new_year = re.match(r"[年./-]?0?1[月./-]?0?1?日?$", match["md"]) and int(end["m"]) == 12
        if (_CUE.search(before) or new_year) and first <= last:
            found.append(Period(first, last, match.group() + end.group()))
    for match in _MONTHS.finditer(squashed):
        if _CUE.search(squashed[max(0, match.start() - 24) : match.end() + 24]):
            found.append(Period(int(match["y"]), int(match["y"]), match.group()))
    return found


def years_in_text(squashed: str) -> Counter[int]:
    """How often the text names each year as one in which something was done."""
    plain = _OTHER_YEARS.sub("＊", squashed)
    return Counter(int(y) for y in re.findall(r"(?<![\d第〔\[])(20[0-4]\d)年(?!度?(?:预算|决算|年报)|\d{0,3}号)", plain))


def majority(counts: Counter[int]) -> int | None:
    """The year that a text names clearly more often than any other; None where none does."""
    if not counts:
        return None
    (year, count), *rest = counts.most_common(2)
    # Three times, and twice as often as the next: a report compares with the year before and plans for the year after.
    return year if count >= 3 and (not rest or count >= 2 * rest[0][1]) else None


def best_day(found: Iterable[Day]) -> Day | None:
    """The first of the dates in falling order of trust."""
    return next(iter(found), None)
