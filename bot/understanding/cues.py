"""Words that tell what a person wants, as data: each cue is a name and the ways of saying it.

``ANYWHERE`` cues count wherever they stand in what was said, outside of what the slot readers took; ``AT_START`` and
``AT_END`` cues only where the sentence begins or ends; ``WHOLE`` cues only when they are all that was said. Polite
words are set aside for the last three. Thai is matched without spaces, English in whole words.
"""

from __future__ import annotations

import itertools


def words(*lines: str) -> tuple[str, ...]:
    """Return the words of lines in which they stand with bars between them."""
    return tuple(word for line in lines for word in line.split(" | "))


def _each(*parts: str) -> tuple[str, ...]:
    """Return every way of saying one word of each part after the other; a ``-`` stands for none."""
    choices = ([word.replace("-", "") for word in part.split(" | ")] for part in parts)
    return tuple("".join(chosen) for chosen in itertools.product(*choices))


_ME = "- | ผม | หนู | ฉัน | ดิฉัน | เรา | พี่"

ANYWHERE: dict[str, tuple[str, ...]] = {
    # Asking.
    "asks": words(
        "หรือยัง | รึยัง | หรือยง | แล้วยัง | ไหม | มั้ย | มัย | มั๊ย | หรือเปล่า | รึเปล่า | หรือป่าว | ป่าว",
        "หรือไม่",
        "ขอทราบ | อยากทราบ | อยากรู้ | สอบถาม | ขอถาม | อย่างไร | ยังไง | เมื่อไร | เมื่อไหร่ | ทำไม | ใคร | ไหน",
        "ขอเช็ค | ขอดู | ใหน | ?",
        "ขอupdate | ขออัปเดต | ไง | ใช่มั้ย | ว่าไง | หรือคะ | หรือครับ | ไหมคะ | อะไร | เพราะอะไร",
        "what | when | how | is there | any | why | who | which | tell me | show me | yet | anyone | what's",
    ),
    "where": words(
        "ถึงไหน | ถึงใหน | ไปไหน | อยู่ไหน | อยู่ที่ไหน | อยู่ตรงไหน | อยู่ที่ใคร | อยู่กับใคร | ขั้นไหน",
        "ขั้นตอนไหน | ขั้นตอนใด",
        "ถึงใคร | อยู่ส่วนไหน | อยู่โต๊ะใคร | อยู่ห้องใคร | อยู่หน่วยไหน | อยู่ฝ่ายไหน | อยู่กองไหน | ไปอยู่ไหน",
        "ไปค้างที่ไหน",
        "where | where's | whereabouts",
    ),
    "status": words(
        "สถานะ | ความคืบหน้า | คืบหน้า | ความก้าวหน้า | ขออัปเดต | ขออัพเดต | ขออัพเดท | ขออัปเดท | มีอัพเดท",
        "มีอัปเดต",
        "ขออัปเดตสถานะ | ขอupdate | ตามสถานะ | เช็คสถานะ | ดูสถานะ",
        "status | progress of | any update | update on | any news",
    ),
    "what_became": words(
        "ว่าไง | ว่ายังไง | ว่าอย่างไร | เป็นไง | เป็นยังไง | เป็นอย่างไร | ได้เรื่อง | ผลเป็น | เรียบร้อยไหม",
        "ได้ความว่า",
        "what happened | what became | any answer | how is",
    ),
    "amount": words(
        "เท่าไร | เท่าไหร่ | เท่าไหร | เท่าใด | เท่าไห | กี่",
        "how much | how many",
    ),
    "results": words(
        "ขอดูผล | ผลเป็นไง | ผลตัวชี้วัด | ผลงาน | ผลการดำเนินงาน | ผลเป็น | ดูผล | ขอผล | ได้ผล | คะแนนตัวชี้วัด",
        "result | results",
    ),
    # Letters.
    "track": words(
        "ติดตาม | ตามเรื่อง | ตามหนังสือ | ขอตาม | ตามงาน | เช็คหนังสือ | เช็คเรื่อง | เช็ก | เช็ค | ตรวจสอบหนังสือ",
        "ช่วยตรวจสอบ | ขอตรวจสอบ | ตรวจสอบสถานะ | ค้นหาหนังสือ | ค้นหา | หาหนังสือ",
        "ตามให้ | ตามเอกสาร | ทวงหนังสือ | ทวงเรื่อง | เรื่องเงียบ | เงียบไป | เงียบหาย",
        "track | tracking | trace | look up | find",
    ),
    "letter": words(
        "หนังสือ | เอกสาร | เรื่องนี้ | เรื่องที่ส่ง | เรื่องที่เสนอ | เลขรับ | บันทึกข้อความ | แฟ้ม",
        "เรื่องถึง | เรื่องไปถึง",
        "เรื่องอยู่",
        "เรื่องที่ยื่น | หนังสือที่ส่ง | เรื่องที่ส่งไป",
        "document | doc | letter | memo | file",
    ),
    "follow": words(
        "ติดตามต่อ | ติดตามเรื่องนี้ต่อ | ตามต่อ | แจ้งเตือนเมื่อ | แจ้งเตือนถ้า | เตือนเมื่อ | แจ้งเมื่อ",
        "แจ้งด้วยเมื่อ",
        "บอกด้วยถ้า | ถ้ามีความคืบหน้าแจ้ง | คืบหน้าแล้วแจ้ง | กดติดตาม",
        "แจ้งทุกครั้ง | แจ้งเตือนทุกครั้ง | ขอรับแจ้งเตือนหนังสือ | ขอรับแจ้งเตือนเรื่อง | ติดตามไว้ให้",
        "ตามไว้ให้ | ติดตามไว้",
        "follow | subscribe | keep me updated on | keep me posted | notify me when | let me know when",
    ),
    "tell_me": (
        *_each("ช่วย | ฝาก | รบกวน | วาน | ขอให้ | ให้ | อยากให้", "แจ้ง | แจ้งเตือน | บอก | เตือน | ทัก | ส่งข่าว"),
        *_each(
            "แจ้ง | แจ้งเตือน | บอก | เตือน | ทัก | ทักมาบอก | ส่งข่าว",
            _ME,
            "ด้วย | ที | หน่อย | ให้ทราบ | ให้รู้ | ทันที | มา | ทาง",
        ),
        *words(
            "แจ้งกลับ | แจ้งผม | แจ้งหนู | แจ้งดิฉัน | แจ้งเตือนผม | เด้งเตือน | ทักมาบอก | ขอรับแจ้งเตือน",
            "รับแจ้งเตือน",
        ),
        *words("let me know | notify me | tell me when | alert me | ping me | inform me | keep me updated"),
    ),
    "notify_off": _each(
        "ไม่ | ไม่ต้อง | ไม่อยาก | ไม่ต้องการ | เลิก | หยุด | ไม่ขอ | ยกเลิก | ปิด | งด | ไม่เอา",
        "- | การ | รับ | รับการ | ได้รับการ | ได้รับ",
        "แจ้งเตือน | เตือน",
    ),
    "unfollow": words(
        "เลิกติดตาม | ยกเลิกติดตาม | ยกเลิกการติดตาม | หยุดติดตาม | เลิกตาม | ไม่ติดตามแล้ว | ไม่ต้องติดตาม",
        "ไม่ตามแล้ว",
        "หยุดตาม | ไม่ต้องแจ้งเตือนเรื่องนี้ | ไม่ติดตาม | ไม่ขอติดตาม | ไม่ต้องการติดตาม",
        "ไม่ต้องบอกแล้ว | ไม่ต้องแจ้งแล้ว | ไม่ต้องแจ้งเตือนแล้ว | ไม่ต้องเตือนแล้ว | ไม่ต้องตามแล้ว",
        "ไม่รับแจ้งเตือน | หยุดแจ้งเตือนเรื่อง",
        "unfollow | stop updates | stop notifying me about | don't follow | no longer follow | stop following",
        "stop tracking",
    ),
    "update": words(
        "อัปเดต | อัพเดต | อัพเดท | อัปเดท",
        "update",
    ),
    "set_status": words(
        "เปลี่ยนสถานะ | ปรับสถานะ | แก้สถานะ | แก้ไขสถานะ | บันทึกสถานะ | ลงสถานะ | ปรับเป็น | อัปเดตสถานะ",
        "อัพเดตสถานะ | อัพเดทสถานะ | อัปเดทสถานะ",
        "set status | update status | mark",
    ),
    "done": words(
        "แล้ว | เรียบร้อย | เสร็จสิ้น | เป็น",
        "done | has been | finished",
    ),
    # A person's own things, and the secretariat's.
    "mine": words(
        "รายการของฉัน | คำขอของฉัน | เรื่องของฉัน | รายการของผม | เรื่องของผม | รายการของดิฉัน",
        "เรื่องของดิฉัน | รายการของเรา | ที่ฉันถาม | ที่ผมถาม | ที่ฉันติดตาม | ที่ผมติดตาม",
        "รายการติดตาม | เรื่องที่ติดตาม | หนังสือที่ติดตาม | ประวัติการถาม | ประวัติการติดตาม | คำขอที่ถาม",
        "ที่ติดตามอยู่",
        "เรื่องของหนู | คำขอของผม | คำขอของหนู | คำขอของดิฉัน | คำขอของเรา | รายการของหนู",
        "requests i made | my followed | my history | letters i follow | my requests | my request | my list",
        "my documents | my letters",
    ),
    "asked_before": (
        *_each(_ME, "เคยถาม | ถาม | สอบถาม | เคยส่ง | ส่งคำขอ | ติดตาม | เคยติดตาม | ตาม", "ไว้ | ไป | มา | ไปแล้ว | ไว้แล้ว"),
        *_each("คำขอ | เรื่อง | รายการ | คำถาม | หนังสือ", "ของ", "ผม | หนู | ฉัน | ดิฉัน | เรา"),
        *_each(_ME, "ติดตาม | ตาม | ถาม", "หนังสือ | เรื่อง | ฉบับ", "อะไร | ไหน"),
        *words(
            "กดติดตาม | เรื่องที่ถาม | ที่เคยถาม | ที่ติดตามไว้ | ที่ติดตาม | ที่ตามไว้ | ที่ถาม | เคยถาม",
            "คำขอที่ | i asked | i follow | i am following | i'm following",
        ),
    ),
    "listing": (
        *words(
            "อะไรบ้าง | อะไรไว้บ้าง | ไหนบ้าง | ไว้บ้าง | กี่เรื่อง | กี่ฉบับ | กี่รายการ | รายการ | ทั้งหมด",
            "ขอดู | มีอะไร | อยู่บ้าง | อะไรอยู่",
        ),
        *words("ขอรายการ | ประวัติ | list | history"),
    ),
    "officer": (
        *_each(
            (
                "คุย | พูด | ติดต่อ | ปรึกษา | สอบถาม | ถาม | เรียก | โทรหา | ขอสาย | ต่อสาย | โอนสาย | โอนให้ | "
                "ให้ | ขอ | เจอ | พบ | มี"
            ),
            "- | กับ | กะ | หา | สาย | ไปหา | ไปที่",
            "เจ้าหน้าที่ | จนท | แอดมิน | คนจริง | เลขา | พนักงาน | มนุษย์",
        ),
        *_each("คุย | พูด | คุยสาย | ขอสาย", "- | กับ", "คน | เจ้าหน้าที่จริง"),
        *words(
            "เจ้าหน้าที่อยู่ไหม | เจ้าหน้าที่ว่างไหม | พูดสาย | โอนสาย | เบอร์เจ้าหน้าที่",
            "เบอร์โทรเจ้าหน้าที่ | ไม่เอาบอท | ไม่คุยกับบอท | ไม่อยากคุยกับบอท | เบื่อบอท",
        ),
        *words("talk to | speak to | speak with | officer | human | contact staff | real person | a person | call me"),
    ),
    "duty": (
        *_each("ดู | ขอดู | เช็ค | เปิด | ขอ", "- | งานใน | เรื่องใน | งาน", "คิว"),
        *words(
            "งานอะไรรอ | อะไรรออยู่ | เรื่องรอ",
            "คิวค้าง | คิวงาน | คิวเวร | ดูคิว | ขอดูคิว | คิวรอ | งานค้าง | เรื่องค้าง | คำขอค้าง | คำขอที่ค้าง",
            "เรื่องที่ค้าง",
            "ค้างอยู่ | ค้างตอบ | รอตอบ | รอรับทราบ | ยังไม่ได้ตอบ | ยังไม่รับทราบ | คำขอใหม่ | รายการค้าง | มีอะไรค้าง",
            "ในคิว | คิวเหลือ | คิวตอนนี้ | คิววันนี้ | คิวของฉัน | คิวของผม | คิวมี | เปิดคิว | คิวเลขา",
            "เรื่องเข้าใหม่ | คำขอเข้าใหม่ | รอเราตอบ",
            "queue | waiting for us | pending | unanswered | pending requests | waiting requests",
        ),
    ),
    "start_duty": words(
        "เข้าเวร | เริ่มเวร | รับเวร | ขึ้นเวร | มาอยู่เวร | ขออยู่เวร",
        "เข้ากะ | เริ่มกะ | อยู่เวรแล้ว | อยู่เวรตั้งแต่ | วันนี้ผมอยู่เวร | วันนี้ดิฉันอยู่เวร | วันนี้หนูอยู่เวร",
        "start duty | clock in | starting my shift | i am on duty | i'm on duty | start my shift | on duty now",
        "begin my shift",
    ),
    "end_duty": words(
        "ออกเวร | ลงเวร | เลิกเวร | จบเวร | พ้นเวร | หมดเวร",
        "ออกกะ | หมดกะ | เลิกกะ | ปิดเวร",
        "end duty | clock out | ending my shift | shift is over | i am off | going off | end my shift",
        "off duty | finish my shift",
    ),
    "hand_over_duty": words(
        "โอนเวร | ฝากเวร | ส่งเวร | ส่งต่อเวร | มอบเวร | แลกเวร | เปลี่ยนเวร",
        "ยกเวร | ให้เวร | เวรต่อให้ | ขอเปลี่ยนเวรกับ | ขอแลกเวร | มารับเวรต่อ",
        "take over my shift | pass my shift | hand over my shift | hand over duty | hand over the shift",
    ),
    "who_on_duty": words(
        "ใครอยู่เวร | ใครเข้าเวร | ใครเป็นเวร | ใครเวร | ใครประจำเวร | เวรใคร | เวรของใคร | เวรเป็นใคร",
        "ผู้อยู่เวร | คนอยู่เวร",
        "เวรวันนี้ | วันนี้เวร | เจ้าหน้าที่เวร | รายชื่อเวร | ตารางเวร | อยู่เวรบ้าง",
        "เวรตอนนี้ | ตอนนี้เวร | ใครรับเวร | ใครอยู่บ้าง | คนเวร | เวรของวันนี้ | ใครนั่งเวร | ใครดูเวร",
        "who is on shift | who is working | who is on duty | who's on duty | duty roster | on duty today",
    ),
    "duty_word": words("เวร"),
    "no_answer": (
        *_each("ไม่ได้ | ไม่ได้รับ | ยังไม่ได้ | ยังไม่ได้รับ | ไม่มี | ยังไม่มี", "คำตอบ"),
        *words(
            "ไม่ตรงคำถาม | คำตอบไม่ตรง | ตอบไม่ตรง | ไม่ใช่คำตอบ | ไม่ตรงกับที่ถาม | คนละเรื่องกับที่ถาม",
            "ตอบมาคนละเรื่อง",
        ),
        *words(
            "ยังไม่มีใครตอบ | ไม่มีใครตอบ | ตอบไม่ครบ | ตอบผิดเรื่อง | ตอบคนละเรื่อง | ตอบมาผิด | ขอคำตอบใหม่",
            "คำตอบผิด",
        ),
        *words("not answered | did not help | didn't help | not helpful | no answer | not what i asked | wrong answer"),
        *words("didn't get an answer | did not get an answer | still waiting for an answer | was not about"),
    ),
    "ask_again": words(
        "ขอถามใหม่ | ถามซ้ำ | ถามใหม่ | ขอถามอีก | ถามอีกครั้ง | เปิดคำขอ | ขอเปิดเรื่อง | เปิดเรื่องใหม่",
        "เปิดคำถาม | ตรวจสอบให้ใหม่",
        "reopen | ask again | open again",
    ),
    "withdraw": (
        *_each("- | ขอ", "ถอน | ยกเลิก", "คำขอ | คำถาม | เรื่องที่ถาม | ที่ถาม"),
        *words("ถอนเรื่อง | ขอถอน | ไม่ต้องตอบ | ไม่ต้องหาแล้ว | ไม่ต้องเช็คแล้ว | ไม่ถามแล้ว"),
        *words("withdraw my request | withdraw request | withdraw | cancel my request | cancel request | take back my"),
    ),
    "acknowledge": words(
        "รับทราบ | รับเรื่อง | ทราบแล้ว",
        "acknowledge | acknowledged | ack",
    ),
    "answer": words(
        "แจ้งผล | ตอบกลับ | ตอบ",
        "answer | reply",
    ),
    # Indicators and figures.
    "indicator_word": words(
        "ตัวชี้วัด",
        "kpi | kpis | kr | krs | okr | okrs | indicator | indicators",
    ),
    "report": words(
        "รายงาน | ส่งผล | บันทึกผล | ลงผล | กรอกผล | รายงานผล | ส่งรายงาน | รายงานความก้าวหน้า",
        "รายงานความคืบหน้า",
        "ส่งตัวเลข | ส่งยอด | ขอส่ง | ขอรายงาน | คีย์ผล | อัปเดตผล | แจ้งผลตัวชี้วัด | ลงข้อมูลตัวชี้วัด",
        "ส่งความก้าวหน้า",
        "report | reporting | update progress | submit | record",
    ),
    "sends_results": _each(
        "ขอ | -",
        "ส่ง | รายงาน | แจ้ง | บันทึก | ลง | กรอก | คีย์ | อัปเดต",
        "ผล | ความคืบหน้า | ความก้าวหน้า | ยอด | ตัวเลข",
    ),
    "achieved": words(
        "ทำได้ | ทำแล้ว | ทำไปได้ | เบิกได้ | เบิกแล้ว | เบิกไปแล้ว | เบิกจ่ายแล้ว | จ่ายทัน | เสร็จแล้ว",
        "เสร็จเรียบร้อย | ผ่านแล้ว | ครบแล้ว",
        "รวมแล้ว | ดำเนินการแล้ว | ได้แล้ว | คิดเป็น | ครึ่งหนึ่ง | เสร็จขั้น | ครบทุก | is done | is finished",
        "completed | so far",
    ),
    "asks_for_report": words(
        "ขอรายงาน | ดูรายงาน | ขอดูรายงาน",
        "show report | see the report",
    ),
    "approval": (
        *_each("รอ | รอการ | รอให้ | ต้อง | ให้ | ค้าง | ค้างการ | คิว | คิวรอ | จะ | ยังไม่ | ยังไม่ได้", "อนุมัติ | รับรอง"),
        *words("อนุมัติรายงาน | อนุมัติผล | รอตรวจ | รอการตรวจสอบ | รอพิจารณา | รอการพิจารณา"),
        *words("ตรวจรายงาน | ส่งคืนรายงาน | ส่งกลับรายงาน | คืนรายงาน | approve | approval"),
        *words("waiting for approval | awaiting approval | pending approval | pending approvals | my approval"),
        *words("to approve | approve reports | approve the reports | waiting for review | to review"),
    ),
    "my_indicators": (
        *_each("ตัวชี้วัด | ตชว", "ของ | ที่", "ฉัน | ผม | หนู | ดิฉัน | เรา | หน่วยงาน | เขตเรา"),
        *_each("ต้อง | ค้าง | ค้างส่ง | ต้องส่ง | ต้องกรอก | ยังไม่ได้", "รายงาน | ตัวชี้วัด | ผล"),
        *_each("ฉัน | ผม | หนู | ดิฉัน | เรา", "ค้าง | ต้องรายงาน | ต้องส่ง | ยังไม่ได้รายงาน | ยังไม่ได้ส่ง"),
        *words("my indicators | my kpis | our indicators | our kpis | indicators i have | i have to report"),
        *words("we have to report | should i report | reports i owe | due from me | indicators of my unit"),
    ),
    "behind": (
        *_each(
            ("หลุด | ตก | พลาด | ไม่ถึง | ไม่เข้า | ต่ำกว่า | ช้ากว่า | ไม่ทัน | เลย | เกิน | ไม่ตรง | ไม่ตาม | ไม่เป็นไปตาม | ตามหลัง"),
            "- | ตาม",
            "แผน | เป้า | กำหนด",
        ),
        *words("ล่าช้า | ทำไม่ทัน | ไม่คืบหน้า | ยังไม่ขยับ"),
        *words(
            "behind plan | behind schedule | behind target | running late | late | below target | overdue | delayed"
        ),
        *words("late activities | late steps | off track"),
    ),
    "which_unit": words("หน่วยไหน | หน่วยงานไหน | เขตไหน | สำนักไหน | กองไหน | กลุ่มไหน | which unit | which district"),
    "plan": words("แผน | เป้า | กำหนด | plan | target | schedule"),
    "slow": words("ช้า | slow"),
    "service": words(
        "ตัวชี้วัดบริการ | ตัวชี้วัดการให้บริการ | ตัวชี้วัดงานบริการ | ผลการให้บริการ | ผลให้บริการ",
        "สถิติการให้บริการ",
        "สถิติบริการ | สถิติการตอบ | ตอบทัน | ทันเวลา | ภายใน15นาที | ภายใน30นาที | ใน15นาที | ใน30นาที | ผู้ใช้บริการ",
        "คนใช้บริการ | คุณภาพการให้บริการ",
        "สถิติให้บริการ | สถิติ | ตอบไม่ทัน | รับทราบทัน | รับทราบไม่ทัน | แจ้งผลทัน | แจ้งผลไม่ทัน | ทัน15นาที",
        "ทัน30นาที | เกิน15นาที | เกิน30นาที",
        "ไม่ทัน15นาที | ไม่ทัน30นาที | จำนวนผู้ใช้ | ผู้ใช้กี่คน | ใช้บริการกี่คน | คนใช้กี่คน | ระยะเวลาตอบ",
        "ตอบเร็วแค่ไหน",
        "kpiบริการ | kpiการให้บริการ | service kpi | service indicator | service level | in time",
        "within minutes | service statistics | answered within | statistics | how fast | on time | average answer",
        "response time | how many users",
    ),
    "satisfaction": words(
        "ความพึงพอใจ | ความพอใจ",
        "satisfaction",
    ),
    "summary": words(
        "สรุป | ภาพรวม",
        "สรุปยอด | สรุปผล | บทสรุป | ขอดูรวม | รายงานสรุป",
        "summary | in short | big picture | overview | digest | summarise | summarize",
    ),
    # The service itself.
    "rate": words(
        "ประเมินความพึงพอใจ | ให้คะแนน | ประเมินบริการ | ประเมินการให้บริการ | ขอประเมิน | ทำแบบประเมิน",
        "ให้ดาว | ขอให้คะแนน | ประเมินคำตอบ | ขอประเมิน | แบบประเมิน",
        "rate | feedback | rating",
    ),
    "register": words(
        "ลงทะเบียน | สมัครใช้งาน | สมัครสมาชิก | สมัครเข้าใช้ | ขอสมัคร | ขอเข้าใช้งาน | รหัสเชิญ",
        "ขอลงชื่อใช้ | ขอใช้งานระบบ | เข้าร่วมระบบ | ขอรหัส | มีรหัสเชิญ",
        "register | join | invite code | sign up | registration",
    ),
    "notify": words(
        "แจ้งเตือน | ปิดเสียง | ห้ามรบกวน | ตั้งค่า",
        "เสียงเตือน | การเตือน | หยุดแจ้งเตือน | รบกวนตอนกลางคืน | เวลาพัก",
        "notification | alerts | do not disturb | quiet hours | unmute | notifications | settings | mute",
    ),
    "notify_on": words(
        "เปิดแจ้งเตือน | เปิดการแจ้งเตือน | ขอแจ้งเตือน | ตั้งแจ้งเตือน | ช่วยแจ้งเตือน | turn on notifications",
    ),
    "delete": words(
        "ลบข้อมูล | ลบบัญชี | ลบประวัติ | ถอนความยินยอม | เพิกถอนความยินยอม | ยกเลิกความยินยอม | ยกเลิกสมาชิก | ลบชื่อ",
        "ลบข้อมูลส่วนตัว | ลบข้อมูลส่วนบุคคล | ลบข้อมูลของ | เลิกใช้งานและลบ | ไม่ให้เก็บข้อมูล | ขอใช้สิทธิลบ",
        "ไม่อยากให้เก็บข้อมูล | ไม่ให้เก็บข้อมูล | เลิกเก็บข้อมูล | หยุดเก็บข้อมูล",
        "delete me | delete my information | remove me | delete my data | delete my account | erase my data",
        "remove my data | withdraw consent",
        "forget me | delete all my data",
    ),
    "help": words(
        "เมนู | ช่วยเหลือ | วิธีใช้ | วิธีการใช้ | ใช้ยังไง | ใช้อย่างไร | ใช้งานยังไง | ใช้งานอย่างไร",
        "ทำอะไรได้ | คู่มือ",
        "คำสั่งอะไร | ถามอะไรได้",
        "ใช้ไม่เป็น | สอนใช้ | สอนหน่อย | ช่วยอะไรได้ | ต้องพิมพ์ | พิมพ์ว่าอะไร | พิมพ์อะไร | พิมพ์ยังไง",
        "เริ่มยังไง | ใช้ทำอะไร | ทำไรได้",
        "ถามอะไรได้บ้าง | มีคำสั่ง | วิธีการ | ไม่รู้จะใช้ | งงวิธี | ใช้บอท | แนะนำการใช้ | ขอวิธี | ทำอะไรเป็น",
        "help | guide | how does this work | what do you do | menu | how to use | how do i use",
        "what can you do | commands | instructions",
    ),
    "greet": words(
        "สวัสดี | สวัดดี | หวัดดี | สวีสดี | สวสดี | อรุณสวัสดิ์ | ราตรีสวัสดิ์ | ดีครับ | ดีค่ะ | ดีคับ | ดีจ้า",
        "ดีค่า | ดีค้าบ | ดีงับ | ดีคร้าบ | มอนิ่ง | กู้ดมอร์นิ่ง",
        "hello | hi there | good day | greetings | hi | hey | good morning | good afternoon | good evening",
        "sawasdee | sawatdee",
    ),
    "thanks": words(
        "ขอบคุณ | ขอบคุน | ขอบใจ | ขอบพระคุณ | ขอขอบ | แต๊งกิ้ว | แต้ง",
        "ขอบคุน | ขอบคุง | ขอบคุณมาก | แต๊งส์ | แทงกิ้ว | ขอบพระคุณ",
        "thank | many thanks | cheers | thanks | thank you | thx | ty | appreciate",
    ),
    "cancel": words(
        "ยกเลิก",
        "ไม่เอาแล้ว | ไม่ทำแล้ว | เลิกทำ | ขอยกเลิก",
        "cancel | forget it | stop this | never mind | nevermind | abort",
    ),
    # Signs of what is not so, or not yet, or not of one's own; their Thai is among the shapes.
    "if": words("if | once | whenever | as soon as | in case"),
    "denied": words(
        "don't | do not | did not | didn't | not yet | never | has not | hasn't | have not | haven't | isn't"
    ),
    "hearsay": words("heard | they say | said that | apparently | told me"),
    "to_come": words("will | going to | tomorrow | might | probably"),
    # What nobody should ask an office's letter desk.
    "elsewhere": words(
        "สภาพอากาศ | พยากรณ์ | ข่าววันนี้ | สรุปข่าว | อ่านข่าว | หวย | ลอตเตอรี่ | ราคาทอง | ราคาน้ำมัน",
        "ฟุตบอล | ผลบอล",
        "ร้านอาหาร | ดูดวง | คนละครึ่ง | บัตรประชาชน | ดูหนัง | ฟังเพลง | สูตรอาหาร | ราคาหุ้น",
        "รถเมล์ | รถติด | โรงเรียน | ภาษีที่ดิน | ดวง | ละคร | ซีรี่ย์ | ซีรีส์ | หนังใหม่ | สรุปหนัง",
        "สรุปข่าว | เพลง | เกม | ข้าวเที่ยง | กินข้าว",
        "แต่งกลอน | แปลภาษา | เล่าเรื่องตลก | มุกตลก | วัคซีน | คิวรถ | ไฟดับ | น้ำท่วม | ขยะ | ค่าไฟ | ค่าน้ำ",
        "สมัครงาน | ต่อทะเบียน",
        "weather | joke | recipe | traffic | lunch | translate | poem | song | game | news | restaurant",
        "lottery | movie | football | stock price | gold price",
    ),
}

