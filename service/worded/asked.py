"""What a question asks the text for: in which measure it counts, and the words of it that no cell's name holds."""

from __future__ import annotations

import re

from corpus.forms import unit_classes
from corpus.model import Quantity
from corpus.narrative.numerals import FURTHER_UNITS
from index.segment import STOPWORDS
from service.case import Case
from service.contract import FigureOut
from service.cues import subjects_of
from service.leftover import GENERIC
from service.lexicon import find_terms, mask
from service.query import Query

MEASURE = re.compile(r"(?:多少|几)(?:[万亿千百](?=[\u4e00-\u9fff]))?(?:多)?(?P<measure>[\u4e00-\u9fff])?(?P<noun>[\u4e00-\u9fff]{0,2})")
_ASKING = re.compile(r".*(?:多少|几|怎么|什么|哪|吗|呢).*|[\x00-\x7f]+|[一二两三四五六七八九十]+[件个条次场年家]?")
# Said of whatever is filed, answered or published, and of nothing in particular.
_FILED = re.compile(
    "提交|递交|提出|提供|发布|推送|推出|接到|收取|平均|人均|答复|回复|办结|同意|受理|其[他它]|底下|下面|好像|似乎|有个|最后|那个|[多少][接收办发开搞做来提写]"
)
_NOW = re.compile("现在|目前|如今|眼下|最新|最近|还(?:有|剩|差)(?:多少|几)")
_A_THING = 4  # characters of known nouns that name what is counted, and are no talk
ACCOUNTS = frozenset(("wechat", "weibo", "client"))
_OF_PEOPLE = re.compile(
    "(?:多少|几)个?(?![件条份次场期篇起宗])[^,，。?？]{0,4}?(?:家长|群众|老?百姓|学生|学员|观众|居民|牧民|村民|市民|老师|教师|干部|代表(?!的?建议|议案|提案)|职工|老人|孩子|读者|粉丝|人(?!大))"
    "|人(?:一共|总共|大概|约)?(?:有|是)?(?:多少|几[个位名人])"
)
_ALIKE = (
    {"本", "册"},
    {"通", "个"},
    {"场", "期"},
    {"家", "所"},
    {"家", "个"},
    {"家", "户"},
    {"次", "回"},
    {"篇", "个"},
)  # said of the same things
OF_DAYS = re.compile("(?:多少|几)个?(?:工作日|天|小时|钟头|日)|多久|多长时间")
_OF_MONEY = re.compile(
    "多少(?:[\u4e00-\u9fff]{1,4}的)?钱|(?:钱|资金|金额|经费|补贴|补助)[^,，。?？]{0,6}(?:多少|几[百千万亿])(?!人|户|家|个|次|件)|(?:多少|几)(?:万?元|块钱)|(?:费|钱|款|收)[^,，。?？]{0,8}(?:多少|几)块(?=[?？,，啊呀]|$)"
)


def measure_of(text: str) -> str | None:
    """The measure that a question counts in, 户 of 多少户; "" where it asks for a number without one; None where it asks for none."""
    match = MEASURE.search(text)
    if re.search(
        "[\u4e00-\u9fff]率\\s*(?:(?:下?降|上?升|提高|提升|涨)?(?:是|有|到|为|至)?了?(?:多少|几|多高)|呢|怎么样|咋样)|几成|百分之|多大比例|占比|比例|占(?:了|到)?(?:多少|几)(?![件个条户人家])",
        text,
    ):
        return "%"
    for pattern, unit in ((OF_DAYS, "天"), (_OF_MONEY, "元"), (_OF_PEOPLE, "人")):
        if pattern.search(text):
            return unit
    if match is None:
        return None
    measure = {"回": "次", "趟": "次"}.get(own := (match["measure"] or "").strip("万亿千百"), own)
    return measure if any(unit.startswith(measure) for unit in (*unit_classes(), *FURTHER_UNITS)) else ""


def left_over(case: Case) -> list[str]:
    """The words of a question that no cell's own name holds; of one that counts companies or people those too."""
    text = case.query.asked
    counted = re.search(r"(?:多少|几)(?:家|户|名|位)[\u4e00-\u9fff]{0,2}", text) and not re.search("申请|提交|递", text)
    spans = [
        (h.start, h.end)
        for h in find_terms(text)
        if not h.weak and not h.loose and not (counted and h.kind == "applicant") and (h.kind != "column" or h.end - h.start >= _A_THING)
    ]
    covered = mask(text, spans)
    words, at = [], 0
    for word in case.snapshot.segmenter.words(text.replace("\n", "，")):
        at = max(text.lower().find(word, at), at)
        if covered[at : at + len(word)].strip("\n"):  # 法人代表 is more than the 法人 in it
            words.append(word)
        at += len(word)
    verb = re.search(r"(?P<verb>[\u4e00-\u9fff]{2})[了过](?:多少|几)", text)  # 约谈了几家, where no dictionary has the verb
    plain = verb and not re.search("[共都总又还也再只就没才先后年月的它们局府办]", verb["verb"])
    if verb and plain and not any(len(w) > 1 and w in verb["verb"] for w in words) and covered[verb.start() : verb.end("verb")].strip("\n"):
        words.append(verb["verb"])
    return [
        w for w in dict.fromkeys(words)
        if len(w) >= 2 and w not in GENERIC and w not in STOPWORDS and not _ASKING.fullmatch(w) and not _FILED.fullmatch(w)
    ]  # fmt: skip


def thing_named(case: Case) -> list[str]:
    """The nouns by which a question names what is counted; none where they are too short to be more than talk."""
    named = [w for w in case.query.residue if case.snapshot.segmenter.known(w)]
    return named if len("".join(named)) >= _A_THING else []


def of_a_matter(query: Query) -> bool:
    """Whether a channel or a subject is asked about that numbers are read by; what is published or applied for is of any kind."""
    subject = query.subject or "published"
    return bool(query.channels) or not (subject == "published" or subject.startswith("requests."))


def dated(case: Case) -> bool:
    return bool(case.query.years or case.query.relative or case.request.year or _NOW.search(case.query.text))


def by_another_channel(query: Query, quantity: Quantity) -> bool:
    """Whether a number is said of another channel than a question names: 门户网站 of 政务微博."""
    return bool(query.channels) and quantity.channel is not None and quantity.channel not in query.channels


def spoken_of(subject: str | None, text: str) -> bool:
    """Whether a question names the subject of a number by a word of its own; what is published or applied for goes by many."""
    if subject is None or subject == "published" or subject.startswith("requests."):
        return True
    return any(s.id == subject and cues.search(text) for s, cues in subjects_of(text))


def counts_otherwise(figure: FigureOut, measure: str) -> bool:
    """Whether a number counts another sort of thing than the measure asked for: 期 of 册, 批 of 户; 条, 件 and 次 are said of the same, and
    requests of people."""
    if measure == "个":
        return False  # said of anything
    of_unit, of_measure = unit_classes().get(figure.unit), unit_classes().get(measure)
    alike = {"info", "request", "times"} | ({"people"} if figure.metric.startswith("narrative.requests") else set())
    return not counts_in(figure.unit, measure) and not (of_unit in alike and of_measure in alike)


def counts_in(unit: str, measure: str) -> bool:
    """Whether a printed unit is the measure asked for, or of its kind: 户次 of 户, 场次 of 次."""
    if unit.startswith(measure) or unit.endswith(measure) or {unit, measure} in _ALIKE:
        return True
    kind = unit_classes().get(measure)
    return kind not in (None, "other") and unit_classes().get(unit) == kind
