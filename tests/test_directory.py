"""Names of bodies in a question: every usual form finds its body, and no form finds another's."""

from __future__ import annotations

import pytest

from corpus.identity.lineage import lineage
from index.segment import Segmenter
from index.store import StoredReport
from service.agencies import find_agencies
from service.context import Context
from service.conversation import inherit
from service.directory import Directory
from service.group import find_group, members, told_again
from service.place_words import places_in_order
from service.question import understand
from service.rewrites import in_the_words_of_the_forms

NAMES = (
    "云溪市人民政府", "云溪市人民政府办公室", "云溪市教育局", "云溪市公安局", "云溪市市场监督管理局", "云溪市卫生健康委员会", "云溪市档案馆",
    "云溪高新技术产业开发区管理委员会", "国家税务总局云溪市税务局", "云溪市水务局", "云溪市望川区人民政府", "云溪市望川区教育局", "望川区白石街道办事处",
    "望川区城关街道办事处", "云溪市松岚县人民政府", "松岚县三棵松镇人民政府", "碧原市人民政府", "碧原市教育局", "碧原市公安局", "碧原市枫林区人民政府",
    "碧原市枫林区市场监督管理局", "枫林区城关街道办事处",
)  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Directory:
    return Directory([_report(row, name, year) for row, name in enumerate(NAMES) for year in (2022, 2023)])


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def _report(row: int, name: str, year: int) -> StoredReport:
    return StoredReport(row, f"r{row}-{year}", name, year, "未知", "2021", name, None, None, 1, 0, {}, lineage(name), "")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("云溪教育", "云溪市教育局"),
        ("云溪市的教育局", "云溪市教育局"),
        ("碧原公安", "碧原市公安局"),
        ("枫林市监", "碧原市枫林区市场监督管理局"),
        ("云溪市卫健委", "云溪市卫生健康委员会"),
        ("云溪高新区", "云溪高新技术产业开发区管理委员会"),
        ("云溪市府办", "云溪市人民政府办公室"),
        ("云溪市政府", "云溪市人民政府"),
        ("云溪", "云溪市人民政府"),
        ("望川区", "云溪市望川区人民政府"),
        ("白石街道", "望川区白石街道办事处"),
        ("三棵松镇", "松岚县三棵松镇人民政府"),
        ("云溪市税务局", "国家税务总局云溪市税务局"),
        ("望川区去年教育局", "云溪市望川区教育局"),
        ("城关街道，枫林区那个", "枫林区城关街道办事处"),
    ],
)
def test_a_short_form_finds_its_body(held: Directory, segmenter: Segmenter, said: str, meant: str) -> None:
    assert find_agencies(f"{said}2023年收到多少件申请", held, segmenter).agencies == (meant,)


@pytest.mark.parametrize(
    "said",
    [
        "云溪市民政局", "碧原市水务局", "碧原市市场监督管理局", "枫林区白石街道", "碧原市三棵松镇", "望川区档案馆", "桃源市公安局", "云溪市教育局望川分局",
        "碧原高新技术产业开发区管委会", "云溪市公安局交警支队",
    ],
)  # fmt: skip
def test_a_name_put_together_of_held_ones_is_another_body(held: Directory, segmenter: Segmenter, said: str) -> None:
    found = find_agencies(f"{said}2023年收到多少件申请", held, segmenter)
    assert found.agencies == ()
    assert found.unknown


@pytest.mark.parametrize(
    ("said", "count"), [("教育局", 3), ("城关街道", 2), ("市公安局", 2), ("云溪和碧原的教育局", 2), ("云溪市教育局、公安局", 2)]
)
def test_what_fits_several_stays_several(held: Directory, segmenter: Segmenter, said: str, count: int) -> None:
    assert len(find_agencies(f"{said}2023年收到多少件申请", held, segmenter).agencies) == count


def test_bodies_named_one_by_one_are_told_from_candidates_of_one_name(held: Directory, segmenter: Segmenter) -> None:
    assert find_agencies("云溪市教育局和碧原市公安局哪个多", held, segmenter).named == (("云溪市教育局",), ("碧原市公安局",))
    assert find_agencies("教育局收到多少", held, segmenter).named == ()


