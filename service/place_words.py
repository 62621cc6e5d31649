"""Places as they are said: behind the question, two side by side in one breath, a whole county (桃源全县); each is put as a name is looked up."""

from __future__ import annotations

import re

from corpus.textual import chinese_number
from index.segment import Segmenter
from service.agencies import find_agencies, is_name, place_at_end
from service.directory import Directory


def places_in_order(question: str, held: Directory, segmenter: Segmenter) -> str:
    """``question`` with its places where a body's name has them."""
    question = _KIND_OF_PLACES.sub(lambda m: found if (found := _kind_at_places(m, held)) != m["rest"] else m.group(), question)
    question = _FIELDS_OF_PLACE.sub(lambda m: _place_in_front(m, held), question)
    question = _NAMED_BEHIND.sub(lambda m: _names_in_front(m, held), _OF_EACH_PLACE.sub(lambda m: _at_each_place(m, held), question))
    question = _said_once(_LYING_BELOW.sub(lambda m: _without_the_upper(m, held), question), held)
    question = _FIELD_FIRST.sub(lambda m: _place_before_field(m, held), question)
    question = _TWO_LISTS.sub(lambda m: _in_one_list(m, held), question)
    question = _FIELD_THERE.sub(lambda m: _field_at_place(m, held), question)
    question = _places_apart(_place_behind(question, held, segmenter), held)
    return _WHOLE_OF.sub(lambda m: _place_whole(m, held), question)


# 两个市的政府办公室比一比，云溪和碧原谁多: what they are, and then the places that they are of
_KIND_OF_PLACES = re.compile(
    r"^(?:[两三四五六]个(?:市|县|区|地方)|[两三四五六]市)的?(?P<kind>政府办公室|政府办|[\u4e00-\u9fff]{2,5}局)(?:比一比|比比|对比(?:一下)?|相比)?[,，](?P<rest>.+)$"
)
_TWO_PLACES = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,3})(?P<joint>[和跟与、])(?P<other>[\u4e00-\u9fff]{2,3}?)(?=谁|哪|各|分别|的|两)")


def _kind_at_places(match: re.Match[str], held: Directory) -> str:
    kind = match["kind"]

    def named(pair: re.Match[str]) -> str:
        ones = [place_at_end(pair["one"], held), pair["other"]]
        if not all(place in held.places for place in ones):
            return pair.group()
        return f"{pair['one'].removesuffix(ones[0])}{ones[0]}{kind}{pair['joint']}{ones[1]}{kind}"

    return _TWO_PLACES.sub(named, match["rest"], count=1)


# 公安、市监、城管，云溪市这三个部门: the fields, and then the place that they are of
_FIELDS_OF_PLACE = re.compile(
    r"^(?P<fields>[\u4e00-\u9fff]{2,6}(?:[、和跟与及][\u4e00-\u9fff]{2,6}){1,9})[,，](?P<place>[\u4e00-\u9fff]{2,5}?)的?(?:这|那)?(?P<count>[两三四五六七八九十]个|[几\d]{1,2}个)(?P<noun>部门|局|单位|机关)"
)


def _place_in_front(match: re.Match[str], held: Directory) -> str:
    return f"{match['place']}{match['fields']}{match['count']}{match['noun']}" if match["place"] in held.places else match.group()


# 云溪和碧原的市教育局: of each
_OF_EACH_PLACE = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,4})(?P<joint>[和跟与、])(?P<other>[\u4e00-\u9fff]{2,3})的(?P<unit>[市县区])(?P<own>[\u4e00-\u9fff]{2,5}局)"
)


def _at_each_place(match: re.Match[str], held: Directory) -> str:
    one, own = place_at_end(match["one"], held), match["unit"] + match["own"]
    names = [f"{one}{own}", f"{match['other']}{own}"]
    if not one or not all(is_name(name, held) for name in names):
        return match.group()
    return f"{match['one'].removesuffix(one)}{names[0]}{match['joint']}{names[1]}"


# 望川、枫林两个区和松岚、青禾两个县的教育局: of four places
_TWO_LISTS = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,3})+?)(?P<n>[两三四五])个?[市区县](?:和|与|跟|加上?|以及|、)"
    r"(?P<other>[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})+?)(?P<m>[两三四五])个?[市区县]的(?=[\u4e00-\u9fff]{2,6}局)"
)


