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
