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


# 先走了复议、不服再去法院打官司: told at length, the name of one block of the form.
_AFTER_REVIEW = re.compile(
    r"先(?:走|经|提|申请|去)?[了过]?(?:行政)?复议[了过完]?(?:之?后)?[^。?？]{0,8}?(?:再|又|才)[^,，。]{0,3}?(?:法院(?:打官司|起诉|告状?)?|打官司|起诉|诉讼|告状)"
)


def simplify(text: str) -> str:
    """Usual width, simplified characters, lower case, no control characters."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Zs") else c for c in text)
    text = re.sub(r"\.{3,}", "…", simplified(text).lower())  # no point of a number
    # 望川区 枫林区 松岚县 这三家: names with nothing but a space between
    text = re.sub(r"(?<=[区县市镇乡局厅])\s+(?=[\u4e00-\u9fff]{1,6}[区县市镇乡局厅](?:\s|[,，]|这|的|[两三四五六七八九]))", "、", text)
    if len(re.findall(r"(?<![^\s，。？！,.?!])[\u4e00-\u9fff](?=[\s，。？！,.?!]|$)", text)) > 2:
        text = re.sub(r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\d])", "", text)  # 比 2022 年 多 几 件: a word at a time
    present = set(text)
    for other, ours in _regional():
        if other[0] in present and other in text:
            text = text.replace(other, ours)
            present.update(ours)
    # 公开率（予以公开÷总计）: without the partial, which the rate of that name counts in
    text = re.sub(
        r"(?<!不)(?<!不予)(?<!予以)公开(?:率|比例|的?比重)\((?:予以|全部)公开(?:数|件数|的)?(?:÷|/|除以?)(?P<base>[^()+加]{2,12})\)",
        r"予以公开占\g<base>的比例",
        text,
    )
    text = re.sub(r"(?<=[率重比例])\([^()]{2,30}[÷/除][^()]{1,20}\)", "", text)  # how it is worked out: 公开率（予以公开÷总计）
    # …的占多大比例，用“予以公开÷办理结果总计”算: what the share is of by itself
    text = re.sub(
        r"(?P<asked>占[^,，。?？]{0,12})[,，](?:用|按|拿)?[“\"「]?(?:予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)÷(?:本年度?)?(?:办理结果|办结|办理)总[计数]"
        r"[”\"」]?(?:来)?(?:算|计算)?(?=$|[,，。?？])",
        r"\g<asked>",
        text,
    )
    text = text.replace("÷", "除以")
    text = re.sub(
        r"(?<![重主需])要(?:求)?(?:公开|看|查)?(?:的)?(?:政府)?(?:材料|资料|信息|东西)的(?=申请)", "", text
    )  # what an application is for
    text = re.sub(r"[气急愁烦累笑]死个?人了?", "", text)
    text = re.sub(r"折[合算到](?:成|下来)?(?=每[件次场条篇回期])", "平均", text)
    text = re.sub(r"(?:^|(?<=[,，。]))(?:光|单|单单|仅仅?)(?=[省市县区镇乡]政府)", "", text)  # 光县政府一家
    text = _AFTER_REVIEW.sub("复议后起诉", text)
    text = re.sub(r"经过?(?:行政)?复议(?:之?后)?(?:再|又|才)(?:提起)?(?:行政)?(?:起诉|诉讼|告)", "复议后起诉", text)
    text = re.sub(
        r"(?:行政)?复议(?:完了?|过后?|之后|后)[,，]?(?:还|仍|又)?不服气?[,，、]?(?:再|又|才)?(?:[去到上闹告跑]+(?:法院|法庭)?)?(?:[去里]?的?打?官司|起诉|诉讼|告状?)",
        "复议后起诉",
        text,
    )
    text = re.sub(
        r"[,，]?不[管论][^,，。?？]{0,6}复议[过的]?[^,，。?？]{0,4}(?:都|全|一律)算?(?:进去|上|在内)?", "", text
    )  # of both ways to court
    for sign, words in ((">=", "不少于"), ("≥", "不少于"), ("<=", "不超过"), ("≤", "不超过"), (">", "超过"), ("<", "少于")):
        text = re.sub(rf"\s*{sign}\s*(?=\d)", words, text)
    text = re.sub(r"\((?:这?[两三]条|两个|三个)?(?:条件)?(?:都|同时|均)(?:要)?(?:满足|符合|达到)\)", "", text)
    text = re.sub(r"\((?:保留|精确到|取)?(?:小数点?后?)?[一两二三1-3]位(?:小数)?\)|\(百分数\)", "", text)
    if len(re.findall(r"(?<=[\u4e00-\u9fff])\s+/\s+(?=[\u4e00-\u9fff])", text)) > 1:  # 新收 / 上年结转 / 办结: a list, no division
        text = re.sub(r"(?<=[\u4e00-\u9fff])\s+/\s+(?=[\u4e00-\u9fff])", "、", text)
    # 六个街道办（望川四个+枫林两个）, 七家教育部门（省厅、两个市局）: how many of each, which the number before says already
    text = re.sub(r"\((?:[\u4e00-\u9fff]{2,4}[两三四五六七八九]个[+和、及]?){2,}\)", "", text)
    text = re.sub(
        r"\((?:(?:一个)?(?:省|市)(?:厅|局)[、和及]?|[一两二三四五六七八九]个(?:省|市|区县|县区|区|县)(?:级)?(?:局|厅)?[、和及]?){2,}\)",
        "",
        text,
    )
    text = re.sub(
        r"\((?:20\d\d年?)?(?:以?后|起)?(?:改)?(?:叫|名为)[^()]{2,12}\)[,，]?(?:两个名字?(?:接起来|连起来|合起来|加起来)?(?:一起)?算[,，])?",
        "",
        text,
    )
    # 给了全部或者部分信息的; 前一年没办完、转到这年来的; 问省政府要信息
    text = re.sub(
        r"(?<![没不未])(?<!没有)(?<![没不]给)(?<!没有给)(?:给|拿到|提供|公开)?了?(?:全部|全)(?:或者?|和|、)一?部分(?:的)?(?:政府)?(?:信息|材料|资料|内容|东西)",
        "全部或部分公开",
        text,
    )
    text = re.sub(
        r"(?:[上前头]|先前那?)一?年(?:度)?(?:还)?(?:没|未)有?(?:办|弄|搞|处理|答复)(?:完|结|好|了)[^,，。?？]{0,10}(?:转|拖|带|接|留|结转|挪)"
        r"[^,，。?？]{0,6}(?:这一?|本|当|今|那一?)年[^,，。?？]{0,6}?的(?:件|申请)?",
        "上年结转的申请",
        text,
    )
    text = re.sub(
        r"(?<![请想])(?<=[问找向])(?P<whom>过?[^,，。?？]{2,24}?)(?<![重主需想不没])(?:讨|索)?要[过了]?(?P<times>(?:几|多少)[回次趟])?(?:政府)?(?:的)?(?:信息|材料|资料)",
        r"\g<whom>提出的\g<times>申请",
        text,
    )
    text = re.sub(r"((?:20)?\d\d年?)[跟和与同]((?:20)?\d\d年?)相?比[,，]", r"\g<1>比\g<2>", text)  # 2024跟2023比，
    text = re.sub(r"(?<=最[多少高低])\s+(?=多少|几)", "，", text)  # 哪年最多 多少条
    text = re.sub(
        r"(?<![^\s,，。;；年里中的是和、高局厅府委办县区市镇乡])次(?=[高多少低]的?(?:是|呢|那|[?？]|$))", "第二", text
    )  # 次高的是哪年
    text = re.sub(r"^(?:那)?其次(?=的?(?:是|呢|那))", "第二名", text)
    text = re.sub("顶(?=[多少高低](?:的|哪|谁|[?？]|$))", "最", text)  # 谁家收的顶多
    text = re.sub(r"除了?(?:发|办|批)?许可(?:以外|之外|外)[,，]?(?=(?:别的|其[他它])对外)", "", text)  # what 其他 says by itself
    text = re.sub(r"别的(?=对外管理服务)", "其他", text)
    text = re.sub(
        r"不(?P<do>[看要查问说])[^,，。?？看要查问说]{1,10}[,，]?(?:就|只|光|改|单)?(?P=do)(?=[\u4e00-\u9fff]{2})", r"\g<do>", text
    )  # 不看网站看公众号
    text = re.sub("紧(?:跟|随)(?:在|其)?(?:它)?后面?的?(?:那[个家])?", "第二名", text)
    text = text.replace("留的言", "留言").replace("留了言", "留言")
    text = re.sub(r"大都(?![市会])", "大多", text)  # no place of that name
    text = re.sub(r"哪怕(?:是|只)?[一半](?:件|份|条|次|个)的?", "", text)
    text = re.sub(r"(?<=[吗呢吧呀啊嘛没])\s+(?=[^\x00-\x7f])", "，", text)  # a question ends there, though no mark says so
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text).strip()


@dataclass(frozen=True, slots=True)
class Spoken:
    """Names of what is held.

    known     says of a text whether it is right as it stands
    by_sound  what a slip was meant for
    begins    the first two syllables of these: almost no stretch of a question sounds like the beginning of one
    """

    known: Callable[[str], bool]
    by_sound: Mapping[tuple[str, ...], str]
    begins: frozenset[tuple[str, ...]]


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


def _beginnings(by_sound: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    return frozenset(key[:2] for key in by_sound)


def normalise(question: str, segmenter: Segmenter, names: Spoken | None = None) -> Normalised:
    """``question`` simplified, and words that sound like one of ours but are no words mended (申情 → 申请).

    ``names`` are the names of what is held, by their sound; they are mended in the same way, and what is one of them stays.
    """
    text = simplify(question)
    corrections: list[tuple[str, str]] = []
    sounds = _sounds()
    own = names.by_sound if names else {}
    text, spelt = _from_pinyin(text, lambda heard: own.get(heard) or sounds.get(heard))
    corrections += spelt
    heard, starts = _heard(text, names)
    for length in range(min(12, len(text)), 1, -1):
        for at in range(len(text) - length + 1):
            if not starts[at]:
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
    return Normalised(text, tuple(corrections), tuple(simplify(piece) for piece in question.split()))


def _heard(text: str, names: Spoken | None) -> tuple[tuple[str, ...], list[bool]]:
    """The syllables of a text, and by place whether something that a slip may have been meant for begins like it."""
    heard = _sound(text)
    begins = names.begins if names else frozenset()
    ours, blurred = _our_beginnings()
    pairs = (heard[at : at + 2] for at in range(len(heard)))
    return heard, [pair in ours or pair in begins or _blur(pair) in blurred for pair in pairs]


@lru_cache(maxsize=1)
def _our_beginnings() -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The first two syllables of our own terms, as they are and blurred."""
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
                and not re.match(r"\d年", text[max(0, at + wrong[0] - 1) :])
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