def _in_one_list(match: re.Match[str], held: Directory) -> str:
    names = [*match["one"].split("、"), *match["other"].split("、")]
    count = (chinese_number(match["n"]) or 0) + (chinese_number(match["m"]) or 0)
    first = place_at_end(names[0], held)
    known = first and len(names) == count < 10 and all(name in held.places for name in names[1:])
    return f"{match['one']}、{match['other']}{'四五六七八九'[count - 4]}个地方的" if known else match.group()


# 云溪下面的望川区、松岚县: the places that are named behind lie there
_LYING_BELOW = re.compile(r"(?P<over>[\u4e00-\u9fff]{2,4}?)(?:下面|下辖|底下|辖下|管的|所辖)的?(?=(?P<first>[\u4e00-\u9fff]{2,3})[、和跟与])")


def _without_the_upper(match: re.Match[str], held: Directory) -> str:
    return "" if match["over"] in held.places and match["first"] in held.places else match.group()


# 云溪市教育局比碧原市的多几件, 同样是教育局，云溪市的比碧原市的: the same kind of body there, which is left out where it is said again
_THE_SAME_THERE = re.compile(
    r"(?P<joint>[比和跟与])(?P<place>[\u4e00-\u9fff]{2,4})的(?=[多少高低大小差收办罚批接发开]|[,，?？]|$)"
)
_KIND_FIRST = re.compile(
    r"^(?:同样|同|都)?是?(?P<own>[\u4e00-\u9fff]{2,5}局)[,，]?(?P<year>(?:(?:20)?\d\d年|[去前]年)?的?)(?P<one>[\u4e00-\u9fff]{2,4})的(?P<joint>[比和跟与])(?P<other>[\u4e00-\u9fff]{2,4})的"
)


def _kind_at_each(match: re.Match[str], held: Directory) -> str:
    names = [f"{match[place]}{match['own']}" for place in ("one", "other")]
    return f"{match['year']}{names[0]}{match['joint']}{names[1]}" if all(is_name(name, held) for name in names) else match.group()


def _said_once(question: str, held: Directory) -> str:
    question = _KIND_FIRST.sub(lambda m: _kind_at_each(m, held), question, count=1)
    for match in _THE_SAME_THERE.finditer(question):
        named = [m for at in range(match.start() - 1) if (m := held.match(question, at)) and m.end <= match.start() and len(m.agencies) == 1]
        last = max(named, key=lambda m: (m.end, -m.start), default=None)
        body = held.bodies[last.agencies[0]] if last else None
        own = body.own if body is not None and body.kind != "government" else ""
        name = f"{match['place']}{own}"
        if own and own != name and is_name(name, held):
            return f"{question[: match.start('place')]}{name}{question[match.end() :]}"
    return question


# 国税松岚, 公安云溪: the field before its place
_FIELD_FIRST = re.compile(r"(?P<field>国税|税务|公安|教育|财政)(?P<place>[\u4e00-\u9fff]{2,3}?)(?=和|跟|与|、|(?:19|20)\d\d|去年|前年|呢|[,，?？]|$)")


def _place_before_field(match: re.Match[str], held: Directory) -> str:
    field = "税务" if match["field"] == "国税" else match["field"]
    name = f"{match['place']}{field}局"
    return name if match["place"] in held.places and is_name(name, held) else match.group()


# 望川四条街道…加一块儿几件？就是白石、南苑、城关、沙河: which they are, told behind the question
_NAMED_BEHIND = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{2,5}?)(?:的|下面的?)?(?:这|那)?(?P<count>[两三四五六七八九十])[个条家](?P<noun>街道办?|乡镇|镇街|镇|局|区县|县区)(?P<rest>[^?？]*)"
    r"[?？,，。]+(?:也?就是|即|指的?是|分别是|我说的是)(?P<list>[^,，?？。和]{2,8}(?:[、和][^,，?？。、和]{2,8})+)[?？。]*$"
)


def _names_in_front(match: re.Match[str], held: Directory) -> str:
    names = re.split("[、和]", match["list"])
    if match["place"] not in held.places or len(names) != chinese_number(match["count"]):
        return match.group()
    return f"{match['place']}{match['list']}{match['count']}个{match['noun']}{match['rest']}"


