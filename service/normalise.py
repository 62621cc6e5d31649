"""A question as typed → plain simplified Chinese of usual width, with slips of the keyboard mended where that is safe."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.forms import applicants, channels, concepts, forms, subjects
from corpus.script import simplified
from index.segment import Segmenter
from service.rewrites import in_the_words_of_the_forms

MAX_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Normalised:
    """``corrections`` are (typed, taken for) pairs, so that the answer can say what was assumed.

    ``pieces`` are the parts that spaces divide in a question typed as key words.
    """

    text: str
    corrections: tuple[tuple[str, str], ...] = ()
    pieces: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _regional() -> tuple[tuple[str, str], ...]:
    """Words that other regions and dialects use for ours, beside the characters, the longer first."""
    lines = files("service").joinpath("regional_words.txt").read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return tuple(sorted(((other, ours) for other, ours in pairs), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=64)  # a question is read again for each of its parts, its sides and what it takes over
def simplify(text: str) -> str:
    """Usual width, simplified characters, lower case, no control characters; what is said at length in the words of the forms."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Zs") else c for c in text)
    text = re.sub(r"\.{3,}", "…", simplified(text).lower())  # no point of a number
    # 望川区 枫林区 松岚县 这三家: names with nothing but a space between
    text = re.sub(r"(?<=[区县市镇乡局厅])\s+(?=[\u4e00-\u9fff]{1,6}[区县市镇乡局厅](?:\s|[,，]|这|的|[两三四五六七八九]))", "、", text)
    if len(re.findall(r"(?<![^\s，。？！,.?!])[\u4e00-\u9fff](?=[\s，。？！,.?!]|$)", text)) > 2:
        text = re.sub(r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\d])", "", text)  # 比 2022 年 多 几 件: a word at a time
    text = re.sub(r"(?:^|(?<=\s))罚(?=\s|$)", "处罚", text)
    text = re.sub(
        r"(?<=[\u4e00-\u9fff])\s+[一二三四五六七八九]、(?=[\u4e00-\u9fff])", "、", re.sub(r"(?<=\s)一、(?=[\u4e00-\u9fff])", "", text)
    )
    text = re.sub(rf"(?<=\d)\s+(?=(?:{_COUNTED})|年)", "", text)  # 超过 20 件, 2024 年: set apart as printers do
    text = re.sub(rf"(?<=[过于到足前第近满达约超])\s+(?=\d[\d,.]*(?:{_COUNTED}))", "", text)
    if not re.search(r"(?:19|20)\d\d", text):
        text = _BARE_YEAR.sub(r"20\1年", text)
    if text.count("/") > 2:  # 维持/纠正/其他/总计: a list; 望川住建局/2024/（四）无法提供/自然人: key words
        text = re.sub(r"(?<=[^\W_]) ?/ ?(?=[^\W_(（])", " " if re.search(r"/\d{4}/|/[(（]", text) else "、", text)
    present = set(text)
    for other, ours in _regional():
        if other[0] in present and other in text:
            text = text.replace(other, ours)
            present.update(ours)
    text = in_the_words_of_the_forms(text)
    text = re.sub(r"(?<=[吗呢吧呀啊嘛没])\s+(?=[^\x00-\x7f])", "，", text)  # a question ends there, though no mark says so
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", _comma_or_nothing, text).strip()


_COUNTED = "(?:多|余)?(?:件|条|个(?!人)|家|名|份|次|场|人|%|万|亿|元|项|起|宗|篇|期|天|月|日|号|岁|分|成|以[上下内]|左右|吗|对)"
# 松岚财政局 23 现行有效件数: two digits by themselves among key words are a year, unless they count something
_BARE_YEAR = re.compile(rf"(?:^|(?<=[^\W\d_过于到足前第近满达约超]\s))(19|2\d)(?=$|\s+(?!{_COUNTED}|年)[^\W\d_])")

_LONG_CLAUSE = 8
_HOW_MANY = re.compile("多少|百分之几|几[件个条份次场人成]")
_LISTED = re.compile("[这那]?[两三四五六七八]")  # 望川区 枫林区 这两家教育局: a list before its noun
_ASKS = re.compile(r"多少|几(?![年月])|谁|哪")


