"""Who reports, on which year, for what scope and when it was published, each with where it was found and what speaks against it.

Witnesses are heard in a fixed order of trust: title, metadata, preface, contact clause for the agency; title, 统计期限, preface, the
text's own years, the address, and the date of publication for the year. What disagrees is told as a doubt, and what only a
weak witness or a quarrel of witnesses supports is marked unsure. A name without its place (教育局) is completed or refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from corpus.identity.agency import Witnesses, find_agency
from corpus.identity.bodies import label_of
from corpus.identity.front import TITLE, Front, front_of, publication_dates, signature
from corpus.identity.mentions import flowing
from corpus.identity.places import Place
from corpus.identity.scope import scope_of
from corpus.identity.titles import TitleReading, read_title
from corpus.identity.year import find_year
from corpus.model import Document, Section
from corpus.textual import squash

_SOURCE = re.compile(r"https?://[^\s<>\"'）)，。]{8,200}")
# Another report in a column's list, with its date: no witness of this one.
_ENTRY = re.compile(
    r"^[^\n。]{0,60}信息公开[^\n。]{0,20}(?:报告|年报)[》”]?[ \t]*[\[(]?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])]?[ \t]*$", re.MULTILINE
)
# Beyond these many characters nothing new is said of who reports; years are counted over more.
_HEAD, _TAIL, _BODY = 8_000, 3_000, 60_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who, when, what.

    found        for agency, year, scope, published: where each was read (Chinese)
    place        where the body is; parts not known are empty
    doubts       Chinese sentences: what is uncertain or contradictory
    sure_agency  False when the name comes from a weak witness or witnesses disagree (False, too, when there is none)
    sure_year    the same for the year
    label        国有企业 or 事业单位 where the name says so, else ""
    problem      why no agency is given although a name was found (教育局 without its place): one sentence, else None
    """

    title: str
    agency: str | None
    year: int | None
    scope: str
    found: dict[str, str]
    published: str | None
    source_url: str | None
    place: Place = field(default_factory=Place)
    doubts: tuple[str, ...] = ()
    sure_agency: bool = False
    sure_year: bool = False
    label: str = ""
    problem: str | None = None


def identify(document: Document, sections: tuple[Section, ...]) -> Identity:
    """Title, agency, year, scope, place and dates as far as the document tells; None where it does not."""
    front = front_of(document, sections)
    text = unicodedata.normalize("NFKC", document.text[:_BODY])
    head = flowing(_ENTRY.sub("", text[:_HEAD]))
    tail = flowing(unicodedata.normalize("NFKC", document.text[max(_HEAD, len(document.text) - _TAIL) :]))
    title, where = _title(document, front)
    signer, signed = signature(document)
    witnesses = Witnesses(document, front, title, where, head, tail, signer)
    agency = find_agency(witnesses)
    url = document.meta.get("url") or _url(document.text[:3000])
    published = publication_dates(document, front, signed, url)
    year = find_year(title, where, head, "".join(text.split()), published, url)
    preface = squash("".join(front.lines))
    scope, scope_where = scope_of(agency.name or "", preface)
    found = {"scope": scope_where}
    if agency.name:
        found["agency"] = agency.where
    if year.year:
        found["year"] = year.where
    # A report is published after its year, or at its end: an earlier date is another thing's.
    day = next((d for d in published if not year.year or d.year >= year.year), None)
    if day:
        found["published"] = day.where
    printed = title.printed if title else ""
    return Identity(
        title=printed or (f"{agency.name}{year.year}年政府信息公开工作年度报告" if agency.name and year.year else ""),
        agency=agency.name,
        year=year.year,
        scope=scope,
        found=found,
        published=day.iso if day else None,
        source_url=url,
        place=agency.place,
        doubts=agency.doubts + year.doubts,
        sure_agency=agency.sure,
        sure_year=year.sure,
        label=label_of(agency.name or ""),
        problem=agency.problem,
    )


def _title(document: Document, front: Front) -> tuple[TitleReading | None, str]:
    """The title and where it stands: in the text, in a table of metadata, in the page's own title."""
    readings = [(read_title(front.lines), "标题")]
    readings += [(read_title((x.value,)), x.label) for x in front.values(TITLE)]
    if page := document.meta.get("title", ""):
        readings.append((read_title(re.split(r"\s[-–—|]\s|[_|]|-{2,}|(?<=[报告版）)])[-–—]", page[:200])[:1]), "网页标题"))
    best = next(((r, w) for r, w in readings if r and r.agency and r.placed), None)
    best = best or next(((r, w) for r, w in readings if r and r.agency), None) or next(((r, w) for r, w in readings if r), None)
    if not best:
        return None, ""
    reading, where = best
    year = reading.year if reading.year else next((r.year for r, _ in readings if r and r.year), None)
    printed = next((r.printed for r, w in readings if r and w == "标题"), "") or reading.printed
    return replace(reading, printed=printed, year=year), where


def _url(text: str) -> str | None:
    match = _SOURCE.search(text)
    return match.group() if match else None
