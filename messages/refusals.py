"""The words for everything the rules turn down: one sentence that says what is wrong and what to do.

A sentence may name facts of the refusal in braces; where a fact is missing, the general sentence of the code's family
is said instead, never half a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from messages.actions import postback
from messages.language import Glossary, Words, either
from messages.lengths import clip
from messages.limits import Json
from messages.parts import text
from messages.thai import decimal_text, join_words, month_and_year, one_line, short_moment
from messages.words import EXAMPLE_CODE, EXAMPLE_NUMBER, FIGURE_WORDS, ROLE_WORDS, STAGE_WORDS, TALK_LABEL
from models.documents import Stage
from models.errors import Invalid, NotAllowed, NotFound, Refused
from models.indicator_terms import FigureKind
from models.members import Role

SHOWN_FACT = 100

SENTENCES = Glossary(
    {
        # letters
        "letter_not_found": Words(
            "ไม่พบหนังสือที่ถาม กรุณาตรวจสอบเลขที่หรือชื่อเรื่อง แล้วพิมพ์ใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "Letter not found. Please check its number or title and type it again, or choose “Talk to an officer”.",
        ),
        "letter_changed_meanwhile": Words(
            "สถานะของหนังสือเปลี่ยนเป็น “{stage}” ไปก่อนแล้ว กรุณาเปิดหนังสือดูอีกครั้งก่อนบันทึก",
            "The letter's stage has changed to “{stage}” meanwhile. Please open the letter again before you record.",
        ),
        "stage_not_reachable": Words(
            "บันทึกจาก “{from_stage}” เป็น “{to_stage}” ไม่ได้ กรุณาตรวจสอบสถานะปัจจุบันของหนังสือก่อนบันทึก",
            "“{to_stage}” cannot be recorded after “{from_stage}”. Please check where the letter is before you record.",
        ),
        "stage_unknown": Words(
            "ไม่พบขั้นที่ระบุ กรุณาเลือกจากปุ่มบันทึกสถานะ",
            "That stage is not known. Please choose from the button “Record stage”.",
        ),
        "note_too_long": Words(
            "หมายเหตุยาวเกินไป กรุณาพิมพ์ไม่เกิน 200 ตัวอักษร",
            "The note is too long. Please type 200 characters at most.",
        ),
        "document_number_unreadable": Words(
            f"อ่านเลขที่หนังสือไม่ได้ กรุณาพิมพ์ เช่น {EXAMPLE_NUMBER}",
            f"The letter's number cannot be read. Please type it like {EXAMPLE_NUMBER}",
        ),
        # requests
        "request_not_found": Words(
            "ไม่พบคำขอ #{number} กรุณาตรวจสอบเลขคำขอ",
            "Request #{number} was not found. Please check its number.",
        ),
        "request_already_answered": Words(
            "คำขอ #{number} แจ้งผลแล้ว กรุณาเปิดคิวงานเพื่อดูคำขออื่น",
            "Request #{number} has been answered. Please open the queue to see others.",
        ),
        "request_withdrawn": Words(
            "ผู้ถามถอนคำขอ #{number} แล้ว ไม่ต้องแจ้งผล",
            "Request #{number} was withdrawn by its asker and needs no answer.",
        ),
        "request_of_another": Words(
            "ไม่พบคำขอ #{number} ของท่าน พิมพ์ คำขอของฉัน เพื่อดูคำขอที่ถามไว้",
            "You have no request #{number}. Type My requests to see what you asked.",
        ),
        "answer_empty": Words(
            "ยังไม่มีข้อความคำตอบ กรุณาพิมพ์ #เลขคำขอ ตามด้วยคำตอบ",
            "There is no answer yet. Please type # with the request's number and then the answer.",
        ),
        "answer_too_long": Words(
            "คำตอบยาวเกินไป กรุณาย่อให้สั้นลงแล้วส่งใหม่",
            "The answer is too long. Please shorten it and send it again.",
        ),
        # satisfaction
        "rating_out_of_range": Words(
            "กรุณาให้คะแนน 1 ถึง 5 โดย 5 คือพึงพอใจมากที่สุด",
            "Please give a mark from 1 to 5; 5 is very high satisfaction.",
        ),
        "request_not_answered": Words(
            "คำขอ #{number} ยังไม่ได้แจ้งผล ให้คะแนนได้เมื่อท่านได้รับคำตอบแล้ว",
            "Request #{number} is not answered yet. You may rate it once you have an answer.",
        ),
        "rating_is_final": Words(
            "คะแนนของคำขอ #{number} เปลี่ยนไม่ได้แล้ว เพราะเปลี่ยนได้ภายในหนึ่งวันหลังให้คะแนน",
            "The mark of request #{number} cannot be changed any more; that is possible within one day of giving it.",
        ),
        "follow_up_not_found": Words(
            "ไม่มีเรื่องความไม่พึงพอใจของคำขอ #{number} ที่รอดูแล กรุณาตรวจสอบเลขคำขอ",
            "No matter of dissatisfaction with request #{number} is open. Please check the request's number.",
        ),
        # duty
        "colleague_not_available": Words(
            "โอนให้ผู้นี้ไม่ได้แล้ว กรุณาเลือกเจ้าหน้าที่คนอื่น",
            "It cannot be handed over to this person any more. Please choose another officer.",
        ),
        "not_on_duty": Words(
            "ท่านยังไม่ได้เข้าเวร จึงไม่มีเวรให้โอนหรือออก พิมพ์ ใครอยู่เวร เพื่อดูผู้อยู่เวร",
            "You are not on duty, so there is no duty to hand over or to end. Type Who is on duty to see who is.",
        ),
        "shift_ends_before_now": Words(
            "เวลา {until} ผ่านไปแล้ว กรุณาระบุเวลาที่ยังไม่ถึง เช่น เข้าเวรถึง 16.30",
            "{until} has passed already. Please give an hour that is still to come, such as Start duty until 16:30",
        ),
        # reports on indicators
        "indicator_not_found": Words(
            "ไม่พบตัวชี้วัด “{code}” กรุณาตรวจสอบรหัสหรือชื่อ แล้วพิมพ์ใหม่ เช่น รายงาน 8308",
            "The indicator “{code}” was not found. Please check its code or name and type it again.",
        ),
        "report_not_found": Words(
            "ไม่พบรายงานนี้ อาจมีรายงานใหม่กว่าแล้ว กรุณาเปิดรายการหรือถามตัวชี้วัดใหม่อีกครั้ง",
            "That report was not found. There may be a newer one: please open the list or ask for the indicator again.",
        ),
        "report_is_your_own": Words(
            "ท่านเป็นผู้รายงานรายการนี้ จึงต้องให้ผู้ตรวจรับคนอื่นพิจารณา",
            "You reported this yourself, so another reviewer must decide.",
        ),
        "return_reason_missing": Words(
            "กรุณาพิมพ์เหตุผลที่ส่งกลับ เพื่อให้ผู้รายงานแก้ไขได้ถูกต้อง",
            "Please type why it is sent back, so that the reporter can correct it.",
        ),
        "return_reason_too_long": Words(
            "เหตุผลยาวเกินไป กรุณาพิมพ์ไม่เกิน {longest} ตัวอักษร",
            "The reason is too long. Please type {longest} characters at most.",
        ),
        "remind_only_own": Words(
            "ตัวชี้วัด {code} มีหน่วยงานอื่นเป็นเจ้าภาพ จึงเตือนแทนไม่ได้",
            "Another office is the host of indicator {code}; only it can remind the units.",
        ),
        "remind_no_machine": Words(
            "ตัวชี้วัด {code} ระบบคำนวณให้เอง ไม่มีผู้รายงานให้เตือน",
            "Indicator {code} is computed by the service; there is nobody to remind.",
        ),
        # members
        "role_missing": Words(
            "ไม่ได้ระบุบทบาท กรุณาระบุอย่างน้อยหนึ่งบทบาท",
            "No role was given. Please give at least one.",
        ),
        "line_user_id_malformed": Words(
            "รหัสผู้ใช้ LINE ไม่ถูกต้อง ต้องขึ้นต้นด้วย U ตามด้วยตัวเลขและอักษร 32 ตัว",
            "The LINE user id is wrong: it must be U and then 32 digits and letters.",
        ),
        "uses_out_of_range": Words(
            "จำนวนครั้งที่ใช้รหัสได้ต้องอยู่ระหว่าง 1 ถึง 1,000",
            "A code may be used 1 to 1,000 times.",
        ),
        "expiry_in_the_past": Words(
            "วันหมดอายุผ่านไปแล้ว กรุณาระบุวันในอนาคต",
            "The day of expiry has passed. Please give a day to come.",
        ),
        "invitation_used_up": Words(
            "รหัสนี้หมดอายุหรือถูกใช้ครบแล้ว กรุณาขอรหัสใหม่จากผู้ดูแลระบบ",
            "This code has expired or was used up. Please ask your administrator for a new one.",
        ),
        "unit_not_found": Words(
            "ไม่พบหน่วยงาน “{text}” กรุณาพิมพ์ชื่อเต็ม เช่น สำนักงานเขตดินแดง",
            "The unit “{text}” was not found. Please type its full Thai name.",
        ),
        # indicators
        "indicator_only_in_years": Words(
            "{code} ไม่มีในปีงบประมาณ {fiscal_year} มีในปี {years} กรุณาถามใหม่โดยระบุปีงบประมาณ เช่น {code} ปีงบ {latest}",
            "{code} is not defined in fiscal year {fiscal_year} B.E., only in {years}. "
            "Please ask again with its year, such as {code} FY{latest}",
        ),
        "unit_not_in_indicator": Words(
            "{unit} ไม่ได้เป็นหน่วยงานของตัวชี้วัด {code} พิมพ์ {code} เพื่อดูภาพรวม",
            "{unit} takes no part in indicator {code}. Type {code} to see all units.",
        ),
        "group_not_in_indicator": Words(
            "ตัวชี้วัด {code} ไม่มีหน่วยงานในกลุ่ม {group} พิมพ์ {code} เพื่อดูภาพรวม",
            "No unit of group {group} takes part in indicator {code}. Type {code} to see all units.",
        ),
        # evidence
        "evidence_kind_not_accepted": Words(
            "ไฟล์ชนิดนี้ใช้เป็นหลักฐานไม่ได้ กรุณาส่งเป็นรูปภาพ (JPEG PNG WebP) PDF Excel (.xlsx) Word (.docx) หรือ CSV",
            "This kind of file cannot be used as evidence. Please send a picture (JPEG, PNG, WebP), PDF, "
            "Excel (.xlsx), Word (.docx) or CSV.",
        ),
        "evidence_empty": Words(
            "ไฟล์นี้ว่างเปล่า กรุณาตรวจสอบแล้วส่งใหม่",
            "The file is empty. Please check it and send it again.",
        ),
        "evidence_too_big": Words(
            "ไฟล์ใหญ่เกิน {megabytes} เมกะไบต์ กรุณาย่อหรือแบ่งไฟล์ แล้วส่งใหม่",
            "The file is larger than {megabytes} megabytes. Please make it smaller or divide it, and send it again.",
        ),
        "evidence_picture_too_large": Words(
            "รูปภาพละเอียดเกิน {megapixels} ล้านพิกเซล กรุณาย่อขนาดภาพแล้วส่งใหม่",
            "The picture has more than {megapixels} million pixels. Please make it smaller and send it again.",
        ),
        "evidence_damaged": Words(
            "เปิดไฟล์นี้ไม่ได้ ไฟล์อาจเสียหาย กรุณาตรวจสอบแล้วส่งใหม่",
            "The file cannot be opened; it may be damaged. Please check it and send it again.",
        ),
        "evidence_gone": Words(
            "ไม่ได้รับไฟล์นี้จาก LINE เพราะถูกยกเลิกการส่งหรือหมดเวลา หากต้องการใช้เป็นหลักฐาน กรุณาส่งใหม่",
            "LINE no longer has this file: it was taken back or its time is over. To use it as evidence, "
            "please send it again.",
        ),
        # who asks
        "not_registered": Words(
            f"บริการนี้สำหรับผู้ที่ลงทะเบียนแล้ว กรุณาพิมพ์รหัสที่ได้รับจากผู้ดูแลระบบ เช่น ลงทะเบียน {EXAMPLE_CODE}",
            f"This service is for registered persons. Please type your administrator's code: Register {EXAMPLE_CODE}",
        ),
        "role_not_allowed": Words(
            "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาติดต่อผู้ดูแลระบบ",
            "Your role does not allow this. If you need it, please ask your administrator.",
        ),
        # indicators and reports
        "indicator_year_not_found": Words(
            "ไม่มีตัวชี้วัด {code} ในปีงบประมาณ {fiscal_year} กรุณาตรวจสอบปีงบประมาณแล้วถามใหม่",
            "There is no indicator {code} in the Buddhist fiscal year {fiscal_year}. Please check the year.",
        ),
        "indicator_year_is_closed": Words(
            "ตัวชี้วัด {code} ปีงบประมาณ {fiscal_year} ปิดแล้ว จึงแก้นิยามไม่ได้",
            "The indicator {code} is closed in the Buddhist fiscal year {fiscal_year}; its definition stays as it is.",
        ),
        "open_year_from_later": Words(
            "เปิดปีงบประมาณ {fiscal_year} จากปี {from_year} ไม่ได้ กรุณาเลือกปีที่มาก่อน",
            "The Buddhist fiscal year {fiscal_year} cannot be opened from {from_year}. Please choose an earlier year.",
        ),
        "fiscal_year_not_found": Words(
            "ไม่มีตัวชี้วัดในปีงบประมาณ {fiscal_year} กรุณาตรวจสอบปีงบประมาณ",
            "There are no indicators in the Buddhist fiscal year {fiscal_year}. Please check the year.",
        ),
        "report_year_closed": Words(
            "ตัวชี้วัด {code} ปีงบประมาณ {fiscal_year} ปิดรับรายงานแล้ว หากต้องแก้ไข กรุณาติดต่อหน่วยงานเจ้าภาพ",
            "The indicator {code} takes no more reports of the Buddhist fiscal year {fiscal_year}. "
            "If something must be corrected, please ask its host unit.",
        ),
        "report_by_machine": Words(
            "ตัวชี้วัด {code} ระบบคำนวณผลให้เอง ไม่ต้องรายงาน",
            "The indicator {code} is computed by the service and needs no report.",
        ),
        "report_unit_not_of_indicator": Words(
            "{unit} ไม่ได้ร่วมรายงานตัวชี้วัด {code} กรุณาตรวจสอบหน่วยงานแล้วแจ้งใหม่",
            "{unit} does not report on the indicator {code}. Please check the unit and report again.",
        ),
        "report_not_your_unit": Words(
            "ท่านรายงานแทน{unit}ไม่ได้ รายงานได้เฉพาะหน่วยงานของท่าน หรือผู้ประสานงานของหน่วยงานเจ้าภาพ",
            "You cannot report for {unit}: only its own coordinators and those of the host unit can.",
        ),
        "report_month_outside_year": Words(
            "เดือน{month}ไม่อยู่ในปีงบประมาณ {fiscal_year} กรุณาตรวจสอบเดือนแล้วแจ้งใหม่",
            "{month} is not in the Buddhist fiscal year {fiscal_year}. Please check the month and report again.",
        ),
        "report_month_to_come": Words(
            "เดือน{month}ยังมาไม่ถึง กรุณาตรวจสอบเดือนแล้วแจ้งใหม่",
            "{month} is still to come. Please check the month and report again.",
        ),
        "report_month_not_over": Words(
            "ตัวชี้วัดนี้รายงานเมื่อสิ้นเดือนแล้ว เดือน{month}ยังไม่สิ้นสุด กรุณารายงานเดือนก่อนหน้า",
            "This indicator is reported when a month is over, and {month} is not. Please report an earlier month.",
        ),
        "report_year_to_come": Words(
            "ปีงบประมาณ {fiscal_year} ยังไม่เริ่ม จึงยังรายงานไม่ได้",
            "The Buddhist fiscal year {fiscal_year} has not begun, so nothing can be reported yet.",
        ),
        "grid_unit_unknown": Words(
            "ไม่พบหน่วยงาน “{text}” กรุณาแก้ชื่อแล้วส่งใหม่",
            "The unit “{text}” was not found. Please correct its name and send the row again.",
        ),
        "grid_figure_missing": Words(
            "แถวนี้ไม่มีตัวเลข กรุณาเติมแล้วส่งใหม่",
            "This row has no figure. Please fill it in and send the row again.",
        ),
        "grid_figure_unreadable": Words(
            "อ่านตัวเลขในแถวนี้ไม่ได้ กรุณาแก้แล้วส่งใหม่",
            "The figure of this row cannot be read. Please correct it and send the row again.",
        ),
        "grid_month_unreadable": Words(
            "อ่านเดือนในแถวนี้ไม่ได้ กรุณากรอก เช่น พ.ย. 2569",
            "The month of this row cannot be read. Please write it like 11/2569",
        ),
        "grid_row_twice": Words(
            "{unit} มีมากกว่าหนึ่งแถว จึงใช้แถวแรก กรุณาตรวจสอบ",
            "{unit} has more than one row, so the first one is taken. Please check it.",
        ),
        "grid_too_long": Words(
            "ตารางยาวเกิน {most} แถว กรุณาแบ่งส่งเป็นหลายตาราง",
            "The table has more than {most} rows. Please send it in parts.",
        ),
        "grid_of_several_indicators": Words(
            "ตารางนี้มีหลายตัวชี้วัด กรุณาส่งตารางละหนึ่งตัวชี้วัด",
            "The table is of several indicators. Please send one table for each.",
        ),
        # taps
        "postback_unreadable": Words(
            "ปุ่มนี้ใช้ไม่ได้แล้ว กรุณาถามใหม่อีกครั้ง",
            "This button works no longer. Please ask again.",
        ),
        # figures of indicators
        "report_figure_missing": Words(
            "ยังไม่ได้แจ้ง “{what}” กรุณาพิมพ์รายงานใหม่ให้ครบ",
            "“{what}” is missing. Please type the report again with it.",
        ),
        "report_wrong_figure": Words(
            "ตัวชี้วัดนี้ไม่ได้วัดด้วย{said} กรุณาแจ้ง “{needs}”",
            "This indicator is not measured by {said}. Please report “{needs}”.",
        ),
        "report_denominator_missing": Words(
            "ยังไม่ได้แจ้ง “{what}” กรุณาแจ้งทั้งสองจำนวน เช่น 18 จาก 22",
            "“{what}” is missing. Please report both numbers, such as 18 of 22.",
        ),
        "report_denominator_differs": Words(
            "จำนวนทั้งหมดที่แจ้ง {said} ไม่ตรงกับที่กำหนดไว้ {known} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "The total that you reported, {said}, is not the one on record, {known}. Please check it and report again.",
        ),
        "report_more_than_denominator": Words(
            "จำนวนที่แจ้ง {numerator} มากกว่าจำนวน{counted_in}ทั้งหมด {denominator} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "You reported {numerator}, which is more than the total, {denominator}. Please check it and report again.",
        ),
        "report_negative": Words(
            "จำนวนที่แจ้ง {value} ติดลบไม่ได้ กรุณาตรวจสอบแล้วแจ้งใหม่",
            "The number reported, {value}, cannot be below zero. Please check it and report again.",
        ),
        "report_too_large": Words(
            "จำนวนที่แจ้งมากเกิน {most} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "The number reported is more than {most}. Please check it and report again.",
        ),
        "report_not_whole": Words(
            "จำนวนที่นับเป็น{counted_in}ต้องเป็นจำนวนเต็ม แต่แจ้งมา {value} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "What is counted in {counted_in} must be a whole number, not {value}. Please check it and report again.",
        ),
        "report_percent_out_of_range": Words(
            "ร้อยละ {percent} อยู่นอกช่วง {least} ถึง {most} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "{percent} percent is not between {least} and {most}. Please check it and report again.",
        ),
        "report_percent_differs": Words(
            "ร้อยละที่แจ้ง {said} ไม่ตรงกับที่คำนวณได้ {counted} กรุณาตรวจสอบแล้วแจ้งใหม่",
            "The percentage that you reported, {said}, is not the one calculated, {counted}. "
            "Please check it and report again.",
        ),
        "report_step_unknown": Words(
            "ไม่มีขั้นที่ {step} ตัวชี้วัดนี้มี {steps} ขั้น กรุณาตรวจสอบแล้วแจ้งใหม่",
            "There is no step {step}: this indicator has {steps} steps. Please check it and report again.",
        ),
        "report_step_and_percent_differ": Words(
            "ขั้นที่ {step} กับร้อยละ {percent} ไม่ตรงกัน กรุณาแจ้งอย่างใดอย่างหนึ่ง",
            "Step {step} and {percent} percent do not go together. Please report one of them.",
        ),
        "report_step_skipped": Words(
            "แจ้งขั้นที่ {step} แต่ยังไม่เคยแจ้งขั้นที่ {missing} กรุณาแจ้งขั้นที่ {missing} ก่อน หรือแจ้งเหตุผลที่ข้ามขั้น",
            "Step {step} was reported, but step {missing} never was. "
            "Please report step {missing} first, or give the reason why it was skipped.",
        ),
        "report_month_not_measured": Words(
            "ตัวชี้วัดนี้ไม่ได้วัดผลในเดือนที่แจ้ง กรุณาตรวจสอบเดือนแล้วแจ้งใหม่",
            "This indicator is not measured in that month. Please check the month and report again.",
        ),
        "report_part_missing": Words(
            "ตัวชี้วัดนี้มีหลายส่วน กรุณาระบุว่าเป็นส่วนใด: {parts}",
            "This indicator has several parts. Please say which one you report: {parts}",
        ),
        "report_part_unknown": Words(
            "ไม่พบส่วน “{said}” ของตัวชี้วัดนี้ กรุณาเลือกจาก: {parts}",
            "This indicator has no part “{said}”. Please choose from: {parts}",
        ),
        "report_part_measured_elsewhere": Words(
            "“{part}” วัดจากตัวชี้วัด {indicator} กรุณารายงานที่ตัวชี้วัดนั้น",
            "“{part}” is measured by the indicator {indicator}. Please report there.",
        ),
    }
)

DEFAULTS: Glossary[type[Refused]] = Glossary(
    {
        NotFound: Words(
            "ไม่พบสิ่งที่ถามในระบบ กรุณาตรวจสอบแล้วถามใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "What you asked for was not found. Please check it and ask again, or choose “Talk to an officer”.",
        ),
        NotAllowed: Words(
            "บทบาทของท่านทำรายการนี้ไม่ได้ หากจำเป็น กรุณาเลือกขอคุยกับเจ้าหน้าที่",
            "Your role does not allow this. If you need it, please choose “Talk to an officer”.",
        ),
        Invalid: Words(
            "ข้อมูลที่ส่งมาใช้ไม่ได้ กรุณาตรวจสอบแล้วส่งใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "What was sent cannot be used. Please check it and send it again, or choose “Talk to an officer”.",
        ),
        Refused: Words(
            "ทำรายการนี้ไม่ได้ กรุณาลองใหม่ หรือเลือกขอคุยกับเจ้าหน้าที่",
            "This cannot be done. Please try again, or choose “Talk to an officer”.",
        ),
    }
)
"""For codes without a sentence of their own, by family."""


def refusal(error: Refused) -> list[Json]:
    """Say why something was turned down and what to do instead; never fails, whatever the error carries."""
    sentence = sentence_of(error)
    return [text(sentence, [postback(TALK_LABEL, "talk", TALK_LABEL)] if str(TALK_LABEL) in sentence else [])]


def temporary_trouble() -> list[Json]:
    """Something of ours failed; the person may try again."""
    words = either(
        "ขออภัย ระบบขัดข้องชั่วคราว กรุณาส่งใหม่อีกครั้งในอีกสักครู่",
        "We are sorry: there is a passing fault. Please send it again in a moment.",
    )
    return [text(words)]


def sentence_of(error: Refused) -> str:
    """Say in one sentence why something was turned down and what to do instead."""
    sentence = SENTENCES.get(error.reason_code)
    facts = {name: _in_words(value) for name, value in error.facts.items()}
    try:
        return sentence.format_map(facts) if sentence else _default(error)
    except (KeyError, IndexError):
        return _default(error)


def _default(error: Refused) -> str:
    return next(words for family, words in DEFAULTS.items() if isinstance(error, family))


def _in_words(value: object) -> str:
    if isinstance(value, Stage | Role):
        return STAGE_WORDS[value] if isinstance(value, Stage) else ROLE_WORDS[value]
    if isinstance(value, FigureKind):
        return FIGURE_WORDS[value]
    if isinstance(value, date):  # a day without an hour is a month that reports name by its first day
        return short_moment(value) if isinstance(value, datetime) else month_and_year(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return join_words([_in_words(item) for item in value])
    return clip(one_line(str(value)), SHOWN_FACT)
