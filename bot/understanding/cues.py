"""Words that tell what a person wants, as data: each cue is a name and the ways of saying it.

``ANYWHERE`` cues count wherever they stand in what was said, outside of what the slot readers took; ``AT_START`` and
``AT_END`` cues only where the sentence begins or ends; ``WHOLE`` cues only when they are all that was said. Polite
words are set aside for the last three. Thai is matched without spaces, English in whole words.
"""

from __future__ import annotations


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line.split(" | "))


ANYWHERE: dict[str, tuple[str, ...]] = {
    # Asking.
    "asks": _words(
        "หรือยัง | รึยัง | หรือยง | แล้วยัง | ไหม | มั้ย | มัย | มั๊ย | หรือเปล่า | รึเปล่า | หรือป่าว | ป่าว | หรือไม่",
        "ขอทราบ | อยากทราบ | อยากรู้ | สอบถาม | ขอถาม | อย่างไร | ยังไง | เมื่อไร | เมื่อไหร่ | ทำไม | ใคร | ไหน",
        "ขอเช็ค | ขอดู | ใหน | ?",
        "what | when | how | is there | any | why | who | tell me | show me | yet",
    ),
    "where": _words(
        "ถึงไหน | ถึงใหน | ไปไหน | อยู่ไหน | อยู่ที่ไหน | อยู่ตรงไหน | อยู่ที่ใคร | อยู่กับใคร | ขั้นไหน | ขั้นตอนไหน | ขั้นตอนใด",
        "ถึงใคร | อยู่ส่วนไหน",
        "where | where's | whereabouts",
    ),
    "status": _words(
        "สถานะ | ความคืบหน้า | คืบหน้า | ความก้าวหน้า | ขออัปเดต | ขออัพเดต | ขออัพเดท | ขออัปเดท | มีอัพเดท | มีอัปเดต",
        "status | progress of | any update | update on | any news",
    ),
    "amount": _words(
        "เท่าไร | เท่าไหร่ | เท่าไหร | เท่าใด | เท่าไห | กี่",
        "how much | how many",
    ),
    "results": _words(
        "ผลงาน | ผลการดำเนินงาน | ผลเป็น | ดูผล | ขอผล | ได้ผล | คะแนนตัวชี้วัด",
        "result | results",
    ),
    # Letters.
    "track": _words(
        "ติดตาม | ตามเรื่อง | ตามหนังสือ | ขอตาม | ตามงาน | เช็คหนังสือ | เช็คเรื่อง | เช็ก | เช็ค | ตรวจสอบหนังสือ",
        "ช่วยตรวจสอบ | ขอตรวจสอบ | ตรวจสอบสถานะ | ค้นหาหนังสือ | ค้นหา | หาหนังสือ",
        "track | tracking | trace | look up | find",
    ),
    "letter": _words(
        "หนังสือ | เอกสาร | เรื่องนี้ | เรื่องที่ส่ง | เรื่องที่เสนอ | เลขรับ | บันทึกข้อความ | แฟ้ม | เรื่องถึง | เรื่องไปถึง",
        "เรื่องอยู่",
        "document | doc | letter | memo | file",
    ),
    "follow": _words(
        "ติดตามต่อ | ติดตามเรื่องนี้ต่อ | ตามต่อ | แจ้งเตือนเมื่อ | แจ้งเตือนถ้า | เตือนเมื่อ | แจ้งเมื่อ | แจ้งด้วยเมื่อ",
        "บอกด้วยถ้า | ถ้ามีความคืบหน้าแจ้ง | คืบหน้าแล้วแจ้ง | กดติดตาม",
        "follow | keep me posted | notify me when | let me know when",
    ),
    "unfollow": _words(
        "เลิกติดตาม | ยกเลิกติดตาม | ยกเลิกการติดตาม | หยุดติดตาม | เลิกตาม | ไม่ติดตามแล้ว | ไม่ต้องติดตาม | ไม่ตามแล้ว",
        "หยุดตาม | ไม่ต้องแจ้งเตือนเรื่องนี้ | ไม่ติดตาม | ไม่ขอติดตาม | ไม่ต้องการติดตาม",
        "unfollow | stop following | stop tracking",
    ),
    "update": _words(
        "อัปเดต | อัพเดต | อัพเดท | อัปเดท",
        "update",
    ),
    "set_status": _words(
        "เปลี่ยนสถานะ | ปรับสถานะ | แก้สถานะ | แก้ไขสถานะ | บันทึกสถานะ | ลงสถานะ | ปรับเป็น | อัปเดตสถานะ",
        "อัพเดตสถานะ | อัพเดทสถานะ | อัปเดทสถานะ",
        "set status | update status | mark",
    ),
    "done": _words(
        "แล้ว | เรียบร้อย | เสร็จสิ้น | เป็น",
        "done | has been | finished",
    ),
    # A person's own things, and the secretariat's.
    "mine": _words(
        "รายการของฉัน | เรื่องที่ถาม | คำขอของฉัน | เรื่องของฉัน | รายการของผม | เรื่องของผม | รายการของดิฉัน",
        "เรื่องของดิฉัน | รายการของเรา | ที่ฉันถาม | ที่ผมถาม | ที่เคยถาม | เคยถามไว้ | ที่ฉันติดตาม | ที่ผมติดตาม",
        "รายการติดตาม | เรื่องที่ติดตาม | หนังสือที่ติดตาม | ประวัติการถาม | ประวัติการติดตาม | คำขอที่ถาม | ที่ติดตามอยู่",
        "ที่ถามไป | ที่ถามไว้",
        "my requests | my request | my list | my documents | my letters",
    ),
    "officer": _words(
        "พูดสาย | เจ้าหน้าที่อยู่ไหม | มีเจ้าหน้าที่",
        "คุยกับเจ้าหน้าที่ | ติดต่อเจ้าหน้าที่ | คุยกับคน | พูดกับเจ้าหน้าที่ | พูดกับคน | สอบถามเจ้าหน้าที่ | ถามเจ้าหน้าที่",
        "ขอสายเจ้าหน้าที่ | โทรหาเจ้าหน้าที่ | เรียกเจ้าหน้าที่ | ขอเจ้าหน้าที่ | เจอเจ้าหน้าที่ | ให้เจ้าหน้าที่ | โอนสาย",
        "คุยเจ้าหน้าที่ | คุยกับจนท | ติดต่อจนท | คุยจนท | ขอคุยกับแอดมิน | ติดต่อแอดมิน | เบอร์เจ้าหน้าที่ | เบอร์โทรเจ้าหน้าที่",
        "talk to | speak to | speak with | officer | human | contact staff | real person",
    ),
    "duty": _words(
        "งานอะไรรอ | อะไรรออยู่ | เรื่องรอ",
        "คิวค้าง | คิวงาน | คิวเวร | ดูคิว | ขอดูคิว | คิวรอ | งานค้าง | เรื่องค้าง | คำขอค้าง | คำขอที่ค้าง | เรื่องที่ค้าง",
        "ค้างอยู่ | ค้างตอบ | รอตอบ | รอรับทราบ | ยังไม่ได้ตอบ | ยังไม่รับทราบ | คำขอใหม่ | รายการค้าง | มีอะไรค้าง",
        "queue | pending requests | waiting requests",
    ),
    "start_duty": _words(
        "เข้าเวร | เริ่มเวร | รับเวร | ขึ้นเวร | มาอยู่เวร | ขออยู่เวร",
        "start duty | start my shift | on duty now | begin my shift",
    ),
    "end_duty": _words(
        "ออกเวร | ลงเวร | เลิกเวร | จบเวร | พ้นเวร | หมดเวร",
        "end duty | end my shift | off duty | finish my shift",
    ),
    "hand_over_duty": _words(
        "โอนเวร | ฝากเวร | ส่งเวร | ส่งต่อเวร | มอบเวร | แลกเวร | เปลี่ยนเวร",
        "hand over my shift | hand over duty | hand over the shift",
    ),
    "who_on_duty": _words(
        "ใครอยู่เวร | ใครเข้าเวร | ใครเป็นเวร | ใครเวร | ใครประจำเวร | เวรใคร | เวรของใคร | เวรเป็นใคร | ผู้อยู่เวร | คนอยู่เวร",
        "เวรวันนี้ | วันนี้เวร | เจ้าหน้าที่เวร | รายชื่อเวร | ตารางเวร | อยู่เวรบ้าง",
        "who is on duty | who's on duty | duty roster | on duty today",
    ),
    "duty_word": _words("เวร"),
    "no_answer": _words(
        "ไม่ได้คำตอบ | ไม่ได้รับคำตอบ | ไม่ตรงคำถาม | คำตอบไม่ตรง | ตอบไม่ตรง | ไม่ใช่คำตอบ | ขอถามใหม่ | ถามซ้ำ",
        "not answered | did not help | didn't help | not helpful | no answer",
    ),
    "withdraw": _words(
        "ถอนคำขอ | ถอนเรื่อง | ยกเลิกคำขอ | ถอนคำถาม",
        "withdraw my request | withdraw request | withdraw",
    ),
    "acknowledge": _words(
        "รับทราบ | รับเรื่อง | ทราบแล้ว",
        "acknowledge | acknowledged | ack",
    ),
    "answer": _words(
        "แจ้งผล | ตอบกลับ | ตอบ",
        "answer | reply",
    ),
    # Indicators and figures.
    "indicator_word": _words(
        "ตัวชี้วัด",
        "kpi | kpis | kr | krs | okr | okrs | indicator | indicators",
    ),
    "report": _words(
        "รายงาน | ส่งผล | บันทึกผล | ลงผล | กรอกผล | รายงานผล | ส่งรายงาน | รายงานความก้าวหน้า",
        "รายงานความคืบหน้า",
        "report | submit | record",
    ),
    "asks_for_report": _words(
        "ขอรายงาน | ดูรายงาน | ขอดูรายงาน",
        "show report | see the report",
    ),
    "behind": _words(
        "ล่าช้า | ช้ากว่าแผน | ช้ากว่ากำหนด | ไม่เป็นไปตามแผน | ไม่ทันแผน | ไม่ตามแผน | หลุดแผน | ตกแผน | ต่ำกว่าแผน",
        "เกินแผน | เลยกำหนด",
        "behind plan | behind schedule | overdue | delayed | late activities | late steps",
    ),
    "service": _words(
        "ตัวชี้วัดบริการ | ตัวชี้วัดการให้บริการ | ตัวชี้วัดงานบริการ | ผลการให้บริการ | ผลให้บริการ | สถิติการให้บริการ",
        "สถิติบริการ | สถิติการตอบ | ตอบทัน | ทันเวลา | ภายใน15นาที | ภายใน30นาที | ใน15นาที | ใน30นาที | ผู้ใช้บริการ",
        "คนใช้บริการ | คุณภาพการให้บริการ",
        "kpiบริการ | kpiการให้บริการ | service kpi | service indicator | service level | in time",
        "response time | how many users",
    ),
    "satisfaction": _words(
        "ความพึงพอใจ | ความพอใจ",
        "satisfaction",
    ),
    "summary": _words(
        "สรุป | ภาพรวม",
        "summary | overview | digest | summarise | summarize",
    ),
    # The service itself.
    "rate": _words(
        "ประเมินความพึงพอใจ | ให้คะแนน | ประเมินบริการ | ประเมินการให้บริการ | ขอประเมิน | ทำแบบประเมิน",
        "rate | rating",
    ),
    "register": _words(
        "ลงทะเบียน | สมัครใช้งาน | สมัครสมาชิก | สมัครเข้าใช้ | ขอสมัคร | ขอเข้าใช้งาน | รหัสเชิญ",
        "register | sign up | registration",
    ),
    "notify": _words(
        "แจ้งเตือน | ปิดเสียง | ห้ามรบกวน | ตั้งค่า",
        "notification | notifications | settings | mute",
    ),
    "notify_on": _words("เปิดแจ้งเตือน | เปิดการแจ้งเตือน | ขอแจ้งเตือน | ตั้งแจ้งเตือน | ช่วยแจ้งเตือน | turn on notifications"),
    "delete": _words(
        "ลบข้อมูล | ลบบัญชี | ลบประวัติ | ถอนความยินยอม | เพิกถอนความยินยอม | ยกเลิกความยินยอม | ยกเลิกสมาชิก | ลบชื่อ",
        "delete my data | delete my account | erase my data | remove my data | withdraw consent",
        "forget me | delete all my data",
    ),
    "help": _words(
        "เมนู | ช่วยเหลือ | วิธีใช้ | วิธีการใช้ | ใช้ยังไง | ใช้อย่างไร | ใช้งานยังไง | ใช้งานอย่างไร | ทำอะไรได้ | คู่มือ",
        "คำสั่งอะไร | ถามอะไรได้",
        "help | menu | how to use | how do i use | what can you do | commands | instructions",
    ),
    "greet": _words(
        "สวัสดี | สวัดดี | หวัดดี | สวีสดี | สวสดี | อรุณสวัสดิ์ | ราตรีสวัสดิ์ | ดีครับ | ดีค่ะ | ดีคับ | ดีจ้า",
        "hello | hi | hey | good morning | good afternoon | good evening | sawasdee | sawatdee",
    ),
    "thanks": _words(
        "ขอบคุณ | ขอบคุน | ขอบใจ | ขอบพระคุณ | ขอขอบ | แต๊งกิ้ว | แต้ง",
        "thank | thanks | thank you | thx | ty | appreciate",
    ),
    "cancel": _words(
        "ยกเลิก",
        "cancel | never mind | nevermind | abort",
    ),
    # What nobody should ask an office's letter desk.
    "elsewhere": _words(
        "สภาพอากาศ | พยากรณ์ | ข่าววันนี้ | สรุปข่าว | อ่านข่าว | หวย | ลอตเตอรี่ | ราคาทอง | ราคาน้ำมัน | ฟุตบอล | ผลบอล",
        "ร้านอาหาร | ดูดวง | คนละครึ่ง | บัตรประชาชน | ดูหนัง | ฟังเพลง | สูตรอาหาร | ราคาหุ้น",
        "weather | news | restaurant | lottery | movie | football | stock price | gold price",
    ),
}

