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
_WE = re.compile(r"(?:^|(?<=[,，那]))(?:我们|咱们?|俺们)(?=[和跟与比]|在[^,，。]{2,14}(?:排|算|是不是)|排第|占)")


def named_for(question: str, default: str | None, held: Directory) -> str:
    """``question`` with the name of the body ``default`` in place of the words that call it ours; as it is where they fit another kind of body."""
    if default is None or default not in held.bodies:
        return question

    def name(match: re.Match[str]) -> str:
        ends = _ENDS[match["organ"]]
        return default if re.search(f"(?:{ends})$", default) else match.group()

    return _WE.sub(default, _OURS.sub(name, question))
