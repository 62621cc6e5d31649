"""Which narrative numbers hold others: a whole is never added to its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Quantity
from service.case import Case


def without_parts(case: Case, fitting: Sequence[tuple[int, Quantity]]) -> list[tuple[int, Quantity]]:
    """The numbers without those that another one of them already holds: 共发布 47 条，其中网站 12 条，微信 35 条.

    Parts are told by 其中 or the like after their whole, or add up to it.
    """
    kept: list[tuple[int, Quantity]] = []
    for row in dict.fromkeys(row for row, _ in fitting):
        own = sorted((q for r, q in fitting if r == row), key=lambda q: q.span.start)
        held: set[int] = set()
        for at, whole in enumerate(own):
            if whole.channel is None and at not in held:
                held |= _parts_of(case, row, own, at)
        kept += [(row, q) for at, q in enumerate(own) if at not in held]
    return kept


# As far as a list of parts stands from its whole: 其中 opens the next clause or sentence.
_LEADS_TO_PARTS = re.compile(r"[^。；;]{0,40}[，,。；;（(：:、]\s*(?:其中|包括|包含|分别|具体|含)")


def _parts_of(case: Case, row: int, own: Sequence[Quantity], at: int) -> set[int]:
    """Places in ``own`` of the parts of the number at ``at``, none where it is no whole."""
    whole = own[at]
    alike = {i for i, q in enumerate(own) if i != at and (q.subject, q.unit, q.period) == (whole.subject, whole.unit, whole.period)}
    told: set[int] = set()
    end = whole.span.end
    for place in sorted(i for i in alike if i > at):
        between = case.snapshot.quote(row, end, own[place].span.start)
        leads = _LEADS_TO_PARTS.match(between) if not told else not re.search("[。；;]", between)
        if not leads or own[place].value > whole.value:
            break
        told.add(place)
        end = own[place].span.end
    by_channel = {i for i in alike if own[i].channel}
    if not told and len(by_channel) > 1 and sum(own[i].value for i in by_channel) == whole.value:
        return by_channel
    return told


def perhaps_parts(fitting: Sequence[tuple[int, Quantity]]) -> bool:
    """Whether a sentence gives a number without a channel beside ones of channels: whole and parts, or not, it does not say."""
    bare = {(row, q.sentence, q.subject, q.unit) for row, q in fitting if q.channel is None}
    return any(q.channel and (row, q.sentence, q.subject, q.unit) in bare for row, q in fitting)