def _comma_or_nothing(space: re.Match[str]) -> str:
    """What a space stands for: a comma between two clauses that each ask (收了多少申请 留到下一年多少), else nothing."""
    before, after = space.string[: space.start()], space.string[space.end() :]
    clauses = re.split(r"[\s,，。;；]", before)[-1], re.split(r"[\s,，。;；]", after)[0]
    if min(map(len, clauses)) >= _LONG_CLAUSE and _HOW_MANY.search(clauses[1]) and not _LISTED.match(clauses[1]):
        return ","  # two clauses, and no key words: 三家政府2024年新收申请合起来看 青禾县政府那份占百分之几
    return "," if all(_ASKS.search(clause) for clause in clauses) else ""


Beginnings = Mapping[tuple[str, ...], frozenset[int]]
"""By the first two syllables how many syllables those have that begin so."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Names of what is held.

    known     says of a text whether it is right as it stands
    by_sound  what a slip was meant for
    begins    the first two syllables of these, and how many syllables those have that begin so: almost no stretch of a question does
    """

    known: Callable[[str], bool]
    by_sound: Mapping[tuple[str, ...], str]
    begins: Beginnings


def spoken(names: Iterable[str], known: Callable[[str], bool]) -> Spoken:
    """How names are read aloud. Of two that sound alike neither counts, since a slip does not tell which is meant."""
    found: dict[tuple[str, ...], str] = {}
    clash: set[tuple[str, ...]] = set()
    for name in names:
        key = _sound(name)
        if found.setdefault(key, name) != name:
            clash.add(key)
    by_sound = {key: name for key, name in found.items() if key not in clash}
    return Spoken(known, by_sound, _beginnings(by_sound))


def _beginnings(by_sound: Iterable[tuple[str, ...]]) -> Beginnings:
    found: dict[tuple[str, ...], set[int]] = {}
    for key in by_sound:
        found.setdefault(key[:2], set()).add(len(key))
    return {begin: frozenset(sizes) for begin, sizes in found.items()}


_JOINT = r"(?:[到至~～—－–-]|——)"
_APART = re.compile(rf"(?<=[到至~～—－–-])\s+(?=(?:20)?\d\d)|(?<=\d)\s+(?=年)|(?<=\d年)\s+(?={_JOINT})|(?<=20\d\d)\s+(?={_JOINT}\s*(?:20)?\d\d)")
_COMMA_IN_RUN = re.compile(r"(?<=\d年)[,，](?=[到至](?:20)?\d\d年)")
_SHORT_END = re.compile(rf"(?<!\d)(?P<begin>20(?P<century>\d\d)年?{_JOINT})(?P<end>[12]\d)(?=年)")
_THAT_YEAR = re.compile(r"(?<=20\d\d)那年(?=以来|以后|之后|起|[到至])")
_SIGHED = re.compile(r"^(?:(?:哎+|诶+|欸|喂|嗯+|呃+|哦|噢|啊)[,，、。!！~～ ]+)+(?=.{4})|(?<=[\u4e00-\u9fff])[啊呀哈嘞]+(?=[?？。!！~～]*$)")


# 还有，…; 再问下，…; …，谢谢: that one asks, and thanks
_ASKS_ON = re.compile(
    r"^(?:还有(?:就是|呢|个)?|(?:我)?(?:再|想再|顺便再?|另外再?)(?:请)?(?:问|请教|打听)(?:一?[下个句]|问)?|另外|顺带|(?:哦|噢)?对了|然后|接着(?:问)?|(?:领导|主任|老板|同事|朋友)(?:又|还|来)?(?:让我)?问(?:一?下)?(?:我)?)[,，:：、 ]+(?=.{2})"
)
_THANKS = re.compile(r"(?<=.{6})[,，。!！?？~ ]+(?:谢谢|谢了|多谢|感谢|麻烦(?:了|您|你)?|辛苦了?|拜托了?)(?:[您你啦哈了哦]|一下)*[。!！~～?？]*$")


def plainly_spelt(question: str) -> str:
    """2019到 2024年, 2019至24年: a run of years as one writes it, and no sigh before or behind the question."""
    question = _COMMA_IN_RUN.sub("", question)
    question = _THAT_YEAR.sub("年", _APART.sub("", question))
    question = _SHORT_END.sub(lambda m: m.group() if m["end"] < m["century"] else f"{m['begin']}20{m['end']}", question)
    question = _THANKS.sub("", _ASKS_ON.sub("", question))
    return _SIGHED.sub("", question) if len(question) > 6 else question