@pytest.mark.parametrize(
    ("said", "bodies"),
    [
        ("云溪市各街道", ("望川区白石街道办事处", "望川区城关街道办事处")),
        ("哪个区县", ("云溪市望川区人民政府", "云溪市松岚县人民政府", "碧原市枫林区人民政府")),
        ("两个市", ("云溪市人民政府", "碧原市人民政府")),
        ("哪个教育局", ("云溪市教育局", "云溪市望川区教育局", "碧原市教育局")),
        ("碧原市各部门", ("碧原市教育局", "碧原市公安局")),
        ("申请最多的乡镇", ("松岚县三棵松镇人民政府",)),
        ("各县政府", ("云溪市松岚县人民政府",)),
        ("各区教育局", ("云溪市望川区教育局",)),
        ("市级教育局", ("云溪市教育局", "碧原市教育局")),
        ("云溪市各区街道办", ("望川区白石街道办事处", "望川区城关街道办事处")),
        ("除了云溪市教育局，其他教育局", ("云溪市望川区教育局", "碧原市教育局")),
        ("各区政府", ("云溪市望川区人民政府", "碧原市枫林区人民政府")),
    ],
)
def test_a_group_holds_the_bodies_of_its_kind_and_place(held: Directory, segmenter: Segmenter, said: str, bodies: tuple[str, ...]) -> None:
    query = understand(f"2023年{said}收到申请最多的是谁" if not said.startswith("申请") else f"2023年{said}是谁", held, segmenter)
    assert query.group is not None
    assert {b.agency for b in members(query.group, held, query.mention.place)} - {*query.excluded} == set(bodies)


@pytest.mark.parametrize("said", ["云溪市人民政府有哪几年的报告", "云溪市教育局哪一年最多", "松岚县三棵松镇人民政府有几件申请"])
def test_a_noun_within_a_name_makes_no_group(held: Directory, segmenter: Segmenter, said: str) -> None:
    assert understand(said, held, segmenter).group is None


def test_units_never_make_a_group_where_one_body_is_held() -> None:
    assert find_group("哪个街道收到的申请最多", Directory([_report(1, "云溪市教育局", 2023)])) is None


@pytest.mark.parametrize(
    ("said", "sign", "value"),
    [
        ("超过一百五十件的单位", ">", 150), ("不到10件的街道", "<", 10), ("3件及以上的单位", ">=", 3), ("800万以上的单位", ">=", 8e6), ("一件都没收到的单位", "=", 0),
        ("不为0的单位", ">", 0), ("制发6件的有几个单位", "=", 6), ("收到过百的单位", ">", 100),
    ],
)  # fmt: skip
def test_what_picks_bodies_out(held: Directory, segmenter: Segmenter, said: str, sign: str, value: float) -> None:
    condition = understand(f"2023年申请{said}有哪些", held, segmenter).condition
    assert condition is not None
    assert (condition.sign, condition.value) == (sign, value)


def test_a_bound_in_ten_thousands_is_held_against_a_figure_told_in_them(held: Directory, segmenter: Segmenter) -> None:
    condition = understand("2023年收费超过800万的单位", held, segmenter).condition
    assert condition is not None
    assert condition.holds(858.42, "万元")
    assert not condition.holds(858.42, "元")


def test_a_name_that_is_held_is_never_mended_into_another(held: Directory, segmenter: Segmenter) -> None:
    for said in ("云溪市水务局", "云溪市税务局"):  # they sound alike
        query = understand(f"{said}2023年收到几件", held, segmenter)
        assert query.corrections == ()
        assert query.mention.agencies[0].endswith(said[-3:])
    assert understand("云西市教育局2023年收到几件", held, segmenter).mention.agencies == ("云溪市教育局",)


def test_small_words_that_sound_like_a_term_are_left_alone(held: Directory, segmenter: Segmenter) -> None:
    for said in ("律所有来申请信息公开吗", "各街道申请从高到低排", "三棵松镇哪个月公众号发得勤"):
        assert understand(f"2023年{said}", held, segmenter).corrections == ()


def test_a_question_takes_back_its_own_beginning(held: Directory, segmenter: Segmenter) -> None:
    assert understand("云溪公安…不对，碧原公安2023年收到几件申请", held, segmenter).mention.agencies == ("碧原市公安局",)
    corrected = understand("云溪市公安局2022年收到几件申请，错了，2023年", held, segmenter)
    assert (corrected.mention.agencies, corrected.years) == (("云溪市公安局",), (2023,))


def test_a_group_goes_on_in_another_place_and_another_kind(held: Directory, segmenter: Segmenter) -> None:
    context = Context(years=(2023,), metrics=("requests.received",), operation="rank", group=("street", "街道", "", ""), top=3)
    other = inherit(understand("那乡镇呢", held, segmenter), context, held)
    assert other.group is not None
    assert (other.group.kind, other.operation, other.years, other.metrics, other.top) == (
        "town",
        "rank",
        (2023,),
        ("requests.received",),
        3,
    )
    named = inherit(understand("云溪市教育局呢", held, segmenter), context, held)
    assert named.group is None
    assert named.mention.agencies == ("云溪市教育局",)