AT_START: dict[str, tuple[str, ...]] = {
    "asks": _words("has | have | did | does | do | is | was | can | could | will"),
}

AT_END: dict[str, tuple[str, ...]] = {
    "asks_yet": _words(
        "ยัง | หรือ | เหรอ | หรอ | รึ | แล้วใช่ไหม | แล้วใช่มั้ย",
        "yet",
    ),
}

WHOLE: dict[str, tuple[str, ...]] = {
    "all_confirm": _words(
        "ใช่ | ใช่แล้ว | ใช่ใช่ | ใช | ถูกต้อง | ถูกแล้ว | ยืนยัน | ขอยืนยัน | ยืนยันข้อมูล | ยืนยันรายการ | ตกลง | โอเค",
        "โอเค้ | โอเช | ได้ | ได้เลย | เอา | อือ | อืม | เออ",
        "ok | okay | okey | k | yes | y | yep | yeah | sure | confirm | confirmed | correct | right",
        "agree",
    ),
    "all_decline": _words(
        "ไม่ | ไม่ใช่ | ไม่ใช | ม่ายใช่ | ไม่ถูก | ไม่ถูกต้อง | ไม่เอา | ไม่ต้อง | ไม่ต้องการ | ไม่ตกลง | ไม่ยืนยัน | ไม่เป็นไร",
        "ไม่โอเค | ผิด | ยังไม่",
        "no | n | nope | nah | not | no thanks | no thank you | wrong | incorrect | decline | disagree",
    ),
    "all_cancel": _words(
        "ยกเลิก | ขอยกเลิก | ยกเลิกรายการ | ยกเลิกคำสั่ง | ไม่ทำแล้ว | ไม่เอาแล้ว | เลิก | หยุด | พอแล้ว | ออก",
        "cancel | stop | quit | exit | abort",
    ),
    "all_acknowledge": _words(
        "รับทราบ | รับทราบแล้ว | ทราบแล้ว",
        "acknowledge | ack",
    ),
    "all_greet": _words(
        "ดี | สวัสดี | หวัดดี | ฮัลโหล | ฮาโหล | โหล | เฮลโล | ไฮ",
        "hello | hi | hey",
    ),
    "all_help": _words(
        "ช่วย | เริ่มต้น | เริ่ม | ช่วยเหลือ | ? | วิธีใช้งาน | หน้าหลัก | คำสั่ง",
        "help | menu | start",
    ),
    "all_duty": _words(
        "คิว | ดูคิว | เวร | งานรอ",
        "queue",
    ),
    "all_mine": _words(
        "รายการ | คำขอ | ประวัติ",
        "my requests | history",
    ),
    "all_officer": _words(
        "เจ้าหน้าที่ | ขอเจ้าหน้าที่ | ติดต่อ | ติดต่อเจ้าหน้าที่ | แอดมิน | จนท",
        "admin | staff | agent",
    ),
}

