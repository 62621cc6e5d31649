"""The body that the page is about, where a question calls it ours or yours: 我们局, 你们单位, 本街道."""

from __future__ import annotations

import re

from service.directory import Directory

# What the body is called, and what its name then ends with; 本机关 stands in a row of the form.
_ENDS = {
    "局": "局", "委": "委员会|委", "办": "办公室|办事处|办", "厅": "厅", "中心": "中心", "街道": "街道办事处|街道", "街道办": "街道办事处",
    "镇": "镇人民政府|镇", "乡": "乡人民政府|乡", "管委会": "管理委员会|管委会", "单位": "", "部门": "",
}  # fmt: skip
_OURS = re.compile(
    r"(?:我们|咱们?|俺们|你们|(?<![我你他])(?:我|本|贵|你))(?:这个?|那个?)?(?P<organ>局|委(?![托屈任员])|办(?![事理公结])|厅|中心|街道办?|镇|乡|管委会|单位|部门)(?![长里内])"
)
_WE = re.compile(
    r"(?:^|(?<=[,，那]))(?:我们|咱们?|俺们)(?=[和跟与比]|在[^,，。]{2,14}(?:排|算|是不是)|排第|占|呢[?？]?$"
    r"|(?!这|那|想|要|是|都|老|百姓|村|小区|家|公司|企业|里|市|县|区|省)[^,，。?？]{1,16}(?:比|[和跟与](?=[^,，]{2,14}(?:比|相比|谁|哪|差|相差)))[^,，。?？]{2,})"
)
_OURSELVES = re.compile(r"^(?:那)?(?:本机关|本单位|我[局委厅办])呢[?？]?$")
# 和碧原市教育局比，谁的公开率高: whom it is held against is said, who is not
_AGAINST = re.compile(r"^(?:跟|和|与|同)(?P<other>[^,，。?？]{2,16})(?:相?比较?|对比)[,，](?=.{3,})")
_PLACE = re.compile(r"(?:我们?|本|咱们?)(?P<unit>[省市州盟县区旗])(?=[各所的里全部级直有]|哪|多少)")


def named_for(question: str, default: str | None, held: Directory) -> str:
    """``question`` with the name of the body ``default`` in place of the words that call it ours; as it is where they fit another kind of body."""
    if default is None or default not in held.bodies:
        return question

    def name(match: re.Match[str]) -> str:
        ends = _ENDS[match["organ"]]
        return default if re.search(f"(?:{ends})$", default) else match.group()

    place = held.bodies[default].place
    around = (place.county, place.city, place.province)  # 我们市, of a city that is a county, is that city
    question = _PLACE.sub(lambda m: next((p for p in around if p.endswith(m["unit"])), m.group()), question)
    if _OURSELVES.match(question):
        return f"{default}呢"
    if (against := _AGAINST.match(question)) and default not in question:
        return f"{default}{question}" if held.match(against["other"], 0) else question
    return _WE.sub(default, _OURS.sub(name, question))
