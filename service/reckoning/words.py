"""The words of a question that reckons with what was told: who, which place, how many, and what is to come of them.

Every word has to be one of these, or say nothing: a question with a word left over is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.forms import metrics
from service.agencies import Mention, find_agencies
from service.case import Case
from service.cues import channels_of, subjects_of
from service.directory import Directory, directory
from service.lexicon import find_terms
from service.reckoning.tables import Block, Measure
from service.spoken.base import COUNTS

_NUMBER = "[两俩二三仨四五六七八九十]"
_VALUES = COUNTS | {"一": 1} | {c: n for n, c in enumerate("七八九十", 7)}
IN_ORDER = ("place", "middle", "ends")  # the kinds of words that are a place in an order
_BODIES = r"(?:家(?:单位|机关|部门|局)?|个?(?:[市区县省]?(?:政府|局|厅|街道(?:办(?:事处)?)?|乡镇|镇|乡|区县|县区|单位|部门|机关|管委会|开发区)|(?:[市区县]级|[县区])(?!里)))"
_YEARS = "(?:个?(?:年份|年度|年))"
_MEASURES = "(?:[种项样条类](?:理由|原因|情形|渠道|方式|人)?|个?(?:理由|原因|情形|渠道|方式|小项|数字?))"
_THAT = f"(?:的?(?:那|这)?(?:一)?(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|[个者])?)"


@dataclass(frozen=True, slots=True)
class Token:
    """A word. ``kind`` is one of ``_WORDS`` or says what picks numbers out; ``axis`` is what it is one of (body, year, measure) where that is said, ``names`` which of them it names.

    first, last  of a place or a stretch in an order: 0 and 1 of the first, -2 and None of the last two
    by_value     whether the order is that of the numbers, the most first; else the one in which they were told
    count        how many a set has; 0 where it is not said
    noun         what the members of a set are, in the question's word
    ranking      whether it is said of a ranking (打头), rather than of the order of a list (第一家)
    of_two       whether there are two: 前者
    of_pair      whether it tells two apart: 多的那家
    naming       whether it is said of the order in which things were named: 前面那家
    """

    kind: str
    words: str
    axis: str = ""
    names: frozenset[object] = frozenset()
    first: int = 0
    last: int | None = None
    by_value: bool = False
    count: int = 0
    noun: str = ""
    ranking: bool = False
    of_two: bool = False
    naming: bool = False
    of_pair: bool = False


def _count(word: str | None) -> int:
    return int(word) if word and word.isdigit() else _VALUES.get(word or "", 0)


def _axis(noun: str | None) -> str:
    if not noun or noun in ("个", "者"):
        return ""
    return "year" if re.fullmatch(_YEARS, noun) else "measure" if re.fullmatch(_MEASURES, noun) else "body"


_ORDINAL = re.compile(
    rf"(?P<own>我?(?:点名|报|说|提到?|问)的)?(?P<back>倒数)?第(?P<n>[一二三四五六七八九十]|\d)(?P<rank>名|位|大|[多高])?{_THAT}|次(?P<second>[多高大]){_THAT.replace('noun', 'noun2')}"
)
_MOST = re.compile(
    rf"(?P<pair>(?<!最)[多高大]的(?:那[家个年种]|(?=是|比|占)))|(?:[收办罚批发用涨]得)?最[多高大]{_THAT}|头一?名{_THAT.replace('noun', 'noun2')}|榜首|冠军|峰[值顶]|高峰"
)
_LEAST = re.compile(
    rf"(?P<pair>(?<!最)[少低小]的(?:那[家个年种]|(?=是|比|占|的?几倍|[几多])))|(?:[收办罚批发用涨]得)?最[少低小]{_THAT}|(?:垫底|最后一名|末一?名){_THAT.replace('noun', 'noun2')}|谷底|低谷"
)
_HEAD = re.compile(
    rf"(?:打头|排头(?!一?[名位])|领头){_THAT}|最上面|最前面|(?:头|首)(?:一)?(?P<noun2>[家个种项样年])(?!月)|前者|前(?:面|一)(?:那)?(?P<noun3>[家个种项样])"
)
_TAIL = re.compile(
    rf"(?:末尾|最末|最后|垫后|排末尾?)(?!面){_THAT}|最下面|末(?:一)?(?P<noun2>[家个位种项样年])|后者|后(?:面|一)(?:那)?(?P<noun3>[家个种项样])"
)
_MIDDLE = re.compile(
    rf"(?:(?:正|夹在|居|排在?)?(?:中间|当中|当间儿?)|居中)(?:的)?(?:那|这)?(?P<n>两)?(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|[个者])"
)
_MOST_SO_MANY = "(?:[收办罚批发用涨]得|件?数)?最{0}的?(?:那|这)?"
_FIRST = re.compile(
    rf"(?:(?P<most>{_MOST_SO_MANY.format('[多高大]')})?[前头](?:面)?|(?P<most2>{_MOST_SO_MANY.format('[多高大]')}))(?P<n>{_NUMBER}|\d)(?:(?P<rank>名|位)|(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|个))"
)
_LAST = re.compile(
    rf"(?:(?:后[面头]?|末尾?|最末|倒数|最后)|(?P<most>{_MOST_SO_MANY.format('[少低小]')}))(?P<n>{_NUMBER}|\d)(?:(?P<rank>名|位)|(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|个))"
)
_REST = re.compile(
    rf"(?:没算(?:进去|在内)?的|[去刨拿剔]掉的|其余|剩下|另外?|余下|剩余|其[它他])(?:的)?(?:那|这)?(?P<n>{_NUMBER}|\d|一)?(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|[个者])?(?!分|类)"
)
_SET = re.compile(
    rf"(?:这|那|上述|刚才(?:的|说的|那)?|刚说的|原来(?:的|那)?|前面(?:的|那|说的)?|说的)*(?P<n>{_NUMBER}|\d)(?P<noun>{_BODIES}|{_YEARS}|{_MEASURES}|[个者])"
)
_BOTH = re.compile("两[边头]|二者|两者|这俩")
_ALL_OF_THEM = re.compile("(?:上述|上面|这些|那些|以上|前述)(?:各|几)?(?:单位|机关|部门|家|个)")
_ENDS = re.compile(r"一头一尾|头尾|首尾|最[高多大](?:的)?[和跟与、]?最[低少小](?:的)?(?:这|那)?(?:两[年家个])?|最上面[和跟与]最下面")
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("mean", re.compile("(?:均摊|摊匀了?|平均(?:数|值)?)(?:下来)?(?:一[年家个]|每[家年个])?|均值")),
    ("median", re.compile("中位数")),
    ("share", re.compile("(?:的)?百分之(?:几|多少)|百分[比数]|比例|比重|几成|份额|分量|占比")),
    ("times", re.compile("(?:好)?(?:几|多少)倍|倍数")),
    ("growth", re.compile("[涨升增降跌减掉][了长加少幅]{0,2}百分之(?:几|多少)|增长率|[增涨降跌]幅|变化率")),
    ("of", re.compile("占(?:到|了)?|相当于|抵得?上?|顶")),
    ("reaches", re.compile("(?:赶|顶|抵|比)(?:得|不|没)?上(?:了)?(?!面)")),
    (
        "equal",
        re.compile("(?:是不是|是否|正好|刚好)?(?:相等|等于|(?:一样|同样)(?:多|大|高)?|相同|一致|持平|对得上|对不对得上|对上)|对不上"),
    ),
    ("differ", re.compile("一减|相减|(?:相|差|隔)*差(?:了|出)?(?:多少|几)(?:个?百分点)?|相差|差[距额]|差值|(?<![相])差多远")),
    (
        "more",
        re.compile(
            "(?:还|又|要|更)?[多少高低大小][出了收发罚批办上]{0,2}(?:多少|几)(?:个?百分点)?|(?:又|还)?(?:涨|升|增|降|跌|减|掉)(?:[加长少]|下)?(?:了|回来?|上来|下来?|去)*(?:多少|几)|净[增减](?:多少|几|了)?"
        ),
    ),
    ("sum", re.compile("(?:加|合|拼|摞|归|并|凑|绑)(?:在|到|成)?一?(?:起来?|块儿?)|相加|[加总]起来|总[数额量共计和]|之和|合计(?:数)?|一共|拢共|通共|统共|共|加总|求和|全[部都]?加(?:上|起来)?|累计|的和")),
    ("out", re.compile("去掉|刨[掉开去]|拿掉|不算|除[去掉开]|剔除|撇开|扣[掉除]|抛开|刨除|不计")),
    ("plus", re.compile("(?:再)?(?:捎上|(?<![都全])算上|加上|补上|添上|带上|连上|算进来|加进来|补进来)")),
    ("each", re.compile("各自|各(?!种|类|项|条)|分别")),
    ("than", re.compile("比(?!例|重)|[跟和与](?:上面|前面|刚才|上述)(?:的)?比")),
    ("and", re.compile("和|跟|与|及|、|以及|还有")),
    ("from", re.compile("从|由")),
    ("to", re.compile("到|至")),
)  # fmt: skip
_NOTHING = re.compile(
    r"[,，。;；?？!！:：\s]|[这那同]一?项|再来一[遍次]|同样|保留[两一二]位(?:小数)?|精确到.*$|(?:用|给到)?百分数|从[多少高低]到[少多低高]|按.{1,4}算|排(?:一下|一排|出来|序)?|"
    r"里[面头边]?|其中|当中|之中|之间|中|的|了|呢|吗|啊|吧|哦|嘛|呀|呗|哈|是|有|在|那(?:个|家|边)?|这(?:个|家|边)?|就|则|又|再|还|都|也|下来|一下|给我|麻烦|请|"
    r"报(?:给我|出来|一下)?|算(?:一?下|下来|出来|一遍)?|看看?|说回|说|我|咱|[它他]们|到底|究竟|具体|哪一?[家个年种位]|是?谁|什么|叫|名字|回到|刚才|刚刚|原来|最初|"
    r"收了?|发了?|办了?|罚了?|批了?|件数?|起|个|条|篇|家|次|场|人|万元|元|份|多少|几|数|把|只|光|单|换成?|要|自己|全年|本身|总的?|一点|多大|[递交提]|的话|[那这]块|还剩|剩|才|紧跟着的?|只看|原先|也是|还是|照这么说|反倒|仍然?|仍旧|用过|用|是?啥|(?:种|条|项|个)?(?:理由|情形|原因)|没有|没|它"
)
_LEVEL = re.compile(r"(?P<unit>[省市县区])(?:里|局|厅|政府|级)(?:的)?|(?<![一-鿿])省(?=[、和跟与])|厅里")


Names = Sequence[tuple[int, int, Mention]]
"""Where bodies are named in a question, and which."""


def names_in(case: Case, text: str) -> Names:
    """The bodies that the question names, whatever was told."""
    held, segmenter = directory(case.snapshot.reports), case.snapshot.segmenter
    return [(a, b, find_agencies(text[a:b], held, segmenter)) for a, b in find_agencies(text, held, segmenter).spans]


def read(case: Case, block: Block, text: str, names: Names) -> list[Token] | None:
    """The question's words, in order, as they point into ``block``; None where one of them is left over."""
    held = directory(case.snapshot.reports)
    named = dict(_named(case, block, text, held, names))
    found: list[Token] = []
    at = 0
    while at < len(text):
        token, end = named.get(at) or word(text, at) or (None, 0)
        if token is not None:
            found.append(token)
        elif (blank := _NOTHING.match(text, at)) is not None:
            end = blank.end()
        else:
            return None
        at = end
    return found