RATINGS: dict[int, tuple[str, ...]] = {
    5: _words(
        "มากที่สุด | พอใจมากที่สุด | พึงพอใจมากที่สุด | ดีที่สุด | ดีเยี่ยม | ยอดเยี่ยม | พอใจที่สุด",
        "very satisfied | excellent",
    ),
    4: _words(
        "มาก | พอใจมาก | พึงพอใจมาก | พอใจ | พึงพอใจ",
        "satisfied",
    ),
    3: _words(
        "ปานกลาง | พอใจปานกลาง | พึงพอใจปานกลาง | พอใช้ | เฉย | เฉยๆ | กลาง | กลางๆ",
        "neutral | average",
    ),
    2: _words(
        "น้อย | พอใจน้อย | พึงพอใจน้อย | ไม่พอใจ | ไม่ค่อยพอใจ | ไม่พึงพอใจ",
        "dissatisfied",
    ),
    1: _words(
        "น้อยที่สุด | พอใจน้อยที่สุด | พึงพอใจน้อยที่สุด | น้อยมาก | ไม่พอใจมาก | ไม่พอใจเลย | ไม่พอใจอย่างมาก | แย่มาก",
        "แย่ที่สุด",
        "very dissatisfied",
    ),
}
"""The five satisfaction words and what people say for them, when they are all that was said."""

