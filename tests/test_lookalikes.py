"""What looks like a report and is none is told apart, and no true report is turned away for the words it uses."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.formats.plain import blocks
from corpus.identity import identify
from corpus.lookalikes import Verdict, kind_of
from corpus.model import Document
from corpus.outline import outline

PROSE = "本机关把方便群众查询放在首位，全年通过门户网站公开信息31条，收到政府信息公开申请2件，均按时答复。"
SECTIONS = (
    "一、总体情况\n\n{p}\n\n二、主动公开政府信息情况\n\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t1\t0\t4\n\n"
    "三、收到和处理政府信息公开申请情况\n\n一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2\n\n四、政府信息公开行政复议、行政诉讼情况\n\n"
    "五、存在的主要问题及改进情况\n\n公开的及时性有待提高，解读形式单一。下一步将加强培训。\n\n六、其他需要报告的事项\n\n无。\n"
)
BLANK_TABLES = (
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t\t\t\n行政规范性文件\t\t\t\n信息内容\t本年处理决定数量\n行政许可\t\n行政处罚\t\n行政强制\t\n"
    "行政事业性收费\t\n\n一、本年新收政府信息公开申请数量\t\t\t\t\t\t\t\n二、上年结转政府信息公开申请数量\t\t\t\t\t\t\t\n（一）予以公开\t\t\t\t\t\t\t\n"
)
HEADINGS = "一、总体情况\n\n二、主动公开政府信息情况\n\n三、收到和处理政府信息公开申请情况\n\n四、政府信息公开行政复议、行政诉讼情况\n\n五、存在的主要问题及改进情况\n\n六、其他需要报告的事项\n"


def report(title: str, prose: str = PROSE, before: str = "", after: str = "") -> str:
    return f"{before}{title}\n\n{SECTIONS.format(p=prose)}{after}"


def verdict(text: str, **meta: str) -> Verdict:
    document = Document(text, tuple(blocks(text)), "text", meta)
    sections = outline(document)
    return kind_of(document, sections, identify(document, sections).title)


T = "云溪市水务局2022年政府信息公开工作年度报告"

LOOKALIKES = {
    "notice: plain": (
        "关于做好2022年政府信息公开工作年度报告编制和发布工作的通知\n\n各县（市、区）人民政府，市直各单位：\n\n"
        "根据《中华人民共和国政府信息公开条例》规定，请各单位认真编制年度报告，于2023年1月20日前报送市政府办公室。"
    ),
    "notice: with form": (
        "云溪市人民政府办公室\n关于编制2021年度政府信息公开工作年度报告的通知\n\n各镇人民政府、各部门：\n\n请于1月15日前将年度报告报送至我办。\n\n附件：格式\n\n"
        + HEADINGS
    ),
    "notice: broken title": (
        "云溪市政务公开办关于报送2020年度政府信息公开\n工作年度报告的通知\n\n各街道办事处：\n\n现就有关事项通知如下，请在1月31日前上报。未按时报送的将通报。"
    ),
    "notice: short": ("关于开展2019年政府信息公开年度报告编制工作的提示\n\n各单位：年度报告须在1月31日前发布，请抓紧编制并报送。"),
    "form: itself": (
        "中华人民共和国政府信息公开工作年度报告格式\n\n（机关名称）\n\n" + HEADINGS + "\n注：各单位按此格式填写，表格不得改动。"
    ),
    "form: its notice": (
        "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知\n\n国办公开办函〔2021〕30号\n\n"
        "各省、自治区、直辖市人民政府办公厅：请按照格式编制年度报告。\n\n" + HEADINGS
    ),
    "rule: of reports": (
        "云溪市政府信息公开工作年度报告制度\n\n第一条 为规范年度报告编制，制定本制度。\n\n第二条 各单位应当于每年1月31日前公布政府信息公开工作年度报告。\n\n"
        "第三条 年度报告包括主动公开、依申请公开的情况。\n\n第四条 本制度自发布之日起施行。"
    ),
    "rule: of disclosure": (
        "望川区政府信息公开规定\n\n第一条 为保障公民知情权，制定本规定。\n\n第二条 本规定所称政府信息，是指行政机关制作或者获取的信息。\n\n第三条 各单位负责本单位的政府信息公开工作。"
    ),
    "guide: of a bureau": (
        "云溪市水务局政府信息公开指南\n\n为了更好地提供政府信息公开服务，编制本指南。\n\n一、公开范围\n\n二、公开形式\n\n三、受理机构\n\n申请表可在网站下载，收到申请后二十个工作日内答复。"
    ),
    "guide: to requests": (
        "政府信息依申请公开指南\n\n公民可以向本机关申请获取政府信息。受理机构为办公室，申请方式有当面、信函。申请人填写《申请表》。"
    ),
    "site_report: by year": (
        "政府网站工作年度报表\n（2022年度）\n\n填报单位：云溪市水务局\n\n网站名称\t云溪市水务局\n首页网址\twww.example.cn\n网站标识码\t3700000001\n独立用户访问总量（单位：个）\t20135\n"
        "信息发布\t总数\t311\n政务服务事项数量\t20\n政府信息公开目录\t有"
    ),
    "site_report: of a city": (
        "云溪市政府网站年度工作报表\n\n网站标识码\t3700000002\n网站总访问量\t1000\nICP备案号\t鲁ICP备1号\n信息公开指南信息数量\t3\n"
    ),
    "rule_of_law: of a bureau": (
        "云溪市水务局2022年法治政府建设年度报告\n\n一、主要工作情况\n\n深入学习宣传，落实政府信息公开制度，公开信息31条。\n\n二、存在问题\n\n执法力量不足。\n\n三、下一步打算\n\n加强培训。"
    ),
    "rule_of_law: old": "望川区关于2019年度推进依法行政工作情况的报告\n\n全区推进政府信息公开，公开文件21件。\n\n存在的主要问题是队伍建设滞后。",
    "interpretation: text": (
        f"《{T}》解读\n\n一、编制背景\n\n根据条例，每年1月31日前公布年度报告。\n\n二、主要内容\n\n全年公开政府信息31条，收到申请2件。\n\n三、下一步\n\n继续加强公开。"
    ),
    "interpretation: picture": "一图读懂：望川区人民政府2021年政府信息公开工作年度报告\n\n公开信息3211条，收到申请78件。",
    "news: paper": (
        "云溪市发布2016年政府信息公开年度报告\n\n本报讯（记者 王某）近日，云溪市人民政府发布2016年政府信息公开年度报告。报告显示，全年主动公开信息12万条，收到申请356件。"
    ),
    "news: score": "我市政府信息公开成绩单出炉\n\n据悉，去年全市主动公开政府信息12万条，收到依申请公开356件，同比增长两成。",
    "university: years": (
        "云溪大学2021-2022学年信息公开工作年度报告\n\n根据《高等学校信息公开办法》编制，统计期限为2021年9月1日至2022年8月31日。\n\n一、总体情况\n\n公开信息811条。\n\n二、主动公开情况\n\n略。"
    ),
    "university: dash": "云溪职业技术学院2020—2021学年度信息公开年度报告\n\n一、概述\n\n学校高度重视信息公开工作。\n\n二、主动公开信息情况\n\n公开信息51条。",
    "template: year": f"某某局20XX年政府信息公开工作年度报告\n\n{SECTIONS.format(p=PROSE)}",
    "template: body": f"××局2022年政府信息公开工作年度报告\n\n{SECTIONS.format(p=PROSE)}",
    "template: both": f"××县××镇人民政府20××年政府信息公开工作年度报告\n\n{SECTIONS.format(p=PROSE)}",
    "template: in the text": "环保局年度信息公开工作报告\n\n一、概述\n\n今年，xx市环境保护局认真落实条例。\n\n二、主动公开信息情况\n\nxx市环境保护网站公开信息31条。\n\n三、依申请公开政府信息情况\n\n无。",
    "notice: of results": "望川区人民政府办公室关于2009年政府信息公开工作年度报告编制公布情况的通报\n\n各镇人民政府：各单位均按时公布了年度报告，现予通报。",
    "university: without a title": (
        "本报告按照《高等学校信息公开办法》编制，反映云溪学院2017-2018学年度信息公开情况，统计时间为2017年9月1日至2018年8月31日。\n\n一、概述\n\n学校重视公开。\n\n"
        "二、主动公开情况\n\n公开信息81条。\n\n三、依申请公开情况\n\n无。"
    ),
    "blank_form: tables": f"定西市水务局2020年政府信息公开工作年度报告\n\n一、总体情况\n\n二、主动公开政府信息情况\n\n{BLANK_TABLES}\n\n五、存在的主要问题及改进情况\n\n六、其他需要报告的事项\n",
    "index_page: years": (
        "政府信息公开年报\n\n"
        + "\n\n".join(f"云溪市水务局{year}年政府信息公开工作年度报告　{year + 1}-01-15" for year in range(2014, 2024))
        + "\n\n共10条 首页 上一页 下一页"
    ),
    "index_page: bodies": "\n\n".join(
        f"云溪市{body}2023年政府信息公开工作年度报告" for body in ("教育局", "水务局", "财政局", "民政局", "司法局", "审计局")
    ),
    "other: summary": "云溪市水务局2022年政务公开工作总结\n\n今年以来，我局认真做好政务公开工作，公开信息31条，组织培训2次。",
    "other: budget": "云溪市水务局2022年部门决算公开\n\n本部门的决算在政府信息公开平台公布，收入合计3211万元。",
    "other: plan": "望川区2023年政府信息公开工作要点\n\n推进重点领域信息公开，加强政策解读，做好依申请公开。",
    "other: quarter": "云溪市水务局2021年第四季度政府信息公开工作报告\n\n本季度公开信息31条，未收到政府信息公开申请。",
    "other: English": "Yunxi Annual Report on Government Information Disclosure. The city published 3211 items of government information in 2022 and received 87 requests. 政府信息公开",
}

TRUE_REPORTS = {
    "plain": report(T),
    "names_the_notice": report(T, "根据《关于做好2022年政府信息公开工作年度报告编制工作的通知》要求，编制本报告。" + PROSE),
    "cites_the_form": report(T, "按照《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》编制。" + PROSE),
    "updated_the_guide": report(T, "修订政府信息公开指南和政府信息公开目录，发布解读材料12篇，转发关于报送年度报告的通知3次。" + PROSE),
    "made_a_rule": report(T, "制定政府信息公开工作年度报告制度，印发《政府信息公开规定》，第一条明确职责，第二条明确范围，第三条明确时限。" + PROSE),
    "menu_before": report(T, before="首页\n政府信息公开指南\n政府信息公开制度\n法定主动公开内容\n政府信息公开年报\n\n"),
    "menu_with_notice": report(T, before="通知公告\n关于做好2022年政府信息公开工作年度报告编制工作的通知\n\n"),
    "menu_with_interpretation": report(T, before="政策解读\n一图读懂2021年年度报告\n\n"),
    "related_after": report(T, after="\n相关链接\n\n《云溪市水务局2021年政府信息公开工作年度报告》解读\n\n云溪市水务局2020年政府信息公开工作年度报告\n"),
    "rule_of_law_inside": report(T, "推进法治政府建设，公开法治政府建设年度报告，落实依法行政工作报告制度。" + PROSE),
    "news_inside": report(T, "召开新闻发布会3次，记者采访12人次，据悉群众满意。近日又发布了年报。" + PROSE),
    "site_report_inside": report(T, "公布政府网站工作年度报表，网站标识码齐全，独立用户访问总量3211个。" + PROSE),
    "published_with_a_notice": report("关于公布云溪市水务局2022年政府信息公开工作年度报告的公告"),
    "transmitted": report(T, before="云溪市水务局关于公布2022年政府信息公开工作年度报告的通知\n\n"),
    "company": report("云溪市自来水集团有限公司2022年政府信息公开工作年度报告"),
    "institution": report("云溪市不动产登记中心2022年政府信息公开工作年度报告"),
    "university_of_a_year": report("云溪大学2022年信息公开年度报告"),
    "school_year_inside": report("云溪市教育局2022年政府信息公开工作年度报告", "公布2021-2022学年招生计划，各校发布学年信息公开报告。" + PROSE),
    "no_title": SECTIONS.format(p="2022年，云溪市水务局认真落实条例。" + PROSE),
    "blank_cells_with_prose": f"{T}\n\n一、总体情况\n\n{PROSE * 3}\n\n二、主动公开政府信息情况\n\n{BLANK_TABLES}\n五、存在的主要问题及改进情况\n\n{PROSE}",
    "prose_without_tables": f"{T}\n\n一、概述\n\n{PROSE * 2}\n\n二、主动公开政府信息情况\n\n{PROSE}\n\n三、依申请公开政府信息办理情况\n\n{PROSE}\n\n四、存在的主要问题\n\n{PROSE}",
    "crosses_in_an_address": report(T, "联系地址为××路36号，电话0533-XXXXXXX，申请人李某某已获答复。" + PROSE),
    "masked_inside": report(T, "推广20XX年标准化文本3份。" + PROSE),
    "chinese_year": report("云溪市水务局二〇二二年政府信息公开工作年度报告"),
    "tables_only": f"{T}\n\n二、主动公开政府信息情况\n\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t0\t0\t2\n\n三、收到和处理政府信息公开申请情况\n\n"
    "一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2\n",
    "page_title_of_column": report(T),
    "zeros": report(T, "全年无相关情况。").replace("\t2", "\t0").replace("\t1", "\t0").replace("\t4", "\t0"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_lookalike_is_told_with_its_reason(name: str) -> None:
    found = verdict(LOOKALIKES[name])
    assert found.kind == name.split(":")[0]
    assert found.reason.endswith("。")
    assert not found.is_report


@pytest.mark.parametrize("name", TRUE_REPORTS)
def test_a_true_report_is_never_turned_away(name: str) -> None:
    assert verdict(TRUE_REPORTS[name]) == Verdict("report")


def test_the_title_of_a_page_counts_where_the_text_has_none() -> None:
    text = "全年公开信息31条，收到申请2件。报告分为六个部分。政府信息公开工作取得成效。"
    assert verdict(text, title="《云溪市水务局2022年政府信息公开工作年度报告》解读_云溪市水务局").kind == "interpretation"


# ------------------------------------------------------------------------------------------------- several in one file


def whole(year: int, title: str = "", count: int = 2, prose: str = PROSE) -> str:
    """A whole report on ``year`` with its own figures."""
    title = title or f"云溪市水务局{year}年政府信息公开工作年度报告"
    return f"{title}\n\n统计期限自{year}年1月1日起，至{year}年12月31日止。\n\n" + SECTIONS.format(p=prose).replace("\t2", f"\t{count}")


PROSE_ONLY = "{t}\n\n一、概述\n\n{p}\n\n二、主动公开政府信息情况\n\n{p}\n\n三、依申请公开政府信息办理情况\n\n{p}\n\n四、行政复议和行政诉讼情况\n\n{p}\n\n五、存在的主要问题\n\n{p}\n"

SEVERAL = {
    "2020、2021": whole(2020) + "\n" + whole(2021, count=7),
    "2019、2023": whole(2023, count=9) + "\n" + whole(2019, "云溪市财政局\n2019年政府信息公开\n工作年度报告", 4),
    "2018、2019、2020": "\n".join(whole(2018 + n, count=3 + n) for n in range(3)),
    "2014、2015": PROSE_ONLY.format(t="云溪市水务局2014年政府信息公开年度报告", p=PROSE)
    + PROSE_ONLY.format(t="云溪市水务局2015年政府信息公开年度报告", p=PROSE.replace("31", "45")),
}

ONE = {
    "printed_twice": whole(2022) + "\n" + whole(2022),
    "printed_twice_with_a_slip_in_the_title": whole(2022) + "\n" + whole(2022, "云溪市水务局2021年政府信息公开工作年度报告"),
    "contents": f"{T}\n\n目录\n\n{HEADINGS}\n{T}\n\n{SECTIONS.format(p=PROSE)}",
    "contents_of_last_year": f"云溪市水务局2021年政府信息公开工作年度报告\n\n目录\n\n{HEADINGS}\n{T}\n\n{SECTIONS.format(p=PROSE)}",
    "list_before": "\n".join(f"云溪市水务局{y}年政府信息公开工作年度报告　{y + 1}-01-15" for y in range(2012, 2022)) + "\n" + whole(2022),
    "list_behind": whole(2022) + "\n相关文章\n" + "\n".join(f"云溪市水务局{y}年政府信息公开工作年度报告" for y in range(2012, 2022)),
    "comparison": whole(2022) + "\n附：近两年对比\n\n云溪市水务局2021年政府信息公开工作年度报告\n\n指标\t2021年\t2022年\n行政许可\t3\t4\n行政处罚\t1\t2\n予以公开\t5\t6\n",
    "last_years_title_inside": whole(2022).replace("\n三、收到", "\n云溪市水务局2021年政府信息公开工作年度报告\n\n三、收到"),
}  # fmt: skip


@pytest.mark.parametrize("years", SEVERAL)
def test_reports_of_several_years_in_one_file_are_to_be_added_apart(years: str) -> None:
    found = verdict(SEVERAL[years])
    assert found.kind == "several"
    assert f"（{years}年）" in found.reason
    assert "分别添加" in found.reason
    assert found.reason.endswith("。")


@pytest.mark.parametrize("name", ONE)
def test_one_report_is_not_taken_for_several(name: str) -> None:
    assert verdict(ONE[name]) == Verdict("report")


WORDS = ("关于做好", "年度报告", "的通知", "政府信息公开", "指南", "解读", "2022年", "云溪市", "水务局", "20XX年", "学年", "一、总体情况", "\n", "\t", "0", "。", "：", "（", "《", "各", "×")  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=80).map("".join)))
def test_any_text_gets_a_verdict_with_a_sentence(text: str) -> None:
    found = verdict(text)
    assert found.is_report == (not found.reason)
    assert found.is_report or found.reason.endswith("。")