def test_two_bodies_told_one_after_the_other_are_both_meant(held: Directory, segmenter: Segmenter) -> None:
    context = Context(agencies=("碧原市公安局",), years=(2023,), metrics=("penalty.decisions",), earlier=("云溪市公安局",))
    query = inherit(understand("两家差几件", held, segmenter), context, held)
    assert query.mention.named == (("云溪市公安局",), ("碧原市公安局",))


def test_a_short_answer_picks_among_the_bodies_offered(held: Directory, segmenter: Segmenter) -> None:
    context = Context(years=(2023,), metrics=("requests.received",), candidates=("望川区城关街道办事处", "枫林区城关街道办事处"))
    query = inherit(understand("枫林区的", held, segmenter), context, held)
    assert query.mention.agencies == ("枫林区城关街道办事处",)
    assert query.metrics == ("requests.received",)


def test_a_group_of_one_unit_stays_of_that_unit_on_the_next_turn(held: Directory) -> None:
    group = told_again(("named", "区教育局", "", ""), held)
    assert group is not None
    assert group.names == ("云溪市望川区教育局",)


def test_a_district_is_no_county_where_one_of_them_is_left_out(held: Directory, segmenter: Segmenter) -> None:
    query = understand("各教育局里不算县级的，2024年一共收到多少件申请", held, segmenter)
    assert "云溪市望川区教育局" not in query.excluded
    query = understand("各教育局里不算区级的，2024年一共收到多少件申请", held, segmenter)
    assert "云溪市望川区教育局" in query.excluded


def _held(*names: str) -> Directory:
    return Directory([_report(row, name, 2024) for row, name in enumerate(names)])


@pytest.mark.parametrize(
    ("names", "said", "meant"),
    [
        (("延边朝鲜族自治州人民政府", "延边朝鲜族自治州教育局", "延吉市人民政府"), "州政府", "延边朝鲜族自治州人民政府"),
        (("延边朝鲜族自治州人民政府", "延边朝鲜族自治州教育局", "延吉市人民政府"), "州教育局", "延边朝鲜族自治州教育局"),
        (("延边朝鲜族自治州林业和草原局", "延吉市人民政府"), "州林草局", "延边朝鲜族自治州林业和草原局"),
        (("锡林郭勒盟教育局", "锡林浩特市教育局"), "盟教育局", "锡林郭勒盟教育局"),
        (("重庆市公安局", "重庆市万州区人民政府"), "市公安局", "重庆市公安局"),
        (("重庆高新区管理委员会", "重庆市公安局"), "高新区管委会", "重庆高新区管理委员会"),
        (("珲春海洋经济发展示范区管理委员会", "珲春市人民政府"), "珲春示范区", "珲春海洋经济发展示范区管理委员会"),
        (("涪陵区龙潭镇人民政府", "酉阳土家族苗族自治县龙潭镇人民政府"), "涪陵的龙潭", "涪陵区龙潭镇人民政府"),
    ],
)
def test_a_level_or_a_zone_is_called_as_those_who_live_there_do(
    segmenter: Segmenter, names: tuple[str, ...], said: str, meant: str
) -> None:
    assert find_agencies(f"{said}2024年收到多少件申请", _held(*names), segmenter).agencies == (meant,)


def test_the_districts_of_a_municipality_lie_in_it_as_in_a_city(segmenter: Segmenter) -> None:
    held = _held("重庆市公安局", "重庆市万州区卫生健康委员会", "重庆市涪陵区卫生健康委员会", "碧原市公安局")
    group = find_group("重庆市各区卫健委", held)
    assert group is not None
    assert set(group.names) == {"重庆市万州区卫生健康委员会", "重庆市涪陵区卫生健康委员会"}
    assert held.bodies["重庆市公安局"].level == "city"


@pytest.mark.parametrize("question", ["东北虎下山吓人，云溪市公安局2023年怎么说", "云溪河长牌子上电话打不通，云溪市公安局2023年怎么说"])
def test_a_region_or_a_river_is_no_body_that_is_not_held(held: Directory, segmenter: Segmenter, question: str) -> None:
    mention = find_agencies(question, held, segmenter)
    assert mention.unknown is None
    assert "云溪市公安局" in mention.agencies