OPAQUE: frozenset[str] = frozenset(
    _words(
        "ค่าตอบแทน | ตอบแทน | ผลตอบแทน | ตอบสนอง | หนังสือพิมพ์ | หนังสือเดินทาง | หนังสือเรียน | อ่านหนังสือ | ร้านหนังสือ",
        "ปรับไหม | สายไหม | ผ้าไหม | เวรกรรม | กรรมเวร | แต่ไหนแต่ไร | ไม่เอาไหน | รายงานตัว | ใครๆ | ตามใจ | ขอดูก่อน",
    )
)
"""Words made of others that mean something else than those: a cue inside of them is none."""

FILLERS: tuple[str, ...] = _words(
    "อ่ะ | อะ | อ้ะ | น้า | น๊า | นา | เนี่ย | เนี้ย | นี่ | มั่ง | บ้าง | ละ | ล่ะ | หละ | ไง | คือ | แบบ | พี่ | น้อง | ท่าน",
    "ผม | หนู | ฉัน | ดิฉัน | เรา | งับ | ง่ะ | เด้อ | ทีครับ | ทีค่ะ | กะ | ตะกี้ | เมื่อกี้ | อีกที | ที | ช่วย | รบกวน | วาน | ฝาก",
)
"""Words that say nothing by themselves; known, so that they are slips of nothing."""