def word(text: str, at: int) -> tuple[Token, int] | None:
    """The word that starts there, and where it ends; None where none does."""
    if m := _ENDS.match(text, at):
        return Token("ends", m.group(), by_value="最" in m.group()), m.end()
    for pattern, first, last, by_value in (
        (_FIRST, 0, 1, False),
        (_MOST, 0, 1, True),
        (_LEAST, -1, None, True),
        (_ORDINAL, 0, 1, False),
        (_LAST, -1, None, False),
        (_HEAD, 0, 1, False),
        (_TAIL, -1, None, False),
    ):
        if m := pattern.match(text, at):
            parts = m.groupdict()
            noun = (parts.get("pair") or "")[3:] or parts.get("noun") or parts.get("noun2") or parts.get("noun3") or ""
            ranked = by_value or any(parts.get(name) for name in ("rank", "back", "most", "most2"))
            if pattern is _ORDINAL:
                n = _count(m["n"]) or 2
                ranked |= bool(m["second"])
                first, last = (-n, -n + 1 or None) if m["back"] else (n - 1, n)
            elif pattern in (_FIRST, _LAST):
                n = _count(m["n"])
                first, last = (0, n) if pattern is _FIRST else (-n, None)
            ranked |= bool(re.match("排|打头|领头|垫后", m.group()))
            naming = bool(parts.get("own")) or (bool(re.match("前|后|首", m.group())) and pattern in (_HEAD, _TAIL))
            return Token(
                "place", m.group(), _axis(noun), first=first, last=last, by_value=ranked, noun=noun,
                ranking=pattern in (_HEAD, _TAIL) and not naming, of_two=m.group() in ("前者", "后者"), naming=naming, of_pair=bool(parts.get("pair")),
            ), m.end()  # fmt: skip
    if m := _MIDDLE.match(text, at):
        return Token("middle", m.group(), _axis(m["noun"]), count=_count(m["n"]) or 1, noun=m["noun"] or ""), m.end()
    if m := _BOTH.match(text, at):
        return Token("set", m.group(), count=2, noun="个"), m.end()
    if m := _ALL_OF_THEM.match(text, at):
        return Token("set", m.group(), "body"), m.end()
    for kind, pattern in (("rest", _REST), ("set", _SET)):
        if m := pattern.match(text, at):
            return Token(kind, m.group(), _axis(m["noun"]), count=_count(m["n"]), noun=m["noun"] or ""), m.end()
    for kind, pattern in _WORDS:
        if m := pattern.match(text, at):
            return Token(kind, m.group()), m.end()
    return None