def normalise(question: str, segmenter: Segmenter, names: Spoken | None = None, *, again: bool = False) -> Normalised:
    """``question`` simplified, and words that sound like one of ours but are no words mended (申情 → 申请).

    ``names`` are the names of what is held, by their sound; they are mended in the same way, and what is one of them stays.
    A question in which words were mended is read ``again``, as if it had been typed so.
    """
    text = simplify(question)
    corrections: list[tuple[str, str]] = []
    sounds = _sounds()
    own = names.by_sound if names else {}
    text, spelt = _from_pinyin(text, lambda heard: own.get(heard) or sounds.get(heard))
    corrections += spelt
    heard, starts = _heard(text, names)
    lengths = frozenset().union(*starts)
    for length in range(min(12, len(text)), 1, -1):
        for at in range(len(text) - length + 1) if length in lengths else ():
            if length not in starts[at]:
                continue
            window = text[at : at + length]
            pinyin = heard[at : at + length]
            meant = own.get(pinyin) or sounds.get(pinyin)
            # Longer terms also by the sounds that many speakers do not part.
            blurred = _blurred_sounds().get(_blur(pinyin)) if meant is None and length >= 4 else None
            if (meant or blurred) and re.fullmatch(r"[\u4e00-\u9fff]+", window):
                if (
                    names
                    and (
                        names.known(window)
                        or (window[0] in "是的在了有就" and window[1:] == (meant or "")[1:] and names.known(window[1:]))  # 同是公安局
                        or _before_a_name(text[at + length :], meant, names)
                        or (own.get(pinyin) and _means_something(window, own[pinyin], segmenter))
                    )
                ):
                    meant = None
                elif meant and length > 2:
                    meant = None if _holds_a_noun(window, meant, segmenter) else meant
                elif meant is None:
                    meant = blurred
                if meant and meant[0] in "未不无没" and window[0] not in "未不无没" and length < 4:
                    meant = None  # 全须全尾公开: a slip that would turn the meaning round is none
                if meant and meant != window and _is_slip(window, text, at, segmenter) and not _crossed(window, meant, text, at, segmenter):
                    corrections.append((window, meant))
                    text = text[:at] + meant + text[at + length :]
                    heard, starts = _heard(text, names)
                    lengths = frozenset().union(*starts)
    mended = question
    for typed, meant in corrections:
        mended = mended.replace(typed, meant, 1)
    if mended != question and not again:  # 先复意、不服再起诉: the phrase is known only when its words are
        over = normalise(mended, segmenter, names, again=True)
        return Normalised(over.text, (*corrections, *(c for c in over.corrections if c not in corrections)), over.pieces)
    return Normalised(text, tuple(corrections), tuple(simplify(piece) for piece in question.split()))


def _heard(text: str, names: Spoken | None) -> tuple[tuple[str, ...], list[frozenset[int]]]:
    """The syllables of a text, and by place how long that may be which a slip was meant for and which begins like it."""
    heard = _sound(text)
    begins = names.begins if names else {}
    ours, blurred = _our_beginnings()
    pairs = (heard[at : at + 2] for at in range(len(heard)))
    none: frozenset[int] = frozenset()
    return heard, [ours.get(pair, none) | begins.get(pair, none) | blurred.get(_blur(pair), none) for pair in pairs]


@lru_cache(maxsize=1)
def _our_beginnings() -> tuple[Beginnings, Beginnings]:
    """How our own terms begin, as they are and blurred."""
    return _beginnings(_sounds()), _beginnings(_blurred_sounds())


@lru_cache(maxsize=8192)
def _syllable(char: str) -> str:
    return str(_speller()(char)[0])


@lru_cache(maxsize=1)
def _speller() -> Callable[[str], list[str]]:
    # A character at a time is all that is asked: without its phrases and a copy of its table the package takes 45 MB less.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def _sound(word: str) -> tuple[str, ...]:
    """Toneless pinyin, a character at a time: what matters is that both sides are read alike."""
    return tuple(map(_syllable, word))


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """The syllables of Mandarin, without tones."""
    return frozenset(_syllable(chr(code)) for code in range(0x4E00, 0x9FA6)) - {""}