def test_a_place_whose_name_is_an_everyday_word_is_meant_where_nothing_else_is_named(segmenter: Segmenter) -> None:
    held = _held("石柱土家族自治县人民政府", "重庆市公安局")
    assert find_agencies("石柱2024年办了几件", held, segmenter).agencies == ("石柱土家族自治县人民政府",)
    assert find_agencies("重庆市公安局门口的石柱2024年修过吗", held, segmenter).agencies == ("重庆市公安局",)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("阿克苏行署", "阿克苏地区行政公署"),
        ("阿克苏地区", "阿克苏地区行政公署"),
        ("锡盟行署办", "锡林郭勒盟行政公署办公室"),
        ("西乌旗", "西乌珠穆沁旗人民政府"),
        ("旗政府", "西乌珠穆沁旗人民政府"),
        ("行署", "阿克苏地区行政公署"),
    ],
)
def test_a_commissioners_office_stands_for_its_prefecture_or_league(segmenter: Segmenter, said: str, meant: str) -> None:
    held = _held("阿克苏地区行政公署", "锡林郭勒盟行政公署办公室", "西乌珠穆沁旗人民政府", "库车市人民政府")
    assert find_agencies(f"{said}2024年收到多少件申请", held, segmenter).agencies == (meant,)


def test_a_city_called_like_its_prefecture_is_another_body(segmenter: Segmenter) -> None:
    held = _held("阿克苏地区行政公署", "库车市人民政府")
    mention = find_agencies("阿克苏市人民政府2024年收到多少件申请", held, segmenter)
    assert not mention.agencies
    assert mention.unknown is not None


def test_two_places_in_a_row_are_both_meant_though_one_is_an_everyday_word(segmenter: Segmenter) -> None:
    held = _held("库车市人民政府", "西乌珠穆沁旗人民政府")
    assert set(find_agencies("库车和西乌旗2024年谁收到的申请多", held, segmenter).agencies) == set(held.names)


@pytest.mark.parametrize("said", ["公示没问题的有几家", "审判改革的有几条", "研判错了的有几件", "把报告翻译的几页"])
def test_what_only_sounds_like_the_end_of_a_lawsuit_is_none(said: str) -> None:
    assert "结果" not in in_the_words_of_the_forms(said)


def test_a_place_set_against_a_body_is_not_passed_over(held: Directory, segmenter: Segmenter) -> None:
    assert find_agencies("新竹和云溪市公安局2023年谁收到的申请多", held, segmenter).unknown is not None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("西咸新区管委会", "陕西省西咸新区开发建设管理委员会"),
        ("西咸新区", "陕西省西咸新区开发建设管理委员会"),
        ("枫树乡", "桃源县枫树维吾尔族回族乡人民政府"),
        ("芜湖一院", "芜湖市第一人民医院"),
    ],
)
def test_zones_townships_of_peoples_and_hospitals_go_by_their_short_names(segmenter: Segmenter, said: str, meant: str) -> None:
    held = _held("陕西省西咸新区开发建设管理委员会", "桃源县枫树维吾尔族回族乡人民政府", "芜湖市第一人民医院", "芜湖市人民政府")
    assert find_agencies(f"{said}2024年收到多少件申请", held, segmenter).agencies == (meant,)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("云溪碧原各收几件", "云溪、碧原各收几件"),
        ("望川区枫林区各收几件", "望川区、枫林区各收几件"),
        ("2024年望川区枫林区", "2024年望川区、枫林区"),  # nothing behind the second
        ("云溪市望川区收了几件", "云溪市望川区收了几件"),
        ("云溪教育局收了几件", "云溪教育局收了几件"),
        ("2024年云溪全市收了几件", "2024年云溪市收了几件"),
        ("云溪全市各部门收了几件", "云溪全市各部门收了几件"),
        ("教育局21年收了几件？望川区的", "望川区教育局21年收了几件"),
    ],
)
def test_places_are_put_where_a_name_has_them(held: Directory, segmenter: Segmenter, question: str, read: str) -> None:
    assert places_in_order(question, held, segmenter) == read


def test_what_is_sent_to_an_archive_asks_nothing_of_it(held: Directory, segmenter: Segmenter) -> None:
    assert find_agencies("云溪市教育局往档案馆送了几次", held, segmenter).agencies == ("云溪市教育局",)
    assert find_agencies("云溪市档案馆收了几件", held, segmenter).agencies == ("云溪市档案馆",)


def test_a_body_that_went_into_another_leads_to_it_only_where_that_has_newer_reports() -> None:
    names = (("桃源县教育局", 2021), ("桃源县教育体育局", 2025), ("石门县教育局", 2025))
    held = Directory([_report(row, name, year) for row, (name, year) in enumerate(names)])
    assert held.went_into("桃源县教育局") == "桃源县教育体育局"
    assert held.went_into("桃源县教育体育局") is None
    assert held.went_into("石门县教育局") is None
