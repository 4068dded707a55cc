"""Shapes of sentences, as data: patterns that tell what a person wants where no single word does.

Their names are names of cues (``cues``); what was said outside of the slots is searched, each slot being a ``BLANK``.
"""

from __future__ import annotations

from bot.understanding.mentions import BLANK
from bot.understanding.normalize import POLITE

THAI: dict[str, str] = {
    "asks_yet": (
        rf"ยัง(?={POLITE}*(?:{BLANK}|$|\?))|(?:เปล่า|ป่าว|ป่ะ|(?<!ปะ)ปะ){POLITE}"
        r"|(?:ไม่แน่ใจ|ไม่ทราบ|ไม่รู้|สงสัย)ว่า|(?:อยู่|ที่|แล้ว)หรือ(?:ตีกลับ|ส่ง|เสนอ|เซ็น|ลงนาม|รอ)"
        rf"|(?:ดู|เช็[คก]|ถาม|ตรวจ(?:สอบ)?)(?:ให้|หน่อย|ที|{POLITE}){{0,4}}ว่า"
    ),
    "if": r"ถ้า|หาก|เผื่อ|ทันทีที่|สมมติ|ทุกครั้งที่|เมื่อไ(?:ร|หร่)ก็|(?<!ขอ)(?<!แค่)พอ(?=.{0,12}แล้ว)"
    r"|มี(?:อะไร|ความ|การ)?(?:เปลี่ยน|คืบหน้า|ขยับ|อัปเดต|เคลื่อนไหว)\S{0,20}(?:แจ้ง|บอก|เตือน)",
    "when_told": r"(?:เมื่อไ(?:ร|หร่)|เมื่อ(?!ไ|วาน|เช้า|กี้|คืน|สักครู่|ครู่|ตะกี้)).{0,24}(?:แจ้ง|บอก|เตือน|ทัก)"
    r"|(?:แจ้ง(?!ผล|เวียน)|บอก|เตือน|ทัก).{0,16}(?:เมื่อ(?!ไ|วาน|เช้า|กี้|คืน|สักครู่|ครู่|ตะกี้|บ่าย)|ถ้า|หาก|ทันทีที่|ตอนที่)",
    "denied": (
        r"(?:ไม่(?:ได้|ต้อง|เคย|อยาก|ขอ|จะ|มี)?(?:การ)?|อย่าเพิ่ง|อย่า|ห้าม|ยังไม่(?:ได้|ต้อง|เคย)?)"
        r"(?:ให้|ไป|ต้อง|มา)?(?:รายงาน|ติดตาม|รับทราบ|ตอบ|แจ้ง|ส่ง|ลงทะเบียน|เข้าเวร|ออกเวร|โอนเวร|ลบ|ลงนาม"
        r"|เซ็น|ประเมิน|ให้คะแนน|ถอน"
        r"|เสนอ|รับเรื่อง|บันทึก|อัปเดต|เสร็จ|อยู่เวร)"
    ),
    "not_reported": (
        r"(?:ยัง)?(?:ไม่|มิ|ม่าย)(?:ได้|ทัน|ยอม)?(?:ส่ง|รายงาน|กรอก|คีย์|ลง)(?!เวร|นาม|ทะเบียน|ให้)"
        r"|(?:ยัง|ขาด|ค้าง)(?:ขาด|ส่ง|รายงาน)|(?:ขาด|ตกหล่น|ทวง)(?:เขต|หน่วย|ใคร|อีก)|(?:ส่ง|รายงาน)?ครบ(?:ทุก\S{1,8})?(?:หรือยัง|รึยัง|ยัง)"
    ),
    "whose_report": (r"(?:ใคร|เขต[ไใ]หน|หน่วย(?:งาน)?(?:[ไใ]หน|ใด)|กี่(?:เขต|หน่วย)|(?:เขต|หน่วยงาน|หน่วย)ที่|ทุก(?:เขต|หน่วย))"),
    "not_withdrawn": r"(?:ไม่ต้อง|ไม่ได้|อย่าเพิ่ง|อย่า|ยังไม่|ไม่)(?:ขอ|ได้)?ถอน",
    "wished": (
        rf"(?:ขอให้|อยากให้|ช่วย|รบกวน|ต้อง|ควร|โปรด|ฝาก|เร่ง)(?:{BLANK}|ท่าน|รอง|ปลัด|ผู้บริหาร|นำ|เรียน|จัด|รีบ|ด้วย)*"
        r"(?:เสนอ|ลงนาม|เซ็น|ส่งคืน|ส่งกลับ|แก้ไข|ตรวจ|พิจารณา|อนุมัติ)"
    ),
    "or": rf"{BLANK}\S{{0,12}}หรือ\S{{0,4}}(?:{BLANK}|\d)",
    "politely": r"(?:ช่วย|ขอ|รบกวน|ฝาก|วาน).{0,80}ได้(?:ไหม|มั้ย|มั๊ย|หรือเปล่า|รึเปล่า|ป่าว|หรือไม่)",
    "ask_again": rf"เปิด(?:คำขอ|เรื่อง|คำถาม|{BLANK})*(?:อีก|ใหม่)|ถาม(?:คำขอ|{BLANK})*(?:อีกครั้ง|ใหม่|ซ้ำ)",
    "follow": rf"(?:ติดตาม|ตาม){BLANK}+(?:ต่อ|ไว้)(?!ไป|ว่า|แล้ว)",
    "unfollow": (
        r"(?:ไม่ต้อง|เลิก|หยุด|ไม่อยากให้|ไม่ให้)(?:แจ้ง|บอก|เตือน|ทัก|ส่งข่าว|ติดตาม|ตาม)(?:เตือน|มา|ผม|หนู"
        r"|ฉัน)?(?:แล้ว|อีก|ต่อ|ได้แล้ว)"
        rf"|(?:เอา|ลบ|ถอด|ตัด){BLANK}*.{{0,10}}ออกจาก(?:รายการ)?(?:ที่)?(?:ติดตาม|ตาม)"
    ),
    "officer": r"(?:มี|ขอ)ใคร(?:ให้|พอ|ที่)?.{0,6}คุย|ขอ(?:คุย|พูด|สาย)(?:กับ|กะ)?(?:คน|เจ้าหน้าที่|จนท|แอดมิน|พี่|เลขา)",
    "service": r"(?:คน|ผู้ใช้).{0,10}(?:ถาม|ใช้|ติดต่อ).{0,8}กี่(?:คน|ราย)|กี่คน(?:ถาม|ใช้)|(?:อัตรา|ร้อยละ)(?:การ)?(?:ตอบ|รับทราบ)",
    "no_answer": (
        rf"คำตอบ(?:ของ|ใน|{BLANK})*.{{0,12}}(?:ไม่(?!ต้อง)|ผิด|คนละ)|ไม่ใช่(?:เรื่อง|สิ่ง|อัน)?ที่(?:ถาม"
        rf"|อยากรู้|ต้องการ)"
    ),
    "starts_no": r"^(?:ไม่ใช่|ไม่ช่าย|ไม่ถูก|ผิดแล้ว|ผิดเรื่อง)",
    "how_to": (
        r"ต้อง(?:ทำ|พิมพ์|กด|เริ่ม|ส่ง)(?:อะไร|ยังไง|อย่างไร|ไง|ตรงไหน|ที่ไหน)|(?:ทำ|พิมพ์|กด|เริ่ม"
        r"|ใช้)(?:งาน)?(?:ยังไง|อย่างไร|ไง)(?!ก็)|ทำไม่เป็น|ใช้ไม่เป็น"
    ),
    "hearsay": (
        r"(?:เขา|พี่เขา|ใคร|หน้าห้อง|ฝ่าย\S{1,12}?|เพื่อน|เจ้าหน้าที่|น้อง)(?:ก็)?บอกว่า|ได้ข่าวว่า|ได้ยินว่า"
        r"|เห็นว่า|เห็นเขาว่า"
    ),
    "sets_summary": (
        r"(?:ปิด|เปิด|ไม่(?:เอา|รับ|ต้อง|อยาก|ต้องการ|ขอ)|เลิก|หยุด|งด|ยกเลิก)(?:การ|รับ|ส่ง|ได้|ให้|มา)*สรุป(?!ผล|ยอด)"
        rf"|สรุป(?:ราย\S{{0,8}}|{BLANK}|ไม่ต้อง|ให้|มา)*(?:ส่ง|มา|ตอน|เวลา|ทุก)+(?:ตอน|เวลา|ประมาณ|ราว|เป็น)*(?:{BLANK}|\d|เช้า|เย็น|บ่าย|เที่ยง)"
        r"|(?:เวลา|ชั่วโมง)(?:ที่)?(?:ส่ง|รับ|แจ้ง)?สรุป|สรุป\S{0,12}(?:ไม่ต้องส่ง|ไม่เอา|ไม่รับ)"
    ),
    "rests": (
        r"(?:พัก|หยุด|งด)(?:การ|รับ|ส่ง|ไว้)*(?:แจ้ง|ข่าว|เตือน|สรุป)|ลา(?:พักร้อน|พักผ่อน|กิจ|ป่วย|คลอด|บวช|หยุด)(?:จน)?ถึง(?!ไหน|วันไหน|เมื่อไ)"
        r"|(?:ห้าม|อย่า|ไม่ให้|เลิก|ยกเลิก|ปิด)(?:ห้าม)?รบกวน"
    ),
    "to_come": (
        r"จะ(?:ได้)?(?:เสนอ|ส่ง|ลงนาม|เซ็น|รายงาน|แจ้ง|ติดตาม|เข้าเวร)|พรุ่งนี้(?:ค่อย|จะ)|เดี๋ยว(?:ค่อย|จะ"
        r"|พรุ่งนี้)|คาดว่า|น่าจะ|อาจจะ|กำลังจะ"
    ),
}
"""Looked for in a line without its spaces."""