def _split(letters: str) -> tuple[str, ...]:
    """Latin letters as pinyin syllables, the longest first; () when they are none."""
    if not letters:
        return ()
    for size in range(min(6, len(letters)), 0, -1):
        if letters[:size] in _syllables():
            if size == len(letters):
                return (letters,)
            if rest := _split(letters[size:]):
                return (letters[:size], *rest)
    return ()


def _from_pinyin(text: str, sounding: Callable[[tuple[str, ...]], str | None]) -> tuple[str, list[tuple[str, str]]]:
    """Words typed as pinyin, whole or in part, in characters where they are one of ours: fuyi, bi原."""
    corrections: list[tuple[str, str]] = []
    for match in list(re.finditer(r"(?<![a-z])[a-z]{2,24}(?![a-z])", text)):
        spelt = _split(match.group())
        if not spelt:
            continue
        before = re.search(r"[\u4e00-\u9fff]{0,6}$", text[: text.find(match.group())])
        after = re.match(r"[\u4e00-\u9fff]{0,8}", text[text.find(match.group()) + len(match.group()) :])
        lead, tail = before.group() if before else "", after.group() if after else ""
        for take in sorted(((a, b) for a in range(len(lead) + 1) for b in range(len(tail) + 1)), key=lambda t: -sum(t)):
            typed = lead[len(lead) - take[0] :] + match.group() + tail[: take[1]]
            meant = sounding((*_sound(lead[len(lead) - take[0] :]), *spelt, *_sound(tail[: take[1]])))
            if meant:
                corrections.append((typed, meant))
                text = text.replace(typed, meant, 1)
                break
    return text, corrections


def mend_label(text: str, segmenter: Segmenter) -> tuple[str, str, str] | None:
    """(typed, taken for, the text mended) where one character of a form's label is wrong: 上年结传, 予以公幵.

    Only for questions that name no metric at all, and only where the wrong character makes no word with its neighbours
    (可以公开 is not 予以公开), so that nothing that means something is turned into something else.
    """
    labels = {c.label for c in concepts() if c.kind in ("metric", "row", "block", "derived") and 4 <= len(c.label) <= 12}
    found: set[tuple[str, str]] = set()
    for label in labels:
        half = len(label) // 2
        if label[:half] not in text and label[half:] not in text:
            continue  # of one wrong character one half knows nothing
        for at in range(len(text) - len(label) + 1):
            window = text[at : at + len(label)]
            wrong = [i for i, (a, b) in enumerate(zip(window, label, strict=True)) if a != b]
            if (
                len(wrong) == 1
                and "\u4e00" <= text[at + wrong[0]] <= "\u9fff"
                and not _makes_a_word(text, at + wrong[0], segmenter)
                and not re.match(r"[\d零〇一二三四五六七八九]年", text[max(0, at + wrong[0] - 1) :])
                and not re.match(r"[零〇一二三四五六七八九]年", text[at + wrong[0] :])
            ):
                found.add((window, label))
    meant = {label for _, label in found}
    if len(meant) != 1:
        return None
    typed, label = found.pop()
    return typed, label, text.replace(typed, label, 1)


def _crossed(window: str, meant: str, text: str, at: int, segmenter: Segmenter) -> bool:
    """Whether a character that would be changed belongs to a word that reaches out of the window: 老百姓公开 is no 新公开."""
    for i, (typed, right) in enumerate(zip(window, meant, strict=True)):
        if typed == right:
            continue
        for start in range(max(0, at + i - 3), at + i + 1):
            for end in range(max(at + i + 1, start + 2), start + 5):
                outside = start < at or end > at + len(window)
                if outside and end <= len(text) and segmenter.known(text[start:end], _COMMON):
                    return True
    return False


def _before_a_name(rest: str, meant: str | None, names: Spoken) -> bool:
    """Whether a name that is whole without it stands behind what would be changed: 网传云溪市政府 is no 望川 of it."""
    longest = next((rest[:end] for end in range(min(len(rest), 14), 3, -1) if names.known(rest[:end])), None)
    return longest is not None and meant is not None and not names.known(meant + longest)


def _means_something(window: str, meant: str, segmenter: Segmenter) -> bool:
    """Whether the characters in which a name differs from one that is held say something else: 青禾县税务局 is not 青禾县水务局."""
    wrong = [i for i, (a, b) in enumerate(zip(window, meant, strict=True)) if a != b]
    pairs = {window[i : i + 2] for at in wrong for i in (at - 1, at) if 0 <= i < len(window) - 1}
    return any(segmenter.known(pair, 300) and segmenter.common(pair) for pair in pairs)


