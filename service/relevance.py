"""Whether what was found is about the question: by the words that they share, and by how far its meaning stands out of the same report."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from corpus.forms import channels, subjects
from index.segment import STOPWORDS, words_of
from index.store import Background, Hit
from service.case import Case
from service.leftover import GENERIC
from service.lexicon import find_terms, mask

_PLAIN = words_of("service", "plain_words.txt")

MOST_WORDS = 0.5
"""A passage that holds this part of the telling words speaks of the matter."""

# Of cosines alone (multilingual-e5-small): beside a shared word, and without one.
NEAR, _NEAR_ALONE = 0.87, 0.9

# Measured by ``python -m tests.calibrate``: what speaks for it that a sentence answers, in log odds where both are as likely.
_BASE, _NEARNESS, _OUTSTANDING, _SHARED, _MOSTLY_SHARED, _FIGURE, _NEAREST = -1.17, 0.74, 0.77, 1.09, -0.47, -2.35, 1.07
_BARE_FIGURE = 40  # characters of a sentence that says little beside its figure
_MOST_AT = 4  # of the features, whether most of the words are shared
_USUAL_NEARNESS, _USUAL_DISTANCE, _FARTHEST, _USUAL_COUNT = 0.88, 3.0, 8.0, 40
LEAST, PLAIN = -0.5, 0.4
"""What is told at all, and what is told as the report's answer rather than as what comes nearest to one."""


def nearest_of(hits: Sequence[Hit]) -> float:
    return max((h.nearness or 0.0 for h in hits), default=0.0)


def telling(case: Case, matter: str) -> list[str]:
    """The words of a question that tell what it is about."""
    words = [w for w in case.snapshot.segmenter.words(matter) if len(w) >= 2 and w not in STOPWORDS and w not in _PLAIN]
    telling = [w for w in words if w not in GENERIC]
    return list(dict.fromkeys(telling or [w for w in words if w not in ("年报", "报告", "怎么", "什么")]))


def share_held(words: Sequence[str], text: str) -> float:
    """The part of the telling words that a text holds, by their length, 0 to 1; a word held by its half counts half."""
    total = sum(len(w) for w in words)
    held = sum(len(w) if w in text else 0.5 * len(w) for w in words if w in text or _half(w, text))
    return held / total if total else 0.0


def _half(word: str, text: str) -> bool:
    """Whether a longer word stands in a text by its half: 培训班 by 培训."""
    return len(word) >= 3 and any(word[i : i + 2] in text for i in range(len(word) - 1))


def plainly_about(hit: Hit, words: Sequence[str]) -> bool:
    """Whether a passage of any report is about the question, with nothing to hold it against."""
    shared = share_held(words, hit.passage.text)
    return shared >= MOST_WORDS or (hit.nearness is not None and hit.nearness >= (NEAR if shared else _NEAR_ALONE))


def _distance(nearness: float, ground: Background) -> float:
    """How many standard deviations a sentence lies above the others, less by what the nearest of many lies farther by chance."""
    by_chance = math.sqrt(2 * math.log(ground.count)) - math.sqrt(2 * math.log(_USUAL_COUNT))
    return (nearness - ground.mean) / ground.spread - max(by_chance, 0.0)


def features(hit: Hit, words: Sequence[str], ground: Background, nearest: float, *, counts: bool) -> tuple[float, ...]:
    """What ``relevance`` weighs of a passage with a nearest sentence; ``nearest``: the cosine of the nearest that was found; ``counts``: the
    question asks for a number."""
    sentence = hit.passage.text[slice(*(hit.sentence or (0, 0)))]
    shared = share_held(words, hit.passage.text)
    nearness = hit.nearness or 0.0
    return (
        1.0,
        50 * (nearness - _USUAL_NEARNESS),
        min(_distance(nearness, ground), _FARTHEST) - _USUAL_DISTANCE,
        3 * shared,
        float(shared >= MOST_WORDS),
        # 参加培训36人: hardly more than a figure, which answers no question about how something is done.
        float(not counts and len(sentence) < _BARE_FIGURE and bool(re.search(r"\d", sentence))),
        float(nearness >= nearest - 1e-4),
    )


def relevance(hit: Hit, words: Sequence[str], ground: Background | None, nearest: float, *, counts: bool = False) -> float:
    """How sure it is that a passage answers, in log odds; without vectors, or sentences enough to stand out of, by ``plainly_about``."""
    if ground is None or hit.sentence is None:
        return PLAIN if plainly_about(hit, words) else LEAST - 1
    weights = (_BASE, _NEARNESS, _OUTSTANDING, _SHARED, _MOSTLY_SHARED, _FIGURE, _NEAREST)
    told = features(hit, words, ground, nearest, counts=counts)
    sure = sum(w * f for w, f in zip(weights, told, strict=True))
    return max(sure, PLAIN) if told[_MOST_AT] else sure  # its very words: 网络联系表


def beside(case: Case) -> int:
    """How many telling words a question has beside those that name what is counted: 自助查阅机 counts no visits."""
    query = case.query
    if query.has_cells or (query.weak and query.mention.named):
        return 0
    cues = [c for item in (*channels(), *subjects()) if item.id in (*query.channels, query.subject) for c in (*item.cues, *item.terms)]
    rest = mask(query.matter, [(h.start, h.end) for h in find_terms(query.matter) if not h.loose])
    rest = re.sub("[有没]人", "  ", rest)  # 近两年有人申请吗
    counts = re.compile("[人场次件条]数|场次|人次")  # how it is counted, not what
    words = [word for word in telling(case, rest.replace("\n", "，")) if not counts.fullmatch(word)]
    return sum(not any(word in cue or cue in word for cue in cues) for word in words)
