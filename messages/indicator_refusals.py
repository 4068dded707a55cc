"""The words for what the rules on indicators, reports, tables and evidence turn down; said by ``messages.refusals``."""

from __future__ import annotations

from messages.language import Words

SENTENCES = {
    # indicators and their years
    "indicator_not_found": Words(
        "ไม่พบตัวชี้วัด “{code}” กรุณาตรวจสอบรหัสหรือชื่อ แล้วพิมพ์ใหม่ เช่น รายงาน 8308",
        "The indicator “{code}” was not found. Please check its code or name and type it again.",
    ),
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
    # who may report, and of when
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
        "เดือน{month} ไม่อยู่ในปีงบประมาณ {fiscal_year} กรุณาตรวจสอบเดือนแล้วแจ้งใหม่",
        "{month} is not in the Buddhist fiscal year {fiscal_year}. Please check the month and report again.",
    ),
    "report_score_too_high": Words(
        "คะแนนที่แจ้ง {value} มากกว่าคะแนนเต็ม {most} กรุณาตรวจสอบแล้วแจ้งใหม่",
        "You reported a score of {value}, and the full score is {most}. Please check it and report again.",
    ),
    "report_month_to_come": Words(
        "เดือน{month} ยังมาไม่ถึง กรุณาตรวจสอบเดือนแล้วแจ้งใหม่",
        "{month} is still to come. Please check the month and report again.",
    ),
    "report_month_not_over": Words(
        "ตัวชี้วัดนี้รายงานเมื่อสิ้นเดือนแล้ว เดือน{month} ยังไม่สิ้นสุด กรุณารายงานเดือนก่อนหน้า",
        "This indicator is reported when a month is over, and {month} is not. Please report an earlier month.",
    ),
    "report_year_to_come": Words(
        "ปีงบประมาณ {fiscal_year} ยังไม่เริ่ม จึงยังรายงานไม่ได้",
        "The Buddhist fiscal year {fiscal_year} has not begun, so nothing can be reported yet.",
    ),
    # figures
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
    # tables
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
    # the host's word
    "report_not_found": Words(
        "ไม่พบรายงานนี้ อาจมีรายงานใหม่กว่าแล้ว กรุณาเปิดรายการหรือถามตัวชี้วัดใหม่อีกครั้ง",
        "That report was not found. There may be a newer one: please open the list or ask for the indicator again.",
    ),
    "report_is_your_own": Words(
        "ท่านเป็นผู้รายงานรายการนี้ จึงต้องให้ผู้อื่นอนุมัติ",
        "You reported this yourself, so somebody else must approve it.",
    ),
    "return_reason_missing": Words(
        "กรุณาพิมพ์เหตุผลที่ส่งกลับ เพื่อให้ผู้รายงานแก้ไขได้ถูกต้อง",
        "Please type why it is sent back, so that the reporter can correct it.",
    ),
    "return_reason_too_long": Words(
        "เหตุผลยาวเกินไป กรุณาพิมพ์ไม่เกิน {longest} ตัวอักษร",
        "The reason is too long. Please type {longest} characters at most.",
    ),
    # reminders
    "remind_only_own": Words(
        "ตัวชี้วัด {code} มีหน่วยงานอื่นเป็นเจ้าภาพ จึงเตือนแทนไม่ได้",
        "Another office is the host of indicator {code}; only it can remind the units.",
    ),
    "remind_no_machine": Words(
        "ตัวชี้วัด {code} ระบบคำนวณให้เอง ไม่มีผู้รายงานให้เตือน",
        "Indicator {code} is computed by the service; there is nobody to remind.",
    ),
}