def _holds_a_noun(window: str, meant: str, segmenter: Segmenter) -> bool:
    """Whether the characters that would be changed are a thing of their own: 街道的申请 is not 接到的申请."""
    wrong = {i for i, (a, b) in enumerate(zip(window, meant, strict=True)) if a != b}
    pairs = {window[i : i + 2] for i in range(len(window) - 1) if {i, i + 1} & wrong and window[i : i + 2] != meant[i : i + 2]}
    return any(segmenter.known(pair, 300) and segmenter.common(pair) and segmenter.noun(pair) for pair in pairs)


def _makes_a_word(text: str, at: int, segmenter: Segmenter) -> bool:
    return (at > 0 and segmenter.known(text[at - 1 : at + 1])) or segmenter.known(text[at : at + 2])


_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


def _blur(sound: tuple[str, ...]) -> tuple[str, ...]:
    """Sounds without the differences that many speakers of Chinese do not make: zh and z, ing and in."""
    return tuple(map(_blurred, sound))


@lru_cache(maxsize=8192)
def _blurred(syllable: str) -> str:
    for sharp, flat in _BLURRED:
        syllable = syllable.replace(sharp, flat)
    return syllable


@lru_cache(maxsize=1)
def _blurred_sounds() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    clash: set[tuple[str, ...]] = set()
    for sound, word in _sounds().items():
        key = _blur(sound)
        if key in found:
            clash.add(key)
        found[key] = word
    return {key: word for key, word in found.items() if key not in clash}


# Words rarer than this in jieba's counts are as likely a slip of the keyboard (审请 stands there with 3).
_COMMON = 10


def _is_slip(window: str, text: str, at: int, segmenter: Segmenter) -> bool:
    """Whether a window that sounds like a term is a slip: no word of its own, nor made of the sentence's own words."""
    if window in _vocabulary() or segmenter.known(window, _COMMON) or text[max(0, at - 1) : at + 1] in _vocabulary():
        return False  # 强制|做了 is no 制作了
    if window[0] in "为因以于与由被" and (window[1:] in _vocabulary() or window[1:] == "公开"):
        return False  # 为公开的事: a preposition, no 未公开
    if len(window) == 2:
        if re.search(r"[了过是的在有没几多罚]|^[往向朝各]", window):
            return False  # 能罚人的事项 is of no 法人
        # 2 characters sound alike too easily: both neighbours must not claim one of them for a word of theirs.
        after = text[at + 1 : at + 3]
        return not (at > 0 and segmenter.known(text[at - 1 : at + 1])) and not (len(after) == 2 and segmenter.known(after))
    return True


# Phrases of small words sound like too much else: 有来申请 is not 又来申请, 从高到低 not 告到.
_COMMON_SOUND = re.compile(r"告.?$|.告$|.[得了的着过]$|.*[又有再还就都也在]")


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    words = {
        "申请",
        "信息公开",
        "政务公开",
        "年报",
        "年度报告",
        "办公室",
        "管委会",
        "公众号",
        "微信",
        "培训",
        "网站",
        "报告",
        "采购",
        "依申请",
        "几件",
        "多少件",
        "答复书",
        "告知书",
        "申请书",
    }
    for item in (*channels(), *subjects()):
        words |= {t for t in (item.label, *item.cues, *item.terms) if 2 <= len(t) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", t)}
    for concept in concepts():
        words |= {t for t in concept.terms if 2 <= len(t) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", t) and not _COMMON_SOUND.match(t)}
    for form in forms().values():
        words |= {r.label for r in form.requests if re.fullmatch(r"[\u4e00-\u9fff]{2,8}", r.label)}
    return frozenset(words | set(applicants().values()))


@lru_cache(maxsize=1)
def _sounds() -> dict[tuple[str, ...], str]:
    """Pinyin of the vocabulary; where two terms sound alike the shorter list order decides nothing, so neither counts."""
    found: dict[tuple[str, ...], str] = {}
    clash: set[tuple[str, ...]] = set()
    for word in sorted(_vocabulary()):
        key = _sound(word)
        if key in found:
            clash.add(key)
        found[key] = word
    return {key: word for key, word in found.items() if key not in clash}
