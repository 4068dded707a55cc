"""The month's message quota, as operators are warned of it. One push may go to several, so it is in Thai."""

from __future__ import annotations

from messages.language import in_thai
from messages.limits import Json
from messages.parts import Tone, card, headline, line, panel, row, rule, small
from messages.thai import decimal_text, percent_text
from models.quota_plan import QuotaPlan, Stage

NEARLY_GONE_PERCENT = 95

WHAT_THE_SERVICE_DOES = {
    Stage.FULL: "ยังส่งสรุปและข่าวได้ตามปกติ",
    Stage.MERGED: "ระบบรวมสรุปรายวันไว้ในสรุปรายสัปดาห์แล้ว เพื่อประหยัดข้อความ",
    Stage.PLAIN: "ระบบรวมสรุปและงดภาพแล้ว ส่งเท่าที่ข้อความพอ ที่เหลือส่งพร้อมคำตอบครั้งถัดไปของแต่ละคน",
    Stage.RIDE: "ระบบพักการส่งสรุปและข่าวแล้ว และจะส่งพร้อมคำตอบครั้งถัดไปของแต่ละคน ซึ่งไม่เสียข้อความ",
}
PROMISES_GO_ON = "การรับทราบ แจ้งผล และเตือนกำหนด ยังส่งตามเวลา"
BUY_MORE = "ซื้อข้อความเพิ่มได้ใน LINE Official Account Manager"


@in_thai
def quota_warning(plan: QuotaPlan) -> list[Json]:
    """Tell operators that the month's messages go to their end; of a plan with a limit."""
    title = f"ใช้โควตาข้อความแล้ว {percent_text(plan.used_percent or 0)}"
    tone = Tone.LATE if (plan.used_percent or 0) >= NEARLY_GONE_PERCENT else Tone.DUE
    figures = [(label, decimal_text(count)) for label, count in _figures(plan)]
    does = WHAT_THE_SERVICE_DOES[plan.stage]
    body = [
        headline(title, tone),
        small("จำนวนข้อความ เดือนนี้ของ LINE", margin="sm"),
        panel([_figure(label, count) for label, count in figures], margin="md"),
        line(does, margin="md", max_lines=4),
        small(PROMISES_GO_ON, max_lines=2, margin="sm"),
        rule("md"),
        small(BUY_MORE, max_lines=3, margin="md"),
    ]
    told = " ".join(f"{label} {count} ข้อความ" for label, count in figures)
    return [card(f"{title} {told} {does} {PROMISES_GO_ON} {BUY_MORE}", body)]


def _figures(plan: QuotaPlan) -> list[tuple[str, int]]:
    return [
        ("ใช้ไป", plan.used),
        ("ทั้งเดือนส่งได้", plan.allowance or 0),
        ("เหลือ", plan.left or 0),
        ("คาดว่าทั้งเดือนจะใช้", plan.forecast),
        ("กันไว้สำหรับรับทราบ แจ้งผล และเตือนกำหนด", plan.reserved),
    ]


def _figure(label: str, count: str) -> Json:
    return row([small(label, max_lines=2) | {"flex": 3}, line(count, bold=True) | {"flex": 1, "align": "end"}])
