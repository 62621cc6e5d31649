"""The year before and the year after a body was renamed: 改名前最后一年, 改名后第一年, written out before a question is read."""

from __future__ import annotations

import re

from index.segment import Segmenter
from service.agencies import find_agencies
from service.context import Context
from service.directory import Directory

_LAST_BEFORE = re.compile("(?:改名|更名|改叫现名)(?:之)?前的?(?:那)?(?:最后|末)?(?:的)?(?:那)?一年|(?:改名|更名)(?:的)?(?:上|前)一年")
_FIRST_AFTER = re.compile("(?:改名|更名)(?:之)?后的?(?:那)?(?:第|头)?(?:的)?一年")


def with_years_of_renaming(question: str, context: Context | None, held: Directory, segmenter: Segmenter) -> str:
    """``question`` with the years of the last report under a body's old name and the first under its new one; as it is where it was not renamed once."""
    if not (_LAST_BEFORE.search(question) or _FIRST_AFTER.search(question)):
        return question
    bodies = find_agencies(question, held, segmenter).agencies or (context.agencies if context else ())
    kin = sorted(held.reports_of_kin(bodies[:1]), key=lambda r: r.year) if len(bodies) == 1 else []
    names = list(dict.fromkeys(r.agency for r in kin))
    if len(names) != 2:
        return question
    before = max(r.year for r in kin if r.agency == names[0])
    after = min(r.year for r in kin if r.agency == names[1])
    return _FIRST_AFTER.sub(f"{after}年", _LAST_BEFORE.sub(f"{before}年", question))
