# Part of Office Functions. See LICENSE file for full copyright and licensing details.
"""The words of printed forms and ledgers, which are Chinese whoever asks (A14)."""

SOURCES = {
    "upper_document": "上级文件",
    "upper_directive": "上级批示",
    "own_meeting": "本级会议",
    "own_directive": "本级批示",
    "key_work": "重点工作",
    "petition": "信访",
    "media": "媒体",
    "self_check": "自查（空白点）",
}
"""Words for ``source_type`` of a ticket."""

DIRECTIVE_KINDS = {"written": "批示", "assignment": "交办", "oral": "口头交办"}
"""Words for ``kind`` of a directive."""

CYCLES = {"week": "每周", "month": "每月", "quarter": "每季度"}
"""Words for ``report_cycle``."""

BLANK_STEPS = {
    "pending": "已提出主动督办，待领导批准",
    "owner": "先明确责任人",
    "ticket": "提出主动督办立项",
    "report": "请责任单位书面报告",
    "watch": "继续关注",
}
"""Words for ``suggestion`` of a blank spot."""

INSPECTION_KINDS = {
    "comprehensive": "综合督查",
    "special": "专项督查",
    "incident": "事件调查",
    "daily": "日常督办",
    "clue": "线索核查",
}
"""Words for ``kind`` of an inspection (政府督查工作条例 第14条)."""
