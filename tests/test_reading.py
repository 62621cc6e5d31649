"""Other openings, layouts and slips than the shipped report's; and that nothing but CorpusError comes out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import CorpusError, NotAReport, UnreadableFile
from corpus.read import Override, read_bytes
from tests.conftest import AGENCY, SEED

BODY = """一、总体情况
{preface}
（一）主动公开。全年通过政府网站公开信息1.2万余条。
（二）依申请公开。全年收到政府信息公开申请3件。
二、主动公开政府信息情况
第二十条第（一）项\t\t\t
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t9
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量\t2\t1\t0\t0\t0\t0\t3
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
存在公开不够及时的问题。下一步将加强培训。
六、其他需要报告的事项
无。
"""


def read(title: str, preface: str = "本报告依法编制。", **override: object):
    return read_bytes((title + "\n" + BODY.format(preface=preface)).encode(), Override(**override))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("云溪市人民政府2022年政府信息公开工作年度报告", "云溪市人民政府", 2022),
        ("2022年云溪市教育局政府信息公开工作年度报告", "云溪市教育局", 2022),
        ("云溪市教育局2022年度政府信息公开工作年度报告", "云溪市教育局", 2022),
        ("云溪市教育局政府信息公开工作2022年度报告", "云溪市教育局", 2022),
        ("云溪市教育局2022年政府信息公开年度报告", "云溪市教育局", 2022),
        ("云溪市教育局二〇二二年政府信息公开工作年度报告", "云溪市教育局", 2022),
        ("望川区白石街道办事处2022年度政府信息\n公开工作年度报告", "望川区白石街道办事处", 2022),
        ("云溪市\n云溪市人民政府办公室2022年政府信息公开工作年度报告", "云溪市人民政府办公室", 2022),
        ("云溪市民族宗教事务委员会（局） 2022 年政府信息公开工作年度报告", "云溪市民族宗教事务委员会（局）", 2022),
    ],
)
def test_titles(title: str, agency: str, year: int) -> None:
    report = read(title)
    assert (report.agency, report.year, report.found["agency"], report.found["year"]) == (agency, year, "标题", "标题")


def test_agency_and_year_from_weaker_places_say_so() -> None:
    report = read("发布机构：云溪市水务局", "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。")
    assert (report.agency, report.year) == ("云溪市水务局", 2021)
    assert report.found["agency"] == "发布机构"
    assert report.found["year"] == "统计期限"


def test_no_name_at_all_asks_for_it_and_takes_it() -> None:
    with pytest.raises(NotAReport, match="--agency"):
        read("2022年度政府信息公开年度报告", "现将我局情况报告如下。")
    assert read("2022年度政府信息公开年度报告", "现将我局情况报告如下。", agency="云溪市水务局").agency == "云溪市水务局"


def test_the_new_form_in_an_old_year_is_told_by_its_labels() -> None:
    report = read("云溪市水务局2019年政府信息公开工作年度报告")
    figures = {(f.metric, f.applicant): f for f in report.figures}
    assert report.edition == "2021"
    assert figures["normative.in_force", None].value == 9
    assert (figures["requests.received", "natural"].value, figures["requests.received", "total"].value) == (2, 3)


def test_an_absent_table_is_missing_and_not_zero() -> None:
    figures = {(f.metric, f.applicant): f for f in read("云溪市水务局2022年政府信息公开工作年度报告").figures}
    assert figures["review.total", None].state == "missing"
    assert figures["outcome.granted", "total"].state == "missing"
    assert figures["penalty.decisions", None].value is None


def test_narrative_numbers_keep_scale_and_approximation() -> None:
    quantities = read("云溪市水务局2022年政府信息公开工作年度报告").quantities
    published = next(q for q in quantities if q.subject == "published")
    assert (published.value, published.unit, published.approximate, published.channel) == (12000, "条", True, "website")
    assert published.printed == "1.2万余条"
    received = next(q for q in quantities if q.subject == "requests.received")
    assert (received.value, received.channel) == (3, None)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"), (b" \n\t ", "空的"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图片"), (b"%PDF-1.7\n" + b"\0" * 50, "PDF"),
        (b"PK\x03\x04" + b"\0" * 50, "损坏"), (bytes(range(256)) * 20, "文字"), ("你好，世界。".encode(), "没有提到政府信息公开"),
        ("关于政府信息公开指南的一句话。".encode(), "看来不是"), ("某某局20XX年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况".encode(), "范本"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_bytes(data)
    assert words in str(caught.value)
    assert str(caught.value).endswith("。")


def test_too_large_a_file_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableFile, match="太大"):
        read_bytes(b"a" * (51 * 1024 * 1024))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_real_files(encoding: str) -> None:
    report = read_bytes(SEED.read_text("utf-8").encode(encoding))
    assert report.agency == AGENCY
    assert sum(f.state == "value" for f in report.figures) == 8


def test_windows_line_ends_change_no_figure_and_offsets_stay_true() -> None:
    report = read_bytes(SEED.read_text("utf-8").replace("\n", "\r\n").encode())
    assert sum(f.state == "zero" for f in report.figures) == 185
    for figure in report.figures:
        assert figure.span is not None
        assert report.text[figure.span.start : figure.span.end] == figure.printed


PIECES = [
    "规章",
    "0",
    "\t",
    "\n",
    "|",
    "第二十条第（一）项",
    "一、总体情况",
    "政府信息公开",
    "2019年",
    "一、本年新收政府信息公开申请数量",
    "总计",
    "5",
    "，",
    "。",
    "其他",
    "行政复议",
    "件",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(str.encode),
        st.lists(st.sampled_from(PIECES), max_size=120).map(lambda p: "".join(p).encode()),
    )
)
def test_only_corpus_errors_come_out_of_any_bytes(data: bytes) -> None:
    refused: CorpusError | None = None
    try:
        report = read_bytes(data, Override(agency="云溪市水务局", year=2020))
    except CorpusError as error:
        refused = error
    if refused:
        assert str(refused).endswith("。")
        return
    for figure in report.figures:
        if figure.span:
            assert report.text[figure.span.start : figure.span.end] == figure.printed


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_cut_or_garbled_report_never_gives_a_figure_that_is_not_printed(data: st.DataObject) -> None:
    text = SEED.read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    noise = data.draw(st.sampled_from(["", "\n", "\t", "7", "\t\t", "|", "。"]))
    try:
        report = read_bytes((text[:start] + noise + text[end:]).encode(), Override(agency=AGENCY, year=2019))
    except CorpusError:
        return
    for figure in report.figures:
        if figure.value is not None:
            assert figure.span is not None
            assert report.text[figure.span.start : figure.span.end] == figure.printed