ENGLISH: dict[str, str] = {
    "asks_yet": r"\bwhether\b|\blike to know\b|\bwonder(?:ing)?\b|\bnot sure\b",
    "when_told": (
        r"\b(?:tell|let|notify|inform|alert|ping|message|remind|update) (?:me"
        r"|us)(?: know)?(?: please)? (?:when|if|once|as soon as|whenever)\b"
        r"|\bkeep (?:me|us) (?:posted|updated|informed)\b"
    ),
    "unfollow": (
        r"\b(?:stop|no longer|don't|do not|quit|cancel)(?: \w+){0,3} (?:follow|following|track|tracking"
        r"|updates?|notifying|alerts?)\b"
    ),
    "mine": (
        r"\b(?:what|which|everything|all|show|list|see)\b.*\b(?:i|i've|i'm|we)(?: am| have)? (?:follow"
        r"|following|asked|ask|track|tracking)\b"
    ),
    "officer": (
        r"\b(?:talk|speak|chat|call|connect|contact|transfer)\b.*"
        r"\b(?:someone|somebody|human|person|officer|staff|agent|people|secretary)\b"
    ),
    "help": (
        r"\bwhat (?:else )?can (?:you|this|it|the|i)\b|\bhow (?:do|can|should) (?:i|we|you) (?:use|start)\b"
        r"|\bhow does (?:this|it)\b"
    ),
    "delete": r"\b(?:delete|erase|remove|forget|wipe)\b.*\b(?:me|my|data|account|information|everything|profile)\b",
    "who_on_duty": r"\bwho(?:'s| is| are)?\b.*\b(?:duty|shift|working|on call)\b",
    "start_duty": (
        r"\b(?:start|starting|begin|beginning)\b.*\b(?:duty|shift)\b|\b(?:i'm|i am|im)(?: now)? on (?:duty"
        r"|shift)\b"
    ),
    "end_duty": (
        r"\b(?:end|ending|finish|finished|done with|leave|leaving)\b.*\b(?:duty|shift)\b|\b(?:duty"
        r"|shift) is (?:over|done)\b"
    ),
    "hand_over_duty": r"\b(?:hand|pass|transfer|give|swap|take)\b.*\b(?:my|the|over) ?(?:duty|shift)\b",
    "duty": (
        r"\b(?:pending|waiting|open|unanswered|new|outstanding)\b.*\b(?:requests?|queue|questions?)\b"
        r"|\b(?:requests?|questions?|queue)\b.*\b(?:pending|waiting|left|open|unanswered|outstanding)\b"
    ),
    "no_answer": (
        r"\b(?:did not|didn't|never|haven't|have not|no)\b.*\b(?:answer|answered|reply|replied|response)\b"
        r"|\banswer\b.*\b(?:wrong|not|unclear|incomplete)\b"
    ),
    "withdraw": r"\b(?:withdraw|cancel|take back|retract|drop)\b.*\b(?:request|question)\b",
    "service": (
        r"\b(?:answered|acknowledged|replied|responded|response)\b.*\b(?:minutes?|time|fast|quick|quickly)\b"
        r"|\bhow many (?:users|people|requests)\b|\bhow (?:fast|quickly)\b"
    ),
    "behind": (
        r"\b(?:behind|late|delayed|overdue|slipping|below)\b.*\b(?:plan|schedule|target|quarter|month|year"
        r"|steps?|units?|indicators?)\b"
    ),
    "satisfaction": r"\bhow (?:happy|satisfied)\b",
    "not_reported": (
        r"\b(?:not|n't|didn't|hasn't|haven't|still|missing|everyone|everybody|all)\b.*\b(?:report|reports|reported|reporting|submitted|sent|send)\b"
        r"|\b(?:missing reports?|(?:who|anyone|who's|who is) missing|not reported)\b"
    ),
    "whose_report": (
        r"\b(?:who|which (?:districts?|units?)|all (?:districts|units)|anyone|everyone|everybody|units that)\b"
    ),
    "my_indicators": (
        r"\b(?:what|which|reports?|list|show)\b.*\b(?:i|we|me|my|our)\b.*"
        r"\b(?:report|reports|owe|indicators?|kpis?|sent)\b"
    ),
    "sets_summary": (
        r"\b(?:daily|weekly|monthly|quarterly|yearly|annual)(?: summar(?:y|ies))? (?:on|off)\b"
        r"|\bsummar(?:y|ies) (?:on|off)\b|\b(?:turn|switch) (?:on|off)\b.*\bsummar"
        r"|\b(?:stop|no more|don't|do not|start|resume)\b.*\bsummar"
        r"|\b(?:send|move|change|set|get|want)\b.*\bsummar(?:y|ies)\b.*\b(?:at|to|time|hour|earlier|later|by)\b"
    ),
    "rests": (
        r"\b(?:pause|mute|snooze)\b(?:.*\b(?:until|till|for|news|everything)\b)?"
        r"|\b(?:on leave|on vacation|on holiday|away)\b.*\b(?:until|till|through)\b"
        r"|\b(?:quiet hours|do not disturb|don't disturb)\b"
    ),
    "tell_me": r"\b(?:notify|tell|alert|inform) me\b",
    "results": r"\b(?:show|see|give) (?:me )?(?:the )?(?:results?|progress|figures?|kpis?)\b",
}
"""Looked for in a line's Latin words with single spaces between them."""