COMMON_SLIPS: dict[str, str] = {
    "ลงนาน": "ลงนาม",
    "แร้ว": "แล้ว",
    "ใหน": "ไหน",
    "ไห้": "ให้",
    "ไช้": "ใช้",
    "เปอเซ็น": "เปอร์เซ็น",
    "เปอเซ็นต์": "เปอร์เซ็นต์",
    "อัพเดท": "อัปเดต",
    "อัพเดต": "อัปเดต",
    "อัปเดท": "อัปเดต",
    "เช็ก": "เช็ค",
    "ปะคะ": "ไหมคะ",
    "ป่าวคะ": "ไหมคะ",
}
"""Slips that are words by themselves, or that everybody makes."""

NO_SLIPS: frozenset[str] = frozenset(_words("ไม่ใช้"))
"""What people do write although it is nearly a word of the office."""

SPELLINGS: tuple[str, ...] = _words(
    # The life of a letter.
    "ลงนาม | เซ็นต์ | เซ็น | กลั่นกรอง | ตรวจสอบ | ตรวจ | เสนอ | อนุมัติ | เห็นชอบ | สั่งการ | พิจารณา | ตีกลับ | ส่งกลับ | ส่งคืน",
    "แก้ไข | ขึ้นแฟ้ม | ปลัด | รองปลัด | ผู้บริหาร | รับเรื่อง | เลขรับ | เลขที่ | หน่วยงาน | เรื่อง | ระหว่าง | กำลัง",
    # Figures and times.
    "ขั้นตอน | ขั้นที่ | ร้อยละ | เปอร์เซ็นต์ | ชุมชน | ไตรมาส | สัปดาห์ | อาทิตย์ | ประจำ | เดือน | ปีงบประมาณ | วันนี้ | เมื่อวาน",
    "มกราคม | กุมภาพันธ์ | มีนาคม | เมษายน | พฤษภาคม | มิถุนายน | กรกฎาคม | สิงหาคม | กันยายน | ตุลาคม | พฤศจิกายน | ธันวาคม",
    # Of indicators and of the service.
    "เบิกจ่าย | งบประมาณ | อิเล็กทรอนิกส์ | สารบรรณ | เข้มแข็ง | บูรณาการ | หลักเกณฑ์ | เหลื่อมปี | ผูกพัน | คืบหน้า | ก้าวหน้า",
    "เจ้าหน้าที่ | บริการ | ข้อมูล | ส่วนตัว | คำขอ | คำตอบ | แล้ว",
)
"""Other words of the office whose slips are read as well."""


def spellings() -> dict[str, str]:
    """Return every Thai word above by the cue it tells (the first of several); ``SPELLINGS`` tell themselves."""
    told: dict[str, str] = {}
    for cues in (ANYWHERE, AT_START, AT_END, WHOLE, {f"score {score}": words for score, words in RATINGS.items()}):
        for name, words in cues.items():
            for word in words:
                told.setdefault(word, name)
    for word in SPELLINGS:
        told.setdefault(word, word)
    return {word: name for word, name in told.items() if word[0] >= "ก"}