# 俺在碧原摆摊的，城管那边去年罚了几件: the field, of the place that the asker says to be at
_FIELD_THERE = re.compile(r"(?P<before>在(?P<place>[\u4e00-\u9fff]{2,4}?)(?P<doing>[^,，。?？几多少]{0,10})[,，])(?P<field>[\u4e00-\u9fff]{2,4}?)(?:那边|那头|那儿|那块儿?|方面)")


def _field_at_place(match: re.Match[str], held: Directory) -> str:
    name = f"{match['place']}{match['field']}局"
    return f"{match['before']}{name}" if match["place"] in held.places and is_name(name, held) else match.group()


# 桃源全县: the place, where one of that name is held
_WHOLE_OF = re.compile(
    "(?P<stem>[\u4e00-\u9fff]{2,3})全(?P<unit>[省市州盟区县旗])(?!面|各|所有|的?[\u4e00-\u9fff]{0,4}[局厅委]|的?(?:部门|机关|单位|街道|乡镇|镇|区县)|[两三四五六几哪])"
)


_BEHIND = re.compile(r"[?？,，。]\s*(?:我?(?:问|说)的是)?(?P<place>[\u4e00-\u9fff]{2,4})(?:的|那边的|这边的|那个)[。?？]?$")


def _place_behind(question: str, held: Directory, segmenter: Segmenter) -> str:
    """教育局21年收到几件？桃源的: the place before the name that it tells apart."""
    match = _BEHIND.search(question)
    if match is None or match["place"] not in held.places:
        return question
    rest = question[: match.start()]
    named = find_agencies(rest, held, segmenter)
    if len(named.agencies) < 2 or len(named.spans) != 1 or named.named or named.unknown:
        return question
    start = named.spans[0][0]
    return f"{rest[:start]}{match['place']}{rest[start:]}"


def _unit_at(question: str, at: int, held: Directory) -> int:
    """How many characters of a place with its unit begin at ``at``; 0 where none that is held does."""
    names = (question[at : at + n] for n in (4, 3))
    return next((len(name) for name in names if name in held.places and name[-1] in "市县区旗"), 0)


_UNIT_AND_UNIT = re.compile("[市县区旗](?=[\u4e00-\u9fff]{2,3}[市县区旗])")


def _with_units(question: str, held: Directory) -> str:
    """鸠江区弋江区无为市: places with their units in one breath, where none of them lies in the one before it."""
    for end in reversed([m.end() for m in _UNIT_AND_UNIT.finditer(question)]):
        at = next((end - n for n in (4, 3) if _unit_at(question, end - n, held) == n), -1)
        other = _unit_at(question, end, held)
        if at >= 0 and other:
            inside = any(
                q.city and p.city == q.city
                for p in held.places[question[end : end + other]]
                for q in held.places[question[at:end]]
                if not q.county
            )
            whole = held.match(question, at)
            if not inside and (whole is None or whole.end <= end):
                question = f"{question[:end]}、{question[end:]}"
    return question


def _places_apart(question: str, held: Directory) -> str:
    """宝鸡榆林各收几件: two places that stand side by side, as a list; as it is where a name goes over both."""
    parted = _with_units(question, held)
    if parted != question:
        return parted
    for at in range(len(question) - 3):
        first, second = question[at : at + 2], question[at + 2 : at + 4]
        both = first in held.places and second in held.places and first != second
        whole = held.match(question, at) if both else None
        if both and (whole is None or whole.end <= at + 2) and not (held.match(question, at + 1) or (at and question[at - 1] in "市县区")):
            if (
                question[at + 4 : at + 5] in tuple("镇乡街村区县市局厅委办")
                or question[at + 4 : at + 6] in held.places
                or question[max(0, at - 2) : at] in held.places
            ):
                return question  # a longer list in one breath is read as one elsewhere
            alike = {bool(p.county) for n in (first, second) for p in held.places[n]}
            if len(alike) == 1:
                return f"{question[: at + 2]}、{question[at + 2 :]}"
    return question


def _place_whole(match: re.Match[str], held: Directory) -> str:
    for at in range(len(match["stem"]) - 1):
        if (place := match["stem"][at:] + match["unit"]) in held.places:
            return match["stem"][:at] + place
    return match.group()
