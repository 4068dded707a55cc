"""The columns of the service log: names that programs rely on, and what they are called in Thai."""

from __future__ import annotations

from types import MappingProxyType

SHEET = "service log"
SHEET_THAI = "บันทึกการให้บริการ"

COLUMNS = MappingProxyType(
    {
        "request": "คำขอที่",
        "state": "สถานะ",
        "asked_by": "ผู้ถาม (รหัสไลน์)",
        "unit": "หน่วยงานของผู้ถาม",
        "document_number": "เลขที่หนังสือ",
        "urgency": "ชั้นความเร็ว",
        "handled_by": "ตอบโดย",
        "clock": "วิธีนับเวลา",
        "service_hours": "เวลาให้บริการ",
        "calendar_version": "รุ่นของปฏิทิน",
        "asked_at": "เวลาที่ถาม",
        "received_at": "เวลาที่ระบบได้รับ",
        "clock_started_at": "เวลาที่เริ่มนับ",
        "acknowledge_within_seconds": "กำหนดรับทราบ (วินาที)",
        "answer_within_seconds": "กำหนดแจ้งผล (วินาที)",
        "acknowledge_due_at": "ครบกำหนดรับทราบ",
        "answer_due_at": "ครบกำหนดแจ้งผล",
        "elapsed_acknowledge_due_at": "ครบกำหนดรับทราบ นับทุกนาที",
        "elapsed_answer_due_at": "ครบกำหนดแจ้งผล นับทุกนาที",
        "acknowledged_at": "เวลาที่รับทราบ",
        "acknowledged_by": "ผู้รับทราบ",
        "acknowledgement_sent_at": "เวลาที่ส่งข้อความรับทราบ",
        "acknowledgement_method": "วิธีส่งข้อความรับทราบ",
        "acknowledgement_cost": "โควตาที่ใช้รับทราบ",
        "answered_at": "เวลาที่แจ้งผล",
        "answered_by": "ผู้แจ้งผล",
        "answer_sent_at": "เวลาที่ส่งข้อความแจ้งผล",
        "answer_method": "วิธีส่งข้อความแจ้งผล",
        "answer_cost": "โควตาที่ใช้แจ้งผล",
        "withdrawn_at": "เวลาที่ถอนคำขอ",
        "rounds": "จำนวนรอบ",
        "first_acknowledged_at": "เวลาที่รับทราบรอบแรก",
        "first_answered_at": "เวลาที่แจ้งผลรอบแรก",
        "earlier_late_acknowledge": "รอบก่อนรับทราบล่าช้า",
        "earlier_late_answer": "รอบก่อนแจ้งผลล่าช้า",
        "earlier_late_elapsed_acknowledge": "รอบก่อนรับทราบล่าช้า นับทุกนาที",
        "earlier_late_elapsed_answer": "รอบก่อนแจ้งผลล่าช้า นับทุกนาที",
        "acknowledge_outcome": "ผลการรับทราบ",
        "answer_outcome": "ผลการแจ้งผล",
        "elapsed_acknowledge_outcome": "ผลการรับทราบ นับทุกนาที",
        "elapsed_answer_outcome": "ผลการแจ้งผล นับทุกนาที",
        "acknowledge_seconds": "ใช้เวลารับทราบ (วินาที)",
        "answer_seconds": "ใช้เวลาแจ้งผล (วินาที)",
        "elapsed_acknowledge_seconds": "ใช้เวลารับทราบ นับทุกนาที (วินาที)",
        "elapsed_answer_seconds": "ใช้เวลาแจ้งผล นับทุกนาที (วินาที)",
        "invited_at": "เวลาที่เชิญให้คะแนน",
        "rated_at": "เวลาที่ให้คะแนน",
        "rating": "คะแนนความพึงพอใจ",
        "counted_at": "นับ ณ เวลา",
    }
)