def _named(case: Case, block: Block, text: str, held: Directory, names: Names) -> Iterator[tuple[int, tuple[Token, int]]]:
    """The bodies, years and things that are named: where each starts, and the token with its end."""
    taken: list[tuple[int, int]] = []
    for start, end, token in (*_bodies(case, block, text, held, names), *_years(case, block, text, held), *_things(case, block, text)):
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            yield start, (token, end)


_Span = tuple[int, int, frozenset[object]]
_IT = re.compile("(?<!其)它(?!们)|这家|那家")
_SAME_ONE = re.compile("的?(?:那|这)?(?:个|家|边)?(?:的)?")
_LEVELS = {"省": "province", "市": "city", "县": "county", "区": "county"}
_OF_A_LEVEL = ("省级", "市级", "县级", "区级")


def _bodies(case: Case, block: Block, text: str, held: Directory, names: Names) -> list[tuple[int, int, Token]]:
    context = case.request.context
    found = [*_by_name(block, text, names), *_by_a_part(block, text), *_by_level(block, text, held)]
    if context is not None and len(context.agencies) == 1 and context.agencies[0] in block.bodies and len(block.bodies) > 1:
        found += [(*m.span(), frozenset(context.agencies)) for m in _IT.finditer(text)]
    kept: list[_Span] = []
    for span in sorted(found, key=lambda f: (f[0] - f[1], f[0])):  # the longest first
        if all(span[1] <= a or b <= span[0] for a, b, _ in kept):
            kept.append(span)
    joined: list[_Span] = []
    for start, end, own in sorted(kept, key=lambda f: f[0]):
        both = joined[-1][2] & own if joined and _SAME_ONE.fullmatch(text[joined[-1][1] : start]) else frozenset()
        if both:
            joined[-1] = (joined[-1][0], end, both)  # 松岚那个城关镇: what fits both
        else:
            joined.append((start, end, own))
    every = len(block.bodies)
    return [
        (a, b, Token("all" if len(own) == every > 1 else "body", text[a:b], "body", own))  # 街道, of four of them: which is not said
        for a, b, own in joined
        if len(own) in (1, every) or text[a:b].startswith(_OF_A_LEVEL)
    ]


