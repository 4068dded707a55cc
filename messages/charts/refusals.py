"""What is said at the address of a chart that is not shown."""

from __future__ import annotations

from messages.language import Words

CHART_NOT_FOUND = Words("ไม่พบแผนภูมิตามที่อยู่นี้", "There is no chart at this address.")
CHART_OVER = Words(
    "ที่อยู่นี้หมดอายุแล้ว กรุณาขอสรุปใน LINE อีกครั้ง", "This address is over. Please ask for the summary in LINE again."
)
CHART_NOT_DRAWN = Words(
    "แสดงแผนภูมิไม่ได้ชั่วคราว กรุณาลองใหม่ในอีกสักครู่", "The chart cannot be shown now. Please try again in a moment."
)