AT_START: dict[str, tuple[str, ...]] = {
    "asks": words("has | have | did | does | do | is | was | can | could | will"),
}

AT_END: dict[str, tuple[str, ...]] = {
    "asks_yet": words(
        "ยัง | หรือ | เหรอ | หรอ | รึ | แล้วใช่ไหม | แล้วใช่มั้ย",
        "ยังอะ | ยังอ่ะ | ยังอ่า | ยังเอ่ย | ยังหนอ | ยาง | ยางง | เร้อ | เร่อ | เรอะ | ม้าย | ใช่มะ | ใช่ปะ | ใช่ป่ะ | ช่ะ",
        "ป่ะ | ปะ | แล้วไม้ | แล้วมะ | แล้วปะ | แล้วป่ะ | แล้วบ่ | แล้วแน่ | แล้วจริง | แล้วชิมิ",
        "yet",
    ),
}

WHOLE: dict[str, tuple[str, ...]] = {
    "all_confirm": (
        *_each("เอา | ส่ง | ทำ | บันทึก | จัด | ลง | โอน | ใช้", "ตามนี้ | ตามนั้น | ได้"),
        *words("ตามนี้ | ส่ง | ทำ | บันทึก | ถูกต้องแล้ว | ใช่ตามนั้น | ข้อมูลถูกต้อง"),
        *words(
            "ใช่ | ใช่แล้ว | ใช่ใช่ | ใช | ถูกต้อง | ถูกแล้ว | ยืนยัน | ขอยืนยัน | ยืนยันข้อมูล | ยืนยันรายการ",
            "ตกลง | โอเค",
            "โอเค้ | โอเช | ได้ | ได้เลย | เอา | อือ | อืม | เออ",
            "ช่าย | ชั่ย | ใช่ครับผม | ถูก | จัดไป | เอาเลย | ทำเลย | ยืนยันเลย | ตกลงตามนั้น | ตามนั้น",
            "เห็นด้วย | ok ครับ",
            "ok | that's right | go ahead | of course | ok | okay | okey | k | yes | y | yep | yeah | sure",
            "confirm | confirmed | correct | right",
            "agree",
        ),
    ),
    "all_decline": (
        *_each("ไม่ | ยังไม่", "ใช่ | ถูก | ถูกต้อง | เอา | ยืนยัน | ตกลง | โอเค | ต้องการ | ส่ง | บันทึก | อนุมัติ"),
        *words(
            "ไม่ | ไม่ใช่ | ไม่ใช | ม่ายใช่ | ไม่ถูก | ไม่ถูกต้อง | ไม่เอา | ไม่ต้อง | ไม่ต้องการ | ไม่ตกลง",
            "ไม่ยืนยัน | ไม่เป็นไร",
            "ไม่โอเค | ผิด | ยังไม่",
            "ม่ายช่าย | ม่าย | ไม่ช่าย | ผิดแล้ว | ไม่ใช่เลขนี้ | ไม่ใช่อันนี้ | ไม่ใช่เรื่องนี้ | ไม่ถูกค่ะ",
            "ยังก่อน | ไม่ล่ะ | ไม่ดีกว่า",
            "no | not this one | no need | n | nope | nah | not | no thanks | no thank you | wrong | incorrect",
            "decline | disagree",
        ),
    ),
    "all_cancel": words(
        "ยกเลิก | ขอยกเลิก | ยกเลิกรายการ | ยกเลิกคำสั่ง | ไม่ทำแล้ว | ไม่เอาแล้ว | เลิก | หยุด | พอแล้ว | ออก",
        "ยกเลิกค่ะ | ขอเลิก | ไม่ต้องแล้ว | ไม่เป็นไรแล้ว | ช่างมัน | พอแค่นี้",
        "cancel | never mind | nevermind | stop | quit | exit | abort",
    ),
    "all_acknowledge": words(
        "รับทราบ | รับทราบแล้ว | ทราบแล้ว",
        "รับทราบทั้งหมด | รับทราบทุกเรื่อง | รับเรื่องแล้ว",
        "acknowledge | acknowledged | ack",
    ),
    "all_greet": words(
        "ดี | สวัสดี | หวัดดี | ฮัลโหล | ฮาโหล | โหล | เฮลโล | ไฮ",
        "hello | hi | hey",
    ),
    "all_help": words(
        "ช่วย | เริ่มต้น | เริ่ม | ช่วยเหลือ | ? | วิธีใช้งาน | หน้าหลัก | คำสั่ง",
        "help | menu | start",
    ),
    "all_duty": words(
        "คิว | ดูคิว | เวร | งานรอ",
        "queue",
    ),
    "all_mine": words(
        "เรื่องที่ถาม | ที่ถามไว้ | ที่ติดตามไว้ | เรื่องที่ติดตาม",
        "รายการ | คำขอ | ประวัติ",
        "my requests | history",
    ),
    "all_report": (
        *_each(
            "- | ขอ | จะ | จะขอ | มา | ต้องการ | อยาก", "รายงาน | ส่งรายงาน | ส่งผล | ส่งผลงาน | รายงานผล | รายงานตัวชี้วัด"
        ),
        *words("ขอรายงานหน่อย | รายงานหน่อย | เริ่มรายงาน | report | i want to report | submit report"),
    ),
    "all_review": words("รออนุมัติ | อนุมัติ | รายงานรออนุมัติ | รายการรออนุมัติ | รายงานที่รออนุมัติ | คิวรออนุมัติ"),
    "all_officer": words(
        "เจ้าหน้าที่ | ขอเจ้าหน้าที่ | ติดต่อ | ติดต่อเจ้าหน้าที่ | แอดมิน | จนท",
        "admin | staff | agent",
    ),
}