def _by_name(block: Block, text: str, names: Names) -> Iterator[_Span]:
    for start, end, own in names:
        known = frozenset(a for a in own.agencies if a in block.bodies)
        another = len(own.agencies) == 1 and not own.partial and not own.places and not any(text[start:end] in b for b in block.bodies)
        if known or another:
            yield start, end, frozenset(known or own.agencies)


def _by_a_part(block: Block, text: str) -> Iterator[_Span]:
    """Two characters or more that stand in a body's name: 青禾那家."""
    at = 0
    while at < len(text) - 1:
        end = next((e for e in range(min(len(text), at + 16), at + 1, -1) if any(text[at:e] in b for b in block.bodies)), 0)
        if end:
            yield at, end, frozenset(b for b in block.bodies if text[at:end] in b)
        at = end or at + 1


def _by_level(block: Block, text: str, held: Directory) -> Iterator[_Span]:
    """省里, 市局, 两个市级的."""
    for m in _LEVEL.finditer(text):
        unit = m["unit"] or "省"
        fits = frozenset(b for b in block.bodies if held.bodies[b].level == _LEVELS[unit] and (unit not in "县区" or unit in b))
        if len(fits) == 1 or (fits and m.group().startswith(_OF_A_LEVEL)):
            yield *m.span(), fits


