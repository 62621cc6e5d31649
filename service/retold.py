"""A claim inside a story: who told it, where and why it is asked stand around it, and the question behind it only asks whether it is so.

棋友老周在公园里说，区政府2024年被人提行政复议28件。他这人爱夸张，这个数靠得住吗 claims one thing of one body. Read whole, the story's
own words would be looked for in the report.
"""

from __future__ import annotations

import re

from index.segment import Segmenter
from service.agencies import find_agencies
from service.directory import Directory
from service.lexicon import find_terms
from service.rewrites import in_the_words_of_the_forms

_SENTENCES = re.compile(r"(?<=[。！!？?；;])")
_VERIFY = re.compile(
    r"对(?:不对|了?吗|吧|么)|属实|准(?:不准|吗)|靠得住|靠谱|站得住|成立|没(?:记|说|写|算|听|看|搞)?错|(?<![公天率])真(?:的|有|是|这)|是(?:不是)?(?:吗|事实)|"
    r"是(?:不是)?(?:这样|这么|这个数)|求证|核(?:实|对|一)|可信|评评?理|印错|信得过|有(?:没有)?这(?:回|么回|句|事)|没P过|P的|真写了|夸张了?吗"
)
_ASKS = re.compile("多少|(?<![好前这过])几(?![天年十百千])|谁|哪|什么|啥|怎|如何|为何")
# 跟2023比真有翻倍吗: what is claimed stands in the question itself
_MORE = re.compile(r"\d|比(?!例)|倍|超过|占|最|一半|过半|逐年")
# 两家各多少人: told with the verdict anyway
_NUMBERS_TOO = re.compile("(?:这)?(?:[两三四五]个?[家个])?(?:各|都|分别|具体)?(?:各|有|是)?(?:多少|几)[件人条次份个]?[?？。]?")
_SAID = re.compile(
    r"(?:听说|听讲|听人讲|说是|说|讲|写|称|断言|抱怨|登|通报|告诉(?:我|俺)|提到|印象[里中]|记得|印|记|传|吹|讲过|嚷)(?:了一[条句]|[着道了过的]|得)*(?:[,，:：]?(?:说|写道?|讲))?[,，:：]?[“\"「『]?|[:：]"
)
# 我怎么觉得没那么多, 我剪报做资料用: what the asker thinks of it, and what he does with it
_ASIDE = re.compile(
    r"(?:可|但|不过)?(?:我|俺|咱|他|她)(?:们|这人)?(?:怎么|咋|总|一直|倒|也|就|好像)*(?:觉得|感觉|怀疑|不信|数了|翻过|押|心里|爱|在做|剪|要)|[^,，]{0,8}(?:议论|离谱|夸张|剪报|做资料)"
)
_DATED = re.compile("(?:19|20)\\d\\d|去年|前年|今年")
_PRONOUN = re.compile("(?:他们|她们|人家|它|该单位)(?:那儿|那里|那边|单位)?(?:的)?")


def claim_of_story(question: str, held: Directory, segmenter: Segmenter) -> str:
    """The claim alone, as 听说…，对吗, where a question tells it inside a story and only asks whether it is so; any other question as it is."""
    if len(question) < 20 or not _VERIFY.search(question):
        return question
    sentences = [s for s in _SENTENCES.split(question.strip()) if s.strip()]
    if (asked := _claim_and_story(sentences, held, segmenter)) is None:
        return question
    told, story = asked
    core = _without_teller(told, held)
    if core == told and len(sentences) == 1:
        return question
    around = question[: question.find(core[:6])]
    named = find_agencies(core, held, segmenter)
    if not named.spans:
        own = _bodies_in(story or around, held)
        if len(own) != 1:
            return question
        core = own[0] + _PRONOUN.sub("", core, count=1)
    elif len(named.agencies) > 1 and not named.named and len(named.spans) == 1:  # 区政府, of the district that the story is told in
        places = {p for at in range(len(around)) for size in (4, 3, 2) for p in held.places.get(around[at : at + size], ())}
        near = [a for a in named.agencies if any(held.stands_at(held.bodies[a], p) for p in places)]
        (start, end), *_ = named.spans
        core = f"{_PRONOUN.sub('', core[:start])}{near[0]}{core[end:]}" if len(near) == 1 else core
    return f"听说{core}，对吗"


def _bodies_in(story: str, held: Directory) -> list[str]:
    """The bodies that a story names, each by a name that no other has."""
    found: dict[str, None] = {}
    at = 0
    while at < len(story):
        match = held.match(story, at)
        if match is not None and len(match.agencies) == 1 and (match.own or match.rank == 0):
            found[match.agencies[0]] = None
        at = match.end if match is not None and match.agencies else at + 1
    return list(found)


def _claim_and_story(sentences: list[str], held: Directory, segmenter: Segmenter) -> tuple[str, str] | None:
    """The sentence that claims and the story before it; None where what stands behind asks for more than whether it is so."""
    left = list(sentences)
    if len(left) > 2 and _NUMBERS_TOO.fullmatch(left[-1]) and _VERIFY.search(left[-2]):
        left.pop()
    verified = False
    while left and not any(_tells(c, held, segmenter) for c in re.split("[,，]", left[-1])):
        said = left.pop()
        verified = verified or bool(_VERIFY.search(said))
        if _MORE.search(said) or (_ASKS.search(said) and not (_VERIFY.search(said) or _ASIDE.match(said))):
            return None
    if not left:
        return None
    clauses = re.split("(?<=[,，])", left[-1])
    while len(clauses) > 1 and (_ASIDE.match(clauses[-1]) or (_VERIFY.search(clauses[-1]) and not _tells(clauses[-1], held, segmenter))):
        said = clauses.pop()
        verified = verified or bool(_VERIFY.search(said))
        if _MORE.search(said):
            return None
    claim = "".join(clauses).strip('。！!？?；;，, ”"」』')
    return None if not verified or _ASKS.search(claim) else (claim, "".join(left[:-1]))


def _tells(clause: str, held: Directory, segmenter: Segmenter) -> bool:
    """Whether a clause tells something that a report could bear out: a number, a row of the form or a body."""
    if _ASIDE.match(clause):
        return False
    if re.search(r"\d|[一二三四五六七八九十两]{1,3}[件条次人份个成倍台](?![的人他她])|百分之|一半", clause) and not _VERIFY.search(clause):
        return True
    words = in_the_words_of_the_forms(clause)
    strong = any(not h.weak and not h.loose and h.kind in ("metric", "row", "block", "derived") for h in find_terms(words))
    named = bool(find_agencies(clause, held, segmenter).agencies)
    return (strong or named) and not (_VERIFY.search(clause) and len(clause) < 12)


def _without_teller(claim: str, held: Directory) -> str:
    """区政府2024年被人提行政复议28件, of 棋友老周昨天在公园里说，区政府…: what stands behind the word of telling, where a body or year begins it."""
    for match in _SAID.finditer(claim):
        ahead, rest = re.split("[,，]", claim[: match.start()])[-1], claim[match.end() :]
        level = re.match("[省市县区乡镇](?:政府|里|[\u4e00-\u9fff]{1,4}局)", rest)
        begins = _DATED.match(rest) or held.match(rest, 0) is not None or _PRONOUN.match(rest) or level
        counted = any(not h.weak and h.kind in ("metric", "row", "block") for h in find_terms(ahead))
        if begins and not counted and not re.search(r"\d", claim[: match.start()]) and len(rest) >= 8:
            return re.sub('[“”「」『』"]', "", rest)
    return re.sub("^(?:他|她|有人|人家)(?:说|讲)", "", claim)
