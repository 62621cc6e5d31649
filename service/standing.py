"""A body's place in a whole that is named by no kind of bodies: 公安局收的申请在全省排第几; 排第几 and 全市最多的是谁 after its number was told.

Which bodies are ranked is said: those of its own kind (街道, 乡镇, 区县政府), else all that are no whole government.
"""

from __future__ import annotations

import re

from corpus.forms import metrics
from index.segment import Segmenter
from service.agencies import find_agencies
from service.concepts import things_in
from service.context import Context
from service.directory import Directory
from service.evidence import channel_label, full_label
from service.group import find_group

_PLACE = re.compile(
    r"^(?P<own>[^,，?？]*?)[,，]?(?:(?:要|能|可以)?(?:放)?在)?(?:(?:咱们?|我们)?(?P<whole>全?[省市县区州盟旗])(?:里|内|范围内?|上下)*(?:的)?)?"
    r"(?:能|可以|算|该)?(?P<rank>倒数)?(?:排名?|是|位列|居|列)?(?:在|到)?(?:第几|老几|多少名|几名)(?:[名位个]|多)?[呢啊呀]?[?？]?$"
)
_WHO = r"(?:谁|哪一?[家个]?(?:单位|部门|机关)?)"
_MOST = re.compile(
    rf"^(?:那)?(?:咱们?|我们)?(?P<whole>全[省市县区州盟旗])(?:里|内|范围内?|上下)*(?:的|各?(?:单位|部门|机关)(?:里|中)?)?"
    rf"(?:(?P<end>最[多高少低])的?(?:又?是)?{_WHO}|{_WHO}(?P<last>最[多高少低]))[呢啊呀]?[?？]?$"
)
_KINDS = {"street": "街道", "town": "乡镇"}
_GOVERNMENTS = {"city": "市政府", "county": "区县政府"}


def placed_in_whole(question: str, context: Context | None, held: Directory, segmenter: Segmenter) -> str | None:
    """The same question with the kind of bodies named that the one body is ranked among; None for any other question."""
    if len(held.bodies) < 2:
        return None
    question = question.strip()
    if (match := _MOST.match(question)) is not None:
        told = _told(context, held)
        among = _among(told[0], match["whole"], held) if told else ""
        return f"{told[1]}年{among}里{told[2]}{match['end'] or match['last']}的是哪家" if told and among else None
    match = _PLACE.match(question)
    if match is None or find_group(match["own"], held):
        return None
    whole = match["whole"] or ""
    if whole and not whole.startswith("全") and not re.search("[里内]", question):
        return None
    named = find_agencies(match["own"], held, segmenter)
    bodies = named.agencies if not named.place else ()
    own = things_in(match["own"])
    if own.has_topic or own.weak:
        body, lead = (bodies[0], match["own"].removesuffix("的")) if len(bodies) == 1 and whole else ("", "")
    else:
        told = _told(context, held)
        body, lead = (told[0], f"{told[0]}{told[1]}年{told[2]}") if told and bodies in ((), told[:1]) else ("", "")
    among = _among(body, whole, held)
    return f"{lead}在{among}里{match['rank'] or ''}排第几" if among else None


def _told(context: Context | None, held: Directory) -> tuple[str, int, str] | None:
    """Body, year and label of the one number that was told last; None where it was none of one body, or one of a ranking."""
    if context is None or not len(context.agencies) == len(context.years) == 1 or context.agencies[0] not in held.bodies:
        return None
    if context.group or context.order or context.operation == "rank" or context.applicants not in ((), ("total",)):
        return None
    if len(context.metrics) == 1 and context.metrics[0] in metrics():
        label = full_label(context.metrics[0])
    elif context.subject == "published" and len(context.channels) == 1 and not context.metrics:
        label = f"{channel_label(context.channels[0])}公开信息"
    else:
        return None
    return context.agencies[0], context.years[0], label


def _among(agency: str, whole: str, held: Directory) -> str:
    """Those that the body is ranked among, in words; "" where there are none."""
    body = held.bodies.get(agency)
    if body is None or (body.kind == "government" and body.level not in _GOVERNMENTS):
        return ""
    if body.kind == "government":
        return f"各{_GOVERNMENTS[body.level]}"
    noun = _KINDS.get(body.kind, "单位")
    if not whole:
        return f"各{noun}"
    place = {"省": body.place.province or "全省", "市": body.place.city, "州": body.place.city, "盟": body.place.city}.get(whole[-1], body.place.county)
    return f"{place}各{noun}" if place else ""