_YEAR = re.compile(r"(?<!\d)(?:20(\d\d)年?|(\d\d)年)(?:度|底|末)?(?:那年)?")
_COUNTED_BACK = re.compile(
    "(?<!大)(?P<back>去年|前年)|(?P<before>上一?年|前一年|再?往?前推?一年)(?!结转|度?转)|(?P<same>同一?年|当年|那一?年|这一?年)(?!里?[^,，]{0,3}[多少高低])"
)


def _years(case: Case, block: Block, text: str, held: Directory) -> Iterator[tuple[int, int, Token]]:
    for m in _YEAR.finditer(text):
        yield m.start(), m.end(), Token("year", m.group(), "year", frozenset((2000 + int(m[1] or m[2]),)))
    context = case.request.context
    for m in _COUNTED_BACK.finditer(text):
        newest = max((r.year for r in held.reports_of(block.bodies)), default=0)
        year = {"去年": newest, "前年": newest - 1}.get(m["back"] or "", 0)
        if m["back"] and context is not None and context.this_year:
            continue  # counted from this year
        if not m["back"]:
            spoken = {c.year for c in context.tables[-1].cells} if context is not None and context.tables else set()
            if len(spoken) != 1:
                continue
            year = min(spoken) - (1 if m["before"] else 0)
        yield m.start(), m.end(), Token("year", m.group(), "year", frozenset((year,)))


def _things(case: Case, block: Block, text: str) -> Iterator[tuple[int, int, Token]]:
    """What the block counts, where the question says it again or picks some of it; a thing that it does not count is left over."""
    found = [(h.start, h.end, h.kind, h.id) for h in find_terms(text)]
    for kind, known in (("subject", subjects_of(text)), ("channel", channels_of(text))):
        found += [(*m.span(), kind, s.id) for s, cues in known for m in cues.finditer(text)]
    for start, end, kind, name in sorted(found, key=lambda f: f[0] - f[1]):
        if "最" in text[start:end] or text[start:end] in ("总数", "合计", "总计", "一共", "总共"):
            continue  # what is to be done, rather than a column
        if fits := frozenset(m for m in block.measures if _is(kind, name, m)):
            yield start, end, Token("thing", text[start:end], "measure", frozenset(fits))
    tables = case.request.context.tables if case.request.context else ()
    last = {c.measure for c in tables[-1].cells} if tables else set()
    if len(last) == 1 and last < {*block.measures}:
        for m in re.finditer("(?<!其)它(?!们)|[这那]一?[条种项类样](?![\u4e00-\u9fff]{0,2}[两三])", text):
            yield m.start(), m.end(), Token("thing", m.group(), "measure", frozenset(last))
    for m in _VERB.finditer(text):
        if not all(_done(m.group(), measure) for measure in block.measures):
            yield *m.span(), Token("another", m.group())


_VERB = re.compile("[收办罚批](?=了|过|的|到|得|件|[多少]|几|$)|[收办罚批]了?(?:几|多少)")
_DONE = {
    "收": ("requests.", "fees."),
    "办": ("outcome.", "licensing.", "penalty.", "coercion."),
    "罚": ("penalty.",),
    "批": ("licensing.",),
}


def _done(verb: str, measure: Measure) -> bool:
    """Whether what is counted is done by what the verb says: 罚了几件 is said of penalties."""
    return not measure.metric or measure.metric.startswith(_DONE[verb[0]])


def _is(kind: str, name: str, measure: Measure) -> bool:
    if not measure.metric:
        subject, channel, _ = measure.label.split("/", 2)
        return name == (subject if kind == "subject" else channel if kind == "channel" else "")
    if kind in ("subject", "channel"):
        return False
    if kind == "applicant":
        return measure.applicant == name
    if kind in ("column", "result"):
        return measure.metric.endswith(f".{name}")
    return (
        measure.metric == name or measure.metric.startswith(f"{name}.") or (name in metrics() and measure.metric in metrics()[name].parts)
    )