RATINGS: dict[int, tuple[str, ...]] = {
    5: words(
        "มากที่สุด | พอใจมากที่สุด | พึงพอใจมากที่สุด | ดีที่สุด | ดีเยี่ยม | ยอดเยี่ยม | พอใจที่สุด",
        "very satisfied | excellent | very high",
    ),
    4: words(
        "มาก | พอใจมาก | พึงพอใจมาก | พอใจ | พึงพอใจ",
        "satisfied | high",
    ),
    3: words(
        "ปานกลาง | พอใจปานกลาง | พึงพอใจปานกลาง | พอใช้ | เฉย | เฉยๆ | กลาง | กลางๆ",
        "neutral | average | moderate",
    ),
    2: words(
        "น้อย | พอใจน้อย | พึงพอใจน้อย | ไม่พอใจ | ไม่ค่อยพอใจ | ไม่พึงพอใจ",
        "dissatisfied | low",
    ),
    1: words(
        "น้อยที่สุด | พอใจน้อยที่สุด | พึงพอใจน้อยที่สุด | น้อยมาก | ไม่พอใจมาก | ไม่พอใจเลย | ไม่พอใจอย่างมาก",
        "แย่มาก",
        "แย่ที่สุด",
        "very dissatisfied | very low",
    ),
}
"""The five satisfaction words and what people say for them, when they are all that was said."""
